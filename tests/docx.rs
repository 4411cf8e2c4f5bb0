//! Word documents are read as Word shows them.

mod common;

use common::office::{Docx, p};
use gouji::source::Source;

fn read(docx: &Docx) -> Source {
    Source::from_bytes("例.docx", &docx.bytes()).unwrap_or_else(|error| panic!("{error}"))
}

/// The text of the body.
fn text(body: &str) -> String {
    read(&Docx::new(body)).text().to_owned()
}

/// Where a reader finds these words.
fn place(source: &Source, words: &str) -> String {
    let start = source.text().find(words).unwrap_or_else(|| panic!("{words} in {:?}", source.text()));
    source.layout().place(source.span(start, start + words.len())).unwrap_or_default().to_owned()
}

#[test]
fn a_number_split_over_runs_is_one() {
    let body = "<w:p><w:r><w:t>预算24</w:t></w:r><w:proofErr w:type=\"a\"/><w:r><w:rPr><w:b/></w:rPr><w:t>14.</w:t></w:r>\
                <w:hyperlink><w:r><w:t>16万元&amp;</w:t></w:r></w:hyperlink></w:p>";
    assert_eq!(text(body), "预算2414.16万元&\n");
}

#[test]
fn what_was_deleted_or_hidden_is_not_read() {
    let body = "<w:p><w:ins><w:r><w:t>851</w:t></w:r></w:ins><w:del><w:r><w:delText>849</w:delText></w:r></w:del>\
                <w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r><w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>万元</w:t></w:r></w:p>";
    let source = read(&Docx::new(body));
    assert_eq!(source.text(), "851万元\n");
    let notes = source.notes().join("");
    assert!(notes.contains("2 处修订") && notes.contains("1 处隐藏文字"), "{notes}");
}

#[test]
fn a_paragraph_whose_end_was_deleted_goes_on_in_the_next() {
    let deleted = "<w:pPr><w:rPr><w:del w:id=\"1\"/></w:rPr></w:pPr>";
    let body = format!("<w:p>{deleted}<w:r><w:t>支出12</w:t></w:r></w:p>{}{}", p("3万元"), p("完"));
    let source = read(&Docx::new(body));
    assert_eq!(source.text(), "\n支出123万元\n完\n");
    assert_eq!(place(&source, "完"), "第3段");
}

#[test]
fn fields_show_their_results() {
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let code = |code: &str| format!("<w:r><w:instrText>{code}</w:instrText></w:r>");
    let body = format!(
        "<w:p>{}{}{}<w:r><w:t>9.71</w:t></w:r>{}<w:fldSimple w:instr=\"PAGE\"><w:r><w:t>分</w:t></w:r></w:fldSimple></w:p>",
        mark("begin"),
        code("= SUM(ABOVE)"),
        mark("separate"),
        mark("end")
    );
    assert_eq!(text(&body), "9.71分\n");
    let open = format!("<w:p>{}{}</w:p>{}", mark("begin"), code("PAGE"), p("支出1万元"));
    assert_eq!(text(&open), "\n支出1万元\n", "a field that never ends hides nothing");
}

#[test]
fn breaks_and_symbols() {
    let body = "<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>1</w:t><w:noBreakHyphen/><w:t>2</w:t><w:br/>\
                <w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/><w:sym w:font=\"Symbol\" w:char=\"F0B3\"/><w:t>3</w:t></w:r></w:p>";
    assert_eq!(text(body), "甲\t1-2\n☑≥3\n");
}

#[test]
fn text_boxes_are_read_once() {
    let inside = |words: &str| format!("<w:txbxContent>{}</w:txbxContent>", p(words));
    let body = format!(
        "<w:p><w:r><w:t>正文</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wps:txbx>{}</wps:txbx>\
         </w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>{}",
        inside("框内5万元"),
        inside("框内5万元"),
        p("后")
    );
    let source = read(&Docx::new(body));
    assert_eq!(source.text(), "正文\n框内5万元\n后\n");
    assert_eq!((place(&source, "框内"), place(&source, "后")), ("第1段 文本框".into(), "第2段".into()));
}

#[test]
fn notes_follow_the_body_and_headers_are_not_read() {
    let body = "<w:p><w:r><w:t>支出</w:t></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>";
    let notes = format!(
        "<w:footnote w:type=\"separator\" w:id=\"0\">{}</w:footnote><w:footnote w:id=\"2\">{}</w:footnote>",
        p("线"),
        p("含结转")
    );
    let docx = Docx::new(body).part("footnotes", &notes).part("header", &p("某局2024年度"));
    let source = read(&docx);
    assert_eq!(source.text(), "支出\n\n含结转\n某局2024年度\n");
    assert_eq!(place(&source, "含结转"), "第1段 脚注");
    let audit = gouji::check::audit(source, &gouji::rules::RuleSet::builtin());
    assert_eq!(audit.ledger.numbers(), 0, "headers are kept apart");
}

