//! PDF files are read as they look; what cannot be told for certain is said, not guessed.
#![allow(clippy::disallowed_types, clippy::float_arithmetic, reason = "places on a page, not figures")]

mod common;

use common::pdf::{Font, HEIGHT, Pdf};
use gouji::source::Source;
use gouji::source::formats::{Remark, annotate, strip};
use proptest::prelude::*;

fn read(pdf: &Pdf) -> Source {
    Source::from_bytes("例.pdf", &pdf.bytes()).unwrap_or_else(|error| panic!("{error}"))
}

fn refusal(bytes: &[u8]) -> String {
    Source::from_bytes("例.pdf", bytes).expect_err("the file cannot be read").0
}

/// Where a reader finds these words.
fn place(source: &Source, words: &str) -> String {
    let start = source.text().find(words).unwrap_or_else(|| panic!("{words} in {:?}", source.text()));
    source.layout().place(source.span(start, start + words.len())).unwrap_or_default().to_owned()
}

/// A ruled table of equal cells.
fn table(pdf: &mut Pdf, top: f64, rows: &[&[&str]]) {
    let step = 450.0 / rows[0].len() as f64;
    for (row, cells) in rows.iter().enumerate() {
        let y = top + 20.0 * row as f64;
        for (column, text) in cells.iter().enumerate() {
            let x = 72.0 + step * column as f64;
            pdf.frame(x, y, x + step, y + 20.0);
            pdf.text(x + 5.0, y + 14.0, 10.0, text);
        }
    }
}

#[test]
fn characters_of_every_kind_of_font() {
    let mut pdf = Pdf::new();
    pdf.text(72.0, 100.0, 12.0, "支出１，２３４．５万元，占98.6%。");
    pdf.codes(Font::Gbk, (72.0, 160.0, 12.0), "D6A7B3F631322E35CDF2D4AA");
    pdf.codes(Font::Mapped, (72.0, 220.0, 12.0), "652F51FA00310032002E00354E075143");
    assert_eq!(read(&pdf).text(), "支出１，２３４．５万元，占98.6%。\n支出12.5万元\n支出12.5万元\n");
}

#[test]
fn a_font_without_characters_is_no_text() {
    let mut pdf = Pdf::new();
    pdf.codes(Font::Unmapped, (72.0, 100.0, 12.0), &"00210022".repeat(20));
    assert!(refusal(&pdf.bytes()).contains("没有文字编码"));
    pdf.text(72.0, 200.0, 12.0, &"基本支出共计115.00万元，".repeat(40));
    let mut pdf = Pdf::new();
    for row in 0..10 {
        pdf.text(72.0, 100.0 + 30.0 * f64::from(row), 12.0, "各项支出均按规定执行。");
    }
    pdf.text(72.0, 500.0, 12.0, "基本支出11");
    pdf.codes(Font::Unmapped, (132.0, 500.0, 12.0), "0021");
    pdf.text(144.0, 500.0, 12.0, "5万元");
    let source = read(&pdf);
    assert!(source.notes().join("").contains("第1页有些字的字体没有编码"), "{:?}", source.notes());
    assert_eq!(place(&source, "基本支出11"), "", "what is not certain is not read");
}

#[test]
fn cells_are_found_by_their_lines() {
    let mut pdf = Pdf::new();
    pdf.text(72.0, 80.0, 12.0, "一、支出情况");
    table(
        &mut pdf,
        100.0,
        &[&["项目", "预算数", "决算数"], &["基本支出", "100.00", "98.50"], &["项目支出", "", "1.20"]],
    );
    let source = read(&pdf);
    assert_eq!(place(&source, "一、支出情况"), "第1页 第1段");
    assert_eq!(place(&source, "98.50"), "第1页 表1 第2行 第3列");
    assert_eq!(place(&source, "1.20"), "第1页 表1 第3行 第3列");
    assert!(source.notes().is_empty(), "{:?}", source.notes());
}

#[test]
fn a_table_goes_on_over_the_page() {
    let mut pdf = Pdf::new();
    pdf.text(72.0, 700.0, 12.0, "支出明细如下：");
    table(&mut pdf, 720.0, &[&["项目", "预算数"], &["甲", "1.00"]]);
    pdf.new_page();
    table(&mut pdf, 72.0, &[&["项目", "预算数"], &["乙", "2.00"], &["合计", "3.00"]]);
    pdf.text(72.0, 180.0, 12.0, "以上各项均已支付。");
    let source = read(&pdf);
    assert_eq!(source.text().matches("预算数").count(), 1, "the repeated header is dropped: {}", source.text());
    assert_eq!(place(&source, "2.00"), "第2页 表1 第3行 第2列");
    assert_eq!(place(&source, "以上"), "第2页 第2段");
}

