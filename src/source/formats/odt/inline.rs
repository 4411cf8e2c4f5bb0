//! What stands in a paragraph: spans, blanks, notes, frames.

use super::model::{Block, Note, Reference};
use super::walk::Walk;
use super::xml::{Element, Node, Space};
use crate::source::ReadError;

/// More blanks in a row than anyone types.
const BLANKS: usize = 500;

/// The text of a paragraph while it is read.
#[derive(Default)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) references: Vec<Reference>,
    pub(super) boxes: Vec<Block>,
    /// The last character is a blank of the file's own layout, of which there is only one in a row.
    blank: bool,
}

impl Line {
    pub(super) fn read(&mut self, walk: &mut Walk<'_>, inside: &Element<'_>, hidden: bool) -> Result<(), ReadError> {
        for node in &inside.children {
            match node {
                Node::Text(_) if hidden => {}
                Node::Text(piece) => piece.text.chars().for_each(|c| self.push(c)),
                Node::Element(each) => self.element(walk, each, hidden)?,
            }
        }
        Ok(())
    }

    fn element(&mut self, walk: &mut Walk<'_>, each: &Element<'_>, hidden: bool) -> Result<(), ReadError> {
        match (each.space, each.name) {
            (Space::OdfText, "span") => {
                let style = each.attribute("style-name");
                let hides = walk.styles.hides(style.as_deref()).unwrap_or(hidden);
                walk.seen.hidden += usize::from(hides && !hidden && !each.text().trim().is_empty());
                self.read(walk, each, hides)?;
            }
            (Space::OdfText, "hidden-text" | "hidden-paragraph") => walk.seen.hidden += 1,
            (Space::OdfText, "note") => self.note(walk, each)?,
            (Space::OdfText, "ruby") => {
                if let Some(base) = each.child("ruby-base") {
                    self.read(walk, base, hidden)?;
                }
            }
            (Space::OdfOffice, "annotation") => walk.seen.comments += 1,
            (Space::OdfOffice, "annotation-end") => {}
            (Space::OdfDraw, _) => self.boxes.extend(walk.blocks(each)?),
            _ if hidden => {}
            (Space::OdfText, "s") => {
                let count = each.attribute("c").and_then(|count| count.parse().ok()).unwrap_or(1);
                self.text.extend(std::iter::repeat_n(' ', usize::min(count, BLANKS)));
                self.blank = false;
            }
            (Space::OdfText, "tab") => self.literal('\t'),
            (Space::OdfText, "line-break") => self.literal('\n'),
            _ => self.read(walk, each, hidden)?,
        }
        Ok(())
    }

    fn literal(&mut self, c: char) {
        self.text.push(c);
        self.blank = false;
    }

    /// Blanks of the file's own layout count as one; none stands at the beginning.
    fn push(&mut self, c: char) {
        if !matches!(c, ' ' | '\t' | '\n' | '\r') {
            return self.literal(c);
        }
        if !self.blank && !self.text.is_empty() {
            self.text.push(' ');
            self.blank = true;
        }
    }

    fn note(&mut self, walk: &mut Walk<'_>, note: &Element<'_>) -> Result<(), ReadError> {
        let Some(body) = note.child("note-body") else { return Ok(()) };
        let endnote = note.attribute("note-class").as_deref() == Some("endnote");
        let blocks = walk.blocks(body)?;
        let notes = if endnote { &mut walk.endnotes } else { &mut walk.footnotes };
        let id = notes.len().to_string();
        notes.push(Note { id: id.clone(), blocks });
        self.references.push(Reference { endnote, id });
        Ok(())
    }
}
