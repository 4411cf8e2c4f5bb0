//! List and heading numbers: 一、 （一） 1. （1） ① 一是 第一部分 附件3-1

use crate::source::{FlowRange, Span};

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
    /// 附件1, 附件3-1, 附表
    Attachment,
}
