//! Clipboard HTML as entries: lists by their elements or by Word's `mso-list`, tables row by row, lines by blocks.

use super::style::{self, MsoList};
use super::text::marked;
use super::tokens::{Tag, Token, decoded, tokens};
use super::{Dropped, Entry, PASTE_BYTES, Pasted, TooMuch};
use crate::domain::inline::{Span, target, write};

/// Elements inside each other; deeper ones are read as if they were not there.
const DEEPEST: usize = 200;

const VOID: [&str; 9] = ["br", "img", "hr", "meta", "link", "input", "col", "wbr", "base"];

/// An open element.
#[derive(Default)]
struct Open {
    name: String,
    bold: bool,
    italic: bool,
    link: Option<String>,
    /// Its words are left out.
    skipped: bool,
    /// Its words are the printed bullet or number.
    marker: bool,
    /// Of an ordered list, the number of its last item.
    counter: Option<(char, usize)>,
}

#[derive(Default)]
struct Reader {
    pasted: Pasted,
    open: Vec<Open>,
    spans: Vec<Span>,
    /// What is known of the entry that is being read.
    entry: Entry,
    marker: String,
    listed: bool,
    /// Cells of the row that is being read, and whether all are headings.
    row: Option<(Vec<String>, bool)>,
}

/// Reads the HTML of a clipboard.
///
/// # Errors
/// More than is read at once.
pub fn read_html(html: &str) -> Result<Pasted, TooMuch> {
    if html.len() > PASTE_BYTES {
        return Err(TooMuch::Bytes);
    }
    let mut reader = Reader::default();
    for token in tokens(html) {
        match token {
            Token::Open(tag) => reader.open(&tag)?,
            Token::Close(name) => reader.close(&name)?,
            Token::Text(text) => reader.text(&decoded(text)),
        }
    }
    reader.flush()?;
    reader.end_row()?;
    Ok(reader.pasted)
}

impl Reader {
    fn open(&mut self, tag: &Tag) -> Result<(), TooMuch> {
        self.note(tag);
        match tag.name.as_str() {
            "br" => return self.line_break(),
            "li" => self.close_within("li", &["ul", "ol"])?,
            "tr" => self.close_within("tr", &["table"])?,
            "td" | "th" => {
                self.close_within("td", &["tr"])?;
                self.close_within("th", &["tr"])?;
            }
            _ => {}
        }
        let name = tag.name.as_str();
        if is_block(name) && !self.goes_on(name) {
            self.flush()?;
        }
        if !VOID.contains(&name) && self.open.len() < DEEPEST {
            self.open.push(self.opened(tag));
        }
        match name {
            "li" => self.list_item(),
            "tr" if self.row.is_none() => self.row = Some((Vec::new(), true)),
            "td" => self.row.iter_mut().for_each(|(_, headings)| *headings = false),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.entry.heading = true,
            _ => {}
        }
        if let Some(MsoList::Level(level)) = style::mso_list(tag) {
            self.entry.level = level;
            self.listed = true;
        }
        Ok(())
    }

    /// What can't be kept is counted.
    fn note(&mut self, tag: &Tag) {
        match tag.name.as_str() {
            "img" | "picture" | "svg" | "v:imagedata" => self.pasted.drop(Dropped::Pictures),
            "script" => self.pasted.drop(Dropped::Scripts),
            "object" | "embed" | "iframe" | "video" | "audio" | "canvas" | "input" | "select" | "textarea"
            | "button" => {
                self.pasted.drop(Dropped::Objects);
            }
            "del" => self.pasted.drop(Dropped::Deleted),
            "a" if !tag.get("href").is_empty() && address(tag).is_none() => self.pasted.drop(Dropped::Links),
            _ => {}
        }
        if style::is_comment(tag) {
            self.pasted.drop(Dropped::Comments);
        }
        if style::is_formatted(tag) {
            self.pasted.drop(Dropped::Formatting);
        }
    }

