//! 截至目前 in a report on a closed year.

use super::{Context, Sink};
use crate::rules::concordance::Found;
use crate::rules::reading::finder;
use crate::source::Span;

const WORDS: &[&str] = &["截止目前", "截至目前", "截止到目前", "截至到目前", "截止现在", "截至现在"];

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let words = context.shared.concordance().find(finder!(WORDS.iter().copied()));
    let found: Vec<Span> = words.filter(Found::is_body).map(|found| found.span()).collect();
    let Some((first, more)) = found.split_first() else { return };
    let message = format!("“{}”没有写明日期，读者无法核对", context.source.slice(*first));
    sink.report(*first, "时点不明", message).with_all(more.iter().copied(), "时点不明");
}
