//! 其中：a、b、c and （a，b）: parts of a whole.

use std::sync::LazyLock;

use super::mention::Class;
use super::{Passage, claim};
use crate::document::literal::Dimension;
use crate::document::words::Finder;
use crate::document::{Hedge, Literal};
use crate::exact::Exact;
use crate::facts::closed::is_closed_set;
use crate::facts::fit::{gap, is_sum};
use crate::facts::index::{Index, Query};
use crate::facts::label::Label;
use crate::facts::slip::{is_rescaled, is_slipped_sum};
use crate::facts::{Claim, ClaimKind, Concept, Entity, NumberId, Operand, Role, Stage, lexicon};

/// One item of a list: its mentions, one for each stage that it states.
struct Item {
    mentions: Vec<usize>,
}

/// The breakdowns of a passage.
pub(super) fn read(passage: &Passage, index: &Index, claims: &mut Vec<Claim>) {
    for at in 0..passage.mentions.len() {
        if !passage.is_level(at) {
            continue;
        }
        if let Some(parent) = opened_by(passage, at) {
            list(passage, index, parent, at, claims);
        }
        if let Some(label) = announced(passage, at) {
            elsewhere(passage, index, at, label.concept.unwrap_or(Concept("exp.total")), claims);
        }
        if opens_division(passage, at) && divided(passage, at).is_none() {
            elsewhere(passage, index, at, divided_concept(passage, index, at), claims);
        }
        if let Some(items) = trailing_total(passage, at) {
            claims.push(breakdown(passage, ClaimKind::Breakdown, at, &items));
        }
        changes(passage, at, claims);
    }
}

/// The whole that a sentence announces before the mention, if it is the sentence's first.
fn announced(passage: &Passage, at: usize) -> Option<Label> {
    let sentence = passage.mentions[at].sentence;
    let opens = at == 0 || passage.mentions[at - 1].sentence != sentence;
    if opens { passage.announced(sentence) } else { None }
}

const TRIGGERS: &[&str] = &["其中", "包括", "分别为", "分别是", "组成", "构成"];

/// Whether the words before a mention open a list.
fn triggered(passage: &Passage, at: usize) -> bool {
    static FINDER: LazyLock<Finder> = LazyLock::new(|| Finder::new(TRIGGERS.iter().copied()));
    let mention = &passage.mentions[at];
    let label = passage.words(&mention.label_range);
    // 人员经费…，主要包括工资…；公用经费…: what stands before ； opens nothing after it.
    let gap = passage.words(&mention.gap_range).rsplit(['；', ';']).next().unwrap_or_default();
    let contained =
        label.starts_with('含') && !label.starts_with("含税") || gap.ends_with("（含") || gap.ends_with("，含");
    contained || mention.divides || FINDER.any(label) || FINDER.any(gap) || opens_series(passage, at)
}

/// What comes first and what follows it: 第一批…、第二批…; 一季度…、二季度….
const SERIES: &[(&str, &str)] = &[
    ("第一批", "第二批"),
    ("首批", "第二批"),
    ("一季度", "二季度"),
    ("第一季度", "第二季度"),
    ("上半年", "下半年"),
    ("春季", "秋季"),
    ("一期", "二期"),
    ("第一年", "第二年"),
];

/// Whether a mention is the first of a series, whose next member follows: members of a series make up a whole.
fn opens_series(passage: &Passage, at: usize) -> bool {
    let words = |i: usize| {
        let words = passage.words(&passage.mentions[i].label_range).trim_start_matches(['，', '、', '；', '和']);
        words.strip_prefix("其中").unwrap_or(words).trim_start_matches(['：', ':'])
    };
    let opening = words(at);
    let Some((_, second)) = SERIES.iter().find(|(first, _)| opening.starts_with(first)) else { return false };
    let next = (at + 1..passage.mentions.len()).find(|&i| passage.is_level(i) && alike(passage, i, at));
    next.is_some_and(|next| {
        words(next).starts_with(second) && passage.mentions[next].sentence == passage.mentions[at].sentence
    })
}

