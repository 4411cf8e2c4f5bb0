//! 正文完成值与表不符: an actual value in the text and in the form's row of the same name.

use super::{Context, Sink, proof};
use crate::document::literal::Dimension;
use crate::document::{Hedge, Literal};
use crate::facts::alike::Name;
use crate::facts::form::{Form, IndicatorRow};
use crate::facts::slip::is_slip;
use crate::facts::{Entity, Fact, Measure};
use crate::finding::Severity;
use crate::rules::indicator::{comparable, counter, figure};
use crate::rules::reading::finder;

/// How much alike two names of one indicator are.
const ALIKE: usize = 80;

/// Words by which a number is not the actual value of the year.
const OTHERWISE: &[&str] = &[
    "目标", "计划", "年初", "应", "不少于", "不低于", "上年", "去年", "同期", "累计", "截至", "比", "增加", "减少",
    "其中", "预计", "拟", "占", "平均", "以来", "任务", "指标", "余", "分别", "上半年", "下半年", "季度", "月",
];

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let forms: Vec<&Form> = context.facts.forms.iter().filter(|form| !form.indicators.is_empty()).collect();
    if forms.is_empty() {
        return;
    }
    let rows: Vec<Row> = forms.iter().flat_map(|form| form.indicators.iter().map(|row| Row::of(form, row))).collect();
    let one = forms.len() == 1;
    for fact in context.facts.facts.iter().filter(|fact| is_actual(context, fact)) {
        // The report on one project is about that project's form.
        let project = context.facts.project_of(context.facts.number(fact.number).block);
        let own = rows.iter().filter(|row| one || project.is_none_or(|project| project == row.entity));
        check_fact(context, fact, own, sink);
    }
}

/// A row of a form.
struct Row<'c> {
    entity: &'c Entity,
    row: &'c IndicatorRow,
    name: Name<'c>,
}

impl<'c> Row<'c> {
    fn of(form: &'c Form, row: &'c IndicatorRow) -> Row<'c> {
        Row { entity: &form.entity, row, name: Name::new(bare(&row.name.text)) }
    }
}

/// A quantity of something that the text names.
fn is_actual(context: &Context, fact: &Fact) -> bool {
    let number = context.facts.number(fact.number);
    let quantity = matches!(
        number.literal.unit.dimension(),
        Dimension::Count | Dimension::Area | Dimension::People | Dimension::Ratio
    );
    number.cell.is_none()
        && quantity
        && matches!(number.literal.hedge, Hedge::None | Hedge::About)
        && matches!(fact.key.measure, Measure::Level | Measure::Rate)
        && !finder!(OTHERWISE.iter().copied()).any(clause(context, &number.literal, number.block))
}

/// The words of the clause that a number stands in.
fn clause<'c>(context: &'c Context, literal: &Literal, block: usize) -> &'c str {
    let Some(paragraph) = context.document.blocks[block].paragraph() else { return "" };
    let clauses = paragraph.sentences.iter().flat_map(|sentence| &sentence.clauses);
    let own = clauses.into_iter().find(|clause| clause.range.contains(&literal.range.start));
    own.map_or("", |clause| paragraph.flow.slice(clause.range.clone()))
}

