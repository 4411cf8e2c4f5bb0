//! Names of other units and places where the report's own should stand.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Context, Sink};
use crate::document::{Block, BlockKind, Cell};
use crate::finding::Severity;
use crate::rules::concordance::Found;
use crate::rules::reading::{Place, Stretch, contains_any, head, sentence_around};
use crate::rules::regions::{Level, Unit, reporting_unit, trailing_county};
use crate::source::Span;

/// No more places than this are marked.
const MOST_PLACES: usize = 10;
/// As many units of one kind are a list of them, not what is left of a copied report.
const LISTED: usize = 3;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let Some((name, span)) = reporting_unit(context) else { return };
    let own = Own { name: &name, span, unit: Unit::of(&name) };
    let mut names = Names::default();
    declared(context, &own, &mut names);
    mentioned(context, &own, &mut names);
    let of_kind = |name: &str| name.ends_with(own.unit.stem.as_str());
    let are_listed = names.0.keys().filter(|name| of_kind(name)).count() >= LISTED;
    for (foreign, places) in names.0.iter().filter(|(name, _)| !(are_listed && of_kind(name))) {
        report(&own, foreign, places, sink);
    }
}

struct Own<'r> {
    name: &'r str,
    span: Span,
    unit: Unit,
}

/// The places where another name stands: by that name.
#[derive(Default)]
struct Names(BTreeMap<String, Vec<(Span, Severity)>>);

impl Names {
    fn add(&mut self, name: &str, span: Span, severity: Severity) {
        let places = self.0.entry(name.to_owned()).or_default();
        if places.iter().all(|(each, _)| !each.overlaps(span)) {
            places.push((span, severity));
        }
    }
}

fn report(own: &Own, foreign: &str, places: &[(Span, Severity)], sink: &mut Sink) {
    let (first, severity) = places[0];
    let message = format!("本报告的单位是“{}”，此处却是“{foreign}”", own.name);
    sink.report(first, "别处的名称", message)
        .with(own.span, "本单位")
        .severity(severity)
        .with_all(places[1..].iter().take(MOST_PLACES).map(|(span, _)| *span), "别处的名称");
}

/// Units that titles, captions and form cells declare.
fn declared(context: &Context, own: &Own, names: &mut Names) {
    for block in &context.document.blocks {
        declared_by_label(block, own, names);
        match &block.kind {
            BlockKind::Title(_) | BlockKind::Note(_) | BlockKind::Heading(_) => declared_in_line(block, own, names),
            BlockKind::Table(table) => {
                for row in &table.rows {
                    for pair in row.cells.windows(2) {
                        declared_in_form(&pair[0], &pair[1], own, names);
                    }
                }
            }
            BlockKind::Paragraph(_) | BlockKind::Blank | BlockKind::Furniture => {}
        }
    }
}

/// 主管部门：乙县发展和改革局: a body of another county, whatever it is, where the report's own county has its bodies.
fn declared_by_label(block: &Block, own: &Own, names: &mut Names) {
    let (Some(paragraph), Some(county)) = (block.paragraph(), own.unit.county()) else { return };
    let labels =
        ["主管部门", "委托单位", "项目单位", "实施单位", "申报单位", "填报单位", "单位名称", "建设单位", "预算单位"];
    let text = paragraph.flow.text();
    let body = paragraph.marker.as_ref().map_or(0, |marker| marker.range.end);
    let Some(label) = labels.iter().find(|label| text[body..].starts_with(**label)) else { return };
    let Some(colon) = text[body + label.len()..].find(['：', ':']).filter(|at| *at <= "（公章）".len()) else {
        return;
    };
    let start =
        body + label.len() + colon + text[body + label.len() + colon..].chars().next().map_or(0, char::len_utf8);
    let name = &text[start..];
    let other = Unit::of(name);
    let foreign =
        other.county().is_some_and(|other| other != county && !county.ends_with(other) && !other.ends_with(county));
    let city = own.unit.region(Level::City).zip(other.region(Level::City)).is_none_or(|(own, other)| own == other);
    if foreign && city && name.chars().count() <= 30 && !is_elsewhere_on_purpose(name) {
        names.add(name, paragraph.flow.span(start..text.len()), Severity::Warning);
    }
}

/// A title, or 填报单位：某县某局
fn declared_in_line(block: &Block, own: &Own, names: &mut Names) {
    let Some(paragraph) = block.paragraph() else { return };
    let text = paragraph.flow.text();
    let body = paragraph.marker.as_ref().map_or(0, |marker| marker.range.end);
    let stem = text[body..].find(own.unit.stem.as_str()).filter(|_| own.unit.stem.chars().count() >= 3);
    let Some(at) = stem.map(|stem| body + stem) else { return };
    let start = text[body..at]
        .rfind(['：', ':', '（', '于', '年', '度'])
        .map_or(body, |found| body + found + text[body + found..].chars().next().map_or(0, char::len_utf8));
    let name = &text[start..at + own.unit.stem.len()];
    if differs(&own.unit, &Unit::of(name)) {
        names.add(name, paragraph.flow.span(start..start + name.len()), Severity::Error);
    }
}

fn declared_in_form(label: &Cell, value: &Cell, own: &Own, names: &mut Names) {
    let labels = ["主管部门", "实施单位", "预算单位", "填报单位", "单位名称", "部门名称", "预算部门", "项目单位"];
    let text = value.flow.text();
    if !(text.ends_with(own.unit.stem.as_str()) && contains_any(label.flow.text(), &labels)) {
        return;
    }
    if differs(&own.unit, &Unit::of(text)) {
        names.add(text, value.span, Severity::Error);
    }
}

