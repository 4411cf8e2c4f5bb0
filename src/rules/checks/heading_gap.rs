//! Numbers that are missing between headings or list items.

use super::{Context, Sink};
use crate::document::{BlockKind, MarkerStyle};
use crate::finding::Severity;
use crate::rules::siblings::{Item, Series, names_number, printed, short};
use crate::source::Span;

/// More missing numbers than this are no slip: the paragraphs are no list.
const MOST_MISSING: u32 = 3;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    for series in context.shared.series() {
        first(context, series, sink);
        for at in 1..series.items.len() {
            between(context, series, at, sink);
        }
    }
}

/// A gap before the item at `at`.
fn between(context: &Context, series: &Series, at: usize, sink: &mut Sink) {
    let (before, after) = (&series.items[at - 1], &series.items[at]);
    let (low, high) = (before.marker.number + 1, after.marker.number);
    if high <= low || high - low > MOST_MISSING || is_duplicate(series, at) {
        return;
    }
    let headings = before.heading && after.heading;
    if !headings && series.items.len() < 3 {
        return;
    }
    let text = &context.source.text()[before.marker.span.end()..after.marker.span.start()];
    let style = after.marker.style;
    if (low..high).any(|number| names_number(text, style, number)) {
        return;
    }
    let lost = lost_headings(context, before, after, (high - low) as usize);
    let missing: Vec<String> = (low..high).map(|number| printed(style, number)).collect();
    let mut message = format!(
        "“{}”之后是“{}”，缺“{}”",
        printed(before.marker.style, before.marker.number),
        printed(style, high),
        missing.join("”“")
    );
    if let Some((_, words)) = lost.first() {
        message.push_str(&format!("；“{}”疑似丢了自动编号", short(words)));
    }
    let soft = (before.marker.soft || after.marker.soft) && lost.is_empty();
    let added = sink
        .report(after.marker.span, "断号处", message)
        .with(before.marker.span, "前一序号")
        .with_all(lost.iter().map(|(span, _)| *span), "疑似缺号的标题");
    if soft {
        added.severity(Severity::Info);
    }
}

/// 四、 六、 六、 and 二、 二、 四、: one of the equal numbers is the missing one, which `heading-duplicate` says.
fn is_duplicate(series: &Series, at: usize) -> bool {
    let number = |at: usize| series.items.get(at).map(|item| item.marker.number);
    let (before, after) = (number(at - 1), number(at));
    let single = after == before.map(|number| number + 2);
    single && (number(at + 1) == after || at >= 2 && number(at - 2) == before)
}

/// Headings between two items that carry no number, or an automatic 1 of their own; at most as many as are missing.
fn lost_headings<'d>(context: &Context<'d>, before: &Item, after: &Item, missing: usize) -> Vec<(Span, &'d str)> {
    let blocks = &context.document.blocks[before.block + 1..after.block];
    let lost = blocks.iter().filter_map(|block| {
        let BlockKind::Heading(paragraph) = &block.kind else { return None };
        let alone = paragraph.marker.as_ref().is_none_or(|marker| {
            marker.soft && marker.number == 1 && marker.style.usual_level() > after.marker.style.usual_level() + 1
        });
        alone.then(|| Some((paragraph.flow.origin()?, paragraph.flow.text())))?
    });
    let lost: Vec<_> = lost.collect();
    if lost.len() > missing { Vec::new() } else { lost }
}

/// A series that does not begin with 1.
fn first(context: &Context, series: &Series, sink: &mut Sink) {
    let item = &series.items[0];
    let (style, number) = (item.marker.style, item.marker.number);
    if !series.fresh || number == 1 || number > MOST_MISSING + 1 || !item.heading {
        return;
    }
    // An excerpt may begin anywhere.
    let excerpt = context.document.blocks[..item.block].iter().all(|block| block.paragraph().is_none());
    let outer = matches!(style, MarkerStyle::Han | MarkerStyle::HanParen);
    let goes_on = series.items.get(1).is_some_and(|next| next.marker.number == number + 1 && next.heading);
    let earlier = context.shared.series().iter().flat_map(|other| &other.items);
    let earlier = earlier.filter(|before| before.block < item.block && before.marker.style == style && before.heading);
    // 二、…附表…三、: the outline goes on behind a table that stands between.
    let resumes = earlier.max_by_key(|before| before.block).is_some_and(|before| {
        let between = context.document.blocks[before.block..item.block].iter().filter_map(|block| block.paragraph());
        let mut tables = between.filter(|paragraph| paragraph.flow.text().starts_with("附表"));
        before.marker.number + 1 == number && tables.next().is_some()
    });
    if excerpt || resumes || !(item.marker.soft || outer && goes_on) {
        return;
    }
    let text = &context.source.text()[since(context, item)..item.marker.span.start()];
    if (1..number).any(|each| names_number(text, style, each)) {
        return;
    }
    let message = format!("本级标题从“{}”开始，缺“{}”", printed(style, number), printed(style, 1));
    let added = sink.report(item.marker.span, "首个序号", message);
    if item.marker.soft {
        added.severity(Severity::Info);
    }
}

/// Where the paragraph begins that carries the number before this one.
fn since(context: &Context, item: &Item) -> usize {
    let before = context.document.blocks[..item.block].iter().rev();
    let numbered =
        before.into_iter().find(|block| block.paragraph().is_some_and(|paragraph| paragraph.marker.is_some()));
    numbered.map_or(0, |block| block.span.start())
}
