//! The kinds of remarks on several reports: family M of the catalogue. They have no rule pages, because no single report
//! can show what they are about; `gouji explain` prints what stands here.

use crate::finding::Severity;

macro_rules! kinds {
    ($($variant:ident $id:literal $severity:ident $title:literal $what:literal $remedy:literal;)*) => {
        /// A kind of remark.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Kind { $($variant,)* }

        /// Every kind, in order.
        pub const KINDS: &[Kind] = &[$(Kind::$variant,)*];

        impl Kind {
            pub fn id(self) -> &'static str {
                match self { $(Kind::$variant => $id,)* }
            }

            pub fn severity(self) -> Severity {
                match self { $(Kind::$variant => Severity::$severity,)* }
            }

            pub fn title(self) -> &'static str {
                match self { $(Kind::$variant => $title,)* }
            }

            /// 查什么
            pub fn what(self) -> &'static str {
                match self { $(Kind::$variant => $what,)* }
            }

            /// 怎么办
            pub fn remedy(self) -> &'static str {
                match self { $(Kind::$variant => $remedy,)* }
            }
        }
    };
}

kinds! {
    ForeignSubject "foreign-subject-in-clone" Error "照搬的文字里留有别的单位名称"
        "一段文字与别的报告相同，只是该写本单位名称的地方写着另一家单位。"
        "核对这段文字是谁的情况；照搬的要改写。";
    ForeignYear "foreign-year-in-clone" Error "照搬的文字里留有别的年度"
        "一段文字照搬以前年度的报告，写的仍是那一年的事：只有那一年的年份，没有本年度的。"
        "核对这段文字说的是哪一年；照搬的要按本年情况改写。";
    ForeignProject "foreign-project-in-clone" Error "照搬的文字里留有别的单位的项目"
        "一段文字与另一家单位的报告雷同，写到的项目是那家单位的，本单位的报告里没有这个项目。"
        "核对这段文字是谁的情况；照搬的要改写。";
    CrossUnitClone "cross-unit-clone" Warning "不同单位的文字雷同"
        "两家单位的报告有整段相同或高度相似的文字，而且不是多数单位共用的模板文字。"
        "请两家单位分别说明；按各自实际情况重写。";
    CrossYearClone "cross-year-clone" Warning "照搬上年文字"
        "同一单位不同年度的报告，除职责、机构等固定内容外，一半以上的自撰文字相同。"
        "核对问题、措施和成效是否仍然属实，更新后再报。";
    DuplicateSubmission "duplicate-submission" Info "同一份文件报送两次"
        "两个文件的文字完全相同。"
        "确认以哪一份为准，删去另一份；汇总时不要重复计算。";
    IdenticalAmounts "identical-amounts" Info "不同单位的金额相同（建议核查）"
        "两家单位同一年度有三个以上非整数的金额分毫不差，口径和科目也相同。"
        "核对两家的账，排除套用数字。";
    PriorYear "yoy-continuity" Warning "上年数与上年报告不符"
        "本年报告所写的上年决算数，与该单位上年报告的决算数不同。"
        "核对两份报告；因口径或机构调整而重述的，请在报告中说明。";
    OpeningBalance "opening-balance" Warning "年初结转与上年年末结转不符"
        "本年报告的年初结转结余，与该单位上年报告的年末结转结余不同。"
        "核对两份报告和决算报表。";
    DocumentConflict "document-conflict" Warning "同年两份报告的同一个数不同"
        "同一单位同一年度的自评报告、决算说明等文件里，同一口径的同一个数不同。"
        "以决算报表为准，改正另一份。";
    StaticTargets "static-targets" Info "指标值多年不变（建议核查）"
        "同一指标的指标值连续三年以上没有变，而完成值一直超出。"
        "结合历年完成情况重新测定指标值。";
    TemplateDrift "template-drift" Info "所用表样与多数单位不同"
        "同类报告中，多数单位用同一种表头，本报告用的是少数的另一种。"
        "核对是否用了旧表样。";
    ScoreCeiling "score-ceiling" Info "满分报告集中（建议核查）"
        "同一地区的同种报告里，自评满分的比例明显高于全部同种报告。"
        "抽查扣分依据，了解评分标准是否过宽。";
    FullExecution "exec-100-cluster" Info "执行率恰为100%的集中（建议核查）"
        "同一地区的同种报告里，全年预算数与执行数完全相等的比例明显高于全部同种报告。"
        "核对全年预算数是否按执行数倒填。";
    RatioOutlier "ratio-outlier" Info "比率与同类单位相差很大（建议核查）"
        "执行率、公用经费占比等比率，与同类单位的中位数相差超过3.5个稳健标准差。"
        "核对分子分母；确属特殊情况的，请在报告中说明。";
    RoundNumbers "round-number" Info "整数金额偏多（建议核查）"
        "同一地区的同种报告里，金额大多是整万元的份数所占比例，明显高于全部同种报告。"
        "核对是否以估计数代替实际支出。";
    NoRounding "no-rounding-tails" Info "所有关系分毫不差（建议核查）"
        "报告里很多需要四舍五入的关系，没有一处出现尾差，而同类报告大多有尾差。"
        "核对数字是否由结果倒推。";
    FirstDigits "digit-distribution" Info "首两位或末位数字分布异常（建议核查）"
        "一家单位历年金额的首两位数字偏离本福特分布，或末位数字分布不均，都超出随机波动的范围。"
        "抽查原始凭证。";
    LedgerCoverage "ledger-coverage" Info "能核对的数字偏少（建议核查）"
        "报告中参与核对的数字所占比例，远低于同类报告：可能是格式损坏，也可能只写结论不写数。"
        "换用原始文件重新扫描，或人工阅读。";
    Coverage "batch-coverage" Info "应报未报"
        "名录里的单位没有报告。"
        "向该单位催报，或核对名录和单位名称。";
}

impl Kind {
    pub fn from_id(id: &str) -> Option<Kind> {
        KINDS.iter().copied().find(|kind| kind.id() == id)
    }
}
