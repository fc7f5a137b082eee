//! Real numbering: a list's printed numbers as lists that Word counts by itself, as far as they can be counted.

use std::collections::BTreeMap;

use super::xml::{DECLARATION, WORD, escape};

/// What a number is made of: `2.` + 3 + `)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    shape: Shape,
    count: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Shape {
    before: String,
    after: String,
    letter: bool,
    depth: usize,
}

/// The largest count that is left to Word.
const MOST: u32 = 9_999;
/// The longest number that Word is asked to count, in characters.
const LONGEST: usize = 24;

/// Reads a number; none where Word could not count it.
fn counted(shown: &str, depth: usize) -> Option<Counted> {
    if shown.chars().count() > LONGEST || shown.contains('%') || shown.trim() != shown {
        return None;
    }
    let digits = shown.rfind(|c: char| c.is_ascii_digit()).map(|last| {
        let first = shown[..last].rfind(|c: char| !c.is_ascii_digit());
        let first = first.map_or(0, |at| at + shown[at..].chars().next().map_or(1, char::len_utf8));
        (first, last + 1, false)
    });
    let letters: Vec<(usize, char)> = shown.char_indices().filter(|(_, c)| c.is_alphabetic()).collect();
    let letter = match letters.as_slice() {
        [(at, c)] if c.is_ascii_lowercase() => Some((*at, at + 1, true)),
        _ => None,
    };
    let (first, last, letter) = digits.or(letter)?;
    let own = &shown[first..last];
    let count = match letter {
        true => u32::from(own.bytes().next()? - b'a') + 1,
        false if own.starts_with('0') => return None,
        false => own.parse().ok().filter(|count| *count <= MOST)?,
    };
    let shape = Shape { before: shown[..first].to_owned(), after: shown[last..].to_owned(), letter, depth };
    Some(Counted { shape, count })
}

/// The lists of a document, as they are met.
#[derive(Default)]
pub struct Numbers {
    /// The definition of each shape.
    shapes: BTreeMap<Shape, usize>,
    /// The lists, by the shape and the number each begins with.
    lists: Vec<(usize, u32)>,
    /// The list that is open at each depth, its shape, and the number that comes next.
    open: BTreeMap<usize, (usize, Shape, u32)>,
    bullets: bool,
}

/// Headings count beside the lists below them, as if they stood deeper than any.
pub const HEADINGS: usize = 9;

/// The list of bullets; numbered ones follow.
const BULLETS: usize = 1;

impl Numbers {
    /// The list in which the next line at this depth counts to that number; none where Word can't count it.
    pub fn next(&mut self, shown: &str, depth: usize) -> Option<usize> {
        let Counted { shape, count } = counted(shown, depth)?;
        self.open.retain(|open, _| *open <= depth || *open == HEADINGS);
        if let Some((list, open, next)) = self.open.get_mut(&depth)
            && *open == shape
            && *next == count
        {
            *next += 1;
            return Some(*list);
        }
        let many = self.shapes.len();
        let definition = *self.shapes.entry(shape.clone()).or_insert(many);
        self.lists.push((definition, count));
        let list = BULLETS + self.lists.len();
        self.open.insert(depth, (list, shape, count + 1));
        Some(list)
    }

    /// The list of lines without a number.
    pub fn bullet(&mut self) -> usize {
        self.bullets = true;
        BULLETS
    }

    /// A line that is in no list: what follows counts anew.
    pub fn close(&mut self) {
        self.open.retain(|open, _| *open == HEADINGS);
    }

    pub fn part(&self) -> String {
        let mut out = format!("{DECLARATION}\n<w:numbering {WORD}>");
        out.push_str(&definition(0, "bullet", "•", 0));
        let mut shapes: Vec<(&Shape, usize)> = self.shapes.iter().map(|(shape, at)| (shape, *at)).collect();
        shapes.sort_by_key(|(_, at)| *at);
        for (shape, at) in shapes {
            let format = if shape.letter { "lowerLetter" } else { "decimal" };
            let text = format!("{}%1{}", shape.before, shape.after);
            out.push_str(&definition(at + 1, format, &text, shape.depth));
        }
        out.push_str(&format!(r#"<w:num w:numId="{BULLETS}"><w:abstractNumId w:val="0"/></w:num>"#));
        for (n, (definition, start)) in self.lists.iter().enumerate() {
            let (list, definition) = (BULLETS + n + 1, definition + 1);
            out.push_str(&format!(
                r#"<w:num w:numId="{list}"><w:abstractNumId w:val="{definition}"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride></w:num>"#
            ));
        }
        out.push_str("</w:numbering>");
        out
    }
}

fn definition(id: usize, format: &str, text: &str, depth: usize) -> String {
    let left = if depth == HEADINGS { 567 } else { 567 * (depth + 1) };
    format!(
        r#"<w:abstractNum w:abstractNumId="{id}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" w:hanging="567"/></w:pPr></w:lvl></w:abstractNum>"#,
        escape(text)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_counted_by_word_as_far_as_they_can_be() {
        let mut numbers = Numbers::default();
        assert_eq!(numbers.next("2.1", 0), Some(2));
        assert_eq!(numbers.next("2.2", 0), Some(2));
        assert_eq!((numbers.next("(a)", 1), numbers.next("(b)", 1)), (Some(3), Some(3)));
        assert_eq!(numbers.next("2.3", 0), Some(2), "what stands below does not end a list");
        assert_eq!(numbers.next("2.9", 0), Some(4), "a leap begins a list of its own");
        for odd in ["", "iv", "07", "5%", "a.b", "12345"] {
            assert_eq!(numbers.next(odd, 0), None, "{odd}");
        }
        let part = numbers.part();
        assert!(part.contains(r#"<w:lvlText w:val="2.%1"/>"#) && part.contains(r#"<w:lvlText w:val="(%1)"/>"#));
    }
}
