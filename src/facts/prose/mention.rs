//! The numbers of a paragraph with the words before them, each told apart by what it says.

use std::sync::LazyLock;

use crate::document::literal::Dimension;
use crate::document::words::{Finder, Words};
use crate::document::{Literal, LiteralKind, Paragraph};
use crate::facts::label::Label;
use crate::facts::{Measure, NumberId, Stage};
use crate::source::FlowRange;

/// A number of running text with the words that lead to it.
#[derive(Clone, Debug)]
pub(super) struct Mention<'d> {
    pub(super) number: NumberId,
    pub(super) literal: &'d Literal,
    /// Index of the sentence within its paragraph.
    pub(super) sentence: usize,
    /// How many brackets are open around it.
    pub(super) depth: u8,
    pub(super) label_range: FlowRange,
    /// The words before it, read.
    pub(super) label: Label,
    /// The words between the mention before it and its label: clauses without numbers.
    pub(super) gap_range: FlowRange,
    /// These words or the label divide a total anew: 按功能分类.
    pub(super) divides: bool,
    pub(super) class: Class,
}

/// What a mention says about its subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// 项目支出449万元: how much it is.
    Level,
    /// 比上年的11515.14万元: what it is compared with.
    Reference(Base),
    /// 减少67.67万元: by how much it changed.
    Change { down: bool, base: Option<Base> },
    /// 下降35.58%: by what share it changed.
    Growth { down: bool, base: Option<Base> },
    /// 占总支出52.57%, with the words for the whole.
    Share { whole: FlowRange },
    /// 执行率83.11%, 完成年初预算的98.84%, with the stage of its base where it is named.
    Rate { stage: Option<Stage>, named: bool },
    /// 得23.5分
    Score,
    /// （25分）
    Weight,
    /// 每人每月补助800元
    Price,
    /// 人均100元
    Average,
    /// Nothing that can be said.
    Other,
}

/// What a change is measured against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Base {
    Prior,
    /// 比年初: what there was when the period began.
    Opening,
    /// A budget: the stage, where it is named.
    Budget(Stage),
    /// 比计划的168公里, 较控制价8.5万元: what was aimed at.
    Plan,
}

/// The mentions of a paragraph, in order. `id` finds a literal's number.
pub(super) fn mentions<'d>(paragraph: &'d Paragraph, id: impl Fn(&Literal) -> Option<NumberId>) -> Vec<Mention<'d>> {
    let text = paragraph.flow.text();
    let mut found: Vec<Mention<'d>> = Vec::new();
    for (sentence, range) in paragraph.sentences.iter().map(|sentence| sentence.range.clone()).enumerate() {
        let mut from = range.start;
        let mut brackets = Brackets { depth: 0, read_to: range.start };
        for literal in paragraph.literals_in(&range) {
            if literal.kind != LiteralKind::Measure {
                continue;
            }
            let Some(number) = id(literal) else { continue };
            let start = label_start(text, from, literal.range.start);
            let label_range = start..literal.range.start;
            let dates = dates_in(paragraph, &label_range);
            let words = &text[label_range.clone()];
            let label = Label::read(words, &dates);
            let depth = brackets.depth_at(text, literal.range.start);
            let class = classify(text, literal, &label_range, &label, depth);
            let gap_range = from..start;
            let divides = partitions(&text[gap_range.clone()]) || partitions(words);
            found.push(Mention { number, literal, sentence, depth, label_range, label, gap_range, divides, class });
            if !stands_in_name(text, literal, range.end) {
                from = literal.range.end;
            }
        }
    }
    reread(text, &mut found);
    found
}

/// Tells apart what only the neighbours tell: 由132项减少到118项, 分别得9.55、48.2分
fn reread(text: &str, mentions: &mut [Mention]) {
    for at in 0..mentions.len() {
        let words = &text[mentions[at].label_range.clone()];
        let reached = mentions.get(at + 1).is_some_and(|next| is_reached(&text[next.label_range.clone()]));
        if reached && words.ends_with(['由', '从']) {
            mentions[at].class = Class::Reference(Base::Prior);
        }
        // 3200—4500元: neither end is what it is.
        let ranged = at > 0
            && ["—", "－", "-", "~", "～", "至", "——", "–"].contains(&words)
            && mentions[at].gap_range.is_empty()
            && !text[mentions[at - 1].label_range.clone()].ends_with(['由', '从']);
        if ranged && !matches!(mentions[at - 1].class, Class::Reference(_)) {
            mentions[at - 1].class = Class::Other;
            mentions[at].class = Class::Other;
        }
        let scored = words.ends_with('得') && matches!(mentions[at].class, Class::Level);
        let goes_on = at > 0 && mentions[at - 1].class == Class::Score && ["、", "和", "及"].contains(&words);
        if (scored || goes_on) && run_has_scores(mentions, at) {
            mentions[at].class = Class::Score;
        }
    }
}