/// The whole of the list that a mention opens.
pub(super) fn opened_by(passage: &Passage, at: usize) -> Option<usize> {
    let mention = &passage.mentions[at];
    let same = |i: &usize| passage.is_level(*i) && alike(passage, *i, at);
    let before = (0..at).rev().filter(same).find(|&i| passage.mentions[i].depth <= mention.depth);
    let bracketed = before.filter(|&i| {
        passage.mentions[i].depth < mention.depth && i + 1 == at && names_itself(passage, at) && !sums_up(passage, at)
    });
    if bracketed.is_some() {
        return bracketed;
    }
    if !triggered(passage, at) {
        return None;
    }
    if divides_anew(passage, at) {
        return divided(passage, at);
    }
    // 近三年投入分别为a、b和c: a sentence that begins so is about what it names, not about the one before it.
    let label = passage.words(&mention.label_range);
    let opens = passage.mentions[..at].iter().all(|before| before.sentence != mention.sentence);
    let respective = ["分别为", "分别是"].iter().any(|word| label.ends_with(word));
    if opens && respective && !label.contains("其中") && !label.starts_with("分别") {
        return None;
    }
    if let Some(name) = named_whole(passage, at) {
        return (0..at).rev().filter(same).find(|&i| passage.mentions[i].label.concept == Some(name));
    }
    let parent = by_concept(passage, at).or(before.filter(|&whole| may_hold(passage, whole, at)))?;
    if passage.mentions[parent].sentence == mention.sentence {
        return Some(parent);
    }
    // 其中 after a full stop: the whole is what the sentence before began with.
    // 资金分两批下达，春季学期…: the batches are counted in the sentence itself.
    let series = opens_series(passage, at);
    let opens = (0..at).all(|i| passage.mentions[i].sentence != mention.sentence || series && !same(&i));
    let before = passage.mentions[parent].sentence;
    let head = passage.head(before).filter(|_| opens && mention.sentence - before <= 2)?;
    Some(adjusted(passage, head).or_else(|| reached(passage, head)).unwrap_or(head))
}

/// 选育品种不少于45个，实际审定52个。其中：…: what was reached, not what was aimed at.
fn reached(passage: &Passage, head: usize) -> Option<usize> {
    let aimed = |at: usize| {
        let words = passage.words(&passage.mentions[at].label_range);
        passage.mentions[at].literal.hedge == Hedge::AtLeast
            || ["计划", "目标", "不少于", "不低于"].iter().any(|word| words.contains(word))
    };
    let sentence = passage.mentions[head].sentence;
    let after = (head + 1..passage.mentions.len()).take_while(|&i| passage.mentions[i].sentence == sentence);
    let done = |&i: &usize| passage.is_level(i) && alike(passage, i, head) && !aimed(i);
    after.filter(|_| aimed(head)).find(done)
}

/// The whole of the list that a mention stands in, as its first part or a later one.
pub(super) fn enclosing(passage: &Passage, at: usize) -> Option<usize> {
    let beside = |&i: &usize| {
        let near = passage.mentions[i].sentence == passage.mentions[at].sentence;
        near && passage.mentions[i].depth == passage.mentions[at].depth && passage.is_level(i) && alike(passage, i, at)
    };
    (0..=at).rev().take_while(beside).find_map(|i| opened_by(passage, i))
}

/// 年初预算100万元，追加20万元，全年预算120万元。其中：…: what a sentence that adjusts the budget ends with.
fn adjusted(passage: &Passage, head: usize) -> Option<usize> {
    let sentence = passage.mentions[head].sentence;
    let inside = |i: &usize| passage.mentions[*i].sentence == sentence && passage.is_level(*i);
    let last = (head + 1..passage.mentions.len()).rev().find(inside)?;
    let stages = (passage.stage(head), passage.stage(last));
    (stages == (Stage::Initial, Stage::Adjusted)).then_some(last)
}

/// 基本支出包括人员经费…、公用经费…: the whole that the words before the list name.
fn named_whole(passage: &Passage, at: usize) -> Option<Concept> {
    let label = passage.words(&passage.mentions[at].label_range);
    let label = label.strip_prefix("其中").unwrap_or(label).trim_start_matches(['：', ':', '，']);
    let name = ["包括", "包含", "其中", "含"].iter().find_map(|word| label.split_once(word))?.0;
    lexicon().concept(name)
}

/// Whether the lexicon lets one concept be a part of another: 人员经费 is no part of 资本性支出.
fn may_hold(passage: &Passage, whole: usize, part: usize) -> bool {
    let concept = |at: usize| passage.mentions[at].label.concept;
    let (Some(whole), Some(part)) = (concept(whole), concept(part)) else { return true };
    let ancestors = std::iter::successors(lexicon().parent(part), |concept| lexicon().parent(*concept));
    let siblings = lexicon().parent(whole).is_some() && lexicon().parent(whole) == lexicon().parent(part);
    // 人员经费，包括工资福利支出、对个人和家庭的补助: by use and by kind, though both divide 基本支出.
    let by_kind = match whole.0 {
        "exp.people" => matches!(part.0, "exp.wage" | "exp.family"),
        "exp.public" => matches!(part.0, "exp.goods" | "exp.capital"),
        _ => false,
    };
    by_kind || ancestors.into_iter().any(|ancestor| ancestor == whole) || !siblings
}

pub(super) fn divides_anew(passage: &Passage, at: usize) -> bool {
    passage.mentions[at].divides
}

/// Whether a mention is the first of a list that divides a total anew: by its own words, or by the heading over them.
pub(super) fn opens_division(passage: &Passage, at: usize) -> bool {
    let first = || (0..at).all(|i| !passage.is_level(i)) && !passage.mentions[at].label.is_bare();
    divides_anew(passage, at) || passage.under_division && first()
}

