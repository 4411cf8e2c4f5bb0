//! What is kept of one report once it is audited: its findings, and what comparing reports needs of it.
//!
//! A digest borrows its words, from the audit that it is made of or from the bytes that it was stored in. Its figures and
//! relations are not stored with it: the tables of results take them at once, and nothing else asks for all of them.

mod facts;
mod findings;
mod form;
mod levels;
mod make;
mod passages;
mod text;
mod words;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

pub use levels::{Level, concept, concept_number};
pub use make::rules_key;
pub use passages::{MIN_CHARS, Own, Place, Sentence};
pub use text::Text;
pub(crate) use words::exponent;
use words::is_money;
pub use words::{dimension, hedge, measure, scope, stage, unit, verdict};

/// Raised whenever what is kept of the same text and rules would come out differently.
pub const VERSION: u32 = 5;

/// One report, in short.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Digest<'a> {
    #[serde(borrow)]
    pub about: About<'a>,
    /// Numbers checked, linked, read, unread.
    pub ledger: [u32; 4],
    /// Relations by verdict, in the order of [`words::VERDICTS`].
    pub verdicts: [u32; 5],
    #[serde(borrow)]
    pub findings: Vec<Found<'a>>,
    /// The self-assessment's score.
    pub score: Option<Decimal>,
    /// Amounts of money of the whole unit.
    pub levels: Vec<Level>,
    #[serde(borrow)]
    pub passages: Vec<Passage<'a>>,
    #[serde(borrow)]
    pub targets: Vec<Target<'a>>,
    /// The projects that it has amounts of, each once.
    #[serde(borrow)]
    pub projects: Vec<Text<'a>>,
    /// The longest header of its tables of four columns at least.
    #[serde(borrow)]
    pub header: Text<'a>,
    /// A fingerprint of its main headings: reports that share them are of one form.
    pub form: Option<u64>,
    /// A fingerprint of all its passages and figures.
    pub content: u64,
    #[serde(skip)]
    pub details: Details<'a>,
}

/// Every number and relation of a report.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Details<'a> {
    #[serde(borrow)]
    pub figures: Vec<Figure<'a>>,
    #[serde(borrow)]
    pub relations: Vec<Related<'a>>,
}

/// What the report says that it is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct About<'a> {
    #[serde(borrow)]
    pub title: Option<Text<'a>>,
    #[serde(borrow)]
    pub entity: Option<Text<'a>>,
    pub year: Option<u16>,
    #[serde(borrow)]
    pub kind: Text<'a>,
    /// Bytes of its text.
    pub bytes: u32,
}

/// A finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Found<'a> {
    #[serde(borrow)]
    pub id: Text<'a>,
    #[serde(borrow)]
    pub rule: Text<'a>,
    #[serde(borrow)]
    pub family: Text<'a>,
    #[serde(borrow)]
    pub severity: Text<'a>,
    #[serde(borrow)]
    pub confidence: Text<'a>,
    #[serde(borrow)]
    pub title: Text<'a>,
    #[serde(borrow)]
    pub message: Text<'a>,
    #[serde(borrow)]
    pub place: Text<'a>,
    pub line: u32,
    pub column: u32,
    pub start: u32,
    pub end: u32,
    /// The words that it marks.
    #[serde(borrow)]
    pub text: Text<'a>,
    /// The words before and after them on their line, clipped.
    #[serde(borrow)]
    pub before: Text<'a>,
    #[serde(borrow)]
    pub after: Text<'a>,
    #[serde(borrow)]
    pub proof: Option<Proof<'a>>,
    #[serde(borrow)]
    pub suggestion: Text<'a>,
    /// How much money it is about, in 元.
    pub stake: Option<Decimal>,
}

/// The arithmetic of a finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Proof<'a> {
    #[serde(borrow)]
    pub formula: Text<'a>,
    #[serde(borrow)]
    pub stated: Text<'a>,
    #[serde(borrow)]
    pub computed: Text<'a>,
    #[serde(borrow)]
    pub difference: Text<'a>,
}

/// A number bound to what it measures. The small numbers are places in the lists of [`words`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure<'a> {
    /// Which number of the report.
    pub number: u32,
    #[serde(borrow)]
    pub label: Text<'a>,
    #[serde(borrow)]
    pub concept: Text<'a>,
    /// The project that it is about; empty for the whole unit.
    #[serde(borrow)]
    pub item: Text<'a>,
    pub measure: u8,
    pub scope: u8,
    pub stage: u8,
    /// 0 where none is stated.
    pub period: u16,
    pub value: Decimal,
    pub unit: u8,
    pub hedge: u8,
    pub line: u32,
    pub start: u32,
    pub end: u32,
}

/// An exact decimal: `mantissa × 10^-scale`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decimal {
    pub mantissa: i128,
    pub scale: u8,
}

/// A relation with its verdict.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Related<'a> {
    /// Which page of the rules.
    pub page: u16,
    pub verdict: u8,
    /// The numbers that it relates.
    pub numbers: Vec<u32>,
    /// Why it was not judged.
    #[serde(borrow)]
    pub reason: Text<'a>,
}

/// A stretch of running text, as far as reports are compared by it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Passage<'a> {
    pub place: Place,
    pub line: u32,
    /// A fingerprint of its words, and one of its words without numbers and without the name of the reporting unit.
    pub exact: u64,
    pub masked: u64,
    /// Its characters.
    pub chars: u32,
    /// It says what hardly changes: duties, offices, terms.
    pub standing: bool,
    pub sentences: Vec<Sentence>,
    /// See [`Sketch`](crate::corpus::copies::Sketch).
    #[serde(borrow)]
    pub sketch: Cow<'a, [u8]>,
    /// Its words. Not stored with the digest: equal words of many reports are kept once.
    #[serde(skip)]
    pub text: Text<'a>,
}

/// A target and what was achieved, as a form prints them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Target<'a> {
    #[serde(borrow)]
    pub name: Text<'a>,
    #[serde(borrow)]
    pub target: Text<'a>,
    #[serde(borrow)]
    pub achieved: Text<'a>,
}

impl Digest<'_> {
    /// The bytes that it is stored as, without its details and the texts of its passages.
    pub fn to_bytes(&self) -> Vec<u8> {
        postcard::to_stdvec(self).expect("memory takes every byte")
    }

    /// A stored digest; `None` for bytes that are none.
    pub fn from_bytes(bytes: &[u8]) -> Option<Digest<'_>> {
        postcard::from_bytes(bytes).ok()
    }
}

impl Details<'_> {
    pub fn to_bytes(&self) -> Vec<u8> {
        postcard::to_stdvec(self).expect("memory takes every byte")
    }

    pub fn from_bytes(bytes: &[u8]) -> Option<Details<'_>> {
        postcard::from_bytes(bytes).ok()
    }
}
