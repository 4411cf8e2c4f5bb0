//! Placeholders that nobody filled in, choices that nobody made.

use std::ops::Range;
use std::sync::OnceLock;

use serde::Deserialize;

use super::{Context, Sink};
use crate::rules::concordance::Found;
use crate::rules::reading::{Finder, Place, Stretch};

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let words = words();
    let title = context.facts.report.title.as_ref().map_or("", |(text, _)| text.as_str());
    let masked = words.raw.marks.iter().any(|mark| title.contains(mark.as_str()));
    for Found { stretch, range, word } in context.shared.concordance().find(&words.finder) {
        let prose = matches!(stretch.place, Place::Title | Place::Heading | Place::Body);
        match words.kind(word) {
            Kind::Mark if prose || stretch.place == Place::Cell => mark(words, &stretch, range, masked, sink),
            Kind::Choice if prose => choice(&stretch, range, sink),
            Kind::Blunder if prose => blunder(&stretch, range, sink),
            Kind::Field if prose => field(&stretch, range, sink),
            Kind::Mark | Kind::Choice | Kind::Blunder | Kind::Field => {}
        }
    }
}

/// XX分, 20XX年, ××单位
fn mark(words: &Words, stretch: &Stretch, range: Range<usize>, masked: bool, sink: &mut Sink) {
    let text = stretch.text();
    let rest = &text[range.end..];
    let follows = |list: &[String]| list.iter().filter(|word| rest.starts_with(word.as_str())).map(String::len).max();
    let before = text[..range.start].chars().next_back();
    // X分析, X年龄: the unit belongs to a longer word.
    let longer = ["分析", "分类", "分布", "分别", "年龄", "日常", "人员", "人民", "次日", "项目", "个人", "名称"];
    let quantity = follows(&words.raw.quantities).filter(|_| !longer.iter().any(|word| rest.starts_with(word)));
    let name = follows(&words.raw.names).filter(|_| !masked && stretch.place != Place::Cell);
    let Some(length) = quantity.or(name) else { return };
    if before.is_some_and(|c| c.is_ascii_alphabetic()) || rest.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return;
    }
    // 20XX年: the century is part of the placeholder.
    let century = if text[..range.start].ends_with("20") { 2 } else { 0 };
    if century == 0 && before.is_some_and(|c| c.is_ascii_digit()) {
        return;
    }
    let range = range.start - century..range.end + length;
    let message = format!("“{}”没有填写", &text[range.clone()]);
    sink.report(stretch.span(range), "占位符", message);
}

/// 增加（减少）35万元
fn choice(stretch: &Stretch, range: Range<usize>, sink: &mut Sink) {
    if stretch.text()[range.end..].starts_with(|c: char| c.is_ascii_digit()) {
        let message = format!("“{}”两者只能留一", &stretch.text()[range.clone()]);
        sink.report(stretch.span(range), "未作选择", message);
    }
}

/// 自评平均得分[分值]分
fn field(stretch: &Stretch, range: Range<usize>, sink: &mut Sink) {
    let message = format!("“{}”没有填写", &stretch.text()[range.clone()]);
    sink.report(stretch.span(range), "占位符", message);
}

fn blunder(stretch: &Stretch, range: Range<usize>, sink: &mut Sink) {
    let message = format!("“{}”是模板里的字样", &stretch.text()[range.clone()]);
    sink.report(stretch.span(range), "模板字样", message);
}

/// The lists of `rules/data/placeholder-residue.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    marks: Vec<String>,
    quantities: Vec<String>,
    names: Vec<String>,
    choices: Vec<String>,
    blunders: Vec<String>,
    fields: Vec<String>,
}

struct Words {
    raw: Raw,
    /// Marks, then choices, blunders and fields in brackets.
    finder: Finder,
}

enum Kind {
    Mark,
    Choice,
    Blunder,
    Field,
}

impl Words {
    fn kind(&self, index: usize) -> Kind {
        let (marks, choices) = (self.raw.marks.len(), self.raw.choices.len());
        if index < marks {
            Kind::Mark
        } else if index < marks + choices {
            Kind::Choice
        } else if index < marks + choices + self.raw.blunders.len() {
            Kind::Blunder
        } else {
            Kind::Field
        }
    }
}

fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| {
        let raw: Raw = toml::from_str(include_str!("../../../rules/data/placeholder-residue.toml"))
            .expect("placeholder-residue.toml is read by the tests of its page");
        let fields: Vec<String> =
            raw.fields.iter().flat_map(|name| [format!("[{name}]"), format!("【{name}】")]).collect();
        let all = raw.marks.iter().chain(&raw.choices).chain(&raw.blunders).chain(&fields);
        let finder = Finder::new(all.map(String::as_str));
        Words { raw, finder }
    })
}
