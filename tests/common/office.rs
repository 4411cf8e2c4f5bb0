//! Office files made in memory.
#![allow(dead_code, reason = "each test crate uses a part of this")]

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// A zip archive of these members.
pub(crate) fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(*name, SimpleFileOptions::default()).expect("memory takes members");
        zip.write_all(bytes).expect("memory takes bytes");
    }
    zip.finish().expect("memory takes the directory").into_inner()
}

/// A Word document under construction: its body and the parts beside it.
#[derive(Default)]
pub(crate) struct Docx {
    pub(crate) body: String,
    parts: Vec<(&'static str, String)>,
}

impl Docx {
    /// A document with this inside its body.
    pub(crate) fn new(body: impl Into<String>) -> Docx {
        Docx { body: body.into(), parts: Vec::new() }
    }

    /// Adds a part, such as `numbering`, by what stands inside its root.
    pub(crate) fn part(mut self, name: &'static str, inside: &str) -> Docx {
        self.parts.push((name, inside.to_owned()));
        self
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        let roots = [("footnotes", "footnotes"), ("endnotes", "endnotes"), ("header", "hdr"), ("footer", "ftr")];
        let root = |name: &str| {
            roots.iter().find(|(part, _)| *part == name).map_or(name.to_owned(), |(_, root)| (*root).into())
        };
        let declared = |name: &str, inside: &str| {
            format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:{name} xmlns:w=\"{WORD}\" xmlns:r=\"{OFFICE}\" \
                 xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
                 xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\" \
                 xmlns:v=\"urn:schemas-microsoft-com:vml\">{inside}</w:{name}>"
            )
        };
        let kind = |name: &str| format!("application/vnd.openxmlformats-officedocument.wordprocessingml.{name}+xml");
        let mut types =
            format!("<Override PartName=\"/word/document.xml\" ContentType=\"{}\"/>", kind("document.main"));
        let mut links = String::new();
        let mut members: Vec<(String, String)> = Vec::new();
        for (index, (name, inside)) in self.parts.iter().enumerate() {
            types += &format!("<Override PartName=\"/word/{name}.xml\" ContentType=\"{}\"/>", kind(name));
            links += &format!("<Relationship Id=\"rId{index}\" Type=\"{OFFICE}/{name}\" Target=\"{name}.xml\"/>");
            members.push((format!("word/{name}.xml"), declared(&root(name), inside)));
        }
        let main = format!("<Relationship Id=\"rId1\" Type=\"{OFFICE}/officeDocument\" Target=\"word/document.xml\"/>");
        let related = |links: &str| format!("<Relationships xmlns=\"{PACKAGE}/relationships\">{links}</Relationships>");
        let defaults = "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
                        <Default Extension=\"xml\" ContentType=\"application/xml\"/>";
        let all = [
            (
                "[Content_Types].xml".into(),
                format!("<Types xmlns=\"{PACKAGE}/content-types\">{defaults}{types}</Types>"),
            ),
            ("_rels/.rels".into(), related(&main)),
            ("word/document.xml".into(), declared("document", &format!("<w:body>{}</w:body>", self.body))),
            ("word/_rels/document.xml.rels".into(), related(&links)),
        ];
        members.splice(0..0, all);
        let members: Vec<(&str, &[u8])> = members.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
        zip(&members)
    }
}

/// A paragraph of one run.
pub(crate) fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>", escaped(text))
}

pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// An OpenDocument text with this inside its body.
pub(crate) fn odt_of(body: &str) -> Vec<u8> {
    odt_with("", body)
}

/// An OpenDocument text with these styles and this inside its body.
pub(crate) fn odt_with(styles: &str, body: &str) -> Vec<u8> {
    odf("text", styles, body)
}

/// An OpenDocument spreadsheet of these sheets.
pub(crate) fn ods_with(styles: &str, sheets: &str) -> Vec<u8> {
    odf("spreadsheet", styles, sheets)
}

fn odf(kind: &str, styles: &str, body: &str) -> Vec<u8> {
    let space = |name: &str| format!("xmlns:{name}=\"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0\"");
    let mut spaces: Vec<String> = ["office", "text", "table", "style"].map(space).to_vec();
    spaces.push("xmlns:number=\"urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0\"".into());
    spaces.push("xmlns:draw=\"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0\"".into());
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content {}><office:automatic-styles>{styles}</office:automatic-styles>\
         <office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>",
        spaces.join(" ")
    );
    let mime = format!("application/vnd.oasis.opendocument.{kind}");
    zip(&[("mimetype", mime.as_bytes()), ("content.xml", content.as_bytes())])
}
