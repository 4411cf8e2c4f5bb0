//! What a site puts around an article: navigation, headers, footers, links to other pages.

use super::tree::{Id, Kind, Tree};

/// Words in the id or class of an element that is part of the frame, each as a whole word.
const NAMES: &[&str] = &[
    "header", "head", "top", "footer", "foot", "bottom", "nav", "navbar", "navigation", "menu", "crumb", "crumbs",
    "breadcrumb", "position", "location", "sidebar", "aside", "share", "copyright", "toolbar", "search", "login",
    "pagination", "pager", "related", "recommend", "qrcode", "ewm", "friendlink", "links", "banner",
];
/// What a short line of the frame says.
const SAYINGS: &[&str] = &[
    "版权所有", "网站标识码", "ICP备", "公网安备", "当前位置", "您的位置", "您所在的位置", "浏览次数", "阅读次数",
    "点击数", "访问量", "打印本页", "关闭窗口", "关闭本页", "字体：", "字号：", "分享到", "扫一扫", "上一篇", "下一篇",
    "主办单位", "承办单位", "技术支持", "发布时间：", "发布日期：", "信息来源：",
];
/// The longest line that is judged by what it says.
const SHORT: usize = 120;
/// An element that holds more than this share (of ten) of the page's words is no part of the frame.
const MOST: usize = 4;

/// Marks what is no part of the article; answers whether anything was.
pub(super) fn prune(tree: &mut Tree) -> bool {
    let weights = Weights::of(tree);
    let all = weights.words[0];
    let mut pruned = false;
    let mut open: Vec<Id> = vec![0];
    while let Some(id) = open.pop() {
        for child in tree.children(id).collect::<Vec<_>>() {
            let Some(element) = tree.element(child) else { continue };
            let small = weights.words[child] * 10 <= all * MOST;
            let in_table = matches!(element.name.as_str(), "td" | "th" | "tr" | "tbody" | "thead" | "table");
            let framed =
                !in_table && small && (is_frame(&element.name, &element.names) || says_frame(tree, child, &weights));
            if framed && !weights.has_table[child] && weights.words[child] > 0 {
                tree.nodes[child].left_out = true;
                pruned = true;
            } else if element.name != "table" || weights.holds_table[child] {
                open.push(child);
            }
        }
    }
    pruned
}

fn is_frame(name: &str, names: &str) -> bool {
    let words = || names.split(|c: char| !c.is_ascii_alphabetic());
    matches!(name, "nav" | "footer" | "aside") || words().any(|word| NAMES.contains(&word))
}

/// A block of a few words that sites write, or of links alone.
fn says_frame(tree: &Tree, id: Id, weights: &Weights) -> bool {
    let (words, linked) = (weights.words[id], weights.linked[id]);
    if weights.links[id] >= 2 && linked * 10 >= words * 7 {
        return true;
    }
    if words == 0 || words > SHORT {
        return false;
    }
    let mut text = String::new();
    for below in tree.below(id) {
        if let Kind::Text(each) = &tree.nodes[below].kind {
            text.extend(each.chars().filter(|c| !c.is_whitespace()));
        }
    }
    // The report itself may name who published it; it does so with figures and sentences.
    !text.contains(['。', '；']) && SAYINGS.iter().any(|saying| text.contains(saying))
}

/// What stands below every node.
struct Weights {
    /// Characters that are no blanks.
    words: Vec<usize>,
    /// Of these, in links.
    linked: Vec<usize>,
    links: Vec<usize>,
    /// A table of at least two rows is below.
    has_table: Vec<bool>,
    /// A table is below.
    holds_table: Vec<bool>,
}

impl Weights {
    fn of(tree: &Tree) -> Weights {
        let count = tree.nodes.len();
        let mut weights = Weights {
            words: vec![0; count],
            linked: vec![0; count],
            links: vec![0; count],
            has_table: vec![false; count],
            holds_table: vec![false; count],
        };
        // Children are made after their parents, so that walking backwards sees them first.
        let mut rows = vec![0; count];
        for id in (0..count).rev() {
            if tree.nodes[id].left_out {
                continue;
            }
            if let Kind::Text(text) = &tree.nodes[id].kind {
                weights.words[id] = text.chars().filter(|c| !c.is_whitespace()).count();
            }
            for &child in &tree.nodes[id].children {
                weights.words[id] += weights.words[child];
                weights.linked[id] += weights.linked[child];
                weights.links[id] += weights.links[child];
                rows[id] += rows[child] + usize::from(tree.name(child) == "tr");
                weights.holds_table[id] |= weights.holds_table[child] || tree.name(child) == "table";
                weights.has_table[id] |= weights.has_table[child];
            }
            weights.has_table[id] |= tree.name(id) == "table" && rows[id] >= 2 && !weights.holds_table[id];
            if tree.name(id) == "a" {
                (weights.linked[id], weights.links[id]) = (weights.words[id], 1);
            }
        }
        weights
    }
}
