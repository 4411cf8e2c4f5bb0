//! From digests and what comparing found to rows.

use super::column::{Cell, Rows};
use crate::corpus::copies::Pair;
use crate::corpus::digest::{self, Decimal, Details, Digest, Figure, Found, Related};
use crate::corpus::{Corpus, Ranked, Ranking, Remark, Report};

fn number(value: u32) -> Cell<'static> {
    Cell::Int(i64::from(value))
}

pub(super) fn facts(rows: &mut Rows, report: u32, details: &Details<'_>) {
    details.figures.iter().for_each(|figure| fact(rows, report, figure));
}

fn fact(rows: &mut Rows, report: u32, figure: &Figure<'_>) {
    rows.push(&[
        number(report),
        number(figure.number),
        Cell::filled(&figure.label),
        Cell::filled(&figure.concept),
        Cell::filled(&figure.item),
        Cell::filled(digest::measure(figure.measure)),
        Cell::filled(digest::scope(figure.scope)),
        Cell::filled(digest::stage(figure.stage)),
        Cell::int((figure.period > 0).then_some(figure.period)),
        Cell::Decimal(figure.value),
        Cell::filled(digest::unit(figure.unit)),
        Cell::decimal(figure.base().map(Decimal::from)),
        Cell::filled(digest::dimension(figure.unit)),
        Cell::filled(digest::hedge(figure.hedge)),
        number(figure.line),
        number(figure.start),
        number(figure.end),
    ]);
}

/// `pages` are the ids of the rules' pages.
pub(super) fn relations(rows: &mut Rows, report: u32, details: &Details<'_>, pages: &[String]) {
    details.relations.iter().for_each(|relation| relate(rows, report, relation, pages));
}

fn relate(rows: &mut Rows, report: u32, relation: &Related<'_>, pages: &[String]) {
    let numbers = spaced(&relation.numbers);
    rows.push(&[
        number(report),
        Cell::filled(pages.get(usize::from(relation.page)).map_or("", String::as_str)),
        Cell::Text(digest::verdict(relation.verdict)),
        Cell::filled(&numbers),
        Cell::filled(&relation.reason),
    ]);
}

fn spaced(numbers: &[u32]) -> String {
    numbers.iter().map(u32::to_string).collect::<Vec<_>>().join(" ")
}

pub(super) fn findings(rows: &mut Rows, report: u32, digest: &Digest<'_>) {
    digest.findings.iter().for_each(|found| finding(rows, report, found));
}

fn finding(rows: &mut Rows, report: u32, found: &Found<'_>) {
    let proof = found.proof.as_ref();
    let said = |part: fn(&digest::Proof<'_>) -> String| proof.map(part).unwrap_or_default();
    let formula = said(|proof| proof.formula.to_string());
    let (stated, computed) = (said(|proof| proof.stated.to_string()), said(|proof| proof.computed.to_string()));
    let difference = said(|proof| proof.difference.to_string());
    rows.push(&[
        number(report),
        Cell::Text(&found.id),
        Cell::Text(&found.rule),
        Cell::Text(&found.family),
        Cell::Text(&found.severity),
        Cell::Text(&found.confidence),
        Cell::Text(&found.title),
        Cell::Text(&found.message),
        Cell::filled(&found.place),
        number(found.line),
        number(found.column),
        number(found.start),
        number(found.end),
        Cell::filled(&found.text),
        Cell::filled(&formula),
        Cell::filled(&stated),
        Cell::filled(&computed),
        Cell::filled(&difference),
        Cell::filled(&found.suggestion),
        Cell::decimal(found.stake),
        Cell::Empty,
        Cell::Empty,
    ]);
}

/// A remark on several reports, as a finding of the first.
pub(super) fn remark(rows: &mut Rows, remark: &Remark) {
    let others = spaced(&remark.others);
    let mut cells = [Cell::Empty; 22];
    cells[0] = Cell::int(remark.report);
    cells[2] = Cell::Text(remark.kind.id());
    cells[3] = Cell::Text("corpus");
    cells[4] = Cell::Text(remark.kind.severity().word());
    cells[5] = Cell::Text("medium");
    cells[6] = Cell::Text(remark.kind.title());
    cells[7] = Cell::Text(&remark.message);
    cells[8] = Cell::filled(&remark.place);
    cells[9] = Cell::int((remark.line > 0).then_some(remark.line));
    cells[20] = Cell::filled(&remark.evidence);
    cells[21] = Cell::filled(&others);
    rows.push(&cells);
}

pub(super) fn reports(rows: &mut Rows, corpus: &Corpus, ranking: &Ranking) {
    for ((report, at), rank) in corpus.reports.iter().zip(0..).zip(ranking.by_report(corpus.reports.len())) {
        rows.push(&report_cells(corpus, report, at, rank));
    }
}

fn report_cells<'a>(corpus: &'a Corpus, report: &'a Report, at: u32, rank: Option<(u32, &Ranked)>) -> [Cell<'a>; 25] {
    let [checked, linked, read, unread] = report.ledger;
    let [exact, rounding, improbable, broken, abstained] = report.verdicts;
    let [errors, warnings, infos] = report.tally;
    let (failed, unit) = (report.failure.is_some(), corpus.unit_name(report));
    [
        number(at),
        Cell::Text(&report.path),
        Cell::Text(if failed { "failed" } else { "ok" }),
        Cell::filled(report.failure.as_deref().unwrap_or_default()),
        if failed { Cell::Empty } else { Cell::Text(unit) },
        Cell::filled(report.joined.map_or("", |joined| joined.word())),
        Cell::int(report.year),
        Cell::filled(&report.kind),
        number(report.bytes),
        number(checked + linked + read + unread),
        number(checked),
        number(linked),
        number(read),
        number(unread),
        number(exact),
        number(rounding),
        number(improbable),
        number(broken),
        number(abstained),
        number(errors),
        number(warnings),
        number(infos),
        Cell::decimal(report.score.map(Decimal::from)),
        Cell::decimal(rank.map(|(_, ranked)| ranked.amount.into())),
        Cell::int(rank.map(|(rank, _)| rank)),
    ]
}

pub(super) fn pair(rows: &mut Rows, corpus: &Corpus, pair: &Pair, [text_a, text_b]: [&str; 2]) {
    let items = [pair.a, pair.b].map(|at| &corpus.passages.items[at as usize]);
    let [a, b] = items.map(|item| &corpus.reports[item.report as usize]);
    let [place_a, place_b] = [pair.a, pair.b].map(|at| corpus.places[at as usize].0.to_string());
    let relation = match (a.unit == b.unit, a.year == b.year) {
        (false, _) => "cross-unit",
        (true, false) => "cross-year",
        (true, true) => "same-year",
    };
    rows.push(&[
        number(items[0].report),
        number(items[1].report),
        Cell::Text(&a.path),
        Cell::Text(&b.path),
        Cell::Text(corpus.unit_name(a)),
        Cell::Text(corpus.unit_name(b)),
        Cell::int(a.year),
        Cell::int(b.year),
        Cell::Text(&place_a),
        Cell::Text(&place_b),
        Cell::Text(relation),
        Cell::Text(pair.how.word()),
        Cell::Decimal(Decimal { mantissa: i128::from(pair.similarity), scale: 3 }),
        number(u32::from(items[1].chars)),
        number(corpus.passages.own(pair.b)),
        number(u32::from(items[1].standing)),
        Cell::Text(text_a),
        Cell::Text(text_b),
    ]);
}
