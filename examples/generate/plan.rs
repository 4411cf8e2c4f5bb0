//! Who reports when, who copies from whom, and what is wrong: all from the seed, so that any report can be made alone.

use serde_json::{Value, json};

use crate::books::{Books, Cents};
use crate::families::{About, Family, Line};
use crate::prose;
use crate::rng::Rng;
use crate::words::{BODIES, FIRST, LEVELS, PROJECTS, SECOND};

pub(crate) const YEARS: [u16; 3] = [2022, 2023, 2024];
/// Reports of one unit: three kinds in three years.
pub(crate) const PER_UNIT: usize = 9;

/// Shares of reports, in thousandths.
const DEFECTIVE: u64 = 200;
const COPYING: u64 = 80;
const DUPLICATED: u64 = 4;
/// Units, in thousandths, that hand in last year's problems again.
const REPEATING: u64 = 60;

/// A corpus to come.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    pub(crate) seed: u64,
    pub(crate) reports: usize,
}

/// One report, written, with what is wrong with it.
pub(crate) struct Written {
    pub(crate) path: String,
    pub(crate) text: String,
    pub(crate) truth: Vec<Value>,
}

/// Which report: of which unit, in which year, of which kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    unit: usize,
    year: u16,
    kind: usize,
}

impl Place {
    fn of(index: usize) -> Place {
        let (unit, rest) = (index / PER_UNIT, index % PER_UNIT);
        Place { unit, year: YEARS[rest / 3], kind: rest % 3 }
    }

    fn labels(self, more: u64) -> [u64; 4] {
        [self.unit as u64, u64::from(self.year), self.kind as u64, more]
    }

    fn county(self) -> usize {
        self.unit / BODIES.len()
    }

    fn family(self) -> Family {
        match (self.kind, self.county() % 2) {
            (0, 0) => Family::DepartmentByForm,
            (0, _) => Family::DepartmentByText,
            (1, _) => Family::Project,
            _ => Family::Accounts,
        }
    }
}

pub(crate) fn county(index: usize) -> String {
    // Every pair of characters once before any is repeated with another level.
    let pairs = FIRST.len() * SECOND.len();
    let pair = index * 7 % pairs;
    let level = LEVELS[(index / pairs + index) % LEVELS.len()];
    format!("{}{}{level}", FIRST[pair % FIRST.len()], SECOND[pair / FIRST.len()])
}

impl Plan {
    pub(crate) fn units(self) -> usize {
        self.reports.div_ceil(PER_UNIT)
    }

    pub(crate) fn unit(self, unit: usize) -> String {
        format!("{}{}", county(unit / BODIES.len()), BODIES[unit % BODIES.len()].0)
    }

    fn path(self, place: Place) -> String {
        let (family, unit) = (place.family(), self.unit(place.unit));
        let name = format!("{unit}{}年{}.{}", place.year, family.word(), family.extension());
        format!("{}/{}/{name}", place.year, county(place.county()))
    }

    /// Three projects as any unit has them, and one of its own.
    fn projects(self, unit: usize) -> Vec<String> {
        let mut rng = Rng::of(self.seed, &[unit as u64, 11]);
        let (first, step) = (rng.below(PROJECTS.len()), 1 + 2 * rng.below(3));
        let usual = (0..3).map(|at| PROJECTS[(first + at * step) % PROJECTS.len()].to_owned());
        usual.chain([self.own_project(unit)]).collect()
    }

    fn own_project(self, unit: usize) -> String {
        let county = county(unit / BODIES.len());
        let short: String = county.chars().take(2).collect();
        format!("{short}{}基地建设", BODIES[unit % BODIES.len()].1)
    }

    /// A passage of the unit's own, before anything is copied.
    fn own(self, place: Place, slot: usize, sentences: usize) -> String {
        let mut rng = Rng::of(self.seed, &place.labels(100 + slot as u64));
        prose::own(&mut rng, &self.unit(place.unit), place.year, &self.own_project(place.unit), sentences)
    }

    fn lines(self, place: Place) -> Vec<Line> {
        let names = self.projects(place.unit);
        let books = Books::of(self.seed, place.unit as u64, place.year, &names);
        let mut rng = Rng::of(self.seed, &place.labels(5));
        let score = if place.kind == 1 { Cents(10_000) } else { Cents(rng.between(8800, 9950)) };
        let (unit, duty) = (self.unit(place.unit), BODIES[place.unit % BODIES.len()].1);
        place.family().lines(&About { unit: &unit, duty, year: place.year, books: &books, score })
    }

    /// Writes the report of this number, and its second copy where it was handed in twice.
    pub(crate) fn write(self, index: usize) -> Vec<Written> {
        let place = Place::of(index);
        let mut report = Written { path: self.path(place), text: String::new(), truth: Vec::new() };
        let mut slots = 0;
        let own: usize = self.lines(place).iter().filter(|line| matches!(line, Line::Own(_))).count();
        let copied = self.copied(place, own);
        for line in self.lines(place) {
            let text = match line {
                Line::Template(text) => text,
                Line::Own(sentences) => {
                    slots += 1;
                    self.passage(place, slots - 1, sentences, &copied, &mut report)
                }
            };
            report.text += &text;
            report.text.push('\n');
        }
        self.spoil(place, &mut report);
        self.duplicated(index, report)
    }

