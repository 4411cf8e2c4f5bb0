//! One fact printed in several places.

use std::collections::{BTreeMap, BTreeSet};

use super::records::Records;
use super::slip::is_slip;
use super::{Claim, ClaimKind, Concept, Entity, Fact, Key, Measure, Number, NumberId, Operand, Period, Role, Stage};
use crate::document::literal::Dimension;
use crate::document::{Document, Hedge, Literal};
use crate::exact::Exact;
use crate::source::Span;

/// Claims that equal keys have equal numbers: each number against the one that most places print.
pub(super) fn read(document: &Document, facts: &[Fact], numbers: &[Number]) -> Vec<Claim> {
    let records = Records::new(document, facts, numbers);
    let mut groups: BTreeMap<&Key, Vec<&Fact>> = BTreeMap::new();
    for fact in facts.iter().filter(|fact| is_comparable(&fact.key)) {
        groups.entry(&fact.key).or_default().push(fact);
    }
    let mut claims = Vec::new();
    for (key, group) in groups {
        let group = distinct(&group, numbers);
        if group.len() >= 2 {
            pairs(key, &group, numbers, &records, &mut claims);
        }
    }
    near(facts, numbers, &mut claims);
    headed(facts, numbers, &mut claims);
    super::restated::read(facts, numbers, &mut claims);
    claims
}

/// A fact is looked for in the first of the places that may be about it, not in thousands.
const MOST_PLACES: usize = 200;

/// Facts whose keys differ only where one of them is less exact (口径 not stated, 预算 without saying which): related
/// where they agree, or where one looks like a slip for the other; else they may be different facts.
fn near(facts: &[Fact], numbers: &[Number], claims: &mut Vec<Claim>) {
    let literal = |fact: &Fact| &numbers[fact.number.0 as usize].literal;
    let mut groups: BTreeMap<(&str, Period), Vec<&Fact>> = BTreeMap::new();
    for fact in facts.iter().filter(|fact| is_near(&fact.key)) {
        let firsts = groups.entry((alias(fact), fact.key.period)).or_default();
        let related = firsts.iter().take(MOST_PLACES).find(|first| {
            first.key != fact.key
                && first.key.is_of_one_kind(&fact.key)
                && looser(&first.key, &fact.key)
                && literal(first).unit.dimension() == literal(fact).unit.dimension()
                && (literal(first).base() == literal(fact).base()
                    || first.key.scope == fact.key.scope && is_slip(literal(first), literal(fact)))
        });
        if let Some(first) = related {
            let operand = |fact: &Fact| Operand::of(fact.number).named(name(&fact.key, fact));
            let roles = vec![(Role::First, vec![operand(fact)]), (Role::Second, vec![operand(first)])];
            claims.push(Claim {
                kind: ClaimKind::Same,
                roles,
                span: literal(fact).span,
                subject: name(&fact.key, fact),
            });
        }
        firsts.push(fact);
    }
}

/// 基本支出情况 over 预算资金2,951.09万元: an amount that only its heading calls so, and that is the whole's all the same. Equal
/// figures tell it, or a slip between figures too long to be alike by chance.
fn headed(facts: &[Fact], numbers: &[Number], claims: &mut Vec<Claim>) {
    let literal = |fact: &Fact| &numbers[fact.number.0 as usize].literal;
    let of_unit = |fact: &&Fact| fact.key.entity == Entity::Unit && is_near(&fact.key) && fact.key.stage.is_budget();
    let by_heading = |fact: &&Fact| {
        let own = || super::label::Label::read(&fact.label, &[]).concept;
        matches!(fact.key.concept.0, "exp.basic" | "exp.project") && !fact.label.is_empty() && own().is_none()
    };
    let long = |literal: &Literal| literal.value.normal().mantissa().unsigned_abs() >= LONG;
    for fact in facts.iter().filter(of_unit).filter(by_heading) {
        let whole = facts.iter().filter(of_unit).find(|other| {
            let (own, other_literal) = (literal(fact), literal(other));
            other.key.concept.0 == "exp.total"
                && other.key.period == fact.key.period
                && other.key.stage.may_be(fact.key.stage)
                && own.unit.dimension() == other_literal.unit.dimension()
                && (own.base() == other_literal.base() || long(other_literal) && is_slip(own, other_literal))
        });
        let Some(whole) = whole else { continue };
        let roles = vec![
            (Role::First, vec![Operand::of(fact.number).named(fact.label.clone())]),
            (Role::Second, vec![Operand::of(whole.number).named(whole.label.clone())]),
        ];
        let span = literal(fact).span;
        claims.push(Claim { kind: ClaimKind::Same, roles, span, subject: fact.label.clone() });
    }
}