/// What a list divides whose whole stands elsewhere: what its first part is a part of, or all that was spent. 按经济分类 divides
/// 基本支出 as often as all of it: the one that the parts make up.
fn divided_concept(passage: &Passage, index: &Index, at: usize) -> Concept {
    let own = passage.mentions[at].label.concept.and_then(|concept| lexicon().parent(concept));
    let wholes: Vec<Concept> = own.into_iter().chain([Concept("exp.total"), Concept("exp.grand")]).collect();
    let is_made = |whole: &Concept, test: fn(&Literal, &[&Literal]) -> bool| {
        let parts: Vec<&Literal> = listed(passage, at, Some(*whole)).into_iter().map(|i| literal(passage, i)).collect();
        whole_elsewhere(passage, index, at, *whole).is_some_and(|total| test(&index.number(total).literal, &parts))
    };
    let closes = |total: &Literal, parts: &[&Literal]| is_sum(total, parts.iter().copied());
    let found = wholes.iter().find(|whole| is_made(whole, closes));
    *found.or_else(|| wholes.iter().find(|whole| is_made(whole, is_slipped_sum))).unwrap_or(&wholes[0])
}

/// 按支出性质分类：…: the total before all divisions.
fn divided(passage: &Passage, at: usize) -> Option<usize> {
    let sentence = passage.mentions[at].sentence;
    let head = passage.head(sentence).filter(|&head| head < at && !divides_anew(passage, head));
    let holds = |head: usize| literal(passage, head).base() >= literal(passage, at).base();
    let total = |head: &usize| !divides_anew(passage, *head) && !carried(passage, *head) && holds(*head);
    head.or_else(|| (0..sentence).rev().filter_map(|earlier| passage.head(earlier)).find(total))
        .filter(total)
        .filter(|&head| passage.dimension(head) == passage.dimension(at))
}

/// What is left over is no total of what was spent.
fn carried(passage: &Passage, at: usize) -> bool {
    passage.keys[at].as_ref().is_some_and(|key| key.concept.0.starts_with("carry"))
}

/// The nearest level of the concept that the first item is a part of, by the lexicon.
fn by_concept(passage: &Passage, at: usize) -> Option<usize> {
    let mention = &passage.mentions[at];
    let whole = lexicon().parent(mention.label.concept?)?;
    let near = |i: &usize| {
        mention.sentence - passage.mentions[*i].sentence <= 2 && passage.mentions[*i].depth <= mention.depth
    };
    (0..at).rev().take_while(near).find(|&i| passage.is_level(i) && passage.mentions[i].label.concept == Some(whole))
}

fn names_itself(passage: &Passage, at: usize) -> bool {
    !passage.mentions[at].label.is_bare()
}

/// 市级200万元、县级120万元（两级资金共320万元）: what a bracket says of all before it together.
fn sums_up(passage: &Passage, at: usize) -> bool {
    let words = passage.words(&passage.mentions[at].label_range);
    ["共", "共计", "合计", "总计", "累计"].iter().any(|word| words.ends_with(word)) && !triggered(passage, at)
}

fn list(passage: &Passage, _index: &Index, parent: usize, first: usize, claims: &mut Vec<Claim>) {
    let items = items(passage, first, passage.keys[parent].as_ref().map(|key| key.concept));
    let wholes = wholes(passage, parent);
    let columns: Vec<(usize, Vec<usize>)> =
        wholes.iter().map(|&whole| (whole, up_to_total(passage, whole, column(passage, whole, &items)))).collect();
    let closes = |(whole, parts): &(usize, Vec<usize>)| {
        parts.len() > 1 && is_sum(literal(passage, *whole), parts.iter().map(|&i| literal(passage, i)))
    };
    let sibling_closes = columns.iter().any(closes);
    for column in &columns {
        let (whole, parts) = column;
        if parts.is_empty() || items.iter().any(|item| item.mentions.contains(whole)) {
            continue;
        }
        if of_several(passage, *whole, parts) || overlap(passage, parts) || is_net_of(passage, *whole, parts) {
            continue;
        }
        let whole = &larger_whole(passage, *whole, parts);
        let complete = parts.len() > 1
            && (closes(column) || sibling_closes && parts.len() == items.len() || is_complete(passage, *whole, parts));
        // 收入618.42万元，其中财政拨款收入618.42元: all of it, but for the unit.
        let complete =
            complete || parts.len() == 1 && is_rescaled(literal(passage, *whole), literal(passage, parts[0]));
        let kind = if complete { ClaimKind::Breakdown } else { ClaimKind::Partial };
        let parts = if complete { parts } else { before_break(passage, *whole, parts) };
        claims.push(breakdown(passage, kind, *whole, parts));
    }
}

/// 学生520人，其中男生310人、女生210人；毕业生165人: where the parts are too many together, those before the ； that stands
/// between them for the first time.
fn before_break<'p>(passage: &Passage, whole: usize, parts: &'p [usize]) -> &'p [usize] {
    let within = |parts: &[usize]| {
        let gap = gap(literal(passage, whole), parts.iter().map(|&i| literal(passage, i)));
        gap.is_some_and(|(gap, slack)| !gap.is_negative() || gap.abs() <= slack)
    };
    let breaks = |&at: &usize| passage.words(&passage.mentions[parts[at]].gap_range).contains(['；', ';']);
    match (1..parts.len()).find(breaks) {
        Some(at) if at > 1 && !within(parts) => &parts[..at],
        _ => parts,
    }
}

