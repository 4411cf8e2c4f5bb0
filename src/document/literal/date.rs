//! Dates, and what else only looks like an amount: document numbers, codes, telephone numbers.

/// 2024年, 2024年度, 2023年12月31日, 2021-2023年, 2024-05-16, 2024.5.16, 10月17日, 1-2月: bytes of the date at the start.
pub(super) fn date(text: &str) -> Option<usize> {
    year_date(text).or_else(|| dashed(text)).or_else(|| month(text))
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

fn is_year(text: &str) -> bool {
    digits(text) == 4 && matches!(&text[..2], "19" | "20" | "21")
}

/// 2024年度, 2021—2023年, 20XX年
fn year_date(text: &str) -> Option<usize> {
    if text.len() < 4 || !text.is_char_boundary(4) {
        return None;
    }
    let template = text.starts_with("20") && matches!(&text[2..4], "XX" | "xx");
    if !template && !is_year(text) {
        return None;
    }
    let mut at = 4;
    for dash in ["-", "—", "–", "~", "～", "至"] {
        if let Some(rest) = text[at..].strip_prefix(dash)
            && is_year(rest)
        {
            at += dash.len() + 4;
            break;
        }
    }
    let rest = text[at..].strip_prefix('年')?;
    at += '年'.len_utf8();
    if rest.starts_with('度') {
        return Some(at + '度'.len_utf8());
    }
    Some(at + month(rest).unwrap_or(0))
}

/// 12月31日, 1-2月, 5月底
fn month(text: &str) -> Option<usize> {
    let mut at = digits(text);
    if !(1..=2).contains(&at) {
        return None;
    }
    if let Some(rest) = text[at..].strip_prefix(['-', '—', '~', '至'])
        && matches!(digits(rest), 1 | 2)
    {
        at = text.len() - rest.len() + digits(rest);
    }
    text[at..].strip_prefix('月')?;
    at += '月'.len_utf8();
    let day = digits(&text[at..]);
    if matches!(day, 1 | 2) && text[at + day..].starts_with(['日', '号']) {
        at += day + '日'.len_utf8();
    }
    Some(at)
}

/// 2024-05-16, 2024.5.16, 2024/5/16
fn dashed(text: &str) -> Option<usize> {
    if text.len() < 8 || !text.is_char_boundary(4) || !is_year(text) {
        return None;
    }
    let mark = text[4..].chars().next().filter(|c| matches!(c, '-' | '.' | '/'))?;
    let rest = &text[5..];
    let month = digits(rest);
    let day_text = rest.get(month..)?.strip_prefix(mark)?;
    let day = digits(day_text);
    let plausible = matches!(month, 1 | 2) && matches!(day, 1 | 2);
    plausible.then_some(5 + month + 1 + day)
}

/// 〔2024〕8号, [2014]45号, (2021)1号: bytes after the bracket, where `text` begins with the year.
pub(super) fn document_number(before: &str, text: &str) -> Option<usize> {
    before.chars().next_back().filter(|c| "〔[【（(".contains(*c))?;
    let year = digits(text);
    if year < 4 {
        return None;
    }
    let rest = &text[year..];
    let close = rest.chars().next().filter(|c| "〕]】）)".contains(*c)).map_or(0, char::len_utf8);
    let rest = &rest[close..];
    let ordinal = if rest.starts_with('第') { '第'.len_utf8() } else { 0 };
    let number = digits(&rest[ordinal..]);
    let ends = rest[ordinal + number..].starts_with('号');
    (ends && (number > 0 || year > 4)).then_some(year + close + ordinal + number + '号'.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::{date, document_number};

    #[test]
    fn dates() {
        let read = |text: &'static str| date(text).map(|len| &text[..len]);
        assert_eq!(read("2024年度部门"), Some("2024年度"));
        assert_eq!(read("2023年12月31日前"), Some("2023年12月31日"));
        assert_eq!(read("2022年1-2月份"), Some("2022年1-2月"));
        assert_eq!(read("2021-2023年"), Some("2021-2023年"));
        assert_eq!(read("10月17日"), Some("10月17日"));
        assert_eq!(read("2024-05-16前"), Some("2024-05-16"));
        assert_eq!(read("2024.5"), None);
        assert_eq!(read("10个月"), None);
        assert_eq!(read("2000万元"), None);
    }

    #[test]
    fn document_numbers() {
        assert_eq!(document_number("财预〔", "2020〕10号"), Some("2020〕10号".len()));
        assert_eq!(document_number("政发〔", "20244号"), Some("20244号".len()));
        assert_eq!(document_number("（", "50分）"), None);
    }
}
