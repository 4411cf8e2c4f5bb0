//! Names of places and of bodies, as far as two of them can be told apart.

use std::ops::Range;
use std::sync::LazyLock;

use super::checks::Context;
use crate::document::BlockKind;
use crate::document::words::Words;
use crate::source::Span;

/// Words that end in 县, 区 or 市 but name no place.
const COMMON: &[&str] = &[
    "全县", "全区", "全市", "我县", "我区", "我市", "本县", "本区", "本市", "该县", "该区", "各县", "各区", "各市",
    "县区", "市区", "城区", "社区", "小区", "园区", "景区", "灌区", "库区", "山区", "地区", "辖区", "片区", "林区",
    "校区", "院区", "片区", "牧区", "湖区", "老区", "新区", "郊区", "灾区", "产区", "禁区", "街区", "厂区", "营区",
    "矿区", "库区", "楼区", "功能区", "开发区", "示范区", "试验区", "保护区", "集聚区", "居住区", "办公区", "生活区",
    "服务区", "产业区", "工业区", "高新区", "自治区", "保税区", "贫困县", "试点县", "先进县", "邻县", "外县", "兄弟县",
    "周边县", "同级县", "脱贫县", "城市", "都市", "超市", "门市", "上市", "夜市", "集市", "县市", "省市", "本级市",
    "直辖市",
];

/// How the name of a body ends.
const BODIES: &[&str] = &[
    "局", "委员会", "委", "办公室", "办", "中心", "院", "站", "所", "馆", "队", "部", "联合会", "协会", "总会", "校",
    "大学", "中学", "小学", "园", "处", "厅", "人民政府", "街道", "镇", "乡", "联合社", "联社", "总社", "团", "法庭",
    "电视台", "气象台", "署", "公司", "工会", "妇联", "残联", "文联", "科协", "侨联",
];

/// The reporting unit: what extraction found if it is the name of a body, else such a name on one of the first lines.
pub(super) fn reporting_unit(context: &Context) -> Option<(String, Span)> {
    let is_body = |name: &str| BODIES.iter().any(|end| name.ends_with(end)) && (4..=40).contains(&name.chars().count());
    let extracted = context.facts.report.entity.clone().filter(|(name, _)| is_body(name));
    let first = || {
        let lines = context.document.blocks.iter().take_while(|block| !matches!(block.kind, BlockKind::Heading(_)));
        lines.take(8).filter_map(|block| block.paragraph()).find_map(|paragraph| {
            let text = paragraph.flow.text();
            let bare = paragraph.marker.is_none() && !text.contains(['，', '。', '：', '；', ':']);
            (bare && is_body(text)).then(|| Some((text.to_owned(), paragraph.flow.origin()?)))?
        })
    };
    extracted.or_else(first)
}

/// A region in the name of a body: 某县, 某区, 某市.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Region {
    pub(super) name: String,
    pub(super) level: Level,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    Province,
    City,
    County,
}

/// A reporting unit by its name: 某市 某区 机关事务服务中心.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    pub(super) regions: Vec<Region>,
    /// The name without its regions.
    pub(super) stem: String,
}

impl Unit {
    pub(super) fn of(name: &str) -> Unit {
        let mut rest = name.trim_start_matches("中国共产党").trim_start_matches("中共");
        let mut regions: Vec<Region> = Vec::new();
        while let Some((length, level)) = leading_region(rest, regions.last().map(|region| region.level)) {
            regions.push(Region { name: rest[..length].to_owned(), level });
            rest = &rest[length..];
        }
        Unit { regions, stem: rest.to_owned() }
    }

    pub(super) fn region(&self, level: Level) -> Option<&str> {
        self.regions.iter().find(|region| region.level == level).map(|region| region.name.as_str())
    }

    /// The county or district, unless it is a zone that lies inside another one.
    pub(super) fn county(&self) -> Option<&str> {
        self.region(Level::County).filter(|name| !is_zone(name))
    }
}

/// 高新区, 经济开发区, 自然保护区: a zone with a government of its own or with that of the district around it.
pub(super) fn is_zone(name: &str) -> bool {
    let zones = [
        "高新区", "新区", "开发区", "园区", "示范区", "管理区", "试验区", "景区", "度假区", "保护区", "名胜区",
        "工业区", "产业区", "集聚区", "功能区", "合作区", "保税区", "灌区", "库区", "林区", "矿区",
    ];
    let autonomous = name.ends_with("自治县") || name.ends_with("自治旗");
    zones.iter().any(|end| name.ends_with(end)) || name.chars().count() > 5 && !autonomous
}

/// The region that a name begins with: its length in bytes and its level.
fn leading_region(text: &str, above: Option<Level>) -> Option<(usize, Level)> {
    let mut count = 0;
    for (at, c) in text.char_indices().take(12) {
        count += 1;
        let end = at + c.len_utf8();
        let Some(level) = level_of(c) else { continue };
        let name = &text[..end];
        let below = above.is_none_or(|above| above < level);
        let prefixes = ["自治区", "自治州", "自治县", "地区"];
        let whole = count >= 2 && !COMMON.contains(&name);
        if below && (whole || prefixes.iter().any(|word| name.ends_with(word) && count > 3)) {
            return Some((end, if name.ends_with("自治区") { Level::Province } else { level }));
        }
        if above == Some(Level::County) {
            return None;
        }
    }
    None
}

fn level_of(c: char) -> Option<Level> {
    match c {
        '省' => Some(Level::Province),
        '市' | '州' | '盟' => Some(Level::City),
        '县' | '区' | '旗' => Some(Level::County),
        _ => None,
    }
}

/// The county or district whose name ends where `text` ends: 沄源县 in 并在沄源县. `None` for 全县, 我区 and the like.
pub(super) fn trailing_county(text: &str) -> Option<Range<usize>> {
    static ENDS: LazyLock<Words> = LazyLock::new(|| Words::closing(COMMON.iter().copied()));
    let last = text.chars().next_back()?;
    if level_of(last) != Some(Level::County) || ENDS.any(text) {
        return None;
    }
    let body = &text[..text.len() - last.len_utf8()];
    // Words that stand before a name and belong to none.
    let stops = "在由于与和同经向对把被是为赴到从按照据及、，。；：“”《》（）()〔〕的了将如至或以并给请受报送交办商会代凭使让令此这那各两几多需应等还随获得递呈市州盟省";
    let from = body
        .char_indices()
        .rev()
        .take(5)
        .find(|(_, c)| stops.contains(*c) || c.is_ascii())
        .map(|(at, c)| at + c.len_utf8())
        .or_else(|| (body.chars().count() <= 4).then_some(0))?;
    let name = from..text.len();
    // A name of one character cannot be told from the end of another word: 按照县财政局.
    (3..=5).contains(&text[name.clone()].chars().count()).then_some(name)
}