    fn duplicated(self, index: usize, mut report: Written) -> Vec<Written> {
        if !Rng::of(self.seed, &[index as u64, 13]).chance(DUPLICATED) {
            return vec![report];
        }
        let (stem, extension) = report.path.rsplit_once('.').expect("a report has an extension");
        let path = format!("{stem}(1).{extension}");
        let second = Written { text: report.text.clone(), truth: Vec::new(), path: path.clone() };
        report.truth.push(json!({"kind": "duplicate", "path": report.path, "other": path}));
        vec![report, second]
    }

    /// The slots that hold passages from elsewhere: slot here, where from, slot there.
    fn copied(self, place: Place, own: usize) -> Vec<(usize, Place, usize)> {
        let mut rng = Rng::of(self.seed, &place.labels(6));
        if place.year > YEARS[0] && Rng::of(self.seed, &[place.unit as u64, 12]).chance(REPEATING) {
            let from = Place { year: place.year - 1, ..place };
            return (0..own).filter(|slot| slot % 4 != 0).map(|slot| (slot, from, slot)).collect();
        }
        if !rng.chance(COPYING) || self.units() < 2 {
            return Vec::new();
        }
        // Only from reports of an earlier year or the same one that copy nothing themselves.
        let from = Place { unit: rng.below(self.units()), ..place };
        let clean = !Rng::of(self.seed, &from.labels(6)).chance(COPYING)
            && !Rng::of(self.seed, &[from.unit as u64, 12]).chance(REPEATING);
        let written = from.unit * PER_UNIT + PER_UNIT <= self.reports;
        if from.unit == place.unit || !clean || !written {
            return Vec::new();
        }
        let theirs = self.lines(from).iter().filter(|line| matches!(line, Line::Own(_))).count();
        let (count, start) = (2 + rng.below(4), rng.below(own.min(theirs) - 6));
        (start..start + count).map(|slot| (slot, from, slot)).collect()
    }

    fn passage(
        self,
        place: Place,
        slot: usize,
        sentences: usize,
        copied: &[(usize, Place, usize)],
        report: &mut Written,
    ) -> String {
        let Some((_, from, there)) = copied.iter().find(|(here, _, _)| *here == slot) else {
            return self.own(place, slot, sentences);
        };
        let mut rng = Rng::of(self.seed, &place.labels(1000 + slot as u64));
        // As the donor printed it: its number of sentences is that of its own slot.
        let size =
            self.lines(*from).iter().filter_map(|l| if let Line::Own(s) = l { Some(*s) } else { None }).nth(*there);
        let mut original = self.own(*from, *there, size.unwrap_or(sentences));
        let mut project = Some(self.own_project(from.unit));
        if from.unit == place.unit {
            // What was handed in last year may itself have been last year's.
            (original, project) = self.printed(*from, *there, size.unwrap_or(sentences));
        }
        let how = rng.below(3);
        let text = match how {
            0 => original.clone(),
            1 => prose::with_other_digits(&mut rng, &original),
            _ => {
                let edits = 1 + rng.below(9);
                prose::edited(&mut rng, &original, edits)
            }
        };
        let foreign = self.unit(from.unit);
        let elsewhere = from.unit != place.unit;
        let year = YEARS.iter().find(|year| **year != place.year && text.contains(&format!("{year}年")));
        let named = ["exact", "digits", "edited"][how];
        report.truth.push(json!({
            "kind": if from.unit == place.unit { "cross-year" } else { "cross-unit" },
            "how": named,
            "path": report.path, "other": self.path(*from), "text": text, "original": original,
            "similarity": prose::similarity(&text, &original),
            "foreign": (elsewhere && text.contains(&foreign)).then_some(foreign),
            "foreign_project": project.filter(|project| text.contains(project)),
            "foreign_year": year,
        }));
        text
    }

    /// A passage as its report prints it, with the project that it has from elsewhere.
    fn printed(self, place: Place, slot: usize, sentences: usize) -> (String, Option<String>) {
        let own: usize = self.lines(place).iter().filter(|line| matches!(line, Line::Own(_))).count();
        let mut scratch = Written { path: self.path(place), text: String::new(), truth: Vec::new() };
        let text = self.passage(place, slot, sentences, &self.copied(place, own), &mut scratch);
        let project = scratch.truth.last().and_then(|entry| entry["foreign_project"].as_str()).map(str::to_owned);
        (text, project)
    }

    /// One amount of some reports is changed, so that what recomputes it no longer holds.
    fn spoil(self, place: Place, report: &mut Written) {
        let mut rng = Rng::of(self.seed, &place.labels(7));
        if !rng.chance(DEFECTIVE) {
            return;
        }
        let marks = ["基本支出", "项目支出", "执行率", "公务接待费", "增加", "减少"];
        let mark = rng.pick(&marks);
        let Some(at) = report.text.find(mark).map(|at| at + mark.len()) else { return };
        let digits = |text: &str| text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
        let (before, after) = report.text.split_at(at);
        let printed = &after[..digits(after)];
        if printed.len() < 4 {
            return;
        }
        let wrong = slipped(&mut rng, printed);
        let entry = json!({"kind": "defect", "path": report.path, "after": mark, "stated": wrong, "true": printed});
        report.text = format!("{before}{wrong}{}", &after[printed.len()..]);
        report.truth.push(entry);
    }
}

/// Another digit in one place before the point.
fn slipped(rng: &mut Rng, printed: &str) -> String {
    let whole = printed.find('.').unwrap_or(printed.len());
    let at = rng.below(whole);
    let old = printed.as_bytes()[at] - b'0';
    let new = (old + 1 + rng.below(8) as u8) % 10;
    let new = if at == 0 && new == 0 { if old == 9 { 8 } else { 9 } } else { new };
    format!("{}{new}{}", &printed[..at], &printed[at + 1..])
}
