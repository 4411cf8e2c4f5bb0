//! Characters to lines: what stands on one height, from left to right, with the blanks that a reader sees.

use super::geometry::{Area, Glyph, overlap};

/// Characters on one height.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) area: Area,
    /// The size of most of its type.
    pub(super) size: i32,
    pub(super) letters: Vec<Letter>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Letter {
    pub(super) c: char,
    pub(super) area: Area,
    /// Whether a blank stands before it.
    pub(super) apart: bool,
}

/// A line and its page, counted from 0.
#[derive(Clone, Debug)]
pub(super) struct Printed {
    pub(super) page: usize,
    pub(super) line: Line,
}

/// Lines of one place that were looked at last; a line that begins higher than these is complete.
const OPEN: usize = 4;

/// The lines that characters stand on, from top to bottom.
pub(super) fn lines(mut glyphs: Vec<Glyph>) -> Vec<Line> {
    // Larger characters first, so that raised ones find the line that they belong to.
    glyphs.sort_by_key(|glyph| (glyph.base, std::cmp::Reverse(glyph.size), glyph.area.left));
    let mut heaps: Vec<Vec<Glyph>> = Vec::new();
    for glyph in glyphs {
        let open = heaps.len().saturating_sub(OPEN);
        match heaps[open..].iter_mut().rev().find(|heap| stands_on(&heap[0], &glyph)) {
            Some(heap) => heap.push(glyph),
            None => heaps.push(vec![glyph]),
        }
    }
    let mut found: Vec<Line> = heaps.into_iter().filter_map(line).collect();
    found.sort_by_key(|line| (line.area.bottom, line.area.left));
    found
}

/// Whether a character stands on the line of another: they share more than half of the height of the smaller one.
fn stands_on(first: &Glyph, glyph: &Glyph) -> bool {
    let shared = overlap((first.area.top, first.area.bottom), (glyph.area.top, glyph.area.bottom));
    shared * 2 > first.size.min(glyph.size)
}

fn line(mut glyphs: Vec<Glyph>) -> Option<Line> {
    glyphs.sort_by_key(|glyph| glyph.area.left);
    let size = usual_size(&glyphs);
    let base = usual_base(&glyphs, size);
    let mut letters: Vec<Letter> = Vec::new();
    let mut blank = false;
    for glyph in &glyphs {
        if glyph.c == ' ' {
            blank = true;
            continue;
        }
        if letters.last().is_some_and(|last| drawn_twice(last, glyph)) {
            continue;
        }
        let gap = letters.last().map_or(0, |last| glyph.area.left - last.area.right);
        let c = if is_raised(glyph, size, base) { raised(glyph.c) } else { glyph.c };
        letters.push(Letter { c, area: glyph.area, apart: !letters.is_empty() && (blank || gap * 10 > size * 3) });
        blank = false;
    }
    join_spread_digits(&mut letters, size);
    let area = letters.iter().map(|letter| letter.area).reduce(Area::cover)?;
    Some(Line { area: Area { bottom: base, top: base - size, ..area }, size, letters })
}

fn usual_size(glyphs: &[Glyph]) -> i32 {
    let mut sizes: Vec<i32> = glyphs.iter().map(|glyph| glyph.size).collect();
    sizes.sort_unstable();
    sizes[sizes.len() / 2]
}

fn usual_base(glyphs: &[Glyph], size: i32) -> i32 {
    let mut bases: Vec<i32> = glyphs.iter().filter(|glyph| glyph.size * 4 > size * 3).map(|glyph| glyph.base).collect();
    bases.sort_unstable();
    bases.get(bases.len() / 2).copied().unwrap_or(glyphs[0].base)
}

/// A character drawn again a little to the side makes it bold.
fn drawn_twice(last: &Letter, glyph: &Glyph) -> bool {
    last.c == glyph.c && (glyph.area.left - last.area.left).abs() * 6 < glyph.size
}

/// The 2 of km²: small, and above the line. As a plain digit it would change the number before it.
fn is_raised(glyph: &Glyph, size: i32, base: i32) -> bool {
    glyph.size * 4 < size * 3 + size / 4 && (base - glyph.base) * 6 > size
}

fn raised(c: char) -> char {
    match c {
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '0' | '4'..='9' => char::from_u32(0x2070 + c as u32 - '0' as u32).unwrap_or(c),
        _ => c,
    }
}

