//! Plain-text reports made anew as Office files, with the merged cells that their tables tell of.
#![allow(dead_code, reason = "each test crate uses a part of this")]

use gouji::document::{Blank, Block, BlockKind, Cell, Document, Table};
use gouji::source::Source;

use super::office::{Docx, escaped, ods_with, odt_of};

/// A report as a file format has to hold it.
pub(crate) enum Piece {
    /// The text of a paragraph, and the level of its heading.
    Paragraph(String, Option<u8>),
    Table(Grid),
}

/// A table with its merged cells.
pub(crate) struct Grid {
    pub(crate) width: usize,
    pub(crate) rows: Vec<Vec<Merged>>,
}

/// A cell of a row; `continues` where it is the part of a cell above that reaches into the row.
pub(crate) struct Merged {
    pub(crate) column: usize,
    pub(crate) columns: usize,
    /// The rows that it covers, 1 unless it is merged.
    pub(crate) rows: usize,
    pub(crate) continues: bool,
    pub(crate) paragraphs: Vec<String>,
}

/// The paragraphs and tables of a report.
pub(crate) fn pieces(source: &Source) -> Vec<Piece> {
    let document = Document::parse(source);
    let level = |block: &Block| match &block.kind {
        BlockKind::Heading(_) => block.section.map(|id| document.section(id).level),
        _ => None,
    };
    let piece = |block: &Block| match &block.kind {
        BlockKind::Blank => Piece::Paragraph(String::new(), None),
        BlockKind::Table(table) => Piece::Table(grid(source, table)),
        _ => Piece::Paragraph(unwrapped(source, block), level(block)),
    };
    document.blocks.iter().map(piece).collect()
}

/// The text of a paragraph on one line; lines that a page number may stand between are joined as the grammar joins them.
fn unwrapped(source: &Source, block: &Block) -> String {
    let mut lines = source.slice(block.span).lines().filter(|line| !line.trim().is_empty());
    match (lines.next(), lines.next(), block.paragraph()) {
        (Some(_), Some(_), Some(paragraph)) => paragraph.flow.text().to_owned(),
        (line, ..) => line.unwrap_or_default().to_owned(),
    }
}

fn grid(source: &Source, table: &Table) -> Grid {
    let mut rows: Vec<Vec<Merged>> = Vec::new();
    for row in &table.rows {
        let cells = row.cells.iter().map(|cell| {
            let continues = continues(table, cell, rows.last());
            let (column, columns) = (cell.column, cell.column_span);
            Merged { column, columns, rows: 1, continues, paragraphs: paragraphs(source, cell) }
        });
        let cells = without_gaps(cells.collect(), table.width());
        rows.push(cells);
    }
    count_rows(&mut rows);
    Grid { width: table.width(), rows }
}

/// The row with empty cells where it has none.
fn without_gaps(cells: Vec<Merged>, width: usize) -> Vec<Merged> {
    let mut row = Vec::new();
    let mut column = 0;
    let empty = |column, columns| Merged { column, columns, rows: 1, continues: false, paragraphs: Vec::new() };
    for cell in cells {
        row.extend((column..cell.column).map(|gap| empty(gap, 1)));
        column = cell.column + cell.columns;
        row.push(cell);
    }
    row.extend((column..width).map(|gap| empty(gap, 1)));
    row
}

/// An empty cell under a label over the same columns is the rest of it.
fn continues(table: &Table, cell: &Cell, above: Option<&Vec<Merged>>) -> bool {
    let same = |other: &&Merged| (other.column, other.columns) == (cell.column, cell.column_span);
    let label = table.filled_down(cell).is_some_and(|label| label.literals.is_empty() && label.row < cell.row);
    cell.blank == Blank::Bare
        && label
        && above
            .into_iter()
            .flatten()
            .find(same)
            .is_some_and(|above| above.continues || !above.paragraphs.concat().is_empty())
}

fn count_rows(rows: &mut [Vec<Merged>]) {
    for at in (1..rows.len()).rev() {
        let reach: Vec<(usize, usize)> =
            rows[at].iter().filter(|cell| cell.continues).map(|cell| (cell.column, cell.rows)).collect();
        for (column, below) in reach {
            if let Some(cell) = rows[at - 1].iter_mut().find(|cell| cell.column == column) {
                cell.rows = below + 1;
            }
        }
    }
}

fn paragraphs(source: &Source, cell: &Cell) -> Vec<String> {
    let indented = " ".repeat(cell.indent(source)) + source.slice(cell.span);
    indented.lines().map(|line| line.trim_matches(['\t', '\r']).to_owned()).collect()
}

