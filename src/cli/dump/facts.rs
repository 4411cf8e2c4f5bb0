//! Numbers with what they were bound to, and claims.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::ast::literal_facts;
use super::{at, words};
use crate::check::Audit;
use crate::facts::{Claim, Fact, NumberId, Operand, OperandKind};

pub(super) fn write(out: &mut dyn Write, audit: &Audit) -> io::Result<()> {
    let (facts, info) = (&audit.facts, &audit.facts.report);
    let text = |known: &Option<(String, _)>| known.as_ref().map_or("—", |(text, _)| text.as_str()).to_owned();
    let year = info.year.map_or("—".into(), |year| year.to_string());
    writeln!(out, "题目 {}", text(&info.title))?;
    writeln!(out, "单位 {}　年度 {year}　种类 {:?}", text(&info.entity), info.kind)?;
    write_numbers(out, audit)?;
    facts.claims.iter().try_for_each(|claim| write_claim(out, audit, claim))?;
    let (numbers, bound, claims) = (facts.numbers.len(), facts.facts.len(), facts.claims.len());
    writeln!(out, "共 {numbers} 个数字，{bound} 条事实，{claims} 条断言")
}

fn write_numbers(out: &mut dyn Write, audit: &Audit) -> io::Result<()> {
    let mut bound: BTreeMap<NumberId, Vec<&Fact>> = BTreeMap::new();
    for fact in &audit.facts.facts {
        bound.entry(fact.number).or_default().push(fact);
    }
    for (index, number) in audit.facts.numbers.iter().enumerate() {
        let id = NumberId(index as u32);
        let unread = number.unread.map(|reason| format!(" 未读：{reason}")).unwrap_or_default();
        writeln!(out, "{} {}{unread}", self::number(audit, id), literal_facts(&number.literal))?;
        for fact in bound.get(&id).into_iter().flatten() {
            let key = &fact.key;
            let concept = key.concept.0;
            writeln!(
                out,
                "      {} {concept} {:?} {:?} {:?} {:?} {:?}",
                fact.label, key.measure, key.stage, key.period, key.scope, key.entity
            )?;
        }
    }
    Ok(())
}

/// `#12 9:30 223.19万元`
pub(super) fn number(audit: &Audit, id: NumberId) -> String {
    let span = audit.facts.number(id).literal.span;
    format!("#{} {} {}", id.0, at(&audit.source, span), words(&audit.source, span))
}

fn write_claim(out: &mut dyn Write, audit: &Audit, claim: &Claim) -> io::Result<()> {
    writeln!(out, "{} {} {}", at(&audit.source, claim.span), claim.kind.word(), claim.subject)?;
    for (role, operands) in &claim.roles {
        let operands: Vec<String> = operands.iter().map(|each| operand(audit, each)).collect();
        writeln!(out, "      {}：{}", role.word(), operands.join("  "))?;
    }
    Ok(())
}

fn operand(audit: &Audit, operand: &Operand) -> String {
    let sign = if operand.negative { "−" } else { "" };
    let value = match &operand.kind {
        OperandKind::Number(id) => number(audit, *id),
        OperandKind::Counted { count, .. } => format!("数得 {count}"),
        OperandKind::Constant(value) => value.to_string(),
    };
    format!("{sign}{value}{}{}", if operand.name.is_empty() { "" } else { " " }, operand.name)
}
