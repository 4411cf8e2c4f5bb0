//! Claims: what the text or the form of a table says about how numbers relate. Rule pages judge them.

use super::NumberId;
use crate::exact::Exact;
use crate::source::Span;

/// Numbers that the report itself relates to each other, by words (其中, 占, 比上年) or by the form of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    pub kind: ClaimKind,
    /// Operands by role. A role that is absent is not known.
    pub roles: Vec<(Role, Vec<Operand>)>,
    /// The words or cells that make the claim.
    pub span: Span,
    /// What it is about, in the report's words: 基本支出, “三公”经费. May be empty.
    pub subject: String,
}

/// A term of a relation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operand {
    pub kind: OperandKind,
    /// The text says that it goes down (减少, 下降): its value counts negative.
    pub negative: bool,
    /// How messages name it, in the report's words. May be empty.
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OperandKind {
    Number(NumberId),
    /// Things counted in the text: items of a list, rows of a table.
    Counted {
        count: u32,
        items: Vec<Span>,
    },
    Constant(Exact),
}

macro_rules! named_in_chinese {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$doc])* $variant,)* }

        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];

            /// The word that rule pages and dumps use.
            pub fn word(self) -> &'static str {
                match self { $($name::$variant => $word,)* }
            }

            pub fn from_word(word: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|each| each.word() == word)
            }
        }
    };
}

named_in_chinese! {
    /// The form of a claim.
    ClaimKind {
        /// 合计 = 和(各项): a list that is complete.
        Breakdown = "列举",
        /// 各项 are among 合计, but perhaps not all: 和(各项) ≤ 合计.
        Partial = "部分列举",
        /// 本期, 上期, 增减额 (signed by its direction word), 增减率 (signed).
        Change = "增减",
        /// 本期, 上期: 与上年持平.
        Flat = "持平",
        /// 本期, 上期 and their difference as a percentage: points are meant.
        Points = "百分点",
        /// 增减额 of parts (各项) and of their whole (合计).
        ChangeBreakdown = "增减列举",
        /// 部分, 整体, 占比.
        Share = "占比",
        /// 各占比 of one complete list.
        ShareList = "占比列举",
        /// 完成数, 预算数, 完成率.
        Completion = "完成",
        /// 完成数, 预算数, 完成率 where the rate is of another stage's budget (全年预算) than it says.
        WrongBase = "错基数",
        /// 预算数, 执行数 of one thing, stated side by side.
        Execution = "收支",
        /// 预算数, 执行数, 结余.
        Remainder = "结余",
        /// 年初预算, 追加, 全年预算 (and 结转).
        Adjustment = "调整",
        /// 期初, 增减 (signed), 期末.
        Balance = "结存",
        /// 期初 = 期末: what was carried in is what the year before carried out.
        CarriedOver = "承接",
        /// 各项, 另各项: two complete lists of one whole that is not printed.
        Partitions = "两种分类",
        /// 单价, 数量, 金额 (and 次数).
        Product = "乘积",
        /// 金额, 数量, 均值.
        Average = "平均",
        /// 声称 and 实列: 共N项 against the items listed.
        Count = "计数",
        /// 人员合计 = 和(各类人员).
        Headcount = "人员",
        /// 控制率 = 实有 / 编制 and the like.
        Control = "控制",
        /// 甲 = 乙: one fact printed twice.
        Same = "同一",
        /// 合计行 = 和(各行) in one column of a table.
        TotalRow = "合计行",
        /// 父行 = 和(子行): 其中 rows, code trees; complete.
        TableParts = "表内分项",
        /// 父行 ≥ 和(子行): 其中 rows that may be incomplete.
        TablePartial = "表内部分",
        /// 合计列 = 和(各列), 增减列 = 本期列 − 上期列 within a row.
        CrossFoot = "行内",
        /// 增减额 = 本期 − 上期 of columns whose names say something else: 节约额, 概算投资, 实际投资.
        Difference = "差额",
        /// 合计 = 和(各项), which no word says but the other rows or columns show.
        Hidden = "隐含",
        /// 组分值 = 和(各分值): 产出指标（50分）.
        WeightGroup = "指标组",
        /// 总分值 = 和(各分值) incl. the execution row.
        WeightTotal = "总分值",
        /// 总得分 = 和(各得分).
        ScoreTotal = "总得分",
        /// 分值, 执行率, 得分 of the execution row.
        ExecutionScore = "执行率得分",
        /// 分值, 得分, 指标值, 完成值 of an indicator row.
        Indicator = "指标行",
        /// 正文得分, 表中总分.
        ProseScore = "正文得分",
    }
}

