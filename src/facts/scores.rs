//! The score that the text states beside the total of the form that it comes from.

use super::form::Form;
use super::{Claim, ClaimKind, Fact, Measure, Number, Operand, Role};
use crate::document::{Document, Hedge, Literal, Unit};
use crate::exact::Exact;

/// What a score is the score of, as far as its words tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Subject {
    Whole,
    Project,
    Unsaid,
}

/// Claims that a score in the text is the total of its form.
pub(super) fn read(document: &Document, facts: &[Fact], numbers: &[Number], forms: &[Form]) -> Vec<Claim> {
    let totals: Vec<(&Form, Subject)> =
        forms.iter().filter(|form| form.total.score.is_some()).map(|form| (form, subject_of(document, form))).collect();
    facts.iter().filter_map(|fact| claim(document, fact, numbers, &totals)).collect()
}

fn claim(document: &Document, fact: &Fact, numbers: &[Number], totals: &[(&Form, Subject)]) -> Option<Claim> {
    let number = &numbers[fact.number.0 as usize];
    let literal = &number.literal;
    let stated = number.cell.is_none() && literal.unit == Unit::Score && literal.hedge == Hedge::None;
    if !stated || fact.key.measure != Measure::Score || !is_overall(&fact.label) {
        return None;
    }
    let paragraph = document.blocks[number.block].paragraph();
    let around = paragraph.map_or("", |paragraph| paragraph.flow.text());
    if is_full_mark(fact, literal, around) {
        return None;
    }
    let sentence = paragraph.and_then(|paragraph| {
        let own = paragraph.sentences.iter().find(|sentence| sentence.range.contains(&literal.range.start))?;
        Some(paragraph.flow.slice(own.range.clone()))
    });
    let heading = document.blocks[number.block].section.map_or("", |section| document.section(section).title.as_str());
    let form = matching(fact, [sentence.unwrap_or(around), heading], totals)?;
    let roles = vec![
        (Role::Score, vec![Operand::of(fact.number).named("正文得分")]),
        (Role::Total, vec![Operand::of(form.total.score?).named("表中总分")]),
    ];
    Some(Claim { kind: ClaimKind::ProseScore, roles, span: literal.span, subject: fact.label.clone() })
}

/// 指标体系由21个指标构成，总分100分: what could be had.
fn is_full_mark(fact: &Fact, literal: &Literal, around: &str) -> bool {
    let scheme = [
        "指标体系", "评价体系", "分值", "权重", "满分", "百分制", "评分标准", "等级划分", "划分为", "分为四",
        "评级相结合",
    ];
    literal.value == Exact::from(100) && fact.label.ends_with("总分") && scheme.iter().any(|word| around.contains(word))
}

/// 部门整体支出绩效自评得分, 综合得分; not 产出指标得分, 平均得分
fn is_overall(label: &str) -> bool {
    let ends = ["得分", "总分", "评分", "得分为", "得分是", "总得分为"];
    let overall = ["自评", "综合", "绩效得分", "总得分", "总分", "评价得分", "项目得分", "最终得分"];
    let part = [
        "平均", "小计", "指标", "产出", "效益", "满意度", "执行率", "各", "满分", "上年", "去年", "其中", "过程",
        "投入",
    ];
    let label = label.trim_end_matches(['为', '是', '：', ':', '“']);
    ends.iter().any(|end| label.ends_with(end))
        && overall.iter().any(|word| label.contains(word))
        && !part.iter().any(|word| label.contains(word))
}

/// The form whose total the text means: the only one that it can mean.
fn matching<'f>(fact: &Fact, around: [&str; 2], totals: &[(&'f Form, Subject)]) -> Option<&'f Form> {
    // A score whose own words do not say is of a project where its sentence and its heading speak of a project only.
    let told = |word: &str| around.iter().any(|words| words.contains(word));
    let subject = match subject(&fact.label) {
        Subject::Unsaid if told("项目") && !told("整体") && !told("部门") => Subject::Project,
        said => said,
    };
    let fits = |own: Subject| own == subject || own == Subject::Unsaid || subject == Subject::Unsaid;
    let same: Vec<&(&Form, Subject)> = totals.iter().filter(|(form, _)| form.entity == fact.key.entity).collect();
    let mut found: Vec<&(&Form, Subject)> = totals.iter().filter(|(_, own)| fits(*own)).collect();
    if found.len() > 1 {
        found.retain(|(form, own)| {
            *own == subject && subject == Subject::Whole || same.iter().any(|(other, _)| other.block == form.block)
        });
    }
    match found.as_slice() {
        [(form, _)] => Some(form),
        _ => None,
    }
}

fn subject(words: &str) -> Subject {
    if words.contains("整体") || words.contains("部门") {
        Subject::Whole
    } else if words.contains("项目") {
        Subject::Project
    } else {
        Subject::Unsaid
    }
}

fn subject_of(document: &Document, form: &Form) -> Subject {
    if form.project.is_some() {
        return Subject::Project;
    }
    let before = document.blocks[..form.block].iter().rev().take(8).filter_map(|block| block.paragraph());
    let captions = before.map(|paragraph| paragraph.flow.text()).filter(|text| text.chars().count() <= 40);
    let titled = |text: &str| (text.contains("自评表") || text.contains("评价表")).then(|| subject(text));
    captions.into_iter().find_map(titled).unwrap_or(Subject::Unsaid)
}
