//! `gouji check`: audits reports and says what was found.

use std::io::{self, Write};

use indicatif::ProgressBar;

use super::args::{CheckArgs, CheckFormat, PaperFormat};
use super::{Status, attempted, output, rules};
use crate::check::{Audit, Ledger, audit};
use crate::emit::tables::{ByRule, Entry, write_reports, write_rules};
use crate::emit::terminal::{Style, counted};
use crate::emit::{About, Counts, Report, Tally, json, terminal, tested};
use crate::finding::Verdict;
use crate::rules::RuleSet;
use crate::scan::{Input, Walk};
use crate::workings::Workings;

/// Fewer reports than this need no progress bar.
const MANY: usize = 8;

pub(super) fn run(args: &CheckArgs) -> anyhow::Result<Status> {
    let walk = Walk::of(&args.paths, &args.stdin_name);
    let pool = args.threads.pool()?;
    let style = output::style(args.look);
    let rules = rules::load(&args.rules)?;
    let job = Job { format: format(args), paper: args.workpaper.is_some(), style, rules: &rules };
    let reports = walk.inputs.len();
    let quiet = args.no_progress || reports < MANY;
    let bar = output::bar("已检查 {pos}/{len} 份 {wide_bar} 剩余约 {eta}", reports, quiet);
    let mut scribe = Scribe { out: output::stdout(), job: &job, bar: &bar, written: false, done: Done::default() };
    scribe.begin()?;
    let work = |input: &Input| {
        let outcome = job.check(input);
        bar.inc(1);
        outcome
    };
    pool.each(&walk.inputs, work, |outcome| scribe.take(outcome))?;
    bar.finish_and_clear();
    scribe.end()?;
    if walk.passed_over > 0 {
        output::complain(&format!("目录中另有 {} 个文件不是能读的格式，没有检查", walk.passed_over));
    }
    Ok(scribe.done.status(args))
}

/// The format of the output: that of the workpaper, where one is wanted.
fn format(args: &CheckArgs) -> CheckFormat {
    match args.workpaper {
        None => args.format,
        Some(PaperFormat::Text) => CheckFormat::Text,
        Some(PaperFormat::Csv) => CheckFormat::Csv,
        Some(PaperFormat::Json) => CheckFormat::Json,
    }
}

/// What every report is checked with.
struct Job<'a> {
    format: CheckFormat,
    /// The workpaper instead of the findings.
    paper: bool,
    style: Style,
    rules: &'a RuleSet,
}

/// What became of one report.
struct Outcome {
    path: String,
    /// What goes to standard output.
    text: Vec<u8>,
    result: Result<Found, String>,
}

struct Found {
    tally: Tally,
    ledger: Ledger,
    rules: ByRule,
}

impl Job<'_> {
    /// Reads, audits and draws one report. Cannot fail: what goes wrong is part of the outcome.
    fn check(&self, input: &Input) -> Outcome {
        let path = input.name();
        match attempted(input, |source| self.draw(&audit(source, self.rules))) {
            Ok((text, found)) => Outcome { path, text, result: Ok(found) },
            Err(reason) => Outcome { text: self.failure(&path, &reason), path, result: Err(reason) },
        }
    }

    fn draw(&self, audit: &Audit) -> (Vec<u8>, Found) {
        let report = view(audit);
        let mut text = Vec::new();
        let papers = || Workings::of(audit, self.rules);
        let written = match (self.format, self.paper) {
            (CheckFormat::Text, false) => terminal::write_report(&mut text, &report, self.style),
            (CheckFormat::Json, false) => json::write_report(&mut text, &report),
            (CheckFormat::Text, true) => tested::write_table(&mut text, &report, &papers(), self.style.width),
            (CheckFormat::Json, true) => tested::write_json(&mut text, &report, &papers()),
            (CheckFormat::Csv, _) => tested::write_csv(&mut text, &report, &papers()),
        };
        written.expect("memory takes every byte");
        let mut rules = ByRule::default();
        rules.add(&audit.findings);
        (text, Found { tally: Tally::of(&audit.findings), ledger: audit.ledger, rules })
    }

    fn failure(&self, path: &str, reason: &str) -> Vec<u8> {
        let mut text = Vec::new();
        if self.format == CheckFormat::Json {
            json::write_failure(&mut text, path, reason).expect("memory takes every byte");
        }
        text
    }
}

