//! Written-out numbers before counters: 五个科室, 六百多人, 百分之九十

use nom::IResult;
use nom::Parser;
use nom::bytes::complete::take_while1;
use nom::combinator::map_opt;

/// The worth of a written-out number: 十二 → 12, 六百 → 600, 两 → 2
pub(crate) fn worth(word: &str) -> Option<u32> {
    let (mut total, mut digit, mut seen) = (0u32, 0u32, false);
    for c in word.chars() {
        match c {
            '〇' | '零' => digit = 0,
            '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' => {
                if digit != 0 {
                    return None;
                }
                digit = "一二三四五六七八九".chars().position(|each| each == c)? as u32 + 1;
            }
            '两' => digit = 2,
            '十' | '百' | '千' => {
                let scale = [10, 100, 1000]["十百千".chars().position(|each| each == c)?];
                total += if digit == 0 && c == '十' && total == 0 { 1 } else { digit } * scale;
                digit = 0;
            }
            _ => return None,
        }
        seen = true;
    }
    seen.then_some(total + digit)
}

/// The characters of written-out numbers.
const DIGITS: [char; 15] = ['〇', '零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '两', '百', '千'];

pub(crate) fn is_written_digit(c: char) -> bool {
    DIGITS.contains(&c)
}

/// Whether a character of three bytes, as Chinese ones are, is a written-out digit.
#[inline]
pub(super) fn is_written_at(text: &[u8]) -> bool {
    let [high, middle, low, ..] = *text else { return false };
    let code = u32::from(high & 0x0f) << 12 | u32::from(middle & 0x3f) << 6 | u32::from(low & 0x3f);
    let may_be = LAST >> (code & 63) & MIDDLE >> (code >> 6 & 63) & 1 != 0;
    may_be && char::from_u32(code).is_some_and(is_written_digit)
}

/// The last and the middle six bits of all written-out digits, which tell most characters from them.
const LAST: u64 = bits(0);
const MIDDLE: u64 = bits(6);

const fn bits(from: u32) -> u64 {
    let (mut bits, mut at) = (0, 0);
    while at < DIGITS.len() {
        bits |= 1 << (DIGITS[at] as u32 >> from & 63);
        at += 1;
    }
    bits
}

/// 十二
pub(super) fn written(input: &str) -> IResult<&str, (usize, u32)> {
    map_opt(take_while1(is_written_digit), |word: &str| Some((word.len(), worth(word)?))).parse(input)
}

#[cfg(test)]
mod tests {
    use super::worth;

    #[test]
    fn worths() {
        let cases = [
            ("五", 5),
            ("十", 10),
            ("十二", 12),
            ("二十", 20),
            ("三十五", 35),
            ("六百", 600),
            ("一百零八", 108),
            ("两", 2),
        ];
        for (word, value) in cases {
            assert_eq!(worth(word), Some(value), "{word}");
        }
        assert_eq!(worth("一二"), None);
    }
}
