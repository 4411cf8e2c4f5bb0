//! Words that make a number less exact: 约 … 余 … 左右

use std::sync::LazyLock;

use super::Hedge;
use crate::document::words::Words;

/// Hedges before a number, the longer first.
const BEFORE: &[(&str, Hedge)] = &[
    ("不少于", Hedge::AtLeast),
    ("不低于", Hedge::AtLeast),
    ("不得低于", Hedge::AtLeast),
    ("不超过", Hedge::AtMost),
    ("不高于", Hedge::AtMost),
    ("不多于", Hedge::AtMost),
    ("不大于", Hedge::AtMost),
    ("不小于", Hedge::AtLeast),
    ("控制在", Hedge::AtMost),
    ("大约", Hedge::About),
    ("接近", Hedge::About),
    ("将近", Hedge::About),
    ("超过", Hedge::AtLeast),
    ("大于", Hedge::AtLeast),
    ("高于", Hedge::AtLeast),
    ("至少", Hedge::AtLeast),
    ("小于", Hedge::AtMost),
    ("低于", Hedge::AtMost),
    ("不足", Hedge::AtMost),
    ("未达", Hedge::AtMost),
    ("未达到", Hedge::AtMost),
    ("未能达到", Hedge::AtMost),
    ("没有达到", Hedge::AtMost),
    ("达不到", Hedge::AtMost),
    ("≥", Hedge::AtLeast),
    (">=", Hedge::AtLeast),
    (">", Hedge::AtLeast),
    ("≤", Hedge::AtMost),
    ("<=", Hedge::AtMost),
    ("<", Hedge::AtMost),
    // 节约20.80万元 is exact.
    ("节约", Hedge::None),
    ("签约", Hedge::None),
    ("违约", Hedge::None),
    ("预约", Hedge::None),
    ("集约", Hedge::None),
    ("约", Hedge::About),
    ("近", Hedge::About),
];

/// Hedges after a number and its unit.
const AFTER: &[(&str, Hedge)] = &[
    ("左右", Hedge::About),
    ("上下", Hedge::About),
    ("以上", Hedge::AtLeast),
    ("以下", Hedge::AtMost),
    ("以内", Hedge::AtMost),
    ("（含）以上", Hedge::AtLeast),
    ("（含）以下", Hedge::AtMost),
    ("多", Hedge::More),
];

/// The hedge that the text before a number ends with: 约, 不超过, ≥
pub(super) fn before(text: &str) -> Hedge {
    static FINDER: LazyLock<Words> = LazyLock::new(|| Words::closing(BEFORE.iter().map(|(word, _)| *word)));
    FINDER.find(text).map_or(Hedge::None, |(place, _)| BEFORE[place].1)
}

/// The hedge that the text after a number and its unit begins with: 左右, 以上
pub(super) fn after(text: &str) -> Hedge {
    static FINDER: LazyLock<Words> = LazyLock::new(|| Words::opening(AFTER.iter().map(|(word, _)| *word)));
    // 较上年的1265.03万元多55.41万元: what follows is by how much.
    let compares = |word: &str| word == "多" && text[word.len()..].starts_with(|c: char| c.is_ascii_digit());
    FINDER.find(text).filter(|(_, word)| !compares(word)).map_or(Hedge::None, |(place, _)| AFTER[place].1)
}

/// 余, 多, 几 between digits and unit: how many bytes.
pub(super) fn inside(text: &str) -> usize {
    match text.chars().next() {
        Some(c @ ('余' | '多' | '几')) => c.len_utf8(),
        _ => 0,
    }
}
