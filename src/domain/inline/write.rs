//! Spans written as a line with marks.

use super::parse::{MARKS, parse, plain};
use super::{Span, joined};

/// The line that reads as these spans. Where the form can't say how a stretch looks, in the middle of a word, its
/// words stand there plainly: no character is ever lost.
pub fn write(spans: &[Span]) -> String {
    let spans = joined(spans.to_vec());
    let words: String = spans.iter().map(|span| span.text.as_str()).collect();
    let marked: String = spans.iter().map(marked).collect();
    if plain(&marked) == words {
        return marked;
    }
    let links_only: Vec<Span> = spans.into_iter().map(|span| Span { bold: false, italic: false, ..span }).collect();
    let linked: String = joined(links_only).iter().map(marked_fully).collect();
    match plain(&linked) == words {
        true => linked,
        false => unmarked(&words),
    }
}

/// Words that would be read as marks get their backslashes; others stay as they were typed.
pub(super) fn unmarked(words: &str) -> String {
    match plain(words) == words
        && parse(words).iter().all(|span| *span == Span { text: span.text.clone(), ..Span::default() })
    {
        true => words.to_owned(),
        false => escaped(words),
    }
}

fn escaped(words: &str) -> String {
    words.chars().flat_map(|c| MARKS.contains(c).then_some('\\').into_iter().chain([c])).collect()
}

fn marked(span: &Span) -> String {
    match span.bold || span.italic || span.link.is_some() {
        true => marked_fully(span),
        false => unmarked(&span.text),
    }
}

/// Spaces at the ends stay outside the marks.
fn marked_fully(span: &Span) -> String {
    let text = span.text.trim();
    if text.is_empty() {
        return span.text.clone();
    }
    let start = span.text.len() - span.text.trim_start().len();
    let (before, after) = (&span.text[..start], &span.text[start + text.len()..]);
    let stars = match (span.bold, span.italic) {
        (true, true) => "***",
        (true, false) => "**",
        (false, true) => "*",
        (false, false) => "",
    };
    let words = format!("{stars}{}{stars}", escaped(text));
    match &span.link {
        Some(link) => format!("{before}[{words}]({link}){after}"),
        None => format!("{before}{words}{after}"),
    }
}
