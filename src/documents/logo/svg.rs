//! SVG logos: looked through for what is no picture, then drawn as pixels. The drawing program opens no file and no
//! address; what it would need of either is refused before.

use image::RgbaImage;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{ImageHrefResolver, Options, Tree};

use super::{LogoError, shaped, size_within};

/// The most elements, and how deep they nest. Real logos have some hundreds, five deep.
const MOST_ELEMENTS: usize = 5_000;
const DEEPEST: usize = 48;
const TOO_MUCH: LogoError = LogoError::Active("more than 5,000 shapes, or shapes within shapes without end");

/// Whether the bytes begin as an SVG does.
pub fn looks_so(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(4_096)]).to_lowercase();
    text.contains("<svg") || text.contains(":svg")
}

/// Draws it as large as fits.
pub fn drawn(bytes: &[u8], most: (u32, u32)) -> Result<RgbaImage, LogoError> {
    let text = std::str::from_utf8(bytes).map_err(|_| LogoError::Damaged)?;
    looked_through(text)?;
    let nothing = ImageHrefResolver { resolve_data: Box::new(|_, _, _| None), resolve_string: Box::new(|_, _| None) };
    let options = Options { image_href_resolver: nothing, ..Options::default() };
    let tree = Tree::from_str(text, &options).map_err(|_| LogoError::Damaged)?;
    let (own_width, own_height) = (tree.size().width(), tree.size().height());
    // Its own measure says nothing: it is drawn as large as print needs. Its shape does.
    let scale = (most.0 as f32 / own_width).min(most.1 as f32 / own_height);
    let side = |own: f32| ((own * scale).round() as u32).max(1);
    let (width, height) = size_within((side(own_width), side(own_height)), most);
    shaped(width, height)?;
    let mut canvas = Pixmap::new(width, height).ok_or(LogoError::Damaged)?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut canvas.as_mut());
    let pixels = canvas.pixels().iter().flat_map(|pixel| {
        let plain = pixel.demultiply();
        [plain.red(), plain.green(), plain.blue(), plain.alpha()]
    });
    RgbaImage::from_raw(width, height, pixels.collect()).ok_or(LogoError::Damaged)
}

/// Refuses what is no picture, and what could make the drawing program work without end.
fn looked_through(text: &str) -> Result<(), LogoError> {
    let mut reader = Reader::from_str(text);
    let (mut elements, mut depth) = (0, 0_usize);
    loop {
        match reader.read_event().map_err(|_| LogoError::Damaged)? {
            Event::Eof => return Ok(()),
            Event::DocType(kind) if kind.windows(8).any(|part| part.eq_ignore_ascii_case(b"<!entity")) => {
                return Err(LogoError::Active("entities, which can unfold without end"));
            }
            Event::Start(element) => {
                depth += 1;
                elements += 1;
                plain(&element)?;
            }
            Event::Empty(element) => {
                elements += 1;
                plain(&element)?;
            }
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::DocType(_)
            | Event::Text(_)
            | Event::CData(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::GeneralRef(_) => {}
        }
        if elements > MOST_ELEMENTS || depth > DEEPEST {
            return Err(TOO_MUCH);
        }
    }
}

fn plain(element: &BytesStart<'_>) -> Result<(), LogoError> {
    match element.local_name().as_ref() {
        b"script" => return Err(LogoError::Active("a script")),
        b"foreignObject" | b"iframe" | b"handler" => return Err(LogoError::Active("part of a web page")),
        b"image" | b"feImage" => return Err(LogoError::Active("another picture inside")),
        b"text" | b"textPath" | b"tref" => return Err(LogoError::Letters),
        _ => {}
    }
    for attribute in element.attributes() {
        let attribute = attribute.map_err(|_| LogoError::Damaged)?;
        let (name, value) = (attribute.key.local_name(), attribute.value.trim_ascii());
        if name.as_ref().starts_with(b"on") {
            return Err(LogoError::Active("a script"));
        }
        if name.as_ref() == b"href"
            && !value.is_empty()
            && !value.starts_with(b"#")
            && element.local_name().as_ref() != b"a"
        {
            return Err(LogoError::Active("a link to something outside it"));
        }
    }
    Ok(())
}
