//! The employer's own look: the colour of headings, and a logo over the first page.

use std::sync::Arc;

use serde::Serialize;

use crate::domain::brand::Accent;

/// The colour of headings where the employer chose none.
const OURS: &str = "#073b45";
/// What a logo fits into on paper, in tenths of a millimetre.
const WIDEST: u32 = 600;
const HIGHEST: u32 = 170;
/// The fewest dots an inch that it is printed with.
const FEWEST_DOTS: u32 = 150;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Look {
    /// `#073b45`
    pub accent: String,
    pub logo: Option<SheetLogo>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SheetLogo {
    pub alt: String,
    /// In tenths of a millimetre.
    pub width: u32,
    pub height: u32,
    /// A PNG file.
    #[serde(skip)]
    pub png: Arc<[u8]>,
}

impl Default for Look {
    fn default() -> Self {
        Look { accent: OURS.to_owned(), logo: None }
    }
}

impl Look {
    /// A logo that is no PNG is left out.
    pub fn new(accent: Option<Accent>, logo: Option<(Vec<u8>, String)>) -> Self {
        Look {
            accent: accent.map_or_else(|| OURS.to_owned(), |accent| accent.darker().to_string()),
            logo: logo.and_then(|(png, alt)| SheetLogo::new(png, alt)),
        }
    }
}

impl SheetLogo {
    fn new(png: Vec<u8>, alt: String) -> Option<Self> {
        let (wide, high) = pixels(&png)?;
        let tenths = |dots: u32| dots.saturating_mul(254) / FEWEST_DOTS;
        let scale = |own: u32, most: u32| f64::from(most) / f64::from(tenths(own).max(1));
        let scale = scale(wide, WIDEST).min(scale(high, HIGHEST)).min(1.0);
        let side = |own: u32| ((f64::from(tenths(own)) * scale).round() as u32).max(1);
        Some(SheetLogo { alt, width: side(wide), height: side(high), png: png.into() })
    }
}

/// What the first part of a PNG file says of its size.
fn pixels(png: &[u8]) -> Option<(u32, u32)> {
    let side = |at: usize| Some(u32::from_be_bytes(png.get(at..at + 4)?.try_into().ok()?));
    let is_png = png.starts_with(b"\x89PNG\r\n\x1a\n") && png.get(12..16)? == b"IHDR";
    let (wide, high) = (side(16)?, side(20)?);
    (is_png && wide > 0 && high > 0).then_some((wide, high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_logo_fits_over_the_page_and_one_that_is_no_picture_is_left_out() {
        let png = |wide: u32, high: u32| {
            [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(), &wide.to_be_bytes(), &high.to_be_bytes()].concat()
        };
        let size = |wide, high| SheetLogo::new(png(wide, high), String::new()).map(|logo| (logo.width, logo.height));
        assert_eq!(size(1_200, 340), Some((600, 170)));
        assert_eq!(size(60, 30), Some((101, 50)), "150 dots an inch, and no larger");
        assert_eq!(size(100, 2_000), Some((8, 170)));
        assert_eq!((size(0, 9), SheetLogo::new(b"GIF89a".to_vec(), String::new())), (None, None));
    }
}
