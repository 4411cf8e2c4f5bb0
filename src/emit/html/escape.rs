//! Text of a report as a browser may see it.

use super::super::clean::{Shown, shown};

/// The text with nothing in it that a browser would take for markup, and no characters that turn or hide text.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    text.chars().for_each(|c| push(&mut out, c));
    out
}

/// One character, escaped. A wide blank stays one.
pub(super) fn push(out: &mut String, c: char) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        '\'' => out.push_str("&#39;"),
        '\u{3000}' => out.push(c),
        _ => match shown(c) {
            Shown::Itself(c) => out.push(c),
            Shown::Text(text) => out.push_str(text),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_markup() {
        assert_eq!(
            escape("<b title=\"a\" x='1'>&\u{202e}\u{0}"),
            "&lt;b title=&quot;a&quot; x=&#39;1&#39;&gt;&amp;\u{fffd}\u{fffd}"
        );
    }
}
