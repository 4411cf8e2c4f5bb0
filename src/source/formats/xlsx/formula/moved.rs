//! A formula that several cells share, as one of them has it.

use crate::source::formats::xlsx::sheet::{Place, name_in_sheet, place_of};

/// The formula of the cell `from` as the cell `to` has it: references without `$` move along. `None` where one leaves the sheet.
pub(in crate::source::formats::xlsx) fn moved(formula: &str, from: Place, to: Place) -> Option<String> {
    let mut out = String::with_capacity(formula.len());
    let mut rest = formula;
    while let Some(c) = rest.chars().next() {
        let end = match c {
            '"' | '\'' => rest[1..].find(c).map_or(rest.len(), |at| at + 2),
            _ if is_part(c) => rest.find(|c| !is_part(c)).unwrap_or(rest.len()),
            _ => c.len_utf8(),
        };
        let (piece, after) = rest.split_at(end);
        match place_of(piece) {
            Some(place) if !after.starts_with(['(', '!']) => out += &reference(piece, place, from, to)?,
            _ => out += piece,
        }
        rest = after;
    }
    Some(out)
}

fn is_part(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '$' | '.' | '_')
}

fn reference(piece: &str, (row, column): Place, from: Place, to: Place) -> Option<String> {
    let fixed_column = piece.starts_with('$');
    let fixed_row = piece[1..].contains('$');
    let along = |at: usize, from: usize, to: usize| (at + to).checked_sub(from);
    let row = if fixed_row { row } else { along(row, from.0, to.0)? };
    let column = if fixed_column { column } else { along(column, from.1, to.1)? };
    let name = name_in_sheet((row, column));
    let (letters, digits) = name.split_at(name.find(|c: char| c.is_ascii_digit())?);
    let sign = |fixed: bool| if fixed { "$" } else { "" };
    Some(format!("{}{letters}{}{digits}", sign(fixed_column), sign(fixed_row)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_move_with_their_cell() {
        let moved = |formula: &str| moved(formula, (1, 1), (3, 2)).unwrap_or_default();
        assert_eq!(moved("SUM(A2:A3)+$B$1-C$4*$D5"), "SUM(B4:B5)+$B$1-D$4*$D7");
        assert_eq!(moved("'A1 表'!B2+表A1!B2&\"A1\""), "'A1 表'!C4+表A1!C4&\"A1\"");
        assert_eq!(moved("LOG10(A1)"), "LOG10(B3)");
        assert_eq!(super::moved("A1", (1, 1), (0, 0)), None);
    }
}
