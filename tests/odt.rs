//! OpenDocument texts are read as LibreOffice and WPS show them.

mod common;

use common::office::odt_with;
use gouji::source::Source;

fn read(styles: &str, body: &str) -> Source {
    Source::from_bytes("例.odt", &odt_with(styles, body)).unwrap_or_else(|error| panic!("{error}"))
}

fn text(body: &str) -> String {
    read("", body).text().to_owned()
}

#[test]
fn blanks_are_those_that_are_shown() {
    let body = "<text:p>\n  预算<text:span>24</text:span>14.16\n  万元<text:s text:c=\"2\"/>甲<text:tab/>乙<text:line-break/>丙</text:p>";
    assert_eq!(text(body), "预算2414.16 万元  甲\t乙\n丙\n");
}

#[test]
fn deletions_comments_and_hidden_text_are_not_read() {
    let styles = "<style:style style:name=\"T1\"><style:text-properties text:display=\"none\"/></style:style>";
    let body = "<text:tracked-changes><text:changed-region><text:deletion><text:p>849</text:p></text:deletion></text:changed-region>\
                </text:tracked-changes><text:p>支出<text:change-start/>851<text:change-end/>万元<text:span text:style-name=\"T1\">密</text:span>\
                <office:annotation><text:p>批</text:p></office:annotation></text:p>";
    let source = read(styles, body);
    assert_eq!(source.text(), "支出851万元\n");
    let notes = source.notes().join("");
    assert!(notes.contains("1 处修订") && notes.contains("1 处隐藏") && notes.contains("1 条批注"), "{notes}");
}

#[test]
fn lists_are_numbered() {
    let level = |level: u8, format: &str, pattern: &str| {
        format!("<text:list-level-style-number text:level=\"{level}\" style:num-format=\"{format}\" {pattern}/>")
    };
    let styles = format!(
        "<text:list-style style:name=\"L\">{}{}</text:list-style>",
        level(1, "一, 二, 三, ...", "style:num-suffix=\"、\""),
        level(2, "1", "style:num-list-format=\"（%2%）\"")
    );
    let item = |inner: &str| format!("<text:list-item>{inner}</text:list-item>");
    let list = |inner: &str, more: &str| format!("<text:list text:style-name=\"L\" {more}>{inner}</text:list>");
    let second = item(&format!("<text:list>{}</text:list>", item("<text:p>丙</text:p>")));
    let body = list(&(item("<text:p>甲</text:p><text:p>续</text:p>") + &item("<text:p>乙</text:p>") + &second), "")
        + &list(&item("<text:p>丁</text:p>"), "text:continue-numbering=\"true\"")
        + &list(&item("<text:p>戊</text:p>"), "");
    assert_eq!(read(&styles, &body).text(), "一、甲\n续\n二、乙\n（1）丙\n三、丁\n一、戊\n");
}

#[test]
fn merged_and_repeated_cells_keep_the_grid() {
    let body = "<table:table><table:table-header-rows><table:table-row>\
        <table:table-cell table:number-rows-spanned=\"2\"><text:p>项目</text:p></table:table-cell>\
        <table:table-cell table:number-columns-spanned=\"2\"><text:p>预算</text:p></table:table-cell><table:covered-table-cell/>\
        </table:table-row></table:table-header-rows><table:table-row><table:covered-table-cell/>\
        <table:table-cell table:number-columns-repeated=\"2\"><text:p>数</text:p></table:table-cell></table:table-row></table:table>";
    let source = read("", &format!("<text:p>前</text:p>{body}"));
    assert_eq!(source.text(), "前\n\n\t项目\n\t预算\n\n\t\n\t数\n\t数\n\n\n");
    let last = source.text().rfind('数').expect("a cell");
    let place = source.layout().place(source.span(last, last + "数".len()));
    assert_eq!(place, Some("表1 第2行 第3列"));
}

#[test]
fn rows_without_end_are_refused() {
    let body = "<table:table><table:table-row table:number-rows-repeated=\"900000000\"/></table:table>";
    let error = Source::from_bytes("例.odt", &odt_with("", body)).expect_err("too many rows");
    assert!(error.0.contains("大得反常"), "{error}");
}