/// The parts of an audit that emitters may see.
pub(super) fn view(audit: &Audit) -> Report<'_> {
    let info = &audit.facts.report;
    let count = |verdict| audit.relations.count(verdict);
    let about = About {
        title: info.title.as_ref().map(|(title, _)| title.as_str()),
        entity: info.entity.as_ref().map(|(entity, _)| entity.as_str()),
        year: info.year,
        kind: info.kind.name(),
        schemes: &info.schemes,
    };
    let relations = Counts {
        exact: count(Verdict::Exact),
        rounding: count(Verdict::Rounding),
        improbable: count(Verdict::Improbable),
        broken: count(Verdict::Broken),
        abstained: count(Verdict::Abstained),
    };
    let (source, document, findings) = (&audit.source, &audit.document, &audit.findings);
    Report { source, document, about, ledger: audit.ledger, scores: &audit.score_ledger, relations, findings }
}

/// Writes outcomes in the order of the reports.
struct Scribe<'a, W: Write> {
    out: W,
    job: &'a Job<'a>,
    bar: &'a ProgressBar,
    /// A report was written, so that the next one must be set apart from it.
    written: bool,
    done: Done,
}

/// What was done so far.
#[derive(Default)]
struct Done {
    entries: Vec<Entry>,
    tally: Tally,
    rules: ByRule,
    unreadable: usize,
}

impl<W: Write> Scribe<'_, W> {
    fn begin(&mut self) -> io::Result<()> {
        match self.job.format {
            CheckFormat::Json => json::write_start(&mut self.out),
            CheckFormat::Csv => tested::write_csv_header(&mut self.out),
            CheckFormat::Text => Ok(()),
        }
    }

    fn take(&mut self, outcome: Outcome) -> io::Result<()> {
        let (out, format) = (&mut self.out, self.job.format);
        let apart = self.written && !outcome.text.is_empty();
        self.written |= !outcome.text.is_empty();
        self.bar.suspend(|| {
            if apart {
                separate(out, format)?;
            }
            out.write_all(&outcome.text)?;
            if let Err(reason) = &outcome.result {
                out.flush()?;
                output::complain(&format!("没能检查“{}”：{reason}", crate::emit::clean(&outcome.path)));
            }
            Ok::<(), io::Error>(())
        })?;
        self.done.add(outcome);
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        let done = &self.done;
        match self.job.format {
            CheckFormat::Json => json::write_end(&mut self.out, done.entries.len(), done.unreadable, done.tally)?,
            CheckFormat::Text if done.entries.len() > 1 && !self.job.paper => {
                done.write_tables(&mut self.out, self.job.style)?
            }
            CheckFormat::Text | CheckFormat::Csv => {}
        }
        self.out.flush()
    }
}

fn separate(out: &mut impl Write, format: CheckFormat) -> io::Result<()> {
    match format {
        CheckFormat::Json => json::write_separator(out),
        CheckFormat::Text => writeln!(out),
        CheckFormat::Csv => Ok(()),
    }
}

impl Done {
    fn add(&mut self, outcome: Outcome) {
        let result = match outcome.result {
            Ok(found) => {
                self.tally = self.tally + found.tally;
                self.rules.merge(found.rules);
                Some((found.tally, found.ledger))
            }
            Err(_) => {
                self.unreadable += 1;
                None
            }
        };
        self.entries.push(Entry { path: outcome.path, result });
    }

    fn write_tables(&self, out: &mut dyn Write, style: Style) -> io::Result<()> {
        writeln!(out)?;
        write_reports(out, &self.entries, style.width)?;
        write_rules(out, &self.rules, style.width)?;
        let unreadable = match self.unreadable {
            0 => String::new(),
            count => format!("，{count} 份没能检查"),
        };
        writeln!(out, "\n共 {} 份报告：{}{unreadable}", self.entries.len(), counted(self.tally))
    }

    fn status(&self, args: &CheckArgs) -> Status {
        let found = args.fail_on.severity().is_some_and(|severity| self.tally.at_least(severity) > 0);
        match (self.unreadable, found) {
            (1.., _) => Status::Undone,
            (0, true) => Status::Found,
            (0, false) => Status::Clean,
        }
    }
}
