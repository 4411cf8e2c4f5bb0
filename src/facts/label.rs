//! The words before a number: period, stage, scope, concept, or the name of an item.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::key::{Concept, Measure, Scope, Stage};
use super::lexicon::{Hit, Tag, lexicon};
use crate::document::table::without_brackets;
use crate::document::words::{Finder, Words};

/// What the words before a number say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Label {
    pub concept: Option<Concept>,
    pub stage: Option<Stage>,
    pub scope: Option<Scope>,
    pub measure: Option<Measure>,
    /// The stage comes from a bare 支出, which may be only the end of a name: 卫生健康支出.
    pub weak_stage: bool,
    pub when: Option<When>,
    /// The name of something that the lexicon does not know; empty where nothing is left over.
    pub item: String,
}

/// The time that a label names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    Year(u16),
    ThisYear,
    LastYear,
    /// Months, ranges, days: not a whole year.
    Part,
}

/// Words that carry nothing at the start of a label.
const OPENINGS: &[&str] = &[
    "其中", "包括", "分别为", "分别是", "分别", "含", "为", "是", "达到", "达", "约", "近", "共计", "共有", "共",
    "合计", "总计", "的", "本单位", "我单位", "本部门", "我部门", "我局", "我中心", "本局", "本中心", "单位", "部门",
    "全局", "全年", "年度", "全年度", "本年度", "当年", "本年", "截至", "截止", "实际", "及", "和", "与", "、", "，",
    "：", ":", "；", "“", "”", "\"", "‘", "’", "（", "）", "(", ")", "均", "现有", "不少于", "不低于", "不超过",
    "超过", "至少", "大约", "不足", "大于", "小于", "≥", "≤", "=", "<", ">", "-", "财政", "整体", "报告", "全部",
    "项目", "涉及", "另有", "还有", "另外", "此外", "主要为", "主要是", "全市", "全县", "全区", "具体为", "综合",
    "最终", "以及", "同时", "预计", "/", "。", "总", "安排", "资金", "度", "总体", "上年", "上年度", "上一年度",
    "去年",
];

/// Words that carry nothing at the end of a label.
const CLOSINGS: &[&str] = &[
    "为", "是", "达到", "达", "共计", "共", "合计", "总计", "总额", "总共", "的", "数", "额", "金额", "情况", "经费总",
    "分别", "分别为", "、", "，", "：", ":", "；", "“", "”", "\"", "‘", "’", "（", "）", "(", ")", "均", "各", "了",
    "有", "不少于", "不低于", "不超过", "超过", "至少", "大约", "不足", "大于", "小于", "≥", "≤", "=", "<", ">", "-",
    "安排", "资金", "实际", "总", "等", "/", "。", "项目", "单位", "部门", "整体", "其中", "包括", "含", "主要为",
    "主要是", "以及", "和", "及", "与", "完成", "全年", "本年", "当年",
];

impl Label {
    /// Reads a label. `dates` are the byte ranges of dates inside it.
    pub fn read(text: &str, dates: &[std::ops::Range<usize>]) -> Label {
        let text = without_comparison(without_explanation(text));
        let dates: Vec<_> = dates.iter().filter(|range| range.end <= text.len()).cloned().collect();
        let dates = dates.as_slice();
        let mut label = Label { when: when(text, dates), ..Label::default() };
        let mut rest = Rest::new(text, dates);
        let hits: Vec<Hit> = lexicon().find(text).collect();
        for hit in &hits {
            match hit.tag {
                Tag::Concept(concept) => label.concept = Some(concept),
                Tag::Stage(stage) => {
                    label.weak_stage = label.stage.is_none() && &text[hit.range.clone()] == "支出";
                    label.stage = Some(stronger(label.stage, stage));
                }
                Tag::Scope(scope) => label.scope = Some(scope),
                Tag::Measure(measure) => label.measure = Some(measure),
            }
            rest.remove(hit.range.clone());
        }
        if label.scope.is_none() && text.contains("财政拨款") {
            label.scope = Some(Scope::Appropriation);
        }
        // 年中追加及上年结转: money added to the budget, wherever it came from.
        if label.stage == Some(Stage::Adjustment) && label.concept.is_some_and(|concept| concept.0.starts_with("carry"))
        {
            label.concept = None;
        }
        let raw = rest.left();
        let left = trim_edges(&raw);
        if let Some(name) = subject_line(text) {
            return Label { item: name.to_owned(), concept: None, ..label };
        }
        if left.is_empty() && label.concept.is_none() && raw.contains("项目") {
            label.concept = Some(Concept("exp.project"));
            return label;
        }
        let income = label.concept.is_none_or(|concept| concept.is_income());
        if income && (left == "收入" || left.ends_with("拨款收入")) {
            label.concept = Some(Concept("income.total"));
        } else {
            label.settle(text, &hits, left);
        }
        label
    }

