//! 一级指标 | 权重 | … | 二级指标 | 权重: a column with one number for each block of rows, and one that divides them.

use super::{Extracted, numeric};
use crate::document::Literal;
use crate::facts::fit::is_sum;
use crate::facts::formula::Known;
use crate::facts::table::column::Column;
use crate::facts::table::sheet::{Sheet, Value};
use crate::facts::{ClaimKind, Role as Part};

/// So many blocks of several rows have to add up.
const TELLING: usize = 2;

/// A number and those that stand beside it and under it, up to the next block.
struct Block {
    whole: Value,
    parts: Vec<Value>,
}

/// The claims of every such pair of columns.
pub(super) fn read(sheet: &Sheet, known: &mut Known, out: &mut Extracted) {
    let columns: Vec<&Column> = numeric(sheet).collect();
    let pairs = columns.iter().flat_map(|whole| columns.iter().map(move |parts| (*whole, *parts)));
    for (whole, parts) in pairs.filter(|(whole, parts)| whole.at < parts.at && whole.role == parts.role) {
        let Some(blocks) = blocks(sheet, whole, parts).filter(|blocks| is_kept(sheet, blocks)) else { continue };
        for block in blocks {
            let ids = std::iter::once(&block.whole).chain(&block.parts).map(|value| value.id).collect();
            if block.parts.len() > 1 && known.admits(ids, false) {
                out.claims.push(sheet.sum(ClaimKind::TableParts, whole, &block.whole, &block.parts, Part::Items));
            }
        }
    }
}

/// The blocks of two columns; `None` where some row has no part.
fn blocks(sheet: &Sheet, whole: &Column, parts: &Column) -> Option<Vec<Block>> {
    let mut found: Vec<Block> = Vec::new();
    for row in sheet.band.body.clone().filter(|&row| !sheet.is_total(row)) {
        let part = sheet.value(row, parts)?;
        match (sheet.value(row, whole), found.last_mut()) {
            (Some(whole), _) => found.push(Block { whole, parts: vec![part] }),
            (None, Some(open)) => open.parts.push(part),
            (None, None) => return None,
        }
    }
    Some(found)
}

/// Whether the blocks show that the one column divides the other: all but at most one.
fn is_kept(sheet: &Sheet, blocks: &[Block]) -> bool {
    let literal = |value: &Value| -> &Literal { &sheet.cx.number(value.id).literal };
    let dimension = |value: &Value| literal(value).unit.dimension();
    let alike = |block: &Block| block.parts.iter().all(|part| dimension(part) == dimension(&block.whole));
    let fits = |block: &&Block| is_sum(literal(&block.whole), block.parts.iter().map(literal));
    let fitting = blocks.iter().filter(fits);
    let telling = fitting.clone().filter(|block| block.parts.len() > 1).count();
    blocks.iter().all(alike) && telling >= TELLING && blocks.len() - fitting.count() <= 1
}
