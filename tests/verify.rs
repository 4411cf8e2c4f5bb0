//! Is every proof that a finding gives out sound? Recomputed by the kernel that knows nothing of how it was made.

use std::fs;
use std::path::Path;

use gouji::check::audit;
use gouji::finding::{Finding, Label};
use gouji::rules::RuleSet;
use gouji::scan::{Input, read};
use gouji::verify::{Claimed, Marked, verify};

#[test]
fn every_proof_of_the_corpus_is_verified() {
    let rules = RuleSet::builtin();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let (mut proofs, mut faults) = (0, Vec::new());
    for kind in ["gold", "reports"] {
        let Ok(entries) = fs::read_dir(folder.join(kind)) else { continue };
        for path in entries.map(|entry| entry.expect("the folder can be listed").path()) {
            if !path.extension().is_some_and(|ext| ext == "txt" || ext == "md") {
                continue;
            }
            let source = read(&Input::File(path.clone())).expect("the corpus can be read");
            let audit = audit(source, &rules);
            for finding in &audit.findings {
                for formula in formulas(finding) {
                    proofs += 1;
                    let labels = labels(finding).map(|label| Marked {
                        start: label.span.start(),
                        end: label.span.end(),
                        text: audit.source.slice(label.span),
                    });
                    if let Err(reason) = verify(audit.source.text(), &Claimed { labels: labels.collect(), formula }) {
                        faults.push(format!("{} {}: {reason}\n    {formula}", path.display(), finding.rule));
                    }
                }
            }
        }
    }
    assert!(proofs > 50, "only {proofs} proofs were found");
    assert!(faults.is_empty(), "{} of {proofs} proofs:\n{}", faults.len(), faults.join("\n"));
}

fn formulas(finding: &Finding) -> impl Iterator<Item = &str> {
    let own = finding.proof.iter().map(|proof| proof.formula.as_str());
    own.chain(finding.symptoms.iter().map(|symptom| symptom.proof.formula.as_str()))
}

fn labels(finding: &Finding) -> impl Iterator<Item = &Label> {
    std::iter::once(&finding.primary).chain(&finding.related)
}
