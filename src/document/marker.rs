//! List and heading numbers: 一、 （一） 1. （1） ① 一是 第一部分 附件3-1

use nom::branch::alt;
use nom::bytes::complete::{tag, take_while_m_n};
use nom::character::complete::one_of;
use nom::combinator::{map, map_opt, not, opt, peek, recognize, value};
use nom::sequence::{delimited, pair, preceded, terminated};
use nom::{IResult, Parser};

use super::literal::{is_written_digit, worth};
use crate::source::{Flow, FlowRange, Span};

/// The number that a heading or list item begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marker {
    pub style: MarkerStyle,
    pub number: u32,
    pub span: Span,
    pub range: FlowRange,
    /// Blanks stand between number and text: the converter's sign of an automatic number, so it may be wrong.
    pub soft: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MarkerStyle {
    /// 附件1, 附件3-1, 附表
    Attachment,
    /// 第一部分
    Part,
    /// 一、
    Han,
    /// （一） (一)
    HanParen,
    /// 1、
    ArabicPause,
    /// 1. １．
    ArabicDot,
    /// （1） (1)
    ArabicParen,
    /// 1）
    ArabicHalfParen,
    /// ①
    Circled,
    /// 一是
    HanIs,
}

impl MarkerStyle {
    /// How deep the style usually stands: GB/T 9704 一、 → （一） → 1. → （1）.
    pub fn usual_level(self) -> u8 {
        match self {
            MarkerStyle::Attachment | MarkerStyle::Part => 0,
            MarkerStyle::Han => 1,
            MarkerStyle::HanParen => 2,
            MarkerStyle::ArabicPause | MarkerStyle::ArabicDot => 3,
            MarkerStyle::ArabicParen | MarkerStyle::ArabicHalfParen => 4,
            MarkerStyle::Circled => 5,
            MarkerStyle::HanIs => 6,
        }
    }

    /// Whether two styles differ only in punctuation: 1、 and 1.
    pub fn is_like(self, other: MarkerStyle) -> bool {
        use MarkerStyle::{ArabicDot, ArabicPause};
        self == other || matches!((self, other), (ArabicDot, ArabicPause) | (ArabicPause, ArabicDot))
    }
}

type Read = (MarkerStyle, u32);

fn han_number(input: &str) -> IResult<&str, u32> {
    map_opt(take_while_m_n(1, 4, is_written_digit), worth).parse(input)
}

fn arabic_number(input: &str) -> IResult<&str, u32> {
    map_opt(take_while_m_n(1, 2, |c: char| c.is_ascii_digit()), |word: &str| word.parse().ok()).parse(input)
}

/// 一、
fn han(input: &str) -> IResult<&str, Read> {
    map(terminated(han_number, alt((tag("、"), tag("．"), tag(".")))), |n| (MarkerStyle::Han, n)).parse(input)
}

/// （一）
fn han_paren(input: &str) -> IResult<&str, Read> {
    map(delimited(one_of("（("), han_number, one_of("）)")), |n| (MarkerStyle::HanParen, n)).parse(input)
}

/// （1）
fn arabic_paren(input: &str) -> IResult<&str, Read> {
    map(delimited(one_of("（("), arabic_number, one_of("）)")), |n| (MarkerStyle::ArabicParen, n)).parse(input)
}

/// 1）
fn arabic_half_paren(input: &str) -> IResult<&str, Read> {
    map(terminated(arabic_number, one_of("）)")), |n| (MarkerStyle::ArabicHalfParen, n)).parse(input)
}

/// 1、 1，
fn arabic_pause(input: &str) -> IResult<&str, Read> {
    map(terminated(arabic_number, one_of("、，")), |n| (MarkerStyle::ArabicPause, n)).parse(input)
}

/// 1. but not 1.5万元; 1.2021年 counts as 1. and a year
fn arabic_dot(input: &str) -> IResult<&str, Read> {
    let year = recognize(pair(tag("20"), take_while_m_n(2, 2, |c: char| c.is_ascii_digit())));
    let decimals = pair(not(terminated(year, tag("年"))), one_of("0123456789"));
    map(terminated(arabic_number, (tag("."), peek(not(decimals)))), |n| (MarkerStyle::ArabicDot, n)).parse(input)
}

