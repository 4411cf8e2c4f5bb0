//! Findings drawn in the report's text, for people.

mod draw;
mod finding;
mod layout;
mod pieces;

use std::io::{self, Write};

pub use super::words::counted;

use super::clean;
use super::report::{Counts, Report};
use super::words::{self, Outcome};
use crate::check::ScoreLedger;
use crate::finding::{Finding, Severity};
use crate::source::{Source, Span};

/// How to draw.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// Columns of the terminal.
    pub width: usize,
    pub color: bool,
}

/// A colour of the terminal, as the parameters of its escape sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    Red,
    Yellow,
    Blue,
    Green,
    Dim,
    Bold,
}

impl Style {
    pub(super) fn paint(self, ink: Ink, text: &str) -> String {
        if !self.color {
            return text.to_owned();
        }
        let code = match ink {
            Ink::Red => "1;31",
            Ink::Yellow => "1;33",
            Ink::Blue => "36",
            Ink::Green => "1;32",
            Ink::Dim => "38;5;246",
            Ink::Bold => "1",
        };
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    }
}

pub(super) fn ink_of(severity: Severity) -> Ink {
    match severity {
        Severity::Error => Ink::Red,
        Severity::Warning => Ink::Yellow,
        Severity::Info => Ink::Blue,
    }
}

/// The sign that stands for a severity where there is no colour.
fn sign_of(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "✗",
        Severity::Warning => "!",
        Severity::Info => "·",
    }
}

/// One finding of a report, drawn.
pub fn write_finding(out: &mut dyn Write, report: &Report<'_>, found: &Finding, style: Style) -> io::Result<()> {
    finding::write(out, report, found, style)
}

/// A fault at a place of a text that is no report, such as a rule page.
pub fn write_fault(out: &mut dyn Write, source: &Source, span: Span, message: &str, style: Style) -> io::Result<()> {
    finding::write_fault(out, source, span, message, style)
}

/// 错误, 警告, 提示
pub fn word_of(severity: Severity) -> &'static str {
    words::severity(severity)
}

/// One report: the verdict, its findings, and how far it was understood.
pub fn write_report(out: &mut dyn Write, report: &Report<'_>, style: Style) -> io::Result<()> {
    writeln!(out, "{}", verdict(report, style))?;
    for note in report.source.notes() {
        writeln!(out, "{}", style.paint(Ink::Dim, &format!("  注意：{}", clean(note))))?;
    }
    for found in report.findings {
        writeln!(out)?;
        finding::write(out, report, found, style)?;
    }
    if !report.findings.is_empty() {
        writeln!(out)?;
    }
    if !report.about.schemes.is_empty() {
        let schemes = format!("评分办法（按表中分值推断）：{}", report.about.schemes.join("；"));
        writeln!(out, "{}", style.paint(Ink::Dim, &schemes))?;
    }
    if report.scores.rows() > 0 {
        writeln!(out, "{}", style.paint(Ink::Dim, &scores(report.scores)))?;
    }
    writeln!(out, "{}", style.paint(Ink::Dim, &coverage(report)))
}

fn verdict(report: &Report<'_>, style: Style) -> String {
    let (outcome, said) = words::outcome(report);
    let (sign, ink) = match outcome {
        Outcome::Errors => ("✗", Ink::Red),
        Outcome::Warnings => ("!", Ink::Yellow),
        Outcome::Unsure => ("?", Ink::Yellow),
        Outcome::Clean => ("✓", Ink::Green),
    };
    format!("{} {}：{said}", style.paint(ink, sign), style.paint(Ink::Bold, &clean(report.source.name())))
}

/// What became of the rows of points.
fn scores(scores: &ScoreLedger) -> String {
    let mut line = format!("得分复算：{} 行，相符 {}", scores.rows(), scores.kept);
    if scores.outside > 0 {
        line += &format!("，不符 {}", scores.outside);
    }
    if scores.not_replayed() > 0 {
        let reasons: Vec<String> = scores.abstained.iter().map(|(reason, rows)| format!("{reason} {rows}")).collect();
        line += &format!("，无从比较 {}（{}）", scores.not_replayed(), reasons.join("；"));
    }
    line
}

/// The last line: what became of each number and each relation.
fn coverage(report: &Report<'_>) -> String {
    let ledger = report.ledger;
    let mut line = format!(
        "共 {} 个数字：核对 {}，识别 {}，读出 {}，未读 {}；{}",
        ledger.numbers(),
        ledger.checked,
        ledger.linked,
        ledger.read,
        ledger.unread,
        relations(report.relations)
    );
    match report.source.replaced() {
        0 => {}
        count => line += &format!("；{count} 处字节无法解码"),
    }
    line
}

