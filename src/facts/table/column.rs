//! What a column holds, by the words of its header and never by its position.

use std::sync::LazyLock;

use crate::document::table::without_brackets;
use crate::document::table::{Band, Table};
use crate::document::words::{Finder, Words};
use crate::facts::{Concept, Measure, Period, Scope, Stage, Tag, lexicon};

/// A column of a band.
#[derive(Clone, Debug)]
pub(super) struct Column {
    /// Its place on the grid.
    pub(super) at: usize,
    pub(super) role: Role,
    /// The words of its headers, from the top, without bracketed notes.
    pub(super) path: Vec<String>,
    /// The same in one piece.
    pub(super) text: String,
}

/// The part that a column plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Money, or another quantity that adds up.
    Amount(Amount),
    /// 增减额, with what it is a change against.
    Change(Against),
    /// 增减率
    Growth,
    /// 结余
    Remainder,
    /// 执行率, 完成率
    Rate,
    /// 控制率
    Control,
    /// 占比
    Share,
    /// 分值, 权重
    Weight,
    /// 得分
    Score,
    /// 年度指标值
    Target,
    /// 实际完成值
    Achieved,
    /// 一级指标, 二级指标, 三级指标, 指标名称: 1 to 3
    Level(u8),
    /// 科目编码, 行次, 序号
    Code,
    /// Words, or numbers of an unknown kind.
    Other,
}

/// What a column of amounts says about them; what it does not say is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Amount {
    pub(super) stage: Option<Stage>,
    pub(super) period: Option<Period>,
    pub(super) concept: Option<Concept>,
    pub(super) scope: Option<Scope>,
}

/// What a change is measured from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Against {
    PreviousYear,
    Budget,
    Unsaid,
}

/// The columns of a band, from the left. `year` is the year that 本年 means.
pub(super) fn columns(table: &Table, band: &Band, year: Option<u16>) -> Vec<Column> {
    let starts =
        |at: &usize| band.header.clone().any(|row| table.cell_at(row, *at).is_some_and(|cell| cell.column == *at));
    (0..table.width()).filter(starts).map(|at| column(table, band, at, year)).collect()
}

fn column(table: &Table, band: &Band, at: usize, year: Option<u16>) -> Column {
    let path: Vec<String> =
        table.headers(band, at).iter().map(|cell| without_brackets(cell.flow.text()).into_owned()).collect();
    let text = path.concat();
    let role = if holds_words(table, band, at) { words_role(&text, year) } else { role(&text, year) };
    Column { at, role, path, text }
}

/// Whether the body of a column holds words and no number: 资金情况 beside the columns of amounts.
fn holds_words(table: &Table, band: &Band, at: usize) -> bool {
    let cells = || band.body.clone().filter_map(|row| table.cell_at(row, at)).filter(|cell| cell.column == at);
    !cells().any(|cell| cell.value().is_some()) && cells().any(|cell| cell.is_filled())
}

/// The role of a column of words.
fn words_role(text: &str, year: Option<u16>) -> Role {
    match role(text, year) {
        Role::Amount(_) | Role::Change(_) => Role::Other,
        role => role,
    }
}

/// Ends of headers that name something other than an amount.
const ENDS: &[(&str, Role)] = &[
    ("分值", Role::Weight),
    ("权重", Role::Weight),
    ("标准分", Role::Weight),
    ("得分", Role::Score),
    ("自评分", Role::Score),
    ("评分", Role::Score),
    ("完成值", Role::Achieved),
    ("实际值", Role::Achieved),
    ("实际完成", Role::Achieved),
    ("情况", Role::Other),
    ("指标值", Role::Target),
    ("目标值", Role::Target),
    ("计划值", Role::Target),
    ("一级指标", Role::Level(1)),
    ("二级指标", Role::Level(2)),
    ("三级指标", Role::Level(3)),
    ("指标名称", Role::Level(3)),
    ("控制率", Role::Control),
    ("执行率", Role::Rate),
    ("完成率", Role::Rate),
    ("支出率", Role::Rate),
    ("支付率", Role::Rate),
    ("使用率", Role::Rate),
    ("支出进度", Role::Rate),
    ("增减率", Role::Growth),
    ("增长率", Role::Growth),
    ("变动率", Role::Growth),
    ("增减幅度", Role::Growth),
    ("增减幅", Role::Growth),
    ("变动幅度", Role::Growth),
    ("增幅", Role::Growth),
    ("增减比例", Role::Growth),
    ("占比", Role::Share),
    ("比重", Role::Share),
    ("率", Role::Other),
    ("比例", Role::Other),
    ("结余", Role::Remainder),
    ("剩余资金", Role::Remainder),
    ("未执行", Role::Remainder),
    ("未执行数", Role::Remainder),
    ("未支出", Role::Remainder),
    ("未使用", Role::Remainder),
    ("结余额", Role::Remainder),
    ("结余数", Role::Remainder),
    ("编码", Role::Code),
    ("代码", Role::Code),
    ("行次", Role::Code),
    ("栏次", Role::Code),
    ("序号", Role::Code),
    ("单价", Role::Other),
    ("面积", Role::Other),
    ("规模", Role::Other),
    ("差异", Role::Other),
    ("差额", Role::Other),
];

