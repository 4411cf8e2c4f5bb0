//! A page to what stands on it: lines of text and tables, from top to bottom.

use super::aligned;
use super::geometry::{Area, Glyph, Page};
use super::lattice::{Lattice, LatticeCell, lattices};
use super::line::{Line, Printed, lines};

/// What stands on a page.
#[derive(Clone, Debug)]
pub(super) enum Item {
    Line(Line),
    Table(Table),
}

/// A table as it stands on one page, or joined from several.
#[derive(Clone, Debug)]
pub(super) struct Table {
    pub(super) area: Area,
    /// The places of the grid's lines from left to right: one more than there are columns.
    pub(super) columns: Vec<i32>,
    pub(super) rows: usize,
    /// By row, then column.
    pub(super) cells: Vec<Cell>,
    /// Ruling lines tell its cells.
    pub(super) ruled: bool,
    /// Why rows or columns cannot be told for certain.
    pub(super) doubt: Option<Doubt>,
}

#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub(super) page: usize,
    pub(super) row: usize,
    pub(super) column: usize,
    pub(super) row_span: usize,
    pub(super) column_span: usize,
    pub(super) area: Area,
    /// They stand on `page` or, where a page break cut the cell, on later ones.
    pub(super) lines: Vec<Printed>,
}

/// Why a table is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Doubt {
    /// Lines or columns do not make a grid.
    Grid,
    /// A character beside digits is unknown.
    Characters,
}

impl Item {
    pub(super) fn area(&self) -> Area {
        match self {
            Item::Line(line) => line.area,
            Item::Table(table) => table.area,
        }
    }
}

impl Cell {
    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    pub(super) fn text(&self) -> String {
        self.lines.iter().map(|printed| printed.line.text()).collect()
    }
}

impl Table {
    pub(super) fn row(&self, row: usize) -> impl Iterator<Item = &Cell> {
        self.cells.iter().filter(move |cell| cell.row == row)
    }
}

/// What stands on page `index`.
pub(super) fn items(index: usize, page: &Page) -> Vec<Item> {
    let mut grids = lattices(&page.rules);
    let (mut inside, mut outside) = sort(&grids, &page.glyphs);
    let filled = |cells: &Vec<Vec<Glyph>>| cells.iter().filter(|cell| cell.iter().any(|g| g.c != ' ')).count() > 1;
    let mut tables = Vec::new();
    for (lattice, cells) in grids.drain(..).zip(inside.drain(..)) {
        if filled(&cells) {
            tables.push(table(index, &lattice, cells));
        } else {
            outside.extend(cells.into_iter().flatten());
        }
    }
    let mut items = aligned::items(index, lines(outside));
    items.extend(tables.into_iter().map(Item::Table));
    items.sort_by_key(|item| (item.area().top, item.area().left));
    items
}

/// The characters in each cell of each lattice, and those in none.
fn sort(grids: &[Lattice], glyphs: &[Glyph]) -> (Vec<Vec<Vec<Glyph>>>, Vec<Glyph>) {
    let mut inside: Vec<Vec<Vec<Glyph>>> = grids.iter().map(|grid| vec![Vec::new(); grid.cells.len()]).collect();
    let mut outside = Vec::new();
    for glyph in glyphs {
        let place = glyph.area.center();
        let found = grids.iter().enumerate().find_map(|(at, grid)| {
            grid.area().holds(place).then(|| grid.cell_at(place)).flatten().map(|cell| (at, cell))
        });
        match found {
            Some((grid, cell)) => inside[grid][cell].push(*glyph),
            None => outside.push(*glyph),
        }
    }
    (inside, outside)
}

fn table(page: usize, lattice: &Lattice, cells: Vec<Vec<Glyph>>) -> Table {
    let cells: Vec<Cell> = lattice
        .cells
        .iter()
        .zip(cells)
        .map(|(cell, glyphs)| Cell {
            page,
            row: cell.row,
            column: cell.column,
            row_span: cell.row_span,
            column_span: cell.column_span,
            area: lattice.cell_area(cell),
            lines: lines(glyphs).into_iter().map(|line| Printed { page, line }).collect(),
        })
        .collect();
    // What is no rectangle is no cell; if it is empty, it is a stretch between cells.
    let torn = |cell: &LatticeCell, filled: &Cell| !cell.sound && !filled.is_empty();
    let doubt = lattice.cells.iter().zip(&cells).any(|(cell, filled)| torn(cell, filled)).then_some(Doubt::Grid);
    let kept = lattice.cells.iter().zip(cells).filter(|(cell, filled)| cell.sound || !filled.is_empty());
    let cells = kept.map(|(_, cell)| cell).collect();
    let (area, columns, rows) = (lattice.area(), lattice.columns.clone(), lattice.rows.len() - 1);
    Table { area, columns, rows, cells, ruled: true, doubt }
}
