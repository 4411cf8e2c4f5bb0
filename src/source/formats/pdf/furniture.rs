//! Page numbers and running heads, which belong to the paper and not to the report.

use std::collections::BTreeMap;

use super::geometry::POINT;
use super::line::Line;
use super::page::Item;

/// How near to the edge of a page running heads stand: the margins of official documents are wider.
const MARGIN: i32 = 64 * POINT;
/// How many lines at the top and at the bottom of a page may be its furniture.
const DEEP: usize = 3;

/// Takes the furniture off the pages. `heights` are the heights of the pages.
pub(super) fn remove(pages: &mut [Vec<Item>], heights: &[i32]) {
    let paper = Paper { pages, heights, size: usual_size(pages) };
    let edges: Vec<Edge> = paper.edges().collect();
    let repeated: Vec<Edge> = edges.iter().copied().filter(|edge| paper.is_furniture(edge)).collect();
    let heads = edges.iter().filter(|edge| repeated.contains(edge) || paper.stands_where(edge, &repeated));
    let mut taken: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    heads.for_each(|edge| taken.entry(edge.page).or_default().push(edge.at));
    for (page, taken) in taken {
        let mut at = 0;
        pages[page].retain(|_| {
            at += 1;
            !taken.contains(&(at - 1))
        });
    }
}

/// The size of most type outside of tables.
fn usual_size(pages: &[Vec<Item>]) -> i32 {
    let mut sizes: BTreeMap<i32, usize> = BTreeMap::new();
    for item in pages.iter().flatten() {
        if let Item::Line(line) = item {
            *sizes.entry(line.size).or_default() += line.letters.len();
        }
    }
    sizes.into_iter().max_by_key(|&(size, letters)| (letters, size)).map_or(0, |(size, _)| size)
}

struct Paper<'p> {
    pages: &'p [Vec<Item>],
    heights: &'p [i32],
    /// The size of the report's type.
    size: i32,
}

/// A line at the top or the foot of a page, above or below everything else but other such lines.
#[derive(Clone, Copy)]
struct Edge<'p> {
    page: usize,
    at: usize,
    line: &'p Line,
}

impl PartialEq for Edge<'_> {
    fn eq(&self, other: &Self) -> bool {
        (self.page, self.at) == (other.page, other.at)
    }
}

impl<'p> Paper<'p> {
    fn edges(&self) -> impl Iterator<Item = Edge<'p>> {
        let edges = |(page, items): (usize, &'p Vec<Item>)| {
            let edge = move |(at, item): (usize, &'p Item)| {
                let top = at < DEEP && all_lines(&items[..at]);
                let foot = at + DEEP >= items.len() && all_lines(&items[at + 1..]);
                match item {
                    Item::Line(line) if top || foot => Some(Edge { page, at, line }),
                    _ => None,
                }
            };
            items.iter().enumerate().filter_map(edge)
        };
        self.pages.iter().enumerate().flat_map(edges)
    }

    fn is_furniture(&self, edge: &Edge) -> bool {
        let text = edge.line.text();
        if numbers_page(&text) {
            // A bare number may be what is left of a table; a page number stands in the margin.
            return is_decorated(&text) || self.in_margin(edge);
        }
        if !self.in_margin(edge) || names_unit(&text) {
            return false;
        }
        let repeated = self.repetitions(edge, &text);
        let everywhere = repeated.len() >= 2 && repeated.len() * 2 >= self.pages.len() - 1;
        // The pages of a chapter, or those on the right, have a head of their own.
        let nearby = || repeated.iter().any(|page| page.abs_diff(edge.page) <= 2);
        everywhere || self.is_small(edge.line) && nearby()
    }

    /// Whether a line is set where most pages have their head or foot: a chapter may have one page.
    fn stands_where(&self, edge: &Edge, furniture: &[Edge]) -> bool {
        let same = |other: &&Edge| other.page != edge.page && stand_alike(edge.line, other.line);
        let mut pages: Vec<usize> = furniture.iter().filter(same).map(|other| other.page).collect();
        pages.dedup();
        self.is_small(edge.line)
            && self.in_margin(edge)
            && !names_unit(&edge.line.text())
            && pages.len() >= 2
            && pages.len() * 2 >= self.pages.len() - 1
    }

    fn in_margin(&self, edge: &Edge) -> bool {
        edge.line.area.bottom < MARGIN || self.heights[edge.page] - edge.line.area.top < MARGIN
    }

    /// Whether a line is set in smaller type than the report: titles of forms are not.
    fn is_small(&self, line: &Line) -> bool {
        line.size * 10 <= self.size * 9
    }

    /// The other pages on which the same words stand at the same height.
    fn repetitions(&self, edge: &Edge, text: &str) -> Vec<usize> {
        let same = |item: &Item| match item {
            Item::Line(line) => stand_alike(line, edge.line) && alike(&line.text(), text),
            Item::Table(_) => false,
        };
        let others = self.pages.iter().enumerate().filter(|(page, _)| *page != edge.page);
        others.filter(|(_, items)| items.iter().any(same)).map(|(page, _)| page).collect()
    }
}

fn all_lines(items: &[Item]) -> bool {
    items.iter().all(|item| matches!(item, Item::Line(_)))
}

fn stand_alike(one: &Line, other: &Line) -> bool {
    let same_type = (one.size - other.size).abs() * 12 <= one.size;
    same_type && (one.area.bottom - other.area.bottom).abs() < 3 * POINT
}

/// 单位：万元, which a table below it needs.
fn names_unit(text: &str) -> bool {
    text.contains("单位") && text.contains(['：', ':'])
}