/// Whether this number or the next is printed in 分.
fn run_has_scores(mentions: &[Mention], at: usize) -> bool {
    mentions[at..].iter().take(2).any(|mention| mention.literal.unit.dimension() == Dimension::Score)
}

/// 机关大院2栋车棚拆除费用预算9.4万元: a count inside the name of what the next number measures.
fn stands_in_name(text: &str, literal: &Literal, end: usize) -> bool {
    if literal.unit.dimension() != Dimension::Count || literal.places != 0 {
        return false;
    }
    let rest = &text[literal.range.end..end];
    let next = rest.find(|c: char| c.is_ascii_digit()).map(|at| &rest[..at]);
    next.is_some_and(|words| {
        words.chars().count() >= 3 && !words.contains(['，', ',', '、', '；', '。', '：', '（', '）', '(', ')', '和'])
    })
}

/// Where the words that lead to a number begin: after the last separator or number. Brackets without digits belong to
/// the words: 因公出国（境）费. So does what stands alone before a colon: 预算执行率：97.34%
fn label_start(text: &str, from: usize, to: usize) -> usize {
    match text[from..to].strip_suffix(['：', ':']) {
        Some(named) if !named.is_empty() => words_start(text, from, from + named.len()),
        _ => words_start(text, from, to),
    }
}

fn words_start(text: &str, from: usize, to: usize) -> usize {
    let mut closed = 0;
    let mut start = to;
    for (at, c) in text[from..to].char_indices().rev().map(|(at, c)| (from + at, c)) {
        match c {
            '）' | ')' => closed += 1,
            '（' | '(' if closed > 0 => closed -= 1,
            '（' | '(' | '，' | ',' | '；' | ';' | '。' | '！' | '？' if closed == 0 => break,
            '：' | ':' if closed == 0 => break,
            _ => {}
        }
        start = at;
    }
    if closed == 0 { start } else { after_bracket(text, from, to) }
}

/// A closing bracket without its opening: the label begins after it.
fn after_bracket(text: &str, from: usize, to: usize) -> usize {
    let words = &text[from..to];
    words
        .rfind(['）', ')', '，', ',', '；', '。', '：'])
        .map_or(from, |at| from + at + words[at..].chars().next().map_or(0, char::len_utf8))
}

/// How many brackets are open, read along a sentence.
struct Brackets {
    depth: u8,
    read_to: usize,
}

