//! Where a reader finds a span: 第14段, 表3 第5行 第4列.

use super::{BlockKind, Document};
use crate::source::Span;

impl Document {
    /// The place where a span begins, for people, in the forms of the JSON contract. Empty where it lies in no block.
    pub fn place(&self, span: Span) -> String {
        if let Some(place) = self.layout.place(span) {
            return place.to_owned();
        }
        // A title over two lines begins in the block of its first line.
        let begins_in =
            |block: Span| block.start() <= span.start() && span.start() < block.end() || block.contains(span);
        let (mut paragraph, mut table) = (0, 0);
        for block in &self.blocks {
            match &block.kind {
                BlockKind::Table(grid) => {
                    table += 1;
                    if begins_in(block.span) {
                        return match grid.cells().find(|cell| cell.span.contains(span)) {
                            Some(cell) => format!("表{table} 第{}行 第{}列", cell.row + 1, cell.column + 1),
                            None => format!("表{table}"),
                        };
                    }
                }
                _ => {
                    paragraph += 1;
                    if begins_in(block.span) {
                        return format!("第{paragraph}段");
                    }
                }
            }
        }
        String::new()
    }
}
