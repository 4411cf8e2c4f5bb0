//! A report with its findings as one page for a browser: offline, printable, for people who never saw a terminal.
//!
//! Everything that can be read is written here; the script only filters, selects and draws the lines from a finding to
//! its operands. Offsets in the page (`data-o`, `data-l`) are bytes of the report's text, as in the JSON contract.

mod coverage;
mod escape;
mod findings;
mod segments;
mod tested;
mod text;

use std::fmt::Write as _;
use std::io::{self, Write};

use self::coverage::STATES;
use self::escape::escape;
use self::segments::Segments;
use super::report::{Report, Tally};
use super::words::{self, Outcome};
use crate::finding::Verdict;
use crate::workings::{Figure, Workings};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Nothing is loaded, sent or embedded, whatever the report's text says.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// One report as one page.
pub fn write(out: &mut dyn Write, report: &Report<'_>, workings: &Workings) -> io::Result<()> {
    let mut page = String::with_capacity(report.source.text().len() * 4 + 64 * 1024);
    head(&mut page, report);
    banner(&mut page, report);
    page.push_str("<main>\n");
    paper(&mut page, report, workings);
    panel(&mut page, report, workings);
    page.push_str("</main>\n<div id=\"tip\" role=\"status\" hidden></div>\n");
    help(&mut page);
    figures(&mut page, workings);
    let _ = write!(page, "<script>\n{SCRIPT}</script>\n</body>\n</html>\n");
    out.write_all(page.as_bytes())
}

fn title(report: &Report<'_>) -> String {
    escape(report.about.title.unwrap_or(report.source.name()))
}

fn head(page: &mut String, report: &Report<'_>) {
    let _ = write!(
        page,
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"generator\" content=\"gouji {}\">\n<title>勾稽核查：{}</title>\n<style>\n{STYLE}</style>\n</head>\n",
        env!("CARGO_PKG_VERSION"),
        title(report)
    );
}

fn banner(page: &mut String, report: &Report<'_>) {
    let about = report.about;
    let _ = write!(
        page,
        "<body>\n<a class=\"skip\" href=\"#panel\">跳到发现的问题</a>\n<header>\n<div class=\"what\"><h1>{}</h1><p class=\"meta\">",
        title(report)
    );
    let year = about.year.map(|year| format!("{year}年度"));
    let facts = [about.entity.map(escape), year, about.kind.map(escape), Some(escape(report.source.name()))];
    let facts: Vec<String> = facts.into_iter().flatten().map(|fact| format!("<span>{fact}</span>")).collect();
    page.push_str(&facts.concat());
    let (outcome, said) = words::outcome(report);
    let class = match outcome {
        Outcome::Errors => "error",
        Outcome::Warnings => "warning",
        Outcome::Unsure => "unsure",
        Outcome::Clean => "clean",
    };
    let _ = write!(page, "</p></div>\n<div class=\"result\"><p class=\"verdict {class}\">{said}</p>");
    legend(page, report);
    for note in report.source.notes() {
        let _ = write!(page, "<p class=\"said\">{}</p>", escape(note));
    }
    page.push_str(
        "</div>\n<div class=\"tools\"><button id=\"theme\" title=\"明暗（T）\">明暗</button>\
         <button id=\"print\" title=\"打印\">打印</button><button id=\"keys\" title=\"按键说明（?）\">按键</button></div>\n</header>\n",
    );
}

/// The ledger as a bar and as switches that bring out the numbers of one state.
fn legend(page: &mut String, report: &Report<'_>) {
    let _ = write!(page, "<div class=\"ledger\"><span class=\"all\">{} 个数</span>", report.ledger.numbers());
    coverage::bar(page, report.ledger);
    for (state, class, word, meaning) in STATES {
        let count = coverage::count(report.ledger, state);
        let _ = write!(
            page,
            "<button class=\"state {class}\" data-state=\"{class}\" aria-pressed=\"false\" title=\"{meaning}\">\
             <i class=\"{class}\"></i>{word} {count}</button>"
        );
    }
    page.push_str("</div>");
}

fn paper(page: &mut String, report: &Report<'_>, workings: &Workings) {
    page.push_str(
        "<section id=\"paper\" tabindex=\"0\" aria-label=\"报告原文\">\n<article id=\"sheet\">\n\
         <div id=\"over\" class=\"tone-abstained\" aria-hidden=\"true\"><svg id=\"wires\"></svg><div id=\"chips\"></div></div>\n",
    );
    text::write(page, report.source, report.document, &Segments::new(report, workings));
    page.push_str("</article>\n</section>\n<nav id=\"map\" aria-hidden=\"true\"></nav>\n");
}

