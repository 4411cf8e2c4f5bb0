//! Tables: what their numbers measure, and what their form claims. A family of tables is known by the words of its
//! headers, never by the position of a column.

mod across;
mod amounts;
mod column;
mod control;
mod evident;
mod fitting;
mod forms;
mod funding;
mod indicators;
mod inline;
mod listing;
mod sheet;
mod subject;
mod totals;
mod tree;

use self::column::Role;
use self::sheet::Sheet;
use super::form::Form;
use super::label::normal_name;
use super::{Claim, Entity, Fact, Facts, Number, NumberId, Scope, Stage, Tag, id_at, lexicon};
use crate::document::table::{is_field_label, without_brackets};
use crate::document::{BlockKind, Cell, Document, Table};
use crate::source::{Source, Span};

/// A table with what its surroundings say about it.
pub(in crate::facts) struct TableContext<'a> {
    pub(in crate::facts) source: &'a Source,
    pub(in crate::facts) table: &'a Table,
    /// Where the numbers are looked up: their literals carry the units that they inherit.
    pub(in crate::facts) numbers: &'a [Number],
    /// The year that the table or the report is about.
    pub(in crate::facts) year: Option<u16>,
    /// The project that a form is about; otherwise the whole unit.
    pub(in crate::facts) entity: Entity,
    /// What the table's title says of its money.
    pub(in crate::facts) scope: Scope,
    pub(in crate::facts) stage: Stage,
    /// The table's title, without blanks.
    pub(in crate::facts) title: String,
    /// The table before this one, where it may be a part of the same form.
    pub(in crate::facts) before: Option<&'a Table>,
    document: &'a Document,
}

/// What was read from tables.
#[derive(Clone, Debug, Default)]
pub(in crate::facts) struct Extracted {
    pub(in crate::facts) facts: Vec<Fact>,
    pub(in crate::facts) claims: Vec<Claim>,
    pub(in crate::facts) forms: Vec<Form>,
}

impl<'a> TableContext<'a> {
    /// The context of `table`; `facts` holds the numbers of the whole report, with the units that they inherit, and its year.
    pub(in crate::facts) fn new(
        source: &'a Source,
        document: &'a Document,
        table: &'a Table,
        facts: &'a Facts,
    ) -> TableContext<'a> {
        let captions: Vec<&str> = table
            .captions
            .iter()
            .rev()
            .filter_map(|&block| Some(document.blocks.get(block)?.paragraph()?.flow.text()))
            .collect();
        let title = captions.iter().find(|text| is_title(text)).map_or("", |title| title);
        let year = captions
            .iter()
            .filter(|text| !text.contains("日期"))
            .find_map(|text| column::period(text, None))
            .and_then(year_of)
            .or(facts.report.year);
        let (scope, stage) = title_says(title);
        let before = before(document, table);
        TableContext {
            source,
            table,
            numbers: &facts.numbers,
            year,
            entity: entity(table),
            scope,
            stage,
            title: title.to_owned(),
            before,
            document,
        }
    }

    /// The number printed at exactly this span.
    fn number_at(&self, span: Span) -> Option<NumberId> {
        id_at(self.numbers, span)
    }

    /// The tables before this one, the nearest first, as far as they may be parts of the same form.
    fn earlier(&self) -> impl Iterator<Item = &'a Table> {
        std::iter::successors(self.before, |table| before(self.document, table)).take(MOST_PARTS)
    }

    fn number(&self, id: NumberId) -> &'a Number {
        &self.numbers[id.0 as usize]
    }
}

/// A form is not looked for over more tables.
const MOST_PARTS: usize = 20;

/// How many lines of captions may stand between two parts of one form.
const BETWEEN: usize = 6;

/// The table before this one, where no title and no running text stands between them.
fn before<'a>(document: &'a Document, table: &Table) -> Option<&'a Table> {
    let at = document.blocks.iter().position(|block| block.span == table.span)?;
    let blocks = document.blocks[..at].iter().rev().filter(|block| !matches!(block.kind, BlockKind::Blank));
    blocks.take(BETWEEN).take_while(|block| may_stand_between(&block.kind)).find_map(|block| match &block.kind {
        BlockKind::Table(before) => Some(before),
        _ => None,
    })
}

fn may_stand_between(kind: &BlockKind) -> bool {
    match kind {
        BlockKind::Title(_) => false,
        BlockKind::Heading(p) | BlockKind::Paragraph(p) => p.flow.text().chars().count() <= 40,
        BlockKind::Blank | BlockKind::Furniture | BlockKind::Note(_) | BlockKind::Table(_) => true,
    }
}

