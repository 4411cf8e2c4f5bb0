//! The forms of projects and what they were spent on.

use super::Context;
use crate::exact::Exact;
use crate::facts::form::Form;
use crate::facts::{Entity, NumberId, Stage};

/// A project's form with its 全年执行数.
pub(super) struct Project<'c> {
    pub(super) form: &'c Form,
    pub(super) name: &'c str,
    pub(super) spent: NumberId,
    pub(super) amount: Exact,
}

/// The forms of projects whose 全年执行数 is known.
pub(super) fn projects<'c>(context: &'c Context) -> Vec<Project<'c>> {
    let project = |form: &'c Form| {
        let Entity::Item(name) = &form.entity else { return None };
        let spent = form.total_row()?.number_at(Stage::Final)?;
        let amount = context.facts.number(spent).literal.base()?;
        Some(Project { form, name, spent, amount })
    };
    context.facts.forms.iter().filter_map(project).collect()
}
