//! 项目清单与附表对不上: a list of projects and the forms that are annexed for them, where one has a project that the other has not.

use std::collections::BTreeSet;

use super::{Context, Sink};
use crate::facts::Entity;
use crate::facts::alike::likeness;
use crate::facts::form::{AmountRow, Form};
use crate::facts::label::normal_name;
use crate::source::Span;

/// Words by which not every project has a form.
const SOME: &[&str] = &[
    "重点项目", "部分项目", "抽取", "抽查", "选取", "选择", "随机", "合并填报", "涉密", "主要项目", "另行", "单独报送",
];
/// How much alike two names of one project are, out of a hundred.
const ALIKE: usize = 40;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let annexed: Vec<(&str, Span)> = context.facts.forms.iter().filter_map(annexed).collect();
    let some = || context.document.paragraphs().any(|(_, p)| SOME.iter().any(|word| p.flow.text().contains(word)));
    if annexed.len() < 2 || some() {
        return;
    }
    for list in context.facts.forms.iter().filter(|form| form.entity == Entity::Unit) {
        let listed: Vec<(String, Span)> = list.amounts.iter().filter_map(listed).collect();
        if is_of(&listed, &annexed) {
            compare(&listed, &annexed, sink);
        }
    }
}

/// The project of a form, and where it is named.
fn annexed(form: &Form) -> Option<(&str, Span)> {
    let Entity::Item(name) = &form.entity else { return None };
    let words = form.project.as_ref().or_else(|| form.amounts.first().map(|row| &row.label))?;
    Some((name, words.span))
}

fn listed(row: &AmountRow) -> Option<(String, Span)> {
    let named = !row.total && row.concept.is_none() && row.scope.is_none() && row.label.is_filled();
    named.then(|| (normal_name(&row.label.text), row.label.span))
}

/// Whether a table lists the projects of the forms: at least two of them by name, and most of both.
fn is_of(listed: &[(String, Span)], annexed: &[(&str, Span)]) -> bool {
    let names: BTreeSet<&str> = annexed.iter().map(|(name, _)| *name).collect();
    let common = listed.iter().filter(|(name, _)| names.contains(name.as_str())).count();
    common >= 2 && common * 3 >= listed.len() * 2 && common * 3 >= names.len() * 2
}

fn compare(listed: &[(String, Span)], annexed: &[(&str, Span)], sink: &mut Sink) {
    let like = |one: &str, other: &str| one == other || likeness(one, other) >= ALIKE;
    for (name, span) in listed.iter().filter(|(name, _)| !annexed.iter().any(|(other, _)| like(name, other))) {
        sink.report(*span, "清单所列项目", format!("清单列有“{name}”，附表中没有它的自评表"));
    }
    for (name, span) in annexed.iter().filter(|(name, _)| !listed.iter().any(|(other, _)| like(name, other))) {
        sink.report(*span, "附表的项目", format!("附有“{name}”的自评表，清单中没有这个项目"));
    }
}
