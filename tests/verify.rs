//! Is every proof that a finding gives out sound? Recomputed by the kernel that knows nothing of how it was made.

use std::fs;
use std::path::Path;

use gouji::check::{Audit, audit};
use gouji::finding::{Finding, Label};
use gouji::rules::RuleSet;
use gouji::scan::{Input, read};
use gouji::verify::{Claimed, Marked, verify};

#[test]
fn every_proof_of_the_corpus_is_verified() {
    let rules = RuleSet::builtin();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut proofs = Proofs::default();
    for kind in ["gold", "reports"] {
        let Ok(entries) = fs::read_dir(folder.join(kind)) else { continue };
        for path in entries.map(|entry| entry.expect("the folder can be listed").path()) {
            if !path.extension().is_some_and(|ext| ext == "txt" || ext == "md") {
                continue;
            }
            let source = read(&Input::File(path.clone())).expect("the corpus can be read");
            proofs.verify(&path.display().to_string(), &audit(source, &rules));
        }
    }
    proofs.assert_more_than(50);
}

#[test]
fn every_proof_of_the_pages_is_verified() {
    let rules = RuleSet::builtin();
    let mut proofs = Proofs::default();
    for page in rules.pages() {
        for example in page.examples() {
            let source = example.report.clone();
            proofs.verify(&format!("{}“{}”", page.id, example.title), &audit(source, &rules));
        }
    }
    proofs.assert_more_than(100);
}

/// How many proofs were recomputed, and what is wrong with some.
#[derive(Default)]
struct Proofs {
    count: usize,
    faults: Vec<String>,
}

impl Proofs {
    fn verify(&mut self, place: &str, audit: &Audit) {
        let text = |label: &Label| audit.source.slice(label.span);
        for finding in &audit.findings {
            for formula in formulas(finding) {
                self.count += 1;
                let labels = labels(finding).map(|label| Marked {
                    start: label.span.start(),
                    end: label.span.end(),
                    text: text(label),
                });
                if let Err(reason) = verify(audit.source.text(), &Claimed { labels: labels.collect(), formula }) {
                    self.faults.push(format!("{place} {}: {reason}\n    {formula}", finding.rule));
                }
            }
        }
    }

    fn assert_more_than(&self, least: usize) {
        let (count, faults) = (self.count, &self.faults);
        assert!(count > least, "only {count} proofs were found");
        assert!(faults.is_empty(), "{} of {count} proofs:\n{}", faults.len(), faults.join("\n"));
    }
}

fn formulas(finding: &Finding) -> impl Iterator<Item = &str> {
    let own = finding.proof.iter().map(|proof| proof.formula.as_str());
    own.chain(finding.symptoms.iter().map(|symptom| symptom.proof.formula.as_str()))
}

fn labels(finding: &Finding) -> impl Iterator<Item = &Label> {
    std::iter::once(&finding.primary).chain(&finding.related)
}
