//! Remarks as highlights with notes. The file's own bytes stay as they are; what is new is appended, as editors do when they
//! save a change.

use std::collections::BTreeMap;
use std::fmt::Write;

use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Array, Dict};

use super::geometry::{Area, Own, POINT};
use super::trailer::Trailer;
use super::write::{Mark, Written};
use crate::source::Span;
use crate::source::formats::bytes::{count, find, rfind};
use crate::source::formats::remark::{AUTHOR, Remark};

/// Before what is appended, with the length of what comes before it.
const SEAM: &str = "%gouji-remarks ";
/// The colour of the figure that a remark is about, and of those that take part; shares of red, green and blue.
const PRIMARY: &str = "1 0.8 0.1";
const RELATED: &str = "0.6 0.8 1";

/// The file with its remarks; `None` where its structure does not allow to append.
pub(super) fn highlighted(bytes: &[u8], written: &Written, pages: &[Own], remarks: &[Remark]) -> Option<Vec<u8>> {
    let trailer = Trailer::of(bytes)?;
    let pdf = Pdf::new(bytes.to_vec()).ok()?;
    let seam = format!("\n{SEAM}{}\n", bytes.len());
    let bytes = [bytes, seam.as_bytes()].concat();
    let mut appended = Appended { bytes, places: BTreeMap::new(), next: trailer.size };
    let mut notes: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
    for (span, colour, text) in remarks.iter().flat_map(notes_of) {
        let Some((page, areas)) = printed(written, span) else { continue };
        let number = appended.object(&note(&areas, *pages.get(page)?, colour, &text));
        notes.entry(page).or_default().push(number);
    }
    for (page, numbers) in notes {
        let refs: String = numbers.iter().map(|number| format!("{number} 0 R ")).collect();
        appended.add_to_page(pdf.pages().get(page)?.raw(), &refs)?;
    }
    Some(appended.finish(&trailer))
}

/// What came before the remarks, if nothing was appended after them.
pub(super) fn without(bytes: &[u8]) -> Option<&[u8]> {
    let at = rfind(bytes, SEAM.as_bytes())?;
    let (own, tail) = (at.checked_sub(1)?, &bytes[at + SEAM.len()..]);
    let length = tail.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let stated: usize = std::str::from_utf8(&tail[..length]).ok()?.parse().ok()?;
    let ends = count(tail, b"startxref");
    (stated == own && ends == 1).then_some(&bytes[..own])
}

/// The highlights of a remark: the words that it is about, and those that take part.
fn notes_of(remark: &Remark) -> Vec<(Span, &'static str, String)> {
    let mut whole = remark.lines.clone();
    whole.extend(remark.related.iter().map(|(_, words)| format!("相关：{words}")));
    let about = remark.lines.first().cloned().unwrap_or_default();
    let related = remark.related.iter().filter(|(span, _)| !span.is_empty());
    let related = related.map(|(span, _)| (*span, RELATED, format!("参与：{about}")));
    std::iter::once((remark.primary, PRIMARY, whole.join("\n"))).chain(related).collect()
}

/// The page on which words begin, and the stretches of lines that they fill there. What is not printed (an empty cell) is
/// shown by the character before it.
fn printed(written: &Written, span: Span) -> Option<(usize, Vec<Area>)> {
    let from = written.marks.partition_point(|mark| (mark.start as usize) < span.start());
    let inside = written.marks[from..].iter().take_while(|mark| (mark.start as usize) < span.end());
    let mut marks: Vec<&Mark> = inside.collect();
    if marks.is_empty() {
        marks.push(from.checked_sub(1).and_then(|before| written.marks.get(before)).or(written.marks.first())?);
    }
    let page = marks.first()?.page;
    let mut areas: Vec<Area> = Vec::new();
    for mark in marks.iter().filter(|mark| mark.page == page) {
        match areas.last_mut() {
            Some(area) if area.bottom == mark.area.bottom => *area = area.cover(mark.area),
            _ => areas.push(mark.area),
        }
    }
    Some((page as usize, areas))
}

/// The object of a highlight.
fn note(areas: &[Area], own: Own, colour: &str, words: &str) -> String {
    let areas: Vec<Area> = areas.iter().map(|area| own.area(deepened(*area))).collect();
    let whole = areas.iter().copied().reduce(Area::cover).unwrap_or_default();
    let corners = |area: &Area| {
        let (left, right, low, high) = (length(area.left), length(area.right), length(area.top), length(area.bottom));
        format!("{left} {high} {right} {high} {left} {low} {right} {low} ")
    };
    let quads: String = areas.iter().map(corners).collect();
    let sides = [whole.left, whole.top, whole.right, whole.bottom].map(length).join(" ");
    format!(
        "<</Type/Annot/Subtype/Highlight/F 4/CA 0.45/C[{colour}]/Rect[{sides}]/QuadPoints[{quads}]/T{}/Contents{}>>",
        text(AUTHOR),
        text(words),
    )
}