impl Brackets {
    /// The depth at a byte of the text, which lies at or after the one asked for before.
    fn depth_at(&mut self, text: &str, at: usize) -> u8 {
        for c in text[self.read_to..at].chars() {
            match c {
                '（' | '(' => self.depth = self.depth.saturating_add(1),
                '）' | ')' => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
        }
        self.read_to = at;
        self.depth
    }
}

/// The dates inside a label, relative to it.
fn dates_in(paragraph: &Paragraph, label: &FlowRange) -> Vec<std::ops::Range<usize>> {
    let dates = paragraph.literals_in(label).filter(|literal| literal.kind == LiteralKind::Date);
    dates.map(|date| date.range.start - label.start..date.range.end - label.start).collect()
}

fn classify(text: &str, literal: &Literal, label_range: &FlowRange, label: &Label, depth: u8) -> Class {
    let words = &text[label_range.clone()];
    static VACANT: LazyLock<Words> = LazyLock::new(|| Words::closing(["缺编", "空编", "超编", "未支出", "未执行"]));
    if VACANT.any(words) || is_reason(words) {
        return Class::Other;
    }
    match literal.unit.dimension() {
        Dimension::Ratio => ratio(text, label_range, label),
        Dimension::RatioPoint => change(words),
        Dimension::Score if words.is_empty() && is_headed_score(&text[..label_range.start]) => Class::Score,
        Dimension::Score => score(words, depth, &text[literal.range.end..]),
        Dimension::MoneyRate => Class::Price,
        Dimension::Money if is_price(words) => Class::Price,
        Dimension::Money if is_average(words) => Class::Average,
        // 培训9期、642人次，平均每期64人次
        Dimension::People if words.contains("平均每") => Class::Average,
        _ => level(words, label),
    }
}

/// 主要原因是年中安排绩效奖励78.64万元: an amount of something else, told as the reason.
fn is_reason(words: &str) -> bool {
    static REASONS: LazyLock<Finder> =
        LazyLock::new(|| Finder::new(["原因是", "原因为", "原因系", "由于", "主要是因", "系因", "主要因", "是因为"]));
    REASONS.any(words)
}

/// 每人每月补助800.00元, 按每户每月300元的标准
fn is_price(words: &str) -> bool {
    let each = words.find('每').is_some_and(|at| words[at..].chars().nth(1).is_some_and(|c| !"年天日周季".contains(c)));
    (each || words.contains("单价")) && !words.contains("平均")
}

/// 人均100元, 平均每辆运行维护费2.97万元, 户均改造投入1.76万元
fn is_average(words: &str) -> bool {
    words.contains('均')
        && [
            "人均", "平均每", "户均", "次均", "辆均", "车均", "批均", "台均", "套均", "案均", "件均", "场均", "期均",
            "村均", "校均", "亩均", "座均", "处均", "公里均",
        ]
        .iter()
        .any(|word| words.contains(word))
}

/// 自评得分：94.86分
fn is_headed_score(before: &str) -> bool {
    before
        .strip_suffix(['：', ':'])
        .is_some_and(|head| ["自评得分", "总分", "总得分", "综合得分"].iter().any(|word| head.ends_with(word)))
}

/// 23.5分: in brackets a weight, after 得 a score.
fn score(words: &str, depth: u8, after: &str) -> Class {
    // 台账不完整，扣2分: neither what could be had nor what was.
    if ["扣", "扣减", "扣除", "失分", "扣分"].iter().any(|word| words.ends_with(word)) {
        return Class::Other;
    }
    let scored = words.ends_with('得') || ["得分", "总分", "得为", "评分为"].iter().any(|word| words.contains(word));
    if depth > 0 && words.is_empty() && after.starts_with(['）', ')'])
        || words.ends_with("满分")
        || words.ends_with("权重")
    {
        Class::Weight
    } else if scored || words.contains("合计") || words.contains("小计") {
        Class::Score
    } else {
        Class::Weight
    }
}

/// Percentages.
fn ratio(text: &str, label_range: &FlowRange, label: &Label) -> Class {
    let words = &text[label_range.clone()];
    if let Class::Change { down, base } = change(words) {
        return Class::Growth { down, base };
    }
    if is_reached(words) {
        return Class::Level;
    }
    if let Some(base) = base(words).filter(|_| words.ends_with('的')) {
        return Class::Reference(base);
    }
    // 占户籍人口71504人的39.6%: the whole is printed between.
    if words == "的" && clause_before(text, label_range.start).starts_with('占') && !is_completed(text, label_range) {
        return Class::Share { whole: label_range.start..label_range.start };
    }
    if let Some(measure) = label.measure {
        return match measure {
            Measure::Share => Class::Share { whole: label_range.end..label_range.end },
            _ => Class::Rate { stage: base_stage(words), named: true },
        };
    }
    let completion = words.contains("完成")
        || words.contains("为年初预算")
        || words.contains("为预算")
        || words.contains("为全年预算");
    if completion && label.stage.is_some_and(Stage::is_budget) || is_completed(text, label_range) {
        return Class::Rate { stage: base_stage(words), named: false };
    }
    match words.rfind('占') {
        Some(at) => share(words, label_range.start + at + '占'.len_utf8(), label),
        None if label.item.ends_with('率') => Class::Rate { stage: None, named: true },
        None => Class::Other,
    }
}

/// 占…的: of a budget it is a rate, of anything else a share.
fn share(words: &str, start: usize, label: &Label) -> Class {
    let tail = &words[words.rfind('占').map_or(0, |at| at + '占'.len_utf8())..];
    let end = ["的", "比重", "比例", "比", "为", "达"]
        .iter()
        .fold(tail, |tail, word| tail.strip_suffix(word).unwrap_or(tail))
        .len();
    let of_budget = label.concept.is_none() && label.stage.is_some_and(Stage::is_budget) && label.item.is_empty();
    if of_budget {
        Class::Rate { stage: base_stage(words), named: false }
    } else {
        Class::Share { whole: start..start + end }
    }
}

/// 完成预算19.00万元的99.26%: the words between the two numbers are only 的.
fn is_completed(text: &str, label_range: &FlowRange) -> bool {
    if &text[label_range.clone()] != "的" {
        return false;
    }
    let clause = clause_before(text, label_range.start);
    clause.contains("完成")
        || clause.contains("占") && clause.contains("预算")
        || clause.starts_with('为') && clause.contains("预算")
}

/// What stands before a byte of the text since the last mark.
fn clause_before(text: &str, at: usize) -> &str {
    let before = &text[..at];
    let start = before.rfind(['，', '；', '。', '（', '：', ',']);
    &before[start.map_or(0, |at| at + before[at..].chars().next().map_or(0, char::len_utf8))..]
}

/// The stage of the budget that a rate is of: 完成年初预算的
fn base_stage(words: &str) -> Option<Stage> {
    let label = Label::read(words, &[]);
    label.stage.filter(|stage| stage.is_budget())
}

const UP: &[&str] = &[
    "增加", "增长", "上升", "提高", "上涨", "增收", "增支", "净增", "增幅", "上浮", "提升", "多支出", "多支", "超支",
    "超出",
];
const DOWN: &[&str] = &[
    "减少", "下降", "降低", "减收", "减支", "压减", "压缩", "负增长", "降幅", "下滑", "回落", "核减", "少支出", "少支",
    "少用", "节约", "缩减", "减至",
];

/// 决算数小于预算数1.88万元: by how much the one is below the other.
fn against_budget(words: &str) -> Option<Class> {
    let stem = ["数", "额"].iter().fold(words, |stem, end| stem.strip_suffix(end).unwrap_or(stem));
    let stem = stem.strip_suffix("预算")?;
    let stem = ["年初", "全年", "调整", "调整后"].iter().fold(stem, |stem, end| stem.strip_suffix(end).unwrap_or(stem));
    let down = ["小于", "低于", "少于"].iter().any(|word| stem.ends_with(word));
    let up = ["大于", "高于", "超过", "多于"].iter().any(|word| stem.ends_with(word));
    let base = Some(Base::Budget(base_stage(words).unwrap_or(Stage::Budget)));
    (down || up).then_some(Class::Change { down, base })
}

/// 比上年减少: the change that a label ends with.
fn change(words: &str) -> Class {
    static ENDS: LazyLock<Words> = LazyLock::new(|| {
        Words::closing(["了", "额", "幅度", "为", "约", "达", "近", "率", "金额", "共", "各", "分别", "均"])
    });
    let mut stem = words;
    while let Some((_, end)) = ENDS.find(stem).filter(|_| !stem.ends_with("节约")) {
        stem = &stem[..stem.len() - end.len()];
    }
    static UPWARDS: LazyLock<Words> = LazyLock::new(|| Words::closing(UP.iter().copied()));
    static DOWNWARDS: LazyLock<Words> = LazyLock::new(|| Words::closing(DOWN.iter().copied()));
    // 比预算少63万元; 较上年的900万元多55万元, where the words between the numbers are only 多.
    let compared = |word: char| stem.ends_with(word) && (stem.chars().count() == 1 || base(words).is_some());
    let aimed = |word: char| stem.ends_with(word) && base(words) == Some(Base::Plan);
    let down = DOWNWARDS.any(stem) || compared('少') || aimed('低');
    let up = !down && (UPWARDS.any(stem) || compared('多') || aimed('高'));
    match (up, down) {
        (_, true) => Class::Change { down: true, base: base(words) },
        (true, _) => Class::Change { down: false, base: base(words) },
        _ => Class::Other,
    }
}

/// What a comparison in these words is with: 比上年, 较预算, 同比
pub(super) fn base(words: &str) -> Option<Base> {
    if words.contains("占比") {
        return None;
    }
    let at = words.char_indices().rev().find(|&(at, c)| compares(c, &words[at + c.len_utf8()..]))?.0;
    let tail = &words[at..];
    if ["年初", "期初", "月", "上季"].iter().any(|word| tail.contains(word)) && !tail.contains("预算") {
        return Some(Base::Opening);
    }
    let named_year = tail.contains("20") && tail.contains('年');
    if named_year || ["上年", "去年", "上一年", "同期", "同比"].iter().any(|word| tail.contains(word)) {
        return Some(Base::Prior);
    }
    if tail.contains("预算") {
        return Some(Base::Budget(base_stage(tail).unwrap_or(Stage::Budget)));
    }
    (words[..at].is_empty() && is_plan(tail)).then_some(Base::Plan)
}

/// 比计划的, 较年初目标: nothing else stands in the comparison, so that 较好完成目标 is none.
fn is_plan(tail: &str) -> bool {
    let tail = tail.trim_start_matches(['比', '较']);
    let tail = ["年初", "年度", "原定", "原", "预期", "既定"]
        .iter()
        .fold(tail, |tail, word| tail.strip_prefix(word).unwrap_or(tail));
    let tail = tail.trim_end_matches(['的', '值', '数', '多', '少', '超', '出', '低', '高']);
    ["计划", "目标", "任务", "控制价", "控制标准", "概算"].contains(&tail)
}

/// Whether a word compares with what follows it: 与上年, 由2022年的; not 展陈与编研项目预算, where it joins two names.
fn compares(word: char, tail: &str) -> bool {
    let times = ["上", "去", "前", "同", "期", "本", "当", "年", "全", "20", "预", "调", "原", "批复", "计划"];
    match word {
        '比' | '较' => true,
        '与' | '由' | '从' | '同' => tail.is_empty() || times.iter().any(|time| tail.starts_with(time)),
        _ => false,
    }
}

/// 提高到, 减至: the new level, not the change.
pub(super) fn is_reached(words: &str) -> bool {
    let stem = words.strip_suffix(['到', '至']);
    stem.is_some_and(|stem| UP.iter().chain(DOWN).chain(&["减", "增", "升", "降"]).any(|word| stem.ends_with(word)))
}

/// Amounts and counts.
fn level(words: &str, label: &Label) -> Class {
    if let Some(class) = against_budget(words) {
        return class;
    }
    if label.stage == Some(Stage::Adjustment) || is_reached(words) {
        return Class::Level;
    }
    if let Class::Change { down, base } = change(words) {
        let saved = ["节约", "核减", "审减"].iter().any(|word| words.ends_with(word)) && base.is_none();
        return if saved { Class::Other } else { Class::Change { down, base } };
    }
    if let Some(base) = base(words)
        && (words.ends_with('的') || label.concept.is_none() || is_comparison_only(words))
    {
        return Class::Reference(base);
    }
    if is_comparison_only(words)
        && !["比例", "比重", "比值", "比较", "较大", "较好", "较为", "较高", "与会"]
            .iter()
            .any(|word| words.starts_with(word))
    {
        return if words.ends_with(['前', '初', '末', '期']) {
            Class::Reference(Base::Opening)
        } else {
            Class::Other
        };
    }
    if words.ends_with("完成预算")
        || words.ends_with("完成年初预算")
        || words.ends_with("完成全年预算")
        || words.starts_with('占')
        || words.starts_with('为') && words.ends_with("预算")
    {
        return Class::Reference(Base::Budget(base_stage(words).unwrap_or(Stage::Budget)));
    }
    Class::Level
}

/// 比上年, 较2022年, 比预算: nothing before the comparing word.
fn is_comparison_only(words: &str) -> bool {
    words.starts_with(['比', '较', '与'])
}

/// 按功能分类, 按支出性质划分, 分部门看: words that divide a total anew.
pub(super) fn partitions(words: &str) -> bool {
    if !words.contains('按') {
        return false;
    }
    let divides = ["分类", "划分", "分，", "分：", "分看", "来看", "构成看", "分:"];
    let by = ["按资金性质", "按支出性质", "按资金来源", "按经费来源", "按来源", "按预算来源"];
    divides.iter().chain(&by).any(|word| words.contains(word))
}