fn relations(counts: Counts) -> String {
    let met = counts.each().into_iter().filter(|(_, count)| *count > 0);
    let said: Vec<String> = met.map(|(verdict, count)| format!("{} {count}", words::verdict(verdict))).collect();
    match counts.total() {
        0 => "关系 0 条".into(),
        total => format!("关系 {total} 条：{}", said.join("，")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::report::samples;
    use super::*;
    use crate::document::Document;

    fn drawn(text: &str, style: Style) -> String {
        let source = samples::source(text);
        let document = Document::parse(&source);
        let findings = [samples::sum(&source)];
        let mut out = Vec::new();
        write_report(&mut out, &samples::report(&source, &document, &findings), style).expect("memory takes bytes");
        String::from_utf8(out).expect("the drawing is text")
    }

    const PLAIN: Style = Style { width: 100, color: false };

    #[test]
    fn verdict_first_and_coverage_last() {
        let drawing = drawn(samples::PROSE, PLAIN);
        let lines: Vec<&str> = drawing.lines().collect();
        assert_eq!(lines[0], "✗ 报告/甲.txt：1 处错误");
        let last = "共 6 个数字：核对 4，识别 1，读出 1，未读 0；关系 5 条：相符 2，尾差 1，不符 1，未判断 1";
        assert_eq!(lines.last(), Some(&last));
    }

    #[test]
    fn a_report_without_numbers_is_not_called_consistent() {
        let source = samples::source("没有数字\n");
        let document = Document::parse(&source);
        let mut report = samples::report(&source, &document, &[]);
        assert_eq!(verdict(&report, PLAIN), "✓ 报告/甲.txt：未发现矛盾");
        report.ledger = crate::check::Ledger::default();
        assert_eq!(verdict(&report, PLAIN), "? 报告/甲.txt：没有读出数字，无从核对");
    }

    #[test]
    fn every_operand_is_drawn_with_its_role() {
        let drawing = drawn(samples::PROSE, PLAIN);
        for words in
            ["✗ 合计 223.19万元", "工资福利支出 213.24万元", "商品和服务支出 49.76万元", "对个人和家庭的补助 1.39万元"]
        {
            assert!(drawing.contains(words), "{words} in\n{drawing}");
        }
        assert!(drawing.contains("报告/甲.txt:2:26"), "{drawing}");
        assert!(drawing.contains("算式：213.24 + 49.76 + 1.39 = 264.39 ≠ 223.19"), "{drawing}");
        assert!(drawing.contains("gouji explain sum-mismatch"), "{drawing}");
        assert!(!drawing.contains("?:?"), "{drawing}");
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        use unicode_width::UnicodeWidthStr;
        for width in [72, 80, 100, 140] {
            let drawing = drawn(samples::PROSE, Style { width, color: false });
            let wide = drawing.lines().filter(|line| line.contains('│')).find(|line| line.width() > width);
            assert_eq!(wide, None, "{drawing}");
        }
    }

    #[test]
    fn the_report_cannot_command_the_terminal() {
        let text = samples::PROSE.replace("其中", "\u{1b}]0;x\u{7}\u{9b}2J\u{c}\u{85}\r其中");
        let drawing = drawn(&text, PLAIN);
        assert!(drawing.chars().all(|c| c == '\n' || !c.is_control()), "{drawing:?}");
        assert!(drawing.contains("✗ 合计 223.19万元"), "{drawing}");
    }

    #[test]
    fn colour_only_adds_escapes() {
        let plain = drawn(samples::PROSE, PLAIN);
        let coloured = drawn(samples::PROSE, Style { color: true, ..PLAIN });
        assert!(coloured.contains('\u{1b}'));
        assert_eq!(draw::without_escapes(&coloured), plain);
    }

    use proptest::prelude::*;

    /// Texts such as converters make, with characters that terminals and ariadne treat in their own ways.
    fn odd_text() -> impl Strategy<Value = String> {
        let odd = "支出合计万元，。；（）|12.5% 　\t\n\r\u{b}\u{c}\u{85}\u{2028}\0\u{1b}\u{200b}\u{202e}\u{301}é😀";
        let chars: Vec<char> = odd.chars().chain("基本支出情况预算执行\n".chars().cycle().take(80)).collect();
        proptest::collection::vec(proptest::sample::select(chars), 1..600).prop_map(String::from_iter)
    }

    fn labels_in(source: &crate::source::Source, cuts: &[(usize, usize)]) -> Vec<crate::finding::Label> {
        let bounds: Vec<usize> = source.text().char_indices().map(|(at, _)| at).chain([source.text().len()]).collect();
        let span = |(start, len): &(usize, usize)| {
            let start = start % bounds.len();
            source.span(bounds[start], bounds[(start + len).min(bounds.len() - 1)])
        };
        cuts.iter()
            .enumerate()
            .map(|(i, cut)| crate::finding::Label { span: span(cut), role: format!("分项{i}号") })
            .collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

        #[test]
        fn any_labels_on_any_text_are_drawn(
            text in odd_text(),
            cuts in proptest::collection::vec((0_usize..600, prop_oneof![0_usize..12, 0_usize..200]), 1..14),
            width in 72_usize..130,
        ) {
            use unicode_width::UnicodeWidthChar;
            let source = samples::source(&text);
            let mut labels = labels_in(&source, &cuts);
            let mut finding = samples::sum(&samples::source(samples::PROSE));
            finding.primary = labels.remove(0);
            finding.related = labels;
            let document = Document::parse(&source);
            let findings = [finding];
            let mut out = Vec::new();
            let report = samples::report(&source, &document, &findings);
            write_report(&mut out, &report, Style { width, color: false }).expect("memory takes bytes");
            let drawing = String::from_utf8(out).expect("the drawing is text");
            prop_assert!(drawing.chars().all(|c| c == '\n' || !c.is_control()), "{:?}", drawing);
            for line in drawing.lines().filter(|line| line.contains(['╰', '┬', '…'])) {
                let columns: usize = line.chars().map(|c| c.width().unwrap_or(1)).sum();
                prop_assert!(columns <= width, "{columns} > {width}\n{drawing}");
            }
            for label in std::iter::once(&findings[0].primary).chain(&findings[0].related) {
                let begin = source.slice(label.span).split('\n').next().unwrap_or_default();
                let blank = begin.chars().all(|c| c.is_whitespace() || "\u{200b}\u{301}".contains(c));
                prop_assert!(blank && !label.span.is_empty() || drawing.contains(&label.role), "{:?}\n{drawing}", label);
            }
        }
    }
}
