//! Charts as SVG, drawn with whole numbers. Each has a title and a table of its values for those who cannot see it.

use std::fmt::Write;

/// A bar: what it is of, and how long it is.
pub(super) type Bar = (String, u64);

const WIDTH: u64 = 560;
const LABEL: u64 = 236;
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

/// Units in two columns, and lines between those whose reports share passages: as thick as they share many.
pub(super) fn network(title: &str, edges: &[(String, String, u64)]) -> String {
    let mut names: Vec<&str> = edges.iter().flat_map(|(a, b, _)| [a.as_str(), b.as_str()]).collect();
    names.sort_unstable();
    names.dedup();
    let place = |name: &str| position(names.binary_search(&name).unwrap_or(0), names.len());
    let bars: Vec<Bar> = edges.iter().map(|(a, b, passages)| (format!("{a}与{b}"), *passages)).collect();
    let mut out = open(title, ACROSS, ROW * names.len().div_ceil(2) as u64 + ROW, &bars);
    for (a, b, passages) in edges {
        let ((x, y), (u, v)) = (place(a), place(b));
        let _ = write!(
            out,
            "<path d=\"M{x} {y}Q{} {} {u} {v}\" stroke-width=\"{}\"><title>{}与{}：{passages}段</title></path>",
            ACROSS / 2,
            u64::midpoint(y, v),
            (passages / 2).clamp(1, 8),
            escaped(a),
            escaped(b),
        );
    }
    for name in &names {
        let (x, y) = place(name);
        let (anchor, label) = if x < ACROSS / 2 { ("end", x - 8) } else { ("start", x + 8) };
        let _ = write!(
            out,
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"4\"/><text x=\"{label}\" y=\"{}\" text-anchor=\"{anchor}\">{}</text>",
            y + 4,
            escaped(name),
        );
    }
    out + "</svg>"
}

const ACROSS: u64 = 1000;

/// The first half of the names goes to the left, the second to the right.
fn position(number: usize, of: usize) -> (u64, u64) {
    let half = of.div_ceil(2);
    let (x, row) = if number < half { (ACROSS * 3 / 10, number) } else { (ACROSS * 7 / 10, number - half) };
    (x, row as u64 * ROW + ROW)
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
    fn names_stand_in_two_columns() {
        assert_eq!([0, 1, 2].map(|number| position(number, 3)), [(300, 24), (300, 48), (700, 24)]);
    }
}
