//! The figures of one unit in one year, consistent with one another and with the year before.

use std::fmt;

use crate::rng::Rng;

/// Hundredths of 万元.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Cents(pub(crate) i64);

impl fmt::Display for Cents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        write!(f, "{sign}{}.{:02}", self.0.abs() / 100, self.0.abs() % 100)
    }
}

/// `part / whole` in percent with two decimals, rounded half up.
pub(crate) fn percent(part: Cents, whole: Cents) -> Cents {
    Cents((part.0 * 20_000 + whole.0) / (2 * whole.0))
}

/// One project's year.
#[derive(Clone, Debug)]
pub(crate) struct Project {
    pub(crate) name: String,
    pub(crate) budget: Cents,
    pub(crate) spent: Cents,
}

#[derive(Clone, Debug)]
pub(crate) struct Books {
    pub(crate) initial: Cents,
    pub(crate) added: Cents,
    pub(crate) budget: Cents,
    pub(crate) basic: Cents,
    pub(crate) staff: Cents,
    pub(crate) running: Cents,
    pub(crate) projects: Vec<Project>,
    pub(crate) project: Cents,
    pub(crate) spent: Cents,
    pub(crate) last_year: Cents,
    pub(crate) vehicle: Cents,
    pub(crate) reception: Cents,
    pub(crate) people: i64,
    pub(crate) posts: i64,
}

impl Books {
    /// The books of a unit in a year; last year's total is that of the books of that year.
    pub(crate) fn of(seed: u64, unit: u64, year: u16, names: &[String]) -> Books {
        let last_year = Books::year(seed, unit, year - 1, names).spent;
        Books { last_year, ..Books::year(seed, unit, year, names) }
    }

    fn year(seed: u64, unit: u64, year: u16, names: &[String]) -> Books {
        let mut size = Rng::of(seed, &[unit, 1]);
        let scale = size.between(20, 400);
        let posts = size.between(12, 180);
        let mut rng = Rng::of(seed, &[unit, u64::from(year), 2]);
        let mut amount = |low: i64, high: i64| Cents(rng.between(low * scale, high * scale) + rng.between(0, 97));
        let (staff, running) = (amount(300, 360), amount(40, 70));
        let basic = Cents(staff.0 + running.0);
        let projects: Vec<Project> = names
            .iter()
            .map(|name| {
                let budget = amount(30, 160);
                // Between 71 and 100 per cent is spent.
                let spent = Cents(budget.0 - budget.0 * rng_of(seed, unit, year, name) / 1000);
                Project { name: name.clone(), budget, spent }
            })
            .collect();
        let sum = |of: fn(&Project) -> Cents| Cents(projects.iter().map(|project| of(project).0).sum());
        let (project_budget, project) = (sum(|project| project.budget), sum(|project| project.spent));
        let budget = Cents(basic.0 + project_budget.0);
        let mut rng = Rng::of(seed, &[unit, u64::from(year), 3]);
        let added = Cents(budget.0 * rng.between(20, 130) / 1000);
        Books {
            initial: Cents(budget.0 - added.0),
            added,
            budget,
            basic,
            staff,
            running,
            project,
            spent: Cents(basic.0 + project.0),
            last_year: Cents(0),
            vehicle: Cents(rng.between(150, 1800)),
            reception: Cents(rng.between(20, 600)),
            people: posts - rng.between(0, 6),
            posts,
            projects,
        }
    }
}

fn rng_of(seed: u64, unit: u64, year: u16, name: &str) -> i64 {
    let label = name.bytes().fold(7_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(byte)));
    Rng::of(seed, &[unit, u64::from(year), label]).between(3, 290)
}
