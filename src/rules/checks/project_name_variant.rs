//! 同一项目名称不一致: of two lists that agree for the rest, each has one name that the other has not, with one amount.

use std::collections::BTreeMap;

use super::{Context, Sink};
use crate::exact::Exact;
use crate::facts::alike::likeness;
use crate::facts::{Entity, Fact, Measure, Stage};
use crate::source::Span;

/// So many names that return with their amounts show that the lists are of the same projects.
const USUAL: usize = 3;
/// How much alike two names of one project are.
const ALIKE: usize = 40;
/// From here on they are the same but for a word.
const SAME: usize = 80;
/// How far from each other the figures of one list stand, in numbers.
const REACH: u32 = 40;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let spent: Vec<(&str, &Fact, Exact)> = context.facts.facts.iter().filter_map(|fact| spent(context, fact)).collect();
    let mut names: BTreeMap<&str, Vec<(&Fact, Exact)>> = BTreeMap::new();
    for (name, fact, amount) in &spent {
        names.entry(name).or_default().push((fact, *amount));
    }
    let twice: Vec<(&Fact, &Fact)> = names
        .values()
        .filter_map(|places| match places.as_slice() {
            [(first, one), (again, two)] if one == two => Some((*first, *again)),
            _ => None,
        })
        .collect();
    let once: Vec<(&str, &Fact, Exact)> = spent.iter().filter(|(name, ..)| names[name].len() == 1).copied().collect();
    for (at, (name, first, amount)) in once.iter().enumerate() {
        let mut same = once[at + 1..].iter().filter(|(_, _, other)| other == amount);
        let (Some((other, again, _)), None) = (same.next(), same.next()) else { continue };
        let unique = spent.iter().filter(|(_, _, each)| each == amount).count() == 2;
        let near = |a: &Fact, b: &Fact| a.number.0.abs_diff(b.number.0) <= REACH;
        let beside = twice.iter().filter(|(one, two)| near(one, first) && near(two, again)).count();
        // 政协等单位搬迁 for 解决政协等单位搬迁 is only shorter.
        let likeness = likeness(name, other);
        let other_words = (ALIKE..SAME).contains(&likeness) && !name.contains(other) && !other.contains(*name);
        if unique && beside >= USUAL && other_words {
            let (Some(here), Some(there)) = (printed(context, again, other), printed(context, first, name)) else {
                continue;
            };
            let message = format!("“{name}”与“{other}”金额相同，疑为同一项目的两种写法");
            sink.report(here, "另一处", message).with(there, "一处");
        }
    }
}

/// Where a name stands before its figure: in the same paragraph or in a heading before it.
fn printed(context: &Context, fact: &Fact, name: &str) -> Option<Span> {
    let number = context.facts.number(fact.number);
    (number.block.saturating_sub(3)..=number.block).rev().find_map(|block| {
        let paragraph = context.document.blocks[block].paragraph()?;
        let text = paragraph.flow.text();
        let end = if block == number.block { number.literal.range.start } else { text.len() };
        let at = text[..end].rfind(name)?;
        Some(paragraph.flow.span(at..at + name.len()))
    })
}

/// What was spent on a named thing, in running text.
fn spent<'c>(context: &Context, fact: &'c Fact) -> Option<(&'c str, &'c Fact, Exact)> {
    let Entity::Item(name) = &fact.key.entity else { return None };
    let number = context.facts.number(fact.number);
    let level = fact.key.measure == Measure::Level && fact.key.stage == Stage::Final && number.cell.is_none();
    let amount = number.literal.base().filter(|_| level && number.literal.unit.is_money())?;
    Some((name, fact, amount))
}