/// The report as a Word document: every few characters a new run, as editing leaves them.
pub(crate) fn docx(source: &Source) -> Vec<u8> {
    let body: String = pieces(source).iter().map(word_piece).collect();
    let styles: String = (1..=6)
        .map(|level| {
            format!(
                "<w:style w:type=\"paragraph\" w:styleId=\"H{level}\"><w:name w:val=\"heading {level}\"/></w:style>"
            )
        })
        .collect();
    // A document ends with a paragraph, also after a table.
    Docx::new(body + "<w:p/>").part("styles", &styles).bytes()
}

fn word_piece(piece: &Piece) -> String {
    match piece {
        Piece::Paragraph(text, level) => {
            let style = level.map(|level| format!("<w:pPr><w:pStyle w:val=\"H{level}\"/></w:pPr>"));
            word_paragraph(text, &style.unwrap_or_default())
        }
        Piece::Table(grid) => word_table(grid),
    }
}

/// Characters of a run.
const RUN: usize = 5;

fn word_paragraph(text: &str, properties: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let run = |run: &[char]| {
        let text = escaped(&run.iter().collect::<String>()).replace('\t', "</w:t><w:tab/><w:t xml:space=\"preserve\">");
        format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
    };
    let runs: String = characters.chunks(RUN).map(run).collect();
    format!("<w:p>{properties}{runs}</w:p>")
}

fn word_table(grid: &Grid) -> String {
    let rows: String = grid.rows.iter().map(|row| word_row(row)).collect();
    let columns = "<w:gridCol w:w=\"1200\"/>".repeat(grid.width);
    let borders: String = ["top", "left", "bottom", "right", "insideH", "insideV"]
        .iter()
        .map(|side| format!("<w:{side} w:val=\"single\" w:sz=\"4\"/>"))
        .collect();
    let properties = format!("<w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr>");
    format!("<w:tbl>{properties}<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>")
}

fn word_row(row: &[Merged]) -> String {
    let cell = |cell: &Merged| {
        let merge = match (cell.continues, cell.rows) {
            (true, _) => "<w:vMerge/>",
            (false, 1) => "",
            (false, _) => "<w:vMerge w:val=\"restart\"/>",
        };
        let paragraphs: String = cell.paragraphs.iter().map(|text| word_paragraph(text, "")).collect();
        let paragraphs = if paragraphs.is_empty() { "<w:p/>".into() } else { paragraphs };
        format!("<w:tc><w:tcPr><w:gridSpan w:val=\"{}\"/>{merge}</w:tcPr>{paragraphs}</w:tc>", cell.columns)
    };
    format!("<w:tr>{}</w:tr>", row.iter().map(cell).collect::<String>())
}

/// The report as an OpenDocument text.
pub(crate) fn odt(source: &Source) -> Vec<u8> {
    let piece = |piece: &Piece| match piece {
        Piece::Paragraph(text, None) => odf_paragraph(text),
        Piece::Paragraph(text, Some(level)) => {
            format!("<text:h text:outline-level=\"{level}\">{}</text:h>", odf_text(text))
        }
        Piece::Table(grid) => {
            let rows: String = grid.rows.iter().map(|row| odf_row(row)).collect();
            format!(
                "<table:table><table:table-column table:number-columns-repeated=\"{}\"/>{rows}</table:table>",
                grid.width
            )
        }
    };
    odt_of(&pieces(source).iter().map(piece).collect::<String>())
}

fn odf_paragraph(text: &str) -> String {
    format!("<text:p>{}</text:p>", odf_text(text))
}

/// Blanks in a row are written as their number.
fn odf_text(text: &str) -> String {
    escaped(text).replace('\t', "<text:tab/>").replace("  ", " <text:s/>")
}

fn odf_row(row: &[Merged]) -> String {
    let cell = |cell: &Merged| {
        let covered = |count: usize| "<table:covered-table-cell/>".repeat(count);
        if cell.continues {
            return covered(cell.columns);
        }
        let spans =
            format!("table:number-columns-spanned=\"{}\" table:number-rows-spanned=\"{}\"", cell.columns, cell.rows);
        let paragraphs: String = cell.paragraphs.iter().map(|text| odf_paragraph(text)).collect();
        let value = stored(&cell.paragraphs.join("\n"))
            .map(|(value, _)| format!(" office:value-type=\"float\" office:value=\"{value}\""));
        let spans = spans + &value.unwrap_or_default();
        format!("<table:table-cell {spans}>{paragraphs}</table:table-cell>{}", covered(cell.columns - 1))
    };
    format!("<table:table-row>{}</table:table-row>", row.iter().map(cell).collect::<String>())
}

