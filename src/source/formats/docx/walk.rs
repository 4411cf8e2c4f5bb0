//! A part as paragraphs and tables in the order in which they are read.

use super::grid;
use super::limits::Limits;
use super::model::{Block, Paragraph, Seen};
use super::number::Numbering;
use super::run::Line;
use super::style::{self, NumberRef, Styles, toggle};
use super::xml::{Element, Space};
use crate::source::ReadError;

/// A field that has begun and not ended.
pub(super) struct Field {
    pub(super) code: String,
    /// Past the separator: what follows is what the field shows.
    pub(super) result: bool,
}

impl Field {
    pub(super) fn is(&self, name: &str) -> bool {
        self.code.split_whitespace().next().is_some_and(|first| first.eq_ignore_ascii_case(name))
    }
}

/// The state of a walk through the parts of a document.
pub(super) struct Story<'s> {
    pub(super) limits: &'s Limits,
    pub(super) styles: &'s Styles,
    numbering: Numbering,
    pub(super) fields: Vec<Field>,
    pub(super) seen: Seen,
    /// Tables that are open around the place.
    pub(super) tables: usize,
    /// Text of a paragraph whose end was deleted: the next one goes on with it.
    carried: Option<Line>,
}

impl<'s> Story<'s> {
    pub(super) fn new(limits: &'s Limits, styles: &'s Styles, numbering: Numbering) -> Story<'s> {
        let (fields, seen) = (Vec::new(), Seen::default());
        Story { limits, styles, numbering, fields, seen, tables: 0, carried: None }
    }

    /// The paragraphs and tables inside an element, those of content controls and insertions included.
    pub(super) fn blocks(&mut self, inside: &Element<'_>) -> Result<Vec<Block>, ReadError> {
        let outer = self.carried.take();
        let mut blocks = Vec::new();
        self.add_blocks(inside, &mut blocks)?;
        if let Some(rest) = std::mem::replace(&mut self.carried, outer) {
            blocks.push(Block::Paragraph(Paragraph {
                text: rest.text,
                fragments: rest.fragments,
                ..Paragraph::default()
            }));
        }
        Ok(blocks)
    }

    fn add_blocks(&mut self, inside: &Element<'_>, blocks: &mut Vec<Block>) -> Result<(), ReadError> {
        for each in inside.elements() {
            match (each.space, each.name) {
                (Space::Word, "p") => blocks.push(Block::Paragraph(self.paragraph(each)?)),
                (Space::Word, "tbl") => blocks.push(Block::Table(grid::read(self, each)?)),
                (Space::Word, "del" | "moveFrom") => self.seen.tracked += 1,
                (Space::Word, "sdt" | "sdtContent" | "customXml" | "ins" | "moveTo") => {
                    self.add_blocks(each, blocks)?
                }
                (Space::Compatibility, "AlternateContent") => {
                    if let Some(chosen) = chosen(each) {
                        self.add_blocks(chosen, blocks)?;
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn paragraph(&mut self, element: &Element<'_>) -> Result<Paragraph, ReadError> {
        let properties = element.child("pPr");
        let style = properties.and_then(|each| each.child("pStyle")).and_then(|each| each.attribute("val"));
        let style = style.as_deref();
        let mark = properties.and_then(|each| each.child("rPr"));
        let joined = mark.is_some_and(|mark| mark.child("del").is_some() || mark.child("moveFrom").is_some());
        let mut line = self.carried.take().unwrap_or_default();
        line.hidden = self.styles.hides(style);
        line.read(self, element)?;
        self.fields.retain(|field| field.result);
        if joined {
            // Word shows this paragraph and the next as one.
            let (boxes, references) = (std::mem::take(&mut line.boxes), std::mem::take(&mut line.references));
            self.carried = Some(line);
            let part = Some(element.outer.clone());
            return Ok(Paragraph { boxes, references, part, ..Paragraph::default() });
        }
        let hidden_mark = toggle(mark, "vanish").unwrap_or(false) && line.text.is_empty();
        if !hidden_mark && let Some(label) = self.numbering.label(NumberRef::of(properties), style, self.styles) {
            line.begin_with(&label);
        }
        if self.tables > 0 && !line.text.trim().is_empty() {
            // Rows of a table are told apart by it: a part stands further in than its whole.
            line.begin_with(&"\u{3000}".repeat(style::indent(properties)));
        }
        Ok(Paragraph {
            part: Some(element.outer.clone()),
            heading: self.heading(properties, style),
            contents: self.is_contents(&line, style),
            text: line.text,
            fragments: line.fragments,
            references: line.references,
            boxes: line.boxes,
        })
    }

    fn heading(&self, properties: Option<&Element<'_>>, style: Option<&str>) -> Option<u8> {
        let own = properties.and_then(|each| each.child("outlineLvl")).and_then(|each| each.attribute("val"));
        match own.and_then(|level| level.parse::<u8>().ok()) {
            Some(level) => Some(level.saturating_add(1)).filter(|level| *level <= 9),
            None => self.styles.heading(style),
        }
    }

    /// A line of a table of contents ends with its page.
    fn is_contents(&self, line: &Line, style: Option<&str>) -> bool {
        let paged = line.text.trim_end().ends_with(|c: char| c.is_ascii_digit());
        let inside = || self.fields.iter().any(|field| field.is("TOC"));
        line.pages || self.styles.lists_contents(style) || paged && line.text.contains('\t') && inside()
    }
}

/// Of several ways to show the same thing, the one to read: the first, unless only the last resort has text.
pub(super) fn chosen<'e, 'x>(alternatives: &'e Element<'x>) -> Option<&'e Element<'x>> {
    let mut options = alternatives.elements().filter(|each| matches!(each.name, "Choice" | "Fallback"));
    let first = options.next()?;
    if holds_text(first) {
        return Some(first);
    }
    Some(options.find(|option| holds_text(option)).unwrap_or(first))
}

fn holds_text(element: &Element<'_>) -> bool {
    element.elements().any(|each| each.is(Space::Word, "t") || holds_text(each))
}
