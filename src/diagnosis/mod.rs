//! Diagnosis: which figures are wrong, and what they should be.
//!
//! Numbers and relations form one graph. In each connected part of failing relations the cheapest explanation is sought:
//! a set of figures whose change lets the relations hold. Knows relations; does not know how a finding looks.

mod bench;
mod graph;
mod hints;
mod kind;
mod moves;
mod printed;
mod search;
mod slips;
mod surroundings;

use std::collections::{BTreeMap, BTreeSet};

pub use graph::{Constraint, Graph};
pub use hints::Hint;
pub use kind::{Repair, RepairKind};
pub use printed::printed;

use self::moves::{Move, Workshop};
use self::surroundings::Surroundings;
use crate::facts::{Facts, NumberId};
use crate::relations::{Formula, Relation, Relations};
use crate::source::Source;

/// What is wrong in a report.
#[derive(Clone, Debug, Default)]
pub struct Diagnosis {
    /// In the order of their culprits.
    pub causes: Vec<Cause>,
    /// The cause of each failing relation for which one was found.
    by_relation: BTreeMap<usize, usize>,
    /// For the other failing relations: the figure to doubt first.
    doubted: BTreeMap<usize, Doubted>,
    /// Failing relations that no slip of the pen explains: what else may have happened.
    hints: BTreeMap<usize, Hint>,
    /// Failing relations of parts that were too large to search.
    unsearched: BTreeSet<usize>,
}

/// A figure of a relation for which no cause stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Doubted {
    pub number: NumberId,
    /// What it would have to be if all others are right.
    pub asked_for: Option<Repair>,
}

/// One wrong figure, with everything that it breaks.
#[derive(Clone, Debug)]
pub struct Cause {
    pub culprit: NumberId,
    pub repair: Repair,
    /// Others that have to change with it.
    pub with: Vec<(NumberId, Repair)>,
    /// The failing relations that the repair mends.
    pub relations: Vec<usize>,
    /// How many different relations these are.
    pub mended: usize,
    /// Other figures whose repair explains the same just as well.
    pub ties: Vec<(NumberId, Repair)>,
}

impl Cause {
    /// Whether no other figure explains the same.
    pub fn is_certain(&self) -> bool {
        self.ties.is_empty()
    }

    /// Whether so many figures explain the same that none should be named.
    pub fn is_open(&self) -> bool {
        self.ties.len() > 1
    }

    /// The culprit and those that are as likely.
    pub fn candidates(&self) -> Vec<(NumberId, Repair)> {
        let mut all = vec![(self.culprit, self.repair)];
        all.extend(&self.ties);
        all
    }
}

/// Explanations that are less than this apart are about equally likely: a bit and a half.
const MARGIN: i32 = 15;

impl Diagnosis {
    /// Failing relations that are not `wanted` say nothing.
    pub fn of(
        source: &Source,
        facts: &Facts,
        formulas: &[Formula],
        relations: &Relations,
        wanted: &dyn Fn(&Relation) -> bool,
    ) -> Diagnosis {
        if !relations.all.iter().any(|relation| relation.verdict.fails()) {
            return Diagnosis::default();
        }
        let graph = Graph::of(facts, formulas, relations, wanted);
        let shop = Workshop { source, graph: &graph, surroundings: Surroundings::of(facts) };
        let parts = graph.parts();
        let mut diagnosis = Diagnosis::default();
        for part in &parts {
            match solve(&shop, part) {
                Some(causes) => diagnosis.causes.extend(causes),
                None => diagnosis.unsearched.extend(part.iter().flat_map(|index| &graph.constraints[*index].relations)),
            }
        }
        diagnosis.causes.sort_by_key(|cause| cause.culprit);
        let indexed = diagnosis.causes.iter().enumerate();
        let by_relation = indexed.flat_map(|(at, cause)| cause.relations.iter().map(move |each| (*each, at)));
        diagnosis.by_relation = by_relation.collect();
        let explained = |relation: usize| diagnosis.cause(relation).is_some_and(|cause| !cause.is_open());
        let doubted = parts.iter().flatten().flat_map(|constraint| doubted(&shop, *constraint, &explained));
        diagnosis.doubted = doubted.collect();
        let failing = parts.iter().flatten().flat_map(|index| &graph.constraints[*index].relations);
        let unexplained = failing.filter(|relation| !diagnosis.is_slip(**relation));
        let hint = |relation: &usize| Some((*relation, hints::hint(&graph, &shop.surroundings, *relation)?));
        diagnosis.hints = unexplained.filter_map(hint).collect();
        diagnosis
    }