/// 一般公共预算财政拨款支出决算表, but not 公开05表
fn is_title(text: &str) -> bool {
    let text = without_brackets(text);
    text.ends_with('表') && text.chars().count() > 3 && !text.starts_with("公开")
}

fn year_of(period: super::Period) -> Option<u16> {
    match period {
        super::Period::Year(year) => Some(year),
        super::Period::Unstated => None,
    }
}

/// 一般公共预算财政拨款支出决算表: the scope and the stage of every amount.
fn title_says(title: &str) -> (Scope, Stage) {
    let hits: Vec<Tag> = lexicon().find(title).map(|hit| hit.tag).collect();
    let scope = hits.iter().find_map(|tag| if let Tag::Scope(scope) = tag { Some(*scope) } else { None });
    let stage = if title.contains("决算") {
        Stage::Final
    } else if title.ends_with("预算表") || title.ends_with("预算总表") {
        Stage::Budget
    } else {
        Stage::Unstated
    };
    let appropriated = || title.contains("财政拨款").then_some(Scope::Appropriation);
    (scope.or_else(appropriated).unwrap_or(Scope::Unstated), stage)
}

/// 项目名称 | 节庆文旅活动: the form is about one project.
fn entity(table: &Table) -> Entity {
    project_cell(table).map_or(Entity::Unit, |cell| Entity::Item(normal_name(cell.flow.text())))
}

/// The cell that names the project.
fn project_cell(table: &Table) -> Option<&Cell> {
    let is_header = |row: usize| table.bands.iter().any(|band| band.header.contains(&row));
    let rows = table.rows.iter().enumerate().take(6).filter(|(row, _)| !is_header(*row));
    let named = rows.flat_map(|(_, row)| row.cells.windows(2)).find(|pair| {
        let label = pair[0].flow.text();
        let name = label.contains("名称") && (label.contains("项目") || label.contains("专项"));
        is_field_label(label) && name && pair[1].is_filled()
    });
    let is_value = |text: &str| !is_field_label(text) && column_words(text);
    named.map(|pair| &pair[1]).filter(|cell| is_value(cell.flow.text()))
}

/// A name and not the header of the next column.
fn column_words(value: &str) -> bool {
    !["预算数", "执行数", "决算数", "金额", "指标", "单位", "资金来源"].iter().any(|end| value.ends_with(end))
}

/// Facts, claims and the form of one table.
pub(in crate::facts) fn read(cx: &TableContext, block: usize, out: &mut Extracted) {
    let headed = cx.table.bands.iter().filter(|band| !band.header.is_empty());
    let sheets: Vec<Sheet> = headed.map(|band| Sheet::new(cx, cx.table, band)).collect();
    forms::read(cx, block, &sheets, &mut out.forms);
    let from = out.claims.len();
    for sheet in &sheets {
        match family(sheet) {
            Some(Family::Indicators) => indicators::read(sheet, out),
            Some(Family::Funding) => funding::read(sheet, out),
            Some(Family::Control) => control::read(sheet, out),
            Some(Family::Amounts) => amounts::read(sheet, out),
            None => {}
        }
        evident::read(sheet, from, out);
    }
}

/// The kinds of bands that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    /// 一级指标|…|指标值|完成值|分值|得分
    Indicators,
    /// 年初预算数|全年预算数|全年执行数|分值|执行率|得分
    Funding,
    /// 编制数|实际在职人数|控制率
    Control,
    /// Items by years and stages.
    Amounts,
}

fn family(sheet: &Sheet) -> Option<Family> {
    let has = |test: fn(Role) -> bool| sheet.columns.iter().any(|column| test(column.role));
    let scored = has(|role| matches!(role, Role::Weight | Role::Score));
    let amounts = sheet.amounts().count();
    let marked = amounts == 0 && has(|role| role == Role::Weight) && has(|role| role == Role::Score);
    if marked || scored && has(|role| matches!(role, Role::Target | Role::Achieved | Role::Level(_))) {
        Some(Family::Indicators)
    } else if scored && amounts > 0 {
        Some(Family::Funding)
    } else if has(|role| role == Role::Control) {
        Some(Family::Control)
    } else {
        (amounts > 0).then_some(Family::Amounts)
    }
}

#[cfg(test)]
mod tests;
