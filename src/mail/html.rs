//! The second part of every message: the same words as the plain text, with links as links.

use askama::Template;

use crate::db::Message;

#[derive(Template)]
#[template(path = "mail/message.html")]
struct Html<'a> {
    subject: &'a str,
    paragraphs: Vec<Vec<Line<'a>>>,
}

#[derive(Debug, PartialEq, Eq)]
enum Line<'a> {
    Text(&'a str),
    Link(&'a str),
}

/// `site` is the address that our own links begin with: what somebody typed into a message never becomes a link.
pub fn html(message: &Message, site: &str) -> Result<String, askama::Error> {
    let paragraphs = message.body.trim().split("\n\n").filter(|paragraph| !paragraph.trim().is_empty());
    let paragraphs = paragraphs.map(|one| one.trim().lines().map(|text| line(text, site)).collect()).collect();
    Html { subject: &message.subject, paragraphs }.render()
}

/// Messages put each link on a line of its own.
fn line<'a>(text: &'a str, site: &str) -> Line<'a> {
    let path = text.strip_prefix(site).filter(|path| path.starts_with('/') && !path.contains(char::is_whitespace));
    match path {
        Some(_) => Line::Link(text),
        None => Line::Text(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_with_our_links_alone() {
        let body = "Hello Zoë,\n\nWhat changed:\n<b>All</b> of it\nhttps://elsewhere.example/x\n\nRead it here:\nhttps://rolebook.example/staff/x\n";
        let message = Message { to: String::new(), subject: "To & fro".into(), body: body.into() };
        let html = html(&message, "https://rolebook.example").unwrap();
        for part in [
            "<title>To &#38; fro</title>",
            "<p>Hello Zoë,</p>",
            "&#60;b&#62;All&#60;/b&#62; of it",
            "<a href=\"https://rolebook.example/staff/x\">",
        ] {
            assert!(html.contains(part), "{part} is not in {html}");
        }
        assert_eq!(html.matches("<a ").count(), 1, "{html}");
        assert_eq!(
            line("https://rolebook.example.evil/x", "https://rolebook.example"),
            Line::Text("https://rolebook.example.evil/x")
        );
    }
}
