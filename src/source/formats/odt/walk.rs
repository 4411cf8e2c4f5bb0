//! A text as paragraphs and tables in the order in which they are read.

use super::inline::Line;
use super::limits::Limits;
use super::list::Lists;
use super::model::{Block, Note, Paragraph, Seen};
use super::style::Styles;
use super::table;
use super::xml::{Element, Space};
use crate::source::ReadError;

/// The state of a walk through a document.
pub(super) struct Walk<'w> {
    pub(super) limits: &'w Limits,
    pub(super) styles: &'w Styles,
    lists: Lists,
    pub(super) footnotes: Vec<Note>,
    pub(super) endnotes: Vec<Note>,
    pub(super) seen: Seen,
    /// Tables that are open around the place.
    pub(super) tables: usize,
}

/// Where in lists a paragraph stands.
#[derive(Clone, Default)]
struct Place {
    /// The style of the list, and the level from 0; `None` outside of lists.
    list: Option<(String, usize)>,
    /// The number of the item, where the file says it.
    start: Option<u32>,
    /// The paragraph begins an item.
    item: bool,
    /// Inside a table of contents.
    contents: bool,
}

impl<'w> Walk<'w> {
    pub(super) fn new(limits: &'w Limits, styles: &'w Styles, lists: Lists) -> Walk<'w> {
        let (footnotes, endnotes, seen) = (Vec::new(), Vec::new(), Seen::default());
        Walk { limits, styles, lists, footnotes, endnotes, seen, tables: 0 }
    }

    /// The paragraphs and tables inside an element, those of lists and sections included.
    pub(super) fn blocks(&mut self, inside: &Element<'_>) -> Result<Vec<Block>, ReadError> {
        let mut blocks = Vec::new();
        self.add(inside, &Place::default(), &mut blocks)?;
        Ok(blocks)
    }

    fn add(&mut self, inside: &Element<'_>, place: &Place, blocks: &mut Vec<Block>) -> Result<(), ReadError> {
        inside.elements().try_for_each(|each| self.add_one(each, place, blocks))
    }

    fn add_one(&mut self, each: &Element<'_>, place: &Place, blocks: &mut Vec<Block>) -> Result<(), ReadError> {
        match (each.space, each.name) {
            (Space::OdfText, "p" | "h") => blocks.push(Block::Paragraph(self.paragraph(each, place)?)),
            (Space::OdfText, "list") => self.list(each, place, blocks)?,
            (Space::OdfTable, "table") => blocks.push(Block::Table(table::read(self, each)?)),
            (Space::OdfText, "tracked-changes") => self.seen.tracked += each.elements().count(),
            (Space::OdfText, "section") if each.attribute("display").as_deref() == Some("none") => {
                self.seen.hidden += 1
            }
            (Space::OdfText, "index-body") => self.add(each, &Place { contents: true, ..place.clone() }, blocks)?,
            (Space::OdfText, "index-title") => self.add(each, &Place::default(), blocks)?,
            (Space::OdfText | Space::OdfDraw, _) => self.add(each, place, blocks)?,
            _ => {}
        }
        Ok(())
    }

    fn list(&mut self, list: &Element<'_>, place: &Place, blocks: &mut Vec<Block>) -> Result<(), ReadError> {
        let named = list.attribute("style-name").map(|name| name.into_owned());
        let (style, level) = match &place.list {
            Some((outer, level)) => (named.unwrap_or_else(|| outer.clone()), level + 1),
            None => (named.unwrap_or_default(), 0),
        };
        let goes_on = list.attribute("continue-numbering").as_deref() == Some("true")
            || list.attribute("continue-list").is_some();
        if level == 0 && !goes_on {
            self.lists.restart(&style);
        }
        for item in list.elements() {
            let start = item.attribute("start-value").and_then(|start| start.parse().ok());
            let numbered = item.name == "list-item";
            let mut inner =
                Place { list: Some((style.clone(), level)), start, item: numbered, contents: place.contents };
            // Only the first paragraph of an item has a number.
            for each in item.elements() {
                self.add_one(each, &inner, blocks)?;
                inner.item &= !matches!(each.name, "p" | "h");
            }
        }
        Ok(())
    }

    fn paragraph(&mut self, element: &Element<'_>, place: &Place) -> Result<Paragraph, ReadError> {
        let style = element.attribute("style-name");
        let hidden = self.styles.hides(style.as_deref()).unwrap_or(false);
        let mut line = Line::default();
        line.read(self, element, hidden)?;
        self.seen.hidden += usize::from(hidden && !element.text().trim().is_empty());
        let heading = element.attribute("outline-level").filter(|_| element.name == "h");
        let heading: Option<u8> = heading.and_then(|level| level.parse().ok()).filter(|level| (1..=9).contains(level));
        let label = match (&place.list, heading) {
            (Some((style, level)), _) if place.item => self.lists.label(style, *level, place.start),
            (None, Some(level)) => self.lists.label("", usize::from(level) - 1, None),
            _ => None,
        };
        let paged = line.text.trim_end().ends_with(|c: char| c.is_ascii_digit()) && line.text.contains('\t');
        Ok(Paragraph {
            text: label.unwrap_or_default() + &line.text,
            fragments: Vec::new(),
            part: None,
            heading,
            contents: place.contents && paged,
            references: line.references,
            boxes: line.boxes,
        })
    }
}