/// From here on a figure has five digits.
const LONG: u128 = 10_000;

/// Whether a key is enough for numbers that agree to be taken for one fact.
pub(super) fn is_near(key: &Key) -> bool {
    let named = match &key.entity {
        Entity::Unit => key.concept != Concept(""),
        Entity::Item(name) => !VAGUE.contains(&name.as_str()),
    };
    named && key.measure == Measure::Level && key.stage != Stage::Unstated && key.period != Period::Unstated
}

/// One name for a concept and for a project that is called like it: 公务用车运行维护费 and 公务用车运行维护费项目.
pub(super) fn alias(fact: &Fact) -> &str {
    match &fact.key.entity {
        Entity::Item(name) => name,
        Entity::Unit => super::lexicon().entry(fact.key.concept).map_or("", |entry| entry.normal_name),
    }
}

/// Whether two keys could be of one fact, were they stated in full.
pub(super) fn looser(a: &Key, b: &Key) -> bool {
    a.scope.may_be(b.scope) && a.stage.may_be(b.stage)
}

/// Names that mean something else in every place.
const VAGUE: &[&str] = &[
    "其他",
    "合计",
    "小计",
    "其中",
    "总计",
    "办公",
    "水",
    "电",
    "其它",
    "专项",
    "项目",
    "单位",
    "部门",
    "货物",
    "工程",
    "服务",
    super::prose::LISTED,
];

/// Whether a key is complete enough for its numbers to have to agree.
fn is_comparable(key: &Key) -> bool {
    let named = match &key.entity {
        Entity::Unit => key.concept != Concept(""),
        Entity::Item(name) => name.chars().count() >= 3 && !VAGUE.contains(&name.as_str()),
    };
    // A budget may be adjusted several times.
    let amount = key.measure == Measure::Level && !matches!(key.stage, Stage::Unstated | Stage::Adjustment);
    let rate = key.measure == Measure::Rate;
    let people = key.concept.0.starts_with("hc.");
    named && key.period != Period::Unstated && (amount || rate || people && key.measure == Measure::Level)
}

/// The facts of a group without those that are the same number, in order.
fn distinct<'f>(group: &[&'f Fact], numbers: &[Number]) -> Vec<&'f Fact> {
    let mut facts = group.to_vec();
    facts.sort_by_key(|fact| fact.number);
    facts.dedup_by_key(|fact| fact.number);
    let dimension = |fact: &Fact| numbers[fact.number.0 as usize].literal.unit.dimension();
    let Some(first) = facts.first().map(|fact| dimension(fact)) else { return facts };
    facts.retain(|fact| {
        dimension(fact) == first && matches!(first, Dimension::Money | Dimension::People | Dimension::Ratio)
    });
    facts
}

fn pairs<'f>(key: &'f Key, group: &[&Fact], numbers: &[Number], records: &Records<'f>, claims: &mut Vec<Claim>) {
    let value = |fact: &Fact| numbers[fact.number.0 as usize].literal.base();
    let model = most_printed(group, value);
    let literal = |fact: &Fact| &numbers[fact.number.0 as usize].literal;
    for fact in group.iter().filter(|fact| fact.number != model.number) {
        let place = |fact: &Fact| {
            let number = &numbers[fact.number.0 as usize];
            number.cell.map(|_| number.block)
        };
        // Two cells of one table stand in two columns or in two rows: they cannot be one fact.
        let same_table = place(fact).is_some() && place(fact) == place(model);
        let number = |fact: &Fact| &numbers[fact.number.0 as usize];
        let apart = same_table || records.tell_apart(key, number(fact), number(model));
        let meant = || {
            is_meant(key, literal(fact), literal(model))
                || is_outvoted(key, fact, model, group, numbers)
                || is_staff(key, fact, group, numbers)
        };
        if apart || !meant() {
            continue;
        }
        let operand = |fact: &Fact| Operand::of(fact.number).named(name(key, fact));
        let span = |id: NumberId| numbers[id.0 as usize].literal.span;
        let roles = vec![(Role::First, vec![operand(fact)]), (Role::Second, vec![operand(model)])];
        let span: Span = span(fact.number);
        claims.push(Claim { kind: ClaimKind::Same, roles, span, subject: name(key, fact) });
    }
}

