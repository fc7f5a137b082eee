//! What stands inside a paragraph: spans, links, fields, notes, drawings, and the marks between them.

use super::super::super::blocks::AsideKind;
use super::super::super::refusal::Refusal;
use super::super::line::{Line, collapsed};
use super::super::symbols;
use super::super::xml::{Element, Node};
use super::story::Story;
use super::styles::Look;

/// Most spaces that one element may stand for.
const SPACES: usize = 200;

/// How text is dressed: what the paragraph and the spans around it say.
#[derive(Debug, Clone, Default)]
pub struct Dress {
    bold: bool,
    hidden: bool,
    /// Whether the text is in a font of pictures; its letters are then signs.
    font: Option<String>,
}

impl Dress {
    pub fn of(look: &Look) -> Self {
        Self { bold: look.bold == Some(true), hidden: look.hidden == Some(true), font: symbolic(look) }
    }

    fn within(&self, look: &Look) -> Self {
        let font = if look.font.is_some() { symbolic(look) } else { self.font.clone() };
        Self { bold: look.bold.unwrap_or(self.bold), hidden: look.hidden.unwrap_or(self.hidden), font }
    }
}

fn symbolic(look: &Look) -> Option<String> {
    look.font.clone().filter(|font| {
        let font = font.to_lowercase();
        font.starts_with("wingdings") || font.starts_with("symbol") || font.starts_with("webdings")
    })
}

impl<'e> Story<'e> {
    /// Gathers everything inside an element into the line.
    pub fn inside(&mut self, parent: &'e Element, line: &mut Line, dress: Dress) -> Result<(), Refusal> {
        for child in &parent.children {
            match child {
                Node::Text(text) => {
                    let text = collapsed(text, &line.text);
                    self.write(&text, line, &dress)?;
                }
                Node::Element(element) => self.one(element, line, &dress)?,
            }
        }
        Ok(())
    }

    fn one(&mut self, element: &'e Element, line: &mut Line, dress: &Dress) -> Result<(), Refusal> {
        match element.name() {
            "span" => {
                let look = self.styles.look_of_span(element);
                self.inside(element, line, dress.within(&look))
            }
            "s" => {
                let count = element.attribute("c").and_then(|count| count.parse().ok()).unwrap_or(1);
                self.write(&" ".repeat(SPACES.min(count)), line, dress)
            }
            "tab" => self.write("\t", line, dress),
            "line-break" => self.write("\n", line, dress),
            "a" => self.link(element, line, dress.clone()),
            "note" => {
                self.notes.extend(element.child("note-body"));
                Ok(())
            }
            "annotation" => {
                line.asides.extend(self.marks.comment(element));
                Ok(())
            }
            "annotation-end" => {
                line.asides.extend(self.marks.comment_end(element));
                Ok(())
            }
            "change-start" | "change-end" | "change" => {
                line.asides.extend(self.marks.change(element));
                Ok(())
            }
            "bookmark" | "bookmark-start" => {
                let name = element.attribute("name").filter(|name| !name.starts_with('_') && !name.is_empty());
                line.asides.extend(name.map(|name| AsideKind::Bookmark { name: name.to_owned() }));
                Ok(())
            }
            "frame" | "custom-shape" | "rect" | "g" | "text-box" | "image" | "object" | "ellipse" | "line" => {
                self.drawing(element, "", line)
            }
            "ruby-text" | "soft-page-break" | "bookmark-end" | "tracked-changes" => Ok(()),
            _ => self.inside(element, line, dress.clone()),
        }
    }

    fn write(&mut self, text: &str, line: &mut Line, dress: &Dress) -> Result<(), Refusal> {
        if text.is_empty() {
            return Ok(());
        }
        let sign = |font: &String| text.chars().map(|c| sign(c, font)).collect::<String>();
        let text = dress.font.as_ref().map_or_else(|| text.to_owned(), sign);
        if !text.chars().all(|c| c == '\t') {
            self.marks.mark(&text);
        }
        if dress.hidden {
            line.hide(&text);
        }
        self.page.write(line, &text, dress.bold)
    }

    fn link(&mut self, link: &'e Element, line: &mut Line, dress: Dress) -> Result<(), Refusal> {
        let start = line.text.len();
        self.linked += 1;
        let walked = self.inside(link, line, dress);
        self.linked -= 1;
        walked?;
        let target = link.attribute("href").filter(|target| !target.starts_with('#') && !target.is_empty());
        if let Some(target) = target.filter(|_| self.linked == 0) {
            let text = line.text.get(start..).unwrap_or_default().trim().to_owned();
            line.asides.push(AsideKind::Link { text, target: target.to_owned() });
        }
        Ok(())
    }

    /// Walks a drawing: the words in its boxes, and pictures by their description.
    pub fn drawing(&mut self, drawing: &'e Element, around: &str, line: &mut Line) -> Result<(), Refusal> {
        let own = ["desc", "title"].into_iter().find_map(|name| drawing.child(name)).map(Element::text);
        let said = own.filter(|text| !text.trim().is_empty()).unwrap_or_else(|| around.to_owned());
        if drawing.name() == "image" {
            line.asides.push(AsideKind::Picture { description: said });
            return Ok(());
        }
        let words = drawing.elements().any(|child| matches!(child.name(), "p" | "h" | "list" | "table"));
        if words {
            let place = self.page.box_place();
            let blocks = self.inner(drawing, place)?;
            line.add_box(blocks);
            return Ok(());
        }
        let children = drawing.elements().filter(|child| !matches!(child.name(), "desc" | "title"));
        // a picture that stands in for an object has the object's description
        children.into_iter().try_for_each(|child| self.drawing(child, &said, line))
    }
}

fn sign(c: char, font: &str) -> char {
    if c.is_whitespace() || c >= '\u{100}' && !symbols::is_private(c) { c } else { symbols::shown(u32::from(c), font) }
}
