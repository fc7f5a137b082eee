//! The history of a draft: every edit as it was kept, newest first, read as what it touched.

use serde::Deserialize;
use serde_json::Value;
use time::OffsetDateTime;

use super::edits::{Edit, Shift};
use super::sections::read_deleted;
use super::{DbError, Deleted, DeletedThing, Tx};
use crate::domain::content::Item;
use crate::domain::ids::{EmployerId, ItemId, SectionId, VersionId};
use crate::domain::rearrange::{Act, Place, Standing, Touch};

/// One step of the history: an edit, or the edits of one act together.
#[derive(Debug, Clone)]
pub struct Step {
    /// Its first edit: what "undo this" names.
    pub edit: i64,
    pub who: String,
    pub at: OffsetDateTime,
    pub edit_kind: Edit,
    /// Where it was an act on several items, or an undo.
    pub act: Option<Act>,
    /// Somebody has undone it since.
    pub undone: bool,
    pub what: What,
}

/// What a step touched.
#[derive(Debug, Clone)]
pub enum What {
    Items(Vec<Touch>),
    /// A section's heading: from, to.
    Heading(SectionId, String, String),
    Section(SectionId),
    /// A section stands one place further up, or down.
    SectionMoved(SectionId, Shift),
    Deleted(Deleted),
    /// Details as they were kept on both sides.
    Details(Value, Value),
    /// An item or section, and no more is known.
    Other(Option<i64>),
}

/// What is known of one edit.
#[derive(Deserialize)]
struct Part {
    subject: Option<i64>,
    action: Edit,
    before: Option<Value>,
    after: Option<Value>,
}

#[derive(Deserialize)]
struct Stood {
    place: Option<Place>,
    item: Item,
}

impl Tx {
    /// The steps of a draft before an edit, newest first: of one item, or of all. One more than a page tells that
    /// there are more.
    pub async fn history(
        &mut self,
        employer: EmployerId,
        version: VersionId,
        item: Option<ItemId>,
        before: Option<i64>,
        most: i64,
    ) -> Result<Vec<Step>, DbError> {
        let rows = sqlx::query!(
            r#"select h.id, h.created_at, member_name(h.edited_by) as "who!", h.action, h.act,
                exists (select from content_edit u where u.version_id = h.version_id and u.undoes = h.id) as "undone!",
                (select jsonb_agg(jsonb_build_object('subject', p.subject_id, 'action', p.action,
                        'before', p.before, 'after', p.after) order by p.id)
                    from content_edit p
                    where p.version_id = h.version_id and (p.id = h.id or p.together = h.together)) as "parts!"
            from content_edit h
            where h.employer_id = $1 and h.version_id = $2 and coalesce(h.part, 1) = 1
                and ($3::bigint is null or h.id < $3)
                and ($4::bigint is null or h.id in (
                    select e.id from content_edit e where e.version_id = $2 and e.subject_id = $4)
                    or h.together in (
                    select e.together from content_edit e where e.version_id = $2 and e.subject_id = $4))
            order by h.id desc limit $5"#,
            employer.0,
            version.0,
            before,
            item.map(|item| item.0),
            most,
        )
        .fetch_all(self.conn())
        .await?;
        rows.into_iter()
            .map(|row| {
                let odd = || DbError::Inconsistent { table: "content_edit", id: row.id, what: "an unreadable edit" };
                let parts: Vec<Part> = serde_json::from_value(row.parts).map_err(|_| odd())?;
                Ok(Step {
                    edit: row.id,
                    who: row.who,
                    at: row.created_at,
                    edit_kind: Edit::parse(&row.action).ok_or_else(odd)?,
                    act: row.act.as_deref().and_then(Act::parse),
                    undone: row.undone,
                    what: what(row.id, parts)?,
                })
            })
            .collect()
    }

    /// The one step that begins with this edit.
    pub async fn step(&mut self, employer: EmployerId, version: VersionId, edit: i64) -> Result<Option<Step>, DbError> {
        let next = edit.checked_add(1);
        let steps = self.history(employer, version, None, next, 1).await?;
        Ok(steps.into_iter().find(|step| step.edit == edit))
    }
}

