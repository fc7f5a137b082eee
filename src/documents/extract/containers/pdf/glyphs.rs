//! What a page draws: its glyphs and its straight lines, in points from the top left corner.

use super::super::super::limits;
use super::super::symbols;
use pdf_extract::{ColorSpace, MediaBox, OutputDev, OutputError, Path, PathOp, Transform};

/// Filled shapes thinner than this are lines.
const THIN: f64 = 3.0;
/// Lines shorter than this are parts of signs.
const SHORT: f64 = 6.0;

/// One character, or the few that a ligature stands for. `y` is the baseline.
#[derive(Debug, Clone)]
pub struct Glyph {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub size: f64,
    pub text: String,
}

/// A straight line along or across the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    pub across: bool,
    /// Where it lies: y of a line across the page, x of one down it.
    pub at: f64,
    pub from: f64,
    pub to: f64,
}

/// One page.
#[derive(Debug, Default)]
pub struct Sheet {
    pub height: f64,
    pub glyphs: Vec<Glyph>,
    pub rules: Vec<Rule>,
    /// Text that does not run along the page, in the order in which it is drawn.
    pub turned: String,
}

/// Takes pages as they are drawn.
#[derive(Default)]
pub struct Drawing {
    pub sheets: Vec<Sheet>,
    bottom: f64,
    left: f64,
    bytes: usize,
    lines: usize,
}

impl Drawing {
    /// Whether a bound ended the drawing.
    pub fn is_full(&self) -> bool {
        self.bytes > limits::TEXT_BYTES || self.lines > limits::PDF_LINES
    }

    fn stop_if_full(&self) -> Result<(), OutputError> {
        if self.is_full() { Err(OutputError::FormatError(std::fmt::Error)) } else { Ok(()) }
    }

    fn line(&mut self, from: (f64, f64), to: (f64, f64)) {
        self.lines += 1;
        let Some(sheet) = self.sheets.last_mut() else { return };
        let (dx, dy) = ((from.0 - to.0).abs(), (from.1 - to.1).abs());
        let (low, high) = (from.0.min(to.0), from.0.max(to.0));
        if dy < THIN && dx >= SHORT {
            sheet.rules.push(Rule { across: true, at: f64::midpoint(from.1, to.1), from: low, to: high });
        } else if dx < THIN && dy >= SHORT {
            let (low, high) = (from.1.min(to.1), from.1.max(to.1));
            sheet.rules.push(Rule { across: false, at: f64::midpoint(from.0, to.0), from: low, to: high });
        }
    }

    /// A point of the page as drawn, from its top left corner.
    fn point(&self, ctm: &Transform, x: f64, y: f64) -> (f64, f64) {
        let height = self.sheets.last().map_or(0.0, |sheet| sheet.height);
        let (px, py) = (ctm.m11 * x + ctm.m21 * y + ctm.m31, ctm.m12 * x + ctm.m22 * y + ctm.m32);
        (px - self.left, height - (py - self.bottom))
    }

    fn path(&mut self, ctm: &Transform, path: &Path, filled: bool) -> Result<(), OutputError> {
        let (mut start, mut at) = ((0.0, 0.0), (0.0, 0.0));
        let mut corners = Vec::new();
        for step in &path.ops {
            match *step {
                PathOp::MoveTo(x, y) => {
                    at = self.point(ctm, x, y);
                    start = at;
                    corners = vec![at];
                }
                PathOp::LineTo(x, y) => {
                    let to = self.point(ctm, x, y);
                    corners.push(to);
                    if !filled {
                        self.line(at, to);
                    }
                    at = to;
                }
                PathOp::CurveTo(.., x, y) => {
                    at = self.point(ctm, x, y);
                    corners.push(at);
                }
                PathOp::Close if !filled => self.line(at, start),
                PathOp::Close => {}
                PathOp::Rect(x, y, width, height) => {
                    corners = vec![self.point(ctm, x, y), self.point(ctm, x + width, y + height)];
                    self.rectangle(&corners, filled);
                }
            }
            self.stop_if_full()?;
        }
        if filled && corners.len() > 2 {
            self.rectangle(&corners, true);
        }
        Ok(())
    }

    /// The outline of a stroked rectangle, or a filled one that is thin enough to be a line.
    fn rectangle(&mut self, corners: &[(f64, f64)], filled: bool) {
        let fold = |pick: fn(&(f64, f64)) -> f64, best: fn(f64, f64) -> f64| corners.iter().map(pick).reduce(best);
        let edges =
            (fold(|c| c.0, f64::min), fold(|c| c.0, f64::max), fold(|c| c.1, f64::min), fold(|c| c.1, f64::max));
        let (Some(left), Some(right), Some(top), Some(bottom)) = edges else { return };
        if filled {
            if bottom - top < THIN {
                self.line((left, top), (right, top));
            } else if right - left < THIN {
                self.line((left, top), (left, bottom));
            }
            return;
        }
        self.line((left, top), (right, top));
        self.line((left, bottom), (right, bottom));
        self.line((left, top), (left, bottom));
        self.line((right, top), (right, bottom));
    }
}

impl OutputDev for Drawing {
    fn begin_page(&mut self, _: u32, page: &MediaBox, _: Option<(f64, f64, f64, f64)>) -> Result<(), OutputError> {
        (self.left, self.bottom) = (page.llx, page.lly);
        self.sheets.push(Sheet { height: page.ury - page.lly, ..Sheet::default() });
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(
        &mut self,
        at: &Transform,
        width: f64,
        _: f64,
        size: f64,
        text: &str,
    ) -> Result<(), OutputError> {
        self.bytes += text.len();
        self.stop_if_full()?;
        let (x, y) = self.point(at, 0.0, 0.0);
        let (scale, turn) = (at.m11.hypot(at.m12), at.m12.abs() > at.m11.abs());
        let tall = at.m21.hypot(at.m22) * size;
        let Some(sheet) = self.sheets.last_mut() else { return Ok(()) };
        if turn {
            sheet.turned.push_str(text);
        } else if x.is_finite() && y.is_finite() && tall.is_finite() {
            let text = symbols::without_ligatures(&symbols::plain(text));
            sheet.glyphs.push(Glyph { x, y, width: width * size * scale, size: tall.abs().max(1.0), text });
        }
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        if let Some(sheet) = self.sheets.last_mut().filter(|sheet| !sheet.turned.is_empty()) {
            sheet.turned.push(' ');
        }
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn stroke(&mut self, ctm: &Transform, _: &ColorSpace, _: &[f64], path: &Path) -> Result<(), OutputError> {
        self.path(ctm, path, false)
    }

    fn fill(&mut self, ctm: &Transform, _: &ColorSpace, _: &[f64], path: &Path) -> Result<(), OutputError> {
        self.path(ctm, path, true)
    }
}
