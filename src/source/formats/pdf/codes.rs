//! Characters of embedded Chinese fonts that bring no table of their characters along (as older converters write them):
//! their codes are those of a known encoding, so the encoding says which character a code is.

use std::collections::BTreeMap;

use hayro_interpret::font::Glyph;
use hayro_interpret::hayro_cmap::{BfString, CMap, CMapName, CidFamily, load_embedded};
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, String as PdfString};
use hayro_interpret::hayro_syntax::page::Page;

/// The encodings of such fonts, by the name of the font; `None` where two fonts of one name differ.
#[derive(Default)]
pub(super) struct Codes(BTreeMap<String, Option<Encoding>>);

struct Encoding {
    name: Vec<u8>,
    /// From codes to the numbers of a character collection.
    codes: CMap,
    /// From these numbers to characters.
    characters: CMap,
}

impl Codes {
    /// Looks at the fonts of a page.
    pub(super) fn learn(&mut self, page: &Page<'_>) {
        let fonts = &page.resources().fonts;
        for font in fonts.keys().filter_map(|key| fonts.get::<Dict<'_>>(key)) {
            self.learn_font(&font);
        }
    }

    fn learn_font(&mut self, font: &Dict<'_>) {
        let Some(name) = font.get::<Name<'_>>(b"BaseFont") else { return };
        let name = without_prefix(name.as_str()).to_owned();
        if font.contains_key(b"ToUnicode") {
            return;
        }
        let encoding = font.get::<Name<'_>>(b"Encoding").map(|name| name.as_str().as_bytes().to_vec());
        match self.0.get(&name) {
            None => {
                let known = encoding.and_then(|encoding| Encoding::new(font, encoding));
                self.0.insert(name, known);
            }
            Some(Some(known)) if Some(&known.name) != encoding.as_ref() => {
                self.0.insert(name, None);
            }
            Some(_) => {}
        }
    }

    /// The character of a glyph whose font has no table of characters.
    pub(super) fn character(&self, glyph: &Glyph<'_>) -> Option<BfString> {
        let Glyph::Outline(outline) = glyph else { return None };
        let name = outline.font_data()?.postscript_name?;
        self.0.get(&name)?.as_ref()?.character(outline.char_code())
    }
}

impl Encoding {
    fn new(font: &Dict<'_>, name: Vec<u8>) -> Option<Encoding> {
        let codes = match name.as_slice() {
            // The codes of a TrueType font are numbers of its own glyphs, whatever collection it claims.
            b"Identity-H" if is_of_collection(font) => CMap::identity_h(),
            b"Identity-H" => return None,
            _ => embedded(CMapName::from_bytes(&name))?,
        };
        let family = codes.metadata().character_collection.as_ref().map(|collection| collection.family.clone());
        let family = family.filter(|family| *family != CidFamily::AdobeIdentity).or_else(|| collection(font))?;
        Some(Encoding { codes, characters: embedded(family.ucs2_cmap()?)?, name })
    }

    fn character(&self, code: u32) -> Option<BfString> {
        let number = (1..=4).find_map(|bytes| self.codes.lookup_cid_code(code, bytes))?;
        self.characters.lookup_bf_string(number)
    }
}

fn descendant<'f>(font: &Dict<'f>) -> Option<Dict<'f>> {
    font.get::<Array<'_>>(b"DescendantFonts")?.iter::<Dict<'_>>().next()
}

/// Whether the numbers of a font's characters are those of a collection.
fn is_of_collection(font: &Dict<'_>) -> bool {
    descendant(font)
        .and_then(|font| font.get::<Name<'_>>(b"Subtype"))
        .is_some_and(|kind| kind.as_str() == "CIDFontType0")
}

/// The collection that the numbers of a font belong to, as its descendant says.
fn collection(font: &Dict<'_>) -> Option<CidFamily> {
    let system = descendant(font)?.get::<Dict<'_>>(b"CIDSystemInfo")?;
    let (registry, ordering) = (system.get::<PdfString<'_>>(b"Registry")?, system.get::<PdfString<'_>>(b"Ordering")?);
    Some(CidFamily::from_registry_ordering(registry.as_bytes(), ordering.as_bytes()))
}

fn embedded(name: CMapName<'_>) -> Option<CMap> {
    CMap::parse(load_embedded(name)?, load_embedded)
}

/// SimSun of ABCDEF+SimSun
fn without_prefix(name: &str) -> &str {
    match name.split_once('+') {
        Some((prefix, rest)) if prefix.len() == 6 && prefix.bytes().all(|b| b.is_ascii_uppercase()) => rest,
        _ => name,
    }
}
