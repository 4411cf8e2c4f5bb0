//! The parts of a file that are reports of their own: 附件3-1 项目支出绩效自评表, each about one project.

use std::collections::BTreeMap;

use super::Entity;
use super::label::normal_name;
use crate::document::{Block, BlockKind, Document, MarkerStyle, Table};

/// For each block, the project that its part of the file is about.
#[derive(Clone, Debug, Default)]
pub(super) struct Parts {
    of_block: Vec<Option<Entity>>,
}

/// A run of blocks under one attachment or title, or under the headings that go on after one.
struct Part {
    first: usize,
    /// The attachment's number: 301 for 附件3-1.
    attachment: Option<u32>,
    about_project: bool,
    name: Option<String>,
}

impl Parts {
    pub(super) fn read(document: &Document) -> Parts {
        let mut parts = split(document);
        name_by_number(&mut parts);
        let mut of_block = vec![None; document.blocks.len()];
        for (index, part) in parts.iter().enumerate() {
            let end = parts.get(index + 1).map_or(document.blocks.len(), |next| next.first);
            if part.about_project {
                let name = part.name.clone().unwrap_or_else(|| format!("第{}部分", index + 1));
                of_block[part.first..end].fill(Some(Entity::Item(name)));
            }
        }
        Parts { of_block }
    }

    pub(super) fn into_blocks(self) -> Vec<Option<Entity>> {
        self.of_block
    }

    /// The project that a block is about; `None` for the whole unit.
    pub(super) fn of(&self, block: usize) -> Option<&Entity> {
        self.of_block.get(block)?.as_ref()
    }
}

fn split(document: &Document) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    // The number of the last main heading, and whether a title has come since.
    let (mut heading, mut titled) = (0, false);
    for (index, block) in document.blocks.iter().enumerate() {
        let attachment = attachment(block);
        let title = title(block);
        let main = main_heading(block);
        // 一、甲项目 … 甲项目自评表 … 二、乙项目: the text goes on after the form that stood in it.
        let resumed = titled && heading > 0 && main.is_some_and(|number| number > heading);
        titled = title.is_some() || titled && main.is_none();
        heading = if attachment.is_some() { 0 } else { main.unwrap_or(heading) };
        let opens = resumed || attachment.is_some() || title.is_some() && !just_opened(document, parts.last(), index);
        if opens {
            parts.push(Part { first: index, attachment, about_project: false, name: None });
        }
        let Some(part) = parts.last_mut() else { continue };
        let words = title.or_else(|| attachment.and_then(|_| block.paragraph().map(|p| p.flow.text().to_owned())));
        part.about_project |= words.is_some_and(|words| is_of_project(&words));
        if let BlockKind::Table(table) = &block.kind {
            part.name = part.name.take().or_else(|| project_name(table));
        }
    }
    // A single report about a project is about the whole of what it reports.
    if parts.iter().filter(|part| part.about_project).count() < 2 {
        parts.iter_mut().for_each(|part| part.about_project = false);
    }
    parts
}

/// Whether the part was opened by an attachment's number right before this title.
fn just_opened(document: &Document, part: Option<&Part>, index: usize) -> bool {
    part.is_some_and(|part| {
        document.blocks[part.first + 1..index]
            .iter()
            .all(|block| matches!(block.kind, BlockKind::Blank | BlockKind::Title(_)))
    })
}

/// The number of a heading 一、
fn main_heading(block: &Block) -> Option<u32> {
    let marker = match &block.kind {
        BlockKind::Heading(paragraph) | BlockKind::Paragraph(paragraph) => paragraph.marker.as_ref()?,
        _ => return None,
    };
    (marker.style == MarkerStyle::Han).then_some(marker.number)
}

fn attachment(block: &Block) -> Option<u32> {
    let marker = match &block.kind {
        BlockKind::Heading(paragraph) | BlockKind::Paragraph(paragraph) => paragraph.marker.as_ref()?,
        _ => return None,
    };
    (marker.style == MarkerStyle::Attachment).then_some(marker.number)
}

fn title(block: &Block) -> Option<String> {
    match &block.kind {
        BlockKind::Title(paragraph) => Some(paragraph.flow.text().to_owned()),
        _ => None,
    }
}

fn is_of_project(title: &str) -> bool {
    title.contains("项目支出绩效") || title.contains("项目绩效") || title.contains("项目自评")
}

/// 项目支出名称 | 物业管理费
fn project_name(table: &Table) -> Option<String> {
    let heads = ["项目支出名称", "项目名称", "专项名称", "专项资金名称"];
    let row = table
        .rows
        .iter()
        .take(4)
        .find(|row| row.cells.first().is_some_and(|cell| heads.contains(&cell.flow.text())))?;
    Some(normal_name(row.cells.get(1)?.flow.text())).filter(|name| name.chars().count() >= 2)
}

/// 附件3-2 names its project in its table; 附件4-2 is the report on the same project.
fn name_by_number(parts: &mut [Part]) {
    let known: BTreeMap<u32, String> = parts
        .iter()
        .filter_map(|part| Some((part.attachment? % 100, part.name.clone()?)))
        .filter(|(sub, _)| *sub > 0)
        .collect();
    for part in parts.iter_mut().filter(|part| part.name.is_none()) {
        part.name = part.attachment.and_then(|number| known.get(&(number % 100)).cloned());
    }
}
