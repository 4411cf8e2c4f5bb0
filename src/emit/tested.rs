//! The audit workpaper: every relation that was tested, those that hold as well as those that fail.

use std::io::{self, Write};

use serde::Serialize;

use super::clean::{clean, clipped};
use super::json::{JsonLabel, mirror_label};
use super::report::Report;
use super::tables::{table, trimmed};
use super::words;
use crate::finding::Label;
use crate::workings::{Tested, Workings};

/// Where a relation comes from.
fn origin(tested: &Tested) -> &'static str {
    if tested.claimed { "报告所述" } else { "规则要求" }
}

/// Columns of the arithmetic in the terminal; CSV and JSON have all of it.
const LINE: usize = 60;

/// For the terminal.
pub fn write_table(out: &mut dyn Write, report: &Report<'_>, workings: &Workings, width: usize) -> io::Result<()> {
    let (name, counts) = (clean(report.source.name()), report.relations);
    let said = counts.each().map(|(verdict, count)| format!("{} {count}", words::verdict(verdict)));
    writeln!(out, "{name}　核对 {} 条关系：{}", counts.total(), said.join("，"))?;
    let mut rows = table(&["序号", "结论", "位置", "核对规则", "算式", "来源"], width);
    for (at, tested) in workings.tested.iter().enumerate() {
        rows.add_row([
            (at + 1).to_string(),
            words::verdict(tested.verdict).to_owned(),
            tested.labels.first().map_or(String::new(), |label| position(report, label)),
            clean(&tested.title),
            clipped(tested.reason.unwrap_or(&tested.arithmetic), LINE),
            origin(tested).to_owned(),
        ]);
    }
    writeln!(out, "{}", trimmed(&rows))
}

/// Line and column, which every editor knows.
fn position(report: &Report<'_>, label: &Label) -> String {
    let position = report.source.position(label.span.start());
    format!("{}:{}", position.line, position.column)
}

/// The names of the columns. Spreadsheets take a file without the mark for one of another encoding.
pub fn write_csv_header(out: &mut dyn Write) -> io::Result<()> {
    out.write_all(
        "\u{feff}报告,序号,结论,规则,核对规则,事项,所写,计算,算式,未判断的原因,来源,各数与位置\r\n".as_bytes(),
    )
}

/// The lines of one report.
pub fn write_csv(out: &mut dyn Write, report: &Report<'_>, workings: &Workings) -> io::Result<()> {
    for (at, tested) in workings.tested.iter().enumerate() {
        let operand = |label: &Label| {
            let (text, place) = (report.source.slice(label.span).trim(), report.document.place(label.span));
            format!("{} {text}（{} {place}）", label.role, position(report, label)).replace(" ）", "）")
        };
        let operands: Vec<String> = tested.labels.iter().map(operand).collect();
        let fields = [
            report.source.name(),
            &(at + 1).to_string(),
            words::verdict(tested.verdict),
            &tested.rule,
            &tested.title,
            &tested.subject,
            &tested.stated,
            &tested.computed,
            &tested.arithmetic,
            tested.reason.unwrap_or(""),
            origin(tested),
            &operands.join("；"),
        ];
        let line: Vec<String> = fields.iter().map(|field| quoted(field)).collect();
        write!(out, "{}\r\n", line.join(","))?;
    }
    Ok(())
}

/// A field in quotes. What a spreadsheet would take for a formula begins with an apostrophe.
fn quoted(field: &str) -> String {
    let guard = if field.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    format!("\"{guard}{}\"", field.replace('"', "\"\""))
}

#[derive(Serialize)]
struct JsonPaper<'a> {
    path: &'a str,
    relations: Vec<JsonTested<'a>>,
}

#[derive(Serialize)]
struct JsonTested<'a> {
    verdict: &'static str,
    rule: &'a str,
    title: &'a str,
    subject: &'a str,
    /// `report` or `rule`.
    origin: &'static str,
    formula: &'a str,
    stated: &'a str,
    computed: &'a str,
    truncated: bool,
    reason: Option<&'static str>,
    operands: Vec<JsonLabel<'a>>,
}

/// One report as JSON, without a line end.
pub fn write_json(out: &mut dyn Write, report: &Report<'_>, workings: &Workings) -> io::Result<()> {
    let relations = workings.tested.iter().map(|tested| JsonTested {
        verdict: tested.verdict.word(),
        rule: &tested.rule,
        title: &tested.title,
        subject: &tested.subject,
        origin: if tested.claimed { "report" } else { "rule" },
        formula: &tested.arithmetic,
        stated: &tested.stated,
        computed: &tested.computed,
        truncated: tested.truncated,
        reason: tested.reason,
        operands: tested.labels.iter().map(|label| mirror_label(report, label)).collect(),
    });
    let paper = JsonPaper { path: report.source.name(), relations: relations.collect() };
    Ok(serde_json::to_writer(out, &paper)?)
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn fields_are_quoted_and_no_formulas() {
        assert_eq!(quoted("甲,“乙”\"丙\""), "\"甲,“乙”\"\"丙\"\"\"");
        assert_eq!(quoted("-1 + 2 = 1"), "\"'-1 + 2 = 1\"");
    }
}
