//! A table of results as a Parquet file.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use parquet::basic::{Compression, Encoding};
use parquet::column::writer::{ColumnCloseResult, get_column_writer};
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterPropertiesBuilder};
use parquet::file::writer::{SerializedFileWriter, SerializedPageWriter, TrackedWrite};
use parquet::schema::parser::parse_message_type;
use parquet::schema::types::{ColumnPath, SchemaDescriptor};
use rayon::prelude::*;

use super::column::{Column, Kind, PLACES, Rows};
use super::schema::Schema;

/// At least so many rows are written together: large enough to compress well, small enough for memory.
const ROWS: usize = 200_000;

/// A Parquet file in the making. It takes its name when it is complete.
pub(super) struct Table {
    path: PathBuf,
    part: PathBuf,
    writer: SerializedFileWriter<File>,
    waiting: Vec<Rows>,
}

impl Table {
    pub(super) fn create(folder: &Path, (name, columns): Schema) -> io::Result<Table> {
        let (path, part) = (folder.join(format!("{name}.parquet")), folder.join(format!("{name}.parquet.part")));
        let properties = properties(columns);
        let schema = parse_message_type(&declared(name, columns)).map_err(failed)?;
        let writer = SerializedFileWriter::new(File::create(&part)?, Arc::new(schema), Arc::new(properties));
        let writer = writer.map_err(failed)?;
        Ok(Table { path, part, writer, waiting: Vec::new() })
    }

    pub(super) fn add(&mut self, rows: Rows) -> io::Result<()> {
        self.waiting.push(rows);
        let waiting: usize = self.waiting.iter().map(Rows::count).sum();
        if waiting >= ROWS { self.write().map_err(failed) } else { Ok(()) }
    }

    /// Writes the rows that wait: columns know nothing of each other, so they are encoded side by side.
    fn write(&mut self) -> Result<(), ParquetError> {
        let (schema, properties) = (self.writer.schema_descr(), self.writer.properties());
        let encode = |column| encoded(&self.waiting, column, schema, properties);
        let columns: Vec<_> = (0..schema.num_columns()).into_par_iter().map(encode).collect();
        let mut group = self.writer.next_row_group()?;
        for column in columns {
            let (bytes, closed) = column?;
            group.append_column(&bytes, closed)?;
        }
        self.waiting.clear();
        group.close().map(drop)
    }

    pub(super) fn finish(mut self) -> io::Result<()> {
        if self.waiting.iter().any(|rows| rows.count() > 0) {
            self.write().map_err(failed)?;
        }
        self.writer.close().map_err(failed)?;
        fs::rename(&self.part, &self.path)
    }
}

/// A column of rows as it stands in a file.
fn encoded(
    rows: &[Rows],
    number: usize,
    schema: &SchemaDescriptor,
    properties: &Arc<WriterProperties>,
) -> Result<(Bytes, ColumnCloseResult), ParquetError> {
    let mut out = TrackedWrite::new(Vec::new());
    let pages = Box::new(SerializedPageWriter::new(&mut out));
    let mut column = get_column_writer(schema.column(number), Arc::clone(properties), pages);
    rows.iter().try_for_each(|rows| rows.write(number, &mut column))?;
    let closed = column.close()?;
    Ok((Bytes::from(out.into_inner()?), closed))
}

/// Whole numbers mostly grow from row to row, or stay: their differences are short, and their least and greatest tell a
/// reader what to skip. Everything else has a dictionary, and stands in no order.
fn properties(columns: &[Column]) -> WriterProperties {
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY);
    let properties = properties.set_statistics_enabled(EnabledStatistics::None);
    let properties = properties.set_created_by(concat!("gouji ", env!("CARGO_PKG_VERSION")).into());
    let numbers = columns.iter().filter(|(_, kind, _)| *kind == Kind::Int).map(|(name, ..)| ColumnPath::from(*name));
    let as_differences = |properties: WriterPropertiesBuilder, column: ColumnPath| {
        let properties = properties.set_column_dictionary_enabled(column.clone(), false);
        let properties = properties.set_column_statistics_enabled(column.clone(), EnabledStatistics::Chunk);
        properties.set_column_encoding(column, Encoding::DELTA_BINARY_PACKED)
    };
    numbers.fold(properties, as_differences).build()
}

/// What the system refused, where that is what went wrong.
fn failed(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(cause) => cause.downcast().map_or_else(io::Error::other, |cause| *cause),
        other => io::Error::other(other),
    }
}

fn declared(name: &str, columns: &[Column]) -> String {
    let columns = columns.iter().map(|(name, kind, _)| match kind {
        Kind::Int => format!("OPTIONAL INT64 {name};"),
        Kind::Text => format!("OPTIONAL BYTE_ARRAY {name} (UTF8);"),
        Kind::Decimal => format!("OPTIONAL FIXED_LEN_BYTE_ARRAY(16) {name} (DECIMAL(38,{PLACES}));"),
    });
    format!("message {name} {{ {} }}", columns.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_names_every_column() {
        let columns: &[Column] = &[("a", Kind::Int, ""), ("b", Kind::Decimal, "")];
        let written = "message t { OPTIONAL INT64 a;OPTIONAL FIXED_LEN_BYTE_ARRAY(16) b (DECIMAL(38,6)); }";
        assert_eq!(declared("t", columns), written);
    }
}
