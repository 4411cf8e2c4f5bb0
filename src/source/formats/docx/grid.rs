//! Tables on their grids.

use super::model::{Block, Cell, Table};
use super::reading::At;
use super::walk::Story;
use super::xml::{Element, Space};
use crate::source::ReadError;

/// More columns than Word lets a table have, with those that only a merged cell tells apart.
const COLUMNS: usize = 512;

/// How a cell takes part in a vertical merge.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Merge {
    None,
    Begins,
    Continues,
}

pub(super) fn read(story: &mut Story<'_>, element: &Element<'_>) -> Result<Table, ReadError> {
    if story.tables >= story.limits.tables {
        let limit = story.limits.tables;
        return Err(ReadError::new(format!("表格嵌套超过 {limit} 层，没有读取；请在 Word 或 WPS 里拆开后再查")));
    }
    story.tables += 1;
    let mut reader = Reader { table: Table::default(), open: Vec::new() };
    reader.rows(story, element)?;
    story.tables -= 1;
    straighten(&mut reader.table, &widths(element));
    Ok(reader.table)
}

/// Edges nearer than this, in twentieths of a point, are one that was drawn twice: no text fits between them.
const NEAR: u64 = 170;

/// The widths of the columns of the grid.
fn widths(table: &Element<'_>) -> Vec<u64> {
    let columns = table.child("tblGrid").into_iter().flat_map(Element::elements).filter(|each| each.name == "gridCol");
    columns
        .map(|column| column.attribute("w").and_then(|width| width.parse::<u32>().ok()).map_or(0, u64::from))
        .collect()
}

/// Tables that were edited by hand have edges a hair apart, so that a cell stands partly under its neighbour's header. Columns
/// between such edges are taken out, unless a cell would be left without any.
fn straighten(table: &mut Table, widths: &[u64]) {
    let columns = table.rows.iter().flatten().map(|cell| cell.at.column + cell.at.column_span).max().unwrap_or(0);
    if widths.len() < columns || widths.iter().sum::<u64>() == 0 {
        return;
    }
    let mut edges = vec![0];
    let mut since = 0;
    for width in &widths[..columns] {
        since += width;
        let last = edges[edges.len() - 1];
        edges.push(if since < NEAR { last } else { last + 1 });
        if since >= NEAR {
            since = 0;
        }
    }
    let moved = |at: At| {
        let (start, end) = (edges[at.column], edges[at.column + at.column_span]);
        (end > start).then(|| At { column: start, column_span: end - start, ..at })
    };
    if table.rows.iter().flatten().all(|cell| moved(cell.at).is_some()) {
        for cell in table.rows.iter_mut().flatten() {
            cell.at = moved(cell.at).unwrap_or(cell.at);
        }
    }
}

struct Reader {
    table: Table,
    /// The cells of merges that may go on in the next row: row and index of each.
    open: Vec<(usize, usize)>,
}

impl Reader {
    fn rows(&mut self, story: &mut Story<'_>, inside: &Element<'_>) -> Result<(), ReadError> {
        for each in inside.elements() {
            match (each.space, each.name) {
                (Space::Word, "tr") => self.row(story, each)?,
                (Space::Word, "del" | "moveFrom") => story.seen.tracked += 1,
                (Space::Word, "sdt" | "sdtContent" | "customXml" | "ins" | "moveTo") => self.rows(story, each)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn row(&mut self, story: &mut Story<'_>, element: &Element<'_>) -> Result<(), ReadError> {
        let properties = element.child("trPr");
        if properties.is_some_and(|each| each.child("del").is_some()) {
            story.seen.tracked += 1;
            return Ok(());
        }
        let mut row =
            Row { column: number(properties, "gridBefore").unwrap_or(0), cells: Vec::new(), open: Vec::new() };
        let index = self.table.rows.len();
        self.cells(story, element, index, &mut row)?;
        self.table.rows.push(row.cells);
        self.open = row.open;
        Ok(())
    }

    fn cells(
        &mut self,
        story: &mut Story<'_>,
        inside: &Element<'_>,
        index: usize,
        row: &mut Row,
    ) -> Result<(), ReadError> {
        for each in inside.elements() {
            match (each.space, each.name) {
                (Space::Word, "tc") => self.cell(story, each, index, row)?,
                (Space::Word, "sdt" | "sdtContent" | "customXml") => self.cells(story, each, index, row)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn cell(
        &mut self,
        story: &mut Story<'_>,
        element: &Element<'_>,
        index: usize,
        row: &mut Row,
    ) -> Result<(), ReadError> {
        let properties = element.child("tcPr");
        if properties.is_some_and(|each| each.child("cellDel").is_some()) {
            story.seen.tracked += 1;
            return Ok(());
        }
        story.seen.cells += 1;
        let span = number(properties, "gridSpan").unwrap_or(1).max(1);
        if story.seen.cells > story.limits.cells || row.column.saturating_add(span) > COLUMNS {
            return Err(ReadError::new("表格大得反常，没有读取；请核对文件，或拆分后再查"));
        }
        let column = row.column;
        row.column += span;
        if merge(properties, "hMerge") == Merge::Continues && row.widen(span) {
            return Ok(());
        }
        let merge = merge(properties, "vMerge");
        if merge == Merge::Continues
            && let Some(origin) = self.above(column, span)
        {
            let cell = &mut self.table.rows[origin.0][origin.1];
            cell.at.row_span = index + 1 - cell.at.row;
            row.open.push(origin);
            let hidden = story.blocks(element)?;
            story.seen.covered += usize::from(hidden.iter().any(has_text));
            return Ok(());
        }
        if merge != Merge::None {
            row.open.push((index, row.cells.len()));
        }
        let at = At { row: index, column, row_span: 1, column_span: span };
        row.cells.push(Cell { at, counted: column, blocks: story.blocks(element)? });
        Ok(())
    }

    /// The cell above that a merge goes on from: the one over the same columns, or at least from the same column on.
    fn above(&self, column: usize, span: usize) -> Option<(usize, usize)> {
        let at = |&(row, index): &(usize, usize)| self.table.rows[row][index].at;
        let same = self.open.iter().find(|open| at(open).column == column && at(open).column_span == span);
        same.or_else(|| self.open.iter().find(|open| at(open).column == column)).copied()
    }
}

/// A row while it is read.
struct Row {
    /// The column of the next cell.
    column: usize,
    cells: Vec<Cell>,
    open: Vec<(usize, usize)>,
}

impl Row {
    /// Adds the columns of a cell that goes on with the one to its left, as old documents write it.
    fn widen(&mut self, span: usize) -> bool {
        let Some(last) = self.cells.last_mut() else { return false };
        last.at.column_span += span;
        true
    }
}

fn merge(properties: Option<&Element<'_>>, name: &str) -> Merge {
    match properties.and_then(|each| each.child(name)) {
        None => Merge::None,
        Some(each) if each.attribute("val").as_deref() == Some("restart") => Merge::Begins,
        Some(_) => Merge::Continues,
    }
}

fn number(properties: Option<&Element<'_>>, name: &str) -> Option<usize> {
    properties?.child(name)?.attribute("val")?.parse().ok()
}

fn has_text(block: &Block) -> bool {
    match block {
        Block::Paragraph(paragraph) => !paragraph.text.trim().is_empty(),
        Block::Table(_) => true,
    }
}
