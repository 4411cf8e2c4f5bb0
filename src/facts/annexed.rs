//! Projects that the report lists and that forms of their own tell of once more: 预算数, 执行数 and 得分 are the same.

use std::collections::{BTreeMap, BTreeSet};

use super::form::{AmountRow, Form};
use super::label::Label;
use super::slip::is_slip;
use super::{Claim, ClaimKind, Concept, Entity, Fact, Measure, Number, NumberId, Operand, Role, Scope, Stage};
use crate::document::{Hedge, Literal};

/// A figure of a list and that of the form which it is of.
#[derive(Clone, Copy, Debug)]
struct Pair<'f> {
    listed: &'f Fact,
    form: NumberId,
    agreement: Agreement,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Agreement {
    Equal,
    /// But for how they are rounded.
    Near,
    Apart,
}

/// Claims that a list says of a project what its form says. Figures of one list speak for each other: where most of them are
/// those of the forms, the others are meant to be; where few are, the list is of other money or of another time.
pub(super) fn read(facts: &[Fact], numbers: &[Number], forms: &[Form], claims: &mut Vec<Claim>) {
    let forms = of_one_form(forms);
    let mut lists: BTreeMap<(Option<usize>, Measure), Vec<Pair>> = BTreeMap::new();
    for fact in facts {
        let Some(pair) = pair(fact, facts, numbers, &forms) else { continue };
        let number = &numbers[fact.number.0 as usize];
        lists.entry((number.cell.map(|_| number.block), fact.key.measure)).or_default().push(pair);
    }
    let known: BTreeSet<[NumberId; 2]> = claims.iter().filter_map(ends).collect();
    for pairs in lists.values() {
        let agreeing = pairs.iter().filter(|pair| pair.agreement != Agreement::Apart).count();
        let borne_out = agreeing > 0 && agreeing * 2 >= pairs.len();
        let literal = |id: NumberId| &numbers[id.0 as usize].literal;
        // 98 is not a slip for 9.8: a list may give the points of something else.
        let slipped = |pair: &Pair| {
            pair.listed.key.measure == Measure::Level && is_slip(literal(pair.listed.number), literal(pair.form))
        };
        let meant = |pair: &&Pair| match pair.agreement {
            Agreement::Equal => true,
            Agreement::Near => false,
            Agreement::Apart => borne_out || slipped(pair),
        };
        let told = pairs.iter().filter(meant).map(|pair| claim(pair, numbers));
        claims.extend(told.filter(|claim| ends(claim).is_some_and(|ends| !known.contains(&ends))));
    }
}

/// The forms of projects that have one only.
fn of_one_form(forms: &[Form]) -> BTreeMap<&str, &Form> {
    let mut named: BTreeMap<&str, Option<&Form>> = BTreeMap::new();
    for form in forms {
        if let Entity::Item(name) = &form.entity {
            named.entry(name).and_modify(|only| *only = None).or_insert(Some(form));
        }
    }
    named.into_iter().filter_map(|(name, form)| Some((name, form?))).collect()
}

/// What a fact of a project is in its form.
fn pair<'f>(fact: &'f Fact, facts: &[Fact], numbers: &[Number], forms: &BTreeMap<&str, &Form>) -> Option<Pair<'f>> {
    let Entity::Item(name) = &fact.key.entity else { return None };
    let form = *forms.get(name.as_str())?;
    let number = &numbers[fact.number.0 as usize];
    let outside = number.block != form.block && fact.key.concept == Concept("");
    if !outside || !is_of_whole(fact, name, number) {
        return None;
    }
    let base = |id: NumberId| numbers[id.0 as usize].literal.base();
    let twin = match fact.key.measure {
        Measure::Level => planned_or_spent(form.total_row()?, fact.key.stage, |id| base(id) == number.literal.base()),
        Measure::Score if number.cell.is_some() => form.total.score,
        _ => None,
    }?;
    let own = |id: NumberId| facts.binary_search_by_key(&id, |fact| fact.number).ok().map(|at| &facts[at].key);
    let literal = &numbers[twin.0 as usize].literal;
    let same_kind = own(twin).is_some_and(|key| key.period == fact.key.period)
        && literal.unit.dimension() == number.literal.unit.dimension()
        && [literal, &number.literal].iter().all(|literal| literal.hedge == Hedge::None);
    same_kind.then(|| Pair { listed: fact, form: twin, agreement: agreement(&number.literal, literal) })
}

/// Whether a fact is of all of a project's money, or of its score.
fn is_of_whole(fact: &Fact, name: &str, number: &Number) -> bool {
    let scope = fact.key.scope;
    let scoped = !matches!(scope, Scope::Unstated | Scope::All) && scope != scope.inherited();
    let others = ["部门评价", "财政", "复核", "抽查", "复评", "执行率", "上年"];
    let said = match number.cell {
        Some(_) => !others.iter().any(|word| fact.label.contains(word)),
        None => fact.label.contains(name) || Label::read(&fact.label, &[]).is_bare(),
    };
    said && !scoped
}

/// The amount of a form at a stage. 预算 without saying which is any of the form's budgets, where they agree or one is meant.
fn planned_or_spent(row: &AmountRow, stage: Stage, is_equal: impl Fn(NumberId) -> bool) -> Option<NumberId> {
    let at = |stage: Stage| row.at(stage).and_then(|cell| cell.number);
    match stage {
        Stage::Initial | Stage::Adjusted | Stage::Final => at(stage),
        Stage::Budget => {
            let budgets: Vec<NumberId> =
                [Stage::Adjusted, Stage::Budget, Stage::Initial].into_iter().filter_map(at).collect();
            let equal = budgets.iter().copied().find(|id| is_equal(*id));
            equal.or_else(|| if let [only] = budgets[..] { Some(only) } else { None })
        }
        Stage::Unstated | Stage::Adjustment | Stage::Arrived | Stage::CarriedIn | Stage::CarriedOut => None,
    }
}

fn agreement(a: &Literal, b: &Literal) -> Agreement {
    if a.base() == b.base() {
        Agreement::Equal
    } else if a.loose().zip(b.loose()).is_none_or(|(a, b)| a.meets(&b)) {
        Agreement::Near
    } else {
        Agreement::Apart
    }
}

fn claim(pair: &Pair, numbers: &[Number]) -> Claim {
    let fact = pair.listed;
    let own = |name: &str| fact.label.contains(name);
    let name = match &fact.key.entity {
        Entity::Item(name) if !own(name) => format!("{name}{}", fact.label),
        Entity::Item(_) | Entity::Unit => fact.label.clone(),
    };
    let kind = if fact.key.measure == Measure::Score { ClaimKind::ProseScore } else { ClaimKind::Same };
    let operand = |id: NumberId| Operand::of(id).named(name.clone());
    let roles = vec![(Role::First, vec![operand(fact.number)]), (Role::Second, vec![operand(pair.form)])];
    Claim { kind, roles, span: numbers[fact.number.0 as usize].literal.span, subject: name.clone() }
}

/// The two numbers of a claim that they are one, in order.
fn ends(claim: &Claim) -> Option<[NumberId; 2]> {
    let mut ends = claim.numbers();
    let (one, two) = (ends.next()?, ends.next()?);
    let only = matches!(claim.kind, ClaimKind::Same | ClaimKind::ProseScore) && ends.next().is_none();
    only.then(|| [one.min(two), one.max(two)])
}