/// Words anywhere in a header that make it one of words.
const NOTES: &[&str] = &[
    "原因", "措施", "备注", "说明", "指标性质", "指标方向", "方向", "符号", "度量单位", "计量单位", "标准", "目标",
    "名称", "内容", "主体",
];

fn role(text: &str, year: Option<u16>) -> Role {
    let text = text.trim_end_matches(|c: char| c.is_ascii_alphabetic() || "%％/÷*×+-=".contains(c));
    static FINDER: LazyLock<Words> = LazyLock::new(|| Words::closing(ENDS.iter().map(|(end, _)| *end)));
    if let Some((place, _)) = FINDER.find(text) {
        return ENDS[place].1;
    }
    static NOTED: LazyLock<Finder> = LazyLock::new(|| Finder::new(NOTES.iter().copied()));
    if NOTED.any(text) || text.is_empty() {
        return Role::Other;
    }
    if ["增减", "增加额", "变动额", "比上年", "较上年"].iter().any(|word| text.contains(word)) {
        return Role::Change(against(text));
    }
    amount(text, year).map_or(Role::Other, Role::Amount)
}

fn against(text: &str) -> Against {
    if ["上年", "去年", "同期"].iter().any(|word| text.contains(word)) {
        Against::PreviousYear
    } else if text.contains("预算") {
        Against::Budget
    } else {
        Against::Unsaid
    }
}

/// 2022年决算数, 年初预算, 基本支出, 合计, 金额
fn amount(text: &str, year: Option<u16>) -> Option<Amount> {
    let mut found = Amount { period: period(text, year), ..Amount::default() };
    for hit in lexicon().find(text) {
        match hit.tag {
            Tag::Stage(stage) => found.stage = Some(stage),
            Tag::Concept(concept) => found.concept = Some(concept),
            Tag::Scope(scope) => found.scope = Some(scope),
            Tag::Measure(Measure::Level) => {}
            Tag::Measure(_) => return None,
        }
    }
    // 全年预计执行数 is no 执行数.
    if text.contains("预计") {
        found.stage = Some(Stage::Unstated);
    }
    let plain = ["合计", "小计", "总计", "金额", "数额", "总额", "年度", "年"].iter().any(|word| text.ends_with(word));
    let known = found.stage.is_some() || found.concept.is_some() || found.scope.is_some();
    let label = text == "项目" || text.ends_with("项目") || text.ends_with("科目");
    ((known || plain || ends_in_cost(text)) && !label).then_some(found)
}

/// 购置费, 培训经费
fn ends_in_cost(text: &str) -> bool {
    text.ends_with('费')
        || text.ends_with("经费")
        || text.ends_with("支出")
        || text.ends_with("收入")
        || text.ends_with("资金")
}

/// 2022年 → 2022; 上年 → the year before; 本年, 全年 → the year.
pub(super) fn period(text: &str, year: Option<u16>) -> Option<Period> {
    if !text.contains('年') {
        return None;
    }
    let printed = text.match_indices('年').find_map(|(at, _)| {
        let digits = text.get(at.checked_sub(4)?..at)?;
        digits.starts_with("20").then(|| digits.parse().ok()).flatten()
    });
    let before = ["上年", "去年", "上一年"].iter().any(|word| text.contains(word));
    let this = ["本年", "当年", "全年"].iter().any(|word| text.contains(word));
    let relative = if before { year.map(|year| year - 1) } else { year.filter(|_| this) };
    printed.or(relative).map(Period::Year)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stage_of(text: &str) -> Option<Stage> {
        match role(text, Some(2023)) {
            Role::Amount(amount) => amount.stage,
            _ => None,
        }
    }

    #[test]
    fn roles_by_words() {
        assert_eq!(role("全年执行率", None), Role::Rate);
        assert_eq!(role("规模控制率", None), Role::Control);
        assert_eq!(role("年度指标值", None), Role::Target);
        assert_eq!(role("实际完成值", None), Role::Achieved);
        assert_eq!(role("偏差原因分析及改进措施", None), Role::Other);
        assert_eq!(role("比上年增减", None), Role::Change(Against::PreviousYear));
        assert_eq!(role("得分", None), Role::Score);
        assert_eq!(role("项目", None), Role::Other);
    }

    #[test]
    fn stages_and_periods() {
        assert_eq!(stage_of("年初预算数"), Some(Stage::Initial));
        assert_eq!(stage_of("调整后预算数"), Some(Stage::Adjusted));
        assert_eq!(stage_of("预算执行数"), Some(Stage::Final));
        assert_eq!(period("2022年决算数", None), Some(Period::Year(2022)));
        assert_eq!(period("上年决算数", Some(2023)), Some(Period::Year(2022)));
    }
}
