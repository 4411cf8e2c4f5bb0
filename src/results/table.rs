//! A table of results as a Parquet file, row by row.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use parquet::basic::Compression;
use parquet::data_type::{ByteArray, ByteArrayType, FixedLenByteArray, FixedLenByteArrayType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;

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

/// Rows that are written together: large enough to compress well, small enough for memory.
const ROWS: usize = 200_000;

/// The rows of one column that wait to be written.
enum Waiting {
    Int(Vec<i64>),
    Text { bytes: Vec<u8>, ends: Vec<usize> },
    Decimal(Vec<i128>),
}

impl Waiting {
    fn of(kind: Kind) -> Waiting {
        match kind {
            Kind::Int => Waiting::Int(Vec::new()),
            Kind::Text => Waiting::Text { bytes: Vec::new(), ends: Vec::new() },
            Kind::Decimal => Waiting::Decimal(Vec::new()),
        }
    }

    /// Takes a value; `false` where there is none.
    fn push(&mut self, cell: Cell<'_>) -> bool {
        match (self, cell) {
            (Waiting::Int(values), Cell::Int(value)) => values.push(value),
            (Waiting::Text { bytes, ends }, Cell::Text(text)) => {
                bytes.extend_from_slice(text.as_bytes());
                ends.push(bytes.len());
            }
            (Waiting::Decimal(values), Cell::Decimal(value)) => match at_places(value) {
                Some(value) => values.push(value),
                None => return false,
            },
            (_, Cell::Empty) => return false,
            _ => unreachable!("rows are made for the columns of their table"),
        }
        true
    }
}

/// A Parquet file in the making. It takes its name when it is complete.
pub(super) struct Table {
    path: PathBuf,
    part: PathBuf,
    writer: SerializedFileWriter<File>,
    columns: &'static [Column],
    waiting: Vec<(Waiting, Vec<i16>)>,
    rows: usize,
}

impl Table {
    pub(super) fn create(folder: &Path, name: &str, columns: &'static [Column]) -> io::Result<Table> {
        let (path, part) = (folder.join(format!("{name}.parquet")), folder.join(format!("{name}.parquet.part")));
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY);
        let properties = properties.set_created_by(concat!("gouji ", env!("CARGO_PKG_VERSION")).into()).build();
        let schema = parse_message_type(&schema(name, columns)).map_err(io::Error::other)?;
        let writer = SerializedFileWriter::new(File::create(&part)?, Arc::new(schema), Arc::new(properties));
        let waiting = columns.iter().map(|(_, kind, _)| (Waiting::of(*kind), Vec::new())).collect();
        Ok(Table { path, part, writer: writer.map_err(io::Error::other)?, columns, waiting, rows: 0 })
    }

    pub(super) fn row(&mut self, cells: &[Cell<'_>]) -> io::Result<()> {
        debug_assert_eq!(cells.len(), self.columns.len(), "a row fills its table's columns");
        for ((waiting, levels), cell) in self.waiting.iter_mut().zip(cells) {
            levels.push(i16::from(waiting.push(*cell)));
        }
        self.rows += 1;
        if self.rows == ROWS { self.write() } else { Ok(()) }
    }

    fn write(&mut self) -> io::Result<()> {
        self.try_write().map_err(io::Error::other)
    }

    fn try_write(&mut self) -> Result<(), ParquetError> {
        let mut group = self.writer.next_row_group()?;
        for (waiting, levels) in &mut self.waiting {
            write_column(&mut group, waiting, levels)?;
        }
        group.close()?;
        self.rows = 0;
        Ok(())
    }

    pub(super) fn finish(mut self) -> io::Result<()> {
        if self.rows > 0 {
            self.write()?;
        }
        self.writer.close().map_err(io::Error::other)?;
        fs::rename(&self.part, &self.path)
    }
}

fn schema(name: &str, columns: &[Column]) -> String {
    let columns = columns.iter().map(|(name, kind, _)| match kind {
        Kind::Int => format!("OPTIONAL INT64 {name};"),
        Kind::Text => format!("OPTIONAL BYTE_ARRAY {name} (UTF8);"),
        Kind::Decimal => format!("OPTIONAL FIXED_LEN_BYTE_ARRAY(16) {name} (DECIMAL(38,{PLACES}));"),
    });
    format!("message {name} {{ {} }}", columns.collect::<String>())
}

fn write_column(
    group: &mut SerializedRowGroupWriter<'_, File>,
    waiting: &mut Waiting,
    levels: &mut Vec<i16>,
) -> Result<(), ParquetError> {
    let mut column = group.next_column()?.expect("the schema has a column for each list of values");
    match waiting {
        Waiting::Int(values) => {
            column.typed::<Int64Type>().write_batch(values, Some(levels), None)?;
            values.clear();
        }
        Waiting::Text { bytes, ends } => {
            let all = ByteArray::from(std::mem::take(bytes));
            let mut start = 0;
            let values: Vec<ByteArray> = ends
                .drain(..)
                .map(|end| {
                    let from = std::mem::replace(&mut start, end);
                    all.slice(from, end - from)
                })
                .collect();
            column.typed::<ByteArrayType>().write_batch(&values, Some(levels), None)?;
        }
        Waiting::Decimal(values) => {
            let bytes = |value: i128| FixedLenByteArray::from(value.to_be_bytes().to_vec());
            let values: Vec<FixedLenByteArray> = values.drain(..).map(bytes).collect();
            column.typed::<FixedLenByteArrayType>().write_batch(&values, Some(levels), None)?;
        }
    }
    levels.clear();
    column.close()
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

    #[test]
    fn the_schema_names_every_column() {
        let columns: &[Column] = &[("a", Kind::Int, ""), ("b", Kind::Decimal, "")];
        let written = "message t { OPTIONAL INT64 a;OPTIONAL FIXED_LEN_BYTE_ARRAY(16) b (DECIMAL(38,6)); }";
        assert_eq!(schema("t", columns), written);
    }
}
