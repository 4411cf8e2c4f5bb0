//! 绩效目标与项目不符: the goal of one project's form is that of another project.

use super::{Context, Sink};
use crate::facts::form::{Form, Goal, Words};

/// Shorter goals may well be those of several projects.
const SHORTEST: usize = 10;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let forms: Vec<(&Form, &Goal, &Words)> = context
        .facts
        .forms
        .iter()
        .filter_map(|form| Some((form, form.goal.as_ref()?, form.project.as_ref()?)))
        .collect();
    for (form, goal, name) in &forms {
        let text = &goal.expected.text;
        if text.chars().count() < SHORTEST || shares_words(text, &name.text) {
            continue;
        }
        let fits = |(other, theirs, project): &&(&Form, &Goal, &Words)| {
            other.entity != form.entity && theirs.expected.text == *text && shares_words(text, &project.text)
        };
        let Some((_, theirs, project)) = forms.iter().find(fits) else { continue };
        let message = format!("“{}”的预期目标与“{}”一字不差，与本项目无关", name.text, project.text);
        let added = sink.report(goal.expected.span, "预期目标", message).with(name.span, "本项目");
        added.with(theirs.expected.span, "另一项目的目标").with(project.span, "另一项目");
    }
}

/// Whether two neighbouring characters of the name stand in the goal.
fn shares_words(goal: &str, name: &str) -> bool {
    let chars: Vec<char> = name.chars().collect();
    let empty = ["项目", "经费", "费用", "工作", "资金", "专项", "机关", "管理", "年度", "维护"];
    chars.windows(2).any(|pair| {
        let word: String = pair.iter().collect();
        !empty.contains(&word.as_str()) && goal.contains(&word)
    })
}
