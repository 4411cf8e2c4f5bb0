//! 预算a，支出b，执行率c，结余d: a budget and what became of it.

use super::mention::{Base, Class};
use super::{Passage, claim, counted};
use crate::document::Document;
use crate::document::literal::Dimension;
use crate::facts::fit::is_ratio;
use crate::facts::index::Index;
use crate::facts::slip::is_slipped_ratio;
use crate::facts::{Claim, ClaimKind, Concept, Entity, Key, Measure, NumberId, Operand, Role, Stage};

const BUDGETS: [Stage; 3] = [Stage::Adjusted, Stage::Budget, Stage::Initial];

/// The budget claims of a passage.
pub(super) fn read(document: &Document, passage: &Passage, index: &Index, claims: &mut Vec<Claim>) {
    for at in 0..passage.mentions.len() {
        match &passage.mentions[at].class {
            Class::Rate { .. } if passage.mentions[at].label.measure == Some(Measure::Arrival) => {}
            Class::Rate { .. } if passage.mentions[at].label.measure == Some(Measure::Control) => {
                claims.extend(control(passage, at).or_else(|| counted::rate(passage, at)))
            }
            Class::Rate { stage, .. } => rate(passage, index, at, *stage, claims),
            Class::Level if passage.stage(at) == Stage::Final => spent(document, passage, at, claims),
            Class::Level if passage.mentions[at].label.stage == Some(Stage::Adjusted) => adjusted(passage, at, claims),
            _ => {}
        }
        remainder(passage, at, claims);
    }
}

/// The level of the same sentence at a stage, of the same thing as `key`: of the same scope if there is one, the nearest.
fn beside(passage: &Passage, at: usize, key: &Key, stage: Stage) -> Option<usize> {
    let sentence = passage.mentions[at].sentence;
    let same = |i: usize, exact: bool| {
        let of = passage.keys[i].as_ref().is_some_and(|k| {
            k.entity == key.entity
                && k.concept == key.concept
                && k.period == key.period
                && if exact { k.scope == key.scope } else { k.scope.may_be(key.scope) }
        });
        let level = passage.mentions[i].sentence == sentence && passage.is_level(i) && passage.stage(i) == stage;
        i != at && level && of
    };
    let nearest = |exact: bool| {
        let before = (0..at).rev().find(|&i| same(i, exact));
        before.or_else(|| (at + 1..passage.mentions.len()).find(|&i| same(i, exact)))
    };
    nearest(true).or_else(|| nearest(false))
}

/// The budget that an amount of the sentence was spent of.
pub(super) fn budget_beside(passage: &Passage, spent: usize) -> Option<usize> {
    let key = passage.keys[spent].as_ref()?;
    BUDGETS.iter().find_map(|stage| beside(passage, spent, key, *stage))
}

/// 全年预算39万元，实际支出58万元
fn spent(document: &Document, passage: &Passage, at: usize, claims: &mut Vec<Claim>) {
    let Some(key) = &passage.keys[at] else { return };
    if passage.dimension(at) != Dimension::Money || is_income(key) {
        return;
    }
    let Some(budget) = budget_beside(passage, at) else { return };
    if budget > at {
        return;
    }
    let adjusted = passage.stage(budget) == Stage::Adjusted;
    let over = passage.mentions[at].literal.base() > passage.mentions[budget].literal.base();
    let unit = key.entity == Entity::Unit && key.concept.0 == "exp.total";
    if !adjusted && over && (is_explained(passage, at) || unit && is_explained_later(passage, document)) {
        return;
    }
    let role = if adjusted { Role::Adjusted } else { Role::Budget };
    let roles = vec![
        (role, vec![passage.operand(budget).named("预算数")]),
        (Role::Executed, vec![passage.operand(at).named("执行数")]),
    ];
    claims.push(claim(ClaimKind::Execution, passage.span(budget, at), subject(passage, budget), roles));
}

/// Whether the paragraph goes on to say why more was spent than budgeted.
fn is_explained(passage: &Passage, at: usize) -> bool {
    let text = passage.paragraph.flow.text();
    let after = &text[passage.mentions[at].literal.range.end..];
    let raised = ["追加", "调增", "调整增加"].iter().any(|word| text.contains(word));
    raised
        || ["追加", "调增", "调整", "原因", "由于", "下达", "结转", "年中", "新增", "因", "系"]
            .iter()
            .any(|word| after.contains(word))
}

/// Whether the list that follows says that its items were raised during the year: then so was their total.
fn is_explained_later(passage: &Passage, document: &Document) -> bool {
    let after = document.blocks[passage.block + 1..].iter().filter_map(|block| block.paragraph()).take(30);
    let raised = ["追加", "调增", "年中", "年初未列入预算", "上级下达", "决算数大于年初预算数"];
    after.into_iter().any(|paragraph| raised.iter().any(|word| paragraph.flow.text().contains(word)))
}

