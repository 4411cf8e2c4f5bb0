//! 引用的附件不在文件里: 详见附件2, and no part of the file is headed 附件2.

use std::collections::BTreeMap;

use super::{Context, Sink};
use crate::document::MarkerStyle;
use crate::rules::reading::{Stretch, finder, stretches};
use crate::source::Span;

/// A title is a short line.
const LONGEST: usize = 40;
/// No more places than this are marked.
const MOST_PLACES: usize = 12;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    numbered(context, sink);
    named(context, sink);
}

/// Words before which a form is named in full.
const FORMS: &[&str] = &["自评表", "评价表", "评分表", "基础数据表"];

/// 项目绩效情况详见项目支出绩效自评表, in a file that holds no form at all.
fn named(context: &Context, sink: &mut Sink) {
    let has_forms = context.facts.forms.iter().any(|form| !form.indicators.is_empty());
    let mut referred: Vec<(&str, Span)> = Vec::new();
    for found in context.shared.concordance().find(finder!(["详见", "见附"])) {
        let text = found.stretch.text();
        let rest = &text[found.range.end..];
        let clause = &rest[..rest.find(['，', '。', '；', '）', ')', '、']).unwrap_or(rest.len())];
        let Some((form, at)) = FORMS.iter().find_map(|form| Some((*form, clause.find(form)?))) else { continue };
        let end = found.range.end + at + form.len();
        referred.push((form, found.stretch.span(found.range.start..end)));
    }
    let is_here = |form: &str| stretches(context.document).any(|stretch| heads_form(&stretch, form));
    referred.retain(|(form, _)| !is_here(form));
    let Some(((form, first), more)) = referred.split_first().filter(|_| !has_forms) else { return };
    let message = match more.len() {
        0 => format!("文中说详见{form}，本文件里没有这张表"),
        places => format!("文中有{}处说详见{form}，本文件里没有这张表", places + 1),
    };
    sink.report(*first, "所引的表", message)
        .with_all(more.iter().take(MOST_PLACES).map(|(_, place)| *place), "所引的表");
}

/// A short line that names a form and refers to none: the form's title.
fn heads_form(stretch: &Stretch, form: &str) -> bool {
    let text = stretch.text();
    let title = text.chars().count() <= LONGEST && !text.contains(['，', '。']);
    title && text.contains(form) && !text.contains('见')
}

/// 详见附件2, and no part of the file is headed 附件2.
fn numbered(context: &Context, sink: &mut Sink) {
    let mut referred: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    for found in context.shared.concordance().find(finder!(["见附件", "见附表"])) {
        let text = found.stretch.text();
        let at = found.range.start + '见'.len_utf8();
        let end = found.range.end + number_len(&text[found.range.end..]);
        if end > found.range.end {
            referred.entry(&text[at..end]).or_default().push(found.stretch.span(at..end));
        }
    }
    for (name, places) in referred.into_iter().filter(|(name, _)| !is_here(context, name)) {
        let message = format!("文中说详见{name}，本文件里没有{name}");
        sink.report(places[0], "所引附件", message).with_all(places.iter().skip(1).copied(), "所引附件");
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
