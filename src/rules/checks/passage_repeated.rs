//! A passage that stands twice in one paragraph.

use super::passage_copied::stock;
use super::{Context, Sink};
use crate::finding::Severity;

/// The shortest passage, in Chinese characters that are not figures or set phrases.
const SHORTEST: usize = 30;
/// From this length on nobody repeats himself on purpose.
const PLAIN: usize = 60;
/// With more digits than this, a passage lists figures, which may lawfully be equal twice.
const MOST_DIGITS: usize = 6;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let prose = context.shared.prose();
    for repeat in prose.repeats(SHORTEST, stock()) {
        if prose.paragraph_of(repeat.first.start) != prose.paragraph_of(repeat.again.start) {
            continue;
        }
        let length = prose.weight(&repeat.again, stock());
        let message = format!("同一段里有{}字与前文逐字相同", repeat.again.len());
        let added = sink.report(prose.span(&repeat.again), "重复的文字", message);
        let added = added.with(prose.span(&repeat.first), "原文").suggest("", "删去，或换成应有的内容");
        let figures = context.source.slice(prose.span(&repeat.again)).bytes().filter(u8::is_ascii_digit).count();
        if figures > MOST_DIGITS {
            added.severity(Severity::Info);
        } else if length < PLAIN {
            added.severity(Severity::Warning);
        }
    }
}
