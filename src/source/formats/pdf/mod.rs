//! .pdf with a text layer: characters and ruling lines of each page become paragraphs and tables.
//!
//! `draw` → characters and lines, `page` → lines of text and tables (`lattice`: by ruling lines, `aligned`: by what stands
//! under each other), `furniture` off, `paragraph` and `join` over line and page breaks, `write` → text, `highlight` → remarks on the pages. What cannot be told
//! for certain is left unread, and a note says where.

mod aligned;
mod codes;
mod draw;
mod furniture;
mod geometry;
mod highlight;
mod join;
mod lattice;
mod line;
mod page;
mod paragraph;
mod radicals;
mod trailer;
mod vet;
mod write;

use super::{Limits, Reading, Remark};
use crate::source::ReadError;
pub(super) use geometry::{Area, Axis, Glyph, Page, Rule, is_type};
pub(super) use radicals::unified;

use draw::Trouble;
use geometry::Own;
use write::{Written, pages_named};

/// The text of a report and its layout.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Reading, ReadError> {
    Ok(written(&pages(bytes, limits)?).reading)
}

/// The text of pages that another format draws, and its layout.
pub(super) fn read_pages(pages: &[Page], format: &str) -> Result<Reading, ReadError> {
    refuse_unreadable(pages).map_err(|error| ReadError(error.0.replace("PDF", format)))?;
    Ok(written(pages).reading)
}

/// The file with remarks on its text as highlights with notes. Its own bytes are the beginning of the new ones.
pub(super) fn annotate(bytes: &[u8], remarks: &[Remark], limits: &Limits) -> Result<Vec<u8>, ReadError> {
    let pages = pages(bytes, limits)?;
    let own: Vec<Own> = pages.iter().map(|page| page.own).collect();
    let irregular = "这份 PDF 加了密或结构不规范，不能加批注；请在阅读器里另存一份后再试，或用 gouji report 出具网页";
    highlight::highlighted(bytes, &written(&pages), &own, remarks).ok_or_else(|| ReadError::new(irregular))
}

/// The file without what `annotate` appended.
pub(super) fn strip(bytes: &[u8]) -> Result<Vec<u8>, ReadError> {
    let foreign = "这份 PDF 末尾没有 gouji 写的批注，或批注之后又被改过；请用写批注之前的文件";
    highlight::without(bytes).map(<[u8]>::to_vec).ok_or_else(|| ReadError::new(foreign))
}

fn pages(bytes: &[u8], limits: &Limits) -> Result<Vec<Page>, ReadError> {
    let pages = draw::pages(bytes, limits).map_err(|trouble| ReadError::new(refusal(trouble)))?;
    refuse_unreadable(&pages)?;
    Ok(pages)
}

/// The text of the pages, its layout, and where every character of it is printed.
fn written(pages: &[Page]) -> Written {
    let mut items: Vec<Vec<page::Item>> = pages.iter().enumerate().map(|(at, page)| page::items(at, page)).collect();
    let heights: Vec<i32> = pages.iter().map(|page| page.height).collect();
    furniture::remove(&mut items, &heights);
    let extents: Vec<(i32, i32)> = items.iter().map(|items| join::extent(items.iter().map(page::Item::area))).collect();
    let widths: Vec<i32> = pages.iter().map(|page| page.width).collect();
    let blocks = join::tables(paragraph::blocks(items, &widths), &extents);
    write::write(&blocks, notes(pages))
}

fn refusal(trouble: Trouble) -> &'static str {
    match trouble {
        Trouble::Encrypted => "PDF 有密码，打不开；请在阅读器里去掉密码，另存后再查",
        Trouble::Damaged => "PDF 文件不完整或已损坏；请重新下载或重新导出后再查",
        Trouble::Endless => "PDF 的页数或内容多得不像一份报告；请确认选对了文件，或拆分后再查",
    }
}

/// Files without text that can be relied on.
fn refuse_unreadable(pages: &[Page]) -> Result<(), ReadError> {
    let seen = || pages.iter().flat_map(|page| &page.glyphs).filter(|glyph| glyph.c != ' ');
    let (count, unknown) = (seen().count(), seen().filter(|glyph| glyph.c == char::REPLACEMENT_CHARACTER).count());
    let (hidden, pictured) = (pages.iter().any(|page| page.hidden > 0), pages.iter().any(|page| page.pictured));
    let scanned =
        "这份 PDF 是扫描件，只有图片，没有文字；请改用 Word 原件或能复制文字的 PDF，或先识别文字存为纯文本（.txt）再查";
    let recognised =
        "这份 PDF 是扫描件，其中的文字是机器识别的，数字可能认错；请改用 Word 原件或由 Word 导出的 PDF 再查";
    let coded = "这份 PDF 的字体没有文字编码，读出来是乱码；请改用 Word 原件，或换一种方式导出 PDF 后再查";
    // Stamps and page numbers on scans do not make a text layer.
    match () {
        () if count < 20 * pages.len() && pictured && hidden => Err(ReadError::new(recognised)),
        () if count < 20 * pages.len().min(20) && pictured => Err(ReadError::new(scanned)),
        () if count == 0 && hidden => Err(ReadError::new(recognised)),
        () if count == 0 => Err(ReadError::new("PDF 里没有文字；请确认报告已经保存，或改用 Word 原件")),
        () if unknown * 10 > count => Err(ReadError::new(coded)),
        () => Ok(()),
    }
}

/// What a reader should know of pages that are not read as they look.
fn notes(pages: &[Page]) -> Vec<String> {
    let which = |holds: &dyn Fn(&Page) -> bool| {
        pages.iter().enumerate().filter(|(_, page)| holds(page)).map(|(at, _)| at).collect::<Vec<usize>>()
    };
    let scanned = which(&|page| page.pictured && page.glyphs.len() < 20);
    let hidden = which(&|page| page.hidden > 0 && !(page.pictured && page.glyphs.len() < 20));
    let said = |pages: Vec<usize>, what: &str| (!pages.is_empty()).then(|| format!("{}{what}", pages_named(&pages)));
    [said(scanned, "是图片，没有文字可查；请对照原件"), said(hidden, "有看不见的文字，没有读")]
        .into_iter()
        .flatten()
        .collect()
}
