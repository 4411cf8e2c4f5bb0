//! What stands on which sheet.

use rust_xlsxwriter::XlsxError;

use super::counts;
use super::sheet::{Column, Sheet, Value};
use super::text::{self, Rows};
use crate::check::State;
use crate::emit::clean::cut;
use crate::emit::fingerprint::fingerprints;
use crate::emit::report::{Report, Tally};
use crate::emit::words;
use crate::finding::{Finding, Label, Verdict};
use crate::source::Span;
use crate::workings::{Figure, Tested, Workings};

const OVERVIEW: &[Column] = &[
    Column("序号", 6),
    Column("报告", 34),
    Column("题目（没能检查的，为原因）", 44),
    Column("单位", 24),
    Column("年度", 8),
    Column("种类", 18),
    Column("错误", 6),
    Column("警告", 6),
    Column("提示", 6),
    Column("数字", 7),
    Column("核对", 7),
    Column("识别", 7),
    Column("读出", 7),
    Column("未读", 7),
    Column("相符", 7),
    Column("尾差", 7),
    Column("可疑", 7),
    Column("不符", 7),
    Column("未判断", 7),
    Column("说明", 30),
];
const FINDINGS: &[Column] = &[
    Column("报告", 6),
    Column("序号", 6),
    Column("级别", 7),
    Column("位置", 20),
    Column("问题", 48),
    Column("报告写作", 15),
    Column("应为", 15),
    Column("差额", 13),
    Column("算式", 36),
    Column("涉及的数", 34),
    Column("建议", 30),
    Column("规则", 22),
    Column("把握", 7),
    Column("复核结论", 10),
    Column("复核说明", 20),
    Column("标识", 19),
];
const TESTED: &[Column] = &[
    Column("报告", 6),
    Column("序号", 6),
    Column("结论", 8),
    Column("位置", 20),
    Column("事项", 26),
    Column("算式", 60),
    Column("涉及的数", 40),
    Column("查什么", 26),
    Column("规则", 22),
];
const NUMBERS: &[Column] = &[
    Column("报告", 6),
    Column("序号", 7),
    Column("位置", 20),
    Column("原文", 16),
    Column("数值", 15),
    Column("单位", 8),
    Column("种类", 8),
    Column("状态", 8),
    Column("报告用语", 24),
    Column("科目", 18),
    Column("项目", 22),
    Column("指标", 9),
    Column("阶段", 10),
    Column("口径", 13),
    Column("年度", 9),
    Column("未读原因", 24),
];
const OPEN: &[Column] = &[
    Column("报告", 6),
    Column("序号", 6),
    Column("位置", 20),
    Column("事项", 30),
    Column("没有判断的原因", 40),
    Column("涉及的数", 44),
    Column("查什么", 28),
    Column("规则", 22),
];
const TEXT: &str = "原文";
/// Characters of an operand that are shown.
const SHOWN: usize = 40;

pub(super) struct Sheets {
    pub(super) overview: Sheet,
    findings: Sheet,
    tested: Sheet,
    numbers: Sheet,
    open: Sheet,
    text: Sheet,
}

impl Sheets {
    pub(super) fn new() -> Result<Sheets, XlsxError> {
        Ok(Sheets {
            overview: Sheet::new("概况", OVERVIEW)?,
            findings: Sheet::new("发现", FINDINGS)?,
            tested: Sheet::new("验算", TESTED)?,
            numbers: Sheet::new("数据", NUMBERS)?,
            open: Sheet::new("未判断", OPEN)?,
            text: Sheet::new(TEXT, text::COLUMNS)?,
        })
    }

    pub(super) fn in_order(self) -> [Sheet; 6] {
        [self.overview, self.findings, self.tested, self.numbers, self.open, self.text]
    }

    pub(super) fn add(&mut self, number: usize, report: &Report<'_>, workings: &Workings) -> Result<(), XlsxError> {
        let first = self.findings.next_row();
        let rows = text::write(&mut self.text, number, report)?;
        let page = Page { number, report, rows };
        let ids = fingerprints(report.source, report.findings);
        for (index, (finding, id)) in report.findings.iter().zip(&ids).enumerate() {
            self.findings.push(&page.finding(index + 1, finding, id))?;
        }
        let (open, judged): (Vec<&Tested>, Vec<&Tested>) =
            workings.tested.iter().partition(|tested| tested.verdict == Verdict::Abstained);
        for (index, tested) in judged.into_iter().enumerate() {
            self.tested.push(&page.tested(index + 1, tested))?;
        }
        for (index, tested) in open.into_iter().enumerate() {
            self.open.push(&page.open(index + 1, tested))?;
        }
        for (index, figure) in workings.numbers.iter().enumerate() {
            self.numbers.push(&page.number(index + 1, figure))?;
        }
        self.overview.push(&page.overview(self.findings.name(), first))
    }
}

/// One report on its way to the sheets.
struct Page<'a> {
    number: usize,
    report: &'a Report<'a>,
    rows: Rows,
}

