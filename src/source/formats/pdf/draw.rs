//! The pages of a file as characters and ruling lines: the only place that knows how the PDF crate draws.
#![expect(clippy::float_arithmetic, reason = "places on a page come as floating point; no figure does")]
#![expect(clippy::disallowed_types, reason = "places on a page come as floating point; no figure does")]

use std::panic::{self, AssertUnwindSafe};

use hayro_interpret::font::{Glyph as Drawn, GlyphRun, PositionedGlyph};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::page::Page as PdfPage;
use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect, Vec2};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, TransformExt, interpret_page,
};

use super::codes::Codes;
use super::geometry::{Area, Axis, Glyph, Own, POINT, Page, Rule, is_type};
use super::radicals::unified;
use super::vet;
use crate::source::formats::Limits;

/// Why the pages of a file cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    Encrypted,
    Damaged,
    /// More pages, or more drawn on them, than a report can have.
    Endless,
}

/// What a form (a drawing used again, perhaps in another) costs, each more the deeper it lies: forms that draw each other
/// are how a small file draws without end.
const FORM: usize = 100;
const DEEPEST: usize = 8;
/// Thicker bars are fillings, not lines.
const THICKEST: i32 = 3 * POINT;
/// Shorter strokes are parts of pictures or dots.
const SHORTEST: i32 = 2 * POINT;

/// Thrown through the PDF crate to end the drawing of a file that draws without end; no panic is reported.
struct TooMuch;

/// The pages of a file. A panic of the PDF crate counts as damage of the file.
pub(super) fn pages(bytes: &[u8], limits: &Limits) -> Result<Vec<Page>, Trouble> {
    if vet::expands_beyond(bytes, limits.expanded) {
        return Err(Trouble::Endless);
    }
    if vet::is_cut(bytes) {
        return Err(Trouble::Damaged);
    }
    panic::catch_unwind(AssertUnwindSafe(|| draw(bytes, limits)))
        .unwrap_or_else(|thrown| Err(if thrown.is::<TooMuch>() { Trouble::Endless } else { Trouble::Damaged }))
}

fn draw(bytes: &[u8], limits: &Limits) -> Result<Vec<Page>, Trouble> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(_) => Trouble::Encrypted,
        LoadPdfError::Invalid => Trouble::Damaged,
    })?;
    if vet::lacks_pages(&pdf) {
        return Err(Trouble::Damaged);
    }
    if pdf.pages().len() > limits.pages || vet::holds_endless_widths(&pdf) {
        return Err(Trouble::Endless);
    }
    let cache = InterpreterCache::new();
    let mut left = limits.drawn;
    let mut codes = Codes::default();
    let drawn = pdf.pages().iter().map(|page| {
        codes.learn(page);
        let mut pen = Pen::new(page, &codes, left);
        let area = Rect::new(0.0, 0.0, page.render_dimensions().0.into(), page.render_dimensions().1.into());
        let turn = page.initial_transform(true).to_kurbo();
        let mut context = Context::new(turn, area, &cache, pdf.xref(), InterpreterSettings::default());
        interpret_page(page, &mut context, &mut pen);
        left = pen.left;
        pen.page(turn)
    });
    Ok(drawn.collect())
}

/// Takes down what a page draws.
struct Pen<'c> {
    width: i32,
    height: i32,
    codes: &'c Codes,
    /// The characters by the direction of their text: to the right, down, to the left, up.
    glyphs: [Vec<Glyph>; 4],
    rules: Vec<Rule>,
    /// The area that pictures cover.
    pictured: i64,
    hidden: usize,
    /// Those that are open; true for what may be a form.
    clippings: Vec<bool>,
    left: u32,
}

