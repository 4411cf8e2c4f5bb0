//! The unit that a caption or a label gives: 单位：万元, （万元）.

use super::super::literal::Unit;

/// The units of money and area that captions and labels name; the longer before what they end with.
const NAMES: &[(&str, Unit)] = &[
    ("亿元", Unit::YiYuan),
    ("万元", Unit::WanYuan),
    ("千元", Unit::ThousandYuan),
    ("元", Unit::Yuan),
    ("万平方米", Unit::WanSquareMetre),
    ("平方米", Unit::SquareMetre),
    ("㎡", Unit::SquareMetre),
    ("m2", Unit::SquareMetre),
    ("m²", Unit::SquareMetre),
    ("%", Unit::Percent),
    ("‰", Unit::PerMille),
    ("人次", Unit::PersonTime),
    ("人", Unit::Person),
    ("个", Unit::Counter),
    ("辆", Unit::Counter),
    ("次", Unit::Counter),
    ("分", Unit::Score),
];

/// 填报单位：某局　单位：万元 → 万元; 单位 may also mean an organisation, and the colon may be missing.
pub fn caption_unit(text: &str) -> Option<Unit> {
    if !text.contains(['单', '單']) {
        return None;
    }
    let text: String = text.chars().filter(|c| !super::raw::is_blank(*c)).map(simple).collect();
    text.match_indices("单位").find_map(|(at, word)| {
        let after = text[at + word.len()..].trim_start_matches([':', '：']);
        let (name, unit) = money(after)?;
        let rest = &after[name.len()..];
        let ends =
            rest.chars().next().is_none_or(|c| !('一'..='鿿').contains(&c)) || rest.starts_with(['金', '编', '填']);
        ends.then_some(unit)
    })
}

fn money(text: &str) -> Option<(&'static str, Unit)> {
    let text = text.strip_prefix("人民币").unwrap_or(text);
    NAMES.iter().find(|(name, unit)| unit.is_money() && text.starts_with(name)).copied()
}

/// Traditional characters of captions.
fn simple(c: char) -> char {
    match c {
        '單' => '单',
        '萬' => '万',
        '億' => '亿',
        _ => c,
    }
}

/// 年度预算申请（万元） → 万元; 实际规模（㎡）; 增长%: the unit that a header or label carries, at its end or in brackets.
pub(crate) fn label_unit(text: &str) -> Option<Unit> {
    if !text.contains(['（', '(', '【', '[', '%', '％']) {
        return None;
    }
    let text: String = text.chars().filter(|c| !super::raw::is_blank(*c)).map(simple).collect();
    bracketed(&text).or_else(|| text.ends_with(['%', '％']).then_some(Unit::Percent))
}

fn bracketed(text: &str) -> Option<Unit> {
    let parts = text.split(['（', '(', '【', '[']).skip(1);
    parts.filter_map(|part| part.split(['）', ')', '】', ']']).next()).find_map(unit_named)
}

/// 万元, 单位：万元, 万元/㎡ (no)
pub(super) fn unit_named(inside: &str) -> Option<Unit> {
    let inside =
        inside.trim_start_matches("金额").trim_start_matches("单位").trim_start_matches([':', '：']).replace('％', "%");
    NAMES.iter().find(|(name, _)| *name == inside).map(|(_, unit)| *unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions() {
        assert_eq!(caption_unit("填报单位：沣陂县应急管理局                         单位：万元"), Some(Unit::WanYuan));
        assert_eq!(caption_unit("编制单位：洄港区文化馆　　金额单位：元"), Some(Unit::Yuan));
        assert_eq!(caption_unit("单位万元"), Some(Unit::WanYuan));
        assert_eq!(caption_unit("編製單位：某館 單位:萬元"), Some(Unit::WanYuan));
        assert_eq!(caption_unit("填报单位：元江县某局"), None);
        assert_eq!(caption_unit("填报单位：某局"), None);
        assert_eq!(caption_unit("（单位：亿元）"), Some(Unit::YiYuan));
    }

    #[test]
    fn labels() {
        assert_eq!(label_unit("年度预/算申请/（万元）"), Some(Unit::WanYuan));
        assert_eq!(label_unit("实际规模（㎡）"), Some(Unit::SquareMetre));
        assert_eq!(label_unit("产出指标（50分）"), None);
        assert_eq!(label_unit("因公出国（境）费"), None);
        assert_eq!(label_unit("执行率(%)"), Some(Unit::Percent));
    }
}