fn what(edit: i64, mut parts: Vec<Part>) -> Result<What, DbError> {
    if parts.len() != 1 {
        return Ok(What::Items(parts.into_iter().filter_map(touch).collect()));
    }
    let part = parts.remove(0);
    let Some(subject) = part.subject else {
        return Ok(match (part.before, part.after) {
            (Some(before), Some(after)) => What::Details(before, after),
            _ => What::Other(None),
        });
    };
    Ok(match (part.action, &part.before, &part.after) {
        (Edit::Delete, Some(before), _) => deleted(read_deleted(edit, before.clone())?),
        (Edit::Change, Some(Value::String(from)), Some(Value::String(to))) => {
            What::Heading(SectionId(subject), from.clone(), to.clone())
        }
        (Edit::Change, Some(before), Some(after)) if before.get("heading").is_some() && before.get("id").is_none() => {
            let said = |side: &Value| side["heading"].as_str().unwrap_or_default().to_owned();
            What::Heading(SectionId(subject), said(before), said(after))
        }
        (Edit::Add, None, Some(Value::String(_))) => What::Section(SectionId(subject)),
        (Edit::Restore, None, Some(after)) if after.get("items").is_some() => What::Section(SectionId(subject)),
        (Edit::Restore, None, Some(after)) if after.get("children").is_some() && after.get("place").is_none() => {
            restored(after.clone())
        }
        (Edit::Move, None, Some(after)) if after.get("section").is_some_and(Value::is_string) => {
            let shift = if after["section"] == "up" { Shift::Up } else { Shift::Down };
            What::SectionMoved(SectionId(subject), shift)
        }
        (_, None, None) | (Edit::Move, None, Some(Value::Bool(_))) => What::Other(Some(subject)),
        _ => touch(part).map_or(What::Other(Some(subject)), |touch| What::Items(vec![touch])),
    })
}

fn touch(part: Part) -> Option<Touch> {
    let side = |value: Option<Value>| value.map(standing);
    Some(Touch {
        id: ItemId(part.subject?),
        before: side(part.before).map_or(Some(None), |read| read.map(Some))?,
        after: side(part.after).map_or(Some(None), |read| read.map(Some))?,
    })
}

/// An item with its place where that was kept, or alone.
fn standing(value: Value) -> Option<Standing> {
    match value.get("item").is_some() {
        true => serde_json::from_value(value).ok().map(|Stood { place, item }| Standing { place, item }),
        false => {
            let place = value.get("place").cloned().and_then(|place| serde_json::from_value(place).ok()).flatten();
            serde_json::from_value(value).ok().map(|item| Standing { place, item })
        }
    }
}

/// An item that was put back with what stood below it: undone, they all go again.
fn restored(after: Value) -> What {
    let Ok(item) = serde_json::from_value::<Item>(after) else { return What::Other(None) };
    let all = item.walk().into_iter().map(|item| Touch {
        id: item.id,
        before: None,
        after: Some(Standing { place: None, item: alone(item) }),
    });
    What::Items(all.collect())
}

/// A deleted item is touched with everything below it; a section is put back as a whole.
fn deleted(deleted: Deleted) -> What {
    match &deleted.what {
        DeletedThing::Section { .. } => What::Deleted(deleted),
        DeletedThing::Item { section, parent, position, item } => {
            let mut touches = Vec::new();
            let place = Place { section: *section, parent: *parent, position: *position as usize };
            gone(item, place, &mut touches);
            What::Items(touches)
        }
    }
}

fn gone(item: &Item, place: Place, touches: &mut Vec<Touch>) {
    let before = Some(Standing { place: Some(place), item: alone(item) });
    touches.push(Touch { id: item.id, before, after: None });
    for (n, child) in item.children.iter().enumerate() {
        gone(child, Place { parent: Some(item.id), position: n + 1, ..place }, touches);
    }
}

fn alone(item: &Item) -> Item {
    Item { children: Vec::new(), ..item.clone() }
}
