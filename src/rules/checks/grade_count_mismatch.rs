//! 等级个数与项目个数不符: 9个项目开展自评, of which 优 6个, 良 2个 and none of the others.

use super::near::sentences;
use super::{Context, Sink, proof};
use crate::document::literal::Dimension;
use crate::document::{Hedge, Literal, Paragraph, Sentence};
use crate::exact::Exact;
use crate::rules::reading::{contains_any, tail};

/// The grades, the longer words first.
const GRADES: &[&str] = &["不合格", "优秀", "良好", "中等", "合格", "较差", "优", "良", "中", "差"];
/// How many blocks before its grades the number of projects stands at most.
const REACH: usize = 6;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    for (block, paragraph, sentence) in sentences(context.document) {
        let graded: Vec<&Literal> = graded(paragraph, sentence);
        let Some(sum) = graded.iter().try_fold(Exact::ZERO, |sum, count| sum.plus(count.value)) else { continue };
        if graded.len() < 2 {
            continue;
        }
        let Some(whole) = whole(context, block, graded[0]) else { continue };
        let text = paragraph.flow.slice(sentence.range.clone());
        let closed = contains_any(text, &["没有", "无“", "均为", "其余", "0个"]) || graded.len() >= 3;
        if sum == whole.value || sum < whole.value && !closed {
            continue;
        }
        let message = format!("{}项目，各等级合起来是{sum}个", context.source.slice(whole.span));
        let proof = proof::sum(&graded, "≠", whole);
        sink.report(whole.span, "项目数", message)
            .proof(proof)
            .with_all(graded.iter().map(|count| count.span), "等级个数");
    }
}

/// The counts of a sentence that follow a grade: “优”的6个, 评为良好2个.
fn graded<'d>(paragraph: &'d Paragraph, sentence: &Sentence) -> Vec<&'d Literal> {
    let text = paragraph.flow.text();
    let is_graded = |literal: &&Literal| {
        let before = tail(&text[sentence.range.start..literal.range.start], 8);
        let before = before.trim_end_matches(|c| "”\"’》）)的等级项目共有为是：:，".contains(c));
        GRADES.iter().any(|grade| before.ends_with(grade))
    };
    let counts: Vec<&Literal> = paragraph.literals_in(&sentence.range).filter(|literal| is_count(literal)).collect();
    if counts.len() < 2 { Vec::new() } else { counts.into_iter().filter(is_graded).collect() }
}

fn is_count(literal: &Literal) -> bool {
    literal.unit.dimension() == Dimension::Count && literal.places == 0 && literal.hedge == Hedge::None
}

/// 对9个项目全部开展绩效自评: the last count of projects before the grades whose sentence speaks of their assessment.
fn whole<'c>(context: &'c Context, block: usize, first: &Literal) -> Option<&'c Literal> {
    let blocks = (block.saturating_sub(REACH)..=block).rev();
    blocks.filter_map(|at| context.document.blocks[at].paragraph()).find_map(|paragraph| {
        let text = paragraph.flow.text();
        let assessed = |literal: &&Literal| {
            let sentence = paragraph.sentence_at(literal.range.start);
            let words = sentence.map_or("", |sentence| &text[sentence.range.clone()]);
            let after: String = text[literal.range.end..].chars().take(6).collect();
            let of_projects = after.contains("项目") || tail(&text[..literal.range.start], 5).contains("项目");
            of_projects && contains_any(words, &["自评", "评价", "评定"])
        };
        let before = paragraph.literals.iter().filter(|literal| literal.span < first.span && is_count(literal));
        before.rev().find(assessed)
    })
}