/// 检测5200批次，合格5118批次；其中…: where the parts are more than the nearest number, an earlier one of the paragraph that
/// they make up is the whole.
fn larger_whole(passage: &Passage, whole: usize, parts: &[usize]) -> usize {
    let literals = || parts.iter().map(|&i| literal(passage, i));
    let too_small =
        gap(literal(passage, whole), literals()).is_some_and(|(gap, slack)| gap.is_negative() && gap.abs() > slack);
    // 发放270份，收回266份。其中…: counted things that another number of the text is made of to the last one.
    let counted = matches!(passage.dimension(whole), Dimension::Count | Dimension::People)
        && parts.len() > 2
        && !is_sum(literal(passage, whole), literals());
    if !(too_small || counted) || parts.len() < 2 {
        return whole;
    }
    let one_stage = |i: usize| passage.stage(i) == passage.stage(whole);
    let fits = |&i: &usize| {
        passage.is_level(i)
            && alike(passage, i, whole)
            && (one_stage(i) || parts.len() > 2)
            && is_sum(literal(passage, i), literals())
    };
    // 按资金来源，…: what is divided anew is the whole that one slip keeps from being their sum.
    let slips = |&i: &usize| {
        let parts: Vec<&Literal> = literals().collect();
        passage.is_level(i) && alike(passage, i, whole) && one_stage(i) && is_slipped_sum(literal(passage, i), &parts)
    };
    let divided = || if divides_anew(passage, parts[0]) { (0..parts[0]).rev().find(slips) } else { None };
    (0..parts[0]).rev().find(fits).or_else(divided).unwrap_or(whole)
}

/// 甲类88家、乙类47家（部分企业兼有两类资格）: parts that are counted twice add up to nothing.
fn overlap(passage: &Passage, parts: &[usize]) -> bool {
    let (Some(&first), Some(&last)) = (parts.first(), parts.last()) else { return false };
    let text = passage.paragraph.flow.text();
    let end = passage.mentions[last].literal.range.end;
    let tail = text[end..].find(['。', '；']).map_or(text.len(), |at| end + at);
    let words = &text[passage.mentions[first].literal.range.start..tail];
    ["重复", "兼有", "交叉", "重叠", "重合", "兼具"].iter().any(|word| words.contains(word))
}

/// 净调增60.65万元，其中调增184.40万元，调减123.75万元: what went up may well be more than what is left of it.
fn is_net_of(passage: &Passage, whole: usize, parts: &[usize]) -> bool {
    let words = |at: usize| passage.words(&passage.mentions[at].label_range);
    words(whole).contains('净') && !parts.iter().any(|&part| lowers(passage, part))
}

/// 在编88人，编外21人；其中医师37人、护士40人、其他32人: the parts are of the numbers before them together, not of the last.
fn of_several(passage: &Passage, whole: usize, parts: &[usize]) -> bool {
    let before = (0..=whole).rev().filter(|&i| passage.is_level(i) && alike(passage, i, whole));
    let before = before.take_while(|&i| passage.mentions[i].sentence == passage.mentions[whole].sentence);
    let all = parts.iter().try_fold(Exact::ZERO, |sum, &i| sum.plus(literal(passage, i).base()?));
    let Some(all) = all else { return false };
    let mut sums = before.scan(Some(Exact::ZERO), |running, i| {
        *running = running.and_then(|running| running.plus(literal(passage, i).base()?));
        Some(*running)
    });
    parts.len() > 1 && sums.nth(1).flatten() == Some(all)
}

/// The mentions of the items of a list.
pub(super) fn listed(passage: &Passage, first: usize, whole: Option<Concept>) -> Vec<usize> {
    items(passage, first, whole).into_iter().filter_map(|item| item.mentions.first().copied()).collect()
}

/// The total of a concept that a list of its parts, in another paragraph, is a list of.
fn whole_elsewhere(passage: &Passage, index: &Index, first: usize, whole: Concept) -> Option<NumberId> {
    let key = passage.keys[first].as_ref()?;
    let query = Query { entity: &Entity::Unit, concept: whole, stage: key.stage, scope: key.scope, period: key.period };
    index.find(&query, passage.mentions[first].number)
}

