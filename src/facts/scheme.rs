//! The scheme by which a form gives points, as its own weights tell.

use super::Number;
use super::form::Form;
use crate::exact::Exact;

/// The points of a form's parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scheme {
    /// Of the execution row.
    pub execution: Option<Exact>,
    /// Of the first-level indicators, in the order of the form.
    pub groups: Vec<(String, Exact)>,
}

/// First-level indicators by the words for them.
const GROUPS: &[(&str, &str)] = &[
    ("成本", "成本"),
    ("产出", "产出"),
    ("效益", "效益"),
    ("满意", "满意度"),
    ("投入", "投入"),
    ("过程", "过程"),
    ("决策", "决策"),
    ("管理", "管理"),
    ("履职", "履职"),
    ("效果", "效果"),
];

/// A scheme in force.
struct Known {
    name: &'static str,
    execution: u32,
    groups: &'static [(&'static str, u32)],
}

const KNOWN: &[Known] = &[
    Known {
        name: "财预〔2020〕10号的权重", execution: 10, groups: &[("产出", 50), ("效益", 30), ("满意度", 10)]
    },
    Known {
        name: "成本单列的权重",
        execution: 10,
        groups: &[("成本", 20), ("产出", 40), ("效益", 20), ("满意度", 10)],
    },
];

/// The schemes of a report's forms in words, each once, in order.
pub(super) fn words(forms: &[Form], numbers: &[Number]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for words in forms.iter().filter_map(|form| of(form, numbers)).map(|scheme| scheme.words()) {
        if !found.contains(&words) {
            found.push(words);
        }
    }
    found
}

/// The scheme of a form that has weights.
pub fn of(form: &Form, numbers: &[Number]) -> Option<Scheme> {
    let value = |id: super::NumberId| numbers[id.0 as usize].literal.value.normal();
    let mut groups: Vec<(String, Exact)> = Vec::new();
    for row in &form.indicators {
        let Some(weight) = row.weight.map(value) else { continue };
        let label = row.levels.iter().find_map(|level| GROUPS.iter().find(|(word, _)| level.text.contains(word)));
        let name = label?.1;
        match groups.iter_mut().find(|(known, _)| known == name) {
            Some((_, sum)) => *sum = sum.plus(weight)?,
            None => groups.push((name.to_owned(), weight)),
        }
    }
    let execution = form.total_row().and_then(|row| row.weight).map(value);
    (!groups.is_empty()).then_some(Scheme { execution, groups })
}

impl Scheme {
    /// 执行率10分、产出50分、效益30分、满意度10分（财预〔2020〕10号的权重）
    pub fn words(&self) -> String {
        let execution = self.execution.map(|weight| format!("执行率{weight}分"));
        let groups = self.groups.iter().map(|(name, weight)| format!("{name}{}分", weight.normal()));
        let parts: Vec<String> = execution.into_iter().chain(groups).collect();
        match self.name() {
            Some(name) => format!("{}（{name}）", parts.join("、")),
            None => parts.join("、"),
        }
    }

    /// Whether its weights are those of a scheme that gives points in proportion.
    pub fn is_known(&self) -> bool {
        self.name().is_some() && !self.is_rubric()
    }

    /// 投入, 过程, 产出, 效果: each row has a rubric of its own.
    pub fn is_rubric(&self) -> bool {
        let group = |name: &str| self.groups.iter().any(|(known, _)| known == name);
        self.execution.is_none() && group("投入") && group("过程")
    }

    /// What the scheme is called, where its weights are those of a known one.
    fn name(&self) -> Option<&'static str> {
        let is = |weight: Exact, points: u32| weight == Exact::from(points);
        let group = |name: &str| self.groups.iter().find(|(known, _)| known == name).map(|(_, weight)| *weight);
        let known = KNOWN.iter().find(|known| {
            self.execution.is_some_and(|weight| is(weight, known.execution))
                && known.groups.len() == self.groups.len()
                && known.groups.iter().all(|(name, points)| group(name).is_some_and(|weight| is(weight, *points)))
        });
        let sum = self.groups.iter().try_fold(Exact::ZERO, |sum, (_, weight)| sum.plus(*weight));
        let rest = |points: u32| sum.is_some_and(|sum| is(sum, points));
        match (known, self.execution) {
            (Some(known), _) => Some(known.name),
            (None, Some(weight)) if is(weight, 20) && rest(80) => Some("执行率占20分的地方办法"),
            (None, Some(weight)) if is(weight, 10) && rest(90) => Some("执行率占10分、其余自定"),
            (None, None) if self.is_rubric() => Some("投入、过程、产出、效果的评分表"),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Scheme;
    use crate::exact::Exact;

    fn words(execution: Option<u32>, groups: &[(&str, u32)]) -> String {
        let groups = groups.iter().map(|(name, points)| ((*name).to_owned(), Exact::from(*points))).collect();
        Scheme { execution: execution.map(Exact::from), groups }.words()
    }

    #[test]
    fn schemes_are_told_by_their_weights() {
        assert_eq!(
            words(Some(10), &[("产出", 50), ("效益", 30), ("满意度", 10)]),
            "执行率10分、产出50分、效益30分、满意度10分（财预〔2020〕10号的权重）"
        );
        assert!(
            words(Some(10), &[("成本", 20), ("产出", 40), ("效益", 20), ("满意度", 10)])
                .ends_with("（成本单列的权重）")
        );
        assert!(words(Some(20), &[("产出", 40), ("效益", 30), ("满意度", 10)]).contains("20分的地方办法"));
        assert!(words(Some(10), &[("产出", 60), ("效益", 30)]).ends_with("其余自定）"));
        assert_eq!(words(Some(10), &[("产出", 60), ("效益", 40)]), "执行率10分、产出60分、效益40分");
        assert!(words(None, &[("投入", 13), ("过程", 60), ("产出", 27)]).contains("评分表"));
    }
}
