//! Short forms: an employer's own list, and which of a draft's are explained nowhere.

use std::collections::BTreeSet;

use super::advert::Acronyms;
use super::content::{Body, Content};
use super::inline::plain;
use super::text::{LONGEST_LINE, one_line};

/// In characters.
pub const LONGEST_SHORT: usize = 20;
pub const LONGEST_MEANING: usize = 200;
/// Entries of one employer.
pub const MOST_ENTRIES: usize = 1_000;

/// What everybody knows; to explain these would only lengthen the text.
const KNOWN: [&str; 22] = [
    "NHS", "UK", "GB", "EU", "UN", "TV", "IT", "ICT", "HR", "PC", "CV", "ID", "PDF", "GP", "BA", "BSc", "MA", "MSc",
    "PhD", "GCSE", "NVQ", "BTEC",
];

/// An entry as somebody typed it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    pub short: String,
    pub meaning: String,
    pub note: String,
}

impl Entry {
    pub fn new(short: &str, meaning: &str, note: &str) -> Self {
        Entry { short: one_line(short), meaning: one_line(meaning), note: one_line(note) }
    }

    /// What has to be put right, by the field.
    pub fn problems(&self) -> Vec<(&'static str, String)> {
        let long = |text: &str, most: usize| text.chars().count() > most;
        let mut problems = Vec::new();
        if self.short.is_empty() {
            problems.push(("short", "Type the short form, such as MDT".to_owned()));
        } else if long(&self.short, LONGEST_SHORT) {
            problems.push(("short", format!("The short form may have {LONGEST_SHORT} characters at most")));
        } else if !self.short.chars().any(char::is_uppercase) || self.short.chars().any(|c| c == '(' || c == ')') {
            problems.push(("short", "A short form has a capital letter and no brackets".to_owned()));
        }
        if self.meaning.is_empty() {
            problems.push(("meaning", "Type what it stands for".to_owned()));
        } else if long(&self.meaning, LONGEST_MEANING) {
            problems.push(("meaning", format!("The meaning may have {LONGEST_MEANING} characters at most")));
        }
        if long(&self.note, LONGEST_LINE) {
            problems.push(("note", format!("The note may have {LONGEST_LINE} characters at most")));
        }
        problems
    }
}

/// Short forms that stand in the text and are explained neither there nor in the lists, each once, in reading order.
pub fn unexplained(content: &Content, lists: &[&Acronyms]) -> Vec<String> {
    let whole: String = texts(content).iter().map(|text| format!("{text}\n")).collect();
    let mut seen: BTreeSet<&str> = KNOWN.into_iter().collect();
    let mut found = Vec::new();
    for line in whole.lines().filter(|line| line.chars().any(char::is_lowercase)) {
        for word in line.split(|c: char| !c.is_alphanumeric() && c != '&').filter(|word| is_short_form(word)) {
            let explained = || whole.contains(&format!("({word})")) || whole.contains(&format!("{word} ("));
            if seen.insert(word) && !explained() && !lists.iter().any(|list| list.holds(word)) {
                found.push(word.to_owned());
            }
        }
    }
    found
}

fn texts(content: &Content) -> Vec<String> {
    let mut texts = Vec::new();
    for item in content.all_items() {
        texts.push(plain(&item.text));
        if let Body::Demand { examples, .. } = &item.body {
            texts.push(examples.clone());
        }
    }
    texts
}

/// Two capitals or more, nothing before the first of them, mostly capitals; no Roman number.
fn is_short_form(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    let roman = word.chars().all(|c| "IVX".contains(c));
    let plural = word.strip_suffix('s').is_some_and(|one| one.chars().all(char::is_uppercase));
    word.starts_with(char::is_uppercase)
        && capitals >= 2
        && capitals * 2 > letters
        && letters <= 8
        && !roman
        && !plural
        && !word.chars().any(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::content::{Item, Section, SectionKind};
    use crate::domain::ids::{ItemId, SectionId};

    fn content(texts: &[&str]) -> Content {
        let items =
            texts.iter().enumerate().map(|(n, text)| Item::new(ItemId(n as i64), *text, Body::duty())).collect();
        let heading = String::new();
        Content { sections: vec![Section { id: SectionId(1), kind: SectionKind::Duties, heading, revision: 1, items }] }
    }

    #[test]
    fn only_what_nobody_explains_is_named() {
        let own = Acronyms::new(vec![("SCP".into(), "Stores Control Panel".into())]);
        let draft = content(&[
            "Joins the **MDT** and the SCP; the MDT meets weekly for the NHS.",
            "Keeps the Patient Administration System (PAS), works with TAAS (the tall and small team).",
            "Type II lifts, McDonald, DBSs, A1 paper, H&S rules.",
            "MAIN DUTIES OF THE POST",
        ]);
        assert_eq!(unexplained(&draft, &[&own]), ["MDT", "H&S"]);
    }

    #[test]
    fn an_entry_has_a_short_form_and_a_meaning() {
        assert_eq!(Entry::new(" MDT ", "multidisciplinary  team", "").problems(), []);
        let fields = |entry: Entry| entry.problems().iter().map(|(field, _)| *field).collect::<Vec<_>>();
        assert_eq!(fields(Entry::new("", "", "")), ["short", "meaning"]);
        assert_eq!(fields(Entry::new("abc", "x", "")), ["short"]);
        assert_eq!(fields(Entry::new("(MDT)", "x", "")), ["short"]);
        assert_eq!(
            fields(Entry::new(&"M".repeat(21), &"x".repeat(201), &"x".repeat(1_000))),
            ["short", "meaning", "note"]
        );
    }
}
