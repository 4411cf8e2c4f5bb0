//! 占总支出52.57%: shares, and the shares of one whole together.

use super::breakdown::{divides_anew, opened_by};
use super::mention::Class;
use super::{Passage, claim, looked_up};
use crate::document::literal::Dimension;
use crate::exact::Exact;
use crate::facts::fit::{is_at_ratio, is_ratio};
use crate::facts::index::{Index, Query};
use crate::facts::label::Label;
use crate::facts::slip::is_slipped_ratio;
use crate::facts::{Claim, ClaimKind, Concept, Entity, Key, Measure, NumberId, Role, Scope, Stage, lexicon};

/// A part, its share, and the words for the whole.
type Listed = (usize, usize, String);

/// The shares of a passage.
pub(super) fn read(passage: &Passage, index: &Index, claims: &mut Vec<Claim>) {
    let mut listed: Vec<Listed> = Vec::new();
    for at in 0..passage.mentions.len() {
        let Class::Share { whole } = &passage.mentions[at].class else { continue };
        let label = passage.words(&passage.mentions[at].label_range);
        let several = ["前者", "后者", "两者", "二者", "三者", "合计占", "共占", "共计占", "之和占"];
        if several.iter().any(|word| label.contains(word)) {
            continue;
        }
        let Some(part) = passage.subject(at) else { continue };
        if distributes(passage, part, at) || names_other(passage, part, label) || is_of_part(passage, part, label) {
            continue;
        }
        let words = passage.words(whole);
        // 占户籍人口71504人的39.6%: the number that stands between.
        let printed = at.checked_sub(1).filter(|&i| {
            label == "的"
                && matches!(passage.mentions[i].class, Class::Reference(_))
                && passage.mentions[i].sentence == passage.mentions[at].sentence
        });
        if let Some(whole) = printed.filter(|&i| passage.dimension(i) == passage.dimension(part)) {
            let roles = vec![
                (Role::Part, vec![passage.operand(part)]),
                (Role::Whole, vec![passage.operand(whole).named("整体")]),
                (Role::Share, vec![passage.operand(at).named("占比")]),
            ];
            claims.push(claim(ClaimKind::Share, passage.span(part, at), passage.name(part), roles));
            continue;
        }
        let found = whole_of(passage, index, part, at, words).map(|whole| fitting(passage, index, part, at, whole));
        if let Some(whole) = found.filter(|whole| comparable(index, passage, part, *whole)) {
            let roles = vec![
                (Role::Part, vec![passage.operand(part)]),
                (Role::Whole, looked_up(Some(whole), "整体")),
                (Role::Share, vec![passage.operand(at).named("占比")]),
            ];
            claims.push(claim(ClaimKind::Share, passage.span(part, at), passage.name(part), roles));
        }
        listed.push((part, at, words.to_owned()));
    }
    respectively(passage, index, claims);
    together(passage, &listed, claims);
}

/// 发放240份，收回228份，满意的214份，占93.86%: of the counts before the part, the one that the share is of.
fn fitting(passage: &Passage, index: &Index, part: usize, at: usize, whole: NumberId) -> NumberId {
    let literal = |i: usize| passage.mentions[i].literal;
    let fits = |whole: &crate::document::Literal| is_ratio(literal(part), whole, literal(at));
    let counted = matches!(passage.dimension(part), Dimension::Count | Dimension::People);
    if !counted || fits(&index.number(whole).literal) {
        return whole;
    }
    let near = |i: &usize| passage.mentions[at].sentence - passage.mentions[*i].sentence <= 1;
    let other = (0..part)
        .rev()
        .take_while(near)
        .find(|&i| passage.is_level(i) && passage.dimension(i) == passage.dimension(part) && fits(literal(i)));
    other.map_or(whole, |i| passage.mentions[i].number)
}

fn comparable(index: &Index, passage: &Passage, part: usize, whole: NumberId) -> bool {
    index.number(whole).literal.unit.dimension() == passage.dimension(part) && whole != passage.mentions[part].number
}