impl Pen<'_> {
    fn new<'c>(page: &PdfPage<'_>, codes: &'c Codes, left: u32) -> Pen<'c> {
        let (width, height) = page.render_dimensions();
        let (width, height) = point(Point::new(width.into(), height.into()));
        Pen {
            width,
            height,
            codes,
            glyphs: Default::default(),
            rules: Vec::new(),
            pictured: 0,
            hidden: 0,
            clippings: Vec::new(),
            left,
        }
    }

    fn spend(&mut self, units: usize) {
        match self.left.checked_sub(u32::try_from(units).unwrap_or(u32::MAX)) {
            Some(left) => self.left = left,
            None => panic::resume_unwind(Box::new(TooMuch)),
        }
    }

    /// How many forms are open.
    fn depth(&self) -> usize {
        self.clippings.iter().filter(|form| **form).count()
    }

    /// The page, turned so that most of its characters are upright; `placed` leads from the file's own places to those of
    /// the page as it is shown.
    fn page(self, placed: Affine) -> Page {
        let turned = (0..4).rev().max_by_key(|&turn| self.glyphs[turn].len()).unwrap_or(0);
        let (mut width, mut height) = (self.width, self.height);
        let [right, down, left, up] = self.glyphs;
        let mut glyphs = [right, down, left, up].into_iter().nth(turned).unwrap_or_default();
        let mut rules = self.rules;
        let mut placed = placed;
        for _ in 0..turned {
            placed = Affine::new([0.0, -1.0, 1.0, 0.0, 0.0, f64::from(width) / f64::from(POINT)]) * placed;
            glyphs.iter_mut().for_each(|glyph| glyph.area = turn_back(glyph.area, width));
            rules.iter_mut().for_each(|rule| *rule = turn_rule(*rule, width));
            (width, height) = (height, width);
        }
        let whole = Area::new(0, 0, width, height);
        glyphs.retain(|glyph| whole.holds(glyph.area.center()));
        for glyph in &mut glyphs {
            glyph.base = glyph.area.bottom;
        }
        let pictured = self.pictured * 5 > 2 * i64::from(width) * i64::from(height);
        Page { width, height, own: own(placed), glyphs, rules, pictured, hidden: self.hidden }
    }

    fn glyph(&mut self, transform: Affine, drawn: &PositionedGlyph<'_>) {
        let place = transform * drawn.transform();
        let advance = match &**drawn {
            Drawn::Outline(outline) => outline.advance_width(),
            Drawn::Type3(glyph) => glyph.advance_width(),
        };
        let from = place * Point::ZERO;
        let along = place * Point::new(advance.unwrap_or(500.0).into(), 0.0) - from;
        let upwards = place * Point::new(0.0, 1000.0) - from;
        let Some(turn) = turn_of(place * Point::new(1000.0, 0.0) - from) else { return };
        let area = area_of([from, from + along + upwards]);
        let (size, _) = point(Point::new(upwards.hypot(), 0.0));
        if !is_type(size) {
            return;
        }
        let push = |c: char| self.glyphs[turn].push(Glyph { c: unified(c), area, base: area.bottom, size });
        match drawn.as_unicode().or_else(|| self.codes.character(drawn)) {
            Some(BfString::Char(c)) => [c].into_iter().for_each(push),
            // Ligatures: their letters share one place, in order.
            Some(BfString::String(text)) => text.chars().take(8).for_each(push),
            None => [char::REPLACEMENT_CHARACTER].into_iter().for_each(push),
        }
    }

    /// Every straight stretch of a stroked path.
    fn strokes(&mut self, path: &BezPath, transform: Affine) {
        let (mut start, mut last) = (Point::ZERO, Point::ZERO);
        for element in path.elements() {
            let next = match *element {
                PathEl::MoveTo(to) => {
                    (start, last) = (to, to);
                    continue;
                }
                PathEl::LineTo(to) => to,
                PathEl::QuadTo(_, to) | PathEl::CurveTo(_, _, to) => {
                    last = to;
                    continue;
                }
                PathEl::ClosePath => start,
            };
            self.bar(area_of([transform * last, transform * next]));
            last = next;
        }
    }

    /// The parts of a filled path: a thin one is a line.
    fn fillings(&mut self, path: &BezPath, transform: Affine) {
        let mut part: Vec<Point> = Vec::new();
        for element in path.elements() {
            match *element {
                PathEl::MoveTo(to) => {
                    self.filling(&part);
                    part = vec![transform * to];
                }
                PathEl::LineTo(to) | PathEl::QuadTo(_, to) | PathEl::CurveTo(_, _, to) => part.push(transform * to),
                PathEl::ClosePath => {}
            }
        }
        self.filling(&part);
    }

    fn filling(&mut self, part: &[Point]) {
        if part.len() > 2 {
            self.bar(area_of(part.iter().copied()));
        }
    }

    /// A line, if the area is thin.
    fn bar(&mut self, area: Area) {
        let (width, height) = (area.width(), area.height());
        let (axis, at, from, to) = if height <= THICKEST && width >= SHORTEST && width >= 2 * height {
            (Axis::Horizontal, area.center().1, area.left, area.right)
        } else if width <= THICKEST && height >= SHORTEST && height >= 2 * width {
            (Axis::Vertical, area.center().0, area.top, area.bottom)
        } else {
            return;
        };
        self.rules.push(Rule { axis, at, from, to });
    }
}

