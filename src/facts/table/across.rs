//! Along a row: 合计 = 基本支出 + 项目支出, 增减 = 本年 − 上年, 执行率 beside its operands.

use super::Extracted;
use super::column::{Against, Amount, Column, Role};
use super::fitting;
use super::funding;
use super::sheet::{Sheet, Value, sum_of};
use super::totals::is_closed_set;
use super::tree::Entry;
use crate::document::table::is_total_label;
use crate::facts::{ClaimKind, Concept, Operand, Period, Role as Part, Stage, Tag, lexicon};

/// The claims along the rows of a band.
pub(super) fn read(sheet: &Sheet, entries: &[Entry], out: &mut Extracted) {
    let rows: Vec<usize> = entries.iter().map(|entry| entry.row).collect();
    let complete = sums(sheet).into_iter().filter(|(total, parts)| is_complete(sheet, &rows, total, parts));
    for (total, parts) in complete.chain(named_sums(sheet)) {
        rows.iter().for_each(|&row| claim_sum(sheet, row, total, &parts, out));
    }
    let base = funding::rate_base(sheet, &rows);
    for &row in &rows {
        claim_change(sheet, row, out);
        if sheet.only(Role::Rate).is_some() {
            funding::claim_rate(sheet, row, base, out);
        }
        claim_adjustment(sheet, row, out);
        claim_remainder(sheet, row, out);
    }
    claim_shares(sheet, entries, out);
    fitting::read(sheet, entries, out);
}

/// A total column with the columns that it adds up: those of the same stage and year under the same header.
fn sums<'s>(sheet: &'s Sheet) -> Vec<(&'s Column, Vec<&'s Column>)> {
    let items: Vec<(&Column, Amount, Vec<&str>)> =
        sheet.amounts().map(|(column, amount)| (column, amount, item_path(column))).collect();
    let alike = |one: &Amount, two: &Amount| one.stage == two.stage && one.period == two.period;
    let mut found = Vec::new();
    for (total, amount, path) in &items {
        let Some((last, prefix)) = path.split_last().filter(|(last, _)| is_total_label(last)) else { continue };
        let inside = |other: &&(&Column, Amount, Vec<&str>)| {
            alike(&other.1, amount)
                && other.0.at != total.at
                && other.2.len() > prefix.len()
                && other.2.starts_with(prefix)
        };
        let parts: Vec<&Column> = items
            .iter()
            .filter(inside)
            .filter(|other| match &other.2[prefix.len()..] {
                [one] => one != last,
                [_, sub] => is_total_label(sub),
                _ => false,
            })
            .map(|other| other.0)
            .collect();
        if parts.len() > 1 {
            found.push((*total, parts));
        }
    }
    found
}

/// The headers of a column without those that say only a stage or a year.
fn item_path(column: &Column) -> Vec<&str> {
    column.path.iter().map(String::as_str).filter(|text| !is_stage_only(text)).collect()
}

/// 2022年决算数, 预算数
fn is_stage_only(text: &str) -> bool {
    let mut rest = text.to_owned();
    for hit in lexicon().find(text) {
        if matches!(hit.tag, Tag::Stage(_)) {
            rest = rest.replacen(&text[hit.range], "", 1);
        }
    }
    rest.chars().all(|c| c.is_ascii_digit() || "年度上本当全".contains(c))
}

/// “三公”经费合计|因公出国（境）费|公务用车购置及运行费|…: columns of a closed set beside the column of its whole.
fn named_sums<'s>(sheet: &'s Sheet) -> Vec<(&'s Column, Vec<&'s Column>)> {
    let mut found = Vec::new();
    for (total, amount) in
        sheet.amounts().filter(|(column, _)| !item_path(column).last().is_some_and(|text| is_total_label(text)))
    {
        let is_part = |other: &Amount| {
            let parent = other.concept.and_then(|concept| lexicon().parent(concept));
            parent.is_some() && parent == amount.concept && other.stage == amount.stage && other.period == amount.period
        };
        let parts: Vec<(&Column, Amount)> = sheet.amounts().filter(|(_, other)| is_part(other)).collect();
        let concepts: Vec<Option<Concept>> = parts.iter().map(|(_, part)| part.concept).collect();
        let distinct = concepts.iter().collect::<std::collections::BTreeSet<_>>().len() == concepts.len();
        if distinct && is_closed_set(amount.concept, &concepts) {
            found.push((total, parts.into_iter().map(|(column, _)| column).collect()));
        }
    }
    found
}

