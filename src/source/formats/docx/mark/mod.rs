//! Comments in Word documents, by splicing bytes: what is not written stays as it was, byte for byte.
//!
//! Marks stand between runs; where a label begins inside of one, the run is split. What splitting inserts can be told from
//! what was there (`SEAM`, `KEPT`), so that `strip` gives the document back.

mod edit;
mod part;
mod site;
mod strip;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::super::remark::{AUTHOR, Remark};
use super::{archive, lay, limits, package, read_laid, xml};
use crate::source::{ReadError, Span};
use archive::rewritten;
use edit::{Edits, Ends};
use lay::Origin;
use limits::Limits;
use package::Package;
use site::{Site, sites};

pub(in crate::source) use strip::strip;

/// Written at the end of the start tag of a run that splitting made: no program writes a TAB there.
const SEAM: &str = "\t>";
/// How splitting says that blanks at the seam count; programs write double quotes.
const KEPT: &str = " xml:space='preserve'";
/// What the names of bookmarks begin with that mark related places.
const BOOKMARK: &str = "_gouji_";

/// The document with a comment for each remark.
pub(in crate::source) fn write(bytes: &[u8], remarks: &[Remark], limits: &Limits) -> Result<Vec<u8>, ReadError> {
    let laid = read_laid(bytes, limits)?;
    let mut package = Package::open(bytes, *limits)?;
    let main = package.main_part()?;
    let text = package.part_as_it_is(&main)?;
    let root = xml::parse(&text, limits)?;
    let sites = sites(&root);
    let mut comments = part::Comments::of(&mut package, &main)?;
    let word = part::namespace(&root);
    let bookmark = first_bookmark(&text);
    let mut edits = Edits::new(&text, &sites);
    let mut bookmarks = 0;
    for (index, remark) in remarks.iter().enumerate() {
        let id = comments.next;
        let mut links = Vec::new();
        for (number, (span, words)) in remark.related.iter().enumerate() {
            let name = format!("{BOOKMARK}{}_{}", index + 1, number + 1);
            if let Some(ends) = ends(&laid.origins, &sites, *span) {
                edits.around(ends, bookmark_marks(word, bookmark + bookmarks, &name));
                bookmarks += 1;
                links.push((words.as_str(), Some(name)));
            } else {
                links.push((words.as_str(), None));
            }
        }
        match ends(&laid.origins, &sites, remark.primary) {
            Some(ends) => edits.around(ends, comment_marks(word, id)),
            None => edits.at_paragraph(paragraph(&laid.paragraphs, remark.primary), &root, comment_marks(word, id)),
        }
        comments.add(remark, &links);
    }
    let mut changed = comments.finish(&mut package, &main)?;
    changed.insert(main, edits.apply().into_bytes());
    rewritten(bytes, &changed, &BTreeSet::new())
}

/// What stands at the beginning and at the end of a range.
pub(super) struct Marks {
    pub(super) start: String,
    pub(super) end: String,
}

fn comment_marks(word: &str, id: u64) -> Marks {
    Marks {
        start: format!("<w:commentRangeStart{word} w:id=\"{id}\"/>"),
        end: format!(
            "<w:commentRangeEnd{word} w:id=\"{id}\"/><w:r{word}{SEAM}<w:commentReference w:id=\"{id}\"/></w:r>"
        ),
    }
}

fn bookmark_marks(word: &str, id: u64, name: &str) -> Marks {
    Marks {
        start: format!("<w:bookmarkStart{word} w:id=\"{id}\" w:name=\"{name}\"/>"),
        end: format!("<w:bookmarkEnd{word} w:id=\"{id}\"/>"),
    }
}

/// A number that no bookmark of the part has.
fn first_bookmark(text: &str) -> u64 {
    let numbers = text.match_indices("id=\"").filter_map(|(at, mark)| {
        let rest = &text[at + mark.len()..];
        rest[..rest.find('"')?].parse::<u32>().ok()
    });
    u64::from(numbers.max().unwrap_or(0)) + 1
}

/// Where in the part a span of the text begins and ends; `None` where nothing of it comes from the part.
fn ends(origins: &[Origin], sites: &[Site<'_, '_>], span: Span) -> Option<Ends> {
    let first = origins.partition_point(|origin| origin.text.end <= span.start());
    let after = origins.partition_point(|origin| origin.text.start < span.end());
    let inside = origins.get(first..after).filter(|inside| !inside.is_empty())?;
    let start = at(&inside[0], span.start().max(inside[0].text.start));
    let last = &inside[inside.len() - 1];
    let end = at(last, span.end().min(last.text.end));
    let site = |byte: usize| sites.partition_point(|site| site.text.end <= byte);
    let (from, to) = (site(start), site(end - 1));
    (from < sites.len() && to < sites.len()).then_some(Ends { start, from, end, to })
}

/// The byte of the part for a byte of the text; an entity has no inside.
fn at(origin: &Origin, byte: usize) -> usize {
    let Range { start, end } = origin.part.clone();
    match byte - origin.text.start {
        0 => start,
        inside if origin.text.len() == origin.part.len() => start + inside,
        _ => end,
    }
}

/// The paragraph of the part that a span of the text stands in, or the one before it.
fn paragraph(paragraphs: &[Origin], span: Span) -> Option<Range<usize>> {
    let after = paragraphs.partition_point(|origin| origin.text.start <= span.start());
    paragraphs.get(after.saturating_sub(1)).map(|origin| origin.part.clone())
}

/// Parts by name, as they are to be.
type Changed = BTreeMap<String, Vec<u8>>;