fn panel(page: &mut String, report: &Report<'_>, workings: &Workings) {
    let (found, tests) = (report.findings.len(), workings.tested.len());
    let _ = write!(
        page,
        "<aside id=\"panel\" aria-label=\"核查结果\">\n<div id=\"tabs\" role=\"tablist\">\
         <button role=\"tab\" id=\"t-found\" aria-controls=\"p-found\" aria-selected=\"true\">发现 {found}</button>\
         <button role=\"tab\" id=\"t-tests\" aria-controls=\"p-tests\" aria-selected=\"false\" tabindex=\"-1\">验算 {tests}</button>\
         <button role=\"tab\" id=\"t-cover\" aria-controls=\"p-cover\" aria-selected=\"false\" tabindex=\"-1\">覆盖</button></div>\n"
    );
    page.push_str(
        "<section id=\"p-found\" role=\"tabpanel\" aria-labelledby=\"t-found\">\n<h2 class=\"print\">发现的问题</h2>\n",
    );
    found_filters(page, report, workings);
    page.push_str("<ol id=\"list\">\n");
    findings::write(page, report, workings);
    page.push_str("</ol>\n");
    if found == 0 {
        page.push_str("<p class=\"none\">没有发现矛盾。看“覆盖”，可知哪些数核对过，哪些没有。</p>");
    }
    page.push_str(
        "</section>\n<section id=\"p-tests\" role=\"tabpanel\" aria-labelledby=\"t-tests\" hidden>\n\
         <h2 class=\"print\">验算过的关系</h2>\n",
    );
    test_filters(page, report);
    page.push_str("<ol id=\"tests\">\n");
    tested::write(page, report, workings);
    page.push_str(
        "</ol>\n</section>\n<section id=\"p-cover\" role=\"tabpanel\" aria-labelledby=\"t-cover\" hidden>\n\
         <h2 class=\"print\">覆盖</h2>\n",
    );
    coverage::write(page, report, workings);
    page.push_str("</section>\n</aside>\n");
}

fn found_filters(page: &mut String, report: &Report<'_>, workings: &Workings) {
    let tally = Tally::of(report.findings);
    page.push_str("<div class=\"filters\">");
    let severities =
        [("error", "错误", tally.errors), ("warning", "警告", tally.warnings), ("info", "提示", tally.infos)];
    for (class, word, count) in severities {
        let _ = write!(
            page,
            "<button class=\"chip {class}\" data-severity=\"{class}\" aria-pressed=\"true\">{word} {count}</button>"
        );
    }
    page.push_str("<select id=\"rule\" aria-label=\"按规则筛选\"><option value=\"\">全部规则</option>");
    for rule in &workings.rules {
        let count = report.findings.iter().filter(|finding| finding.rule == rule.id).count();
        if count > 0 {
            let (id, title) = (escape(&rule.id), escape(&rule.title));
            let _ = write!(page, "<option value=\"{id}\">{title}（{count}）</option>");
        }
    }
    page.push_str(
        "</select><select id=\"reviewed\" aria-label=\"按复核筛选\"><option value=\"\">复核与否</option>\
         <option value=\"none\">未复核</option><option value=\"true\">属实</option><option value=\"false\">不属实</option>\
         <option value=\"open\">待查</option></select>\
         <input id=\"search\" type=\"search\" placeholder=\"搜索（/）\" aria-label=\"搜索发现\">\
         <span id=\"shown\" role=\"status\"></span></div>\n",
    );
}

fn test_filters(page: &mut String, report: &Report<'_>) {
    page.push_str("<div class=\"filters\">");
    for (verdict, count) in report.relations.each() {
        let (class, word, on) = (verdict.word(), words::verdict(verdict), verdict != Verdict::Abstained);
        let _ = write!(
            page,
            "<button class=\"chip {class}\" data-verdict=\"{class}\" aria-pressed=\"{on}\">{word} {count}</button>"
        );
    }
    page.push_str("<input id=\"find-test\" type=\"search\" placeholder=\"搜索\" aria-label=\"搜索验算\"></div>\n");
}

fn help(page: &mut String) {
    page.push_str("<dialog id=\"help\" aria-label=\"按键说明\"><h2>按键</h2><dl>");
    let keys = [
        ("J 或 ↓　K 或 ↑", "下一条、上一条"),
        ("N　P", "看这一条的下一个、上一个数"),
        ("1　2　3", "显示或隐藏错误、警告、提示"),
        ("F　V　C", "发现、验算、覆盖"),
        ("/", "搜索"),
        ("T", "明暗"),
        ("Esc", "取消选择"),
    ];
    for (key, meaning) in keys {
        let _ = write!(page, "<dt><kbd>{key}</kbd></dt><dd>{meaning}</dd>");
    }
    page.push_str("</dl><p>点原文里的任何一个数，可以看它读成了什么、参加了哪些验算。</p><button id=\"close\">关闭</button></dialog>\n");
}

