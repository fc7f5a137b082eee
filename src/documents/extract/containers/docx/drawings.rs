//! Drawings: the words in text boxes and diagrams, and pictures by their description.

use super::super::super::blocks::{AsideKind, Block, BlockKind, Place};
use super::super::super::refusal::Refusal;
use super::super::line::Line;
use super::super::xml::Element;
use super::story::Story;

/// The branch of alternate content that counts: the choice, unless only the fallback has words.
pub fn branch(content: &Element) -> &Element {
    let choice = content.child("Choice");
    let fallback = content.child("Fallback");
    match (choice, fallback) {
        (Some(choice), Some(fallback)) if !has_words(choice) && has_words(fallback) => fallback,
        (Some(choice), _) => choice,
        (None, Some(fallback)) => fallback,
        (None, None) => content,
    }
}

fn has_words(element: &Element) -> bool {
    (element.name() == "t" && !element.text().trim().is_empty()) || element.elements().any(has_words)
}

impl Story<'_, '_> {
    /// Walks a drawing. `description` is what an element around it says of it.
    pub fn drawing(&mut self, drawing: &Element, description: &str, line: &mut Line) -> Result<(), Refusal> {
        let said = drawing.child("docPr").and_then(alternative).or_else(|| alternative(drawing)).unwrap_or(description);
        for child in drawing.elements() {
            match child.name() {
                "txbxContent" => self.text_box(child, line)?,
                "AlternateContent" => self.drawing(branch(child), said, line)?,
                "relIds" => self.diagram(child, line)?,
                "textpath" => self.word_art(child, line)?,
                "pic" | "chart" | "imagedata" => picture(child, said, line),
                _ => self.drawing(child, said, line)?,
            }
        }
        Ok(())
    }

    /// Boxes in a header or footer belong to it.
    fn box_place(&self) -> Place {
        if self.place == Place::Body { Place::TextBox } else { self.place }
    }

    fn text_box(&mut self, content: &Element, line: &mut Line) -> Result<(), Refusal> {
        let blocks = self.inner(content, self.box_place())?;
        line.add_box(blocks);
        Ok(())
    }

    fn word_art(&mut self, art: &Element, line: &mut Line) -> Result<(), Refusal> {
        let text = art.attribute("string").unwrap_or_default().trim();
        self.spend(text)?;
        line.add_box(self.boxed([text.to_owned()]));
        Ok(())
    }

    /// A diagram (SmartArt) keeps its words in a part of its own, one point a box.
    fn diagram(&mut self, ids: &Element, line: &mut Line) -> Result<(), Refusal> {
        let part = ids.attribute("dm").and_then(|id| self.relations.get(id)).map(|relation| relation.target.clone());
        let Some(part) = part else { return Ok(()) };
        let Some(root) = self.package.part(&part)? else { return Ok(()) };
        let mut texts = Vec::new();
        for point in root.child("ptLst").into_iter().flat_map(Element::elements) {
            for paragraph in point.child("t").into_iter().flat_map(Element::elements) {
                let mut text = String::new();
                runs_text(paragraph, &mut text);
                self.spend(&text)?;
                texts.push(text.trim().to_owned());
            }
        }
        line.add_box(self.boxed(texts));
        Ok(())
    }

    fn boxed(&self, texts: impl IntoIterator<Item = String>) -> Vec<Block> {
        let kind = |text| BlockKind::Paragraph { text, bold: false, blank_before: false };
        let texts = texts.into_iter().filter(|text| !text.is_empty());
        texts.map(|text| Block { place: self.box_place(), tabs_before: 0, kind: kind(text) }).collect()
    }
}

fn runs_text(element: &Element, text: &mut String) {
    for child in element.elements() {
        match child.name() {
            "t" => text.push_str(&child.text()),
            "br" => text.push('\n'),
            _ => runs_text(child, text),
        }
    }
}

fn picture(element: &Element, around: &str, line: &mut Line) {
    let own = element.find("cNvPr").and_then(alternative).or(element.attribute("title"));
    let description = if around.is_empty() { own.unwrap_or_default() } else { around };
    line.asides.push(AsideKind::Picture { description: description.to_owned() });
}

/// The alternative text of a drawing or shape. Its name ("Picture 1") says nothing.
fn alternative(element: &Element) -> Option<&str> {
    let said = [element.attribute("descr"), element.attribute("alt"), element.attribute("title")];
    said.into_iter().flatten().find(|text| !text.trim().is_empty())
}
