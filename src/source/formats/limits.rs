//! How much a file may ask for.

/// What a file may cost to read. The same file meets the same limit on every machine: work is counted, not time.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of a file. Offsets into the text are 32 bits wide, and no report comes near this size.
    pub bytes: u64,
    /// Members of an archive.
    pub entries: usize,
    /// Bytes that one member of an archive may expand to.
    pub member: u64,
    /// Bytes that all members that are read may expand to together.
    pub expanded: u64,
    /// How many times its packed size a member may expand to, beyond its first mebibyte.
    pub ratio: u64,
    /// Elements of one part of XML, elements and texts of a web page. A report of 300 pages has some 200 000.
    pub elements: usize,
    /// Elements of XML inside one another.
    pub depth: usize,
    /// Tables inside one another.
    pub tables: usize,
    /// Cells on the grids of all tables of a file.
    pub cells: usize,
    /// Columns of a grid.
    pub columns: usize,
    /// Pages of a file.
    pub pages: usize,
    /// Characters, lines and clippings that the pages of a file draw together. A dense page draws about 5 000.
    pub drawn: u32,
    /// Bytes of one paragraph or line.
    pub line: usize,
}

pub const LIMITS: Limits = Limits {
    bytes: 64 << 20,
    entries: 10_000,
    member: 128 << 20,
    expanded: 256 << 20,
    ratio: 500,
    elements: 1_000_000,
    depth: 1_000,
    tables: 20,
    cells: 300_000,
    columns: 16_384,
    pages: 5_000,
    drawn: 8_000_000,
    line: 1 << 20,
};
