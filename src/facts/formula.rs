//! What a number can be of others, told by the lines of a table or the sentences of a list that keep it.

use std::collections::BTreeSet;

use crate::document::Literal;
use crate::document::literal::Dimension;
use crate::exact::Exact;
use crate::facts::fit::{is_change, is_product, is_ratio, is_sum};
use crate::facts::slip::is_slipped_sum;
use crate::facts::{Claim, ClaimKind, NumberId, Operand, Role as Part};

/// A sum has at most so many parts.
const MOST_PARTS: usize = 9;
/// So many lines have to keep a formula; one more where how far off another is says nothing about a slip.
pub(super) const TELLING: usize = 3;

/// What earlier claims say: it is not said again.
pub(super) struct Known {
    /// The numbers that each relates.
    related: BTreeSet<Vec<NumberId>>,
    /// Those that are worked out from others.
    results: BTreeSet<NumberId>,
}

impl Known {
    pub(super) fn of(claims: &[Claim]) -> Known {
        let related = claims.iter().map(|claim| sorted(claim.numbers())).collect();
        Known { related, results: claims.iter().flat_map(Claim::worked_out).collect() }
    }

    /// Whether nothing was said of these numbers yet.
    pub(super) fn admits(&mut self, ids: Vec<NumberId>, worked_out: bool) -> bool {
        let result = ids.first().copied().filter(|_| worked_out);
        let new =
            result.is_none_or(|result| !self.results.contains(&result)) && self.related.insert(sorted(ids.into_iter()));
        self.results.extend(result.filter(|_| new));
        new
    }
}

fn sorted(ids: impl Iterator<Item = NumberId>) -> Vec<NumberId> {
    let mut ids: Vec<NumberId> = ids.collect();
    ids.sort_unstable();
    ids
}

/// A formula over fields, given by their places.
pub(super) enum Formula {
    /// A field beside those that it adds up.
    Sum { total: usize, parts: std::ops::Range<usize> },
    /// 节约额 = 概算投资 − 实际投资
    Difference { rest: usize, from: usize, less: usize },
    /// 期初, 入库, 出库, 期末 side by side
    Balance { opening: usize },
    /// 节约率 = 节约额 ÷ 概算投资
    Ratio { ratio: usize, part: usize, whole: usize },
    /// 增幅 = (本年 − 上年) ÷ 上年
    Growth { growth: usize, now: usize, then: usize },
    /// 亩均 = 金额 ÷ 面积
    Average { each: usize, amount: usize, count: usize },
    /// 金额 = 数量 × 单价
    Product { amount: usize, count: usize, each: usize },
}

impl Formula {
    /// The sums that a field can be: of those right before it or right after it, the shortest first. Of two after it only
    /// where it is called a total: else the last of the three is what is left.
    pub(super) fn sums(total: usize, count: usize, name: &str) -> Vec<Formula> {
        let called = name.is_empty() || ["合计", "小计", "总", "共"].iter().any(|word| name.contains(word));
        let before = (2..=MOST_PARTS.min(total)).map(|parts| total - parts..total);
        let least = if called { 2 } else { 3 };
        let after = (least..=MOST_PARTS.min(count - total - 1)).map(|parts| total + 1..total + 1 + parts);
        before.chain(after).map(|parts| Formula::Sum { total, parts }).collect()
    }