/// The number of the whole: what its words name, else the whole that the part belongs to, else the level that the
/// sentence begins with.
fn whole_of(passage: &Passage, index: &Index, part: usize, at: usize, words: &str) -> Option<NumberId> {
    let key = passage.keys[part].as_ref()?;
    let (of, near) = (passage.mentions[part].number, passage.mentions[at].number);
    let label = Label::read(words, &[]);
    if let Some(concept) = label.concept.or_else(|| names_all(words).then_some(Concept("exp.total"))) {
        let head = || enclosing_head(passage, part, at, 1).filter(|_| concept.0 == "exp.total");
        let named = named_whole(index, (key, of), concept, label.scope, near).or_else(head);
        let fits = |whole: &NumberId| fits(index, passage, part, *whole, at);
        if concept.0 != "exp.total" || named.as_ref().is_some_and(fits) {
            return named;
        }
        // 公务接待费…，占总支出决算的12%: under 三公 the total is often theirs.
        let above = std::iter::successors(lexicon().parent(key.concept), |concept| lexicon().parent(*concept));
        let mut wholes = above.filter_map(|parent| named_whole(index, (key, of), parent, None, near));
        return wholes.find(fits).or(named);
    }
    if !words.is_empty() && !label.item.is_empty() {
        let called = index.called(words, near).filter(|whole| comparable(index, passage, part, *whole));
        return called.filter(|whole| is_meant(index, passage, [part, at], *whole));
    }
    // 授予中小企业240万元，…其中小微企业150万元，占62.5%
    if let Some(whole) = opened_by(passage, part).filter(|&whole| encloses(passage, whole, part)) {
        return Some(passage.mentions[whole].number);
    }
    let announced = passage
        .announced(passage.mentions[at].sentence)
        .and_then(|label| named_whole(index, (key, of), label.concept?, label.scope, near));
    announced.or_else(|| enclosing_head(passage, part, at, 1)).or_else(|| {
        let parent = lexicon().parent(key.concept).and_then(|parent| named_whole(index, (key, of), parent, None, near));
        parent.or_else(|| enclosing_head(passage, part, at, 3))
    })
}

/// Whether a share is that of a whole, or a slip of the pen for it.
fn is_meant(index: &Index, passage: &Passage, [part, share]: [usize; 2], whole: NumberId) -> bool {
    let [part, whole] = [passage.mentions[part].literal, &index.number(whole).literal];
    let stated = passage.mentions[share].literal;
    is_ratio(part, whole, stated) || is_slipped_ratio(part, whole, stated)
}

fn fits(index: &Index, passage: &Passage, part: usize, whole: NumberId, share: usize) -> bool {
    let literal = |at: usize| passage.mentions[at].literal;
    is_ratio(literal(part), &index.number(whole).literal, literal(share))
}

/// The first level of the sentence, or of one of those `back` before, that can be the part's whole and is no part itself.
fn enclosing_head(passage: &Passage, part: usize, at: usize, back: usize) -> Option<NumberId> {
    let sentence = passage.mentions[at].sentence;
    let heads = (sentence.saturating_sub(back)..=sentence).rev().filter_map(|sentence| passage.head(sentence));
    let whole = heads.into_iter().find(|&head| {
        head < part && !has_share(passage, head) && !divides_anew(passage, head) && encloses(passage, head, part)
    });
    whole.map(|head| passage.mentions[head].number)
}

/// Whether a level states its own share of something, before the next level.
fn has_share(passage: &Passage, level: usize) -> bool {
    let depth = passage.mentions[level].depth;
    let until_next = |i: &usize| !(passage.is_level(*i) && passage.mentions[*i].depth <= depth);
    (level + 1..passage.mentions.len())
        .take_while(until_next)
        .any(|i| matches!(passage.mentions[i].class, Class::Share { .. }) && passage.subject(i) == Some(level))
}

fn names_all(words: &str) -> bool {
    ["支出", "全部支出", "总额"].contains(&words)
}