impl Page<'_> {
    fn overview(&self, findings: &'static str, first: u32) -> Vec<Value<'_>> {
        let report = self.report;
        let (about, ledger, relations) = (report.about, report.ledger, report.relations);
        let name = report.source.name();
        let link =
            if report.findings.is_empty() { Value::Text(name) } else { Value::Link(findings, first, name.to_owned()) };
        let text = |text: Option<&'_ str>| text.map_or(Value::Nothing, |text| Value::Owned(text.to_owned()));
        let year = about.year.map_or(Value::Nothing, |year| Value::Count(usize::from(year)));
        let mut values =
            vec![Value::Count(self.number), link, text(about.title), text(about.entity), year, text(about.kind)];
        values.extend(counts(Tally::of(report.findings)));
        let numbers = [ledger.numbers(), ledger.checked, ledger.linked, ledger.read, ledger.unread];
        values.extend(numbers.map(|count| Value::Count(count as usize)));
        values.extend(relations.each().map(|(_, count)| Value::Count(count)));
        values.push(Value::Owned(report.source.notes().join("\n")));
        values
    }

    fn finding<'f>(&self, number: usize, finding: &'f Finding, id: &'f str) -> Vec<Value<'f>> {
        let labels: Vec<&Label> = std::iter::once(&finding.primary).chain(&finding.related).collect();
        let mut values = vec![
            Value::Count(self.number),
            Value::Count(number),
            Value::Tagged(words::severity(finding.severity)),
            self.place(finding.primary.span),
            Value::Text(&finding.message),
        ];
        match &finding.proof {
            Some(proof) => {
                values.extend([&proof.stated, &proof.computed, &proof.difference].map(|text| Value::Figure(text)));
                values.push(Value::Text(&proof.formula));
            }
            None => values.extend([Value::Nothing, Value::Nothing, Value::Nothing, Value::Nothing]),
        }
        values.extend([
            Value::Owned(self.operands(&labels)),
            words::advice(finding).map_or(Value::Nothing, Value::Owned),
            Value::Text(&finding.title),
            Value::Text(words::confidence(finding.confidence)),
            Value::Choice(&["属实", "不属实", "待查"]),
            Value::Nothing,
            Value::Owned(format!("{id}\n{}", finding.rule)),
        ]);
        values
    }

    fn tested<'t>(&self, number: usize, tested: &'t Tested) -> Vec<Value<'t>> {
        let labels: Vec<&Label> = tested.labels.iter().collect();
        vec![
            Value::Count(self.number),
            Value::Count(number),
            Value::Tagged(words::verdict(tested.verdict)),
            self.place_of(labels.first()),
            Value::Text(&tested.subject),
            Value::Text(&tested.arithmetic),
            Value::Owned(self.operands(&labels)),
            Value::Text(&tested.title),
            Value::Text(&tested.rule),
        ]
    }

    fn open<'t>(&self, number: usize, tested: &'t Tested) -> Vec<Value<'t>> {
        let labels: Vec<&Label> = tested.labels.iter().collect();
        vec![
            Value::Count(self.number),
            Value::Count(number),
            self.place_of(labels.first()),
            Value::Text(&tested.subject),
            Value::Text(tested.reason.unwrap_or_default()),
            Value::Owned(self.operands(&labels)),
            Value::Text(&tested.title),
            Value::Text(&tested.rule),
        ]
    }

    fn number<'f>(&self, number: usize, figure: &'f Figure) -> Vec<Value<'f>> {
        let mut values = vec![
            Value::Count(self.number),
            Value::Count(number),
            self.place(figure.span),
            Value::Owned(self.report.source.slice(figure.span).to_owned()),
            Value::Figure(&figure.value),
            Value::Text(figure.unit),
            Value::Text(figure.kind),
            Value::Tagged(words::state(figure.state)),
        ];
        match figure.readings.first() {
            Some(first) => values.extend([
                Value::Text(&first.label),
                Value::Text(first.concept),
                Value::Text(&first.item),
                Value::Text(first.measure),
                Value::Text(first.stage),
                Value::Text(first.scope),
                Value::Text(&first.period),
            ]),
            None => values.extend(std::iter::repeat_n(Value::Nothing, 7)),
        }
        values.push(match figure.state {
            State::Unread => Value::Text(figure.unread.unwrap_or_default()),
            State::Checked | State::Linked | State::Read => Value::Nothing,
        });
        values
    }

    fn place(&self, span: Span) -> Value<'static> {
        let place = self.report.document.place(span);
        match self.rows.of(span) {
            Some(row) => Value::Link(TEXT, row, place),
            None => Value::Owned(place),
        }
    }

    fn place_of(&self, label: Option<&&Label>) -> Value<'static> {
        label.map_or(Value::Nothing, |label| self.place(label.span))
    }

    /// A line for each operand: 合计 223.19万元（第5段）.
    fn operands(&self, labels: &[&Label]) -> String {
        let line = |label: &&Label| {
            let text: String = self.report.source.slice(label.span).split_whitespace().collect();
            format!("{} {}（{}）", label.role, cut(&text, SHOWN), self.report.document.place(label.span))
        };
        labels.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}