    /// Decides between a concept with words around it and an item whose name holds a concept's word.
    fn settle(&mut self, text: &str, hits: &[Hit], left: &str) {
        if self.concept.is_some() && is_modifier(text, left) {
            return;
        }
        if left.chars().count() >= 2 {
            self.item = item_words(text, hits);
            self.concept = None;
        }
    }

    /// Whether the label says only at which stage, not what.
    pub fn is_bare(&self) -> bool {
        self.concept.is_none() && self.item.is_empty()
    }
}

/// 公务接待费 in 公务接待费比上年减少: the subject, without what it is compared with.
fn without_comparison(text: &str) -> &str {
    static COMPARED: LazyLock<Finder> = LazyLock::new(|| {
        Finder::new([
            "比上年", "较上年", "比去年", "较去年", "比20", "较20", "与上年", "与20", "同比", "比预算", "较预算",
            "比年初预算", "较年初预算",
        ])
    });
    static VERBS: LazyLock<Words> =
        LazyLock::new(|| Words::closing(["增加", "减少", "增长", "下降", "提高", "降低", "上升", "压减"]));
    let cut = COMPARED.find(text).next().map(|(range, _)| range.start).filter(|at| *at >= 6);
    let text = cut.map_or(text, |at| text[..at].trim_end_matches(['，', ',']));
    let verbless = VERBS.find(text).map(|(_, verb)| &text[..text.len() - verb.len()]);
    let verbless = verbless.filter(|rest| rest.chars().count() >= 3);
    verbless.unwrap_or(text)
}

/// 人员经费（工资福利支出与对个人和家庭的补助之和）: without the explanation in brackets at the end.
fn without_explanation(text: &str) -> &str {
    let explained =
        text.strip_suffix('）').and_then(|head| head.rfind('（').map(|at| (at, &head[at + '（'.len_utf8()..])));
    match explained {
        Some((at, inner)) if inner.chars().count() >= 5 && at > 0 => &text[..at],
        _ => text,
    }
}

/// 行政运行 in 一般公共服务支出（类）档案事务（款）行政运行（项）
pub fn subject_line(text: &str) -> Option<&str> {
    if !text.contains('款') {
        return None;
    }
    [("（款）", "（项）"), ("（类）", "（款）")].iter().find_map(|(open, close)| {
        let from = text.find(open)? + open.len();
        let to = text[from..].find(close)?;
        Some(&text[from..from + to])
    })
}

/// A stage word that says more wins: 年初 over 预算, and 预算 over a plain 支出.
fn stronger(old: Option<Stage>, new: Stage) -> Stage {
    match (old, new) {
        (Some(old), Stage::Final) if old != Stage::Final => old,
        (Some(old), Stage::Budget) if old != Stage::Final => old,
        _ => new,
    }
}

/// Whether what is left beside a concept only describes it: 办公、差旅、水电等公用经费
fn is_modifier(text: &str, left: &str) -> bool {
    if is_organisation(left) {
        return true;
    }
    // 某某中心人员共有编制人数: the unit's own name with words that only count.
    static COUNTING: LazyLock<Words> = LazyLock::new(|| {
        Words::closing(["共有", "现有", "共", "有", "现", "目前", "年末", "核定", "实际", "人员", "职工"])
    });
    let counted = COUNTING.trim(left);
    if counted.len() < left.len() && counted.chars().count() >= 4 && is_organisation(counted) {
        return true;
    }
    left.chars().count() < 2 || left.ends_with('等') || text.contains('等') || left.contains(['“', '”'])
}

/// 某县水务局 in 某县水务局2023年度收入总计: the unit itself, not an item.
fn is_organisation(words: &str) -> bool {
    let ends = [
        "局", "中心", "委", "院", "馆", "厅", "委员会", "政府", "站", "大队", "支队", "学校", "办公室", "联合会",
        "协会", "机关", "本级",
    ];
    words.chars().count() >= 2 && ends.iter().any(|end| words.ends_with(end))
}

/// The label without stage, period and empty words: the name of an item.
fn item_words(text: &str, hits: &[Hit]) -> String {
    let mut rest = Rest::new(text, &[]);
    for hit in hits {
        if matches!(hit.tag, Tag::Stage(_)) && (hit.range.end == text.len() || hit.range.start == 0) {
            rest.remove(hit.range.clone());
        }
    }
    trim_edges(&rest.left()).to_owned()
}

