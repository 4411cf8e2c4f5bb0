//! The formulas of rule pages: what must hold between the operands of a claim, or between concepts.

use crate::exact::Exact;
use crate::facts::{ClaimKind, Concept, Measure, Operand, Role, Stage};
use crate::finding::Family;

/// The formulas of one rule page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formula {
    /// Index of the page in its rule set.
    pub page: usize,
    /// The page's family: pages of one family may take each other's place.
    pub family: Family,
    pub over: Over,
    /// Every distinct term of the formulas; expressions name them by index.
    pub terms: Vec<Term>,
    /// 应 lines, in order.
    pub requirements: Vec<Requirement>,
}

/// What a page's formulas range over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Over {
    /// 凡 列举: every claim of a kind that meets the conditions (当 lines).
    Claims { kind: ClaimKind, conditions: Vec<Condition> },
    /// Every set of aligned facts.
    Concepts,
}

/// 当 合计 为 三公经费
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    pub role: Role,
    pub test: Test,
}

/// What a condition asks of the operands of its role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// 为: every operand is one of these.
    Is(Vec<Meaning>),
    /// 非: no operand is one of these.
    IsNot(Vec<Meaning>),
    /// 有: some operand is one of these.
    Has(Vec<Meaning>),
    /// 有值: the role is bound.
    Bound,
    /// 无值: the role is not bound.
    Unbound,
}

/// What a word of the lexicon says about an operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    Concept(Concept),
    Stage(Stage),
    Measure(Measure),
}

/// A term of a formula, with the word that the page uses for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    pub word: String,
    pub kind: TermKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TermKind {
    /// The operands of a claim.
    Role(Role),
    /// Facts; keys that are `None` are free, but equal over all terms that leave them free.
    Fact { concept: Option<Concept>, stage: Option<Stage>, measure: Measure },
}

/// 应 执行率 = 执行数 / 全年预算数 或 执行数 / 年初预算数
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requirement {
    pub left: Expr,
    pub compare: Compare,
    /// It holds where one of these does.
    pub right: Vec<Expr>,
    /// What a finding says.
    pub message: Template,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compare {
    Equal,
    NotEqual,
    AtMost,
    AtLeast,
    Below,
    Above,
}

/// Arithmetic over the terms of a formula.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expr {
    /// A number written in the page.
    Constant(Exact),
    /// A term with exactly one operand.
    Term(usize),
    /// 和(各项)
    Sum(usize),
    /// 个数(各项)
    Count(usize),
    Plus(Box<Expr>, Box<Expr>),
    Minus(Box<Expr>, Box<Expr>),
    Times(Box<Expr>, Box<Expr>),
    Over(Box<Expr>, Box<Expr>),
    /// 小(分值, 分值 × 执行率): the smaller one.
    Least(Box<Expr>, Box<Expr>),
    /// 大(…, …): the larger one.
    Greatest(Box<Expr>, Box<Expr>),
}

/// A message with holes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Template(pub Vec<Piece>);

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    Text(String),
    /// {合计}, {和(各项)}: a figure; a single operand as printed, all else computed, in the stated operand's unit.
    Figure(Expr),
    /// {合计.名}: the operand's name in the report, or the role's word.
    Name(usize),
    /// {差}: how far the two sides are apart.
    Difference,
    /// {应为}: the right-hand side that comes nearest.
    Computed,
    /// {主体}: what the claim is about.
    Subject,
    /// {算式}: the arithmetic in one line.
    Arithmetic,
}

impl Expr {
    /// Calls `f` with every term index, each as often as it occurs.
    pub fn each_term(&self, f: &mut impl FnMut(usize)) {
        match self {
            Expr::Constant(_) => {}
            Expr::Term(term) | Expr::Sum(term) | Expr::Count(term) => f(*term),
            Expr::Plus(a, b)
            | Expr::Minus(a, b)
            | Expr::Times(a, b)
            | Expr::Over(a, b)
            | Expr::Least(a, b)
            | Expr::Greatest(a, b) => {
                a.each_term(f);
                b.each_term(f);
            }
        }
    }

