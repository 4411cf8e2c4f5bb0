//! A得x分，B得y分，合计z分: scores and weights that add up.

use super::mention::Class;
use super::{Passage, claim, completion};
use crate::document::literal::Dimension;
use crate::exact::Exact;
use crate::facts::fit::is_sum;
use crate::facts::{Claim, ClaimKind, Role};

/// The score claims of a passage.
pub(super) fn read(passage: &Passage, claims: &mut Vec<Claim>) {
    scores(passage, claims);
    weights(passage, claims);
    marks(passage, claims);
    marked(passage, claims);
    deductions(passage, claims);
    lost(passage, claims);
}

/// （三）产出类指标（30分）。该类指标得26.1分，扣3.9分: what was given and what was taken make the full mark.
fn lost(passage: &Passage, claims: &mut Vec<Claim>) {
    let words = |i: usize| passage.words(&passage.mentions[i].label_range);
    let points = |i: usize| passage.dimension(i) == Dimension::Score;
    for taken in 2..passage.mentions.len() {
        let (full, given) = (taken - 2, taken - 1);
        let near = passage.mentions[given].sentence == passage.mentions[taken].sentence;
        let said = ["扣", "，扣", "扣减", "，扣减", "，扣分"].contains(&words(taken));
        let scored =
            passage.mentions[given].class == Class::Score && words(given).trim_end_matches('分').ends_with('得');
        let whole = passage.mentions[full].class == Class::Weight || passage.mentions[full].depth == 1;
        if near && said && scored && whole && [full, given, taken].into_iter().all(points) {
            let roles = vec![
                (Role::Total, vec![passage.operand(full).named("满分")]),
                (Role::Items, vec![passage.operand(given).named("得分"), passage.operand(taken).named("扣分")]),
            ];
            claims.push(claim(ClaimKind::Breakdown, passage.span(full, taken), String::new(), roles));
        }
    }
}

/// 进度扣0.8分、资料扣2分，共扣2.8分
fn deductions(passage: &Passage, claims: &mut Vec<Claim>) {
    let taken = |i: usize| {
        let words = passage.words(&passage.mentions[i].label_range);
        passage.dimension(i) == Dimension::Score && words.trim_end_matches('分').ends_with('扣')
    };
    let total = |i: usize| {
        let words = passage.words(&passage.mentions[i].label_range);
        ["共扣", "合计扣", "共计扣", "累计扣"].iter().any(|word| words.ends_with(word))
    };
    for at in (0..passage.mentions.len()).filter(|&at| taken(at) && total(at)) {
        let items: Vec<usize> = (0..at).rev().take_while(|&i| !total(i)).filter(|&i| taken(i)).collect();
        // 四项共扣4.69分
        let said = at.checked_sub(1).filter(|&i| passage.words(&passage.mentions[i].literal.range).ends_with('项'));
        let counted = said.is_none_or(|i| passage.mentions[i].literal.value == Exact::from(items.len() as u32));
        let rubric = ["每少", "每低", "每超", "每出现", "每发现", "每有", "每项扣", "每处扣", "每个扣"];
        let told = !rubric.iter().any(|word| passage.paragraph.flow.text().contains(word));
        if items.len() >= 2 && counted && told {
            let roles = vec![
                (Role::Total, vec![passage.operand(at).named("共扣")]),
                (Role::Items, items.iter().rev().map(|&i| passage.operand(i)).collect()),
            ];
            claims.push(claim(ClaimKind::Breakdown, passage.span(items[items.len() - 1], at), String::new(), roles));
        }
    }
}

