//! Logos on their way in: a PNG, JPEG or SVG that somebody chose, drawn anew as two plain PNG files, one for print and
//! one for screens. Nothing of the upload survives but how it looks. Runs in the child process that reads documents,
//! which bounds its memory and time; nothing here knows of pages or of the database.

mod svg;

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, ImageReader, Limits, Rgb, RgbImage, RgbaImage, imageops::FilterType};
use serde::{Deserialize, Serialize};

/// The largest file that is read.
pub const MOST_BYTES: usize = 1024 * 1024;
/// The most pixels of a picture, and the longest side.
pub const MOST_PIXELS: u64 = 4_000_000;
pub const LONGEST_SIDE: u32 = 4_000;
/// The shortest side: less is no picture that anybody could print.
pub const SHORTEST_SIDE: u32 = 16;
/// How many times as wide as high it may be, or as high as wide.
pub const MOST_STRETCHED: u32 = 12;
/// What the copies fit into, in pixels: 70 by 21 mm at 430 dots an inch, and a screen with two dots a pixel.
const PRINT: (u32, u32) = (1_200, 360);
const SCREEN: (u32, u32) = (480, 144);
/// The most that the copy for screens weighs; a photograph gets fewer dots until it does.
pub const SCREEN_BYTES: usize = 12_000;

/// A logo as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Logo {
    pub print: Vec<u8>,
    pub screen: Vec<u8>,
    /// Pixels of a screen with one dot each.
    pub screen_width: u32,
    pub screen_height: u32,
}

/// Why a file is not taken, in a sentence for whoever chose it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LogoError {
    #[error("The logo is larger than 1 MB. Save it smaller: 1,200 pixels of width are enough for print")]
    TooLarge,
    #[error("The logo has more than 4 million pixels. Save it smaller: 1,200 pixels of width are enough for print")]
    TooManyPixels,
    #[error("The logo is smaller than 16 pixels on one side, which can't be printed")]
    TooSmall,
    #[error("The logo is more than 12 times as long on one side as on the other, and could not be seen")]
    TooStretched,
    #[error("The logo must be a PNG, JPEG or SVG file. This one is something else")]
    OtherType,
    #[error("The logo is damaged and can't be read. Open it in a picture program, save it again and use the new file")]
    Damaged,
    #[error("The logo shows nothing on white paper: it is white or see-through all over. Use its dark version")]
    Invisible,
    #[error("The SVG holds {0}. Save it as a plain SVG, or as PNG")]
    Active(&'static str),
    #[error("The SVG holds text as letters, which needs its typeface. Turn text into outlines, or save it as PNG")]
    Letters,
}

/// Reads a file, and draws its copies.
pub fn logo(bytes: &[u8]) -> Result<Logo, LogoError> {
    if bytes.len() > MOST_BYTES {
        return Err(LogoError::TooLarge);
    }
    let whole = match image::guess_format(bytes) {
        Ok(format @ (ImageFormat::Png | ImageFormat::Jpeg)) => decoded(bytes, format)?,
        Ok(_) => return Err(LogoError::OtherType),
        Err(_) if svg::looks_so(bytes) => svg::drawn(bytes, PRINT)?,
        Err(_) => return Err(LogoError::OtherType),
    };
    if !shows_on_white(&whole) {
        return Err(LogoError::Invisible);
    }
    let print = png(on_white(&fitted(&whole, PRINT)))?;
    let (screen, width, height) = for_screen(&whole)?;
    Ok(Logo { print, screen, screen_width: width, screen_height: height })
}

fn decoded(bytes: &[u8], format: ImageFormat) -> Result<RgbaImage, LogoError> {
    let reader = || ImageReader::with_format(Cursor::new(bytes), format);
    let (width, height) = reader().into_dimensions().map_err(|_| LogoError::Damaged)?;
    shaped(width, height)?;
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height) = (Some(LONGEST_SIDE), Some(LONGEST_SIDE));
    limits.max_alloc = Some(MOST_PIXELS * 8 * 2);
    let mut reader = reader();
    reader.limits(limits);
    reader.decode().map(DynamicImage::into_rgba8).map_err(|_| LogoError::Damaged)
}

fn shaped(width: u32, height: u32) -> Result<(), LogoError> {
    let (long, short) = (width.max(height), width.min(height));
    if u64::from(width) * u64::from(height) > MOST_PIXELS || long > LONGEST_SIDE {
        return Err(LogoError::TooManyPixels);
    }
    if short < SHORTEST_SIDE {
        return Err(LogoError::TooSmall);
    }
    if long > short.saturating_mul(MOST_STRETCHED) {
        return Err(LogoError::TooStretched);
    }
    Ok(())
}

/// Some of it is darker than white paper by as much as an eye needs.
fn shows_on_white(image: &RgbaImage) -> bool {
    let dark = image.pixels().filter(|pixel| {
        let [red, green, blue, seen] = pixel.0.map(u32::from);
        seen * (255 - (red * 2 + green * 5 + blue) / 8) > 24 * 255
    });
    dark.take(1 + image.len() / 4 / 1_000).count() > image.len() / 4 / 1_000
}

/// No larger than that; never larger than it came.
fn fitted(image: &RgbaImage, most: (u32, u32)) -> RgbaImage {
    let (width, height) = size_within(image.dimensions(), most);
    match (width, height) == image.dimensions() {
        true => image.clone(),
        false => image::imageops::resize(image, width, height, FilterType::Triangle),
    }
}

fn size_within((width, height): (u32, u32), most: (u32, u32)) -> (u32, u32) {
    let scale = (f64::from(most.0) / f64::from(width)).min(f64::from(most.1) / f64::from(height)).min(1.0);
    let scaled = |side: u32| ((f64::from(side) * scale).round() as u32).max(1);
    (scaled(width), scaled(height))
}

/// The copy for screens, and the pixels that it takes there.
fn for_screen(whole: &RgbaImage) -> Result<(Vec<u8>, u32, u32), LogoError> {
    let shown = size_within(whole.dimensions(), (SCREEN.0 / 2, SCREEN.1 / 2));
    let mut most = SCREEN;
    loop {
        let bytes = png(fitted(whole, most))?;
        if bytes.len() <= SCREEN_BYTES || most.1 < 32 {
            return Ok((bytes, shown.0, shown.1));
        }
        most = (most.0 * 3 / 4, most.1 * 3 / 4);
    }
}

/// As it stands on paper: what is see-through costs time and ink in every file that holds it.
fn on_white(image: &RgbaImage) -> RgbImage {
    RgbImage::from_fn(image.width(), image.height(), |x, y| {
        let [red, green, blue, seen] = image.get_pixel(x, y).0;
        Rgb([red, green, blue].map(|part| {
            let mixed = u32::from(part) * u32::from(seen) + 255 * (255 - u32::from(seen));
            u8::try_from(mixed / 255).unwrap_or(255)
        }))
    })
}

fn png(image: impl Into<DynamicImage>) -> Result<Vec<u8>, LogoError> {
    let mut out = Cursor::new(Vec::new());
    image.into().write_to(&mut out, ImageFormat::Png).map_err(|_| LogoError::Damaged)?;
    Ok(out.into_inner())
}

#[cfg(test)]
mod tests;
