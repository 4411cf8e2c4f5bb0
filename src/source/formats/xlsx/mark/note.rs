//! Comments on cells, with the drawings that older parts of Excel show them by.

use std::collections::BTreeMap;

use super::xml::{self, Element};
use super::{Limits, OFFICE, Parts, Place, escaped, inserted};
use crate::source::ReadError;
use crate::source::formats::archive::broken;
use crate::source::formats::package::{Package, with_child};
use crate::source::formats::remark::AUTHOR;
use crate::source::formats::xlsx::sheet::name_in_sheet;

/// How the names of new parts begin.
pub(super) const COMMENTS: &str = "gouji-comments";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const LINKS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// Adds comments to a sheet, which is the one of this number.
pub(super) fn add(
    parts: &mut Parts<'_, '_>,
    sheet: &str,
    number: usize,
    cells: &BTreeMap<Place, Vec<String>>,
    limits: &Limits,
) -> Result<(), ReadError> {
    let text = parts.text(sheet)?.ok_or_else(broken)?;
    let root = xml::parse(&text, limits)?;
    let comments = parts.package.link_of(sheet, "comments")?;
    let drawing = root.child("legacyDrawing").and_then(|each| each.attribute("id"));
    let drawing = match drawing {
        Some(id) => parts.package.relationships(sheet)?.into_iter().find(|each| each.id == id),
        None => None,
    };
    let mut links = Vec::new();
    match comments {
        Some(link) => {
            let text = parts.text(&link.target)?.ok_or_else(broken)?;
            let text = with_comments(&text, cells, limits)?;
            parts.put(&link.target, text);
        }
        None => {
            let name = format!("xl/{COMMENTS}{number}.xml");
            links.push(("comments", name.clone()));
            let empty = format!("<comments xmlns=\"{MAIN}\"><authors></authors><commentList></commentList></comments>");
            parts.put(&name, with_comments(&empty, cells, limits)?);
        }
    }
    match drawing {
        Some(link) => {
            let text = parts.text(&link.target)?.ok_or_else(broken)?;
            let at = text.rfind("</").ok_or_else(broken)?;
            parts.put(&link.target, inserted(&text, at, &shapes(cells, number)));
        }
        None => {
            let name = format!("xl/drawings/gouji-vml{number}.vml");
            links.push(("vmlDrawing", name.clone()));
            parts.put(&name, format!("{VML}{}</xml>", shapes(cells, number)));
            let at = drawing_place(&root);
            let prefix =
                root.qualified_name().rsplit_once(':').map_or(String::new(), |(prefix, _)| format!("{prefix}:"));
            let mark = format!("<{prefix}legacyDrawing xmlns:gouji=\"{OFFICE}\" gouji:id=\"gouji{}\"/>", links.len());
            parts.put(sheet, inserted(&text, at, &mark));
        }
    }
    link(parts, sheet, &links, limits)
}

/// What may stand after the mark of the drawing of comments.
const AFTER: &[&str] =
    &["legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst"];

fn drawing_place(root: &Element<'_>) -> usize {
    root.elements().find(|each| AFTER.contains(&each.name)).map_or(root.inner.end, |each| each.outer.start)
}

/// Adds relationships of a sheet.
fn link(parts: &mut Parts<'_, '_>, sheet: &str, links: &[(&str, String)], limits: &Limits) -> Result<(), ReadError> {
    if links.is_empty() {
        return Ok(());
    }
    let added: String = links
        .iter()
        .enumerate()
        .map(|(index, (kind, target))| {
            format!("<Relationship Id=\"gouji{}\" Type=\"{OFFICE}/{kind}\" Target=\"/{target}\"/>", index + 1)
        })
        .collect();
    let name = Package::links_of(sheet);
    let text = parts.text(&name)?.unwrap_or_else(|| format!("<Relationships xmlns=\"{LINKS}\"/>"));
    parts.put(&name, with_child(&text, &added, limits)?);
    Ok(())
}

/// A part of comments with ours; a cell that has one already gets ours after it, since it can have only one.
fn with_comments(text: &str, cells: &BTreeMap<Place, Vec<String>>, limits: &Limits) -> Result<String, ReadError> {
    let root = xml::parse(text, limits)?;
    let (Some(authors), Some(list)) = (root.child("authors"), root.child("commentList")) else { return Err(broken()) };
    let author = authors.elements().count();
    let mut insertions = Vec::new();
    let open = |element: &Element<'_>| text[..element.inner.start].ends_with("/>");
    if open(authors) || open(list) {
        return Err(broken());
    }
    insertions.push((authors.inner.end, format!("<author>{AUTHOR}</author>")));
    let mut new = String::new();
    for (place, said) in cells {
        let cell = name_in_sheet(*place);
        let said = said.join("\n\n");
        let old = list.elements().find(|each| each.attribute("ref").is_some_and(|own| own == cell));
        match old.and_then(|old| old.child("text")) {
            Some(old) => insertions.push((old.inner.end, run(&format!("\n\n{said}")))),
            None => {
                let said = run(&said);
                new += &format!("<comment ref=\"{cell}\" authorId=\"{author}\"><text>{said}</text></comment>");
            }
        }
    }
    insertions.push((list.inner.end, new));
    insertions.sort_by_key(|(at, _)| *at);
    let (mut out, mut from) = (String::with_capacity(text.len() + 1024), 0);
    for (at, added) in insertions {
        out += &text[from..at];
        out += &added;
        from = at;
    }
    Ok(out + &text[from..])
}

fn run(text: &str) -> String {
    format!("<r><t xml:space=\"preserve\">{}</t></r>", escaped(text))
}

const VML: &str = "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
                   xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><v:shapetype id=\"_x0000_t202\" coordsize=\"21600,21600\" \
                   o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" \
                   o:connecttype=\"rect\"/></v:shapetype>";

/// A box for each comment, hidden until the pointer is over its cell.
fn shapes(cells: &BTreeMap<Place, Vec<String>>, number: usize) -> String {
    let shape = |(index, (row, column)): (usize, &Place)| {
        let anchor = format!("{}, 15, {row}, 2, {}, 31, {}, 9", column + 1, column + 5, row + 9);
        format!(
            "<v:shape xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
             xmlns:x=\"urn:schemas-microsoft-com:office:excel\" id=\"gouji_{number}_{index}\" type=\"#_x0000_t202\" \
             style=\"position:absolute;z-index:{};visibility:hidden\" fillcolor=\"#ffffe1\" o:insetmode=\"auto\">\
             <v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/>\
             <v:textbox style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div></v:textbox>\
             <x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>\
             <x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>",
            index + 1
        )
    };
    cells.keys().enumerate().map(shape).collect()
}