/// The parts are a closed set of the field, or they make up the total in most rows.
fn is_complete(sheet: &Sheet, rows: &[usize], total: &Column, parts: &[&Column]) -> bool {
    let concept = |column: &&Column| match column.role {
        Role::Amount(amount) => amount.concept,
        _ => None,
    };
    let concepts: Vec<Option<Concept>> = parts.iter().map(concept).collect();
    let parent = concepts.first().copied().flatten().and_then(|concept| lexicon().parent(concept));
    let reduced = |whole: &'static str| is_closed_set(Some(Concept(whole)), &concepts);
    if parent.is_some_and(|parent| is_closed_set(Some(parent), &concepts)) || reduced("sangong") {
        return true;
    }
    let tried: Vec<bool> = rows
        .iter()
        .filter_map(|&row| {
            let stated = sheet.value(row, total)?;
            let values: Vec<Value> = parts.iter().filter_map(|part| sheet.value(row, part)).collect();
            (!values.is_empty()).then(|| sum_of(&values) == Some(stated.base))
        })
        .collect();
    let closed = tried.iter().filter(|closed| **closed).count();
    closed > 1 && closed * 2 > tried.len()
}

fn claim_sum(sheet: &Sheet, row: usize, total: &Column, parts: &[&Column], out: &mut Extracted) {
    let Some(stated) = sheet.value(row, total) else { return };
    let found: Vec<(Value, &Column)> = parts.iter().filter_map(|part| Some((sheet.value(row, part)?, *part))).collect();
    if found.is_empty() {
        return;
    }
    let mut claim = sheet.across(ClaimKind::CrossFoot, row, &[(Part::Total, Some((&stated, total)))]);
    let items = found.iter().map(|(value, column)| Operand::of(value.id).named(&column.text));
    claim.roles.push((Part::Items, items.collect()));
    out.claims.push(claim);
}

/// 增减额 and 增减率 beside the two amounts that they compare.
fn claim_change(sheet: &Sheet, row: usize, out: &mut Extracted) {
    let change = sheet.columns.iter().find(|column| matches!(column.role, Role::Change(_)));
    let growth = sheet.only(Role::Growth);
    let against = match (change.map(|column| column.role), growth) {
        (Some(Role::Change(against)), _) => against,
        (_, Some(column)) if column.text.contains("上年") => Against::PreviousYear,
        (_, Some(_)) => Against::Unsaid,
        _ => return,
    };
    let Some((current, previous)) = compared(sheet, against) else { return };
    let value = |column: Option<&Column>| column.and_then(|column| sheet.value(row, column));
    let (Some(now), Some(then)) = (sheet.value(row, current), sheet.value(row, previous)) else { return };
    let (by, rate) = (value(change), value(growth));
    if by.is_none() && rate.is_none() {
        return;
    }
    let roles = [
        (Part::Current, Some((&now, current))),
        (Part::Previous, Some((&then, previous))),
        (Part::Change, by.as_ref().zip(change)),
        (Part::Growth, rate.as_ref().zip(growth)),
    ];
    out.claims.push(sheet.across(ClaimKind::Change, row, &roles));
}

