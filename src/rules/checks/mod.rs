//! Checks that no formula can say. Each has a page with `check = "rust"`, a file here and a line in [`registry`].

mod adjustment_row_blank;
mod all_done_vs_unmet;
mod all_perfect;
mod amounts;
mod annex_list_mismatch;
mod as_of_now;
mod attachment_missing;
mod bare_wan;
mod cost_indicator_mismatch;
mod cost_target_backfilled;
mod count_split;
mod count_zero_but_money;
mod dangling_fragment;
mod deadline_out_of_year;
mod deduction_without_reason;
mod doubled_word;
mod duplicate_indicator;
mod duplicate_paragraph;
mod embedded_report;
mod empty_section;
mod entity_name_conflict;
mod execution_score_repeated;
mod explains_no_difference;
mod extra_decimal;
mod formula_mismatch;
mod full_execution_score;
mod full_marks_despite_shortfall;
mod full_marks_with_problems;
mod goal_copied_as_result;
mod goal_project_mismatch;
mod grade_count_mismatch;
mod grade_mismatch;
mod heading_duplicate;
mod heading_gap;
mod heading_style_mixed;
mod heading_unnumbered;
mod hollow_qualitative;
mod impossible_percentage;
mod income_spending_mismatch;
mod indicator_group_missing;
mod indicator_name_is_value;
mod indicator_target_is_score;
mod indicator_unit_mismatch;
mod invalid_date;
mod key_cell_blank;
mod large_adjustment_unexplained;
mod low_execution_unexplained;
mod measures_missing;
mod method_change_vs_thrift;
mod missing_value;
mod near;
mod near_duplicate_paragraph;
mod negative_amount;
mod no_spending_full_marks;
mod none_but_amount;
mod number_glyph;
mod obsolete_document;
mod operator_direction;
mod ordinal_gap;
mod overachieve_unexplained;
mod overstaffed_unexplained;
mod passage_copied;
mod passage_repeated;
mod percent_over_100;
mod percent_sign_missing;
mod period_inverted;
mod placeholder_residue;
mod plan_before_period_end;
mod points_as_percent;
mod praise_vs_low_rate;
mod problems_none_but_listed;
mod problems_none_but_unmet;
mod project;
mod project_amount_conflict;
mod project_name_variant;
mod project_sum_mismatch;
mod proof;
mod prose_indicator_vs_table;
mod public_cost_over_budget;
mod punctuation;
mod qualitative_band;
mod reason_direction;
mod repeated_sentence_number;
mod report_year_conflict;
mod scheme_conflict;
mod score_outside_scheme;
mod section_missing;
mod self_reference_mixed;
mod stage_mix;
mod table_year_stale;
mod target_copied_as_actual;
mod target_missed_but_claimed;
mod template_instruction;
mod thousand_separator;
mod title_missing;
mod tool_artifact;
mod typo_lexicon;
mod unbudgeted_spending;
mod unit_cost_vs_table;
mod unit_missing;
mod unit_name_variant;
mod unit_slip;
mod value_copied_from_sibling;
mod weight_blank;
mod workload_conflict;
mod year_columns_identical;

