//! A page that came back, and ways of looking at it that a person has.

use axum::http::HeaderMap;
use scraper::{ElementRef, Html, Selector};

use super::form::Form;

#[derive(Debug, Clone)]
pub struct Page {
    /// What was asked for.
    pub path: String,
    pub status: u16,
    pub location: Option<String>,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Page {
    pub fn html(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub fn dom(&self) -> Html {
        Html::parse_document(&self.html())
    }

    /// What script is answered.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|_| panic!("{}: {}", self.path, self.html()))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Everything in the page's body that can be read or heard, white space made single.
    pub fn text(&self) -> String {
        let dom = self.dom();
        match dom.select(&selector("body")).next() {
            Some(body) => words(body),
            None => self.html(),
        }
    }

    /// The same, of the main part alone: without bar and foot.
    pub fn main_text(&self) -> String {
        self.find("main").join(" ")
    }

    pub fn has_text(&self, text: &str) -> bool {
        self.text().contains(text)
    }

    #[track_caller]
    pub fn assert_text(&self, text: &str) {
        assert!(self.has_text(text), "{} does not say “{text}”. It says: {}", self.path, self.text());
    }

    #[track_caller]
    pub fn assert_no_text(&self, text: &str) {
        assert!(!self.has_text(text), "{} says “{text}”: {}", self.path, self.text());
    }

    pub fn title(&self) -> String {
        self.find("title").concat()
    }

    /// The main heading.
    pub fn heading(&self) -> String {
        self.find("h1").join(" | ")
    }

    /// The sentence about what was just done.
    pub fn flash(&self) -> String {
        self.find("#flash").concat()
    }

    /// The text of every element that a CSS selector finds.
    pub fn find(&self, css: &str) -> Vec<String> {
        self.dom().select(&selector(css)).map(words).collect()
    }

    /// Where the link with this text leads: the whole text, or else its beginning.
    #[track_caller]
    pub fn link(&self, text: &str) -> String {
        let links = self.links();
        let exact = links.iter().find(|(label, _)| label == text);
        let found = exact.or_else(|| links.iter().find(|(label, _)| label.starts_with(text)));
        match found {
            Some((_, href)) => href.clone(),
            None => panic!("{} has no link “{text}”, only {:?}", self.path, links),
        }
    }

    pub fn has_link(&self, text: &str) -> bool {
        self.links().iter().any(|(label, _)| label == text)
    }

    /// Text and target of every link.
    pub fn links(&self) -> Vec<(String, String)> {
        let dom = self.dom();
        let css = selector("a[href]");
        let links = dom.select(&css);
        links.map(|link| (words(link), link.attr("href").unwrap_or_default().to_owned())).collect()
    }

    /// The problems of the error summary, each of which has to lead somewhere on the page.
    #[track_caller]
    pub fn problems(&self) -> Vec<String> {
        let dom = self.dom();
        for link in dom.select(&selector(".govuk-error-summary__list a")) {
            let href = link.attr("href").unwrap_or_default();
            if let Some(id) = href.strip_prefix('#') {
                let there = dom.select(&selector("[id]")).any(|element| element.attr("id") == Some(id));
                assert!(there, "{}: the problem “{}” leads to {href}, which is not there", self.path, words(link));
            }
        }
        dom.select(&selector(".govuk-error-summary__list li")).map(words).collect()
    }

    /// Whether a button with this text is there to press.
    pub fn has_button(&self, text: &str) -> bool {
        self.find("button").iter().any(|label| label == text)
    }

    /// The form with this button, filled as the page filled it: the button's whole text, or else its beginning.
    #[track_caller]
    pub fn form(&self, button: &str) -> Form {
        Form::find(self, button)
    }
}

pub fn selector(css: &str) -> Selector {
    Selector::parse(css).unwrap()
}

/// The words within an element, as they are read out: none of scripts and styles.
pub fn words(element: ElementRef<'_>) -> String {
    let mut text = String::new();
    for node in element.descendants() {
        let inside = node.ancestors().filter_map(ElementRef::wrap).map(|parent| parent.value().name());
        if let Some(piece) = node.value().as_text()
            && !inside.into_iter().any(|name| matches!(name, "script" | "style" | "template"))
        {
            text.push_str(piece);
        } else if node.value().as_element().is_some_and(|element| !INLINE.contains(&element.name())) {
            text.push(' ');
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Elements that don't part words.
const INLINE: &[&str] = &["a", "abbr", "b", "em", "i", "ins", "del", "mark", "span", "strong", "small", "sup", "time"];