/// What each number was read as, for the script: `["金额 100.00万元","基本支出 · 决算 · 2024年",""]`.
fn figures(page: &mut String, workings: &Workings) {
    page.push_str("<script type=\"application/json\" id=\"figures\">[");
    for (index, figure) in workings.numbers.iter().enumerate() {
        let separator = if index == 0 { "" } else { ",\n" };
        let line = serde_json::json!([
            format!("{} {}{}", figure.kind, figure.value, figure.unit),
            readings(figure),
            figure.unread.unwrap_or_default()
        ]);
        // `</script>` in a report must not end the element.
        let _ = write!(page, "{separator}{}", line.to_string().replace('<', "\\u003c"));
    }
    page.push_str("]</script>\n");
}

fn readings(figure: &Figure) -> String {
    let reading = |reading: &crate::workings::Reading| {
        let name = if reading.concept.is_empty() { reading.label.as_str() } else { reading.concept };
        let parts = [reading.item.as_str(), name, reading.measure, reading.stage, reading.scope, &reading.period];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    };
    figure.readings.iter().map(reading).collect::<Vec<_>>().join("；")
}

#[cfg(test)]
mod tests {
    use super::super::report::samples;
    use super::*;
    use crate::document::Document;
    use crate::finding::{Finding, Severity};
    use crate::source::layout::{GridCell, GridLayout, Piece, PieceKind};
    use crate::source::{Layout, Source};

    fn page(text: &str) -> String {
        let source: Source = samples::source(text);
        page_of(&source, &[samples::sum(&source)])
    }

    fn page_of(source: &Source, findings: &[Finding]) -> String {
        let document = Document::parse(source);
        let mut out = Vec::new();
        let report = samples::report(source, &document, findings);
        write(&mut out, &report, &Workings::default()).expect("memory takes bytes");
        String::from_utf8(out).expect("the page is text")
    }

    #[test]
    fn what_is_only_to_be_looked_at_is_no_warning() {
        let source: Source = samples::source(samples::PROSE);
        let info = Finding { severity: Severity::Info, ..samples::sum(&source) };
        let page = page_of(&source, &[info]);
        assert!(page.contains("<p class=\"verdict clean\">未发现矛盾，1 条提示</p>"));
    }

    #[test]
    fn the_page_needs_nothing_from_outside() {
        let page = page(samples::PROSE);
        for outside in ["http://", "https://", " src=", "@import", "url("] {
            let svg = page.replace("http://www.w3.org/2000/svg", "");
            assert!(!svg.contains(outside), "{outside}");
        }
    }

    #[test]
    fn what_a_merged_cell_covers_is_drawn_once() {
        let text = "\t基本支出\n\t12\n\n\t\n\t30\n\n";
        let plain = samples::source(text);
        let cell = |row, column, row_span, word: &str| {
            let at = text.find(word).expect("the word is there");
            let paragraphs = vec![plain.span(at, at + word.len())];
            GridCell { row, column, row_span, column_span: 1, paragraphs, place: "表1".into() }
        };
        let rows = vec![vec![cell(0, 0, 2, "基本支出"), cell(0, 1, 1, "12")], vec![cell(1, 1, 1, "30")]];
        let grid = GridLayout { place: "表1".into(), rows };
        let pieces = vec![Piece { span: plain.whole(), kind: PieceKind::Table(grid) }];
        let layout = Layout { pieces, ..Layout::default() };
        let page = page_of(&Source::with_layout("例", text, layout), &[]);
        let table = page.split("<table class=\"grid\">").nth(1).and_then(|rest| rest.split("</table>").next());
        let cells: Vec<usize> = table.expect("a table").split("</tr>").map(|row| row.matches("</t").count()).collect();
        assert_eq!(cells, [2, 1, 0], "{table:?}");
    }

    #[test]
    fn a_report_cannot_write_markup() {
        let text = samples::PROSE.replace("其中", "其中<script>alert(1)</script><img onerror=x>");
        let page = page(&text);
        assert!(!page.contains("<script>alert") && !page.contains("<img"), "the text is escaped");
        assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    }

    #[test]
    fn every_label_of_a_finding_begins_at_an_element() {
        let page = page(samples::PROSE);
        let source = samples::source(samples::PROSE);
        let finding = samples::sum(&source);
        for label in std::iter::once(&finding.primary).chain(&finding.related) {
            let element = format!("<span data-o=\"{}\"", label.span.start());
            assert!(page.contains(&element), "{element}");
        }
    }
}
