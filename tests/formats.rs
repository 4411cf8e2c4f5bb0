//! A report says the same in every file format: the findings of its text are those of the files made from it.

mod common;

use std::path::Path;

use common::{doc, press, rebuild};
use gouji::check::audit;
use gouji::finding::Finding;
use gouji::rules::RuleSet;
use gouji::source::Source;

/// Files of a format, made from the text of a report.
type Make = fn(&Source) -> Vec<u8>;

const FORMATS: &[(&str, Make)] = &[
    ("docx", rebuild::docx),
    ("doc", doc::doc),
    ("odt", rebuild::odt),
    ("ods", rebuild::ods),
    ("pdf", press::pdf),
    ("ofd", press::ofd),
    ("html", rebuild::html),
    ("xlsx", rebuild::xlsx),
];

/// What a finding says, apart from where it stands.
fn said(source: &Source, finding: &Finding) -> String {
    let word = |span| source.slice(span).split_whitespace().collect::<String>();
    let related: Vec<String> = finding.related.iter().map(|label| word(label.span)).collect();
    format!("{} {} {} [{}]", finding.rule, finding.message, word(finding.primary.span), related.join(" "))
}

fn findings(source: Source, rules: &RuleSet) -> Vec<String> {
    let audit = audit(source, rules);
    let mut all: Vec<String> = audit.findings.iter().map(|finding| said(&audit.source, finding)).collect();
    all.sort();
    all
}

fn corpus() -> Vec<(String, Source)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/reports");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).expect("the corpus is there").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        let name = path.file_name().expect("a report has a name").to_string_lossy().into_owned();
        let source = Source::from_bytes(name.clone(), &std::fs::read(path).expect("a report can be read"));
        (name, source.unwrap_or_else(|error| panic!("{error}")))
    };
    paths.iter().map(read).collect()
}

/// Of a hundred findings of the text or of the file, how many must be findings of both.
const SAME: usize = 95;

#[test]
fn every_format_gives_the_findings_of_the_text() {
    let rules = RuleSet::builtin();
    for (format, make) in FORMATS {
        let (mut same, mut all, mut report) = (0, 0, String::new());
        for (name, source) in corpus() {
            let file = Source::from_bytes(format!("{name}.{format}"), &make(&source)).unwrap_or_else(|e| panic!("{e}"));
            let (text, file) = (findings(source, &rules), findings(file, &rules));
            let shared = text.iter().filter(|each| file.contains(each)).count();
            (same, all) = (same + shared, all + text.len() + file.len() - shared);
            let lost = text.iter().filter(|each| !file.contains(each)).map(|each| format!("  - {each}\n"));
            let new = file.iter().filter(|each| !text.contains(each)).map(|each| format!("  + {each}\n"));
            let differences: String = lost.chain(new).collect();
            if !differences.is_empty() {
                report += &format!("{name}\n{differences}");
            }
        }
        assert!(all > 0 && same * 100 >= all * SAME, "{format}: {same} of {all} findings are the same\n{report}");
    }
}
