//! Items of two equal lists that go under names only a little different.

use std::collections::BTreeMap;

use super::{Pair, backing, may_be_one};
use crate::document::literal::Dimension;
use crate::facts::alike::likeness;
use crate::facts::same::{alias, is_near};
use crate::facts::slip::is_slip;
use crate::facts::{Entity, Fact, Number, Stage};

/// How much alike two names of one thing are, out of a hundred.
const ALIKE: usize = 40;
/// From here on two names are one but for a word.
const ONE: usize = 70;

/// Names that only one of two lists has and that are alike: 解决两个单位搬迁 and 两个单位搬迁. Each is paired with the one
/// that is most like it, where the rest of the two lists agrees. Figures that agree tell that the names are of one thing;
/// figures that do not are of one thing if one is a slip for the other or if the names hardly differ.
pub(super) fn pairs<'f>(facts: &'f [Fact], numbers: &[Number], known: &[Pair<'f>]) -> Vec<Pair<'f>> {
    if known.len() < 3 {
        return Vec::new();
    }
    let literal = |fact: &Fact| &numbers[fact.number.0 as usize].literal;
    let money = |fact: &&Fact| is_near(&fact.key) && literal(fact).unit.dimension() == Dimension::Money;
    let mut once: BTreeMap<(&str, Stage), Vec<&Fact>> = BTreeMap::new();
    for fact in facts.iter().filter(money).filter(|fact| matches!(fact.key.entity, Entity::Item(_))) {
        once.entry((alias(fact), fact.key.stage)).or_default().push(fact);
    }
    let loose: Vec<&Fact> = once.into_values().filter(|places| places.len() == 1).map(|places| places[0]).collect();
    if loose.len() > MOST_LOOSE {
        return Vec::new();
    }
    let like = |a: &Fact, b: &Fact| likeness(alias(a), alias(b));
    let candidates = |fact: &Fact| {
        let fits = |other: &&&Fact| {
            let block = |fact: &Fact| numbers[fact.number.0 as usize].block;
            block(other) != block(fact) && other.key.period == fact.key.period && may_be_one(&fact.key, &other.key)
        };
        let mut found: Vec<(usize, &Fact)> =
            loose.iter().filter(fits).map(|other| (like(fact, other), *other)).collect();
        found.sort_by_key(|(likeness, other)| (std::cmp::Reverse(*likeness), other.number));
        match found.as_slice() {
            [(most, other), rest @ ..] if *most >= ALIKE && rest.first().is_none_or(|(next, _)| next < most) => {
                Some(*other)
            }
            _ => None,
        }
    };
    let mut found = Vec::new();
    for first in &loose {
        let Some(again) = candidates(first).filter(|again| first.number < again.number) else { continue };
        if candidates(again).is_none_or(|back| back.number != first.number) || tells_apart(alias(first), alias(again)) {
            continue;
        }
        let agrees = literal(first).base() == literal(again).base();
        let meant = agrees || is_slip(literal(first), literal(again)) || like(first, again) >= ONE;
        if !meant {
            continue;
        }
        let pair = Pair { name: usize::MAX, first, again, agrees };
        let (agreeing, names) = backing(&pair, known);
        if agreeing >= 3 && agreeing >= 3 * (names - agreeing) {
            found.push(pair);
        }
    }
    found
}

/// With more names that stand only once, the report has no two lists.
const MOST_LOOSE: usize = 80;

/// Characters by which names tell one thing from its sibling: 一期 and 二期, 东院 and 西院, 2022 and 2023.
const SIBLINGS: &str =
    "一二三四五六七八九十0123456789东西南北上下左右新旧老前后内外男女省市县区乡镇村街甲乙丙丁大小中高低初";

/// Words that hold such a character and tell nothing apart: 机关统一管理 and 机关大院统一管理.
const WHOLE: &[&str] = &["大院", "大楼", "大厅", "大会", "统一", "上级", "一般", "一体化"];

/// Whether two names differ by a character that tells siblings apart.
fn tells_apart(a: &str, b: &str) -> bool {
    let plain = |name: &str| WHOLE.iter().fold(name.to_owned(), |name, word| name.replace(word, ""));
    let (a, b) = (plain(a), plain(b));
    let count = |name: &str, sign: char| name.chars().filter(|c| *c == sign).count();
    SIBLINGS.chars().any(|sign| {
        let (a, b) = (count(&a, sign), count(&b, sign));
        a != b && a + b > 0
    })
}
