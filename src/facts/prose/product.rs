//! 聘用86人，每人每月补助800元，按12个月发放: products and averages.

use super::mention::Class;
use super::{Passage, claim};
use crate::document::literal::Dimension;
use crate::facts::fit::is_product;
use crate::facts::{Claim, ClaimKind, Role, Stage};

/// The products and averages of a passage.
pub(super) fn read(passage: &Passage, claims: &mut Vec<Claim>) {
    for at in 0..passage.mentions.len() {
        let found = match passage.mentions[at].class {
            Class::Price => product(passage, at).or_else(|| priced(passage, at)),
            Class::Average => average(passage, at),
            _ => None,
        };
        claims.extend(found);
        claims.extend(written_out(passage, at));
    }
}

/// 更换灯具620盏，单价480元，合计29.76万元: the amount follows the price, the things stand before it.
fn priced(passage: &Passage, at: usize) -> Option<Claim> {
    let words = |i: usize| passage.words(&passage.mentions[i].label_range).trim_start_matches(['，', '、']);
    let quantity = at.checked_sub(1).filter(|&i| is_count(passage, i) && same_stretch(passage, i, at))?;
    let amount = Some(at + 1).filter(|&i| i < passage.mentions.len() && same_stretch(passage, at, i))?;
    let counted = super::counted::counter(passage, quantity);
    // 260元/米 is of metres; 单价480元 of whatever was counted.
    let printed = super::counted::counter(passage, at);
    let of_it = printed.split_once('/').is_none_or(|(_, each)| each == counted);
    let summed = ["合计", "共计", "计", "总价", "总金额", "合计金额"].contains(&words(amount));
    let money = passage.dimension(amount) == Dimension::Money && passage.is_level(amount);
    let roles = vec![
        (Role::Amount, vec![passage.operand(amount)]),
        (Role::Price, vec![passage.operand(at).named("单价")]),
        (Role::Quantity, vec![passage.operand(quantity)]),
    ];
    let named = words(at).contains("单价");
    (named && of_it && summed && money)
        .then(|| claim(ClaimKind::Product, passage.span(quantity, amount), passage.name(quantity), roles))
}

/// 培训补贴134.42万元（618人×2175元）: what an amount is made of, written out behind it.
fn written_out(passage: &Passage, at: usize) -> Option<Claim> {
    let words = |i: usize| passage.words(&passage.mentions[i].label_range);
    let times = |i: usize| i < passage.mentions.len() && matches!(words(i), "×" | "*" | "x" | "X");
    let first = at.checked_sub(1).filter(|&first| times(at) && !times(first))?;
    let amount = first.checked_sub(1)?;
    let money = |i: usize| matches!(passage.dimension(i), Dimension::Money | Dimension::MoneyRate);
    let bracket =
        passage.words(&(passage.mentions[amount].literal.range.end..passage.mentions[first].literal.range.start));
    let opened =
        matches!(bracket, "（" | "(") && passage.is_level(amount) && passage.dimension(amount) == Dimension::Money;
    let factors: Vec<usize> = std::iter::once(first).chain((at..).take_while(|&i| times(i))).collect();
    let (prices, counts): (Vec<usize>, Vec<usize>) = factors.iter().partition(|&&i| money(i));
    let last = *factors.last()?;
    let closed = passage.paragraph.flow.text()[passage.mentions[last].literal.range.end..].starts_with(['）', ')']);
    let (&price, &quantity) = (only(&prices).as_ref()?, counts.first()?);
    let roles = vec![
        (Role::Amount, vec![passage.operand(amount)]),
        (Role::Price, vec![passage.operand(price).named("标准")]),
        (Role::Quantity, vec![passage.operand(quantity)]),
        (Role::Periods, counts[1..].iter().map(|&i| passage.operand(i)).collect()),
    ];
    (opened && closed && counts.len() <= 2)
        .then(|| claim(ClaimKind::Product, passage.span(amount, last), passage.name(amount), roles))
}

fn product(passage: &Passage, at: usize) -> Option<Claim> {
    let mention = &passage.mentions[at];
    let words = passage.words(&mention.label_range);
    let monthly = words.contains("每月");
    let per = [
        "每人", "每户", "每名", "每台", "每辆", "每套", "每个", "每场", "每间", "每处", "每所", "每株", "每亩", "每件",
    ]
    .iter()
    .find(|word| words.contains(**word))?;
    let sentence = |i: &usize| passage.mentions[*i].sentence == mention.sentence && *i != at;
    let counter = |i: usize| {
        passage
            .words(&passage.mentions[i].literal.range)
            .trim_start_matches(|c: char| c.is_ascii_digit() || c == ',')
            .to_owned()
    };
    let counted: Vec<usize> = (0..passage.mentions.len()).filter(sentence).filter(|&i| is_count(passage, i)).collect();
    let months = counted.iter().copied().find(|&i| counter(i).contains('月'));
    let unit = per.trim_start_matches('每');
    let wanted: &[&str] = if matches!(unit, "人" | "名") { &["人", "名"] } else { &[unit] };
    let of_kind = || counted.iter().copied().filter(|&i| wanted.contains(&counter(i).as_str()));
    // A类2名、每名100万元，B类7名、每名50万元: the nearest before the price.
    let quantity = of_kind().rfind(|&i| i < at).or_else(|| of_kind().next())?;
    let stated_total = (at + 1..passage.mentions.len()).filter(sentence).find(|&i| {
        let words = passage.words(&passage.mentions[i].label_range);
        words.contains('计') && passage.dimension(i) == Dimension::Money && passage.is_level(i)
    });
    let head = || passage.head(mention.sentence).or_else(|| passage.head(mention.sentence.checked_sub(1)?));
    let spent = |&i: &usize| {
        passage.dimension(i) == Dimension::Money && passage.is_level(i) && passage.stage(i) == Stage::Final
    };
    let amount = stated_total.or_else(|| head().into_iter().chain(0..at).find(spent))?;
    if monthly && months.is_none() {
        return None;
    }
    let roles = vec![
        (Role::Amount, vec![passage.operand(amount)]),
        (Role::Price, vec![passage.operand(at).named("标准")]),
        (Role::Quantity, vec![passage.operand(quantity)]),
        (Role::Periods, months.filter(|_| monthly).map(|i| passage.operand(i)).into_iter().collect()),
    ];
    Some(claim(ClaimKind::Product, passage.span(amount.min(quantity), at.max(quantity)), passage.name(amount), roles))
}

