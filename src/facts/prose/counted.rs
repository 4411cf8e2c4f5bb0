//! 验收119个，验收率95.2%: how many of the things that a sentence counts, as a rate.

use super::mention::Class;
use super::{Passage, completion};
use crate::document::literal::Dimension;
use crate::exact::Exact;
use crate::facts::Claim;
use crate::facts::fit::is_ratio;
use crate::facts::slip::is_slipped_ratio;

/// The claim that a rate is of two counts of its sentence.
pub(super) fn rate(passage: &Passage, at: usize) -> Option<Claim> {
    named(passage, at).or_else(|| finished(passage, at))
}

/// 受理案件3206件，执结3018件，执结率94.14%: the rate is called like the count that it is of. Where it fits no pair of counts,
/// only one count may be called so, and one slip has to explain it where there are several that it may be out of.
fn named(passage: &Passage, at: usize) -> Option<Claim> {
    let mention = &passage.mentions[at];
    let Class::Rate { named: true, .. } = mention.class else { return None };
    let name = rate_name(passage, at)?;
    let counted = |i: &usize| {
        let own = passage.mentions[*i].sentence == mention.sentence && passage.mentions[*i].depth <= mention.depth;
        own && passage.is_level(*i) && is_counted(passage, *i) && !is_aim(passage, *i)
    };
    let counts: Vec<usize> = (0..at).filter(counted).collect();
    let called: Vec<usize> = counts.iter().copied().filter(|&i| is_called(passage, i, name)).collect();
    let literal = |i: usize| passage.mentions[i].literal;
    let wholes = |done: usize| {
        let larger = move |&&i: &&usize| i < done && counter(passage, i) == counter(passage, done);
        counts.iter().filter(larger).copied().collect::<Vec<usize>>()
    };
    let pairs: Vec<(usize, usize)> =
        called.iter().flat_map(|&done| wholes(done).into_iter().map(move |whole| (done, whole))).collect();
    let fits = |&&(done, whole): &&(usize, usize)| is_ratio(literal(done), literal(whole), literal(at));
    let is_slipped = |done: usize, whole: usize| is_slipped_ratio(literal(done), literal(whole), literal(at));
    let fitting = pairs.iter().rev().find(fits).copied();
    let plain = called.len() == 1 && name.chars().count() == STEM;
    // A rate of 100 % is often of all that had to be done, which is not printed.
    let all = literal(at).base() == Some(Exact::ONE);
    let meant = || match pairs.as_slice() {
        [only] if plain && !all => Some(*only),
        several if plain => several.iter().rev().find(|(done, whole)| is_slipped(*done, *whole)).copied(),
        _ => None,
    };
    let (done, whole) = fitting.or_else(meant)?;
    Some(completion(passage, [done, whole, at], at))
}

/// The characters of a rate's name that a count has to share.
const STEM: usize = 2;

/// 执结 of 执结率; nothing that says more about money than about counts.
fn rate_name<'p>(passage: &'p Passage, at: usize) -> Option<&'p str> {
    let words = crate::facts::label::trim_edges(passage.words(&passage.mentions[at].label_range));
    let name = words.strip_suffix('率')?;
    let name = ["全年", "其中"].iter().fold(name, |name, word| name.strip_prefix(word).unwrap_or(name));
    let known = ["执行", "完成", "支出", "支付", "到位", "增长", "下降", "得分", "使用", "结转", "覆盖", "达标"];
    (name.chars().count() >= STEM && !known.iter().any(|word| name.ends_with(word))).then_some(name)
}

fn is_counted(passage: &Passage, at: usize) -> bool {
    matches!(passage.dimension(at), Dimension::Count | Dimension::People | Dimension::Area)
}

/// 目标≥95家, 比上年多3家: no count of what was done.
fn is_aim(passage: &Passage, at: usize) -> bool {
    let words = passage.words(&passage.mentions[at].label_range);
    ["目标", "上年", "去年", "指标值", "全市", "全省", "平均", "累计"].iter().any(|word| words.contains(word))
}

