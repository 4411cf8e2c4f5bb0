//! Did anything change on real text? Every report of `corpus/reports` against its frozen findings, and one table of
//! scores: how often each rule is right, and how much of each report is understood. `GOUJI_BLESS=1 cargo test --test
//! corpus` writes what is found now, and fails once, so that the diff is looked at: a changed line is a changed finding.

#[path = "common/validate.rs"]
mod validate;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use gouji::check::{Audit, audit};
use gouji::finding::{Finding, Label, Severity, Verdict};
use gouji::rules::RuleSet;
use gouji::source::Source;
use serde_json::Value;

/// A report with what was found in it and what a reader judged of it.
struct Report {
    /// `gd-haibin-jiaoyu-2024`
    name: String,
    /// `gd-haibin-jiaoyu-2024.txt`
    file: String,
    audit: Audit,
    gold: Vec<Entry>,
}

/// An entry of a gold list: a planted defect, or a relation that holds.
struct Entry {
    tier: String,
    /// Where the defect and what it drags along stand.
    places: Vec<Range<usize>>,
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(name)
}

fn reports() -> &'static [Report] {
    static REPORTS: OnceLock<Vec<Report>> = OnceLock::new();
    REPORTS.get_or_init(|| {
        let rules = RuleSet::builtin();
        let mut paths: Vec<PathBuf> = fs::read_dir(folder("reports"))
            .expect("corpus/reports is there")
            .map(|entry| entry.expect("it can be listed").path())
            .collect();
        paths.sort();
        paths.iter().map(|path| read(path, &rules)).collect()
    })
}

fn read(path: &Path, rules: &RuleSet) -> Report {
    let part = |part: Option<&std::ffi::OsStr>| part.expect("a report has a name").to_string_lossy().into_owned();
    let (name, file) = (part(path.file_stem()), part(path.file_name()));
    let bytes = fs::read(path).expect("a report can be read");
    let source = Source::from_bytes(file.as_str(), &bytes).unwrap_or_else(|error| panic!("{file}: {error}"));
    let gold = gold(&source, &folder("gold").join(format!("{name}.gold.json")));
    Report { name, file, audit: audit(source, rules), gold }
}

fn gold(source: &Source, path: &Path) -> Vec<Entry> {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let list: Vec<Value> = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    list.iter().map(|entry| self::entry(source, entry)).collect()
}

fn entry(source: &Source, entry: &Value) -> Entry {
    let mut places = places(source, &entry["lines"], &entry["snippets"]);
    places.extend(self::places(
        source,
        if entry["also_lines"].is_array() { &entry["also_lines"] } else { &entry["lines"] },
        &entry["also"],
    ));
    Entry { tier: entry["tier"].as_str().unwrap_or_default().to_owned(), places }
}

/// Where the snippets stand on the lines.
fn places(source: &Source, lines: &Value, snippets: &Value) -> Vec<Range<usize>> {
    let numbers: Vec<u64> = lines.as_array().into_iter().flatten().filter_map(Value::as_u64).collect();
    let snippets: Vec<&str> = snippets.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let mut found = Vec::new();
    for line in source.lines().filter(|line| numbers.contains(&u64::from(line.number))) {
        let (start, text) = (line.span.start(), source.slice(line.span));
        for snippet in snippets.iter().filter(|snippet| !snippet.trim().is_empty()) {
            found.extend(text.match_indices(snippet).map(|(at, _)| start + at..start + at + snippet.len()));
        }
    }
    found
}

impl Report {
    /// A planted defect is true, a relation that holds false; what the gold list does not speak of is not judged.
    fn judge(&self, finding: &Finding) -> Judgement {
        let touches = |label: &Label, places: &[Range<usize>]| {
            places.iter().any(|place| label.span.start() < place.end && place.start < label.span.end())
        };
        let labels = || std::iter::once(&finding.primary).chain(&finding.related);
        if self
            .gold
            .iter()
            .filter(|entry| entry.tier != "pass")
            .any(|e| labels().any(|label| touches(label, &e.places)))
        {
            return Judgement::True;
        }
        match self.gold.iter().filter(|entry| entry.tier == "pass").any(|e| touches(&finding.primary, &e.places)) {
            true => Judgement::False,
            false => Judgement::Unjudged,
        }
    }

    /// Planted defects of a tier, and how many of them some finding marks.
    fn marked(&self, tier: &str) -> (usize, usize) {
        let touches = |entry: &&Entry| {
            self.audit.findings.iter().any(|finding| {
                std::iter::once(&finding.primary).chain(&finding.related).any(|label| {
                    entry.places.iter().any(|place| label.span.start() < place.end && place.start < label.span.end())
                })
            })
        };
        let of_tier = || self.gold.iter().filter(|entry| entry.tier == tier);
        (of_tier().filter(touches).count(), of_tier().count())
    }

    fn is_clean(&self) -> bool {
        self.gold.iter().all(|entry| entry.tier == "pass" || entry.tier == "optional")
    }

