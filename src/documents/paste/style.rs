//! What the styles of clipboard HTML say that matters: list levels of Word, bold and italic, and what is to be left out.

use super::tokens::Tag;

/// What Word says of a paragraph or a stretch in `mso-list`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MsoList {
    /// The paragraph is a list item on this level, from 0.
    Level(usize),
    /// The stretch is the printed bullet or number.
    Marker,
}

/// The value of one property of the `style` attribute, in lower case.
fn property(tag: &Tag, name: &str) -> Option<String> {
    tag.get("style").split(';').find_map(|pair| {
        let (property, value) = pair.split_once(':')?;
        property.trim().eq_ignore_ascii_case(name).then(|| value.trim().to_lowercase())
    })
}

pub fn mso_list(tag: &Tag) -> Option<MsoList> {
    let value = property(tag, "mso-list")?;
    if value == "ignore" {
        return Some(MsoList::Marker);
    }
    let level = value.split_whitespace().find_map(|word| word.strip_prefix("level")?.parse::<usize>().ok())?;
    Some(MsoList::Level(level.clamp(1, 9) - 1))
}

/// Bold by its element or its style; a style has the last word.
pub fn bold(tag: &Tag) -> Option<bool> {
    match property(tag, "font-weight").as_deref() {
        Some("bold" | "bolder" | "600" | "700" | "800" | "900") => Some(true),
        Some(_) => Some(false),
        None => matches!(tag.name.as_str(), "b" | "strong").then_some(true),
    }
}

pub fn italic(tag: &Tag) -> Option<bool> {
    match property(tag, "font-style").as_deref() {
        Some("italic" | "oblique") => Some(true),
        Some(_) => Some(false),
        None => matches!(tag.name.as_str(), "i" | "em").then_some(true),
    }
}

/// The words of a comment, which Word puts beside the text.
pub fn is_comment(tag: &Tag) -> bool {
    property(tag, "mso-element").is_some_and(|element| element.starts_with("comment"))
        || tag.get("class").eq_ignore_ascii_case("MsoCommentReference")
}

/// Not shown where it was copied from.
pub fn is_hidden(tag: &Tag) -> bool {
    property(tag, "display").is_some_and(|display| display == "none")
        || property(tag, "mso-hide").is_some_and(|hide| hide == "all")
}

/// Says how something looks.
pub fn is_formatted(tag: &Tag) -> bool {
    const LOOKS: [&str; 6] = ["color", "font-family", "font-size", "background", "text-decoration", "background-color"];
    matches!(tag.name.as_str(), "font" | "u" | "s" | "strike" | "sub" | "sup" | "mark" | "style")
        || LOOKS.iter().any(|look| property(tag, look).is_some())
}
