//! Formulas as they are kept, in tokens of reverse order, to what a reader sees of them: `SUM(B2:B6)-B4`.

use std::collections::BTreeMap;

use super::cell::float;
use super::{Place, Shared, Sheet, name_in_sheet, u8_at, u16_at};

/// The formulas of a sheet: those of cells in the order in which they come, and those that cells share.
#[derive(Default)]
pub(super) struct Formulas {
    cells: Vec<Kept>,
    /// By the first cell of the range that shares it.
    shared: BTreeMap<Place, Vec<u8>>,
}

struct Kept {
    place: Place,
    tokens: Vec<u8>,
    format: String,
}

/// The token of a cell that has its formula from another one.
const ELSEWHERE: u8 = 0x01;
/// Longer ones are no sums of a report.
const LONGEST: usize = 4_000;

impl Formulas {
    pub(super) fn add(&mut self, place: Place, tokens: &[u8], format: &str) -> Option<()> {
        let (tokens, format) = (tokens.to_vec(), format.to_owned());
        self.cells.push(Kept { place, tokens, format });
        Some(())
    }

    /// A formula that the cells of a range share.
    pub(super) fn share(&mut self, said: &[u8]) -> Option<()> {
        let first = (u16_at(said, 0)?.into(), u8_at(said, 4)?.into());
        let length = usize::from(u16_at(said, 8)?);
        self.shared.insert(first, said.get(10..10 + length)?.to_vec());
        Some(())
    }

    /// Tells the sheet what its formulas say, as far as that is known.
    pub(super) fn tell(self, sheet: &mut Sheet, shared: &Shared) {
        for Kept { place, tokens, format } in &self.cells {
            if !sheet.takes_formulas() {
                return;
            }
            let tokens = match tokens.first() {
                Some(&ELSEWHERE) => u16_at(tokens, 1)
                    .zip(u16_at(tokens, 3))
                    .and_then(|(row, column)| self.shared.get(&(row.into(), column.into()))),
                _ => Some(tokens),
            };
            if let Some(text) = tokens.and_then(|tokens| printed(tokens, *place, shared)) {
                sheet.formula(*place, text, format);
            }
        }
    }
}

/// The formula of a cell; `None` where it holds what is not known here.
fn printed(tokens: &[u8], home: Place, shared: &Shared) -> Option<String> {
    let mut reader = Reader { rest: tokens, home, shared, stack: Vec::new() };
    while !reader.rest.is_empty() {
        reader.token()?;
        if reader.stack.last().is_some_and(|text| text.len() > LONGEST) {
            return None;
        }
    }
    let text = reader.stack.pop()?;
    reader.stack.is_empty().then_some(text)
}

struct Reader<'r> {
    rest: &'r [u8],
    home: Place,
    shared: &'r Shared,
    stack: Vec<String>,
}

impl<'r> Reader<'r> {
    fn token(&mut self) -> Option<()> {
        let (&kind, rest) = self.rest.split_first()?;
        self.rest = rest;
        // The class of an operand, which says what is taken of it, makes no difference.
        let kind = if kind < 0x20 { kind } else { kind & 0x1f | 0x20 };
        let text = match kind {
            0x03 => self.joined("+")?,
            0x04 => self.joined("-")?,
            0x05 => self.joined("*")?,
            0x06 => self.joined("/")?,
            0x12 => format!("+{}", self.stack.pop()?),
            0x13 => format!("-{}", self.stack.pop()?),
            0x14 => format!("{}%", self.stack.pop()?),
            0x15 => format!("({})", self.stack.pop()?),
            0x19 => return self.attribute(),
            0x1e => u16_at(self.take(2)?, 0)?.to_string(),
            0x1f => float(self.take(8)?, 0)?,
            0x21 => {
                let name = function(u16_at(self.take(2)?, 0)?)?;
                let count = if name == "ROUND" { 2 } else { 1 };
                self.call(name, count)?
            }
            0x22 => {
                let said = self.take(3)?;
                self.call(function(u16_at(said, 1)?)?, usize::from(u8_at(said, 0)? & 0x7f))?
            }
            0x24 => reference(self.take(4)?, 0, 2)?,
            0x25 => area(self.take(8)?, 0)?,
            0x2c => {
                let said = self.take(4)?;
                self.near(u16_at(said, 0)?, u16_at(said, 2)?)?
            }
            0x2d => {
                let said = self.take(8)?;
                let [first_row, last_row, first, last] = [0, 2, 4, 6].map(|at| u16_at(said, at));
                format!("{}:{}", self.near(first_row?, first?)?, self.near(last_row?, last?)?)
            }
            0x3a => {
                let said = self.take(6)?;
                format!("{}{}", self.sheet(u16_at(said, 0)?)?, reference(said, 2, 4)?)
            }
            0x3b => {
                let said = self.take(10)?;
                format!("{}{}", self.sheet(u16_at(said, 0)?)?, area(said, 2)?)
            }
            _ => return None,
        };
        self.stack.push(text);
        Some(())
    }

