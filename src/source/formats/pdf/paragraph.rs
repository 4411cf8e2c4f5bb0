//! Lines to paragraphs: a line goes on in the next one if it ends because the page does.

use std::collections::BTreeMap;

use super::geometry::POINT;
use super::line::{Letter, Line, Printed};
use super::page::{Item, Table};

/// The report in reading order.
#[derive(Clone, Debug)]
pub(super) enum Block {
    Paragraph(Vec<Printed>),
    Table(Table),
}

/// So many lines tell where the margins of a page are.
const LINES: usize = 8;

/// The blocks of all pages.
///
/// `widths` are the widths of the pages.
pub(super) fn blocks(pages: Vec<Vec<Item>>, widths: &[i32]) -> Vec<Block> {
    let margins: Vec<Margins> =
        pages.iter().zip(widths).map(|(items, width)| Margins::of(lines(items), *width)).collect();
    let width = widths.iter().copied().max().unwrap_or(0);
    let everywhere = Margins::of(pages.iter().flat_map(|items| lines(items)), width);
    let style = Style::of(&pages, &everywhere);
    let mut blocks: Vec<Block> = Vec::new();
    for (page, items) in pages.into_iter().enumerate() {
        let margins = if margins[page].known || widths[page] != width { &margins[page] } else { &everywhere };
        for item in items {
            match (item, blocks.last_mut()) {
                (Item::Table(table), _) => blocks.push(Block::Table(table)),
                (Item::Line(line), Some(Block::Paragraph(before))) if style.goes_on(before, page, &line, margins) => {
                    before.push(Printed { page, line });
                }
                (Item::Line(line), _) => blocks.push(Block::Paragraph(vec![Printed { page, line }])),
            }
        }
    }
    blocks
}

fn lines(items: &[Item]) -> impl Iterator<Item = &Line> {
    items.iter().filter_map(|item| match item {
        Item::Line(line) => Some(line),
        Item::Table(_) => None,
    })
}

/// Where lines begin and end.
#[derive(Clone, Copy, Debug)]
struct Margins {
    left: i32,
    right: i32,
    /// Enough lines tell them.
    known: bool,
}

impl Margins {
    /// The outermost places at which several lines begin or end. Of a few lines none needs to be full: then the margin at
    /// the right is as wide as that at the left.
    fn of<'l>(lines: impl Iterator<Item = &'l Line>, width: i32) -> Margins {
        let lines: Vec<&Line> = lines.collect();
        let enough = (lines.len() / 10).max(2);
        let near = |place: i32, size: i32, ends: &dyn Fn(&Line) -> i32| {
            lines.iter().filter(|line| (ends(line) - place).abs() * 4 <= size * 3).count() >= enough
        };
        let left = lines.iter().filter(|line| near(line.area.left, line.size, &|l| l.area.left));
        let right = lines.iter().filter(|line| near(line.area.right, line.size, &|l| l.area.right));
        let outer_left = left.map(|line| line.area.left).min().or(lines.iter().map(|line| line.area.left).min());
        let outer_right = right.map(|line| line.area.right).max().or(lines.iter().map(|line| line.area.right).max());
        let (left, right, known) = (outer_left.unwrap_or(0), outer_right.unwrap_or(0), lines.len() >= LINES);
        Margins { left, right: if known { right } else { right.max(width - left) }, known }
    }
}

/// How the report sets its paragraphs.
struct Style {
    /// First lines are indented.
    indented: bool,
    /// The usual distance of lines, in tenths of their size.
    pitch: i32,
}

impl Style {
    fn of(pages: &[Vec<Item>], margins: &Margins) -> Style {
        let (mut indented, mut flush) = (0, 0);
        let mut pitches: BTreeMap<i32, usize> = BTreeMap::new();
        for items in pages {
            let lines: Vec<&Line> = lines(items).collect();
            for pair in lines.windows(2) {
                let [first, second] = pair else { continue };
                let full = margins.right - first.area.right < 2 * first.size;
                if full && first.area.left - second.area.left > first.size {
                    indented += 1;
                } else if full && (first.area.left - second.area.left).abs() * 2 < first.size {
                    flush += usize::from(first.area.left - margins.left > first.size);
                }
                let pitch = (second.area.bottom - first.area.bottom) * 10 / first.size.max(1);
                if full && (8..40).contains(&pitch) {
                    *pitches.entry(pitch).or_default() += 1;
                }
            }
        }
        let pitch = pitches.into_iter().max_by_key(|&(pitch, count)| (count, -pitch)).map_or(18, |(pitch, _)| pitch);
        Style { indented: indented >= flush, pitch }
    }

    /// Whether a line goes on with a paragraph.
    fn goes_on(&self, before: &[Printed], page: usize, line: &Line, margins: &Margins) -> bool {
        let (Some(first), Some(last)) = (before.first(), before.last()) else { return false };
        let (first, last, same_page) = (&first.line, &last.line, last.page == page);
        let distance = line.area.bottom - last.area.bottom;
        let near = !same_page || distance * 10 <= last.size * (self.pitch + self.pitch / 3);
        let alike = (line.size - last.size).abs() * 12 <= last.size;
        let full = margins.right - last.area.right < first_word(line) + last.size / 2;
        let begins = ends_sentence(last) && begins_item(line);
        near && !begins
            && alike
            && full
            && page <= before[before.len() - 1].page + 1
            && self.aligned(before.len(), first, last, line, margins)
    }

