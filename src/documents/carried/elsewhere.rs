//! Tracked changes that no suggestion can hold: a line that was moved, a detail, the heading of a section. A move becomes a
//! comment on its line; what else there is says what it was and what it is in the changed document. Nothing is dropped.

use super::pairs::Pairs;
use super::{Comment, Left, Told, said, without_space};
use crate::documents::extract::result::{Tracked, TrackedKind};
use crate::documents::to_content::Made;
use crate::domain::checks::{name, opening};
use crate::domain::content::{Item, Section};
use crate::domain::details::Details;

/// The comments on moved lines, and everything else in words.
pub fn tell(before: &Made, after: &Made, pairs: &Pairs, left: Vec<Tracked>) -> (Vec<Comment>, Vec<Left>) {
    let runs = runs(left);
    let (moved, rest) = moves(before, pairs, runs);
    let mut fields = fields(before, after, pairs);
    let mut others = Vec::new();
    for run in rest {
        let change = run.change;
        let words = without_space(&change.text);
        match fields.iter_mut().find(|field| field.holds(change.kind, &words)) {
            Some(field) => field.told.push(Told::of(&change)),
            None => others.push(Left { said: said(&change), told: Told::of(&change) }),
        }
    }
    let told = fields.into_iter().filter(|field| !field.told.is_empty()).map(Field::told);
    (moved, told.chain(others).collect())
}

/// Changes of one kind by one person at one moment, one after the other: a word processor parts them where the letters
/// look different.
struct Run {
    change: Tracked,
}

fn runs(left: Vec<Tracked>) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::new();
    for change in left {
        match out.last_mut() {
            Some(Run { change: open }) if same_hand(open, &change) && !change.at.is_empty() && open.at == change.at => {
                open.text.push(' ');
                open.text.push_str(&change.text);
            }
            Some(_) | None => out.push(Run { change }),
        }
    }
    out
}

fn same_hand(one: &Tracked, other: &Tracked) -> bool {
    (one.kind, &one.author, &one.date) == (other.kind, &other.author, &other.date)
}

/// Words deleted in one place and added in another, which are a whole line on both sides: it was moved.
fn moves(before: &Made, pairs: &Pairs, runs: Vec<Run>) -> (Vec<Comment>, Vec<Run>) {
    let lines: Vec<(&Section, &Item)> = before
        .content
        .sections
        .iter()
        .flat_map(|own| own.all_items().into_iter().map(move |item| (own, item)))
        .collect();
    let mut taken = vec![false; runs.len()];
    let mut comments = Vec::new();
    for (at, run) in runs.iter().enumerate().filter(|(_, run)| run.change.kind == TrackedKind::Deleted) {
        let words = without_space(&run.change.text);
        let twin = runs.iter().enumerate().position(|(other, twin)| {
            !taken[other] && twin.change.kind == TrackedKind::Inserted && without_space(&twin.change.text) == words
        });
        let line = lines.iter().find(|(_, item)| without_space(&item.text) == words && !words.is_empty());
        let (Some(twin), Some((section, item))) = (twin, line) else { continue };
        let Some(place) = pairs.after_of(item.id).and_then(|now| place_of(pairs, now)) else { continue };
        (taken[at], taken[twin]) = (true, true);
        comments.push(Comment {
            section: Some(section.id),
            item: Some(item.id),
            text: format!("This line was moved in the document: there it stands {place}."),
            answers: None,
            resolved: false,
            told: Told::of(&runs[twin].change),
        });
    }
    let rest = runs.into_iter().zip(taken).filter(|(_, taken)| !taken).map(|(run, _)| run).collect();
    (comments, rest)
}

/// `after “Sweeps the yard”`, `first in “Main duties”`.
fn place_of(pairs: &Pairs, now: &Item) -> Option<String> {
    let section = pairs.after.sections.iter().find(|own| own.all_items().iter().any(|item| item.id == now.id))?;
    let all = section.all_items();
    let at = all.iter().position(|item| item.id == now.id)?;
    Some(match at.checked_sub(1).map(|before| all[before]) {
        Some(before) => format!("after “{}”", opening(before).trim_end_matches('.')),
        None => format!("first in “{}”", name(section)),
    })
}

/// A detail or a heading that the changes give other words.
struct Field {
    what: String,
    was: String,
    now: String,
    told: Vec<Told>,
}

fn fields(before: &Made, after: &Made, pairs: &Pairs) -> Vec<Field> {
    let (old, new) = (details(&before.details), details(&after.details));
    let value = |of: &[(&'static str, String)], label: &str| {
        of.iter().find(|(own, _)| *own == label).map(|(_, text)| text.clone()).unwrap_or_default()
    };
    let mut labels: Vec<&'static str> = old.iter().chain(&new).map(|(label, _)| *label).collect();
    labels.sort_unstable();
    labels.dedup();
    let details = labels.into_iter().map(|label| (label.to_owned(), value(&old, label), value(&new, label)));
    let heads = pairs.after.sections.iter().filter_map(|now| {
        let was = before.content.section(*pairs.sections.get(&now.id)?)?;
        Some((format!("Heading of “{}”", name(was)), was.heading.clone(), now.heading.clone()))
    });
    let changed = details.chain(heads).filter(|(_, was, now)| was != now);
    changed.map(|(what, was, now)| Field { what, was, now, told: Vec::new() }).collect()
}

fn details(of: &Details) -> Vec<(&'static str, String)> {
    let rows = of.rows().into_iter().map(|(label, text)| (label, text.to_owned()));
    std::iter::once(("Title", of.title.clone())).chain(rows).collect()
}

impl Field {
    fn holds(&self, kind: TrackedKind, words: &str) -> bool {
        let side = match kind {
            TrackedKind::Inserted => &self.now,
            TrackedKind::Deleted => &self.was,
        };
        !words.is_empty() && without_space(side).contains(words)
    }

    /// `Title: “Clerk” became “Senior clerk”`
    fn told(self) -> Left {
        let said = match (self.was.is_empty(), self.now.is_empty()) {
            (true, _) => format!("{}: “{}” was added", self.what, self.now),
            (false, true) => format!("{}: “{}” was deleted", self.what, self.was),
            (false, false) => format!("{}: “{}” became “{}”", self.what, self.was, self.now),
        };
        Left { said, told: Told::of_all(&self.told) }
    }
}