    /// The distinct terms, in order of index.
    pub fn terms(&self) -> Vec<usize> {
        let mut terms = Vec::new();
        self.each_term(&mut |term| terms.push(term));
        terms.sort_unstable();
        terms.dedup();
        terms
    }

    /// Whether it takes the smaller or the larger of two expressions, so that its form depends on their values.
    pub fn has_choice(&self) -> bool {
        match self {
            Expr::Constant(_) | Expr::Term(_) | Expr::Sum(_) | Expr::Count(_) => false,
            Expr::Least(..) | Expr::Greatest(..) => true,
            Expr::Plus(a, b) | Expr::Minus(a, b) | Expr::Times(a, b) | Expr::Over(a, b) => {
                a.has_choice() || b.has_choice()
            }
        }
    }

    /// Whether the value has to be computed otherwise than by adding and subtracting, so that writers round the result.
    pub fn is_rounded_by_writers(&self) -> bool {
        match self {
            Expr::Constant(_) | Expr::Term(_) | Expr::Sum(_) | Expr::Count(_) => false,
            Expr::Times(..) | Expr::Over(..) => true,
            Expr::Plus(a, b) | Expr::Minus(a, b) | Expr::Least(a, b) | Expr::Greatest(a, b) => {
                a.is_rounded_by_writers() || b.is_rounded_by_writers()
            }
        }
    }
}

impl Expr {
    /// The first of its operands that is a number.
    pub fn first_number<'o>(&self, operands: &'o [Vec<Operand>]) -> Option<&'o Operand> {
        let mut found = None;
        self.each_term(&mut |term| {
            found = found.or_else(|| operands[term].iter().find(|operand| operand.number().is_some()));
        });
        found
    }
}

impl Requirement {
    /// The distinct terms of the left-hand side and of one right-hand side, in order of index.
    pub fn terms(&self, alternative: usize) -> Vec<usize> {
        let mut terms = self.left.terms();
        terms.extend(self.right[alternative].terms());
        terms.sort_unstable();
        terms.dedup();
        terms
    }

    /// The operand that a relation is about: the first number of the left-hand side, else of one right-hand side.
    pub fn stated<'o>(&self, alternative: usize, operands: &'o [Vec<Operand>]) -> Option<&'o Operand> {
        self.left.first_number(operands).or_else(|| self.right[alternative].first_number(operands))
    }
}

impl Template {
    /// The terms that the message names.
    pub fn terms(&self) -> Vec<usize> {
        let mut terms = Vec::new();
        for piece in &self.0 {
            match piece {
                Piece::Figure(expr) => terms.extend(expr.terms()),
                Piece::Name(term) => terms.push(*term),
                Piece::Text(_) | Piece::Difference | Piece::Computed | Piece::Subject | Piece::Arithmetic => {}
            }
        }
        terms
    }
}

impl Compare {
    /// The sign that a page uses.
    pub fn sign(self) -> &'static str {
        match self {
            Compare::Equal => "=",
            Compare::NotEqual => "≠",
            Compare::AtMost => "≤",
            Compare::AtLeast => "≥",
            Compare::Below => "<",
            Compare::Above => ">",
        }
    }

    /// The sign of the opposite, as a broken relation shows it.
    pub fn broken_sign(self) -> &'static str {
        match self {
            Compare::Equal => "≠",
            Compare::NotEqual => "=",
            Compare::AtMost => ">",
            Compare::AtLeast => "<",
            Compare::Below => "≥",
            Compare::Above => "≤",
        }
    }
}

impl Formula {
    /// Whether the page speaks of particular concepts (当 … 为, 非, 有) rather than of all claims of a kind.
    pub fn is_selective(&self) -> bool {
        match &self.over {
            Over::Claims { conditions, .. } => {
                conditions.iter().any(|c| matches!(c.test, Test::Is(_) | Test::IsNot(_) | Test::Has(_)))
            }
            Over::Concepts => false,
        }
    }
}

impl Term {
    /// The role of a term over claims.
    pub fn role(&self) -> Role {
        match self.kind {
            TermKind::Role(role) => role,
            TermKind::Fact { .. } => unreachable!("a formula over claims has only roles for terms"),
        }
    }
}
