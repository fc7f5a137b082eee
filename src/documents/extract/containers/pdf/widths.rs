//! The widths of a font's glyphs, written out one by one.
//!
//! A font may give them as ranges (`3 17 317`: glyphs 3 to 17 are 317 wide), which the library that draws the pages
//! passes over: every space and digit would then be as wide as nothing, and words fall apart.

use pdf_extract::{Document as Pdf, Object};

/// Most glyphs of all ranges of a file together: a font has 65,536 at most.
const GLYPHS: i64 = 400_000;

/// Writes every range of every font out.
pub fn write_out(pdf: &mut Pdf) {
    let mut room = GLYPHS;
    for object in pdf.objects.values_mut() {
        let Ok(font) = object.as_dict_mut() else { continue };
        let Ok(widths) = font.get_mut(b"W").and_then(Object::as_array_mut) else { continue };
        if let Some(all) = written_out(widths, &mut room) {
            *widths = all;
        }
    }
}

/// None where the list is not what a list of widths is, or would be too long.
fn written_out(widths: &[Object], room: &mut i64) -> Option<Vec<Object>> {
    let mut out = Vec::new();
    let mut rest = widths;
    while let [first, more @ ..] = rest {
        match more {
            [list @ (Object::Array(_) | Object::Reference(_)), more @ ..] => {
                out.extend([first.clone(), list.clone()]);
                rest = more;
            }
            [last, width, more @ ..] => {
                let glyphs = last.as_i64().ok()?.checked_sub(first.as_i64().ok()?)?.checked_add(1)?;
                *room = room.checked_sub(glyphs).filter(|room| *room >= 0 && glyphs >= 0)?;
                let each = vec![width.clone(); usize::try_from(glyphs).ok()?];
                out.extend([first.clone(), Object::Array(each)]);
                rest = more;
            }
            [_] | [] => return None,
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_written_out_and_lists_stay() {
        let list = Object::Array(vec![600.into()]);
        let widths = [0.into(), list.clone(), 3.into(), 5.into(), 317.into()];
        let expected = vec![0.into(), list, 3.into(), Object::Array(vec![317.into(); 3])];
        assert_eq!(written_out(&widths, &mut 9), Some(expected));
        assert_eq!(written_out(&widths, &mut 2), None, "more than there is room for");
        assert_eq!(written_out(&[3.into(), 1.into(), 5.into()], &mut 9), None, "a range that runs backwards");
        assert_eq!(written_out(&[3.into(), 5.into()], &mut 9), None, "cut short");
    }
}
