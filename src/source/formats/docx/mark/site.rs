//! Where in the main part marks can stand.

use std::ops::Range;

use super::xml::{Element, Node, Space};

/// A stretch of text in the main part, with what it stands in.
pub(super) struct Site<'e, 'x> {
    /// The characters, in bytes of the part.
    pub(super) text: Range<usize>,
    /// The `w:t` and the run around it.
    pub(super) words: &'e Element<'x>,
    pub(super) run: &'e Element<'x>,
    /// A part of the paragraph that must stay whole: marks stand around it.
    pub(super) whole: Option<Range<usize>>,
}

/// Every stretch of text of the main part, in order.
pub(super) fn sites<'e, 'x>(root: &'e Element<'x>) -> Vec<Site<'e, 'x>> {
    let mut finder = Finder { sites: Vec::new(), fields: Vec::new(), paragraphs: 0 };
    finder.walk(root, None, None);
    finder.sites
}

struct Finder<'e, 'x> {
    sites: Vec<Site<'e, 'x>>,
    fields: Vec<Field>,
    /// Paragraphs begun so far.
    paragraphs: usize,
}

/// A field that has begun: where, in which paragraph, and the first stretch of text after its beginning.
struct Field {
    start: usize,
    paragraph: usize,
    first: usize,
}

impl<'e, 'x> Finder<'e, 'x> {
    fn walk(&mut self, inside: &'e Element<'x>, run: Option<&'e Element<'x>>, whole: Option<Range<usize>>) {
        for each in inside.elements() {
            match (each.space, each.name) {
                (Space::Word, "p") => {
                    self.paragraphs += 1;
                    self.walk(each, None, None);
                }
                (Space::Word, "r") => {
                    // A run inside of a run, as in ruby, stays where it is.
                    let whole = whole.clone().or_else(|| run.map(|outer| outer.outer.clone()));
                    self.walk(each, Some(run.unwrap_or(each)), whole);
                }
                (Space::Word, "t") => self.add(each, run, whole.clone()),
                (Space::Word, "fldChar") => self.field(each, run),
                _ => {
                    let stays = whole.clone().or_else(|| stays_whole(each).then(|| each.outer.clone()));
                    self.walk(each, run, stays);
                }
            }
        }
    }

    fn add(&mut self, words: &'e Element<'x>, run: Option<&'e Element<'x>>, whole: Option<Range<usize>>) {
        let Some(run) = run else { return };
        let inside = run.elements().any(|each| each.outer == words.outer);
        let whole = whole.or_else(|| (!inside).then(|| run.outer.clone()));
        for node in &words.children {
            if let Node::Text(piece) = node {
                self.sites.push(Site { text: piece.range.clone(), words, run, whole: whole.clone() });
            }
        }
    }

    /// What a field shows is written anew when it is brought up to date: marks stand around the field, if it is all in one
    /// paragraph.
    fn field(&mut self, mark: &Element<'_>, run: Option<&Element<'_>>) {
        let Some(run) = run else { return };
        match mark.attribute("fldCharType").as_deref() {
            Some("begin") => {
                self.fields.push(Field { start: run.outer.start, paragraph: self.paragraphs, first: self.sites.len() });
            }
            Some("end") => {
                let Some(field) = self.fields.pop().filter(|field| field.paragraph == self.paragraphs) else { return };
                for site in &mut self.sites[field.first..] {
                    let whole = site.whole.clone().unwrap_or(field.start..run.outer.end);
                    site.whole = Some(whole.start.min(field.start)..whole.end.max(run.outer.end));
                }
            }
            _ => {}
        }
    }
}

/// Whether programs write the content of an element themselves, so that nothing may be put into it.
fn stays_whole(element: &Element<'_>) -> bool {
    let filled = |properties: &Element<'_>| {
        let kinds = ["dataBinding", "text", "date", "dropDownList", "comboBox"];
        properties.elements().any(|each| kinds.contains(&each.name))
    };
    match (element.space, element.name) {
        (Space::Word, "fldSimple") | (Space::Math, "oMath" | "oMathPara") => true,
        // Only inline ones: a control around paragraphs is no part of a paragraph.
        (Space::Word, "sdt") => {
            let holds = element.child("sdtContent").is_some_and(|inside| inside.child("r").is_some());
            holds && element.child("sdtPr").is_some_and(filled)
        }
        _ => false,
    }
}