    /// One line for each finding: severity, rule, line, message.
    fn findings(&self) -> String {
        let mut out = String::new();
        for finding in &self.audit.findings {
            let line = self.audit.source.position(finding.primary.span.start()).line;
            writeln!(out, "{} {} {line}: {}", finding.severity.word(), finding.rule, finding.message)
                .expect("memory takes every byte");
        }
        out
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Judgement {
    True,
    False,
    Unjudged,
}

/// Compares what was found with a frozen file; writes it where that is asked for.
fn compare(path: &Path, now: &str) -> Option<String> {
    let frozen = match fs::read_to_string(path) {
        Ok(frozen) if frozen == now => return None,
        Ok(frozen) => frozen,
        Err(_) => "none\n".to_owned(),
    };
    if std::env::var_os("GOUJI_BLESS").is_some() {
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("the folder can be made");
        fs::write(path, now).expect("the file can be written");
    }
    let only = |a: &str, b: &str, sign: char| -> String {
        a.lines().filter(|line| !b.lines().any(|each| each == *line)).map(|line| format!("{sign} {line}\n")).collect()
    };
    Some(format!("{}\n{}{}", path.display(), only(&frozen, now, '-'), only(now, &frozen, '+')))
}

const LOOK: &str =
    "Where every change is meant: GOUJI_BLESS=1 cargo test --test corpus, and commit the diff with its cause.";

#[test]
fn findings_are_as_frozen() {
    let changed: Vec<String> = reports()
        .iter()
        .filter_map(|report| compare(&folder("findings").join(format!("{}.txt", report.name)), &report.findings()))
        .collect();
    assert!(changed.is_empty(), "\n{}\n{LOOK}", changed.join("\n"));
}

#[test]
fn frozen_findings_are_of_reports_that_exist() {
    for entry in fs::read_dir(folder("findings")).expect("corpus/findings is there") {
        let path = entry.expect("it can be listed").path();
        let name = path.file_stem().expect("a file has a name").to_string_lossy().into_owned();
        assert!(name == "scores" || reports().iter().any(|report| report.name == name), "remove {}", path.display());
    }
}

#[test]
fn scores_are_as_frozen() {
    let mut out = String::from(RULES);
    let mut rules: BTreeMap<&str, [usize; 4]> = BTreeMap::new();
    for report in reports() {
        for finding in &report.audit.findings {
            let row = rules.entry(&finding.rule).or_default();
            row[0] += 1;
            row[match report.judge(finding) {
                Judgement::True => 1,
                Judgement::False => 2,
                Judgement::Unjudged => 3,
            }] += 1;
        }
    }
    for (rule, row) in &rules {
        writeln!(out, "{rule:32} {:6} {:5} {:6} {:9}", row[0], row[1], row[2], row[3])
            .expect("memory takes every byte");
    }
    out.push_str(REPORTS);
    let mut all = [0; 8];
    for report in reports() {
        let (ledger, (required, of_required), (hard, of_hard)) =
            (report.audit.ledger, report.marked("required"), report.marked("hard"));
        let counts = [ledger.numbers(), ledger.checked, ledger.linked, ledger.read, ledger.unread];
        let mut row = [0; 8];
        row[..5].copy_from_slice(&counts.map(|count| count as usize));
        row[5..].copy_from_slice(&[report.audit.relations.all.len(), required, hard]);
        all.iter_mut().zip(row).for_each(|(sum, each)| *sum += each);
        write_report(&mut out, &report.file, row, of_required, of_hard);
    }
    let of = |tier| reports().iter().map(|report| report.marked(tier).1).sum();
    write_report(&mut out, "all", all, of("required"), of("hard"));
    let changed = compare(&folder("findings").join("scores.txt"), &out);
    assert!(changed.is_none(), "\n{}\n{LOOK}", changed.unwrap_or_default());
}

const RULES: &str = "\
Findings by rule. true: a label touches a planted defect; false: the first label stands on a relation that holds.

rule                              found  true  false  unjudged
";

const REPORTS: &str = "
Numbers by state, relations, and planted defects that some finding touches.

report                            numbers checked linked  read unread relations required    hard
";

fn write_report(out: &mut String, name: &str, row: [usize; 8], of_required: usize, of_hard: usize) {
    let [numbers, checked, linked, read, unread, relations, required, hard] = row;
    let (required, hard) = (format!("{required}/{of_required}"), format!("{hard}/{of_hard}"));
    writeln!(
        out,
        "{name:33} {numbers:7} {checked:7} {linked:6} {read:5} {unread:6} {relations:9} {required:>8} {hard:>7}"
    )
    .expect("memory takes every byte");
}

#[test]
fn clean_reports_are_clean() {
    let mut found = Vec::new();
    for report in reports().iter().filter(|report| report.is_clean()) {
        for finding in report.audit.findings.iter().filter(|finding| finding.severity != Severity::Info) {
            let line = report.audit.source.position(finding.primary.span.start()).line;
            found.push(format!("{}:{line}: {}: {}", report.file, finding.rule, finding.message));
        }
    }
    assert!(found.is_empty(), "\n{}\nEvery relation of these reports holds: make the rule abstain.", found.join("\n"));
}

#[test]
fn trees_numbers_and_labels_are_sound() {
    for report in reports() {
        validate::audit(&report.audit).unwrap_or_else(|error| panic!("{}: {error}", report.file));
    }
}

#[test]
fn every_finding_can_be_recomputed() {
    for report in reports() {
        for finding in &report.audit.findings {
            let Some(proof) = &finding.proof else { continue };
            let failed = matches!(proof.verdict, Verdict::Broken | Verdict::Improbable);
            assert!(failed, "{}: {} is reported, but {:?}", report.file, finding.rule, proof.verdict);
            assert!(!proof.formula.is_empty() && !proof.stated.is_empty(), "{}: {}", report.file, finding.rule);
        }
    }
}

#[test]
fn most_numbers_are_checked_or_linked() {
    for report in reports() {
        let ledger = report.audit.ledger;
        let placed = ledger.checked + ledger.linked;
        assert!(
            placed * 4 >= ledger.numbers(),
            "{}: only {placed} of {} numbers are checked or linked: a quiet report would mean nothing",
            report.file,
            ledger.numbers()
        );
    }
}
