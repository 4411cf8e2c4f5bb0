//! The unit after a number: 万元 % 个百分点 ㎡ 人次

use std::sync::LazyLock;

use nom::IResult;
use nom::bytes::complete::tag;

use super::Unit;
use crate::document::words::Words;
use crate::exact::Exact;

/// A unit and how many bytes print it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) unit: Unit,
    pub(super) len: usize,
}

impl Unit {
    pub fn is_money(self) -> bool {
        self.dimension() == super::Dimension::Money
    }

    /// An amount of this unit in the base unit; `None` where it has too many digits.
    pub fn to_base(self, value: Exact) -> Option<Exact> {
        shifted(value, self.exponent())
    }

    /// An amount of the base unit in this unit; `None` where it has too many digits.
    pub fn of_base(self, base: Exact) -> Option<Exact> {
        shifted(base, -self.exponent())
    }
}

fn shifted(value: Exact, exponent: i32) -> Option<Exact> {
    if exponent == 0 { Some(value) } else { value.times(Exact::power_of_ten(exponent)?) }
}

/// Units by their words, the longer before what they begin with.
const WORDS: &[(&str, Unit)] = &[
    ("%", Unit::Percent),
    ("‰", Unit::PerMille),
    ("万亿元", Unit::WanYiYuan),
    ("万亿", Unit::WanYiYuan),
    ("亿元", Unit::YiYuan),
    ("万元", Unit::WanYuan),
    ("万平方米", Unit::WanSquareMetre),
    ("万平米", Unit::WanSquareMetre),
    ("万㎡", Unit::WanSquareMetre),
    ("万m²", Unit::WanSquareMetre),
    ("万m^2", Unit::WanSquareMetre),
    ("万m2", Unit::WanSquareMetre),
    ("千元", Unit::ThousandYuan),
    ("元", Unit::Yuan),
    ("平方米", Unit::SquareMetre),
    ("平米", Unit::SquareMetre),
    ("㎡", Unit::SquareMetre),
    ("m²", Unit::SquareMetre),
    ("m^2", Unit::SquareMetre),
    ("m2", Unit::SquareMetre),
    ("个百分点", Unit::PercentPoint),
    ("百分点", Unit::PercentPoint),
    ("百分比", Unit::Percent),
    ("人次", Unit::PersonTime),
    ("人天", Unit::Counter),
    ("人月", Unit::Counter),
    ("人", Unit::Person),
    ("名", Unit::Person),
    ("倍", Unit::Times),
];

/// Words that count things. The word itself stays in the text.
const COUNTERS: &[&str] = &[
    "立方米", "平方公里", "家次", "批次", "场次", "台次", "车次", "处次", "户次", "趟次", "剂次", "工作日", "大类",
    "小时", "公里", "千米", "公顷", "分钟", "个月", "周岁", "季度", "千伏", "个", "项", "家", "次", "辆", "场", "台",
    "套", "间", "块", "户", "亩", "天", "日", "年", "条", "件", "份", "册", "张", "本", "篇", "期", "处", "座", "栋",
    "幢", "所", "支", "部", "吨", "米", "批", "类", "种", "位", "班", "例", "起", "宗", "笔", "棵", "株", "头", "只",
    "匹", "樘", "组", "门", "节", "课", "轮", "层", "款", "口", "盏", "枚", "周", "届", "站", "点", "段", "片", "具",
    "根", "桶", "袋", "箱", "车", "村", "镇", "乡", "县", "市", "区", "队", "股", "室", "科", "方", "对", "封", "卷",
    "幅", "副", "盆", "顶", "面", "趟", "架", "艘", "盘", "字",
];

/// 万元, %, 个百分点, 次
pub(super) fn unit(input: &str) -> IResult<&str, Found> {
    let found = word(input).or_else(|| score(input)).or_else(|| many(input)).or_else(|| counter(input));
    let Some(mut found) = found else {
        return Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Tag)));
    };
    if found.unit.is_money() && per(&input[found.len..]) {
        found.unit = Unit::YuanPer;
    }
    Ok((&input[found.len..], found))
}

fn word(input: &str) -> Option<Found> {
    static FINDER: LazyLock<Words> = LazyLock::new(|| Words::opening(WORDS.iter().map(|(word, _)| *word)));
    FINDER.find(input).map(|(place, word)| Found { unit: WORDS[place].1, len: word.len() })
}

/// 分, but not 分钟, 分之, 分别, 分管
fn score(input: &str) -> Option<Found> {
    let rest = input.strip_prefix('分')?;
    let other = ["钟", "之", "别", "管", "部", "局", "公司", "厂", "校"].iter().any(|next| rest.starts_with(next));
    (!other).then_some(Found { unit: Unit::Score, len: '分'.len_utf8() })
}

/// 万 and 亿 multiply the counter behind them. 万 alone means money; 亿 alone may mean anything.
fn many(input: &str) -> Option<Found> {
    let (alone, counting) = match input.chars().next()? {
        '万' => (Unit::WanYuan, Unit::WanCounter),
        '亿' => (Unit::YiCounter, Unit::YiCounter),
        _ => return None,
    };
    let rest = &input['万'.len_utf8()..];
    let counted = counter(rest).or_else(|| word(rest)).map_or(0, |found| found.len);
    let unit = if counted > 0 { counting } else { alone };
    Some(Found { unit, len: '万'.len_utf8() + counted })
}

fn counter(input: &str) -> Option<Found> {
    static FINDER: LazyLock<Words> = LazyLock::new(|| Words::opening(COUNTERS.iter().copied()));
    let (_, word) = FINDER.find(input)?;
    Some(Found { unit: Unit::Counter, len: word.len() })
}

/// 元/人, 元每人
fn per(rest: &str) -> bool {
    rest.starts_with('/')
        || tag::<_, _, ()>("每")(rest).is_ok()
            && rest.chars().nth(1).is_some_and(|c| "人户辆台平亩月年天次".contains(c))
}

/// Whether the text begins with a word that can count things.
pub(super) fn counts(input: &str) -> bool {
    counter(input).is_some() || ["人", "名"].iter().any(|word| input.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::{Unit, unit};

    #[test]
    fn words_after_numbers() {
        let read = |text| unit(text).map(|(_, found)| (found.unit, found.len)).ok();
        assert_eq!(read("万元，"), Some((Unit::WanYuan, 6)));
        assert_eq!(read("万，"), Some((Unit::WanYuan, 3)));
        assert_eq!(read("万次"), Some((Unit::WanCounter, 6)));
        assert_eq!(read("亿次"), Some((Unit::YiCounter, 6)));
        assert_eq!(read("亿，"), Some((Unit::YiCounter, 3)));
        assert_eq!(read("万亿元"), Some((Unit::WanYiYuan, 9)));
        assert_eq!(read("万m^2，"), Some((Unit::WanSquareMetre, 6)));
        assert_eq!(read("元/人"), Some((Unit::YuanPer, 3)));
        assert_eq!(read("分钟"), Some((Unit::Counter, 6)));
        assert_eq!(read("分，"), Some((Unit::Score, 3)));
        assert_eq!(read("，"), None);
    }
}
