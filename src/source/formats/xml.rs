//! XML as a tree that knows where everything stands in the part.

use std::borrow::Cow;
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::archive::broken;
use super::limits::Limits;
use crate::source::ReadError;

/// An element with its children.
#[derive(Debug)]
pub(in crate::source) struct Element<'x> {
    pub(in crate::source) space: Space,
    /// The name without prefix.
    pub(in crate::source) name: &'x str,
    /// The start tag between `<` and `>`.
    tag: &'x str,
    /// From `<` of the start tag to `>` of the end tag, in bytes of the part.
    pub(in crate::source) outer: Range<usize>,
    /// What stands between the tags; empty, at the end of the tag, for `<a/>`.
    pub(in crate::source) inner: Range<usize>,
    pub(in crate::source) children: Vec<Node<'x>>,
}

#[derive(Debug)]
pub(in crate::source) enum Node<'x> {
    Element(Element<'x>),
    Text(Text<'x>),
}

/// A stretch of character data: as it reads, and where it stands. An entity is a stretch of its own.
#[derive(Debug)]
pub(in crate::source) struct Text<'x> {
    pub(in crate::source) text: Cow<'x, str>,
    pub(in crate::source) range: Range<usize>,
}

/// The vocabulary that a name belongs to; the strict and the transitional namespaces of Office are one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::source) enum Space {
    Word,
    Drawing,
    Shape,
    Math,
    Vml,
    Compatibility,
    OdfOffice,
    OdfText,
    OdfTable,
    OdfStyle,
    OdfDraw,
    Other,
}

impl Space {
    fn of(uri: &str) -> Space {
        match uri {
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            | "http://purl.oclc.org/ooxml/wordprocessingml/main" => Space::Word,
            "http://schemas.openxmlformats.org/drawingml/2006/main" | "http://purl.oclc.org/ooxml/drawingml/main" => {
                Space::Drawing
            }
            "http://schemas.microsoft.com/office/word/2010/wordprocessingShape" => Space::Shape,
            "http://schemas.openxmlformats.org/officeDocument/2006/math"
            | "http://purl.oclc.org/ooxml/officeDocument/math" => Space::Math,
            "urn:schemas-microsoft-com:vml" => Space::Vml,
            "http://schemas.openxmlformats.org/markup-compatibility/2006" => Space::Compatibility,
            "urn:oasis:names:tc:opendocument:xmlns:office:1.0" => Space::OdfOffice,
            "urn:oasis:names:tc:opendocument:xmlns:text:1.0" => Space::OdfText,
            "urn:oasis:names:tc:opendocument:xmlns:table:1.0" => Space::OdfTable,
            "urn:oasis:names:tc:opendocument:xmlns:style:1.0" => Space::OdfStyle,
            "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" => Space::OdfDraw,
            _ => Space::Other,
        }
    }
}

/// The root element of a part.
pub(in crate::source) fn parse<'x>(part: &'x str, limits: &Limits) -> Result<Element<'x>, ReadError> {
    let mut builder = Builder { part, limits, met: 0, open: Vec::new(), prefixes: Vec::new(), root: None };
    let mut reader = Reader::from_str(part);
    loop {
        let start = reader.buffer_position() as usize;
        let event = reader.read_event().map_err(|_| broken())?;
        let range = start..reader.buffer_position() as usize;
        match event {
            Event::Start(tag) => builder.start(&tag, range)?,
            Event::Empty(tag) => {
                builder.start(&tag, range.clone())?;
                builder.end(range.end..range.end);
            }
            Event::End(_) => builder.end(range),
            Event::Text(_) => builder.text(Cow::Borrowed(&part[range.clone()]), range),
            Event::CData(_) => {
                let inner = range.start + "<![CDATA[".len()..range.end - "]]>".len();
                builder.text(Cow::Borrowed(&part[inner.clone()]), inner);
            }
            Event::GeneralRef(entity) => {
                let character = entity.resolve_char_ref().map_err(|_| broken())?.or_else(|| named(&entity));
                builder.text(character.map(|c| Cow::Owned(c.into())).ok_or_else(entities)?, range);
            }
            Event::DocType(definition) if definition.contains("<!ENTITY") => return Err(entities()),
            Event::DocType(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof => break,
        }
    }
    if builder.open.is_empty() { builder.root.ok_or_else(broken) } else { Err(broken()) }
}

