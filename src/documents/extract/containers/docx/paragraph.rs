//! One paragraph: its marker, its weight, and the block that it becomes.

use super::super::super::blocks::{Block, Marker};
use super::super::super::refusal::Refusal;
use super::super::line::{Dress, Line};
use super::super::shape::{heading_block, text_block};
use super::super::xml::Element;
use super::rejected::JOINED;
use super::story::Story;
use super::styles::{self, Look};
use super::switch;

/// Whether the end of a paragraph with these properties is gone, so that it runs on into the next.
pub fn runs_on(properties: Option<&Element>) -> bool {
    let mark = properties.and_then(|own| own.child("rPr"));
    mark.is_some_and(|mark| ["del", "moveFrom", JOINED].iter().any(|name| mark.child(name).is_some()))
}

impl Story<'_, '_> {
    /// Walks one paragraph.
    pub fn paragraph(&mut self, paragraph: &Element, out: &mut Vec<Block>) -> Result<(), Refusal> {
        let properties = paragraph.child("pPr");
        let look = self.styles.paragraph(properties.and_then(|own| own.child_attribute("pStyle", "val"))).clone();
        let (bold, hidden) = (look.bold.unwrap_or(self.styles.bold()), look.hidden == Some(true));
        let dress = Dress { style_bold: bold, style_hidden: hidden, bold, hidden };
        let mut line = self.carried.take().unwrap_or_default();
        self.inside(paragraph, &mut line, dress)?;
        self.comments.mark("\n");
        if runs_on(properties) {
            self.carried = Some(line);
            return Ok(());
        }
        self.place_line(line, &look, properties, out)
    }

    /// Makes the block of a gathered line, with its text boxes and asides.
    pub fn place_line(
        &mut self,
        mut line: Line,
        look: &Look,
        properties: Option<&Element>,
        out: &mut Vec<Block>,
    ) -> Result<(), Refusal> {
        self.end_codes(&mut line);
        out.append(&mut line.before);
        if self.nesting == 0 {
            self.outermost = out.len();
        }
        let bold = line.is_bold();
        let text = line.text.trim();
        let marker = self.list_marker(look, properties);
        let mut shown = String::new();
        if text.is_empty() {
            self.blank = line.after.is_empty();
        } else {
            // its own outline level wins, and level 10 says that it is body text
            let heading = styles::outline(properties).or(look.heading).filter(|level| *level <= 9);
            let kind = match heading {
                Some(level) => heading_block(level, marker, text),
                None => text_block(marker, text, bold, self.blank),
            };
            kind.text().clone_into(&mut shown);
            out.push(Block { place: self.place, tabs_before: 0, kind });
            self.blank = false;
        }
        out.append(&mut line.after);
        for kind in line.asides {
            self.note_aside(kind, &shown)?;
        }
        Ok(())
    }

    /// The marker that Word prints for this paragraph's list, if it is in one.
    pub fn list_marker(&mut self, look: &Look, properties: Option<&Element>) -> Option<(Marker, u8)> {
        let own = properties.and_then(|own| own.child("numPr"));
        let own_level = own.and_then(|own| own.child_attribute("ilvl", "val")).and_then(|level| level.parse().ok());
        let own_list = own.and_then(|own| own.child_attribute("numId", "val"));
        let style = properties.and_then(|own| own.child_attribute("pStyle", "val"));
        let list = own_list.or(look.list.as_deref())?;
        let by_style = || {
            let styles = [style, look.list_style.as_deref()].into_iter().flatten();
            styles
                .filter(|_| own_list.is_none())
                .find_map(|style| self.numbering.level_of_style(list, style, &self.styles))
        };
        let level = own_level.or_else(by_style).or(look.list_level).unwrap_or(0).min(8);
        let marker = self.numbering.next(list, level, &self.styles)?;
        // "List Bullet 2" is a list of its own that stands one level in
        let level = if level == 0 { look.list_depth } else { level };
        Some((marker, u8::try_from(level).unwrap_or(8)))
    }

    /// Style of a run: whether it is bold and hidden.
    pub fn dress(&self, run: &Element, around: Dress) -> Dress {
        let properties = run.child("rPr");
        let look =
            properties.and_then(|own| own.child_attribute("rStyle", "val")).and_then(|style| self.styles.run(style));
        let bold = switch(properties, "b").or_else(|| look?.bold).unwrap_or(around.style_bold);
        let hidden = switch(properties, "vanish").or_else(|| look?.hidden).unwrap_or(around.style_hidden);
        Dress { bold, hidden, ..around }
    }
}
