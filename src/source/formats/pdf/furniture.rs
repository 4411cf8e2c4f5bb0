//! Page numbers and running heads, which belong to the paper and not to the report.

use super::geometry::POINT;
use super::page::Item;

/// How near to the edge of a page running heads stand: the margins of official documents are wider.
const MARGIN: i32 = 64 * POINT;
/// How many lines at the top and at the bottom of a page may be its furniture.
const DEEP: usize = 3;

/// Takes the furniture off the pages. `heights` are the heights of the pages.
pub(super) fn remove(pages: &mut [Vec<Item>], heights: &[i32]) {
    let kept: Vec<Vec<bool>> = (0..pages.len())
        .map(|page| (0..pages[page].len()).map(|at| !is_furniture(pages, heights, page, at)).collect())
        .collect();
    for (items, kept) in pages.iter_mut().zip(kept) {
        let mut kept = kept.into_iter();
        items.retain(|_| kept.next().unwrap_or(true));
    }
}

fn is_furniture(pages: &[Vec<Item>], heights: &[i32], page: usize, at: usize) -> bool {
    let (items, height) = (&pages[page], heights[page]);
    let Item::Line(line) = &items[at] else { return false };
    let (top, bottom) = (at < DEEP && all_lines(&items[..at]), at + DEEP >= items.len() && all_lines(&items[at + 1..]));
    let text = line.text();
    if (top || bottom) && numbers_page(&text) {
        // A bare number may be what is left of a table; a page number stands in the margin.
        return is_decorated(&text) || in_margin(line.area.top, line.area.bottom, height);
    }
    let repeated = repetitions(pages, page, &text, line.area.bottom);
    (top || bottom)
        && in_margin(line.area.top, line.area.bottom, height)
        && repeated >= 2
        && repeated * 2 >= pages.len() - 1
}

fn all_lines(items: &[Item]) -> bool {
    items.iter().all(|item| matches!(item, Item::Line(_)))
}

fn in_margin(top: i32, bottom: i32, height: i32) -> bool {
    bottom < MARGIN || height - top < MARGIN
}

/// On how many other pages the same words stand at the same height.
fn repetitions(pages: &[Vec<Item>], page: usize, text: &str, height: i32) -> usize {
    let same = |item: &Item| match item {
        Item::Line(line) => (line.area.bottom - height).abs() < 3 * POINT && alike(&line.text(), text),
        Item::Table(_) => false,
    };
    pages.iter().enumerate().filter(|(other, items)| *other != page && items.iter().any(same)).count()
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
}
