//! What stands inside a paragraph: runs, links, content controls, and the marks between them.

use super::super::super::blocks::AsideKind;
use super::super::super::refusal::Refusal;
use super::super::line::{Dress, Line};
use super::super::symbols;
use super::super::xml::Element;
use super::drawings;
use super::notes::NoteKind;
use super::story::Story;

impl Story<'_, '_> {
    /// Gathers everything inside an element into the line.
    pub fn inside(&mut self, parent: &Element, line: &mut Line, dress: Dress) -> Result<(), Refusal> {
        for child in parent.elements() {
            self.one(child, line, dress)?;
        }
        Ok(())
    }

    /// Gathers one element. What is not known is walked through.
    pub fn one(&mut self, element: &Element, line: &mut Line, dress: Dress) -> Result<(), Refusal> {
        match element.name() {
            "r" => {
                let dress = self.dress(element, dress);
                self.inside(element, line, dress)
            }
            "t" => self.write(&spaced(&element.text()), line, dress),
            "delText" if self.removed > 0 => self.write(&spaced(&element.text()), line, dress),
            "tab" | "ptab" => self.write("\t", line, dress),
            "br" | "cr" => self.write("\n", line, dress),
            "noBreakHyphen" => self.write("-", line, dress),
            "sym" => self.write(&symbol(element), line, dress),
            "fldChar" => self.field_mark(element, line, dress),
            "instrText" => {
                self.field_code(&element.text());
                Ok(())
            }
            "fldSimple" => self.simple_field(element, line, dress),
            "hyperlink" => self.hyperlink(element, line, dress),
            "ins" | "moveTo" => self.insertion(element, line, dress),
            "del" | "moveFrom" => self.deletion(element, line, dress),
            "AlternateContent" => self.inside(drawings::branch(element), line, dress),
            "drawing" | "pict" | "object" => self.drawing(element, "", line),
            "footnoteReference" => self.note(NoteKind::Footnote, element),
            "endnoteReference" => self.note(NoteKind::Endnote, element),
            "commentRangeStart" | "commentRangeEnd" => {
                self.comments.range(element);
                Ok(())
            }
            "commentReference" => {
                line.asides.extend(self.comments.take(element));
                Ok(())
            }
            "bookmarkStart" => {
                line.asides.extend(bookmark(element));
                Ok(())
            }
            "pPr" | "rPr" | "sdtPr" | "sdtEndPr" | "delText" | "delInstrText" | "softHyphen" => Ok(()),
            "altChunk" | "subDoc" => Err(Refusal::EmbeddedDocument),
            _ => self.inside(element, line, dress),
        }
    }

    /// Writes text that the page shows.
    pub fn write(&mut self, text: &str, line: &mut Line, dress: Dress) -> Result<(), Refusal> {
        self.spend(text)?;
        let text = symbols::plain(text);
        if self.in_code() {
            line.code.push_str(&text);
            return Ok(());
        }
        if self.removed == 0 {
            self.comments.mark(&text);
            if dress.hidden {
                line.hide(&text);
            }
        }
        line.push(&text, dress.bold);
        Ok(())
    }

    fn hyperlink(&mut self, link: &Element, line: &mut Line, dress: Dress) -> Result<(), Refusal> {
        let start = line.text.len();
        self.linked += 1;
        let walked = self.inside(link, line, dress);
        self.linked -= 1;
        walked?;
        let target = link.attribute("id").and_then(|id| self.relations.get(id)).map(|relation| relation.target.clone());
        if let Some(target) = target {
            self.note_link(line, start, target);
        }
        Ok(())
    }

    /// Notes where a link leads, with the text that stands from `start` on.
    pub fn note_link(&mut self, line: &mut Line, start: usize, target: String) {
        let text = line.text.get(start..).unwrap_or_default().trim().to_owned();
        if self.linked == 0 && self.removed == 0 {
            line.asides.push(AsideKind::Link { text, target });
        }
    }

    fn note(&mut self, kind: NoteKind, reference: &Element) -> Result<(), Refusal> {
        let id = reference.attribute("id").unwrap_or_default();
        if self.removed == 0 {
            self.notes.push((kind, id.to_owned()));
        }
        Ok(())
    }
}

/// Line ends and tabs that stand raw in the XML are only spaces on the page.
fn spaced(text: &str) -> String {
    text.replace(['\n', '\r', '\t'], " ")
}

/// A character of a named font, by its code; below the private area it is the character itself.
fn symbol(element: &Element) -> String {
    let code = element.attribute("char").and_then(|code| u32::from_str_radix(code, 16).ok()).unwrap_or(0);
    let font = element.attribute("font").unwrap_or_default();
    let plain = char::from_u32(code).filter(|&c| c >= '\u{100}' && !symbols::is_private(c));
    plain.unwrap_or_else(|| symbols::shown(code, font)).to_string()
}

/// Bookmarks that begin with an underscore are Word's own.
fn bookmark(element: &Element) -> Option<AsideKind> {
    let name = element.attribute("name").filter(|name| !name.starts_with('_') && !name.is_empty())?;
    Some(AsideKind::Bookmark { name: name.to_owned() })
}
