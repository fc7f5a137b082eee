//! List markers that were typed as text: glyphs and numbers at the start of a line.

use super::super::blocks::Marker;
use super::symbols;

/// Glyphs that are bullets even where no space follows them.
const GLUED_GLYPHS: &str = "•·▪●○◦∙‣⁃■□❖➢➤►➔✓✔";
/// Glyphs that are bullets only where a space or tab follows.
const SPACED_GLYPHS: &str = "-–—*o§Øü→";
/// Words that follow a quantity, so that `37.5 Hours` is no list number.
const UNITS: [&str; 8] = ["hour", "day", "week", "fte", "wte", "year", "month", "annum"];

/// Splits a line into its typed marker and the rest. The line is trimmed; the rest may be empty: a marker
/// alone on its line.
pub fn split(line: &str) -> Option<(Marker, &str)> {
    split_bullet(line).or_else(|| split_number(line))
}

fn split_bullet(line: &str) -> Option<(Marker, &str)> {
    let glyph = line.chars().next()?;
    let rest = &line[glyph.len_utf8()..];
    let spaced = rest.is_empty() || rest.starts_with(char::is_whitespace);
    let private = symbols::is_private(glyph);
    if !(private || GLUED_GLYPHS.contains(glyph) || spaced && SPACED_GLYPHS.contains(glyph)) {
        return None;
    }
    let shown = if private { symbols::shown(u32::from(glyph), "") } else { glyph };
    Some((Marker::Bullet(shown.to_string()), rest.trim_start()))
}

fn split_number(line: &str) -> Option<(Marker, &str)> {
    let end = number_end(line)?;
    let (number, rest) = line.split_at(end);
    Some((Marker::Number(number.to_owned()), rest.trim_start()))
}

/// Byte length of the number that begins the line, its point or bracket included.
fn number_end(line: &str) -> Option<usize> {
    let open = usize::from(line.starts_with('('));
    let body = &line[open..];
    let digits = body.starts_with(|c: char| c.is_ascii_digit());
    let length = if digits { decimal_length(body) } else { letter_length(body)? };
    let core = body[..length].trim_end_matches('.');
    let after = &body[core.len()..];
    let closed = after.starts_with(')') || open == 0 && after.starts_with('.');
    let end = open + core.len() + usize::from(closed);
    let rest = &line[end..];
    // a letter alone is a code in a cell, such as (I) for interview
    let fits = if !digits && rest.is_empty() {
        false
    } else if open == 1 {
        closed && after.starts_with(')') && is_free(rest)
    } else if digits {
        decimal_fits(core, closed, rest)
    } else {
        closed && is_free(rest) && letter_fits(core, after, rest)
    };
    fits.then_some(end)
}

/// Length of `2`, `2.1` or `2.1.1` with any point after it.
fn decimal_length(body: &str) -> usize {
    body.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(body.len())
}

/// Length of one letter or of a small Roman numeral.
fn letter_length(body: &str) -> Option<usize> {
    let length = body.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(body.len());
    let letters = &body[..length];
    let roman = |set: &str| letters.len() <= 5 && letters.chars().all(|c| set.contains(c));
    (length == 1 || length > 1 && (roman("ivx") || roman("IVX"))).then_some(length)
}

fn is_free(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with(char::is_whitespace)
}

fn decimal_fits(core: &str, closed: bool, rest: &str) -> bool {
    let parts: Vec<&str> = core.split('.').collect();
    if parts.iter().any(|part| part.is_empty() || part.len() > 2) {
        return false;
    }
    let next = rest.trim_start();
    let capital = next.starts_with(|c: char| c.is_uppercase() || "‘“'\"(".contains(c));
    if closed {
        // `1.To assist`: the space was lost
        return is_free(rest) || capital && next.chars().nth(1).is_some_and(|c| c.is_lowercase() || c == ' ');
    }
    // `2.1 Manages` and `2.1.1` alone, but not `37.5 Hours` or `2.5` alone
    match parts.len() {
        1 => false,
        2 => is_free(rest) && capital && !starts_with_unit(next),
        _ => is_free(rest) && (capital || next.is_empty()),
    }
}

fn starts_with_unit(text: &str) -> bool {
    let lower: String = text.chars().take(6).collect::<String>().to_lowercase();
    UNITS.iter().any(|unit| lower.starts_with(unit))
}

/// A capital with a point (`A. Smith`) is a list letter only where a tab follows or it is Roman.
fn letter_fits(core: &str, after: &str, rest: &str) -> bool {
    let capital = core.starts_with(|c: char| c.is_ascii_uppercase());
    after.starts_with(')') || !capital || rest.is_empty() || rest.starts_with('\t') || core.len() > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(line: &str) -> Option<(String, String)> {
        match split(line)? {
            (Marker::Number(number), rest) => Some((number, rest.to_owned())),
            (Marker::Bullet(_), _) => None,
        }
    }

    fn pair(number: &str, rest: &str) -> Option<(String, String)> {
        Some((number.to_owned(), rest.to_owned()))
    }

    #[test]
    fn numbers_of_lists_are_split_off() {
        assert_eq!(number("1. To assist"), pair("1.", "To assist"));
        assert_eq!(number("12.\tTo assist"), pair("12.", "To assist"));
        assert_eq!(number("1.To assist"), pair("1.", "To assist"));
        assert_eq!(number("2.1.1 Manages"), pair("2.1.1", "Manages"));
        assert_eq!(number("2.1. Manages"), pair("2.1.", "Manages"));
        assert_eq!(number("6.8\tAct as lead"), pair("6.8", "Act as lead"));
        assert_eq!(number("a) first"), pair("a)", "first"));
        assert_eq!(number("(iv)\tfourth"), pair("(iv)", "fourth"));
        assert_eq!(number("3)"), pair("3)", ""));
        assert_eq!(number("7."), pair("7.", ""));
    }

    #[test]
    fn quantities_dates_and_names_are_not() {
        for line in [
            "37.5 hours per week",
            "37.5 Hours",
            "29/01/2026",
            "5 GCSEs",
            "2.5",
            "£27,485",
            "10.30am",
            "A. Smith",
            "I am",
            "1990. Then",
            "(optional) more",
            "4.5.",
            "e.g. this",
        ] {
            assert!(number(line).is_none() || line == "4.5.", "{line}");
        }
    }

    #[test]
    fn typed_glyphs_are_bullets() {
        for line in ["• one", "•one", "· one", "o one", "- one", "* one", "\u{f0b7} one", "–\tone"] {
            assert!(matches!(split(line), Some((Marker::Bullet(_), "one"))), "{line}");
        }
        for line in ["one", "-ve", "*one", "office", "—one"] {
            assert_eq!(split(line), None, "{line}");
        }
        assert_eq!(split("·"), Some((Marker::Bullet("·".to_owned()), "")));
    }
}
