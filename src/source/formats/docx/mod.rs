//! Word documents: what Word shows of them, with tracked changes accepted.
//!
//! `walk` reads a part into paragraphs and tables, `run` what stands in a paragraph, `grid` the cells of tables, `style` and
//! `number` say what styles and automatic numbering add.

mod grid;
pub(super) mod mark;
mod number;
mod run;
mod style;
mod symbol;
mod walk;

use super::model::{Model, Note};
use super::package::{self, Package, Relationship};
use super::reading::Reading;
use super::xml::Element;
use super::{archive, lay, limits, model, numeral, reading, xml};
use crate::source::ReadError;
use lay::Laid;
use limits::Limits;
use number::Numbering;
use style::Styles;
use walk::Story;

/// Reads a Word document.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Reading, ReadError> {
    read_laid(bytes, limits).map(|laid| laid.reading)
}

/// The document laid out, with the bytes of the main part that its text is.
fn read_laid(bytes: &[u8], limits: &Limits) -> Result<Laid, ReadError> {
    let mut package = Package::open(bytes, *limits)?;
    let main = package.main_part()?;
    let relationships = package.relationships(&main)?;
    let parts = Parts::read(&mut package, &main, &relationships)?;
    let document = parts.read_document(limits)?;
    let macros = package.has_macros();
    Ok(lay::out(document, notes(macros)))
}

/// Reads a document that another format tells in the words of this one.
pub(super) fn read_parts(parts: &Parts, macros: bool, limits: &Limits) -> Result<Reading, ReadError> {
    Ok(lay::out(parts.read_document(limits)?, notes(macros)).reading)
}

/// The texts of the parts of a document.
pub(super) struct Parts {
    pub(super) main: String,
    pub(super) styles: Option<String>,
    pub(super) numbering: Option<String>,
    pub(super) footnotes: Option<String>,
    pub(super) endnotes: Option<String>,
    /// Headers, then footers.
    pub(super) heads: Vec<String>,
}

impl Parts {
    fn read(package: &mut Package<'_>, main: &str, related: &[Relationship]) -> Result<Parts, ReadError> {
        let mut only = |kind: &str| {
            let found = related.iter().find(|each| each.kind == kind);
            found.map_or(Ok(None), |each| package.part(&each.target))
        };
        let (styles, numbering) = (only("styles")?, only("numbering")?);
        let (footnotes, endnotes) = (only("footnotes")?, only("endnotes")?);
        let mut heads = Vec::new();
        for kind in ["header", "footer"] {
            for each in related.iter().filter(|each| each.kind == kind) {
                heads.extend(package.part(&each.target)?);
            }
        }
        let main = package.part(main)?.ok_or_else(archive::broken)?;
        Ok(Parts { main, styles, numbering, footnotes, endnotes, heads })
    }

    fn read_document(&self, limits: &Limits) -> Result<Model, ReadError> {
        let styles = parsed(self.styles.as_deref(), limits)?.map_or_else(Styles::default, |root| Styles::of(&root));
        let numbering =
            parsed(self.numbering.as_deref(), limits)?.map_or_else(Numbering::default, |root| Numbering::of(&root));
        let mut story = Story::new(limits, &styles, numbering);
        let root = xml::parse(&self.main, limits)?;
        let body = story.blocks(root.child("body").ok_or_else(archive::broken)?)?;
        let footnotes = notes_of(self.footnotes.as_deref(), "footnote", &mut story, limits)?;
        let endnotes = notes_of(self.endnotes.as_deref(), "endnote", &mut story, limits)?;
        let mut heads = Vec::new();
        for text in &self.heads {
            heads.push(story.blocks(&xml::parse(text, limits)?)?);
        }
        Ok(Model { body, footnotes, endnotes, heads, seen: story.seen })
    }
}

fn parsed<'x>(text: Option<&'x str>, limits: &Limits) -> Result<Option<Element<'x>>, ReadError> {
    text.map(|text| xml::parse(text, limits)).transpose()
}

/// The notes of a part, without the lines that Word draws above them.
fn notes_of(text: Option<&str>, name: &str, story: &mut Story<'_>, limits: &Limits) -> Result<Vec<Note>, ReadError> {
    let Some(root) = parsed(text, limits)? else { return Ok(Vec::new()) };
    let mut notes = Vec::new();
    for each in root.elements().filter(|each| each.name == name && each.attribute("type").is_none()) {
        let id = each.attribute("id").unwrap_or_default().into_owned();
        notes.push(Note { id, blocks: story.blocks(each)? });
    }
    Ok(notes)
}

/// What the file itself tells a user.
fn notes(macros: bool) -> Vec<String> {
    if macros { vec!["文件含有宏，宏没有运行".into()] } else { Vec::new() }
}
