//! Which section of a number format a number is shown by.

use std::cmp::Ordering;

use super::super::decimal::Decimal;
use super::token::{Token, tokens};

pub(super) struct Section<'f> {
    pub(super) text: &'f str,
    /// Whether a minus stands before numbers below nought; a section for them alone says itself how they look.
    pub(super) signed: bool,
}

/// How a number must compare.
type Sign = fn(Ordering) -> bool;

/// `[>=10000]`
struct Condition {
    holds: Sign,
    limit: Decimal,
}

const SIGNS: [(&str, Sign); 6] = [
    ("<=", Ordering::is_le),
    (">=", Ordering::is_ge),
    ("<>", Ordering::is_ne),
    ("<", Ordering::is_lt),
    (">", Ordering::is_gt),
    ("=", Ordering::is_eq),
];

impl Condition {
    /// Conditions stand before what a section shows, also after a colour.
    fn of(section: &str) -> Option<Condition> {
        let mut rest = section.trim_start();
        while let Some((inside, after)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            let mut signs = SIGNS.iter().filter_map(|(sign, holds)| Some((inside.strip_prefix(sign)?, *holds)));
            if let Some((limit, holds)) = signs.next() {
                return Decimal::parse(limit).map(|limit| Condition { holds, limit });
            }
            rest = after.trim_start();
        }
        None
    }

    fn takes(&self, number: &Decimal) -> bool {
        (self.holds)(number.cmp(&self.limit))
    }

    /// Whether no number above nought meets it.
    fn is_for_negatives(&self) -> bool {
        !(self.holds)(Ordering::Greater) && (self.limit.negative || self.limit.is_zero())
    }
}

/// The section for a number; `None` where each has a condition that it does not meet.
pub(super) fn of<'f>(format: &'f str, number: &Decimal) -> Option<Section<'f>> {
    let mut all = sections(format);
    let last_is_text = all.len() > 1 && all.last().is_some_and(|last| tokens(last).contains(&Token::Text));
    all.truncate(if last_is_text { all.len() - 1 } else { 3 });
    let count = all.len();
    let first_is_free = all.first().is_some_and(|first| Condition::of(first).is_none());
    let positive = !number.negative && !number.is_zero();
    all.into_iter().enumerate().find_map(|(at, text)| {
        let condition = Condition::of(text);
        // Without conditions: numbers above nought, below it, and nought; what has no section of its own goes to the first.
        let takes = match (&condition, at) {
            (Some(condition), _) => condition.takes(number),
            (None, 0) => count == 1 || positive || count == 2 && number.is_zero(),
            (None, 1) => count == 2 || number.negative,
            (None, _) => true,
        };
        let is_for_negatives = match condition {
            Some(condition) => condition.is_for_negatives(),
            None => at == 1 && (count > 2 || first_is_free),
        };
        takes.then_some(Section { text, signed: !is_for_negatives })
    })
}

fn sections(format: &str) -> Vec<&str> {
    let (mut parts, mut start, mut quoted, mut escaped) = (Vec::new(), 0, false, false);
    for (at, c) in format.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => quoted = !quoted,
            ';' if !quoted => {
                parts.push(&format[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&format[start..]);
    parts
}
