//! Tables of amounts: items by years and stages, function code trees, two panes side by side.

use super::column::{Column, Role};
use super::sheet::Sheet;
use super::subject::{Subject, bare, marker};
use super::tree::Entry;
use super::{Extracted, across, totals};
use crate::document::table::{is_account, is_subtotal_label, is_total_label};
use crate::facts::{Concept, Entity, Measure};

/// Label columns and the value columns that they name.
pub(super) struct Pane<'s> {
    pub(super) labels: Vec<&'s Column>,
    pub(super) values: Vec<&'s Column>,
}

/// Facts and claims of a band of amounts.
pub(super) fn read(sheet: &Sheet, out: &mut Extracted) {
    let panes = panes(sheet);
    for pane in &panes {
        let entries = entries(sheet, pane);
        for entry in &entries {
            bind(sheet, pane, entry, entries.len() == 1, out);
        }
        totals::read(sheet, pane, &entries, out);
    }
    if let [pane] = panes.as_slice() {
        across::read(sheet, &entries(sheet, pane), out);
    }
}

/// Words of the header over the labels of a further pane.
const LABELS: &[&str] = &["项目", "科目", "名称", "类别", "功能", "经济", "内容", "编码", "指标"];

fn panes<'s>(sheet: &'s Sheet) -> Vec<Pane<'s>> {
    let mut panes: Vec<Pane> = vec![Pane { labels: Vec::new(), values: Vec::new() }];
    for column in &sheet.columns {
        let open = panes.last_mut().expect("there is a pane from the start");
        match column.role {
            Role::Other | Role::Code | Role::Level(_) => {
                let label = LABELS.iter().any(|word| column.text.contains(word)) || names_rows(sheet, column);
                if open.values.is_empty() {
                    open.labels.push(column);
                } else if label {
                    panes.push(Pane { labels: vec![column], values: Vec::new() });
                }
            }
            _ => open.values.push(column),
        }
    }
    // A single row of amounts may do without a label.
    let single = panes.len() == 1;
    panes.retain(|pane| !pane.values.is_empty() && (single || !pane.labels.is_empty()));
    panes
}

/// 收入 | 决算数 | 支出 | 决算数: the heads of the two sides of a sheet, over words.
fn names_rows(sheet: &Sheet, column: &Column) -> bool {
    let side = column.path.last().is_some_and(|text| text == "收入" || text == "支出");
    let cells = || sheet.band.body.clone().filter_map(|row| sheet.cell(row, column)).filter(|cell| cell.is_filled());
    side && cells().next().is_some() && cells().all(|cell| cell.value().is_none())
}

/// The rows of a sheet of one pane; none where there are several.
pub(super) fn listed(sheet: &Sheet) -> Vec<Entry> {
    match panes(sheet).as_slice() {
        [pane] => entries(sheet, pane),
        _ => Vec::new(),
    }
}

/// The rows of a pane that have a label.
fn entries(sheet: &Sheet, pane: &Pane) -> Vec<Entry> {
    let rows = sheet.band.body.clone();
    let mut found: Vec<Entry> = rows.filter_map(|row| entry(sheet, pane, row)).collect();
    let least = found.iter().map(|entry| entry.indent).min().unwrap_or(0);
    found.iter_mut().for_each(|entry| entry.indent -= least);
    found
}

fn entry(sheet: &Sheet, pane: &Pane, row: usize) -> Option<Entry> {
    let stands = pane.values.iter().any(|column| sheet.cell(row, column).is_some());
    let cells = || pane.labels.iter().filter_map(|column| sheet.table.cell_at(row, column.at));
    let label = cells().rfind(|cell| cell.is_filled() && cell.value().is_none());
    let codes: String =
        cells().map(|cell| cell.flow.text()).filter(|text| text.bytes().all(|b| b.is_ascii_digit())).collect();
    if pane.labels.is_empty() && stands {
        return Some(Entry { row, ..Entry::default() });
    }
    let label = label.filter(|_| stands)?;
    let text = label.flow.text();
    let among = text.starts_with("其中");
    let number = marker(text.trim_start_matches("其中").trim_start_matches(['：', ':']));
    let subject = known(sheet, super::subject::subject(text, sheet.cx.year));
    // 市县小计, but not 公务用车购置及运行费小计, which is the name of what it sums up.
    let subtotal = is_subtotal_label(bare(text)) && subject.concept.is_none();
    Some(Entry {
        row,
        name: subject.name,
        concept: subject.concept,
        code: code(&codes, text),
        indent: label.indent(sheet.cx.source),
        marker: number.map(|(style, value, _)| (style, value)),
        among,
        total: is_total_label(bare(text)) || subtotal,
        subtotal,
    })
}

