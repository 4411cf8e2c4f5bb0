//! Scraps of text after a finished sentence, and paragraphs that break off.

use super::{Context, Sink};
use crate::document::{Block, BlockKind, Paragraph};
use crate::rules::reading::{head, is_han};

/// The longest scrap, in characters.
const LONGEST: usize = 8;
/// The shortest paragraph that can have a scrap, in characters.
const SHORTEST_PARAGRAPH: usize = 20;

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let blocks = &context.document.blocks;
    for (at, block) in blocks.iter().enumerate() {
        let BlockKind::Paragraph(paragraph) = &block.kind else { continue };
        if paragraph.flow.text().chars().count() < SHORTEST_PARAGRAPH || goes_on(&blocks[at + 1..]) {
            continue;
        }
        if !scrap(context, paragraph, at, sink) {
            breaks_off(paragraph, sink);
        }
    }
}

/// Whether the text may go on in the next block: a line that was wrapped, a list, a table.
fn goes_on(following: &[Block]) -> bool {
    let next = following.iter().find(|block| !matches!(block.kind, BlockKind::Blank | BlockKind::Furniture));
    match next.map(|block| &block.kind) {
        Some(BlockKind::Paragraph(paragraph)) => paragraph.marker.is_none(),
        Some(BlockKind::Table(_) | BlockKind::Note(_)) => true,
        Some(BlockKind::Heading(_) | BlockKind::Title(_) | BlockKind::Blank | BlockKind::Furniture) | None => false,
    }
}

/// …有待进一步优化。资源约束
fn scrap(context: &Context, paragraph: &Paragraph, block: usize, sink: &mut Sink) -> bool {
    let text = paragraph.flow.text();
    let Some(stop) = text.rfind(['。', '！', '？']) else { return false };
    let start = stop + '。'.len_utf8();
    let scrap = &text[start..];
    let length = scrap.chars().count();
    if !(1..=LONGEST).contains(&length) || !scrap.chars().all(is_han) || is_answer(scrap) {
        return false;
    }
    let repeated = text[..stop].ends_with(scrap);
    let borrowed = length >= 2 && begins_elsewhere(context, scrap, block);
    if !(repeated || borrowed || length == 1) {
        return false;
    }
    let message = format!("句末多出“{scrap}”，不成句");
    sink.report(paragraph.flow.span(start..text.len()), "残留文字", message).suggest("", "删去，或补成完整的句子");
    true
}

/// Whether another paragraph or heading begins with these words: they were copied and not deleted.
fn begins_elsewhere(context: &Context, scrap: &str, block: usize) -> bool {
    context.document.paragraphs().any(|(at, paragraph)| {
        let from = paragraph.marker.as_ref().map_or(0, |marker| marker.range.end);
        at != block && paragraph.flow.text()[from..].starts_with(scrap)
    })
}

/// What may stand alone after a full stop: 无, 特此报告.
fn is_answer(scrap: &str) -> bool {
    let starts =
        ["无", "暂无", "略", "特此", "此致", "敬礼", "附", "详见", "见", "完", "谢谢", "妥否", "以上", "已", "未"];
    let ends =
        ["如下", "情况", "报告", "说明", "局", "中心", "委", "办", "室", "部", "院", "站", "所", "馆", "会", "校"];
    starts.iter().any(|start| scrap.starts_with(start)) || ends.iter().any(|end| scrap.ends_with(end))
}

/// …，加强预算编制和
fn breaks_off(paragraph: &Paragraph, sink: &mut Sink) {
    let text = paragraph.flow.text();
    let ends = ["以及", "和", "与", "及", "将", "把", "使"];
    let Some(word) = ends.iter().find(|end| text.ends_with(**end)) else { return };
    let clause = text.rfind(['，', '。', '；', '、']).map_or(0, |at| at + '，'.len_utf8());
    // 饱和, 参与, 普及: the last character belongs to a word.
    let compound = [
        "饱和", "温和", "总和", "共和", "缓和", "谐和", "参与", "给予", "赋与", "普及", "涉及", "以及", "波及", "大使",
        "行使", "驱使", "促使", "即将",
    ];
    if clause == 0 || *word != "以及" && compound.iter().any(|each| text.ends_with(each)) {
        return;
    }
    let shown = head(&text[clause..], 16);
    let message = format!("“{shown}”到此中断，句子没有写完");
    sink.report(paragraph.flow.span(text.len() - word.len()..text.len()), "句子中断处", message);
}