/// Whether a count is called like a rate: 血压控制达标 for 控制, 实检 for 体检; and not 未验收 for 验收.
fn is_called(passage: &Passage, at: usize, name: &str) -> bool {
    let words = crate::facts::label::trim_edges(passage.words(&passage.mentions[at].label_range));
    let stem: String = name.chars().skip(name.chars().count() - STEM).collect();
    let negated = |words: &str| words.contains(['不', '未', '无', '非']);
    let last = stem.chars().last().is_some_and(|last| words.ends_with(last) && words.chars().count() <= STEM);
    let alike = words.contains(&stem) || last && !words.starts_with(['应', '需', '拟']);
    alike && negated(words) == negated(name)
}

/// The word that things are counted with: 件 in 1,234件.
pub(super) fn counter<'p>(passage: &'p Passage, at: usize) -> &'p str {
    let printed = passage.words(&passage.mentions[at].literal.range);
    printed.trim_start_matches(|c: char| c.is_ascii_digit() || ",.".contains(c)).trim()
}

/// 排查一般隐患746处，完成整改738处，整改率98.93%
fn finished(passage: &Passage, at: usize) -> Option<Claim> {
    let mention = &passage.mentions[at];
    let Class::Rate { named: true, .. } = mention.class else { return None };
    let undone = |i: usize| {
        ["未", "没有", "尚", "超", "多完成", "不合格", "不达标", "不满意", "不符合"]
            .iter()
            .any(|word| passage.words(&passage.mentions[i].label_range).contains(word))
    };
    let done = (at.saturating_sub(3)..at).rev().find(|&i| !undone(i))?;
    let all = done.checked_sub(1)?;
    // 查出隐患120条，其中重大隐患9条，整改115条: out of all, not of the part.
    let all = super::breakdown::opened_by(passage, all).unwrap_or(all);
    // 计划投资385万元，完成投资366万元，完成率95.12%
    let planned = |i: usize| {
        let words = passage.words(&passage.mentions[i].label_range);
        let due = ["应收", "应缴", "应发", "应补", "应付"].iter().any(|word| words.contains(word));
        passage.dimension(i) == Dimension::Money && (words.starts_with("计划") || words.ends_with("年计划") || due)
    };
    // 干渠完成32.60公里，支渠完成56.90公里，支渠完成率97.85%: two things that were done, neither of them planned.
    let ends_done = |i: usize| {
        let words = passage.words(&passage.mentions[i].label_range);
        words.ends_with("完成") && !["应", "计划", "目标", "任务", "需"].iter().any(|word| words.contains(word))
    };
    if ends_done(done) && ends_done(all) {
        return None;
    }
    let counts = [done, all].iter().all(|&i| {
        let counted = matches!(passage.dimension(i), Dimension::Count | Dimension::People);
        passage.mentions[i].sentence == mention.sentence && (counted || planned(all))
    });
    let words = passage.words(&passage.mentions[done].label_range);
    let finished =
        ["实收", "实缴", "实发", "收缴", "完成", "整改", "合格", "实际", "已", "达标", "办结", "通过", "解决", "收回"]
            .iter()
            .any(|word| words.contains(word));
    // 发放50份，收回50份，满意率95%: of those who answered, so many said so.
    let rate = passage.words(&mention.label_range);
    let opinion = ["满意", "支持", "知晓", "认可"].iter().any(|word| rate.contains(word) && !words.contains(word));
    // 检查企业120家，整改15家，整改率100%: of what was found, which is not printed.
    let literal = |i: usize| passage.mentions[i].literal;
    let looked = ["检查", "排查", "巡查", "抽查"]
        .iter()
        .any(|word| passage.words(&passage.mentions[all].label_range).contains(word));
    let found =
        ["隐患", "问题", "风险"].iter().any(|word| passage.words(&passage.mentions[all].label_range).contains(word));
    let whole = literal(at).base() == Some(Exact::ONE) && !is_ratio(literal(done), literal(all), literal(at));
    if !counts || counter(passage, done) != counter(passage, all) || !finished || opinion || whole && looked && !found {
        return None;
    }
    Some(completion(passage, [done, all, at], at))
}
