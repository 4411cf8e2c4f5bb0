//! What is shown of a line: windows around its labels, wrapped to the terminal.
//!
//! A paragraph can be one line of three thousand characters with a dozen labels in it. Drawn whole, its arrows would run
//! far past the terminal's edge; so each labelled stretch is shown with a little text around it, `…` where text is left
//! out, on as many rows as needed, each with room for the words of its labels on the right.

use std::ops::Range;

use super::super::clean::{Shown, shown};
use super::pieces::Piece;
use crate::source::{Line, Source};

/// One row of the drawing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Row {
    /// The number of the line, on the first row of each.
    pub(super) line: Option<u32>,
    pub(super) text: String,
    pub(super) marks: Vec<Mark>,
}

/// A labelled stretch of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// In the row's text.
    pub(super) range: Range<usize>,
    pub(super) label: usize,
    /// The label began on an earlier row.
    pub(super) later: bool,
}

/// Columns of text kept before a label: the words that name a figure stand there.
const BEFORE: usize = 28;
/// Columns of text kept after a label.
const AFTER: usize = 12;
/// A label wider than this may be broken between rows, and is shown by its two ends.
const UNBROKEN: usize = 40;
/// Text between two windows that is no wider than this is shown.
const GAP: usize = 10;
/// Columns for `…` at both ends of a row.
const DOTS: usize = 2;
/// The sign of an empty label: a cell or a value that is missing.
const MISSING: &str = "␣";

/// A character of the line, the text left out between two windows, or the sign of an empty label.
#[derive(Clone, Copy, Debug)]
struct Cell {
    /// Where it stands in the report.
    at: usize,
    end: usize,
    shown: Shown,
}

/// Cells that stay on one row.
#[derive(Clone, Debug, Default)]
struct Atom {
    cells: Vec<Cell>,
    width: usize,
    /// Columns that the words of its labels take.
    words: usize,
    labelled: bool,
}

impl Row {
    /// The only label, where the row holds nothing else: a cell of a table that stands on a line of its own.
    pub(super) fn alone(&self) -> Option<&Mark> {
        let [mark] = self.marks.as_slice() else { return None };
        let bare = |text: &'_ str| -> String { text.chars().filter(|c| !" |（）()".contains(*c)).collect() };
        (bare(&self.text[mark.range.clone()]) == bare(&self.text)).then_some(mark)
    }
}

/// The rows that show a line's labels. `words` gives the width of a label's words, `limit` the columns of a row.
pub(super) fn rows(
    source: &Source,
    line: Line,
    pieces: &[Piece],
    words: &dyn Fn(usize) -> usize,
    limit: usize,
) -> Vec<Row> {
    let cells = cells_of(source, line, pieces);
    let windowed = if width(&cells) <= 2 * limit { cells } else { windows(&cells, pieces) };
    let wrapped = wrap(atoms(windowed, pieces, words), limit - DOTS);
    let kept = without_idle(wrapped);
    let mut rows: Vec<Row> = kept.iter().map(|atoms| row(atoms, pieces)).collect();
    for index in 1..rows.len() {
        let (before, after) = rows.split_at_mut(index);
        for mark in &mut after[0].marks {
            mark.later |= before.iter().any(|row| row.marks.iter().any(|earlier| earlier.label == mark.label));
        }
    }
    if let Some(first) = rows.first_mut() {
        first.line = Some(line.number);
    }
    rows
}

fn width(cells: &[Cell]) -> usize {
    cells.iter().map(|cell| cell.shown.width()).sum()
}

/// The line's characters, with a sign where an empty label stands.
fn cells_of(source: &Source, line: Line, pieces: &[Piece]) -> Vec<Cell> {
    let base = line.span.start();
    let missing = |at: usize| pieces.iter().any(|piece| piece.range == (at..at));
    let sign = |at: usize| missing(at).then_some(Cell { at, end: at, shown: Shown::Text(MISSING) });
    let mut cells = Vec::new();
    for (offset, c) in source.slice(line.span).char_indices() {
        let at = base + offset;
        cells.extend(sign(at));
        cells.push(Cell { at, end: at + c.len_utf8(), shown: shown(c) });
    }
    cells.extend(sign(line.span.end()));
    cells
}