/// A table whose last row on the first page may go on on the second, so far from the edge of its cell.
fn cut_row(indent: f64) -> Pdf {
    let mut pdf = Pdf::new();
    pdf.text(72.0, 700.0, 12.0, "支出明细如下：");
    table(&mut pdf, 720.0, &[&["项目", "预算数"], &["其他政府机构正常运转所需要的各类办公费用", "1.00"]]);
    pdf.new_page();
    table(&mut pdf, 72.0, &[&["", ""], &["合计", "1.00"]]);
    pdf.text(77.0 + indent, 86.0, 10.0, "和差旅费");
    pdf
}

#[test]
fn a_row_goes_on_over_the_page_unless_it_is_set_in() {
    let joined = read(&cut_row(0.0));
    assert!(joined.text().contains("办公费用和差旅费"), "{}", joined.text());
    let apart = read(&cut_row(25.0));
    assert_eq!(place(&apart, "和差旅费"), "第2页 表1 第3行 第1列");
}

#[test]
fn tables_under_their_own_titles_stay_apart() {
    let mut pdf = Pdf::new();
    table(&mut pdf, 700.0, &[&["项目", "预算数"], &["甲", "1.00"]]);
    pdf.new_page();
    pdf.text(200.0, 80.0, 16.0, "项目支出绩效自评表");
    table(&mut pdf, 100.0, &[&["项目", "预算数"], &["乙", "2.00"]]);
    let source = read(&pdf);
    assert_eq!(place(&source, "2.00"), "第2页 表2 第2行 第2列");
}

#[test]
fn a_cell_that_its_lines_do_not_tell_is_not_read() {
    let mut pdf = Pdf::new();
    table(&mut pdf, 100.0, &[&["项目", "预算数"], &["甲", "1.00"]]);
    // An inner corner: lines that end in the middle of a cell.
    pdf.frame(72.0, 140.0, 522.0, 200.0);
    pdf.line((72.0, 170.0), (200.0, 170.0));
    pdf.line((200.0, 140.0), (200.0, 170.0));
    pdf.text(80.0, 160.0, 10.0, "乙");
    pdf.text(300.0, 180.0, 10.0, "2.00");
    let source = read(&pdf);
    assert!(source.notes().join("").contains("行列不能确定"), "{:?}", source.notes());
    assert_eq!(place(&source, "2.00"), "");
}

#[test]
fn scans_are_refused_in_plain_words() {
    let mut pdf = Pdf::new();
    pdf.scan();
    assert!(refusal(&pdf.bytes()).contains("扫描件，只有图片"));
    pdf.draw("3 Tr\n");
    pdf.text(72.0, 100.0, 12.0, "识别出来的文字115万元");
    assert!(refusal(&pdf.bytes()).contains("机器识别"));
}

#[test]
fn a_scanned_page_among_others_is_noted() {
    let mut pdf = Pdf::new();
    for row in 0..10 {
        pdf.text(72.0, 100.0 + 30.0 * f64::from(row), 12.0, "各项支出均按规定执行。");
    }
    pdf.new_page();
    pdf.scan();
    assert_eq!(read(&pdf).notes(), ["第2页是图片，没有文字可查；请对照原件"]);
}

#[test]
fn pages_on_their_side_are_turned() {
    let mut pdf = Pdf::new();
    let codes: String = "支出合计12.5万元".encode_utf16().map(|unit| format!("{unit:04X}")).collect();
    pdf.draw(&format!("BT /F1 12 Tf 0 1 -1 0 300 100 Tm <{codes}> Tj ET\n"));
    assert_eq!(read(&pdf).text(), "支出合计12.5万元\n");
}

#[test]
fn what_is_no_whole_file_is_refused() {
    let mut pdf = Pdf::new();
    pdf.text(72.0, 100.0, 12.0, "支出合计12.5万元");
    let bytes = pdf.bytes();
    assert!(refusal(&bytes[..60]).contains("不完整"));
    assert!(refusal(b"%PDF-1.7\n").contains("不完整"));
}

