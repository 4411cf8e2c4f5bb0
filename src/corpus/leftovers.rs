//! What a copied passage still says of where it was copied from: the year before, another unit's project. Names of other
//! units are found while passages are compared: see [`Copies::foreign`].

use std::collections::{BTreeMap, BTreeSet};

use super::copies::{Copies, Pair, Texts};
use super::gather::{Corpus, Report};
use super::kinds::Kind;
use super::remark::Remark;
use super::reuse::quoted;

/// Pairs of passages of which the words are fetched at a time.
const BATCH: usize = 4096;
/// A project of more units than this is no one's in particular.
const OWNERS: usize = 2;

pub(super) fn remarks(corpus: &Corpus, copies: &Copies, text: &Texts<'_>) -> Vec<Remark> {
    let projects = projects(corpus);
    let mut found: BTreeMap<(u32, Kind), Remark> = BTreeMap::new();
    for batch in copies.pairs.chunks(BATCH) {
        let passages: Vec<u32> = batch.iter().flat_map(|pair| [pair.a, pair.b]).collect();
        for (pair, texts) in batch.iter().zip(text(&passages).as_chunks::<2>().0) {
            let sides = Sides::of(corpus, pair, texts);
            let [early, late] = if sides.reports[1].year < sides.reports[0].year { [1, 0] } else { [0, 1] };
            let year = sides.year(late, early);
            let foreign = [(0, 1), (1, 0)].map(|(here, there)| sides.project(&projects, here, there));
            for remark in year.into_iter().chain(foreign.into_iter().flatten()) {
                // Of several pairs that show the same, the first.
                found.entry((sides.pair_side(&remark), remark.kind)).or_insert(remark);
            }
        }
    }
    found.into_values().collect()
}

/// The projects that no more than a few units have, by these units.
type Projects<'c> = BTreeMap<u32, BTreeSet<&'c str>>;

fn projects(corpus: &Corpus) -> Projects<'_> {
    let mut owners: BTreeMap<&str, BTreeSet<u32>> = BTreeMap::new();
    for report in &corpus.reports {
        for project in &report.projects {
            let units = owners.entry(project).or_default();
            if units.len() <= OWNERS {
                units.insert(report.unit);
            }
        }
    }
    let mut projects = Projects::new();
    for (project, units) in owners.into_iter().filter(|(_, units)| units.len() <= OWNERS) {
        for unit in units {
            projects.entry(unit).or_default().insert(project);
        }
    }
    projects
}

/// Two passages that are alike, with their reports.
struct Sides<'p> {
    corpus: &'p Corpus,
    passages: [u32; 2],
    numbers: [u32; 2],
    reports: [&'p Report; 2],
    texts: &'p [String; 2],
}

impl<'p> Sides<'p> {
    fn of(corpus: &'p Corpus, pair: &Pair, texts: &'p [String; 2]) -> Sides<'p> {
        let passages = [pair.a, pair.b];
        let numbers = passages.map(|passage| corpus.passages.items[passage as usize].report);
        Sides { corpus, passages, numbers, reports: numbers.map(|number| &corpus.reports[number as usize]), texts }
    }

    fn pair_side(&self, remark: &Remark) -> u32 {
        let here = usize::from(remark.report == Some(self.numbers[1]));
        self.passages[here]
    }

    fn remark(&self, here: usize, kind: Kind, message: String, evidence: String) -> Remark {
        let (place, line) = &self.corpus.places[self.passages[here] as usize];
        Remark {
            report: Some(self.numbers[here]),
            kind,
            place: place.to_string(),
            line: *line,
            message,
            evidence,
            others: vec![self.numbers[1 - here]],
        }
    }

    /// A passage that is about the year of the earlier report in both.
    fn year(&self, late: usize, early: usize) -> Option<Remark> {
        let (now, then) = (self.reports[late].year?, self.reports[early].year?);
        let standing = self.corpus.passages.items[self.passages[late] as usize].standing;
        let stale = now > then
            && !self.texts[late].contains(&format!("{now}年"))
            && [late, early].iter().all(|side| is_about(&self.texts[*side], then, standing));
        stale.then(|| {
            self.remark(
                late,
                Kind::ForeignYear,
                format!("本报告是{now}年度的，这一段写的却是“{then}年”：{}", quoted(&self.texts[late])),
                format!("与{then}年度的{}同一段文字相同或相似，那里写的也是{then}年", self.reports[early].path),
            )
        })
    }

    /// A project of the other unit that this one has not.
    fn project(&self, projects: &Projects<'_>, here: usize, there: usize) -> Option<Remark> {
        let (mine, theirs) = (self.reports[here], self.reports[there]);
        let own = |name: &str| projects.get(&mine.unit).is_some_and(|names| names.contains(name));
        let said = |name: &str| self.texts.iter().all(|text| text.contains(name));
        let name = projects.get(&theirs.unit)?.iter().find(|name| said(name) && !own(name))?;
        let unit = self.corpus.unit_name(theirs);
        Some(self.remark(
            here,
            Kind::ForeignProject,
            format!("“{name}”是{unit}的项目，本单位的报告里没有：{}", quoted(&self.texts[here])),
            format!("与{}同一段文字相同或相似；全部报告中只有不超过{OWNERS}家单位有这个项目", theirs.path),
        ))
    }
}

/// Words before and after a year that tell of history or of a comparison.
const BEFORE: &[&str] = &["自", "从", "于", "比", "较", "与", "同", "〔", "[", "(", "（", "—", "-", "至"];
const AFTER: &[&str] = &[
    "以来", "起", "开始", "成立", "印发", "出台", "机构改革", "批复", "立项", "建成", "—", "-", "至", "、", "和", "与",
];
/// What stays from year to year still has to say the right year here.
const CLOSING: &[&str] = &["末", "底", "度", "12月31日"];

/// Whether a text is about a year, as its own year: not as a comparison, a date or the beginning of something.
fn is_about(text: &str, year: u16, standing: bool) -> bool {
    let word = format!("{year}年");
    text.match_indices(&word).any(|(at, _)| {
        let (before, after) = (text[..at].trim_end_matches("截至"), &text[at + word.len()..]);
        let closing = CLOSING.iter().any(|word| after.starts_with(word));
        let month = after.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with('月') && !closing;
        let history =
            BEFORE.iter().any(|word| before.ends_with(word)) || AFTER.iter().any(|word| after.starts_with(word));
        !month && !history && (closing || !standing)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_is_what_a_text_is_about_or_history() {
        let about = |text: &str| is_about(text, 2023, false);
        assert!(about("2023年共召开调度会12次。") && about("截至2023年12月31日，在职15人。"));
        assert!(!about("自2023年起实行。") && !about("比2023年增加3次。") && !about("2023年3月，新楼启用。"));
        assert!(!is_about("2023年共召开调度会12次。", 2023, true) && is_about("2023年末在职15人。", 2023, true));
    }
}
