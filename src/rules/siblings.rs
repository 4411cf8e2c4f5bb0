//! Runs of numbers that belong together: the headings and list items that stand side by side under one parent.
//!
//! This is not [`Document::sections`]: there a wrong number is made to fit so that text finds its section; here it must
//! show.

use std::collections::VecDeque;

use crate::document::{BlockKind, Document, Marker, MarkerStyle, Paragraph};
use crate::rules::reading::head;
use crate::source::Source;
use crate::source::formats::written;

/// One numbered paragraph.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item<'d> {
    pub(super) block: usize,
    pub(super) marker: &'d Marker,
    /// It is a heading or begins with one.
    pub(super) heading: bool,
    /// It is nothing but a heading.
    pub(super) whole: bool,
    pub(super) words: &'d str,
}

/// Items side by side, in order.
#[derive(Clone, Debug)]
pub(super) struct Series<'d> {
    pub(super) items: Vec<Item<'d>>,
    /// No series of the same style was open when it began, so its first number should be 1.
    pub(super) fresh: bool,
    /// The styles of its items in the order in which they come up, like ones together, each with how many items have it.
    styles: Vec<(MarkerStyle, usize)>,
}

impl<'d> Series<'d> {
    fn new(first: Item<'d>, fresh: bool) -> Series<'d> {
        let mut series = Series { items: Vec::new(), fresh, styles: Vec::new() };
        series.push(first);
        series
    }

    fn push(&mut self, item: Item<'d>) {
        let style = item.marker.style;
        match self.styles.iter_mut().find(|(each, _)| each.is_like(style)) {
            Some((_, count)) => *count += 1,
            None => self.styles.push((style, 1)),
        }
        self.items.push(item);
    }

    fn last(&self) -> &Item<'d> {
        self.items.last().expect("a series begins with an item")
    }

    /// The style that most items have; of two, the earlier one.
    pub(super) fn style(&self) -> MarkerStyle {
        let most = self.styles.iter().rev().max_by_key(|(_, count)| *count);
        most.map(|(style, _)| *style).expect("a series begins with an item")
    }

    pub(super) fn continues_at(&self, style: MarkerStyle, number: u32) -> bool {
        self.last().marker.number + 1 == number && self.last().marker.style == style
    }
}

/// All series of a report, in the order of their first items.
pub(super) fn read<'d>(source: &Source, document: &'d Document) -> Vec<Series<'d>> {
    let entries = entries(document);
    let following = following(&entries);
    let mut reader =
        Reader { source, entries: &entries, following, series: Vec::new(), open: VecDeque::new(), bare: None };
    for at in 0..entries.len() {
        reader.step(at);
    }
    reader.series
}

enum Entry<'d> {
    /// Numbers begin anew: a title, an attachment, a part.
    Restart,
    /// A heading without a number, by its block.
    Bare(usize),
    Item(Item<'d>),
}

fn entries(document: &Document) -> Vec<Entry<'_>> {
    document.blocks.iter().enumerate().filter_map(|(block, each)| entry(block, &each.kind)).collect()
}

fn entry(block: usize, kind: &BlockKind) -> Option<Entry<'_>> {
    let (paragraph, whole) = match kind {
        BlockKind::Title(_) => return Some(Entry::Restart),
        BlockKind::Heading(paragraph) => (paragraph, true),
        BlockKind::Paragraph(paragraph) => (paragraph, false),
        BlockKind::Blank | BlockKind::Furniture | BlockKind::Table(_) | BlockKind::Note(_) => return None,
    };
    let Some(marker) = &paragraph.marker else { return whole.then_some(Entry::Bare(block)) };
    match marker.style {
        MarkerStyle::Attachment | MarkerStyle::Part => Some(Entry::Restart),
        MarkerStyle::Circled | MarkerStyle::HanIs => None,
        _ if is_number_phrase(paragraph, marker) => None,
        _ => Some(Entry::Item(Item {
            block,
            marker,
            heading: paragraph.title.is_some(),
            whole,
            words: words(paragraph),
        })),
    }
}

/// The heading's words, or the whole text after the number.
fn words(paragraph: &Paragraph) -> &str {
    match &paragraph.title {
        Some(title) => paragraph.flow.slice(title.clone()),
        None => &paragraph.flow.text()[paragraph.marker.as_ref().map_or(0, |marker| marker.range.end)..],
    }
}

/// 三、四季度 and 1、2月份 begin with numbers, but not with list numbers.
fn is_number_phrase(paragraph: &Paragraph, marker: &Marker) -> bool {
    let rest = &paragraph.flow.text()[marker.range.end..];
    let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十两".contains(c));
    let nouns = ["季度", "月", "级", "号", "日", "类", "楼", "等", "期", "层", "次", "个", "家", "项"];
    let number = rest.len() - digits.len();
    (1..=6).contains(&number) && nouns.iter().any(|noun| digits.starts_with(noun)) || rest.contains('|')
}

