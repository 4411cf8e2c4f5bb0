//! Scored rows with their arithmetic, beside the relations.

use super::Tested;
use crate::check::Audit;
use crate::facts::NumberId;
use crate::finding::{Label, Verdict};
use crate::rules::{Page, Replay, RuleSet};

/// The page that says how scores are replayed.
const PAGE: &str = "score-outside-scheme";

/// Every scored row; nothing where the rules in force do not replay scores.
pub(super) fn read<'a>(audit: &'a Audit, rules: &'a RuleSet) -> impl Iterator<Item = Tested> + 'a {
    let page = rules.page(PAGE);
    page.into_iter().flat_map(move |page| audit.scores.iter().map(move |replay| one(audit, page, replay)))
}

fn one(audit: &Audit, page: &Page, replay: &Replay) -> Tested {
    let row = &audit.facts.forms[replay.form].indicators[replay.row];
    let literal = |id: NumberId| &audit.facts.number(id).literal;
    let label = |id: NumberId, role: &str| Label { span: literal(id).span, role: role.to_owned() };
    let score = literal(replay.score).value;
    let mut labels = vec![label(replay.score, "得分"), label(replay.weight, "分值")];
    let judged = replay.outcome.as_ref().ok();
    match judged {
        Some(judged) => {
            labels.extend(judged.from.iter().zip(judged.roles()).map(|(id, role)| label(*id, role)));
            labels.extend(judged.said.map(|span| Label { span, role: "每档扣分".to_owned() }));
        }
        None => {
            let cells = [(&row.target, "指标值"), (&row.achieved, "完成值")];
            let filled = cells.into_iter().filter_map(|(words, role)| Some((words.as_ref()?, role)));
            let filled = filled.filter(|(words, _)| words.is_filled());
            labels.extend(filled.map(|(words, role)| Label { span: words.span, role: role.to_owned() }));
        }
    }
    Tested {
        rule: page.id.clone(),
        title: page.title.clone(),
        verdict: judged.map_or(Verdict::Abstained, |judged| judged.verdict(score)),
        truncated: false,
        claimed: true,
        arithmetic: judged.map_or(String::new(), |judged| judged.arithmetic(score)),
        stated: judged.map_or(String::new(), |_| score.to_string()),
        computed: judged.map_or(String::new(), |judged| judged.due.to_string()),
        subject: row.name.text.clone(),
        reason: replay.outcome.as_ref().err().copied(),
        labels,
    }
}
