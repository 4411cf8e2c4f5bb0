//! What stands in a paragraph: runs of characters of one look, and what single characters stand for.

use std::collections::BTreeMap;

use super::compound::utf16_at;
use super::escaped;
use super::file::{File, Held};
use super::pieces::Unit;
use super::properties::{Changes, changes};

/// What characters of one run have in common.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Look {
    deleted: bool,
    inserted: bool,
    hidden: Option<bool>,
    /// The character is no text but stands for something.
    special: bool,
    style: Option<i16>,
    /// The number of a font, and a character of it.
    symbol: Option<(u16, u16)>,
}

impl Look {
    fn of(held: &[u8]) -> Look {
        let mut look = Look::default();
        for change in changes(held) {
            match change.what {
                0x0800 => look.deleted = change.byte() != 0,
                0x0801 => look.inserted = change.byte() != 0,
                0x083c => look.hidden = Some(change.byte()).filter(|value| *value < 2).map(|value| value == 1),
                0x0855 => look.special = change.byte() != 0,
                0x4a30 => look.style = Some(change.short()),
                0x6a09 => look.symbol = Some((change.long() as u16, (change.long() >> 16) as u16)),
                _ => {}
            }
        }
        look
    }
}

/// Writes the runs of a document.
pub(super) struct Runs<'f> {
    looks: Changes<'f>,
    fonts: Vec<String>,
    /// What characters stand for, by their place: notes and text boxes.
    pub(super) anchored: BTreeMap<usize, String>,
    /// The fields that are open; true up to the separator.
    fields: Vec<bool>,
}

/// A run while it is put together.
#[derive(Default)]
struct Run {
    look: Look,
    code: bool,
    text: Vec<u16>,
    content: String,
}

impl Run {
    fn close_text(&mut self) {
        if self.text.is_empty() {
            return;
        }
        let text = escaped(&String::from_utf16_lossy(&std::mem::take(&mut self.text)));
        let name = if self.code { "instrText" } else { "t" };
        self.content += &format!("<w:{name} xml:space=\"preserve\">{text}</w:{name}>");
    }

    fn finish(mut self, out: &mut String) {
        self.close_text();
        if self.content.is_empty() {
            return;
        }
        let style = self.look.style.map(|style| format!("<w:rStyle w:val=\"{style}\"/>")).unwrap_or_default();
        let run = format!("<w:r><w:rPr>{style}{}</w:rPr>{}</w:r>", vanish(self.look.hidden), self.content);
        match self.look {
            Look { deleted: true, .. } => *out += &format!("<w:del>{run}</w:del>"),
            Look { inserted: true, .. } => *out += &format!("<w:ins>{run}</w:ins>"),
            _ => *out += &run,
        }
    }
}

pub(super) fn vanish(hidden: Option<bool>) -> &'static str {
    match hidden {
        Some(true) => "<w:vanish/>",
        Some(false) => "<w:vanish w:val=\"0\"/>",
        None => "",
    }
}

impl<'f> Runs<'f> {
    pub(super) fn new(file: &'f File) -> Runs<'f> {
        let (looks, fonts) = (Changes::of_characters(file), fonts(file.held(Held::Fonts)));
        Runs { looks, fonts, anchored: BTreeMap::new(), fields: Vec::new() }
    }

    /// The runs of some characters, the first of which stands at a place of the document.
    pub(super) fn write(&mut self, units: &[Unit], place: usize, out: &mut String) {
        let mut run = Run::default();
        let mut known = (usize::MAX, Look::default());
        for (number, unit) in units.iter().enumerate() {
            let (stretch, held) = self.looks.at(unit.at);
            if stretch != known.0 {
                known = (stretch, Look::of(held));
            }
            let code = self.fields.last().copied().unwrap_or(false);
            if (run.look, run.code) != (known.1, code) {
                std::mem::replace(&mut run, Run { look: known.1, code, ..Run::default() }).finish(out);
            }
            match self.element(unit.code, place + number, known.1) {
                Some(element) => {
                    run.close_text();
                    run.content += &element;
                }
                None if unit.code >= 0x20 => run.text.push(unit.code),
                None => {}
            }
        }
        run.finish(out);
    }

    /// Whether the character at a byte is deleted, and whether it is hidden: marks of paragraphs are characters too.
    pub(super) fn mark(&self, at: u32) -> (bool, Option<bool>) {
        let look = Look::of(self.looks.at(at).1);
        (look.deleted, look.hidden)
    }

    /// What a character stands for; `None` for those that are text, and those that show nothing.
    fn element(&mut self, code: u16, place: usize, look: Look) -> Option<String> {
        let field = |kind: &str| Some(format!("<w:fldChar w:fldCharType=\"{kind}\"/>"));
        match code {
            0x09 => Some("<w:tab/>".into()),
            0x0b | 0x0c | 0x0e => Some("<w:br/>".into()),
            0x1e => Some("<w:noBreakHyphen/>".into()),
            0x13 => {
                self.fields.push(true);
                field("begin")
            }
            0x14 => {
                self.fields.last_mut().into_iter().for_each(|code| *code = false);
                field("separate")
            }
            0x15 => {
                self.fields.pop();
                field("end")
            }
            0x05 if look.special => Some("<w:commentReference/>".into()),
            0x02 | 0x08 if look.special => Some(self.anchored.get(&place).cloned().unwrap_or_default()),
            _ => {
                let (font, code) = look.symbol.filter(|_| look.special)?;
                let font = self.fonts.get(usize::from(font)).map_or("", String::as_str);
                Some(format!("<w:sym w:font=\"{}\" w:char=\"{code:04X}\"/>", escaped(font)))
            }
        }
    }
}

/// The names of the fonts by their numbers.
fn fonts(held: &[u8]) -> Vec<String> {
    let mut names = Vec::new();
    let mut rest = held.get(4..).unwrap_or_default();
    while let Some((&length, after)) = rest.split_first() {
        let Some(font) = after.get(..usize::from(length)) else { break };
        let name = utf16_at(font, 39, font.len().saturating_sub(39) / 2).unwrap_or_default();
        names.push(name.split('\0').next().unwrap_or_default().to_owned());
        rest = &after[usize::from(length)..];
    }
    names
}
