//! Word documents of before 2007 made in memory.
#![allow(dead_code, reason = "each test crate uses a part of this")]

use std::io::{Cursor, Write};

use gouji::source::Source;

use super::rebuild::{Grid, Merged, Piece, pieces};

/// Where text begins in the main stream.
const TEXT: usize = 2048;
const PAGE: usize = 512;
/// Paragraphs described on one page.
const DESCRIBED: usize = 12;
/// Twentieths of a point that a column takes.
const COLUMN: i16 = 1200;

/// A document under construction.
#[derive(Default)]
pub(crate) struct Doc {
    text: Vec<u16>,
    /// The end of each paragraph in the text, its style, and what is said of it.
    paragraphs: Vec<(usize, u16, Vec<u8>)>,
    data: Vec<u8>,
}

/// The report as a Word document of before 2007.
pub(crate) fn doc(source: &Source) -> Vec<u8> {
    let mut made = Doc::default();
    for piece in pieces(source) {
        match piece {
            Piece::Paragraph(text, level) => made.paragraph(&text, level.unwrap_or(0).into()),
            Piece::Table(grid) => made.table(&grid),
        }
    }
    made.paragraph("", 0);
    made.bytes()
}

impl Doc {
    pub(crate) fn paragraph(&mut self, text: &str, style: u16) {
        self.end(text, 0x0d, style, &[]);
    }

    fn end(&mut self, text: &str, mark: u16, style: u16, said: &[u8]) {
        self.text.extend(text.encode_utf16());
        self.text.push(mark);
        self.paragraphs.push((self.text.len(), style, said.to_vec()));
    }

    fn table(&mut self, grid: &Grid) {
        const INSIDE: &[u8] = &[0x16, 0x24, 1];
        for row in &grid.rows {
            for cell in row {
                let (last, before) =
                    cell.paragraphs.split_last().map_or(("", &[][..]), |(last, before)| (last.as_str(), before));
                before.iter().for_each(|text| self.end(text, 0x0d, 0, INSIDE));
                self.end(last, 0x07, 0, INSIDE);
            }
            // What is said of a row stands apart, since it may be longer than a page has room for.
            let defined = definition(row);
            let mut said = [INSIDE, &[0x17, 0x24, 1, 0x6b, 0x64]].concat();
            said.extend((self.data.len() as u32).to_le_bytes());
            self.data.extend((defined.len() as u16).to_le_bytes());
            self.data.extend(defined);
            self.end("", 0x07, 0, &said);
        }
    }

    pub(crate) fn bytes(self) -> Vec<u8> {
        let mut main = vec![0; TEXT];
        main.extend(self.text.iter().flat_map(|unit| unit.to_le_bytes()));
        main.resize(main.len().next_multiple_of(PAGE), 0);
        let place = |end: usize| (TEXT + 2 * end) as u32;
        let end = place(self.text.len());
        let mut table = Vec::new();
        let mut places: Vec<(usize, usize, usize)> = Vec::new();
        let mut hold = |which: usize, bytes: Vec<u8>| {
            places.push((which, table.len(), bytes.len()));
            table.extend(bytes);
        };
        hold(1, styles());
        let characters = (main.len() / PAGE) as u32;
        let mut page = numbers(&[TEXT as u32, end]);
        page.resize(PAGE - 1, 0);
        main.extend(page.into_iter().chain([1]));
        hold(12, numbers(&[TEXT as u32, end, characters]));
        let (mut ends, mut pages, mut from) = (vec![TEXT as u32], Vec::new(), TEXT as u32);
        for described in self.paragraphs.chunks(DESCRIBED) {
            pages.push((main.len() / PAGE) as u32);
            main.extend(described_on_page(described, from, place));
            from = place(described[described.len() - 1].0);
            ends.push(from);
        }
        hold(13, [numbers(&ends), numbers(&pages)].concat());
        let mut pieces = numbers(&[0, self.text.len() as u32]);
        pieces.extend([0; 2].into_iter().chain((TEXT as u32).to_le_bytes()).chain([0; 2]));
        hold(33, [vec![2], numbers(&[pieces.len() as u32]), pieces].concat());
        let mut put = |at: usize, bytes: &[u8]| main[at..at + bytes.len()].copy_from_slice(bytes);
        put(0, &[0xec, 0xa5, 0xc1, 0]);
        put(10, &0x0200_u16.to_le_bytes());
        put(0x4c, &(self.text.len() as u32).to_le_bytes());
        for (which, from, length) in places {
            put(0x9a + 8 * which, &numbers(&[from as u32, length as u32]));
        }
        compound(&[("WordDocument", &main), ("1Table", &table), ("Data", &self.data)])
    }
}

/// A compound file of these streams.
pub(crate) fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("memory takes a file");
    for (name, bytes) in streams {
        file.create_stream(name).expect("a new stream").write_all(bytes).expect("memory takes bytes");
    }
    file.flush().expect("memory takes bytes");
    file.into_inner().into_inner()
}

fn numbers(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

/// A page that says what holds for paragraphs.
fn described_on_page(paragraphs: &[(usize, u16, Vec<u8>)], from: u32, place: impl Fn(usize) -> u32) -> Vec<u8> {
    let mut page = vec![0; PAGE];
    let count = paragraphs.len();
    page[..4].copy_from_slice(&from.to_le_bytes());
    let mut free = PAGE - 2;
    for (index, (end, style, said)) in paragraphs.iter().enumerate() {
        page[4 * (index + 1)..4 * (index + 2)].copy_from_slice(&place(*end).to_le_bytes());
        let mut said = [&style.to_le_bytes()[..], said].concat();
        said.resize(said.len() + 1 - said.len() % 2, 0);
        let half = said.len().div_ceil(2);
        free = (free - said.len() - 1) / 2 * 2;
        page[free] = half as u8;
        page[free + 1..free + 1 + said.len()].copy_from_slice(&said);
        page[4 * (count + 1) + 13 * index] = (free / 2) as u8;
    }
    page[PAGE - 1] = count as u8;
    page
}

/// The edges of a row's cells, and how they take part in merges.
fn definition(row: &[Merged]) -> Vec<u8> {
    let edges = row.iter().map(|cell| cell.column).chain(row.last().map(|cell| cell.column + cell.columns));
    let mut how = vec![row.len() as u8];
    how.extend(edges.flat_map(|column| (column as i16 * COLUMN).to_le_bytes()));
    for cell in row {
        let merge: u16 = if cell.continues { 1 } else { 3 * u16::from(cell.rows > 1) };
        how.extend((merge << 5).to_le_bytes().into_iter().chain([0; 18]));
    }
    let mut change = 0xd608_u16.to_le_bytes().to_vec();
    change.extend((how.len() as u16 + 1).to_le_bytes());
    [change, how].concat()
}

/// The usual style and nine of headings.
fn styles() -> Vec<u8> {
    let mut held = vec![18, 0, 10, 0, 10, 0];
    held.resize(20, 0);
    for kind in 0..10_u16 {
        let name: Vec<u16> =
            if kind == 0 { "Normal".into() } else { format!("heading {kind}") }.encode_utf16().collect();
        let mut style = [kind, 0xfff1, 0, 0, 0, name.len() as u16].map(u16::to_le_bytes).concat();
        style.extend(name.iter().chain(&[0]).flat_map(|unit| unit.to_le_bytes()));
        held.extend((style.len() as u16).to_le_bytes());
        held.extend(style);
    }
    held
}
