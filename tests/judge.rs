//! From relations to findings: which page speaks, which figure is named, what is proposed.

mod common;

use common::{Report, SHARE, SUM, at, report, rules, rules_of};
use gouji::document::Document;
use gouji::facts::{ClaimKind, Concept, Entity, Fact, Key, Measure, NumberId, Period, Role, Scope, Stage};
use gouji::finding::{Finding, Severity, Verdict};
use gouji::rules::{RuleSet, replay};
use gouji::source::{Encoding, Source};

fn findings(report: &Report, rules: &RuleSet) -> Vec<Finding> {
    let document = Document::parse(&report.source);
    let scores = replay(&report.source, &document, &report.facts);
    rules.judge(&report.source, &document, &report.facts, &report.relations(rules), &scores)
}

fn only(report: &Report, rules: &RuleSet) -> Finding {
    let mut findings = findings(report, rules);
    assert_eq!(findings.len(), 1, "{findings:?}");
    findings.remove(0)
}

fn fact(number: u32, concept: &'static str, stage: Stage) -> Fact {
    let key = Key {
        entity: Entity::Unit,
        concept: Concept(concept),
        measure: Measure::Level,
        scope: Scope::Unstated,
        stage,
        period: Period::Year(2024),
    };
    Fact { number: NumberId(number), key, label: String::new() }
}

fn rate(number: u32, concept: &'static str) -> Fact {
    let fact = fact(number, concept, Stage::Unstated);
    Fact { key: Key { measure: Measure::Rate, ..fact.key }, ..fact }
}

#[test]
fn a_broken_sum_shows_its_arithmetic() {
    let report = report("223.19万元，213.24万元，49.76万元，1.39万元").breakdown();
    let finding = only(&report, &rules(SUM));
    assert_eq!(finding.message, "223.19万元与264.39万元相差41.20万元");
    let proof = finding.proof.expect("arithmetic has a proof");
    assert_eq!(proof.formula, "213.24 + 49.76 + 1.39 = 264.39 ≠ 223.19");
    assert_eq!([proof.stated.as_str(), &proof.computed, &proof.difference], ["223.19万元", "264.39万元", "41.20万元"]);
    assert_eq!(report.source.slice(finding.primary.span), "223.19万元");
    assert_eq!(finding.related.len(), 3);
    assert_eq!(finding.suggestion.expect("a sum can be mended").with, "264.39万元");
}

#[test]
fn a_broken_share_shows_its_quotient() {
    let report = report("18.16%，4.32万元，23.27万元").share();
    let proof = only(&report, &rules(SHARE)).proof.expect("arithmetic has a proof");
    assert_eq!(proof.formula, "4.32 ÷ 23.27 = 18.56% ≠ 18.16%");
    assert_eq!(proof.difference, "0.40个百分点");
}

#[test]
fn falling_figures_are_shown_without_sign() {
    let rules = rules("凡 增减\n应 增减额 = 本期 - 上期\n报 “{增减额}应为{应为}”");
    let mut fall = at(2);
    fall.negative = true;
    let roles = [(Role::Current, vec![at(0)]), (Role::Previous, vec![at(1)]), (Role::Change, vec![fall])];
    let report = report("19.04万元，23.27万元，减少4.32万元").claim(ClaimKind::Change, &roles);
    let finding = only(&report, &rules);
    assert_eq!(finding.message, "4.32万元应为4.23万元");
    assert_eq!(finding.proof.expect("arithmetic has a proof").formula, "23.27 - 19.04 = 4.23 ≠ 4.32");
    assert_eq!(finding.suggestion.expect("a difference can be mended").with, "4.23万元");
}

#[test]
fn separators_and_places_are_kept() {
    let report = report("1,300.00万元，800.00万元，400.00万元").breakdown();
    assert_eq!(only(&report, &rules(SUM)).suggestion.expect("a sum can be mended").with, "1,200.00万元");
}

