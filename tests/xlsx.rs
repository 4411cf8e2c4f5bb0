//! Workbooks: what a cell stores, what its formula says, and what a reader sees.

mod common;

use common::office::zip;
use gouji::source::Source;

/// A workbook of one sheet with these rows.
fn book(rows: &str) -> Source {
    sheet(&format!("<sheetData>{rows}</sheetData>"))
}

/// A workbook of one sheet that holds this.
fn sheet(inside: &str) -> Source {
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let types = "<Types><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>";
    let link = |kind: &str, target: &str| {
        format!("<Relationships><Relationship Id=\"a\" Type=\"{office}/{kind}\" Target=\"{target}\"/></Relationships>")
    };
    let workbook = format!(
        "<workbook xmlns:r=\"{office}\"><sheets><sheet name=\"表\" sheetId=\"1\" r:id=\"a\"/></sheets></workbook>"
    );
    let bytes = zip(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", link("officeDocument", "xl/workbook.xml").as_bytes()),
        ("xl/workbook.xml", workbook.as_bytes()),
        ("xl/_rels/workbook.xml.rels", link("worksheet", "sheet.xml").as_bytes()),
        ("xl/sheet.xml", format!("<worksheet>{inside}</worksheet>").as_bytes()),
    ]);
    Source::from_bytes("例.xlsx", &bytes).unwrap_or_else(|error| panic!("{error}"))
}

fn row(number: usize, label: &str, cell: &str) -> String {
    format!("<row r=\"{number}\"><c t=\"inlineStr\"><is><t>{label}</t></is></c><c>{cell}</c></row>")
}

fn faults(source: &Source) -> Vec<String> {
    let rules = gouji::rules::RuleSet::builtin();
    let audit = gouji::check::audit(source.clone(), &rules);
    let ours = audit.findings.iter().filter(|finding| finding.rule == "formula-mismatch");
    ours.map(|finding| finding.message.clone()).collect()
}

#[test]
fn what_is_stored_is_read_and_what_a_formula_gives_is_a_finding() {
    let sheet = |stored: &str| {
        let rows = [row(1, "甲", "<v>1.1</v>"), row(2, "乙", "<v>2.2</v>")].concat();
        book(&(rows + &row(3, "合计", &format!("<f>SUM(B1:B2)</f><v>{stored}</v>"))))
    };
    assert_eq!(faults(&sheet("3.3000000000000003")), [""; 0]);
    let wrong = sheet("3.5");
    assert!(wrong.text().contains("\t3.5\n"), "what is stored is read: {}", wrong.text());
    assert_eq!(faults(&wrong), ["公式“=SUM(B1:B2)”算得3.3，单元格里却是3.5"]);
}

#[test]
fn cells_that_share_a_formula_have_each_their_own() {
    let shared = |row: usize, formula: &str, stored: &str| {
        format!("<row r=\"{row}\"><c><v>{row}</v></c><c><v>2</v></c><c>{formula}<v>{stored}</v></c></row>")
    };
    let rows = [
        shared(1, "<f t=\"shared\" ref=\"C1:C3\" si=\"0\">A1*B1+$A$1</f>", "3"),
        shared(2, "<f t=\"shared\" si=\"0\"/>", "5"),
        shared(3, "<f t=\"shared\" si=\"0\"/>", "9"),
    ];
    assert_eq!(faults(&book(&rows.concat())), ["公式“=A3*B3+$A$1”算得7，单元格里却是9"]);
    let array = shared(1, "<f t=\"array\" ref=\"C1\">SUM(A1:B1)</f>", "9");
    assert_eq!(faults(&book(&array)), [""; 0]);
}

#[test]
fn a_shared_formula_is_known_whatever_its_first_cell_shows() {
    let first =
        "<row r=\"1\"><c t=\"e\"><f t=\"shared\" ref=\"A1:A2\" si=\"0\">B1*2</f><v>#N/A</v></c><c><v>1</v></c></row>";
    let second = "<row r=\"2\"><c><f t=\"shared\" si=\"0\"/><v>5</v></c><c><v>2</v></c></row>";
    assert_eq!(faults(&book(&[first, second].concat())), ["公式“=B2*2”算得4，单元格里却是5"]);
}

#[test]
fn what_a_merged_cell_covers_is_not_read_and_said() {
    let cell = |text: &str| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let rows = [
        format!("<row r=\"1\">{}{}</row>", cell("标题"), cell("旧题")),
        format!("<row r=\"2\">{}{}</row>", cell("项目"), cell("金额")),
        format!("<row r=\"3\">{}<c><v>7</v></c></row>", cell("甲")),
        format!("<row r=\"4\">{}<c><v>9</v></c></row>", cell("旧项")),
    ];
    let merges = "<mergeCells><mergeCell ref=\"A1:B1\"/><mergeCell ref=\"A3:A4\"/></mergeCells>";
    let source = sheet(&format!("<sheetData>{}</sheetData>{merges}", rows.concat()));
    assert_eq!(source.text().trim(), "标题\n\n\t项目\n\t金额\n\n\t甲\n\t7\n\n\t\n\t9");
    assert_eq!(source.notes(), ["有 2 个单元格的文字被合并单元格盖住，没有读取"]);
}

/// Programs that do not compute write an empty result, or none.
#[test]
fn an_empty_result_is_none() {
    for cell in ["<f>B2*2</f><v></v>", "<f>B2*2</f><v/>", "<f>B2*2</f>"] {
        let notes = book(&row(1, "甲", cell)).notes().join("\n");
        assert!(notes.contains("没有计算结果") && notes.contains("表!B1"), "{cell}: {notes}");
    }
    let text = "<row r=\"1\"><c t=\"inlineStr\"><is><t>甲</t></is></c><c t=\"str\"><f>A1&amp;\"\"</f><v></v></c></row>";
    assert_eq!(book(text).notes(), [""; 0]);
}

#[test]
fn formulas_without_results_and_numbers_kept_as_text_are_noted() {
    let rows = [
        row(1, "甲", "<f>B2*2</f>"),
        "<row r=\"2\"><c t=\"inlineStr\"><is><t>乙</t></is></c><c t=\"inlineStr\"><is><t>12.50</t></is></c></row>"
            .into(),
    ];
    let notes = book(&rows.concat()).notes().join("\n");
    assert!(notes.contains("没有计算结果") && notes.contains("表!B1") && notes.contains("存为文本"), "{notes}");
}
