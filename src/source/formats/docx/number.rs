//! Automatic numbering: the labels that Word prints before paragraphs.

use std::collections::{BTreeMap, BTreeSet};

use super::numeral::numeral;
use super::style::{NumberRef, Styles, toggle};
use super::xml::Element;

/// The levels of a list.
const LEVELS: usize = 9;

/// The lists of a document, and how far each has counted.
#[derive(Default)]
pub(super) struct Numbering {
    /// By the id of the definition.
    definitions: BTreeMap<String, Definition>,
    /// By the id that paragraphs name.
    lists: BTreeMap<String, List>,
    /// Lists of one definition go on counting where another stopped.
    counters: BTreeMap<String, [Option<u32>; LEVELS]>,
    /// Lists whose own start was applied.
    started: BTreeSet<(String, usize)>,
}

#[derive(Default)]
struct Definition {
    levels: BTreeMap<usize, Level>,
    /// The style of numbering that holds the levels in place of this definition.
    style: Option<String>,
    /// The style of numbering whose levels these are.
    is_style: Option<String>,
}

#[derive(Clone, Debug, Default)]
struct Level {
    start: u32,
    format: String,
    /// 第%1条, %1.%2
    pattern: String,
    /// What stands between label and text.
    suffix: Suffix,
    /// The level after whose use this one starts anew; `Some(0)` never does.
    restart: Option<usize>,
    /// Upper levels are printed as decimals.
    legal: bool,
    /// The paragraph style that belongs to the level.
    style: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Suffix {
    #[default]
    Tab,
    Space,
    Nothing,
}

#[derive(Default)]
struct List {
    definition: String,
    /// Starts and levels of its own.
    starts: BTreeMap<usize, u32>,
    levels: BTreeMap<usize, Level>,
}

impl Numbering {
    pub(super) fn of(root: &Element<'_>) -> Numbering {
        let mut numbering = Numbering::default();
        for each in root.elements() {
            match each.name {
                "abstractNum" => {
                    let id = each.attribute("abstractNumId").unwrap_or_default().into_owned();
                    numbering.definitions.insert(id, Definition::of(each));
                }
                "num" => {
                    let id = each.attribute("numId").unwrap_or_default().into_owned();
                    numbering.lists.insert(id, List::of(each));
                }
                _ => {}
            }
        }
        numbering
    }

    /// The label of the next paragraph with these properties, with what stands between it and the text.
    pub(super) fn label(&mut self, own: NumberRef, style: Option<&str>, styles: &Styles) -> Option<String> {
        let (inherited, named_by) = styles.numbering(style);
        let list_id = own.list.or(inherited.list).filter(|id| id != "0")?;
        let list = self.lists.get(&list_id)?;
        let definition_id = self.resolved(&list.definition);
        let definition = self.definitions.get(definition_id)?;
        let styled = || definition.level_of(named_by?);
        let level = own.level.or(inherited.level).or_else(styled).unwrap_or(0).min(LEVELS - 1);
        let levels: Vec<Level> = (0..=level)
            .map(|at| list.levels.get(&at).or_else(|| definition.levels.get(&at)).cloned().unwrap_or_default())
            .collect();
        let restarts: Vec<Option<usize>> =
            (0..LEVELS).map(|at| definition.levels.get(&at).and_then(|level| level.restart)).collect();
        let override_start = list.starts.get(&level).copied();
        let definition_id = definition_id.to_owned();
        let counters = self.counters.entry(definition_id).or_default();
        let first = override_start.filter(|_| self.started.insert((list_id, level)));
        count(counters, &levels, &restarts, first);
        Some(print(counters, &levels))
    }

