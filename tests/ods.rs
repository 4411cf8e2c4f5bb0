//! OpenDocument spreadsheets are read as the workbooks of Excel are.

mod common;

use common::office::ods_with;
use gouji::source::Source;

const STYLES: &str = "<number:number-style style:name=\"N1\"><number:number number:decimal-places=\"2\" number:grouping=\"true\"/>\
                      </number:number-style><style:style style:name=\"ce1\" style:data-style-name=\"N1\"/>\
                      <style:style style:name=\"off\"><style:table-properties table:display=\"false\"/></style:style>";

fn read(rows: &str) -> Source {
    let sheets = format!("<table:table table:name=\"收支\">{rows}</table:table>");
    Source::from_bytes("例.ods", &ods_with(STYLES, &sheets)).unwrap_or_else(|error| panic!("{error}"))
}

fn row(cells: &[String]) -> String {
    format!("<table:table-row>{}</table:table-row>", cells.concat())
}

fn words(text: &str) -> String {
    format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
}

fn figure(stored: &str, shown: &str, formula: &str) -> String {
    let formula = if formula.is_empty() { String::new() } else { format!(" table:formula=\"of:={formula}\"") };
    format!(
        "<table:table-cell table:style-name=\"ce1\"{formula} office:value-type=\"float\" office:value=\"{stored}\">\
         <text:p>{shown}</text:p></table:table-cell>"
    )
}

fn place(source: &Source, words: &str) -> String {
    let start = source.text().find(words).unwrap_or_else(|| panic!("{words} in {:?}", source.text()));
    source.layout().place(source.span(start, start + words.len())).unwrap_or_default().to_owned()
}

#[test]
fn what_is_shown_is_read_and_formulas_are_computed_again() {
    let rows = [
        row(&[words("项目"), words("决算数（万元）")]),
        row(&[words("基本支出"), figure("1200.5", "1,200.50", "")]),
        row(&[words("项目支出"), figure("300.25", "300.25", "")]),
        row(&[words("合计"), figure("1600.75", "1,600.75", "SUM([.B2:.B3])")]),
    ];
    let source = read(&rows.concat());
    assert_eq!(place(&source, "1,200.50"), "收支!B2");
    let audit = gouji::check::audit(source, &gouji::rules::RuleSet::builtin());
    let faults: Vec<&str> = audit
        .findings
        .iter()
        .filter(|each| each.rule == "formula-mismatch")
        .map(|each| each.message.as_str())
        .collect();
    assert!(matches!(faults.as_slice(), [fault] if fault.contains("1,500.75")), "{faults:?}");
}

#[test]
fn a_formula_in_a_cell_that_shows_otherwise_than_its_format_is_left_alone() {
    let rows = [
        row(&[words("甲"), figure("1", "1.00", "")]),
        row(&[words("乙"), figure("2", "贰", "[.B1]+5")]),
        row(&[words("丙"), figure("3", "3.00", "[.B1]+2")]),
    ];
    let source = read(&rows.concat());
    assert!(source.text().contains('贰'));
    assert!(source.layout().faults.is_empty());
}

#[test]
fn merged_and_repeated_cells_stand_on_their_grid() {
    let wide = "<table:table-cell office:value-type=\"string\" table:number-columns-spanned=\"2\"><text:p>支出</text:p>\
                </table:table-cell><table:covered-table-cell/>";
    let blank = "<table:table-row table:number-rows-repeated=\"1048570\"><table:table-cell table:number-columns-repeated=\"16384\"/>\
                 </table:table-row>";
    let twice = "<table:table-cell table:number-columns-repeated=\"2\" office:value-type=\"float\" office:value=\"7\">\
                 <text:p>7</text:p></table:table-cell>";
    let rows = [row(&[words("项目"), wide.into()]), row(&[words("甲"), twice.into()]), blank.into()];
    let source = read(&rows.concat());
    assert_eq!(source.text().trim_matches('\n'), "\t项目\n\t支出\n\n\t甲\n\t7\n\t7");
    assert_eq!(place(&source, "支出"), "收支!B1");
}

#[test]
fn what_is_hidden_is_said_and_notes_are_not_read() {
    let noted = "<table:table-cell office:value-type=\"string\"><office:annotation><text:p>批</text:p></office:annotation>\
                 <text:p>支出12万元</text:p></table:table-cell>";
    let rows = format!("<table:table-row table:visibility=\"collapse\">{noted}</table:table-row>");
    let sheets = format!(
        "<table:table table:name=\"表\">{rows}</table:table>\
         <table:table table:name=\"旧表\" table:style-name=\"off\">{}</table:table>",
        row(&[words("支出99万元")])
    );
    let source = Source::from_bytes("例.ods", &ods_with(STYLES, &sheets)).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(source.text(), "支出12万元\n");
    let notes = source.notes().join("");
    assert!(notes.contains("“旧表”是隐藏的") && notes.contains("有 1 行"), "{notes}");
}

#[test]
fn sheets_without_end_are_refused() {
    let full = "<table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell table:number-columns-repeated=\"16384\">\
                <text:p>1</text:p></table:table-cell></table:table-row>";
    let sheets = format!("<table:table table:name=\"表\">{full}</table:table>");
    let error = Source::from_bytes("例.ods", &ods_with("", &sheets)).expect_err("too large");
    assert!(error.0.contains("单元格太多"), "{error}");
}