/// The report as an OpenDocument spreadsheet of one sheet: paragraphs on rows of their own, figures of tables as numbers.
pub(crate) fn ods(source: &Source) -> Vec<u8> {
    let line = |text: &str| {
        format!("<table:table-row><table:table-cell>{}</table:table-cell></table:table-row>", odf_paragraph(text))
    };
    let empty = "<table:table-row table:number-rows-repeated=\"2\"/>";
    let piece = |piece: &Piece| match piece {
        Piece::Paragraph(text, _) if text.trim().is_empty() => empty.to_owned(),
        Piece::Paragraph(text, _) => line(text),
        Piece::Table(grid) => empty.to_owned() + &grid.rows.iter().map(|row| odf_row(row)).collect::<String>() + empty,
    };
    let rows: String = pieces(source).iter().map(piece).collect();
    ods_with("", &format!("<table:table table:name=\"自评表\">{rows}</table:table>"))
}

/// The report as a web page of a site, in GB18030, with what sites put around an article.
pub(crate) fn html(source: &Source) -> Vec<u8> {
    let piece = |piece: &Piece| match piece {
        Piece::Paragraph(text, None) => format!("<p>{}</p>\n", html_text(text)),
        Piece::Paragraph(text, Some(level)) => format!("<h{level}>{}</h{level}>\n", html_text(text)),
        Piece::Table(grid) => {
            let rows: String = grid.rows.iter().map(|row| html_row(row)).collect();
            format!("<table border=1><tbody>\n{rows}</tbody></table>\n")
        }
    };
    let article: String = pieces(source).iter().map(piece).collect();
    let page = format!(
        "<!DOCTYPE html>\n<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=gb2312\">\n\
         <title>信息公开</title><script>document.write('<p>1万元</p>')</script></head><body>\n\
         <div class=\"header\"><ul><li><a href=\"#\">首页</a></li><li><a href=\"#\">政务公开</a></li></ul></div>\n\
         <div class=\"crumb\">当前位置：<a href=\"#\">首页</a> &gt; <a href=\"#\">财政信息</a></div>\n\
         <div class=\"article\"><div class=\"tools\">发布时间：2024-05-16 浏览次数：128 次</div>\n{article}</div>\n\
         <div class=\"footer\">版权所有：某县人民政府 网站标识码：4300000001</div>\n</body></html>\n"
    );
    encoding_rs::GB18030.encode(&page).0.into_owned()
}

/// Every few characters in an element of their own, as editors leave them.
fn html_text(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let run = |(index, run): (usize, &[char])| {
        let text = escaped(&run.iter().collect::<String>()).replace('\t', "    ").replace("  ", " &nbsp;");
        if index % 3 == 1 { format!("<span style=\"font-size:12pt\">{text}</span>") } else { text }
    };
    characters.chunks(RUN).enumerate().map(run).collect()
}

fn html_row(row: &[Merged]) -> String {
    let cell = |cell: &Merged| {
        let paragraphs: Vec<String> = cell.paragraphs.iter().map(|text| html_text(text)).collect();
        format!("<td colspan={} rowspan={}>{}", cell.columns, cell.rows, paragraphs.join("<br>"))
    };
    let cells: String = row.iter().filter(|cell| !cell.continues).map(cell).collect();
    format!("<tr>{cells}</tr>\n")
}

/// The report as a workbook of one sheet: paragraphs on rows of their own, figures of tables as numbers with formats.
pub(crate) fn xlsx(source: &Source) -> Vec<u8> {
    let mut sheet = Cells::default();
    for piece in pieces(source) {
        match piece {
            Piece::Paragraph(text, _) => sheet.rows.push(vec![sheet.cell(&text, 0)]),
            Piece::Table(grid) => sheet.table(&grid),
        }
    }
    sheet.workbook()
}

#[derive(Default)]
struct Cells {
    rows: Vec<Vec<String>>,
    merges: Vec<String>,
}

/// Formats of the styles of a made workbook, after the general one.
const FIGURES: &[&str] = &["0", "0.0", "0.00", "#,##0.00", "0.00%", "0%", "0.0%"];

impl Cells {
    fn cell(&self, text: &str, column: usize) -> String {
        let name = cell_name(self.rows.len(), column);
        match stored(text) {
            Some((value, style)) => format!("<c r=\"{name}\" s=\"{style}\"><v>{value}</v></c>"),
            None if text.trim().is_empty() => String::new(),
            None => format!("<c r=\"{name}\" t=\"inlineStr\"><is><t>{}</t></is></c>", escaped(text)),
        }
    }

