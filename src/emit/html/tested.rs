//! The relations that were tested.

use std::fmt::Write;

use super::escape::escape;
use super::findings::places;
use crate::emit::{Report, words};
use crate::finding::Label;
use crate::workings::{Tested, Workings};

pub(super) fn write(out: &mut String, report: &Report<'_>, workings: &Workings) {
    for tested in &workings.tested {
        row(out, report, tested);
    }
}

fn row(out: &mut String, report: &Report<'_>, tested: &Tested) {
    let labels: Vec<&Label> = tested.labels.iter().collect();
    let word = tested.verdict.word();
    let place = labels.first().map_or(String::new(), |label| escape(&report.document.place(label.span)));
    let _ = write!(
        out,
        "<li class=\"test {word}\" data-v=\"{word}\" data-l=\"{}\"><button class=\"head\"><span class=\"tag {word}\">{}</span>\
         <span class=\"about\">{}</span><span class=\"where\">{place}</span>",
        places(&labels),
        words::verdict(tested.verdict),
        escape(&tested.subject),
    );
    if !tested.arithmetic.is_empty() {
        let _ = write!(out, "<span class=\"line\">{}</span>", escape(&tested.arithmetic));
    }
    let _ = write!(out, "<span class=\"name\">{}</span>", escape(&tested.title));
    if let Some(reason) = tested.reason {
        let _ = write!(out, "<span class=\"reason\">{}</span>", escape(reason));
    }
    if tested.truncated {
        out.push_str("<span class=\"reason\">截去末位后相符</span>");
    }
    out.push_str("</button></li>\n");
}
