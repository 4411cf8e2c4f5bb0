//! Measures: decimals of millimetres in thousandths.

/// `12.345` as 12345. What is further away than any page is taken for its edge.
pub(super) fn thousandths(text: &str) -> Option<i64> {
    scaled(text, 3)
}

/// `0.5` as 500000.
pub(super) fn millionths(text: &str) -> Option<i64> {
    scaled(text, 6)
}

const FURTHEST: i64 = 1_000_000_000;

fn scaled(text: &str, places: usize) -> Option<i64> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() && fraction.is_empty() || !digits(whole) || !digits(fraction) {
        return None;
    }
    let padded: String = fraction.chars().chain(std::iter::repeat('0')).take(places).collect();
    let value = format!("0{whole}{padded}").parse::<i64>().map_or(FURTHEST, |value| value.min(FURTHEST));
    Some(if text.starts_with('-') { -value } else { value })
}

/// The numbers of a list; what is no number is passed over.
pub(super) fn list(text: &str, read: fn(&str) -> Option<i64>) -> Vec<i64> {
    text.split_ascii_whitespace().filter_map(read).collect()
}

/// Distances between characters; `g 3 2.5` stands for three of 2.5.
pub(super) fn distances(text: &str) -> Vec<i64> {
    const MOST: usize = 100_000;
    let mut found = Vec::new();
    let mut words = text.split_ascii_whitespace();
    while let Some(word) = words.next() {
        if word != "g" {
            found.extend(thousandths(word));
            continue;
        }
        let count = words.next().and_then(|count| count.parse().ok()).unwrap_or(0_usize);
        let Some(distance) = words.next().and_then(thousandths) else { break };
        found.extend(std::iter::repeat_n(distance, count.min(MOST.saturating_sub(found.len()))));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_are_read_exactly() {
        assert_eq!(thousandths("12.3456"), Some(12_345));
        assert_eq!(thousandths("-.5"), Some(-500));
        assert_eq!(millionths("0.5"), Some(500_000));
        assert_eq!(thousandths("1e5"), None);
        assert_eq!(thousandths("99999999999999999999"), Some(FURTHEST));
        assert_eq!(distances("1 g 2 0.5 3"), [1000, 500, 500, 3000]);
    }
}
