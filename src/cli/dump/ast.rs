//! The tree of a report, one node per line, with the lines of the report.

use std::io::{self, Write};

use super::{at, excerpt, words};
use crate::check::Audit;
use crate::document::{Block, BlockKind, Document, Literal, Paragraph, SectionId, Table};
use crate::source::Source;

pub(super) fn write(out: &mut dyn Write, audit: &Audit) -> io::Result<()> {
    let (source, document) = (&audit.source, &audit.document);
    document.blocks.iter().try_for_each(|block| write_block(out, source, document, block))
}

fn write_block(out: &mut dyn Write, source: &Source, document: &Document, block: &Block) -> io::Result<()> {
    let line = source.position(block.span.start()).line;
    let indent = "  ".repeat(depth(document, block.section));
    let name = match &block.kind {
        BlockKind::Blank => "blank",
        BlockKind::Title(_) => "title",
        BlockKind::Heading(_) => "heading",
        BlockKind::Paragraph(_) => "paragraph",
        BlockKind::Note(_) => "note",
        BlockKind::Table(_) => "table",
        BlockKind::Furniture => "furniture",
    };
    write!(out, "{line:5} {indent}{name}")?;
    match &block.kind {
        BlockKind::Table(table) => write_table(out, source, table),
        _ => match block.paragraph() {
            Some(paragraph) => write_paragraph(out, source, paragraph, &indent),
            None => writeln!(out, " {}", words(source, block.span)),
        },
    }
}

fn depth(document: &Document, section: Option<SectionId>) -> usize {
    section.map_or(0, |id| usize::from(document.section(id).level))
}

fn write_paragraph(out: &mut dyn Write, source: &Source, paragraph: &Paragraph, indent: &str) -> io::Result<()> {
    if let Some(marker) = &paragraph.marker {
        write!(out, " {:?}{}{}", marker.style, marker.number, if marker.soft { "~" } else { "" })?;
    }
    writeln!(out, " {}", excerpt(paragraph.flow.text(), 60))?;
    paragraph.literals.iter().try_for_each(|literal| write_literal(out, source, literal, indent))
}

fn write_table(out: &mut dyn Write, source: &Source, table: &Table) -> io::Result<()> {
    write!(out, " {} 行 {} 列", table.rows.len(), table.width())?;
    if let Some(unit) = table.unit {
        write!(out, " 单位 {}", unit.word())?;
    }
    for band in &table.bands {
        write!(out, " 表头 {:?} 表身 {:?}", band.header, band.body)?;
    }
    writeln!(out)?;
    for cell in table.cells() {
        let (row, column) = (cell.row + 1, cell.column + 1);
        let merged = if (cell.row_span, cell.column_span) == (1, 1) {
            String::new()
        } else {
            format!(" ({}×{})", cell.row_span, cell.column_span)
        };
        writeln!(out, "      [{row},{column}]{merged} {:?} {}", cell.blank, excerpt(cell.flow.text(), 40))?;
        cell.literals.iter().try_for_each(|literal| write_literal(out, source, literal, "    "))?;
    }
    Ok(())
}

fn write_literal(out: &mut dyn Write, source: &Source, literal: &Literal, indent: &str) -> io::Result<()> {
    let (place, text) = (at(source, literal.span), words(source, literal.span));
    writeln!(out, "      {indent}= {place} {text} {}", literal_facts(literal))
}

/// Kind, value, unit and hedge of a number.
pub(super) fn literal_facts(literal: &Literal) -> String {
    let printed = if literal.unit_printed { "" } else { "（承袭）" };
    format!("{:?} {} {:?}{printed} {:?}", literal.kind, literal.value, literal.unit, literal.hedge)
}
