//! A line with its marks, read as spans.

use super::{LONGEST_ADDRESS, Span, joined, target};

/// Characters that a backslash makes plain.
pub(super) const MARKS: &str = "\\*[]()";

/// The spans of one line. Every character of it is in a span, or is a mark.
pub fn parse(line: &str) -> Vec<Span> {
    let chars: Vec<char> = line.chars().collect();
    let mut spans = Vec::new();
    Reader { chars: &chars }.read(0, chars.len(), &Span::default(), &mut spans);
    joined(spans)
}

/// The spans of a text of several lines; the breaks between them are plain.
pub fn spans(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    for (n, line) in text.split('\n').enumerate() {
        if n > 0 {
            spans.push(Span { text: "\n".to_owned(), ..Span::default() });
        }
        spans.extend(parse(line));
    }
    joined(spans)
}

/// The words without their marks, line by line.
pub fn plain(text: &str) -> String {
    if !text.contains(['*', '[', '\\']) {
        return text.to_owned();
    }
    let line = |line: &str| parse(line).into_iter().map(|span| span.text).collect::<String>();
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

struct Reader<'a> {
    chars: &'a [char],
}

/// What was sought up to the end of a stretch, so that no later opening looks through the same characters again: a
/// closing mark that is not there is not there for later openings either.
#[derive(Default)]
struct Sought {
    /// By the number of stars.
    without: [bool; 4],
    /// The next `](`, and the next end of an address; none: not sought yet, `Some(None)`: there is none.
    middle: Option<Option<usize>>,
    stop: Option<Option<usize>>,
    /// The `](` whose address leads nowhere, whichever bracket opens it.
    nowhere: Option<usize>,
}

/// The first place from `from` on: the one that is known where it lies ahead, else it is sought.
fn next(known: &mut Option<Option<usize>>, from: usize, seek: impl FnOnce(usize) -> Option<usize>) -> Option<usize> {
    let ahead = known.filter(|place| place.is_none_or(|place| place >= from));
    *known.insert(ahead.unwrap_or_else(|| seek(from)))
}

/// What begins at a place, and where it ends.
struct Found {
    look: Span,
    inside: (usize, usize),
    next: usize,
}

impl Reader<'_> {
    /// Reads from `at` to `end` in the look of `look`. Each look nests once, so that this goes three deep at most.
    fn read(&self, mut at: usize, end: usize, look: &Span, spans: &mut Vec<Span>) {
        let mut text = String::new();
        let mut sought = Sought::default();
        while at < end {
            if let Some(plain) = self.escaped(at, end) {
                text.push(plain);
                at += 2;
                continue;
            }
            if let Some(found) = self.mark(at, end, look, &mut sought) {
                spans.push(Span { text: std::mem::take(&mut text), ..look.clone() });
                self.read(found.inside.0, found.inside.1, &found.look, spans);
                at = found.next;
                continue;
            }
            text.push(self.chars[at]);
            at += 1;
        }
        spans.push(Span { text, ..look.clone() });
    }

    fn escaped(&self, at: usize, end: usize) -> Option<char> {
        let next = *self.chars.get(at + 1).filter(|_| at + 1 < end)?;
        (self.chars[at] == '\\' && MARKS.contains(next)).then_some(next)
    }

    fn mark(&self, at: usize, end: usize, look: &Span, sought: &mut Sought) -> Option<Found> {
        if self.chars[at] == '[' {
            return self.link(at, end, look, sought);
        }
        [3, 2, 1].into_iter().find_map(|stars| self.stars(stars, at, end, look, sought))
    }

    fn stars(&self, stars: usize, at: usize, end: usize, look: &Span, sought: &mut Sought) -> Option<Found> {
        let (bold, italic) = (stars >= 2, stars != 2);
        let begins = at + stars < end
            && self.chars[at..at + stars].iter().all(|c| *c == '*')
            && !self.is_word(at.checked_sub(1))
            && self.chars.get(at + stars).is_some_and(|next| !next.is_whitespace() && *next != '*');
        if !begins || bold && look.bold || italic && look.italic || sought.without[stars] {
            return None;
        }
        let Some(close) = self.close(stars, at + stars, end) else {
            sought.without[stars] = true;
            return None;
        };
        let look = Span { bold: bold || look.bold, italic: italic || look.italic, ..look.clone() };
        Some(Found { look, inside: (at + stars, close), next: close + stars })
    }

    /// The first run of so many stars that ends a word.
    fn close(&self, stars: usize, from: usize, end: usize) -> Option<usize> {
        let mut at = from + 1;
        while at < end {
            if self.escaped(at, end).is_some() {
                at += 2;
                continue;
            }
            let run = self.run(at, end);
            if run == stars || run == 3 {
                // Of three stars the inner marks come first.
                let close = at + run - stars;
                if !self.chars[at - 1].is_whitespace() && !self.is_word(Some(at + run)) {
                    return Some(close);
                }
            }
            at += run.max(1);
        }
        None
    }

    /// How many stars stand in a row.
    fn run(&self, at: usize, end: usize) -> usize {
        self.chars[at..end].iter().take_while(|c| **c == '*').count()
    }

    fn is_word(&self, at: Option<usize>) -> bool {
        at.and_then(|at| self.chars.get(at)).is_some_and(|c| c.is_alphanumeric())
    }

    fn link(&self, at: usize, end: usize, look: &Span, sought: &mut Sought) -> Option<Found> {
        if look.link.is_some() {
            return None;
        }
        let middle = next(&mut sought.middle, at + 1, |from| self.middle(from, end))?;
        if sought.nowhere == Some(middle) {
            return None;
        }
        let stops = |place: &usize| self.chars[*place] == ')' || self.chars[*place].is_whitespace();
        let close = next(&mut sought.stop, middle + 2, |from| (from..end).find(stops))?;
        let short = close - middle - 2 <= LONGEST_ADDRESS && self.chars[close] == ')';
        let address: String = self.chars[middle + 2..close].iter().take_while(|_| short).collect();
        let Some(link) = target(&address).filter(|_| short) else {
            sought.nowhere = Some(middle);
            return None;
        };
        if middle == at + 1 {
            return None;
        }
        let look = Span { link: Some(link), ..look.clone() };
        Some(Found { look, inside: (at + 1, middle), next: close + 1 })
    }

    /// Where the next `](` stands.
    fn middle(&self, from: usize, end: usize) -> Option<usize> {
        let mut at = from;
        while at + 1 < end {
            if self.escaped(at, end).is_some() {
                at += 2;
                continue;
            }
            if (self.chars[at], self.chars[at + 1]) == (']', '(') {
                return Some(at);
            }
            at += 1;
        }
        None
    }
}