/// 2070109, in its own column or before the name.
fn code(codes: &str, label: &str) -> Option<String> {
    let printed: String = label.chars().take_while(char::is_ascii_digit).collect();
    [codes, printed.as_str()].into_iter().find(|code| is_account(code)).map(str::to_owned)
}

/// 购置费 and 运行费 alone are those of official cars only where the table is about them.
fn known(sheet: &Sheet, subject: Subject) -> Subject {
    let short = ["购置费", "运行费", "运行维护费"].contains(&subject.name.as_str());
    let about_cars = || {
        let says = |text: &str| text.contains("公务用车") || text.contains("三公") || text.contains("公车");
        says(&sheet.cx.title) || sheet.table.cells().any(|cell| says(cell.flow.text()))
    };
    if short && !about_cars() { Subject { name: subject.name, ..Subject::default() } } else { subject }
}

/// Facts of one row.
fn bind(sheet: &Sheet, pane: &Pane, entry: &Entry, only_row: bool, out: &mut Extracted) {
    for column in &pane.values {
        let Some(value) = sheet.value(entry.row, column) else { continue };
        let (amount, measure) = match column.role {
            Role::Amount(amount) => (amount, Measure::Level),
            Role::Change(_) => (super::column::Amount::default(), Measure::Change),
            Role::Growth => (super::column::Amount::default(), Measure::Growth),
            Role::Rate => (super::column::Amount::default(), Measure::Rate),
            Role::Share => (super::column::Amount::default(), Measure::Share),
            _ => continue,
        };
        let mut subject = known(sheet, sheet.subject(entry.row, column).as_ref().clone());
        if subject.concept.is_some() && amount.concept.is_some() {
            continue;
        }
        if entry.total && subject.concept.is_none() {
            let side = side_total(pane, &entry.name);
            let Some(concept) = side.or_else(|| whole(sheet)).filter(|_| amount.concept.is_none()).or(amount.concept)
            else {
                continue;
            };
            subject.concept = Some(concept);
        }
        let whole_column = column.path.last().is_some_and(|text| is_total_label(text));
        if whole_column && subject.concept.is_none() && (subject.stage.is_some() || subject.name.is_empty()) {
            subject.concept = whole(sheet);
        }
        let mut key = sheet.key(&subject, amount, measure);
        // 本年收入合计 beside 一般公共服务支出 is what came in for it, not what was spent.
        if whole_column && matches!(key.entity, Entity::Item(_)) && !key.concept.is_income() {
            key.concept = Concept("");
        }
        if only_row && amount.concept.is_some() && matches!(key.entity, Entity::Item(_)) {
            key.entity = sheet.cx.entity.clone();
        }
        sheet.bind(out, &value, column, key);
    }
}

/// 总计 under 收入 or under 支出 of a sheet of two sides.
fn side_total(pane: &Pane, name: &str) -> Option<Concept> {
    let under = |side: &str| pane.labels.iter().any(|column| column.path.iter().any(|text| text == side));
    match name {
        "总计" if under("收入") => Some(Concept("income.grand")),
        "总计" if under("支出") => Some(Concept("exp.grand")),
        _ => None,
    }
}

/// What the total of the table is: by its title.
fn whole(sheet: &Sheet) -> Option<Concept> {
    let title = sheet.cx.title.as_str();
    let named = crate::facts::lexicon().find(title).find_map(|hit| match hit.tag {
        crate::facts::Tag::Concept(concept) => Some(concept),
        _ => None,
    });
    let income_and_spending = title.contains("收入支出") || title.contains("收支");
    let by_word = || {
        if income_and_spending {
            None
        } else if title.contains("支出") {
            Some(Concept("exp.total"))
        } else if title.contains("收入") {
            Some(Concept("income.total"))
        } else {
            None
        }
    };
    named.or_else(by_word)
}
