//! 引用已废止文件: a document that another had replaced before the year under report is named as the basis.

use std::sync::OnceLock;

use serde::Deserialize;

use super::{Context, Sink};
use crate::rules::concordance::Found;
use crate::rules::reading::{contains_any, sentence_around};

/// 依据 … 开展自评: the document is used, not told of.
const USED: &[&str] = &["依据", "根据", "按照", "遵照", "按"];
const TOLD: &[&str] = &["废止", "原", "曾", "修订", "失效", "替代"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    document: Vec<Obsolete>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Obsolete {
    /// 财预2011285号: without brackets, which are printed in many ways.
    number: String,
    /// What took its place.
    by: String,
    /// In this year.
    year: u16,
}

fn list() -> &'static [Obsolete] {
    static LIST: OnceLock<List> = OnceLock::new();
    &LIST
        .get_or_init(|| {
            toml::from_str(include_str!("../../../rules/data/obsolete-documents.toml"))
                .expect("obsolete-documents.toml is read by the tests of its page")
        })
        .document
}

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let Some(year) = context.facts.report.year else { return };
    for Found { stretch, range, .. } in context.shared.concordance().places("号") {
        let text = stretch.text();
        let sentence = sentence_around(text, range.start);
        let head = &text[sentence.start..range.end];
        let bare: String = head.chars().filter(|c| !"〔〕[]（）()【】".contains(*c)).collect();
        let Some(found) = list().iter().find(|each| bare.ends_with(&each.number)) else { continue };
        let range = sentence.start + head.rfind(|c| found.number.starts_with(c)).unwrap_or(0)..range.end;
        if year > found.year && contains_any(head, USED) && !contains_any(&text[sentence], TOLD) {
            let message =
                format!("“{}”已于{}年由{}取代，不宜再作{year}年度的依据", &text[range.clone()], found.year, found.by);
            sink.report(stretch.span(range), "已废止的文件", message).suggest(found.by.as_str(), "现行文件");
        }
    }
}
