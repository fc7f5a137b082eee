//! Short forms that people outside don't know, explained where they are met first.

use std::borrow::Cow;
use std::cell::LazyCell;
use std::collections::HashSet;

/// Short forms with what they stand for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Acronyms(Vec<(String, String)>);

impl Acronyms {
    pub fn new(list: Vec<(String, String)>) -> Self {
        Acronyms(list)
    }

    pub fn holds(&self, short: &str) -> bool {
        self.0.iter().any(|(own, _)| own == short)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// These with those of `others` that are not here.
    pub fn or<'a>(&'a self, others: &'a Acronyms) -> Cow<'a, Acronyms> {
        if self.is_empty() {
            return Cow::Borrowed(others);
        }
        let more = others.0.iter().filter(|(short, _)| !self.holds(short));
        Cow::Owned(Acronyms(self.0.iter().chain(more).cloned().collect()))
    }

    /// Begins a document; `whole` is all of its text, so that what its writer explained is not explained again.
    pub fn explainer<'a>(&'a self, whole: &str) -> Explainer<'a> {
        let lower = LazyCell::new(|| whole.to_lowercase());
        let has_capital = |piece: &&str| piece.chars().any(char::is_uppercase);
        let words: HashSet<&str> = pieces(whole).filter(has_capital).collect();
        // Most of a long list stands nowhere in the text, and needs no search through all of it.
        let stands = |short: &str| pieces(short).filter(has_capital).all(|piece| words.contains(piece));
        let new = |(short, long): &&(String, String)| {
            stands(short) && !whole.contains(&format!("({short})")) && !lower.contains(&long.to_lowercase())
        };
        Explainer { left: self.0.iter().filter(new).collect() }
    }
}

fn pieces(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|piece| !piece.is_empty())
}

/// What is yet to be explained in one document.
pub struct Explainer<'a> {
    left: Vec<&'a (String, String)>,
}

impl Explainer<'_> {
    /// The text with `MDT` as `MDT (multidisciplinary team)` where it stands for the first time.
    pub fn explain(&mut self, text: &str) -> String {
        let mut out = text.to_owned();
        for (end, words) in self.explanations(text).into_iter().rev() {
            out.insert_str(end, &words);
        }
        out
    }

    /// What to put into the text, each with the place in it, from its beginning on.
    pub fn explanations(&mut self, text: &str) -> Vec<(usize, String)> {
        let mut found = Vec::new();
        self.left.retain(|(short, long)| match place(text, short) {
            None => true,
            Some(end) => {
                found.push((end, format!(" ({long})")));
                false
            }
        });
        found.sort();
        found
    }
}

/// Where a short form ends that stands alone, before anything in brackets.
fn place(text: &str, short: &str) -> Option<usize> {
    text.match_indices(short).map(|(start, found)| (start, start + found.len())).find_map(|(start, end)| {
        let before = text[..start].chars().next_back();
        let after = text[end..].chars().next();
        let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '-' || c == '@' || c == '/');
        // "DBSs" and "NHS-wide" are left alone; so is what stands in an address.
        let alone = !is_word(before) && !is_word(after) && !text[end..].starts_with(" (");
        let in_brackets = before == Some('(') && after == Some(')');
        (alone && !in_brackets).then_some(end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list() -> Acronyms {
        let pair = |short: &str, long: &str| (short.to_owned(), long.to_owned());
        Acronyms::new(vec![pair("MDT", "multidisciplinary team"), pair("DBS", "Disclosure and Barring Service")])
    }

    #[test]
    fn the_first_one_is_explained_and_the_next_is_not() {
        let (list, whole) = (list(), "Join the MDT. The MDT meets weekly. A DBS check.");
        let mut explainer = list.explainer(whole);
        assert_eq!(explainer.explain("Join the MDT. The MDT"), "Join the MDT (multidisciplinary team). The MDT");
        assert_eq!(
            explainer.explain("The MDT meets. A DBS check"),
            "The MDT meets. A DBS (Disclosure and Barring Service) check"
        );
    }

    #[test]
    fn what_the_writer_explained_stays() {
        for text in [
            "The multidisciplinary team (MDT) meets.",
            "The MDT (Multidisciplinary Team) meets.",
            "MDTs, x@MDT.example",
        ] {
            assert_eq!(list().explainer(text).explain(text), text);
        }
    }
}