/// The whole at the part's stage: of the named scope, of the part's own, or of all funds.
fn named_whole(
    index: &Index,
    (key, part): (&Key, NumberId),
    concept: Concept,
    scope: Option<Scope>,
    near: NumberId,
) -> Option<NumberId> {
    let scopes = [scope, Some(key.scope), Some(Scope::Unstated), Some(Scope::All)];
    let at = |concept| {
        scopes.into_iter().flatten().find_map(|scope| {
            let query = Query { entity: &Entity::Unit, concept, stage: key.stage, scope, period: key.period };
            index.find(&query, near).filter(|whole| *whole != part)
        })
    };
    // A report on one project calls its whole 项目总支出.
    at(concept).or_else(|| at(Concept("exp.total")).filter(|_| concept.0 == "exp.project" && is_of_project(index)))
}

/// Whether the report is on one project: it never speaks of 基本支出, or not of 项目支出.
fn is_of_project(index: &Index) -> bool {
    !index.knows(Concept("exp.project")) || !index.knows(Concept("exp.basic"))
}

/// Whether the first level of a sentence is larger than the part, as a whole must be (a share above 100 % is another rule's).
fn encloses(passage: &Passage, head: usize, part: usize) -> bool {
    let value = |i: usize| passage.mentions[i].literal.base();
    passage.dimension(head) == passage.dimension(part)
        && value(head) >= value(part)
        && passage.stage(head) == passage.stage(part)
}

/// 货物采购授予中小企业金额占货物支出的88%: the share names its own part, which is not the number before it.
fn names_other(passage: &Passage, part: usize, label: &str) -> bool {
    let name = label.rfind('占').map_or("", |at| crate::facts::label::trim_edges(&label[..at]));
    let before = passage.words(&passage.mentions[part].label_range);
    let concept = Label::read(name, &[]).concept;
    name.chars().count() >= 4
        && !before.contains(name)
        && !(concept.is_some() && concept == passage.mentions[part].label.concept)
}

/// 医疗收入中药品收入7576.66万元，药占比29.00%: of what its own words name first, which is no whole of the sentence.
fn is_of_part(passage: &Passage, part: usize, label: &str) -> bool {
    let words = passage.words(&passage.mentions[part].label_range);
    let over = words.split_once('中').map_or("", |(over, _)| over);
    let whole = ["收入", "支出", "资金", "经费", "费用", "投资"].iter().any(|end| over.ends_with(end));
    whole && !label.starts_with('占') && Label::read(over, &[]).concept.is_none()
}

/// Whether the part before a share is the last of several that share one predicate: 分别为a、b，分别占p、q
fn distributes(passage: &Passage, part: usize, at: usize) -> bool {
    passage.words(&passage.mentions[at].label_range).contains("分别")
        || passage.words(&passage.mentions[part].label_range).is_empty()
}

/// 货物、工程、服务分别为a、b、c，分别占p、q、r: aligned by order.
fn respectively(passage: &Passage, index: &Index, claims: &mut Vec<Claim>) {
    for at in 0..passage.mentions.len() {
        let Class::Share { whole } = &passage.mentions[at].class else { continue };
        if !passage.words(&passage.mentions[at].label_range).contains("分别") {
            continue;
        }
        let shares = run(passage, at, Dimension::Ratio);
        let Some(parts) = parts_before(passage, at).filter(|parts| parts.len() == shares.len()) else { continue };
        let words = passage.words(whole);
        let head = passage.head(passage.mentions[at].sentence).filter(|head| *head < parts[0]);
        let named = whole_of(passage, index, parts[0], at, words);
        let Some(whole) = named.or(head.map(|head| passage.mentions[head].number)) else { continue };
        for (&part, &share) in parts.iter().zip(&shares) {
            let roles = vec![
                (Role::Part, vec![passage.operand(part)]),
                (Role::Whole, looked_up(Some(whole), "整体")),
                (Role::Share, vec![passage.operand(share).named("占比")]),
            ];
            claims.push(claim(ClaimKind::Share, passage.span(part, share), String::new(), roles));
        }
        let all = shares.iter().map(|&share| passage.operand(share)).collect();
        claims.push(claim(
            ClaimKind::ShareList,
            passage.span(parts[0], *shares.last().expect("a run is not empty")),
            String::new(),
            vec![(Role::Shares, all)],
        ));
    }
}

