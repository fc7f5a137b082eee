//! What control words and symbols mean. Words that only say how the page looks are passed over.

use super::super::super::refusal::Refusal;
use super::charset;
use super::destinations;
use super::reader::Reader;
use super::state::{Destination, Paragraph};
use super::tables::{CellShape, RowShape};

impl Reader {
    /// Takes a control word.
    pub fn word(&mut self, word: &str, number: Option<i32>) -> Result<(), Refusal> {
        self.flush()?;
        if self.left_out > 0 && word != "u" {
            self.left_out -= 1;
            return Ok(());
        }
        let optional = std::mem::take(&mut self.state.optional);
        if let Some(destination) = destinations::of(word) {
            return self.begin_destination(word, destination);
        }
        if let Some(text) = special(word) {
            return self.write(text);
        }
        match word {
            "u" => return self.unicode(number.unwrap_or(0)),
            "uc" => self.state.stand_ins = number.and_then(|count| usize::try_from(count).ok()).unwrap_or(1).min(16),
            "ansicpg" => self.code_page = charset::of_page(number.unwrap_or(1252)),
            "mac" => self.code_page = encoding_rs::MACINTOSH,
            "fcharset" if self.state.destination == Destination::Fonts => self.font_charset(number.unwrap_or(0)),
            "par" | "sect" | "cell" | "nestcell" | "row" | "nestrow" => return self.end_of(word),
            _ if self.look(word, number) || self.row_word(word, number) => {}
            "shppict" | "fldrslt" | "result" => {}
            _ if optional => self.state.destination = Destination::Nowhere,
            _ => {}
        }
        Ok(())
    }

    /// Words that end a paragraph, a cell or a row.
    fn end_of(&mut self, word: &str) -> Result<(), Refusal> {
        if self.state.destination == Destination::Comment {
            return self.write("\n");
        }
        let nested = self.state.destination == Destination::NestedRow;
        let text = matches!(self.state.destination, Destination::Text | Destination::Frame(_) | Destination::Field);
        if !text && !nested {
            return Ok(());
        }
        let depth = self.state.paragraph.depth();
        match word {
            "cell" => {
                self.end_paragraph(1)?;
                self.end_cell();
            }
            "nestcell" => {
                self.end_paragraph(depth.max(2))?;
                self.end_cell();
            }
            "row" => {
                if self.frame.tables.len() > 1 {
                    self.enter_depth(1)?;
                }
                let shape = self.row.clone();
                return self.end_row(shape);
            }
            "nestrow" => {
                let shape = self.nested_row.clone();
                return self.end_row(shape);
            }
            // a change may end with its paragraph, but no table or section does
            "par" if self.runs_on() => {}
            _ => return self.end_paragraph(depth),
        }
        Ok(())
    }

    /// Words that say how characters and paragraphs look, as far as it matters.
    fn look(&mut self, word: &str, number: Option<i32>) -> bool {
        let on = number != Some(0);
        let small = number.and_then(|n| u8::try_from(n).ok());
        let state = &mut self.state;
        match word {
            "b" => state.bold = on,
            "v" => state.hidden = on,
            "plain" => state.plain(),
            "pard" => state.paragraph = Paragraph::default(),
            "f" => state.font = number.unwrap_or(-1),
            "s" => state.paragraph.style = number.unwrap_or(0),
            "outlinelevel" => state.paragraph.outline = small,
            "ilvl" => state.paragraph.list_level = small.unwrap_or(0),
            "intbl" => state.paragraph.in_table = on,
            "itap" => state.paragraph.table_depth = number.and_then(|depth| usize::try_from(depth).ok()),
            "revised" => state.revised = on,
            "deleted" => state.deleted = on,
            "revauth" | "revauthdel" => state.reviser = number.unwrap_or(0),
            "revdttm" | "revdttmdel" => state.revised_on = number.unwrap_or(0),
            "cs" if state.destination == Destination::Styles => state.paragraph.style = -1,
            _ => return false,
        }
        true
    }

    /// Words that describe a row of a table.
    fn row_word(&mut self, word: &str, number: Option<i32>) -> bool {
        let nested = self.state.destination == Destination::NestedRow;
        let row = if nested { &mut self.nested_row } else { &mut self.row };
        match word {
            "trowd" => *row = RowShape::default(),
            "trleft" => row.left = number.unwrap_or(0),
            "trhdr" => row.header = true,
            "clvmrg" => row.next.from_above = true,
            "clmrg" => row.next.from_left = true,
            "cellx" if row.cells.len() < 1_000 => {
                let next = std::mem::take(&mut row.next);
                row.cells.push(CellShape { right: number.unwrap_or(0), ..next });
            }
            _ => return false,
        }
        true
    }

    /// A character by its code, with the bytes after it that stand in for it.
    fn unicode(&mut self, code: i32) -> Result<(), Refusal> {
        self.left_out = self.state.stand_ins;
        let code = u32::try_from(if code < 0 { code + 0x1_0000 } else { code }).unwrap_or(0xfffd);
        let code = match (code, self.high_surrogate.take()) {
            (0xd800..=0xdbff, _) => {
                self.high_surrogate = Some(code);
                return Ok(());
            }
            (0xdc00..=0xdfff, Some(high)) => 0x1_0000 + ((high - 0xd800) << 10) + (code - 0xdc00),
            (code, _) => code,
        };
        let c = char::from_u32(code).filter(|c| !c.is_control()).unwrap_or(' ');
        self.write(c.encode_utf8(&mut [0; 4]))
    }

    /// Takes a control symbol.
    pub fn symbol(&mut self, symbol: u8) -> Result<(), Refusal> {
        self.flush()?;
        if self.left_out > 0 && symbol != b'*' {
            self.left_out -= 1;
            return Ok(());
        }
        match symbol {
            b'\\' | b'{' | b'}' => self.byte(symbol),
            b'~' => return self.write("\u{a0}"),
            b'_' => return self.write("-"),
            b'*' => self.state.optional = true,
            b'\r' | b'\n' => return self.end_of("par"),
            b'\t' => return self.write("\t"),
            _ => {}
        }
        Ok(())
    }
}

/// Words that are characters.
fn special(word: &str) -> Option<&'static str> {
    Some(match word {
        "tab" => "\t",
        "line" | "page" | "column" | "lbr" => "\n",
        "emdash" => "—",
        "endash" => "–",
        "bullet" => "•",
        "lquote" => "‘",
        "rquote" => "’",
        "ldblquote" => "“",
        "rdblquote" => "”",
        "emspace" | "enspace" | "qmspace" => " ",
        _ => return None,
    })
}