/// A list whose whole stands in another paragraph, where it adds up, or nearly does, or is a complete set.
pub(super) fn elsewhere(passage: &Passage, index: &Index, first: usize, whole: Concept, claims: &mut Vec<Claim>) {
    let parts = listed(passage, first, Some(whole));
    let Some(total) = whole_elsewhere(passage, index, first, whole).filter(|_| parts.len() >= 2) else { return };
    let total_literal = &index.number(total).literal;
    let literals: Vec<&Literal> = parts.iter().map(|&i| literal(passage, i)).collect();
    let concepts: Vec<Concept> =
        parts.iter().filter_map(|&i| passage.keys[i].as_ref()).map(|key| key.concept).collect();
    // 工资福利支出, 商品和服务支出…: of 基本支出, or of all that was spent.
    let by_economy = divides_anew(passage, first) && concepts.first() == Some(&Concept("exp.wage"));
    let complete = is_sum(total_literal, literals.iter().copied())
        || is_closed_set(&concepts, "") && concepts.len() == parts.len() && !by_economy
        || parts.len() >= 3 && is_slipped_sum(total_literal, &literals);
    if complete && total_literal.unit.dimension() == passage.dimension(first) {
        let roles = vec![
            (Role::Total, vec![Operand::of(total).named("合计")]),
            (Role::Items, parts.iter().map(|&i| passage.operand(i)).collect()),
        ];
        claims.push(claim(ClaimKind::Breakdown, passage.span(first, parts[parts.len() - 1]), String::new(), roles));
    }
}

fn literal<'p>(passage: &'p Passage, at: usize) -> &'p Literal {
    passage.mentions[at].literal
}

/// The items of the list that begins at `first`, parts of the concept `whole` where that is known.
fn items(passage: &Passage, first: usize, whole: Option<Concept>) -> Vec<Item> {
    let opening = &passage.mentions[first];
    let mut items: Vec<Item> = Vec::new();
    let mut nested: Option<usize> = None;
    for at in first..passage.mentions.len() {
        let mention = &passage.mentions[at];
        let goes_on = mention.sentence == opening.sentence
            || resumes(passage, first, at) && !items.iter().any(|item| names_again(passage, item, at));
        if !goes_on || mention.depth < opening.depth {
            break;
        }
        if mention.depth > opening.depth || !passage.is_level(at) || !alike(passage, at, first) {
            continue;
        }
        if at > first && (totals(passage, at) || ends_list(passage, first, at, whole)) {
            break;
        }
        if at > first && super::mention::partitions(passage.words(&mention.gap_range)) {
            break;
        }
        if at > first && (triggered(passage, at) || is_among_item(passage, &items, at)) {
            nested = Some(at);
            continue;
        }
        nested = nested.filter(|&inner| !is_sibling(passage, first, inner, at));
        if nested.is_some() {
            continue;
        }
        match items.last_mut() {
            // 一般公共预算1961.50万元，政府性基金430.00万元: the money of another scope is another item.
            Some(item) if at > first && says_only_stage(passage, at) => {
                item.mentions.push(at);
            }
            _ => items.push(Item { mentions: vec![at] }),
        }
    }
    items
}

/// 教职工612人，其中专任教师486人；专任教师中具有高级职称158人, 专任教师中：高级职称158人: what is among an item is not beside it.
fn is_among_item(passage: &Passage, items: &[Item], at: usize) -> bool {
    let words = |at: usize| passage.words(&passage.mentions[at].label_range);
    let gap = passage.words(&passage.mentions[at].gap_range).trim_end_matches(['：', ':', '，']);
    let opening = gap.rsplit(['；', ';', '，', '。']).next().unwrap_or_default().strip_suffix('中');
    let among = words(at).split_once('中').map(|(name, _)| name).or(opening);
    let name = among.unwrap_or_default().trim_start_matches(['、', '，', '；']);
    name.chars().count() >= 2 && items.iter().any(|item| words(item.mentions[0]).ends_with(name))
}

/// 水 in 大气341件、噪声288件、水107件: a name of one character, which says no stage of the item before.
fn is_short_name(passage: &Passage, at: usize) -> bool {
    let words = passage.words(&passage.mentions[at].label_range).trim_start_matches(['、', '，', '和', '及', '；']);
    words.chars().count() == 1 && passage.mentions[at].label.stage.is_none()
}

/// 预算数, 实际支出: another number of the item before it.
fn says_only_stage(passage: &Passage, at: usize) -> bool {
    let label = &passage.mentions[at].label;
    label.is_bare() && label.scope.is_none() && !is_short_name(passage, at)
}

/// Whether a list goes on after a full stop: the sentence begins with another part of the same whole.
fn resumes(passage: &Passage, first: usize, at: usize) -> bool {
    let root = |i: usize| {
        let parent = passage.mentions[i].label.concept.and_then(|concept| lexicon().parent(concept))?;
        Some(lexicon().parent(parent).unwrap_or(parent))
    };
    let adjacent = passage.mentions[at].sentence == passage.mentions[first].sentence + 1;
    let opens = at > first && passage.mentions[at - 1].sentence != passage.mentions[at].sentence;
    adjacent && opens && root(first).is_some() && root(first) == root(at)
}

/// 人员经费…、公用经费…。公用经费年初安排…: a part that was listed already is spoken of once more.
fn names_again(passage: &Passage, item: &Item, at: usize) -> bool {
    let concept = |i: usize| passage.mentions[i].label.concept;
    concept(at).is_some() && concept(item.mentions[0]) == concept(at)
}

