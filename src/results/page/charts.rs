//! Charts as SVG, drawn with whole numbers. Each has a title and a table of its values for those who cannot see it.

use std::fmt::Write;

/// A bar: what it is of, and how long it is.
pub(super) type Bar = (String, u64);

const WIDTH: u64 = 560;
const LABEL: u64 = 190;
const ROW: u64 = 24;

/// Bars one below the other, with names.
pub(super) fn bars(title: &str, bars: &[Bar]) -> String {
    let most = bars.iter().map(|(_, value)| *value).max().unwrap_or(0).max(1);
    let height = ROW * bars.len() as u64 + 4;
    let mut out = open(title, WIDTH, height, bars);
    for (row, (name, value)) in (0..).zip(bars) {
        let (y, width) = (row * ROW + 2, value * (WIDTH - LABEL - 70) / most);
        let _ = write!(
            out,
            "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text><rect x=\"{LABEL}\" y=\"{y}\" width=\"{}\" height=\"18\"/>\
             <text x=\"{}\" y=\"{}\">{value}</text>",
            LABEL - 8,
            y + 14,
            escaped(name),
            width.max(1),
            LABEL + width.max(1) + 6,
            y + 14,
        );
    }
    out + "</svg>"
}

/// Columns side by side: a distribution.
pub(super) fn columns(title: &str, columns: &[Bar]) -> String {
    let most = columns.iter().map(|(_, value)| *value).max().unwrap_or(0).max(1);
    let step = WIDTH / columns.len().max(1) as u64;
    let mut out = open(title, WIDTH, 200, columns);
    for (at, (name, value)) in (0..).zip(columns) {
        let (x, height) = (at * step, value * 140 / most);
        let _ = write!(
            out,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{height}\"/><text x=\"{}\" y=\"{}\" text-anchor=\"middle\">{value}</text>\
             <text x=\"{}\" y=\"182\" text-anchor=\"middle\">{}</text>",
            x + 4,
            164 - height,
            step - 8,
            x + step / 2,
            158 - height,
            x + step / 2,
            escaped(name),
        );
    }
    out + "</svg>"
}

fn open(title: &str, width: u64, height: u64, values: &[Bar]) -> String {
    let said: Vec<String> = values.iter().map(|(name, value)| format!("{name}：{value}")).collect();
    let (title, said) = (escaped(title), escaped(&said.join("；")));
    format!("<svg viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{title}。{said}\"><title>{title}</title>")
}

/// Units on a circle, and lines between those whose reports share passages: as thick as they share many.
pub(super) fn network(title: &str, edges: &[(String, String, u64)]) -> String {
    let mut names: Vec<&str> = edges.iter().flat_map(|(a, b, _)| [a.as_str(), b.as_str()]).collect();
    names.sort_unstable();
    names.dedup();
    let place = |name: &str| position(names.binary_search(&name).unwrap_or(0), names.len());
    let bars: Vec<Bar> = edges.iter().map(|(a, b, passages)| (format!("{a}与{b}"), *passages)).collect();
    let mut out = open(title, 1000, 640, &bars);
    for (a, b, passages) in edges {
        let ((x, y), (u, v)) = (place(a), place(b));
        let _ = write!(
            out,
            "<line x1=\"{x}\" y1=\"{y}\" x2=\"{u}\" y2=\"{v}\" stroke-width=\"{}\"><title>{}与{}：{passages}段</title></line>",
            (passages / 2).clamp(1, 8),
            escaped(a),
            escaped(b),
        );
    }
    for name in &names {
        let (x, y) = place(name);
        let (anchor, shift) = if x < 500 { ("end", -8) } else { ("start", 8) };
        let _ = write!(
            out,
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"4\"/><text x=\"{}\" y=\"{}\" text-anchor=\"{anchor}\">{}</text>",
            x + shift,
            y + 4,
            escaped(name),
        );
    }
    out + "</svg>"
}

/// The sine of 0 to 90 degrees by threes, in thousandths.
const SINE: [i64; 31] = [
    0, 52, 105, 156, 208, 259, 309, 358, 407, 454, 500, 545, 588, 629, 669, 707, 743, 777, 809, 839, 866, 891, 914,
    934, 951, 966, 978, 988, 995, 999, 1000,
];

/// A place on the circle.
fn position(number: usize, of: usize) -> (i64, i64) {
    let angle = number * 120 / of.max(1);
    let sine = |angle: usize| match angle % 120 {
        a @ 0..=30 => SINE[a],
        a @ 31..=60 => SINE[60 - a],
        a @ 61..=90 => -SINE[a - 60],
        a => -SINE[120 - a],
    };
    (500 + sine(angle + 30) * 290 / 1000, 320 + sine(angle) * 290 / 1000)
}

/// Text for HTML.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_break_out_of_a_chart() {
        let chart = bars("甲", &[("<script>\"".into(), 3)]);
        assert!(!chart.contains("<script") && chart.contains("&lt;script&gt;&quot;"), "{chart}");
    }

    #[test]
    fn the_circle_is_round() {
        assert_eq!(
            [position(0, 4), position(1, 4), position(2, 4), position(3, 4)],
            [(790, 320), (500, 610), (210, 320), (500, 30)]
        );
    }
}
