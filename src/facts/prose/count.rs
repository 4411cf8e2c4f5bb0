//! 内设股室4个，分别为A、B、C、D: what is counted against what is listed.

use std::sync::LazyLock;

use super::{Passage, claim, record};
use crate::document::words::Finder;
use crate::document::{Document, MarkerStyle, Unit};
use crate::facts::{Claim, ClaimKind, Operand, OperandKind, Role};
use crate::source::{FlowRange, Span};

/// Items listed in one stretch of text: how many at least and at most (和 may join two items or stand inside one).
struct Listed {
    least: u32,
    most: u32,
    open: bool,
    items: Vec<FlowRange>,
}

/// Counts with their lists in one paragraph.
pub(super) fn read(passage: &Passage, claims: &mut Vec<Claim>) {
    for at in 0..passage.mentions.len() {
        if !counts(passage, at) {
            continue;
        }
        let after = announces(passage, at).then(|| ordinals(passage, at).or_else(|| listed_after(passage, at)));
        let found = after.flatten().or_else(|| listed_before(passage, at));
        if let Some(listed) = found {
            claims.push(count(passage, at, &listed));
        }
    }
}

fn counts(passage: &Passage, at: usize) -> bool {
    let literal = passage.mentions[at].literal;
    let hedged = literal.hedge != crate::document::Hedge::None;
    literal.unit == Unit::Counter && literal.places == 0 && !hedged
}

/// As much of what follows a count as can lie before its list, with the words that announce it.
fn opening(text: &str) -> &str {
    &text[..text.floor_char_boundary(48)]
}

/// Whether a list may be announced after a count at all.
fn announces(passage: &Passage, at: usize) -> bool {
    static WORDS: LazyLock<Finder> = LazyLock::new(|| Finder::new(["一是", "分别", "即", "包括", "（"]));
    WORDS.any(opening(&passage.paragraph.flow.text()[passage.mentions[at].literal.range.end..]))
}

/// 5项：一是…；二是…
fn ordinals(passage: &Passage, at: usize) -> Option<Listed> {
    let text = passage.paragraph.flow.text();
    let end = passage.mentions[at].literal.range.end;
    let tail = opening(&text[end..]);
    let announced = tail
        .find("一是")
        .filter(|&gap| gap <= 36 && tail[..gap].trim_end_matches(['，', '。']).ends_with(['：', ':']))?;
    let mut items = Vec::new();
    let mut from = end + announced;
    for word in ["一是", "二是", "三是", "四是", "五是", "六是", "七是", "八是", "九是", "十是"] {
        let limit =
            text[from..].find("一是").filter(|&next| next > 0 && word != "一是").map_or(text.len(), |next| from + next);
        match text[from..limit].find(word) {
            Some(found) => {
                items.push(from + found..from + found + word.len());
                from += found + word.len();
            }
            None if items.is_empty() => return None,
            None => {}
        }
    }
    let number = items.len() as u32;
    (number >= 2).then_some(Listed { least: number, most: number, open: false, items })
}

/// 4个，分别为A、B、C、D; 三个事业单位（A、B、C）; 8个股室，即A、B…
fn listed_after(passage: &Passage, at: usize) -> Option<Listed> {
    let text = passage.paragraph.flow.text();
    let end = passage.mentions[at].literal.range.end;
    let tail = &text[end..];
    let stops = ['。', '；', ';'];
    let near = opening(tail).split(stops).next().unwrap_or_default();
    let (from, close) = ["分别为", "分别是", "即", "包括", "分别"]
        .iter()
        .find_map(|word| near.find(word).filter(|&at| at <= 30).map(|at| (at + word.len(), None)))
        .or_else(|| {
            let kinds = stands_for_kinds(&text[passage.mentions[at].literal.range.clone()]);
            near.find('（').filter(|&at| at <= 24 && !kinds).map(|at| (at + '（'.len_utf8(), Some('）')))
        })?;
    let tail = &tail[..tail.find(stops).unwrap_or(tail.len())];
    let between = tail[..from].trim_end_matches(['（', '：', ':']);
    let between = ["分别为", "分别是", "即", "包括", "分别"]
        .iter()
        .find_map(|word| between.strip_suffix(word))
        .unwrap_or(between);
    if between.trim_end_matches('，').contains(|c: char| c.is_ascii_digit() || "，、；".contains(c)) {
        return None;
    }
    let rest = tail[from..].trim_start_matches(['：', ':']);
    let rest = close.and_then(|close| rest.find(close)).map_or(rest, |close| &rest[..close]);
    let rest = &rest[..rest.find(['，', ',', '（']).filter(|_| close.is_none()).unwrap_or(rest.len())];
    items(text, rest)
}

/// 4辆（洒水车、垃圾清运车）: a bracket behind single things of a kind lists the kinds.
fn stands_for_kinds(printed: &str) -> bool {
    ["辆", "台", "套", "件", "人", "名", "头", "株", "张", "把", "只", "次", "场", "台套", "件套"]
        .iter()
        .any(|counter| printed.trim_start_matches(|c: char| c.is_ascii_digit() || c == ',').starts_with(counter))
}

