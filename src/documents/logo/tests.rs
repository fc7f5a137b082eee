//! Logos as people have them, and files that only look like one.

use super::*;

const MARK: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 100"><rect width="400" height="100" fill="#0b5563"/><circle cx="50" cy="50" r="40" fill="#fff"/></svg>"##;

fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let image = RgbImage::from_fn(width, height, |x, y| Rgb([(x % 256) as u8, (y % 256) as u8, 60]));
    let mut out = Cursor::new(Vec::new());
    DynamicImage::from(image).write_to(&mut out, format).unwrap();
    out.into_inner()
}

fn size(png: &[u8]) -> (u32, u32) {
    ImageReader::with_format(Cursor::new(png), ImageFormat::Png).into_dimensions().unwrap()
}

#[track_caller]
fn refused(bytes: &[u8]) -> LogoError {
    logo(bytes).expect_err("no logo")
}

fn svg(inside: &str) -> Vec<u8> {
    format!(r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10">{inside}</svg>"#).into_bytes()
}

#[test]
fn each_kind_of_picture_becomes_two_plain_ones() {
    let drawn = logo(MARK.as_bytes()).unwrap();
    assert_eq!((size(&drawn.print), size(&drawn.screen)), ((1_200, 300), (480, 120)));
    assert_eq!((drawn.screen_width, drawn.screen_height), (240, 60));
    for format in [ImageFormat::Png, ImageFormat::Jpeg] {
        let drawn = logo(&picture(300, 90, format)).unwrap();
        assert_eq!(size(&drawn.print), (300, 90), "never larger than it came");
        assert!(drawn.screen.len() <= SCREEN_BYTES && drawn.screen_width == 240, "{format:?}");
    }
}

#[test]
fn what_stood_beside_the_picture_is_gone() {
    let mut png = picture(300, 90, ImageFormat::Png);
    png.extend_from_slice(b"<script>alert(1)</script>");
    let drawn = logo(&png).unwrap();
    for copy in [drawn.print, drawn.screen] {
        assert!(!copy.windows(7).any(|part| part == b"<script"));
    }
}

#[test]
fn a_noisy_picture_gets_fewer_dots_on_screens() {
    let mut seed = 7_u32;
    let noise = RgbImage::from_fn(480, 144, |_, _| {
        let mut next = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 24) as u8
        };
        Rgb([next(), next(), next()])
    });
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::from(noise).write_to(&mut bytes, ImageFormat::Png).unwrap();
    let drawn = logo(&bytes.into_inner()).unwrap();
    assert!(drawn.screen.len() <= 64_000, "{}", drawn.screen.len());
    assert!(size(&drawn.screen).1 < 144);
}

#[test]
fn pictures_past_a_limit_are_refused_before_they_are_unpacked() {
    assert_eq!(refused(&vec![0; MOST_BYTES + 1]), LogoError::TooLarge);
    // A header that promises ten thousand million pixels, and hardly anything behind it.
    let mut bomb = picture(300, 90, ImageFormat::Png);
    bomb[16..20].copy_from_slice(&100_000_u32.to_be_bytes());
    bomb[20..24].copy_from_slice(&100_000_u32.to_be_bytes());
    assert!(matches!(refused(&bomb), LogoError::TooManyPixels | LogoError::Damaged));
    assert_eq!(refused(&picture(2_100, 2_000, ImageFormat::Png)), LogoError::TooManyPixels);
    assert_eq!(refused(&picture(100, 9, ImageFormat::Png)), LogoError::TooSmall);
    assert_eq!(refused(&picture(1_000, 20, ImageFormat::Png)), LogoError::TooStretched);
}

#[test]
fn broken_and_foreign_files_are_refused_in_a_sentence() {
    let png = picture(300, 90, ImageFormat::Png);
    assert_eq!(refused(&png[..png.len() / 2]), LogoError::Damaged);
    for other in [b"".as_slice(), b"GIF89a..........", b"%PDF-1.7", b"<!doctype html><p>no", b"\0\x01\x02"] {
        assert_eq!(refused(other), LogoError::OtherType);
    }
    assert_eq!(refused(b"<svg xmlns='http://www.w3.org/2000/svg'><rect"), LogoError::Damaged);
    assert_eq!(refused(&svg(r##"<rect width="40" height="10" fill="#fff"/>"##)), LogoError::Invisible);
    assert_eq!(refused(&svg("")), LogoError::Invisible);
}

#[test]
fn an_svg_that_is_more_than_a_picture_is_refused() {
    let body = r##"<rect width="40" height="10"/>"##;
    for active in [
        "<script>alert(1)</script>",
        "<SCRIPT xmlns='x'/><script/>",
        r#"<rect width="1" height="1" onload="alert(1)"/>"#,
        "<foreignObject><p>hello</p></foreignObject>",
        r#"<image href="file:///etc/passwd" width="10" height="10"/>"#,
        r#"<use href="http://elsewhere.example/a.svg#b"/>"#,
        r#"<linearGradient xmlns:x="http://www.w3.org/1999/xlink" x:href="//elsewhere.example/g"/>"#,
    ] {
        assert!(matches!(refused(&svg(&format!("{body}{active}"))), LogoError::Active(_)), "{active}");
    }
    assert_eq!(refused(&svg("<text>Calder Vale</text>")), LogoError::Letters);
    let unfolds = r#"<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg">&b;</svg>"#;
    assert!(matches!(refused(unfolds.as_bytes()), LogoError::Active(_)));
    let deep = format!("{}{body}{}", "<g>".repeat(60), "</g>".repeat(60));
    assert!(matches!(refused(&svg(&deep)), LogoError::Active(_)));
    assert!(matches!(refused(&svg(&body.repeat(5_001))), LogoError::Active(_)));
    assert!(logo(&svg(&format!("<g>{body}</g>"))).is_ok());
}
