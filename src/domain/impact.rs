//! What a change does beyond its words: to grade, pay and standard clauses. Whoever decides sees it in one block.
//!
//! Pure over two sides of a comparison. What it reaches outside the version (adverts, other profiles) is for `db` to find.

use super::clause::Placed;
use super::content::{Body, Content, Item};

/// From what to what, in words; none where it stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shift {
    pub from: String,
    pub to: String,
}

/// Nothing where both say the same.
pub fn shift(from: &str, to: &str) -> Option<Shift> {
    let said = |text: &str| if text.is_empty() { "none".to_owned() } else { text.to_owned() };
    (from != to).then(|| Shift { from: said(from), to: said(to) })
}

/// What happened to a standard clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    Placed,
    /// Another edition of its text.
    Renewed,
    /// It has words of this profile's own, or no longer has.
    OwnWords,
    StandardAgain,
    TakenOut,
}

impl Fate {
    pub fn label(self) -> &'static str {
        match self {
            Fate::Placed => "placed",
            Fate::Renewed => "another edition of its text",
            Fate::OwnWords => "with words of its own",
            Fate::StandardAgain => "with the standard words again",
            Fate::TakenOut => "taken out",
        }
    }
}

/// Standard clauses that differ, as `Smoking: placed`, in the order of the document, those taken out last.
pub fn clauses(before: &Content, now: &Content) -> Vec<String> {
    let (old, new) = (placed(before), placed(now));
    let of = |side: &[(&Placed, String)], clause| side.iter().position(|(one, _)| one.clause == clause);
    let mut said = Vec::new();
    for (one, name) in &new {
        let fate = match of(&old, one.clause).map(|at| old[at].0) {
            None => Some(Fate::Placed),
            Some(before) => fate(before, one),
        };
        said.extend(fate.map(|fate| format!("{name}: {}", fate.label())));
    }
    let gone = old.iter().filter(|(one, _)| of(&new, one.clause).is_none());
    said.extend(gone.map(|(_, name)| format!("{name}: {}", Fate::TakenOut.label())));
    said
}

fn fate(before: &Placed, now: &Placed) -> Option<Fate> {
    match (before.is_overridden(), now.is_overridden()) {
        (false, true) => Some(Fate::OwnWords),
        (true, false) => Some(Fate::StandardAgain),
        (false, false) | (true, true) => (before.edition != now.edition).then_some(Fate::Renewed),
    }
}

/// The standard clauses of a version, each with what a reader calls it.
fn placed(content: &Content) -> Vec<(&Placed, String)> {
    content.all_items().into_iter().filter_map(clause).collect()
}

fn clause(item: &Item) -> Option<(&Placed, String)> {
    match &item.body {
        Body::Clause { heading, placed: Some(placed) } => {
            let name = if heading.is_empty() { "A standard clause" } else { heading };
            Some((placed, name.to_owned()))
        }
        Body::Clause { placed: None, .. }
        | Body::Paragraph
        | Body::Group
        | Body::Duty(_)
        | Body::Category
        | Body::Criterion { .. }
        | Body::Term { .. }
        | Body::Demand { .. }
        | Body::FactorLevel { .. }
        | Body::Detail { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::content::{Section, SectionKind};
    use crate::domain::ids::{ClauseId, ItemId, SectionId};

    fn content(clauses: &[(i64, i32, &str)]) -> Content {
        let item = |(id, edition, reason): &(i64, i32, &str)| {
            let placed = Placed { reason: (*reason).to_owned(), ..Placed::new(ClauseId(*id), *edition) };
            let heading = if *id == 9 { String::new() } else { format!("Clause {id}") };
            Item::new(ItemId(*id), "Text.", Body::Clause { heading, placed: Some(placed) })
        };
        let items = clauses.iter().map(item).collect();
        let (id, kind, heading) = (SectionId(1), SectionKind::Clauses, String::new());
        Content { sections: vec![Section { id, kind, heading, revision: 1, items }] }
    }

    #[test]
    fn each_clause_that_differs_is_told_with_how() {
        let before = content(&[(1, 1, ""), (2, 1, ""), (3, 1, ""), (4, 1, "local"), (5, 1, "")]);
        let now = content(&[(1, 1, ""), (2, 2, ""), (3, 1, "local"), (4, 1, ""), (9, 1, "")]);
        let expected = [
            "Clause 2: another edition of its text",
            "Clause 3: with words of its own",
            "Clause 4: with the standard words again",
            "A standard clause: placed",
            "Clause 5: taken out",
        ];
        assert_eq!(clauses(&before, &now), expected);
        assert!(clauses(&now, &now).is_empty());
    }

    #[test]
    fn what_stays_is_not_told() {
        assert_eq!(shift("Band 4", "Band 4"), None);
        let none = Shift { from: "none".into(), to: "Band 4".into() };
        assert_eq!(shift("", "Band 4"), Some(none));
    }
}
