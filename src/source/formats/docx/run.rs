//! What stands in a paragraph: runs, breaks, fields, symbols, text boxes.

use super::model::{Block, Fragment, Reference};
use super::style::toggle;
use super::symbol;
use super::walk::{Field, Story, chosen};
use super::xml::{Element, Node, Space};
use crate::source::ReadError;

/// The text of a paragraph while it is read.
#[derive(Default)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) fragments: Vec<Fragment>,
    pub(super) references: Vec<Reference>,
    pub(super) boxes: Vec<Block>,
    /// The paragraph's style hides its text.
    pub(super) hidden: bool,
    /// A page number was referred to.
    pub(super) pages: bool,
}

impl Line {
    /// Puts what Word prints itself before the text.
    pub(super) fn begin_with(&mut self, label: &str) {
        self.text.insert_str(0, label);
        for fragment in &mut self.fragments {
            fragment.text.start += label.len();
            fragment.text.end += label.len();
        }
    }

    /// Reads what is inside an element: a paragraph, or something in it that changes nothing about its text.
    pub(super) fn read(&mut self, story: &mut Story<'_>, inside: &Element<'_>) -> Result<(), ReadError> {
        for each in inside.elements() {
            match (each.space, each.name) {
                (Space::Word, "r") => self.run(story, each)?,
                (Space::Word, "ins" | "moveTo") => {
                    story.seen.tracked += 1;
                    self.read(story, each)?;
                }
                (Space::Word, "del" | "moveFrom") => story.seen.tracked += 1,
                (Space::Word, "pPr" | "rPr" | "sdtPr" | "sdtEndPr" | "smartTagPr" | "customXmlPr") => {}
                (Space::Word, "fldSimple") => self.simple_field(story, each)?,
                (Space::Math, "oMath" | "oMathPara") => self.formula(story, each),
                (Space::Compatibility, "AlternateContent") => {
                    if let Some(chosen) = chosen(each) {
                        self.read(story, chosen)?;
                    }
                }
                _ => self.read(story, each)?,
            }
        }
        Ok(())
    }

    fn simple_field(&mut self, story: &mut Story<'_>, field: &Element<'_>) -> Result<(), ReadError> {
        let code = field.attribute("instr").unwrap_or_default().into_owned();
        let field_state = Field { code, result: true };
        self.pages |= field_state.is("PAGEREF");
        story.fields.push(field_state);
        self.read(story, field)?;
        story.fields.pop();
        Ok(())
    }

    fn run(&mut self, story: &mut Story<'_>, run: &Element<'_>) -> Result<(), ReadError> {
        let properties = run.child("rPr");
        let style = properties.and_then(|each| each.child("rStyle")).and_then(|each| each.attribute("val"));
        let by_style = || style.as_deref().map(|style| story.styles.hides(Some(style)));
        let hidden = toggle(properties, "vanish").or_else(by_style).unwrap_or(self.hidden);
        for each in run.elements() {
            self.piece(story, each, hidden)?;
        }
        Ok(())
    }

    /// One thing in a run.
    fn piece(&mut self, story: &mut Story<'_>, each: &Element<'_>, hidden: bool) -> Result<(), ReadError> {
        let shown = story.fields.iter().all(|field| field.result);
        match (each.space, each.name) {
            (Space::Word, "fldChar") => self.field(story, each),
            (Space::Word, "instrText") => {
                if let Some(field) = story.fields.last_mut().filter(|field| !field.result) {
                    field.code.push_str(&each.text());
                }
            }
            (Space::Word, "t") if hidden => story.seen.hidden += usize::from(shown && !each.text().trim().is_empty()),
            (Space::Word, "commentReference") => story.seen.comments += 1,
            (Space::Word, "drawing" | "pict" | "object") => self.boxes(story, each)?,
            (Space::Compatibility, "AlternateContent") => {
                if let Some(chosen) = chosen(each) {
                    for each in chosen.elements() {
                        self.piece(story, each, hidden)?;
                    }
                }
            }
            (Space::Word, "ruby") => {
                if let Some(base) = each.child("rubyBase") {
                    self.read(story, base)?;
                }
            }
            (Space::Word, name) if shown && !hidden => self.visible(name, each),
            _ => {}
        }
        Ok(())
    }

