//! Which sets of parts are complete by the rules of public finance (design: identity structure).

use super::Concept;

/// Parts that together make up their whole. A part in brackets may be left out where the text says that there was none.
const SETS: &[(&[&str], &[&str])] = &[
    (&["exp.basic", "exp.project"], &[]),
    (&["exp.people", "exp.public"], &[]),
    (&["exp.wage", "exp.goods", "exp.family"], &[]),
    (&["sangong.purchase", "sangong.running"], &[]),
    (&["procurement.goods", "procurement.works", "procurement.services"], &[]),
    (&["hc.actual", "hc.retired"], &[]),
    (&["sangong.reception", "sangong.vehicle"], &["sangong.abroad"]),
    (&["sangong.reception", "sangong.running"], &["sangong.abroad", "sangong.purchase"]),
    (&["sangong.reception", "sangong.running", "sangong.purchase"], &["sangong.abroad"]),
];

/// Words by which a text says that something was not spent.
const NONE: &[&str] =
    &["未安排", "未发生", "未购置", "无因公", "没有因公", "均为0", "未产生", "无出国", "无公务用车购置"];

/// Whether these concepts are a complete set.
pub(super) fn is_closed_set(concepts: &[Concept], text: &str) -> bool {
    let has = |id: &&str| concepts.iter().any(|concept| concept.0 == *id);
    let explained = || NONE.iter().any(|word| text.contains(word));
    SETS.iter().any(|(needed, optional)| needed.iter().all(&has) && (optional.iter().all(&has) || explained()))
}
