//! What a finding is, and the one order that findings have.

use crate::source::Span;

/// A contradiction or defect, shown in the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The id of the rule page.
    pub rule: String,
    pub family: Family,
    pub severity: Severity,
    pub confidence: Confidence,
    /// The page's title.
    pub title: String,
    /// What is wrong, in one line, with the figures.
    pub message: String,
    /// The figure or words that a reader would change first.
    pub primary: Label,
    /// Everything else that takes part, in the order of the text.
    pub related: Vec<Label>,
    pub proof: Option<Proof>,
    pub suggestion: Option<Suggestion>,
    /// What else the same cause breaks, in the order of the text.
    pub symptoms: Vec<Symptom>,
}

/// A contradiction that goes away with the cause of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symptom {
    /// The id of the rule page.
    pub rule: String,
    pub message: String,
    pub proof: Proof,
}

/// A marked stretch of the report.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    pub span: Span,
    /// What it is in this finding: 合计, 分项, 上年数.
    pub role: String,
}

/// The arithmetic of a finding, so that it can be recomputed by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// 213.24 + 49.76 + 1.39 = 264.39 ≠ 223.19
    pub formula: String,
    pub stated: String,
    pub computed: String,
    pub difference: String,
    pub verdict: Verdict,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The text to put in place of the primary label.
    pub with: String,
    pub reason: String,
}

/// The outcome of one relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// The printed figures agree to the last digit.
    Exact,
    /// They differ, but the intervals meet.
    Rounding,
    /// The intervals meet only on an unlikely reading.
    Improbable,
    /// The intervals do not meet.
    Broken,
    /// A term is missing, ambiguous or of another basis.
    Abstained,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    Error,
    Warning,
    Info,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    High,
    Medium,
    Low,
}

/// The kind of defect that a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    Sum,
    Ratio,
    Difference,
    CrossReference,
    Unit,
    Score,
    Budget,
    Count,
    Period,
    Entity,
    Duplicate,
    Missing,
    Numbering,
    Template,
    Contradiction,
    Indicator,
    Wording,
    Corpus,
}

macro_rules! words {
    ($name:ident { $($variant:ident = $word:literal,)* }) => {
        impl $name {
            /// All words.
            pub const WORDS: &[&str] = &[$($word,)*];

            /// The word of the JSON contract and of rule pages.
            pub fn word(self) -> &'static str {
                match self { $($name::$variant => $word,)* }
            }

            pub fn from_word(word: &str) -> Option<$name> {
                match word { $($word => Some($name::$variant),)* _ => None }
            }
        }
    };
}

words! { Verdict { Exact = "exact", Rounding = "rounding", Improbable = "improbable", Broken = "broken", Abstained = "abstained", } }
words! { Severity { Error = "error", Warning = "warning", Info = "info", } }
words! { Confidence { High = "high", Medium = "medium", Low = "low", } }
words! { Family {
    Sum = "sum", Ratio = "ratio", Difference = "difference", CrossReference = "cross-reference", Unit = "unit", Score = "score",
    Budget = "budget", Count = "count", Period = "period", Entity = "entity", Duplicate = "duplicate", Missing = "missing",
    Numbering = "numbering", Template = "template", Contradiction = "contradiction", Indicator = "indicator",
    Wording = "wording", Corpus = "corpus",
} }

impl Verdict {
    /// Whether the relation holds, to the digit or but for rounding.
    pub fn holds(self) -> bool {
        matches!(self, Verdict::Exact | Verdict::Rounding)
    }

    /// Whether it fails; what was not judged does neither.
    pub fn fails(self) -> bool {
        matches!(self, Verdict::Broken | Verdict::Improbable)
    }
}

impl Finding {
    /// The one total order: place, then rule, then message.
    pub fn order(&self, other: &Finding) -> std::cmp::Ordering {
        (self.primary.span, &self.rule, &self.message).cmp(&(other.primary.span, &other.rule, &other.message))
    }
}