/// Whether a mention after a nested list belongs to the outer one again: after ； or as part of the same whole.
fn is_sibling(passage: &Passage, first: usize, inner: usize, at: usize) -> bool {
    let mention = &passage.mentions[at];
    let gap = passage.words(&mention.gap_range);
    let parent = |i: usize| passage.mentions[i].label.concept.and_then(|concept| lexicon().parent(concept));
    let same_whole = parent(first).is_some() && parent(first) == parent(at) && parent(inner) != parent(at);
    gap.contains(['；', ';']) || same_whole
}

/// Whether two numbers can stand in one list: amounts, people, or things counted by the same word.
fn alike(passage: &Passage, a: usize, b: usize) -> bool {
    let counter = |at: usize| {
        passage
            .words(&passage.mentions[at].literal.range)
            .trim_start_matches(|c: char| c.is_ascii_digit() || ",.".contains(c))
    };
    match passage.dimension(a) {
        dimension if dimension != passage.dimension(b) => false,
        Dimension::Money | Dimension::People => true,
        Dimension::Count | Dimension::Area => counter(a) == counter(b),
        _ => false,
    }
}

/// Whether a mention begins something else than the next item of the list.
fn ends_list(passage: &Passage, first: usize, at: usize, whole: Option<Concept>) -> bool {
    let mention = &passage.mentions[at];
    let (label, gap) = (passage.words(&mention.label_range), passage.words(&mention.gap_range));
    let apart =
        ["另有", "另外", "此外", "还有", "另"].iter().any(|word| label.starts_with(word) || gap.ends_with(word));
    let parent = |i: usize| passage.mentions[i].label.concept.and_then(|concept| lexicon().parent(concept));
    let concept = |i: usize| passage.mentions[i].label.concept;
    let other_root = concept(at).is_some() && parent(at).is_none();
    let foreign = other_root
        && (parent(first).is_some() || concept(first).is_none() && passage.dimension(at) == Dimension::Money);
    let parents = |i: usize| std::iter::successors(parent(i), |concept| lexicon().parent(*concept));
    let above = parent(at).filter(|parent| Some(*parent) != whole);
    let outer = above.is_some_and(|whole| parents(first).skip(1).any(|ancestor| ancestor == whole));
    let people = passage.dimension(at) == Dimension::People && concept(at).is_some() && concept(first).is_none();
    let next = (at + 1..passage.mentions.len()).find(|&i| passage.is_level(i));
    let heads = gap.contains(['；', ';'])
        && next.is_some_and(|next| triggered(passage, next) && passage.dimension(at) != Dimension::Money);
    let counted = passage.dimension(at) == Dimension::Count && at > first && says_what_became(label);
    apart || foreign || outer || people || heads || counted
}

/// 整改115条, 未整改的5条, 已办结3件: what became of the things counted, not the next kind of them.
fn says_what_became(label: &str) -> bool {
    let label = label.trim_start_matches(['，', ',', '；']);
    ["整改", "完成", "办结", "已", "未", "结案", "收回", "回收", "实际", "合格", "抽查", "其余", "剩余", "通过"]
        .iter()
        .any(|word| label.starts_with(word))
}

/// The numbers of the whole: at every stage that its sentence states.
fn wholes(passage: &Passage, parent: usize) -> Vec<usize> {
    let Some(key) = passage.keys[parent].as_ref().filter(|_| passage.dimension(parent) == Dimension::Money) else {
        return vec![parent];
    };
    let sentence = passage.mentions[parent].sentence;
    let same = |i: &usize| {
        let of = passage.keys[*i].as_ref().is_some_and(|k| {
            k.entity == key.entity && k.concept == key.concept && k.period == key.period && k.scope == key.scope
        });
        // 甲剩余28万元；乙剩余34万元，其中…: of two at one stage the one before the list.
        let own = *i == parent || passage.stage(*i) != passage.stage(parent);
        passage.mentions[*i].sentence == sentence
            && passage.is_level(*i)
            && of
            && own
            && passage.dimension(*i) == passage.dimension(parent)
    };
    let found: Vec<usize> = (0..passage.mentions.len()).filter(same).collect();
    if found.is_empty() { vec![parent] } else { found }
}

/// The items' numbers at the whole's stage.
fn column(passage: &Passage, whole: usize, items: &[Item]) -> Vec<usize> {
    let stage = passage.stage(whole);
    let of = |item: &Item| {
        let exact = item.mentions.iter().copied().find(|&i| passage.stage(i).may_be(stage));
        exact.or_else(|| (item.mentions.len() == 1 && stage == Stage::Unstated).then(|| item.mentions[0]))
    };
    let found: Vec<usize> = items.iter().filter_map(of).collect();
    // 预算2800万元，分三批下达：第一批下达…: what the batches are of is said once.
    let series = items.first().is_some_and(|item| found.is_empty() && opens_series(passage, item.mentions[0]));
    if series { items.iter().map(|item| item.mentions[0]).collect() } else { found }
}