fn named(entity: &str) -> Option<char> {
    Some(match entity {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "apos" => '\'',
        "quot" => '"',
        _ => return None,
    })
}

fn entities() -> ReadError {
    ReadError::new("文件里定义了 XML 实体（正常的文档没有），没有读取；请核对来源，或用 Word、WPS 打开后另存再查")
}

struct Builder<'x, 'l> {
    part: &'x str,
    limits: &'l Limits,
    /// How many elements were met.
    met: usize,
    open: Vec<Element<'x>>,
    /// Prefix, vocabulary, and the depth at which it was declared.
    prefixes: Vec<(&'x str, Space, usize)>,
    root: Option<Element<'x>>,
}

impl<'x> Builder<'x, '_> {
    fn start(&mut self, start: &BytesStart<'_>, range: Range<usize>) -> Result<(), ReadError> {
        self.met += 1;
        if self.met > self.limits.elements {
            return Err(ReadError::new("文件的元素太多，不像是一份报告；请确认选对了文件，或拆分后再查"));
        }
        if self.open.len() >= self.limits.depth {
            let depth = self.limits.depth;
            return Err(ReadError::new(format!(
                "文件的结构嵌套超过 {depth} 层，没有读取；请用 Word 或 WPS 打开后另存再查"
            )));
        }
        let tag = &self.part[range.start + 1..range.end];
        let tag = tag.strip_suffix("/>").or_else(|| tag.strip_suffix('>')).unwrap_or(tag);
        let qualified = &tag[..start.name().as_ref().len()];
        if tag.contains("xmlns") {
            self.declare(tag, qualified.len());
        }
        let (prefix, name) = qualified.split_once(':').unwrap_or(("", qualified));
        let bound = self.prefixes.iter().rev().find(|(each, ..)| *each == prefix);
        let space = bound.map_or(Space::Other, |(_, space, _)| *space);
        let inner = range.end..range.end;
        self.open.push(Element { space, name, tag, outer: range, inner, children: Vec::new() });
        Ok(())
    }

    fn declare(&mut self, tag: &'x str, name: usize) {
        let depth = self.open.len();
        for (key, value) in attributes(tag, name) {
            let prefix = if key == "xmlns" { Some("") } else { key.strip_prefix("xmlns:") };
            if let Some(prefix) = prefix {
                self.prefixes.push((prefix, Space::of(&value), depth));
            }
        }
    }

    fn end(&mut self, tag: Range<usize>) {
        let Some(mut element) = self.open.pop() else { return };
        element.inner.end = tag.start;
        element.outer.end = tag.end;
        let depth = self.open.len();
        while self.prefixes.last().is_some_and(|(.., declared)| *declared >= depth) {
            self.prefixes.pop();
        }
        match self.open.last_mut() {
            Some(parent) => parent.children.push(Node::Element(element)),
            None => self.root = Some(element),
        }
    }

    fn text(&mut self, text: Cow<'x, str>, range: Range<usize>) {
        if let Some(parent) = self.open.last_mut() {
            parent.children.push(Node::Text(Text { text, range }));
        }
    }
}

/// The attributes of a tag whose name takes so many bytes, with values unescaped. What is no attribute is passed over.
fn attributes(tag: &str, name: usize) -> impl Iterator<Item = (&str, Cow<'_, str>)> {
    let mut rest = &tag[name..];
    std::iter::from_fn(move || {
        let (key, after) = rest.split_once('=')?;
        let after = after.trim_start();
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (value, next) = after[1..].split_once(quote)?;
        rest = next;
        Some((key.trim(), unescaped(value)))
    })
}

/// Text as XML holds it; what it cannot hold is left out.
pub fn escaped(text: impl Iterator<Item = char>) -> String {
    let is_held = |c: &char| matches!(c, '\t' | '\n' | '\r') || *c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}');
    quick_xml::escape::partial_escape(text.filter(is_held).collect::<String>()).into_owned()
}

