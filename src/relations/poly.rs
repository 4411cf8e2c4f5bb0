//! Polynomials with exact coefficients, and their exact range over a box.

use std::borrow::Cow;

use super::range::Range;
use crate::exact::Exact;

/// The largest degree of one product of variables. Division is multiplied out, so `a / b = c / d` needs 2; more than 4
/// means a formula that no report's claim calls for.
const MAX_DEGREE: usize = 4;
/// At most this many variables are tried at both ends: 4096 corners.
const MAX_CORNERS: usize = 12;

/// A sum of products of variables.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Poly {
    /// Sorted; no product twice.
    terms: Vec<(Product, Exact)>,
}

/// Variables by index, sorted; unused places hold [`NONE`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Product([u16; MAX_DEGREE]);

const NONE: u16 = u16::MAX;

/// The most variables that can be told apart.
pub(super) const MAX_VARIABLES: usize = NONE as usize;

impl Product {
    const ONE: Product = Product([NONE; MAX_DEGREE]);

    /// A variable alone.
    fn of(variable: u16) -> Product {
        Product([variable, NONE, NONE, NONE])
    }

    fn variables(&self) -> impl Iterator<Item = u16> + '_ {
        self.0.iter().copied().take_while(|variable| *variable != NONE)
    }

    /// Whether it is a product of several variables.
    fn is_mixed(&self) -> bool {
        self.0[1] != NONE
    }

    fn times(&self, other: &Product) -> Option<Product> {
        let mut product = *self;
        for (place, variable) in (self.variables().count()..).zip(other.variables()) {
            *product.0.get_mut(place)? = variable;
        }
        product.0.sort_unstable();
        Some(product)
    }

    fn without(&self, variable: u16) -> Product {
        let mut product = Product::ONE;
        let others = self.variables().filter(|each| *each != variable);
        product.0.iter_mut().zip(others).for_each(|(place, each)| *place = each);
        product
    }

    fn has_square(&self) -> bool {
        self.0.windows(2).any(|pair| pair[0] == pair[1] && pair[0] != NONE)
    }
}

impl Poly {
    pub(super) fn constant(value: Exact) -> Poly {
        Poly { terms: if value.is_zero() { Vec::new() } else { vec![(Product::ONE, value)] } }
    }

    pub(super) fn variable(index: u16) -> Poly {
        Poly { terms: vec![(Product::of(index), Exact::ONE)] }
    }

    /// Adds a variable, or takes it off.
    pub(super) fn count_in(&mut self, index: u16, negative: bool) -> Option<()> {
        self.add(Product::of(index), if negative { Exact::ONE.negated() } else { Exact::ONE })
    }

    pub(super) fn one() -> Poly {
        Poly::constant(Exact::ONE)
    }

    pub(super) fn is_one(&self) -> bool {
        self.terms == [(Product::ONE, Exact::ONE)]
    }

    pub(super) fn negated(mut self) -> Poly {
        for (_, factor) in &mut self.terms {
            *factor = factor.negated();
        }
        self
    }

    /// Adds; `None` on overflow, as everywhere here.
    pub(super) fn plus(mut self, other: &Poly) -> Option<Poly> {
        for (product, factor) in &other.terms {
            self.add(*product, *factor)?;
        }
        Some(self)
    }

    pub(super) fn minus(mut self, other: &Poly) -> Option<Poly> {
        for (product, factor) in &other.terms {
            self.add(*product, factor.negated())?;
        }
        Some(self)
    }

