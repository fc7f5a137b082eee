//! Sections of a draft: adding, naming, ordering, deleting, and putting back what was deleted.

use serde_json::{Value, json};

use super::content::{item_row, item_rows};
use super::edits::{Edit, Shift, employer};
use super::error::exactly_one;
use super::{DbError, NewItem, Tx};
use crate::domain::content::{Item, Section, SectionKind};
use crate::domain::ids::{ItemId, SectionId, VersionId};
use crate::policy::{Granted, act};

type Editing = Granted<act::EditContent>;

/// Something deleted from a draft that can be put back.
#[derive(Debug, Clone)]
pub struct Deleted {
    /// The edit that took it out.
    pub edit: i64,
    pub what: DeletedThing,
}

#[derive(Debug, Clone)]
pub enum DeletedThing {
    Item { section: SectionId, parent: Option<ItemId>, position: i32, item: Item },
    Section { position: i32, section: Section },
}

impl Tx {
    /// Adds a section at the end.
    pub async fn add_section(
        &mut self,
        granted: &Editing,
        id: SectionId,
        kind: SectionKind,
        heading: &str,
    ) -> Result<(), DbError> {
        self.insert_section(granted, id, kind, heading, 1).await?;
        self.log_edit(granted, Some(id.0), Edit::Add, None, Some(json!(heading))).await
    }

    async fn insert_section(
        &mut self,
        granted: &Editing,
        id: SectionId,
        kind: SectionKind,
        heading: &str,
        revision: i32,
    ) -> Result<(), DbError> {
        self.lock_order(granted.id()).await?;
        let done = sqlx::query!(
            "insert into section (employer_id, version_id, section_id, position, kind, heading, revision)
            select $1, $2, $3, coalesce(max(position), 0) + 1, $4, $5, $6 from section where version_id = $2",
            employer(granted)?.0,
            granted.id().0,
            id.0,
            kind.word(),
            heading,
            revision,
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)
    }