/// 投入15分得14.5分, 满分5分，得4.75分: a full mark and its score side by side, with their rate where it is printed.
fn marks(passage: &Passage, claims: &mut Vec<Claim>) {
    for at in 1..passage.mentions.len() {
        let (weight, score) = (&passage.mentions[at - 1], &passage.mentions[at]);
        let words = passage.words(&score.label_range);
        let beside =
            weight.sentence == score.sentence && weight.depth == score.depth && ["得", "，得"].contains(&words);
        if weight.class != Class::Weight || score.class != Class::Score || !beside {
            continue;
        }
        let rated = passage.mentions.get(at + 1).is_some_and(|rate| rate.sentence == score.sentence);
        out_of(passage, [at, at - 1], rated, claims);
    }
}

/// A score beside its full mark, with the 得分率 behind them where that may be `rated`.
fn out_of(passage: &Passage, [given, full]: [usize; 2], rated: bool, claims: &mut Vec<Claim>) {
    let (first, last) = (given.min(full), given.max(full));
    let roles = vec![(Role::Weight, vec![passage.operand(full)]), (Role::Score, vec![passage.operand(given)])];
    claims.push(claim(ClaimKind::Indicator, passage.span(first, last), passage.name(first), roles));
    let rate = passage.mentions.get(last + 1).filter(|_| rated);
    if rate.is_some_and(|rate| passage.words(&rate.label_range).ends_with("得分率")) {
        claims.push(completion(passage, [given, full, last + 1], first));
    }
}

/// 决策14.20分（满分15分），得分率94.67%；…: scores with what they are out of. Where these make 100, all together are the total.
fn marked(passage: &Passage, claims: &mut Vec<Claim>) {
    let is_score = |i: usize| passage.dimension(i) == Dimension::Score;
    let words = |i: usize| passage.words(&passage.mentions[i].label_range);
    let marked: Vec<usize> = (1..passage.mentions.len())
        .filter(|&at| {
            let inside = passage.mentions[at].depth == passage.mentions[at - 1].depth + 1;
            is_score(at) && is_score(at - 1) && inside && words(at) == "满分" && !words(at - 1).is_empty()
        })
        .collect();
    for &at in &marked {
        out_of(passage, [at - 1, at], true, claims);
    }
    let full = marked.iter().try_fold(Exact::ZERO, |sum, &at| sum.plus(passage.mentions[at].literal.value));
    let items: Vec<usize> = marked.iter().map(|at| at - 1).collect();
    let total = (0..passage.mentions.len()).find(|&i| {
        let named = ["总分", "综合得分", "评价得分", "自评得分", "总得分"].iter().any(|word| words(i).ends_with(word));
        is_score(i) && named && !items.contains(&i) && !is_earlier(passage, i)
    });
    if let Some(total) = total.filter(|_| items.len() >= 2 && full == Some(Exact::from(100))) {
        claims.push(sum(passage, total, &items));
    }
}

/// Scores, subtotals after them, and the total.
fn scores(passage: &Passage, claims: &mut Vec<Claim>) {
    // 执行率得分=10×97.56%=9.76分: a score worked out in the text is not one of a list.
    let text = passage.paragraph.flow.text();
    if text.contains('×') || text.contains('=') {
        return;
    }
    let mut pending: Vec<usize> = Vec::new();
    let mut leading: Option<usize> = None;
    for at in 0..passage.mentions.len() {
        let mention = &passage.mentions[at];
        if mention.class != Class::Score {
            continue;
        }
        let words = match passage.words(&mention.label_range) {
            // 自评得分：94.86分
            "" => passage.words(&mention.gap_range),
            words => words,
        };
        if is_earlier(passage, at) {
            continue;
        }
        let subtotal = words.contains("合计") || words.contains("小计");
        let several = words.contains("依次") || words.contains("分别");
        let total =
            !several && ["总分", "总得分", "自评得分", "最终得分", "综合得分"].iter().any(|word| words.contains(word));
        if total && pending.is_empty() {
            leading = Some(at);
        } else if (subtotal || total) && pending.len() >= 2 {
            claims.push(sum(passage, at, &pending));
            pending = if total { Vec::new() } else { vec![at] };
        } else {
            pending.push(at);
        }
    }
    if let Some(total) = leading
        && pending.len() >= 2
        && led(passage, total, &pending)
    {
        claims.push(sum(passage, total, &pending));
    }
}

