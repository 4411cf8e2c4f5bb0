//! Formulas over concepts: 应 执行率 = 执行数 / 全年预算数.
//!
//! The keys that a term does not fix must be equal for all terms that leave them free, as XBRL formulas align facts; so
//! one line applies to every project, table and year.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::formula::{Formula, Over, TermKind};
use super::{Evaluator, Operands, Relation};
use crate::facts::{Concept, Entity, Fact, Facts, Measure, NumberId, Operand, Period, Scope, Stage};
use crate::finding::Verdict;

/// At most this many choices of equally keyed facts are tried for one set of keys; more would be a report that repeats one
/// fact with many different values, which is another rule's business.
const MAX_CHOICES: usize = 64;

/// Facts for the terms of one 应 line, by term.
type Choice<'a> = Vec<(usize, &'a Fact)>;

/// Judges every set of aligned facts.
pub(super) fn evaluate(evaluator: &Evaluator) -> Vec<Relation> {
    let mut by_concept: BTreeMap<Concept, Vec<&Fact>> = BTreeMap::new();
    for fact in &evaluator.facts.facts {
        by_concept.entry(fact.key.concept).or_default().push(fact);
    }
    let formulas = evaluator.formulas.iter().enumerate().filter(|(_, formula)| formula.over == Over::Concepts);
    formulas
        .flat_map(|(index, formula)| Aligner { evaluator, index, formula, by_concept: &by_concept }.relations())
        .collect()
}

struct Aligner<'a> {
    evaluator: &'a Evaluator<'a>,
    index: usize,
    formula: &'a Formula,
    by_concept: &'a BTreeMap<Concept, Vec<&'a Fact>>,
}

/// The keys that the terms of a formula share; `None` where no term has set them yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Shared<'a> {
    entity: Option<&'a Entity>,
    concept: Option<Concept>,
    scope: Option<Scope>,
    stage: Option<Stage>,
    period: Option<Period>,
}

impl<'a> Aligner<'a> {
    /// One relation for each 应 line and set of shared keys: of its right-hand sides and of the facts with equal keys, the
    /// best. Only the first right-hand side can be broken; the others are excuses. A rate may well be on a base that the
    /// report does not print.
    fn relations(&self) -> Vec<Relation> {
        let mut best: BTreeMap<(usize, Shared), Relation> = BTreeMap::new();
        for (requirement, line) in self.formula.requirements.iter().enumerate() {
            for alternative in 0..line.right.len() {
                for (shared, choices) in self.groups(&line.terms(alternative)) {
                    let Some(relation) = self.best(requirement, choices) else { continue };
                    let holds = relation.verdict.holds();
                    match best.get_mut(&(requirement, shared)) {
                        Some(each) if rank(&relation) < rank(each) => *each = relation,
                        Some(_) => {}
                        None if alternative == 0 || holds => {
                            best.insert((requirement, shared), relation);
                        }
                        None => {}
                    }
                }
            }
        }
        best.into_values().collect()
    }

    /// Every way to bind the terms, by the keys that they share.
    fn groups(&self, terms: &[usize]) -> BTreeMap<Shared<'a>, Vec<Choice<'a>>> {
        let mut candidates: Vec<(usize, Vec<&'a Fact>)> =
            terms.iter().map(|term| (*term, self.candidates(*term))).collect();
        candidates.sort_by_key(|(_, facts)| facts.len());
        let mut partial: Vec<(Shared, Choice)> = vec![(Shared::default(), Vec::new())];
        for (term, facts) in &candidates {
            let mut next = Vec::new();
            for (shared, choice) in &partial {
                let joined = facts.iter().filter_map(|fact| Some((self.join(shared, *term, fact)?, *fact)));
                next.extend(joined.map(|(shared, fact)| {
                    let mut choice = choice.clone();
                    choice.push((*term, fact));
                    (shared, choice)
                }));
            }
            partial = thinned(next);
        }
        let mut groups: BTreeMap<Shared, Vec<Choice>> = BTreeMap::new();
        for (shared, choice) in partial {
            groups.entry(shared).or_default().push(choice);
        }
        groups
    }

    /// The facts that a term can stand for.
    fn candidates(&self, term: usize) -> Vec<&'a Fact> {
        let TermKind::Fact { concept, stage, measure } = self.formula.terms[term].kind else { return Vec::new() };
        let fits = |fact: &&&Fact| fact.key.measure == measure && stage.is_none_or(|stage| fact.key.stage == stage);
        let of = |facts: &'a Vec<&'a Fact>| facts.iter().filter(fits).copied();
        match concept {
            Some(concept) => self.by_concept.get(&concept).into_iter().flat_map(of).collect(),
            None => self.by_concept.values().flat_map(of).filter(|fact| is_named(fact)).collect(),
        }
    }