/// The part that two lists share is wrong in both; the totals are each wrong in one.
#[test]
fn the_figure_that_mends_most_is_named_once() {
    let text = "100.00万元，60.00万元，50.00万元；70.00万元，50.00万元，30.00万元";
    let report = report(text)
        .claim(ClaimKind::Breakdown, &[(Role::Total, vec![at(0)]), (Role::Items, vec![at(1), at(2)])])
        .claim(ClaimKind::Breakdown, &[(Role::Total, vec![at(3)]), (Role::Items, vec![at(2), at(5)])]);
    let finding = only(&report, &rules(SUM));
    assert_eq!(report.source.slice(finding.primary.span), "50.00万元");
    assert_eq!(finding.symptoms.len(), 1);
    let suggestion = finding.suggestion.expect("one figure mends both");
    assert_eq!(suggestion.with, "40.00万元");
    assert_eq!(suggestion.reason, "疑为40.00万元（一位数字写错），改后2处算式相符");
}

#[test]
fn a_page_about_a_concept_takes_the_place_of_the_general_one() {
    let special = "凡 列举\n当 合计 为 三公经费\n应 合计 = 和(各项)\n报 “三公{差}”";
    let rules = rules_of(&[("parts-sum", SUM), ("three-public-sum", special)]);
    let mut report = report("20万元，12万元，6万元").breakdown();
    assert_eq!(only(&report, &rules).rule, "parts-sum");
    report.facts.claims[0].subject = "“三公”经费".into();
    assert_eq!(only(&report, &rules).rule, "three-public-sum");
}

#[test]
fn figures_that_agree_only_loosely_are_at_most_a_warning() {
    let report = report("100万元，40.20万元，60.20万元").breakdown();
    assert_eq!(only(&report, &rules(SUM)).severity, Severity::Warning);
}

#[test]
fn several_lines_are_tried_in_order_up_to_the_first_broken_one() {
    let rules = rules("凡 占比\n应 占比 ≤ 100%\n报 “超过”\n应 占比 = 部分 / 整体\n报 “{占比}应为{应为}”");
    assert_eq!(only(&report("145%，400万元，1000万元").share(), &rules).message, "超过");
    assert_eq!(only(&report("45%，400万元，1000万元").share(), &rules).message, "45%应为40%");
}

const BASIC: &str = "应 支出合计 = 基本支出 + 项目支出\n报 “{支出合计}不等于{应为}”";

#[test]
fn concepts_align_by_stage() {
    let rules = rules(BASIC);
    let mut report = report("500万元，200万元，280万元，480万元");
    report.facts.facts = vec![
        fact(0, "exp.total", Stage::Initial),
        fact(1, "exp.basic", Stage::Initial),
        fact(2, "exp.project", Stage::Final),
        fact(3, "exp.total", Stage::Final),
    ];
    assert!(report.relations(&rules).all.is_empty(), "no stage has all three");
    report.facts.facts[2] = fact(2, "exp.project", Stage::Initial);
    let finding = only(&report, &rules);
    assert_eq!(finding.message, "500万元不等于480万元");
}

#[test]
fn one_of_several_equally_keyed_facts_that_holds_is_enough() {
    let rules = rules(BASIC);
    let mut report = report("500万元，200万元，280万元，480万元");
    let total = |number| fact(number, "exp.total", Stage::Final);
    report.facts.facts =
        vec![total(0), fact(1, "exp.basic", Stage::Final), fact(2, "exp.project", Stage::Final), total(3)];
    let relations = report.relations(&rules);
    assert_eq!((relations.all.len(), relations.count(Verdict::Exact)), (1, 1));
}

#[test]
fn a_rate_holds_on_either_base() {
    let rules = rules("应 执行率 = 执行数 / 全年预算数 或 执行数 / 年初预算数\n报 “{执行率}应为{应为}”");
    let rate_of = |text: &str| {
        let mut report = report(text);
        let level = |number, stage| fact(number, "exp.project", stage);
        report.facts.facts =
            vec![rate(0, "exp.project"), level(1, Stage::Final), level(2, Stage::Adjusted), level(3, Stage::Initial)];
        report
    };
    assert!(findings(&rate_of("90%，360万元，400万元，300万元"), &rules).is_empty());
    assert!(findings(&rate_of("120%，360万元，400万元，300万元"), &rules).is_empty());
    let wrong = only(&rate_of("95%，360万元，400万元，300万元"), &rules);
    assert_eq!(wrong.message, "95%应为90%");
    let mut of_another = rate_of("95%，360万元，400万元，300万元");
    of_another.facts.facts[0] = rate(0, "exp.basic");
    assert!(findings(&of_another, &rules).is_empty(), "a rate of another concept aligns with nothing here");
}

