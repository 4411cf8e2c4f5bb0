//! Recomputing proofs: a small kernel of its own, which shares no code with what made them.
//!
//! A finding is verified from its labels and its line of arithmetic alone: the text at every label is read again, every
//! figure of the line must stand at one of them, and the arithmetic is done anew in fractions.

mod line;
mod rational;

use std::cmp::Ordering;

use self::line::{Line, Number, Term, decimal, read};
use self::rational::Rational;

/// A finding as it was given out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Claimed<'a> {
    pub labels: Vec<Marked<'a>>,
    /// 213.24 + 49.76 + 1.39 = 264.39 ≠ 223.19
    pub formula: &'a str,
}

/// A place of the report and what is said to stand there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marked<'a> {
    pub start: usize,
    pub end: usize,
    pub text: &'a str,
}

/// Recomputes a finding over the text of its report. The error says what does not agree.
pub fn verify(text: &str, claimed: &Claimed<'_>) -> Result<(), String> {
    for label in &claimed.labels {
        match text.get(label.start..label.end) {
            Some(found) if found == label.text => {}
            Some(found) => return Err(format!("第{}字节处是“{found}”，不是“{}”", label.start, label.text)),
            None => return Err(format!("报告中没有第{}至{}字节", label.start, label.end)),
        }
    }
    let line = read(claimed.formula).ok_or_else(|| format!("算式无法解读：{}", claimed.formula))?;
    stands_in_report(&line, claimed)?;
    recomputed(&line)
}

/// A number of the rules, not of the report: 100 of 100 %, 12 months.
const LARGEST_CONSTANT: i128 = 100;

/// Every figure that the arithmetic starts from must stand at a label, or be a count of labels or a constant of the rule.
fn stands_in_report(line: &Line, claimed: &Claimed<'_>) -> Result<(), String> {
    let printed: Vec<Rational> = claimed.labels.iter().filter_map(|label| figure(label.text)).collect();
    let counted = claimed.labels.len() as i128;
    let is_known = |number: Number| {
        let constant = Rational::new(LARGEST_CONSTANT.max(counted), 1);
        let small = constant.and_then(|constant| number.plain.compare(constant)).is_some_and(Ordering::is_le);
        printed.contains(&number.plain) || number.plain.is_whole() && small
    };
    let mut missing = false;
    let mut ask = |term: &Term| term.each(&mut |number| missing |= !is_known(number));
    ask(&line.first);
    for (sign, term) in &line.rest {
        // What follows an equals sign is computed, unless it is the whole relation.
        if *sign != '=' || line.rest.len() == 1 {
            ask(term);
        }
    }
    if missing { Err("算式中有的数在所标位置找不到".to_owned()) } else { Ok(()) }
}

/// The first figure of a label, without sign, unit and separators.
fn figure(text: &str) -> Option<Rational> {
    let ascii = |c: char| match c {
        '０'..='９' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '．' => '.',
        _ => c,
    };
    let plain = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, ',' | '，')).map(ascii);
    let mut digits: String = plain.skip_while(|c| !c.is_ascii_digit()).collect();
    let end = digits.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(digits.len());
    digits.truncate(end);
    decimal(digits.trim_end_matches('.')).map(|(value, _)| value)
}

/// Every step must come out as it is written, to the places that are written.
fn recomputed(line: &Line) -> Result<(), String> {
    const TOO_LARGE: &str = "数值超出复核的范围";
    let mut left = line.first.value().ok_or(TOO_LARGE)?;
    let mut exact = left;
    for (sign, term) in &line.rest {
        let right = term.value().ok_or(TOO_LARGE)?;
        let shown = term.single().filter(|_| *sign == '=' && line.rest.len() > 1);
        match shown {
            // Computed and shown: rounded at the last place.
            Some(number) => {
                let distance = left.minus(right).ok_or(TOO_LARGE)?.abs();
                if distance.compare(number.half).is_none_or(Ordering::is_gt) {
                    return Err("算式的计算结果与所写不同".to_owned());
                }
            }
            None => {
                let order = exact.compare(right).ok_or(TOO_LARGE)?;
                if !meets(*sign, order) {
                    return Err(format!("两边的大小与“{sign}”不合"));
                }
                exact = right;
            }
        }
        left = right;
    }
    Ok(())
}

fn meets(sign: char, order: Ordering) -> bool {
    match sign {
        '=' => order.is_eq(),
        '≠' => order.is_ne(),
        '≤' => order.is_le(),
        '≥' => order.is_ge(),
        '<' => order.is_lt(),
        '>' => order.is_gt(),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, figures: &[&str], formula: &str) -> Result<(), String> {
        let mut from = 0;
        let labels = figures.iter().map(|figure| {
            let start = from + text[from..].find(figure).expect("the figure is in the text");
            from = start + figure.len();
            Marked { start, end: from, text: figure }
        });
        verify(text, &Claimed { labels: labels.collect(), formula })
    }

    const TEXT: &str = "基本支出223.19万元，其中213.24万元，49.76万元，1.39万元，占35％。";
    const FIGURES: &[&str] = &["223.19万元", "213.24万元", "49.76万元", "1.39万元"];

    #[test]
    fn sound_arithmetic_is_verified() {
        assert_eq!(check(TEXT, FIGURES, "213.24 + 49.76 + 1.39 = 264.39 ≠ 223.19"), Ok(()));
        assert_eq!(check(TEXT, &["213.24万元", "49.76万元"], "49.76 ÷ (213.24 + 49.76) = 18.92% ≠ 35%"), Ok(()));
        assert_eq!(check(TEXT, &["223.19万元", "213.24万元"], "223.19万元 > 213.24万元"), Ok(()));
        assert_eq!(check("1.2万元，800元", &["1.2万元", "800元"], "1.2万元 + 800元 = 1.28万元 ≠ 1.2万元"), Ok(()));
    }

    #[test]
    fn wrong_arithmetic_is_refused() {
        for formula in [
            "213.24 + 49.76 + 1.39 = 264.38 ≠ 223.19",
            "213.24 + 49.76 + 1.39 = 264.39 = 264.39 ≠ 264.39",
            "213.24 + 49.76 + 1.40 = 264.40 ≠ 223.19",
            "223.19 < 213.24",
            "213.24 + = 223.19",
            "",
        ] {
            assert!(check(TEXT, FIGURES, formula).is_err(), "{formula}");
        }
    }

    #[test]
    fn another_report_is_refused() {
        let claimed =
            Claimed { labels: vec![Marked { start: 12, end: 24, text: "223.18万元" }], formula: "223.18 ≠ 100" };
        assert!(verify(TEXT, &claimed).is_err());
        let outside = Claimed { labels: vec![Marked { start: 900, end: 910, text: "1" }], formula: "1 ≠ 2" };
        assert!(verify(TEXT, &outside).is_err());
    }
}