    /// Whether a line begins where the lines after the first of a paragraph begin.
    fn aligned(&self, count: usize, first: &Line, last: &Line, line: &Line, margins: &Margins) -> bool {
        let size = line.size;
        let indent = |line: &Line| line.area.left - margins.left;
        if count > 1 {
            return (line.area.left - last.area.left).abs() < size;
        }
        if first.area.left - line.area.left > size / 2 {
            return indent(line) < size || first.area.left - line.area.left < 3 * size;
        }
        let level = (line.area.left - first.area.left).abs() * 2 < size;
        level && (indent(first) < size || !self.indented)
    }
}

fn ends_sentence(line: &Line) -> bool {
    line.letters.last().is_some_and(|letter| "。；：！？”".contains(letter.c))
}

/// 一、 （一） 1. 1、 （1） ①
fn begins_item(line: &Line) -> bool {
    let head: String = line.letters.iter().take(5).map(|letter| letter.c).collect();
    let inner = head.trim_start_matches(['（', '(']);
    let digits = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let rest = inner.trim_start_matches(digits);
    let numbered = rest.len() < inner.len();
    let closed =
        if inner.len() < head.len() { rest.starts_with(['）', ')']) } else { rest.starts_with(['、', '.', '．']) };
    numbered && closed || head.starts_with(|c: char| ('①'..='⑳').contains(&c))
}

/// How wide what a line begins with is: a word that cannot be broken, or a character with the signs that may not begin a
/// line.
fn first_word(line: &Line) -> i32 {
    let Some(first) = line.letters.first() else { return 0 };
    let bound = |pair: &[Letter]| {
        let (one, two) = (pair[0].c, pair[1].c);
        !pair[1].apart && (in_word(one) && in_word(two) || "，。、；：！？）》”％%".contains(two))
    };
    let end = line.letters.windows(2).take_while(|pair| bound(pair)).last();
    end.map_or(first.area.width(), |pair| pair[1].area.right - first.area.left)
}

fn in_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | ',' | '%' | '-')
}

/// What stands between a line and the line that goes on with it: nothing between Chinese characters and within a number
/// that the end of a full line cut, else a blank. `room` is how much of the first line was left free.
pub(super) fn between(before: &Line, after: &Line, room: i32) -> &'static str {
    let (Some(last), Some(first)) = (before.letters.last(), after.letters.first()) else { return "" };
    let figure = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    if figure(last.c) && figure(first.c) {
        return if room < before.size / 2 + POINT { "" } else { " " };
    }
    if last.c.is_ascii_alphanumeric() && first.c.is_ascii_alphanumeric() { " " } else { "" }
}

#[cfg(test)]
mod tests {
    use super::super::line::{lines as read, tests::print};
    use super::*;

    /// Lines as `(text, left in characters)` under each other; each page apart.
    fn shown(pages: &[&[(&str, i32)]]) -> Vec<String> {
        let items = |lines: &&[(&str, i32)]| {
            let glyphs = lines.iter().enumerate();
            let glyphs =
                glyphs.flat_map(|(row, (text, left))| print(text, left * 1000, 3000 + row as i32 * 1800, 1000));
            read(glyphs.collect()).into_iter().map(Item::Line).collect::<Vec<_>>()
        };
        let text = |block: &Block| match block {
            Block::Paragraph(lines) => lines.iter().map(|printed| printed.line.text()).collect::<Vec<_>>().join("+"),
            Block::Table(_) => "表".into(),
        };
        let pages: Vec<Vec<Item>> = pages.iter().map(items).collect();
        let widths = vec![12_000; pages.len()];
        blocks(pages, &widths).iter().map(text).collect()
    }

    #[test]
    fn indented_paragraphs() {
        let page = &[
            ("一二三四五六七八九十", 2),
            ("一二三四五六七八九十一二", 0),
            ("三四五。", 0),
            ("一二三四五六七八九。", 2),
            ("一二三四五六七八九十", 2),
            ("一二三。", 0),
        ][..];
        assert_eq!(
            shown(&[page]),
            [
                "一二三四五六七八九十+一二三四五六七八九十一二+三四五。",
                "一二三四五六七八九。",
                "一二三四五六七八九十+一二三。"
            ]
        );
    }

    #[test]
    fn paragraphs_go_on_over_pages() {
        let pages: &[&[(&str, i32)]] = &[
            &[("一二三四五六七八九十", 2), ("一二三四五六七八九十一二", 0)],
            &[("三四五。", 0), ("一二三四五六七八九十", 2), ("一二三四五六七八九十一二", 0)],
        ];
        assert_eq!(
            shown(pages),
            ["一二三四五六七八九十+一二三四五六七八九十一二+三四五。", "一二三四五六七八九十+一二三四五六七八九十一二"]
        );
    }

    #[test]
    fn short_lines_end_paragraphs() {
        let page =
            &[("一二三四五六七八九十一二", 0), ("三四五六", 0), ("七八九十", 0), ("一二三四五六七八九十一二", 0)][..];
        assert_eq!(shown(&[page]), ["一二三四五六七八九十一二+三四五六", "七八九十", "一二三四五六七八九十一二"]);
    }

    #[test]
    fn numbers_cut_by_the_end_of_a_line() {
        let line = |text: &str| read(print(text, 0, 3000, 1000)).remove(0);
        assert_eq!(between(&line("支出12"), &line("34.5万元"), 0), "");
        assert_eq!(between(&line("支出12"), &line("34.5万元"), 4000), " ");
        assert_eq!(between(&line("支出"), &line("34.5万元"), 0), "");
    }
}
