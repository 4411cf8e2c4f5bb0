//! The message of a finding, from its page's template.

use crate::facts::Claim;
use crate::relations::Arithmetic;
use crate::relations::formula::{Formula, Piece, Template};

/// The template with its holes filled.
pub(super) fn message(
    template: &Template,
    formula: &Formula,
    arithmetic: &Arithmetic,
    claim: Option<&Claim>,
    line: &str,
) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Figure(expr) => arithmetic.figure(expr),
        Piece::Difference => arithmetic.difference(),
        Piece::Computed => arithmetic.computed(),
        Piece::Arithmetic => line.to_owned(),
        Piece::Subject => claim.map_or(String::new(), |claim| claim.subject.clone()),
        Piece::Name(term) => {
            let name = arithmetic.operands(*term).first().map_or("", |operand| operand.name.as_str());
            if name.is_empty() { formula.terms[*term].word.clone() } else { name.to_owned() }
        }
    };
    template.0.iter().map(piece).collect()
}
