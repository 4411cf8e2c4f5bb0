//! The arithmetic of checks, so that it can be recomputed as that of formulas is.

use crate::document::literal::Dimension;
use crate::document::{Literal, Unit};
use crate::exact::Exact;
use crate::finding::{Proof, Verdict};

/// Two printed figures that contradict each other: `31.60 ≠ 36.10`. `None` where they are of different kinds.
pub(super) fn pair(computed: &Literal, sign: &str, stated: &Literal) -> Option<Proof> {
    let [a, b] = [computed, stated];
    let alike = a.unit.dimension() == b.unit.dimension();
    let difference = b.unit.of_base(a.base()?.minus(b.base()?)?.abs()).filter(|_| alike)?;
    let bare = a.unit == b.unit;
    let formula = format!("{} {sign} {}", term(a, bare), term(b, bare));
    Some(proof(formula, figure(a.value, a.places, a.unit), stated, (difference, a.places)))
}

/// Parts whose sum contradicts their whole: `3 + 1 = 4 ≠ 5`. `None` where they are of different kinds.
pub(super) fn sum(parts: &[&Literal], sign: &str, whole: &Literal) -> Option<Proof> {
    let alike = parts.iter().all(|part| part.unit.dimension() == whole.unit.dimension());
    let sum = parts.iter().try_fold(Exact::ZERO, |sum, part| sum.plus(part.base()?)).filter(|_| alike)?;
    let difference = whole.unit.of_base(sum.minus(whole.base()?)?.abs())?;
    let (sum, places) = (whole.unit.of_base(sum)?, parts.iter().map(|part| part.places).max()?);
    let bare = parts.iter().all(|part| part.unit == whole.unit);
    let added: Vec<String> = parts.iter().map(|part| term(part, bare)).collect();
    let places = places.max(sum.normal().scale());
    let total = Literal { value: sum, places, ..whole.clone() };
    let formula = format!("{} = {} {sign} {}", added.join(" + "), term(&total, bare), term(whole, bare));
    Some(proof(formula, figure(sum, places, whole.unit), whole, (difference, places)))
}

fn proof(formula: String, computed: String, stated: &Literal, (difference, places): (Exact, u32)) -> Proof {
    let (places, unit) = (places.max(stated.places).max(difference.normal().scale()), stated.unit);
    let apart = if unit == Unit::Percent { Unit::PercentPoint } else { unit };
    Proof {
        formula,
        stated: figure(stated.value, stated.places, unit),
        computed,
        difference: figure(difference, places, apart),
        verdict: Verdict::Broken,
    }
}

/// A figure of the arithmetic; `bare` where all are of one unit, which only rates and shares show.
fn term(literal: &Literal, bare: bool) -> String {
    let is_ratio = matches!(literal.unit.dimension(), Dimension::Ratio | Dimension::RatioPoint);
    let is_money = literal.unit.is_money();
    let unit = if is_ratio || is_money && !bare { literal.unit } else { Unit::None };
    figure(literal.value, literal.places, unit)
}

fn figure(value: Exact, places: u32, unit: Unit) -> String {
    value.with_places(places) + unit.word()
}

#[cfg(test)]
mod tests {
    use super::{pair, sum};
    use crate::document::{Document, Literal};
    use crate::finding::Proof;
    use crate::source::{Encoding, Source};

    /// The proof over the numbers of a sentence.
    fn proved(text: &str, make: impl Fn(&[&Literal]) -> Option<Proof>) -> String {
        let document = Document::parse(&Source::from_text("报告.txt", text, Encoding::Utf8));
        let literals: Vec<_> = document.paragraphs().flat_map(|(_, paragraph)| &paragraph.literals).collect();
        let proof = make(&literals).expect("the figures are of one kind");
        format!("{}; {}; {}; {}", proof.formula, proof.stated, proof.computed, proof.difference)
    }

    #[test]
    fn arithmetic_is_as_formulas_print_it() {
        let parts = |all: &[&Literal]| sum(&all[1..], "≠", all[0]);
        assert_eq!(proved("共5个，完成3个，未完成1个。", parts), "3 + 1 = 4 ≠ 5; 5; 4; 1");
        assert_eq!(
            proved("共2万元，其中1.25万元，另有8000元。", parts),
            "1.25万元 + 8000元 = 2.05万元 ≠ 2万元; 2万元; 2.05万元; 0.05万元"
        );
        let two = |all: &[&Literal]| pair(all[0], ">", all[1]);
        assert_eq!(proved("支出31.60万元，预算30万元。", two), "31.60 > 30; 30万元; 31.60万元; 1.60万元");
        assert_eq!(proved("完成105%，目标100%。", two), "105% > 100%; 100%; 105%; 5个百分点");
    }
}