    /// What a field of this dimension can be of two others, by their names.
    pub(super) fn of_two<'n>(
        [target, a, b]: [usize; 3],
        dimension: Option<Dimension>,
        name: impl Fn(usize) -> &'n str,
    ) -> Vec<Formula> {
        if dimension == Some(Dimension::Ratio) {
            let ratio = Formula::Ratio { ratio: target, part: a, whole: b };
            return vec![ratio, Formula::Growth { growth: target, now: a, then: b }];
        }
        if ["均", "单位", "每"].iter().any(|word| name(target).contains(word)) {
            return vec![Formula::Average { each: target, amount: a, count: b }];
        }
        if ["单价", "标准", "每"].iter().any(|word| name(b).contains(word)) {
            return vec![Formula::Product { amount: target, count: a, each: b }];
        }
        let behind = target > a && target > b;
        behind.then_some(Formula::Difference { rest: target, from: a, less: b }).into_iter().collect()
    }

    /// Whether the first number is worked out from the others, and so from nothing else.
    pub(super) fn works_out(&self) -> bool {
        !matches!(self, Formula::Sum { .. })
    }

    /// The fields of the formula: first the one that is worked out from the others.
    pub(super) fn places(&self) -> Vec<usize> {
        match self {
            Formula::Sum { total, parts } => std::iter::once(*total).chain(parts.clone()).collect(),
            Formula::Difference { rest, from, less } => vec![*rest, *from, *less],
            Formula::Balance { opening } => vec![*opening + 3, *opening, *opening + 1, *opening + 2],
            Formula::Ratio { ratio, part, whole } => vec![*ratio, *part, *whole],
            Formula::Growth { growth, now, then } => vec![*growth, *now, *then],
            Formula::Average { each, amount, count } => vec![*each, *amount, *count],
            Formula::Product { amount, count, each } => vec![*amount, *count, *each],
        }
    }

    /// Whether numbers of such units can stand in the formula at all, with nothing divided by zero.
    pub(super) fn is_sensible(&self, numbers: &[&Literal]) -> bool {
        let dimension = |at: usize| numbers[at].unit.dimension();
        let alike = |from: usize| (from..numbers.len()).all(|at| dimension(at) == dimension(from));
        let amounts = |from: usize| alike(from) && !matches!(dimension(from), Dimension::Ratio | Dimension::MoneyRate);
        match self {
            Formula::Sum { .. } | Formula::Difference { .. } | Formula::Balance { .. } => amounts(0),
            Formula::Ratio { .. } | Formula::Growth { .. } => amounts(1) && !numbers[2].value.is_zero(),
            Formula::Average { .. } => {
                is_count(numbers[2]) && dimension(1) != Dimension::Ratio && !numbers[2].value.is_zero()
            }
            Formula::Product { .. } => {
                is_count(numbers[1]) && [0, 2].iter().all(|&at| dimension(at) != Dimension::Ratio)
            }
        }
    }

    /// Whether a line keeps the formula, but for rounding.
    pub(super) fn fits(&self, numbers: &[&Literal]) -> bool {
        match self {
            Formula::Sum { .. } => is_sum(numbers[0], numbers[1..].iter().copied()),
            Formula::Difference { .. } => is_sum(numbers[1], [numbers[0], numbers[2]]),
            Formula::Balance { .. } => left(numbers) == Some(Exact::ZERO),
            Formula::Ratio { .. } => is_ratio(numbers[1], numbers[2], numbers[0]),
            Formula::Growth { .. } => is_growth(numbers),
            Formula::Average { .. } => is_product(numbers[1], numbers[2], numbers[0]),
            Formula::Product { .. } => is_product(numbers[0], numbers[1], numbers[2]),
        }
    }

    /// Whether a line that keeps the formula is no coincidence.
    pub(super) fn is_telling(&self, numbers: &[&Literal]) -> bool {
        let filled = numbers.iter().all(|number| !number.value.is_zero());
        let long = || numbers.iter().any(|number| number.value.normal().mantissa().unsigned_abs() >= 100);
        let apart = || numbers[1].value != numbers[2].value;
        match self {
            Formula::Sum { .. } | Formula::Difference { .. } | Formula::Balance { .. } => filled && long(),
            Formula::Ratio { .. } | Formula::Growth { .. } => filled && apart() && long(),
            Formula::Average { .. } => filled && long() && numbers[2].value != Exact::ONE,
            Formula::Product { .. } => filled && long() && numbers[1].value != Exact::ONE,
        }
    }

    /// Whether lines, each the numbers in the formula's places, show that it is meant: at most one does not keep it.
    pub(super) fn is_kept<'l>(&self, lines: impl Iterator<Item = Vec<&'l Literal>>) -> bool {
        let (mut fitting, mut telling, mut broken) = (0, 0, None);
        for literals in lines {
            if !self.is_sensible(&literals) {
                return false;
            }
            if self.fits(&literals) {
                fitting += 1;
                telling += usize::from(self.is_telling(&literals));
            } else if broken.replace(literals).is_some() {
                return false;
            }
        }
        self.is_shown(fitting, telling, broken.as_deref())
    }

    /// Whether so many lines that keep the formula (`fitting`), of which so many say something, are enough; the one that
    /// does not keep it, if any, looks like a slip of the pen.
    fn is_shown(&self, fitting: usize, telling: usize, broken: Option<&[&Literal]>) -> bool {
        match self {
            Formula::Sum { .. } => telling >= TELLING && broken.is_none_or(|line| is_slipped_sum(line[0], &line[1..])),
            Formula::Difference { .. } => {
                telling >= TELLING && broken.is_none_or(|line| is_slipped_sum(line[1], &[line[0], line[2]]))
            }
            // A rate of 100 % says little, but does not contradict.
            Formula::Ratio { .. } => {
                (telling >= TELLING || telling + 1 >= TELLING && fitting > TELLING)
                    && (broken.is_none() || fitting > TELLING)
            }
            _ => telling >= TELLING && (broken.is_none() || telling > TELLING),
        }
    }

    /// The form and the roles of the formula over these operands, in the order of its places.
    /// A sum is of the kind `sum`.
    pub(super) fn claim(&self, sum: ClaimKind, operands: Vec<Operand>) -> (ClaimKind, Vec<(Part, Vec<Operand>)>) {
        let mut operands = operands.into_iter();
        let mut next = || operands.next().into_iter().collect::<Vec<_>>();
        let (kind, parts) = match self {
            Formula::Sum { .. } => return (sum, vec![(Part::Total, next()), (Part::Items, operands.collect())]),
            Formula::Balance { .. } => {
                let (closing, opening) = (next(), next());
                let (added, taken) = (next(), next().into_iter().map(|operand| Operand { negative: true, ..operand }));
                let flows = added.into_iter().chain(taken).collect();
                let roles = vec![(Part::Closing, closing), (Part::Opening, opening), (Part::Flows, flows)];
                return (ClaimKind::Balance, roles);
            }
            Formula::Difference { .. } => (ClaimKind::Difference, [Part::Change, Part::Current, Part::Previous]),
            Formula::Ratio { .. } => (ClaimKind::Completion, [Part::Rate, Part::Done, Part::Budget]),
            Formula::Growth { .. } => (ClaimKind::Change, [Part::Growth, Part::Current, Part::Previous]),
            Formula::Product { .. } => (ClaimKind::Product, [Part::Amount, Part::Quantity, Part::Price]),
            Formula::Average { .. } => (ClaimKind::Average, [Part::Average, Part::Amount, Part::Quantity]),
        };
        (kind, parts.map(|part| (part, next())).into())
    }
}

/// 面积, 人数, or a number of unknown unit: what an amount can be divided by.
fn is_count(number: &Literal) -> bool {
    !matches!(number.unit.dimension(), Dimension::Ratio | Dimension::Money | Dimension::MoneyRate)
}

/// What is missing to 期末 = 期初 + 入库 − 出库.
fn left(numbers: &[&Literal]) -> Option<Exact> {
    let value = |at: usize| numbers[at].base();
    value(1)?.plus(value(2)?)?.minus(value(3)?)?.minus(value(0)?)
}

fn is_growth(numbers: &[&Literal]) -> bool {
    let [growth, now, then] = numbers else { return false };
    let by = || {
        let change = now.value.minus(then.value)?;
        let down = change.is_negative();
        let change = Literal { value: change.abs(), ..(*now).clone() };
        let growth = Literal { value: growth.value.abs(), ..(*growth).clone() };
        Some(down == numbers[0].value.is_negative() && is_change(now, (&change, down), Some(then), Some(&growth)))
    };
    now.unit == then.unit && by().unwrap_or(false)
}
