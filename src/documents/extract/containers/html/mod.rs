//! Web pages and pasted HTML (.html): the tree in, blocks in reading order out.
//!
//! The parser is html5ever, which reads what browsers read; `walk` goes over blocks, `inline` over text and its dress,
//! `lists` over lists, `tables` over tables and label lists. What a browser does not show is no text of the page.

mod inline;
mod lists;
mod tables;
mod walk;

use super::super::blocks::Document;
use super::super::limits;
use super::super::refusal::Refusal;
use encoding_rs::Encoding;
use scraper::Html;
use walk::Walk;

/// Bytes at the start in which a page may name its encoding.
const HEAD: usize = 4_096;

/// Reads a page or a fragment of one.
pub fn read(bytes: &[u8]) -> Result<Document, Refusal> {
    if bytes.len() > limits::PART_BYTES {
        return Err(Refusal::TooMuchText);
    }
    let text = decode(bytes);
    let text = if text.starts_with("Version:") { text.find('<').map_or("", |at| &text[at..]) } else { &text };
    check_depth(text)?;
    let tree = Html::parse_document(text);
    let mut walk = Walk::new();
    walk.children(tree.tree.root(), &inline::Dress::default(), 0)?;
    walk.finish()
}

/// Counts open tags before the tree is built: the parser's own time grows with the square of the depth.
fn check_depth(text: &str) -> Result<(), Refusal> {
    let (mut depth, mut tags) = (0_usize, 0_usize);
    for after in text.split('<').skip(1) {
        let name = after.trim_start_matches('/').as_bytes().first().is_some_and(u8::is_ascii_alphabetic);
        tags += usize::from(name);
        if after.starts_with('/') {
            depth = depth.saturating_sub(1);
        } else if name && !is_void(after) {
            depth += 1;
        }
        if tags > limits::HTML_TAGS {
            return Err(Refusal::UnpacksTooLarge);
        }
        if depth > limits::HTML_OPEN {
            return Err(Refusal::TooDeep);
        }
    }
    Ok(())
}

/// Whether a tag closes by itself, or is often left open.
fn is_void(tag: &str) -> bool {
    let end = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
    let closed = tag.find('>').is_some_and(|at| tag[..at].ends_with('/'));
    let name = tag[..end].to_ascii_lowercase();
    closed
        || ["br", "img", "hr", "meta", "link", "input", "col", "wbr", "p", "li", "td", "th", "tr", "dt", "dd", "option"]
            .contains(&name.as_str())
}

/// By its mark, as UTF-8, as the page says, or as Windows-1252.
fn decode(bytes: &[u8]) -> String {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned();
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_ascii_lowercase();
    let named = head.split("charset=").nth(1).map(|rest| rest.trim_start_matches(['"', '\'']));
    let named = named.and_then(|rest| rest.split(['"', '\'', '>', ';', ' ', '/']).next());
    let encoding = named.and_then(|name| Encoding::for_label(name.as_bytes()));
    let encoding = encoding.filter(|own| *own != encoding_rs::UTF_8).unwrap_or(encoding_rs::WINDOWS_1252);
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}
