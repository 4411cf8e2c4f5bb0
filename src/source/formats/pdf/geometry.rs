//! Places on a page, in hundredths of a point from its upper left corner.
//!
//! Whole numbers, so that what is read does not depend on how a machine rounds.

/// A point, in the unit of this module.
pub(super) const POINT: i32 = 100;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Area {
    pub(crate) left: i32,
    pub(crate) top: i32,
    pub(crate) right: i32,
    pub(crate) bottom: i32,
}

impl Area {
    pub(super) fn new(left: i32, top: i32, right: i32, bottom: i32) -> Area {
        Area { left, top, right, bottom }
    }

    pub(super) fn width(self) -> i32 {
        self.right.saturating_sub(self.left)
    }

    pub(super) fn height(self) -> i32 {
        self.bottom.saturating_sub(self.top)
    }

    pub(super) fn cover(self, other: Area) -> Area {
        Area {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    pub(super) fn holds(self, (x, y): (i32, i32)) -> bool {
        self.left <= x && x < self.right && self.top <= y && y < self.bottom
    }

    pub(super) fn center(self) -> (i32, i32) {
        (middle(self.left, self.right), middle(self.top, self.bottom))
    }
}

pub(super) fn middle(from: i32, to: i32) -> i32 {
    (i64::from(from) + i64::from(to)).div_euclid(2) as i32
}

/// How far two stretches of a line run beside each other; negative where there is a gap between them.
pub(super) fn overlap(one: (i32, i32), other: (i32, i32)) -> i32 {
    one.1.min(other.1).saturating_sub(one.0.max(other.0))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Axis {
    Horizontal,
    Vertical,
}

/// A ruling line. A horizontal one stands `at` a height and runs `from` left `to` right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rule {
    pub(super) axis: Axis,
    pub(super) at: i32,
    pub(super) from: i32,
    pub(super) to: i32,
}

/// A character where it is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Glyph {
    /// U+FFFD where the font does not say which character it is.
    pub(super) c: char,
    pub(super) area: Area,
    /// The height of the line that it stands on.
    pub(super) base: i32,
    /// The size of its font.
    pub(super) size: i32,
}

/// Leads from places on a page to the file's own, which may count from another corner and on another side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Own {
    pub(super) xx: i32,
    pub(super) xy: i32,
    pub(super) yx: i32,
    pub(super) yy: i32,
    pub(super) x: i32,
    pub(super) y: i32,
}

impl Own {
    /// An area in the file's own places: `top` is the smaller height, as numbers go.
    pub(super) fn area(self, area: Area) -> Area {
        let place = |x: i32, y: i32| (self.xx * x + self.xy * y + self.x, self.yx * x + self.yy * y + self.y);
        let ((x0, y0), (x1, y1)) = (place(area.left, area.top), place(area.right, area.bottom));
        Area::new(x0.min(x1), y0.min(y1), x0.max(x1), y0.max(y1))
    }
}

/// One page, turned so that its text runs from left to right.
#[derive(Clone, Debug, Default)]
pub(super) struct Page {
    pub(super) width: i32,
    pub(super) height: i32,
    pub(super) own: Own,
    /// In the order in which they are drawn.
    pub(super) glyphs: Vec<Glyph>,
    pub(super) rules: Vec<Rule>,
    /// Whether a picture covers much of the page.
    pub(super) pictured: bool,
    /// Characters that are in the file but cannot be seen, as text recognition puts them under a scan.
    pub(super) hidden: usize,
}
