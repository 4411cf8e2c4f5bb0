//! Broken relations become findings, each with the title, family, severity and words of its page.

use std::collections::BTreeMap;

use super::culprit::{Culprit, Suspects, fails};
use super::{Page, RuleSet, render, repair};
use crate::document::Document;
use crate::facts::{Facts, NumberId, Operand, OperandKind};
use crate::finding::{Confidence, Finding, Label, Severity, Suggestion, Verdict};
use crate::relations::{Arithmetic, Formula, Relation, Relations};
use crate::source::Source;

/// One finding for each relation that fails; of relations over the same numbers only the one that says most.
pub(super) fn relations(
    rules: &RuleSet,
    source: &Source,
    document: &Document,
    facts: &Facts,
    relations: &Relations,
) -> Vec<Finding> {
    let mut chosen: BTreeMap<&[NumberId], &Relation> = BTreeMap::new();
    let is_asked =
        |relation: &Relation| rules.surroundings[relation.formula].are_met(document, facts, &relation.numbers);
    for relation in relations.all.iter().filter(|relation| fails(relation.verdict) && is_asked(relation)) {
        let slot = chosen.entry(&relation.numbers).or_insert(relation);
        if specificity(rules, facts, relation) < specificity(rules, facts, slot) {
            *slot = relation;
        }
    }
    let suspects = Suspects::of(facts, rules.formulas(), relations);
    let judge = Judge { rules, source, facts, relations, suspects };
    chosen.into_values().filter_map(|relation| judge.finding(relation)).collect()
}

/// What says most comes first: a page about particular concepts, a page about claims, a page over concepts, a page about
/// claims whose figures stand in several places; then by id.
fn specificity<'a>(rules: &'a RuleSet, facts: &Facts, relation: &Relation) -> (u8, &'a str) {
    let formula = &rules.formulas[relation.formula];
    let rank = match relation.claim {
        Some(_) if formula.is_selective() => 0,
        Some(_) if is_together(facts, relation) => 1,
        Some(_) => 3,
        None => 2,
    };
    (rank, &rules.pages[formula.page].id)
}

/// Whether all figures stand in one paragraph or table.
fn is_together(facts: &Facts, relation: &Relation) -> bool {
    let mut blocks = relation.numbers.iter().map(|number| facts.number(*number).block);
    let first = blocks.next();
    blocks.all(|block| Some(block) == first)
}

struct Judge<'a> {
    rules: &'a RuleSet,
    source: &'a Source,
    facts: &'a Facts,
    relations: &'a Relations,
    suspects: Suspects<'a>,
}

impl Judge<'_> {
    fn finding(&self, relation: &Relation) -> Option<Finding> {
        let formula = &self.rules.formulas[relation.formula];
        let page = &self.rules.pages[formula.page];
        let arithmetic = self.relations.arithmetic(self.facts, formula, relation)?;
        let proof = arithmetic.proof(relation.verdict);
        let claim = relation.claim.map(|index| &self.facts.claims[index]);
        let template = &formula.requirements[relation.requirement].message;
        let message = render::message(template, formula, &arithmetic, claim, &proof.formula);
        let stated = arithmetic.stated().and_then(Operand::number);
        let culprit = self.suspects.culprit(relation, stated);
        let mut labels = labels(self.facts, formula, &arithmetic);
        let span = culprit.map(|culprit| self.facts.number(culprit.number).literal.span);
        let at = labels.iter().position(|label| Some(label.span) == span).unwrap_or(0);
        if labels.is_empty() {
            return None;
        }
        let primary = labels.remove(at);
        labels.sort();
        let suggestion = culprit.and_then(|culprit| self.suggestion(culprit, stated, &proof.formula));
        Some(Finding {
            rule: page.id.clone(),
            family: page.family,
            severity: severity(page, relation.verdict),
            confidence: self.confidence(page, relation),
            title: page.title.clone(),
            message,
            primary,
            related: labels,
            proof: Some(proof),
            suggestion,
        })
    }

    /// What the culprit would have to be. A figure that the relation does not state itself is mended only where more than
    /// this relation speaks for it: any operand could be bent to make one equation hold.
    fn suggestion(&self, culprit: Culprit, stated: Option<NumberId>, line: &str) -> Option<Suggestion> {
        if Some(culprit.number) != stated && !culprit.is_supported() {
            return None;
        }
        let literal = &self.facts.number(culprit.number).literal;
        let with = repair::printed(self.source, literal, culprit.value?);
        let reason = match culprit.gain {
            1.. => format!("按其余各数推算：{line}；改后另有{}处不符也随之消除", culprit.gain),
            _ if culprit.is_supported() => format!("按其余各数推算：{line}"),
            _ => format!("若其余各数无误：{line}"),
        };
        Some(Suggestion { with, reason })
    }

    /// Figures of one paragraph or table are surely about each other; figures of several only probably.
    fn confidence(&self, page: &Page, relation: &Relation) -> Confidence {
        match (relation.verdict, page.confidence) {
            (Verdict::Improbable, _) => Confidence::Low,
            (_, Some(confidence)) => confidence,
            (_, None) if relation.claim.is_some() || is_together(self.facts, relation) => Confidence::High,
            (_, None) => Confidence::Medium,
        }
    }
}

fn severity(page: &Page, verdict: Verdict) -> Severity {
    match verdict {
        Verdict::Improbable => page.severity.max(Severity::Warning),
        Verdict::Exact | Verdict::Rounding | Verdict::Broken | Verdict::Abstained => page.severity,
    }
}

/// A label for every operand, the stated one first, each place once.
fn labels(facts: &Facts, formula: &Formula, arithmetic: &Arithmetic) -> Vec<Label> {
    let mut labels: Vec<Label> = Vec::new();
    for term in arithmetic.terms() {
        for operand in arithmetic.operands(term) {
            let role = if operand.name.is_empty() { &formula.terms[term].word } else { &operand.name };
            let spans = match &operand.kind {
                OperandKind::Number(number) => vec![facts.number(*number).literal.span],
                OperandKind::Counted { items, .. } => items.clone(),
                OperandKind::Constant(_) => Vec::new(),
            };
            for span in spans {
                if labels.iter().all(|label| label.span != span) {
                    labels.push(Label { span, role: role.clone() });
                }
            }
        }
    }
    labels
}
