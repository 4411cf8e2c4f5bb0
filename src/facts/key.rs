//! The five keys of a fact. Most false alarms come from dropping one of them.

/// What a number is a measure of. Two facts may be compared only where their keys agree.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    pub entity: Entity,
    pub concept: Concept,
    pub measure: Measure,
    pub scope: Scope,
    pub stage: Stage,
    pub period: Period,
}

impl Key {
    /// Whether two keys may measure the same of a thing: 一般公共服务 under 基本支出 is not 一般公共服务 under 合计.
    pub fn is_of_one_kind(&self, other: &Key) -> bool {
        let unnamed = Concept("");
        match (&self.entity, &other.entity) {
            (Entity::Item(_), Entity::Unit) => self.concept == unnamed || self.concept == other.concept,
            (Entity::Unit, Entity::Item(_)) => other.concept == unnamed || self.concept == other.concept,
            _ => self.concept == other.concept,
        }
    }
}

/// Whose number it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Entity {
    /// The whole reporting unit.
    Unit,
    /// One project or item, by its normal name (without 项目, 经费, 费, spaces).
    Item(String),
}

/// What is measured: an id of `rules/lexicon.toml`, such as `exp.basic`; empty where no word of the lexicon names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Concept(pub &'static str);

impl Concept {
    /// Whether it is money that comes in.
    pub fn is_income(self) -> bool {
        self.0.starts_with("income")
    }
}

/// Which number about the concept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// An amount or count itself.
    Level,
    /// 执行率, 完成预算的x%
    Rate,
    /// 到位率
    Arrival,
    /// 控制率
    Control,
    /// 占比
    Share,
    /// 比上年增加x万元
    Change,
    /// 比上年增长x%
    Growth,
    /// 分值
    Weight,
    /// 得分
    Score,
    /// 指标值
    Target,
    /// 实际完成值
    Actual,
}

/// Which money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// No scope word governs it.
    Unstated,
    /// 全口径, 汇总, 总支出
    All,
    /// 财政拨款
    Appropriation,
    /// 一般公共预算
    General,
    /// 政府性基金
    GovernmentFund,
    /// 国有资本经营
    StateCapital,
    /// 社会保险基金
    SocialInsurance,
    /// 财政专户
    SpecialAccount,
    /// 其他资金
    Other,
    /// Only a heading over it says 一般公共预算; the numbers beneath may be of all funds all the same, since forms keep
    /// such headings whatever is written under them. The others likewise.
    UnderGeneral,
    UnderGovernmentFund,
    UnderStateCapital,
    UnderSocialInsurance,
    UnderAppropriation,
}

impl Scope {
    /// The scope as a heading gives it to what stands beneath.
    pub fn inherited(self) -> Scope {
        match self {
            Scope::General => Scope::UnderGeneral,
            Scope::GovernmentFund => Scope::UnderGovernmentFund,
            Scope::StateCapital => Scope::UnderStateCapital,
            Scope::SocialInsurance => Scope::UnderSocialInsurance,
            Scope::Appropriation => Scope::UnderAppropriation,
            other => other,
        }
    }

    /// Whether two scopes could be the same money: equal but for how they are stated, or one of them not stated.
    pub fn may_be(self, other: Scope) -> bool {
        let unstated = self == Scope::Unstated || other == Scope::Unstated;
        unstated || self.inherited() == other.inherited()
    }
}

/// At which point of the budget's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// No stage word governs it.
    Unstated,
    /// 预算, without saying which
    Budget,
    /// 年初预算数
    Initial,
    /// 年中追加, 调整
    Adjustment,
    /// 全年预算数, 调整后预算数
    Adjusted,
    /// 到位资金
    Arrived,
    /// 决算数, 执行数, 实际支出
    Final,
    /// 上年结转
    CarriedIn,
    /// 年末结转结余
    CarriedOut,
}

impl Stage {
    /// Whether it is the budget, at whatever time of the year.
    pub fn is_budget(self) -> bool {
        matches!(self, Stage::Budget | Stage::Initial | Stage::Adjusted)
    }

    /// Whether two stages could be one: equal, or one of them 预算 without saying which.
    pub fn may_be(self, other: Stage) -> bool {
        let unsaid = self == Stage::Budget || other == Stage::Budget;
        self == other || unsaid && self.is_budget() && other.is_budget()
    }
}

/// Which year, as its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    Unstated,
    Year(u16),
}
