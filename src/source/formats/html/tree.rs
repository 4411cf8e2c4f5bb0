//! Any tag soup as a tree.

use html5gum::{DefaultEmitter, Token, Tokenizer};

use super::Limits;
use crate::source::ReadError;

/// A tree in one list; the root is node 0.
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
}

/// Index into [`Tree::nodes`].
pub(super) type Id = usize;

pub(super) struct Node {
    pub(super) kind: Kind,
    pub(super) parent: Id,
    pub(super) children: Vec<Id>,
    /// Not shown by a browser, or no part of the article.
    pub(super) left_out: bool,
}

pub(super) enum Kind {
    Element(Element),
    Text(String),
}

#[derive(Default)]
pub(super) struct Element {
    pub(super) name: String,
    /// id and class, in lower case.
    pub(super) names: String,
    pub(super) row_span: Option<usize>,
    pub(super) column_span: Option<usize>,
    /// The number that a list begins with.
    pub(super) start: Option<usize>,
}

/// Elements that hold nothing.
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];
/// Elements whose text is not part of the page.
const UNSEEN: &[&str] = &[
    "script", "style", "noscript", "template", "iframe", "select", "textarea", "button", "svg", "head", "title",
    "object", "video", "audio", "canvas", "del", "option",
];

impl Tree {
    pub(super) fn parse(text: &str, limits: &Limits) -> Result<Tree, ReadError> {
        let root = Node { kind: Kind::Element(Element::default()), parent: 0, children: Vec::new(), left_out: false };
        let mut builder = Builder { tree: Tree { nodes: vec![root] }, open: vec![0], limits: *limits };
        let mut emitter = DefaultEmitter::<()>::default();
        // What stands in a script is no markup.
        emitter.naively_switch_states(true);
        for token in Tokenizer::new_with_emitter(text, emitter) {
            let Ok(token) = token;
            match token {
                Token::StartTag(tag) => {
                    let attributes = tag.attributes.iter().map(|(key, value)| (shown(key), shown(value)));
                    builder.start(shown(&tag.name), attributes.collect())?;
                }
                Token::EndTag(tag) => builder.end(&shown(&tag.name)),
                Token::String(text) => builder.text(&shown(&text)),
                Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
            }
        }
        Ok(builder.tree)
    }

    pub(super) fn element(&self, id: Id) -> Option<&Element> {
        match &self.nodes[id].kind {
            Kind::Element(element) => Some(element),
            Kind::Text(_) => None,
        }
    }

    pub(super) fn name(&self, id: Id) -> &str {
        self.element(id).map_or("", |element| &element.name)
    }

    /// The children that are shown.
    pub(super) fn children(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        self.nodes[id].children.iter().copied().filter(|&child| !self.nodes[child].left_out)
    }

    /// Every node below, in the order of the page, also those left out.
    pub(super) fn below(&self, id: Id) -> Vec<Id> {
        let mut found = Vec::new();
        let mut open: Vec<Id> = self.nodes[id].children.iter().rev().copied().collect();
        while let Some(id) = open.pop() {
            found.push(id);
            open.extend(self.nodes[id].children.iter().rev());
        }
        found
    }
}

fn shown(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

struct Builder {
    tree: Tree,
    /// The open elements, outermost first.
    open: Vec<Id>,
    limits: Limits,
}

impl Builder {
    fn start(&mut self, name: String, attributes: Vec<(String, String)>) -> Result<(), ReadError> {
        self.close_implied(&name);
        let value = |key: &str| attributes.iter().find(|(each, _)| each == key).map(|(_, value)| value.as_str());
        let number = |key: &str| value(key).and_then(|text| text.trim().parse().ok());
        let hidden = value("hidden").is_some() || value("style").is_some_and(is_hidden);
        let names = [value("id"), value("class")].into_iter().flatten().collect::<Vec<_>>().join(" ").to_lowercase();
        let left_out = hidden || UNSEEN.contains(&name.as_str());
        let element = Element {
            names,
            row_span: number("rowspan"),
            column_span: number("colspan"),
            start: number("start"),
            name,
        };
        let void = VOID.contains(&element.name.as_str());
        let id = self.push(Kind::Element(element), left_out)?;
        // Deeper than any page: what comes stands beside instead of inside.
        if !void && self.open.len() < self.limits.depth {
            self.open.push(id);
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        // Where there are too many, the next element says so.
        let _ = self.push(Kind::Text(text.to_owned()), false);
    }

    fn push(&mut self, kind: Kind, left_out: bool) -> Result<Id, ReadError> {
        let id = self.tree.nodes.len();
        if id > self.limits.elements {
            return Err(ReadError::new("网页的元素太多，不像是一份报告；请确认选对了文件，或拆分后再查"));
        }
        let parent = self.open.last().copied().unwrap_or(0);
        self.tree.nodes.push(Node { kind, parent, children: Vec::new(), left_out });
        self.tree.nodes[parent].children.push(id);
        Ok(id)
    }

    /// Start tags end elements that were left open.
    fn close_implied(&mut self, name: &str) {
        match name {
            "td" | "th" => self.close_up_to(&["td", "th"], &["tr", "table"]),
            "tr" => self.close_up_to(&["tr"], &["table"]),
            "tbody" | "thead" | "tfoot" => self.close_up_to(&["tbody", "thead", "tfoot"], &["table"]),
            "li" => self.close_up_to(&["li"], &["ul", "ol", "table", "td", "th"]),
            _ => {}
        }
        if is_block(name) || name == "table" {
            self.close_up_to(&["p"], &["table", "td", "th", "div", "li"]);
        }
        if is_heading(name) {
            self.close_up_to(&["h1", "h2", "h3", "h4", "h5", "h6"], &["table", "td", "th", "div", "li"]);
        }
    }

    /// Closes the innermost open element of these names, with what is open in it, unless a barrier stands between.
    fn close_up_to(&mut self, names: &[&str], barriers: &[&str]) {
        for at in (1..self.open.len()).rev() {
            let name = self.tree.name(self.open[at]);
            if names.contains(&name) {
                return self.open.truncate(at);
            }
            if barriers.contains(&name) {
                return;
            }
        }
    }

    fn end(&mut self, name: &str) {
        // An end tag without its start, or one that would leave a cell or table, ends nothing.
        let barriers: &[&str] = if is_of_table(name) { &["table"] } else { &["td", "th", "table"] };
        let barriers = if name == "table" { &[] } else { barriers };
        self.close_up_to(&[name], barriers);
    }
}

fn is_hidden(style: &str) -> bool {
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
    style.contains("display:none") || style.contains("visibility:hidden") || style.contains("mso-hide:all")
}

pub(super) fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

fn is_of_table(name: &str) -> bool {
    matches!(name, "td" | "th" | "tr" | "tbody" | "thead" | "tfoot" | "caption")
}

/// Elements that begin on a line of their own.
pub(super) fn is_block(name: &str) -> bool {
    is_heading(name)
        || is_of_table(name)
        || matches!(
            name,
            "p" | "div"
                | "ul"
                | "ol"
                | "li"
                | "dl"
                | "dt"
                | "dd"
                | "section"
                | "article"
                | "main"
                | "header"
                | "footer"
                | "nav"
                | "aside"
                | "form"
                | "fieldset"
                | "blockquote"
                | "pre"
                | "hr"
                | "center"
                | "address"
                | "table"
                | "body"
                | "html"
                | "figure"
                | "figcaption"
                | "details"
                | "summary"
        )
}
