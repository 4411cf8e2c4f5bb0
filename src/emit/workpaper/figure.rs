//! Figures as numbers that Excel computes with and shows as they were printed.

/// More significant digits than these a cell does not keep.
const DIGITS: usize = 15;

/// A printed figure taken apart: `1,234.50万元` is `1234.50`, shown with `#,##0.00"万元"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Figure {
    /// Digits that a cell keeps without loss.
    pub(super) digits: String,
    pub(super) format: String,
}

impl Figure {
    /// `None` for what is no plain number, or has more digits than a cell keeps: that stays text.
    pub(super) fn of(text: &str) -> Option<Figure> {
        let plain: String = text.chars().filter(|c| !matches!(c, ',' | '，' | ' ')).collect();
        let end = plain.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-'))).unwrap_or(plain.len());
        let (digits, unit) = plain.split_at(end);
        let unsigned = digits.trim_start_matches('-');
        let (whole, decimals) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let fits = !whole.is_empty() && digits.bytes().filter(u8::is_ascii_digit).count() <= DIGITS;
        let canonical = whole == "0" || !whole.starts_with('0');
        let unit_is_plain =
            unit.chars().count() <= 4 && !unit.contains(|c: char| c.is_ascii_digit() || "\"\\;[".contains(c));
        if !fits || !canonical || !unit_is_plain || !is_number(digits) {
            return None;
        }
        let places = if decimals.is_empty() { String::new() } else { format!(".{}", "0".repeat(decimals.len())) };
        let unit = if unit.is_empty() { String::new() } else { format!("\"{unit}\"") };
        Some(Figure { digits: digits.to_owned(), format: format!("#,##0{places}{unit}") })
    }
}

fn is_number(digits: &str) -> bool {
    let unsigned = digits.strip_prefix('-').unwrap_or(digits);
    let (whole, decimals) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    all_digits(whole) && all_digits(decimals)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_keeps_its_places_and_unit() {
        let of = |text| Figure::of(text).map(|figure| (figure.digits, figure.format));
        let some = |digits: &str, format: &str| Some((digits.to_owned(), format.to_owned()));
        assert_eq!(of("1,234.50万元"), some("1234.50", "#,##0.00\"万元\""));
        assert_eq!(of("5.69%"), some("5.69", "#,##0.00\"%\""));
        assert_eq!(of("-3"), some("-3", "#,##0"));
    }

    #[test]
    fn what_is_no_number_stays_text() {
        for text in ["", "—", "2024年5月", "1.2.3", "-", "007", "1234567890123456", "12;[红]", "约5"] {
            assert_eq!(Figure::of(text), None, "{text}");
        }
    }
}
