//! Money that is carried over from one year to the next.

use std::collections::BTreeSet;

use super::slip::is_slipped_balance;
use super::{Claim, ClaimKind, Entity, Fact, Measure, Number, NumberId, Operand, Period, Role, Scope, Stage};
use crate::document::literal::Dimension;
use crate::document::{Document, Hedge, Literal};
use crate::exact::Exact;

/// What comes to a balance or leaves it beside income and spending.
const BESIDE: &[&str] =
    &["结余分配", "弥补", "收回", "上缴", "专用结余", "调出", "转出", "调整", "差错更正", "非财政拨款结余"];
/// How many blocks apart the figures of one balance stand.
const NEAR: usize = 3;

/// Claims that what was carried in is what the year before carried out, and that what was carried in and came in is what was
/// spent and carried out.
pub(super) fn read(document: &Document, facts: &[Fact], numbers: &[Number], claims: &mut Vec<Claim>) {
    let carried = facts.iter().filter(|fact| is_stated(fact, numbers) && fact.key.concept.0.starts_with("carry"));
    let (openings, closings): (Vec<&Fact>, Vec<&Fact>) =
        carried.filter(|fact| names_its_time(fact)).partition(|fact| fact.key.concept.0 == "carry.in");
    let reader = Reader { document, facts, numbers };
    reader.years(&openings, &closings, claims);
    let balances: Vec<Claim> = closings.iter().filter_map(|closing| reader.balance(&openings, closing)).collect();
    let known: BTreeSet<Vec<NumberId>> =
        claims.iter().filter(|claim| claim.kind == ClaimKind::Balance).map(sorted).collect();
    claims.extend(balances.into_iter().filter(|claim| !known.contains(&sorted(claim))));
}

fn sorted(claim: &Claim) -> Vec<NumberId> {
    let mut numbers: Vec<NumberId> = claim.numbers().collect();
    numbers.sort_unstable();
    numbers
}

/// An exact amount of the whole unit that was not merely planned.
fn is_stated(fact: &Fact, numbers: &[Number]) -> bool {
    let literal = &numbers[fact.number.0 as usize].literal;
    fact.key.entity == Entity::Unit
        && fact.key.measure == Measure::Level
        && fact.key.stage == Stage::Final
        && literal.unit.dimension() == Dimension::Money
        && literal.hedge == Hedge::None
}

/// 年初结转和结余, 2023年末结余; not 结余 of something else.
fn names_its_time(fact: &Fact) -> bool {
    let times: &[&str] = match fact.key.concept.0 {
        "carry.in" => &["年初", "期初", "上年"],
        _ => &["年末", "年终", "期末", "年底"],
    };
    let of_part = ["项目", "基本", "其中", "专项"].iter().any(|word| fact.label.contains(word));
    !of_part && times.iter().any(|time| fact.label.contains(time))
}

struct Reader<'a> {
    document: &'a Document,
    facts: &'a [Fact],
    numbers: &'a [Number],
}

impl<'a> Reader<'a> {
    fn literal(&self, fact: &Fact) -> &'a Literal {
        &self.numbers[fact.number.0 as usize].literal
    }

    fn block(&self, fact: &Fact) -> usize {
        self.numbers[fact.number.0 as usize].block
    }

    /// What was carried into each year beside what the year before carried out: the two that agree, or the only two.
    fn years(&self, openings: &[&'a Fact], closings: &[&'a Fact], claims: &mut Vec<Claim>) {
        let accounts: BTreeSet<(Scope, Period)> =
            openings.iter().map(|fact| (fact.key.scope, fact.key.period)).collect();
        for (scope, period) in accounts {
            let Period::Year(year) = period else { continue };
            let of = |facts: &[&'a Fact], period| -> Vec<&'a Fact> {
                let own = |fact: &&&'a Fact| (fact.key.scope, fact.key.period) == (scope, period);
                facts.iter().filter(own).copied().collect()
            };
            let opening = of(openings, period);
            let closing = of(closings, Period::Year(year - 1));
            let base = |fact: &Fact| self.literal(fact).base();
            let equal = opening
                .iter()
                .flat_map(|one| closing.iter().map(move |other| (*one, *other)))
                .find(|(one, other)| base(one) == base(other));
            let values = |facts: &[&Fact]| facts.iter().map(|fact| base(fact)).collect::<BTreeSet<_>>().len();
            let only = (values(&opening) == 1 && values(&closing) == 1).then(|| (opening[0], closing[0]));
            if let Some((opening, closing)) = equal.or(only) {
                claims.push(self.claim(ClaimKind::CarriedOver, opening, &[], closing));
            }
        }
    }

    /// Figures that stand near a closing balance and make it up, or would but for a slip of the pen.
    fn balance(&self, openings: &[&'a Fact], closing: &'a Fact) -> Option<Claim> {
        let beside = |fact: &&Fact| {
            self.block(fact).abs_diff(self.block(closing)) <= NEAR
                && (fact.key.scope, fact.key.period) == (closing.key.scope, closing.key.period)
                && self.in_text(fact)
        };
        let only = |mut found: Vec<&'a Fact>| {
            found.sort_by_key(|fact| self.block(fact).abs_diff(self.block(closing)));
            let values: BTreeSet<Option<Exact>> = found.iter().map(|fact| self.literal(fact).base()).collect();
            if values.len() == 1 { found.first().copied() } else { None }
        };
        let flow = |concepts: &[&str]| {
            let of = |fact: &&Fact| concepts.contains(&fact.key.concept.0) && is_stated(fact, self.numbers);
            only(self.facts.iter().filter(of).filter(beside).collect())
        };
        if !self.in_text(closing) {
            return None;
        }
        let opening = only(openings.iter().copied().filter(|fact| beside(fact)).collect())?;
        let (income, spending) = (flow(&["income.total"])?, flow(&["exp.total"])?);
        let [one, two, three, four] = [opening, income, spending, closing].map(|fact| self.literal(fact));
        let closes = one.base()?.plus(two.base()?)? == three.base()?.plus(four.base()?)?;
        let slips =
            || is_slipped_balance(&[one, two], &[three, four]) && !self.has_more(&[opening, income, spending, closing]);
        (closes || slips())
            .then(|| self.claim(ClaimKind::Balance, opening, &[(income, false), (spending, true)], closing))
    }

    fn in_text(&self, fact: &Fact) -> bool {
        self.numbers[fact.number.0 as usize].cell.is_none()
    }

    /// Whether the paragraphs speak of more than came in and was spent.
    fn has_more(&self, facts: &[&Fact]) -> bool {
        let texts = facts.iter().filter_map(|fact| self.document.blocks[self.block(fact)].paragraph());
        texts.into_iter().any(|paragraph| BESIDE.iter().any(|word| paragraph.flow.text().contains(word)))
    }

    fn claim(&self, kind: ClaimKind, opening: &Fact, flows: &[(&Fact, bool)], closing: &Fact) -> Claim {
        let named = |fact: &Fact| Operand::of(fact.number).named(super::label::trim_edges(&fact.label));
        let flows = flows.iter().map(|(fact, negative)| Operand { negative: *negative, ..named(fact) }).collect();
        let roles =
            vec![(Role::Opening, vec![named(opening)]), (Role::Flows, flows), (Role::Closing, vec![named(closing)])];
        let roles = roles.into_iter().filter(|(_, operands): &(Role, Vec<Operand>)| !operands.is_empty()).collect();
        Claim { kind, roles, span: self.literal(opening).span, subject: "结转".into() }
    }
}
