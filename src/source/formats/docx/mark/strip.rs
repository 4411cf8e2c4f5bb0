//! Takes out again what `write` put in.

use std::collections::BTreeSet;
use std::ops::Range;

use super::archive::rewritten;
use super::limits::Limits;
use super::package::Package;
use super::part::{LINK, NAME};
use super::xml::{self, Element, Space};
use super::{AUTHOR, BOOKMARK, Changed, KEPT, SEAM};
use crate::source::ReadError;

/// The document without the comments that gouji wrote.
pub(in crate::source) fn strip(bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, ReadError> {
    let mut package = Package::open(bytes, *limits)?;
    let main = package.main_part()?;
    let link = package.relationships(&main)?.into_iter().find(|each| each.kind == "comments");
    let Some(link) = link else { return Ok(bytes.to_vec()) };
    let mut changed = Changed::new();
    let mut gone = BTreeSet::new();
    let comments = package.part_as_it_is(&link.target)?;
    let root = xml::parse(&comments, limits)?;
    let ours = |each: &&Element<'_>| each.attribute("author").as_deref() == Some(AUTHOR);
    let (cut, ids): (Vec<_>, BTreeSet<_>) = root
        .elements()
        .filter(ours)
        .map(|each| (each.outer.clone(), each.attribute("id").unwrap_or_default().into_owned()))
        .unzip();
    let others = root.elements().count() > cut.len();
    if link.id == LINK && !others {
        gone.insert(link.target.clone());
        take_link(&mut package, &main, &mut changed)?;
    } else {
        changed.insert(link.target.clone(), without(&comments, cut).into_bytes());
    }
    let text = package.part_as_it_is(&main)?;
    changed.insert(main, body(&text, &ids, limits)?.into_bytes());
    rewritten(bytes, &changed, &gone)
}

/// Takes out the relationship and the content type of our own part.
fn take_link(package: &mut Package<'_>, main: &str, changed: &mut Changed) -> Result<(), ReadError> {
    let links = Package::links_of(main);
    let mut take = |name: &str, is_ours: &dyn Fn(&Element<'_>) -> bool| {
        let text = package.part_as_it_is(name)?;
        let root = xml::parse(&text, &package.limits)?;
        let cut: Vec<_> = root.elements().filter(|each| is_ours(each)).map(|each| each.outer.clone()).collect();
        Ok::<_, ReadError>(without(&text, cut).into_bytes())
    };
    let text = take(&links, &|each| each.attribute("Id").as_deref() == Some(LINK))?;
    changed.insert(links, text);
    let named = |each: &Element<'_>| each.attribute("PartName").is_some_and(|part| part.ends_with(NAME));
    let text = take("[Content_Types].xml", &named)?;
    changed.insert("[Content_Types].xml".into(), text);
    Ok(())
}

/// The main part without marks, with the runs joined that were split for them.
fn body(text: &str, ids: &BTreeSet<String>, limits: &Limits) -> Result<String, ReadError> {
    let root = xml::parse(text, limits)?;
    let mut finder = Finder { text, ids, bookmarks: BTreeSet::new(), cut: Vec::new() };
    finder.bookmarks(&root);
    finder.walk(&root);
    Ok(without(text, finder.cut))
}

struct Finder<'t> {
    text: &'t str,
    ids: &'t BTreeSet<String>,
    bookmarks: BTreeSet<String>,
    cut: Vec<Range<usize>>,
}

impl Finder<'_> {
    fn bookmarks(&mut self, inside: &Element<'_>) {
        for each in inside.elements() {
            if each.name == "bookmarkStart" && each.attribute("name").is_some_and(|name| name.starts_with(BOOKMARK)) {
                self.bookmarks.extend(each.attribute("id").map(|id| id.into_owned()));
            }
            self.bookmarks(each);
        }
    }

    fn walk(&mut self, inside: &Element<'_>) {
        // The end of the last element that stays, if only marks came since.
        let mut before: Option<&Element<'_>> = None;
        let mut marks = false;
        for each in inside.elements() {
            if self.is_mark(each) {
                self.cut.push(each.outer.clone());
                marks = true;
                continue;
            }
            if let Some(last) = before.filter(|_| marks)
                && let Some(seam) = self.seam(last, each)
            {
                self.cut.push(seam);
            }
            if self.text[each.outer.start..each.inner.start].ends_with(&format!("{KEPT}>")) {
                let end = each.inner.start - 1;
                self.cut.push(end - KEPT.len()..end);
            }
            (before, marks) = (Some(each), false);
            self.walk(each);
        }
    }

    fn is_mark(&self, each: &Element<'_>) -> bool {
        let id = || each.attribute("id").unwrap_or_default();
        match (each.space, each.name) {
            (Space::Word, "commentRangeStart" | "commentRangeEnd") => self.ids.contains(&*id()),
            (Space::Word, "bookmarkStart" | "bookmarkEnd") => self.bookmarks.contains(&*id()),
            (Space::Word, "r") => {
                let mut content = each.elements().filter(|each| each.name != "rPr");
                let only = content.next().filter(|_| content.next().is_none());
                only.is_some_and(|only| {
                    only.name == "commentReference" && self.ids.contains(&*only.attribute("id").unwrap_or_default())
                })
            }
            _ => false,
        }
    }

    /// What splitting a run inserted between its halves, but for the marks.
    fn seam(&self, last: &Element<'_>, next: &Element<'_>) -> Option<Range<usize>> {
        let opening = &self.text[next.outer.start..next.inner.start];
        if !(last.is(Space::Word, "r") && next.is(Space::Word, "r") && opening.ends_with(SEAM)) {
            return None;
        }
        let first = next.elements().find(|each| each.name != "rPr")?;
        let ours = self.text[first.outer.start..first.inner.start].ends_with(&format!("{KEPT}>"));
        match last.elements().last() {
            Some(words) if ours && words.is(Space::Word, "t") && first.is(Space::Word, "t") => {
                Some(words.inner.end..first.inner.start)
            }
            _ => Some(last.inner.end..first.outer.start),
        }
    }
}

/// The text without some ranges, which may lie inside one another.
fn without(text: &str, mut cut: Vec<Range<usize>>) -> String {
    cut.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    let (mut out, mut from) = (String::with_capacity(text.len()), 0);
    for range in cut {
        if range.end > from {
            out.push_str(&text[from..range.start.max(from)]);
            from = range.end;
        }
    }
    out + &text[from..]
}
