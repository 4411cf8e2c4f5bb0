//! The graph of numbers and relations, for Graphviz.

use std::collections::BTreeSet;
use std::io::{self, Write};

use super::at;
use crate::check::Audit;
use crate::emit::clean;
use crate::facts::NumberId;
use crate::finding::Verdict;
use crate::rules::RuleSet;

/// Numbers as boxes, relations as ellipses, an edge where a number takes part.
pub(super) fn write(out: &mut dyn Write, audit: &Audit, rules: &RuleSet) -> io::Result<()> {
    writeln!(out, "graph relations {{\n  layout=sfdp; overlap=false; node [fontsize=10];")?;
    let relations = || audit.relations.all.iter().enumerate().filter(|(_, each)| each.verdict != Verdict::Abstained);
    let numbers: BTreeSet<NumberId> = relations().flat_map(|(_, relation)| relation.numbers.iter().copied()).collect();
    for number in numbers {
        let span = audit.facts.number(number).literal.span;
        let label = quoted(audit.source.slice(span));
        writeln!(out, "  n{} [shape=box, label=\"{label}\\n{}\"];", number.0, at(&audit.source, span))?;
    }
    for (index, relation) in relations() {
        let rule = &rules.pages()[rules.formulas()[relation.formula].page].id;
        let (rule, verdict) = (quoted(rule), relation.verdict.word());
        writeln!(out, "  r{index} [label=\"{rule}\\n{verdict}\", color={}];", color(relation.verdict))?;
        for number in &relation.numbers {
            writeln!(out, "  n{} -- r{index};", number.0)?;
        }
    }
    writeln!(out, "}}")
}

fn color(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Exact | Verdict::Rounding => "gray",
        Verdict::Improbable => "orange",
        Verdict::Broken => "red",
        Verdict::Abstained => "white",
    }
}

/// Text within quotes.
fn quoted(text: &str) -> String {
    clean(text.trim()).replace('\\', "\\\\").replace('"', "\\\"")
}
