//! Styles: what a paragraph or run inherits.

use std::collections::{BTreeMap, BTreeSet};

use super::xml::Element;

/// The styles of a document by id.
#[derive(Default)]
pub(super) struct Styles(BTreeMap<String, Style>);

#[derive(Default)]
struct Style {
    /// In lower case, as Word names it in every language: heading 1, toc 2.
    name: String,
    base: Option<String>,
    outline: Option<u8>,
    numbering: NumberRef,
    hidden: Option<bool>,
}

/// The list and level that a paragraph or style names; either may come from further down.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct NumberRef {
    pub(super) list: Option<String>,
    pub(super) level: Option<usize>,
}

impl NumberRef {
    /// `<w:numPr>` of paragraph properties.
    pub(super) fn of(properties: Option<&Element<'_>>) -> NumberRef {
        let Some(numbering) = properties.and_then(|each| each.child("numPr")) else { return NumberRef::default() };
        let value = |name: &str| numbering.child(name).and_then(|each| each.attribute("val"));
        NumberRef {
            list: value("numId").map(|id| id.into_owned()),
            level: value("ilvl").and_then(|level| level.parse().ok()),
        }
    }
}

/// Whether a property that is on or off is on; `None` where it is not said.
pub(super) fn toggle(properties: Option<&Element<'_>>, name: &str) -> Option<bool> {
    let element = properties?.child(name)?;
    Some(!matches!(element.attribute("val").as_deref(), Some("0" | "false" | "off" | "none")))
}

/// Twentieths of a point that a character takes in the usual size.
const CHARACTER: i64 = 210;
/// No cell is indented further, in characters.
const FURTHEST: i64 = 20;

/// How many characters the first line of a paragraph is indented by its own properties.
pub(super) fn indent(properties: Option<&Element<'_>>) -> usize {
    let aligned = properties.and_then(|each| each.child("jc")).and_then(|each| each.attribute("val"));
    let Some(indent) = properties.and_then(|each| each.child("ind")) else { return 0 };
    if matches!(aligned.as_deref(), Some("center" | "right" | "end")) {
        return 0;
    }
    let value = |names: &[&str]| names.iter().find_map(|name| indent.attribute(name)?.parse::<i64>().ok());
    // Hundredths of a character go before a measure that says the same.
    let characters = |names: &[&str], measures: &[&str]| {
        let measured = || value(measures).map(|twips| twips.saturating_mul(100) / CHARACTER);
        value(names).or_else(measured).unwrap_or(0)
    };
    let left = characters(&["leftChars", "startChars"], &["left", "start"]);
    let first = characters(&["firstLineChars"], &["firstLine"]) - characters(&["hangingChars"], &["hanging"]);
    ((left.saturating_add(first).saturating_add(50)) / 100).clamp(0, FURTHEST) as usize
}

impl Styles {
    pub(super) fn of(root: &Element<'_>) -> Styles {
        let read = |style: &Element<'_>| {
            let value = |name: &str| style.child(name).and_then(|each| each.attribute("val"));
            let paragraph = style.child("pPr");
            let outline = paragraph.and_then(|each| each.child("outlineLvl")).and_then(|each| each.attribute("val"));
            let style = Style {
                name: value("name").unwrap_or_default().to_lowercase(),
                base: value("basedOn").map(|base| base.into_owned()),
                outline: outline.and_then(|level| level.parse().ok()),
                numbering: NumberRef::of(paragraph),
                hidden: toggle(style.child("rPr"), "vanish"),
            };
            (style, ())
        };
        let styles = root.elements().filter(|each| each.name == "style");
        let entry = |each: &Element<'_>| Some((each.attribute("styleId")?.into_owned(), read(each).0));
        Styles(styles.filter_map(entry).collect())
    }

    /// A style and those that it is based on, nearest first.
    fn chain<'s>(&'s self, id: Option<&str>) -> impl Iterator<Item = (&'s str, &'s Style)> {
        let mut seen = BTreeSet::new();
        let mut next = id.and_then(|id| self.0.get_key_value(id));
        std::iter::from_fn(move || {
            let (id, style) = next.filter(|(id, _)| seen.insert(id.as_str()))?;
            next = style.base.as_deref().and_then(|base| self.0.get_key_value(base));
            Some((id.as_str(), style))
        })
    }

    /// The outline level of a heading, from 1. What a style says goes, also where it says that it is no heading.
    pub(super) fn heading(&self, id: Option<&str>) -> Option<u8> {
        let said = self.chain(id).find_map(|(_, style)| {
            let named = style.name.strip_prefix("heading ").and_then(|level| level.parse().ok());
            named.or(style.outline.map(|level| level.saturating_add(1)))
        });
        said.filter(|level| (1..=9).contains(level))
    }

    /// Whether paragraphs of the style are lines of a table of contents.
    pub(super) fn lists_contents(&self, id: Option<&str>) -> bool {
        let level = |name: &str| name.strip_prefix("toc ").is_some_and(|level| level.parse::<u8>().is_ok());
        self.chain(id).any(|(_, style)| level(&style.name))
    }

    pub(super) fn hides(&self, id: Option<&str>) -> bool {
        self.chain(id).find_map(|(_, style)| style.hidden).unwrap_or(false)
    }

    /// The list and level of a paragraph of the style, and the style that names the list.
    pub(super) fn numbering(&self, id: Option<&str>) -> (NumberRef, Option<&str>) {
        let mut found = NumberRef::default();
        for (id, style) in self.chain(id) {
            found.level = found.level.or(style.numbering.level);
            if let Some(list) = &style.numbering.list {
                found.list = Some(list.clone());
                return (found, Some(id));
            }
        }
        (found, None)
    }
}
