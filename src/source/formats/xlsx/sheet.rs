//! The cells of one sheet.

use std::collections::BTreeMap;

use super::decimal::Decimal;
use super::formula::{self, Stored, moved};
use super::{Limits, Shared, is_true, show, strings, xml};
use crate::source::ReadError;

/// Row and column, from 0.
pub(in crate::source::formats) type Place = (usize, usize);

/// How large a sheet may be.
pub(in crate::source::formats) const MOST_ROWS: usize = 1_048_576;
pub(in crate::source::formats) const MOST_COLUMNS: usize = 16_384;

pub(in crate::source::formats) struct Sheet {
    pub(in crate::source::formats) name: String,
    /// Cells that show something.
    pub(super) cells: BTreeMap<Place, String>,
    /// Merged ranges by their first cell: the cell after their last one.
    pub(in crate::source::formats) merges: BTreeMap<Place, Place>,
    pub(in crate::source::formats) seen: Seen,
    pub(super) formulas: formula::Cells,
    /// Bytes of what its cells show; many may show the same long text.
    pub(super) written: usize,
    /// Formulas that several cells share, by their number, with the cell that they are written for.
    shared: BTreeMap<String, (Place, String)>,
}

/// What was met that a user should know, with the names of cells.
#[derive(Default)]
pub(in crate::source::formats) struct Seen {
    /// Numbers kept as text.
    pub(super) text_numbers: Vec<String>,
    /// Numbers that are shown with fewer places than they are kept with.
    pub(super) rounded: Vec<String>,
    /// Formulas without a result.
    pub(super) uncomputed: Vec<String>,
    /// Cells that show an error.
    pub(super) errors: Vec<String>,
    pub(in crate::source::formats) hidden_rows: usize,
    pub(in crate::source::formats) hidden_columns: usize,
}

impl Sheet {
    pub(in crate::source::formats) fn new(name: &str) -> Sheet {
        Sheet {
            name: name.to_owned(),
            cells: BTreeMap::new(),
            merges: BTreeMap::new(),
            seen: Seen::default(),
            formulas: formula::Cells::new(name),
            written: 0,
            shared: BTreeMap::new(),
        }
    }

    /// How many cells show something.
    pub(in crate::source::formats) fn count(&self) -> usize {
        self.cells.len()
    }

    /// Refuses a sheet that shows more than any report.
    pub(in crate::source::formats) fn bounded(&self, limits: &Limits) -> Result<(), ReadError> {
        let fits = self.cells.len() <= limits.cells && self.written as u64 <= limits.expanded;
        if fits { Ok(()) } else { Err(too_large()) }
    }

    pub(super) fn read(name: &str, part: &str, shared: &Shared, limits: &Limits) -> Result<Sheet, ReadError> {
        let root = xml::parse(part, limits)?;
        let mut sheet = Sheet::new(name);
        let mut row = 0;
        for each in root.child("sheetData").into_iter().flat_map(|data| data.elements()) {
            row = each.attribute("r").and_then(|r| r.parse::<usize>().ok()).map_or(row, |r| r.saturating_sub(1));
            sheet.seen.hidden_rows += usize::from(is_hidden(each));
            let mut column = 0;
            for cell in each.elements() {
                let place = cell.attribute("r").and_then(|name| place_of(&name)).unwrap_or((row, column));
                column = place.1 + 1;
                sheet.cell(cell, place, shared);
                sheet.bounded(limits)?;
            }
            row += 1;
        }
        for each in root.child("cols").into_iter().flat_map(|cols| cols.elements()).filter(|each| is_hidden(each)) {
            let number = |name: &str| each.attribute(name).and_then(|value| value.parse::<usize>().ok()).unwrap_or(1);
            sheet.seen.hidden_columns += (number("max").min(limits.columns) + 1).saturating_sub(number("min"));
        }
        for each in root.child("mergeCells").into_iter().flat_map(|merges| merges.elements()) {
            let range = each.attribute("ref").unwrap_or_default();
            let ends = range.split_once(':').and_then(|(first, last)| place_of(first).zip(place_of(last)));
            ends.into_iter().for_each(|(first, last)| sheet.merge(first, last));
        }
        Ok(sheet)
    }

