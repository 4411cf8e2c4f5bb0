//! Extraction: each number is bound to what it measures, and each claim of the text to the numbers that it relates.
//! Knows concepts, stages, periods and scopes; knows no rule.

pub mod alike;
mod annexed;
mod carried;
mod claim;
mod closed;
mod fit;
pub mod form;
mod formula;
mod index;
mod key;
pub mod label;
mod lexicon;
mod parts;
mod prior;
mod prose;
mod records;
mod report;
mod restated;
mod same;
pub mod scheme;
mod scores;
pub mod slip;
mod table;
mod zero;

pub use claim::{Claim, ClaimKind, Operand, OperandKind, Role};
pub use key::{Concept, Entity, Key, Measure, Period, Scope, Stage};
pub use lexicon::{ConceptEntry, Hit, Lexicon, Tag, lexicon};

use crate::document::literal::Dimension;
use crate::document::{BlockKind, Document, Literal, Table};
use crate::exact::Exact;
use crate::source::{Source, Span};

/// Everything that extraction found.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    pub report: ReportInfo,
    /// Every number of the report, in order.
    pub numbers: Vec<Number>,
    /// In the order of their numbers.
    pub facts: Vec<Fact>,
    pub claims: Vec<Claim>,
    /// The forms, in order.
    pub forms: Vec<form::Form>,
    /// For each block of the document, the project that it is about; `None` for the whole unit.
    pub projects: Vec<Option<Entity>>,
}

/// What the report says that it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReportInfo {
    pub title: Option<(String, Span)>,
    /// The reporting unit.
    pub entity: Option<(String, Span)>,
    /// The year reported on.
    pub year: Option<u16>,
    pub kind: ReportKind,
    /// How its forms give points, in words, each scheme once.
    pub schemes: Vec<String>,
}

/// The family of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReportKind {
    /// 部门整体支出绩效自评
    Department,
    /// 项目支出绩效自评
    Project,
    /// 决算公开说明
    FinalAccounts,
    /// 预算公开说明
    Budget,
    #[default]
    Unknown,
}

impl ReportKind {
    /// What reports of this family are called.
    pub fn name(self) -> Option<&'static str> {
        match self {
            ReportKind::Department => Some("部门整体支出绩效自评"),
            ReportKind::Project => Some("项目支出绩效自评"),
            ReportKind::FinalAccounts => Some("决算公开说明"),
            ReportKind::Budget => Some("预算公开说明"),
            ReportKind::Unknown => None,
        }
    }
}

/// Index into [`Facts::numbers`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NumberId(pub u32);

/// A number with its surroundings.
#[derive(Clone, Debug)]
pub struct Number {
    /// With the unit that it inherits from its table, where it prints none.
    pub literal: Literal,
    /// The block of the document that it stands in.
    pub block: usize,
    /// Row index and cell index within that row, for a number in a table.
    pub cell: Option<(usize, usize)>,
    /// Why nothing could be bound to it.
    pub unread: Option<&'static str>,
}

/// A number bound to what it measures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    pub number: NumberId,
    pub key: Key,
    /// The words that name it in the report.
    pub label: String,
}

impl Facts {
    /// Reads a report's facts and claims. Total: what cannot be bound stays a number.
    pub fn extract(source: &Source, document: &Document) -> Facts {
        let mut read = Facts { report: report::read(source, document), numbers: numbers(document), ..Facts::default() };
        let parts = parts::Parts::read(document);
        let passages = prose::read(document, &read.report, &read.numbers, &parts);
        let tables = read.tables(source, document, &parts);
        read.facts = passages.iter().flat_map(prose::Passage::facts).chain(tables.facts).collect();
        read.facts.sort_by_key(|fact| fact.number);
        read.forms = tables.forms;
        let index = index::Index::new(&read.facts, &read.numbers);
        let mut claims = prose::claims(document, &passages, &index);
        claims.extend(tables.claims.into_iter().filter(|claim| adds_up(claim, &read.numbers)));
        claims.extend(same::read(document, &read.facts, &read.numbers));
        claims.extend(scores::read(document, &read.facts, &read.numbers, &read.forms));
        claims.extend(zero::read(document, &read));
        carried::read(document, &read.facts, &read.numbers, &mut claims);
        prior::read(document, &read.facts, &read.numbers, &mut claims);
        annexed::read(&read.facts, &read.numbers, &read.forms, &mut claims);
        read.claims = claims;
        read.report.schemes = scheme::words(&read.forms, &read.numbers);
        read.projects = parts.into_blocks();
        read
    }