fn when(text: &str, dates: &[std::ops::Range<usize>]) -> Option<When> {
    if let Some(range) = dates.last() {
        let date = &text[range.clone()];
        let year: Option<u16> = date.get(..4).and_then(|digits| digits.parse().ok());
        let whole = date.chars().count() <= 6 && (date.ends_with('年') || date.ends_with("年度"));
        return Some(match year {
            Some(year) if whole || date.contains("12月31日") => When::Year(year),
            _ => When::Part,
        });
    }
    if !text.contains(['年', '期']) {
        return None;
    }
    if ["上年", "去年", "上一年", "同期"].iter().any(|word| text.contains(word)) {
        return Some(When::LastYear);
    }
    ["本年", "当年", "今年", "全年"].iter().any(|word| text.contains(word)).then_some(When::ThisYear)
}

/// A label from which words are taken away.
struct Rest<'t> {
    text: &'t str,
    taken: Vec<std::ops::Range<usize>>,
}

impl<'t> Rest<'t> {
    fn new(text: &'t str, dates: &[std::ops::Range<usize>]) -> Rest<'t> {
        Rest { text, taken: dates.to_vec() }
    }

    fn remove(&mut self, range: std::ops::Range<usize>) {
        self.taken.push(range);
    }

    /// What is left.
    fn left(mut self) -> Cow<'t, str> {
        if self.taken.is_empty() {
            return Cow::Borrowed(self.text);
        }
        self.taken.sort_by_key(|range| range.start);
        let mut left = String::with_capacity(self.text.len());
        let mut at = 0;
        for range in &self.taken {
            left.push_str(self.text.get(at..range.start.max(at)).unwrap_or(""));
            at = at.max(range.end);
        }
        left.push_str(&self.text[at..]);
        Cow::Owned(left)
    }
}

/// A text without the words that carry nothing at its edges.
pub(super) fn trim_edges(text: &str) -> &str {
    static OPENING: LazyLock<Words> = LazyLock::new(|| Words::opening(OPENINGS.iter().copied()));
    static CLOSING: LazyLock<Words> = LazyLock::new(|| Words::closing(CLOSINGS.iter().copied()));
    let (opening, closing) = (&*OPENING, &*CLOSING);
    let mut text = text;
    loop {
        let before = text.len();
        text = closing.trim(opening.trim(text));
        if text.len() == before {
            return text;
        }
    }
}

/// Quotes, brackets and stops.
fn is_mark(c: char) -> bool {
    matches!(c, '“' | '”' | '"' | '‘' | '’' | '《' | '》' | '（' | '）' | '(' | ')' | '、' | '，' | '。' | '：')
}

/// The name under which an item is known everywhere: without 项目, 经费, 费 and the like at its end, without quotes.
pub fn normal_name(text: &str) -> String {
    let dropped = |c: char| is_mark(c) || c.is_whitespace();
    let mut kept = without_brackets(text);
    if kept.contains(dropped) {
        kept = Cow::Owned(kept.chars().filter(|c| !dropped(*c)).collect());
    }
    let mut name = &*kept;
    static ENDS: LazyLock<Words> =
        LazyLock::new(|| Words::closing(["项目", "经费", "费用", "专项", "资金", "费", "支出", "预算", "补助", "等"]));
    while let Some((_, end)) = ENDS.find(name) {
        let shorter = &name[..name.len() - end.len()];
        if shorter.chars().count() < 2 {
            break;
        }
        name = shorter;
    }
    name.to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Label, When, normal_name};
    use crate::facts::{Concept, Stage};

    fn read(text: &str) -> Label {
        Label::read(text, &[])
    }

    #[test]
    fn concepts_and_stages() {
        let label = read("其中基本支出");
        assert_eq!((label.concept, label.stage, label.item.as_str()), (Some(Concept("exp.basic")), None, ""));
        let label = read("全年基本支出决算");
        assert_eq!((label.concept, label.stage), (Some(Concept("exp.basic")), Some(Stage::Final)));
        let label = read("年初预算项目资金");
        assert_eq!((label.concept, label.stage), (Some(Concept("exp.project")), Some(Stage::Initial)));
        assert!(read("实际支出").is_bare() && read("预算").is_bare());
    }

    #[test]
    fn items() {
        let label = read("物业管理费预算");
        assert_eq!((label.concept, label.stage, label.item.as_str()), (None, Some(Stage::Budget), "物业管理费"));
        assert_eq!(read("办公、差旅、水电等公用经费").concept, Some(Concept("exp.public")));
        assert_eq!(normal_name("物业管理费项目"), "物业管理");
        assert_eq!(normal_name("“生活服务经费”"), "生活服务");
    }

    #[test]
    fn times() {
        assert_eq!(read("比上年的").when, Some(When::LastYear));
        assert_eq!(Label::read("2023年度决算", std::slice::from_ref(&(0..10))).when, Some(When::Year(2023)));
    }
}