    /// The definition that holds the levels: one may stand for a style of numbering that another defines.
    fn resolved<'n>(&'n self, id: &'n str) -> &'n str {
        let Some(style) = self.definitions.get(id).and_then(|definition| definition.style.as_ref()) else { return id };
        let defines = |definition: &Definition| definition.is_style.as_ref() == Some(style);
        self.definitions.iter().find(|(_, definition)| defines(definition)).map_or(id, |(id, _)| id)
    }
}

/// Counts on at the last of `levels`; levels beneath start anew.
fn count(counters: &mut [Option<u32>; LEVELS], levels: &[Level], restarts: &[Option<usize>], first: Option<u32>) {
    let at = levels.len() - 1;
    counters[at] = Some(match (first, counters[at]) {
        (Some(start), _) => start,
        (None, Some(number)) => number.saturating_add(1),
        (None, None) => levels[at].start,
    });
    for below in at + 1..LEVELS {
        // A level starts anew after every higher one, unless it names the one after which it does.
        if restarts[below].is_none_or(|after| at < after) {
            counters[below] = None;
        }
    }
}

fn print(counters: &[Option<u32>; LEVELS], levels: &[Level]) -> String {
    let own = &levels[levels.len() - 1];
    if own.format == "bullet" {
        return bullet(own);
    }
    let mut out = String::new();
    let mut pattern = own.pattern.chars();
    while let Some(c) = pattern.next() {
        if c != '%' {
            out.push(c);
            continue;
        }
        let Some(at) = pattern.next().and_then(|c| c.to_digit(10)).and_then(|at| (at as usize).checked_sub(1)) else {
            continue;
        };
        let Some(level) = levels.get(at) else { continue };
        // An upper level that was not used yet is printed as if it began.
        let number = counters[at].unwrap_or(level.start);
        let format = level.format.as_str();
        let decimal = own.legal && !matches!(format, "none" | "decimalZero");
        out.push_str(&numeral(if decimal { "decimal" } else { format }, number));
    }
    if out.is_empty() || !needs_blank(&out, own.suffix) { out } else { out + " " }
}

/// A label that ends in Chinese punctuation stands right before the text.
fn needs_blank(label: &str, suffix: Suffix) -> bool {
    suffix != Suffix::Nothing && label.ends_with(|c: char| c.is_ascii())
}

/// Bullets come from symbol fonts; which picture they show says nothing.
fn bullet(level: &Level) -> String {
    match level.pattern.chars().next() {
        None => String::new(),
        Some(c @ ('-' | '–' | '—' | '■' | '●' | '◆' | '○' | '□' | '★' | '※' | '➢')) => {
            format!("{c} ")
        }
        Some(_) => "• ".into(),
    }
}

impl Definition {
    fn of(element: &Element<'_>) -> Definition {
        let value = |name: &str| element.child(name).and_then(|each| each.attribute("val")).map(|id| id.into_owned());
        Definition {
            levels: element.elements().filter(|each| each.name == "lvl").map(Level::of).collect(),
            style: value("numStyleLink"),
            is_style: value("styleLink"),
        }
    }

    fn level_of(&self, style: &str) -> Option<usize> {
        self.levels.iter().find(|(_, level)| level.style.as_deref() == Some(style)).map(|(at, _)| *at)
    }
}

impl Level {
    fn of(element: &Element<'_>) -> (usize, Level) {
        let value = |name: &str| element.child(name).and_then(|each| each.attribute("val"));
        let number = |name: &str| value(name).and_then(|value| value.parse::<u32>().ok());
        let at = element.attribute("ilvl").and_then(|at| at.parse().ok()).unwrap_or(0);
        let suffix = match value("suff").as_deref() {
            Some("nothing") => Suffix::Nothing,
            Some("space") => Suffix::Space,
            _ => Suffix::Tab,
        };
        // Formats beyond the standard stand in an alternative beside a plain one.
        let format = value("numFmt").or_else(|| {
            let choices = element.child("AlternateContent")?;
            let within = |name: &str| choices.child(name)?.child("numFmt")?.attribute("val");
            within("Fallback").or_else(|| within("Choice"))
        });
        let level = Level {
            start: number("start").unwrap_or(0),
            format: format.map_or_else(|| "decimal".into(), |format| format.into_owned()),
            pattern: value("lvlText").unwrap_or_default().into_owned(),
            suffix,
            restart: number("lvlRestart").map(|level| level as usize),
            legal: toggle(Some(element), "isLgl").unwrap_or(false),
            style: value("pStyle").map(|style| style.into_owned()),
        };
        (at, level)
    }
}

impl List {
    fn of(element: &Element<'_>) -> List {
        let mut list = List::default();
        for each in element.elements() {
            match each.name {
                "abstractNumId" => list.definition = each.attribute("val").unwrap_or_default().into_owned(),
                "lvlOverride" => list.change(each),
                _ => {}
            }
        }
        list
    }

    fn change(&mut self, change: &Element<'_>) {
        let Some(at) = change.attribute("ilvl").and_then(|at| at.parse().ok()) else { return };
        let start = change.child("startOverride").and_then(|each| each.attribute("val"));
        if let Some(start) = start.and_then(|start| start.parse().ok()) {
            self.starts.insert(at, start);
        }
        if let Some(level) = change.child("lvl") {
            self.levels.insert(at, Level::of(level).1);
        }
    }
}
