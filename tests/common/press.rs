//! Plain-text reports set in pages as PDF: paragraphs of indented lines, ruled tables that page breaks cut between rows,
//! running heads and page numbers.
#![allow(clippy::disallowed_types, clippy::float_arithmetic, reason = "places on a page, not figures")]
#![allow(dead_code, reason = "each test crate uses a part of this")]

use gouji::source::Source;

use super::pdf::{HEIGHT, Pdf, WIDTH};
use super::rebuild::{Grid, Merged, Piece, pieces};

const MARGIN: f64 = 72.0;
const BODY: f64 = WIDTH - 2.0 * MARGIN;
const SIZE: f64 = 12.0;
/// The size of type in tables and at the edges of pages.
const SMALL: f64 = 9.0;
const SMALL_PITCH: f64 = 13.0;

pub(crate) fn pdf(source: &Source) -> Vec<u8> {
    pressed(source).bytes()
}

pub(crate) fn ofd(source: &Source) -> Vec<u8> {
    super::ofd::bytes(&pressed(source).drawn)
}

fn pressed(source: &Source) -> Pdf {
    let mut press = Press { pdf: Pdf::new(), y: MARGIN };
    press.furnish();
    for piece in pieces(source) {
        match piece {
            Piece::Paragraph(text, _) => press.paragraph(&without_marks(&text)),
            Piece::Table(grid) => press.table(&grid),
        }
    }
    press.pdf
}

/// A text without the marks of Markdown.
fn without_marks(text: &str) -> String {
    text.trim().trim_start_matches(['#', ' ']).replace("**", "")
}

struct Press {
    pdf: Pdf,
    y: f64,
}

impl Press {
    fn furnish(&mut self) {
        let page = self.pdf.page_count();
        self.pdf.text(230.0, 44.0, SMALL, "绩效自评资料汇编");
        self.pdf.text(285.0, HEIGHT - 36.0, SMALL, &format!("— {page} —"));
        self.y = MARGIN;
    }

    /// Whether so much fits on the page; if not, a new one is begun.
    fn fits(&mut self, height: f64) -> bool {
        let fits = self.y + height <= HEIGHT - MARGIN;
        if !fits {
            self.pdf.new_page();
            self.furnish();
        }
        fits
    }

    fn paragraph(&mut self, text: &str) {
        let indent = 2.0 * SIZE;
        for (index, line) in wrap(text, BODY, SIZE, indent).iter().enumerate() {
            self.fits(SIZE * 1.8);
            self.y += SIZE * 1.8;
            self.pdf.text(MARGIN + if index == 0 { indent } else { 0.0 }, self.y, SIZE, line);
        }
    }

    fn table(&mut self, grid: &Grid) {
        let step = BODY / grid.width as f64;
        self.y += 6.0;
        let mut first_on_page = true;
        for (index, row) in grid.rows.iter().enumerate() {
            let texts: Vec<Vec<String>> = row.iter().map(|cell| lines(cell, step)).collect();
            let height = texts.iter().map(Vec::len).max().unwrap_or(0).max(1) as f64 * SMALL_PITCH + 5.0;
            first_on_page |= !self.fits(height);
            let next = grid.rows.get(index + 1);
            let ends = self.y + height + next_height(next, step) > HEIGHT - MARGIN;
            for (cell, lines) in row.iter().zip(&texts) {
                let goes_on = next.is_some_and(|next| next.iter().any(|c| c.continues && c.column == cell.column));
                self.cell(cell, lines, step, height, !cell.continues || first_on_page, !goes_on || ends);
            }
            self.y += height;
            first_on_page = false;
        }
        self.y += 14.0;
    }

    /// A cell, or the part of a merged one in its row: lines at its sides, and where it begins and ends.
    fn cell(&mut self, cell: &Merged, lines: &[String], step: f64, height: f64, top: bool, bottom: bool) {
        let (left, y) = (MARGIN + step * cell.column as f64, self.y);
        let right = left + step * cell.columns as f64;
        self.pdf.line((left, y), (left, y + height));
        self.pdf.line((right, y), (right, y + height));
        if top {
            self.pdf.line((left, y), (right, y));
        }
        if bottom {
            self.pdf.line((left, y + height), (right, y + height));
        }
        let mut base = y + (height - lines.len() as f64 * SMALL_PITCH) / 2.0 - 3.0;
        for line in lines {
            base += SMALL_PITCH;
            self.pdf.text(left + (right - left - measure(line, SMALL)) / 2.0, base, SMALL, line);
        }
    }
}

fn lines(cell: &Merged, step: f64) -> Vec<String> {
    let width = step * cell.columns as f64 - 8.0;
    cell.paragraphs.iter().flat_map(|text| wrap(&without_marks(text), width, SMALL, 0.0)).collect()
}

fn next_height(row: Option<&Vec<Merged>>, step: f64) -> f64 {
    let most = row.map(|row| row.iter().map(|cell| lines(cell, step).len()).max().unwrap_or(0).max(1));
    most.map_or(0.0, |lines| lines as f64 * SMALL_PITCH + 5.0)
}

fn measure(text: &str, size: f64) -> f64 {
    text.chars().map(|c| if c.is_ascii() { size / 2.0 } else { size }).sum()
}

/// Lines of no more than a width, as word processors break them: not within a number, not before closing signs.
fn wrap(text: &str, width: f64, size: f64, indent: f64) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut room = width - indent;
    for word in units(text) {
        // A number wider than its column is cut.
        let pieces = if measure(&word, size) > width { word.chars().map(String::from).collect() } else { vec![word] };
        for piece in pieces {
            let needed = measure(&piece, size);
            if needed > room && !lines[lines.len() - 1].is_empty() {
                lines.push(String::new());
                room = width;
            }
            room -= needed;
            lines.last_mut().expect("there is a line").push_str(&piece);
        }
    }
    lines
}

/// What a line is not broken within: numbers and words, and characters with the closing signs after them.
fn units(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut last = ' ';
    for c in text.chars() {
        let closing = "，。、；：！？）》”％".contains(c);
        let inner = |c: char| c.is_ascii_graphic();
        match found.last_mut() {
            Some(word) if closing || inner(c) && inner(last) => word.push(c),
            _ => found.push(c.into()),
        }
        last = c;
    }
    found
}
