//! Lists and numbered headings.

use std::collections::BTreeMap;

use super::numeral::numeral;
use super::xml::Element;

/// The levels of a list.
const LEVELS: usize = 10;

/// The lists of a document, and how far each has counted.
#[derive(Default)]
pub(super) struct Lists {
    /// The levels of each list style; those of headings stand under `""`.
    styles: BTreeMap<String, BTreeMap<usize, Level>>,
    counters: BTreeMap<String, [Option<u32>; LEVELS]>,
}

#[derive(Clone, Debug, Default)]
struct Level {
    format: String,
    prefix: String,
    suffix: String,
    /// 第%1%条: what newer programs write in place of prefix and suffix.
    pattern: Option<String>,
    start: u32,
    /// How many levels the label shows.
    shown: usize,
    bullet: bool,
    /// Nothing stands between label and text.
    close: bool,
}

impl Lists {
    pub(super) fn of(roots: &[&Element<'_>]) -> Lists {
        let mut lists = Lists::default();
        for each in roots.iter().flat_map(|root| root.elements()).flat_map(Element::elements) {
            let name = match each.name {
                "list-style" => each.attribute("name").unwrap_or_default().into_owned(),
                "outline-style" => String::new(),
                _ => continue,
            };
            lists.styles.insert(name, each.elements().filter_map(Level::of).collect());
        }
        lists
    }

    /// A list begins that does not go on with an earlier one.
    pub(super) fn restart(&mut self, style: &str) {
        self.counters.remove(style);
    }

    /// The label of the next item at a level (from 0) of a list, with what stands between it and the text.
    pub(super) fn label(&mut self, style: &str, level: usize, start: Option<u32>) -> Option<String> {
        let levels = self.styles.get(style)?;
        let own = levels.get(&level)?;
        let counters = self.counters.entry(style.to_owned()).or_default();
        let at = level.min(LEVELS - 1);
        counters[at] = Some(start.unwrap_or_else(|| counters[at].map_or(own.start, |number| number.saturating_add(1))));
        counters[at + 1..].fill(None);
        if own.bullet {
            return Some("• ".into());
        }
        if own.format.is_empty() && own.pattern.is_none() {
            return None;
        }
        let number = |at: usize| {
            let start = levels.get(&at).map_or(1, |level| level.start);
            let format = levels.get(&at).map_or("1", |level| level.format.as_str());
            numeral(named(format), counters[at.min(LEVELS - 1)].unwrap_or(start))
        };
        let label = match &own.pattern {
            Some(pattern) => filled(pattern, number),
            None => {
                let first = (level + 1).saturating_sub(own.shown.max(1));
                let numbers: Vec<String> = (first..=level).map(number).collect();
                format!("{}{}{}", own.prefix, numbers.join("."), own.suffix)
            }
        };
        let blank = !own.close && label.ends_with(|c: char| c.is_ascii());
        Some(if blank { label + " " } else { label })
    }
}

/// 第%1%条 with the numbers in their places.
fn filled(pattern: &str, number: impl Fn(usize) -> String) -> String {
    let mut out = String::new();
    for (index, part) in pattern.split('%').enumerate() {
        match part.parse::<usize>() {
            Ok(level) if index % 2 == 1 && (1..=LEVELS).contains(&level) => out.push_str(&number(level - 1)),
            _ => out.push_str(part),
        }
    }
    out
}

/// The format of Word that prints the same numbers.
fn named(format: &str) -> &'static str {
    match format.split(',').next().unwrap_or_default() {
        "" => "none",
        "A" => "upperLetter",
        "a" => "lowerLetter",
        "I" => "upperRoman",
        "i" => "lowerRoman",
        "一" => "chineseCountingThousand",
        "壹" => "chineseLegalSimplified",
        "甲" => "ideographTraditional",
        "子" => "ideographZodiac",
        "①" => "decimalEnclosedCircle",
        "１" => "decimalFullWidth",
        "01" => "decimalZero",
        _ => "decimal",
    }
}

impl Level {
    fn of(element: &Element<'_>) -> Option<(usize, Level)> {
        let text = |name: &str| element.attribute(name).unwrap_or_default().into_owned();
        let number = |name: &str| element.attribute(name).and_then(|value| value.parse::<usize>().ok());
        let alignment =
            element.child("list-level-properties").and_then(|each| each.child("list-level-label-alignment"));
        let level = Level {
            format: text("num-format"),
            prefix: text("num-prefix"),
            suffix: text("num-suffix"),
            pattern: element.attribute("num-list-format").map(|pattern| pattern.into_owned()),
            start: number("start-value").map_or(1, |start| start as u32),
            shown: number("display-levels").unwrap_or(1),
            bullet: element.name.contains("bullet") || element.name.contains("image"),
            close: alignment.and_then(|each| each.attribute("label-followed-by")).as_deref() == Some("nothing"),
        };
        Some((number("level")?.checked_sub(1)?, level))
    }
}
