//! The columns of a table: what they hold, and the values that wait to be written.

use parquet::column::writer::{ColumnWriter, get_typed_column_writer_mut};
use parquet::data_type::{ByteArray, ByteArrayType, FixedLenByteArray, FixedLenByteArrayType, Int64Type};
use parquet::errors::Result;

use crate::corpus::digest::Decimal;

/// What a column holds. Every column may be empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// INT64
    Int,
    /// UTF-8
    Text,
    /// DECIMAL(38, 6)
    Decimal,
}

/// A column: its name, its kind, what it says.
pub type Column = (&'static str, Kind, &'static str);

/// One value of a row.
#[derive(Clone, Copy, Debug)]
pub(super) enum Cell<'a> {
    Empty,
    Int(i64),
    Text(&'a str),
    Decimal(Decimal),
}

impl<'a> Cell<'a> {
    /// The text, or an empty cell for none.
    pub(super) fn filled(text: &'a str) -> Cell<'a> {
        if text.is_empty() { Cell::Empty } else { Cell::Text(text) }
    }

    pub(super) fn int(value: Option<impl Into<i64>>) -> Cell<'a> {
        value.map_or(Cell::Empty, |value| Cell::Int(value.into()))
    }

    pub(super) fn decimal(value: Option<Decimal>) -> Cell<'a> {
        value.map_or(Cell::Empty, Cell::Decimal)
    }
}

/// Decimal places of every decimal column.
pub(super) const PLACES: u32 = 6;

/// The mantissa at six places; `None` for a value of more places, which no column can hold exactly.
fn at_places(value: Decimal) -> Option<i128> {
    let value = value.exact()?.normal();
    let more = PLACES.checked_sub(value.scale())?;
    value.mantissa().checked_mul(10_i128.pow(more))
}

/// The values of one column that wait to be written.
enum Values {
    Int(Vec<i64>),
    Text { bytes: Vec<u8>, ends: Vec<usize> },
    Decimal(Vec<i128>),
}

impl Values {
    fn of(kind: Kind) -> Values {
        match kind {
            Kind::Int => Values::Int(Vec::new()),
            Kind::Text => Values::Text { bytes: Vec::new(), ends: Vec::new() },
            Kind::Decimal => Values::Decimal(Vec::new()),
        }
    }

    /// Takes a value; `false` where there is none.
    fn push(&mut self, cell: Cell<'_>) -> bool {
        match (self, cell) {
            (Values::Int(values), Cell::Int(value)) => values.push(value),
            (Values::Text { bytes, ends }, Cell::Text(text)) => {
                bytes.extend_from_slice(text.as_bytes());
                ends.push(bytes.len());
            }
            (Values::Decimal(values), Cell::Decimal(value)) => match at_places(value) {
                Some(value) => values.push(value),
                None => return false,
            },
            (_, Cell::Empty) => return false,
            _ => unreachable!("rows are made for the columns of their table"),
        }
        true
    }

    /// Writes all values, with the levels that tell empty cells.
    fn write(&self, levels: &[i16], column: &mut ColumnWriter<'_>) -> Result<()> {
        let written = match self {
            Values::Int(values) => {
                get_typed_column_writer_mut::<Int64Type>(column).write_batch(values, Some(levels), None)
            }
            Values::Text { bytes, ends } => {
                let all = ByteArray::from(bytes.clone());
                let mut start = 0;
                let value = |end: &usize| {
                    let from = std::mem::replace(&mut start, *end);
                    all.slice(from, end - from)
                };
                let values: Vec<ByteArray> = ends.iter().map(value).collect();
                get_typed_column_writer_mut::<ByteArrayType>(column).write_batch(&values, Some(levels), None)
            }
            Values::Decimal(values) => {
                let all = ByteArray::from(values.iter().flat_map(|value| value.to_be_bytes()).collect::<Vec<u8>>());
                let values: Vec<FixedLenByteArray> =
                    (0..all.len()).step_by(16).map(|at| all.slice(at, 16).into()).collect();
                get_typed_column_writer_mut::<FixedLenByteArrayType>(column).write_batch(&values, Some(levels), None)
            }
        };
        written.map(drop)
    }
}

/// Rows that wait to be written, column by column.
pub(super) struct Rows {
    columns: Vec<(Values, Vec<i16>)>,
    count: usize,
}

impl Rows {
    pub(super) fn of(columns: &[Column]) -> Rows {
        Rows { columns: columns.iter().map(|(_, kind, _)| (Values::of(*kind), Vec::new())).collect(), count: 0 }
    }

    pub(super) fn count(&self) -> usize {
        self.count
    }

    pub(super) fn push(&mut self, cells: &[Cell<'_>]) {
        debug_assert_eq!(cells.len(), self.columns.len(), "a row fills its table's columns");
        for ((values, levels), cell) in self.columns.iter_mut().zip(cells) {
            levels.push(i16::from(values.push(*cell)));
        }
        self.count += 1;
    }

    /// Writes the values of one column.
    pub(super) fn write(&self, number: usize, column: &mut ColumnWriter<'_>) -> Result<()> {
        let (values, levels) = &self.columns[number];
        values.write(levels, column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_keep_their_value_or_are_left_out() {
        let value = |mantissa, scale| at_places(Decimal { mantissa, scale });
        assert_eq!(value(-123_450, 2), Some(-1_234_500_000));
        assert_eq!(value(15_000_000, 7), Some(1_500_000));
        assert_eq!(value(1, 7), None);
    }
}
