//! What a row is about, by the words of its label.

use super::column::period;
use crate::facts::label::normal_name;
use crate::facts::{Concept, Entity, Period, Scope, Stage, Tag, lexicon};

/// A row's label, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Subject {
    /// The label as printed, without list number and 其中.
    pub(super) name: String,
    pub(super) concept: Option<Concept>,
    pub(super) scope: Option<Scope>,
    pub(super) stage: Option<Stage>,
    pub(super) period: Option<Period>,
}

/// `其中：公车购置` → 公车购置, `1、公务接待费` → 公务接待费 with their concepts.
pub(super) fn subject(label: &str, year: Option<u16>) -> Subject {
    let name = bare(label).to_owned();
    let period = period(&name, year);
    let mut subject = Subject { name, period, ..Subject::default() };
    let words = subject.name.clone();
    let mut rest = words.clone();
    for hit in lexicon().find(&words) {
        match hit.tag {
            Tag::Concept(concept) if subject.concept.is_none() => subject.concept = Some(concept),
            Tag::Stage(stage) => subject.stage = Some(stage),
            Tag::Scope(scope) => subject.scope = Some(scope),
            Tag::Concept(_) | Tag::Measure(_) => return Subject { name: words.clone(), ..Subject::default() },
        }
        rest = rest.replacen(&words[hit.range], "", 1);
    }
    // A word that the lexicon does not know makes it another thing: 基本支出 is not 基本支出以外的项目.
    let rest = rest.trim_matches(|c: char| c.is_ascii_digit() || "年度上本当".contains(c));
    let known = rest.is_empty() || FILLERS.contains(&rest);
    if known { subject } else { Subject { name: words, ..Subject::default() } }
}

/// Words beside a concept that do not change it.
const FILLERS: &[&str] = &[
    "合计", "总额", "数", "支出", "费用", "金额", "部门", "单位", "总", "小计", "拨款", "收入", "年度", "资金", "调整",
    "调整数", "部门调整",
];

/// A label without list number, 其中 and closing colon.
pub(super) fn bare(label: &str) -> &str {
    let label = label.trim_end_matches(['：', ':']);
    let label = after_marker(label);
    let label = label.strip_prefix("其中").map_or(label, |rest| rest.trim_start_matches(['：', ':', '，', ',']));
    after_marker(label)
}

/// 1、 （2） 一、 ①
fn after_marker(label: &str) -> &str {
    marker(label).map_or(label, |(_, _, len)| &label[len..])
}

/// How a label is numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Han,
    HanBracket,
    Arabic,
    ArabicBracket,
    Circled,
}

/// The list number that a label begins with: its style, its value and how many bytes print it.
pub(super) fn marker(label: &str) -> Option<(Style, u32, usize)> {
    let first = label.chars().next()?;
    if ('①'..='⑳').contains(&first) {
        return Some((Style::Circled, first as u32 - '①' as u32 + 1, first.len_utf8()));
    }
    let inner = label.trim_start_matches(['（', '(']);
    let open = label.len() - inner.len();
    let digits: String = inner.chars().take_while(char::is_ascii_digit).collect();
    let han: String = inner.chars().take_while(|c| HAN.contains(*c)).collect();
    let (value, len, arabic) = match (digits.parse().ok(), han_value(&han)) {
        (Some(value), _) if digits.len() < 3 => (value, digits.len(), true),
        (None, Some(value)) => (value, han.len(), false),
        _ => return None,
    };
    let mark = inner[len..].chars().next()?;
    let rest = &inner[len + mark.len_utf8()..];
    let closes = if open > 0 { "）)".contains(mark) } else { "、.．".contains(mark) };
    let style = match (arabic, open > 0) {
        (true, false) => Style::Arabic,
        (true, true) => Style::ArabicBracket,
        (false, false) => Style::Han,
        (false, true) => Style::HanBracket,
    };
    let labels = !rest.is_empty() && !rest.starts_with(|c: char| c.is_ascii_digit());
    (closes && labels).then(|| (style, value, label.len() - rest.len()))
}

const HAN: &str = "一二三四五六七八九十";

fn han_value(text: &str) -> Option<u32> {
    let digit = |c: char| HAN.chars().position(|each| each == c).map(|at| at as u32 + 1);
    let chars: Vec<u32> = text.chars().filter_map(digit).collect();
    match chars.as_slice() {
        [one] => Some(*one),
        [10, low] => Some(10 + low),
        [high, 10] => Some(high * 10),
        [high, 10, low] => Some(high * 10 + low),
        _ => None,
    }
}

impl Subject {
    /// Whose number it is: an item's, where no word of the lexicon names the label.
    pub(super) fn entity(&self, whole: &Entity) -> Entity {
        let named = self.concept.is_some() || self.scope.is_some() || self.stage.is_some() || self.name.is_empty();
        match whole {
            _ if named => whole.clone(),
            Entity::Unit => Entity::Item(normal_name(&self.name)),
            // The same item in the forms of two projects is two things.
            Entity::Item(project) => Entity::Item(format!("{project}{}", normal_name(&self.name))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn concepts_of_labels() {
        assert_eq!(subject("其中：公车购置", Some(2023)).concept, Some(Concept("sangong.purchase")));
        assert_eq!(subject("1、公务用车购置和维护经费", Some(2023)).concept, Some(Concept("sangong.vehicle")));
        assert_eq!(subject("“三公”经费合计", Some(2023)).concept, Some(Concept("sangong")));
        assert_eq!(subject("项目支出：", Some(2023)).concept, Some(Concept("exp.project")));
        assert_eq!(subject("水费、电费、差旅费", Some(2023)).concept, None);
        let last = subject("上年决算数", Some(2023));
        assert_eq!((last.stage, last.period), (Some(Stage::Final), Some(Period::Year(2022))));
        assert_eq!(subject("其中：当年财政拨款", Some(2023)).scope, Some(Scope::Appropriation));
    }

    #[test]
    fn markers() {
        assert_eq!(marker("1、公务"), Some((Style::Arabic, 1, 4)));
        assert_eq!(marker("（十二）其他").map(|(style, value, _)| (style, value)), Some((Style::HanBracket, 12)));
        assert_eq!(marker("1.5"), None);
        assert_eq!(marker("207"), None);
        assert_eq!(bare("其中：1.办公费"), "办公费");
    }
}
