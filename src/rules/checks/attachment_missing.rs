//! 引用的附件不在文件里: 详见附件2, and no part of the file is headed 附件2.

use std::collections::BTreeMap;

use super::{Context, Sink};
use crate::document::MarkerStyle;
use crate::rules::reading::stretches;
use crate::source::Span;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let mut missing: BTreeMap<String, Vec<Span>> = BTreeMap::new();
    for stretch in stretches(context.document) {
        let text = stretch.text();
        for word in ["附件", "附表"] {
            for (at, _) in text.match_indices(word) {
                let end = at + word.len() + number_len(&text[at + word.len()..]);
                let referred = ["详见", "见", "参见"].iter().any(|verb| text[..at].ends_with(verb));
                let unnumbered = end == at + word.len();
                if referred && !unnumbered && !is_here(context, &text[at..end]) {
                    missing.entry(text[at..end].to_owned()).or_default().push(stretch.span(at..end));
                }
            }
        }
    }
    for (name, places) in missing {
        let message = format!("文中说详见{name}，本文件里没有{name}");
        let mut added = sink.report(places[0], "所引附件", message);
        for place in places.iter().skip(1) {
            added = added.with(*place, "所引附件");
        }
    }
}

/// The bytes of the number after 附件: 2, 3-1, 二.
fn number_len(text: &str) -> usize {
    let part = |c: char| c.is_ascii_digit() || "-—－一二三四五六七八九十".contains(c);
    let end = text.find(|c| !part(c)).unwrap_or(text.len());
    text[..end].trim_end_matches(['-', '—', '－']).len()
}

/// Whether some stretch of the file opens with the name, or an attachment is headed by a number of its own kind.
fn is_here(context: &Context, name: &str) -> bool {
    let opens = |text: &str| text.starts_with(name) && number_len(&text[name.len()..]) == 0;
    let unnumbered = context.document.paragraphs().any(|(_, paragraph)| {
        let attachment = paragraph.marker.as_ref().is_some_and(|marker| marker.style == MarkerStyle::Attachment);
        let text = paragraph.flow.text();
        attachment && ["附件：", "附件:", "附件"].contains(&text)
    });
    unnumbered || stretches(context.document).any(|stretch| opens(stretch.text()))
}
