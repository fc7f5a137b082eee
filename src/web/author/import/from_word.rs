//! What the report shows of tracked changes and comments: what each will be on the draft, and what fits no line.

use crate::clock::london_moment;
use crate::documents::carried::{Carried, Left, Told};
use crate::documents::to_content::Made;
use crate::domain::checks::opening;
use crate::domain::diff::{Stretch, words};
use crate::domain::ids::ItemId;
use crate::domain::suggestion::Proposal;

/// A suggestion or a comment before it is one.
pub struct Coming {
    /// `Sam Ash, 2 January 2026, 10:04am`
    pub who: String,
    /// `suggests new words`, `comments on “Opens the hall”`
    pub what: String,
    pub words: Vec<Stretch>,
}

/// Everything that will come along, and what will not.
pub struct FromWord {
    /// `3 suggestions and 2 comments`
    pub counted: String,
    pub coming: Vec<Coming>,
    /// With who did it.
    pub left: Vec<String>,
}

impl FromWord {
    pub fn of(carried: &Carried, made: &Made) -> Self {
        let suggestions = carried.suggestions.iter().map(|one| {
            let (what, words) = proposed(&one.proposal);
            Coming { who: who(&one.told), what: what.to_owned(), words }
        });
        let comments = carried.comments.iter().filter(|one| one.told != Told::default()).map(|one| Coming {
            who: who(&one.told),
            what: about(one.item, one.answers.is_some(), made),
            words: words(&one.text, &one.text),
        });
        let left = |left: &Left| format!("{} ({})", left.said, who(&left.told));
        FromWord {
            counted: carried.counted(),
            coming: suggestions.chain(comments).collect(),
            left: carried.left.iter().map(left).collect(),
        }
    }
}

fn proposed(proposal: &Proposal) -> (&'static str, Vec<Stretch>) {
    match proposal {
        Proposal::Reword { before, after } => ("suggests new words", words(&before.text, &after.text)),
        Proposal::Add { item, .. } => ("suggests a new line", words("", &item.text)),
        Proposal::Remove { before } => {
            let all: Vec<&str> = before.walk().into_iter().map(|item| item.text.as_str()).collect();
            ("suggests deleting this", words(&all.join("\n"), ""))
        }
    }
}

fn about(item: Option<ItemId>, is_answer: bool, made: &Made) -> String {
    let line = item.and_then(|id| made.content.item(id)).map(|(_, item)| opening(item));
    match line {
        _ if is_answer => "answers".to_owned(),
        Some(line) => format!("comments on “{line}”"),
        None => "comments".to_owned(),
    }
}

fn who(told: &Told) -> String {
    let by = if told.by.trim().is_empty() { "Somebody" } else { told.by.trim() };
    match told.moment() {
        Some(at) => format!("{by}, {}", london_moment(at)),
        None => by.to_owned(),
    }
}
