//! 按支出性质分，…；按功能分类，…: one whole divided in two ways.

use super::{Passage, breakdown, claim};
use crate::document::literal::Dimension;
use crate::document::{Hedge, Literal};
use crate::exact::Exact;
use crate::facts::closed::is_closed_set;
use crate::facts::slip::is_slipped_balance;
use crate::facts::{Claim, ClaimKind, Concept, NumberId, Operand, Period, Role, Scope, Stage};

/// How many blocks apart two divisions of one whole stand.
const NEAR: usize = 6;

/// A complete list that divides a total.
struct Division<'p> {
    block: usize,
    account: (Stage, Scope, Period),
    items: Vec<Operand>,
    literals: Vec<&'p Literal>,
    /// The total that the list itself ends with.
    total: Option<Operand>,
}

/// Claims that two divisions of one whole come to the same, where no total is printed for both.
pub(super) fn read(passages: &[Passage], claims: &mut Vec<Claim>) {
    let divisions: Vec<Division> = passages.iter().flat_map(|passage| divisions(passage, claims)).collect();
    for pair in divisions.windows(2) {
        let [one, other] = pair else { continue };
        if other.block - one.block <= NEAR && one.account == other.account {
            claims.extend(of_one_whole(one, other));
        }
    }
}

/// The divisions of a passage whose whole is not printed before them.
fn divisions<'p>(passage: &'p Passage, claims: &[Claim]) -> Vec<Division<'p>> {
    let has_whole = |number: NumberId| {
        let lists = claims.iter().filter(|claim| claim.kind == ClaimKind::Breakdown);
        let first = |claim: &Claim| claim.role(Role::Items).first().and_then(Operand::number);
        let mut own = lists.filter(|claim| first(claim) == Some(number));
        own.any(|claim| claim.role(Role::Total).iter().filter_map(Operand::number).any(|total| total < number))
    };
    let opens = |&at: &usize| {
        passage.is_level(at)
            && passage.dimension(at) == Dimension::Money
            && breakdown::opens_division(passage, at)
            && !has_whole(passage.mentions[at].number)
    };
    (0..passage.mentions.len()).filter(opens).filter_map(|at| division(passage, at)).collect()
}

fn division<'p>(passage: &'p Passage, at: usize) -> Option<Division<'p>> {
    let items = breakdown::listed(passage, at, None);
    let last = *items.last()?;
    let after = &passage.paragraph.flow.text()[passage.mentions[last].literal.range.end..];
    let exact = items.iter().all(|&i| passage.mentions[i].literal.hedge == Hedge::None);
    let total = (last + 1..passage.mentions.len())
        .take_while(|&i| passage.mentions[i].sentence == passage.mentions[last].sentence)
        .find(|&i| breakdown::trailing_total(passage, i).is_some_and(|of| of.ends_with(&items)));
    let concepts: Vec<Concept> =
        items.iter().filter_map(|&i| passage.keys[i].as_ref()).map(|key| key.concept).collect();
    let complete = items.len() >= 3 || is_closed_set(&concepts, "");
    let key = passage.keys[at].as_ref()?;
    (complete && exact && !after.starts_with('等')).then(|| Division {
        block: passage.block,
        account: (key.stage, key.scope, key.period),
        items: items.iter().map(|&i| passage.operand(i)).collect(),
        literals: items.iter().map(|&i| passage.mentions[i].literal).collect(),
        total: total.map(|i| passage.operand(i)),
    })
}

/// Two divisions that come to the same, or would but for a slip of the pen, or that stand in one paragraph with their totals.
fn of_one_whole(one: &Division, other: &Division) -> Option<Claim> {
    let subject = "两种分类".to_owned();
    if let (Some(first), Some(second)) = (&one.total, &other.total) {
        let name = |operand: &Operand| operand.clone().named("按不同分类的合计");
        let roles = vec![(Role::First, vec![name(second)]), (Role::Second, vec![name(first)])];
        return (one.block == other.block).then(|| claim(ClaimKind::Same, span(other), subject, roles));
    }
    let sum = |division: &Division| division.literals.iter().try_fold(Exact::ZERO, |sum, each| sum.plus(each.base()?));
    let told = sum(one)? == sum(other)? || is_slipped_balance(&one.literals, &other.literals);
    let roles = vec![(Role::Items, other.items.clone()), (Role::Others, one.items.clone())];
    told.then(|| claim(ClaimKind::Partitions, span(other), subject, roles))
}

fn span(division: &Division) -> crate::source::Span {
    let [first, .., last] = division.literals[..] else { return division.literals[0].span };
    first.span.cover(last.span)
}
