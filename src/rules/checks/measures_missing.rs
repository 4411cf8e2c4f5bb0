//! 有问题无措施: problems are admitted and the section on measures says 无.

use super::{Context, Sink};
use crate::rules::reading::says_none;
use crate::rules::verdicts;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    for problems in context.shared.problems() {
        let Some(admitted) = verdicts::admitted(problems) else { continue };
        if let [answer] = verdicts::measures(context.document, problems).as_slice()
            && says_none(answer.text())
        {
            sink.report(answer.span(), "改进措施", "列出了问题，改进措施却写“无”").with(admitted.span(), "列出的问题");
        }
    }
}
