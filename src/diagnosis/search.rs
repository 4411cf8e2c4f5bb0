//! The cheapest set of moves for one connected part, by branch and bound.

use std::collections::BTreeSet;

use super::graph::Graph;
use super::moves::{Move, broken, left};
use crate::facts::NumberId;
use crate::relations::Change;

/// At most this many sets of moves are looked at in one part. Parts of real reports need a few dozen.
const MAX_NODES: usize = 20_000;

/// A part of more failing relations than this is not searched: something larger went wrong than a slip.
pub(super) const MAX_PART: usize = 400;

/// The cheapest moves of a part of at most [`MAX_PART`] relations, as indices; `None` where the search was too long to be
/// sure.
pub(super) fn cheapest(graph: &Graph, part: &[usize], moves: &[Move]) -> Option<Vec<usize>> {
    let shares = part.iter().map(|constraint| share(graph, moves, *constraint)).collect();
    let all: i32 = part.iter().map(|index| left(graph.constraints[*index].strength)).sum();
    let mut search = Search { graph, part, moves, shares, best: (all, Vec::new()), nodes: 0 };
    let failing = part.iter().copied().collect();
    search.visit(&Node { cost: 0, chosen: Vec::new(), failing, broken: BTreeSet::new() }, 0);
    (search.nodes < MAX_NODES).then_some(search.best.1)
}

/// The least that a constraint costs, whatever is done about it: a move's cost, shared among all that it mends.
fn share(graph: &Graph, moves: &[Move], constraint: usize) -> i32 {
    let shares = moves.iter().filter(|each| each.mends.contains(&constraint));
    let shares = shares.map(|each| each.cost / each.mends.len() as i32);
    shares.min().unwrap_or(i32::MAX).min(left(graph.constraints[constraint].strength))
}

struct Search<'s, 'a> {
    graph: &'s Graph<'a>,
    part: &'s [usize],
    moves: &'s [Move],
    /// By position in the part.
    shares: Vec<i32>,
    best: (i32, Vec<usize>),
    nodes: usize,
}

/// Some moves, what they cost with what they break, and which constraints of the part still fail.
#[derive(Clone)]
struct Node {
    cost: i32,
    chosen: Vec<usize>,
    failing: BTreeSet<usize>,
    /// Constraints that hold in the report, or held after an earlier move, and now do not.
    broken: BTreeSet<usize>,
}

impl Search<'_, '_> {
    /// Decides about the part's constraints from position `at` on.
    fn visit(&mut self, node: &Node, at: usize) {
        self.nodes += 1;
        if self.nodes >= MAX_NODES || node.cost + self.least(node, at) >= self.best.0 {
            return;
        }
        let Some(next) = (at..self.part.len()).find(|at| node.failing.contains(&self.part[*at])) else {
            self.best = (node.cost, node.chosen.clone());
            return;
        };
        let constraint = self.part[next];
        for (index, each) in self.moves.iter().enumerate() {
            if each.mends.contains(&constraint) && self.is_free(node, each) {
                let after = self.with(node, index);
                self.visit(&after, next + 1);
            }
        }
        let mut after = node.clone();
        after.cost += left(self.graph.constraints[constraint].strength);
        self.visit(&after, next + 1);
    }

    /// What the rest costs at least.
    fn least(&self, node: &Node, at: usize) -> i32 {
        let open = (at..self.part.len()).filter(|at| node.failing.contains(&self.part[*at]));
        open.map(|at| self.shares[at]).sum()
    }

    /// Whether the numbers of a move are still as printed.
    fn is_free(&self, node: &Node, each: &Move) -> bool {
        let changed = |number: NumberId| {
            let chosen = node.chosen.iter().flat_map(|index| &self.moves[*index].repairs);
            chosen.into_iter().any(|(id, _)| *id == number)
        };
        !each.repairs.iter().any(|(number, _)| changed(*number))
    }

    /// One move more. Constraints that several moves touch are judged anew under all of them.
    fn with(&self, node: &Node, index: usize) -> Node {
        let each = &self.moves[index];
        let mut after = node.clone();
        after.chosen.push(index);
        after.cost += each.cost;
        let changes: Vec<Change> = after.chosen.iter().flat_map(|index| self.moves[*index].changes()).collect();
        let earlier = &changes[..changes.len() - each.repairs.len()];
        let is_shared = |constraint: usize| {
            let numbers = &self.graph.constraints[constraint].numbers;
            earlier.iter().any(|(number, _)| numbers.contains(number))
        };
        for constraint in self.graph.touched(each.changes().map(|(number, _)| number)) {
            let held = !after.failing.contains(&constraint) && !after.broken.contains(&constraint);
            let holds = match is_shared(constraint) {
                true => self.graph.holds_if(constraint, &changes),
                false => each.mends.contains(&constraint) || held && !each.breaks.contains(&constraint),
            };
            if holds {
                after.failing.remove(&constraint);
                after.cost -= if after.broken.remove(&constraint) { self.price(constraint) } else { 0 };
            } else if held {
                after.broken.insert(constraint);
                after.cost += self.price(constraint);
            }
        }
        after
    }

    /// What it costs that a constraint does not hold in the end.
    fn price(&self, constraint: usize) -> i32 {
        let constraint = &self.graph.constraints[constraint];
        if constraint.fails { left(constraint.strength) } else { broken(constraint.strength) }
    }
}
