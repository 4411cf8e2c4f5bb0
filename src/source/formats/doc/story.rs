//! The stories of a document: its text, notes, headers and text boxes, as paragraphs and tables.

use std::cell::Cell;
use std::collections::BTreeSet;

use super::compound::{u16_at, u32_at};
use super::file::{File, Held, Part, places};
use super::part;
use super::pieces::{self, Unit};
use super::properties::{Change, Changes, changes};
use super::run::{Runs, vanish};
use super::table::{Row, RowShape, table};
use crate::source::ReadError;
use crate::source::formats::Limits;
use crate::source::formats::archive::broken;

pub(super) struct Stories<'f> {
    file: &'f File,
    units: Vec<Unit>,
    paragraphs: Changes<'f>,
    /// The characters that end a section.
    sections: BTreeSet<usize>,
    /// The marks of footnotes and endnotes, and the notes that they lead to.
    notes: [Vec<(usize, usize)>; 2],
    limits: &'f Limits,
    /// Characters that may still be written down: notes may claim the same ones again and again.
    left: Cell<usize>,
}

/// What a paragraph is, and where it belongs.
#[derive(Default)]
struct Properties<'f> {
    style: u16,
    /// How many tables it stands in.
    depth: usize,
    ends_cell: bool,
    ends_row: bool,
    outline: Option<u8>,
    list: Option<i16>,
    level: Option<u8>,
    indents: String,
    aligned: Option<u8>,
    row: Vec<Change<'f>>,
}

/// Cells and rows of a table that is being read.
#[derive(Default)]
struct Open {
    rows: Vec<Row>,
    cells: Vec<String>,
    cell: String,
}

