//! Words by which headers, labels and notes of tables are told apart.

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::document::words::Words;

/// Ends of column headers: 2022年决算数, 全年执行数（万元）, 规模控制率.
const HEADER_ENDS: &[&str] = &[
    "预算数", "决算数", "执行数", "支出数", "完成数", "编制数", "在职人数", "人数", "金额", "预算", "决算", "执行率",
    "控制率", "完成率", "到位率", "支出率", "得分率", "占比", "比重", "分值", "权重", "得分", "指标值", "完成值",
    "目标值", "实际值", "计划值", "一级指标", "二级指标", "三级指标", "绩效指标", "指标名称", "规模", "投资", "面积",
    "编码", "代码", "科目", "科目名称", "项目名称", "增减", "增减额", "增减率", "增减数", "增减幅度", "增长率",
    "变动额", "变动率", "幅度", "差异", "差额", "合计", "小计", "总计", "备注", "栏次", "行次", "序号", "预期目标",
    "实际完成情况", "完成情况", "偏差原因", "改进措施", "指标性质", "度量单位", "计量单位", "评分标准", "结余", "结转",
    "调整数", "追加数", "基本支出", "项目支出", "人员经费", "公用经费", "执行金额", "到位资金", "年初数", "年末数",
    "本年数", "上年数", "接待费", "运行费", "运行维护费", "购置费", "出国费", "评价得分", "自评得分", "经营支出",
    "上级支出", "补助支出",
];

/// Whole headers that are too short to be looked for at the end of longer words.
const HEADER_WHOLE: &[&str] = &[
    "项目", "名称", "类别", "内容", "指标", "单位", "科目", "类", "款", "项", "年初", "全年", "执行", "分数", "数量",
    "单价", "栏目", "说明",
];

/// Whether the words of a cell are those of a column header.
pub(super) fn is_header_word(text: &str) -> bool {
    let text = without_brackets(text);
    if text.is_empty() || text.ends_with(['：', ':']) || text.chars().count() > 24 {
        return false;
    }
    static ENDS: LazyLock<Words> = LazyLock::new(|| Words::closing(HEADER_ENDS.iter().copied()));
    HEADER_WHOLE.contains(&&*text) || ENDS.any(&text) || text.contains("偏差原因") || text.contains("改进措施")
}

/// The text without bracketed notes such as （万元） and （50分）.
pub(crate) fn without_brackets(text: &str) -> Cow<'_, str> {
    let bracket = |c: char| matches!(c, '（' | '(' | '〔' | '[' | '【' | '）' | ')' | '〕' | ']' | '】');
    if !text.contains(|c: char| bracket(c) || super::raw::is_blank(c)) {
        return Cow::Borrowed(text);
    }
    let mut depth = 0;
    let mut kept = String::new();
    for c in text.chars() {
        match c {
            '（' | '(' | '〔' | '[' | '【' => depth += 1,
            '）' | ')' | '〕' | ']' | '】' => depth = i32::max(depth - 1, 0),
            _ if depth == 0 && !super::raw::is_blank(c) => kept.push(c),
            _ => {}
        }
    }
    Cow::Owned(kept)
}

/// Labels of form fields whose value stands beside them: 项目名称 | 节庆文旅活动.
const FIELDS: &[&str] = &[
    "项目名称", "项目支出名称", "主管部门", "实施单位", "预算单位名称", "预算部门名称", "部门名称", "单位名称",
    "填报单位", "项目负责人", "联系人", "联系电话", "项目属性", "项目类型", "项目类别", "评价年度", "资金用途",
    "项目编码", "预算单位", "项目单位", "专项名称", "项目实施单位", "部门",
];

/// Whether a cell is the label of a form field.
pub(crate) fn is_field_label(text: &str) -> bool {
    FIELDS.contains(&without_brackets(text).trim_end_matches(['：', ':']))
}

/// Labels of rows that add up others.
const TOTALS: &[&str] = &[
    "合计", "总计", "总分", "小计", "总得分", "共计", "总合计", "合计得分", "本年合计", "收入合计", "支出合计",
    "本年收入合计", "本年支出合计", "收入总计", "支出总计", "人员经费合计", "公用经费合计", "总分值", "自评总分",
    "综合得分",
];

/// 合计, 总计, 总分, 小计: the label of a row that adds up others.
pub(crate) fn is_total_label(text: &str) -> bool {
    TOTALS.contains(&without_brackets(text).trim_end_matches(['：', ':']))
}

