//! Words that were typed twice.

use std::sync::OnceLock;

use serde::Deserialize;

use super::{Context, Sink};
use crate::rules::reading::Finder;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let words = words();
    // The entries after the doubled words are those that lawfully hold one.
    for found in context.shared.concordance().find(&words.finder).filter(|found| found.word < words.count) {
        let doubled = found.text();
        let single = &doubled[..doubled.len() / 2];
        let message = format!("“{doubled}”重复，应为“{single}”");
        sink.report(found.span(), "重复的词", message).suggest(single, "删去重复的词");
    }
}

/// The lists of `rules/data/doubled-words.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    words: Vec<String>,
    except: Vec<String>,
}

struct Words {
    finder: Finder,
    count: usize,
}

fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| {
        let raw: Raw = toml::from_str(include_str!("../../../rules/data/doubled-words.toml"))
            .expect("doubled-words.toml is read by the tests of its page");
        let finder = Finder::new(raw.words.iter().chain(&raw.except).map(String::as_str));
        Words { finder, count: raw.words.len() }
    })
}
