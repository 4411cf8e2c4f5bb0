//! Numbered paragraphs that each state one item's numbers, and the total before them.

use std::collections::BTreeMap;

use super::breakdown::divides_anew;
use super::{Passage, claim};
use crate::document::literal::Dimension;
use crate::document::{BlockKind, Document, Literal, MarkerStyle, SectionId};
use crate::facts::fit::{gap, is_sum};
use crate::facts::index::{Index, Query};
use crate::facts::label::Label;
use crate::facts::slip::is_slipped_sum;
use crate::facts::{Claim, ClaimKind, Entity, NumberId, Operand, Role, Stage};
use crate::source::Span;

/// What numbered paragraphs share: the section over them and the style of their numbers.
pub(in crate::facts) type Group = (Option<SectionId>, MarkerStyle);

/// One numbered paragraph or heading with what stands under it.
struct Record {
    block: usize,
    number: u32,
    /// The item's first amount at each stage.
    amounts: BTreeMap<Stage, NumberId>,
    name: String,
}

const STAGES: [Stage; 4] = [Stage::Adjusted, Stage::Budget, Stage::Initial, Stage::Final];

/// The lists of records of a report.
pub(super) fn read(document: &Document, passages: &[Passage], index: &Index, claims: &mut Vec<Claim>) {
    for (group, records) in groups(document, passages) {
        let columns: Vec<(Stage, NumberId)> = STAGES
            .iter()
            .filter(|stage| records.iter().all(|record| record.amounts.contains_key(stage)))
            .filter_map(|&stage| Some((stage, total(document, passages, index, group, &records, stage)?)))
            .collect();
        let parts = |stage: Stage| records.iter().map(move |record| record.amounts[&stage]);
        let literal = |id: NumberId| &index.number(id).literal;
        let closes = |(stage, total): &(Stage, NumberId)| is_sum(literal(*total), parts(*stage).map(literal));
        let evident = columns.iter().any(closes) || counted(passages, &records);
        for column in &columns {
            let (stage, total) = *column;
            let literals: Vec<&Literal> = parts(stage).map(literal).collect();
            let complete = evident || records.len() >= 3 && is_slipped_sum(literal(total), &literals);
            // Without evidence that the records are this number's parts, more than it says only that they are not.
            let within = gap(literal(total), literals.iter().copied()).is_some_and(|(gap, _)| !gap.is_negative());
            if complete || within {
                let kind = if complete { ClaimKind::Breakdown } else { ClaimKind::Partial };
                claims.push(list(index, kind, total, &records, stage));
            }
        }
    }
}

fn list(index: &Index, kind: ClaimKind, total: NumberId, records: &[Record], stage: Stage) -> Claim {
    let items: Vec<Operand> =
        records.iter().map(|record| Operand::of(record.amounts[&stage]).named(record.name.clone())).collect();
    let span = items.iter().filter_map(Operand::number).map(|id| index.number(id).literal.span).reduce(Span::cover);
    let span = span.unwrap_or(index.number(total).literal.span);
    claim(
        kind,
        span,
        "各项目".into(),
        vec![(Role::Total, vec![Operand::of(total).named("合计")]), (Role::Items, items)],
    )
}

/// The records of a report in groups of at least two, numbered upwards.
fn groups(document: &Document, passages: &[Passage]) -> Vec<(Group, Vec<Record>)> {
    let mut open: BTreeMap<Group, Vec<Record>> = BTreeMap::new();
    let mut done = Vec::new();
    for passage in passages {
        let Some((group, record)) = record(document, passage) else { continue };
        let list = open.entry(group).or_default();
        match list.last_mut() {
            Some(last) if last.block == record.block => {
                for (stage, id) in record.amounts {
                    last.amounts.entry(stage).or_insert(id);
                }
            }
            Some(last) if record.number <= last.number => {
                done.push((group, std::mem::replace(list, vec![record])));
            }
            _ => list.push(record),
        }
    }
    done.extend(open);
    done.retain(|(_, records)| records.len() >= 2);
    done.sort_by_key(|(_, records)| records[0].block);
    done
}

/// The record that a passage is, or belongs to.
fn record(document: &Document, passage: &Passage) -> Option<(Group, Record)> {
    let (group, at) = place(document, passage.block)?;
    let number = document.blocks[at].paragraph()?.marker.as_ref()?.number;
    let amounts = amounts(passage);
    let name = name(document, at);
    (!amounts.is_empty()).then_some((group, Record { block: at, number, amounts, name }))
}

/// The list of numbered paragraphs or headings that a block belongs to, and the one of them that it is or stands under.
pub(in crate::facts) fn place(document: &Document, index: usize) -> Option<(Group, usize)> {
    let block = &document.blocks[index];
    let heading = || {
        let section = document.section(block.section?);
        let paragraph = document.blocks[section.block].paragraph()?;
        Some((section.block, paragraph.marker.as_ref()?, section.parent))
    };
    let (at, marker, parent) = match block.paragraph()?.marker.as_ref() {
        Some(marker) => {
            let opens = block.section.is_some_and(|id| document.section(id).block == index);
            let parent = if opens { block.section.and_then(|id| document.section(id).parent) } else { block.section };
            (index, marker, parent)
        }
        None => heading()?,
    };
    Some(((parent, marker.style), at))
}