/// A list ends where its running sum reaches the total exactly: what comes after ； is another matter.
fn up_to_total(passage: &Passage, whole: usize, mut parts: Vec<usize>) -> Vec<usize> {
    let total = literal(passage, whole).base();
    let mut sum = Some(Exact::ZERO);
    for (taken, &part) in parts.iter().enumerate() {
        sum = sum.and_then(|sum| sum.plus(literal(passage, part).base()?));
        // A、B、C, of which A and B alone make the total: C is in the list all the same.
        let goes_on = |next: usize| {
            literal(passage, next).value.is_zero()
                || passage.words(&passage.mentions[next].label_range).starts_with(['、', '和', '及'])
        };
        let next_in_list = parts.get(taken + 1).is_some_and(|&next| goes_on(next));
        if taken > 0 && sum.is_some() && sum == total && !next_in_list {
            parts.truncate(taken + 1);
            break;
        }
    }
    parts
}

/// Whether a list is meant to be complete, though it does not add up.
fn is_complete(passage: &Passage, whole: usize, parts: &[usize]) -> bool {
    let concepts: Vec<Concept> =
        parts.iter().filter_map(|&i| passage.keys[i].as_ref()).map(|key| key.concept).collect();
    let text = passage.paragraph.flow.text();
    if is_closed_set(&concepts, text) && concepts.len() == parts.len() && !is_wider(passage, whole, &concepts) {
        return true;
    }
    if passage.dimension(whole) == Dimension::People && parts.iter().all(|&part| is_staff(passage, part)) {
        return true;
    }
    let words = |part: usize| passage.words(&passage.mentions[part].label_range);
    if words(parts[0]).contains("分别为") || words(parts[0]).contains("分别是") {
        return true;
    }
    // 救护车7辆、业务用车3辆、其他用车1辆: what is left over is named as well.
    let rest =
        parts.last().is_some_and(|&last| words(last).trim_start_matches(['、', '，', '；', '和']).starts_with("其他"));
    let one_list = parts[1..].iter().all(|&part| words(part).starts_with(['、', '和', '及']));
    if rest && one_list && parts.len() >= 3 {
        return true;
    }
    if shared(passage, parts) {
        return true;
    }
    let literals: Vec<&Literal> = parts.iter().map(|&i| literal(passage, i)).collect();
    let listed = parts.len() >= 3 || divides_anew(passage, parts[0]) || opens_series(passage, parts[0]);
    listed && is_slipped_sum(literal(passage, whole), &literals)
}

/// Whether the whole is more than what the parts are a set of: 人员 and 公用 make 基本支出, not 支出合计.
fn is_wider(passage: &Passage, whole: usize, parts: &[Concept]) -> bool {
    let own = passage.keys[whole].as_ref().map(|key| key.concept);
    let made = parts.first().and_then(|part| lexicon().parent(*part));
    let of_one = parts.iter().all(|part| lexicon().parent(*part) == made);
    of_one && made.and_then(|made| lexicon().parent(made)).is_some_and(|above| own == Some(above))
}

/// 行政15人, 事业46人, 退休12人: the kinds of staff that make up a headcount.
fn is_staff(passage: &Passage, at: usize) -> bool {
    let words = passage.words(&passage.mentions[at].label_range);
    let kinds = [
        "行政", "事业", "参公", "参照公务员", "工勤", "机关", "在职", "退休", "离休", "在编", "公务员", "编外", "聘用",
        "临聘", "管理岗", "专业技术岗", "专技岗", "管理人员", "专业技术人员",
    ];
    kinds.iter().any(|kind| words.contains(kind)) && words.chars().count() <= 12
}

/// Whether every part states its share and the shares make about 100 %.
fn shared(passage: &Passage, parts: &[usize]) -> bool {
    let share = |&part: &usize| {
        let at =
            (part + 1..passage.mentions.len()).find(|&i| passage.mentions[i].depth == passage.mentions[part].depth)?;
        matches!(passage.mentions[at].class, Class::Share { .. }).then(|| literal(passage, at).value)
    };
    let shares: Option<Vec<Exact>> = parts.iter().map(share).collect();
    let Some(shares) = shares else { return false };
    let sum = shares.into_iter().try_fold(Exact::ZERO, Exact::plus);
    sum.and_then(|sum| sum.minus(Exact::from(100))).is_some_and(|gap| gap.abs() <= Exact::ONE)
}

fn breakdown(passage: &Passage, kind: ClaimKind, whole: usize, parts: &[usize]) -> Claim {
    let people = passage.dimension(whole) == Dimension::People;
    let kind = if people && kind == ClaimKind::Breakdown { ClaimKind::Headcount } else { kind };
    let adjusts = passage.mentions[whole].label.stage == Some(Stage::Adjustment);
    let item = |&i: &usize| Operand { negative: adjusts && lowers(passage, i), ..passage.operand(i) };
    let roles = vec![(Role::Total, vec![passage.operand(whole)]), (Role::Items, parts.iter().map(item).collect())];
    let (first, last) = (whole.min(parts[0]), whole.max(*parts.last().expect("a list has items")));
    claim(kind, passage.span(first, last), passage.name(whole), roles)
}

