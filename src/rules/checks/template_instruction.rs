//! Instructions of the form that were left in the report.

use std::ops::Range;
use std::sync::OnceLock;

use serde::Deserialize;

use super::{Context, Sink};
use crate::document::{BlockKind, Document};
use crate::finding::Severity;
use crate::rules::concordance::{Concordance, Found};
use crate::rules::reading::{Finder, Place, Stretch, head};

/// The longest instruction, in characters.
const LONGEST: usize = 80;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let phrases = phrases();
    let concordance = context.shared.concordance();
    let possible = phrases.possible(concordance);
    let mut notes = Notes::new(context.document);
    let mut covered = 0;
    for found in concordance.find(&phrases.finder) {
        let rests = &possible[found.word];
        if rests.is_empty() || found.stretch.place == Place::Note || notes.cover(found.stretch.block) {
            continue;
        }
        let Some((range, mild)) = phrases.whole(&found, rests) else { continue };
        let span = found.stretch.span(range.clone());
        if span.start() >= covered {
            covered = span.end();
            report(&found.stretch, range, mild, sink);
        }
    }
}

fn report(stretch: &Stretch, range: Range<usize>, mild: bool, sink: &mut Sink) {
    let words = &stretch.text()[range.clone()];
    let message = format!("“{}”是填写说明，不是报告内容", shortened(words));
    let added = sink.report(stretch.span(range), "填写说明", message).suggest("", "删去");
    if mild || stretch.place == Place::Cell {
        added.severity(Severity::Info);
    }
}

fn shortened(words: &str) -> String {
    let start = head(words, 24);
    if start.len() < words.len() { format!("{start}…") } else { words.to_owned() }
}

/// Tells the lines of a note under a table (说明：1.… 2.…), which lawfully instruct, from the report's own text.
struct Notes<'d> {
    document: &'d Document,
    next: usize,
    open: bool,
}

impl<'d> Notes<'d> {
    fn new(document: &'d Document) -> Notes<'d> {
        Notes { document, next: 0, open: false }
    }

    fn cover(&mut self, block: usize) -> bool {
        while self.next <= block {
            match &self.document.blocks[self.next].kind {
                BlockKind::Note(note) => self.open = is_explanation(note.flow.text()),
                BlockKind::Title(_) | BlockKind::Heading(_) | BlockKind::Table(_) => self.open = false,
                BlockKind::Paragraph(paragraph) => {
                    self.open = is_explanation(paragraph.flow.text()) || self.open && paragraph.marker.is_some();
                }
                BlockKind::Blank | BlockKind::Furniture => {}
            }
            self.next += 1;
        }
        self.open
    }
}

fn is_explanation(text: &str) -> bool {
    ["注：", "注:", "备注：", "说明：", "填表说明", "填报说明", "填写说明", "注1", "注意："]
        .iter()
        .any(|head| text.starts_with(head))
}

/// The list of `rules/data/template-instruction.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    strong: Vec<String>,
    mild: Vec<String>,
    except: Vec<String>,
}

struct Phrases {
    /// The words that each phrase begins with.
    finder: Finder,
    /// For each beginning, the phrases that share it: what must follow, and whether it is only a hint.
    rests: Vec<Vec<Rest>>,
    except: Vec<String>,
}

/// What must follow the beginning of a phrase, and whether the phrase is only a hint.
type Rest = (Vec<String>, bool);

fn phrases() -> &'static Phrases {
    static PHRASES: OnceLock<Phrases> = OnceLock::new();
    PHRASES.get_or_init(|| {
        let raw: Raw = toml::from_str(include_str!("../../../rules/data/template-instruction.toml"))
            .expect("template-instruction.toml is read by the tests of its page");
        Phrases::new(raw)
    })
}

impl Phrases {
    fn new(raw: Raw) -> Phrases {
        let mut starts: std::collections::BTreeMap<String, Vec<Rest>> = Default::default();
        let all = raw.strong.iter().map(|p| (p, false)).chain(raw.mild.iter().map(|p| (p, true)));
        for (phrase, mild) in all {
            let mut parts = phrase.split('…').map(str::to_owned);
            let start = parts.next().expect("a split text has a first part");
            starts.entry(start).or_default().push((parts.collect(), mild));
        }
        let finder = Finder::new(starts.keys().map(String::as_str));
        Phrases { finder, rests: starts.into_values().collect(), except: raw.except }
    }

    /// For each beginning, the rests whose words stand in the report at all.
    fn possible(&self, concordance: &Concordance) -> Vec<Vec<&Rest>> {
        let stands = |rest: &&Rest| rest.0.iter().all(|part| concordance.holds(part));
        self.rests.iter().map(|rests| rests.iter().filter(stands).collect()).collect()
    }

    /// The phrase that begins with the words found, and whether it is only a hint.
    fn whole(&self, Found { stretch, range, .. }: &Found, rests: &[&Rest]) -> Option<(Range<usize>, bool)> {
        let text = stretch.text();
        let found = &text[range.start..];
        if self.except.iter().any(|except| found.starts_with(except.as_str())) {
            return None;
        }
        let ends = rests.iter().filter_map(|(parts, mild)| Some((finish(text, range, parts)?, *mild)));
        let (end, mild) = ends.min_by_key(|(end, mild)| (*mild, *end))?;
        Some((range.start..end, mild))
    }
}

/// Where a phrase ends whose first words stand at `start` and whose other words are `parts`.
fn finish(text: &str, start: &Range<usize>, parts: &[String]) -> Option<usize> {
    let bracketed = text[start.clone()].starts_with(['（', '(', '【']);
    let mut end = start.end;
    for part in parts {
        let window = head(&text[end..], LONGEST);
        let stop: &[char] = if bracketed { &['（', '('] } else { &['。'] };
        let window = &window[..window.find(stop).unwrap_or(window.len())];
        let at = window.find(part.as_str())?;
        if bracketed && window[..at].contains(['）', ')', '】']) {
            return None;
        }
        end += at + part.len();
    }
    Some(end)
}