/// 培训100人次，其中校长40人次、教师60人次，人均300元: what a list of parts is of.
fn whole_of(passage: &Passage, part: usize) -> usize {
    super::breakdown::enclosing(passage, part).filter(|&whole| is_count(passage, whole)).unwrap_or(part)
}

fn is_count(passage: &Passage, at: usize) -> bool {
    matches!(passage.dimension(at), Dimension::Count | Dimension::People)
}

/// The words for one of a kind before 均, and the counters that such things are counted with.
const COUNTED: &[(&str, &[&str])] = &[
    ("人", &["人", "名"]),
    ("辆", &["辆"]),
    ("车", &["辆"]),
    ("户", &["户"]),
    ("次", &["次"]),
    ("批", &["批"]),
    ("台", &["台"]),
    ("套", &["套"]),
    ("案", &["件"]),
    ("件", &["件"]),
    ("场", &["场"]),
    ("期", &["期"]),
    ("村", &["村"]),
    ("校", &["所"]),
];

fn only(of: &[usize]) -> Option<usize> {
    match of {
        [one] => Some(*one),
        _ => None,
    }
}

/// Whether no ； stands between two mentions of a sentence.
fn same_stretch(passage: &Passage, a: usize, b: usize) -> bool {
    let (first, last) = (a.min(b), a.max(b));
    let (from, to) = (passage.mentions[first].literal.range.end, passage.mentions[last].literal.range.start);
    passage.mentions[first].sentence == passage.mentions[last].sentence
        && !passage.words(&(from..to)).contains(['；', ';', '：'])
}

/// 共4批次、36人次，人均100元; 保有量为2辆，平均每辆2.97万元
fn average(passage: &Passage, at: usize) -> Option<Claim> {
    let mention = &passage.mentions[at];
    let words = passage.words(&mention.label_range);
    if words.contains('月') {
        return None;
    }
    let known = COUNTED
        .iter()
        .find(|(each, _)| words.contains(&format!("{each}均")) || words.contains(&format!("平均每{each}")));
    let printed = |i: usize| passage.words(&passage.mentions[i].literal.range);
    let sentence = |i: &usize| passage.mentions[*i].sentence == mention.sentence && *i < at;
    // 长度171.6公里，平均每公里8.12万元: whatever is counted may be the thing that an average is of.
    let called = |counter: &str| {
        let (before, after) = words.split_once('均').unwrap_or((words, ""));
        !counter.is_empty() && (before.ends_with(counter) || after.trim_start_matches('每').starts_with(counter))
    };
    let of_kind = |i: usize| match known {
        Some((_, counters)) => counters.iter().any(|counter| printed(i).contains(counter)),
        None => called(super::counted::counter(passage, i)),
    };
    // 12期960人次，期均80人次: an average is no count.
    let averaged = |i: usize| passage.words(&passage.mentions[i].label_range).contains('均');
    let counted = |&i: &usize| passage.is_level(i) && is_count(passage, i) && of_kind(i) && !averaged(i);
    let quantity = (0..at).rev().filter(sentence).find(counted).map(|i| whole_of(passage, i))?;
    // 门诊次均费用313.90元（14320.66万元÷456210人次）；住院次均费用…: what the brackets say is of what stands before them.
    let closed = |i: usize| {
        passage.mentions[i].depth > mention.depth
            && (i..at).any(|i| passage.mentions[i].class == Class::Average && i != at || !same_stretch(passage, i, at))
    };
    let people = passage.dimension(at) == Dimension::People;
    let money = |i: &usize| {
        let alike = passage.dimension(*i) == passage.dimension(at) && (!people || same_stretch(passage, *i, at));
        passage.is_level(*i) && alike && *i != quantity && !closed(*i)
    };
    // 聘用320名，人均1万元，发放320万元: the amount may follow.
    let after = (at + 1..passage.mentions.len()).find(|&i| money(&i) && same_stretch(passage, at, i));
    let candidates: Vec<usize> = (0..at).filter(money).chain(after).collect();
    let literal = |i: usize| passage.mentions[i].literal;
    let fitting = candidates.iter().copied().rev().find(|&i| is_product(literal(i), literal(quantity), literal(at)));
    let amount = fitting.or_else(|| only(&candidates)).or_else(|| {
        // 救助57人，发放171万元，人均3万元；…: the only amount since the last break.
        let near: Vec<usize> = candidates.iter().copied().filter(|&i| same_stretch(passage, i, at)).collect();
        only(&near).filter(|_| same_stretch(passage, quantity, at))
    })?;
    let (first, last) = (amount.min(quantity), amount.max(at));
    let roles = vec![
        (Role::Amount, vec![passage.operand(amount)]),
        (Role::Quantity, vec![passage.operand(quantity)]),
        (Role::Average, vec![passage.operand(at).named(words.trim_start_matches(['，', '、', '；', '（']))]),
    ];
    Some(claim(ClaimKind::Average, passage.span(first, last), passage.name(amount), roles))
}