/// 与2021年度评价得分88.7分相比: the score of another year.
fn is_earlier(passage: &Passage, at: usize) -> bool {
    let words = passage.words(&passage.mentions[at].label_range);
    words.starts_with(['与', '比', '较']) || words.contains("上年") || words.contains("上一年")
}

/// 自评得分95.4分，其中A得47.6分、B得47.8分: 其中 stands between, or the scores add up.
fn led(passage: &Passage, total: usize, items: &[usize]) -> bool {
    let first = &passage.mentions[items[0]];
    let between = passage.words(&(passage.mentions[total].literal.range.end..first.literal.range.start));
    let literal = |at: usize| passage.mentions[at].literal;
    let marks = full_marks(passage, items);
    // 其中决策20分，得18.8分；…: marks of less than 100 show that the list goes on elsewhere.
    between.contains("其中") && marks.is_none_or(|marks| marks == Exact::from(100))
        || is_sum(literal(total), items.iter().map(|&at| literal(at)))
        || marks == Some(Exact::from(100))
}

/// 投入30分得27.4分，产出40分得38.7分，效果30分得27.5分: what the full marks come to, where every score has its own.
fn full_marks(passage: &Passage, items: &[usize]) -> Option<Exact> {
    let full = |&at: &usize| {
        let mark = &passage.mentions[at.checked_sub(1)?];
        (mark.class == Class::Weight && mark.sentence == passage.mentions[at].sentence).then_some(mark.literal.value)
    };
    items.iter().try_fold(Exact::ZERO, |sum, at| sum.plus(full(at)?))
}

fn sum(passage: &Passage, total: usize, items: &[usize]) -> Claim {
    let roles = vec![
        (Role::Total, vec![passage.operand(total)]),
        (Role::Scores, items.iter().map(|&at| passage.operand(at)).collect()),
    ];
    let first = total.min(items[0]);
    let last = total.max(*items.last().expect("a sum has items"));
    claim(ClaimKind::ScoreTotal, passage.span(first, last), passage.name(total), roles)
}

/// 满分100分（投入10分、过程30分…）
fn weights(passage: &Passage, claims: &mut Vec<Claim>) {
    for at in 0..passage.mentions.len() {
        let mention = &passage.mentions[at];
        let words = passage.words(&mention.label_range);
        if mention.class != Class::Weight || !(words.contains("满分") || words.contains("总分")) {
            continue;
        }
        let after: Vec<usize> = (at + 1..passage.mentions.len()).take_while(|&i| same_list(passage, at, i)).collect();
        let before: Vec<usize> = (0..at).rev().take_while(|&i| same_list(passage, at, i)).collect();
        let items = if after.len() >= 2 { after } else { before.into_iter().rev().collect() };
        if items.len() >= 2 {
            let roles = vec![
                (Role::Total, vec![passage.operand(at)]),
                (Role::Weights, items.iter().map(|&i| passage.operand(i)).collect()),
            ];
            let (first, last) = (at.min(items[0]), at.max(*items.last().expect("two items")));
            claims.push(claim(ClaimKind::WeightTotal, passage.span(first, last), String::new(), roles));
        }
    }
}

fn same_list(passage: &Passage, total: usize, at: usize) -> bool {
    let mention = &passage.mentions[at];
    let named = passage.words(&mention.label_range).chars().count() >= 2;
    // 决策14分（满分15分）、过程…: a full mark in brackets is of what stands before them.
    let (first, last) = if at < total { (at, total) } else { (total, at) };
    let between =
        passage.words(&(passage.mentions[first].literal.range.end..passage.mentions[last].literal.range.start));
    let together = passage.mentions[total].depth == 0 || !between.contains(['）', ')']);
    mention.class == Class::Weight && mention.sentence == passage.mentions[total].sentence && named && together
}
