//! OpenDocument texts: what LibreOffice and WPS show of them.
//!
//! `walk` reads paragraphs and tables, `inline` what stands in a paragraph, `list` counts list items, `style` knows which
//! styles hide text. `sheets` reads spreadsheets.

mod inline;
mod list;
pub(super) mod sheets;
mod style;
mod table;
mod walk;

use super::model::Model;
use super::package::Package;
use super::reading::Reading;
use super::xml::{Element, Space};
use super::{archive, lay, limits, model, numeral, reading, xml};
use crate::source::ReadError;
use limits::Limits;
use list::Lists;
use style::Styles;
use walk::Walk;

/// Reads an OpenDocument text.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Reading, ReadError> {
    let parts = Parts::of(&mut Package::open(bytes, *limits)?)?;
    let (content, styles) = parts.trees(limits)?;
    let text = content.child("body").and_then(|body| body.child("text")).ok_or_else(archive::broken)?;
    let roots = [&styles, &content];
    let known = Styles::of(&roots);
    let mut walk = Walk::new(limits, &known, Lists::of(&roots));
    let body = walk.blocks(text)?;
    let heads = heads(&styles, &mut walk)?;
    let model = Model { body, heads, footnotes: walk.footnotes, endnotes: walk.endnotes, seen: walk.seen };
    Ok(lay::out(model, Vec::new()).reading)
}

/// What a file of OpenDocument holds.
struct Parts {
    content: String,
    styles: String,
}

impl Parts {
    fn of(package: &mut Package<'_>) -> Result<Parts, ReadError> {
        if package.part("META-INF/manifest.xml")?.is_some_and(|manifest| manifest.contains("encryption-data")) {
            return Err(ReadError::new("文件有打开密码；请用 LibreOffice 或 WPS 打开，去掉密码并另存后再查"));
        }
        let content = package.part("content.xml")?.ok_or_else(archive::broken)?;
        let styles = package.part("styles.xml")?.unwrap_or_else(|| "<none/>".into());
        Ok(Parts { content, styles })
    }

    fn trees(&self, limits: &Limits) -> Result<(Element<'_>, Element<'_>), ReadError> {
        Ok((xml::parse(&self.content, limits)?, xml::parse(&self.styles, limits)?))
    }
}

/// How often something stands there, where it stands once.
fn repeated(element: &Element<'_>, name: &str) -> usize {
    element.attribute(name).and_then(|count| count.parse().ok()).unwrap_or(1).max(1)
}

/// The headers and footers of all kinds of pages.
fn heads(styles: &Element<'_>, walk: &mut Walk<'_>) -> Result<Vec<Vec<model::Block>>, ReadError> {
    let pages = styles.child("master-styles").into_iter().flat_map(Element::elements);
    let heads = pages.flat_map(Element::elements).filter(|each| {
        each.space == Space::OdfStyle && (each.name.starts_with("header") || each.name.starts_with("footer"))
    });
    heads.map(|head| walk.blocks(head)).collect()
}
