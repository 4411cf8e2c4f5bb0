//! What must hold of every tree, whatever the text: spans in bounds and on character boundaries, blocks that cover the
//! text without gaps, children inside their parents, siblings in order.

use gouji::check::Audit;
use gouji::document::{Block, BlockKind, Document, Literal, Paragraph, Table};
use gouji::source::{Flow, Source, Span};

/// The first thing that does not hold.
pub(crate) fn document(source: &Source, document: &Document) -> Result<(), String> {
    let mut end = 0;
    for (index, each) in document.blocks.iter().enumerate() {
        let span = inside(source, source.whole(), each.span, "block")?;
        check(span.start() == end && !span.is_empty(), || {
            format!("block {index} begins at {}, not {end}", span.start())
        })?;
        end = span.end();
        block(source, each).map_err(|error| format!("block {index}: {error}"))?;
        let known = each.section.is_none_or(|id| (id.0 as usize) < document.sections.len());
        check(known, || format!("block {index} stands in a section that there is not"))?;
    }
    check(end == source.text().len(), || format!("the blocks end at {end}, not {}", source.text().len()))?;
    sections(source, document)
}

/// What must hold of the findings and numbers of an audit.
pub(crate) fn audit(audit: &Audit) -> Result<(), String> {
    let source = &audit.source;
    document(source, &audit.document)?;
    for number in &audit.facts.numbers {
        let block = audit.document.blocks.get(number.block).ok_or("a number stands in no block")?;
        inside(source, block.span, number.literal.span, "number")?;
    }
    increasing(audit.facts.numbers.iter().map(|number| number.literal.span), "numbers")?;
    let count = audit.facts.numbers.len();
    let bound =
        audit.facts.facts.iter().map(|fact| fact.number).chain(audit.facts.claims.iter().flat_map(|c| c.numbers()));
    check(bound.into_iter().all(|id| (id.0 as usize) < count), || "a number that there is not".into())?;
    check(audit.ledger.numbers() as usize == count, || "the ledger does not count every number once".into())?;
    for claim in &audit.facts.claims {
        inside(source, source.whole(), claim.span, "claim")?;
        let stray = claim.roles.iter().find(|(role, _)| !claim.kind.roles().contains(role));
        check(stray.is_none(), || format!("{} has the role {:?}; see ClaimKind::roles", claim.kind.word(), stray))?;
    }
    for finding in &audit.findings {
        for label in std::iter::once(&finding.primary).chain(&finding.related) {
            inside(source, source.whole(), label.span, "label")
                .map_err(|error| format!("{}: {error}", finding.rule))?;
        }
        check(!finding.message.is_empty(), || format!("{} says nothing", finding.rule))?;
    }
    let sorted = audit.findings.is_sorted_by(|a, b| a.order(b).is_le());
    check(sorted, || "the findings are not in their order".into())
}

fn check(holds: bool, what: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(what()) }
}

fn inside(source: &Source, parent: Span, span: Span, what: &str) -> Result<Span, String> {
    let text = source.text();
    let (start, end) = (span.start(), span.end());
    check(start <= end && end <= text.len(), || format!("{what} {start}..{end} is outside the text"))?;
    check(text.is_char_boundary(start) && text.is_char_boundary(end), || {
        format!("{what} {start}..{end} cuts a character")
    })?;
    check(parent.contains(span), || format!("{what} {start}..{end} is outside {}..{}", parent.start(), parent.end()))?;
    Ok(span)
}

/// Spans in order that do not overlap.
fn increasing(spans: impl Iterator<Item = Span>, what: &str) -> Result<(), String> {
    let mut end = 0;
    for span in spans {
        check(span.start() >= end, || format!("{what}: {}..{} overlaps what is before it", span.start(), span.end()))?;
        end = span.end();
    }
    Ok(())
}

