//! What emitters are given.

use crate::check::{Ledger, ScoreLedger};
use crate::document::Document;
use crate::finding::{Finding, Severity, Verdict};
use crate::source::Source;

/// One audited report, as emitters see it.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    pub source: &'a Source,
    pub document: &'a Document,
    pub about: About<'a>,
    pub ledger: Ledger,
    pub scores: &'a ScoreLedger,
    pub relations: Counts,
    /// In their one order.
    pub findings: &'a [Finding],
}

/// What the report says that it is.
#[derive(Clone, Copy, Debug, Default)]
pub struct About<'a> {
    pub title: Option<&'a str>,
    pub entity: Option<&'a str>,
    pub year: Option<u16>,
    /// The family of the report, in Chinese.
    pub kind: Option<&'a str>,
    /// How its forms give points.
    pub schemes: &'a [String],
}

/// Relations by verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Counts {
    pub exact: usize,
    pub rounding: usize,
    pub improbable: usize,
    pub broken: usize,
    pub abstained: usize,
}

impl Counts {
    /// How many relations came to each verdict, in their order.
    pub fn each(self) -> [(Verdict, usize); 5] {
        [
            (Verdict::Exact, self.exact),
            (Verdict::Rounding, self.rounding),
            (Verdict::Improbable, self.improbable),
            (Verdict::Broken, self.broken),
            (Verdict::Abstained, self.abstained),
        ]
    }

    pub fn total(self) -> usize {
        self.each().iter().map(|(_, count)| count).sum()
    }
}

/// Findings by severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub errors: usize,
    pub warnings: usize,
    pub infos: usize,
}

impl Tally {
    pub fn of(findings: &[Finding]) -> Tally {
        findings.iter().fold(Tally::default(), |tally, finding| tally.with(finding.severity))
    }

    pub fn with(mut self, severity: Severity) -> Tally {
        match severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Info => self.infos += 1,
        }
        self
    }

    pub fn total(self) -> usize {
        self.errors + self.warnings + self.infos
    }

    /// How many findings are of this severity or a graver one.
    pub fn at_least(self, severity: Severity) -> usize {
        match severity {
            Severity::Error => self.errors,
            Severity::Warning => self.errors + self.warnings,
            Severity::Info => self.total(),
        }
    }
}

impl std::ops::Add for Tally {
    type Output = Tally;

    fn add(self, other: Tally) -> Tally {
        Tally {
            errors: self.errors + other.errors,
            warnings: self.warnings + other.warnings,
            infos: self.infos + other.infos,
        }
    }
}

/// Findings over small texts, for the tests of emitters.
#[cfg(test)]
pub(super) mod samples {
    use super::*;
    use crate::finding::{Confidence, Family, Label, Proof, Suggestion};
    use crate::source::Encoding;

    pub(crate) const PROSE: &str = "二、收支情况\n本单位2024年预算2463.3万元，其中基本支出223.19万元，\
        含工资福利支出213.24万元，商品和服务支出49.76万元，对个人和家庭的补助1.39万元。\n完\n";

    pub(crate) fn source(text: &str) -> Source {
        Source::from_text("报告/甲.txt", text, Encoding::Utf8)
    }

    pub(crate) fn label(source: &Source, words: &str, role: &str) -> Label {
        let start = source.text().find(words).expect("the sample holds the words");
        Label { span: source.span(start, start + words.len()), role: role.into() }
    }

    pub(crate) fn sum(source: &Source) -> Finding {
        Finding {
            rule: "sum-mismatch".into(),
            family: Family::Sum,
            severity: Severity::Error,
            confidence: Confidence::High,
            title: "合计与分项之和不符".into(),
            message: "基本支出写作223.19万元，各项之和为264.39万元，相差41.20万元".into(),
            primary: label(source, "223.19万元", "合计"),
            related: vec![
                label(source, "213.24万元", "工资福利支出"),
                label(source, "49.76万元", "商品和服务支出"),
                label(source, "1.39万元", "对个人和家庭的补助"),
            ],
            proof: Some(Proof {
                formula: "213.24 + 49.76 + 1.39 = 264.39 ≠ 223.19".into(),
                stated: "223.19".into(),
                computed: "264.39".into(),
                difference: "41.20".into(),
                verdict: Verdict::Broken,
            }),
            suggestion: Some(Suggestion {
                with: "264.39万元".into(), reason: "改后与全年预算也相符".into()
            }),
            symptoms: Vec::new(),
        }
    }

    pub(crate) fn report<'a>(source: &'a Source, document: &'a Document, findings: &'a [Finding]) -> Report<'a> {
        let ledger = Ledger { checked: 4, linked: 1, read: 1, unread: 0 };
        let relations = Counts { exact: 2, rounding: 1, broken: 1, abstained: 1, improbable: 0 };
        static SCORES: ScoreLedger = ScoreLedger { kept: 0, outside: 0, abstained: Vec::new() };
        Report { source, document, about: About::default(), ledger, scores: &SCORES, relations, findings }
    }
}
