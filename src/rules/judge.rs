//! Failing relations become findings, each with the title, family, severity and words of its page: one for each cause.

use std::collections::{BTreeMap, BTreeSet};

use super::shared::Shared;
use super::{Page, RuleSet, advice, render};
use crate::diagnosis::{Cause, Diagnosis};
use crate::document::Document;
use crate::facts::{Facts, NumberId, OperandKind};
use crate::finding::{Confidence, Finding, Label, Severity, Symptom, Verdict};
use crate::relations::{Formula, Operands, Relation, Relations};
use crate::source::Source;

/// One finding for each wrong figure, with what else it breaks as symptoms; one for each relation whose cause is not
/// known. Of relations over the same numbers only the one that says most is told.
pub(super) fn relations(
    rules: &RuleSet,
    source: &Source,
    document: &Document,
    facts: &Facts,
    relations: &Relations,
    shared: &Shared,
) -> Vec<Finding> {
    let mut chosen: BTreeMap<&[NumberId], usize> = BTreeMap::new();
    let is_asked =
        |relation: &Relation| rules.surroundings[relation.formula].are_met(shared, document, facts, &relation.numbers);
    let failing = relations.all.iter().enumerate().filter(|(_, relation)| relation.verdict.fails());
    for (index, relation) in failing.filter(|(_, relation)| is_asked(relation)) {
        let slot = chosen.entry(&relation.numbers).or_insert(index);
        if specificity(rules, facts, relation) < specificity(rules, facts, &relations.all[*slot]) {
            *slot = index;
        }
    }
    let diagnosis = Diagnosis::of(source, facts, rules.formulas(), relations, &is_asked);
    let judge = Judge { rules, source, facts, relations, diagnosis: &diagnosis };
    let mut told: BTreeMap<Option<NumberId>, Vec<usize>> = BTreeMap::new();
    for index in chosen.into_values() {
        let culprit = diagnosis.cause(index).filter(|cause| cause.is_certain()).map(|cause| cause.culprit);
        told.entry(culprit).or_default().push(index);
    }
    let alone = told.remove(&None).unwrap_or_default();
    let (tails, alone): (Vec<usize>, Vec<usize>) =
        alone.into_iter().partition(|index| relations.all[*index].rarity.is_some());
    let folded = told.into_values().filter_map(|group| judge.folded(group));
    alone.into_iter().filter_map(|index| judge.finding(index)).chain(folded).chain(judge.tails(tails)).collect()
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
    diagnosis: &'a Diagnosis,
}

