//! What several checks need of one report: read once, when the first of them asks.

use std::cell::OnceCell;

use super::concordance::Concordance;
use super::repeats::Prose;
use super::second::{self, Second};
use super::siblings::{self, Series};
use super::verdicts::{self, Problems};
use super::years::{self, Year};
use crate::document::Document;
use crate::source::Source;

pub(super) struct Shared<'d> {
    source: &'d Source,
    document: &'d Document,
    concordance: OnceCell<Concordance<'d>>,
    series: OnceCell<Vec<Series<'d>>>,
    prose: OnceCell<Prose<'d>>,
    parts: OnceCell<Vec<u32>>,
    problems: OnceCell<Vec<Problems<'d>>>,
    title_year: OnceCell<Option<u16>>,
    years: OnceCell<Vec<Year<'d>>>,
    second: OnceCell<Option<Second>>,
}

impl<'d> Shared<'d> {
    pub(super) fn new(source: &'d Source, document: &'d Document) -> Shared<'d> {
        Shared {
            source,
            document,
            concordance: OnceCell::new(),
            series: OnceCell::new(),
            prose: OnceCell::new(),
            parts: OnceCell::new(),
            problems: OnceCell::new(),
            title_year: OnceCell::new(),
            years: OnceCell::new(),
            second: OnceCell::new(),
        }
    }

    /// Where the report's words stand.
    pub(super) fn concordance(&self) -> &Concordance<'d> {
        self.concordance.get_or_init(|| Concordance::of(self.document))
    }

    /// Its runs of numbered headings and list items.
    pub(super) fn series(&self) -> &[Series<'d>] {
        self.series.get_or_init(|| siblings::read(self.source, self.document))
    }

    /// Its running text, for passages that stand twice.
    pub(super) fn prose(&self) -> &Prose<'d> {
        self.prose.get_or_init(|| Prose::of(self.document))
    }

    /// Which of the reports in one file each block belongs to.
    pub(super) fn parts(&self) -> &[u32] {
        self.parts.get_or_init(|| verdicts::parts(self.document))
    }

    /// The year that its title names, if `read` tells one.
    pub(super) fn title_year(&self, read: impl FnOnce() -> Option<u16>) -> Option<u16> {
        *self.title_year.get_or_init(read)
    }

    /// The years that its paragraphs name.
    pub(super) fn years(&self) -> &[Year<'d>] {
        self.years.get_or_init(|| years::in_paragraphs(self.concordance()))
    }

    /// Its sections on problems.
    pub(super) fn problems(&self) -> &[Problems<'d>] {
        self.problems.get_or_init(|| verdicts::problems(self.document))
    }

    /// The second report in the file, where there is one.
    pub(super) fn second(&self) -> Option<Second> {
        *self.second.get_or_init(|| second::second_report(self.document))
    }

    /// Whether two blocks, in order, belong to different reports.
    pub(super) fn are_apart(&self, first: usize, again: usize) -> bool {
        self.second().is_some_and(|second| first < second.block && second.block <= again)
    }
}
