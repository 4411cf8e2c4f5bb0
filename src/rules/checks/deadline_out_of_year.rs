//! 时效目标的年份不对: a form on 2023 whose deadline is 2022年12月31日前.

use super::{Context, Sink};
use crate::facts::form::{IndicatorRow, Words};
use crate::rules::years::{title_year, years};

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let Some(year) = title_year(context) else { return };
    for row in context.facts.forms.iter().flat_map(|form| &form.indicators) {
        if row.is_under("时效") {
            check_row(row, year, sink);
        }
    }
}

fn check_row(row: &IndicatorRow, year: u16, sink: &mut Sink) {
    let cells = [&row.target, &row.achieved].into_iter().flatten().chain([&row.name]);
    let named: Vec<(&Words, Vec<u16>)> =
        cells.map(|words| (words, years(&words.text).map(|(_, year)| year).collect())).collect();
    if named.iter().any(|(_, years)| years.iter().any(|each| *each >= year)) {
        return;
    }
    for (words, years) in named.iter().filter(|(_, years)| !years.is_empty()) {
        let message = format!("{year}年度的时效指标“{}”写的是{}年", row.name.text, years[0]);
        sink.report(words.span, "时限", message);
    }
}
