//! From an audit to its digest.

use std::collections::BTreeSet;

use super::{
    About, Decimal, Details, Digest, Figure, Passage, Target, Text, VERSION, facts, findings, form, levels, passages,
};
use crate::check::Audit;
use crate::document::Table;
use crate::exact::Exact;
use crate::facts::Entity;
use crate::facts::form::Words;
use crate::finding::Verdict;
use crate::rules::RuleSet;

/// Of a report, so many targets and projects at most.
const TARGETS: usize = 400;
const PROJECTS: usize = 100;
/// A shorter name could be anything's.
const NAME: usize = 5;
/// A header of fewer columns is no form's.
const COLUMNS: usize = 4;

impl<'a> Digest<'a> {
    /// What is kept of an audited report.
    pub fn of(audit: &'a Audit, rules: &RuleSet) -> Digest<'a> {
        let ledger = audit.ledger;
        let verdicts = [Verdict::Exact, Verdict::Rounding, Verdict::Improbable, Verdict::Broken, Verdict::Abstained];
        let details = Details { figures: facts::figures(audit), relations: facts::relations(audit, rules) };
        let passages = passages::of(audit);
        Digest {
            about: about(audit),
            ledger: [ledger.checked, ledger.linked, ledger.read, ledger.unread],
            verdicts: verdicts.map(|verdict| audit.relations.count(verdict) as u32),
            findings: findings::of(audit),
            score: score(&details.figures),
            levels: levels::of(&details.figures),
            targets: targets(audit),
            projects: projects(audit),
            header: header(audit),
            form: form::of(audit),
            content: content(&passages, &details.figures),
            passages,
            details,
        }
    }
}

/// The rules and the making of digests, as a fingerprint: what was kept under another one is of no use.
pub fn rules_key(rules: &RuleSet) -> u64 {
    let mut text = format!("{} {VERSION}\n", env!("CARGO_PKG_VERSION"));
    for page in rules.pages() {
        text.push_str(&page.id);
        text.push('\n');
        text.push_str(page.source.text());
    }
    twox_hash::XxHash3_64::oneshot(text.as_bytes())
}

fn about(audit: &Audit) -> About<'_> {
    let info = &audit.facts.report;
    About {
        title: info.title.as_ref().map(|(title, _)| Text::from(title)),
        entity: info.entity.as_ref().map(|(entity, _)| Text::from(entity)),
        year: info.year,
        kind: Text::from(info.kind.name().unwrap_or_default()),
        bytes: audit.source.text().len() as u32,
    }
}

fn targets(audit: &Audit) -> Vec<Target<'_>> {
    let rows = audit.facts.forms.iter().flat_map(|form| &form.indicators);
    let words = |words: &'_ Option<Words>| words.as_ref().map(|words| words.text.clone()).unwrap_or_default();
    let filled = rows.filter(|row| row.name.is_filled() && row.target.as_ref().is_some_and(Words::is_filled));
    let target = filled.map(|row| Target {
        name: Text::from(&row.name.text),
        target: Text::from(words(&row.target)),
        achieved: Text::from(words(&row.achieved)),
    });
    target.take(TARGETS).collect()
}

/// Names that have amounts and stand in a table: what prose seems to have an amount of need not be a project.
fn projects(audit: &Audit) -> Vec<Text<'_>> {
    let cells: BTreeSet<&str> = audit.document.tables().flat_map(Table::cells).map(|cell| cell.flow.text()).collect();
    let mut names: BTreeSet<&str> = BTreeSet::new();
    for fact in &audit.facts.facts {
        let Entity::Item(name) = &fact.key.entity else { continue };
        // The cell may say 项目 or 经费 at its end, which the name does not.
        let next = cells.range(name.as_str()..).next();
        let listed = next.is_some_and(|cell| cell.starts_with(name.as_str()));
        if names.len() < PROJECTS && name.chars().count() >= NAME && listed {
            names.insert(name);
        }
    }
    names.into_iter().map(Text::from).collect()
}

/// The longest of the headers.
fn header(audit: &Audit) -> Text<'_> {
    let mut longest = String::new();
    for table in audit.document.tables() {
        let Some(first) = table.rows.first().filter(|row| row.cells.len() >= COLUMNS) else { continue };
        let words: Vec<&str> = first.cells.iter().map(|cell| cell.flow.text()).collect();
        // A row with figures is no header.
        let header = words.join("|");
        if header.len() >= longest.len() && !header.contains(|c: char| c.is_ascii_digit()) {
            longest = header;
        }
    }
    Text::from(longest)
}

fn score(figures: &[Figure<'_>]) -> Option<Decimal> {
    let is_score = |figure: &&Figure<'_>| &*figure.concept == "score.self" && figure.item.is_empty();
    let mut scores = figures.iter().filter(is_score).filter_map(|figure| figure.value.exact());
    let first = scores.next()?;
    let in_range = first <= Exact::from(100) && !first.is_negative();
    (in_range && scores.all(|score| score == first)).then_some(first.into())
}

fn content(passages: &[Passage<'_>], figures: &[Figure<'_>]) -> u64 {
    let words = passages.iter().flat_map(|passage| passage.exact.to_le_bytes());
    let figures = figures.iter().flat_map(|figure| figure.value.mantissa.to_le_bytes());
    let bytes: Vec<u8> = words.chain(figures).collect();
    twox_hash::XxHash3_64::oneshot(&bytes)
}
