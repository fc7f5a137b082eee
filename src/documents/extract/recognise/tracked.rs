//! Tracked changes and comments, with their place in the result; pictures, links and hidden text as findings.

use super::desk::Desk;
use super::ledger::words;
use super::walk::Spot;
use crate::documents::extract::blocks::{Aside, AsideKind, Said};
use crate::documents::extract::result::{Comment, Tracked, TrackedKind};
use std::collections::HashMap;

#[derive(Debug, Default)]
pub struct Beside {
    pub tracked: Vec<Tracked>,
    pub comments: Vec<Comment>,
    /// What the file knows each comment by, and the one that it answers.
    keys: Vec<(String, String)>,
}

/// Reads everything that stands beside the text.
pub fn read(desk: &mut Desk, asides: &[Aside], spots: &[Spot]) -> Beside {
    let mut beside = Beside::default();
    let places = Places::of(if asides.is_empty() { &[] } else { spots });
    for aside in asides {
        one(desk, aside, &places, &mut beside);
    }
    thread(&mut beside);
    if let Some(first) = beside.tracked.first() {
        let why = format!(
            "The document holds {} tracked changes that nobody has accepted or rejected. \
             Insertions are kept, deletions are left out.",
            beside.tracked.len()
        );
        desk.find("tracked-changes", &first.text, None, &why);
    }
    beside
}

fn one(desk: &mut Desk, aside: &Aside, places: &Places, beside: &mut Beside) {
    let at = |text: &str| places.find(&aside.paragraph, text);
    let (kind, text, author, date) = match &aside.kind {
        AsideKind::Inserted { text, author, date } => (TrackedKind::Inserted, text, author, date),
        AsideKind::Deleted { text, author, date } => (TrackedKind::Deleted, text, author, date),
        AsideKind::Comment { said, on } => {
            let at = if said.answers.is_empty() { at(on) } else { String::new() };
            beside.keys.push((said.key.clone(), said.answers.clone()));
            return beside.comments.push(comment(said, at, on));
        }
        AsideKind::Picture { description } => {
            return desk.find("picture", description, None, "A picture stands here. It is not imported.");
        }
        AsideKind::Link { text, target } => {
            let why = format!("The words link to {target}. The target is not part of the text.");
            return desk.find("link", text, None, &why);
        }
        AsideKind::Hidden { text } => {
            let why = "The word processor hides these words. They are kept in the text.";
            return desk.find("hidden-text", text, None, why);
        }
        AsideKind::Bookmark { .. } => return,
    };
    let at = at(if kind == TrackedKind::Inserted { text } else { "" });
    beside.tracked.push(Tracked { kind, text: text.clone(), author: author.clone(), date: date.clone(), at });
}

fn comment(said: &Said, at: String, on: &str) -> Comment {
    Comment {
        text: said.text.clone(),
        author: said.author.clone(),
        date: said.date.clone(),
        at,
        on: on.to_owned(),
        answers: None,
        resolved: said.resolved,
    }
}

/// Puts answers to the comment at the head of their thread, and so in its place.
fn thread(beside: &mut Beside) {
    let head = |answers: &str| beside.keys.iter().position(|(key, _)| !key.is_empty() && key == answers);
    let heads: Vec<Option<usize>> = beside.keys.iter().map(|(_, answers)| head(answers)).collect();
    for at in 0..heads.len() {
        // Word's threads are one deep; a chain that is deeper ends at its head, and a circle has none
        let up = std::iter::successors(heads[at], |above| heads[*above]).take(heads.len() + 1);
        let ends = up.collect::<Vec<_>>();
        let Some(top) = ends.last().copied().filter(|_| ends.len() <= heads.len()) else { continue };
        beside.comments[at].answers = Some(top);
        beside.comments[at].at = beside.comments[top].at.clone();
    }
}

/// The texts of the result as their words alone, so that each is taken apart once.
struct Places<'a> {
    spots: &'a [Spot],
    words: Vec<String>,
    /// The last place of each text that stands there as it is.
    whole: HashMap<String, usize>,
}

impl<'a> Places<'a> {
    fn of(spots: &'a [Spot]) -> Self {
        let words: Vec<String> = spots.iter().map(|spot| words(&spot.text).join(" ")).collect();
        let whole = words.iter().cloned().enumerate().map(|(at, text)| (text, at)).collect();
        Places { spots, words, whole }
    }

    /// The path of the text that holds the aside's own words, or else its paragraph; empty where neither is placed.
    fn find(&self, paragraph: &str, text: &str) -> String {
        let (whole, own) = (words(paragraph).join(" "), words(text).join(" "));
        let same = self.whole.get(&whole).copied().filter(|_| !whole.is_empty() && whole.contains(&own));
        let near = |text: &String| {
            !whole.is_empty()
                && !text.is_empty()
                && (text.contains(&whole) || whole.contains(text.as_str()))
                && (own.is_empty() || text.contains(&own))
        };
        let at = same.or_else(|| self.words.iter().rposition(near));
        let at = at.or_else(|| self.words.iter().position(|text| !own.is_empty() && text.contains(&own)));
        at.map(|at| self.spots[at].path.clone()).unwrap_or_default()
    }
}
