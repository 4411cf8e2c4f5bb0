//! Fills: each style of a cell with a remark gets a twin that differs by its fill.

use std::collections::BTreeMap;
use std::ops::Range;

use super::xml::{self, Element};
use super::{Limits, Parts, Place, inserted, place_of};
use crate::source::ReadError;

const FILL: &str = "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFFFE699\"/><bgColor indexed=\"64\"/></patternFill></fill>";

/// Fills cells of a sheet.
pub(super) fn fill(
    parts: &mut Parts<'_, '_>,
    sheet: &str,
    styles: &str,
    cells: &BTreeMap<Place, Vec<String>>,
    limits: &Limits,
) -> Result<(), ReadError> {
    let (Some(text), Some(mut style_text)) = (parts.text(sheet)?, parts.text(styles)?) else { return Ok(()) };
    let root = xml::parse(&text, limits)?;
    let mut changes: Vec<(Range<usize>, String)> = Vec::new();
    let mut twins: BTreeMap<usize, usize> = BTreeMap::new();
    for cell in root.child("sheetData").into_iter().flat_map(|data| data.elements()).flat_map(Element::elements) {
        let Some(name) = cell.attribute("r").filter(|name| place_of(name).is_some_and(|at| cells.contains_key(&at)))
        else {
            continue;
        };
        let style = cell.attribute("s").and_then(|style| style.parse().ok()).unwrap_or(0);
        let twin = match twins.get(&style) {
            Some(twin) => *twin,
            None => {
                let Some((text, twin)) = with_twin(&style_text, style, twins.is_empty(), limits)? else {
                    return Ok(());
                };
                style_text = text;
                *twins.entry(style).or_insert(twin)
            }
        };
        changes.push(styled(cell, &name, twin));
    }
    if twins.is_empty() {
        return Ok(());
    }
    let (mut out, mut from) = (String::with_capacity(text.len() + 64), 0);
    for (range, with) in changes {
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

/// The part of styles with a filled twin of a style, and its number. The first twin brings the fill.
fn with_twin(text: &str, style: usize, first: bool, limits: &Limits) -> Result<Option<(String, usize)>, ReadError> {
    let text = if first {
        let root = xml::parse(text, limits)?;
        let Some(fills) = root.child("fills").filter(|fills| !fills.inner.is_empty()) else { return Ok(None) };
        let count = fills.elements().count();
        counted(&inserted(text, fills.inner.end, FILL), fills, count + 1)
    } else {
        text.to_owned()
    };
    let root = xml::parse(&text, limits)?;
    let fill = root.child("fills").map_or(0, |fills| fills.elements().count()).saturating_sub(1);
    let Some(formats) = root.child("cellXfs") else { return Ok(None) };
    let Some(format) = formats.elements().nth(style) else { return Ok(None) };
    let count = formats.elements().count();
    let twin = filled(&text[format.outer.clone()], fill);
    let text = counted(&inserted(&text, formats.inner.end, &twin), formats, count + 1);
    Ok(Some((text, count)))
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