#[test]
fn what_is_wrong_with_a_page_is_shown_in_the_page() {
    let faults = |formula: &str| {
        let source = Source::from_text("bad.md", common::page(formula), Encoding::Utf8);
        let bad = RuleSet::from_sources([source]).expect_err("the page is bad");
        let error = &bad[0].errors[0];
        (error.message.clone(), bad[0].source.slice(error.span).to_owned())
    };
    assert_eq!(faults("凡 列具\n应 合计 = 和(各项)\n报 “”").1, "列具");
    assert_eq!(faults("凡 列举\n应 合汁 = 和(各项)\n报 “”").1, "合汁");
    assert_eq!(faults("凡 列举\n应 合计 = 和(各项) 各项\n报 “”").1, "各项");
    assert_eq!(faults("凡 列举\n应 合计 = 和(各项)\n报 “{合汁}”").1, "合汁");
    assert_eq!(faults("应 总支处 = 基本支出\n报 “”").1, "总支处");
}

/// What a sum proposes, in words.
fn reason(text: &str, items: std::ops::Range<u32>, names: &[(u32, &'static str, Stage)]) -> String {
    let mut report = report(text);
    report = report.claim(ClaimKind::Breakdown, &[(Role::Total, vec![at(0)]), (Role::Items, items.map(at).collect())]);
    report.facts.facts = names
        .iter()
        .map(|(number, concept, stage)| Fact { label: (*concept).to_owned(), ..fact(*number, concept, *stage) })
        .collect();
    only(&report, &rules(SUM)).suggestion.expect("a sum can be mended").reason
}

#[test]
fn what_the_parts_lack_is_looked_for_in_the_report() {
    let reason = reason("1357.46万元，623.18万元，410.59万元；另有323.69万元", 1..3, &[]);
    assert!(reason.ends_with("；各项正好少另处所列的“323.69万元”，可能漏列"), "{reason}");
}

#[test]
fn a_part_that_is_counted_twice_is_told() {
    let reason = reason("1033.77万元，623.18万元，410.59万元，410.59万元", 1..4, &[]);
    assert!(reason.ends_with("；各项正好多出“410.59万元”，可能重复计算"), "{reason}");
}

#[test]
fn parts_of_another_stage_are_told() {
    let names = [(0, "exp.total", Stage::Initial), (3, "exp.total", Stage::Final)];
    let reason = reason("1457.25万元，623.18万元，410.59万元；1033.77万元", 1..3, &names);
    assert!(reason.ends_with("；各项之和正好是另处的“1033.77万元”，可能照抄了那里的分项"), "{reason}");
}

#[test]
fn a_rate_of_another_base_is_told() {
    let report = report("42.41%，438.42万元，1357.46万元；3人，4人，5人；1033.77万元").share();
    let reason = only(&report, &rules(SHARE)).suggestion.expect("a share can be mended").reason;
    assert!(reason.ends_with("；按另处的“1033.77万元”计算正好相符，可能用错了基数"), "{reason}");
}

#[test]
fn what_the_parts_lack_is_told_where_it_stands_nowhere() {
    let reason = reason("1357.46万元，623.18万元，410.59万元", 1..3, &[]);
    assert!(reason.ends_with("；或各项中漏列了323.69万元"), "{reason}");
}

#[test]
fn a_word_for_the_wrong_direction_is_named() {
    let roles = [(Role::Current, vec![at(0)]), (Role::Previous, vec![at(4)]), (Role::Change, vec![at(5)])];
    let report = report("本年83.47万元，共3人、4人、5人，上年107.36万元，增加23.89万元");
    let rules = rules("凡 增减\n应 增减额 = 本期 - 上期\n报 “{增减额}应为{应为}”");
    let suggestion = only(&report.claim(ClaimKind::Change, &roles), &rules).suggestion.expect("a change can be mended");
    assert_eq!(suggestion.reason, "疑“增加”应为“减少”，改后1处算式相符");
}