fn is_income(key: &Key) -> bool {
    key.concept.is_income() || key.concept.0.starts_with("carry") || key.concept.0.starts_with("surplus")
}

fn subject(passage: &Passage, at: usize) -> String {
    passage.name(at)
}

/// 年初预算a，年中追加b，全年预算c
fn adjusted(passage: &Passage, at: usize, claims: &mut Vec<Claim>) {
    let Some(key) = &passage.keys[at] else { return };
    let Some(initial) = beside(passage, at, key, Stage::Initial) else { return };
    let of_unit =
        |i: &usize| passage.keys[*i].as_ref().is_some_and(|k| k.entity == key.entity && k.concept == key.concept);
    let words = |i: usize| passage.words(&passage.mentions[i].label_range);
    let added: Vec<usize> = (0..passage.mentions.len())
        .filter(|&i| passage.mentions[i].sentence == passage.mentions[at].sentence)
        .filter(|&i| {
            let raised = passage.mentions[i].label.stage == Some(Stage::Adjustment);
            let netted = matches!(passage.mentions[i].class, Class::Change { base: None, .. });
            raised && (passage.is_level(i) || netted) || netted && is_net(words(i))
        })
        .filter(of_unit)
        .collect();
    // 追加1320.55万元，核减96.40万元，净增加1224.15万元: the one says what the others come to.
    let net: Vec<usize> = added.iter().copied().filter(|&i| is_net(words(i))).collect();
    let added = if net.is_empty() { added } else { net };
    if added.is_empty() {
        return;
    }
    let signed = |&i: &usize| {
        let down = ["调减", "追减", "核减", "压减", "净减", "收回", "压缩"].iter().any(|word| words(i).contains(word));
        Operand { negative: down, ..passage.operand(i).named("追加") }
    };
    // 净增加391万元（其中甲调减23万元，乙新增415万元）: what stands in the brackets is part of it.
    let outermost = added.iter().map(|&i| passage.mentions[i].depth).min();
    let added: Vec<usize> = added.into_iter().filter(|&i| Some(passage.mentions[i].depth) == outermost).collect();
    let carried = (0..passage.mentions.len()).filter(|&i| {
        passage.mentions[i].sentence == passage.mentions[at].sentence
            && passage.keys[i].as_ref().is_some_and(|k| k.concept.0 == "carry.in")
    });
    let roles = vec![
        (Role::Initial, vec![passage.operand(initial).named("年初预算")]),
        (Role::Added, added.iter().map(signed).collect()),
        (Role::Carried, carried.map(|i| passage.operand(i).named("上年结转")).collect()),
        (Role::Adjusted, vec![passage.operand(at).named("全年预算")]),
    ];
    let (first, last) = (initial.min(added[0]).min(at), initial.max(added[added.len() - 1]).max(at));
    claims.push(claim(ClaimKind::Adjustment, passage.span(first, last), String::new(), roles));
}

/// 净增加, 净调减: what several adjustments come to.
fn is_net(words: &str) -> bool {
    ["净增", "净减", "净调", "净追"].iter().any(|word| words.contains(word))
}

/// 预算a，实际支出b，结余结转c
fn remainder(passage: &Passage, at: usize, claims: &mut Vec<Claim>) {
    let mention = &passage.mentions[at];
    let left = mention.class == Class::Level && mention.label.concept == Some(Concept("carry.out"));
    if !left || passage.dimension(at) != Dimension::Money {
        return;
    }
    let sentence = |i: &usize| passage.mentions[*i].sentence == mention.sentence && passage.is_level(*i);
    let carried = (0..passage.mentions.len())
        .filter(sentence)
        .any(|i| passage.keys[i].as_ref().is_some_and(|key| key.concept.0 == "carry.in" || key.concept.is_income()));
    let spent = (0..at).rev().filter(sentence).find(|&i| passage.stage(i) == Stage::Final && i != at);
    let Some(spent) = spent.filter(|_| !carried && !is_taken_back(passage, at)) else { return };
    let Some(budget) = budget_beside(passage, spent).or_else(|| arrived_for(passage, spent, at)) else { return };
    let roles = vec![
        (Role::Budget, vec![passage.operand(budget).named(arrived_word(passage, budget))]),
        (Role::Executed, vec![passage.operand(spent).named("执行数")]),
        (Role::Remainder, vec![passage.operand(at).named("结余")]),
    ];
    claims.push(claim(ClaimKind::Remainder, passage.span(budget.min(spent), at), String::new(), roles));
}

