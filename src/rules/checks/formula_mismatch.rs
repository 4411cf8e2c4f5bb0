//! 单元格与公式不符: a cell that shows another number than its formula gives, or a sum that passes over a figure kept as text.

use super::{Context, Sink};
use crate::finding::{Finding, Proof, Severity, Verdict};
use crate::source::Span;
use crate::source::layout::{Arithmetic, FaultKind, FormulaFault};

pub(super) fn check(context: &Context, sink: &mut Sink) {
    for fault in &context.source.layout().faults {
        // What compares the same cells says less: it does not know which of them is computed.
        sink.recast(|finding| is_about(finding, fault), |_| None);
        match &fault.kind {
            FaultKind::Differs { shown, slight, line } => {
                let printed = context.source.slice(fault.cell);
                let message = format!("公式“={}”算得{shown}，单元格里却是{printed}", fault.formula);
                let added = sink.report(fault.cell, "公式单元格", message);
                let added = fault.operands.iter().fold(added, |added, &span| added.with(span, "公式引用"));
                let added = added.suggest(shown, "在 Excel 或 WPS 里重新计算（F9）的结果");
                let added = if *slight { added.severity(Severity::Warning) } else { added };
                if let Some(line) = line {
                    added.proof(proof(line));
                }
            }
            FaultKind::PassesOver(figures) => {
                let listed: Vec<&str> = figures.iter().map(|&span| context.source.slice(span)).collect();
                let message = format!("公式“={}”没有算上以文本存放的{}", fault.formula, listed.join("、"));
                let added = sink.report(fault.cell, "公式单元格", message).severity(Severity::Warning);
                let added = figures.iter().fold(added, |added, &span| added.with(span, "以文本存放"));
                fault.operands.iter().fold(added, |added, &span| added.with(span, "公式引用"));
            }
        }
    }
}

/// Whether a finding compares the cell of a formula with nothing but what the formula reads.
fn is_about(finding: &Finding, fault: &FormulaFault) -> bool {
    let labels = || std::iter::once(&finding.primary).chain(&finding.related).map(|label| label.span);
    let within = |inner: Span, outer: Span| outer.start() <= inner.start() && inner.end() <= outer.end();
    let passed_over = match &fault.kind {
        FaultKind::PassesOver(figures) => figures.as_slice(),
        FaultKind::Differs { .. } => &[],
    };
    let read = fault.operands.iter().chain(passed_over);
    let known = |span| within(span, fault.cell) || read.clone().any(|&figure| within(span, figure));
    finding.proof.is_some() && labels().any(|span| within(span, fault.cell)) && labels().all(known)
}

fn proof(of: &Arithmetic) -> Proof {
    Proof {
        formula: format!("{} = {} ≠ {}", of.line, of.computed, of.stored),
        stated: of.stored.clone(),
        computed: of.computed.clone(),
        difference: of.difference.clone(),
        verdict: Verdict::Broken,
    }
}
