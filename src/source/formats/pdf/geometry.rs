//! Places on a page, in hundredths of a point from its upper left corner.
//!
//! Whole numbers, so that what is read does not depend on how a machine rounds.

/// A point, in the unit of this module.
pub(in crate::source::formats) const POINT: i32 = 100;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Area {
    pub(crate) left: i32,
    pub(crate) top: i32,
    pub(crate) right: i32,
    pub(crate) bottom: i32,
}

impl Area {
    pub(in crate::source::formats) fn new(left: i32, top: i32, right: i32, bottom: i32) -> Area {
        Area { left, top, right, bottom }
    }

    pub(in crate::source::formats) fn width(self) -> i32 {
        self.right.saturating_sub(self.left)
    }

    pub(in crate::source::formats) fn height(self) -> i32 {
        self.bottom.saturating_sub(self.top)
    }

    pub(in crate::source::formats) fn cover(self, other: Area) -> Area {
        Area {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    pub(in crate::source::formats) fn holds(self, (x, y): (i32, i32)) -> bool {
        self.left <= x && x < self.right && self.top <= y && y < self.bottom
    }

    pub(in crate::source::formats) fn center(self) -> (i32, i32) {
        (middle(self.left, self.right), middle(self.top, self.bottom))
    }
}

pub(in crate::source::formats) fn middle(from: i32, to: i32) -> i32 {
    (i64::from(from) + i64::from(to)).div_euclid(2) as i32
}

/// How far two stretches of a line run beside each other; negative where there is a gap between them.
pub(in crate::source::formats) fn overlap(one: (i32, i32), other: (i32, i32)) -> i32 {
    one.1.min(other.1).saturating_sub(one.0.max(other.0))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::source::formats) enum Axis {
    Horizontal,
    Vertical,
}

/// A ruling line. A horizontal one stands `at` a height and runs `from` left `to` right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::source::formats) struct Rule {
    pub(in crate::source::formats) axis: Axis,
    pub(in crate::source::formats) at: i32,
    pub(in crate::source::formats) from: i32,
    pub(in crate::source::formats) to: i32,
}

/// A character where it is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::source::formats) struct Glyph {
    /// U+FFFD where the font does not say which character it is.
    pub(in crate::source::formats) c: char,
    pub(in crate::source::formats) area: Area,
    /// The height of the line that it stands on.
    pub(in crate::source::formats) base: i32,
    /// The size of its font.
    pub(in crate::source::formats) size: i32,
}

/// Whether anyone reads type of this size; what is smaller or larger is no text.
pub(in crate::source::formats) fn is_type(size: i32) -> bool {
    (POINT..=300 * POINT).contains(&size)
}

/// Leads from places on a page to the file's own, which may count from another corner and on another side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::source::formats) struct Own {
    pub(in crate::source::formats) xx: i32,
    pub(in crate::source::formats) xy: i32,
    pub(in crate::source::formats) yx: i32,
    pub(in crate::source::formats) yy: i32,
    pub(in crate::source::formats) x: i32,
    pub(in crate::source::formats) y: i32,
}

impl Own {
    /// An area in the file's own places: `top` is the smaller height, as numbers go.
    pub(in crate::source::formats) fn area(self, area: Area) -> Area {
        let place = |x: i32, y: i32| (self.xx * x + self.xy * y + self.x, self.yx * x + self.yy * y + self.y);
        let ((x0, y0), (x1, y1)) = (place(area.left, area.top), place(area.right, area.bottom));
        Area::new(x0.min(x1), y0.min(y1), x0.max(x1), y0.max(y1))
    }
}

/// One page, turned so that its text runs from left to right.
#[derive(Clone, Debug, Default)]
pub(in crate::source::formats) struct Page {
    pub(in crate::source::formats) width: i32,
    pub(in crate::source::formats) height: i32,
    pub(in crate::source::formats) own: Own,
    /// In the order in which they are drawn.
    pub(in crate::source::formats) glyphs: Vec<Glyph>,
    pub(in crate::source::formats) rules: Vec<Rule>,
    /// Whether a picture covers much of the page.
    pub(in crate::source::formats) pictured: bool,
    /// Characters that are in the file but cannot be seen, as text recognition puts them under a scan.
    pub(in crate::source::formats) hidden: usize,
}
