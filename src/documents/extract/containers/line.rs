//! The text of one paragraph while a reader gathers it.

use super::super::blocks::{AsideKind, Block};

/// How text is dressed: what the paragraph's style says, and what the run makes of it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Dress {
    pub style_bold: bool,
    pub style_hidden: bool,
    pub bold: bool,
    pub hidden: bool,
}

#[derive(Debug, Default)]
pub struct Line {
    pub text: String,
    /// Characters that are not white space, by their weight.
    bold: usize,
    plain: usize,
    /// Text boxes that are anchored before the first word, and after it.
    pub before: Vec<Block>,
    pub after: Vec<Block>,
    pub asides: Vec<AsideKind>,
    /// Text that stands in the instruction part of a field; shown only if the field never ends.
    pub code: String,
}

impl Line {
    pub fn push(&mut self, text: &str, bold: bool) {
        let visible = text.chars().filter(|c| !c.is_whitespace()).count();
        if bold {
            self.bold += visible;
        } else {
            self.plain += visible;
        }
        self.text.push_str(text);
    }

    /// Whether all that can be seen is bold.
    pub fn is_bold(&self) -> bool {
        self.bold > 0 && self.plain == 0
    }

    /// Adds the blocks of a text box on its side of the text.
    pub fn add_box(&mut self, blocks: Vec<Block>) {
        if self.text.trim().is_empty() {
            self.before.extend(blocks);
        } else {
            self.after.extend(blocks);
        }
    }

    /// Notes text that the word processor hides; neighbouring runs make one note.
    pub fn hide(&mut self, text: &str) {
        if let Some(AsideKind::Hidden { text: before }) = self.asides.last_mut() {
            before.push_str(text);
        } else if !text.trim().is_empty() {
            self.asides.push(AsideKind::Hidden { text: text.to_owned() });
        }
    }
}

/// Runs of white space are one space, and none at a paragraph's start or after another.
pub fn collapsed(text: &str, before: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        let last = out.chars().next_back().or_else(|| before.chars().next_back());
        match c {
            ' ' | '\t' | '\n' | '\r' if last.is_none_or(|last| matches!(last, ' ' | '\t' | '\n')) => {}
            ' ' | '\t' | '\n' | '\r' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
