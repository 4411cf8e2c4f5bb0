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
use super::{compound, docx};
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

/// Character data of XML: what XML cannot hold is left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            c => out.push(c),
        }
    }
    out
}

/// A part of this root, with what stands inside.
fn part(root: &str, inside: &str) -> String {
    const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    format!("<w:{root} xmlns:w=\"{WORD}\" xmlns:v=\"urn:schemas-microsoft-com:vml\">{inside}</w:{root}>")
}
