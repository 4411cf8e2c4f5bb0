//! Relations with their arithmetic and their operands.

use super::scores;
use crate::check::Audit;
use crate::finding::{Label, Verdict};
use crate::relations::{Arithmetic, Relation};
use crate::rules::{RuleSet, labels};

/// One relation of the report, and what it came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tested {
    /// The id of the rule page.
    pub rule: String,
    pub title: String,
    pub verdict: Verdict,
    /// It holds only where the stated figure was cut off instead of rounded.
    pub truncated: bool,
    /// The report itself relates the figures; otherwise a rule requires it.
    pub claimed: bool,
    /// `213.24 + 49.76 = 263.00`; empty where it was not judged.
    pub arithmetic: String,
    /// The stated figure and what the others come to; empty where it was not judged.
    pub stated: String,
    pub computed: String,
    /// What it is about, in the report's words; may be empty.
    pub subject: String,
    /// Why it was not judged.
    pub reason: Option<&'static str>,
    /// The stated figure first, then the others.
    pub labels: Vec<Label>,
}

/// Every relation of an audit, in the order of the text.
pub(super) fn read(audit: &Audit, rules: &RuleSet) -> Vec<Tested> {
    let relations = audit.relations.all.iter().map(|relation| one(audit, rules, relation));
    let mut tested: Vec<Tested> = relations.chain(scores::read(audit, rules)).collect();
    tested.sort_by(|a, b| place(a).cmp(&place(b)));
    tested
}

fn place(tested: &Tested) -> (&[Label], &str, &str) {
    (&tested.labels, &tested.rule, &tested.arithmetic)
}

fn one(audit: &Audit, rules: &RuleSet, relation: &Relation) -> Tested {
    let formula = &rules.formulas()[relation.formula];
    let page = &rules.pages()[formula.page];
    let claim = relation.claim.map(|index| &audit.facts.claims[index]);
    let judged = relation.verdict != Verdict::Abstained;
    let arithmetic = audit.relations.arithmetic(&audit.facts, formula, relation).filter(|_| judged);
    let proof = arithmetic.as_ref().map(|arithmetic| arithmetic.proof(relation.verdict));
    let (line, stated, computed) =
        proof.map_or_else(Default::default, |proof| (proof.formula, proof.stated, proof.computed));
    let all = || (0..formula.terms.len()).collect();
    let terms = arithmetic.as_ref().map_or_else(all, Arithmetic::terms);
    let mut labels = labels(&audit.facts, formula, &relation.operands, &terms);
    if labels.is_empty() {
        labels.extend(claim.map(|claim| Label { span: claim.span, role: claim.subject.clone() }));
    }
    Tested {
        rule: page.id.clone(),
        title: page.title.clone(),
        verdict: relation.verdict,
        truncated: relation.truncated,
        claimed: claim.is_some(),
        arithmetic: line,
        stated,
        computed,
        subject: claim.map_or(String::new(), |claim| claim.subject.clone()),
        reason: relation.reason,
        labels,
    }
}
