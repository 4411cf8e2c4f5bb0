//! Which row of a list is part of which: by account codes, by 其中, by numbers, by indentation.

use std::collections::BTreeMap;

use super::subject::Style;
use crate::facts::{Concept, lexicon};

/// A row of a list.
#[derive(Clone, Debug, Default)]
pub(super) struct Entry {
    pub(super) row: usize,
    /// The label without list number and 其中.
    pub(super) name: String,
    pub(super) concept: Option<Concept>,
    /// The account code: 2070109.
    pub(super) code: Option<String>,
    /// How far the label is indented.
    pub(super) indent: usize,
    pub(super) marker: Option<(Style, u32)>,
    /// The label begins with 其中.
    pub(super) among: bool,
    /// 合计, 小计, 总计
    pub(super) total: bool,
    /// 小计, 市县小计
    pub(super) subtotal: bool,
}

/// The entry that each entry is a part of.
pub(super) fn parents(entries: &[Entry]) -> Vec<Option<usize>> {
    if is_coded(entries) { by_code(entries) } else { by_form(entries) }
}

/// Whether account codes make the tree.
pub(super) fn is_coded(entries: &[Entry]) -> bool {
    let rows = entries.iter().filter(|entry| !entry.total).count();
    let coded = entries.iter().filter(|entry| entry.code.is_some()).count();
    coded > 1 && coded * 5 >= rows * 4
}

/// 207 ⊃ 20701 ⊃ 2070109
fn by_code(entries: &[Entry]) -> Vec<Option<usize>> {
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, entry) in entries.iter().enumerate() {
        if let Some(code) = &entry.code {
            first.entry(code).or_insert(at);
        }
    }
    let find = |code: &str| first.get(code).copied();
    let parent = |entry: &Entry| {
        let code = entry.code.as_deref()?;
        [5, 3].into_iter().filter(|&len| len < code.len()).find_map(|len| find(&code[..len]))
    };
    entries.iter().map(parent).collect()
}

/// An entry that later ones may be part of.
#[derive(Clone, Copy, Debug)]
struct Open {
    at: usize,
    indent: usize,
    style: Option<Style>,
    /// It stands in a list that 其中 began.
    member: bool,
}

fn by_form(entries: &[Entry]) -> Vec<Option<usize>> {
    let mut stack: Vec<Open> = Vec::new();
    let mut found = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        let member = shorten(&mut stack, entries, at);
        found.push(stack.last().map(|open| open.at));
        stack.push(Open { at, indent: entry.indent, style: entry.marker.map(|(style, _)| style), member });
    }
    found
}

/// Leaves on the stack what entry `at` is a part of; tells whether it stands in a 其中 list.
fn shorten(stack: &mut Vec<Open>, entries: &[Entry], at: usize) -> bool {
    let entry = &entries[at];
    if entry.total {
        stack.clear();
        return false;
    }
    if entry.among {
        while stack.last().is_some_and(|top| top.member && entry.indent <= top.indent) {
            stack.pop();
        }
        return true;
    }
    if let Some(found) = named_parent(stack, entries, entry) {
        let member = stack.get(found + 1).is_some_and(|next| next.member);
        stack.truncate(found + 1);
        return member;
    }
    match entry.marker {
        Some((style, value)) => shorten_to_number(stack, entries, style, value),
        None => shorten_to_indent(stack, entry),
    }
}

/// The open entry that the lexicon says the entry is a part of.
fn named_parent(stack: &[Open], entries: &[Entry], entry: &Entry) -> Option<usize> {
    let parent = lexicon().parent(entry.concept?)?;
    stack.iter().rposition(|open| entries[open.at].concept == Some(parent))
}

/// 2、 goes on with the list of 1、; 1、 begins a list under the entry before it.
fn shorten_to_number(stack: &mut Vec<Open>, entries: &[Entry], style: Style, value: u32) -> bool {
    let same = stack.iter().rposition(|open| open.style == Some(style));
    let goes_on = same.filter(|&at| entries[stack[at].at].marker.is_some_and(|(_, before)| before < value));
    match goes_on {
        Some(at) => {
            let member = stack[at].member;
            stack.truncate(at);
            member
        }
        None => {
            if value != 1 || same.is_some() {
                stack.clear();
            }
            while stack.last().is_some_and(|top| top.member) {
                stack.pop();
            }
            false
        }
    }
}

/// A plain label goes on with a 其中 list that it is indented under, or stands under the entries that it is indented from.
fn shorten_to_indent(stack: &mut Vec<Open>, entry: &Entry) -> bool {
    if let Some(top) = stack.last().copied().filter(|top| top.member) {
        let under = stack.iter().rev().find(|open| !open.member);
        let inside = under.is_some_and(|parent| entry.indent > parent.indent) && entry.indent >= top.indent;
        if inside {
            stack.pop();
            return true;
        }
    }
    while stack.last().is_some_and(|top| top.indent >= entry.indent || top.member) {
        stack.pop();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::super::subject::{marker, subject};
    use super::*;

    fn read(labels: &[&str]) -> Vec<Option<usize>> {
        let entry = |(row, label): (usize, &&str)| {
            let text = label.trim_start();
            let among = text.starts_with("其中");
            let number = marker(text.trim_start_matches("其中：")).map(|(style, value, _)| (style, value));
            let subject = subject(text, None);
            let indent = label.len() - text.len();
            let total = text == "合计";
            Entry {
                row,
                name: subject.name,
                concept: subject.concept,
                indent,
                marker: number,
                among,
                total,
                subtotal: false,
                code: None,
            }
        };
        parents(&labels.iter().enumerate().map(entry).collect::<Vec<_>>())
    }

    #[test]
    fn numbers_and_among() {
        let labels = [
            "三公经费",
            "   1、公务用车购置和维护经费",
            "       其中：公车购置",
            "             公车运行维护",
            "   2、出国经费",
            "   3、公务接待",
            "项目支出：",
            "    1、业务",
            "3、专项",
            "公用经费",
        ];
        let expected = [None, Some(0), Some(1), Some(1), Some(0), Some(0), None, Some(6), Some(6), None];
        assert_eq!(read(&labels), expected);
    }

    #[test]
    fn numbers_under_a_total() {
        assert_eq!(read(&["合计", "1.因公出国（境）费", "2.公务接待费"]), [None, Some(0), Some(0)]);
    }

    #[test]
    fn the_lexicon_closes_a_list_without_indentation() {
        let labels = ["三公经费", "因公出国（境）费", "公务用车购置及运行费", "其中：购置费", "运行费", "公务接待费"];
        assert_eq!(read(&labels), [None, Some(0), Some(0), Some(2), Some(2), Some(0)]);
    }

    #[test]
    fn indentation() {
        assert_eq!(
            read(&["公用经费", "    其中：办公费", "          水费", "政府采购"]),
            [None, Some(0), Some(0), None]
        );
        assert_eq!(read(&["甲", "  乙", "    丙", "  丁", "戊"]), [None, Some(0), Some(1), Some(0), None]);
    }
}
