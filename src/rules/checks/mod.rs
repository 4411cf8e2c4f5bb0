//! Checks that no formula can say. Each has a page with `check = "rust"`, a file here and a line in [`registry`].

mod prose_score_vs_table;
mod tool_artifact;
mod truncated_percent;

use super::Page;
use crate::document::Document;
use crate::facts::Facts;
use crate::finding::{Confidence, Finding, Label, Proof, Severity, Suggestion};
use crate::relations::{Formula, Relations};
use crate::source::{Source, Span};

/// A check: looks at the report and puts its findings into the sink.
pub type Check = fn(&Context, &mut Sink);

/// The checks, sorted by the id of their page.
pub fn registry() -> &'static [(&'static str, Check)] {
    &[
        ("prose-score-vs-table", prose_score_vs_table::check),
        ("tool-artifact", tool_artifact::check),
        ("truncated-percent", truncated_percent::check),
    ]
}

/// What a check can look at.
pub struct Context<'a> {
    pub source: &'a Source,
    pub document: &'a Document,
    pub facts: &'a Facts,
    pub relations: &'a Relations,
    /// The formulas that the relations name by index.
    pub formulas: &'a [Formula],
    /// The check's own page.
    pub page: &'a Page,
}

/// Takes the findings of one check and gives them their page's title, family and severity.
pub struct Sink<'a> {
    page: &'a Page,
    findings: &'a mut Vec<Finding>,
}

/// A finding that is being added to; it is in the report already.
pub struct Added<'a>(&'a mut Finding);

impl Sink<'_> {
    pub(super) fn new<'a>(page: &'a Page, findings: &'a mut Vec<Finding>) -> Sink<'a> {
        Sink { page, findings }
    }

    /// Adds a finding at a place; `role` says what the marked text is in it.
    pub fn report(&mut self, span: Span, role: &str, message: impl Into<String>) -> Added<'_> {
        self.findings.push(Finding {
            rule: self.page.id.clone(),
            family: self.page.family,
            severity: self.page.severity,
            confidence: self.page.confidence.unwrap_or(Confidence::High),
            title: self.page.title.clone(),
            message: message.into(),
            primary: Label { span, role: role.to_owned() },
            related: Vec::new(),
            proof: None,
            suggestion: None,
        });
        Added(self.findings.last_mut().expect("a finding was just added"))
    }
}

impl Added<'_> {
    /// Marks another place that takes part.
    pub fn with(self, span: Span, role: &str) -> Self {
        self.0.related.push(Label { span, role: role.to_owned() });
        self.0.related.sort();
        self
    }

    /// Proposes a text for the primary place.
    pub fn suggest(self, with: impl Into<String>, reason: impl Into<String>) -> Self {
        self.0.suggestion = Some(Suggestion { with: with.into(), reason: reason.into() });
        self
    }

    pub fn proof(self, proof: Proof) -> Self {
        self.0.proof = Some(proof);
        self
    }

    /// Another severity than the page's, for the milder or graver cases that it describes.
    pub fn severity(self, severity: Severity) -> Self {
        self.0.severity = severity;
        self
    }

    pub fn confidence(self, confidence: Confidence) -> Self {
        self.0.confidence = confidence;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::registry;
    use crate::rules::RuleSet;

    #[test]
    fn pages_and_registry_agree() {
        let rules = RuleSet::builtin();
        let pages: Vec<&str> =
            rules.pages().iter().filter(|page| page.formulas.is_empty()).map(|page| page.id.as_str()).collect();
        let checks: Vec<&str> = registry().iter().map(|(id, _)| *id).collect();
        assert_eq!(
            pages, checks,
            "left: pages with check = \"rust\"; right: src/rules/checks/mod.rs. Each needs the other, in order of id."
        );
    }
}
