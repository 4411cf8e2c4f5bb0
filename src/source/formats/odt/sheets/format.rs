//! How cells show numbers, in the codes of Excel.

use std::collections::BTreeMap;

use super::super::super::xlsx::shows;
use super::super::xml::Element;

/// Styles inherit from others this many times at most.
const REACH: usize = 32;
/// More places than any figure is shown with.
const PLACES: usize = 20;

#[derive(Default)]
struct Style {
    parent: Option<String>,
    /// The name of its number format.
    format: Option<String>,
    /// The sheet that it is the style of is not shown.
    hidden: bool,
}

pub(super) struct Formats {
    styles: BTreeMap<String, Style>,
    /// Codes of number formats by their names.
    codes: BTreeMap<String, String>,
}

impl Formats {
    pub(super) fn of(roots: &[&Element<'_>]) -> Formats {
        let mut formats = Formats { styles: BTreeMap::new(), codes: BTreeMap::new() };
        for each in roots.iter().flat_map(|root| root.elements()).flat_map(Element::elements) {
            let text = |name: &str| each.attribute(name).map(|value| value.into_owned());
            let Some(name) = text("name") else { continue };
            if each.name == "style" {
                let shown = each.child("table-properties").and_then(|each| each.attribute("display"));
                let hidden = shown.as_deref() == Some("false");
                let style = Style { parent: text("parent-style-name"), format: text("data-style-name"), hidden };
                formats.styles.insert(name, style);
            } else if let Some(code) = code(each) {
                formats.codes.insert(name, code);
            }
        }
        formats
    }

    pub(super) fn hides(&self, table: &Element<'_>) -> bool {
        let style = table.attribute("style-name").and_then(|name| self.styles.get(name.as_ref()));
        style.is_some_and(|style| style.hidden)
    }

    /// The code of a cell's number format; `None` where it would not show the number as the file says that it is shown.
    pub(super) fn of_cell(&self, style: Option<&str>, stored: &str, shown: &str) -> Option<String> {
        let mut next = style.and_then(|name| self.styles.get(name));
        let mut code = None;
        for _ in 0..REACH {
            let Some(style) = next else { break };
            if let Some(format) = &style.format {
                code = self.codes.get(format);
                break;
            }
            next = style.parent.as_deref().and_then(|parent| self.styles.get(parent));
        }
        let code = code.map_or("General", String::as_str);
        (shows(stored, code).as_deref() == Some(shown.trim())).then(|| code.to_owned())
    }
}

/// `#,##0.00`, `0.0%`
fn code(format: &Element<'_>) -> Option<String> {
    let percent = match format.name {
        "number-style" | "currency-style" => "",
        "percentage-style" => "%",
        _ => return None,
    };
    let number = format.child("number")?;
    let count = |name: &str| number.attribute(name).and_then(|count| count.parse::<usize>().ok());
    let Some(places) = count("decimal-places") else { return Some("General".into()) };
    let grouped = number.attribute("grouping").as_deref() == Some("true");
    let whole = if grouped { "#,##0" } else { "0" };
    let point = if places > 0 { "." } else { "" };
    Some(format!("{whole}{point}{}{percent}", "0".repeat(places.min(PLACES))))
}