fn block(source: &Source, block: &Block) -> Result<(), String> {
    match &block.kind {
        BlockKind::Table(each) => table(source, block.span, each),
        BlockKind::Blank | BlockKind::Furniture => Ok(()),
        BlockKind::Title(p) | BlockKind::Heading(p) | BlockKind::Paragraph(p) | BlockKind::Note(p) => {
            paragraph(source, block.span, p)
        }
    }
}

fn paragraph(source: &Source, span: Span, paragraph: &Paragraph) -> Result<(), String> {
    let flow = &paragraph.flow;
    if let Some(origin) = flow.origin() {
        inside(source, span, origin, "flow")?;
    }
    if let Some(marker) = &paragraph.marker {
        inside(source, span, marker.span, "marker")?;
    }
    if let Some(title) = &paragraph.title {
        check(flow.text().get(title.clone()).is_some(), || "the title is outside the paragraph".into())?;
    }
    literals(source, span, flow, &paragraph.literals)?;
    let mut end = 0;
    for sentence in &paragraph.sentences {
        check(flow.text().get(sentence.range.clone()).is_some(), || "a sentence cuts a character".into())?;
        check(sentence.range.start >= end, || "sentences overlap".into())?;
        end = sentence.range.end;
        let mut clause_end = sentence.range.start;
        for clause in &sentence.clauses {
            check(flow.text().get(clause.range.clone()).is_some(), || "a clause cuts a character".into())?;
            let within = clause.range.start >= clause_end && clause.range.end <= sentence.range.end;
            check(within, || "clauses overlap or leave their sentence".into())?;
            clause_end = clause.range.end;
        }
    }
    Ok(())
}

fn literals(source: &Source, parent: Span, flow: &Flow, literals: &[Literal]) -> Result<(), String> {
    increasing(literals.iter().map(|literal| literal.span), "literals")?;
    for literal in literals {
        inside(source, parent, literal.span, "literal")?;
        inside(source, literal.span, literal.digits, "digits")?;
        check(flow.text().get(literal.range.clone()).is_some(), || "a literal cuts a character of its flow".into())?;
        check(flow.span(literal.range.clone()) == literal.span, || {
            format!("{:?} does not lead back to {:?}", flow.slice(literal.range.clone()), source.slice(literal.span))
        })?;
    }
    Ok(())
}

fn table(source: &Source, span: Span, table: &Table) -> Result<(), String> {
    inside(source, span, table.span, "table")?;
    increasing(table.rows.iter().map(|row| row.span), "rows")?;
    for (index, row) in table.rows.iter().enumerate() {
        inside(source, table.span, row.span, "row")?;
        increasing(row.cells.iter().map(|cell| cell.span), "cells")?;
        let mut column = 0;
        for cell in &row.cells {
            inside(source, row.span, cell.span, "cell")?;
            check(cell.row <= index && cell.column >= column, || format!("row {index}: columns run backwards"))?;
            column = cell.column + 1;
            literals(source, cell.span, &cell.flow, &cell.literals)?;
        }
    }
    let mut next = 0;
    for band in &table.bands {
        let joined =
            band.header.start == next && band.header.end == band.body.start && band.body.end >= band.body.start;
        check(joined, || format!("the bands leave out rows at {next}"))?;
        next = band.body.end;
    }
    check(next == table.rows.len(), || "the bands leave out the last rows".into())
}

fn sections(source: &Source, document: &Document) -> Result<(), String> {
    for (index, section) in document.sections.iter().enumerate() {
        inside(source, source.whole(), section.span, "section")?;
        let level = section.parent.map_or(0, |id| document.section(id).level);
        check(section.parent.is_none_or(|id| (id.0 as usize) < index), || "a section comes before its parent".into())?;
        check(section.level == level + 1, || format!("section {index} skips a level"))?;
        check(section.block < document.blocks.len(), || format!("section {index} has no heading"))?;
    }
    increasing(document.sections.iter().map(|section| section.span), "sections")
}