impl Judge<'_> {
    fn formula(&self, relation: &Relation) -> &Formula {
        &self.rules.formulas[relation.formula]
    }

    fn page(&self, relation: &Relation) -> &Page {
        &self.rules.pages[self.formula(relation).page]
    }

    /// One finding for relations of one cause: the gravest speaks, best one that is about the culprit.
    fn folded(&self, mut group: Vec<usize>) -> Option<Finding> {
        let rank = |index: &usize| {
            let relation = &self.relations.all[*index];
            let culprit = self.diagnosis.cause(*index).map(|cause| cause.culprit);
            let own = relation.stated(self.formula(relation)) == culprit;
            let line = &self.formula(relation).requirements[relation.requirement];
            let quotient = line.right[relation.alternative].is_rounded_by_writers();
            let specificity = specificity(self.rules, self.facts, relation);
            (severity(self.page(relation), relation.verdict), !own, quotient, specificity, *index)
        };
        group.sort_by_key(rank);
        let mut findings = group.into_iter().filter_map(|index| self.finding(index));
        let mut head = findings.next()?;
        for other in findings {
            for label in std::iter::once(other.primary).chain(other.related) {
                if label.span != head.primary.span && head.related.iter().all(|each| each.span != label.span) {
                    head.related.push(label);
                }
            }
            let symptom = |proof| Symptom { rule: other.rule, message: other.message, proof };
            head.symptoms.extend(other.proof.map(symptom));
            head.confidence = head.confidence.min(other.confidence);
        }
        head.related.sort();
        Some(head)
    }

    /// Differences that rounding hardly leaves: one is a finding of its own, several are how the report rounds.
    fn tails(&self, group: Vec<usize>) -> Option<Finding> {
        let others = group.len().saturating_sub(1);
        let mut finding = self.folded(group)?;
        if others > 0 {
            finding.message += &format!("；另有{others}处这样的尾差");
            finding.severity = Severity::Info;
        }
        Some(finding)
    }

    fn finding(&self, index: usize) -> Option<Finding> {
        let relation = &self.relations.all[index];
        let formula = self.formula(relation);
        let page = self.page(relation);
        let arithmetic = self.relations.arithmetic(self.facts, formula, relation)?;
        let proof = arithmetic.proof(relation.verdict);
        let claim = relation.claim.map(|index| &self.facts.claims[index]);
        let template = &formula.requirements[relation.requirement].message;
        let mut message = render::message(template, formula, &arithmetic, claim, &proof.formula);
        if let Some(rarity) = relation.rarity {
            message += &format!("，各数分别四舍五入而差这么多的机会不到{}", one_in(rarity));
        }
        if self.diagnosis.is_unsearched(index) {
            message += "（互相牵连的关系太多，未能定位到哪一个数）";
        }
        let advice = self.advice(index, &proof.formula);
        // The stated figure first.
        let mut labels = labels(self.facts, formula, &relation.operands, &arithmetic.terms());
        let span = advice.culprit.map(|number| self.facts.number(number).literal.span);
        let at = labels.iter().position(|label| Some(label.span) == span).unwrap_or(0);
        if labels.is_empty() {
            return None;
        }
        let primary = labels.remove(at);
        labels.sort();
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
            suggestion: advice.suggestion,
            symptoms: Vec::new(),
        })
    }

    fn advice(&self, index: usize, line: &str) -> advice::Advice {
        let writer = advice::Writer { source: self.source, facts: self.facts };
        let cause = self.diagnosis.cause(index);
        let stated = self.relations.all[index].stated(self.formula(&self.relations.all[index]));
        let advice = match (cause, self.diagnosis.doubted(index)) {
            (Some(cause), _) if !cause.is_open() => writer.on_cause(cause),
            (cause, Some(doubted)) => {
                let ties = cause.map(Cause::candidates).unwrap_or_default();
                writer.on_doubt(doubted, stated == Some(doubted.number), &ties, line)
            }
            (_, None) => advice::Advice::default(),
        };
        writer.hinted(advice, self.diagnosis.hint(index))
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

/// One in ten to this power, in words.
fn one_in(power: u32) -> String {
    let tens = ["一", "十", "百", "千"][power as usize % 4];
    let myriads = ["", "万", "亿", "万亿"][(power as usize / 4).min(3)];
    let count = if tens == "一" && !myriads.is_empty() { "" } else { tens };
    format!("{count}{myriads}分之一")
}

fn severity(page: &Page, verdict: Verdict) -> Severity {
    match verdict {
        Verdict::Improbable => page.severity.max(Severity::Warning),
        Verdict::Exact | Verdict::Rounding | Verdict::Broken | Verdict::Abstained => page.severity,
    }
}

/// A label for every operand of some terms, in their order, each place once.
pub fn labels(facts: &Facts, formula: &Formula, operands: &Operands, terms: &[usize]) -> Vec<Label> {
    let (mut seen, mut labels) = (BTreeSet::new(), Vec::new());
    for &term in terms {
        for operand in &operands[term] {
            let role = if operand.name.is_empty() { &formula.terms[term].word } else { &operand.name };
            let spans = match &operand.kind {
                OperandKind::Number(id) => std::slice::from_ref(&facts.number(*id).literal.span),
                OperandKind::Counted { items, .. } => items,
                OperandKind::Constant(_) => &[],
            };
            let new = spans.iter().filter(|span| seen.insert(**span));
            labels.extend(new.map(|span| Label { span: *span, role: role.clone() }));
        }
    }
    labels
}

#[cfg(test)]
mod tests {
    use super::one_in;

    #[test]
    fn powers_of_ten_in_words() {
        assert_eq!([3, 4, 5, 9].map(one_in), ["千分之一", "万分之一", "十万分之一", "十亿分之一"]);
    }
}