/// `1 2 3 . 4 5`: a number whose digits are spread evenly over its cell is one number.
fn join_spread_digits(letters: &mut [Letter], size: i32) {
    let part = |letter: &Letter| letter.c.is_ascii_digit() || matches!(letter.c, '.' | ',');
    let mut at = 0;
    while at < letters.len() {
        let end = (at + 1..letters.len()).find(|&i| !part(&letters[i]) || !letters[i].apart).unwrap_or(letters.len());
        let joined_after = letters.get(end).is_some_and(|next| part(next) && !next.apart);
        if part(&letters[at]) && end - at >= 3 && !joined_after {
            let steps: Vec<i32> =
                letters[at..end].windows(2).map(|pair| pair[1].area.left - pair[0].area.right).collect();
            let (least, most) = (steps.iter().min().copied().unwrap_or(0), steps.iter().max().copied().unwrap_or(0));
            if (most - least) * 5 < size && most < size * 2 {
                letters[at + 1..end].iter_mut().for_each(|letter| letter.apart = false);
            }
        }
        at = end.max(at + 1);
    }
}

impl Line {
    pub(super) fn text(&self) -> String {
        let blank = |letter: &Letter| if letter.apart { " " } else { "" };
        self.letters.iter().map(|letter| format!("{}{}", blank(letter), letter.c)).collect()
    }

    /// Whether a character beside digits is unknown, so that a number may be read wrongly.
    pub(super) fn is_doubtful(&self) -> bool {
        let unknown = |letter: &Letter| letter.c == char::REPLACEMENT_CHARACTER;
        let figure = |letter: &Letter| letter.c.is_ascii_digit() || ".,%０１２３４５６７８９．，％".contains(letter.c);
        self.letters
            .windows(2)
            .any(|pair| unknown(&pair[0]) && figure(&pair[1]) || unknown(&pair[1]) && figure(&pair[0]))
            || self.letters.iter().filter(|letter| unknown(letter)).count() * 4 > self.letters.len()
    }

    /// The parts of the line that wide gaps set apart.
    pub(super) fn parts(&self) -> Vec<Line> {
        let mut starts = vec![0];
        let wide = |i: &usize| self.letters[*i].area.left - self.letters[*i - 1].area.right > self.size * 3 / 2;
        starts.extend((1..self.letters.len()).filter(wide));
        starts.push(self.letters.len());
        starts.windows(2).filter_map(|ends| self.part(ends[0], ends[1])).collect()
    }

    fn part(&self, from: usize, to: usize) -> Option<Line> {
        let mut letters = self.letters[from..to].to_vec();
        letters.first_mut()?.apart = false;
        let (left, right) = (letters.first()?.area.left, letters.last()?.area.right);
        Some(Line { area: Area { left, right, ..self.area }, size: self.size, letters })
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A text printed at a place: Chinese characters are as wide as they are high, others half as wide.
    pub(in super::super) fn print(text: &str, left: i32, base: i32, size: i32) -> Vec<Glyph> {
        let mut at = left;
        let mut glyph = |c: char| {
            let width = if c.is_ascii() { size / 2 } else { size };
            at += width;
            Glyph { c, area: Area::new(at - width, base - size, at, base), base, size }
        };
        text.chars().map(&mut glyph).collect()
    }

    fn read(glyphs: Vec<Glyph>) -> Vec<String> {
        lines(glyphs).iter().map(Line::text).collect()
    }

    #[test]
    fn lines_in_order_with_blanks() {
        let glyphs = [
            print("支出12.5万元", 0, 3000, 1200),
            print("一、概况", 0, 1500, 1200),
            print("2024 100", 9000, 3000, 1200),
        ];
        assert_eq!(read(glyphs.concat()), ["一、概况", "支出12.5万元 2024 100"]);
    }

    #[test]
    fn raised_digits_are_no_digits_of_the_number() {
        let glyphs =
            [print("面积100m", 0, 3000, 1200), print("2", 4800, 2500, 700), print("，共5处", 5200, 3000, 1200)];
        assert_eq!(read(glyphs.concat()), ["面积100m²，共5处"]);
    }

    #[test]
    fn bold_by_drawing_twice() {
        let glyphs = [print("合计115", 0, 3000, 1200), print("合计115", 40, 3000, 1200)];
        assert_eq!(read(glyphs.concat()), ["合计115"]);
    }

    #[test]
    fn spread_digits_are_one_number() {
        let spread: Vec<Glyph> =
            "12.5".chars().enumerate().flat_map(|(i, c)| print(&c.to_string(), i as i32 * 1500, 3000, 1200)).collect();
        assert_eq!(read(spread), ["12.5"]);
        assert_eq!(read([print("12", 0, 3000, 1200), print("34", 3000, 3000, 1200)].concat()), ["12 34"]);
    }

    #[test]
    fn unknown_characters_beside_digits_are_doubtful() {
        let line = |text: &str| lines(print(text, 0, 3000, 1200)).remove(0);
        assert!(line("支出1\u{fffd}5万元").is_doubtful());
        assert!(!line("\u{fffd}支出15万元合计基本").is_doubtful());
    }
}