    /// Whether slips of the pen explain a failing relation.
    fn is_slip(&self, relation: usize) -> bool {
        let typed = |(_, repair): &(NumberId, Repair)| repair.kind.is_typed();
        self.cause(relation).is_some_and(|cause| cause.candidates().iter().any(typed))
    }

    /// What else explains a failing relation that no slip of the pen does.
    pub fn hint(&self, relation: usize) -> Option<Hint> {
        self.hints.get(&relation).copied()
    }

    /// Whether so many relations fail together that no figure was looked for.
    pub fn is_unsearched(&self, relation: usize) -> bool {
        self.unsearched.contains(&relation)
    }

    /// The figure to doubt first in a failing relation, whatever the others say.
    pub fn doubted(&self, relation: usize) -> Option<Doubted> {
        self.doubted.get(&relation).copied()
    }

    /// The cause of a failing relation, where one was found.
    pub fn cause(&self, relation: usize) -> Option<&Cause> {
        self.by_relation.get(&relation).map(|at| &self.causes[*at])
    }
}

/// The causes of one part; `None` where looking for them would take too long.
fn solve(shop: &Workshop, part: &[usize]) -> Option<Vec<Cause>> {
    let moves = (part.len() <= search::MAX_PART).then(|| shop.moves(part))?;
    let chosen = search::cheapest(shop.graph, part, &moves)?;
    let mut open = part.to_vec();
    let mut causes = Vec::new();
    for index in chosen {
        let best = &moves[index];
        let own: Vec<usize> = open.iter().copied().filter(|each| best.mends.contains(each)).collect();
        open.retain(|each| !own.contains(each));
        if !own.is_empty() {
            causes.push(cause(shop.graph, best, &own, &moves));
        }
    }
    Some(causes)
}

fn cause(graph: &Graph, best: &Move, own: &[usize], moves: &[Move]) -> Cause {
    let gain = best.gain(graph);
    let ties = moves.iter().filter(|each| {
        // Two figures that change places are one explanation, whichever is named first.
        best.repairs.iter().all(|(number, _)| *number != each.culprit())
            && gain - each.gain(graph) < MARGIN
            && own.iter().all(|constraint| each.mends.contains(constraint))
    });
    let mut tied: Vec<(NumberId, Repair)> = Vec::new();
    for each in ties {
        if tied.iter().all(|(number, _)| *number != each.culprit()) {
            tied.push(each.repairs[0]);
        }
    }
    let (culprit, repair) = best.repairs[0];
    Cause {
        culprit,
        repair,
        with: best.repairs[1..].to_vec(),
        relations: own.iter().flat_map(|index| graph.constraints[*index].relations.iter().copied()).collect(),
        mended: own.len(),
        ties: tied,
    }
}

/// For each relation of a failing constraint that is not `explained`, the stated figure, or the only one that nothing else
/// confirms.
fn doubted(shop: &Workshop, index: usize, explained: &dyn Fn(usize) -> bool) -> Vec<(usize, Doubted)> {
    let graph = shop.graph;
    let constraint = &graph.constraints[index];
    let mut unconfirmed = constraint.numbers.iter().filter(|number| !graph.is_confirmed(**number));
    let only = unconfirmed.next().filter(|_| unconfirmed.next().is_none()).copied();
    let of_relation = |relation: &usize| {
        let stated = graph.stated(*relation)?;
        let number = if graph.is_confirmed(stated) { only.unwrap_or(stated) } else { stated };
        Some((*relation, Doubted { number, asked_for: shop.asked_for(index, *relation, number) }))
    };
    constraint.relations.iter().filter(|relation| !explained(**relation)).filter_map(of_relation).collect()
}
