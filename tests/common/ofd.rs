//! OFD files made in memory.
#![allow(clippy::disallowed_types, clippy::float_arithmetic, reason = "places on a page, not figures")]
#![allow(dead_code, reason = "each test crate uses a part of this")]

use super::office::{escaped, zip};
use super::pdf::{Drawn, HEIGHT, WIDTH};

const SPACE: &str = "xmlns:ofd=\"http://www.ofdspec.org/2016\"";

/// A file of these pages.
pub(crate) fn bytes(pages: &[Vec<Drawn>]) -> Vec<u8> {
    let pages: Vec<String> = pages.iter().map(|page| page.iter().map(object).collect()).collect();
    of(&pages)
}

/// A file of pages with these objects.
pub(crate) fn of(pages: &[String]) -> Vec<u8> {
    let listed: String =
        (0..pages.len()).map(|page| format!("<ofd:Page ID=\"{}\" BaseLoc=\"Pages/{page}.xml\"/>", page + 10)).collect();
    let area = format!("<ofd:PhysicalBox>0 0 {} {}</ofd:PhysicalBox>", millimetres(WIDTH), millimetres(HEIGHT));
    let document = format!(
        "<ofd:Document {SPACE}><ofd:CommonData><ofd:PageArea>{area}</ofd:PageArea></ofd:CommonData>\
         <ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
    );
    let root = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><ofd:OFD {SPACE} DocType=\"OFD\"><ofd:DocBody>\
         <ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    );
    let mut members = vec![("OFD.xml".to_owned(), root), ("Doc_0/Document.xml".to_owned(), document)];
    for (number, objects) in pages.iter().enumerate() {
        let page = format!(
            "<ofd:Page {SPACE}><ofd:Content><ofd:Layer ID=\"5\">{objects}</ofd:Layer></ofd:Content></ofd:Page>"
        );
        members.push((format!("Doc_0/Pages/{number}.xml"), page));
    }
    let members: Vec<(&str, &[u8])> = members.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    zip(&members)
}

fn millimetres(points: f64) -> String {
    format!("{:.4}", points * 25.4 / 72.0)
}

fn object(drawn: &Drawn) -> String {
    match drawn {
        Drawn::Text((x, y), size, text) => {
            let width = |c: char| if c.is_ascii() { size / 2.0 } else { *size };
            let steps: Vec<String> = text.chars().map(|c| millimetres(width(c))).collect();
            let (x, top, size) = (millimetres(*x), millimetres(y - size), millimetres(*size));
            format!(
                "<ofd:TextObject Boundary=\"{x} {top} 180 {size}\" Font=\"1\" Size=\"{size}\"><ofd:TextCode X=\"0\" Y=\"{size}\" \
                 DeltaX=\"{}\">{}</ofd:TextCode></ofd:TextObject>",
                steps[..steps.len().saturating_sub(1)].join(" "),
                escaped(text)
            )
        }
        Drawn::Line(from, to) => format!(
            "<ofd:PathObject Boundary=\"0 0 210 297\" LineWidth=\"0.2\"><ofd:AbbreviatedData>M {} {} L {} {}</ofd:AbbreviatedData>\
             </ofd:PathObject>",
            millimetres(from.0),
            millimetres(from.1),
            millimetres(to.0),
            millimetres(to.1)
        ),
    }
}
