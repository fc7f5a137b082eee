//! The word ledger: every word of the source is entered once and paid out once.
//!
//! A recogniser can only make text for the result by taking a `Piece` from the ledger, so it can neither invent
//! a word nor place one twice; what nobody took is still in the ledger at the end and is set aside as uncertain.
//! Nothing here knows what a word means.

use std::ops::Range;

/// A stretch of one source text. It holds its own copy of the text for reading; only the ledger can spend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    slot: usize,
    from: usize,
    text: String,
}

impl Piece {
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The part of this piece in the given byte range, without white space at its ends.
    pub fn part(&self, range: Range<usize>) -> Piece {
        let cut = &self.text[range.clone()];
        let start = range.start + (cut.len() - cut.trim_start().len());
        let text = cut.trim().to_owned();
        Piece { slot: self.slot, from: self.from + start, text }
    }

    /// Both sides of a byte position.
    pub fn split_at(&self, at: usize) -> (Piece, Piece) {
        (self.part(0..at), self.part(at..self.text.len()))
    }

    /// Without any of these characters, or white space, at its end.
    pub fn without_end(&self, ends: &[char]) -> Piece {
        let kept = self.text.trim_end_matches(|c: char| c.is_whitespace() || ends.contains(&c));
        self.part(0..kept.len())
    }

    pub fn has_words(&self) -> bool {
        self.text.chars().any(char::is_alphanumeric)
    }

    fn range(&self) -> Range<usize> {
        self.from..self.from + self.text.len()
    }
}

#[derive(Debug)]
struct Slot {
    text: String,
    words: Vec<Word>,
}

#[derive(Debug)]
struct Word {
    range: Range<usize>,
    taken: bool,
}

/// Every text of the source with its words, each marked once it is paid out.
#[derive(Debug, Default)]
pub struct Ledger {
    slots: Vec<Slot>,
}

impl Ledger {
    /// Enters a source text. Spaces become one; tabs and wide gaps stay tabs.
    pub fn enter(&mut self, raw: &str) -> Piece {
        let text = squeeze(raw);
        let words = word_ranges(&text).map(|range| Word { range, taken: false }).collect();
        self.slots.push(Slot { text: text.clone(), words });
        Piece { slot: self.slots.len() - 1, from: 0, text }
    }

    /// Pays a piece out for the result. A word that was paid out before is not paid again.
    pub fn take(&mut self, piece: &Piece) -> String {
        let Some(slot) = self.slots.get_mut(piece.slot) else {
            return String::new();
        };
        let range = piece.range();
        let inside = |word: &Word| word.range.start >= range.start && word.range.end <= range.end;
        if slot.words.iter().any(inside) && slot.words.iter().filter(|word| inside(word)).all(|word| word.taken) {
            return String::new();
        }
        let mut kept = Vec::new();
        let mut start = range.start;
        for word in slot.words.iter_mut().filter(|word| inside(word)) {
            if word.taken {
                kept.push(slot.text[start..word.range.start].to_owned());
                start = word.range.end;
            }
            word.taken = true;
        }
        kept.push(slot.text[start..range.end].to_owned());
        printed(&kept.concat())
    }

    /// The text for `details`, which may copy what another place holds.
    pub fn copy(&self, piece: &Piece) -> String {
        printed(&piece.text)
    }

    /// What nobody has taken, one text a run.
    pub fn left(&mut self) -> Vec<String> {
        self.slots.iter_mut().flat_map(Slot::left).collect()
    }

    /// Whether nothing of this piece was paid out yet.
    pub fn is_fresh(&self, piece: &Piece) -> bool {
        let range = piece.range();
        self.slots.get(piece.slot).is_some_and(|slot| {
            slot.words
                .iter()
                .filter(|word| word.range.start < range.end && word.range.end > range.start)
                .all(|word| !word.taken)
        })
    }
}

impl Slot {
    fn left(&mut self) -> Vec<String> {
        let mut runs: Vec<Range<usize>> = Vec::new();
        let mut open = false;
        for word in &mut self.words {
            match runs.last_mut() {
                Some(run) if open && !word.taken => run.end = word.range.end,
                Some(_) | None if !word.taken => runs.push(word.range.clone()),
                Some(_) | None => {}
            }
            open = !word.taken;
            word.taken = true;
        }
        runs.into_iter().map(|run| printed(&self.text[run])).collect()
    }
}

/// The text as it stands in the result: tabs become spaces.
fn printed(text: &str) -> String {
    text.split(['\t', ' ']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Tabs stay, because each one may part two cells; a gap of three spaces or more parts them as well.
fn squeeze(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let (mut spaces, mut tabs) = (0, 0);
    let mut rest = raw.trim().chars().peekable();
    while let Some(c) = rest.next() {
        let inside = rest.peek().is_some_and(|next| !next.is_whitespace()) && tabs + spaces == 0;
        match c {
            '\t' => tabs += 1,
            // it parts what stands before from what comes after, letter or apostrophe, so that it must stay
            '\u{200b}' | '\u{feff}' if !inside => {}
            c if c.is_whitespace() => spaces += 1,
            c => {
                let gap = if tabs == 0 && spaces >= 3 { 1 } else { tabs };
                out.extend(std::iter::repeat_n('\t', gap));
                if gap == 0 && spaces > 0 {
                    out.push(' ');
                }
                (spaces, tabs) = (0, 0);
                out.push(c);
            }
        }
    }
    out
}

/// Runs of letters and digits; an apostrophe inside a word belongs to it.
fn word_ranges(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut open: Option<usize> = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let joins =
            matches!(c, '\'' | '’') && open.is_some() && chars.peek().is_some_and(|(_, next)| next.is_alphanumeric());
        if c.is_alphanumeric() || c == '£' || joins {
            open.get_or_insert(at);
        } else if let Some(start) = open.take() {
            ranges.push(start..at);
        }
    }
    if let Some(start) = open {
        ranges.push(start..text.len());
    }
    ranges.into_iter()
}

/// The words of a text as the promise counts them: lower case, apostrophes dropped.
pub fn words(text: &str) -> Vec<String> {
    word_ranges(text)
        .map(|range| {
            text[range].chars().filter(|c| c.is_alphanumeric() || *c == '£').flat_map(char::to_lowercase).collect()
        })
        .collect()
}
