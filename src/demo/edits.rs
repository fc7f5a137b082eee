//! An author's edits: what leads from the content of a draft to the content that its file gives it, item by item.

use time::{Duration, OffsetDateTime};

use super::DemoError;
use super::story::grant;
use crate::db::{NewItem, Shift, Tx, Version};
use crate::domain::content::{Content, Item};
use crate::domain::details::Details;
use crate::domain::ids::{ItemId, SectionId};
use crate::policy::{Granted, Staff, act};

/// An author at work on a draft, some minutes an edit.
struct Author<'a> {
    staff: &'a Staff,
    draft: &'a Version,
    at: OffsetDateTime,
}

impl Author<'_> {
    fn next(&mut self) -> Result<Granted<act::EditContent>, DemoError> {
        self.at += Duration::minutes(7);
        grant(self.staff, self.draft.subject(), self.at)
    }
}

/// The items below one parent.
struct List<'a> {
    section: SectionId,
    parent: Option<ItemId>,
    items: &'a [Item],
}

/// Edits the draft until it says what is wanted. Sections stay as they are.
pub async fn make(
    tx: &mut Tx,
    staff: &Staff,
    draft: &Version,
    details: &Details,
    wanted: &Content,
    at: OffsetDateTime,
) -> Result<(), DemoError> {
    let mut author = Author { staff, draft, at };
    let standing = tx.content(draft.employer, draft.id).await?;
    if draft.details != *details {
        tx.save_details(&author.next()?, draft, draft.details_revision, details).await?;
    }
    for after in wanted.all_items() {
        if let Some((_, before)) = standing.item(after.id)
            && (&before.text, &before.number, &before.body) != (&after.text, &after.number, &after.body)
        {
            tx.save_item(&author.next()?, before, after).await?;
        }
    }
    for list in lists(wanted) {
        if let Some(now) =
            lists(&standing).into_iter().find(|now| (now.section, now.parent) == (list.section, list.parent))
        {
            arrange(tx, &mut author, &standing, &now, &list).await?;
        }
    }
    Ok(())
}

/// Adds what is new, deletes what is gone and moves what stands elsewhere.
async fn arrange(
    tx: &mut Tx,
    author: &mut Author<'_>,
    standing: &Content,
    now: &List<'_>,
    wanted: &List<'_>,
) -> Result<(), DemoError> {
    let mut order: Vec<ItemId> = now.items.iter().map(|item| item.id).collect();
    let mut place = 0;
    for item in wanted.items {
        if let Some(found) = order.iter().position(|id| *id == item.id) {
            place = found + 1;
            continue;
        }
        let position = place as i32 + 1;
        let new = NewItem { section: wanted.section, parent: wanted.parent, position };
        tx.add_items(&author.next()?, new, std::slice::from_ref(item)).await?;
        order.insert(place, item.id);
        place += 1;
    }
    for item in now.items {
        if !wanted.items.iter().any(|kept| kept.id == item.id)
            && let Some(section) = standing.section(now.section)
        {
            tx.delete_item(&author.next()?, section, item).await?;
            order.retain(|id| *id != item.id);
        }
    }
    for (to, item) in wanted.items.iter().enumerate() {
        let from = order.iter().position(|id| *id == item.id).unwrap_or(to);
        for _ in to..from {
            tx.shift_item(&author.next()?, item.id, Shift::Up).await?;
        }
        let moved = order.remove(from);
        order.insert(to, moved);
    }
    Ok(())
}

/// Every list of siblings, parents before children.
fn lists(content: &Content) -> Vec<List<'_>> {
    let mut lists = Vec::new();
    for section in &content.sections {
        lists.push(List { section: section.id, parent: None, items: &section.items });
        let parents = section.all_items().into_iter();
        lists.extend(parents.map(|item| List { section: section.id, parent: Some(item.id), items: &item.children }));
    }
    lists
}

/// The same words in the same places, whatever their revisions.
pub fn same(one: &Content, other: &Content) -> bool {
    fn plain(items: &[Item]) -> Vec<Item> {
        items.iter().map(|item| Item { revision: 1, children: plain(&item.children), ..item.clone() }).collect()
    }
    let sections = |content: &Content| -> Vec<_> {
        let sections = content.sections.iter();
        sections.map(|section| (section.id, section.kind, section.heading.clone(), plain(&section.items))).collect()
    };
    sections(one) == sections(other)
}
