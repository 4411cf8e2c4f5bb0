//! The objects of a page as characters and ruling lines.

use super::number::{distances, list, millionths, thousandths};
use super::pdf::{Area, Axis, Glyph, Page, Rule, is_type, unified};
use super::xml::Element;
use crate::source::ReadError;

/// Takes down what a page shows.
pub(super) struct Pen {
    pub(super) page: Page,
    pub(super) left: u32,
    /// The area that pictures cover.
    pictured: i64,
}

/// Where an object lies: its own corner, then how what it draws is turned and moved.
#[derive(Clone, Copy)]
struct Frame {
    x: i64,
    y: i64,
    turn: [i64; 6],
}

/// A whole, in the millionths of turns.
const ONE: i64 = 1_000_000;
/// Thicker lines are fillings, in thousandths of a millimetre.
const THICKEST: i64 = 1_060;
/// How far a line may lean, in hundredths of a point.
const LEAN: i32 = 50;

/// What is further away lies beyond any page.
const FURTHEST: i64 = 1_000_000_000;

/// Hundredths of a point for thousandths of a millimetre. What is beyond any page stays beyond any page.
fn points(thousandths: i64) -> i32 {
    (thousandths * 36 / 127).clamp(-100_000_000, 100_000_000) as i32
}

impl Frame {
    fn of(object: &Element<'_>) -> Frame {
        let bounds = list(&object.attribute("Boundary").unwrap_or_default(), thousandths);
        let turn = list(&object.attribute("CTM").unwrap_or_default(), millionths);
        let at = |index: usize| bounds.get(index).copied().unwrap_or(0);
        Frame { x: at(0), y: at(1), turn: turn.try_into().unwrap_or([ONE, 0, 0, ONE, 0, 0]) }
    }

    /// A place of the object on the page.
    fn place(&self, x: i64, y: i64) -> (i32, i32) {
        let [a, b, c, d, e, f] = self.turn;
        let (x, y) = (x.clamp(-FURTHEST, FURTHEST), y.clamp(-FURTHEST, FURTHEST));
        let along = (a * x + c * y) / ONE + e / 1_000;
        let down = (b * x + d * y) / ONE + f / 1_000;
        (points(self.x + along), points(self.y + down))
    }

    fn is_upright(&self) -> bool {
        let [a, b, c, d, ..] = self.turn;
        a > 0 && d > 0 && b == 0 && c == 0
    }
}

impl Pen {
    pub(super) fn new(area: &str, left: u32) -> Pen {
        let area = list(area, thousandths);
        let side = |index: usize| points(area.get(index).copied().unwrap_or(0));
        Pen { page: Page { width: side(2), height: side(3), ..Page::default() }, left, pictured: 0 }
    }

    /// What stands on the layers of a page.
    pub(super) fn content(&mut self, page: &Element<'_>) -> Result<(), ReadError> {
        let layers = page.child("Content").into_iter().flat_map(Element::elements);
        layers.into_iter().try_for_each(|layer| self.objects(layer))?;
        let whole = i64::from(self.page.width) * i64::from(self.page.height);
        let area = Area { left: 0, top: 0, right: self.page.width, bottom: self.page.height };
        self.page.glyphs.retain(|glyph| area.holds(glyph.area.center()));
        self.page.pictured |= self.pictured / 2 > whole / 5;
        Ok(())
    }

