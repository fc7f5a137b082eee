//! Text inside paragraphs: how it is dressed, links, breaks, and the marks of tracked changes.

use super::super::super::blocks::AsideKind;
use super::super::super::refusal::Refusal;
use super::super::line::collapsed;
use super::walk::Walk;
use ego_tree::NodeRef;
use scraper::Node;
use scraper::node::Element;

/// How text is dressed by the elements around it.
#[derive(Debug, Clone, Default)]
pub struct Dress {
    bold: bool,
    /// Line ends and spaces are as typed.
    typed: bool,
}

impl Dress {
    pub fn within(&self, element: &Element) -> Self {
        let style = element.attr("style").unwrap_or_default().to_ascii_lowercase().replace(' ', "");
        let weight = style.split("font-weight:").nth(1).map(|rest| {
            let value = rest.split(';').next().unwrap_or_default();
            value.starts_with("bold") || value.parse::<u32>().is_ok_and(|weight| weight >= 600)
        });
        let named = matches!(element.name(), "b" | "strong").then_some(true);
        Self {
            bold: weight.or(named).unwrap_or(self.bold),
            typed: self.typed || element.name() == "pre" || style.contains("white-space:pre"),
        }
    }
}

impl Walk {
    /// Takes text as the page shows it.
    pub fn text(&mut self, text: &str, dress: &Dress) -> Result<(), Refusal> {
        if dress.typed {
            return self.typed_text(text, dress);
        }
        let text = collapsed(text, &self.line.text);
        self.show(&text, dress)
    }

    /// Text whose line ends count: each line is a paragraph.
    fn typed_text(&mut self, text: &str, dress: &Dress) -> Result<(), Refusal> {
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                if self.line.text.is_empty() {
                    self.line.text.push(' ');
                }
                self.end_line()?;
            }
            self.show(line.trim_end_matches('\r'), dress)?;
        }
        Ok(())
    }

    fn show(&mut self, text: &str, dress: &Dress) -> Result<(), Refusal> {
        if let Some(deleted) = self.deleted.as_mut() {
            deleted.push_str(text);
            return Ok(());
        }
        self.page.write(&mut self.line, text, dress.bold)
    }

    /// Walks an element inside a paragraph.
    pub fn inline(
        &mut self,
        node: NodeRef<'_, Node>,
        element: &Element,
        dress: &Dress,
        depth: usize,
    ) -> Result<(), Refusal> {
        match element.name() {
            "br" => return self.line_break(),
            "img" | "svg" => {
                self.picture(element);
                return Ok(());
            }
            "input" => return self.input(element, dress),
            "del" => return self.deletion(node, element, dress, depth),
            "pre" => {
                self.end_line()?;
                self.children(node, dress, depth)?;
                return self.end_line();
            }
            _ => {}
        }
        if super::lists::is_typed_marker(element) {
            return self.typed_marker(node);
        }
        let start = self.line.text.len();
        let inserted = element.name() == "ins";
        let target = element.attr("href").filter(|target| element.name() == "a" && !target.starts_with('#'));
        (self.inserted, self.linked) =
            (self.inserted + usize::from(inserted), self.linked + usize::from(target.is_some()));
        let walked = self.children(node, dress, depth);
        (self.inserted, self.linked) =
            (self.inserted - usize::from(inserted), self.linked - usize::from(target.is_some()));
        walked?;
        // a block inside it has ended the line it began in
        let text = self.line.text.get(start..).unwrap_or(&self.line.text).trim().to_owned();
        if let Some(target) = target.filter(|target| !target.trim().is_empty() && self.linked == 0) {
            self.line.asides.push(AsideKind::Link { text: text.clone(), target: target.trim().to_owned() });
        }
        if inserted && self.inserted == 0 && !text.is_empty() {
            let (author, date) = who_and_when(element);
            self.line.asides.push(AsideKind::Inserted { text, author, date });
        }
        Ok(())
    }

    /// One break goes on in the paragraph; a second one ends it.
    fn line_break(&mut self) -> Result<(), Refusal> {
        if self.line.text.ends_with('\n') {
            return self.end_line();
        }
        self.line.text.push('\n');
        Ok(())
    }

    fn input(&mut self, element: &Element, dress: &Dress) -> Result<(), Refusal> {
        match element.attr("type").map(str::to_ascii_lowercase).as_deref() {
            Some("checkbox" | "radio") => {
                let sign = if element.attr("checked").is_some() { "☒" } else { "☐" };
                self.show(sign, dress)
            }
            Some("hidden" | "submit" | "button" | "image" | "file" | "password") => Ok(()),
            Some(_) | None => self.show(element.attr("value").unwrap_or_default(), dress),
        }
    }

    fn deletion(
        &mut self,
        node: NodeRef<'_, Node>,
        element: &Element,
        dress: &Dress,
        depth: usize,
    ) -> Result<(), Refusal> {
        let outer = self.deleted.take();
        self.deleted = Some(String::new());
        let walked = self.children(node, dress, depth);
        let text = std::mem::replace(&mut self.deleted, outer).unwrap_or_default().trim().to_owned();
        walked?;
        if !text.is_empty() {
            let (author, date) = who_and_when(element);
            self.line.asides.push(AsideKind::Deleted { text, author, date });
        }
        Ok(())
    }

    fn typed_marker(&mut self, node: NodeRef<'_, Node>) -> Result<(), Refusal> {
        let mut text = String::new();
        for inside in node.descendants() {
            if let Node::Text(own) = inside.value() {
                text.push_str(own);
            }
        }
        self.typed = Some(text);
        Ok(())
    }
}

fn who_and_when(element: &Element) -> (String, String) {
    let author = element.attr("cite").map(|cite| cite.strip_prefix("mailto:").unwrap_or(cite));
    (author.unwrap_or_default().to_owned(), element.attr("datetime").unwrap_or_default().to_owned())
}
