//! Down a column: 合计 rows, 其中 rows, code trees, numbered parts.

use std::collections::BTreeMap;

use super::Extracted;
use super::amounts::Pane;
use super::column::{Column, Role};
use super::sheet::{Sheet, Value, sum_of};
use super::tree::{self, Entry};
use crate::document::Literal;
use crate::document::literal::Dimension;
use crate::document::table::{Band, Table, is_total_label, without_brackets};
use crate::facts::fit::is_sum;
use crate::facts::slip::is_slipped_sum;
use crate::facts::{ClaimKind, Concept, NumberId, Operand, Period, Role as Part, lexicon};

/// A whole and its parts, as indices of entries.
struct Group {
    whole: usize,
    parts: Vec<usize>,
}

/// The parts of each entry that has some.
type Children = BTreeMap<usize, Vec<usize>>;

fn children(parents: &[Option<usize>]) -> Children {
    let mut children = Children::new();
    for (at, parent) in parents.iter().enumerate() {
        if let Some(parent) = parent {
            children.entry(*parent).or_default().push(at);
        }
    }
    children
}

/// The claims down the columns of a pane.
pub(super) fn read(sheet: &Sheet, pane: &Pane, entries: &[Entry], out: &mut Extracted) {
    let parents = tree::parents(entries);
    let children = children(&parents);
    let columns: Vec<&Column> =
        pane.values.iter().copied().filter(|column| matches!(column.role, Role::Amount(_) | Role::Change(_))).collect();
    let coded = tree::is_coded(entries);
    for (&whole, parts) in &children {
        claim_parts(sheet, &columns, entries, &Group { whole, parts: parts.clone() }, coded, out);
    }
    let mut earlier = earlier_parts(sheet).peekable();
    if earlier.peek().is_some() {
        over_parts(sheet, earlier, &columns, entries, &parents, out);
        return;
    }
    for group in total_rows(entries, &parents, &children) {
        for column in &columns {
            claim(sheet, column, entries, &group, ClaimKind::TotalRow, out);
        }
        for column in quantities(sheet, pane).filter(|column| adds_too(sheet, &columns, column, entries, &group)) {
            claim(sheet, column, entries, &group, ClaimKind::TotalRow, out);
        }
    }
}

/// 续表2: the tables whose rows go on in this one, under the same header and without a total in between.
fn earlier_parts<'a, 's>(sheet: &'s Sheet<'a>) -> impl Iterator<Item = Sheet<'a>> + use<'a, 's> {
    let part = |table: &'a Table| {
        let band = table.bands.last()?;
        let mut labels = table.rows.iter().filter_map(|row| row.cells.iter().find(|cell| cell.is_filled()));
        let goes_on = !band.header.is_empty()
            && header(table, band).eq(header(sheet.table, sheet.band))
            && !labels.any(|cell| is_total_label(cell.flow.text()));
        goes_on.then(|| Sheet::new(sheet.cx, table, band))
    };
    sheet.cx.earlier().map_while(part)
}

/// The words of a header, cell by cell.
fn header<'t>(table: &'t Table, band: &Band) -> impl Iterator<Item = &'t str> {
    let rows = &table.rows[band.header.clone()];
    rows.iter().flat_map(|row| &row.cells).map(|cell| cell.flow.text())
}

