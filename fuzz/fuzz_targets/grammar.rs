//! Text of any kind: parsed, bound and judged without a panic.
#![no_main]

use std::sync::LazyLock;

use gouji::check::audit;
use gouji::rules::RuleSet;
use gouji::source::{Encoding, Source};
use libfuzzer_sys::fuzz_target;

static RULES: LazyLock<RuleSet> = LazyLock::new(RuleSet::builtin);

fuzz_target!(|text: &str| {
    let _ = audit(Source::from_text("例", text, Encoding::Utf8), &RULES);
});
