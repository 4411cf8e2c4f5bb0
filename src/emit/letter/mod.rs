//! A letter that sends findings back to the unit that wrote the report: by severity, with places, figures and arithmetic, and
//! with lines left blank for dates, signatures and answers.

mod docx;
mod markdown;

use std::path::Path;

use super::clean::clean;
use super::remark::named;
use super::report::{Report, Tally};
use super::words;
use crate::finding::{Finding, Severity};

/// What a letter is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Markdown,
    Docx,
}

/// Letters of several reports in one file, each on pages of its own.
pub struct Letters {
    form: Form,
    letters: Vec<Vec<Block>>,
}

impl Letters {
    pub fn new(form: Form) -> Letters {
        Letters { form, letters: Vec::new() }
    }

    /// Adds the letter on one report.
    pub fn add(&mut self, report: &Report<'_>) {
        self.letters.push(letter(report));
    }

    /// Adds that a report could not be read.
    pub fn fail(&mut self, path: &str, reason: &str) {
        let name = file_name(path);
        let said = format!("你单位报送的文件“{}”没能读取：{}。请处理后重新报送。", clean(&name), clean(reason));
        self.letters.push(vec![
            Block::Title(format!("关于“{}”的退回通知", clean(&name))),
            Block::Flush("（报送单位）：".into()),
            Block::Paragraph(said),
            Block::Sign("（印章）".into()),
            Block::Sign(DATE.into()),
        ]);
    }

    pub fn finish(&self) -> Vec<u8> {
        match self.form {
            Form::Markdown => markdown::write(&self.letters).into_bytes(),
            Form::Docx => docx::write(&self.letters),
        }
    }
}

/// One thing in a letter.
enum Block {
    Title(String),
    /// A line that is not indented: whom the letter is for.
    Flush(String),
    Paragraph(String),
    Heading(String),
    /// What was found, and lines about it.
    Item(String, Vec<String>),
    /// A line at the right, under the text.
    Sign(String),
    /// The answers that the unit is asked for: a title, and rows of which the first is the header.
    Answers(String, Vec<Vec<String>>),
}

const DATE: &str = "　　年　　月　　日";
const NUMERALS: [&str; 6] = ["一", "二", "三", "四", "五", "六"];
/// Related figures of a finding that are named.
const NAMED: usize = 8;

fn letter(report: &Report<'_>) -> Vec<Block> {
    let name = clean(&file_name(report.source.name()));
    let title = report.about.title.map_or(name.clone(), clean);
    let entity = report.about.entity.map_or_else(|| "（报送单位）".into(), clean);
    let tally = Tally::of(report.findings);
    let mut letter = vec![
        Block::Title(format!("关于《{title}》的{}", if tally.total() == 0 { "核查情况通知" } else { "整改通知" })),
        Block::Flush(format!("{entity}：")),
        Block::Paragraph(opening(&title, &name, tally)),
    ];
    let mut numerals = NUMERALS.iter();
    let mut heading = |text: &str| Block::Heading(format!("{}、{text}", numerals.next().unwrap_or(&"")));
    let mut answers = vec![["序号", "位置", "问题", "整改情况（报送单位填写）"].map(str::to_owned).to_vec()];
    for (severity, words) in
        [(Severity::Error, "应当更正的问题"), (Severity::Warning, "请核实的问题"), (Severity::Info, "提请注意的事项")]
    {
        let mut findings = report.findings.iter().filter(|finding| finding.severity == severity).peekable();
        if findings.peek().is_some() {
            letter.push(heading(words));
        }
        for finding in findings {
            let number = answers.len();
            let message = clean(&finding.message);
            letter
                .push(Block::Item(format!("{number}．{}。", message.trim_end_matches('。')), details(report, finding)));
            let place = report.document.place(finding.primary.span);
            answers.push(vec![number.to_string(), place, message, String::new()]);
        }
    }
    if !report.findings.is_empty() {
        letter.push(heading("整改要求"));
        letter.push(Block::Paragraph(DEMAND.into()));
    }
    letter.push(heading("核查说明"));
    letter.push(Block::Paragraph(coverage(report)));
    letter.extend([Block::Sign("（印章）".into()), Block::Sign(DATE.into())]);
    if answers.len() > 1 {
        letter.push(Block::Answers("附：整改情况反馈表".into(), answers));
    }
    letter
}

const DEMAND: &str = "请于　　年　　月　　日前完成核对和更正，将更正后的报告连同整改情况反馈表报送＿＿＿＿＿＿\
                      （联系人：＿＿＿＿　电话：＿＿＿＿＿＿）。";

fn opening(title: &str, name: &str, tally: Tally) -> String {
    if tally.total() == 0 {
        return format!("你单位报送的《{title}》（文件：{name}）已经核查，没有发现数字或表述前后不一致。");
    }
    let counts = [(tally.errors, "应当更正"), (tally.warnings, "请核实"), (tally.infos, "提请注意")];
    let counts: Vec<String> =
        counts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{what}的{count}处")).collect();
    format!(
        "你单位报送的《{title}》（文件：{name}）已经核查。报告中有{}处数字或表述前后不一致，或者需要说明，其中{}。\
         请对照原件逐条核对，更正后重新报送；认为所列问题不成立的，请书面说明理由。",
        tally.total(),
        counts.join("、")
    )
}

/// Where the figures stand, how they were computed, and what may be right.
fn details(report: &Report<'_>, finding: &Finding) -> Vec<String> {
    let mut lines = vec![format!("位置：{}", named(report, &finding.primary))];
    let related: Vec<String> = finding.related.iter().take(NAMED).map(|label| named(report, label)).collect();
    if !related.is_empty() {
        let more = if finding.related.len() > NAMED { "等" } else { "" };
        lines.push(format!("相关：{}{more}", related.join("；")));
    }
    lines.extend(finding.proof.as_ref().map(|proof| format!("算式：{}", clean(&proof.formula))));
    lines.extend(words::advice(finding).map(|advice| format!("建议：{advice}")));
    lines
}

fn coverage(report: &Report<'_>) -> String {
    let (numbers, checked) = (report.ledger.numbers(), report.ledger.checked);
    let mut said = format!(
        "本次核查只比对报告自身的数字和表述，共读出{numbers}个数，其中{checked}个参加了核对；没有列出的数不表示无误。"
    );
    for note in report.source.notes() {
        said += &format!("{}。", clean(note));
    }
    said
}

fn file_name(path: &str) -> String {
    Path::new(path).file_name().map_or(path.to_owned(), |name| name.to_string_lossy().into_owned())
}
