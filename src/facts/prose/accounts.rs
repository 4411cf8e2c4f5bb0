//! 1.教育支出（类）普通教育（款）小学教育（项）436.18万元: lines of budget accounts, which add up to the amount of their 类.

use std::collections::BTreeMap;

use super::{Passage, claim};
use crate::document::literal::Dimension;
use crate::document::{Hedge, Literal};
use crate::facts::fit::is_sum;
use crate::facts::index::{Index, Query};
use crate::facts::label::normal_name;
use crate::facts::slip::is_slipped_sum;
use crate::facts::{Claim, ClaimKind, Concept, Entity, NumberId, Operand, Period, Role, Scope, Stage};

/// The accounts of one 类 in one list.
struct Class {
    entity: Entity,
    scope: Scope,
    period: Period,
    /// The number of the last line.
    number: u32,
    /// For each stage the amounts of the lines, each with its account.
    amounts: BTreeMap<Stage, Vec<(NumberId, String)>>,
    lines: usize,
}

/// Claims that the lines of a 类 add up to its amount, where they do, or would but for a slip of the pen.
pub(super) fn read(passages: &[Passage], index: &Index, claims: &mut Vec<Claim>) {
    let mut open: Vec<Class> = Vec::new();
    for passage in passages {
        let Some(line) = line(passage) else { continue };
        let goes_on = |class: &&mut Class| {
            (&class.entity, class.scope, class.period) == (&line.entity, line.scope, line.period)
                && class.number < line.number
        };
        match open.iter_mut().rfind(goes_on) {
            Some(class) => {
                class.number = line.number;
                class.lines += 1;
                for (stage, amounts) in line.amounts {
                    class.amounts.entry(stage).or_default().extend(amounts);
                }
            }
            None => open.push(line),
        }
    }
    for class in &open {
        let complete = class.amounts.iter().filter(|(_, amounts)| amounts.len() == class.lines);
        claims.extend(complete.filter_map(|(stage, amounts)| sum(class, *stage, amounts, index)));
    }
}

/// The line that a paragraph is, with its first amount at each stage.
fn line(passage: &Passage) -> Option<Class> {
    let text = passage.paragraph.flow.text();
    let marker = passage.paragraph.marker.as_ref()?;
    let (name, _) = text[marker.range.end..].split_once("（类）")?;
    let first = passage.keys.iter().flatten().next()?;
    let named = name.chars().count() <= 16 && !name.contains(['，', '。', '：']);
    let mut amounts: BTreeMap<Stage, Vec<(NumberId, String)>> = BTreeMap::new();
    for (at, mention) in passage.mentions.iter().enumerate().filter(|(at, _)| passage.is_level(*at)) {
        let Some(key) = passage.keys[at].as_ref() else { continue };
        let own = key.entity == first.entity && (key.scope, key.period) == (first.scope, first.period);
        let exact = mention.literal.hedge == Hedge::None && passage.dimension(at) == Dimension::Money;
        if own && exact && mention.depth == 0 {
            let account = super::super::label::subject_line(text).unwrap_or(name).to_owned();
            amounts.entry(key.stage).or_insert_with(|| vec![(mention.number, account)]);
        }
    }
    let entity = Entity::Item(normal_name(name));
    (named && !amounts.is_empty()).then_some(Class {
        entity,
        scope: first.scope,
        period: first.period,
        number: marker.number,
        amounts,
        lines: 1,
    })
}

fn sum(class: &Class, stage: Stage, amounts: &[(NumberId, String)], index: &Index) -> Option<Claim> {
    let query = Query { entity: &class.entity, concept: Concept(""), stage, scope: class.scope, period: class.period };
    let (first, _) = amounts.first()?;
    let total = index.find(&query, *first)?;
    let parts: Vec<&Literal> = amounts.iter().map(|(id, _)| &index.number(*id).literal).collect();
    let whole = &index.number(total).literal;
    let told = is_sum(whole, parts.iter().copied()) || is_slipped_sum(whole, &parts);
    let Entity::Item(name) = &class.entity else { return None };
    let items = amounts.iter().map(|(id, account)| Operand::of(*id).named(account.clone())).collect();
    let roles = vec![(Role::Total, vec![Operand::of(total).named(format!("{name}支出"))]), (Role::Items, items)];
    let span = parts.iter().map(|part| part.span).reduce(crate::source::Span::cover)?;
    told.then(|| claim(ClaimKind::Breakdown, span, name.clone(), roles))
}