impl<'f> Stories<'f> {
    pub(super) fn read(file: &'f File, limits: &'f Limits) -> Result<Stories<'f>, ReadError> {
        let units = pieces::units(file)?;
        let sections = places(file.held(Held::Sections), 12).into_iter().filter_map(|end| end.checked_sub(1)).collect();
        let marks = |held: Held| places(file.held(held), 2);
        let marks = [marks(Held::FootnoteMarks), marks(Held::EndnoteMarks)];
        let notes = marks.map(|marks| {
            let count = marks.len().saturating_sub(1);
            marks.into_iter().take(count).enumerate().map(|(index, place)| (place, index)).collect()
        });
        let paragraphs = Changes::of_paragraphs(file);
        let left = Cell::new(3 * units.len());
        Ok(Stories { file, units, paragraphs, sections, notes, limits, left })
    }

    /// The text of the document, with its text boxes where they are anchored, or else at its end.
    pub(super) fn main(&self) -> Result<String, ReadError> {
        let mut runs = Runs::new(self.file);
        for (marks, name) in self.notes.iter().zip(["footnote", "endnote"]) {
            let reference = |id: usize| format!("<w:{name}Reference w:id=\"{id}\"/>");
            runs.anchored.extend(marks.iter().map(|&(place, id)| (place, reference(id))));
        }
        let mut left = String::new();
        for (anchor, content) in self.boxes()? {
            let boxed = format!("<w:pict><v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox></w:pict>");
            match anchor {
                Some(place) => runs.anchored.entry(place).or_default().push_str(&boxed),
                None => left += &boxed,
            }
        }
        let (from, to) = self.file.story(Part::Main);
        let mut body = self.blocks(from, to, &mut runs)?;
        if !left.is_empty() {
            body += &format!("<w:p><w:r>{left}</w:r></w:p>");
        }
        Ok(part("document", &format!("<w:body>{body}</w:body>")))
    }

    pub(super) fn footnotes(&self) -> Result<String, ReadError> {
        self.notes("footnote", Part::Footnotes, Held::Footnotes, self.notes[0].len())
    }

    pub(super) fn endnotes(&self) -> Result<String, ReadError> {
        self.notes("endnote", Part::Endnotes, Held::Endnotes, self.notes[1].len())
    }

    fn notes(&self, name: &str, which: Part, held: Held, count: usize) -> Result<String, ReadError> {
        let (start, end) = self.file.story(which);
        let ends = places(self.file.held(held), 0);
        let (mut notes, mut runs) = (String::new(), Runs::new(self.file));
        for (id, pair) in ends.windows(2).take(count).enumerate() {
            let (from, to) = (start.saturating_add(pair[0]).min(end), start.saturating_add(pair[1]).min(end));
            let content = self.blocks(from, to, &mut runs)?;
            notes += &format!("<w:{name} w:id=\"{id}\">{content}</w:{name}>");
        }
        Ok(part(&format!("{name}s"), &notes))
    }

    /// All headers and footers.
    pub(super) fn heads(&self) -> Result<String, ReadError> {
        let (from, to) = self.file.story(Part::Heads);
        Ok(part("hdr", &self.blocks(from, to, &mut Runs::new(self.file))?))
    }

    /// The text boxes, each with the character that it hangs on.
    fn boxes(&self) -> Result<Vec<(Option<usize>, String)>, ReadError> {
        const SHAPE: usize = 26;
        const BOX: usize = 22;
        let (start, end) = self.file.story(Part::Boxes);
        let shapes = self.file.held(Held::Shapes);
        let anchors = places(shapes, SHAPE);
        let shape_of = |index: usize| u32_at(shapes, 4 * anchors.len() + SHAPE * index);
        let held = self.file.held(Held::Boxes);
        let ends = places(held, BOX);
        let (mut found, mut runs) = (Vec::new(), Runs::new(self.file));
        for (index, pair) in ends.windows(2).enumerate() {
            let (from, to) = (start.saturating_add(pair[0]).min(end), start.saturating_add(pair[1]).min(end));
            self.spend(to.saturating_sub(from))?;
            if (from..to).all(|place| self.units.get(place).is_none_or(|unit| unit.code < 0x21)) {
                continue;
            }
            let shape = u32_at(held, 4 * ends.len() + BOX * index + 14);
            let anchor = (0..anchors.len().saturating_sub(1)).find(|&at| shape.is_some() && shape_of(at) == shape);
            let content = self.blocks(from, to, &mut runs)?;
            found.push((anchor.map(|at| anchors[at]), content));
        }
        Ok(found)
    }

    /// Paragraphs and tables from one character up to another.
    fn blocks(&self, from: usize, to: usize, runs: &mut Runs<'f>) -> Result<String, ReadError> {
        let (from, to) = (from.min(self.units.len()), to.min(self.units.len()));
        self.spend(to.saturating_sub(from))?;
        let mut body = String::new();
        let mut open: Vec<Open> = Vec::new();
        let mut start = from;
        for place in from..to {
            let last = place + 1 == to;
            if !self.ends_paragraph(place) && !last {
                continue;
            }
            let properties = self.properties(self.units[place].at);
            if properties.depth > self.limits.tables {
                let limit = self.limits.tables;
                return Err(ReadError::new(format!(
                    "表格嵌套超过 {limit} 层，没有读取；请在 Word 或 WPS 里拆开后再查"
                )));
            }
            close(&mut open, properties.depth, &mut body)?;
            open.resize_with(properties.depth, Open::default);
            let ends_here = self.ends_paragraph(place);
            let ends_cell = properties.ends_cell || properties.depth == 1 && self.units[place].code == 7;
            if properties.ends_row {
                if let Some(table) = open.last_mut() {
                    let shape = RowShape::of(properties.row.iter().copied());
                    table.rows.push(Row { shape, cells: std::mem::take(&mut table.cells) });
                    table.cell.clear();
                }
            } else {
                let text = &self.units[start..if ends_here { place } else { place + 1 }];
                let paragraph = self.paragraph(&properties, text, start, place, runs);
                match open.last_mut() {
                    Some(table) => {
                        table.cell += &paragraph;
                        if ends_cell {
                            let cell = std::mem::take(&mut table.cell);
                            table.cells.push(cell);
                        }
                    }
                    None => body += &paragraph,
                }
            }
            start = place + 1;
        }
        close(&mut open, 0, &mut body)?;
        Ok(body)
    }

    fn spend(&self, characters: usize) -> Result<(), ReadError> {
        self.left.set(self.left.get().checked_sub(characters).ok_or_else(broken)?);
        Ok(())
    }

    fn ends_paragraph(&self, place: usize) -> bool {
        match self.units[place].code {
            0x0d | 0x07 => true,
            0x0c => self.sections.contains(&place),
            _ => false,
        }
    }

    fn paragraph(
        &self,
        properties: &Properties<'_>,
        text: &[Unit],
        start: usize,
        end: usize,
        runs: &mut Runs<'f>,
    ) -> String {
        let mut out = format!("<w:p><w:pPr><w:pStyle w:val=\"{}\"/>", properties.style);
        if properties.list.is_some() || properties.level.is_some() {
            let level = properties.level.map(|level| format!("<w:ilvl w:val=\"{level}\"/>")).unwrap_or_default();
            let list = properties.list.map(|list| format!("<w:numId w:val=\"{list}\"/>")).unwrap_or_default();
            out += &format!("<w:numPr>{level}{list}</w:numPr>");
        }
        out += &properties.outline.map(|level| format!("<w:outlineLvl w:val=\"{level}\"/>")).unwrap_or_default();
        let aligned = match properties.aligned {
            Some(1) => "<w:jc w:val=\"center\"/>",
            Some(2) => "<w:jc w:val=\"right\"/>",
            _ => "",
        };
        out += &format!("{aligned}<w:ind{}/>", properties.indents);
        let (deleted, hidden) = runs.mark(self.units[end].at);
        let deleted = if deleted { "<w:del/>" } else { "" };
        out += &format!("<w:rPr>{deleted}{}</w:rPr></w:pPr>", vanish(hidden));
        runs.write(text, start, &mut out);
        out + "</w:p>"
    }

    /// What is said of the paragraph whose mark stands at a byte.
    fn properties(&self, at: u32) -> Properties<'f> {
        let (_, held) = self.paragraphs.at(at);
        let mut properties = Properties { style: u16_at(held, 0).unwrap_or(0), ..Properties::default() };
        let mut in_table = false;
        self.apply(held.get(2..).unwrap_or_default(), &mut properties, &mut in_table, true);
        properties.depth = properties.depth.max(in_table.into());
        properties
    }

    /// Changes that did not fit on their page stand in the data stream.
    fn apply(&self, held: &'f [u8], properties: &mut Properties<'f>, in_table: &mut bool, here: bool) {
        for change in changes(held) {
            match change.what {
                0x6645 | 0x6646 | 0x646b if here => {
                    let at = change.long() as usize;
                    let length = u16_at(&self.file.data, at).unwrap_or(0).into();
                    let held = self.file.data.get(at.saturating_add(2)..).and_then(|rest| rest.get(..length));
                    self.apply(held.unwrap_or_default(), properties, in_table, false);
                }
                0x2416 => *in_table = change.byte() != 0,
                0x6649 => properties.depth = (change.long() as i32).clamp(0, 1 << 10) as usize,
                0x2417 | 0x244c => properties.ends_row = change.byte() != 0,
                0x244b => properties.ends_cell = change.byte() != 0,
                0x2640 => properties.outline = Some(change.byte()),
                0x460b => properties.list = Some(change.short()),
                0x260a => properties.level = Some(change.byte()),
                0x2403 | 0x2461 => properties.aligned = Some(change.byte()),
                0x4600 => properties.style = change.short() as u16,
                0x840f | 0x845e => properties.indents += &format!(" w:left=\"{}\"", change.short()),
                0x8411 | 0x8460 => properties.indents += &first_line(change.short(), ["firstLine", "hanging"]),
                0x4456 => properties.indents += &format!(" w:leftChars=\"{}\"", change.short()),
                0x4457 => properties.indents += &first_line(change.short(), ["firstLineChars", "hangingChars"]),
                what if what >> 10 & 7 == 5 => properties.row.push(change),
                _ => {}
            }
        }
    }
}

fn first_line(by: i16, names: [&str; 2]) -> String {
    let name = if by < 0 { names[1] } else { names[0] };
    format!(" w:{name}=\"{}\"", i32::from(by).abs())
}

/// Ends the tables that stand deeper than the next paragraph.
fn close(open: &mut Vec<Open>, depth: usize, body: &mut String) -> Result<(), ReadError> {
    while open.len() > depth {
        let Some(ended) = open.pop() else { break };
        let mut written = if ended.rows.is_empty() { Some(String::new()) } else { table(&ended.rows) };
        if let Some(written) = &mut written {
            ended.cells.iter().for_each(|cell| written.push_str(cell));
            written.push_str(&ended.cell);
        }
        let unknown = "文档里有表格的行列读不准；请用 Word 或 WPS 打开，另存为 .docx 后再查";
        let written = written.ok_or_else(|| ReadError::new(unknown))?;
        match open.last_mut() {
            Some(outer) => outer.cell += &written,
            None => *body += &written,
        }
    }
    Ok(())
}