    /// Times a factor, where there is one.
    pub(super) fn multiplied(&self, factor: &Option<Poly>) -> Option<Cow<'_, Poly>> {
        match factor {
            Some(factor) => self.times(factor).map(Cow::Owned),
            None => Some(Cow::Borrowed(self)),
        }
    }

    fn add(&mut self, product: Product, factor: Exact) -> Option<()> {
        match self.terms.binary_search_by(|(each, _)| each.cmp(&product)) {
            Ok(at) => {
                self.terms[at].1 = self.terms[at].1.plus(factor)?;
                if self.terms[at].1.is_zero() {
                    self.terms.remove(at);
                }
            }
            Err(at) if !factor.is_zero() => self.terms.insert(at, (product, factor)),
            Err(_) => {}
        }
        Some(())
    }

    pub(super) fn times(&self, other: &Poly) -> Option<Poly> {
        if self.is_one() {
            return Some(other.clone());
        }
        if other.is_one() {
            return Some(self.clone());
        }
        let mut result = Poly::default();
        for (a, x) in &self.terms {
            for (b, y) in &other.terms {
                result.add(a.times(b)?, x.times(*y)?)?;
            }
        }
        Some(result)
    }

    pub(super) fn len(&self) -> usize {
        self.terms.len()
    }

    /// The factor of a variable where it stands alone; zero where it does not.
    pub(super) fn factor(&self, index: u16) -> Exact {
        let product = Product::of(index);
        let place = self.terms.binary_search_by(|(each, _)| each.cmp(&product));
        place.map_or(Exact::ZERO, |at| self.terms[at].1)
    }

    /// The factor of each variable, where it is a sum of variables alone.
    pub(super) fn factors(&self) -> Option<Vec<(u16, Exact)>> {
        let factor = |(product, factor): &(Product, Exact)| {
            let mut variables = product.variables();
            variables.next().filter(|_| variables.next().is_none()).map(|variable| (variable, *factor))
        };
        self.terms.iter().map(factor).collect()
    }

    /// The value at a point.
    pub(super) fn at(&self, point: impl Fn(u16) -> Exact) -> Option<Exact> {
        self.terms.iter().try_fold(Exact::ZERO, |sum, (product, factor)| {
            let value = product.variables().try_fold(*factor, |value, variable| value.times(point(variable)))?;
            sum.plus(value)
        })
    }

    /// The exact range over a box.
    ///
    /// The function is linear in each variable, so its extremes lie at corners. A set of variables is fixed at both ends
    /// in turn, large enough that the rest is linear with constant coefficients, whose range has a closed form.
    pub(super) fn range(&self, ends: impl Fn(u16) -> Range) -> Option<Range> {
        if self.is_linear() {
            return self.linear_range(|variable| Some(ends(variable)));
        }
        let corners = self.corner_variables(&ends)?;
        (0..1u32 << corners.len())
            .map(|corner| self.range_at(corner, &corners, &ends))
            .reduce(|a, b| Some(a?.join(b?)))
            .expect("there is at least the empty corner")
    }

    /// Whether every term is a constant or a variable times a constant.
    fn is_linear(&self) -> bool {
        !self.terms.iter().any(|(product, _)| product.is_mixed())
    }

    /// The exact range where every term is a constant or a variable times a constant; `None` where one is not, or has no
    /// known ends.
    pub(super) fn linear_range(&self, ends: impl Fn(u16) -> Option<Range>) -> Option<Range> {
        let sum = |range: Range, (product, factor): &(Product, Exact)| {
            let variable = product.variables().next();
            range.plus(variable.map_or(Some(Range::point(Exact::ONE)), &ends)?.scaled(*factor)?)
        };
        self.is_linear().then(|| self.terms.iter().try_fold(Range::point(Exact::ZERO), sum)).flatten()
    }

    fn corner_variables(&self, ends: &impl Fn(u16) -> Range) -> Option<Vec<u16>> {
        let mut corners: Vec<u16> = Vec::new();
        for (product, _) in self.terms.iter().filter(|(product, _)| product.is_mixed()) {
            let free = |variable: &u16| {
                let range = ends(*variable);
                range.low != range.high || range.low.is_none()
            };
            if product.has_square() && product.variables().any(|variable| free(&variable)) {
                return None;
            }
            // All but one of the free variables of a product are fixed; the last one stays linear, best one without bounds.
            let mut open: Vec<u16> = product.variables().filter(free).filter(|v| !corners.contains(v)).collect();
            let bounded = |variable: u16| ends(variable).low.is_some() && ends(variable).high.is_some();
            open.sort_by_key(|variable| (bounded(*variable), self.products_with(*variable)));
            while open.len() > 1 {
                corners.extend(open.pop());
            }
        }
        (corners.len() <= MAX_CORNERS).then_some(corners)
    }

    fn products_with(&self, variable: u16) -> usize {
        self.terms.iter().filter(|(product, _)| product.variables().any(|each| each == variable)).count()
    }

    /// The range with the variables of `corners` fixed at the ends that the bits of `corner` choose.
    fn range_at(&self, corner: u32, corners: &[u16], ends: &impl Fn(u16) -> Range) -> Option<Range> {
        let mut linear: Vec<(u16, Exact)> = Vec::with_capacity(self.terms.len());
        let mut constant = Exact::ZERO;
        for (product, factor) in &self.terms {
            let mut value = *factor;
            let mut rest = None;
            for variable in product.variables() {
                let range = ends(variable);
                match corners.iter().position(|each| *each == variable) {
                    Some(at) => value = value.times(if corner >> at & 1 == 0 { range.low? } else { range.high? })?,
                    None if range.low == range.high && range.low.is_some() => value = value.times(range.low?)?,
                    None => rest = Some(variable),
                }
            }
            match rest {
                None => constant = constant.plus(value)?,
                Some(variable) => match linear.iter_mut().find(|(each, _)| *each == variable) {
                    Some((_, sum)) => *sum = sum.plus(value)?,
                    None => linear.push((variable, value)),
                },
            }
        }
        linear
            .into_iter()
            .try_fold(Range::point(constant), |range, (variable, factor)| range.plus(ends(variable).scaled(factor)?))
    }

    /// The value of one variable at which the polynomial is zero, as numerator and denominator, where all others stand at
    /// `point` and the variable occurs linearly.
    pub(super) fn solve(&self, variable: u16, point: impl Fn(u16) -> Exact) -> Option<(Exact, Exact)> {
        let (slope, rest) = self.split(variable)?;
        let (slope, rest) = (slope.at(&point)?, rest.at(&point)?);
        (!slope.is_zero()).then_some((rest.negated(), slope))
    }

    /// The polynomial as `slope × variable + rest`, where the variable occurs linearly.
    pub(super) fn split(&self, variable: u16) -> Option<(Poly, Poly)> {
        let (mut slope, mut rest) = (Poly::default(), Poly::default());
        for (product, factor) in &self.terms {
            match product.variables().filter(|each| *each == variable).count() {
                0 => rest.terms.push((*product, *factor)),
                1 => slope.terms.push((product.without(variable), *factor)),
                _ => return None,
            }
        }
        Some((slope, rest))
    }
}