/// The mentions from `at` on that only 、 and 和 separate.
pub(super) fn run(passage: &Passage, at: usize, dimension: Dimension) -> Vec<usize> {
    let joined = |i: &usize| {
        *i == at
            || ["", "、", "和", "及", "，", "与"].contains(&passage.words(&passage.mentions[*i].label_range))
                && passage.words(&passage.mentions[*i].gap_range).chars().count() <= 1
    };
    (at..passage.mentions.len()).take_while(|i| joined(i) && passage.dimension(*i) == dimension).collect()
}

/// The values of the respectively-list right before `at`.
fn parts_before(passage: &Passage, at: usize) -> Option<Vec<usize>> {
    let start = (0..at).rev().find(|&i| passage.words(&passage.mentions[i].label_range).contains("分别"))?;
    let parts = run(passage, start, Dimension::Money);
    (parts.last() == Some(&(at - 1))).then_some(parts)
}

/// The shares of one list, where its parts make up the whole or nearly do.
fn together(passage: &Passage, listed: &[Listed], claims: &mut Vec<Claim>) {
    let mut from = 0;
    while from < listed.len() {
        let sentence = |i: usize| passage.mentions[listed[i].1].sentence;
        let goes_on = |&i: &usize| listed[i].2 == listed[from].2 && sentence(i) == sentence(from);
        let end = (from..listed.len()).find(|i| !goes_on(i)).unwrap_or(listed.len());
        let group = &listed[from..end];
        // Three are few: what each is of says more, where that is known.
        let told = |(_, at, _): &Listed| {
            let share = passage.mentions[*at].number;
            claims.iter().rev().take(group.len()).any(|known| known.numbers().any(|number| number == share))
        };
        let sums = || of_their_sum(passage, group) && (group.len() > 3 || !group.iter().any(told));
        if group.len() >= 2 && (nearly_all(passage, group) || sums()) {
            let all = group.iter().map(|(part, at, _)| passage.operand(*at).named(passage.name(*part))).collect();
            let span = passage.span(group[0].0, group[group.len() - 1].1);
            claims.push(claim(ClaimKind::ShareList, span, String::new(), vec![(Role::Shares, all)]));
        }
        from = end;
    }
}

/// 优398个，占68.5%；良142个，占24.4%；…: whether all shares but at most one are of what the parts make together.
fn of_their_sum(passage: &Passage, group: &[Listed]) -> bool {
    let base = |(part, _, _): &Listed| passage.mentions[*part].literal.base();
    let all = group.iter().try_fold(Exact::ZERO, |sum, listed| sum.plus(base(listed)?));
    let of_all = |listed: &&Listed| {
        let share = passage.mentions[listed.1].literal;
        base(listed).zip(all).is_some_and(|(part, all)| is_at_ratio(part, all, share))
    };
    let one_kind = group
        .windows(2)
        .all(|pair| pair[0].0 != pair[1].0 && passage.dimension(pair[0].0) == passage.dimension(pair[1].0));
    let fitting = group.iter().filter(of_all).count();
    one_kind && group.len() >= 3 && fitting + 1 >= group.len()
}

/// Whether the shares together are near enough to 100 % to be meant as all, or are a closed set of the lexicon.
fn nearly_all(passage: &Passage, group: &[Listed]) -> bool {
    let distinct = group.windows(2).all(|pair| pair[0].0 != pair[1].0);
    let sum = group.iter().try_fold(Exact::ZERO, |sum, (_, at, _)| sum.plus(passage.mentions[*at].literal.value));
    let hundred = Exact::from(100);
    let half = Exact::new(5, 1).expect("0.5 is a decimal");
    let near = sum.and_then(|sum| sum.minus(hundred)).is_some_and(|gap| gap.abs() <= half);
    let concepts: Vec<&str> =
        group.iter().filter_map(|(part, _, _)| passage.keys[*part].as_ref()).map(|key| key.concept.0).collect();
    let closed = concepts.contains(&"exp.basic") && concepts.contains(&"exp.project")
        || concepts.contains(&"exp.people") && concepts.contains(&"exp.public");
    let levels = group.iter().all(|(part, _, _)| {
        passage.keys[*part].as_ref().is_some_and(|key| key.measure == Measure::Level && key.stage != Stage::Unstated)
    });
    distinct && levels && (near || closed && group.len() == 2)
}