/// Equal but for digits: 第3页 第4页
fn alike(one: &str, other: &str) -> bool {
    let letters = |text: &str| text.chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
    let words = letters(one);
    !words.trim().is_empty() && words == letters(other)
}

/// 5, — 5 —, 第5页, 第 5 页 共 20 页, 5/20
fn numbers_page(text: &str) -> bool {
    let inner: String = text.chars().filter(|c| !is_ornament(*c)).collect();
    let digits = |text: &str| (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    let worded = inner.strip_prefix('第').and_then(|rest| rest.split_once('页'));
    match worded {
        Some((number, rest)) => {
            let total = rest.trim_start_matches(['，', ',', '/', '（']).trim_end_matches('）');
            let total = total.trim_start_matches('共').trim_end_matches('页');
            digits(number) && (total.is_empty() || digits(total))
        }
        None => match inner.split_once('/') {
            Some((number, total)) => digits(number) && digits(total),
            None => digits(&inner) && inner.len() <= 3,
        },
    }
}

fn is_ornament(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '—' | '–' | '－' | '―' | '·' | '~' | '～' | '•')
}

fn is_decorated(text: &str) -> bool {
    text.contains('页') || text.starts_with(is_ornament) && text.ends_with(is_ornament)
}

#[cfg(test)]
mod tests {
    use super::super::line::{lines, tests::print};
    use super::*;

    #[test]
    fn page_numbers_in_their_forms() {
        let numbers = ["5", "— 12 —", "-5-", "第5页", "第 5 页 共 20 页", "第5页，共20页", "5/20"];
        assert!(numbers.iter().all(|text| numbers_page(text)));
        let others = ["5万元", "2024", "1.5", "第5页所列数据", "共5项", ""];
        assert!(others.iter().all(|text| !numbers_page(text)));
    }

    fn page(texts: &[(&str, i32)]) -> Vec<Item> {
        texts.iter().flat_map(|(text, base)| lines(print(text, 9000, *base, 1000))).map(Item::Line).collect()
    }

    /// Two lines of text under a small head.
    fn headed(head: &str, height: i32, body: &str) -> Vec<Item> {
        let head = lines(print(head, 9000, height, 800)).into_iter().map(Item::Line);
        head.chain(page(&[(body, 12_000), ("其余各项按规定执行，年末全部支付完毕", 14_000)])).collect()
    }

    fn left(pages: &mut [Vec<Item>]) -> Vec<String> {
        let heights = vec![84_200; pages.len()];
        remove(pages, &heights);
        let text = |item: &Item| match item {
            Item::Line(line) => line.text(),
            Item::Table(_) => "表".into(),
        };
        pages.iter().map(|items| items.iter().map(text).collect::<Vec<_>>().join("/")).collect()
    }

    #[test]
    fn heads_that_repeat_in_the_margin_go() {
        let one = |body: &str, number: &str| page(&[("某局二〇二四年度报告", 4_500), (body, 12_000), (number, 80_000)]);
        let mut pages = [one("一、概况", "1"), one("二、收支", "2"), one("三、结论", "3")];
        assert_eq!(left(&mut pages), ["一、概况", "二、收支", "三、结论"]);
    }

    #[test]
    fn titles_that_repeat_below_the_margin_stay() {
        let one = |body: &str| page(&[("项目支出绩效自评表", 9_000), (body, 12_000), ("115", 60_000)]);
        let mut pages = [one("甲"), one("乙"), one("丙")];
        assert_eq!(left(&mut pages)[0], "项目支出绩效自评表/甲/115");
    }

    const REST: &str = "/其余各项按规定执行，年末全部支付完毕";

    #[test]
    fn small_heads_on_two_pages_go() {
        let mut pages = [headed("某局自评报告", 4_500, "一、概况"), headed("某局自评报告", 4_500, "二、收支")];
        assert_eq!(left(&mut pages), [format!("一、概况{REST}"), format!("二、收支{REST}")]);
    }

    #[test]
    fn heads_of_right_and_left_pages_go() {
        let head = |page: usize| if page.is_multiple_of(2) { "某局" } else { "自评报告" };
        let mut pages: Vec<Vec<Item>> = (0..5).map(|page| headed(head(page), 4_500, "甲")).collect();
        assert!(left(&mut pages).iter().all(|text| *text == format!("甲{REST}")));
    }

    #[test]
    fn the_head_of_a_chapter_of_one_page_goes() {
        let heads = ["第一章", "第一章", "第二章", "第二章", "附录与说明"];
        let mut pages: Vec<Vec<Item>> = heads.iter().map(|head| headed(head, 4_500, "甲")).collect();
        assert!(left(&mut pages).iter().all(|text| *text == format!("甲{REST}")));
    }

    #[test]
    fn what_is_no_head_stays() {
        let titles = |text: &str| page(&[(text, 4_500), ("基本支出", 12_000)]);
        let mut pages = [titles("项目支出绩效自评表"), titles("项目支出绩效自评表")];
        assert_eq!(left(&mut pages)[1], "项目支出绩效自评表/基本支出", "as large as the text");
        let mut pages: Vec<Vec<Item>> = (0..4).map(|_| headed("金额单位：万元", 4_500, "甲")).collect();
        assert_eq!(left(&mut pages)[1], format!("金额单位：万元/甲{REST}"), "the unit of a table");
        let mut pages = [headed("某局", 4_500, "甲"), headed("某局自评", 5_200, "乙"), headed("其他", 4_900, "丙")];
        assert_eq!(left(&mut pages)[0], format!("某局/甲{REST}"), "other words elsewhere");
    }
}
