//! What may be added and compared: a relation between different dimensions does not exist.

use super::formula::Expr;
use crate::document::literal::Dimension;

/// The dimension of an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A constant of the page, or a product that no unit describes: fits everything.
    Any,
    /// Of one dimension.
    Of(Dimension),
    /// Computed by dividing like by like: a ratio, but not a number of percentage points.
    Quotient,
}

/// The dimension of `expr`, or `None` where it adds or compares what does not go together.
pub(super) fn kind<D>(expr: &Expr, operands: &impl Fn(usize) -> D) -> Option<Kind>
where
    D: IntoIterator<Item = Dimension>,
{
    Some(match expr {
        Expr::Constant(_) => Kind::Any,
        Expr::Count(_) => Kind::Of(Dimension::Count),
        Expr::Term(term) | Expr::Sum(term) => operands(*term).into_iter().map(Kind::Of).try_fold(Kind::Any, unify)?,
        Expr::Plus(a, b) | Expr::Minus(a, b) | Expr::Least(a, b) | Expr::Greatest(a, b) => {
            unify(kind(a, operands)?, kind(b, operands)?)?
        }
        Expr::Times(a, b) => product(kind(a, operands)?, kind(b, operands)?),
        Expr::Over(a, b) => quotient(kind(a, operands)?, kind(b, operands)?),
    })
}

/// Whether two expressions may be compared, given the dimensions of their terms; a term of none fits everything.
pub fn may_compare<D>(left: &Expr, right: &Expr, operands: &impl Fn(usize) -> D) -> bool
where
    D: IntoIterator<Item = Dimension>,
{
    let both = kind(left, operands).zip(kind(right, operands));
    both.is_some_and(|(left, right)| unify(left, right).is_some())
}

/// What both are, if they may be added or compared.
pub(super) fn unify(a: Kind, b: Kind) -> Option<Kind> {
    use Dimension::{Bare, Count, Money, MoneyRate, People, Ratio, RatioPoint, Score};
    match (a, b) {
        (Kind::Any, other) | (other, Kind::Any) => Some(other),
        (Kind::Quotient, Kind::Quotient | Kind::Of(Ratio)) | (Kind::Of(Ratio), Kind::Quotient) => Some(Kind::Quotient),
        (Kind::Quotient, Kind::Of(_)) | (Kind::Of(_), Kind::Quotient) => None,
        (Kind::Of(a), Kind::Of(b)) if a == b => Some(Kind::Of(a)),
        (Kind::Of(Bare), Kind::Of(other @ (Score | Count | People)))
        | (Kind::Of(other @ (Score | Count | People)), Kind::Of(Bare))
        | (Kind::Of(Count), Kind::Of(other @ People))
        | (Kind::Of(other @ People), Kind::Of(Count))
        | (Kind::Of(other @ Ratio), Kind::Of(RatioPoint))
        | (Kind::Of(RatioPoint), Kind::Of(other @ Ratio))
        | (Kind::Of(other @ Money), Kind::Of(MoneyRate))
        | (Kind::Of(MoneyRate), Kind::Of(other @ Money)) => Some(Kind::Of(other)),
        (Kind::Of(_), Kind::Of(_)) => None,
    }
}

fn product(a: Kind, b: Kind) -> Kind {
    use Dimension::{Bare, Count, Money, MoneyRate, People, Ratio};
    match (a, b) {
        (Kind::Quotient | Kind::Of(Ratio), other) | (other, Kind::Quotient | Kind::Of(Ratio)) => other,
        (Kind::Of(Bare), other) | (other, Kind::Of(Bare)) => other,
        (Kind::Of(Money | MoneyRate), Kind::Of(Count | People))
        | (Kind::Of(Count | People), Kind::Of(Money | MoneyRate)) => Kind::Of(Money),
        (Kind::Of(Count | People), Kind::Of(Count | People)) => Kind::Of(Count),
        (Kind::Any, _) | (_, Kind::Any) | (Kind::Of(_), Kind::Of(_)) => Kind::Any,
    }
}

fn quotient(a: Kind, b: Kind) -> Kind {
    match (a, b) {
        (a, Kind::Of(Dimension::Bare)) if a != Kind::Of(Dimension::Bare) => a,
        (a, b) if unify(a, b).is_some() => Kind::Quotient,
        (Kind::Of(Dimension::Money), Kind::Of(Dimension::Count | Dimension::People)) => Kind::Of(Dimension::Money),
        _ => Kind::Any,
    }
}
