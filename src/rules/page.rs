//! Rule pages: `rules/<id>.md` is a rule's definition, its documentation and its tests.

use std::ops::Range;
use std::sync::OnceLock;

use serde::Deserialize;
use toml::Spanned;

use super::checks;
use super::example::{self, Example, ExampleKind};
use super::surroundings::Surroundings;
use super::syntax::{self, Block};
use super::wording::Wording;
use crate::finding::{Confidence, Family, Severity};
use crate::relations::Formula;
use crate::source::{Source, Span};

/// A valid rule page.
#[derive(Clone, Debug)]
pub struct Page {
    /// ASCII kebab-case; the name of the page's file.
    pub id: String,
    pub title: String,
    pub family: Family,
    pub severity: Severity,
    /// How sure a finding of this rule is; by default as sure as its operands are.
    pub confidence: Option<Confidence>,
    /// The regulation or the arithmetic that the rule rests on.
    pub basis: String,
    /// The version that brought the rule.
    pub since: String,
    /// 查什么, 为什么, 怎么改
    pub what: String,
    pub why: String,
    pub remedy: String,
    /// None for a rule written in Rust and for one on words alone.
    pub formulas: Vec<Formula>,
    /// Of each formula.
    pub(super) surroundings: Vec<Surroundings>,
    pub(super) wordings: Vec<Wording>,
    /// Read when they are first asked for, unless the page had to be checked.
    examples: OnceLock<Vec<Example>>,
    pub source: Source,
}

/// What is wrong with a page, in Chinese, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageError {
    pub message: String,
    /// In the page's text.
    pub span: Span,
}

/// A page as split, before anything is checked.
struct RawPage<'a> {
    matter: Range<usize>,
    body: Vec<Line<'a>>,
}

/// A line of a page and where it begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    pub(super) start: usize,
    pub(super) text: &'a str,
}

impl Line<'_> {
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Matter {
    title: Spanned<String>,
    family: Spanned<String>,
    severity: Spanned<String>,
    basis: Spanned<String>,
    since: Spanned<String>,
    check: Option<Spanned<String>>,
    confidence: Option<Spanned<String>>,
}

/// The head of a built-in page, as it was read when the program was built.
pub(super) struct Head {
    pub(super) title: &'static str,
    pub(super) family: &'static str,
    pub(super) severity: &'static str,
    pub(super) basis: &'static str,
    pub(super) since: &'static str,
    pub(super) check: Option<&'static str>,
    pub(super) confidence: Option<&'static str>,
}

impl Head {
    /// It was read before, so nothing points to its places.
    fn matter(&self) -> Matter {
        let field = |text: &str| Spanned::new(0..0, text.to_owned());
        Matter {
            title: field(self.title),
            family: field(self.family),
            severity: field(self.severity),
            basis: field(self.basis),
            since: field(self.since),
            check: self.check.map(field),
            confidence: self.confidence.map(field),
        }
    }
}

impl Page {
    /// The page of a source whose name is its file's name.
    pub fn parse(source: &Source) -> Result<Page, Vec<PageError>> {
        let raw = RawPage::split(source, true).map_err(|error| vec![error])?;
        raw.validate(source, raw.matter(source)?, true)
    }

    /// The page of a source whose examples are known to be valid and are not read yet, nor is its head where it was before.
    pub(super) fn parse_tested(source: &Source, head: Option<&Head>) -> Result<Page, Vec<PageError>> {
        let page = head.and_then(|head| {
            let raw = RawPage::split(source, false).ok()?;
            raw.validate(source, head.matter(), false).ok()
        });
        page.map_or_else(|| Page::parse(source), Ok)
    }

    /// Whether the rule is a function of the program.
    pub fn is_rust(&self) -> bool {
        self.formulas.is_empty() && self.wordings.is_empty()
    }

    pub fn examples(&self) -> &[Example] {
        self.examples.get_or_init(|| {
            let raw = RawPage::split(&self.source, true).expect("the page was split before");
            example::parse(&raw.body, &mut |_, _| {})
        })
    }

    /// The page's whole text.
    pub fn text(&self) -> &str {
        self.source.text()
    }
}