/// 调整净增加20万元，其中甲调减5万元、乙新增25万元: a part that lowers the whole.
fn lowers(passage: &Passage, at: usize) -> bool {
    let words = passage.words(&passage.mentions[at].label_range);
    ["调减", "追减", "核减", "压减", "减少", "收回"].iter().any(|word| words.contains(word))
}

/// A、B，合计z: a total after its items.
fn totals(passage: &Passage, at: usize) -> bool {
    let words = passage.words(&passage.mentions[at].label_range);
    ["合计", "共计", "总计", "合计为", "共计为", "总计为"].contains(&words)
}

/// 在职24人，退休31人，共有人员55人
fn sums_up_people(passage: &Passage, at: usize) -> bool {
    let words = passage.words(&passage.mentions[at].label_range);
    passage.dimension(at) == Dimension::People
        && passage.mentions[at].label.concept == Some(Concept("hc.total"))
        && words.contains('共')
}

/// The items before a total.
pub(super) fn trailing_total(passage: &Passage, at: usize) -> Option<Vec<usize>> {
    let mention = &passage.mentions[at];
    if !totals(passage, at) && !sums_up_people(passage, at) {
        return None;
    }
    let item =
        |i: &usize| passage.is_level(*i) && passage.mentions[*i].depth == mention.depth && alike(passage, *i, at);
    // 按功能…，合计a；按性质…，合计b: the second total is of what stands between.
    let after = (0..at).rev().find(|&i| totals(passage, i)).map_or(0, |before| before + 1);
    let items: Vec<usize> =
        (after..at).filter(|&i| passage.mentions[i].sentence == mention.sentence).filter(item).collect();
    let people = passage.dimension(at) == Dimension::People;
    let quota = |i: usize| passage.mentions[i].label.concept == Some(Concept("hc.quota"));
    let items: Vec<usize> = items.into_iter().filter(|&i| !(people && quota(i))).collect();
    let items = counted_items(passage, at, items)?;
    (items.len() >= 2 && items.iter().all(|&i| names_itself(passage, i))).then_some(items)
}

/// 前两项合计, 后三项合计: of the items before a total only as many as it says.
fn counted_items(passage: &Passage, at: usize, items: Vec<usize>) -> Option<Vec<usize>> {
    let said = at.checked_sub(1).map(|said| &passage.mentions[said]);
    let label = said.map_or("", |said| passage.words(&said.label_range));
    let Some(said) = said.filter(|_| label.ends_with(['前', '后'])) else { return Some(items) };
    let number = usize::try_from(said.literal.value.mantissa()).ok().filter(|_| said.literal.places == 0)?;
    let items: Vec<usize> = items.into_iter().filter(|&i| i + 1 < at).collect();
    if label.ends_with('前') {
        items.get(..number).map(<[usize]>::to_vec)
    } else {
        items.get(items.len().checked_sub(number)?..).map(<[usize]>::to_vec)
    }
}

/// The whole and its parts each say by how much they changed: the changes add up as well.
fn changes(passage: &Passage, at: usize, claims: &mut Vec<Claim>) {
    let Some(parent) = opened_by(passage, at) else { return };
    let changed = |level: usize| {
        let next = (level + 1..passage.mentions.len()).take_while(|&i| !passage.is_level(i)).find(|&i| {
            matches!(passage.mentions[i].class, Class::Change { base: Some(super::mention::Base::Prior), .. })
                && passage.subject(i) == Some(level)
        })?;
        let Class::Change { down, .. } = passage.mentions[next].class else { return None };
        Some(Operand { negative: down, ..passage.operand(next) }.named(passage.name(level)))
    };
    let items = list_over_sentences(passage, at);
    let concepts: Vec<Concept> =
        items.iter().filter_map(|&i| passage.keys[i].as_ref()).map(|key| key.concept).collect();
    let parts: Option<Vec<Operand>> = items.iter().map(|&i| changed(i)).collect();
    let (Some(total), Some(parts)) = (changed(parent), parts) else { return };
    let closes = is_sum(literal(passage, parent), items.iter().map(|&i| literal(passage, i)));
    if parts.len() < 2 || !(closes || is_closed_set(&concepts, passage.paragraph.flow.text())) {
        return;
    }
    let last = *items.last().expect("a list has items");
    claims.push(claim(
        ClaimKind::ChangeBreakdown,
        passage.span(parent, last),
        passage.name(parent),
        vec![(Role::Total, vec![total]), (Role::Items, parts)],
    ));
}

/// The items of a list that may go on after full stops: named levels of the same depth and stage.
fn list_over_sentences(passage: &Passage, first: usize) -> Vec<usize> {
    let opening = &passage.mentions[first];
    (first..passage.mentions.len())
        .filter(|&i| {
            passage.is_level(i)
                && passage.mentions[i].depth == opening.depth
                && passage.dimension(i) == passage.dimension(first)
        })
        .filter(|&i| names_itself(passage, i) && passage.stage(i) == passage.stage(first))
        .collect()
}
