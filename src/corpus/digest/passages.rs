//! The running text of a report, cut into what reports are compared by.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use twox_hash::XxHash3_64;

use super::{Passage, Text};
use crate::check::Audit;
use crate::corpus::copies::Sketch;
use crate::document::{Block, BlockKind};

/// Shorter passages say too little to be anyone's own.
pub const MIN_CHARS: usize = 24;

/// Of a report, so many passages at most: more are tables that were read as text.
const PASSAGES: usize = 4000;

/// Where a passage stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Place {
    /// 第14段
    Paragraph(u32),
    /// 表3 第5行 第4列
    Cell(u32, u32, u32),
}

/// A sentence by its fingerprint, without numbers and the unit's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    pub masked: u64,
    pub chars: u16,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Place::Paragraph(number) => write!(f, "第{number}段"),
            Place::Cell(table, row, column) => write!(f, "表{table} 第{row}行 第{column}列"),
        }
    }
}

/// Sections whose words hardly change from year to year.
const STANDING: &[&str] = &["职责", "职能", "机构", "概况", "基本情况", "人员", "编制", "名词解释"];

pub(super) fn of(audit: &Audit) -> Vec<Passage<'_>> {
    let own = Own(audit.facts.report.entity.as_ref().map_or("", |(entity, _)| entity.as_str()));
    let (mut found, mut paragraph, mut table) = (Vec::new(), 0, 0);
    for block in &audit.document.blocks {
        if let BlockKind::Table(grid) = &block.kind {
            table += 1;
            for cell in grid.cells() {
                let place = Place::Cell(table, cell.row as u32 + 1, cell.column as u32 + 1);
                let line = || audit.source.position(cell.span.start()).line;
                found.extend(own.passage(cell.flow.text(), place, line, false));
            }
        } else {
            paragraph += 1;
            if let BlockKind::Paragraph(each) = &block.kind {
                let line = || audit.source.position(block.span.start()).line;
                let standing = is_standing(audit, block);
                found.extend(own.passage(each.flow.text(), Place::Paragraph(paragraph), line, standing));
            }
        }
    }
    found.truncate(PASSAGES);
    found
}

fn is_standing(audit: &Audit, block: &Block) -> bool {
    let names = |title: &str| STANDING.iter().any(|word| title.contains(word));
    audit.document.ancestors(block.section).any(|section| names(&section.title))
}

/// The name of the reporting unit, under which its own text is masked.
#[derive(Clone, Copy, Debug)]
pub struct Own<'n>(pub &'n str);

impl Own<'_> {
    fn passage<'a>(self, text: &'a str, place: Place, line: impl Fn() -> u32, standing: bool) -> Option<Passage<'a>> {
        let chars = text.chars().filter(|c| !c.is_ascii()).count();
        if chars < MIN_CHARS {
            return None;
        }
        let masked = self.masked(text);
        Some(Passage {
            place,
            line: line(),
            exact: XxHash3_64::oneshot(text.as_bytes()),
            masked: XxHash3_64::oneshot(masked.as_bytes()),
            chars: chars as u32,
            standing,
            sentences: sentences(&masked).map(sentence).collect(),
            sketch: Cow::Owned(Sketch::of(&masked).bytes().to_vec()),
            text: Text::from(text),
        })
    }

    /// The text with `#` for every number and `@` for the unit's name.
    pub fn masked(self, text: &str) -> String {
        let text = if self.0.is_empty() { Cow::from(text) } else { Cow::from(text.replace(self.0, "@")) };
        let mut out = String::with_capacity(text.len());
        let mut number = false;
        for c in text.chars() {
            let digit = c.is_ascii_digit();
            if digit && !number {
                out.push('#');
            }
            // 1,234.50 is one number: its comma and its point are between digits.
            let inside = number && matches!(c, ',' | '.');
            if !digit && !inside {
                out.push(c);
            }
            number = digit || inside;
        }
        out
    }
}

/// The sentences of a text, without what ends them.
pub(crate) fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split(['。', '；', '！', '？', ';']).filter(|sentence| !sentence.is_empty())
}

fn sentence(text: &str) -> Sentence {
    let chars = text.chars().filter(|c| !c.is_ascii()).count().min(usize::from(u16::MAX)) as u16;
    Sentence { masked: XxHash3_64::oneshot(text.as_bytes()), chars }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_the_own_name_are_masked() {
        let own = Own("甲县林业局");
        assert_eq!(own.masked("甲县林业局2024年支出1,234.50万元，见表3."), "@#年支出#万元，见表#");
        assert_eq!(own.masked("乙县林业局支出12%"), "乙县林业局支出#%");
    }

    #[test]
    fn sentences_end_at_stops() {
        assert_eq!(sentences("一事。二事；三事").collect::<Vec<_>>(), ["一事", "二事", "三事"]);
    }
}