/// How many quarter turns to the right a direction is from running to the right; `None` for slanted text, as of a
/// watermark.
fn turn_of(direction: Vec2) -> Option<usize> {
    let steep = |one: Vec2| (direction - one * direction.hypot()).hypot() * 5.0 < direction.hypot();
    let turns = [Vec2::new(1.0, 0.0), Vec2::new(0.0, 1.0), Vec2::new(-1.0, 0.0), Vec2::new(0.0, -1.0)];
    turns.into_iter().position(steep)
}

/// A place in hundredths of a point. What is beyond any page stays beyond any page.
fn point(place: Point) -> (i32, i32) {
    let hundredths = |length: f64| (length * f64::from(POINT)).round().clamp(-1e8, 1e8) as i32;
    (hundredths(place.x), hundredths(place.y))
}

/// Back from places on the page to the file's own, which differ by quarter turns and a shift.
fn own(placed: Affine) -> Own {
    let [xx, yx, xy, yy, ..] = placed.inverse().as_coeffs().map(|part| part.round().clamp(-1.0, 1.0) as i32);
    let (x, y) = point(placed.inverse() * Point::ZERO);
    Own { xx, xy, yx, yy, x, y }
}

/// The area that points span.
fn area_of(points: impl IntoIterator<Item = Point>) -> Area {
    let areas = points.into_iter().map(|at| {
        let (x, y) = point(at);
        Area::new(x, y, x, y)
    });
    areas.reduce(Area::cover).unwrap_or_default()
}

/// An area after a quarter turn to the left of a page that is so wide.
fn turn_back(area: Area, width: i32) -> Area {
    Area::new(area.top, width - area.right, area.bottom, width - area.left)
}

fn turn_rule(rule: Rule, width: i32) -> Rule {
    match rule.axis {
        Axis::Horizontal => Rule { axis: Axis::Vertical, at: rule.at, from: width - rule.to, to: width - rule.from },
        Axis::Vertical => Rule { axis: Axis::Horizontal, at: width - rule.at, ..rule },
    }
}

impl<'a> Device<'a> for Pen<'_> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.spend(1 + path.elements().len());
        let stroked = match mode {
            DrawMode::Fill(_) => false,
            DrawMode::Stroke(stroke) | DrawMode::FillAndStroke(_, stroke) => {
                let wide = props.transform * Point::new(stroke.line_width.into(), 0.0) - props.transform * Point::ZERO;
                let (wide, _) = point(Point::new(wide.hypot(), 0.0));
                if wide > THICKEST {
                    return;
                }
                true
            }
            DrawMode::Invisible => return,
        };
        if stroked { self.strokes(path, props.transform) } else { self.fillings(path, props.transform) }
    }

    /// Every form begins with its own clipping.
    fn push_clip_path(&mut self, _: &ClipPath) {
        self.spend(FORM << (2 * self.depth().min(DEEPEST)));
        self.clippings.push(true);
    }

    fn push_clip_rect(&mut self, _: &Rect) {
        self.spend(1);
        self.clippings.push(false);
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.spend(1);
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        self.spend(1 + run.glyphs().len());
        match mode {
            DrawMode::Invisible => self.hidden += run.glyphs().len(),
            _ => run.glyphs().iter().for_each(|glyph| self.glyph(props.transform, glyph)),
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.spend(1);
        let far = Point::new(image.width().into(), image.height().into());
        let area = area_of([props.transform * Point::ZERO, props.transform * far]);
        self.bar(area);
        self.pictured += i64::from(area.width()) * i64::from(area.height());
    }

    fn pop_clip(&mut self) {
        self.clippings.pop();
    }

    fn pop_transparency_group(&mut self) {}
}
