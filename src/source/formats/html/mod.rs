//! Web pages: what a browser shows of the article, without the frame that the site puts around it.
//!
//! `tree` makes a tree of any tag soup, `frame` tells the article from what stands around it, `grid` lays tables out, `lay`
//! writes it all down as one text, `mime` takes saved pages (.mht) apart.

mod charset;
mod frame;
mod grid;
mod lay;
mod mime;
mod tree;

use super::bytes::contains;
use super::limits::Limits;
use super::reading::{At, Reading, Writer};
use crate::source::{ReadError, decode};

/// Reads a web page.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Reading, ReadError> {
    page(&charset::decoded(bytes, None)?, limits)
}

/// Reads a web page saved with its parts in one file.
pub(super) fn read_mht(bytes: &[u8], limits: &Limits) -> Result<Reading, ReadError> {
    let part = mime::page(bytes)?;
    page(&charset::decoded(&part.bytes, part.charset.as_deref())?, limits)
}

fn page(text: &str, limits: &Limits) -> Result<Reading, ReadError> {
    let mut tree = tree::Tree::parse(text, limits)?;
    let left_out = frame::prune(&mut tree);
    let mut reading = lay::out(&tree, left_out, limits)?;
    if is_cut(text) {
        reading.notes.push("网页没有结尾（可能没有下载完），后面的内容可能缺了；请对照网站核对".into());
    }
    Ok(reading)
}

/// Whether a page has a beginning and no end.
fn is_cut(text: &str) -> bool {
    let holds = |marks: [&str; 4]| marks.iter().any(|mark| contains(text.as_bytes(), mark.as_bytes()));
    holds(["<html", "<HTML", "<body", "<BODY"]) && !holds(["</html", "</HTML", "</body", "</BODY"])
}

#[cfg(test)]
mod tests {
    use super::super::limits::LIMITS;
    use super::*;

    fn text(page: &str) -> String {
        read(page.as_bytes(), &LIMITS).expect("the page is read").text
    }

    fn places(page: &str) -> Vec<(String, String)> {
        use crate::source::layout::PieceKind;
        let reading = read(page.as_bytes(), &LIMITS).expect("the page is read");
        let mut found = Vec::new();
        for piece in &reading.layout.pieces {
            match &piece.kind {
                PieceKind::Paragraph { place, .. } => {
                    found.push((place.clone(), reading.text[piece.span.start()..piece.span.end()].to_owned()));
                }
                PieceKind::Table(grid) => {
                    for cell in grid.rows.iter().flatten() {
                        let words: Vec<&str> =
                            cell.paragraphs.iter().map(|span| &reading.text[span.start()..span.end()]).collect();
                        found.push((cell.place.clone(), words.join("/")));
                    }
                }
                PieceKind::Furniture => {}
            }
        }
        found
    }

    #[test]
    fn paragraphs_and_entities() {
        let page = "<html><body><h2>一、概况</h2><p>预算&nbsp;12.5万元<br>决算&#49;&#x30;万元 &lt;</p><p></p><p>完</p></body></html>";
        let expected =
            [("第1段", "一、概况"), ("第2段", "预算\u{a0}12.5万元\n决算10万元 <"), ("第3段", ""), ("第4段", "完")];
        let expected: Vec<(String, String)> = expected.iter().map(|(a, b)| ((*a).into(), (*b).into())).collect();
        assert_eq!(places(page), expected);
    }

    #[test]
    fn cells_stand_on_the_full_grid() {
        let page = "<table><tr><td rowspan=2>甲<td colspan='2'>乙<tr><td>丙<p>丁</p><td>3</table>";
        let expected = [
            ("表1 第1行 第1列", "甲"),
            ("表1 第1行 第2列", "乙"),
            ("表1 第2行 第2列", "丙/丁"),
            ("表1 第2行 第3列", "3"),
        ];
        let expected: Vec<(String, String)> = expected.iter().map(|(a, b)| ((*a).into(), (*b).into())).collect();
        assert_eq!(places(page), expected);
    }

