//! A comparison made ready to read: counts in words, a list to jump by, and the paper with marks.

use crate::db::{DbError, Tx, Version};
use crate::domain::content::Content;
use crate::domain::diff::{Comparison, Counts, Fact, Fate, Line, SectionChange, Stretch, Tag, compare};
use crate::error::AppError;
use crate::policy::Scope;

/// Everything a page shows of the changes between two versions.
pub struct Changes {
    pub against: String,
    pub counts: Vec<(usize, &'static str)>,
    pub jumps: Vec<Jump>,
    pub details: Vec<Fact>,
    pub sections: Vec<SectionChange>,
    pub is_empty: bool,
}

/// A line of the list of changes.
pub struct Jump {
    /// `added`, `removed`, `reworded`, `moved`.
    pub kind: &'static str,
    pub word: &'static str,
    pub href: String,
    pub text: String,
}

/// What the version is compared with: what is in force, else what it started from.
pub async fn against(tx: &mut Tx, scope: &Scope, version: &Version) -> Result<Option<Version>, DbError> {
    let other = version.issued.map(|(id, _)| id).filter(|id| *id != version.id).or(version.base);
    match other {
        Some(id) => tx.version_by_id(scope, id).await,
        None => Ok(None),
    }
}

/// Loads both contents and compares; a first version has nothing to compare with.
pub async fn load(tx: &mut Tx, old: Option<&Version>, new: &Version) -> Result<(Content, Option<Changes>), AppError> {
    let ids: Vec<_> = old.iter().map(|old| old.id).chain([new.id]).collect();
    let mut contents = tx.contents(new.employer, &ids).await?;
    let content = contents.remove(&new.id).unwrap_or_default();
    let changes = old.map(|old| {
        let before = contents.remove(&old.id).unwrap_or_default();
        let comparison = compare((&old.details, &before), (&new.details, &content), (&old.grade, &new.grade));
        Changes::of(comparison, format!("version {}", old.number))
    });
    Ok((content, changes))
}

impl Changes {
    fn of(comparison: Comparison, against: String) -> Self {
        let is_empty = comparison.is_empty();
        Changes {
            against,
            counts: counts(comparison.counts(), comparison.details.len()),
            jumps: jumps(&comparison),
            is_empty,
            details: comparison.details,
            sections: comparison.sections,
        }
    }
}

fn counts(counts: Counts, details: usize) -> Vec<(usize, &'static str)> {
    [
        (counts.reworded, "reworded"),
        (counts.added, "added"),
        (counts.removed, "removed"),
        (counts.moved, "moved"),
        (details, if details == 1 { "detail changed" } else { "details changed" }),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .collect()
}

fn jumps(comparison: &Comparison) -> Vec<Jump> {
    let details = comparison.details.iter().map(|fact| Jump {
        kind: "reworded",
        word: "Changed",
        href: "#changed-details".to_owned(),
        text: fact.label.to_owned(),
    });
    let items =
        comparison.sections.iter().flat_map(|section| section.lines.iter()).filter(|line| line.changed()).map(|line| {
            let (kind, word) = mark(line);
            let text = format!("{}: {}", line.kind.label(), opening(line));
            Jump { kind, word, href: format!("#item-{}", line.item), text }
        });
    details.chain(items).collect()
}

/// The class and the word for what happened to a line.
pub fn mark(line: &Line) -> (&'static str, &'static str) {
    match (line.fate, line.moved) {
        (Fate::Added, _) => ("added", "Added"),
        (Fate::Removed, _) => ("removed", "Removed"),
        (Fate::Reworded, true) => ("reworded", "Reworded and moved"),
        (Fate::Reworded, false) => ("reworded", "Reworded"),
        (Fate::Unchanged, true) => ("moved", "Moved"),
        (Fate::Unchanged, false) => ("", ""),
    }
}

/// The first words of a line as they are now; of a removed one, as they were.
fn opening(line: &Line) -> String {
    let shown = |tag: Tag| match line.fate {
        Fate::Removed => true,
        Fate::Unchanged | Fate::Added | Fate::Reworded => tag != Tag::Removed,
    };
    let stretches = |words: &[Stretch]| {
        words.iter().filter(|stretch| shown(stretch.tag)).map(|stretch| stretch.text.as_str()).collect::<String>()
    };
    let text = stretches(&line.words);
    let text = match text.trim().is_empty() {
        true => line.facts.first().map(|fact| stretches(&fact.words)).unwrap_or_default(),
        false => text,
    };
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.len() > 8 {
        true => format!("{} …", words[..8].join(" ")),
        false => words.join(" "),
    }
}
