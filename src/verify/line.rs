//! The arithmetic of a proof as it is printed: `213.24 + 49.76 + 1.39 = 264.39 ≠ 223.19`.

use super::rational::Rational;

/// A printed number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number {
    /// Without its unit.
    pub(super) plain: Rational,
    /// With its unit: 元, one, a fraction.
    pub(super) value: Rational,
    /// Half a unit of the last printed place.
    pub(super) half: Rational,
}

/// Sums and products of printed numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Term {
    Number(Number),
    Negated(Box<Term>),
    Pair(Box<Term>, char, Box<Term>),
}

/// Terms with the signs between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) first: Term,
    pub(super) rest: Vec<(char, Term)>,
}

/// Units and the power of ten that each stands for, the longer before what they begin with.
const UNITS: &[(&str, i32)] = &[
    ("个百分点", -2),
    ("元/单位", 0),
    ("平方米", 0),
    ("万平方米", 4),
    ("万亿元", 12),
    ("亿元", 8),
    ("万元", 4),
    ("千元", 3),
    ("人次", 0),
    ("元", 0),
    ("万", 4),
    ("亿", 8),
    ("%", -2),
    ("‰", -3),
    ("倍", 0),
    ("分", 0),
    ("人", 0),
];

const SIGNS: &[char] = &['=', '≠', '≈', '≤', '≥', '<', '>'];
/// Brackets nest no deeper in any formula.
const DEPTH: usize = 16;

/// `None` where the line is not of this form.
pub(super) fn read(line: &str) -> Option<Line> {
    let mut reader = Reader { rest: line.trim(), depth: 0 };
    let first = reader.sum()?;
    let mut rest = Vec::new();
    while let Some(sign) = reader.take(SIGNS) {
        rest.push((sign, reader.sum()?));
    }
    (reader.rest.is_empty() && !rest.is_empty()).then_some(Line { first, rest })
}

struct Reader<'l> {
    rest: &'l str,
    depth: usize,
}

impl Reader<'_> {
    fn take(&mut self, wanted: &[char]) -> Option<char> {
        let first = self.rest.chars().next().filter(|c| wanted.contains(c))?;
        self.rest = self.rest[first.len_utf8()..].trim_start();
        Some(first)
    }

    fn sum(&mut self) -> Option<Term> {
        let mut left = self.product()?;
        while let Some(sign) = self.take(&['+', '-']) {
            left = Term::Pair(Box::new(left), sign, Box::new(self.product()?));
        }
        Some(left)
    }

    fn product(&mut self) -> Option<Term> {
        let mut left = self.atom()?;
        while let Some(sign) = self.take(&['×', '÷']) {
            left = Term::Pair(Box::new(left), sign, Box::new(self.atom()?));
        }
        Some(left)
    }

    fn atom(&mut self) -> Option<Term> {
        if self.take(&['-']).is_some() {
            return Some(Term::Negated(Box::new(self.atom()?)));
        }
        if self.take(&['(']).is_some() {
            self.depth += 1;
            let inner = (self.depth <= DEPTH).then(|| self.sum())??;
            self.depth -= 1;
            self.take(&[')'])?;
            return Some(inner);
        }
        self.number().map(Term::Number)
    }

    fn number(&mut self) -> Option<Number> {
        let end = self.rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(self.rest.len());
        let (digits, rest) = self.rest.split_at(end);
        let unit = UNITS.iter().find(|(word, _)| rest.starts_with(word));
        self.rest = rest[unit.map_or(0, |(word, _)| word.len())..].trim_start();
        let scale = Rational::power_of_ten(unit.map_or(0, |(_, exponent)| *exponent))?;
        let (plain, half) = decimal(digits)?;
        Some(Number { plain, value: plain.times(scale)?, half: half.times(scale)? })
    }
}

/// A decimal and half a unit of its last place.
pub(super) fn decimal(digits: &str) -> Option<(Rational, Rational)> {
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.is_empty() || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mantissa: i128 = format!("{whole}{decimals}").parse().ok()?;
    let ulp = Rational::power_of_ten(-i32::try_from(decimals.len()).ok()?)?;
    Some((Rational::new(mantissa, 1)?.times(ulp)?, ulp.over(Rational::new(2, 1)?)?))
}

impl Term {
    pub(super) fn value(&self) -> Option<Rational> {
        match self {
            Term::Number(number) => Some(number.value),
            Term::Negated(inner) => Some(inner.value()?.negated()),
            Term::Pair(left, sign, right) => {
                let (left, right) = (left.value()?, right.value()?);
                match sign {
                    '+' => left.plus(right),
                    '-' => left.minus(right),
                    '×' => left.times(right),
                    _ => left.over(right),
                }
            }
        }
    }

    pub(super) fn each(&self, f: &mut impl FnMut(Number)) {
        match self {
            Term::Number(number) => f(*number),
            Term::Negated(inner) => inner.each(f),
            Term::Pair(left, _, right) => {
                left.each(f);
                right.each(f);
            }
        }
    }

    /// A single figure, with or without sign.
    pub(super) fn single(&self) -> Option<Number> {
        match self {
            Term::Number(number) => Some(*number),
            Term::Negated(inner) => inner.single(),
            Term::Pair(..) => None,
        }
    }
}
