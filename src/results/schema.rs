//! The tables of results: names and columns are a promise, so they are added to and never renamed.

use super::column::{Column, Kind};

const INT: Kind = Kind::Int;
const TEXT: Kind = Kind::Text;
const DECIMAL: Kind = Kind::Decimal;

/// A table by name.
pub type Schema = (&'static str, &'static [Column]);

/// Every table.
pub const TABLES: &[Schema] = &[REPORTS, FINDINGS, FACTS, RELATIONS, PAIRS];

pub const REPORTS: Schema = (
    "reports",
    &[
        ("report", INT, "编号，按路径排序，从0起；其他表用它指明报告"),
        ("path", TEXT, "路径，从扫描的目录起"),
        ("status", TEXT, "ok 已核查；failed 没能核查"),
        ("error", TEXT, "没能核查的原因"),
        ("unit", TEXT, "单位（名称归一后）"),
        ("joined_by", TEXT, "归到这家单位的依据"),
        ("year", INT, "报告年度"),
        ("kind", TEXT, "报告种类"),
        ("bytes", INT, "文字的字节数"),
        ("numbers", INT, "数字个数"),
        ("checked", INT, "其中参与核对的"),
        ("linked", INT, "识别了含义但没有可比的"),
        ("read", INT, "只是读出的"),
        ("unread", INT, "未读懂的"),
        ("exact", INT, "分毫不差的关系"),
        ("rounding", INT, "只差尾差的关系"),
        ("improbable", INT, "可疑的关系"),
        ("broken", INT, "不成立的关系"),
        ("abstained", INT, "没有判断的关系"),
        ("errors", INT, "错误数"),
        ("warnings", INT, "警告数"),
        ("infos", INT, "提示数"),
        ("score", DECIMAL, "自评得分"),
        ("stake", DECIMAL, "涉及金额（元）：本报告各问题中最大的一个"),
        ("rank", INT, "打开的先后，从1起；没有发现问题的为空"),
    ],
);

pub const FINDINGS: Schema = (
    "findings",
    &[
        ("report", INT, "报告编号；应报未报的为空"),
        ("id", TEXT, "由内容决定的标识；跨报告的问题没有"),
        ("rule", TEXT, "规则"),
        ("family", TEXT, "类别；corpus 为跨报告的问题"),
        ("severity", TEXT, "error、warning、info"),
        ("confidence", TEXT, "high、medium、low"),
        ("title", TEXT, "规则名称"),
        ("message", TEXT, "问题"),
        ("place", TEXT, "所在段落或单元格"),
        ("line", INT, "行号"),
        ("col", INT, "列号（字）"),
        ("start", INT, "起始字节"),
        ("end", INT, "结束字节"),
        ("text", TEXT, "所标的原文"),
        ("formula", TEXT, "算式"),
        ("stated", TEXT, "报告写的数，照印"),
        ("computed", TEXT, "算出的数，照印"),
        ("difference", TEXT, "相差，照印"),
        ("suggestion", TEXT, "建议改为"),
        ("stake", DECIMAL, "涉及金额（元）"),
        ("evidence", TEXT, "跨报告问题的依据：怎么对上的、n、同类"),
        ("others", TEXT, "跨报告问题涉及的其他报告编号，以空格隔开"),
    ],
);

pub const FACTS: Schema = (
    "facts",
    &[
        ("report", INT, "报告编号"),
        ("number", INT, "报告中第几个数字，从0起"),
        ("label", TEXT, "报告中的名称"),
        ("concept", TEXT, "科目标识；词表里没有的为空"),
        ("item", TEXT, "项目；整个单位的为空"),
        ("measure", TEXT, "数额、执行率、占比、增减额、增减率、分值、得分、指标值、完成值等"),
        ("scope", TEXT, "口径"),
        ("stage", TEXT, "阶段：年初预算、全年预算、决算等"),
        ("period", INT, "年度；未写明的为空"),
        ("value", DECIMAL, "所印的数"),
        ("unit", TEXT, "所印或继承的单位"),
        ("base", DECIMAL, "换算为基本单位（元、1、平方米等）"),
        ("dimension", TEXT, "量纲"),
        ("hedge", TEXT, "约、余、以上、以下"),
        ("line", INT, "行号"),
        ("start", INT, "起始字节"),
        ("end", INT, "结束字节"),
    ],
);

pub const RELATIONS: Schema = (
    "relations",
    &[
        ("report", INT, "报告编号"),
        ("rule", TEXT, "规则"),
        ("verdict", TEXT, "exact、rounding、improbable、broken、abstained"),
        ("numbers", TEXT, "涉及的数字（facts 表的 number），以空格隔开"),
        ("reason", TEXT, "没有判断的原因"),
    ],
);

pub const PAIRS: Schema = (
    "pairs",
    &[
        ("report_a", INT, "甲报告编号"),
        ("report_b", INT, "乙报告编号"),
        ("path_a", TEXT, "甲报告路径"),
        ("path_b", TEXT, "乙报告路径"),
        ("unit_a", TEXT, "甲单位"),
        ("unit_b", TEXT, "乙单位"),
        ("year_a", INT, "甲年度"),
        ("year_b", INT, "乙年度"),
        ("place_a", TEXT, "甲段落或单元格"),
        ("place_b", TEXT, "乙段落或单元格"),
        ("relation", TEXT, "cross-unit 不同单位；cross-year 同单位不同年度；same-year 同单位同年度"),
        ("how", TEXT, "exact 逐字相同；masked 只有数字和单位名称不同；near 相似"),
        ("similarity", DECIMAL, "杰卡德相似度（去掉数字和单位名称后，以连续三字计）"),
        ("chars", INT, "乙段字数"),
        ("own_chars", INT, "其中不是模板文字的"),
        ("standing", INT, "1 为职责、机构等很少变化的内容"),
        ("text_a", TEXT, "甲段文字"),
        ("text_b", TEXT, "乙段文字"),
    ],
);