/// Whether two numbers of one key are meant to be one: they agree, or differ as by a slip, or hardly at all. Others are
/// more likely two things that the text tells apart in words that were not understood.
fn is_meant(key: &Key, fact: &Literal, model: &Literal) -> bool {
    let (Some(a), Some(b)) = (fact.base(), model.base()) else { return false };
    let allowed = match &key.entity {
        Entity::Unit if fact.unit.dimension() == Dimension::People => Exact::new(15, 2),
        Entity::Unit => Exact::new(1, 2),
        Entity::Item(_) => Some(Exact::ZERO),
    };
    let near = || {
        let distance = a.minus(b)?.abs();
        Some(distance <= allowed?.times(a.abs().max(b.abs()))?)
    };
    a == b || is_slip(fact, model) || near().unwrap_or(false)
}

/// Whether a project's figure is printed otherwise in two more places of the text: its name says what is meant, where the
/// words for a whole unit may be of different money.
fn is_outvoted(key: &Key, fact: &Fact, model: &Fact, group: &[&Fact], numbers: &[Number]) -> bool {
    let number = |fact: &Fact| &numbers[fact.number.0 as usize];
    let base = |fact: &Fact| number(fact).literal.base();
    let of_project = matches!(key.entity, Entity::Item(_)) && key.measure == Measure::Level;
    if !of_project || number(fact).literal.hedge != Hedge::None {
        return false;
    }
    let told: Vec<&&Fact> = group.iter().filter(|fact| number(fact).cell.is_none()).collect();
    let alone = told.iter().filter(|other| base(other) == base(fact)).count() == 1;
    let agreeing: BTreeSet<usize> =
        told.iter().filter(|other| base(other) == base(model)).map(|other| number(other).block).collect();
    alone && agreeing.len() >= 2 && !agreeing.contains(&number(fact).block)
}

/// 编制 and 在职 of the whole unit, once in the text and once in a table: of nothing else.
fn is_staff(key: &Key, fact: &Fact, group: &[&Fact], numbers: &[Number]) -> bool {
    let of_unit = key.entity == Entity::Unit && matches!(key.concept.0, "hc.quota" | "hc.actual");
    let number = |fact: &Fact| &numbers[fact.number.0 as usize];
    let exact = number(fact).literal.hedge == Hedge::None;
    let cells = || group.iter().filter(|fact| number(fact).cell.is_some()).count();
    of_unit && exact && group.len() == 2 && cells() == 1
}

/// The fact whose value most places print; of two, the first.
fn most_printed<'f>(group: &[&'f Fact], value: impl Fn(&Fact) -> Option<Exact>) -> &'f Fact {
    let mut votes: BTreeMap<Option<Exact>, usize> = BTreeMap::new();
    for fact in group {
        *votes.entry(value(fact)).or_default() += 1;
    }
    let votes = |fact: &Fact| votes.get(&value(fact)).copied();
    let mut best = group[0];
    for fact in group {
        if votes(fact) > votes(best) {
            best = fact;
        }
    }
    best
}

pub(super) fn name(key: &Key, fact: &Fact) -> String {
    match &key.entity {
        Entity::Item(name) => name.clone(),
        Entity::Unit => {
            super::lexicon().entry(key.concept).map_or_else(|| fact.label.clone(), |entry| entry.name.to_owned())
        }
    }
}
