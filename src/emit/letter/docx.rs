//! Letters as a Word document, set as official letters are: imitation Song in the third size, 28 points from line to line.

use super::Block;
use crate::source::formats::{self, packed};

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const KIND: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// Widths of the columns of the table of answers, in twentieths of a point.
const COLUMNS: [usize; 4] = [700, 2300, 3400, 2400];

pub(super) fn write(letters: &[Vec<Block>]) -> Vec<u8> {
    let body: String = letters.iter().enumerate().map(|(index, letter)| letter_of(letter, index > 0)).collect();
    let section = "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId2\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/>\
                   <w:pgMar w:top=\"2098\" w:right=\"1474\" w:bottom=\"1985\" w:left=\"1588\" w:header=\"851\" \
                   w:footer=\"1400\" w:gutter=\"0\"/></w:sectPr>";
    let document = part("document", &format!("<w:body>{body}{section}</w:body>"));
    let page = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>\
                <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";
    let footer =
        part("ftr", &format!("<w:p><w:pPr><w:pStyle w:val=\"Foot\"/></w:pPr>{}{page}{}</w:p>", run("— "), run(" —")));
    let types = format!(
        "{HEAD}<Types xmlns=\"{PACKAGE}/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/word/document.xml\" ContentType=\"{KIND}.document.main+xml\"/>\
         <Override PartName=\"/word/styles.xml\" ContentType=\"{KIND}.styles+xml\"/>\
         <Override PartName=\"/word/footer1.xml\" ContentType=\"{KIND}.footer+xml\"/></Types>"
    );
    let links = |links: &[(&str, &str)]| {
        let link = |(index, (kind, target)): (usize, &(&str, &str))| {
            format!("<Relationship Id=\"rId{}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>", index + 1)
        };
        let links: String = links.iter().enumerate().map(link).collect();
        format!("{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\">{links}</Relationships>")
    };
    packed(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", links(&[("officeDocument", "word/document.xml")]).as_bytes()),
        ("word/document.xml", document.as_bytes()),
        ("word/_rels/document.xml.rels", links(&[("styles", "styles.xml"), ("footer", "footer1.xml")]).as_bytes()),
        ("word/styles.xml", part("styles", &styles()).as_bytes()),
        ("word/footer1.xml", footer.as_bytes()),
    ])
}

fn part(root: &str, inside: &str) -> String {
    format!("{HEAD}<w:{root} xmlns:w=\"{WORD}\" xmlns:r=\"{OFFICE}\">{inside}</w:{root}>")
}

fn letter_of(letter: &[Block], on_new_page: bool) -> String {
    let mut out = String::new();
    for (index, each) in letter.iter().enumerate() {
        out += &block(each, on_new_page && index == 0);
    }
    out
}

fn block(block: &Block, on_new_page: bool) -> String {
    match block {
        Block::Title(text) if on_new_page => paragraph("Title", "<w:pageBreakBefore/>", text),
        Block::Title(text) => paragraph("Title", "", text),
        Block::Flush(text) => paragraph("Flush", "", text),
        Block::Paragraph(text) => paragraph("Body", "", text),
        Block::Heading(text) => paragraph("Head", "", text),
        Block::Item(text, details) => {
            let details: String = details.iter().map(|line| paragraph("Detail", "", line)).collect();
            paragraph("Body", "<w:keepNext/>", text) + &details
        }
        Block::Sign(text) => paragraph("Sign", "", text),
        Block::Answers(title, rows) => {
            paragraph("Flush", "<w:pageBreakBefore/>", title) + &table(rows) + &paragraph("Cell", "", "")
        }
    }
}

/// A paragraph of a style; `more` are properties that come right after it.
fn paragraph(style: &str, more: &str, text: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{more}</w:pPr>{}</w:p>", run(text))
}

fn run(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    format!("<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>", escaped(text))
}

fn table(rows: &[Vec<String>]) -> String {
    let sides = ["top", "left", "bottom", "right", "insideH", "insideV"];
    let borders: String = sides
        .iter()
        .map(|side| format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>"))
        .collect();
    let grid: String = COLUMNS.iter().map(|width| format!("<w:gridCol w:w=\"{width}\"/>")).collect();
    let cell = |(text, width): (&String, usize)| {
        format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>{}</w:tc>", paragraph("Cell", "", text))
    };
    let row = |(index, row): (usize, &Vec<String>)| {
        let head = if index == 0 {
            "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
        } else {
            "<w:trPr><w:cantSplit/></w:trPr>"
        };
        format!("<w:tr>{head}{}</w:tr>", row.iter().zip(COLUMNS).map(cell).collect::<String>())
    };
    let rows: String = rows.iter().enumerate().map(row).collect();
    let width: usize = COLUMNS.iter().sum();
    format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{width}\" w:type=\"dxa\"/><w:tblBorders>{borders}</w:tblBorders>\
         <w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )
}

/// The styles: font, size in half points, and how paragraphs stand.
fn styles() -> String {
    let fonts = |font: &str| {
        format!("<w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"{font}\"/>")
    };
    let size = |half: u32| format!("<w:sz w:val=\"{half}\"/><w:szCs w:val=\"{half}\"/>");
    let exact = |twentieths: u32| format!("<w:spacing w:line=\"{twentieths}\" w:lineRule=\"exact\"/>");
    let style = |id: &str, paragraph: &str, font: &str, half: u32| {
        format!(
            "<w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"{id}\"><w:name w:val=\"gouji {id}\"/><w:pPr>{paragraph}</w:pPr>\
             <w:rPr>{}{}</w:rPr></w:style>",
            fonts(font),
            size(half)
        )
    };
    let line = exact(560);
    [
        format!("<w:docDefaults><w:rPrDefault><w:rPr>{}{}<w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:rPr></w:rPrDefault></w:docDefaults>", fonts("仿宋"), size(32)),
        "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style>".into(),
        style("Title", "<w:spacing w:after=\"560\" w:line=\"640\" w:lineRule=\"exact\"/><w:jc w:val=\"center\"/>", "黑体", 40),
        style("Flush", &line, "仿宋", 32),
        style("Body", &format!("{line}<w:ind w:firstLineChars=\"200\" w:firstLine=\"640\"/><w:jc w:val=\"both\"/>"), "仿宋", 32),
        style("Head", &format!("<w:keepNext/>{line}<w:ind w:firstLineChars=\"200\" w:firstLine=\"640\"/><w:outlineLvl w:val=\"0\"/>"), "黑体", 32),
        style("Detail", "<w:spacing w:line=\"440\" w:lineRule=\"exact\"/><w:ind w:left=\"960\"/>", "楷体", 28),
        style("Sign", &format!("{line}<w:ind w:right=\"1280\"/><w:jc w:val=\"right\"/>"), "仿宋", 32),
        style("Cell", "<w:spacing w:line=\"360\" w:lineRule=\"exact\"/>", "仿宋", 24),
        style("Foot", "<w:jc w:val=\"center\"/>", "宋体", 28),
    ]
    .concat()
}

fn escaped(text: &str) -> String {
    formats::escaped(text.chars().filter(|c| !c.is_control()))
}
