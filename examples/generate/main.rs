//! Makes a corpus of invented reports with its truth: `cargo run --release --example generate -- DIR 1000 7`.
//!
//! `DIR/reports` holds the reports by year and county, `DIR/truth.jsonl` one line for each planted copy, defect and
//! duplicate, `DIR/register.txt` the units that should have reported, among them a few that did not.

mod books;
mod families;
mod plan;
mod prose;
mod rng;
mod words;

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use plan::Plan;

fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let usage = || io::Error::other("usage: generate DIR REPORTS [SEED]");
    let directory = PathBuf::from(arguments.next().ok_or_else(usage)?);
    let mut number = |otherwise: Option<u64>| match arguments.next() {
        Some(text) => text.parse::<u64>().map_err(|_| usage()),
        None => otherwise.ok_or_else(usage),
    };
    let (reports, seed) = (number(None)?, number(Some(1))?);
    let plan = Plan { seed, reports: reports as usize };
    fs::create_dir_all(&directory)?;
    write_reports(plan, &directory)?;
    write_register(plan, &directory)
}

/// Each thread writes a run of units, so that no two make the same folder at once for long.
fn write_reports(plan: Plan, directory: &Path) -> io::Result<()> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let share = plan.reports.div_ceil(threads).max(1);
    let parts: Vec<io::Result<Vec<u8>>> = std::thread::scope(|scope| {
        let write = |from: usize| move || write_some(plan, directory, from, (from + share).min(plan.reports));
        let running: Vec<_> = (0..plan.reports).step_by(share).map(|from| scope.spawn(write(from))).collect();
        running.into_iter().map(|thread| thread.join().expect("writing does not panic")).collect()
    });
    let mut truth = BufWriter::new(fs::File::create(directory.join("truth.jsonl"))?);
    for part in parts {
        truth.write_all(&part?)?;
    }
    truth.flush()
}

fn write_some(plan: Plan, directory: &Path, from: usize, to: usize) -> io::Result<Vec<u8>> {
    let mut truth = Vec::new();
    for index in from..to {
        for report in plan.write(index) {
            let path = directory.join("reports").join(&report.path);
            fs::create_dir_all(path.parent().expect("a report lies in a folder"))?;
            fs::write(path, &report.text)?;
            for entry in &report.truth {
                serde_json::to_writer(&mut truth, entry)?;
                truth.push(b'\n');
            }
        }
    }
    Ok(truth)
}

/// Three units beyond those that reported.
fn write_register(plan: Plan, directory: &Path) -> io::Result<()> {
    let mut text = String::new();
    for unit in 0..plan.units() + 3 {
        text += &plan.unit(unit);
        text.push('\n');
    }
    fs::write(directory.join("register.txt"), text)
}
