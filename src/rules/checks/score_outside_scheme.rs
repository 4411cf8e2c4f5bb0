//! 得分与完成比例不符: a target was partly met, and the points are not those that the way of scoring gives.

use super::{Context, Sink};
use crate::document::Hedge;
use crate::finding::{Confidence, Proof, Severity, Verdict};
use crate::rules::indicator::has_full_marks;
use crate::rules::scores::{Basis, Fit, Judged, Replay, Way};

pub(super) fn check(context: &Context, sink: &mut Sink) {
    for replay in context.scores {
        if let Ok(judged) = &replay.outcome
            && let Some(severity) = severity(context, replay, judged)
        {
            report(context, replay, judged, severity, sink);
        }
    }
}

/// As grave as the way of scoring is certain. What other rules say better, they say.
fn severity(context: &Context, replay: &Replay, judged: &Judged) -> Option<Severity> {
    let row = &context.facts.forms[replay.form].indicators[replay.row];
    match (judged.way, judged.basis, judged.fit) {
        (_, _, Fit::Kept) | (Way::Met | Way::Band, ..) => None,
        (Way::Coefficient, ..) => Some(Severity::Error),
        // An inexact actual value makes no certain points.
        (_, basis, _) if is_inexact(context, judged) && basis != Basis::Stated => None,
        (Way::Ratio | Way::Inverse | Way::Steps, _, Fit::Above) if has_full_marks(context.facts, row) => None,
        (Way::Steps, _, Fit::Above) | (Way::Ratio | Way::Inverse, Basis::Stated, Fit::Above) => Some(Severity::Error),
        (Way::Ratio | Way::Inverse, Basis::Scheme, Fit::Above) => Some(Severity::Warning),
        (Way::Ratio | Way::Inverse, Basis::Unknown, Fit::Above) => Some(Severity::Info),
        // A unit may be stricter with itself, or its province is.
        (Way::Ratio | Way::Inverse | Way::Steps, _, Fit::Below) => None,
        (Way::Ratio | Way::Inverse, Basis::Steps, _) => None,
    }
}

fn report(context: &Context, replay: &Replay, judged: &Judged, severity: Severity, sink: &mut Sink) {
    let row = &context.facts.forms[replay.form].indicators[replay.row];
    let literal = |id| &context.facts.number(id).literal;
    let score = literal(replay.score);
    let due = judged.due;
    let way = match judged.way {
        Way::Coefficient => "按得分系数",
        Way::Inverse => "未达标，按超出的比例",
        Way::Steps => "未达标，按逐档扣分",
        Way::Ratio | Way::Met | Way::Band => "未达标，按完成比例",
    };
    let most = if matches!(judged.way, Way::Inverse | Way::Steps) { "至多得" } else { "应得" };
    let message = format!("“{}”{way}{most}{due}分，写作{}分", row.name.text, score.value);
    let proof = Proof {
        formula: judged.arithmetic(score.value),
        stated: score.value.to_string(),
        computed: due.to_string(),
        difference: score.value.minus(due).map_or(String::new(), |apart| apart.abs().normal().to_string()),
        verdict: Verdict::Broken,
    };
    let confidence = match judged.basis {
        Basis::Stated => Confidence::High,
        Basis::Scheme => Confidence::Medium,
        Basis::Unknown | Basis::Steps => Confidence::Low,
    };
    let weight = literal(replay.weight);
    // A weight that breaks the sum of its group, where the score does not break that of the scores, is what is wrong.
    let [(first, role), (second, other)] = if is_doubted(context, replay) {
        [(weight, "分值"), (score, "得分")]
    } else {
        [(score, "得分"), (weight, "分值")]
    };
    let mut added = sink.report(first.span, role, message).severity(severity).confidence(confidence).proof(proof);
    added = added.with(second.span, other).with_all(judged.said, "每档扣分");
    for (id, role) in judged.from.iter().zip(judged.roles()) {
        added = added.with(literal(*id).span, role);
    }
}

/// Whether sums fail that the weight is in, and none that the score is in.
fn is_doubted(context: &Context, replay: &Replay) -> bool {
    let fails = |number| {
        let broken = context.relations.all.iter().filter(|relation| relation.verdict == Verdict::Broken);
        broken.filter(|relation| relation.numbers.contains(&number)).count()
    };
    fails(replay.weight) > 0 && fails(replay.score) == 0
}

/// Whether the target or the actual value is only about so much.
fn is_inexact(context: &Context, judged: &Judged) -> bool {
    judged.from.iter().any(|id| matches!(context.facts.number(*id).literal.hedge, Hedge::About | Hedge::More))
}