fn check_fact<'c>(context: &'c Context, fact: &Fact, rows: impl Iterator<Item = &'c Row<'c>>, sink: &mut Sink) {
    let number = context.facts.number(fact.number);
    let stated = &number.literal;
    let name = name(fact);
    if name.chars().count() < 3 {
        return;
    }
    let names = [Some(name), Some(fact.label.as_str()).filter(|label| *label != name)];
    let names = names.map(|name| name.map(|name| Name::new(bare(name))));
    let alike: Vec<(&IndicatorRow, &Literal)> = rows
        .filter(|row| names.iter().flatten().any(|name| is_of(name, &row.name)))
        .filter_map(|Row { row, .. }| Some((*row, figure(context.facts, row.achieved.as_ref()?)?)))
        .collect();
    let [(row, achieved)] = alike.as_slice() else { return };
    let same = counter(context.source, stated) == counter(context.source, achieved)
        || stated.unit.dimension() != Dimension::Count;
    let Some((said, done)) =
        comparable(context.source, stated, achieved).filter(|_| same && achieved.hedge == stated.hedge)
    else {
        return;
    };
    let target = row.target.as_ref().and_then(|target| figure(context.facts, target)).map(|target| target.value);
    if said == done || target == Some(stated.value) || stated.unit.dimension() != achieved.unit.dimension() {
        return;
    }
    let equal = [name, &fact.label].iter().any(|name| bare(name) == bare(&row.name.text));
    let slip = is_slip(stated, achieved) || is_reversed(stated, achieved);
    if !slip && (!equal || is_stated(context, fact, achieved)) {
        return;
    }
    let [here, there] = [stated, achieved].map(|literal| context.source.slice(literal.span));
    let message = format!("“{}”正文写{here}，自评表完成值为{there}", row.name.text);
    let severity = if slip { Severity::Error } else { Severity::Warning };
    let proof = proof::pair(achieved, "≠", stated);
    let added = sink.report(stated.span, "正文", message).severity(severity).proof(proof);
    added.with(achieved.span, "表中完成值").with(row.name.span, "三级指标");
}

/// 结案率99.11%。…2.民事审判。结案率99.04%: whether the text states the form's value under the same name elsewhere, so that what it
/// says here is of a part.
fn is_stated(context: &Context, fact: &Fact, achieved: &Literal) -> bool {
    let same = |other: &&Fact| name(other) == name(fact) && is_actual(context, other);
    context.facts.facts.iter().filter(same).any(|other| {
        let stated = &context.facts.number(other.number).literal;
        stated.unit.dimension() == achieved.unit.dimension() && stated.value == achieved.value
    })
}

/// Whether two names are of one indicator: alike, or one says more of the same thing: 项目改造次数, 项目维修改造次数.
fn is_of(name: &Name, row: &Name) -> bool {
    let (short, long) = if name.text.len() < row.text.len() { (name, row) } else { (row, name) };
    let mut rest = long.text.chars();
    let mut longer = || short.text.chars().all(|c| rest.any(|other| other == c)) && ends_alike(short.text, long.text);
    name.is_like(row, ALIKE) || short.count >= 5 && short.may_shorten(long) && longer()
}

/// Whether two names open and end with the same two characters.
fn ends_alike(a: &str, b: &str) -> bool {
    let head = |name: &str| name.chars().take(2).collect::<String>();
    let tail = |name: &str| name.chars().rev().take(2).collect::<String>();
    head(a) == head(b) && tail(a) == tail(b)
}

/// 会议次数 of 安排会议次数约: the name without what was done with it, and without the year before it.
fn bare(name: &str) -> &str {
    let dated = name.trim_start_matches(|c: char| c.is_ascii_digit());
    let dated =
        if dated.len() < name.len() { dated.strip_prefix("年度").or(dated.strip_prefix('年')) } else { None };
    let name = dated.unwrap_or(name).trim_end_matches(['约', '共', '为', '达']);
    let verbs = ["安排", "开展", "组织", "举办", "召开", "完成"];
    let rest = verbs.iter().find_map(|verb| name.strip_prefix(verb)).unwrap_or(name);
    if rest.chars().count() < 4 { name } else { rest }
}

fn name(fact: &Fact) -> &str {
    match &fact.key.entity {
        Entity::Item(name) => name,
        Entity::Unit => &fact.label,
    }
}

/// 63 for 36
fn is_reversed(a: &Literal, b: &Literal) -> bool {
    let digits = |literal: &Literal| literal.value.mantissa().unsigned_abs().to_string();
    let (a, b) = (digits(a), digits(b));
    a.len() == 2 && a.chars().rev().collect::<String>() == b
}
