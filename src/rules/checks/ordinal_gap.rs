//! 一是 … 三是: an enumeration inside a paragraph that skips a number.

use std::ops::Range;

use super::{Context, Sink};
use crate::rules::reading::{Stretch, bodies};
use crate::source::formats::written;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    for stretch in bodies(context.document) {
        let ordinals = ordinals(&stretch);
        for pair in ordinals.windows(2) {
            let ((before, first), (after, second)) = (&pair[0], &pair[1]);
            if *second == *first + 2 {
                let missing = written(first + 1);
                if stretch.text()[before.end..after.start].contains(&format!("{missing}是")) {
                    continue;
                }
                let message = format!("“{}是”之后是“{}是”，缺“{missing}是”", written(*first), written(*second));
                let added = sink.report(stretch.span(after.clone()), "断号处", message);
                added.with(stretch.span(before.clone()), "前一序号");
            } else if second == first && *first > 1 {
                let message = format!("“{}是”出现两次", written(*first));
                let added = sink.report(stretch.span(after.clone()), "重复的序号", message);
                added.with(stretch.span(before.clone()), "同号");
            }
        }
    }
}

/// Where a paragraph says 一是, 二是 … at the beginning of a clause.
fn ordinals(stretch: &Stretch) -> Vec<(Range<usize>, u32)> {
    let text = stretch.text();
    let read = |(at, found): (usize, &str)| {
        let last = text[..at].chars().next_back()?;
        let number = "一二三四五六七八九十".chars().position(|digit| digit == last)? as u32 + 1;
        let start = at - last.len_utf8();
        let begins = text[..start].chars().next_back().is_none_or(|c| "。；，：、！？;,:.（".contains(c));
        begins.then_some((start..at + found.len(), number))
    };
    text.match_indices('是').filter_map(read).collect()
}