fn unescaped(value: &str) -> Cow<'_, str> {
    if value.contains('&') { quick_xml::escape::unescape(value).unwrap_or(Cow::Borrowed(value)) } else { value.into() }
}

impl<'x> Element<'x> {
    /// The value of the first attribute of this name, whatever its prefix.
    pub(in crate::source) fn attribute(&self, name: &str) -> Option<Cow<'x, str>> {
        let length = self.tag.find(|c: char| c.is_ascii_whitespace())?;
        let local = |key: &str| key.rsplit(':').next() == Some(name);
        attributes(self.tag, length).find(|(key, _)| local(key)).map(|(_, value)| value)
    }

    /// The start tag between `<` and `>`, without a closing `/`.
    pub(in crate::source) fn tag(&self) -> &'x str {
        self.tag
    }

    /// The name as it is written, with its prefix.
    pub(in crate::source) fn qualified_name(&self) -> &'x str {
        self.tag.split(|c: char| c.is_ascii_whitespace()).next().unwrap_or_default()
    }

    pub(in crate::source) fn is(&self, space: Space, name: &str) -> bool {
        self.space == space && self.name == name
    }

    /// The child elements.
    pub(in crate::source) fn elements(&self) -> impl Iterator<Item = &Element<'x>> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first child of this name.
    pub(in crate::source) fn child(&self, name: &str) -> Option<&Element<'x>> {
        self.elements().find(|element| element.name == name)
    }

    /// All character data below, in order.
    pub(in crate::source) fn text(&self) -> String {
        let mut out = String::new();
        self.push_text(&mut out);
        out
    }

    fn push_text(&self, out: &mut String) {
        for node in &self.children {
            match node {
                Node::Element(element) => element.push_text(out),
                Node::Text(text) => out.push_str(&text.text),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::limits::LIMITS;
    use super::*;

    const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    #[test]
    fn elements_know_their_vocabulary_and_place() {
        let part = format!(
            "<?xml version=\"1.0\"?><w:p xmlns:w='{WORD}' a:x=\"1 &amp; 2\"><t>甲&lt;<![CDATA[乙]]></t><w:t/></w:p>"
        );
        let root = parse(&part, &LIMITS).expect("the part is well formed");
        assert!(root.is(Space::Word, "p"));
        assert_eq!(root.attribute("x").as_deref(), Some("1 & 2"));
        let first = root.child("t").expect("a child");
        assert_eq!((first.space, first.text().as_str()), (Space::Other, "甲<乙"));
        assert_eq!(&part[first.outer.clone()], "<t>甲&lt;<![CDATA[乙]]></t>");
        assert_eq!(&part[first.inner.clone()], "甲&lt;<![CDATA[乙]]>");
        let Node::Text(last) = &first.children[2] else { panic!("character data") };
        assert_eq!(&part[last.range.clone()], "乙");
        assert!(root.elements().nth(1).expect("a second child").is(Space::Word, "t"));
    }

    #[test]
    fn more_elements_than_any_report_has_are_refused() {
        let part = "<a><b/><b/></a>";
        assert!(parse(part, &Limits { elements: 3, ..LIMITS }).is_ok());
        let refusal = parse(part, &Limits { elements: 2, ..LIMITS }).expect_err("one too many");
        assert!(refusal.0.contains("元素太多"), "{refusal}");
    }

    #[test]
    fn what_is_not_well_formed_is_refused() {
        for part in ["", "<a>", "<a></b>", "<a", "text", "<a>&x;</a>"] {
            assert!(parse(part, &LIMITS).is_err(), "{part}");
        }
        let bomb = "<!DOCTYPE a [<!ENTITY b \"bbbb\">]><a>&b;</a>";
        assert!(parse(bomb, &LIMITS).expect_err("entities are refused").0.contains("实体"));
        let deep = "<a>".repeat(LIMITS.depth + 1) + &"</a>".repeat(LIMITS.depth + 1);
        assert!(parse(&deep, &LIMITS).expect_err("depth is limited").0.contains("嵌套"));
    }
}
