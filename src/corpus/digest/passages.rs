//! The running text of a report, cut into what reports are compared by.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{Passage, Text};
use crate::check::Audit;
use crate::corpus::copies::{Sketch, fingerprint};
use crate::document::{Block, BlockKind};
use crate::source::Span;

/// Shorter passages say too little to be anyone's own.
pub const MIN_CHARS: usize = 24;

/// Of a report, so many passages at most: more are tables that were read as text.
const PASSAGES: usize = 4000;

/// Where a passage stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Place {
    /// 第14段
    Paragraph(u32),
    /// 表3 第5行 第4列
    Cell(u32, u32, u32),
    /// As only its format says: 收支决算表!B7
    Said(Box<str>),
}

impl Place {
    /// The place in few bytes: there are many passages.
    fn of(said: String) -> Place {
        let numbers = said.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok());
        let place = match numbers.collect::<Vec<u32>>()[..] {
            [paragraph] => Place::Paragraph(paragraph),
            [table, row, column] => Place::Cell(table, row, column),
            _ => Place::Paragraph(0),
        };
        if place.to_string() == said { place } else { Place::Said(said.into()) }
    }
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
            Place::Said(said) => f.write_str(said),
        }
    }
}

/// Sections whose words hardly change from year to year.
const STANDING: &[&str] = &["职责", "职能", "机构", "概况", "基本情况", "人员", "编制", "名词解释"];

pub(super) fn of(audit: &Audit) -> Vec<Passage<'_>> {
    let own = Own::of(audit);
    let mut found = Vec::new();
    for block in &audit.document.blocks {
        match &block.kind {
            BlockKind::Table(grid) => {
                found.extend(grid.cells().filter_map(|cell| own.passage(audit, cell.flow.text(), cell.span, false)));
            }
            BlockKind::Paragraph(each) => {
                found.extend(own.passage(audit, each.flow.text(), block.span, is_standing(audit, block)));
            }
            BlockKind::Blank
            | BlockKind::Title(_)
            | BlockKind::Heading(_)
            | BlockKind::Note(_)
            | BlockKind::Furniture => {}
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

impl<'n> Own<'n> {
    /// The name that a report gives.
    pub(super) fn of(audit: &'n Audit) -> Own<'n> {
        Own(audit.facts.report.entity.as_ref().map_or("", |(entity, _)| entity.as_str()))
    }

    fn passage<'a>(self, audit: &Audit, text: &'a str, span: Span, standing: bool) -> Option<Passage<'a>> {
        let chars = text.chars().filter(|c| !c.is_ascii()).count();
        if chars < MIN_CHARS {
            return None;
        }
        let masked = self.masked(text);
        Some(Passage {
            place: Place::of(audit.document.place(span)),
            line: audit.source.position(span.start()).line,
            exact: fingerprint(text),
            masked: fingerprint(&masked),
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
    Sentence { masked: fingerprint(text), chars }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RuleSet;
    use crate::source::layout::{Piece, PieceKind};
    use crate::source::{Encoding, Layout, Source};

    #[test]
    fn numbers_and_the_own_name_are_masked() {
        let own = Own("甲县林业局");
        assert_eq!(own.masked("甲县林业局2024年支出1,234.50万元，见表3."), "@#年支出#万元，见表#");
        assert_eq!(own.masked("乙县林业局支出12%"), "乙县林业局支出#%");
    }

    #[test]
    fn places_are_those_that_the_format_says() {
        let places = ["第3段", "表1 第2行 第4列", "收支决算表!B7", "第2页 第3段", "第03段"];
        let text =
            format!("{}\n", "甲局全年按计划完成了林地管护和苗木补植的各项任务，没有发生火情。").repeat(places.len());
        let plain = Source::from_text("例", &*text, Encoding::Utf8);
        let said = |place: &str| PieceKind::Paragraph { place: place.into(), heading: None };
        let pieces = plain.lines().zip(places).map(|(line, place)| Piece { span: line.whole, kind: said(place) });
        let layout = Layout { pieces: pieces.collect(), ..Layout::default() };
        let audit = crate::check::audit(Source::with_layout("例", text, layout), &RuleSet::builtin());
        let found: Vec<Place> = of(&audit).into_iter().map(|passage| passage.place).collect();
        assert_eq!(found.iter().map(Place::to_string).collect::<Vec<_>>(), places);
        assert_eq!(found[..2], [Place::Paragraph(3), Place::Cell(1, 2, 4)]);
    }

    #[test]
    fn sentences_end_at_stops() {
        assert_eq!(sentences("一事。二事；三事").collect::<Vec<_>>(), ["一事", "二事", "三事"]);
    }
}
