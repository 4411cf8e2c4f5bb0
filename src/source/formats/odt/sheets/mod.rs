//! OpenDocument spreadsheets: the same sheets as those of a workbook, with the numbers as the file says that they are shown.

mod format;
mod formula;

use super::super::xlsx::{Book, MOST_COLUMNS, MOST_ROWS, Place, Sheet, too_large};
use super::model::Block;
use super::walk::Walk;
use super::xml::{Element, Space};
use super::{Lists, Package, Parts, Styles, repeated};
use crate::source::ReadError;
use crate::source::formats::{Limits, Reading};
use format::Formats;

/// Reads a spreadsheet.
pub(in crate::source::formats) fn read(bytes: &[u8], limits: &Limits) -> Result<Reading, ReadError> {
    let parts = Parts::of(&mut Package::open(bytes, *limits)?)?;
    let (content, styles) = parts.trees(limits)?;
    let roots = [&styles, &content];
    let (known, formats) = (Styles::of(&roots), Formats::of(&roots));
    let mut walk = Walk::new(limits, &known, Lists::of(&roots));
    let mut book = Book::new(false);
    let body = content.child("body").and_then(|body| body.child("spreadsheet"));
    for table in body.into_iter().flat_map(Element::elements).filter(|each| is(each, "table")) {
        let name = table.attribute("name").unwrap_or_default().into_owned();
        if formats.hides(table) {
            book.hidden_sheets.push(name);
            continue;
        }
        let mut filling = Filling {
            sheet: Sheet::new(&name),
            walk: &mut walk,
            formats: &formats,
            limits,
            columns: Vec::new(),
            row: 0,
        };
        filling.rows(table)?;
        let sheet = filling.sheet;
        book.add(sheet, limits)?;
    }
    Ok(book.finish(false))
}

fn is(element: &Element<'_>, name: &str) -> bool {
    element.space == Space::OdfTable && element.name == name
}

/// A sheet while it is filled.
struct Filling<'f, 'w> {
    sheet: Sheet,
    walk: &'f mut Walk<'w>,
    formats: &'f Formats,
    limits: &'f Limits,
    /// The column after each run of columns, and the style of its cells.
    columns: Vec<(usize, Option<String>)>,
    row: usize,
}

impl Filling<'_, '_> {
    fn rows(&mut self, inside: &Element<'_>) -> Result<(), ReadError> {
        for each in inside.elements().filter(|each| each.space == Space::OdfTable) {
            match each.name {
                "table-column" => self.column(each),
                "table-columns"
                | "table-header-columns"
                | "table-column-group"
                | "table-header-rows"
                | "table-rows"
                | "table-row-group" => self.rows(each)?,
                "table-row" => self.repeated_row(each)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn column(&mut self, column: &Element<'_>) {
        let from = self.columns.last().map_or(0, |(end, _)| *end);
        let end = from.saturating_add(repeated(column, "number-columns-repeated")).min(MOST_COLUMNS);
        let style = column.attribute("default-cell-style-name").map(|name| name.into_owned());
        self.columns.push((end, style));
        let hidden = is_hidden(column) && end < MOST_COLUMNS;
        self.sheet.seen.hidden_columns += if hidden { end - from } else { 0 };
    }

    /// The rows after the last one that says something are one row, a million times.
    fn repeated_row(&mut self, row: &Element<'_>) -> Result<(), ReadError> {
        let count = repeated(row, "number-rows-repeated");
        if !row.elements().any(|cell| cell.elements().next().is_some()) {
            self.row = self.row.saturating_add(count);
            return Ok(());
        }
        for _ in 0..count {
            if self.row >= MOST_ROWS {
                return Err(too_large());
            }
            self.sheet.seen.hidden_rows += usize::from(is_hidden(row));
            self.cells(row)?;
            self.row += 1;
        }
        Ok(())
    }

    fn cells(&mut self, row: &Element<'_>) -> Result<(), ReadError> {
        let mut column = 0;
        for cell in row.elements().filter(|each| is(each, "table-cell") || is(each, "covered-table-cell")) {
            let count = repeated(cell, "number-columns-repeated");
            let empty = cell.elements().next().is_none() && cell.attribute("formula").is_none();
            let wide = repeated(cell, "number-columns-spanned") > 1 || repeated(cell, "number-rows-spanned") > 1;
            if cell.name == "table-cell" && (!empty || wide) {
                for column in (column..MOST_COLUMNS).take(count) {
                    self.cell(cell, (self.row, column))?;
                }
            }
            column = column.saturating_add(count);
        }
        Ok(())
    }

    fn cell(&mut self, cell: &Element<'_>, place: Place) -> Result<(), ReadError> {
        self.walk.seen.cells += 1;
        if self.walk.seen.cells > self.limits.cells {
            return Err(too_large());
        }
        let last = |name: &str, from: usize, most: usize| from.saturating_add(repeated(cell, name)).min(most) - 1;
        let end =
            (last("number-rows-spanned", place.0, MOST_ROWS), last("number-columns-spanned", place.1, MOST_COLUMNS));
        if end != place {
            self.sheet.merge(place, end);
        }
        let shown = self.shown(cell)?;
        let formula = cell.attribute("formula");
        match (cell.attribute("value-type").as_deref(), cell.attribute("value")) {
            (None, _) if formula.is_some() && shown.is_empty() => self.sheet.uncomputed(place),
            (Some("float" | "percentage" | "currency"), Some(value)) => {
                self.sheet.printed(place, &value, shown.clone());
                let style =
                    cell.attribute("style-name").map(|name| name.into_owned()).or_else(|| self.of_column(place.1));
                let format = self.formats.of_cell(style.as_deref(), &value, &shown);
                if let Some((formula, format)) = formula.and_then(|text| formula::told(&text)).zip(format) {
                    self.sheet.formula(place, formula, &format);
                }
            }
            (Some("string") | None, _) if formula.is_none() => self.sheet.text(place, shown, false),
            (Some("string"), _) if shown.starts_with('#') => self.sheet.error(place, shown),
            _ => self.sheet.text(place, shown, true),
        }
        Ok(())
    }

    fn shown(&mut self, cell: &Element<'_>) -> Result<String, ReadError> {
        let text = |block: Block| match block {
            Block::Paragraph(paragraph) => Some(paragraph.text),
            Block::Table(_) => None,
        };
        let lines: Vec<String> = self.walk.blocks(cell)?.into_iter().filter_map(text).collect();
        Ok(lines.join("\n"))
    }

    fn of_column(&self, column: usize) -> Option<String> {
        let run = self.columns.partition_point(|(end, _)| *end <= column);
        self.columns.get(run)?.1.clone()
    }
}

fn is_hidden(element: &Element<'_>) -> bool {
    matches!(element.attribute("visibility").as_deref(), Some("collapse" | "filter"))
}