/// Whether a cell belongs to a labelled stretch.
fn covers(piece: &Piece, cell: &Cell) -> bool {
    if piece.range.is_empty() {
        return cell.at == cell.end && cell.at == piece.range.start;
    }
    piece.range.start <= cell.at && cell.end <= piece.range.end && cell.at < cell.end
}

/// It stands for what is not shown, and at no place.
const ELLIPSIS: Cell = Cell { at: usize::MAX, end: 0, shown: Shown::Text("…") };

/// The cells near a label, with `…` for the others.
fn windows(cells: &[Cell], pieces: &[Piece]) -> Vec<Cell> {
    let mut near = vec![false; cells.len()];
    for piece in pieces {
        for range in window(cells, piece) {
            near[range].fill(true);
        }
    }
    close_gaps(cells, &mut near);
    let mut out: Vec<Cell> = Vec::new();
    let mut hidden = false;
    for (cell, near) in cells.iter().zip(near) {
        if near {
            out.extend(hidden.then_some(ELLIPSIS));
            out.push(*cell);
        }
        hidden = !near;
    }
    out.extend(hidden.then_some(ELLIPSIS));
    out
}

/// The indices of a label's cells with some before and some after; the two ends of a wide label.
fn window(cells: &[Cell], piece: &Piece) -> [Range<usize>; 2] {
    let Some(first) = cells.iter().position(|cell| covers(piece, cell)) else { return [0..0, 0..0] };
    let last = first + cells[first..].iter().take_while(|cell| covers(piece, cell)).count();
    let start = reach(cells[..first].iter().rev(), BEFORE);
    let end = reach(cells[last..].iter(), AFTER);
    let (from, to) = whole_words(cells, first - start..first, last..last + end);
    if width(&cells[first..last]) <= 2 * UNBROKEN {
        return [from..to, to..to];
    }
    let head = reach(cells[first..last].iter(), UNBROKEN);
    let tail = reach(cells[first..last].iter().rev(), UNBROKEN / 2);
    [from..first + head, last - tail..to]
}

/// The outer ends of a window, moved inwards so that neither cuts a number in two.
fn whole_words(cells: &[Cell], before: Range<usize>, after: Range<usize>) -> (usize, usize) {
    let cuts = |at: usize| at > 0 && at < cells.len() && solid(&cells[at - 1]) && solid(&cells[at]);
    let from = before.clone().find(|at| !cuts(*at)).unwrap_or(before.end);
    let to = after.clone().rev().map(|at| at + 1).find(|at| !cuts(*at)).unwrap_or(after.start);
    (from, to)
}

/// Part of a number or word of ASCII, which is not broken.
fn solid(cell: &Cell) -> bool {
    matches!(cell.shown, Shown::Itself(c) if c.is_ascii_alphanumeric() || ".,%".contains(c))
}

/// How many cells fit into so many columns.
fn reach<'a>(cells: impl Iterator<Item = &'a Cell>, columns: usize) -> usize {
    let used = cells.scan(0, |used, cell| {
        *used += cell.shown.width();
        Some(*used)
    });
    used.take_while(|used| *used <= columns).count()
}

/// Shows what lies between two windows where it is short.
fn close_gaps(cells: &[Cell], near: &mut [bool]) {
    let mut at = 0;
    while at < near.len() {
        let run = near[at..].iter().take_while(|each| **each == near[at]).count();
        if !near[at] && width(&cells[at..at + run]) <= GAP {
            near[at..at + run].fill(true);
        }
        at += run;
    }
}