#[test]
fn endless_files_are_refused() {
    // Each form draws the next one ten times.
    let mut pdf = Pdf::new();
    pdf.draw("/X0 Do\n");
    let mut bytes = pdf.bytes();
    let form = |index: usize| {
        let (own, next) = (20 + index, 21 + index);
        let content = format!("/X{} Do ", index + 1).repeat(10);
        format!(
            "{own} 0 obj <</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X{} {next} 0 R>>>>/Length {}>>\n\
             stream\n{content}\nendstream\nendobj\n",
            index + 1,
            content.len()
        )
    };
    let text = String::from_utf8_lossy(&bytes).replace("/Im1 3 0 R", "/Im1 3 0 R/X0 20 0 R");
    bytes = text.split("xref\n").next().expect("there is a table").as_bytes().to_vec();
    (0..12).for_each(|index| bytes.extend(form(index).bytes()));
    bytes.extend(b"trailer\n<</Size 40/Root 1 0 R>>\n%%EOF\n");
    assert!(refusal(&bytes).contains("不像一份报告"));

    let mut pdf = Pdf::new();
    pdf.text(72.0, 100.0, 12.0, "支出");
    pdf.object(b"<</Type/Font/Subtype/CIDFontType2/W[0 4294967295 500]>>");
    assert!(refusal(&pdf.bytes()).contains("不像一份报告"));
}

fn annotated(bytes: &[u8], words: &str) -> Vec<u8> {
    let source = Source::from_bytes("例.pdf", bytes).unwrap_or_else(|error| panic!("{error}"));
    let at = source.text().find(words).expect("the words are in the text");
    let whole = source.span(0, "支出".len());
    let remark = Remark {
        primary: source.span(at, at + words.len()),
        lines: vec!["错误[x] 合计不符".into()],
        related: vec![(whole, "支出（第1段）".into())],
    };
    annotate(bytes, &[remark]).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn findings_are_highlighted_and_taken_out_again() {
    let mut pdf = Pdf::new();
    pdf.text(72.0, 100.0, 12.0, "支出合计12.5万元");
    let bytes = pdf.bytes();
    let marked = annotated(&bytes, "12.5万元");
    assert!(marked.starts_with(&bytes), "the file's own bytes come first");
    let new = String::from_utf8_lossy(&marked[bytes.len()..]).into_owned();
    assert_eq!(new.matches("/Subtype/Highlight").count(), 2);
    assert!(new.contains("/Rect[120.00 740.00 168.00 754.00]"), "{new}");
    assert_eq!(strip(&marked).expect("the remarks are at the end"), bytes);
    let again = annotated(&marked, "合计");
    assert_eq!(String::from_utf8_lossy(&again).matches("/Subtype/Highlight").count(), 4);
    assert_eq!(strip(&again).expect("the remarks are at the end"), marked);
    assert!(strip(&bytes).is_err());
}

#[test]
fn a_cell_that_a_page_break_cut_is_highlighted_on_both_pages() {
    let bytes = cut_row(0.0).bytes();
    let marked = annotated(&bytes, "差旅费");
    let new = String::from_utf8_lossy(&marked[bytes.len()..]).into_owned();
    assert_eq!(new.matches("/Annots").count(), 2, "one on each page: {new}");
}

#[test]
fn no_remarks_go_into_files_that_cannot_take_them() {
    let mut pdf = Pdf::new();
    pdf.text(72.0, 100.0, 12.0, "支出合计12.5万元");
    let mut odd = pdf.bytes();
    let word = odd.windows(9).rposition(|bytes| bytes == b"startxref").expect("the place of the table is said");
    odd[word..word + 9].fill(b'x');
    let refused = annotate(&odd, &[]).expect_err("nothing says where objects are listed");
    assert!(refused.0.contains("不能加批注"), "{refused}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn damaged_files_are_read_or_refused(flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12), cut in any::<prop::sample::Index>(), short in any::<bool>()) {
        let mut pdf = Pdf::new();
        pdf.text(72.0, 80.0, 12.0, "一、支出情况");
        table(&mut pdf, 100.0, &[&["项目", "预算数"], &["基本支出", "100.00"]]);
        pdf.codes(Font::Gbk, (72.0, HEIGHT - 80.0, 12.0), "D6A7B3F6");
        let mut bytes = pdf.bytes();
        for (at, byte) in flips {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if short {
            bytes.truncate(cut.index(bytes.len()));
        }
        let _ = Source::from_bytes("例.pdf", &bytes);
    }
}
