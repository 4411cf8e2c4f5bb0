//! Text of a report as a terminal may see it.

use std::borrow::Cow;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// What stands for a character on the terminal. Nothing that a terminal could take for a command gets through: control
/// characters and those that turn the writing direction show as U+FFFD, invisible ones as nothing, blanks as blanks.
pub(super) fn shown(c: char) -> Shown {
    match c {
        '\t' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' => Shown::Text(" "),
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Shown::Text(" "),
        '\u{3000}' => Shown::Text("  "),
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2064}' | '\u{feff}' => Shown::Text(""),
        '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}' => UNKNOWN,
        '\u{e0000}'..='\u{e0fff}' => UNKNOWN,
        _ if c.is_control() => UNKNOWN,
        _ => Shown::Itself(c),
    }
}

const UNKNOWN: Shown = Shown::Text("\u{fffd}");

/// What is printed for one character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    Itself(char),
    Text(&'static str),
}

impl Shown {
    pub(super) fn width(self) -> usize {
        match self {
            Shown::Itself(c) => c.width().unwrap_or(1),
            Shown::Text(text) => text.width(),
        }
    }

    pub(super) fn push_to(self, out: &mut String) {
        match self {
            Shown::Itself(c) => out.push(c),
            Shown::Text(text) => out.push_str(text),
        }
    }
}

/// The text on one line, with nothing in it that a terminal would obey.
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    text.chars().for_each(|c| shown(c).push_to(&mut out));
    out
}

/// At most so many characters of a text, with `…` where there are more.
pub fn cut(text: &str, most: usize) -> Cow<'_, str> {
    match text.char_indices().nth(most) {
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
        None => Cow::Borrowed(text),
    }
}

/// The text cleaned and cut to so many columns, with `…` where something is missing.
pub(super) fn clipped(text: &str, columns: usize) -> String {
    let text = clean(text.trim());
    if text.width() <= columns {
        return text;
    }
    let (mut out, mut used) = (String::new(), 1);
    for c in text.chars() {
        used += c.width().unwrap_or(1);
        if used > columns {
            break;
        }
        out.push(c);
    }
    out + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_command_reaches_the_terminal() {
        let text = "a\u{1b}[31m\u{9b}0m\u{7f}\0\u{202e}b\u{c}c\u{200b}\r\nd\u{3000}";
        let cleaned = clean(text);
        assert!(cleaned.chars().all(|c| !c.is_control() && c != '\u{202e}'), "{cleaned:?}");
        assert_eq!(cleaned, "a\u{fffd}[31m\u{fffd}0m\u{fffd}\u{fffd}\u{fffd}b c  d  ");
    }

    #[test]
    fn clipping_counts_columns() {
        assert_eq!(clipped("基本支出", 8), "基本支出");
        assert_eq!(clipped("基本支出情况", 8), "基本支…");
    }

    #[test]
    fn widths_are_those_of_what_is_printed() {
        for c in ['a', '支', '\t', '\u{3000}', '\u{1b}', '\u{200b}', '％'] {
            let mut text = String::new();
            shown(c).push_to(&mut text);
            assert_eq!(shown(c).width(), text.width(), "{c:?}");
        }
    }
}
