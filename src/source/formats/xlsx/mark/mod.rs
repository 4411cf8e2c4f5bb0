//! Remarks in workbooks: comments on cells, and a fill that makes them stand out.
//!
//! Parts change by splicing bytes. What they were is kept in the file (`WAS`), so that `strip` gives it back; a program that
//! saves the workbook anew leaves that out.

mod note;
mod style;

use std::collections::{BTreeMap, BTreeSet};

use super::sheet::{Place, place_of};
use super::{Limits, xml};
use crate::source::ReadError;
use crate::source::formats::archive::{packed, rewritten};
use crate::source::formats::package::{Package, with_child};
use crate::source::formats::remark::Remark;

/// The member that holds the parts as they were, as an archive.
const WAS: &str = "gouji/was.bin";
/// The member of it that names the parts that were not there.
const NEW: &str = "gouji/new.txt";
const TYPES: &str = "[Content_Types].xml";
pub(super) const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// What is said of cells, by sheet and cell.
type Said = BTreeMap<String, BTreeMap<Place, Vec<String>>>;

/// Parts as they are to be; those that were there are remembered.
struct Parts<'p, 'b> {
    package: &'p mut Package<'b>,
    changed: BTreeMap<String, String>,
}

impl Parts<'_, '_> {
    /// The text of a part as it is by now; `None` if there is none.
    fn text(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        if let Some(text) = self.changed.get(name) {
            return Ok(Some(text.clone()));
        }
        if self.package.has(name) { self.package.part_as_it_is(name).map(Some) } else { Ok(None) }
    }

    fn put(&mut self, name: &str, text: String) {
        self.changed.insert(name.to_owned(), text);
    }
}

/// The workbook with a comment on each cell that a remark hangs on.
pub(in crate::source::formats) fn write(
    bytes: &[u8],
    remarks: &[Remark],
    limits: &Limits,
) -> Result<Vec<u8>, ReadError> {
    let said = said(bytes, remarks, limits)?;
    let mut package = Package::open(bytes, *limits)?;
    if package.has(WAS) {
        return Err(ReadError::new("工作簿里已有 gouji 写的批注；请先用 gouji annotate --strip 去掉，或用原来的文件"));
    }
    let main = package.main_part()?;
    let related = package.relationships(&main)?;
    let text = package.part_as_it_is(&main)?;
    let workbook = xml::parse(&text, limits)?;
    let styles = related.iter().find(|each| each.kind == "styles").map(|each| each.target.clone());
    let mut parts = Parts { package: &mut package, changed: BTreeMap::new() };
    for (number, each) in workbook.child("sheets").into_iter().flat_map(|sheets| sheets.elements()).enumerate() {
        let (name, id) = (each.attribute("name").unwrap_or_default(), each.attribute("id").unwrap_or_default());
        let Some(cells) = said.get(&*name) else { continue };
        let Some(sheet) = related.iter().find(|other| other.id == id && other.kind == "worksheet") else { continue };
        if let Some(styles) = &styles {
            style::fill(&mut parts, &sheet.target, styles, cells, limits)?;
        }
        note::add(&mut parts, &sheet.target, number + 1, cells, limits)?;
    }
    declare(&mut parts, limits)?;
    let changed = parts.changed;
    let mut was: Vec<(String, Vec<u8>)> = Vec::new();
    let mut new = String::new();
    for name in changed.keys() {
        match package.archive.read(name)? {
            Some(bytes) => was.push((name.clone(), bytes)),
            None => new += &format!("{name}\n"),
        }
    }
    was.push((NEW.to_owned(), new.into_bytes()));
    let was: Vec<(&str, &[u8])> = was.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let mut changed: BTreeMap<String, Vec<u8>> =
        changed.into_iter().map(|(name, text)| (name, text.into_bytes())).collect();
    changed.insert(WAS.to_owned(), packed(&was));
    rewritten(bytes, &changed, &BTreeSet::new())
}

/// The workbook as it was before `write`.
pub(in crate::source::formats) fn strip(bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, ReadError> {
    let foreign = "这个工作簿里没有 gouji 写的批注，或批注之后又被另存过；请用写批注之前的文件";
    let mut package = Package::open(bytes, *limits)?;
    let was = package.archive.read(WAS)?.ok_or_else(|| ReadError::new(foreign))?;
    let mut inner = Package::open(&was, *limits)?;
    let names: Vec<String> = inner.archive.names().map(|name| name.into_owned()).collect();
    let mut changed = BTreeMap::new();
    let mut gone = BTreeSet::from([WAS.to_owned()]);
    for name in names {
        let Some(bytes) = inner.archive.read(&name)? else { continue };
        if name == NEW {
            gone.extend(String::from_utf8_lossy(&bytes).lines().map(str::to_owned));
        } else {
            changed.insert(name, bytes);
        }
    }
    rewritten(bytes, &changed, &gone)
}

/// What the remarks say, by the cells that their places name.
fn said(bytes: &[u8], remarks: &[Remark], limits: &Limits) -> Result<Said, ReadError> {
    let reading = super::read(bytes, limits)?;
    let mut said = Said::new();
    for remark in remarks {
        let place = reading.layout.place(remark.primary).and_then(|place| place.rsplit_once('!'));
        let Some((sheet, cell)) = place.and_then(|(sheet, cell)| Some((sheet, place_of(cell)?))) else { continue };
        let (first, rest) = remark.lines.split_first().map_or(("", &[][..]), |(first, rest)| (first.as_str(), rest));
        let related = remark.related.iter().map(|(_, words)| words.as_str());
        let lines = std::iter::once(first).chain(related).chain(rest.iter().map(String::as_str));
        let text = lines.collect::<Vec<_>>().join("\n");
        said.entry(sheet.to_owned()).or_default().entry(cell).or_default().push(text);
    }
    Ok(said)
}

/// Says of what types the new parts are.
fn declare(parts: &mut Parts<'_, '_>, limits: &Limits) -> Result<(), ReadError> {
    let Some(text) = parts.text(TYPES)? else { return Ok(()) };
    let root = xml::parse(&text, limits)?;
    let known = |extension: &str| {
        root.elements().any(|each| each.attribute("Extension").is_some_and(|own| own.eq_ignore_ascii_case(extension)))
    };
    let mut added = String::new();
    for (extension, kind) in
        [("vml", "application/vnd.openxmlformats-officedocument.vmlDrawing"), ("bin", "application/octet-stream")]
    {
        if !known(extension) {
            added += &format!("<Default Extension=\"{extension}\" ContentType=\"{kind}\"/>");
        }
    }
    let comments = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
    for name in parts.changed.keys().filter(|name| name.contains(note::COMMENTS)) {
        added += &format!("<Override PartName=\"/{name}\" ContentType=\"{comments}\"/>");
    }
    let text = with_child(&text, &added, limits)?;
    parts.put(TYPES, text);
    Ok(())
}

fn inserted(text: &str, at: usize, added: &str) -> String {
    format!("{}{added}{}", &text[..at], &text[at..])
}

/// Text as XML holds it, of several lines.
fn escaped(text: &str) -> String {
    xml::escaped(text.chars().filter(|c| *c == '\n' || !c.is_control()))
}
