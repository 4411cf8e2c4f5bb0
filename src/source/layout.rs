//! What a file format says about its text: paragraphs, tables with their grids, and where a reader finds them.

use super::{Source, Span};

/// The layout of a text. Empty for plain text, whose layout has to be told from the text itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// In the order of the text. Pieces do not overlap; each begins and ends with whole lines, but for the last line end.
    pub pieces: Vec<Piece>,
    /// Cells of a workbook that do not say what their formulas say.
    pub faults: Vec<FormulaFault>,
}

/// A stretch of the text that the format knows something about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub span: Span,
    pub kind: PieceKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PieceKind {
    /// One paragraph, which never goes on with the next piece.
    Paragraph {
        /// Where a reader finds it: 第14段.
        place: String,
        /// The outline level of its style, from 1.
        heading: Option<u8>,
    },
    /// A table whose grid is known.
    Table(GridLayout),
    /// Running heads, page numbers, contents: kept in the text, not read.
    Furniture,
}

/// The grid of a table. Row `i` of `rows` is row `i` of the grid; a row under merged cells may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GridLayout {
    /// 表3, 收支决算表
    pub place: String,
    pub rows: Vec<Vec<GridCell>>,
}

/// A cell at the origin of what it covers. Cells that it covers in rows beneath are not listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GridCell {
    /// From 0, on the full grid.
    pub row: usize,
    pub column: usize,
    pub row_span: usize,
    pub column_span: usize,
    /// One span for each paragraph; at least one, empty at the cell's place where the cell is empty.
    pub paragraphs: Vec<Span>,
    /// 表3 第5行 第4列, 收支决算表!B7, 第3页 表2 第1行 第1列
    pub place: String,
}

/// A cell that shows a number where its formula says another, or where it says less than it seems to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormulaFault {
    /// The number that the cell shows.
    pub cell: Span,
    /// SUM(B2:B6)
    pub formula: String,
    pub kind: FaultKind,
    /// The figures that the formula reads, as far as they stand in the text.
    pub operands: Vec<Span>,
}

/// What a formula does, in figures of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arithmetic {
    /// 1.1 + 2.2
    pub line: String,
    pub stored: String,
    pub computed: String,
    pub difference: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// The formula gives another number than the cell stores.
    Differs {
        /// What it gives, in the number format of the cell.
        shown: String,
        /// By no more than one in the last place that is shown.
        slight: bool,
        /// Where every figure is printed in the text as it is stored.
        line: Option<Arithmetic>,
    },
    /// A sum passes over these figures in its range, since they are kept as text.
    PassesOver(Vec<Span>),
}

impl Layout {
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// The first piece that does not begin before a byte offset.
    pub(crate) fn piece_from(&self, offset: usize) -> Option<&Piece> {
        self.pieces.get(self.pieces.partition_point(|piece| piece.span.start() < offset))
    }

    /// Whether the pieces keep their promise over a text.
    pub(super) fn fits(&self, source: &Source) -> bool {
        let text = source.text();
        let mut end = 0;
        self.pieces.iter().all(|piece| {
            let (start, stop) = (piece.span.start(), piece.span.end());
            let opens = start >= end && (start == 0 || text[..start].ends_with('\n'));
            let closes = text[stop..].starts_with(['\n', '\r']) || text[..stop].ends_with('\n') || stop == text.len();
            end = stop;
            opens && closes
        })
    }

    /// The text of the cell at a place such as `表!B3`.
    pub(crate) fn cell(&self, place: &str) -> Option<Span> {
        let grids = self.pieces.iter().filter_map(|piece| match &piece.kind {
            PieceKind::Table(grid) => Some(grid),
            PieceKind::Paragraph { .. } | PieceKind::Furniture => None,
        });
        let mut cells = grids.flat_map(|grid| grid.rows.iter().flatten());
        cells.find(|cell| cell.place == place)?.paragraphs.first().copied()
    }

    /// Where a reader finds the beginning of a span, if the format says so.
    pub fn place(&self, span: Span) -> Option<&str> {
        let after = self.pieces.partition_point(|piece| piece.span.start() <= span.start());
        let piece = self.pieces[..after].last().filter(|piece| span.start() <= piece.span.end())?;
        match &piece.kind {
            PieceKind::Paragraph { place, .. } => Some(place),
            PieceKind::Table(grid) => Some(grid.cell_with(span).map_or(&grid.place, |cell| &cell.place)),
            PieceKind::Furniture => None,
        }
    }
}

/// How many cells from where a place should be are looked at before all are.
const NEAR: usize = 200;

impl GridLayout {
    fn cell_with(&self, span: Span) -> Option<&GridCell> {
        let begins_in = |inner: &Span| inner.start() <= span.start() && span.start() <= inner.end();
        let holds = |cell: &&GridCell| cell.paragraphs.iter().any(begins_in);
        let end = |row: &Vec<GridCell>| row.last().and_then(|cell| Some(cell.paragraphs.last()?.end()));
        let near = self.rows.partition_point(|row| end(row).is_none_or(|end| end < span.start()));
        // Rows without cells of their own may mislead the search.
        self.rows[near..].iter().flatten().take(NEAR).find(holds).or_else(|| self.rows.iter().flatten().find(holds))
    }
}
