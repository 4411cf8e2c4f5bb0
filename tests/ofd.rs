//! OFD files are read as they look; what cannot be read is refused in plain words.

mod common;

use common::ofd::of;
use gouji::source::Source;

fn text(objects: &str) -> Result<String, String> {
    let source = Source::from_bytes("例.ofd", &of(&[objects.to_owned()]));
    source.map(|source| source.text().to_owned()).map_err(|error| error.0)
}

fn code(boundary: &str, more: &str, inside: &str) -> String {
    format!("<ofd:TextObject Boundary=\"{boundary}\" Font=\"1\" Size=\"4\" {more}>{inside}</ofd:TextObject>")
}

#[test]
fn text_in_several_codes_is_one_line() {
    let inside = "<ofd:TextCode X=\"0\" Y=\"4\" DeltaX=\"g 3 4\">支出合计</ofd:TextCode>\
                  <ofd:TextCode X=\"16\" Y=\"4\" DeltaX=\"g 5 2\">1234.5</ofd:TextCode><ofd:TextCode X=\"28\">万元。</ofd:TextCode>";
    assert_eq!(text(&code("20 30 100 5", "", inside)), Ok("支出合计1234.5万元。\n".into()));
}

#[test]
fn scaled_and_hidden_text() {
    let inside = |text: &str| format!("<ofd:TextCode X=\"0\" Y=\"4\" DeltaX=\"g 9 2\">{text}</ofd:TextCode>");
    let shown = code("20 30 100 5", "CTM=\"2 0 0 2 0 0\"", &inside("项目支出合计为十二点"));
    let hidden = code("20 60 100 5", "Visible=\"false\"", &inside("看不见"));
    let slanted = code("20 90 100 5", "CTM=\"0.7 0.7 -0.7 0.7 0 0\"", &inside("水印"));
    assert_eq!(text(&(shown + &hidden + &slanted)), Ok("项目支出合计为十二点\n".into()));
}

#[test]
fn pictures_and_nothing_are_refused() {
    let picture = "<ofd:ImageObject Boundary=\"0 0 210 297\" ResourceID=\"3\"/>";
    let refusal = text(picture).expect_err("a picture has no text");
    assert!(refusal.contains("这份 OFD 是扫描件"), "{refusal}");
    let refusal = text("").expect_err("there is no text");
    assert!(refusal.contains("OFD 里没有文字"), "{refusal}");
}

#[test]
fn numbers_without_sense_do_no_harm() {
    let inside = "<ofd:TextCode X=\"99999999999\" Y=\"-1e5\" DeltaX=\"g 999999999 99999999\">支出12万元</ofd:TextCode>";
    assert!(text(&code("9999999999 x 1", "CTM=\"99999999 0 0 99999999 9999999999 0\"", inside)).is_err());
}

#[test]
fn type_of_no_size_is_not_read() {
    let inside = "<ofd:TextCode X=\"0\" Y=\"4\" DeltaX=\"3 3\">支出12</ofd:TextCode>";
    let of_size = |size: &str| code("20 30 100 5", "", inside).replace("Size=\"4\"", &format!("Size=\"{size}\""));
    let read = code("20 60 100 5", "", "<ofd:TextCode X=\"0\" Y=\"4\">合计</ofd:TextCode>");
    for size in ["-4", "0", "0.1", "200"] {
        assert_eq!(text(&(of_size(size) + &read)), Ok("合计\n".into()), "{size}");
    }
}