    fn tables(&self, source: &Source, document: &Document, parts: &parts::Parts) -> table::Extracted {
        let mut found = table::Extracted::default();
        for (block, each) in document.blocks.iter().enumerate() {
            let BlockKind::Table(grid) = &each.kind else { continue };
            let mut context = table::TableContext::new(source, document, grid, self);
            if let Some(part) = parts.of(block) {
                context.entity = part.clone();
            }
            table::read(&context, block, &mut found);
        }
        found
    }

    /// The project that a block of the document is about; `None` for the whole unit.
    pub fn project_of(&self, block: usize) -> Option<&Entity> {
        self.projects.get(block)?.as_ref()
    }

    pub fn number(&self, id: NumberId) -> &Number {
        &self.numbers[id.0 as usize]
    }

    /// The number printed at exactly this span.
    pub fn number_at(&self, span: Span) -> Option<NumberId> {
        id_at(&self.numbers, span)
    }
}

/// Percentages add up only to 100 %: growth rates and execution rates of parts do not make those of the whole.
fn adds_up(claim: &Claim, numbers: &[Number]) -> bool {
    let sum = matches!(
        claim.kind,
        ClaimKind::TotalRow | ClaimKind::CrossFoot | ClaimKind::TableParts | ClaimKind::TablePartial
    );
    let total = claim.role(Role::Total).first().and_then(Operand::number).map(|id| &numbers[id.0 as usize].literal);
    // 本年支出合计 sums up the rows above it; a column headed 小计 sums up others of its row.
    let named = |role: Role, word: &str| claim.role(role).iter().any(|operand| operand.name.contains(word));
    let items = || claim.role(Role::Items).iter().filter_map(Operand::number);
    let first = claim.role(Role::Total).first().and_then(Operand::number);
    let backwards = named(Role::Total, "本年") && first.is_some_and(|total| items().all(|item| item > total));
    let nested = claim.kind == ClaimKind::CrossFoot && named(Role::Items, "小计");
    if backwards && claim.kind == ClaimKind::TotalRow || nested {
        return false;
    }
    !sum || total.is_none_or(|total| total.unit.dimension() != Dimension::Ratio || total.base() == Some(Exact::ONE))
}

/// The number printed at exactly this span.
fn id_at(numbers: &[Number], span: Span) -> Option<NumberId> {
    let at = numbers.partition_point(|number| number.literal.span < span);
    (numbers.get(at)?.literal.span == span).then_some(NumberId(at as u32))
}

/// Every number of a document, in the order of the text.
fn numbers(document: &Document) -> Vec<Number> {
    let mut found = Vec::new();
    for (block, each) in document.blocks.iter().enumerate() {
        if let Some(paragraph) = each.paragraph() {
            let number = |literal: &Literal| Number { literal: literal.clone(), block, cell: None, unread: None };
            found.extend(paragraph.literals.iter().map(number));
        } else if let BlockKind::Table(table) = &each.kind {
            table_numbers(block, table, &mut found);
        }
    }
    found.sort_by_key(|number| number.literal.span);
    found
}

/// The numbers of a table, with the units that they inherit.
fn table_numbers(block: usize, table: &Table, found: &mut Vec<Number>) {
    let mut units = table.units();
    for (row, cells) in table.rows.iter().enumerate() {
        for (column, cell) in cells.cells.iter().enumerate() {
            found.extend(cell.literals.iter().map(|literal| Number {
                literal: Literal { unit: units.of(cell, literal), ..literal.clone() },
                block,
                cell: Some((row, column)),
                unread: None,
            }));
        }
    }
}
