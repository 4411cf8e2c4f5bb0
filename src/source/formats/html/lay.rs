//! A page as one text, with the place of everything.

use std::collections::BTreeMap;

use super::tree::{Id, Kind, Tree, is_block, is_heading};
use super::{At, Limits, Reading, Writer, grid};
use crate::source::ReadError;

pub(super) fn out(tree: &Tree, pruned: bool, limits: &Limits) -> Result<Reading, ReadError> {
    let mut layer = Layer {
        tree,
        limits,
        places: Places::of(tree),
        writer: Writer::default(),
        line: Line::default(),
        here: ("第1段".into(), None),
        cells: 0,
    };
    layer.children(0)?;
    layer.flush();
    let notes = if pruned {
        vec!["网页的栏目、导航和页脚没有读取，只查文章本身".into()]
    } else {
        Vec::new()
    };
    Ok(layer.writer.finish(notes))
}

/// Paragraphs and tables counted over the whole page, whether they are read or not.
struct Places {
    paragraphs: BTreeMap<Id, usize>,
    /// Tables that hold no other.
    tables: BTreeMap<Id, usize>,
}

impl Places {
    fn of(tree: &Tree) -> Places {
        let mut places = Places { paragraphs: BTreeMap::new(), tables: BTreeMap::new() };
        let mut holds_table = vec![false; tree.nodes.len()];
        for id in (0..tree.nodes.len()).rev() {
            let holds = |&child: &Id| holds_table[child] || tree.name(child) == "table";
            holds_table[id] = tree.nodes[id].children.iter().any(holds);
        }
        let mut open = vec![0];
        while let Some(id) = open.pop() {
            let name = tree.name(id);
            if name == "table" && !holds_table[id] {
                places.tables.insert(id, places.tables.len() + 1);
                continue;
            }
            if matches!(name, "p" | "li") || is_heading(name) {
                places.paragraphs.insert(id, places.paragraphs.len() + 1);
            }
            open.extend(tree.nodes[id].children.iter().rev());
        }
        places
    }
}

struct Layer<'t> {
    tree: &'t Tree,
    limits: &'t Limits,
    places: Places,
    writer: Writer,
    /// The paragraph being read.
    line: Line,
    /// Its place, and its level if it is a heading.
    here: (String, Option<u8>),
    /// Cells of all tables so far.
    cells: usize,
}

impl Layer<'_> {
    fn children(&mut self, id: Id) -> Result<(), ReadError> {
        let children: Vec<Id> = self.tree.children(id).collect();
        children.into_iter().try_for_each(|child| self.node(child))
    }

    fn node(&mut self, id: Id) -> Result<(), ReadError> {
        let tree = self.tree;
        let element = match &tree.nodes[id].kind {
            Kind::Text(text) => {
                self.line.push(text);
                return Ok(());
            }
            Kind::Element(element) => element,
        };
        match element.name.as_str() {
            "br" => self.line.end_line(),
            "sup" => self.line.raise(tree, id),
            "table" => {
                self.flush();
                return self.table(id);
            }
            name if is_block(name) => {
                self.flush();
                return self.block(id, name);
            }
            _ => return self.children(id),
        }
        Ok(())
    }

    fn block(&mut self, id: Id, name: &str) -> Result<(), ReadError> {
        let before = self.here.clone();
        if let Some(number) = self.places.paragraphs.get(&id) {
            let level = is_heading(name).then(|| name.as_bytes()[1] - b'0');
            self.here = (format!("第{number}段"), level);
            let empty = matches!(name, "p") && !has_content(self.tree, id);
            if empty {
                self.writer.paragraph(self.here.0.clone(), None, "");
            }
        }
        if let Some(number) = number_in_list(self.tree, id) {
            self.line.push(&number);
        }
        self.line.keeps_blanks = name == "pre";
        self.children(id)?;
        self.flush();
        self.line.keeps_blanks = false;
        // Words after a paragraph, in none of their own, are found beside it.
        self.here.1 = before.1;
        Ok(())
    }

    fn flush(&mut self) {
        let text = self.line.take();
        if !text.is_empty() {
            self.writer.paragraph(self.here.0.clone(), self.here.1, &text);
        }
    }

    fn table(&mut self, id: Id) -> Result<(), ReadError> {
        let tree = self.tree;
        for caption in tree.children(id).filter(|&child| tree.name(child) == "caption") {
            self.children(caption)?;
            self.flush();
        }
        let Some(number) = self.places.tables.get(&id).copied() else { return self.frame(id) };
        let rows = grid::read(tree, id, &mut self.cells, self.limits)?;
        let place = format!("表{number}");
        let of_cell = |at: At| format!("{place} 第{}行 第{}列", at.row + 1, at.column + 1);
        let mut cells = rows.iter().flatten();
        if let (Some(only), None) = (cells.next(), cells.next()) {
            // A frame around other things is no table.
            self.here = (of_cell(only.at), None);
            self.children(only.id)?;
            self.flush();
            return Ok(());
        }
        if rows.iter().all(Vec::is_empty) {
            return Ok(());
        }
        self.writer.begin_table(place.clone());
        let mut reaching: Vec<At> = Vec::new();
        for (index, row) in rows.iter().enumerate() {
            reaching.retain(|at| at.row + at.row_span > index);
            let mut all: Vec<(At, Option<Id>)> = row.iter().map(|cell| (cell.at, Some(cell.id))).collect();
            all.extend(reaching.iter().map(|&at| (at, None)));
            all.sort_by_key(|(at, _)| at.column);
            self.writer.begin_row();
            for (at, id) in all {
                match id {
                    Some(id) => self.cell(id, at, of_cell(at)),
                    None => self.writer.covered(),
                }
            }
            self.writer.end_row();
            reaching.extend(row.iter().map(|cell| cell.at).filter(|at| at.row_span > 1));
        }
        self.writer.end_table();
        Ok(())
    }

    /// A table that holds others only arranges the page.
    fn frame(&mut self, id: Id) -> Result<(), ReadError> {
        self.children(id)?;
        self.flush();
        Ok(())
    }

    fn cell(&mut self, id: Id, at: At, place: String) {
        let mut paragraphs = Vec::new();
        gather(self.tree, id, &mut Line::default(), &mut paragraphs);
        let texts: Vec<&str> = paragraphs.iter().map(String::as_str).collect();
        self.writer.cell(at, place, &texts);
    }
}

