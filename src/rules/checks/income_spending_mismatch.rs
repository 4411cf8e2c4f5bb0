//! 收支不平: a budget whose income is not its spending, and accounts that differ by nothing but a slip of the pen.

use super::{Context, Sink, proof};
use crate::document::literal::Dimension;
use crate::document::{Hedge, Literal};
use crate::exact::Exact;
use crate::facts::slip::{is_misplaced, is_slip};
use crate::facts::{Fact, Key, Measure};
use crate::finding::Severity;
use crate::rules::reading::contains_any;

/// How many blocks apart the two sides of one statement stand.
const NEAR: usize = 3;

const INCOME: &[&str] = &["income.total", "income.appropriation"];

/// Money beside the year's own, which lets income and spending differ.
const CARRIED: &[&str] = &["结转", "结余", "上年", "历年", "存量", "调入", "调出", "弥补", "往年", "盘活"];

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let facts = &context.facts.facts;
    for income in facts.iter().filter(|fact| is_stated(context, fact, INCOME)) {
        let others =
            || facts.iter().filter(|fact| is_stated(context, fact, &["exp.total"]) && is_side(&income.key, &fact.key));
        let literal = |fact: &Fact| &context.facts.number(fact.number).literal;
        let block = |fact: &Fact| context.facts.number(fact.number).block;
        let mut near = others().filter(|fact| block(fact).abs_diff(block(income)) <= NEAR);
        let Some(spending) = near.next().filter(|_| near.next().is_none()) else { continue };
        let (earned, spent) = (literal(income), literal(spending));
        let equal = earned.loose().zip(spent.loose()).is_none_or(|(a, b)| a.meets(&b));
        if equal || says_why(context, block(income).min(block(spending)), earned, spent) {
            continue;
        }
        let planned = income.key.stage.is_budget();
        if !planned && !is_misplaced(earned, spent) {
            continue;
        }
        let [income_text, spending_text] = [earned, spent].map(|literal| context.source.slice(literal.span));
        let what = if planned { "预算收入" } else { "收入" };
        let message = format!("{what}{income_text}与支出{spending_text}不平");
        let proof = proof::pair(earned, "≠", spent);
        let added = sink.report(spent.span, "支出", message).with(earned.span, "收入").proof(proof);
        if planned && is_slip(earned, spent) {
            added.severity(Severity::Error);
        }
    }
}

/// An exact amount of running text.
fn is_stated(context: &Context, fact: &Fact, concepts: &[&str]) -> bool {
    let number = context.facts.number(fact.number);
    concepts.contains(&fact.key.concept.0)
        && fact.key.measure == Measure::Level
        && number.cell.is_none()
        && number.literal.unit.dimension() == Dimension::Money
        && number.literal.hedge == Hedge::None
}

/// Whether two keys are the two sides of one account.
fn is_side(income: &Key, spending: &Key) -> bool {
    Key { concept: spending.concept, ..income.clone() } == *spending
}

/// Whether the paragraphs speak of money beside the year's own, or the report prints the difference.
fn says_why(context: &Context, first: usize, income: &Literal, spending: &Literal) -> bool {
    let blocks = &context.document.blocks[first..(first + NEAR + 1).min(context.document.blocks.len())];
    let told = blocks.iter().filter_map(|block| block.paragraph()).any(|p| contains_any(p.flow.text(), CARRIED));
    let gap = || Some(income.base()?.minus(spending.base()?)?.abs());
    told || gap().is_some_and(|gap| prints(context, gap))
}

fn prints(context: &Context, value: Exact) -> bool {
    context.facts.numbers.iter().any(|number| number.literal.base() == Some(value))
}
