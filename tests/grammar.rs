//! Does the grammar read reports? Snippets in `tests/grammar/*.txt`, each with what it is read as, one line for each node.
//!
//! ```text
//! --- 千分位 ---
//! 2024年预算1,234.50万元。
//! =>
//! 2024年 = 日期
//! 1,234.50万元 = 1234.50 WanYuan
//! ```
//!
//! The file says which nodes are written: numbers, sentences, blocks, tables, facts or claims. A section whose name begins
//! with 漏： (something is not read) or 误： (something is read wrongly) pins what is wrong today, and says in a line that
//! begins with `# ` what would be right. `GOUJI_BLESS=1 cargo test --test grammar` writes what is read now, and fails
//! once, so that the change is looked at.

#[path = "common/validate.rs"]
mod validate;

use std::fmt::Write;
use std::path::Path;

use gouji::check::{Audit, audit};
use gouji::document::{Blank, Block, BlockKind, Cell, Document, Hedge, LiteralKind, Marker, Paragraph, Table};
use gouji::facts::{Claim, Entity, Fact, NumberId, Operand, OperandKind, Period};
use gouji::rules::RuleSet;
use gouji::source::{Encoding, Source};
use libtest_mimic::{Arguments, Failed, Trial};

/// What a file's snippets are written as.
type View = fn(&Audit) -> String;

const FILES: &[(&str, View)] = &[
    ("numbers", numbers),
    ("sentences", sentences),
    ("blocks", blocks),
    ("tables", tables),
    ("facts", facts),
    ("claims", claims),
];

fn main() -> std::process::ExitCode {
    let mut trials = Vec::new();
    let mut changed = 0;
    for (name, view) in FILES {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/grammar/{name}.txt"));
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let sections = split(&text);
        if std::env::var_os("GOUJI_BLESS").is_some() {
            let blessed: String = sections.iter().map(|section| section.blessed(*view)).collect();
            if blessed != text {
                std::fs::write(&path, blessed).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
                changed += 1;
            }
        }
        let view = *view;
        trials.extend(
            sections
                .into_iter()
                .map(|section| Trial::test(format!("{name}::{}", section.name), move || section.check(view))),
        );
    }
    trials.push(Trial::test("blessed", move || match changed {
        0 => Ok(()),
        _ => Err(format!("{changed} files of tests/grammar were rewritten: look at the diff, then run again").into()),
    }));
    trials.push(Trial::test("names", names));
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

/// Cases in lists, duplicates rejected.
fn names() -> Result<(), Failed> {
    for (name, _) in FILES {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/grammar/{name}.txt"));
        let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
        let mut seen: Vec<String> = split(&text).into_iter().map(|section| section.name).collect();
        seen.sort();
        if let Some(twice) = seen.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(format!("{name}.txt has two sections called {}", twice[0]).into());
        }
    }
    Ok(())
}

/// One snippet and what it is expected to be read as.
struct Section {
    name: String,
    snippet: String,
    /// Lines that begin with `# `, before the expectation.
    comments: String,
    expected: String,
}

fn split(text: &str) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut in_snippet = false;
    for line in text.lines() {
        if let Some(name) =
            line.strip_prefix("--- ").and_then(|rest| rest.strip_suffix(" ---")).filter(|name| !name.contains('|'))
        {
            let (snippet, comments, expected) = Default::default();
            sections.push(Section { name: name.to_owned(), snippet, comments, expected });
            in_snippet = true;
            continue;
        }
        let section = sections.last_mut().expect("a file begins with `--- 名称 ---`");
        let part = match line {
            "=>" if in_snippet => {
                in_snippet = false;
                continue;
            }
            _ if in_snippet => &mut section.snippet,
            _ if line.starts_with("# ") && section.expected.is_empty() => &mut section.comments,
            "" => continue,
            _ => &mut section.expected,
        };
        part.push_str(line);
        part.push('\n');
    }
    sections
}

impl Section {
    fn read(&self, view: View) -> Result<String, String> {
        let audit = audit(Source::from_text("例", self.snippet.as_str(), Encoding::Utf8), &RuleSet::default());
        validate::audit(&audit)?;
        Ok(view(&audit))
    }