/// The paragraphs of a cell: blocks and broken lines.
fn gather(tree: &Tree, id: Id, line: &mut Line, paragraphs: &mut Vec<String>) {
    for child in tree.children(id) {
        match &tree.nodes[child].kind {
            Kind::Text(text) => line.push(text),
            Kind::Element(element) => match element.name.as_str() {
                "br" => paragraphs.extend(line.taken()),
                "sup" => line.raise(tree, child),
                name => {
                    let block = is_block(name);
                    if block {
                        paragraphs.extend(line.taken());
                        line.push(&number_in_list(tree, child).unwrap_or_default());
                    }
                    gather(tree, child, line, paragraphs);
                    if block {
                        paragraphs.extend(line.taken());
                    }
                }
            },
        }
    }
    if matches!(tree.name(id), "td" | "th") {
        paragraphs.extend(line.taken());
    }
}

fn has_content(tree: &Tree, id: Id) -> bool {
    tree.below(id).into_iter().any(|below| match &tree.nodes[below].kind {
        Kind::Text(text) => !text.trim().is_empty(),
        Kind::Element(_) => false,
    })
}

/// `2. ` before the second item of a numbered list.
fn number_in_list(tree: &Tree, id: Id) -> Option<String> {
    if tree.name(id) != "li" {
        return None;
    }
    let list = tree.nodes[id].parent;
    if tree.name(list) != "ol" {
        return None;
    }
    let first = tree.element(list)?.start.unwrap_or(1);
    let before = tree.children(list).take_while(|&each| each != id).filter(|&each| tree.name(each) == "li").count();
    Some(format!("{}. ", first + before))
}

/// A paragraph as it grows: runs of blanks are one blank.
#[derive(Default)]
struct Line {
    text: String,
    keeps_blanks: bool,
}

impl Line {
    fn push(&mut self, text: &str) {
        if self.keeps_blanks {
            self.text.push_str(&text.replace('\t', "    "));
            return;
        }
        for c in text.chars() {
            if !matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}') {
                self.text.push(c);
            } else if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
                self.text.push(' ');
            }
        }
    }

    fn end_line(&mut self) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
    }

    /// m² keeps its 2; the mark of a note after a number must not become part of it.
    fn raise(&mut self, tree: &Tree, id: Id) {
        let mut words = Line::default();
        let mut lines = Vec::new();
        gather(tree, id, &mut words, &mut lines);
        lines.extend(words.taken());
        let text = lines.concat();
        match text.as_str() {
            "2" if self.text.ends_with(['m', 'M', '米']) => self.text.push('²'),
            "3" if self.text.ends_with(['m', 'M', '米']) => self.text.push('³'),
            _ if text.chars().all(|c| c.is_ascii_digit() || "[]()（）〔〕*①②③④⑤⑥⑦⑧⑨".contains(c)) =>
                {}
            _ => self.text.push_str(&text),
        }
    }

    fn take(&mut self) -> String {
        let text = std::mem::take(&mut self.text);
        text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim_end().to_owned()
    }

    fn taken(&mut self) -> Option<String> {
        Some(self.take()).filter(|text| !text.is_empty())
    }
}