/// The next entry of each style.
type Following = [Option<usize>; STYLES];

const STYLES: usize = MarkerStyle::HanIs as usize + 1;

/// For each entry, what follows it before numbers begin anew.
fn following(entries: &[Entry]) -> Vec<Following> {
    let mut following = vec![[None; STYLES]; entries.len()];
    let mut next = [None; STYLES];
    for (at, entry) in entries.iter().enumerate().rev() {
        following[at] = next;
        match entry {
            Entry::Restart => next = [None; STYLES],
            Entry::Bare(_) => {}
            Entry::Item(item) => next[item.marker.style as usize] = Some(at),
        }
    }
    following
}

/// The most series that may go on at once: more than any report nests, few enough to look at each.
const MOST_OPEN: usize = 200;

struct Reader<'r, 'd> {
    source: &'r Source,
    entries: &'r [Entry<'d>],
    following: Vec<Following>,
    series: Vec<Series<'d>>,
    /// The series that may go on, outermost first.
    open: VecDeque<usize>,
    /// The block of the last heading without a number.
    bare: Option<usize>,
}

impl<'d> Reader<'_, 'd> {
    fn step(&mut self, at: usize) {
        match &self.entries[at] {
            Entry::Restart => self.open.clear(),
            Entry::Bare(block) => self.bare = Some(*block),
            Entry::Item(item) => match self.place(item, at) {
                Some(depth) => {
                    self.open.truncate(depth + 1);
                    self.series[self.open[depth]].push(*item);
                }
                None => {
                    let fresh = self.find(|series| series.style().is_like(item.marker.style)).is_none();
                    if self.open.len() == MOST_OPEN {
                        self.open.pop_front();
                    }
                    self.open.push_back(self.series.len());
                    self.series.push(Series::new(*item, fresh));
                }
            },
        }
    }

    fn find(&self, wanted: impl Fn(&Series<'d>) -> bool) -> Option<usize> {
        self.open.iter().rposition(|&index| wanted(&self.series[index]))
    }

    /// Which open series an item belongs to; `None` where it opens its own.
    fn place(&self, item: &Item<'d>, at: usize) -> Option<usize> {
        let (style, number) = (item.marker.style, item.marker.number);
        if number == 1 {
            return self.find(|series| self.repeats_one(series, item, at));
        }
        self.find(|series| series.continues_at(style, number))
            .or_else(|| self.find(|s| s.last().marker.style.is_like(style) && s.last().marker.number + 1 == number))
            .or_else(|| self.find(|series| self.resumes(series, item, at) && self.is_next(series, item)))
            .or_else(|| self.find(|series| self.changes_style(series, item, at) && self.is_next(series, item)))
            .or_else(|| self.find(|s| s.last().marker.style == style && s.last().marker.number <= number))
    }

    /// 一、甲 … 一、乙 … 二、丙: the second 一 repeats the number, it does not begin a list.
    fn repeats_one(&self, series: &Series<'d>, item: &Item<'d>, at: usize) -> bool {
        let style = item.marker.style;
        let outer = matches!(style, MarkerStyle::Han | MarkerStyle::HanParen);
        let [only] = series.items.as_slice() else { return false };
        outer
            && only.marker.style == style
            && only.marker.number == 1
            && only.whole
            && item.whole
            && !only.marker.soft
            && !item.marker.soft
            && self.bare.is_none_or(|bare| bare < only.block)
            && self.next_of(style, at).is_some_and(|next| next.marker.number == 2 && next.whole)
    }

    /// The next item of a style, before numbers begin anew.
    fn next_of(&self, style: MarkerStyle, at: usize) -> Option<&Item<'d>> {
        self.items_of(style, at).next()
    }

    /// The items of a style after an entry, before numbers begin anew.
    fn items_of(&self, style: MarkerStyle, at: usize) -> impl Iterator<Item = &Item<'d>> {
        let next = move |at: usize| self.following[at][style as usize];
        std::iter::successors(next(at), move |at| next(*at)).filter_map(|at| match &self.entries[at] {
            Entry::Item(item) => Some(item),
            Entry::Restart | Entry::Bare(_) => None,
        })
    }

    /// Whether an item has the number that comes next in a series of headings of another style, and that number's
    /// predecessor does not stand inside the text.
    fn is_next(&self, series: &Series<'d>, item: &Item<'d>) -> bool {
        let (style, number) = (item.marker.style, item.marker.number);
        let last = series.last();
        let next = last.marker.number + 1 == number && !last.marker.style.is_like(style);
        let between = last.marker.span.end()..item.marker.span.start();
        next && item.heading == last.heading && !names_number(&self.source.text()[between], style, number - 1)
    }

    /// 二、 3、 4、 五、: the series' own style goes on after a run of the other style.
    fn resumes(&self, series: &Series<'d>, item: &Item<'d>, at: usize) -> bool {
        let usual = series.style();
        let Some(next) = self.next_of(usual, at).filter(|_| !usual.is_like(item.marker.style)) else { return false };
        let later = self.items_of(item.marker.style, at);
        let run = later.take_while(|each| each.block < next.block).map(|each| each.marker.number);
        let longest = run.fold(item.marker.number, |longest, number| longest + u32::from(number == longest + 1));
        next.marker.number == longest + 1
    }

    /// （一） … （2）: the number goes on, the style does not.
    fn changes_style(&self, series: &Series<'d>, item: &Item<'d>, at: usize) -> bool {
        let style = item.marker.style;
        let last = series.last();
        let own = self.find(|series| series.last().marker.style == style);
        let near = last.marker.style.usual_level().abs_diff(style.usual_level()) <= 2;
        own.is_none() && near && last.whole == item.whole && !self.counts_on(item, series, at)
    }

    /// Whether the item's own style goes on to a number that the series' style reaches by itself: a list whose first
    /// number is lost, not a series whose style changes.
    fn counts_on(&self, item: &Item<'d>, series: &Series<'d>, at: usize) -> bool {
        let number = item.marker.number;
        self.next_of(series.last().marker.style, at).is_some_and(|next| next.marker.number == number)
    }
}

