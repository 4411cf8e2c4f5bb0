//! Wrong characters that recur in reports.

use std::sync::OnceLock;

use serde::Deserialize;

use super::{Context, Sink};
use crate::rules::reading::Finder;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let typos = typos();
    for found in context.shared.concordance().find(&typos.finder) {
        // The words after the typos are those that only look like one.
        let Some(typo) = typos.list.get(found.word) else { continue };
        let message = format!("“{}”应为“{}”", typo.wrong, typo.right);
        sink.report(found.span(), "错别字", message).suggest(&*typo.right, "常见错别字");
    }
}

/// The list of `rules/data/typos.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    typo: Vec<Typo>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Typo {
    wrong: String,
    right: String,
    #[serde(default)]
    except: Vec<String>,
}

struct Typos {
    list: Vec<Typo>,
    finder: Finder,
}

fn typos() -> &'static Typos {
    static TYPOS: OnceLock<Typos> = OnceLock::new();
    TYPOS.get_or_init(|| {
        let raw: Raw = toml::from_str(include_str!("../../../rules/data/typos.toml"))
            .expect("typos.toml is read by the tests of its page");
        let wrong = raw.typo.iter().map(|typo| typo.wrong.as_str());
        let except = raw.typo.iter().flat_map(|typo| &typo.except).map(String::as_str);
        let finder = Finder::new(wrong.chain(except));
        Typos { list: raw.typo, finder }
    })
}