/// Characters reach a little below the line that they stand on.
fn deepened(area: Area) -> Area {
    Area { bottom: area.bottom + area.height() / 6, ..area }
}

/// 72.5 for 7250 hundredths
fn length(hundredths: i32) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    let value = hundredths.unsigned_abs();
    format!("{sign}{}.{:02}", value / POINT as u32, value % POINT as u32)
}

/// A text of any characters, as UTF-16 in hexadecimal.
fn text(text: &str) -> String {
    let mut hex = String::from("<FEFF");
    for unit in text.encode_utf16() {
        let _ = write!(hex, "{unit:04X}");
    }
    hex + ">"
}

/// The file with new objects at its end.
struct Appended {
    bytes: Vec<u8>,
    /// Where each new or changed object begins; its number and generation.
    places: BTreeMap<(u32, i32), usize>,
    next: u32,
}

impl Appended {
    /// A new object; answers its number.
    fn object(&mut self, content: &str) -> u32 {
        let number = self.next;
        self.next += 1;
        self.put((number, 0), content.as_bytes());
        number
    }

    fn put(&mut self, (number, generation): (u32, i32), content: &[u8]) {
        self.places.insert((number, generation), self.bytes.len());
        self.bytes.extend(format!("{number} {generation} obj\n").bytes());
        self.bytes.extend(content);
        self.bytes.extend(b"\nendobj\n");
    }

    /// Adds notes to those that a page has.
    fn add_to_page(&mut self, page: &Dict<'_>, refs: &str) -> Option<()> {
        let id = page.obj_id()?;
        let data = page.data();
        let old = page.get::<Array<'_>>(b"Annots").map(|old| old.data());
        let all = [b"[", old.unwrap_or_default(), b" ", refs.as_bytes(), b"]"].concat();
        if let Some(list) = page.get_ref(b"Annots") {
            self.put((list.obj_number, list.gen_number), &all);
            return Some(());
        }
        let inside = data.strip_prefix(b"<<")?;
        let changed = match old {
            Some(old) => {
                let bracketed = [b"[", old, b"]"].concat();
                let at = find(data, &bracketed)?;
                [&data[..at], &all, &data[at + bracketed.len()..]].concat()
            }
            None => [b"<</Annots", all.as_slice(), inside].concat(),
        };
        self.put((id.obj_number, id.gen_number), &changed);
        Some(())
    }

    /// The table of what is new, in the form of the tables before it.
    fn finish(mut self, trailer: &Trailer) -> Vec<u8> {
        let start = self.bytes.len();
        if trailer.packed {
            self.packed_table(trailer, start);
        } else {
            self.plain_table(trailer);
        }
        self.bytes.extend(format!("startxref\n{start}\n%%EOF\n").bytes());
        self.bytes
    }

    fn plain_table(&mut self, trailer: &Trailer) {
        let mut table = String::from("xref\n");
        for (&(number, generation), place) in &self.places {
            let _ = write!(table, "{number} 1\n{place:010} {generation:05} n\r\n");
        }
        let _ = writeln!(table, "trailer\n<</Size {}/Prev {}{}>>", self.next, trailer.start, trailer.kept);
        self.bytes.extend(table.bytes());
    }

    fn packed_table(&mut self, trailer: &Trailer, start: usize) {
        let own = self.next;
        self.places.insert((own, 0), start);
        let (mut index, mut entries) = (String::new(), Vec::new());
        for (&(number, generation), &place) in &self.places {
            let _ = write!(index, "{number} 1 ");
            entries.push(1);
            entries.extend((place as u32).to_be_bytes());
            entries.extend((generation as u16).to_be_bytes());
        }
        let head = format!(
            "{own} 0 obj\n<</Type/XRef/Size {}/W[1 4 2]/Index[{index}]/Prev {}/Length {}{}>>\nstream\n",
            own + 1,
            trailer.start,
            entries.len(),
            trailer.kept
        );
        self.bytes.extend(head.bytes());
        self.bytes.extend(entries);
        self.bytes.extend(b"\nendstream\nendobj\n");
    }
}
