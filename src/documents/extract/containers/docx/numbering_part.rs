//! The numbering part: list definitions (`abstractNum`), the lists that use them (`num`) and their levels.

use super::super::xml::Element;
use super::is_on;
use std::collections::HashMap;
use std::rc::Rc;

/// Levels of a list: Word has nine.
pub const LEVELS: usize = 9;

/// Most characters of a level's text: Word takes fewer.
const LONGEST_TEXT: usize = 64;

/// One level of a list.
#[derive(Debug, Clone)]
pub struct Level {
    pub start: u32,
    pub format: String,
    /// The printed text, in which `%1` stands for the number of the first level.
    pub text: String,
    /// The font of the marker: a symbol font changes what a bullet shows.
    pub font: String,
    /// None: restarts after any higher level; 0: never; else: after this level, counted from 1, or a higher one.
    pub restart: Option<usize>,
    /// Prints all its numbers as decimals.
    pub legal: bool,
    /// The paragraph style that brings this level along.
    pub style: Option<String>,
}

#[derive(Debug, Clone, Default)]
pub struct Definition {
    pub levels: Vec<Option<Rc<Level>>>,
    /// The list style whose list defines this one.
    pub defined_by: Option<String>,
}

/// A list: a definition with changes of its own.
#[derive(Debug, Clone, Default)]
pub struct List {
    pub definition: String,
    pub levels: HashMap<usize, Rc<Level>>,
    pub starts: HashMap<usize, u32>,
}

#[derive(Default)]
pub struct Definitions {
    pub definitions: HashMap<String, Definition>,
    pub lists: HashMap<String, List>,
}

impl Definitions {
    /// Reads the root of the numbering part.
    pub fn parse(root: &Element) -> Self {
        let mut parsed = Self::default();
        for element in root.elements() {
            match element.name() {
                "abstractNum" => {
                    let id = element.attribute("abstractNumId").unwrap_or_default();
                    parsed.definitions.insert(id.to_owned(), definition(element));
                }
                "num" => {
                    let id = element.attribute("numId").unwrap_or_default();
                    parsed.lists.insert(id.to_owned(), list(element));
                }
                _ => {}
            }
        }
        parsed
    }
}

fn definition(element: &Element) -> Definition {
    let mut levels = vec![None; LEVELS];
    for (index, level) in element.elements().filter_map(level) {
        levels[index] = Some(Rc::new(level));
    }
    let defined_by = element.child_attribute("numStyleLink", "val").map(str::to_owned);
    Definition { levels, defined_by }
}

fn list(element: &Element) -> List {
    let definition = element.child_attribute("abstractNumId", "val").unwrap_or_default().to_owned();
    let mut list = List { definition, ..List::default() };
    for change in element.elements().filter(|child| child.name() == "lvlOverride") {
        let Some(index) = index(change) else { continue };
        if let Some(start) = change.child_attribute("startOverride", "val") {
            list.starts.insert(index, start.parse().unwrap_or(1));
        }
        if let Some((_, level)) = change.child("lvl").and_then(level) {
            list.levels.insert(index, Rc::new(level));
        }
    }
    list
}

fn level(element: &Element) -> Option<(usize, Level)> {
    if element.name() != "lvl" {
        return None;
    }
    let fonts = element.child("rPr").and_then(|run| run.child("rFonts"));
    let font = fonts.and_then(|fonts| fonts.attribute("ascii").or(fonts.attribute("hAnsi")));
    let level = Level {
        start: element.child_attribute("start", "val").and_then(|start| start.parse().ok()).unwrap_or(0),
        format: format_name(element).to_owned(),
        text: element.child_attribute("lvlText", "val").unwrap_or_default().chars().take(LONGEST_TEXT).collect(),
        font: font.unwrap_or_default().to_owned(),
        restart: element.child_attribute("lvlRestart", "val").and_then(|level| level.parse().ok()),
        legal: element.child("isLgl").is_some_and(is_on),
        style: element.child_attribute("pStyle", "val").map(str::to_owned),
    };
    Some((index(element)?, level))
}

/// Newer formats stand in alternate content with a plain one beside it.
fn format_name(element: &Element) -> &str {
    let plain =
        element.child("numFmt").or_else(|| element.child("AlternateContent")?.child("Fallback")?.child("numFmt"));
    plain.and_then(|format| format.attribute("val")).unwrap_or("decimal")
}

fn index(element: &Element) -> Option<usize> {
    element.attribute("ilvl")?.parse().ok().filter(|&index| index < LEVELS)
}