    /// The shared keys with one more fact, or `None` where it does not fit them.
    fn join(&self, shared: &Shared<'a>, term: usize, fact: &'a Fact) -> Option<Shared<'a>> {
        fn agree<T: PartialEq>(slot: &mut Option<T>, value: T) -> Option<()> {
            match slot {
                Some(each) => (*each == value).then_some(()),
                None => {
                    *slot = Some(value);
                    Some(())
                }
            }
        }
        let TermKind::Fact { concept, stage, measure } = self.formula.terms[term].kind else { return None };
        let mut joined = *shared;
        let key = &fact.key;
        agree(&mut joined.entity, &key.entity)?;
        agree(&mut joined.scope, key.scope)?;
        agree(&mut joined.period, key.period)?;
        if concept.is_none() {
            agree(&mut joined.concept, key.concept)?;
        }
        // A rate belongs to no stage of its own: its operands' stages are what counts.
        if stage.is_none() && measure == Measure::Level {
            agree(&mut joined.stage, key.stage)?;
        }
        Some(joined)
    }

    /// The best relation over the choices of one group: one that holds, else the one whose facts stand nearest together.
    fn best(&self, requirement: usize, mut choices: Vec<Choice<'a>>) -> Option<Relation> {
        choices.sort_by_cached_key(|choice| spread(self.evaluator.facts, choice));
        let mut best: Option<Relation> = None;
        for choice in choices {
            let mut operands: Operands = vec![Vec::new(); self.formula.terms.len()];
            for (term, fact) in &choice {
                operands[*term] = vec![Operand::of(fact.number).named(fact.label.clone())];
            }
            let relation = self.evaluator.relation(self.index, requirement, None, &Arc::new(operands))?;
            let holds = relation.verdict.holds();
            if best.as_ref().is_none_or(|best| rank(&relation) < rank(best)) {
                best = Some(relation);
            }
            if holds {
                break;
            }
        }
        best
    }
}

/// A number of the whole unit that no word of the lexicon names could be anything; a number of a named item needs no
/// concept.
fn is_named(fact: &Fact) -> bool {
    !fact.key.concept.0.is_empty() || matches!(fact.key.entity, Entity::Item(_))
}

/// At most [`MAX_CHOICES`] choices for each set of keys are kept, in the order of the report, so that a number repeated in
/// many places does not multiply.
fn thinned<'a>(choices: Vec<(Shared<'a>, Choice<'a>)>) -> Vec<(Shared<'a>, Choice<'a>)> {
    let mut counts: BTreeMap<Shared, usize> = BTreeMap::new();
    let mut kept = Vec::with_capacity(choices.len());
    for (shared, choice) in choices {
        let count = counts.entry(shared).or_default();
        *count += 1;
        if *count <= MAX_CHOICES {
            kept.push((shared, choice));
        }
    }
    kept
}

fn rank(relation: &Relation) -> u8 {
    match relation.verdict {
        Verdict::Exact => 0,
        Verdict::Rounding => 1,
        Verdict::Improbable => 2,
        Verdict::Broken => 3,
        Verdict::Abstained => 4,
    }
}

/// How far apart the facts of a choice stand: in how many blocks, then over how many numbers.
fn spread(facts: &Facts, choice: &Choice) -> (usize, u32) {
    let ids = || choice.iter().map(|(_, fact)| fact.number);
    let mut blocks: Vec<usize> = ids().map(|id| facts.number(id).block).collect();
    blocks.sort_unstable();
    blocks.dedup();
    let (first, last) = (ids().min().unwrap_or(NumberId(0)), ids().max().unwrap_or(NumberId(0)));
    (blocks.len(), last.0 - first.0)
}