/// The first total of a table that goes on from others is of their rows and its own before it. It is claimed where they make it
/// up, or do but for a slip of the pen: a list that began still earlier, unseen, would make up less.
fn over_parts<'a>(
    sheet: &Sheet<'a>,
    earlier: impl Iterator<Item = Sheet<'a>>,
    columns: &[&Column],
    entries: &[Entry],
    parents: &[Option<usize>],
    out: &mut Extracted,
) {
    let loose = |entries: &[Entry], parents: &[Option<usize>]| -> Vec<usize> {
        let own = |at: &usize| parents[*at].is_none() && !entries[*at].total && adds_up(&entries[*at].name);
        (0..entries.len()).filter(own).map(|at| entries[at].row).collect()
    };
    let Some(total) = entries.iter().position(|entry| entry.total) else { return };
    let before: Vec<(Sheet, Vec<usize>)> = earlier
        .map(|part| {
            let listed = super::amounts::listed(&part);
            let rows = loose(&listed, &tree::parents(&listed));
            (part, rows)
        })
        .collect();
    let own = loose(&entries[..total], &parents[..total]);
    for column in columns {
        let Some(whole) = sheet.value(entries[total].row, column) else { continue };
        let down = |sheet: &Sheet, rows: &[usize]| -> Vec<Operand> {
            rows.iter().filter_map(|&row| Some(sheet.operand(&sheet.value(row, column)?, column))).collect()
        };
        let earlier = before.iter().rev().flat_map(|(part, rows)| down(part, rows));
        let operands: Vec<Operand> = earlier.chain(down(sheet, &own)).collect();
        let literal = |id: NumberId| &sheet.cx.number(id).literal;
        let parts: Vec<&Literal> = operands.iter().filter_map(Operand::number).map(literal).collect();
        let told = is_sum(literal(whole.id), parts.iter().copied()) || is_slipped_sum(literal(whole.id), &parts);
        if parts.len() > 2 && told {
            let mut claim = sheet.sum(ClaimKind::TotalRow, column, &whole, &[], Part::Items);
            claim.roles.retain(|(role, _)| *role == Part::Total);
            claim.roles.push((Part::Items, operands));
            out.claims.push(claim);
        }
    }
}

/// 项目数, 结余, 受益户数: columns of which no word says that they add up.
fn quantities<'s>(sheet: &'s Sheet, pane: &Pane) -> impl Iterator<Item = &'s Column> {
    let first = pane.labels.first().map_or(0, |column| column.at);
    let end = pane.values.last().map_or(first, |column| column.at);
    let quantity = |column: &&Column| matches!(column.role, Role::Other | Role::Remainder) && adds_up(&column.text);
    let inside = move |column: &&Column| first <= column.at && column.at <= end + BESIDE;
    sheet.columns.iter().filter(quantity).filter(inside)
}

/// So many columns may stand behind the last amount and still be of its list.
const BESIDE: usize = 3;

/// Whether such a column adds up in its total row as well: it does to the last digit, or but for a slip of the pen where
/// another column does.
fn adds_too(sheet: &Sheet, columns: &[&Column], column: &Column, entries: &[Entry], group: &Group) -> bool {
    let Some((whole, parts)) = values(sheet, column, entries, group).filter(|(_, parts)| parts.len() > 1) else {
        return false;
    };
    let closes = |(whole, parts): &(Value, Vec<Value>)| sum_of(parts) == Some(whole.base) && !whole.base.is_zero();
    let literal = |value: &Value| &sheet.cx.number(value.id).literal;
    let slip = || {
        let parts: Vec<&Literal> = parts.iter().map(literal).collect();
        is_slipped_sum(literal(&whole), &parts)
    };
    let others = || columns.iter().filter_map(|other| values(sheet, other, entries, group)).any(|other| closes(&other));
    closes(&(whole.clone(), parts.clone())) || slip() && others()
}

/// How much is known about a group being complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Evidence {
    /// By its form: a code tree, a closed set of the field, a list that ends in 其他, a total.
    Complete(ClaimKind),
    /// Parts of the whole, perhaps not all.
    Partial,
    /// Nothing says that they are parts at all.
    None,
}

fn claim_parts(sheet: &Sheet, columns: &[&Column], entries: &[Entry], group: &Group, coded: bool, out: &mut Extracted) {
    let evidence = evidence(entries, group, coded);
    for column in columns {
        let kind = match evidence {
            Evidence::Complete(kind) => kind,
            _ if closes_elsewhere(sheet, columns, column, entries, group) => ClaimKind::TableParts,
            Evidence::Partial => ClaimKind::TablePartial,
            Evidence::None => continue,
        };
        claim(sheet, column, entries, group, kind, out);
    }
}

