//! Headings to a hierarchy, even where number styles mix.

use super::{Block, BlockKind, Document, MarkerStyle, Paragraph, Section, SectionId};

/// A heading on the way to the current place.
struct Open {
    style: Option<MarkerStyle>,
    number: u32,
    level: u8,
    id: SectionId,
}

/// Fills in the sections of a document and each block's section.
pub(super) fn nest(document: &mut Document) {
    let headings = headings(&document.blocks);
    let mut open: Vec<Open> = Vec::new();
    let mut next = 0;
    for index in 0..document.blocks.len() {
        if matches!(document.blocks[index].kind, BlockKind::Title(_)) {
            open.clear();
        }
        if headings.get(next).is_some_and(|heading| heading.block == index) {
            open_section(document, &headings[next..], &mut open);
            next += 1;
        }
        document.blocks[index].section = open.last().map(|section| section.id);
    }
}

struct Heading {
    block: usize,
    style: Option<MarkerStyle>,
    number: u32,
}

fn headings(blocks: &[Block]) -> Vec<Heading> {
    let read = |(block, each): (usize, &Block)| {
        let paragraph = opens_section(each)?;
        let marker = paragraph.marker.as_ref();
        Some(Heading { block, style: marker.map(|m| m.style), number: marker.map_or(0, |m| m.number) })
    };
    blocks.iter().enumerate().filter_map(read).collect()
}

/// The paragraph of a block that opens a section: a heading, or text that begins with one.
fn opens_section(block: &Block) -> Option<&Paragraph> {
    match &block.kind {
        BlockKind::Heading(paragraph) => Some(paragraph),
        BlockKind::Paragraph(paragraph) if paragraph.title.is_some() => Some(paragraph),
        _ => None,
    }
}

/// Opens the section of the first of `headings`; the others are those that follow.
fn open_section(document: &mut Document, headings: &[Heading], open: &mut Vec<Open>) {
    let heading = &headings[0];
    let keep = place(heading, &headings[1..], open);
    open.truncate(keep);
    let parent = open.last().map(|section| section.id);
    let level = open.last().map_or(1, |section| section.level + 1);
    let id = SectionId(document.sections.len() as u32);
    let block = &document.blocks[heading.block];
    let paragraph = block.paragraph().expect("a heading is a paragraph");
    let title = paragraph.title.clone().map_or("", |range| paragraph.flow.slice(range)).to_owned();
    document.sections.push(Section { block: heading.block, parent, level, title, span: block.span });
    open.push(Open { style: heading.style, number: heading.number, level, id });
}

/// How many of the open headings stay open above this one.
fn place(heading: &Heading, following: &[Heading], open: &[Open]) -> usize {
    let Some(style) = heading.style else {
        // A heading that lost its number is taken for a sibling of the innermost one.
        return open.len().saturating_sub(1);
    };
    if let Some(at) = open.iter().rposition(|each| each.style.is_some_and(|s| s.is_like(style)))
        && !fills_outer_gap(heading, following, &open[..at])
    {
        return at;
    }
    if let Some(at) = gap(heading, following, open) {
        return at;
    }
    let level = style.usual_level();
    open.iter().position(|each| each.style.is_none_or(|s| s.usual_level() >= level)).unwrap_or(open.len())
}

/// The innermost open heading whose sequence misses just this number: 二、 … 3、 … 四、
fn gap(heading: &Heading, following: &[Heading], open: &[Open]) -> Option<usize> {
    open.iter().rposition(|each| {
        let Some(style) = each.style.filter(|_| each.number + 1 == heading.number) else { return false };
        let mut resumes = following.iter().take_while(|next| next.style != Some(MarkerStyle::Attachment));
        resumes.find(|next| next.style == Some(style)).is_some_and(|later| later.number > heading.number)
    })
}

/// Whether an outer sequence misses this number while the sequence of its own style would not.
fn fills_outer_gap(heading: &Heading, following: &[Heading], outer: &[Open]) -> bool {
    heading.number > 1 && gap(heading, following, outer).is_some()
}
