//! Results that are the goals, word for word, in a self-evaluation table.

use super::{Context, Sink};
use crate::document::{Cell, Table};
use crate::rules::reading::contains_any;

/// The shortest goal that counts, in characters: 完成 beside 完成 says nothing.
const SHORTEST: usize = 10;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    for table in context.document.tables() {
        let pairs = pairs(table);
        let Some((_, result)) = pairs.first() else { continue };
        let message = match pairs.len() {
            1 => "“实际完成情况”照抄“预期目标”，没有写结果".to_owned(),
            count => format!("“实际完成情况”有{count}处照抄“预期目标”，没有写结果"),
        };
        sink.report(result.span, "实际完成情况", message)
            .with_all(pairs[1..].iter().map(|(_, result)| result.span), "实际完成情况")
            .with_all(pairs.iter().map(|(goal, _)| goal.span), "预期目标");
    }
}

/// Goals and results that are equal.
fn pairs(table: &Table) -> Vec<(&Cell, &Cell)> {
    let Some((goals, results)) = heads(table) else { return Vec::new() };
    let rows = table.rows.iter().skip(goals.row.max(results.row) + 1);
    let pairs = rows.take_while(|row| !row.cells.iter().any(is_indicator_head)).filter_map(|row| {
        let goal = row.cells.iter().find(|cell| covers(cell, goals))?;
        let result = row.cells.iter().find(|cell| covers(cell, results))?;
        (goal.column != result.column && same(goal.flow.text(), result.flow.text())).then_some((goal, result))
    });
    pairs.collect()
}

/// The cells 预期目标 and 实际完成情况 of one row.
fn heads(table: &Table) -> Option<(&Cell, &Cell)> {
    table.rows.iter().find_map(|row| {
        let is = |cell: &&Cell, words: &[&str]| {
            let text = cell.flow.text();
            text.chars().count() <= 16 && contains_any(text, words)
        };
        let goal = row.cells.iter().find(|cell| is(cell, &["预期目标", "年初设定目标", "年度目标", "预期总目标"]))?;
        let result =
            row.cells.iter().find(|cell| is(cell, &["实际完成情况", "目标实际完成", "全年完成情况", "完成情况"]))?;
        (goal.column < result.column).then_some((goal, result))
    })
}

fn is_indicator_head(cell: &Cell) -> bool {
    matches!(cell.flow.text(), "一级指标" | "二级指标" | "三级指标")
}

fn covers(cell: &Cell, head: &Cell) -> bool {
    cell.column == head.column
}

/// Equal but for numbers before and marks of punctuation around the words.
fn same(goal: &str, result: &str) -> bool {
    let words = |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
    let (goal, result) = (words(goal), words(result));
    goal.chars().count() >= SHORTEST && goal == result
}