/// ① ㈠
fn circled(input: &str) -> IResult<&str, Read> {
    let number = |c: char| match c {
        '①'..='⑳' => Some(c as u32 - '①' as u32 + 1),
        '⑴'..='⒇' => Some(c as u32 - '⑴' as u32 + 1),
        '㈠'..='㈩' => Some(c as u32 - '㈠' as u32 + 1),
        _ => None,
    };
    map(map_opt(nom::character::complete::anychar, number), |n| (MarkerStyle::Circled, n)).parse(input)
}

/// 第一部分
fn part(input: &str) -> IResult<&str, Read> {
    map(delimited(tag("第"), han_number, tag("部分")), |n| (MarkerStyle::Part, n)).parse(input)
}

/// 附件3-1：
fn attachment(input: &str) -> IResult<&str, Read> {
    let word = alt((tag("附件"), tag("附表")));
    let sub = preceded(tag("-"), arabic_number);
    let number = pair(opt(alt((arabic_number, han_number))), opt(sub));
    let read = terminated(preceded(word, number), (opt(tag(":")), opt(tag("："))));
    map(read, |(main, sub)| (MarkerStyle::Attachment, main.unwrap_or(0) * 100 + sub.unwrap_or(0))).parse(input)
}

/// 一是
fn han_is(input: &str) -> IResult<&str, Read> {
    map(terminated(han_number, tag("是")), |n| (MarkerStyle::HanIs, n)).parse(input)
}

fn marker(input: &str) -> IResult<&str, Read> {
    alt((
        value((MarkerStyle::Part, 0), tag("目录")),
        part,
        attachment,
        han,
        han_is,
        han_paren,
        arabic_paren,
        arabic_dot,
        arabic_pause,
        arabic_half_paren,
        circled,
    ))
    .parse(input)
}

impl Marker {
    /// Whether a text may begin with a marker: not where its first character is a plain ideograph.
    pub(super) fn may_begin(text: &str) -> bool {
        let opens = |c: char| !('一'..='鿿').contains(&c) || is_written_digit(c) || matches!(c, '第' | '附' | '目');
        text.chars().next().is_some_and(opens)
    }

    /// The marker that a flow begins with. `blank_follows` tells whether the report prints blanks after it.
    pub(super) fn read(flow: &Flow, blank_follows: impl Fn(Span) -> bool) -> Option<Marker> {
        let text = flow.text();
        let start = text.len() - text.trim_start_matches('#').len();
        let start = start + bookmark(&text[start..]);
        let (rest, (style, number)) = marker(&text[start..]).ok()?;
        let range = start..text.len() - rest.len();
        let span = flow.span(range.clone());
        Some(Marker { style, number, span, range, soft: blank_follows(span) })
    }
}

/// [bookmark:_GoBack] before a number: its length.
fn bookmark(text: &str) -> usize {
    if !text.starts_with("[bookmark") {
        return 0;
    }
    text.find(']').map_or(0, |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::{MarkerStyle, marker};

    #[test]
    fn styles() {
        let read = |text| marker(text).ok().map(|(_, read)| read);
        assert_eq!(read("一、基本情况"), Some((MarkerStyle::Han, 1)));
        assert_eq!(read("（十二）其他"), Some((MarkerStyle::HanParen, 12)));
        assert_eq!(read("(一）部门"), Some((MarkerStyle::HanParen, 1)));
        assert_eq!(read("1.2021年预算资金"), Some((MarkerStyle::ArabicDot, 1)));
        assert_eq!(read("1.5万元"), None);
        assert_eq!(read("76.23；"), None);
        assert_eq!(read("10、其他"), Some((MarkerStyle::ArabicPause, 10)));
        assert_eq!(read("二是除专项资金"), Some((MarkerStyle::HanIs, 2)));
        assert_eq!(read("附件3-1项目"), Some((MarkerStyle::Attachment, 301)));
        assert_eq!(read("①数量"), Some((MarkerStyle::Circled, 1)));
        assert_eq!(read("2023年度"), None);
        assert_eq!(read("三公经费"), None);
    }
}