    /// Moves a section before the one that stands at that place now, counted from 1; past the end it stays last.
    async fn place_section(&mut self, version: VersionId, id: SectionId, place: i32) -> Result<(), DbError> {
        sqlx::query!(
            "with there as (select position from section where version_id = $1 and section_id <> $2
                order by position offset $3::int - 1 limit 1)
            update section s set position = case when s.section_id = $2 then there.position else s.position + 1 end
            from there where s.version_id = $1 and (s.section_id = $2 or s.position >= there.position)",
            version.0,
            id.0,
            place,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// # Errors
    /// [`DbError::Stale`] where somebody else renamed it since, or it is gone.
    pub async fn rename_section(
        &mut self,
        granted: &Editing,
        section: &Section,
        revision: i32,
        heading: &str,
    ) -> Result<(), DbError> {
        let done = sqlx::query!(
            "update section set heading = $4, revision = revision + 1
            where version_id = $1 and section_id = $2 and revision = $3",
            granted.id().0,
            section.id.0,
            revision,
            heading,
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)?;
        let side = |heading: &str, revision: i32| json!({"heading": heading, "revision": revision});
        let (before, after) = (side(&section.heading, revision), side(heading, revision + 1));
        self.log_edit(granted, Some(section.id.0), Edit::Change, Some(before), Some(after)).await
    }

    pub async fn shift_section(&mut self, granted: &Editing, section: SectionId, shift: Shift) -> Result<(), DbError> {
        self.lock_order(granted.id()).await?;
        let done = sqlx::query!(
            "with me as (select * from section where version_id = $1 and section_id = $2),
            other as (select s.section_id, s.position from section s, me
                where s.version_id = me.version_id
                    and case when $3 then s.position < me.position else s.position > me.position end
                order by abs(s.position - me.position) limit 1)
            update section set position = case when section.section_id = me.section_id then other.position else me.position end
            from me, other where section.version_id = $1 and section.section_id in (me.section_id, other.section_id)",
            granted.id().0,
            section.0,
            shift == Shift::Up,
        )
        .execute(self.conn())
        .await?;
        match done.rows_affected() {
            0 => Ok(()),
            _ => {
                let moved = json!({"section": if shift == Shift::Up { "up" } else { "down" }});
                self.log_edit(granted, Some(section.0), Edit::Move, None, Some(moved)).await
            }
        }
    }

    /// Deletes a section with its items; it can be put back.
    pub async fn delete_section(
        &mut self,
        granted: &Editing,
        section: &Section,
        position: usize,
    ) -> Result<(), DbError> {
        self.lock_order(granted.id()).await?;
        sqlx::query!("delete from item where version_id = $1 and section_id = $2", granted.id().0, section.id.0)
            .execute(self.conn())
            .await?;
        let done =
            sqlx::query!("delete from section where version_id = $1 and section_id = $2", granted.id().0, section.id.0)
                .execute(self.conn())
                .await?;
        exactly_one(&done)?;
        let before = json!({"section": section, "position": position});
        self.log_edit(granted, Some(section.id.0), Edit::Delete, Some(before), None).await
    }

    /// The last few things deleted from a version that have not been put back, newest first.
    pub async fn deleted(&mut self, version: VersionId, most: i64) -> Result<Vec<Deleted>, DbError> {
        let rows = sqlx::query!(
            r#"select e.id, e.before as "before!" from content_edit e
            where e.version_id = $1 and e.action = 'delete' and e.before is not null
                and not exists (select from content_edit r
                    where r.version_id = e.version_id and r.subject_id = e.subject_id and r.id > e.id
                        and r.action in ('restore', 'delete'))
            order by e.id desc limit $2"#,
            version.0,
            most,
        )
        .fetch_all(self.conn())
        .await?;
        rows.into_iter().map(|row| read_deleted(row.id, row.before)).collect()
    }

    /// Puts a deleted thing back where it was, as near as what stands there now allows.
    pub async fn put_back(&mut self, granted: &Editing, deleted: &Deleted) -> Result<(), DbError> {
        match &deleted.what {
            DeletedThing::Item { section, parent, position, item } => {
                let place = NewItem { section: *section, parent: *parent, position: *position };
                self.put_back_item(granted, place, item).await?;
                self.log_edit(granted, Some(item.id.0), Edit::Restore, None, Some(json!(item))).await
            }
            DeletedThing::Section { position, section } => {
                self.insert_section(granted, section.id, section.kind, &section.heading, section.revision + 1).await?;
                self.place_section(granted.id(), section.id, *position).await?;
                let rows = revised(item_rows(section.id, None, &section.items), &section.all_items());
                self.write_items(employer(granted)?, granted.id(), &rows).await?;
                self.log_edit(granted, Some(section.id.0), Edit::Restore, None, Some(json!(section))).await
            }
        }
    }

    async fn put_back_item(&mut self, granted: &Editing, place: NewItem, item: &Item) -> Result<(), DbError> {
        self.make_room(granted.id(), place, 1).await?;
        let mut rows = vec![item_row(place.section, place.parent, place.position as usize, item)];
        rows.extend(item_rows(place.section, Some(item.id), &item.children));
        self.write_items(employer(granted)?, granted.id(), &revised(rows, &item.walk())).await
    }
}

/// The rows of what is put back, each a revision on from the one it was deleted at: a form that was open on an older one
/// stays old.
fn revised(mut rows: Vec<Value>, items: &[&Item]) -> Value {
    for (row, item) in rows.iter_mut().zip(items) {
        row["revision"] = json!(item.revision + 1);
    }
    Value::Array(rows)
}

/// What an edit took out, from what it kept of it.
pub(super) fn read_deleted(edit: i64, before: Value) -> Result<Deleted, DbError> {
    let odd = DbError::Inconsistent { table: "content_edit", id: edit, what: "an unreadable deletion" };
    thing(before).map(|what| Deleted { edit, what }).ok_or(odd)
}

fn thing(mut before: Value) -> Option<DeletedThing> {
    let position = before.get("position")?.as_i64()? as i32;
    match before.get("item").is_some() {
        true => Some(DeletedThing::Item {
            section: serde_json::from_value(before.get_mut("section")?.take()).ok()?,
            parent: serde_json::from_value(before.get_mut("parent")?.take()).ok()?,
            position,
            item: serde_json::from_value(before.get_mut("item")?.take()).ok()?,
        }),
        false => Some(DeletedThing::Section {
            position,
            section: serde_json::from_value(before.get_mut("section")?.take()).ok()?,
        }),
    }
}