#[test]
fn a_note_with_several_marks_is_read_once() {
    let mark = "<w:r><w:footnoteReference w:id=\"2\"/></w:r>";
    let body = format!("<w:p><w:r><w:t>支出</w:t></w:r>{mark}</w:p><w:p><w:r><w:t>收入</w:t></w:r>{mark}</w:p>");
    let notes = format!("<w:footnote w:id=\"2\">{}</w:footnote>", p("含结转"));
    assert_eq!(read(&Docx::new(body).part("footnotes", &notes)).text(), "支出\n收入\n\n含结转\n");
}

fn cell(properties: &str, words: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(words))
}

#[test]
fn merged_cells_keep_the_grid() {
    let rows = [
        cell("<w:vMerge w:val=\"restart\"/>", "项目") + &cell("<w:gridSpan w:val=\"2\"/>", "预算") + &cell("", "决算"),
        cell("<w:vMerge/>", "") + &cell("", "年初") + &cell("", "全年") + &cell("", "4"),
        "<w:trPr><w:gridBefore w:val=\"2\"/></w:trPr>".to_owned() + &cell("", "甲") + &cell("", "5"),
    ];
    let table: String = rows.iter().map(|row| format!("<w:tr>{row}</w:tr>")).collect();
    let source = read(&Docx::new(format!("{}<w:tbl>{table}</w:tbl>{}", p("表"), p("后"))));
    assert_eq!(source.text(), "表\n\n\t项目\n\t预算\n\t决算\n\n\t\n\t年初\n\t全年\n\t4\n\n\t甲\n\t5\n\n\n后\n");
    assert_eq!(place(&source, "决算"), "表1 第1行 第4列");
    assert_eq!(place(&source, "全年"), "表1 第2行 第3列");
    assert_eq!(place(&source, "5"), "表1 第3行 第4列");
    assert_eq!(place(&source, "后"), "第2段");
}

#[test]
fn edges_a_hair_apart_are_one() {
    let columns = [2000, 60, 1940, 2000].map(|width| format!("<w:gridCol w:w=\"{width}\"/>")).concat();
    let wide = "<w:gridSpan w:val=\"2\"/>";
    let rows = [
        cell(wide, "项目") + &cell("", "预算数") + &cell("", "决算数"),
        cell("", "合计") + &cell(wide, "12") + &cell("", "13"),
    ];
    let rows: String = rows.iter().map(|row| format!("<w:tr>{row}</w:tr>")).collect();
    let source = read(&Docx::new(format!("<w:tbl><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>")));
    let document = gouji::document::Document::parse(&source);
    let table = document.tables().next().expect("a table");
    let columns: Vec<Vec<usize>> =
        table.rows.iter().map(|row| row.cells.iter().map(|cell| cell.column).collect()).collect();
    assert_eq!(columns, [[0, 1, 2], [0, 1, 2]]);
    assert_eq!((place(&source, "预算数"), place(&source, "12")), ("表1 第1行 第3列".into(), "表1 第2行 第2列".into()));
}

#[test]
fn indented_cells_begin_with_blanks() {
    let indented = |indent: &str, words: &str| {
        format!("<w:tc><w:p><w:pPr><w:ind {indent}/></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p></w:tc>")
    };
    let row = |first: String| format!("<w:tr>{first}{}</w:tr>", cell("", "1"));
    let rows = row(indented("w:leftChars=\"0\"", "支出"))
        + &row(indented("w:leftChars=\"200\" w:left=\"9\"", "工资"))
        + &row(indented("w:left=\"420\" w:hanging=\"210\"", "津贴"));
    let text = text(&format!("<w:tbl>{rows}</w:tbl>{}", p("后")));
    assert_eq!(text, "\n\t支出\n\t1\n\n\t　　工资\n\t1\n\n\t　津贴\n\t1\n\n\n后\n");
}

#[test]
fn tables_inside_cells_are_tables_of_their_own() {
    let row = |cells: String| format!("<w:tr>{cells}</w:tr>");
    let inner =
        format!("<w:tbl>{}{}</w:tbl>", row(cell("", "甲") + &cell("", "1")), row(cell("", "乙") + &cell("", "2")));
    let with = format!("<w:tc>{inner}{}</w:tc>", p("内"));
    let outer = format!("<w:tbl>{}{}</w:tbl>", row(cell("", "名") + &with), row(cell("", "丙") + &cell("", "3")));
    let source = read(&Docx::new(outer + &format!("<w:tbl>{}</w:tbl>", row(cell("", "丁") + &cell("", "4")))));
    assert_eq!(place(&source, "内"), "表1 第1行 第2列");
    assert_eq!(place(&source, "乙"), "表1 第1行 第2列");
    assert_eq!(place(&source, "丁"), "表2 第1行 第1列");
}