impl<'a> RawPage<'a> {
    /// The page, with or without its examples, which are most of it and come last.
    fn split(source: &'a Source, with_examples: bool) -> Result<RawPage<'a>, PageError> {
        let lines = source.lines().map(|line| Line { start: line.span.start(), text: source.slice(line.span) });
        let lines: Vec<Line> = lines.take_while(|line| with_examples || !line.text.starts_with("### ")).collect();
        let fences: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].text.trim_end() == "+++").take(2).collect();
        let (&[0, close], Some(first)) = (fences.as_slice(), lines.get(1)) else {
            return Err(PageError {
                message: "页首应是由两行 +++ 围起的 TOML".into(),
                span: source.span(0, lines.first().map_or(0, Line::end)),
            });
        };
        Ok(RawPage { matter: first.start..lines[close].start, body: lines[close + 1..].to_vec() })
    }

    /// The head, read from its TOML.
    fn matter(&self, source: &Source) -> Result<Matter, Vec<PageError>> {
        toml::from_str(&source.text()[self.matter.clone()]).map_err(|error| {
            let at = error.span().unwrap_or(0..0);
            let start = source.text()[..self.matter.start + at.start].len();
            let span = source.span(start, (self.matter.start + at.end).max(start));
            vec![PageError { message: head_fault(error.message()), span }]
        })
    }

    fn validate(&self, source: &Source, matter: Matter, with_examples: bool) -> Result<Page, Vec<PageError>> {
        let mut errors = Vec::new();
        let mut fail = |message: String, span: Range<usize>| {
            errors.push(PageError { message, span: source.span(span.start, span.end) });
        };
        let top = || 0..source.lines().next().map_or(0, |line| line.span.end());
        let id = page_id(source.name());
        if !is_kebab_case(&id) {
            fail(format!("页名“{id}”应由小写英文字母、数字和连字符组成，例如 training-over-standard.md"), top());
        }
        let place = |range: Range<usize>| self.matter.start + range.start..self.matter.start + range.end;
        let mut word = |field: &Spanned<String>, name: &str, words: &[&str]| {
            fail(format!("{name}“{}”不认识；可以写 {}", field.get_ref(), words.join("、")), place(field.span()));
        };
        let family = Family::from_word(matter.family.get_ref());
        if family.is_none() {
            word(&matter.family, "family ", Family::WORDS);
        }
        let severity = Severity::from_word(matter.severity.get_ref());
        if severity.is_none() {
            word(&matter.severity, "severity ", Severity::WORDS);
        }
        let confidence = matter.confidence.as_ref().and_then(|field| Confidence::from_word(field.get_ref()));
        if let (Some(field), None) = (&matter.confidence, confidence) {
            word(field, "confidence ", Confidence::WORDS);
        }
        if let Some(check) = matter.check.as_ref().filter(|check| check.get_ref() != "rust") {
            word(check, "check ", &["rust"]);
        }
        for field in [&matter.title, &matter.basis, &matter.since] {
            if field.get_ref().trim().is_empty() {
                fail("此项不能为空".into(), place(field.span()));
            }
        }
        let section = |label: &str| paragraph(&self.body, label);
        let [what, why, remedy] = ["查什么：", "为什么：", "怎么改："].map(|label| {
            section(label).unwrap_or_else(|| {
                fail(format!("缺“{label}”一段"), top());
                String::new()
            })
        });
        let blocks = self.formula_blocks();
        match (blocks.first(), &matter.check) {
            (Some(block), Some(_)) => fail("用 Rust 写的规则不能再有公式".into(), block[0].start..block[0].end()),
            (None, None) => fail("缺公式：一个 ```formula 块，或页首的 check = \"rust\"".into(), top()),
            (None, Some(check)) if !checks::registry().iter().any(|(known, _)| *known == id) => {
                let span = place(check.span());
                fail("程序里没有这条规则；check = \"rust\" 只能用在内置的规则上".into(), span);
            }
            (Some(_), None) | (None, Some(_)) => {}
        }
        let (mut formulas, mut surroundings, mut wordings) = (Vec::new(), Vec::new(), Vec::new());
        for block in &blocks {
            match syntax::parse(source, block, family.unwrap_or(Family::Sum)) {
                Ok(Block::Wording(wording)) => wordings.push(wording),
                Ok(Block::Formula(formula, around)) => {
                    formulas.push(formula);
                    surroundings.push(around);
                }
                Err(error) => fail(error.message, error.span.start()..error.span.end()),
            }
        }
        let examples = OnceLock::new();
        if with_examples {
            let read = examples.get_or_init(|| example::parse(&self.body, &mut fail));
            for (kind, name) in [(ExampleKind::Fires, "报"), (ExampleKind::Silent, "不报")] {
                if !read.iter().any(|example| example.kind == kind) {
                    fail(format!("至少要有一个“### {name}：”的例子"), top());
                }
            }
        }
        let (Some(family), Some(severity), true) = (family, severity, errors.is_empty()) else { return Err(errors) };
        Ok(Page {
            id,
            title: matter.title.into_inner(),
            family,
            severity,
            confidence,
            basis: matter.basis.into_inner(),
            since: matter.since.into_inner(),
            what,
            why,
            remedy,
            formulas,
            surroundings,
            wordings,
            examples,
            source: source.clone(),
        })
    }

    /// The lines between each ```` ```formula ```` and its end.
    fn formula_blocks(&self) -> Vec<Vec<Line<'a>>> {
        let opens = (0..self.body.len()).filter(|at| self.body[*at].text.trim_end() == "```formula");
        let block = |open: usize| {
            self.body[open + 1..].iter().take_while(|line| line.text.trim_end() != "```").copied().collect::<Vec<_>>()
        };
        opens.map(block).filter(|block| !block.is_empty()).collect()
    }
}

/// 查什么：…, up to the next blank line or the next such label.
fn paragraph(body: &[Line], label: &str) -> Option<String> {
    let at = body.iter().position(|line| line.text.starts_with(label))?;
    let labels = ["查什么：", "为什么：", "怎么改："];
    let more = body[at + 1..]
        .iter()
        .map(|line| line.text.trim())
        .take_while(|text| !text.is_empty() && !text.starts_with('`') && !labels.iter().any(|l| text.starts_with(l)));
    let first = body[at].text[label.len()..].trim();
    let text: String = std::iter::once(first).chain(more).collect();
    (!text.is_empty()).then_some(text)
}

/// What is wrong with the head of a page, as far as its author can mend it.
fn head_fault(message: &str) -> String {
    let quoted = |head: &str| message.strip_prefix(head)?.strip_prefix('`')?.split('`').next();
    if let Some(field) = quoted("missing field ") {
        return format!("页首缺 {field} 一行");
    }
    if let Some(field) = quoted("unknown field ") {
        return format!("页首没有“{field}”这一项；可以写 title、family、severity、basis、since、confidence、check");
    }
    "页首读不懂：每行写成 项 = \"内容\"，用英文的等号和引号，一项只写一次".to_owned()
}

/// The file's name without folders and `.md`.
fn page_id(name: &str) -> String {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    file.strip_suffix(".md").unwrap_or(file).to_owned()
}

fn is_kebab_case(id: &str) -> bool {
    !id.is_empty()
        && id
            .split('-')
            .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()))
}