/// 到位450万元，支出397.62万元，执行率88.36%，结转52.38万元: what arrived, where the rate between says that it is what the
/// spending is held against.
fn arrived_for(passage: &Passage, spent: usize, left: usize) -> Option<usize> {
    let literal = |i: usize| passage.mentions[i].literal;
    let rate = (spent + 1..left).find(|&i| matches!(passage.mentions[i].class, Class::Rate { .. }))?;
    let arrived = |&i: &usize| passage.is_level(i) && passage.stage(i) == Stage::Arrived;
    (0..spent).rev().filter(arrived).find(|&i| is_ratio(literal(spent), literal(i), literal(rate)))
}

fn arrived_word(passage: &Passage, at: usize) -> &'static str {
    if passage.stage(at) == Stage::Arrived { "到位数" } else { "预算数" }
}

/// 财政收回28.10万元，结转下年22.81万元: only a part of what was not spent is left.
pub(super) fn is_taken_back(passage: &Passage, at: usize) -> bool {
    let sentence = |i: &usize| passage.mentions[*i].sentence == passage.mentions[at].sentence && *i != at;
    let words = |i: usize| passage.words(&passage.mentions[i].label_range);
    let money = |i: &usize| passage.dimension(*i) == Dimension::Money;
    (0..passage.mentions.len())
        .filter(sentence)
        .filter(money)
        .any(|i| ["收回", "缴回", "上缴", "退回", "核减", "收缴"].iter().any(|word| words(i).contains(word)))
}

/// 执行率83.11%, 完成年初预算的98.84%
fn rate(passage: &Passage, index: &Index, at: usize, stage: Option<Stage>, claims: &mut Vec<Claim>) {
    if let Some(claim) = counted::rate(passage, at) {
        claims.push(claim);
        return;
    }
    let expected = passage.words(&passage.mentions[at].label_range).contains("预计");
    if expected || is_of_difference(passage, at) || is_filler(passage, index, at) {
        return;
    }
    let Some((done, budget)) = operands(passage, index, at, stage) else { return };
    let other =
        stage.filter(|stage| *stage != Stage::Budget).and_then(|_| fitting_elsewhere(passage, index, at, done, budget));
    let roles = vec![
        (Role::Done, vec![Operand::of(done).named("执行数")]),
        (Role::Budget, vec![Operand::of(budget).named(stage.map_or("预算数", stage_word))]),
        (Role::Rate, vec![passage.operand(at)]),
        (Role::Adjusted, other.map(|id| Operand::of(id).named("实际分母")).into_iter().collect()),
    ];
    let kind = if other.is_some() { ClaimKind::WrongBase } else { ClaimKind::Completion };
    claims.push(claim(kind, passage.span(at, at), passage.name(at), roles));
}

/// 差异率, 节约率, 结余率: by how much two amounts differ, not how much of one was done.
fn is_of_difference(passage: &Passage, at: usize) -> bool {
    let item = &passage.mentions[at].label.item;
    ["差", "异", "离", "余", "转", "约", "动", "整", "减", "增", "降", "债"]
        .iter()
        .any(|word| item.strip_suffix('率').is_some_and(|name| name.ends_with(word)))
}

/// 年初预算0元，决算0元，完成年初预算的0%: a line of the form that has nothing to say.
fn is_filler(passage: &Passage, index: &Index, at: usize) -> bool {
    let zero = |id: NumberId| index.number(id).literal.value.is_zero();
    passage.mentions[at].literal.value.is_zero()
        && operands(passage, index, at, None).is_some_and(|(done, budget)| zero(done) && zero(budget))
}

/// 完成年初预算的98.84% that is of the 全年预算: the budget of another stage that the rate fits, where it does not fit its own.
fn fitting_elsewhere(
    passage: &Passage,
    index: &Index,
    at: usize,
    done: NumberId,
    budget: NumberId,
) -> Option<NumberId> {
    let literal = |id: NumberId| &index.number(id).literal;
    let rate = passage.mentions[at].literal;
    let key = Key { measure: Measure::Level, stage: Stage::Final, ..passage.keys[at].clone()? };
    if is_ratio(literal(done), literal(budget), rate) {
        return None;
    }
    let stages = BUDGETS.iter().filter_map(|stage| {
        let beside = beside(passage, at, &key, *stage).map(|i| passage.mentions[i].number);
        beside.or_else(|| index.find_staged(&key, &[*stage], passage.mentions[at].number).map(|(_, id)| id))
    });
    stages.into_iter().find(|&other| other != budget && is_ratio(literal(done), literal(other), rate))
}

fn stage_word(stage: Stage) -> &'static str {
    match stage {
        Stage::Initial => "年初预算数",
        Stage::Adjusted => "全年预算数",
        _ => "预算数",
    }
}

