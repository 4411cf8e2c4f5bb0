//! Insertions into the main part.

use std::collections::BTreeMap;
use std::ops::Range;

use super::site::Site;
use super::xml::Element;
use super::{KEPT, Marks, SEAM};

/// Where a range begins and ends: bytes of the part, and the stretches of text that hold its first and last byte.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ends {
    pub(super) start: usize,
    pub(super) from: usize,
    pub(super) end: usize,
    pub(super) to: usize,
}

/// What is to be inserted where.
pub(super) struct Edits<'p, 'e, 'x> {
    part: &'p str,
    sites: &'e [Site<'e, 'x>],
    /// By the byte before which they stand.
    points: BTreeMap<usize, Point>,
    /// Start tags of text that needs its blanks kept.
    kept: Vec<usize>,
    /// `<w:p/>` to be opened, by the byte of its `/`.
    opened: Vec<usize>,
}

/// What stands at one byte: ends before starts, so that ranges that meet do not cross.
#[derive(Default)]
struct Point {
    ends: String,
    starts: String,
    /// What closes and opens the run that is split here.
    split: Option<(String, String)>,
}

impl<'p, 'e, 'x> Edits<'p, 'e, 'x> {
    pub(super) fn new(part: &'p str, sites: &'e [Site<'e, 'x>]) -> Edits<'p, 'e, 'x> {
        Edits { part, sites, points: BTreeMap::new(), kept: Vec::new(), opened: Vec::new() }
    }

    /// Marks around exactly the characters of a range, or around what may not be split there.
    pub(super) fn around(&mut self, ends: Ends, marks: Marks) {
        let (first, last) = (&self.sites[ends.from], &self.sites[ends.to]);
        let start = match &first.whole {
            Some(whole) => self.point(whole.start),
            None => self.seam(first, ends.start),
        };
        start.starts.push_str(&marks.start);
        let end = match &last.whole {
            Some(whole) => self.point(whole.end),
            None => self.seam(last, ends.end),
        };
        end.ends.push_str(&marks.end);
    }

    /// Marks around the content of a paragraph, or at its end where it has none.
    pub(super) fn at_paragraph(&mut self, range: Option<Range<usize>>, root: &Element<'_>, marks: Marks) {
        let range = range.filter(|range| !range.is_empty()).or_else(|| first_paragraph(root));
        let Some(range) = range else { return };
        let end = if self.part[range.clone()].ends_with("/>") {
            self.opened.push(range.end - 2);
            range.end - 2
        } else {
            let close = self.part[range.clone()].rfind("</").unwrap_or(0);
            range.start + close
        };
        let point = self.point(end);
        point.starts.push_str(&marks.start);
        point.starts.push_str(&marks.end);
    }

    fn point(&mut self, at: usize) -> &mut Point {
        self.points.entry(at).or_default()
    }

    /// The place between runs at a byte of a text; the run is split where there is none.
    fn seam(&mut self, site: &Site<'_, '_>, at: usize) -> &mut Point {
        let (run, words) = (site.run, site.words);
        if at == words.inner.start && content(run).is_some_and(|first| first.outer == words.outer) {
            return self.point(run.outer.start);
        }
        if at == words.inner.end && run.elements().last().is_some_and(|last| last.outer == words.outer) {
            return self.point(run.outer.end);
        }
        let name = |element: &Element<'_>| element.qualified_name().to_owned();
        let (run_name, words_name) = (name(run), name(words));
        let open = format!("<{}{SEAM}{}", run.tag(), self.properties(run));
        if at == words.inner.start || at == words.inner.end {
            let beside = if at == words.inner.start { words.outer.start } else { words.outer.end };
            let point = self.point(beside);
            point.split.get_or_insert((format!("</{run_name}>"), open));
            return point;
        }
        if words.attribute("space").is_none() {
            self.kept.push(words.inner.start - 1);
        }
        let point = self.point(at);
        let close = format!("</{words_name}></{run_name}>");
        point.split.get_or_insert((close, format!("{open}<{words_name}{KEPT}>")));
        point
    }

    /// The properties of a run without the record of how they were changed.
    fn properties(&self, run: &Element<'_>) -> String {
        let Some(properties) = run.child("rPr") else { return String::new() };
        match properties.child("rPrChange") {
            None => self.part[properties.outer.clone()].to_owned(),
            Some(change) => {
                let (before, after) =
                    (properties.outer.start..change.outer.start, change.outer.end..properties.outer.end);
                format!("{}{}", &self.part[before], &self.part[after])
            }
        }
    }

    /// The part with everything inserted.
    pub(super) fn apply(mut self) -> String {
        self.kept.sort_unstable();
        self.kept.dedup();
        let mut inserted: Vec<(usize, usize, String)> = self.kept.iter().map(|&at| (at, 0, KEPT.to_owned())).collect();
        for (at, point) in std::mem::take(&mut self.points) {
            let marks = point.ends + &point.starts;
            if self.opened.contains(&at) {
                let start = self.part[..at].rfind('<').unwrap_or(0);
                let name = self.part[start + 1..at].split_whitespace().next().unwrap_or_default();
                inserted.push((at, 2, format!(">{marks}</{name}>")));
                continue;
            }
            let (close, open) = point.split.unwrap_or_default();
            inserted.push((at, 0, close + &marks + &open));
        }
        inserted.sort_by_key(|(at, ..)| *at);
        let mut out =
            String::with_capacity(self.part.len() + inserted.iter().map(|(.., text)| text.len()).sum::<usize>());
        let mut from = 0;
        for (at, replaced, text) in inserted {
            out.push_str(&self.part[from..at]);
            out.push_str(&text);
            from = at + replaced;
        }
        out.push_str(&self.part[from..]);
        out
    }
}

/// The first thing in a run that is shown.
fn content<'r, 'x>(run: &'r Element<'x>) -> Option<&'r Element<'x>> {
    run.elements().find(|each| each.name != "rPr")
}

fn first_paragraph(root: &Element<'_>) -> Option<Range<usize>> {
    let body = root.child("body")?;
    body.elements().find(|each| each.name == "p").map(|paragraph| paragraph.outer.clone())
}