    fn opened(&self, tag: &Tag) -> Open {
        let above = self.open.last();
        let out = ["script", "style", "title", "textarea", "xml", "head", "svg", "object", "select", "del", "button"];
        let number = tag.get("start").parse().unwrap_or(1usize).saturating_sub(1);
        Open {
            name: tag.name.clone(),
            bold: style::bold(tag).unwrap_or_else(|| above.is_some_and(|open| open.bold)),
            italic: style::italic(tag).unwrap_or_else(|| above.is_some_and(|open| open.italic)),
            link: address(tag).or_else(|| above.and_then(|open| open.link.clone())),
            skipped: above.is_some_and(|open| open.skipped)
                || out.contains(&tag.name.as_str())
                || style::is_comment(tag)
                || style::is_hidden(tag),
            marker: above.is_some_and(|open| open.marker) || style::mso_list(tag) == Some(MsoList::Marker),
            counter: (tag.name == "ol").then(|| (tag.get("type").chars().next().unwrap_or('1'), number)),
        }
    }

    fn close(&mut self, name: &str) -> Result<(), TooMuch> {
        let Some(at) = self.open.iter().rposition(|open| open.name == name) else { return Ok(()) };
        let cell = matches!(name, "td" | "th") && !self.within_inner_table(at);
        if cell {
            let text = self.take_text();
            self.row.iter_mut().for_each(|(cells, _)| cells.push(text.clone()));
        } else if is_block(name) && !self.goes_on(name) {
            self.flush()?;
        }
        self.open.truncate(at);
        match name {
            "tr" if !self.open.iter().any(|open| open.name == "tr") => self.end_row(),
            _ => Ok(()),
        }
    }

    /// A cell of a table that stands in a cell: its words belong to the outer one.
    fn within_inner_table(&self, at: usize) -> bool {
        self.open[..at].iter().filter(|open| open.name == "table").count() > 1
    }

    /// Ends an element that its successor ends, as HTML lets people leave out.
    fn close_within(&mut self, name: &str, bounds: &[&str]) -> Result<(), TooMuch> {
        let last = self.open.iter().rposition(|open| open.name == name);
        let bound = self.open.iter().rposition(|open| bounds.contains(&open.name.as_str()));
        match last > bound && last.is_some() {
            true => self.close(name),
            false => Ok(()),
        }
    }

    /// In a cell and at the beginning of a list item, blocks part lines and not entries.
    fn goes_on(&mut self, name: &str) -> bool {
        let in_cell = self.row.is_some() && self.open.iter().any(|open| matches!(open.name.as_str(), "td" | "th"));
        if in_cell && !matches!(name, "td" | "th" | "tr") {
            self.soft_break();
            return true;
        }
        let in_item = self.open.last().is_some_and(|open| open.name == "li") || name == "p" && self.in_item();
        if matches!(name, "p" | "div") && in_item {
            self.soft_break();
            return true;
        }
        false
    }

    fn in_item(&self) -> bool {
        let item = self.open.iter().rposition(|open| open.name == "li");
        let list = self.open.iter().rposition(|open| matches!(open.name.as_str(), "ul" | "ol"));
        item.is_some() && item > list
    }

    fn list_item(&mut self) {
        let depth = self.open.iter().filter(|open| matches!(open.name.as_str(), "ul" | "ol")).count();
        self.entry.level = depth.saturating_sub(1);
        self.listed = true;
        let list = self.open.iter_mut().rev().find(|open| matches!(open.name.as_str(), "ul" | "ol"));
        if let Some((kind, count)) = list.and_then(|list| list.counter.as_mut()) {
            *count += 1;
            self.entry.number = Some(numbered(*kind, *count));
        }
    }

    fn text(&mut self, text: &str) {
        let Some(look) = self.open.last() else { return self.words(text, &Open::default()) };
        if look.skipped {
            return;
        }
        if look.marker {
            self.marker.push_str(text);
            return;
        }
        let look = Open { link: look.link.clone(), bold: look.bold, italic: look.italic, ..Open::default() };
        self.words(text, &look);
    }

