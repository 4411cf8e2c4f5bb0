//! The words of a formula: roles of a claim, or concepts and stages of the lexicon.

use super::syntax::{Fault, RawExpr, constant};
use crate::document::literal::Dimension;
use crate::facts::{ClaimKind, Measure, Role, lexicon};
use crate::relations::formula::{Expr, Meaning, Term, TermKind};
use crate::relations::may_compare;

/// The distinct terms of a formula, as its expressions name them.
pub(super) struct Terms {
    /// The kind of claim whose roles they are; none for words of the lexicon.
    over: Option<ClaimKind>,
    terms: Vec<Term>,
}

impl Terms {
    pub(super) fn new(over: Option<ClaimKind>) -> Terms {
        Terms { over, terms: Vec::new() }
    }

    pub(super) fn count(&self) -> usize {
        self.terms.len()
    }

    /// The word of the term with this index.
    pub(super) fn word(&self, index: usize) -> Option<&str> {
        self.terms.get(index).map(|term| term.word.as_str())
    }

    /// Whether two sides can be of one dimension, as far as their words tell.
    pub(super) fn may_compare(&self, left: &Expr, right: &Expr) -> bool {
        may_compare(left, right, &|term| dimension(&self.terms[term].kind))
    }

    /// 年初预算数 beside 基本支出: a stage alone means one concept, and which is not said where others are named.
    pub(super) fn without_concept(&self) -> Option<&str> {
        let concept = |term: &&Term| matches!(term.kind, TermKind::Fact { concept: Some(_), .. });
        let bare = |term: &&Term| {
            matches!(term.kind, TermKind::Fact { concept: None, stage: Some(_), measure: Measure::Level })
        };
        let word = self.terms.iter().find(bare)?.word.as_str();
        self.terms.iter().any(|term| concept(&term)).then_some(word)
    }

    pub(super) fn into_terms(self) -> Vec<Term> {
        self.terms
    }

    /// The index of a word's term.
    pub(super) fn term<'a>(&mut self, word: &'a str) -> Result<usize, Fault<'a>> {
        if let Some(index) = self.terms.iter().position(|term| term.word == word) {
            return Ok(index);
        }
        let kind = match self.over {
            Some(kind) => role(kind, word)?,
            None => fact(word)?,
        };
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

fn role(kind: ClaimKind, word: &str) -> Result<TermKind, Fault<'_>> {
    let names = |roles: &[Role]| roles.iter().map(|role| role.word()).collect::<Vec<_>>().join("、");
    let role = Role::from_word(word).filter(|role| kind.roles().contains(role));
    let message = || format!("“{}”没有这个角色；它有：{}", kind.word(), names(kind.roles()));
    role.map(TermKind::Role).ok_or_else(|| (message(), word))
}

/// The dimension that the word alone tells.
fn dimension(kind: &TermKind) -> Option<Dimension> {
    let of_measure = |measure: &Measure| *measure != Measure::Level;
    match kind {
        TermKind::Role(Role::Growth | Role::Share | Role::Shares | Role::Rate) => Some(Dimension::Ratio),
        TermKind::Role(_) => None,
        TermKind::Fact { measure, .. } if of_measure(measure) => Some(Dimension::Ratio),
        TermKind::Fact { concept: Some(concept), .. } => lexicon().entry(*concept).map(|entry| entry.dimension),
        TermKind::Fact { .. } => None,
    }
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
