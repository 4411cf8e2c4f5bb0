//! 等级与得分不符: 93.74分 and “良”.

use std::cell::LazyCell;

use super::near::sentences;
use super::{Context, Sink};
use crate::document::{Document, Hedge, Literal, LiteralKind, Paragraph, Unit};
use crate::exact::Exact;
use crate::finding::Severity;
use crate::rules::reading::finder;
use crate::source::FlowRange;

/// Grades with the highest and the lowest of the four bands that they may stand for, the longer words first.
const GRADES: &[(&str, usize, usize)] = &[
    ("不合格", 3, 3),
    ("优秀", 0, 0),
    ("良好", 1, 1),
    ("中等", 2, 2),
    ("合格", 1, 2),
    ("优", 0, 0),
    ("良", 1, 1),
    ("中", 2, 2),
    ("差", 3, 3),
];
/// The lowest score of each band.
const BANDS: [u32; 3] = [90, 80, 60];
/// Words of the score that a grade is about.
const OVERALL: &[&str] =
    &["自评得分", "总得分", "总分", "综合得分", "绩效得分", "评价得分", "最终得分", "项目得分", "综合评分", "自评总分"];
/// Words of a score that is a part of it, or the most that it could be.
const PARTS: &[&str] = &["满分", "指标", "平均", "上年", "去年", "产出", "效益", "分值"];
/// Words that a grade follows.
const HEADS: &[&str] = &["等级", "等次", "档次", "评定", "评为", "评价结论", "评价结果", "自评结果", "自评结论"];

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let scheme = LazyCell::new(|| scheme(context.document));
    for (_, paragraph, sentence) in sentences(context.document) {
        if let Some(graded) = graded(paragraph, &sentence.range) {
            judge(&graded, paragraph, *scheme, sink);
        }
    }
}

struct Graded<'p> {
    score: &'p Literal,
    grade: FlowRange,
    best: usize,
    worst: usize,
}

fn judge(graded: &Graded, paragraph: &Paragraph, scheme: Scheme, sink: &mut Sink) {
    let band = BANDS.iter().filter(|low| graded.score.value < Exact::from(**low)).count();
    let off = graded.best.saturating_sub(band).max(band.saturating_sub(graded.worst));
    if off == 0 || off == 1 && scheme == Scheme::Other {
        return;
    }
    let word = paragraph.flow.slice(graded.grade.clone());
    let deserved = ["优", "良", "中", "差"][band];
    let message = format!("得分{}，等级写成“{word}”，按90、80、60分划档应为“{deserved}”", graded.score.value);
    let severity = if off > 1 || scheme == Scheme::Standard { Severity::Error } else { Severity::Warning };
    let added = sink.report(paragraph.flow.span(graded.grade.clone()), "等级", message).severity(severity);
    added.with(graded.score.span, "得分").suggest(deserved, "按得分所在的档");
}

/// How the report itself says that scores are graded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scheme {
    /// 90（含）以上为优
    Standard,
    /// 95分以上为优
    Other,
    Unsaid,
}

fn scheme(document: &Document) -> Scheme {
    let defines = |text: &str| {
        text.contains('优')
            && (text.contains("为优") || text.contains("优（") || text.contains("优秀（") || text.contains("优("))
    };
    let mut scheme = Scheme::Unsaid;
    for (_, paragraph, sentence) in sentences(document) {
        let text = paragraph.flow.slice(sentence.range.clone());
        let scored = |literal: &&Literal| literal.kind == LiteralKind::Measure && literal.value >= Exact::from(80);
        let mut scores = paragraph.literals_in(&sentence.range).filter(scored);
        if defines(text) && ["以上", "≥", "-", "含", "～", "—"].iter().any(|word| text.contains(word)) {
            scheme =
                if scores.any(|literal| literal.value == Exact::from(90)) { Scheme::Standard } else { Scheme::Other };
        }
    }
    scheme
}

/// 得分93.74分，等级为“良”
fn graded<'p>(paragraph: &'p Paragraph, sentence: &FlowRange) -> Option<Graded<'p>> {
    if !paragraph.literals_in(sentence).any(|literal| literal.unit == Unit::Score) {
        return None;
    }
    let text = paragraph.flow.text();
    let (grade, best, worst) = grade(text, sentence)?;
    let own = |literal: &&Literal| {
        let before = &text[sentence.start..literal.range.start];
        let label = before.rsplit(['，', ',', '；', '、', '（', '：']).next().unwrap_or("");
        OVERALL.iter().any(|word| label.contains(word)) && !PARTS.iter().any(|word| label.contains(word))
    };
    let mut scores = paragraph.literals.iter().rev().filter(|literal| {
        sentence.contains(&literal.range.start) && literal.range.end <= grade.start && literal.unit == Unit::Score
    });
    let score = scores.find(own).filter(|score| score.hedge == Hedge::None && score.value <= Exact::from(100))?;
    Some(Graded { score, grade, best, worst })
}

/// The grade that a sentence gives.
fn grade(text: &str, sentence: &FlowRange) -> Option<(FlowRange, usize, usize)> {
    let body = &text[sentence.clone()];
    if !finder!(HEADS.iter().copied()).any(body) {
        return None;
    }
    HEADS.iter().flat_map(|head| body.match_indices(head)).find_map(|(at, head)| {
        let from = at + head.len();
        let rest = body[from..].trim_start_matches(['为', '是', '：', ':', '“', '"', '”', '「', '定', '级', '等']);
        let start = sentence.start + body.len() - rest.len();
        let (word, best, worst) = GRADES.iter().find(|(word, ..)| rest.starts_with(word))?;
        let next = rest[word.len()..].chars().next();
        let ends = next.is_none_or(|c| !c.is_alphanumeric() || "等级档次".contains(c));
        ends.then_some((start..start + word.len(), *best, *worst))
    })
}