/// 小计, 市县小计: the label of a row that adds up only the rows since the last one.
pub(crate) fn is_subtotal_label(text: &str) -> bool {
    without_brackets(text).trim_end_matches(['：', ':']).ends_with("小计")
}

/// Words that open a line about a table rather than in it: 说明：…, 填表人：…, 附件2.
const NOTES: &[&str] = &[
    "说明", "注：", "注:", "注1", "注释", "备注：", "备注:", "填表人", "填报人", "填报单位", "填表单位", "编制单位",
    "编报单位", "单位负责人", "审核人", "联系电话", "联系人：", "填报日期", "填表日期", "附件", "附表", "评价结论",
    "财务负责人", "资料来源", "公开", "单位：", "单位:", "金额单位",
];

/// Whether a line captions or annotates a table.
pub(super) fn is_note(text: &str) -> bool {
    let text = super::raw::squeezed(text);
    static OPENINGS: LazyLock<Words> = LazyLock::new(|| Words::opening(NOTES.iter().copied()));
    if OPENINGS.any(&text) || super::caption::caption_unit(&text).is_some() {
        return true;
    }
    let title = text.chars().count() <= 40
        && ["自评表", "情况表", "决算表", "预算表", "明细表", "数据表", "统计表", "自评报告"]
            .iter()
            .any(|end| text.ends_with(end));
    title || is_year_line(&text) || starts_with_heading(&text)
}

/// （2023年度）
fn is_year_line(text: &str) -> bool {
    let inner = text.trim_matches(|c| "（）()".contains(c));
    inner.len() < text.len() && (inner.ends_with("年度") || inner.ends_with('年')) && inner.chars().count() <= 8
}

/// 一、 （一） 第一部分 (not 1、, which lists in cells use)
fn starts_with_heading(text: &str) -> bool {
    let body = text.trim_start_matches(['（', '(', '第']);
    let number = body.chars().take_while(|c| "一二三四五六七八九十".contains(*c)).count();
    let rest: String = body.chars().skip(number).take(2).collect();
    number > 0 && ["、", "）", ")", "部分"].iter().any(|mark| rest.starts_with(mark))
}

/// Whether a whole cell is one number, with or without unit: 1,234.50, 95.27%, ≥12, 10分, 2次. Blanks do not count, and
/// full-width digits are digits.
pub(super) fn is_number(text: &str) -> bool {
    let sign = |c: &char| matches!(c, '-' | '−' | '+' | '≥' | '≤' | '=' | '＞' | '>' | '<' | '¥' | '￥');
    let mut chars = text.chars().filter(|c| !super::raw::is_blank(*c)).map(folded).skip_while(sign);
    if !chars.next().is_some_and(|c| c.is_ascii_digit()) {
        return false;
    }
    let mut unit = chars.skip_while(|c| c.is_ascii_digit() || matches!(c, '.' | ',')).take(4);
    let mut length = 0;
    let of_unit = |c: char| !c.is_ascii_digit() && !matches!(c, '年' | '月' | '日' | '、' | '号');
    unit.all(|c| {
        length += 1;
        length <= 3 && of_unit(c)
    })
}

/// Full-width digits, point and comma as ASCII.
fn folded(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '．' => '.',
        '，' => ',',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers() {
        assert!(is_header_word("2022年决算数"));
        assert!(is_header_word("实际规模（㎡）"));
        assert!(is_header_word("偏差原因分析及改进措施"));
        assert!(!is_header_word("数量指标") && !is_header_word("培训次数") && !is_header_word("项目支出："));
    }

    #[test]
    fn notes() {
        assert!(
            is_note("填表人：            填报日期：") && is_note("（2023年度）") && is_note("部门整体支出绩效自评表")
        );
        assert!(is_note("编制单位：某馆　　金额单位：元") && is_note("一、基本情况"));
        assert!(!is_note("（一个专项一行）") && !is_note("算申请") && !is_note("3、区政府大楼的管理。"));
    }

    #[test]
    fn numbers() {
        assert!(
            is_number("1,234.50")
                && is_number("≥12")
                && is_number("10分")
                && is_number("　513.12")
                && is_number("100 %")
        );
        assert!(!is_number("2022年") && !is_number("2022年决算数") && !is_number("——") && !is_number("1、公车"));
    }
}