#[test]
fn rows_that_were_deleted_are_gone() {
    let row = |cells: String| format!("<w:tr>{cells}</w:tr>");
    let gone = format!("<w:tr><w:trPr><w:del w:id=\"1\"/></w:trPr>{}</w:tr>", cell("", "废"));
    let table = row(cell("", "甲") + &cell("", "1")) + &gone + &row(cell("", "乙") + &cell("", "2"));
    assert_eq!(text(&format!("<w:tbl>{table}</w:tbl>")), "\n\t甲\n\t1\n\n\t乙\n\t2\n\n\n");
}

const NUMBERING: &str = "<w:abstractNum w:abstractNumId=\"0\">\
    <w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCountingThousand\"/><w:pStyle w:val=\"1\"/><w:lvlText w:val=\"%1、\"/></w:lvl>\
    <w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCounting\"/><w:suff w:val=\"nothing\"/><w:lvlText w:val=\"（%2）\"/></w:lvl>\
    <w:lvl w:ilvl=\"2\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:isLgl/><w:lvlText w:val=\"%1.%3.\"/></w:lvl>\
    </w:abstractNum><w:num w:numId=\"5\"><w:abstractNumId w:val=\"0\"/></w:num>\
    <w:num w:numId=\"6\"><w:abstractNumId w:val=\"0\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/></w:lvlOverride></w:num>";

fn numbered(list: u32, level: u32, words: &str) -> String {
    format!(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"
    )
}

#[test]
fn automatic_numbers_are_printed() {
    let styled = "<w:p><w:pPr><w:pStyle w:val=\"1\"/></w:pPr><w:r><w:t>概况</w:t></w:r></w:p>";
    let body = styled.to_owned()
        + &numbered(5, 1, "机构")
        + &numbered(5, 1, "人员")
        + &numbered(5, 2, "编制")
        + styled
        + &numbered(5, 1, "收入")
        + &numbered(5, 2, "预算")
        + &numbered(6, 0, "另起")
        + &numbered(0, 0, "不编号");
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"1\"><w:name w:val=\"heading 1\"/><w:pPr><w:numPr><w:numId w:val=\"5\"/></w:numPr></w:pPr></w:style>";
    let source = read(&Docx::new(body).part("numbering", NUMBERING).part("styles", styles));
    let lines: Vec<&str> = source.text().lines().collect();
    assert_eq!(
        lines,
        [
            "一、概况", "（一）机构", "（二）人员", "1.1. 编制", "二、概况", "（一）收入", "2.1. 预算", "一、另起",
            "不编号"
        ]
    );
    let document = gouji::document::Document::parse(&source);
    assert_eq!(document.sections[0].title, "概况");
}

/// The heading of a table of contents looks like one and has no level.
#[test]
fn a_style_may_say_that_it_is_no_heading() {
    let styles = "<w:style w:styleId=\"1\"><w:name w:val=\"heading 1\"/><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr></w:style>\
                  <w:style w:styleId=\"2\"><w:name w:val=\"TOC Heading\"/><w:basedOn w:val=\"1\"/><w:pPr><w:outlineLvl w:val=\"9\"/></w:pPr></w:style>";
    let styled = |style: &str, text: &str| {
        format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
    };
    let source = read(&Docx::new(styled("2", "说明") + &styled("1", "概况") + &p("支出")).part("styles", styles));
    let document = gouji::document::Document::parse(&source);
    let titles: Vec<&str> = document.sections.iter().map(|section| section.title.as_str()).collect();
    assert_eq!(titles, ["概况"]);
}

#[test]
fn contents_are_counted_and_not_read() {
    let contents =
        "<w:p><w:pPr><w:pStyle w:val=\"目录\"/></w:pPr><w:r><w:t>一、概况</w:t><w:tab/><w:t>3</w:t></w:r></w:p>";
    let styles = "<w:style w:styleId=\"目录\"><w:name w:val=\"toc 1\"/></w:style>";
    let body = format!("<w:sdt><w:sdtContent>{contents}</w:sdtContent></w:sdt>{}", p("一、概况"));
    let source = read(&Docx::new(body).part("styles", styles));
    let document = gouji::document::Document::parse(&source);
    assert_eq!(document.sections.len(), 1);
    assert_eq!(document.place(document.sections[0].span), "第2段");
}
