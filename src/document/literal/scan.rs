//! Finding the numbers of a flow.

use super::digits::{self, Digits};
use super::{Hedge, Literal, LiteralKind, Unit, date, hedge, unit, written};
use crate::document::words::width;
use crate::exact::Exact;
use crate::source::{Flow, FlowRange};

/// Every number of a flow, in order, without overlaps.
pub fn scan(flow: &Flow) -> Vec<Literal> {
    scan_from(flow, 0)
}

/// Every number of a flow from byte `from` on.
pub fn scan_from(flow: &Flow, from: usize) -> Vec<Literal> {
    let text = flow.text();
    let mut found: Vec<Literal> = Vec::new();
    let mut at = from;
    while let Some(start) = next_start(text, at) {
        let read =
            if text.as_bytes()[start].is_ascii_digit() { numeral(flow, start) } else { written_number(flow, start) };
        match read {
            Some((literal, end)) => {
                at = end;
                if let Some(previous) = found.last_mut() {
                    join_range(text, previous, &literal);
                }
                found.push(literal);
            }
            None => at = start + text[start..].chars().next().map_or(1, char::len_utf8),
        }
    }
    found
}

/// Where the next digit or written-out digit stands.
fn next_start(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(&first) = bytes.get(at) {
        if first.is_ascii_digit() || matches!(first, 0xe3..=0xe9) && written::is_written_at(&bytes[at..]) {
            return Some(at);
        }
        at += width(first);
    }
    None
}

/// A number in digits, or a date, code or name that begins with digits; with the end of what was read.
fn numeral(flow: &Flow, start: usize) -> Option<(Literal, usize)> {
    let text = flow.text();
    let (before, rest) = text.split_at(start);
    if let Some(len) = date::document_number(before, rest) {
        return Some((other(flow, LiteralKind::Code, start..start + len), start + len));
    }
    if let Some(len) = date::date(rest) {
        return Some((other(flow, LiteralKind::Date, start..start + len), start + len));
    }
    let Ok((_, read)) = digits::digits(rest) else {
        let end = start + rest.bytes().take_while(u8::is_ascii_digit).count();
        return Some((other(flow, LiteralKind::Code, start..end), end));
    };
    let end = start + read.len;
    if let Some(kind) = not_a_measure(before, &text[end..], &rest[..read.len], &read) {
        let end = end + word_tail(&text[end..]);
        return Some((other(flow, kind, start..end), end));
    }
    Some(measure(flow, start, &read))
}

/// The rest of a code or a name: letters, digits, dashes.
fn word_tail(rest: &str) -> usize {
    let tail = rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.')).count();
    rest[..tail].trim_end_matches('.').len()
}

/// Why digits that are no date do not measure anything either.
fn not_a_measure(before: &str, after: &str, printed: &str, read: &Digits) -> Option<LiteralKind> {
    let previous = before.chars().next_back();
    if previous.is_some_and(|c| c.is_ascii_alphabetic()) {
        return Some(LiteralKind::Code);
    }
    let named = ["附件", "附表", "附", "表", "图", "第", "类型", "编号", "代码", "公开", "栏次", "行次", "GB/T"];
    if named.iter().any(|word| before.ends_with(word))
        && read.places == 0
        && !after.starts_with(['万', '元', '%', '亿'])
    {
        return Some(LiteralKind::Name);
    }
    if after.starts_with('.') && after[1..].starts_with(|c: char| c.is_ascii_digit()) {
        return Some(LiteralKind::Code);
    }
    let plain = !read.grouped && read.places == 0;
    if plain && printed.len() > 2 && printed.starts_with('0') {
        return Some(LiteralKind::Code);
    }
    let unit = unit::unit(after).ok();
    if plain && unit.is_none() && printed.len() >= 7 && !(before.is_empty() && after.is_empty()) {
        return Some(LiteralKind::Code);
    }
    if plain && after.starts_with(|c: char| c.is_ascii_alphabetic() && c != 'm' && c != 'k') {
        return Some(LiteralKind::Name);
    }
    if plain && printed.len() > 1 && ["热线", "急救", "电话", "专线", "平台"].iter().any(|word| after.starts_with(word))
    {
        return Some(LiteralKind::Name);
    }
    None
}

/// A number that measures something, with sign, unit and hedge.
fn measure(flow: &Flow, start: usize, read: &Digits) -> (Literal, usize) {
    let text = flow.text();
    let end = start + read.len;
    let inside = hedge::inside(&text[end..]);
    let unit = unit::unit(&text[end + inside..]).map(|(_, found)| found).ok();
    let inside = if unit.is_some() { inside } else { 0 };
    let full_end = end + inside + unit.map_or(0, |found| found.len);
    let signed = is_sign(&text[..start]);
    let first = if signed { start - 1 } else { start };
    let value = if signed { read.value.negated() } else { read.value };
    let literal = Literal {
        kind: LiteralKind::Measure,
        span: flow.span(first..full_end),
        digits: flow.span(start..end),
        range: first..full_end,
        value,
        places: read.places,
        unit: unit.map_or(Unit::None, |found| found.unit),
        unit_printed: unit.is_some(),
        hedge: hedge_of(&text[..first], inside > 0, &text[full_end..]),
    };
    (literal, full_end)
}

fn hedge_of(before: &str, inside: bool, after: &str) -> Hedge {
    match (hedge::before(before), hedge::after(after)) {
        (Hedge::None, Hedge::None) if inside => Hedge::More,
        (Hedge::None, after) => after,
        (before, _) => before,
    }
}

