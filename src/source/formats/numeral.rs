//! Numbers as lists print them.

const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const FORMAL: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
const TRADITIONAL: [char; 10] = ['零', '壹', '貳', '參', '肆', '伍', '陸', '柒', '捌', '玖'];
const STEMS: [char; 10] = ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬', '癸'];
const BRANCHES: [char; 12] = ['子', '丑', '寅', '卯', '辰', '巳', '午', '未', '申', '酉', '戌', '亥'];

/// A number in a format of WordprocessingML. Formats of other languages are printed as decimals.
pub(super) fn numeral(format: &str, number: u32) -> String {
    let decimal = || number.to_string();
    let letters = |first: char| letters(number, first).unwrap_or_else(decimal);
    match format {
        "none" => String::new(),
        "decimalZero" => format!("{number:02}"),
        "upperRoman" => roman(number).unwrap_or_else(decimal),
        "lowerRoman" => roman(number).unwrap_or_else(decimal).to_lowercase(),
        "upperLetter" => letters('A'),
        "lowerLetter" => letters('a'),
        "chineseCounting" | "taiwaneseCounting" | "japaneseCounting" => counted(number),
        "chineseCountingThousand" | "taiwaneseCountingThousand" => written(number),
        "ideographLegalTraditional" => thousands(number, TRADITIONAL, ['拾', '佰', '仟'], false),
        "chineseLegalSimplified" => thousands(number, FORMAL, ['拾', '佰', '仟'], false),
        "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" => digits(number),
        "ideographTraditional" => one_of(&STEMS, number).unwrap_or_else(decimal),
        "ideographZodiac" => one_of(&BRANCHES, number).unwrap_or_else(decimal),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => circled(number).unwrap_or_else(decimal),
        "decimalEnclosedFullstop" => from_block(0x2488, 20, number).unwrap_or_else(decimal),
        "decimalEnclosedParen" => from_block(0x2474, 20, number).unwrap_or_else(decimal),
        "ideographEnclosedCircle" => from_block(0x3280, 10, number).unwrap_or_else(decimal),
        "ideographParenthesized" | "ideographEnclosedParen" => from_block(0x3220, 10, number).unwrap_or_else(decimal),
        "decimalFullWidth" | "decimalFullWidth2" => decimal().chars().map(wide).collect(),
        _ => decimal(),
    }
}

/// 十二, 一百零五
pub fn written(number: u32) -> String {
    thousands(number, DIGITS, ['十', '百', '千'], true)
}

fn wide(digit: char) -> char {
    char::from_u32(digit as u32 + 0xfee0).unwrap_or(digit)
}

/// The character of a block of so many in which 1 stands first.
fn from_block(first: u32, length: u32, number: u32) -> Option<String> {
    let inside = (1..=length).contains(&number);
    char::from_u32(first + number.wrapping_sub(1)).filter(|_| inside).map(String::from)
}

fn circled(number: u32) -> Option<String> {
    match number {
        0 => Some("⓪".into()),
        1..=20 => from_block(0x2460, 20, number),
        21..=35 => from_block(0x3251, 15, number - 20),
        36..=50 => from_block(0x32b1, 15, number - 35),
        _ => None,
    }
}

fn one_of(signs: &[char], number: u32) -> Option<String> {
    signs.get((number as usize).checked_sub(1)?).map(|sign| sign.to_string())
}

/// A … Z, AA, BB
fn letters(number: u32, first: char) -> Option<String> {
    let index = number.checked_sub(1).filter(|index| *index < 26 * 30)?;
    let letter = char::from_u32(first as u32 + index % 26)?;
    Some(std::iter::repeat_n(letter, index as usize / 26 + 1).collect())
}

fn roman(number: u32) -> Option<String> {
    let signs = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut rest = Some(number).filter(|number| (1..4000).contains(number))?;
    let mut out = String::new();
    for (value, sign) in signs {
        while rest >= value {
            out.push_str(sign);
            rest -= value;
        }
    }
    Some(out)
}

/// 一〇五
fn digits(number: u32) -> String {
    number.to_string().bytes().map(|digit| DIGITS[usize::from(digit - b'0')]).collect()
}

/// 九, 十, 十九, 九十九; beyond that digit by digit, as Word does.
fn counted(number: u32) -> String {
    let (tens, ones) = (number as usize / 10, number as usize % 10);
    let mut out = String::new();
    match tens {
        0 => return DIGITS[ones].to_string(),
        1 => out.push('十'),
        2..=9 => out.extend([DIGITS[tens], '十']),
        _ => return digits(number),
    }
    if ones > 0 {
        out.push(DIGITS[ones]);
    }
    out
}

/// 一百零五; `short` leaves out the 一 of 十一.
fn thousands(number: u32, names: [char; 10], places: [char; 3], short: bool) -> String {
    if number == 0 || number > 9999 {
        return if number == 0 { names[0].to_string() } else { digits(number) };
    }
    let (mut out, mut gap) = (String::new(), false);
    for (place, divisor) in [1000, 100, 10, 1].into_iter().enumerate() {
        let digit = number as usize / divisor % 10;
        if digit == 0 {
            gap = !out.is_empty();
            continue;
        }
        if std::mem::take(&mut gap) {
            out.push('零');
        }
        if !(short && digit == 1 && divisor == 10 && out.is_empty()) {
            out.push(names[digit]);
        }
        if let Some(place) = places.get(2_usize.wrapping_sub(place)) {
            out.push(*place);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(format: &str, numbers: &[u32]) -> String {
        numbers.iter().map(|&number| numeral(format, number)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn chinese_numerals() {
        let some = [1, 10, 11, 20, 21, 99, 105];
        assert_eq!(row("chineseCounting", &some), "一 十 十一 二十 二十一 九十九 一〇五");
        assert_eq!(row("chineseCountingThousand", &some), "一 十 十一 二十 二十一 九十九 一百零五");
        assert_eq!(row("ideographDigital", &some), "一 一〇 一一 二〇 二一 九九 一〇五");
        assert_eq!(row("chineseLegalSimplified", &[1, 10, 110, 1001]), "壹 壹拾 壹佰壹拾 壹仟零壹");
        assert_eq!(row("ideographTraditional", &[1, 10, 11]), "甲 癸 11");
    }

    #[test]
    fn other_numerals() {
        assert_eq!(row("decimalEnclosedCircle", &[1, 20, 21, 36, 50, 51]), "① ⑳ ㉑ ㊱ ㊿ 51");
        assert_eq!(row("decimalEnclosedParen", &[1, 20]), "⑴ ⒇");
        assert_eq!(row("upperRoman", &[4, 19, 1994]), "IV XIX MCMXCIV");
        assert_eq!(row("lowerLetter", &[1, 26, 27]), "a z aa");
        assert_eq!(row("decimalFullWidth", &[12]), "１２");
        assert_eq!(row("decimal", &[7]), "7");
    }
}