/// Groups cells that must stay together: short labels (overlapping ones as one), numbers and words of ASCII.
fn atoms(cells: Vec<Cell>, pieces: &[Piece], words: &dyn Fn(usize) -> usize) -> Vec<Atom> {
    let mut atoms: Vec<Atom> = Vec::new();
    let mut last: Option<Cell> = None;
    for cell in cells {
        if !last.is_some_and(|last| joined(&last, &cell, pieces)) {
            atoms.push(Atom::default());
        }
        let atom = atoms.last_mut().expect("an atom was pushed before the first cell");
        atom.width += cell.shown.width();
        for piece in pieces.iter().filter(|piece| covers(piece, &cell)) {
            atom.labelled = true;
            atom.words = atom.words.max(words(piece.label));
        }
        atom.cells.push(cell);
        last = Some(cell);
    }
    atoms
}

/// Whether two neighbouring cells stay on one row.
fn joined(a: &Cell, b: &Cell, pieces: &[Piece]) -> bool {
    let within = |piece: &Piece| piece.range.len() <= UNBROKEN * 3 / 2 && covers(piece, a) && covers(piece, b);
    pieces.iter().any(within) || (solid(a) && solid(b)) || closes(b)
}

/// Punctuation that does not begin a row.
fn closes(cell: &Cell) -> bool {
    matches!(cell.shown, Shown::Itself(c) if "，。；：、）】》”’！？".contains(c))
}

/// Fills rows so that text, and the words of labels to its right, stay within `limit` columns.
fn wrap(atoms: Vec<Atom>, limit: usize) -> Vec<Vec<Atom>> {
    let mut rows: Vec<Vec<Atom>> = Vec::new();
    let mut row: Vec<Atom> = Vec::new();
    for atom in atoms.into_iter().flat_map(|atom| divided(atom, limit)) {
        if !row.is_empty() && !fits(&row, &atom, limit) {
            let carried = carry(&mut row, &atom, limit);
            rows.push(std::mem::replace(&mut row, carried));
        }
        row.push(atom);
    }
    rows.push(row);
    rows
}

/// An atom that no row could hold with its words, cell by cell.
fn divided(atom: Atom, limit: usize) -> Vec<Atom> {
    if fits(&[], &atom, limit) {
        return vec![atom];
    }
    let single = |cell: &Cell| Atom { cells: vec![*cell], width: cell.shown.width(), ..atom };
    atom.cells.iter().map(single).collect()
}

/// Columns between the end of the last label and the words of labels.
const ARROW: usize = 4;

fn fits(row: &[Atom], next: &Atom, limit: usize) -> bool {
    let text: usize = row.iter().map(|atom| atom.width).sum::<usize>() + next.width;
    let words = row.iter().map(|atom| atom.words).fold(next.words, usize::max);
    text <= limit && (next.words == 0 || text + ARROW + words <= limit)
}

/// Takes the start of a clause off a full row, so that a figure stays beside the words before it.
fn carry(row: &mut Vec<Atom>, next: &Atom, limit: usize) -> Vec<Atom> {
    let ends_clause = |atom: &Atom| atom.cells.last().is_some_and(closes);
    let after_clause = row.iter().rposition(|atom| atom.labelled || ends_clause(atom)).map_or(0, |at| at + 1);
    let kept_together = after_clause > 0 && fits(&row[after_clause..], next, limit);
    if kept_together { row.split_off(after_clause) } else { Vec::new() }
}

/// The rows that hold labels, with `…` where others stood between them.
fn without_idle(rows: Vec<Vec<Atom>>) -> Vec<Vec<Atom>> {
    let dots = || Atom { cells: vec![ELLIPSIS], width: 1, words: 0, labelled: false };
    let begins_so = |row: &[Atom]| row.first().is_some_and(|atom| atom.cells[0].at == usize::MAX);
    let mut kept: Vec<Vec<Atom>> = Vec::new();
    let mut idle = false;
    for mut row in rows {
        if row.iter().any(|atom| atom.labelled) {
            if idle && !begins_so(&row) {
                row.insert(0, dots());
            }
            kept.push(row);
            idle = false;
        } else {
            idle = !row.is_empty();
        }
    }
    if let Some(last) = kept.last_mut().filter(|_| idle) {
        last.push(dots());
    }
    kept
}