    #[test]
    fn a_number_over_elements_is_one_number() {
        assert_eq!(text("<html><p>支出<b>24</b><span>14.16</span>万元</p>").trim(), "支出2414.16万元");
    }

    #[test]
    fn what_no_browser_shows_is_not_read() {
        let page = "<html><head><title>题</title><style>p{}</style></head><p>一<script>var a='<p>二</p>'</script>\
                    <span style=\"display: none\">三</span><!-- 四 --><del>五</del>六</p>";
        assert_eq!(text(page).trim(), "一六");
    }

    #[test]
    fn the_frame_of_the_site_is_left_out() {
        let page = "<html><body><div class='header'><ul><li><a href=#>首页</a></li><li><a href=#>政务公开</a></li></ul></div>\
                    <div class='crumb'>当前位置：<a>首页</a> &gt; <a>公开</a></div>\
                    <div id='zoom'><p>2024年预算2463.3万元，其中基本支出223.19万元。</p></div>\
                    <div id='footer'>版权所有：某县人民政府　备案号12345678</div></body></html>";
        let reading = read(page.as_bytes(), &LIMITS).expect("the page is read");
        assert_eq!(reading.text.trim(), "2024年预算2463.3万元，其中基本支出223.19万元。");
        assert!(reading.notes.iter().any(|note| note.contains("栏目")), "{:?}", reading.notes);
        assert_eq!(reading.layout.place(reading.layout.pieces[0].span), Some("第3段"));
    }

    #[test]
    fn gb18030_is_told_by_the_page() {
        let page =
            "<html><head><meta http-equiv=Content-Type content=\"text/html; charset=gb2312\"></head><p>支出合计</p>";
        let bytes = encoding_rs::GBK.encode(page).0.into_owned();
        assert_eq!(read(&bytes, &LIMITS).expect("the page is read").text.trim(), "支出合计");
    }

    #[test]
    fn more_elements_than_any_report_has_are_refused() {
        let page = "<html><body><p>甲<p>乙<p>丙";
        assert!(read(page.as_bytes(), &Limits { elements: 40, ..LIMITS }).is_ok());
        assert!(read(page.as_bytes(), &Limits { elements: 4, ..LIMITS }).is_err_and(|e| e.0.contains("元素太多")));
    }

    #[test]
    fn letters_that_grow_in_lower_case_do_not_shift_the_head() {
        let saved = "MIME-Version: 1.0\nX: İİİİ boundary İ\nContent-Type: multipart/related; İ; boundary=\"aİb\"\n\n\
                     --aİb\nContent-Type: text/html; charset=utf-8\n\n<html><p>支出合计\n--aİb--\n";
        assert_eq!(read_mht(saved.as_bytes(), &LIMITS).expect("the page is read").text.trim(), "支出合计");
    }

    #[test]
    fn soup_without_end_is_read() {
        assert!(text(&format!("<html>{}甲", "<div>".repeat(100_000))).contains('甲'));
        assert!(text(&format!("<html><p>甲</p>{}", "<table><tr><td>".repeat(50))).contains('甲'));
        let wide = "<table><tr><td colspan=99999999 rowspan=99999999>甲<td>乙</table>";
        assert!(read(wide.as_bytes(), &LIMITS).is_ok_and(|reading| reading.text.contains('乙')));
    }

    #[test]
    fn a_saved_page_is_read() {
        let mht = "MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n boundary=\"--X\"\r\n\r\n----X\r\n\
                   Content-Type: text/html; charset=\"utf-8\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
                   <html><p>=E6=94=AF=E5=87=BA12=\r\n.5</p></html>\r\n----X--\r\n";
        let reading = read_mht(mht.as_bytes(), &LIMITS).expect("the page is read");
        assert_eq!(reading.text.trim(), "支出12.5");
    }
}
