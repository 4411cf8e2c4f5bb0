//! The year of a report and years in its text.

use std::ops::Range;

use super::checks::Context;

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
    for (_, paragraph) in context.document.paragraphs() {
        for (_, each) in years(paragraph.flow.text()) {
            own += u32::from(each == year);
            earlier += u32::from(each + 1 == year);
        }
    }
    earlier > own
}

/// Every year of a text, 2024年 or 2024年度: the range with 年 and what follows of 度.
pub(super) fn years(text: &str) -> impl Iterator<Item = (Range<usize>, u16)> + '_ {
    text.match_indices('年').filter_map(move |(at, _)| {
        let start = at.checked_sub(4)?;
        let digits = text.get(start..at)?;
        let year: u16 = digits.parse().ok().filter(|year| (1990..2100).contains(year))?;
        let longer = text[..start].chars().next_back().is_some_and(|c| c.is_ascii_digit() || c == '.');
        let after = at + '年'.len_utf8();
        let end = if text[after..].starts_with('度') { after + '度'.len_utf8() } else { after };
        (!longer).then_some((start..end, year))
    })
}
