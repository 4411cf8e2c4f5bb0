//! Documents and workbooks of before 2007 are read as their programs show them.

mod common;

use std::path::{Path, PathBuf};
use std::process::Command;

use common::{doc, rebuild};
use gouji::source::Source;

/// Ends of the names of reports that are held against LibreOffice.
const REPORTS: &[&str] = &["cq-fuyang-shuili-2023.txt", "gd-haibin-jiaoyu-2024.txt", "sd-yilan-tuiyi-2023.txt"];

fn source(name: &str, bytes: &[u8]) -> Source {
    Source::from_bytes(name, bytes).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn report(name: &str) -> Source {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/reports").join(name);
    source(name, &std::fs::read(path).expect("the corpus is there"))
}

#[test]
fn a_document_has_the_text_and_the_places_of_a_newer_one() {
    for name in REPORTS {
        let report = report(name);
        let (newer, older) = (source("甲.docx", &rebuild::docx(&report)), source("甲.doc", &doc::doc(&report)));
        assert_eq!(newer.text().trim_end(), older.text().trim_end(), "{name}");
        let places = |source: &Source| {
            let text = source.text();
            let lines = text.match_indices('\n').map(|(at, _)| source.layout().place(source.span(at, at)));
            lines.map(|place| place.map(str::to_owned)).collect::<Vec<_>>()
        };
        let (newer, older) = (places(&newer), places(&older));
        assert_eq!(newer[..newer.len() - 2], older[..newer.len() - 2], "{name}");
    }
}

/// The files that LibreOffice makes of others, by name; `None` where it is not installed.
fn converted(folder: &Path, to: &str, files: &[PathBuf]) -> Option<()> {
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.display());
    let mut office = Command::new("soffice");
    office.args([&profile, "--headless", "--convert-to", to, "--outdir"]).arg(folder).args(files);
    office.output().ok().filter(|output| output.status.success()).map(drop)
}

#[test]
fn files_that_libreoffice_makes_are_read_alike() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("older");
    std::fs::create_dir_all(&folder).expect("a folder for files");
    for (newer, older) in [("docx", "doc"), ("xlsx", "xls")] {
        let make = |report: &Source| if newer == "docx" { rebuild::docx(report) } else { rebuild::xlsx(report) };
        let path = |name: &str, ending: &str| folder.join(name).with_extension(ending);
        let files: Vec<PathBuf> = REPORTS.iter().map(|name| path(name, newer)).collect();
        for (name, file) in REPORTS.iter().zip(&files) {
            std::fs::write(file, make(&report(name))).expect("the folder takes files");
        }
        if converted(&folder, older, &files).is_none() {
            return;
        }
        for name in REPORTS {
            let read = |ending: &str| {
                let bytes = std::fs::read(path(name, ending)).expect("the file was made");
                source(name, &bytes).text().trim_end().to_owned()
            };
            assert_eq!(read(newer), read(older), "{name} as .{older}");
        }
    }
}