/// The text of a row and where its labels stand in it.
fn row(atoms: &[Atom], pieces: &[Piece]) -> Row {
    let mut row = Row::default();
    let mut ranges: Vec<Option<Range<usize>>> = vec![None; pieces.len()];
    for cell in atoms.iter().flat_map(|atom| &atom.cells) {
        let start = row.text.len();
        cell.shown.push_to(&mut row.text);
        for (piece, range) in pieces.iter().zip(&mut ranges) {
            if cell.at != usize::MAX && covers(piece, cell) {
                let from = range.as_ref().map_or(start, |range| range.start);
                *range = Some(from..row.text.len());
            }
        }
    }
    let marks = pieces.iter().zip(ranges).filter_map(|(piece, range)| {
        range.filter(|range| !range.is_empty()).map(|range| Mark { range, label: piece.label, later: piece.later })
    });
    row.marks = marks.collect();
    row
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr;

    use super::super::super::report::samples;
    use super::*;

    fn laid_out(text: &str, labels: &[&str], limit: usize) -> Vec<Row> {
        let source = samples::source(text);
        let piece = |(label, words): (usize, &&str)| {
            let start = text.find(words).expect("the words stand in the text");
            Piece { range: start..start + words.len(), label, later: false }
        };
        let pieces: Vec<Piece> = labels.iter().enumerate().map(piece).collect();
        rows(&source, source.line_at(0), &pieces, &|_| 20, limit)
    }

    fn marked(rows: &[Row]) -> Vec<&str> {
        rows.iter().flat_map(|row| row.marks.iter().map(|mark| &row.text[mark.range.clone()])).collect()
    }

    #[test]
    fn a_short_line_is_shown_whole() {
        let rows = laid_out("基本支出223.19万元", &["223.19万元"], 80);
        assert_eq!(rows[0].text, "基本支出223.19万元");
        assert_eq!(marked(&rows), ["223.19万元"]);
    }

    #[test]
    fn a_long_line_is_shown_in_windows() {
        let filler = "开展各项工作，".repeat(40);
        let text = format!("{filler}预算12.5万元，{filler}支出37.5万元。{filler}");
        let rows = laid_out(&text, &["12.5万元", "37.5万元"], 80);
        assert_eq!(marked(&rows), ["12.5万元", "37.5万元"]);
        assert!(rows.iter().all(|row| row.text.width() <= 81), "{rows:?}");
        assert!(rows[0].text.starts_with('…'), "{rows:?}");
    }

    #[test]
    fn odd_characters_take_no_label_from_its_place() {
        let rows = laid_out("甲\t\u{200b}\u{c}乙\u{1b}12.5万元\u{3000}", &["12.5万元"], 80);
        assert_eq!(marked(&rows), ["12.5万元"]);
    }

    #[test]
    fn an_empty_label_shows_a_sign() {
        let source = samples::source("| 甲 |  |");
        let pieces = [Piece { range: 6..6, label: 0, later: false }];
        let rows = rows(&source, source.line_at(0), &pieces, &|_| 9, 80);
        assert_eq!(marked(&rows), [MISSING]);
    }

    #[test]
    fn a_wide_label_shows_its_two_ends() {
        let claim = format!("其中{}等。", "某某支出1.25万元，".repeat(40));
        let rows = laid_out(&claim, &[&claim], 80);
        let text: String = rows.iter().map(|row| row.text.as_str()).collect();
        assert!(text.contains('…') && text.ends_with("等。"), "{text}");
        assert!(rows.iter().skip(1).all(|row| row.marks.iter().all(|mark| mark.later)), "{rows:?}");
    }
}
