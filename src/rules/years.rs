//! The year of a report and years in its text.

use std::ops::Range;

use super::checks::Context;
use super::concordance::Concordance;
use super::reading::{Place, Stretch};

/// A year in a paragraph: 2024年 or 2024年度.
pub(super) struct Year<'d> {
    pub(super) stretch: Stretch<'d>,
    /// With 年 and what follows of 度.
    pub(super) range: Range<usize>,
    pub(super) year: u16,
}

/// Every year that the paragraphs name, in order.
pub(super) fn in_paragraphs<'d>(concordance: &Concordance<'d>) -> Vec<Year<'d>> {
    let marks = concordance.places("年").filter(|found| found.stretch.place != Place::Cell);
    let years = marks.filter_map(|found| {
        let (range, year) = year_at(found.stretch.text(), found.range.start)?;
        Some(Year { stretch: found.stretch, range, year })
    });
    years.collect()
}

/// The year that the report's title names. `None` where it names none or two: then nothing can be said of other years.
pub(super) fn title_year(context: &Context) -> Option<u16> {
    context.shared.title_year(|| read(context))
}

fn read(context: &Context) -> Option<u16> {
    let (title, _) = context.facts.report.title.as_ref()?;
    let mut named: Vec<u16> = years(title).map(|(_, year)| year).collect();
    named.dedup();
    match named.as_slice() {
        [year] if !is_other_year(context, *year) => Some(*year),
        _ => None,
    }
}

/// Whether the text is on the year before the one that the title names: a title may name the year of the work.
fn is_other_year(context: &Context, year: u16) -> bool {
    let (mut own, mut earlier) = (1, 0);
    for each in context.shared.years() {
        own += u32::from(each.year == year);
        earlier += u32::from(each.year + 1 == year);
    }
    earlier > own
}

/// Every year of a text, 2024年 or 2024年度: the range with 年 and what follows of 度.
pub(super) fn years(text: &str) -> impl Iterator<Item = (Range<usize>, u16)> + '_ {
    text.match_indices('年').filter_map(move |(at, _)| year_at(text, at))
}

/// The year whose 年 stands at a byte of a text.
fn year_at(text: &str, at: usize) -> Option<(Range<usize>, u16)> {
    let start = at.checked_sub(4)?;
    let digits = text.get(start..at)?;
    let year: u16 = digits.parse().ok().filter(|year| (1990..2100).contains(year))?;
    let longer = text[..start].chars().next_back().is_some_and(|c| c.is_ascii_digit() || c == '.');
    let after = at + '年'.len_utf8();
    let end = if text[after..].starts_with('度') { after + '度'.len_utf8() } else { after };
    (!longer).then_some((start..end, year))
}
