//! 缺少应有的部分: the title says which family the report is of, and a part that every such report has is nowhere.

use std::sync::OnceLock;

use serde::Deserialize;

use super::{Context, Sink};
use crate::document::{Document, MarkerStyle};
use crate::facts::ReportKind;
use crate::rules::reading::{Finder, contains_any};

/// A file of fewer parts is a form or an excerpt.
const FEWEST: usize = 4;
/// A report that lacks more parts than this follows a form of its own.
const MOST: usize = 2;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let report = &context.facts.report;
    let Some((title, span)) = &report.title else { return };
    let Some(family) = families().iter().find(|family| family.kind == report.kind && family.is_named_by(title)) else {
        return;
    };
    if main_parts(context.document) < FEWEST {
        return;
    }
    let is_here = |part: &&Part| context.shared.concordance().find(&part.words).next().is_some();
    let missing: Vec<&Part> = family.parts.iter().filter(|part| !is_here(part)).collect();
    if missing.is_empty() || missing.len() > MOST {
        return;
    }
    let names: Vec<String> = missing.iter().map(|part| format!("“{}”", part.name.trim_matches(['“', '”']))).collect();
    let message = format!("题目写明是{}，全文没有提到{}", family.name, names.join("、"));
    sink.report(*span, "题目", message);
}

/// 一、, 第一部分: headings of the first level.
fn main_parts(document: &Document) -> usize {
    let numbered = |block: usize| {
        let marker = document.blocks[block].paragraph().and_then(|paragraph| paragraph.marker.as_ref());
        marker.is_some_and(|marker| matches!(marker.style, MarkerStyle::Han | MarkerStyle::Part))
    };
    document.sections.iter().filter(|section| section.level <= 2 && numbered(section.block)).count()
}

/// What every report of a family has.
struct Family {
    kind: ReportKind,
    name: String,
    parts: Vec<Part>,
}

struct Part {
    name: String,
    words: Finder,
}

impl Family {
    /// Whether a title is that of a whole report of the family: 预算绩效管理工作报告 is of none.
    fn is_named_by(&self, title: &str) -> bool {
        match self.kind {
            ReportKind::Department | ReportKind::Project => title.contains("自评") && !title.ends_with('表'),
            ReportKind::FinalAccounts | ReportKind::Budget => {
                !title.contains("绩效")
                    && contains_any(title, &["公开", "部门决算", "部门预算", "单位决算", "单位预算"])
            }
            ReportKind::Unknown => false,
        }
    }
}

fn families() -> &'static [Family] {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Raw {
        family: Vec<RawFamily>,
    }
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct RawFamily {
        kind: String,
        name: String,
        parts: Vec<RawPart>,
    }
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct RawPart {
        name: String,
        words: Vec<String>,
    }
    fn kind(word: &str) -> ReportKind {
        match word {
            "department" => ReportKind::Department,
            "project" => ReportKind::Project,
            "final-accounts" => ReportKind::FinalAccounts,
            "budget" => ReportKind::Budget,
            _ => ReportKind::Unknown,
        }
    }
    static FAMILIES: OnceLock<Vec<Family>> = OnceLock::new();
    FAMILIES.get_or_init(|| {
        let raw: Raw = toml::from_str(include_str!("../../../rules/data/sections.toml"))
            .expect("sections.toml is read by the tests of section-missing");
        let part = |part: RawPart| Part { words: Finder::new(part.words.iter().map(String::as_str)), name: part.name };
        let family = |family: RawFamily| Family {
            kind: kind(&family.kind),
            name: family.name,
            parts: family.parts.into_iter().map(part).collect(),
        };
        raw.family.into_iter().map(family).collect()
    })
}
