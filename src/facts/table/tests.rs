//! Claims and facts of whole tables, one line each.

use super::{Extracted, TableContext, read};
use crate::document::Document;
use crate::facts::{Facts, Operand, OperandKind};
use crate::source::{Encoding, Source};

fn extract(text: &str) -> (Source, Facts, Extracted) {
    let source = Source::from_text("t", text, Encoding::Utf8);
    let document = Document::parse(&source);
    let facts = Facts::extract(&source, &document);
    let mut out = Extracted::default();
    for table in document.tables() {
        read(&TableContext::new(&source, &document, table, &facts), &mut out);
    }
    (source, facts, out)
}

/// 表内分项 合计=118.58 各项=116.9+1.68
fn claims(text: &str) -> Vec<String> {
    let (source, facts, out) = extract(text);
    let number = |operand: &Operand| match &operand.kind {
        OperandKind::Number(id) => source.slice(facts.number(*id).literal.span).to_owned(),
        other => format!("{other:?}"),
    };
    let role = |(role, operands): &(crate::facts::Role, Vec<Operand>)| {
        format!(" {}={}", role.word(), operands.iter().map(number).collect::<Vec<_>>().join("+"))
    };
    out.claims
        .iter()
        .map(|claim| claim.kind.word().to_owned() + &claim.roles.iter().map(role).collect::<String>())
        .collect()
}

/// Every line of a table given with `|` between cells.
fn piped(rows: &str) -> String {
    rows.lines().map(|row| format!("|{}|\n", row.trim())).collect()
}

#[test]
fn dump() {
    let Ok(path) = std::env::var("DUMP") else { return };
    let text = std::fs::read_to_string(path).expect("dump");
    for claim in claims(&text) {
        eprintln!("{claim}");
    }
    let (source, facts, out) = extract(&text);
    for fact in &out.facts {
        eprintln!("{} {:?} {}", source.slice(facts.number(fact.number).literal.span), fact.key, fact.label);
    }
}
