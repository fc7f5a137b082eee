//! Fields: their instructions are dropped, their results are kept.

use super::super::super::limits;
use super::super::super::refusal::Refusal;
use super::super::line::{Dress, Line};
use super::super::xml::Element;
use super::is_on;
use super::story::Story;

/// Instructions longer than this are cut: only the first words are read.
const INSTRUCTION_BYTES: usize = 4_000;

/// The fields that are open around the walk, innermost last.
#[derive(Debug, Default)]
pub struct Fields {
    open: Vec<Field>,
    /// Fields past the bound, inside all of these: they count only so that ends meet their begins.
    deeper: usize,
}

/// A field that has begun.
#[derive(Debug, Default)]
struct Field {
    instruction: String,
    /// Whether its result has begun.
    result: bool,
    /// Where in the line its result begins.
    start: usize,
}

impl Fields {
    fn begin(&mut self) {
        if self.open.len() < limits::FIELD_DEPTH {
            self.open.push(Field::default());
        } else {
            self.deeper += 1;
        }
    }

    fn separate(&mut self, start: usize) {
        if let Some(field) = self.open.last_mut().filter(|_| self.deeper == 0) {
            (field.result, field.start) = (true, start);
        }
    }

    fn end(&mut self) -> Option<Field> {
        if self.deeper == 0 {
            return self.open.pop();
        }
        self.deeper -= 1;
        None
    }

    fn code(&mut self, code: &str) {
        if let Some(field) = self.open.last_mut().filter(|field| field.instruction.len() < INSTRUCTION_BYTES) {
            field.instruction.push_str(code);
        }
    }

    /// Whether the walk is in the instruction part of a field.
    fn in_code(&self) -> bool {
        self.open.iter().any(|field| !field.result)
    }

    pub fn clear(&mut self) {
        *self = Self::default();
    }
}

impl Story<'_, '_> {
    /// Takes a field's begin, separator or end.
    pub fn field_mark(&mut self, mark: &Element, line: &mut Line, dress: Dress) -> Result<(), Refusal> {
        match mark.attribute("fldCharType") {
            Some("begin") => {
                if let Some(shown) = mark.child("ffData").and_then(form_field) {
                    self.write(&shown, line, dress)?;
                }
                self.fields.begin();
            }
            Some("separate") => {
                self.fields.separate(line.text.len());
                self.forget_code(line);
            }
            Some("end") => {
                if let Some(field) = self.fields.end() {
                    self.forget_code(line);
                    if let Some(target) = link_target(&field.instruction).filter(|_| field.result) {
                        self.note_link(line, field.start, target);
                    }
                }
            }
            Some(_) | None => {}
        }
        Ok(())
    }

    /// A field written as one element.
    pub fn simple_field(&mut self, field: &Element, line: &mut Line, dress: Dress) -> Result<(), Refusal> {
        let start = line.text.len();
        self.inside(field, line, dress)?;
        if let Some(target) = field.attribute("instr").and_then(link_target) {
            self.note_link(line, start, target);
        }
        Ok(())
    }

    pub fn field_code(&mut self, code: &str) {
        self.fields.code(code);
    }

    pub fn in_code(&self) -> bool {
        self.fields.in_code()
    }

    /// At a paragraph's end: instructions that never ended were text after all.
    pub fn end_codes(&mut self, line: &mut Line) {
        self.fields.open.retain(|field| field.result);
        let code = std::mem::take(&mut line.code);
        line.push(&code, false);
        for field in &mut self.fields.open {
            field.start = 0;
        }
    }

    fn forget_code(&mut self, line: &mut Line) {
        if !self.in_code() {
            line.code.clear();
        }
    }
}

/// What an old form field shows by itself: a box, or the chosen entry of a list.
fn form_field(data: &Element) -> Option<String> {
    if let Some(check) = data.child("checkBox") {
        let state = check.child("checked").or(check.child("default"));
        return Some(if state.is_some_and(is_on) { "☒" } else { "☐" }.to_owned());
    }
    let list = data.child("ddList")?;
    let chosen = list.child_attribute("result", "val").or(list.child_attribute("default", "val"));
    let chosen: usize = chosen.and_then(|index| index.parse().ok()).unwrap_or(0);
    let mut entries = list.elements().filter(|entry| entry.name() == "listEntry");
    entries.nth(chosen)?.attribute("val").map(str::to_owned)
}

/// The address in `HYPERLINK "…"`; links inside the document (`\l`) lead nowhere else.
fn link_target(instruction: &str) -> Option<String> {
    let rest = instruction.trim_start().strip_prefix("HYPERLINK")?.trim_start();
    let target = rest.strip_prefix('"')?.split('"').next()?;
    (!target.is_empty()).then(|| target.to_owned())
}
