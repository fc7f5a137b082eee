//! Control words that begin text of another kind, and what happens when its group ends.

use super::super::super::blocks::{AsideKind, Place};
use super::super::super::refusal::Refusal;
use super::charset;
use super::reader::Reader;
use super::state::Destination;

/// The destination that a control word begins, if it begins one.
pub fn of(word: &str) -> Option<Destination> {
    Some(match word {
        "fonttbl" => Destination::Fonts,
        "stylesheet" => Destination::Styles,
        "listtext" | "pntext" => Destination::Marker,
        "fldinst" => Destination::Instruction,
        "field" => Destination::Field,
        "revtbl" => Destination::Revisers,
        "bkmkstart" => Destination::Bookmark,
        "atrfstart" => Destination::RangeStart,
        "atrfend" => Destination::RangeEnd,
        "atnauthor" => Destination::CommentAuthor,
        "atndate" => Destination::CommentDate,
        "atnref" => Destination::CommentReference,
        "annotation" => Destination::Comment,
        "nesttableprops" => Destination::NestedRow,
        "header" | "headerl" | "headerr" | "headerf" => Destination::Frame(Place::Header),
        "footer" | "footerl" | "footerr" | "footerf" => Destination::Frame(Place::Footer),
        "footnote" => Destination::Frame(Place::Footnote),
        "shptxt" | "dptxbxtext" => Destination::Frame(Place::TextBox),
        "shprslt" | "nonshppict" | "ud" => Destination::Copy,
        "colortbl" | "info" | "pict" | "nonesttables" | "xe" | "tc" | "rxe" | "bkmkend" | "listtable"
        | "listoverridetable" | "atnid" | "template" | "generator" | "objdata" | "objclass" | "filetbl"
        | "userprops" | "sp" | "do" | "shpinst" | "mmathPr" | "themedata" | "private" | "pntxta" | "pntxtb"
        | "formfield" | "datafield" | "nextfile" | "ftnsep" | "ftnsepc" | "aftnsep" | "aftnsepc" | "ftncn"
        | "aftncn" => Destination::Nowhere,
        _ => return None,
    })
}

impl Reader {
    /// Begins a destination in the group that is open. Inside what is no text only boxes and notes are text again.
    pub fn begin_destination(&mut self, word: &str, destination: Destination) -> Result<(), Refusal> {
        if word == "pict" && self.is_shown() {
            self.frame.line.asides.push(AsideKind::Picture { description: String::new() });
        }
        if self.state.destination == Destination::Copy {
            return Ok(());
        }
        let silent = self.state.destination == Destination::Nowhere;
        let text_box = destination == Destination::Frame(Place::TextBox);
        if silent && !text_box
            || self.state.begins && !matches!(destination, Destination::Nowhere | Destination::Copy) && !text_box
        {
            return Ok(());
        }
        let destination = match destination {
            // boxes in a head or foot belong to it
            Destination::Frame(Place::TextBox) => Destination::Frame(self.page.box_place()),
            destination => destination,
        };
        if let Destination::Frame(place) = destination {
            self.begin_frame(place)?;
            self.state.plain();
            self.state.paragraph = super::state::Paragraph::default();
        } else if destination == Destination::Field {
            let start = self.frame.line.text.len();
            self.frame.fields.push((start, String::new()));
        }
        if !matches!(destination, Destination::Frame(_) | Destination::Field | Destination::Nowhere | Destination::Copy)
        {
            self.side.clear();
        }
        (self.state.destination, self.state.begins) = (destination, true);
        Ok(())
    }

    /// Whether text goes onto the page here.
    fn is_shown(&self) -> bool {
        matches!(self.state.destination, Destination::Text | Destination::Frame(_) | Destination::Field)
    }

    /// Finishes the destination that the group began.
    pub fn end_destination(&mut self) -> Result<(), Refusal> {
        let side = if matches!(self.state.destination, Destination::Frame(_) | Destination::Field) {
            String::new()
        } else {
            std::mem::take(&mut self.side)
        };
        match self.state.destination {
            Destination::Frame(place) => return self.end_frame(place),
            Destination::Field => self.end_field(),
            Destination::Marker => self.frame.marker = Some(side),
            Destination::Instruction => {
                if let Some((_, instruction)) = self.frame.fields.last_mut() {
                    *instruction = side;
                }
            }
            Destination::Bookmark => {
                let name = side.trim().to_owned();
                if !name.is_empty() && !name.starts_with('_') {
                    self.frame.line.asides.push(AsideKind::Bookmark { name });
                }
            }
            Destination::RangeStart => self.beside.start_range(&side),
            Destination::RangeEnd => self.beside.end_range(&side),
            Destination::CommentAuthor => self.beside.comment.author = side,
            Destination::CommentDate => self.beside.comment.date = side,
            Destination::CommentReference => self.beside.comment.reference = side,
            Destination::Comment => {
                let aside = self.beside.end_comment();
                self.frame.line.asides.extend(aside);
            }
            Destination::Text
            | Destination::Nowhere
            | Destination::Copy
            | Destination::NestedRow
            | Destination::Fonts
            | Destination::Styles
            | Destination::Revisers => {}
        }
        Ok(())
    }

    fn end_field(&mut self) {
        let Some((start, instruction)) = self.frame.fields.pop() else { return };
        let rest = instruction.trim_start().strip_prefix("HYPERLINK").map(str::trim_start);
        let target = rest.and_then(|rest| rest.strip_prefix('"')).and_then(|rest| rest.split('"').next());
        if let Some(target) = target.filter(|target| !target.is_empty()) {
            let text = self.frame.line.text.get(start..).unwrap_or_default().trim().to_owned();
            self.frame.line.asides.push(AsideKind::Link { text, target: target.to_owned() });
        }
    }

    /// An entry of the font, style or reviser table has ended, with a semicolon or its group.
    pub fn table_entry(&mut self) {
        if !matches!(self.state.destination, Destination::Styles | Destination::Revisers | Destination::Fonts) {
            return;
        }
        let name = std::mem::take(&mut self.side);
        let name = name.trim().trim_end_matches(';').trim();
        if self.state.destination == Destination::Styles {
            let lower = name.to_lowercase();
            let level = match lower.as_str() {
                "title" => Some(1),
                "subtitle" => Some(2),
                name => name.strip_prefix("heading ").and_then(|level| level.parse().ok()),
            };
            if let Some(level) = level.filter(|level| (1..=9).contains(level)) {
                self.headings.insert(self.state.paragraph.style, level);
            }
        } else if self.state.destination == Destination::Revisers && !name.is_empty() {
            self.beside.revisers.push(name.to_owned());
        }
    }

    /// The character set of the font whose entry is open.
    pub fn font_charset(&mut self, number: i32) {
        self.fonts.insert(self.state.font, charset::of_font(number));
    }
}