    fn take(&mut self, count: usize) -> Option<&'r [u8]> {
        let (taken, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(taken)
    }

    fn joined(&mut self, sign: &str) -> Option<String> {
        let right = self.stack.pop()?;
        Some(format!("{}{sign}{right}", self.stack.pop()?))
    }

    fn call(&mut self, name: &str, count: usize) -> Option<String> {
        let arguments = self.stack.split_off(self.stack.len().checked_sub(count)?);
        Some(format!("{name}({})", arguments.join(",")))
    }

    /// Blanks, and the short form of a sum; what changes with time or chooses is not known.
    fn attribute(&mut self) -> Option<()> {
        let how = u8_at(self.take(3)?, 0)?;
        match how {
            0x10 => {
                let sum = self.call("SUM", 1)?;
                self.stack.push(sum);
                Some(())
            }
            0x40 => Some(()),
            _ => None,
        }
    }

    /// A reference of a shared formula: what is not fixed counts from the cell.
    fn near(&self, row: u16, column: u16) -> Option<String> {
        let row = if column & 0x8000 != 0 { self.home.0.checked_add_signed(row as i16 as isize)? } else { row.into() };
        let steps = column as u8 as i8 as isize;
        let column = if column & 0x4000 != 0 { self.home.1.checked_add_signed(steps)? } else { (column & 0xff).into() };
        Some(name_in_sheet((row, column)))
    }

    /// `'收支表'!`; `None` for other workbooks and for several sheets at once.
    fn sheet(&self, link: u16) -> Option<String> {
        let [book, first, last] = *self.shared.links.get(usize::from(link))?;
        let own = self.shared.books.get(usize::from(book)).is_some_and(|own| *own) && first == last;
        let name = self.shared.sheets.get(usize::from(first)).filter(|name| own && !name.contains('\''))?;
        Some(format!("'{name}'!"))
    }
}

fn reference(said: &[u8], row: usize, column: usize) -> Option<String> {
    Some(name_in_sheet((u16_at(said, row)?.into(), usize::from(u16_at(said, column)? & 0xff))))
}

fn area(said: &[u8], at: usize) -> Option<String> {
    Some(format!("{}:{}", reference(said, at, at + 4)?, reference(said, at + 2, at + 6)?))
}

fn function(number: u16) -> Option<&'static str> {
    Some(match number {
        4 => "SUM",
        5 => "AVERAGE",
        6 => "MIN",
        7 => "MAX",
        24 => "ABS",
        27 => "ROUND",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(tokens: &[u8]) -> Option<String> {
        let sheets = vec!["收支表".to_owned(), "明细".to_owned()];
        let shared =
            Shared { sheets, books: vec![false, true], links: vec![[1, 1, 1], [0, 0, 0]], ..Shared::default() };
        printed(tokens, (4, 2), &shared)
    }

    #[test]
    fn tokens_are_written_down() {
        let sum = [0x25, 1, 0, 3, 0, 1, 0xc0, 1, 0xc0, 0x19, 0x10, 0, 0, 0x24, 0, 0, 0, 0xc0, 0x04, 0x15];
        assert_eq!(text(&sum).as_deref(), Some("(SUM(B2:B4)-A1)"));
        let rate = [0x44, 1, 0, 1, 0, 0x5a, 0, 0, 1, 0, 2, 0, 0x06, 0x1e, 2, 0, 0x41, 27, 0];
        assert_eq!(text(&rate).as_deref(), Some("ROUND(B2/'明细'!C2,2)"));
        let near = [0x2c, 0xff, 0xff, 0, 0xc0, 0x4c, 9, 0, 3, 0x40, 0x05];
        assert_eq!(text(&near).as_deref(), Some("C4*F10"));
    }

    #[test]
    fn what_is_not_known_is_left_alone() {
        for tokens in [&[0x3a, 1, 0, 0, 0, 0, 0][..], &[0x19, 1, 0, 0], &[0x42, 1, 200, 0], &[0x03], &[0x25, 1], &[]] {
            assert_eq!(text(tokens), None, "{tokens:?}");
        }
    }
}