    fn objects(&mut self, inside: &Element<'_>) -> Result<(), ReadError> {
        for object in inside.elements() {
            self.spend(1)?;
            let visible = object.attribute("Visible").is_none_or(|value| value != "false");
            match object.name {
                "PageBlock" => self.objects(object)?,
                "TextObject" => self.text(object, visible)?,
                "PathObject" if visible => self.path(object)?,
                "ImageObject" if visible => {
                    let bounds = list(&object.attribute("Boundary").unwrap_or_default(), thousandths);
                    if let [_, _, width, height] = bounds[..] {
                        let area = i64::from(points(width)) * i64::from(points(height));
                        self.pictured = self.pictured.saturating_add(area);
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn spend(&mut self, units: usize) -> Result<(), ReadError> {
        let left = self.left.checked_sub(u32::try_from(units).unwrap_or(u32::MAX));
        self.left = left.ok_or_else(|| ReadError::new("OFD 的内容多得不像一份报告；请确认选对了文件，或拆分后再查"))?;
        Ok(())
    }

    fn text(&mut self, object: &Element<'_>, visible: bool) -> Result<(), ReadError> {
        let frame = Frame::of(object);
        let size = object.attribute("Size").and_then(|size| thousandths(&size)).unwrap_or(0).max(0);
        // Where a code does not say where it begins, it begins where the last one did.
        let (mut x, mut y) = (0, 0);
        for code in object.elements().filter(|each| each.name == "TextCode") {
            let number = |name: &str| code.attribute(name).and_then(|value| thousandths(&value));
            (x, y) = (number("X").unwrap_or(x), number("Y").unwrap_or(y));
            let text = code.text();
            let (across, down) = (code.attribute("DeltaX"), code.attribute("DeltaY"));
            let across = across.map(|text| distances(&text)).unwrap_or_default();
            let down = down.map(|text| distances(&text)).unwrap_or_default();
            self.spend(text.len())?;
            if !visible || !frame.is_upright() {
                self.page.hidden += if visible { 0 } else { text.chars().count() };
                continue;
            }
            let (mut left, mut base) = (x, y);
            for (index, c) in text.chars().enumerate() {
                let own = if c.is_ascii() { size / 2 } else { size };
                let next = across.get(index).copied();
                self.glyph(&frame, c, (left, base), next.map_or(own, |next| next.clamp(0, own)), size);
                left += next.unwrap_or(if down.is_empty() { own } else { 0 });
                base += down.get(index).copied().unwrap_or(0);
            }
        }
        Ok(())
    }

    fn glyph(&mut self, frame: &Frame, c: char, (x, y): (i64, i64), width: i64, size: i64) {
        let ((left, base), (right, _)) = (frame.place(x, y), frame.place(x + width, y));
        let size = base - frame.place(x, y - size).1;
        let area = Area { left, top: base - size, right, bottom: base };
        if is_type(size) && !c.is_control() {
            self.page.glyphs.push(Glyph { c: unified(c), area, base, size });
        }
    }

    /// The straight stretches of a path that is drawn, or a thin filled one as a whole.
    fn path(&mut self, object: &Element<'_>) -> Result<(), ReadError> {
        let frame = Frame::of(object);
        let stroked = object.attribute("Stroke").is_none_or(|value| value != "false");
        let wide = object.attribute("LineWidth").and_then(|width| thousandths(&width)).unwrap_or(353);
        let data = object.child("AbbreviatedData").map(Element::text).unwrap_or_default();
        self.spend(data.len() / 4)?;
        let lines = stretches(&data);
        if !stroked {
            let ends = lines.iter().flat_map(|&(from, to)| [from, to]).map(|(x, y)| frame.place(x, y));
            let areas = ends.map(|(x, y)| Area { left: x, top: y, right: x, bottom: y });
            if let Some(area) = areas.reduce(Area::cover)
                && area.width().min(area.height()) <= points(THICKEST)
            {
                self.rule((area.left, area.top), (area.right, area.bottom));
            }
        } else if wide <= THICKEST {
            for (from, to) in lines {
                self.rule(frame.place(from.0, from.1), frame.place(to.0, to.1));
            }
        }
        Ok(())
    }

    fn rule(&mut self, one: (i32, i32), other: (i32, i32)) {
        let (wide, high) = ((one.0 - other.0).abs(), (one.1 - other.1).abs());
        let lean = if wide.max(high) > 10 * LEAN { points(THICKEST) } else { LEAN };
        let rule = if high <= lean && wide > high {
            let (from, to) = (one.0.min(other.0), one.0.max(other.0));
            Rule { axis: Axis::Horizontal, at: (one.1 + other.1) / 2, from, to }
        } else if wide <= lean && high > wide {
            let (from, to) = (one.1.min(other.1), one.1.max(other.1));
            Rule { axis: Axis::Vertical, at: (one.0 + other.0) / 2, from, to }
        } else {
            return;
        };
        self.page.rules.push(rule);
    }
}

type Place = (i64, i64);

/// The straight stretches of `M 0 0 L 10 0 C`. After a curve the path goes on at its end.
fn stretches(data: &str) -> Vec<(Place, Place)> {
    let mut found = Vec::new();
    let (mut start, mut last): (Place, Place) = ((0, 0), (0, 0));
    let mut words = data.split_ascii_whitespace();
    while let Some(word) = words.next() {
        let numbers = match word {
            "S" | "M" | "L" => 2,
            "Q" => 4,
            "B" => 6,
            "A" => 7,
            "C" => {
                found.push((last, start));
                last = start;
                continue;
            }
            _ => continue,
        };
        let read: Vec<i64> = words.by_ref().take(numbers).filter_map(thousandths).collect();
        let [.., x, y] = read[..] else { continue };
        match word {
            "S" | "M" => start = (x, y),
            "L" => found.push((last, (x, y))),
            _ => {}
        }
        last = (x, y);
    }
    found
}
