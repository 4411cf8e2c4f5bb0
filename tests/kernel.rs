//! Verdicts: what is written down consistently is never broken, however it was rounded; what is not is.

mod common;

use common::{Report, SHARE, SUM, at, report, rules};
use gouji::facts::{ClaimKind, Operand, OperandKind, Role};
use gouji::finding::Verdict;
use proptest::prelude::*;

/// How a writer shortens a figure.
#[derive(Clone, Copy, Debug)]
enum Mode {
    HalfUp,
    HalfEven,
    CutOff,
}

/// `top / bottom`, a non-negative quotient, shortened to a whole number.
fn shorten(top: i128, bottom: i128, mode: Mode) -> i128 {
    let (whole, rest) = (top / bottom, top % bottom);
    match mode {
        Mode::CutOff => whole,
        Mode::HalfUp => whole + i128::from(2 * rest >= bottom),
        Mode::HalfEven if 2 * rest == bottom => whole + whole % 2,
        Mode::HalfEven => whole + i128::from(2 * rest > bottom),
    }
}

/// A whole number of hundredths as text.
fn hundredths(value: i128) -> String {
    format!("{}.{:02}", value / 100, value % 100)
}

fn any_mode() -> impl Strategy<Value = Mode> {
    prop_oneof![Just(Mode::HalfUp), Just(Mode::HalfEven), Just(Mode::CutOff)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    /// True amounts in 元 with four decimals, printed in 万元 with two.
    #[test]
    fn a_consistent_list_is_never_broken(parts in prop::collection::vec(0i128..10_000_000_000_000, 1..30), mode in any_mode()) {
        let rules = rules(SUM);
        let print = |value: i128| format!("{}万元", hundredths(shorten(value, 1_000_000, mode)));
        let parts_text: String = parts.iter().map(|part| format!("，{}", print(*part))).collect();
        let text = format!("{}{parts_text}", print(parts.iter().sum()));
        let verdict = report(&text).breakdown().verdict(&rules);
        prop_assert!(matches!(verdict, Verdict::Exact | Verdict::Rounding), "{text}: {verdict:?}");
    }

    #[test]
    fn a_consistent_share_is_never_broken(part in 0i128..1_000_000_000_000, rest in 1i128..1_000_000_000_000, mode in any_mode()) {
        let rules = rules(SHARE);
        let (printed_part, printed_whole) = (shorten(part, 10_000, mode), shorten(part + rest, 10_000, mode));
        prop_assume!(printed_whole > 0);
        let share = hundredths(shorten(part * 10_000, part + rest, mode));
        let text = format!("{share}%，{}万元，{}万元", hundredths(printed_part), hundredths(printed_whole));
        let verdict = report(&text).share().verdict(&rules);
        prop_assert!(matches!(verdict, Verdict::Exact | Verdict::Rounding), "{text}: {verdict:?}");
    }

    /// A total that is off by more than every figure's last place can explain.
    #[test]
    fn a_list_that_is_off_is_broken(parts in prop::collection::vec(1i128..1_000_000_000, 1..20), more in 1i128..1_000_000) {
        let rules = rules(SUM);
        let total = parts.iter().sum::<i128>() + parts.len() as i128 + 1 + more;
        let parts_text: String = parts.iter().map(|part| format!("，{}万元", hundredths(*part))).collect();
        let text = format!("{}万元{parts_text}", hundredths(total));
        prop_assert_eq!(report(&text).breakdown().verdict(&rules), Verdict::Broken);
    }

    /// Figures of any size are judged or not judged, but nothing panics and nothing is rounded into a verdict.
    #[test]
    fn huge_figures_do_not_panic(digits in prop::collection::vec("[1-9][0-9]{0,30}(\\.[0-9]{1,20})?", 3)) {
        let rules = rules(SHARE);
        let text = format!("{}%，{}万元，{}亿元", digits[0], digits[1], digits[2]);
        let report = report(&text);
        if report.facts.numbers.len() == 3 {
            let _ = report.share().relations(&rules);
        }
    }
}

fn breakdown(text: &str) -> Verdict {
    report(text).breakdown().verdict(&rules(SUM))
}

fn share(text: &str) -> (Verdict, bool) {
    let report = report(text).share();
    let relations = report.relations(&rules(SHARE));
    (relations.all[0].verdict, relations.all[0].truncated)
}

#[test]
fn trailing_zeros_that_are_not_printed_count_as_printed() {
    assert_eq!(breakdown("100万元，40万元，35万元，20万元"), Verdict::Broken);
    assert_eq!(breakdown("100万元，40.004万元，59.998万元"), Verdict::Rounding);
    // 100 might stand for 100.4, but amounts are kept to the cent of 万元.
    assert_eq!(breakdown("100万元，40.20万元，60.20万元"), Verdict::Improbable);
}

/// A total of hundredths and parts of 10.01, 10.02 and so on.
fn long_list(parts: i128, off: i128) -> Report {
    let figures: Vec<i128> = (0..parts).map(|at| 1_001 + at).collect();
    let total = figures.iter().sum::<i128>() + off;
    let text: String = figures.iter().map(|figure| format!("，{}万元", hundredths(*figure))).collect();
    report(&format!("{}万元{text}", hundredths(total))).breakdown()
}

#[test]
fn what_rounding_hardly_ever_leaves_is_improbable() {
    let verdict = |parts, off| {
        let relations = long_list(parts, off).relations(&rules(SUM));
        (relations.all[0].verdict, relations.all[0].rarity)
    };
    assert_eq!(verdict(60, -8), (Verdict::Rounding, None));
    assert_eq!(verdict(60, -20), (Verdict::Improbable, Some(9)));
    // The parts may all have been cut off.
    assert_eq!(verdict(60, 20), (Verdict::Rounding, None));
    // A few figures may be sums of rounded ones themselves.
    assert_eq!(verdict(6, -3), (Verdict::Rounding, None));
}

#[test]
fn figures_that_all_end_in_zeros_were_rounded_before_they_were_printed() {
    let list = |last: &str| {
        let parts: String = (0..30).map(|at| format!("，{}.{}{last}万元", 10 + at, at % 9 + 1)).collect();
        breakdown(&format!("748.80万元{parts}"))
    };
    // They add up to 749.10, and to 749.40.
    assert_eq!((list("0"), list("1")), (Verdict::Rounding, Verdict::Broken));
}

#[test]
fn a_report_that_rounds_to_the_nearest_does_not_cut_off() {
    // 19.999 four times makes 79.99 where all is cut off, while the parts print 19.99.
    let verdict = |others: i128, off: i128| {
        let mut made = format!("79.99万元{}", "，19.99万元".repeat(4));
        let parts: i128 = (0..30).map(|at| 1_001 + at).sum();
        for _ in 0..others {
            made += &format!("，{}万元", hundredths(parts + off));
            (0..30).for_each(|at| made += &format!("，{}万元", hundredths(1_001 + at)));
        }
        let mut made = report(&made).claim(ClaimKind::Breakdown, &roles(0, 4));
        for list in 0..others as u32 {
            made = made.claim(ClaimKind::Breakdown, &roles(5 + 31 * list, 30));
        }
        made.relations(&rules(SUM)).all[0].verdict
    };
    // A total that is less than its parts was not cut off; one that agrees may be made up of what is printed.
    assert_eq!(
        [(0, 0), (1, -2), (20, 0)].map(|(others, off)| verdict(others, off)),
        [Verdict::Rounding, Verdict::Improbable, Verdict::Rounding]
    );
}

/// The first number of a list is what the next ones add up to.
fn roles(first: u32, parts: u32) -> [(Role, Vec<Operand>); 2] {
    [(Role::Total, vec![at(first)]), (Role::Items, (first + 1..=first + parts).map(at).collect())]
}

#[test]
fn units_of_money_convert() {
    assert_eq!(breakdown("1.5亿元，10000万元，50000000元"), Verdict::Exact);
}

#[test]
fn different_dimensions_are_not_added() {
    assert_eq!(breakdown("100万元，40万元，60人"), Verdict::Abstained);
}

#[test]
fn hedged_figures_are_never_broken() {
    assert_eq!(breakdown("约100万元，40万元，90万元"), Verdict::Improbable);
    assert_eq!(breakdown("约100万元，40万元，58万元"), Verdict::Rounding);
}

#[test]
fn shares() {
    assert_eq!(share("40%，400万元，1000万元"), (Verdict::Exact, false));
    assert_eq!(share("45%，400万元，1000万元"), (Verdict::Broken, false));
    assert_eq!(share("9.63%，233.19万元，2422.10万元"), (Verdict::Exact, false));
    assert_eq!(share("9.62%，233.19万元，2422.10万元"), (Verdict::Rounding, true));
    assert_eq!(share("9.62%，233.19万元，2463.3万元"), (Verdict::Broken, false));
    // Both 83.11 and 83.12 are possible readings of 2047.38 / 2463.3.
    assert_eq!(share("83.11%，2047.38万元，2463.3万元"), (Verdict::Rounding, false));
    assert_eq!(share("50%，4万元，0万元"), (Verdict::Abstained, false));
}

#[test]
fn the_smaller_of_two() {
    let rules = rules("凡 执行率得分\n应 得分 = 小(分值，分值 × 完成率)\n报 “{得分}应为{应为}”");
    let verdict = |text: &str| {
        let roles = [(Role::Score, vec![at(0)]), (Role::Weight, vec![at(1)]), (Role::Rate, vec![at(2)])];
        report(text).claim(ClaimKind::ExecutionScore, &roles).verdict(&rules)
    };
    assert_eq!(verdict("8.31分，10分，83.11%"), Verdict::Exact);
    assert_eq!(verdict("8分，10分，83.11%"), Verdict::Exact);
    assert_eq!(verdict("10分，10分，112.5%"), Verdict::Exact);
    assert_eq!(verdict("10分，10分，83.11%"), Verdict::Broken);
}

#[test]
fn counted_things_are_exact() {
    let rules = rules("凡 计数\n应 声称 = 实列\n报 “称{声称}，列出{实列}”");
    let verdict = |count| {
        let listed = Operand { kind: OperandKind::Counted { count, items: Vec::new() }, ..at(0) };
        let roles = [(Role::Stated, vec![at(0)]), (Role::Listed, vec![listed])];
        report("共4个股室").claim(ClaimKind::Count, &roles).verdict(&rules)
    };
    assert_eq!((verdict(4), verdict(3)), (Verdict::Exact, Verdict::Broken));
}

#[test]
fn bounds_are_broken_only_beyond_the_last_place() {
    let rules = rules("凡 部分列举\n应 和(各项) ≤ 合计\n报 “{算式}”");
    let verdict = |text: &str| {
        let items = vec![at(1), at(2)];
        report(text).claim(ClaimKind::Partial, &[(Role::Total, vec![at(0)]), (Role::Items, items)]).verdict(&rules)
    };
    assert_eq!(verdict("100.00万元，40.00万元，35.00万元"), Verdict::Exact);
    assert_eq!(verdict("100.00万元，40.00万元，60.01万元"), Verdict::Rounding);
    assert_eq!(verdict("100.00万元，40.00万元，65.00万元"), Verdict::Broken);
}

#[test]
fn a_role_with_several_figures_is_ambiguous() {
    let rules = rules(SHARE);
    let roles = [(Role::Share, vec![at(0)]), (Role::Part, vec![at(1), at(2)]), (Role::Whole, vec![at(3)])];
    let verdict = report("40%，400万元，500万元，1000万元").claim(ClaimKind::Share, &roles).verdict(&rules);
    assert_eq!(verdict, Verdict::Abstained);
}