    fn check(&self, view: View) -> Result<(), Failed> {
        let wrong_today = self.name.starts_with("漏：") || self.name.starts_with("误：");
        if wrong_today == self.comments.is_empty() {
            return Err("漏 and 误 say in a line `# …` what would be right; other sections need no comment".into());
        }
        let now = self.read(view)?;
        if now == self.expected {
            return Ok(());
        }
        let hint = if wrong_today { "read better now? then give it a name without 漏 or 误\n" } else { "" };
        Err(format!("{hint}{}", difference(&self.expected, &now)).into())
    }

    fn blessed(&self, view: View) -> String {
        let now = self.read(view).unwrap_or_else(|error| format!("{error}\n"));
        format!("--- {} ---\n{}=>\n{}{now}\n", self.name, self.snippet, self.comments)
    }
}

/// Lines that are missing and lines that are new.
fn difference(expected: &str, now: &str) -> String {
    let only = |a: &str, b: &str, sign: char| -> String {
        a.lines().filter(|line| !b.lines().any(|each| each == *line)).map(|line| format!("{sign} {line}\n")).collect()
    };
    format!("{}{}read now:\n{now}", only(expected, now, '-'), only(now, expected, '+'))
}

/// `1,234.50万元 = 1234.50 WanYuan 约`
fn numbers(audit: &Audit) -> String {
    let mut out = String::new();
    for number in &audit.facts.numbers {
        let literal = &number.literal;
        let text = audit.source.slice(literal.span).split_whitespace().collect::<Vec<_>>().join(" ");
        let kind = match literal.kind {
            LiteralKind::Measure => String::new(),
            LiteralKind::Date => " 日期".into(),
            LiteralKind::Code => " 编码".into(),
            LiteralKind::Name => " 名称".into(),
        };
        if kind.is_empty() {
            let printed = if literal.unit_printed { "" } else { "（承袭）" };
            write!(out, "{text} = {} {:?}{printed}", literal.value, literal.unit).expect("memory takes every byte");
        } else {
            write!(out, "{text} ={kind}").expect("memory takes every byte");
        }
        writeln!(out, "{}", hedge(literal.hedge)).expect("memory takes every byte");
    }
    out
}

fn hedge(hedge: Hedge) -> &'static str {
    match hedge {
        Hedge::None => "",
        Hedge::About => " 约",
        Hedge::More => " 余",
        Hedge::AtLeast => " 以上",
        Hedge::AtMost => " 以下",
    }
}

/// A sentence on a line: clauses between bars, each behind as many brackets as are open around it.
fn sentences(audit: &Audit) -> String {
    let mut out = String::new();
    for (_, paragraph) in audit.document.paragraphs() {
        for sentence in &paragraph.sentences {
            let clause = |clause: &gouji::document::Clause| {
                let end = clause.end.map_or(String::new(), String::from);
                format!("{}{} {end}", "（".repeat(clause.depth.into()), paragraph.flow.slice(clause.range.clone()))
            };
            let clauses: Vec<String> = sentence.clauses.iter().map(clause).collect();
            out.push_str(clauses.join(" | ").trim_end());
            out.push('\n');
        }
    }
    out
}

/// `标2 HanParen1 部门职责 ‖ 负责全市…`: a block with its level, number, title and the text after it.
fn blocks(audit: &Audit) -> String {
    let document = &audit.document;
    document.blocks.iter().map(|block| format!("{}\n", block_line(document, block).trim_end())).collect()
}

fn block_line(document: &Document, block: &Block) -> String {
    let level = block.section.map_or(0, |id| document.section(id).level);
    match &block.kind {
        BlockKind::Blank => "空".into(),
        BlockKind::Furniture => "杂".into(),
        BlockKind::Table(table) => format!("表{level} {} 行", table.rows.len()),
        BlockKind::Title(p) => format!("题 {}", words(p)),
        BlockKind::Heading(p) => format!("标{level} {}", words(p)),
        BlockKind::Paragraph(p) => format!("段{level} {}", words(p)),
        BlockKind::Note(p) => format!("注{level} {}", words(p)),
    }
}