/// Whether a text names a list number in a style: the item that seems to be missing stands inside the text.
pub(super) fn names_number(text: &str, style: MarkerStyle, number: u32) -> bool {
    let arabic = number.to_string();
    let wide: String = arabic.chars().filter_map(|c| char::from_u32(c as u32 + 0xfee0)).collect();
    match style {
        MarkerStyle::Han => stands(text, &written(number), &['、', '．', '.']),
        MarkerStyle::HanParen => stands(text, &written(number), &['）', ')']),
        MarkerStyle::ArabicParen | MarkerStyle::ArabicHalfParen => {
            stands(text, &arabic, &['）', ')']) || stands(text, &wide, &['）', ')'])
        }
        _ => stands(text, &arabic, &['、', '.', '．', '，']) || stands(text, &wide, &['、', '.', '．', '，']),
    }
}

/// Whether a number stands in a text with one of these marks after it, and is no part of another number: not 2. in 92.5.
fn stands(text: &str, number: &str, marks: &[char]) -> bool {
    let digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    text.match_indices(number).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let rest = &text[at + number.len()..];
        let mut after = rest.chars();
        let longer = before.is_some_and(|c| digit(c) || matches!(c, '.' | ',') || "一二三四五六七八九十".contains(c));
        let mark = after.next().filter(|c| marks.contains(c));
        // 1.2021年 is a list number and a year.
        let year = rest.get(1..3) == Some("20") && rest.get(5..).is_some_and(|rest| rest.starts_with('年'));
        // 2.65岁以上老人: at the start of a line before a number of two digits that is no decimal.
        let opens = before.is_none_or(|c| c == '\n');
        let aged = rest.get(1..).is_some_and(|rest| {
            let digits = rest.find(|c: char| !digit(c)).unwrap_or(rest.len());
            ["岁", "周岁", "家", "个", "名", "项", "所"].iter().any(|word| rest[digits..].starts_with(word))
        });
        let year = year || opens && aged;
        // （二）6个项目: nothing behind a bracket is a decimal.
        let bracket = matches!(mark, Some('）' | ')'));
        mark.is_some() && !longer && (year || bracket || !after.next().is_some_and(digit))
    })
}

/// A list number as a style prints it.
pub(super) fn printed(style: MarkerStyle, number: u32) -> String {
    match style {
        MarkerStyle::Han => format!("{}、", written(number)),
        MarkerStyle::HanParen => format!("（{}）", written(number)),
        MarkerStyle::ArabicPause => format!("{number}、"),
        MarkerStyle::ArabicDot => format!("{number}."),
        MarkerStyle::ArabicParen => format!("（{number}）"),
        MarkerStyle::ArabicHalfParen => format!("{number}）"),
        MarkerStyle::Attachment => format!("附件{number}"),
        MarkerStyle::Part => format!("第{}部分", written(number)),
        MarkerStyle::Circled => number.to_string(),
        MarkerStyle::HanIs => format!("{}是", written(number)),
    }
}

/// What an item is called: how its words begin.
pub(super) fn short(words: &str) -> &str {
    head(words, 14)
}
