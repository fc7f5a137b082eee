//! HTML as a run of tags and text. No tree: what is read from it is words alone, so that nothing in it can act.

/// The longest tag that is read, in bytes; past it the sign is a character.
const LONGEST_TAG: usize = 64 * 1024;
/// How many bytes are looked through for the ends of tags that have none. Once they are spent, a tag ends before the next
/// one begins, or is none: else a megabyte of open quotes is looked through once for each of its signs.
const LOOKED_THROUGH: usize = 4 * 1024 * 1024;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token<'a> {
    Open(Tag),
    Close(String),
    Text(&'a str),
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tag {
    pub name: String,
    pub attributes: Vec<(String, String)>,
}

impl Tag {
    pub fn get(&self, name: &str) -> &str {
        self.attributes.iter().find(|(attribute, _)| attribute == name).map_or("", |(_, value)| value)
    }
}

/// Elements whose content is no HTML.
const RAW: [&str; 5] = ["script", "style", "title", "textarea", "xml"];

pub fn tokens(html: &str) -> impl Iterator<Item = Token<'_>> {
    let mut rest = html;
    let mut budget = LOOKED_THROUGH;
    std::iter::from_fn(move || {
        while !rest.is_empty() {
            let (token, after) = next(rest, &mut budget);
            rest = after;
            if let Some(Token::Open(tag)) = &token
                && RAW.contains(&tag.name.as_str())
            {
                rest = after_raw(rest, &tag.name);
            }
            if token.is_some() {
                return token;
            }
        }
        None
    })
}

/// The next token, if it says anything, and what follows it.
fn next<'a>(html: &'a str, budget: &mut usize) -> (Option<Token<'a>>, &'a str) {
    let Some(at) = html.find('<') else { return (Some(Token::Text(html)), "") };
    if at > 0 {
        return (Some(Token::Text(&html[..at])), &html[at..]);
    }
    if let Some(comment) = html.strip_prefix("<!--") {
        return (None, comment.split_once("-->").map_or("", |(_, after)| after));
    }
    if html.starts_with("<!") || html.starts_with("<?") {
        return (None, html.split_once('>').map_or("", |(_, after)| after));
    }
    let named = html[1..].trim_start_matches('/').starts_with(|c: char| c.is_ascii_alphabetic());
    match named.then(|| tag_end(html, budget)).flatten() {
        Some(end) => (Some(tag(&html[1..end])), &html[end + 1..]),
        None => (Some(Token::Text(&html[..1])), &html[1..]),
    }
}

/// Where the `>` of a tag stands that is in no quotes. What is looked through in vain is taken from the budget.
fn tag_end(html: &str, budget: &mut usize) -> Option<usize> {
    let mut quote = None;
    let mut looked = 0;
    for (at, byte) in html.bytes().enumerate().skip(1).take(LONGEST_TAG) {
        looked = at;
        match (quote, byte) {
            (None, b'>') => return Some(at),
            (None | Some(_), b'<') if *budget == 0 => break,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), close) if open == close => quote = None,
            (None | Some(_), _) => {}
        }
    }
    *budget = budget.saturating_sub(looked);
    None
}

fn tag(inside: &str) -> Token<'static> {
    let (close, inside) = (inside.starts_with('/'), inside.trim_start_matches('/'));
    let end = inside.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(inside.len());
    let name = inside[..end].to_ascii_lowercase();
    match close {
        true => Token::Close(name),
        false => Token::Open(Tag { name, attributes: attributes(&inside[end..]) }),
    }
}

fn attributes(mut text: &str) -> Vec<(String, String)> {
    let mut out = Vec::new();
    loop {
        text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        let end = text.find(|c: char| c.is_whitespace() || "=/".contains(c)).unwrap_or(text.len());
        if end == 0 {
            match text.chars().next() {
                None => return out,
                Some(odd) => text = &text[odd.len_utf8()..],
            }
            continue;
        }
        let name = text[..end].to_ascii_lowercase();
        text = text[end..].trim_start();
        let value = match text.strip_prefix('=') {
            None => "",
            Some(given) => {
                let (value, after) = value(given.trim_start());
                text = after;
                value
            }
        };
        out.push((name, decoded(value)));
    }
}

fn value(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(quoted) = text.strip_prefix(quote) {
            return quoted.split_once(quote).unwrap_or((quoted, ""));
        }
    }
    text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()))
}

fn after_raw<'a>(html: &'a str, name: &str) -> &'a str {
    let close = format!("</{name}");
    let mut from = 0;
    while let Some(at) = html[from..].find("</") {
        let here = from + at;
        if html[here..].get(..close.len()).is_some_and(|found| found.eq_ignore_ascii_case(&close)) {
            return &html[here..];
        }
        from = here + 2;
    }
    ""
}

/// Text with its character references read; an unknown one stays as it is typed.
pub fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(12).position(|byte| byte == b';');
        match end.and_then(|end| reference(&rest[1..end]).map(|c| (c, end))) {
            Some((c, end)) => {
                out.push(c);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out + rest
}

const NAMED: [(&str, char); 24] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("shy", '\u{ad}'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("hellip", '…'),
    ("bull", '•'),
    ("middot", '·'),
    ("pound", '£'),
    ("euro", '€'),
    ("eacute", 'é'),
    ("egrave", 'è'),
    ("deg", '°'),
    ("frac12", '½'),
    ("times", '×'),
    ("copy", '©'),
];

fn reference(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code);
    }
    NAMED.iter().find(|(known, _)| *known == name).map(|(_, c)| *c)
}
