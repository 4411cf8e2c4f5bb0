//! Which figure of a finding to change, and to what, in words.

use crate::diagnosis::{Cause, Doubted, Hint, Repair, RepairKind, printed};
use crate::facts::{Facts, NumberId};
use crate::finding::Suggestion;
use crate::source::Source;

/// The figure that a reader would change first, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Advice {
    pub(super) culprit: Option<NumberId>,
    pub(super) suggestion: Option<Suggestion>,
}

/// More figures than this are not told one by one.
const TOLD: usize = 3;

/// Words for a direction, and for the other one.
const DIRECTIONS: &[(&str, &str)] = &[
    ("增加", "减少"),
    ("增长", "下降"),
    ("上升", "下降"),
    ("提高", "降低"),
    ("减少", "增加"),
    ("下降", "增长"),
    ("降低", "提高"),
];

pub(super) struct Writer<'a> {
    pub(super) source: &'a Source,
    pub(super) facts: &'a Facts,
}

impl Writer<'_> {
    /// 疑为4.23万元（相邻数字颠倒），改后3处算式相符
    pub(super) fn on_cause(&self, cause: &Cause) -> Advice {
        let with = self.printed(cause.culprit, &cause.repair);
        let meant = match self.turned(cause.culprit, &cause.repair) {
            Some(turned) => format!("疑{turned}"),
            None => format!("疑为{with}（{}）", cause.repair.kind.word()),
        };
        let mut reason = format!("{meant}，改后{}处算式相符", cause.mended);
        for (number, repair) in &cause.with {
            reason += &format!("；{}", self.other(*number, repair));
        }
        for (number, repair) in &cause.ties {
            reason += &format!("；也可能是{}", self.other(*number, repair));
        }
        Advice { culprit: Some(cause.culprit), suggestion: Some(Suggestion { with, reason }) }
    }

    /// No figure stands out. What the relation states is mended on condition that all others are right; others could be
    /// bent just as well.
    pub(super) fn on_doubt(&self, doubted: Doubted, stated: bool, ties: &[(NumberId, Repair)], line: &str) -> Advice {
        let suggestion = doubted.asked_for.filter(|_| stated).map(|repair| {
            let mut reason = format!("若其余各数无误：{line}");
            if let [_, _, ..] = ties {
                let told: Vec<String> = ties.iter().take(TOLD).map(|(id, repair)| self.other(*id, repair)).collect();
                let and = if ties.len() > TOLD { "等" } else { "" };
                reason += &format!("；也可能是{}{and}，凭本报告无法确定", told.join("，或"));
            }
            Suggestion { with: self.printed(doubted.number, &repair), reason }
        });
        Advice { culprit: Some(doubted.number), suggestion }
    }

    /// The advice with what else may have happened.
    pub(super) fn hinted(&self, mut advice: Advice, hint: Option<Hint>) -> Advice {
        if let (Some(suggestion), Some(hint)) = (&mut advice.suggestion, hint) {
            suggestion.reason += &format!("；{}", self.hint(hint));
        }
        advice
    }

    /// 各项正好少另处所列的“2.40万元”，可能漏列
    fn hint(&self, hint: Hint) -> String {
        let quoted = |id: NumberId| format!("“{}”", self.source.slice(self.facts.number(id).literal.span));
        match hint {
            Hint::Lacking { stated, amount } => {
                let literal = &self.facts.number(stated).literal;
                let amount = literal.unit.of_base(amount).unwrap_or(amount).with_places(literal.places);
                format!("或各项中漏列了{amount}{}", literal.unit.word())
            }
            Hint::Missing(id) => format!("各项正好少另处所列的{}，可能漏列", quoted(id)),
            Hint::Twice(id) => format!("各项正好多出{}，可能重复计算", quoted(id)),
            Hint::PartsOf(id) => format!("各项之和正好是另处的{}，可能照抄了那里的分项", quoted(id)),
            Hint::Base(id) => format!("按另处的{}计算正好相符，可能用错了基数", quoted(id)),
        }
    }

    /// “4.32万元”应为4.23万元（相邻数字颠倒）
    fn other(&self, number: NumberId, repair: &Repair) -> String {
        if let Some(turned) = self.turned(number, repair) {
            return turned;
        }
        let literal = &self.facts.number(number).literal;
        let (now, then) = (self.source.slice(literal.span), self.printed(number, repair));
        format!("“{now}”应为{then}（{}）", repair.kind.word())
    }

    /// “增加”应为“减少”: where the figure stays as it is and the word before it says the wrong direction.
    fn turned(&self, number: NumberId, repair: &Repair) -> Option<String> {
        let span = self.facts.number(number).literal.span;
        let before = self.source.text()[..span.start()].trim_end_matches(['了', '额', '为', '约', ' ']);
        let (word, other) = DIRECTIONS.iter().find(|(word, _)| before.ends_with(word))?;
        let stays = repair.kind == RepairKind::Sign && self.printed(number, repair) == self.source.slice(span);
        stays.then(|| format!("“{word}”应为“{other}”"))
    }

    fn printed(&self, number: NumberId, repair: &Repair) -> String {
        printed(self.source, &self.facts.number(number).literal, repair)
    }
}