/// What was done and out of what: in the sentence, else anywhere in the report.
fn operands(passage: &Passage, index: &Index, at: usize, stage: Option<Stage>) -> Option<(NumberId, NumberId)> {
    let mention = &passage.mentions[at];
    let key = Key { measure: Measure::Level, stage: Stage::Final, ..passage.keys[at].clone()? };
    let inside = |stage| beside(passage, at, &key, stage).map(|i| passage.mentions[i].number);
    let reference =
        (0..at).rev().take(1).find(|&i| matches!(passage.mentions[i].class, Class::Reference(Base::Budget(_))));
    let done = match reference {
        Some(reference) => passage.subject(reference).map(|i| passage.mentions[i].number),
        None => inside(Stage::Final),
    };
    let done = done.or_else(|| index.find_staged(&key, &[Stage::Final], mention.number).map(|(_, id)| id))?;
    if let Some(reference) = reference {
        return Some((done, passage.mentions[reference].number));
    }
    let wanted: &[Stage] = match &stage {
        Some(Stage::Budget) | None => &BUDGETS,
        Some(named) => std::slice::from_ref(named),
    };
    let candidates: Vec<NumberId> = wanted.iter().filter_map(|stage| inside(*stage)).collect();
    let elsewhere =
        || wanted.iter().filter_map(|stage| index.find_staged(&key, &[*stage], mention.number).map(|(_, id)| id));
    let candidates = if candidates.is_empty() { elsewhere().collect() } else { candidates };
    let literal = |id: NumberId| &index.number(id).literal;
    // 到位资金a，实际支出b，预算执行率b÷a: how those who evaluate the projects of others reckon.
    let fits = |budget: &NumberId| is_ratio(literal(done), literal(*budget), mention.literal);
    let arrived = || {
        let of_arrived = matches!(stage, Some(Stage::Budget) | None);
        let levels = (0..at).rev().filter(|&i| of_arrived && passage.is_level(i) && passage.stage(i) == Stage::Arrived);
        levels.map(|i| passage.mentions[i].number).find(fits)
    };
    // 某专项资金756.62万元，支出724.09万元，支出率95.70%: the amount of which nothing says that it is the budget.
    let plain = || {
        let spent = (0..at).rev().find(|&i| passage.mentions[i].number == done)?;
        let before = spent.checked_sub(1).filter(|&i| {
            let near = passage.mentions[i].sentence == mention.sentence && passage.is_level(i);
            near && passage.mentions[i].label.stage.is_none() && passage.dimension(i) == Dimension::Money
        })?;
        let whole = passage.mentions[before].number;
        let slipped = is_slipped_ratio(literal(done), literal(whole), mention.literal);
        (candidates.is_empty() && (fits(&whole) || slipped)).then_some(whole)
    };
    let fitting = candidates.iter().copied().find(fits).or_else(arrived).or_else(plain);
    // 年初预算2505万元，全年预算万元，执行2429万元，执行率97.79%: the budget that was meant is not printed.
    let before =
        passage.words(&(passage.paragraph.sentences[mention.sentence].range.start..mention.literal.range.start));
    let blank = ["预算万元", "预算数万元", "预算为万元", "预算数为万元"].iter().any(|words| before.contains(words));
    let first = || {
        candidates.first().filter(|_| !blank).filter(|_| stage == Some(Stage::Initial) || !is_raised(passage, at, &key))
    };
    fitting.or_else(|| first().copied()).map(|budget| (done, budget))
}

/// 年初预算0万元，追加386万元，执行386万元，执行率100%: what a rate is of that does not say of which budget, where only the
/// budget before it was raised is printed.
fn is_raised(passage: &Passage, at: usize, key: &Key) -> bool {
    let added = (0..at).any(|i| {
        passage.mentions[i].sentence == passage.mentions[at].sentence
            && passage.mentions[i].label.stage == Some(Stage::Adjustment)
            && passage.is_level(i)
    });
    let known = [Stage::Adjusted, Stage::Budget];
    added && known.iter().all(|stage| beside(passage, at, key, *stage).is_none())
}

/// 核定编制45名，在职43人，在职人员控制率95.56%
fn control(passage: &Passage, at: usize) -> Option<Claim> {
    let of = |concept: &str| {
        (0..passage.mentions.len()).rev().find(|&i| {
            passage.is_level(i)
                && passage.dimension(i) == Dimension::People
                && passage.mentions[i].label.concept.is_some_and(|c| c.0 == concept)
        })
    };
    let (actual, quota) = (of("hc.actual")?, of("hc.quota")?);
    let roles = vec![
        (Role::Actual, vec![passage.operand(actual)]),
        (Role::Quota, vec![passage.operand(quota)]),
        (Role::Rate, vec![passage.operand(at)]),
    ];
    Some(claim(ClaimKind::Control, passage.span(actual.min(at), actual.max(at)), passage.name(at), roles))
}