fn evidence(entries: &[Entry], group: &Group, coded: bool) -> Evidence {
    let whole = &entries[group.whole];
    let parts: Vec<&Entry> = group.parts.iter().map(|&at| &entries[at]).collect();
    let numbered = parts.len() > 1 && parts.iter().all(|part| part.marker.is_some() && !part.among);
    let ends_in_other = parts.iter().any(|part| part.name.starts_with("其他"));
    if whole.total {
        Evidence::Complete(ClaimKind::TotalRow)
    } else if coded
        || is_closed_set(whole.concept, &parts.iter().map(|part| part.concept).collect::<Vec<_>>())
        || numbered && ends_in_other
    {
        Evidence::Complete(ClaimKind::TableParts)
    } else if parts.iter().any(|part| part.among) || parts.iter().all(|part| part.indent > whole.indent) {
        Evidence::Partial
    } else {
        Evidence::None
    }
}

/// Sets that the field defines: “三公” = 出国 + 公车 + 接待, 公车 = 购置 + 运行, 支出 = 基本 + 项目, 基本 = 人员 + 公用.
/// A part that a form leaves out is nothing.
pub(super) fn is_closed_set(whole: Option<Concept>, parts: &[Option<Concept>]) -> bool {
    let has = |concept: &'static str| parts.contains(&Some(Concept(concept)));
    let only = |concepts: &[&str]| parts.iter().all(|part| part.is_some_and(|concept| concepts.contains(&concept.0)));
    match whole.map(|concept| concept.0) {
        Some("sangong") => {
            let all = ["sangong.abroad", "sangong.vehicle", "sangong.purchase", "sangong.running", "sangong.reception"];
            only(&all) && has("sangong.reception") && (has("sangong.vehicle") || has("sangong.running"))
        }
        Some("sangong.vehicle") => has("sangong.purchase") && has("sangong.running") && parts.len() == 2,
        Some("exp.total") => has("exp.basic") && has("exp.project") && parts.len() == 2,
        Some("exp.basic") => has("exp.people") && has("exp.public") && parts.len() == 2,
        _ => false,
    }
}

/// Whether the parts make up the whole to the last digit in two other columns (A20), or in one where a single slip of the
/// pen is all that keeps them from it in this one. A column of another year may hold items that were since discontinued,
/// so less than the whole says nothing there.
fn closes_elsewhere(sheet: &Sheet, columns: &[&Column], column: &Column, entries: &[Entry], group: &Group) -> bool {
    let closes = |other: &&&Column| {
        let found = values(sheet, other, entries, group);
        found.is_some_and(|(whole, parts)| {
            parts.len() > 1 && sum_of(&parts) == Some(whole.base) && !whole.base.is_zero()
        })
    };
    let closing: Vec<Option<Period>> =
        columns.iter().filter(|other| other.at != column.at).filter(closes).map(|other| period(other)).collect();
    let own = closes(&&column);
    let this_year = closing.contains(&period(column));
    own && !closing.is_empty() || this_year && (closing.len() > 1 || is_slipped(sheet, column, entries, group))
}

/// Whether one slip explains why three or more parts do not make up the whole.
fn is_slipped(sheet: &Sheet, column: &Column, entries: &[Entry], group: &Group) -> bool {
    let Some((whole, parts)) = values(sheet, column, entries, group) else { return false };
    let literal = |value: &Value| &sheet.cx.number(value.id).literal;
    let literals: Vec<&Literal> = parts.iter().map(literal).collect();
    parts.len() > 2 && is_slipped_sum(literal(&whole), &literals)
}

fn period(column: &Column) -> Option<Period> {
    match column.role {
        Role::Amount(amount) => amount.period,
        _ => None,
    }
}

