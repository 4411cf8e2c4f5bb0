//! The words of a formula: roles of a claim, or concepts and stages of the lexicon.

use super::syntax::{Fault, RawExpr, constant};
use crate::facts::{Measure, Role, lexicon};
use crate::relations::formula::{Expr, Meaning, Term, TermKind};

/// The distinct terms of a formula, as its expressions name them.
pub(super) struct Terms {
    over_claims: bool,
    terms: Vec<Term>,
}

impl Terms {
    pub(super) fn new(over_claims: bool) -> Terms {
        Terms { over_claims, terms: Vec::new() }
    }

    pub(super) fn into_terms(self) -> Vec<Term> {
        self.terms
    }

    /// The index of a word's term.
    pub(super) fn term<'a>(&mut self, word: &'a str) -> Result<usize, Fault<'a>> {
        if let Some(index) = self.terms.iter().position(|term| term.word == word) {
            return Ok(index);
        }
        let kind = if self.over_claims { role(word)? } else { fact(word)? };
        self.terms.push(Term { word: word.to_owned(), kind });
        Ok(self.terms.len() - 1)
    }

    /// The expression with its words looked up.
    pub(super) fn resolve<'a>(&mut self, raw: &RawExpr<'a>) -> Result<Expr, Fault<'a>> {
        Ok(match raw {
            RawExpr::Number(text, percent) => {
                Expr::Constant(constant(text, *percent).ok_or(("这个数太长".to_owned(), *text))?)
            }
            RawExpr::Word(word) => Expr::Term(self.term(word)?),
            RawExpr::Call(name, arguments) => self.call(name, arguments)?,
            RawExpr::Binary(left, sign, right) => {
                let (left, right) = (Box::new(self.resolve(left)?), Box::new(self.resolve(right)?));
                match sign {
                    '+' => Expr::Plus(left, right),
                    '×' => Expr::Times(left, right),
                    '÷' => Expr::Over(left, right),
                    _ => Expr::Minus(left, right),
                }
            }
        })
    }

    fn call<'a>(&mut self, name: &'a str, arguments: &[RawExpr<'a>]) -> Result<Expr, Fault<'a>> {
        match (name, arguments) {
            ("和", [RawExpr::Word(word)]) => Ok(Expr::Sum(self.term(word)?)),
            ("个数", [RawExpr::Word(word)]) => Ok(Expr::Count(self.term(word)?)),
            ("小", [a, b]) => Ok(Expr::Least(Box::new(self.resolve(a)?), Box::new(self.resolve(b)?))),
            ("大", [a, b]) => Ok(Expr::Greatest(Box::new(self.resolve(a)?), Box::new(self.resolve(b)?))),
            _ => Err(("和、个数 要一个角色，小、大 要两个算式".into(), name)),
        }
    }
}

fn role(word: &str) -> Result<TermKind, Fault<'_>> {
    Role::from_word(word).map(TermKind::Role).ok_or(("没有这个角色".to_owned(), word))
}

/// 基本支出, 基本支出（决算）, 执行数, 执行率
fn fact(word: &str) -> Result<TermKind, Fault<'_>> {
    let lexicon = lexicon();
    let (name, stage) = staged(word);
    if let Some(concept) = lexicon.concept(name) {
        return Ok(TermKind::Fact { concept: Some(concept), stage, measure: Measure::Level });
    }
    if let Some(stage) = lexicon.stage(word) {
        return Ok(TermKind::Fact { concept: None, stage: Some(stage), measure: Measure::Level });
    }
    match lexicon.measure(word) {
        Some(measure) => Ok(TermKind::Fact { concept: None, stage: None, measure }),
        None => Err(("词表里没有这个词".into(), word)),
    }
}

/// A concept's word and the stage in the brackets that end it.
fn staged(word: &str) -> (&str, Option<crate::facts::Stage>) {
    let inner = word.strip_suffix(['）', ')']).and_then(|text| text.rsplit_once(['（', '(']));
    match inner.and_then(|(name, inner)| Some((name, lexicon().stage(inner)?))) {
        Some((name, stage)) => (name, Some(stage)),
        None => (word, None),
    }
}

/// What a word of a condition asks for.
pub(super) fn meaning(word: &str) -> Result<Meaning, Fault<'_>> {
    let lexicon = lexicon();
    let concept = lexicon.concept(word).map(Meaning::Concept);
    let stage = || lexicon.stage(word).map(Meaning::Stage);
    let measure = || lexicon.measure(word).map(Meaning::Measure);
    concept.or_else(stage).or_else(measure).ok_or(("词表里没有这个词".into(), word))
}
