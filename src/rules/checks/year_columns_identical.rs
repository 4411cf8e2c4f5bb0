//! 本年数与上年数逐行相同: the columns of two years hold the same amounts in every row.

use super::{Context, Sink};
use crate::facts::form::{AmountCell, Form};
use crate::facts::{NumberId, Period};

/// Fewer amounts may be equal by accident.
const FEWEST: usize = 5;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    for form in &context.facts.forms {
        check_form(context, form, sink);
    }
}

fn check_form(context: &Context, form: &Form, sink: &mut Sink) {
    let literal = |id: NumberId| &context.facts.number(id).literal;
    let mut same: Vec<(NumberId, NumberId)> = Vec::new();
    let mut broken = 0;
    for row in &form.amounts {
        let Some((one, other)) = two_years(&row.cells) else { continue };
        if literal(one).value.is_zero() && literal(other).value.is_zero() {
            continue;
        }
        // A sum of equal rows is equal too, and round amounts are set alike every year.
        broken += usize::from(!literal(one).value.is_integer());
        if literal(one).value != literal(other).value {
            return;
        }
        same.push((one, other));
    }
    let (Some(&(_, second)), true) = (same.first(), broken >= FEWEST) else { return };
    let message = format!("两个年度的{}个金额逐行相同，疑为照抄上年", same.len());
    sink.report(literal(second).span, "逐行相同的一列", message)
        .with_all(same[1..].iter().map(|(_, other)| literal(*other).span), "逐行相同的一列")
        .with_all(same.iter().map(|(one, _)| literal(*one).span), "另一列");
}

/// The only two amounts of a row that are of one stage and of two years.
fn two_years(cells: &[AmountCell]) -> Option<(NumberId, NumberId)> {
    let dated: Vec<&AmountCell> = cells.iter().filter(|cell| matches!(cell.period, Some(Period::Year(_)))).collect();
    let [one, other] = dated.as_slice() else { return None };
    let apart = one.stage == other.stage && one.period != other.period;
    Some((one.number?, other.number?)).filter(|_| apart)
}