    fn cell(&mut self, cell: &xml::Element<'_>, place: Place, shared: &Shared) {
        let kind = cell.attribute("t").unwrap_or_default();
        // A program that does not compute may write an empty result; one that computed an empty text says that it is text.
        let stored = cell.child("v").map(xml::Element::text).filter(|stored| !stored.is_empty() || kind == "str");
        let own = cell.child("f");
        let formula = own.is_some();
        own.into_iter().for_each(|own| self.share(own, place));
        match (kind.as_ref(), stored) {
            ("inlineStr", _) => self.text(place, cell.child("is").map_or(String::new(), strings::of), formula),
            (_, None) if formula => self.uncomputed(place),
            (_, None) => {}
            ("s", Some(index)) => {
                let index = index.trim().parse().unwrap_or(usize::MAX);
                self.text(place, shared.strings.get(index).cloned().unwrap_or_default(), formula);
            }
            ("b", Some(value)) => self.truth(place, is_true(value.trim())),
            ("e", Some(value)) => self.error(place, value),
            ("str" | "d", Some(value)) => self.text(place, value, formula),
            (_, Some(value)) => {
                let style = cell.attribute("s").and_then(|style| style.parse().ok()).unwrap_or(0);
                let format = shared.styles.format(style);
                self.number(place, &value, format, shared.from_1904);
                if let Some(text) = own.and_then(|own| self.formula_of(own, place)) {
                    self.formula(place, text, format);
                }
            }
        }
    }

    /// Keeps the formula of the first of the cells that share it, whatever that one shows.
    fn share(&mut self, formula: &xml::Element<'_>, place: Place) {
        let number = formula.attribute("si").filter(|_| formula.attribute("t").as_deref() == Some("shared"));
        let text = formula.text();
        if let Some(number) = number.filter(|_| !text.is_empty()) {
            self.shared.insert(number.into_owned(), (place, text));
        }
    }

    /// What a formula says in a cell; `None` for one that is computed for several cells at once.
    fn formula_of(&self, formula: &xml::Element<'_>, place: Place) -> Option<String> {
        match formula.attribute("t").as_deref() {
            None | Some("normal") => Some(formula.text()),
            Some("shared") if self.takes_formulas() => {
                let (from, text) = self.shared.get(formula.attribute("si")?.as_ref())?;
                moved(text, *from, place)
            }
            Some(_) => None,
        }
    }

    /// Whether more formulas are kept; a shared one need not be written down for each cell where none is.
    pub(in crate::source::formats) fn takes_formulas(&self) -> bool {
        self.formulas.takes_formulas()
    }

    /// The formula of a cell that holds a number.
    pub(in crate::source::formats) fn formula(&mut self, place: Place, text: String, format: &str) {
        self.formulas.formula(place, text, format);
    }

    /// What formulas see in a cell.
    fn store(&mut self, place: Place, stored: Stored) {
        self.formulas.store(place, stored);
    }

    /// A cell that holds text; `computed` for the result of a formula.
    pub(in crate::source::formats) fn text(&mut self, place: Place, text: String, computed: bool) {
        let figure = !computed && is_amount(text.trim());
        self.store(place, if figure { Stored::Figure } else { Stored::Text });
        if figure {
            self.seen.text_numbers.push(self.named(place));
        }
        self.show(place, text);
    }

    /// A cell that holds a number in decimals, with its number format.
    pub(in crate::source::formats) fn number(&mut self, place: Place, stored: &str, format: &str, from_1904: bool) {
        let shown = Decimal::parse(stored).map(|number| show::shown(&number, format, from_1904));
        self.printed(place, stored, shown.unwrap_or_else(|| stored.to_owned()));
    }

    /// A cell that holds a number in decimals, with what it shows.
    pub(in crate::source::formats) fn printed(&mut self, place: Place, stored: &str, shown: String) {
        let Some(number) = Decimal::parse(stored) else {
            self.store(place, Stored::Unknown);
            return self.show(place, shown);
        };
        if hides_digits(&number, &shown) {
            self.seen.rounded.push(self.named(place));
        }
        self.store(place, Stored::Number(number));
        self.show(place, shown);
    }

    pub(in crate::source::formats) fn truth(&mut self, place: Place, value: bool) {
        self.store(place, Stored::Unknown);
        self.show(place, (if value { "TRUE" } else { "FALSE" }).into());
    }

    pub(in crate::source::formats) fn error(&mut self, place: Place, error: String) {
        self.store(place, Stored::Unknown);
        self.seen.errors.push(self.named(place));
        self.show(place, error);
    }

    /// A cell whose formula has no result.
    pub(in crate::source::formats) fn uncomputed(&mut self, place: Place) {
        self.store(place, Stored::Unknown);
        self.seen.uncomputed.push(self.named(place));
    }

    fn show(&mut self, place: Place, text: String) {
        if !text.trim().is_empty() {
            self.written += text.len();
            self.cells.insert(place, text);
        }
    }

    /// Cells merged into one, from the first to the last.
    pub(in crate::source::formats) fn merge(&mut self, first: Place, last: Place) {
        if first.0 <= last.0 && first.1 <= last.1 {
            self.merges.insert(first, (last.0 + 1, last.1 + 1));
        }
    }