    /// White space of the source is one space, and none at the beginning of a line.
    fn words(&mut self, text: &str, look: &Open) {
        let text = self.pasted.visible(&text.replace(['\n', '\t', '\r'], " "));
        let mut kept = String::new();
        let mut after_space = self.spans.last().is_none_or(|span| span.text.ends_with([' ', '\n']));
        for c in text.chars() {
            match (c.is_whitespace(), after_space) {
                (true, true) => {}
                (true, false) => kept.push(' '),
                (false, _) => kept.push(c),
            }
            after_space = c.is_whitespace();
        }
        if !kept.is_empty() {
            self.spans.push(Span { text: kept, bold: look.bold, italic: look.italic, link: look.link.clone() });
        }
    }

    fn line_break(&mut self) -> Result<(), TooMuch> {
        match self.row.is_some() || self.listed {
            true => self.soft_break(),
            false => self.flush()?,
        }
        Ok(())
    }

    fn soft_break(&mut self) {
        if self.spans.last().is_some_and(|span| !span.text.ends_with('\n')) {
            self.spans.push(Span { text: "\n".to_owned(), ..Span::default() });
        }
    }

    /// The words since the last entry, each line with its own marks.
    fn take_text(&mut self) -> String {
        let spans = std::mem::take(&mut self.spans);
        let mut lines: Vec<Vec<Span>> = vec![Vec::new()];
        for span in spans {
            for (n, part) in span.text.split('\n').enumerate() {
                if n > 0 {
                    lines.push(Vec::new());
                }
                if let Some(line) = lines.last_mut() {
                    line.push(Span { text: part.to_owned(), ..span.clone() });
                }
            }
        }
        let lines = lines.iter().map(|line| write(line).trim().to_owned()).filter(|line| !line.is_empty());
        lines.collect::<Vec<_>>().join("\n")
    }

    fn flush(&mut self) -> Result<(), TooMuch> {
        if self.row.is_some() {
            return Ok(());
        }
        let bold = self.spans.iter().all(|span| span.bold || span.text.trim().is_empty());
        let whole = bold && !self.listed && !self.spans.is_empty();
        if whole || self.entry.heading {
            // A line all in bold is a heading in disguise: it needs no marks.
            self.spans.iter_mut().for_each(|span| (span.bold, span.italic) = (false, false));
        }
        let text = self.take_text();
        let marker = std::mem::take(&mut self.marker);
        let listed = std::mem::take(&mut self.listed);
        let mut entry = std::mem::take(&mut self.entry);
        entry.heading = !listed && (entry.heading || whole);
        let typed = if marker.trim().is_empty() { text } else { format!("{} {text}", marker.trim()) };
        let (number, words) = match listed && marker.trim().is_empty() {
            true => (None, typed.as_str()),
            false => marked(&typed),
        };
        let number = number.or(entry.number.take());
        self.pasted.push(Entry { number, cells: vec![words.to_owned()], ..entry })
    }

    fn end_row(&mut self) -> Result<(), TooMuch> {
        let Some((cells, headings)) = self.row.take() else { return Ok(()) };
        let heading = headings && cells.len() > 1;
        if heading {
            self.pasted.drop(Dropped::TableHeadings);
        }
        self.pasted.push(Entry { cells, heading, ..Entry::default() })
    }
}

fn address(tag: &Tag) -> Option<String> {
    (tag.name == "a").then(|| target(tag.get("href").trim())).flatten()
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "li"
            | "ul"
            | "ol"
            | "table"
            | "tr"
            | "td"
            | "th"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "blockquote"
            | "pre"
            | "hr"
            | "section"
            | "article"
            | "dl"
            | "dt"
            | "dd"
            | "body"
            | "html"
            | "header"
            | "footer"
            | "main"
            | "tbody"
            | "thead"
            | "caption"
            | "address"
            | "form"
    )
}

/// The number of an ordered list's item in the list's own way of counting.
fn numbered(kind: char, count: usize) -> String {
    let letter = |first: u8| char::from(first + ((count.max(1) - 1) % 26) as u8);
    match kind {
        'a' => format!("{})", letter(b'a')),
        'A' => format!("{})", letter(b'A')),
        _ => format!("{count}."),
    }
}
