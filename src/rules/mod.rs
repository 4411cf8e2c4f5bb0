//! Judging: rule pages, their formulas, and the few checks written in Rust.

mod advice;
mod checks;
mod concordance;
mod example;
mod indicator;
mod judge;
mod page;
mod reading;
mod regions;
mod render;
mod repeats;
mod scores;
mod second;
mod shared;
mod siblings;
mod surroundings;
mod syntax;
mod terms;
mod verdicts;
mod wording;
mod years;

pub use checks::{Check, Context, Sink, registry};
pub use example::{Example, ExampleKind};
pub use judge::labels;
pub use page::{Page, PageError};
pub use scores::{Basis, Fit, Judged, Replay, Way, replay};

use page::Head;
use surroundings::Surroundings;

use crate::document::Document;
use crate::facts::Facts;
use crate::finding::Finding;
use crate::relations::{Formula, Relations};
use crate::source::{Encoding, Source};

/// The pages that are built in, sorted: file name, text, and the head as it was read when the program was built.
const PAGES: &[(&str, &str, Option<Head>)] = include!(concat!(env!("OUT_DIR"), "/pages.rs"));

/// The rules in force.
#[derive(Debug, Default)]
pub struct RuleSet {
    /// Sorted by id.
    pages: Vec<Page>,
    formulas: Vec<Formula>,
    /// Of each formula.
    surroundings: Vec<Surroundings>,
    /// The pages that are checked by more than formulas: by index, with their check.
    checks: Vec<(usize, Check)>,
}

/// A page that is not valid, with what is wrong with it.
#[derive(Clone, Debug)]
pub struct BadPage {
    pub source: Source,
    pub errors: Vec<PageError>,
}

impl RuleSet {
    /// The rules that are built in.
    pub fn builtin() -> RuleSet {
        let page = |(name, text, head): &(&str, &str, Option<Head>)| {
            let source = Source::from_text(*name, *text, Encoding::Utf8);
            let page = Page::parse_tested(&source, head.as_ref());
            (source, page)
        };
        RuleSet::read(PAGES.iter().map(page)).unwrap_or_else(|bad| panic!("the built-in pages are tested: {}", bad[0]))
    }

    /// The rules of some pages. A source's name is its file's name. Of two pages with one id the later one stands.
    pub fn from_sources(sources: impl IntoIterator<Item = Source>) -> Result<RuleSet, Vec<BadPage>> {
        RuleSet::read(sources.into_iter().map(|source| {
            let page = Page::parse(&source);
            (source, page)
        }))
    }

    /// Each page as it was read from its source.
    fn read(all: impl Iterator<Item = (Source, Result<Page, Vec<PageError>>)>) -> Result<RuleSet, Vec<BadPage>> {
        let mut pages: Vec<Page> = Vec::new();
        let mut bad = Vec::new();
        for (source, page) in all {
            match page {
                Ok(page) => {
                    pages.retain(|each| each.id != page.id);
                    pages.push(page);
                }
                Err(errors) => bad.push(BadPage { source, errors }),
            }
        }
        if bad.is_empty() { Ok(RuleSet::new(pages)) } else { Err(bad) }
    }

    fn new(mut pages: Vec<Page>) -> RuleSet {
        pages.sort_by(|a, b| a.id.cmp(&b.id));
        let formulas = pages.iter().enumerate().flat_map(|(index, page)| {
            page.formulas.iter().map(move |formula| Formula { page: index, ..formula.clone() })
        });
        let formulas = formulas.collect();
        let surroundings = pages.iter().flat_map(|page| page.surroundings.iter().cloned()).collect();
        let checks = checks_of(&pages);
        RuleSet { pages, formulas, surroundings, checks }
    }

    /// Every page, sorted by id.
    pub fn pages(&self) -> &[Page] {
        &self.pages
    }

    pub fn page(&self, id: &str) -> Option<&Page> {
        self.pages.binary_search_by(|page| page.id.as_str().cmp(id)).ok().map(|at| &self.pages[at])
    }

    pub fn formulas(&self) -> &[Formula] {
        &self.formulas
    }

    /// The findings of every rule, in their one order.
    pub fn judge(
        &self,
        source: &Source,
        document: &Document,
        facts: &Facts,
        relations: &Relations,
        scores: &[Replay],
    ) -> Vec<Finding> {
        let shared = shared::Shared::new(source, document);
        let mut findings = judge::relations(self, source, document, facts, relations, &shared);
        for (page, check) in &self.checks {
            let (formulas, pages) = (self.formulas.as_slice(), self.pages.as_slice());
            let page = &pages[*page];
            let context =
                Context { source, document, facts, relations, formulas, page, pages, scores, shared: &shared };
            let mut sink = Sink::new(page, &mut findings);
            check(&context, &mut sink);
        }
        findings.sort_by(Finding::order);
        findings.dedup();
        findings
    }
}

/// The checks written in Rust in the order of the registry, then those on words.
fn checks_of(pages: &[Page]) -> Vec<(usize, Check)> {
    let place = |id: &str| pages.binary_search_by(|page| page.id.as_str().cmp(id)).ok();
    let in_rust = checks::registry().iter().filter_map(|(id, check)| Some((place(id)?, *check)));
    let on_words = (0..pages.len()).filter(|page| !pages[*page].wordings.is_empty());
    let on_words = on_words.map(|page| (page, wording::check as Check));
    in_rust.filter(|(page, _)| pages[*page].is_rust()).chain(on_words).collect()
}

impl std::fmt::Display for BadPage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for error in &self.errors {
            let at = self.source.position(error.span.start());
            writeln!(f, "{}:{}:{}: {}", self.source.name(), at.line, at.column, error.message)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Page, RuleSet};

    #[test]
    fn a_page_says_the_same_without_its_examples() {
        for page in RuleSet::builtin().pages() {
            let whole = Page::parse(&page.source).expect("the built-in pages are valid");
            assert_eq!(whole.formulas, page.formulas, "{}", page.id);
            assert_eq!(whole.wordings, page.wordings, "{}", page.id);
            let head = |page: &Page| {
                (
                    page.title.clone(),
                    page.family,
                    page.severity,
                    page.confidence,
                    page.basis.clone(),
                    page.since.clone(),
                )
            };
            assert_eq!(head(&whole), head(page), "{}", page.id);
            assert!(!page.examples().is_empty(), "{}", page.id);
        }
    }
}
