//! PDF files for tests: text at places and ruling lines.
#![allow(dead_code, reason = "each test crate uses a part of this")]
#![allow(clippy::disallowed_types, clippy::float_arithmetic, reason = "places on a page, not figures")]

/// A file being drawn. Places are points from the upper left corner of an A4 page.
pub(crate) struct Pdf {
    pages: Vec<String>,
    /// What stands on each page, for formats that say it otherwise.
    pub(crate) drawn: Vec<Vec<Drawn>>,
    /// Objects after those of the fonts.
    more: Vec<Vec<u8>>,
}

/// Text with its baseline at a height, or a line.
pub(crate) enum Drawn {
    Text((f64, f64), f64, String),
    Line((f64, f64), (f64, f64)),
}

pub(crate) const WIDTH: f64 = 595.0;
pub(crate) const HEIGHT: f64 = 842.0;

/// Fonts by how they give their characters; none is embedded.
#[derive(Clone, Copy)]
pub(crate) enum Font {
    /// UniGB-UCS2-H: codes are UTF-16.
    Unicode = 1,
    /// GBK-EUC-H: codes are GBK.
    Gbk = 2,
    /// Identity-H with a table of characters that maps every code to itself.
    Mapped = 3,
    /// Identity-H without such a table.
    Unmapped = 4,
}

impl Pdf {
    pub(crate) fn new() -> Pdf {
        Pdf { pages: vec![String::new()], drawn: vec![Vec::new()], more: Vec::new() }
    }

    pub(crate) fn page_count(&self) -> usize {
        self.pages.len()
    }

    pub(crate) fn new_page(&mut self) {
        self.pages.push(String::new());
        self.drawn.push(Vec::new());
    }

    /// Operators of the page that is drawn.
    pub(crate) fn draw(&mut self, operators: &str) {
        self.pages.last_mut().expect("a file has a page").push_str(operators);
    }

    /// Text with its baseline at a height.
    pub(crate) fn text(&mut self, x: f64, y: f64, size: f64, text: &str) {
        self.take_down(Drawn::Text((x, y), size, text.to_owned()));
        let codes: String = text.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
        self.codes(Font::Unicode, (x, y, size), &codes);
    }

    fn take_down(&mut self, drawn: Drawn) {
        self.drawn.last_mut().expect("a file has a page").push(drawn);
    }

    /// Codes of a font, in hexadecimal.
    pub(crate) fn codes(&mut self, font: Font, (x, y, size): (f64, f64, f64), codes: &str) {
        self.draw(&format!("BT /F{} {size} Tf 1 0 0 1 {x} {} Tm <{codes}> Tj ET\n", font as u8, HEIGHT - y));
    }

    pub(crate) fn line(&mut self, from: (f64, f64), to: (f64, f64)) {
        self.take_down(Drawn::Line(from, to));
        self.draw(&format!("0.5 w {} {} m {} {} l S\n", from.0, HEIGHT - from.1, to.0, HEIGHT - to.1));
    }

    pub(crate) fn frame(&mut self, left: f64, top: f64, right: f64, bottom: f64) {
        self.draw(&format!("0.5 w {left} {} {} {} re S\n", HEIGHT - bottom, right - left, bottom - top));
    }

    /// A picture over the whole page, as a scanner makes it.
    pub(crate) fn scan(&mut self) {
        self.draw(&format!("q {WIDTH} 0 0 {HEIGHT} 0 0 cm /Im1 Do Q\n"));
    }

    /// An object that no page names.
    pub(crate) fn object(&mut self, object: &[u8]) {
        self.more.push(object.to_vec());
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        let first = FONTS.len() + 4;
        let kids: Vec<String> = (0..self.pages.len()).map(|page| format!("{} 0 R", first + 2 * page)).collect();
        let mut objects: Vec<Vec<u8>> = vec![
            b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
            format!("<</Type/Pages/Kids[{}]/Count {}>>", kids.join(" "), kids.len()).into_bytes(),
            stream("/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", b"\x80"),
        ];
        objects.extend(FONTS.iter().map(|font| font.as_bytes().to_vec()));
        for (page, content) in self.pages.iter().enumerate() {
            objects.push(
                format!(
                    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Contents {} 0 R/Resources<</XObject<</Im1 3 0 R>>\
                     /Font<</F1 4 0 R/F2 5 0 R/F3 6 0 R/F4 7 0 R>>>>>>",
                    first + 2 * page + 1
                )
                .into_bytes(),
            );
            objects.push(stream("", content.as_bytes()));
        }
        objects.extend(self.more.iter().cloned());
        file(&objects)
    }
}

/// Objects 4 to 8: four fonts and the table of characters of the third.
const FONTS: &[&str] = &[
    "<</Type/Font/Subtype/Type0/BaseFont/SongA/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType0\
     /BaseFont/SongA/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000/W[1 95 500]/FontDescriptor\
     <</Type/FontDescriptor/FontName/SongA/Flags 4>>>>]>>",
    "<</Type/Font/Subtype/Type0/BaseFont/SongB/Encoding/GBK-EUC-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType2\
     /BaseFont/SongB/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000/W[814 939 500]/FontDescriptor\
     <</Type/FontDescriptor/FontName/SongB/Flags 4>>>>]>>",
    "<</Type/Font/Subtype/Type0/BaseFont/SongC/Encoding/Identity-H/ToUnicode 8 0 R/DescendantFonts[<</Type/Font/Subtype\
     /CIDFontType2/BaseFont/SongC/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 1000/FontDescriptor\
     <</Type/FontDescriptor/FontName/SongC/Flags 4>>>>]>>",
    "<</Type/Font/Subtype/Type0/BaseFont/SongD/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType2\
     /BaseFont/SongD/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 1000/FontDescriptor\
     <</Type/FontDescriptor/FontName/SongD/Flags 4>>>>]>>",
    "<</Length 166>>\nstream\n/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> \
     endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end   \nendstream",
];

fn stream(about: &str, data: &[u8]) -> Vec<u8> {
    [format!("<</Length {}{about}>>\nstream\n", data.len()).as_bytes(), data, b"\nendstream"].concat()
}

/// A file of numbered objects, the first of which is the catalog.
fn file(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.5\n".to_vec();
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(bytes.len());
        bytes.extend(format!("{} 0 obj\n", index + 1).bytes());
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    let table = bytes.len();
    bytes.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        bytes.extend(format!("{place:010} 00000 n \n").bytes());
    }
    bytes.extend(format!("trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1).bytes());
    bytes
}