    fn table(&mut self, grid: &Grid) {
        self.rows.push(Vec::new());
        for row in &grid.rows {
            let mut cells = Vec::new();
            for cell in row.iter().filter(|cell| !cell.continues) {
                cells.push(self.cell(&cell.paragraphs.join("\n"), cell.column));
                if cell.rows > 1 || cell.columns > 1 {
                    let first = cell_name(self.rows.len(), cell.column);
                    let last = cell_name(self.rows.len() + cell.rows - 1, cell.column + cell.columns - 1);
                    self.merges.push(format!("<mergeCell ref=\"{first}:{last}\"/>"));
                }
            }
            self.rows.push(cells);
        }
        self.rows.push(Vec::new());
    }

    fn workbook(&self) -> Vec<u8> {
        let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let package = "http://schemas.openxmlformats.org/package/2006";
        let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml";
        let rows: String = self
            .rows
            .iter()
            .enumerate()
            .map(|(at, cells)| format!("<row r=\"{}\">{}</row>", at + 1, cells.concat()))
            .collect();
        let merges = if self.merges.is_empty() {
            String::new()
        } else {
            format!("<mergeCells>{}</mergeCells>", self.merges.concat())
        };
        let formats: String = FIGURES
            .iter()
            .enumerate()
            .map(|(at, code)| format!("<numFmt numFmtId=\"{}\" formatCode=\"{code}\"/>", at + 165))
            .collect();
        let styles: String = (0..=FIGURES.len())
            .map(|at| format!("<xf numFmtId=\"{}\"/>", if at == 0 { 0 } else { at + 164 }))
            .collect();
        let members = [
            (
                "[Content_Types].xml",
                format!(
                    "<Types xmlns=\"{package}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"{kind}.sheet.main+xml\"/><Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"{kind}.worksheet+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"{kind}.styles+xml\"/></Types>"
                ),
            ),
            (
                "_rels/.rels",
                format!(
                    "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"a\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
                ),
            ),
            (
                "xl/workbook.xml",
                format!(
                    "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"自评表\" sheetId=\"1\" r:id=\"s\"/></sheets></workbook>"
                ),
            ),
            (
                "xl/_rels/workbook.xml.rels",
                format!(
                    "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"s\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"t\" Type=\"{office}/styles\" Target=\"styles.xml\"/></Relationships>"
                ),
            ),
            (
                "xl/styles.xml",
                format!(
                    "<styleSheet xmlns=\"{main}\"><numFmts>{formats}</numFmts><fills count=\"1\"><fill><patternFill patternType=\"none\"/></fill></fills><cellXfs>{styles}</cellXfs></styleSheet>"
                ),
            ),
            (
                "xl/worksheets/sheet1.xml",
                format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData>{merges}</worksheet>"),
            ),
        ];
        let members: Vec<(&str, &[u8])> = members.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
        super::office::zip(&members)
    }
}

/// A printed figure as it is stored, with the style that prints it so.
fn stored(text: &str) -> Option<(String, usize)> {
    let text = text.trim();
    let plain: String = text.chars().filter(|c| *c != ',').collect();
    let (digits, percent) = plain.strip_suffix('%').map_or((plain.as_str(), false), |digits| (digits, true));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let canonical = whole == "0" || !whole.is_empty() && !whole.starts_with('0');
    if !canonical || !all_digits(whole) || !all_digits(fraction) || digits.ends_with('.') || whole.len() > 9 {
        return None;
    }
    let code = match (text.contains(','), percent, fraction.len()) {
        (true, false, 2) => "#,##0.00".to_owned(),
        (true, ..) => return None,
        (false, false, 0) => "0".into(),
        (false, true, 0) => "0%".into(),
        (false, false, places) => format!("0.{}", "0".repeat(places)),
        (false, true, places) => format!("0.{}%", "0".repeat(places)),
    };
    let style = FIGURES.iter().position(|format| *format == code)? + 1;
    let value = if percent { format!("{digits}E-2") } else { digits.to_owned() };
    Some((value, style))
}

fn cell_name(row: usize, column: usize) -> String {
    let letter = |at: usize| char::from(b'A' + at as u8);
    let letters = if column < 26 {
        letter(column).to_string()
    } else {
        format!("{}{}", letter(column / 26 - 1), letter(column % 26))
    };
    format!("{letters}{}", row + 1)
}