/// 下设A、B、C五个科室; 从数量、质量、时效三个方面
fn listed_before(passage: &Passage, at: usize) -> Option<Listed> {
    let text = passage.paragraph.flow.text();
    let start = passage.mentions[at].literal.range.start;
    let head = &text[..start];
    let clause = &head[head
        .rfind(['。', '；', '，', '：', ';', ',', '）', '（'])
        .map_or(0, |at| at + head[at..].chars().next().map_or(0, char::len_utf8))..];
    if !clause.contains('、') {
        return None;
    }
    let verbs = ["下设", "内设", "设有", "设立", "包括", "涵盖", "从", "分为"];
    let from = verbs.iter().filter_map(|verb| clause.find(verb).map(|at| at + verb.len())).min()?;
    let listed = &clause[from..];
    // 设立数量、质量、时效指标共18项: indicators of these kinds, not the kinds.
    let after = &text[passage.mentions[at].literal.range.end..];
    let of_kinds = ["数量", "质量", "时效"].iter().any(|kind| listed.contains(kind));
    if of_kinds && !["方面", "维度", "类", "个方面", "个维度"].iter().any(|word| after.starts_with(word)) {
        return None;
    }
    (listed.contains('、')).then(|| items(text, listed)).flatten()
}

/// Splits a list of names. `names` is a part of `text`.
fn items(text: &str, names: &str) -> Option<Listed> {
    let open = names.contains('等') || names.contains("以及其他");
    let names = names.split('等').next().unwrap_or(names);
    let offset = names.as_ptr() as usize - text.as_ptr() as usize;
    let mut items = Vec::new();
    let mut from = 0;
    for part in names.split('、') {
        items.push(offset + from..offset + from + part.len());
        from += part.len() + '、'.len_utf8();
    }
    let short = items
        .iter()
        .all(|item| (1..=90).contains(&item.len()) && !text[item.clone()].contains(|c: char| c.is_ascii_digit()));
    let joints = joints(text, &items);
    let least = items.len() as u32;
    (least >= 2 && short).then_some(Listed { least, most: least + joints as u32, open, items })
}

/// How many 和, 及, 与 may join two names: where the names end alike (股, 科, 站), only between two that do.
fn joints(text: &str, items: &[FlowRange]) -> usize {
    let end = |name: &str| name.chars().next_back();
    let ends: Vec<Option<char>> = items.iter().map(|item| end(&text[item.clone()])).collect();
    let common = ends
        .iter()
        .copied()
        .find(|last| ends.iter().filter(|other| *other == last).count() * 3 >= ends.len() * 2)
        .flatten();
    let joins = |item: &FlowRange| {
        let name = &text[item.clone()];
        let parts: Vec<&str> = name.split(['和', '及', '与']).collect();
        let splits = parts[..parts.len() - 1].iter().filter(|part| common.is_none() || end(part) == common);
        splits.count()
    };
    items.iter().map(joins).sum()
}

fn count(passage: &Passage, at: usize, listed: &Listed) -> Claim {
    let spans = listed.items.iter().map(|item| passage.paragraph.flow.span(item.clone())).collect();
    claim_of(passage, at, listed.least, listed.most, listed.open, spans)
}

fn claim_of(passage: &Passage, at: usize, least: u32, most: u32, open: bool, items: Vec<Span>) -> Claim {
    let stated = passage.mentions[at].literal.value;
    let within = (least..=most).find(|n| crate::exact::Exact::from(*n) == stated);
    let reached = open && crate::exact::Exact::from(least) <= stated;
    let count = match within {
        Some(n) => n,
        None if reached => u32::try_from(stated.mantissa()).unwrap_or(least),
        None => least,
    };
    let listed = Operand { kind: OperandKind::Counted { count, items }, negative: false, name: "列出".into() };
    let roles = vec![(Role::Stated, vec![passage.operand(at)]), (Role::Listed, vec![listed])];
    claim(ClaimKind::Count, passage.span(at, at), passage.name(at), roles)
}

/// 具体六个项目如下： and the numbered paragraphs after it.
pub(super) fn read_lists(document: &Document, passages: &[Passage], claims: &mut Vec<Claim>) {
    for (before, items) in record::announced_lists(document) {
        let Some(passage) = passages.iter().find(|passage| passage.block == before) else { continue };
        let Some(at) = (0..passage.mentions.len()).rev().find(|&at| counts(passage, at) && counts_list(passage, at))
        else {
            continue;
        };
        let spans: Vec<Span> = items.iter().map(|&(_, span)| span).collect();
        let number = spans.len() as u32;
        let numbered = items.iter().all(|(style, _)| *style != MarkerStyle::Attachment);
        if number >= 2 && numbered {
            claims.push(claim_of(passage, at, number, number, false, spans));
        }
    }
}

/// Whether a count is of the things listed below: 六个项目如下, 专项资金共4个，具体情况如下
fn counts_list(passage: &Passage, at: usize) -> bool {
    let text = passage.paragraph.flow.text();
    let mention = &passage.mentions[at];
    let things = ["项目", "专项", "任务", "问题", "措施", "目标", "方面", "指标"];
    let after: String = text[mention.literal.range.end..].chars().take(6).collect();
    let before = passage.words(&mention.label_range).trim_end_matches(['共', '有', '为', '计', '设']);
    let near =
        |thing: &&str| after.contains(*thing) || before.ends_with(*thing) || before.ends_with(&format!("{thing}资金"));
    let sentence = passage.paragraph.sentences.last().map(|s| s.range.clone());
    let last = sentence.is_some_and(|range| range.contains(&mention.literal.range.start));
    let announced = text.ends_with('：') || text.ends_with(':') || text.contains("如下");
    (last || text.ends_with('：')) && things.iter().any(near) && announced
}
