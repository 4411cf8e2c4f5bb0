//! .ofd (GB/T 33190): pages of text and paths at places, read as those of a PDF are.
//!
//! `draw` makes characters and ruling lines of the objects of a page, `number` reads their measures.

mod draw;
mod number;

use std::collections::BTreeMap;

use super::archive::broken;
use super::limits::Limits;
use super::package::{Package, resolved};
use super::pdf;
use super::reading::Reading;
use super::xml::{self, Element};
use crate::source::ReadError;
use draw::Pen;

/// Reads the text of an OFD file and its layout.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Reading, ReadError> {
    let mut package = Package::open(bytes, *limits)?;
    if package.has("Encryptions.xml") {
        return Err(ReadError::new("OFD 有密码，打不开；请在阅读器里去掉密码，另存后再查"));
    }
    let first = part(&mut package, "OFD.xml")?;
    let root = xml::parse(&first, limits)?;
    let main = root.child("DocBody").and_then(|body| body.child("DocRoot")).map(Element::text).ok_or_else(broken)?;
    let main = resolved("", main.trim());
    let text = part(&mut package, &main)?;
    let document = xml::parse(&text, limits)?;
    let pages = Pages::of(&document, folder(&main));
    if pages.places.len() > limits.pages {
        return Err(ReadError::new("OFD 的页数多得不像一份报告；请确认选对了文件，或拆分后再查"));
    }
    let mut left = limits.drawn;
    let mut drawn = Vec::new();
    for place in &pages.places {
        drawn.push(pages.draw(&mut package, place, &mut left)?);
    }
    pdf::read_pages(&drawn, "OFD")
}

fn part(package: &mut Package<'_>, name: &str) -> Result<String, ReadError> {
    package.part(name)?.ok_or_else(broken)
}

fn folder(part: &str) -> &str {
    part.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The pages of a document, and what several of them share.
struct Pages {
    /// The parts of the pages, in order.
    places: Vec<String>,
    templates: BTreeMap<String, String>,
    /// The usual size of a page.
    area: String,
}

impl Pages {
    fn of(document: &Element<'_>, folder: &str) -> Pages {
        let place = |each: &Element<'_>| each.attribute("BaseLoc").map(|place| resolved(folder, &place));
        let common = document.child("CommonData");
        let shared = common.into_iter().flat_map(Element::elements).filter(|each| each.name == "TemplatePage");
        Pages {
            places: document.child("Pages").into_iter().flat_map(Element::elements).filter_map(place).collect(),
            templates: shared.filter_map(|each| Some((each.attribute("ID")?.into_owned(), place(each)?))).collect(),
            area: common.and_then(|each| each.child("PageArea")).and_then(size).unwrap_or_default(),
        }
    }

    fn draw(&self, package: &mut Package<'_>, place: &str, left: &mut u32) -> Result<pdf::Page, ReadError> {
        let limits = package.limits;
        let text = part(package, place)?;
        let page = xml::parse(&text, &limits)?;
        let area = page.child("Area").and_then(size).unwrap_or_else(|| self.area.clone());
        let mut pen = Pen::new(&area, *left);
        for used in page.elements().filter(|each| each.name == "Template") {
            let id = used.attribute("TemplateID").unwrap_or_default();
            if let Some(place) = self.templates.get(&*id) {
                let text = part(package, place)?;
                pen.content(&xml::parse(&text, &limits)?)?;
            }
        }
        pen.content(&page)?;
        *left = pen.left;
        Ok(pen.page)
    }
}

/// Where a page lies and how large it is.
fn size(area: &Element<'_>) -> Option<String> {
    area.child("PhysicalBox").map(Element::text)
}