use super::Page;
use super::scores::Replay;
use super::shared::Shared;
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
        ("adjustment-row-blank", adjustment_row_blank::check),
        ("all-done-vs-unmet", all_done_vs_unmet::check),
        ("all-perfect", all_perfect::check),
        ("annex-list-mismatch", annex_list_mismatch::check),
        ("as-of-now", as_of_now::check),
        ("attachment-missing", attachment_missing::check),
        ("bare-wan", bare_wan::check),
        ("cost-indicator-mismatch", cost_indicator_mismatch::check),
        ("cost-target-backfilled", cost_target_backfilled::check),
        ("count-split", count_split::check),
        ("count-zero-but-money", count_zero_but_money::check),
        ("dangling-fragment", dangling_fragment::check),
        ("deadline-out-of-year", deadline_out_of_year::check),
        ("deduction-without-reason", deduction_without_reason::check),
        ("doubled-word", doubled_word::check),
        ("duplicate-indicator", duplicate_indicator::check),
        ("duplicate-paragraph", duplicate_paragraph::check),
        ("embedded-report", embedded_report::check),
        ("empty-section", empty_section::check),
        ("entity-name-conflict", entity_name_conflict::check),
        ("execution-score-repeated", execution_score_repeated::check),
        ("explains-no-difference", explains_no_difference::check),
        ("extra-decimal", extra_decimal::check),
        ("formula-mismatch", formula_mismatch::check),
        ("full-execution-score", full_execution_score::check),
        ("full-marks-despite-shortfall", full_marks_despite_shortfall::check),
        ("full-marks-with-problems", full_marks_with_problems::check),
        ("goal-copied-as-result", goal_copied_as_result::check),
        ("goal-project-mismatch", goal_project_mismatch::check),
        ("grade-count-mismatch", grade_count_mismatch::check),
        ("grade-mismatch", grade_mismatch::check),
        ("heading-duplicate", heading_duplicate::check),
        ("heading-gap", heading_gap::check),
        ("heading-style-mixed", heading_style_mixed::check),
        ("heading-unnumbered", heading_unnumbered::check),
        ("hollow-qualitative", hollow_qualitative::check),
        ("impossible-percentage", impossible_percentage::check),
        ("income-spending-mismatch", income_spending_mismatch::check),
        ("indicator-group-missing", indicator_group_missing::check),
        ("indicator-name-is-value", indicator_name_is_value::check),
        ("indicator-target-is-score", indicator_target_is_score::check),
        ("indicator-unit-mismatch", indicator_unit_mismatch::check),
        ("invalid-date", invalid_date::check),
        ("key-cell-blank", key_cell_blank::check),
        ("large-adjustment-unexplained", large_adjustment_unexplained::check),
        ("low-execution-unexplained", low_execution_unexplained::check),
        ("measures-missing", measures_missing::check),
        ("method-change-vs-thrift", method_change_vs_thrift::check),
        ("missing-value", missing_value::check),
        ("near-duplicate-paragraph", near_duplicate_paragraph::check),
        ("negative-amount", negative_amount::check),
        ("no-spending-full-marks", no_spending_full_marks::check),
        ("none-but-amount", none_but_amount::check),
        ("number-glyph", number_glyph::check),
        ("obsolete-document", obsolete_document::check),
        ("operator-direction", operator_direction::check),
        ("ordinal-gap", ordinal_gap::check),
        ("overachieve-unexplained", overachieve_unexplained::check),
        ("overstaffed-unexplained", overstaffed_unexplained::check),
        ("passage-copied", passage_copied::check),
        ("passage-repeated", passage_repeated::check),
        ("percent-over-100", percent_over_100::check),
        ("percent-sign-missing", percent_sign_missing::check),
        ("period-inverted", period_inverted::check),
        ("placeholder-residue", placeholder_residue::check),
        ("plan-before-period-end", plan_before_period_end::check),
        ("points-as-percent", points_as_percent::check),
        ("praise-vs-low-rate", praise_vs_low_rate::check),
        ("problems-none-but-listed", problems_none_but_listed::check),
        ("problems-none-but-unmet", problems_none_but_unmet::check),
        ("project-amount-conflict", project_amount_conflict::check),
        ("project-name-variant", project_name_variant::check),
        ("project-sum-mismatch", project_sum_mismatch::check),
        ("prose-indicator-vs-table", prose_indicator_vs_table::check),
        ("public-cost-over-budget", public_cost_over_budget::check),
        ("punctuation", punctuation::check),
        ("qualitative-band", qualitative_band::check),
        ("reason-direction", reason_direction::check),
        ("repeated-sentence-number", repeated_sentence_number::check),
        ("report-year-conflict", report_year_conflict::check),
        ("scheme-conflict", scheme_conflict::check),
        ("score-outside-scheme", score_outside_scheme::check),
        ("section-missing", section_missing::check),
        ("self-reference-mixed", self_reference_mixed::check),
        ("stage-mix", stage_mix::check),
        ("table-year-stale", table_year_stale::check),
        ("target-copied-as-actual", target_copied_as_actual::check),
        ("target-missed-but-claimed", target_missed_but_claimed::check),
        ("template-instruction", template_instruction::check),
        ("thousand-separator", thousand_separator::check),
        ("title-missing", title_missing::check),
        ("tool-artifact", tool_artifact::check),
        ("typo-lexicon", typo_lexicon::check),
        ("unbudgeted-spending", unbudgeted_spending::check),
        ("unit-cost-vs-table", unit_cost_vs_table::check),
        ("unit-missing", unit_missing::check),
        ("unit-name-variant", unit_name_variant::check),
        ("unit-slip", unit_slip::check),
        ("value-copied-from-sibling", value_copied_from_sibling::check),
        ("weight-blank", weight_blank::check),
        ("workload-conflict", workload_conflict::check),
        ("year-columns-identical", year_columns_identical::check),
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
    /// Every page, sorted by id.
    pub pages: &'a [Page],
    /// The scored rows, replayed.
    pub scores: &'a [Replay],
    /// What other checks have read already.
    pub(super) shared: &'a Shared<'a>,
}

impl Context<'_> {
    /// Whether the page with this index has this id.
    pub(super) fn is_page(&self, index: usize, id: &str) -> bool {
        self.pages.get(index).is_some_and(|page| page.id == id)
    }
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
            symptoms: Vec::new(),
        });
        Added(self.findings.last_mut().expect("a finding was just added"))
    }

    /// Takes over the findings of other rules that this rule explains better. `message` gives the new message; those
    /// without one are dropped, since another that was taken over says the same.
    pub fn recast(
        &mut self,
        mut wanted: impl FnMut(&Finding) -> bool,
        mut message: impl FnMut(&Finding) -> Option<String>,
    ) {
        let page = self.page;
        self.findings.retain_mut(|finding| {
            if finding.rule == page.id || !wanted(finding) {
                return true;
            }
            let Some(message) = message(finding) else { return false };
            finding.message = message;
            finding.rule = page.id.clone();
            finding.title = page.title.clone();
            finding.family = page.family;
            finding.severity = page.severity;
            true
        });
    }
}

impl Added<'_> {
    /// Marks another place that takes part.
    pub fn with(self, span: Span, role: &str) -> Self {
        self.with_all([span], role)
    }

    /// Marks other places that take part alike.
    pub fn with_all(self, spans: impl IntoIterator<Item = Span>, role: &str) -> Self {
        self.0.related.extend(spans.into_iter().map(|span| Label { span, role: role.to_owned() }));
        self.0.related.sort();
        self
    }

    /// Proposes a text for the primary place.
    pub fn suggest(self, with: impl Into<String>, reason: impl Into<String>) -> Self {
        self.0.suggestion = Some(Suggestion { with: with.into(), reason: reason.into() });
        self
    }

    /// The arithmetic, where there is one.
    pub fn proof(self, proof: impl Into<Option<Proof>>) -> Self {
        self.0.proof = proof.into();
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
            rules.pages().iter().filter(|page| page.is_rust()).map(|page| page.id.as_str()).collect();
        let checks: Vec<&str> = registry().iter().map(|(id, _)| *id).collect();
        assert_eq!(
            pages, checks,
            "left: pages with check = \"rust\"; right: src/rules/checks/mod.rs. Each needs the other, in order of id."
        );
    }
}
