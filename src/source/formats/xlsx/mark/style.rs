//! Fills: each style of a cell with a remark gets a twin that differs by its fill.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::xml::{self, Element};
use super::{Limits, Parts, Place, inserted, place_of};
use crate::source::ReadError;

const FILL: &str = "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFFFE699\"/><bgColor indexed=\"64\"/></patternFill></fill>";

/// The number of the filled twin of each style.
type Twins = BTreeMap<usize, usize>;

/// Fills cells of a sheet.
pub(super) fn fill(
    parts: &mut Parts<'_, '_>,
    sheet: &str,
    styles: &str,
    cells: &BTreeMap<Place, Vec<String>>,
    limits: &Limits,
) -> Result<(), ReadError> {
    let (Some(text), Some(style_text)) = (parts.text(sheet)?, parts.text(styles)?) else { return Ok(()) };
    let root = xml::parse(&text, limits)?;
    let of_rows = root.child("sheetData").into_iter().flat_map(|data| data.elements()).flat_map(Element::elements);
    let remarked = of_rows.filter_map(|cell| {
        let name = cell.attribute("r").filter(|name| place_of(name).is_some_and(|at| cells.contains_key(&at)))?;
        let style: usize = cell.attribute("s").and_then(|style| style.parse().ok()).unwrap_or(0);
        Some((cell, name, style))
    });
    let remarked: Vec<_> = remarked.collect();
    let wanted: BTreeSet<usize> = remarked.iter().map(|(.., style)| *style).collect();
    let Some((style_text, twins)) = with_twins(&style_text, &wanted, limits)? else { return Ok(()) };
    let (mut out, mut from) = (String::with_capacity(text.len() + 64), 0);
    for (cell, name, style) in &remarked {
        let Some(twin) = twins.get(style) else { continue };
        let (range, with) = styled(cell, name, *twin);
        out += &text[from..range.start];
        out += &with;
        from = range.end;
    }
    out += &text[from..];
    parts.put(sheet, out);
    parts.put(styles, style_text);
    Ok(())
}

/// The tag of a cell with another style.
fn styled(cell: &Element<'_>, name: &str, twin: usize) -> (Range<usize>, String) {
    let tag = cell.tag();
    let start = cell.outer.start + 1;
    let own = ["\"", "'"].iter().find_map(|quote| {
        let at = tag.find(&format!(" s={quote}"))?;
        let end = at + 4 + tag[at + 4..].find(quote)? + 1;
        Some(at..end)
    });
    match own {
        Some(own) => (start + own.start..start + own.end, format!(" s=\"{twin}\"")),
        None => {
            let at = tag.find(name).map_or(tag.len(), |at| at + name.len() + 1);
            (start + at..start + at, format!(" s=\"{twin}\""))
        }
    }
}

/// The part of styles with a filled twin of each style, and the numbers of the twins; `None` where there is none to make.
fn with_twins(text: &str, wanted: &BTreeSet<usize>, limits: &Limits) -> Result<Option<(String, Twins)>, ReadError> {
    let root = xml::parse(text, limits)?;
    let (Some(fills), Some(formats)) = (root.child("fills"), root.child("cellXfs")) else { return Ok(None) };
    let (fill, first) = (fills.elements().count(), formats.elements().count());
    let (mut added, mut twins) = (String::new(), Twins::new());
    for (style, format) in formats.elements().enumerate().filter(|(style, _)| wanted.contains(style)) {
        twins.insert(style, first + twins.len());
        added += &filled(&text[format.outer.clone()], fill);
    }
    // Fills stand before styles, so what is inserted later does not move what was found.
    if twins.is_empty() || fills.inner.is_empty() || formats.inner.start < fills.inner.end {
        return Ok(None);
    }
    let text = counted(&inserted(text, formats.inner.end, &added), formats, first + twins.len());
    let text = counted(&inserted(&text, fills.inner.end, FILL), fills, fill + 1);
    Ok(Some((text, twins)))
}

/// A style with another fill.
fn filled(format: &str, fill: usize) -> String {
    let end = format.find('>').unwrap_or(format.len());
    let (tag, rest) = format.split_at(end);
    let closed = tag.ends_with('/');
    let mut tag = tag.trim_end_matches('/').to_owned();
    for name in ["fillId", "applyFill"] {
        if let Some(at) = tag.find(&format!(" {name}=\""))
            && let Some(length) = tag[at + name.len() + 3..].find('"')
        {
            tag.replace_range(at..at + name.len() + 3 + length + 1, "");
        }
    }
    format!("{tag} fillId=\"{fill}\" applyFill=\"1\"{}{rest}", if closed { "/" } else { "" })
}

/// The text with the count of a list set anew; the list begins where it did.
fn counted(text: &str, list: &Element<'_>, count: usize) -> String {
    let tag = list.tag();
    let Some(at) = tag.find(" count=\"") else { return text.to_owned() };
    let Some(length) = tag[at + 8..].find('"') else { return text.to_owned() };
    let start = list.outer.start + 1 + at + 8;
    format!("{}{count}{}", &text[..start], &text[start + length..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_twin_differs_by_its_fill() {
        assert_eq!(
            filled("<xf numFmtId=\"4\" fillId=\"2\" applyFill=\"0\"/>", 7),
            "<xf numFmtId=\"4\" fillId=\"7\" applyFill=\"1\"/>"
        );
        assert_eq!(
            filled("<xf a=\"1\"><alignment/></xf>", 3),
            "<xf a=\"1\" fillId=\"3\" applyFill=\"1\"><alignment/></xf>"
        );
    }
}