fn words(paragraph: &Paragraph) -> String {
    let marker = |marker: &Marker| {
        let soft = if marker.soft { "~" } else { "" };
        format!("{:?}{}{soft} ", marker.style, marker.number)
    };
    let number = paragraph.marker.as_ref().map(marker).unwrap_or_default();
    let flow = &paragraph.flow;
    let text = match &paragraph.title {
        Some(title) => format!("{} ‖ {}", flow.slice(title.clone()), &flow.text()[title.end..]),
        None => flow.text().to_owned(),
    };
    match text.char_indices().nth(48) {
        Some((end, _)) => format!("{number}{}…", &text[..end]),
        None => format!("{number}{text}"),
    }
}

/// A table as rows of its grid: `·` nothing, `□` left blank, `—` not applicable, `←` goes on from the left.
fn tables(audit: &Audit) -> String {
    let mut out = String::new();
    for block in &audit.document.blocks {
        match &block.kind {
            BlockKind::Table(table) => out.push_str(&grid(table)),
            BlockKind::Blank => {}
            _ => {
                out.push_str(block_line(&audit.document, block).trim_end());
                out.push('\n');
            }
        }
    }
    out
}

fn grid(table: &Table) -> String {
    let unit = table.unit.map_or(String::new(), |unit| format!(" {unit:?}"));
    let bands: Vec<String> = table.bands.iter().map(|band| format!(" {:?}/{:?}", band.header, band.body)).collect();
    let mut out = format!("表{unit}{}\n", bands.concat());
    for row in &table.rows {
        let mut columns: Vec<String> = Vec::new();
        for cell in &row.cells {
            columns.resize(cell.column.max(columns.len()), String::new());
            columns.push(cell_words(cell));
            columns.extend((1..cell.column_span).map(|_| "←".to_owned()));
        }
        writeln!(out, "| {} |", columns.join(" | ")).expect("memory takes every byte");
    }
    out
}

fn cell_words(cell: &Cell) -> String {
    match cell.blank {
        Blank::Filled => cell.flow.text().to_owned(),
        Blank::Merged => "↑".into(),
        Blank::Bare => "·".into(),
        Blank::Spaces => "□".into(),
        Blank::NotApplicable => "—".into(),
    }
}

fn printed(audit: &Audit, id: NumberId) -> String {
    audit.source.slice(audit.facts.number(id).literal.span).split_whitespace().collect()
}

/// `12.5万元 exp.basic Level Final 2024 〔项目〕`: a number, its concept, measure, stage, period, scope and item.
fn facts(audit: &Audit) -> String {
    let mut out = String::new();
    for Fact { number, key, .. } in &audit.facts.facts {
        let concept = if key.concept.0.is_empty() { "—" } else { key.concept.0 };
        let period = match key.period {
            Period::Unstated => "—".to_owned(),
            Period::Year(year) => year.to_string(),
        };
        let item = match &key.entity {
            Entity::Unit => String::new(),
            Entity::Item(name) => format!(" 〔{name}〕"),
        };
        let text = printed(audit, *number);
        writeln!(out, "{text} {concept} {:?} {:?} {period} {:?}{item}", key.measure, key.stage, key.scope)
            .expect("memory takes every byte");
    }
    out
}

/// `列举 合计=支出:100万元 各项=甲:60万元 + 乙:40万元`
fn claims(audit: &Audit) -> String {
    let role = |(role, operands): &(gouji::facts::Role, Vec<Operand>)| {
        let operands: Vec<String> = operands.iter().map(|each| operand(audit, each)).collect();
        format!("{}={}", role.word(), operands.join(" + "))
    };
    let line = |claim: &Claim| {
        let known = claim.roles.iter().filter(|(_, operands)| !operands.is_empty());
        format!("{} {}\n", claim.kind.word(), known.map(role).collect::<Vec<_>>().join(" "))
    };
    audit.facts.claims.iter().map(line).collect()
}

fn operand(audit: &Audit, operand: &Operand) -> String {
    let sign = if operand.negative { "−" } else { "" };
    let value = match &operand.kind {
        OperandKind::Number(id) => printed(audit, *id),
        OperandKind::Counted { count, .. } => format!("#{count}"),
        OperandKind::Constant(value) => format!("={value}"),
    };
    match operand.name.as_str() {
        "" => format!("{sign}{value}"),
        name => format!("{name}:{sign}{value}"),
    }
}
