//! How far each part of the report was understood.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::escape::escape;
use crate::check::{Ledger, State};
use crate::document::SectionId;
use crate::emit::Report;
use crate::finding::Verdict;
use crate::workings::Workings;

/// The states of the ledger with their words and what they mean.
pub(super) const STATES: [(State, &str, &str, &str); 4] = [
    (State::Checked, "checked", "核对", "参加了至少一条验算"),
    (State::Linked, "linked", "识别", "知道它说的是什么，但报告里没有可比的数"),
    (State::Read, "read", "读出", "读出了数，没有识别含义；日期、编号也在此列"),
    (State::Unread, "unread", "未读", "没有读懂"),
];

pub(super) fn count(ledger: Ledger, state: State) -> u32 {
    match state {
        State::Checked => ledger.checked,
        State::Linked => ledger.linked,
        State::Read => ledger.read,
        State::Unread => ledger.unread,
    }
}

/// A bar of the four states; nothing for no numbers.
pub(super) fn bar(out: &mut String, ledger: Ledger) {
    out.push_str("<span class=\"bar\" aria-hidden=\"true\">");
    for (state, class, _, _) in STATES {
        let count = count(ledger, state);
        if count > 0 {
            let _ = write!(out, "<i class=\"{class}\" style=\"flex-grow:{count}\"></i>");
        }
    }
    out.push_str("</span>");
}

pub(super) fn write(out: &mut String, report: &Report<'_>, workings: &Workings) {
    states(out, report.ledger);
    sections(out, report, workings);
    reasons(out, workings);
    unread(out, report, workings);
}

fn states(out: &mut String, ledger: Ledger) {
    out.push_str(
        "<p class=\"lead\">没有报出问题，不等于没有问题：只有“核对”过的数才经过重算。</p><dl class=\"states\">",
    );
    for (state, class, word, meaning) in STATES {
        let count = count(ledger, state);
        let _ = write!(out, "<dt><i class=\"{class}\"></i>{word} {count}</dt><dd>{meaning}</dd>");
    }
    out.push_str("</dl>");
}

/// A line for each section with the numbers that stand right beneath its heading.
fn sections(out: &mut String, report: &Report<'_>, workings: &Workings) {
    let document = report.document;
    let mut ledgers: BTreeMap<Option<SectionId>, Vec<State>> = BTreeMap::new();
    let mut block = 0;
    for figure in &workings.numbers {
        while document.blocks.get(block).is_some_and(|each| each.span.end() <= figure.span.start()) {
            block += 1;
        }
        let section = document.blocks.get(block).and_then(|each| each.section);
        ledgers.entry(section).or_default().push(figure.state);
    }
    out.push_str("<h3>各部分</h3><table class=\"cover\"><tr><th>部分</th><th>数字</th><th>覆盖</th></tr>");
    for (section, states) in ledgers {
        let ledger = Ledger::of(states);
        let (title, level, block) = match section.map(|id| document.section(id)) {
            Some(section) => (section.title.as_str(), section.level, section.block),
            None => ("（首部）", 1, 0),
        };
        let _ = write!(
            out,
            "<tr><td style=\"padding-left:{}em\"><a href=\"#b{block}\">{}</a></td><td class=\"figure\">{}</td><td>",
            level.clamp(1, 6) - 1,
            escape(title),
            ledger.numbers()
        );
        bar(out, ledger);
        let _ = write!(out, "<span class=\"share\">核对 {}</span></td></tr>", ledger.checked);
    }
    out.push_str("</table>");
}

/// Why relations were not judged, the most frequent reason first.
fn reasons(out: &mut String, workings: &Workings) {
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for tested in workings.tested.iter().filter(|tested| tested.verdict == Verdict::Abstained) {
        *reasons.entry(tested.reason.unwrap_or("未说明")).or_default() += 1;
    }
    if reasons.is_empty() {
        return;
    }
    let mut reasons: Vec<(usize, &str)> = reasons.into_iter().map(|(reason, count)| (count, reason)).collect();
    reasons.sort_by(|a, b| b.cmp(a));
    out.push_str("<h3>没有判断的关系</h3><table class=\"cover\"><tr><th>原因</th><th>条数</th></tr>");
    for (count, reason) in reasons {
        let _ = write!(out, "<tr><td>{}</td><td class=\"figure\">{count}</td></tr>", escape(reason));
    }
    out.push_str("</table>");
}

fn unread(out: &mut String, report: &Report<'_>, workings: &Workings) {
    let unread: Vec<_> = workings.numbers.iter().filter(|figure| figure.state == State::Unread).collect();
    if unread.is_empty() {
        return;
    }
    out.push_str("<h3>没有读懂的数</h3><ul class=\"unread-list\">");
    for figure in unread {
        let _ = write!(
            out,
            "<li data-l=\"[[{},{},&quot;未读&quot;]]\"><button class=\"head\"><span class=\"text\">{}</span>\
             <span class=\"where\">{}</span><span class=\"reason\">{}</span></button></li>",
            figure.span.start(),
            figure.span.end(),
            escape(report.source.slice(figure.span)),
            escape(&report.document.place(figure.span)),
            escape(figure.unread.unwrap_or_default())
        );
    }
    out.push_str("</ul>");
}