    /// Takes away what merged cells cover, which no one sees, though formulas do; how many cells that were.
    pub(super) fn uncover(&mut self, limits: &Limits) -> Result<usize, ReadError> {
        let (mut covered, mut steps) = (0, 0);
        for (&first, &end) in &self.merges {
            let mut from = (first.0, first.1 + 1);
            while let Some((&place, _)) = self.cells.range(from..).next().filter(|(place, _)| place.0 < end.0) {
                steps += 1;
                if steps > limits.cells {
                    return Err(too_large());
                }
                from = match place {
                    (row, column) if column < first.1 => (row, first.1),
                    (row, column) if column >= end.1 => (row + 1, first.1),
                    _ => {
                        self.cells.remove(&place);
                        covered += 1;
                        place
                    }
                };
            }
        }
        Ok(covered)
    }

    fn named(&self, place: Place) -> String {
        name_of(&self.name, place)
    }
}

pub(in crate::source::formats) fn too_large() -> ReadError {
    ReadError::new("工作表的单元格太多，不像是一份报告；请确认选对了文件，或拆分后再查")
}

fn is_hidden(element: &xml::Element<'_>) -> bool {
    element.attribute("hidden").is_some_and(|value| is_true(&value))
}

/// 1289.42, 1,289.42: digits of an amount, and no code or year.
fn is_amount(text: &str) -> bool {
    let digits: String = text.chars().filter(|c| *c != ',').collect();
    digits.contains('.') && Decimal::parse(&digits).is_some() && !digits.contains(['e', 'E'])
}

/// Whether a figure with decimals is shown with fewer of them.
fn hides_digits(number: &Decimal, shown: &str) -> bool {
    let is_date = shown.contains(['年', '月', '/', ':']);
    !is_date && shown.contains(|c: char| c.is_ascii_digit()) && number.places() as i32 > show::places(shown)
}

/// `B7` is row 6, column 1.
pub(super) fn place_of(name: &str) -> Option<Place> {
    let name = name.trim().replace('$', "");
    let letters = name.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (letters, digits) = name.split_at(letters);
    if !(1..=3).contains(&letters.len()) {
        return None;
    }
    let column = letters.bytes().fold(0, |sum, byte| sum * 26 + usize::from(byte.to_ascii_uppercase() - b'A') + 1);
    let row: usize = digits.parse().ok().filter(|row| (1..=MOST_ROWS).contains(row))?;
    (column <= MOST_COLUMNS).then(|| (row - 1, column - 1))
}

/// 收支决算表!B7
pub(super) fn name_of(sheet: &str, place: Place) -> String {
    format!("{sheet}!{}", name_in_sheet(place))
}

/// B7
pub(in crate::source::formats) fn name_in_sheet((row, column): Place) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.push(b'A' + ((rest - 1) % 26) as u8);
        rest = (rest - 1) / 26;
    }
    let letters: String = letters.iter().rev().map(|&byte| char::from(byte)).collect();
    format!("{letters}{}", row + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_have_names() {
        for (name, place) in [("A1", (0, 0)), ("B7", (6, 1)), ("AA10", (9, 26)), ("XFD1048576", (1_048_575, 16_383))] {
            assert_eq!(place_of(name), Some(place));
            assert_eq!(name_of("表", place), format!("表!{name}"));
        }
        for name in ["", "7", "A", "A0", "ABCD1", "A1048577"] {
            assert_eq!(place_of(name), None, "{name}");
        }
    }

    #[test]
    fn hidden_digits_are_seen() {
        let hides = |number: &str, shown: &str| hides_digits(&Decimal::parse(number).expect("a number"), shown);
        assert!(hides("12.345", "12.35") && hides("0.94083", "94.08%"));
        assert!(!hides("12.3", "12.30") && !hides("0.9408", "94.08%") && !hides("45428.5", "2024年5月16日"));
    }

    #[test]
    fn a_long_text_in_many_cells_is_refused() {
        let shared = Shared { strings: vec!["长".repeat(100)], styles: Default::default(), from_1904: false };
        let cells = |count: usize| "<c t=\"s\"><v>0</v></c>".repeat(count);
        let read = |count: usize| {
            let part = format!("<worksheet><sheetData><row r=\"1\">{}</row></sheetData></worksheet>", cells(count));
            Sheet::read("表", &part, &shared, &Limits { expanded: 3_000, ..super::super::super::limits::LIMITS })
        };
        assert_eq!(read(10).map(|sheet| sheet.count()).unwrap_or(0), 10);
        assert!(read(11).is_err());
    }
}