/// The two columns that a change compares; none where several pairs could be meant.
fn compared<'s>(sheet: &'s Sheet, against: Against) -> Option<(&'s Column, &'s Column)> {
    let years: Vec<u16> = sheet.amounts().filter_map(|(_, amount)| year(amount)).collect();
    let latest = years.iter().copied().max();
    let find = |stage: &[Stage], year_of: Option<u16>| {
        let mut found = sheet.amounts().filter(|(_, amount)| {
            amount.stage.is_some_and(|own| stage.contains(&own)) && (year_of.is_none() || year(*amount) == year_of)
        });
        found.next().filter(|_| found.next().is_none()).map(|(column, _)| column)
    };
    let budgets = [Stage::Budget, Stage::Initial, Stage::Adjusted];
    let two_years = || {
        let (now, before) = (latest?, latest?.checked_sub(1)?);
        let finals = find(&[Stage::Final], Some(now)).zip(find(&[Stage::Final], Some(before)));
        finals.or_else(|| find(&budgets, Some(now)).zip(find(&budgets, Some(before))))
    };
    match against {
        Against::PreviousYear => two_years(),
        Against::Budget => find(&[Stage::Final], latest).zip(find(&budgets, latest)),
        Against::Unsaid if sheet.amounts().count() == 2 => two_years(),
        Against::Unsaid => None,
    }
}

fn year(amount: Amount) -> Option<u16> {
    match amount.period {
        Some(Period::Year(year)) => Some(year),
        _ => None,
    }
}

/// 年初预算 + 追加 = 全年预算
fn claim_adjustment(sheet: &Sheet, row: usize, out: &mut Extracted) {
    let columns = [Stage::Initial, Stage::Adjustment, Stage::Adjusted].map(|stage| sheet.staged(stage));
    let [Some(initial), Some(added), Some(adjusted)] = columns else { return };
    let values = [initial, added, adjusted].map(|column| sheet.value(row, column));
    let [Some(from), Some(by), Some(to)] = &values else { return };
    let roles = [
        (Part::Initial, Some((from, initial))),
        (Part::Added, Some((by, added))),
        (Part::Adjusted, Some((to, adjusted))),
    ];
    out.claims.push(sheet.across(ClaimKind::Adjustment, row, &roles));
}

/// 预算数 − 执行数 = 结余
fn claim_remainder(sheet: &Sheet, row: usize, out: &mut Extracted) {
    let Some(rest) = sheet.only(Role::Remainder) else { return };
    // 财政收回 beside 结余: only a part of what was not spent is left.
    if sheet.columns.iter().any(|column| ["收回", "缴回", "上缴", "核减"].iter().any(|word| column.text.contains(word)))
    {
        return;
    }
    let budget = [Stage::Adjusted, Stage::Budget, Stage::Initial].into_iter().find_map(|stage| sheet.staged(stage));
    let (Some(budget), Some(done)) = (budget, sheet.staged(Stage::Final)) else { return };
    let values = [budget, done, rest].map(|column| sheet.value(row, column));
    let [Some(planned), Some(executed), Some(left)] = &values else { return };
    let roles = [
        (Part::Budget, Some((planned, budget))),
        (Part::Executed, Some((executed, done))),
        (Part::Remainder, Some((left, rest))),
    ];
    out.claims.push(sheet.across(ClaimKind::Remainder, row, &roles));
}

/// 占比 beside the only amount, of the only total.
fn claim_shares(sheet: &Sheet, entries: &[Entry], out: &mut Extracted) {
    let Some(share) = sheet.only(Role::Share) else { return };
    let mut amounts = sheet.amounts();
    let Some((column, _)) = amounts.next().filter(|_| amounts.next().is_none()) else { return };
    let mut totals = entries.iter().filter(|entry| entry.total);
    let Some(total) = totals.next().filter(|_| totals.next().is_none()) else { return };
    let Some(whole) = sheet.value(total.row, column) else { return };
    for entry in entries.iter().filter(|entry| !entry.total) {
        let (Some(part), Some(stated)) = (sheet.value(entry.row, column), sheet.value(entry.row, share)) else {
            continue;
        };
        let roles = [
            (Part::Part, Some((&part, column))),
            (Part::Whole, Some((&whole, column))),
            (Part::Share, Some((&stated, share))),
        ];
        out.claims.push(sheet.across(ClaimKind::Share, entry.row, &roles));
    }
}