/// Whether two units of one kind belong to different counties or different cities.
fn differs(own: &Unit, other: &Unit) -> bool {
    let conflict = |level| match (own.region(level), other.region(level)) {
        (Some(a), Some(b)) => a != b && !a.ends_with(b) && !b.ends_with(a),
        _ => false,
    };
    // A city alone may be a county's or the superior one: two cities conflict only with a county below each.
    let counties = own.region(Level::County).is_some() && other.region(Level::County).is_some();
    own.stem == other.stem && (conflict(Level::County) || counties && conflict(Level::City))
}

/// The own kind of unit, or a government's website, of another county in running text.
fn mentioned(context: &Context, own: &Own, names: &mut Names) {
    let Some(county) = own.unit.county() else { return };
    let mut words: Vec<(&str, Severity)> = vec![
        ("人民政府门户网站", Severity::Error),
        ("人民政府网站", Severity::Error),
        ("政府门户网站", Severity::Error),
        ("政府信息公开", Severity::Error),
        ("政府网站", Severity::Error),
        ("财政局关于", Severity::Error),
        ("财政局《关于", Severity::Error),
        ("财政局印发", Severity::Warning),
    ];
    if own.unit.stem.chars().count() >= 3 {
        words.push((own.unit.stem.as_str(), Severity::Error));
    }
    let concordance = context.shared.concordance();
    let hits = words.iter().flat_map(|(word, severity)| concordance.places(word).map(move |hit| (hit, *severity)));
    let mut hits: Vec<_> = hits.filter(|(hit, _)| hit.stretch.place != Place::Title).collect();
    hits.sort_by_key(|(hit, _)| hit.span());
    for (hit, severity) in &hits {
        foreign_before(&hit.stretch, hit.range.clone(), county, *severity, names);
    }
    if county.ends_with('县') {
        concordance.places("县").filter(Found::is_body).for_each(|hit| served(&hit, county, names));
    }
}

/// 为乙县生态振兴提供了支撑: another county in the place of one's own.
fn served(Found { stretch, range, .. }: &Found, county: &str, names: &mut Names) {
    let text = stretch.text();
    let Some(name) = trailing_county(&text[..range.end]) else { return };
    let region = &text[name.clone()];
    let served = ["为", "在", "我"].iter().any(|word| text[..name.start].ends_with(word));
    let whole = region.chars().count() == 3 && !is_kind_of_county(region);
    let longer = ["级", "乡", "区", "市", "委", "直", "域", "处", "外", "内", "城", "人民政府", "财政局"];
    let after = &text[range.end..];
    if !served || !whole || county.ends_with(region) || longer.iter().any(|word| after.starts_with(word)) {
        return;
    }
    let sentence = &text[sentence_around(text, range.start)];
    if !sentence.contains(county) && !is_elsewhere_on_purpose(sentence) {
        names.add(region, stretch.span(name), Severity::Warning);
    }
}

/// 示范县, 重点县: a kind of county, not one.
fn is_kind_of_county(name: &str) -> bool {
    let kinds = [
        "示范", "重点", "贫困", "试点", "先进", "文明", "生态", "达标", "标准", "边境", "山区", "民族", "脱贫", "摘帽",
        "帮扶", "受援", "产粮", "相关", "其他", "有关", "所辖", "所属", "周边", "邻近", "农业", "工业", "旅游", "百强",
        "模范", "卫生", "园林", "平安", "法治", "革命", "老区", "大", "强", "名", "首批", "优秀", "考核", "全国",
        "全省", "全市", "样板", "整建制", "推进", "申报", "创建", "建制", "非", "原", "外", "各", "本", "该",
    ];
    kinds.iter().any(|kind| name.starts_with(kind))
}

fn foreign_before(stretch: &Stretch, word: Range<usize>, county: &str, severity: Severity, names: &mut Names) {
    let text = stretch.text();
    let ahead = &text[..word.start];
    let Some(name) = trailing_county(ahead) else { return };
    let region = &text[name.clone()];
    let own = region.ends_with(county) || county.ends_with(region) || ahead.ends_with(county);
    let sentence = sentence_around(text, word.start);
    let (before, after) =
        (&text[sentence.start.min(name.start)..name.start], &text[word.end..sentence.end.max(word.end)]);
    if own || is_elsewhere_on_purpose(before) || is_elsewhere_on_purpose(after) {
        return;
    }
    let body = text[word.clone()].trim_end_matches("关于").trim_end_matches('《');
    names.add(&format!("{region}{}", head(body, 20)), stretch.span(name.start..word.end), severity);
}

/// Learning from others, helping them and meeting them are reasons to name them.
fn is_elsewhere_on_purpose(sentence: &str) -> bool {
    let reasons = [
        "学习", "借鉴", "考察", "调研", "交流", "帮扶", "对口", "支援", "协作", "兄弟", "赴", "来访", "先进", "援",
        "联合", "结对", "共建", "划转", "移交", "转入", "招商", "参观", "观摩", "合作", "毗邻", "交界", "跨", "原",
        "更名", "撤", "参加", "举办地", "比赛", "承接", "复制",
    ];
    contains_any(sentence, &reasons)
}