fn name(document: &Document, block: usize) -> String {
    let Some(paragraph) = document.blocks[block].paragraph() else { return String::new() };
    match &paragraph.title {
        Some(range) => paragraph.flow.slice(range.clone()).chars().take(24).collect(),
        None => {
            let from = paragraph.marker.as_ref().map_or(0, |marker| marker.range.end);
            paragraph.flow.text()[from..]
                .chars()
                .take_while(|c| !c.is_ascii_digit() && !"，。；：".contains(*c))
                .take(20)
                .collect()
        }
    }
}

/// The first amounts of the first sentence that has any: one item, at each of its stages.
fn amounts(passage: &Passage) -> BTreeMap<Stage, NumberId> {
    let mut found = BTreeMap::new();
    let level = |at: &usize| {
        passage.is_level(*at) && passage.dimension(*at) == Dimension::Money && passage.mentions[*at].depth == 0
    };
    let Some(first) = (0..passage.mentions.len()).find(level) else { return found };
    let sentence = passage.mentions[first].sentence;
    let same = |a: usize| passage.keys[a].as_ref().map(|key| (&key.entity, key.concept));
    for at in (first..passage.mentions.len()).filter(level) {
        if passage.mentions[at].sentence == sentence && same(at) == same(first) {
            found.entry(passage.stage(at)).or_insert(passage.mentions[at].number);
        }
    }
    found
}

/// The total of a column: in the paragraph right before the records, else the fact that the heading over them names.
fn total(
    document: &Document,
    passages: &[Passage],
    index: &Index,
    group: Group,
    records: &[Record],
    stage: Stage,
) -> Option<NumberId> {
    let first = records[0].block;
    let before = passages.iter().rfind(|passage| passage.block < first && passage.block + 3 >= first);
    let parent = group.0.map(|id| document.section(id).block);
    let inside = before.filter(|passage| parent.is_none_or(|heading| passage.block >= heading));
    let stated = inside.and_then(|passage| {
        let amounts: Vec<usize> = (0..passage.mentions.len())
            .rev()
            .filter(|&at| {
                let carried = passage.keys[at].as_ref().is_some_and(|key| key.concept.0.starts_with("carry"));
                let money = passage.is_level(at) && passage.dimension(at) == Dimension::Money && !carried;
                money && passage.stage(at).may_be(stage) && passage.mentions[at].depth == 0
            })
            .collect();
        // 按功能分类，甲a、乙b。具体情况如下：the last amount is a part itself, so the total is the one that the list adds up to.
        let literal = |id: NumberId| &index.number(id).literal;
        let closes = |at: &&usize| {
            is_sum(passage.mentions[**at].literal, records.iter().map(|record| literal(record.amounts[&stage])))
        };
        let undivided = |at: &&usize| {
            let sentence = passage.mentions[**at].sentence;
            let divides = |&i: &usize| passage.mentions[i].sentence == sentence && divides_anew(passage, i);
            !(0..=**at).any(|i| divides(&i))
        };
        let at = amounts.iter().find(closes).or_else(|| amounts.iter().find(undivided))?;
        Some(passage.mentions[*at].number)
    });
    stated.or_else(|| {
        let section = document.section(group.0?);
        let concept = Label::read(&section.title, &[]).concept?;
        let amount = records[0].amounts[&stage];
        let passage = passages.iter().find(|passage| passage.mentions.iter().any(|m| m.number == amount))?;
        let key = passage.keys.iter().flatten().next()?;
        let query = Query { entity: &Entity::Unit, concept, stage, scope: key.scope, period: key.period };
        index.find(&query, amount)
    })
}

/// Whether the paragraph before the records says that there are as many: 具体六个项目如下
fn counted(passages: &[Passage], records: &[Record]) -> bool {
    let number = crate::exact::Exact::from(records.len() as u32);
    let first = records[0].block;
    let before = passages.iter().rfind(|passage| passage.block < first && passage.block + 3 >= first);
    before.is_some_and(|passage| {
        passage
            .mentions
            .iter()
            .any(|mention| mention.literal.unit.dimension() == Dimension::Count && mention.literal.value == number)
    })
}

/// Paragraphs that end in a colon or say 如下, and the numbered paragraphs right after them.
pub(super) fn announced_lists(document: &Document) -> Vec<(usize, Vec<(MarkerStyle, Span)>)> {
    let mut found = Vec::new();
    for (index, block) in document.blocks.iter().enumerate() {
        let BlockKind::Paragraph(paragraph) = &block.kind else { continue };
        let text = paragraph.flow.text();
        if text.ends_with(['：', ':']) || text.contains("如下") {
            let items = items_after(document, index);
            if items.len() >= 2 {
                found.push((index, items));
            }
        }
    }
    found
}

/// The paragraphs after `index` that are numbered 1, 2, 3 in one style.
fn items_after(document: &Document, index: usize) -> Vec<(MarkerStyle, Span)> {
    let mut items: Vec<(MarkerStyle, Span)> = Vec::new();
    for block in &document.blocks[index + 1..] {
        let Some(paragraph) = block.paragraph() else {
            if matches!(block.kind, BlockKind::Table(_)) {
                break;
            }
            continue;
        };
        match &paragraph.marker {
            Some(marker) if items.first().is_none_or(|(style, _)| *style == marker.style) => {
                if marker.number != items.len() as u32 + 1 {
                    break;
                }
                items.push((marker.style, marker.span));
            }
            Some(marker) if !items.is_empty() && marker.style.usual_level() > items[0].0.usual_level() => {}
            None if !items.is_empty() && !matches!(block.kind, BlockKind::Title(_)) => {}
            _ => break,
        }
    }
    items
}
