//! Standard clauses with words of a profile's own: what differs, and why, for whoever decides on them.

use crate::domain::content::{Content, Item};
use crate::domain::diff::{Stretch, marked};

/// A line that says something else than the standard clause that it stands for.
pub struct Override {
    pub item: crate::domain::ids::ItemId,
    pub heading: String,
    /// The standard text against the words here.
    pub words: Vec<Stretch>,
    pub reason: String,
}

pub fn overrides(content: &Content) -> Vec<Override> {
    let own = |item: &&Item| {
        let (heading, placed) = item.body.placed().filter(|(_, placed)| placed.is_overridden())?;
        Some(Override {
            item: item.id,
            heading: heading.to_owned(),
            words: marked(placed.standard.as_deref().unwrap_or_default(), &item.text),
            reason: placed.reason.clone(),
        })
    };
    content.all_items().iter().filter_map(own).collect()
}
