//! Requirements on words alone: 应有 “公开”、“公示”; 应无 “此处填写”.

use super::surroundings::Surroundings;
use super::{Context, Sink};

/// A requirement on the words of the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wording {
    /// One of the words must stand in the report; else none may.
    pub(super) wanted: bool,
    pub(super) words: Vec<String>,
    pub(super) surroundings: Surroundings,
    /// What a finding says; `{词}` is the word found, or the words that are missing.
    pub(super) message: String,
}

/// Reports the requirements of the context's page that the report does not meet.
pub(super) fn check(context: &Context, sink: &mut Sink) {
    for wording in &context.page.wordings {
        if !wording.surroundings.are_met(context.shared, context.document, context.facts, &[]) {
            continue;
        }
        if wording.wanted { missing(context, wording, sink) } else { unwanted(context, wording, sink) }
    }
}

/// None of the words stands anywhere: said at the title, or where the report begins.
fn missing(context: &Context, wording: &Wording, sink: &mut Sink) {
    let concordance = context.shared.concordance();
    let found = wording.words.iter().any(|word| concordance.holds(word));
    let begins = || context.document.paragraphs().find_map(|(_, paragraph)| paragraph.flow.origin());
    let Some(span) = context.facts.report.title.as_ref().map(|(_, span)| *span).or_else(begins) else { return };
    if !found {
        sink.report(span, "报告", wording.message.replace("{词}", &wording.words.join("、")));
    }
}

/// Every place at which one of the words stands.
fn unwanted(context: &Context, wording: &Wording, sink: &mut Sink) {
    for word in &wording.words {
        for found in context.shared.concordance().places(word) {
            sink.report(found.span(), "不应有的词", wording.message.replace("{词}", word));
        }
    }
}