/// Whether a minus before the digits is a sign and not a dash between numbers.
fn is_sign(before: &str) -> bool {
    let Some(head) = before.strip_suffix('-') else { return false };
    !head.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '-' || "年月日％%元".contains(c))
}

/// 5-20万元: two bounds; the first takes the second's unit.
fn join_range(text: &str, previous: &mut Literal, next: &Literal) {
    let between = text.get(previous.range.end..next.range.start);
    let dash = matches!(between, Some("-" | "—" | "~" | "～" | "–"));
    let words = matches!(between, Some("至" | "到"));
    let measures = previous.kind == LiteralKind::Measure && next.kind == LiteralKind::Measure;
    if !measures || !(dash || words && previous.unit == next.unit) {
        return;
    }
    if !previous.unit_printed {
        previous.unit = next.unit;
    }
    previous.hedge = Hedge::AtLeast;
}

/// 五个, 六百多人, 百分之九十: a written-out number that counts.
fn written_number(flow: &Flow, start: usize) -> Option<(Literal, usize)> {
    let text = flow.text();
    let (before, rest) = text.split_at(start);
    let (after, (len, value)) = written::written(rest).ok()?;
    let end = start + len;
    if before.ends_with("百分之") {
        let first = start - "百分之".len();
        return Some((plain(flow, first..end, start..end, value, Unit::Percent, Hedge::None), end));
    }
    let previous = before.chars().next_back();
    if value < 2 || previous.is_some_and(|c| "第“每同十统唯逐其周月年初".contains(c) || written::is_written_digit(c))
    {
        return None;
    }
    let inside = hedge::inside(after);
    let counted = &after[inside..];
    if !unit::counts(counted)
        || counted
            .starts_with(['月', '季', '年', '日', '大', '级', '角', '方', '面', '点', '股', '届', '市', '县', '区'])
    {
        return None;
    }
    let (_, found) = unit::unit(counted).ok()?;
    let full_end = end + inside + found.len;
    let hedge = hedge_of(before, inside > 0, &text[full_end..]);
    Some((plain(flow, start..full_end, start..end, value, found.unit, hedge), full_end))
}

fn plain(flow: &Flow, range: FlowRange, digits: FlowRange, value: u32, unit: Unit, hedge: Hedge) -> Literal {
    Literal {
        kind: LiteralKind::Measure,
        span: flow.span(range.clone()),
        digits: flow.span(digits),
        range,
        value: Exact::from(value),
        places: 0,
        unit,
        unit_printed: true,
        hedge,
    }
}

/// Digits that measure nothing.
fn other(flow: &Flow, kind: LiteralKind, range: FlowRange) -> Literal {
    let span = flow.span(range.clone());
    let value = Exact::ZERO;
    Literal {
        kind,
        span,
        digits: span,
        range,
        value,
        places: 0,
        unit: Unit::None,
        unit_printed: false,
        hedge: Hedge::None,
    }
}

#[cfg(test)]
mod tests {
    use super::scan;
    use crate::document::LiteralKind;
    use crate::source::{Encoding, Flow, Source};

    fn read(text: &str) -> Vec<String> {
        let source = Source::from_text("t", text, Encoding::Utf8);
        let flow = Flow::new(&source, &[source.whole()]);
        let show = |literal: &crate::document::Literal| match literal.kind {
            LiteralKind::Measure => {
                let hedge = if literal.hedge == crate::document::Hedge::None {
                    String::new()
                } else {
                    format!("~{:?}", literal.hedge)
                };
                format!("{}{}{hedge}", literal.value, literal.unit.word())
            }
            kind => format!("{kind:?}:{}", source.slice(literal.span)),
        };
        scan(&flow).iter().map(show).collect()
    }

    #[test]
    fn amounts() {
        assert_eq!(
            read("2024 年度部门预算总额 3740.27 万元，执行率 91.41%。"),
            ["Date:2024 年度", "3740.27万元", "91.41%"]
        );
        assert_eq!(
            read("本单位２０２３年支出１２３４５．５７万元，占９８．１４％"),
            ["Date:２０２３年", "12345.57万元", "98.14%"]
        );
        assert_eq!(read("增长-16.67%，调整数-3.2万元"), ["-16.67%", "-3.2万元"]);
    }

    #[test]
    fn hedges_and_ranges() {
        assert_eq!(
            read("1800余万元，80余次，约1400平米，投入5万左右"),
            ["1800万元~More", "80~More", "1400平方米~About", "5万元~About"]
        );
        assert_eq!(read("每个补助5-20万元"), ["5万元~AtLeast", "20万元"]);
        assert_eq!(read("大于14000次；≥95%"), ["14000~AtLeast", "95%~AtLeast"]);
    }

    #[test]
    fn what_only_looks_like_an_amount() {
        assert_eq!(read("财预〔2020〕10号"), ["Code:2020〕10号"]);
        assert_eq!(read("附件3-1，电话023-45855004，A4纸"), ["Name:3-1", "Code:023-45855004", "Code:4"]);
        assert_eq!(read("2130199其他农业农村支出"), ["Code:2130199"]);
    }

    #[test]
    fn written_out() {
        assert_eq!(read("下设五个科室，四百多人，“两个维护”，第三次，三公经费"), ["5", "400人~More"]);
    }
}
