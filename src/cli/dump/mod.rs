//! `gouji dump`: what each stage made of a report.

mod ast;
mod dot;
mod facts;

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use super::args::{DumpArgs, DumpFormat, Stage};
use super::{Status, output, rules};
use crate::check::{Audit, audit};
use crate::emit::{clean, cut};
use crate::rules::RuleSet;
use crate::scan::{Input, read};
use crate::source::{Source, Span};

pub(super) fn run(args: &DumpArgs) -> anyhow::Result<Status> {
    let input = match args.file.as_path() {
        path if path == Path::new("-") => Input::Stdin("-".into()),
        path => Input::File(path.to_owned()),
    };
    let source = read(&input).map_err(|error| anyhow::anyhow!("没能读取“{}”：{error}", clean(&input.name())))?;
    let rules = rules::load(&args.rules)?;
    let mut out = output::stdout();
    match (args.format, args.stage) {
        (DumpFormat::Text, stage) => write(&mut out, stage, source, &rules)?,
        (DumpFormat::Dot, Stage::Relations) => dot::write(&mut out, &audit(source, &rules), &rules)?,
        (DumpFormat::Dot, Stage::Text | Stage::Ast | Stage::Facts) => {
            anyhow::bail!("--format dot 只画关系图：gouji dump relations --format dot <文件>")
        }
    }
    out.flush()?;
    Ok(Status::Clean)
}

fn write(out: &mut dyn Write, stage: Stage, source: Source, rules: &RuleSet) -> io::Result<()> {
    if stage == Stage::Text {
        return write_text(out, &source, io::stdout().is_terminal());
    }
    let audit = audit(source, rules);
    match stage {
        Stage::Text | Stage::Ast => ast::write(out, &audit),
        Stage::Facts => facts::write(out, &audit),
        Stage::Relations => write_relations(out, &audit),
    }
}

/// The decoded text as it is, but for what a terminal would obey.
fn write_text(out: &mut dyn Write, source: &Source, terminal: bool) -> io::Result<()> {
    if !terminal {
        return out.write_all(source.text().as_bytes());
    }
    source.lines().try_for_each(|line| writeln!(out, "{}", clean(source.slice(line.span))))
}

fn write_relations(out: &mut dyn Write, audit: &Audit) -> io::Result<()> {
    for relation in &audit.relations.all {
        let numbers: Vec<String> = relation.numbers.iter().map(|id| facts::number(audit, *id)).collect();
        writeln!(out, "{:10} {}", relation.verdict.word(), numbers.join("  "))?;
    }
    writeln!(out, "共 {} 条关系", audit.relations.all.len())
}

/// `12:5`, for the start of a span.
fn at(source: &Source, span: Span) -> String {
    let position = source.position(span.start());
    format!("{}:{}", position.line, position.column)
}

/// The words of a span, on one line, cut where long.
fn words(source: &Source, span: Span) -> String {
    excerpt(source.slice(span), 60)
}

fn excerpt(text: &str, limit: usize) -> String {
    cut(&clean(text.trim()), limit).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Encoding;

    #[test]
    fn every_stage_can_be_shown() {
        let text = "一、概况\n2024年预算12.5万元。\n| 甲 | 1 |\n";
        for stage in [Stage::Text, Stage::Ast, Stage::Facts, Stage::Relations] {
            let mut out = Vec::new();
            let source = Source::from_text("x", text, Encoding::Utf8);
            write(&mut out, stage, source, &RuleSet::builtin()).expect("memory takes every byte");
            assert!(!out.is_empty(), "{stage:?}");
        }
    }

    #[test]
    fn the_graph_joins_each_relation_to_its_numbers() {
        let text = "2024年支出100.00万元，其中：基本支出60.00万元，项目支出35.00万元。\n";
        let rules = RuleSet::builtin();
        let audit = audit(Source::from_text("x", text, Encoding::Utf8), &rules);
        let mut out = Vec::new();
        dot::write(&mut out, &audit, &rules).expect("memory takes every byte");
        let graph = String::from_utf8(out).expect("the graph is text");
        let edges = audit.relations.all.iter().filter(|each| each.reason.is_none());
        assert_eq!(graph.matches(" -- ").count(), edges.map(|each| each.numbers.len()).sum::<usize>());
        assert!(graph.contains("35.00万元\\n1:") && graph.contains("broken"), "{graph}");
    }

    #[test]
    fn excerpts_are_cut_between_characters() {
        assert_eq!(excerpt(" 基本支出 ", 3), "基本支…");
        assert_eq!(excerpt("支出", 3), "支出");
    }
}
