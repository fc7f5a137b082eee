//! Bold, italic and links in a line of text, in one small form: `**bold**`, `*italic*`, `[words](https://…)`.
//!
//! A mark that is not matched is only a character, and a backslash before one makes it so. Marks begin where a word
//! begins and end where one ends, so that `A*-C` and `2 * 3` stay as they are. Nothing here writes HTML: templates
//! print the spans, each escaped, and a link leads only where [`target`] lets it.

mod parse;
mod write;

pub use parse::{parse, plain, spans};
pub use write::write;

/// The longest address of a link, in characters.
pub const LONGEST_ADDRESS: usize = 2_000;

/// A stretch of a line that looks one way.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Span {
    pub text: String,
    pub bold: bool,
    pub italic: bool,
    /// Where it leads: https, http or mailto.
    pub link: Option<String>,
}

/// How a stretch looks.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Look {
    pub bold: bool,
    pub italic: bool,
    pub link: Option<String>,
}

impl Span {
    pub fn look(&self) -> Look {
        Look { bold: self.bold, italic: self.italic, link: self.link.clone() }
    }

    fn looks_like(&self, other: &Span) -> bool {
        (self.bold, self.italic, &self.link) == (other.bold, other.italic, &other.link)
    }
}

/// The address that a link may lead to, as it is printed; none for anything but the web and mail.
pub fn target(address: &str) -> Option<String> {
    let short = address.chars().count() <= LONGEST_ADDRESS && !address.contains(['(', ')']);
    let mail = address.strip_prefix("mailto:").and_then(super::text::email);
    match (short, mail) {
        (false, _) => None,
        (true, Some(mail)) => Some(format!("mailto:{mail}")),
        (true, None) => super::advert::is_web_address(address).then(|| address.to_owned()),
    }
}

/// Joins neighbours that look the same, and leaves out empty ones.
fn joined(spans: Vec<Span>) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    for span in spans.into_iter().filter(|span| !span.text.is_empty()) {
        match out.last_mut() {
            Some(last) if last.looks_like(&span) => last.text.push_str(&span.text),
            Some(_) | None => out.push(span),
        }
    }
    out
}

#[cfg(test)]
mod tests;