    fn visible(&mut self, name: &str, each: &Element<'_>) {
        match name {
            "t" => self.push_text(each),
            "tab" | "ptab" => self.text.push('\t'),
            "br" | "cr" => self.text.push('\n'),
            "noBreakHyphen" => self.text.push('-'),
            "sym" => {
                let code = each.attribute("char").and_then(|code| u32::from_str_radix(&code, 16).ok());
                let font = each.attribute("font").unwrap_or_default();
                self.text.push(symbol::shown(&font, code.unwrap_or(0)));
            }
            "footnoteReference" | "endnoteReference" => {
                let id = each.attribute("id").unwrap_or_default().into_owned();
                self.references.push(Reference { endnote: name == "endnoteReference", id });
            }
            _ => {}
        }
    }

    /// Line ends inside of text are blanks.
    fn push_text(&mut self, element: &Element<'_>) {
        for node in &element.children {
            let Node::Text(piece) = node else { continue };
            let start = self.text.len();
            self.text.extend(piece.text.chars().map(|c| if matches!(c, '\n' | '\r') { ' ' } else { c }));
            let text = start..self.text.len();
            self.fragments.push(Fragment { text, part: piece.range.clone() });
        }
    }

    fn field(&mut self, story: &mut Story<'_>, mark: &Element<'_>) {
        match mark.attribute("fldCharType").as_deref() {
            Some("begin") => {
                if story.fields.iter().all(|field| field.result) {
                    self.text.push_str(&filled_in(mark));
                }
                story.fields.push(Field { code: String::new(), result: false });
            }
            Some("separate") => {
                if let Some(field) = story.fields.last_mut() {
                    field.result = true;
                    self.pages |= field.is("PAGEREF");
                }
            }
            Some("end") => {
                story.fields.pop();
            }
            _ => {}
        }
    }

    /// The text boxes of a drawing.
    fn boxes(&mut self, story: &mut Story<'_>, drawing: &Element<'_>) -> Result<(), ReadError> {
        for each in drawing.elements() {
            if each.is(Space::Word, "txbxContent") {
                let fields = std::mem::take(&mut story.fields);
                self.boxes.extend(story.blocks(each)?);
                story.fields = fields;
            } else if each.is(Space::Compatibility, "AlternateContent") {
                if let Some(chosen) = chosen(each) {
                    self.boxes(story, chosen)?;
                }
            } else {
                self.boxes(story, each)?;
            }
        }
        Ok(())
    }

    /// A formula on one line: fractions as a/b.
    fn formula(&mut self, story: &Story<'_>, formula: &Element<'_>) {
        if !story.fields.iter().all(|field| field.result) {
            return;
        }
        for each in formula.elements() {
            match (each.space, each.name) {
                (Space::Math, "t") => self.push_text(each),
                (Space::Math, "den") => {
                    self.text.push('/');
                    self.formula(story, each);
                }
                _ => self.formula(story, each),
            }
        }
    }
}

/// What a form field shows that has no text of its own: a box, or the chosen entry of a list.
fn filled_in(mark: &Element<'_>) -> String {
    let Some(data) = mark.child("ffData") else { return String::new() };
    if let Some(boxed) = data.child("checkBox") {
        let ticked = toggle(Some(boxed), "checked").or_else(|| toggle(Some(boxed), "default")).unwrap_or(false);
        return if ticked { "☑".into() } else { "□".into() };
    }
    let chosen = data.child("ddList").and_then(|list| {
        let number = |name: &str| list.child(name)?.attribute("val")?.parse::<usize>().ok();
        let at = number("result").or_else(|| number("default")).unwrap_or(0);
        list.elements().filter(|each| each.name == "listEntry").nth(at)?.attribute("val")
    });
    chosen.map(|entry| entry.into_owned()).unwrap_or_default()
}