named_in_chinese! {
    /// The part that an operand plays in a claim.
    Role {
        Total = "合计",
        Items = "各项",
        Others = "另各项",
        Current = "本期",
        Previous = "上期",
        Change = "增减额",
        Growth = "增减率",
        Part = "部分",
        Whole = "整体",
        Share = "占比",
        Shares = "各占比",
        Done = "完成数",
        Budget = "预算数",
        Rate = "完成率",
        Executed = "执行数",
        Remainder = "结余",
        Initial = "年初预算",
        Added = "追加",
        Adjusted = "全年预算",
        Carried = "结转",
        Opening = "期初",
        Flows = "增减",
        Closing = "期末",
        Price = "单价",
        Quantity = "数量",
        Periods = "次数",
        Amount = "金额",
        Average = "均值",
        Stated = "声称",
        Listed = "实列",
        Actual = "实有",
        Quota = "编制",
        First = "甲",
        Second = "乙",
        Weight = "分值",
        Weights = "各分值",
        Score = "得分",
        Scores = "各得分",
        Target = "指标值",
        Achieved = "完成值",
    }
}

impl ClaimKind {
    /// The roles that a claim of this kind may have.
    pub fn roles(self) -> &'static [Role] {
        use Role::{
            Achieved, Actual, Added, Adjusted, Amount, Average, Budget, Carried, Change, Closing, Current, Done,
            Executed, First, Flows, Growth, Initial, Items, Listed, Opening, Others, Part, Periods, Previous, Price,
            Quantity, Quota, Rate, Remainder, Score, Scores, Second, Share, Shares, Stated, Target, Total, Weight,
            Weights, Whole,
        };
        match self {
            ClaimKind::Breakdown
            | ClaimKind::Partial
            | ClaimKind::Headcount
            | ClaimKind::TotalRow
            | ClaimKind::Hidden
            | ClaimKind::TableParts
            | ClaimKind::TablePartial => &[Total, Items],
            ClaimKind::ChangeBreakdown => &[Total, Change, Items],
            ClaimKind::CrossFoot => &[Total, Items, Current, Previous, Change, Budget, Executed, Remainder],
            ClaimKind::Change => &[Current, Previous, Change, Growth],
            ClaimKind::Difference => &[Current, Previous, Change],
            ClaimKind::Flat => &[Current, Previous],
            ClaimKind::Points => &[Current, Previous, Growth],
            ClaimKind::Share => &[Part, Whole, Share],
            ClaimKind::ShareList => &[Shares],
            ClaimKind::Completion => &[Done, Budget, Rate],
            ClaimKind::WrongBase => &[Done, Budget, Adjusted, Rate],
            ClaimKind::Execution => &[Budget, Adjusted, Executed],
            ClaimKind::Remainder => &[Budget, Executed, Remainder],
            ClaimKind::Adjustment => &[Initial, Added, Carried, Adjusted],
            ClaimKind::Balance => &[Opening, Flows, Closing],
            ClaimKind::CarriedOver => &[Opening, Closing],
            ClaimKind::Partitions => &[Items, Others],
            ClaimKind::Product => &[Price, Quantity, Periods, Amount],
            ClaimKind::Average => &[Amount, Quantity, Average],
            ClaimKind::Count => &[Stated, Listed],
            ClaimKind::Control => &[Actual, Quota, Rate],
            ClaimKind::Same => &[First, Second],
            ClaimKind::WeightGroup | ClaimKind::WeightTotal => &[Total, Weight, Weights],
            ClaimKind::ScoreTotal => &[Total, Score, Scores],
            ClaimKind::ExecutionScore => &[Weight, Score, Rate, Done, Budget],
            ClaimKind::Indicator => &[Weight, Score, Target, Achieved],
            ClaimKind::ProseScore => &[First, Second, Score, Total, Scores],
        }
    }
}

impl Claim {
    /// The operands of a role; empty where it is not known.
    pub fn role(&self, role: Role) -> &[Operand] {
        self.roles.iter().find(|(each, _)| *each == role).map_or(&[], |(_, operands)| operands)
    }

    /// The numbers that the claim works out from others: rates, shares, what is left.
    pub(super) fn worked_out(&self) -> impl Iterator<Item = NumberId> + '_ {
        let results = [Role::Rate, Role::Share, Role::Growth, Role::Remainder, Role::Average];
        results.into_iter().flat_map(|role| self.role(role)).filter_map(Operand::number)
    }

    /// The numbers that the claim relates.
    pub fn numbers(&self) -> impl Iterator<Item = NumberId> + '_ {
        self.roles.iter().flat_map(|(_, operands)| operands).filter_map(Operand::number)
    }
}

impl Operand {
    pub fn of(number: NumberId) -> Operand {
        Operand { kind: OperandKind::Number(number), negative: false, name: String::new() }
    }

    pub fn named(self, name: impl Into<String>) -> Operand {
        Operand { name: name.into(), ..self }
    }

    pub fn number(&self) -> Option<NumberId> {
        match self.kind {
            OperandKind::Number(number) => Some(number),
            OperandKind::Counted { .. } | OperandKind::Constant(_) => None,
        }
    }
}
