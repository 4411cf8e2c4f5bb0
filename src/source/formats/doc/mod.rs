//! Word documents of before 2007, also WPS's: told in the words of WordprocessingML, so that all that is known of Word
//! documents holds for them.
//!
//! `file` finds the parts of the file, `pieces` puts its text together, `properties` knows what is said of characters and
//! paragraphs, `style` and `list` write the parts beside the text, `run` paragraphs, `table` tables, `story` what they are in.

mod file;
mod list;
mod pieces;
mod properties;
mod run;
mod story;
mod style;
mod table;

use super::compound::Compound;
use super::limits::Limits;
use super::reading::Reading;
use super::{compound, docx, xml};
use crate::source::ReadError;
use file::File;
use story::Stories;

/// Reads a Word document of before 2007.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Reading, ReadError> {
    let mut compound = Compound::open(bytes, limits)?;
    let file = File::read(&mut compound)?;
    let macros = compound.has("Macros/VBA/dir");
    let stories = Stories::read(&file, limits)?;
    let parts = docx::Parts {
        main: stories.main()?,
        styles: Some(style::part(&file)),
        numbering: Some(list::part(&file)),
        footnotes: Some(stories.footnotes()?),
        endnotes: Some(stories.endnotes()?),
        heads: vec![stories.heads()?],
    };
    docx::read_parts(&parts, macros, limits)
}

/// Whether a document is of a Word of before 1997, which another program has to read.
pub(super) fn is_older(bytes: &[u8], limits: &Limits) -> bool {
    let stream = Compound::open(bytes, limits).and_then(|mut compound| compound.stream("WordDocument"));
    stream.ok().flatten().is_some_and(|main| file::is_older(&main))
}

/// Text or the value of an attribute as XML holds it, without controls of Word's.
fn escaped(text: &str) -> String {
    xml::escaped(text.chars().filter(|c| *c >= ' ')).replace('"', "&quot;")
}

/// A part of this root, with what stands inside.
fn part(root: &str, inside: &str) -> String {
    const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    format!("<w:{root} xmlns:w=\"{WORD}\" xmlns:v=\"urn:schemas-microsoft-com:vml\">{inside}</w:{root}>")
}