/// The whole and those parts that have a number; blank parts count as nothing. All must be of one dimension.
fn values(sheet: &Sheet, column: &Column, entries: &[Entry], group: &Group) -> Option<(Value, Vec<Value>)> {
    let whole = sheet.value(entries[group.whole].row, column)?;
    let parts: Vec<Value> = group.parts.iter().filter_map(|&at| sheet.value(entries[at].row, column)).collect();
    let dimension = |value: &Value| -> Dimension { sheet.cx.number(value.id).literal.unit.dimension() };
    let alike = parts.iter().all(|part| dimension(part) == dimension(&whole));
    (alike && !parts.is_empty()).then_some((whole, parts))
}

fn claim(sheet: &Sheet, column: &Column, entries: &[Entry], group: &Group, kind: ClaimKind, out: &mut Extracted) {
    if let Some((whole, parts)) = values(sheet, column, entries, group) {
        out.claims.push(sheet.sum(kind, column, &whole, &parts, Part::Items));
    }
}

/// 合计 rows over the rows that are part of nothing: before it, or after it where it comes first. A later total includes
/// the one before it and the rows between (收入总计 = 本年收入合计 + 年初结转); 小计 only the rows since the last 小计.
fn total_rows(entries: &[Entry], parents: &[Option<usize>], children: &Children) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let (mut head, mut sums, mut loose): (Option<usize>, Vec<usize>, Vec<usize>) = (None, Vec::new(), Vec::new());
    for (at, entry) in entries.iter().enumerate().filter(|(at, _)| parents[*at].is_none()) {
        if !entry.total {
            if adds_up(&entry.name) {
                loose.push(at);
            }
            continue;
        }
        let has_parts = children.contains_key(&at);
        if entry.subtotal && !loose.is_empty() {
            groups.push(Group { whole: at, parts: std::mem::take(&mut loose) });
            sums.push(at);
        } else if loose.is_empty() && sums.is_empty() {
            head = Some(at).filter(|_| !has_parts);
        } else if head.is_none() {
            let parts = sums.drain(..).chain(loose.drain(..)).collect();
            groups.push(Group { whole: at, parts });
            sums.push(at);
        }
    }
    if let Some(whole) = head {
        let parts: Vec<usize> = sums.into_iter().chain(loose).filter(|&at| at > whole).collect();
        groups.push(Group { whole, parts });
    }
    groups.retain(|group| group.parts.len() > 1 || entries[group.parts.first().copied().unwrap_or(0)].code.is_some());
    groups.into_iter().filter_map(|group| without_overlap(entries, group)).collect()
}

/// 支出合计 of a form that also lists “三公”经费 and 政府采购 is made of 基本支出 and 项目支出 alone.
fn without_overlap(entries: &[Entry], group: Group) -> Option<Group> {
    let concept = |at: &usize| entries[*at].concept;
    let cuts_across = |at: &usize| {
        concept(at)
            .is_some_and(|concept| ["sangong", "procurement", "hc."].iter().any(|word| concept.0.starts_with(word)))
    };
    let foreign = group.parts.iter().filter(|at| cuts_across(at)).count();
    if foreign == 0 || foreign == group.parts.len() {
        return Some(group);
    }
    let whole = entries[group.whole].concept.or(Some(Concept("exp.total")));
    let parts: Vec<usize> =
        group.parts.into_iter().filter(|at| concept(at).is_some_and(|part| lexicon().parent(part) == whole)).collect();
    let closed = is_closed_set(whole, &parts.iter().map(concept).collect::<Vec<_>>());
    closed.then_some(Group { whole: group.whole, parts })
}

/// Rates, averages and prices never add up: 补助标准, 亩均; but 标准化建设 and 均衡性转移支付 do.
fn adds_up(name: &str) -> bool {
    let apart = ["率", "比例", "占比", "增减", "平均", "人均", "户均", "亩均", "年均", "月均", "日均", "均价"];
    let apart = apart.iter().any(|word| name.contains(word));
    let bare = without_brackets(name);
    let priced = ["均", "单价", "标准", "价格", "保额", "倍"].iter().any(|word| bare.ends_with(word));
    !apart && !priced
}
