//! Changes to a draft, item by item. Each leaves a row in `content_edit`; each names the revision it was made on.

use serde_json::{Value, json};

use super::content::{item_row, item_rows};
use super::error::exactly_one;
use super::form_keys::revised;
use super::{DbError, Tx, Version};
use crate::domain::content::{Content, Item, Section};
use crate::domain::details::Details;
use crate::domain::ids::{ItemId, SectionId, VersionId};
use crate::domain::pay::Area;
use crate::domain::worded::worded;
use crate::policy::{Granted, act};

worded! {
    Edit {
        Add = "add", "Added";
        Change = "change", "Changed";
        Move = "move", "Moved";
        Delete = "delete", "Deleted";
        Restore = "restore", "Put back";
        Confirm = "confirm", "Confirmed";
        Import = "import", "Imported";
        Remove = "remove", "Taken out";
    }
}

/// Where a new item goes: below what, and after how many siblings.
#[derive(Debug, Clone, Copy)]
pub struct NewItem {
    pub section: SectionId,
    pub parent: Option<ItemId>,
    /// Position among its siblings, from 1.
    pub position: i32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shift {
    Up,
    Down,
}

type Editing = Granted<act::EditContent>;

impl Tx {
    /// Adds an item, or a pasted list of them, one after the other.
    pub async fn add_items(&mut self, granted: &Editing, place: NewItem, items: &[Item]) -> Result<(), DbError> {
        let version = granted.id();
        self.make_room(version, place, items.len()).await?;
        let mut rows = Vec::new();
        for (n, item) in items.iter().enumerate() {
            rows.push(item_row(place.section, place.parent, place.position as usize + n, item));
            rows.extend(item_rows(place.section, Some(item.id), &item.children));
        }
        self.write_items(employer(granted)?, version, &Value::Array(rows)).await?;
        for item in items {
            self.log_edit(granted, Some(item.id.0), Edit::Add, None, Some(flat(item))).await?;
        }
        Ok(())
    }

    /// Numbers the siblings anew, with a gap for what comes: deleted ones have left theirs.
    pub(super) async fn make_room(
        &mut self,
        version: VersionId,
        place: NewItem,
        how_many: usize,
    ) -> Result<(), DbError> {
        self.lock_order(version).await?;
        sqlx::query!(
            "with ranked as (
                select item_id, row_number() over (order by position) as rank from item
                where version_id = $1 and section_id = $2 and parent_id is not distinct from $3)
            update item set position = rank + case when rank >= $4 then $5 else 0 end
            from ranked where item.version_id = $1 and item.item_id = ranked.item_id
                and item.position <> rank + case when rank >= $4 then $5 else 0 end",
            version.0,
            place.section.0,
            place.parent.map(|parent| parent.0),
            i64::from(place.position),
            how_many as i64,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Swaps an item with its neighbour; at the end of the row nothing happens.
    pub async fn shift_item(&mut self, granted: &Editing, item: ItemId, shift: Shift) -> Result<(), DbError> {
        self.lock_order(granted.id()).await?;
        let done = sqlx::query!(
            "with me as (select * from item where version_id = $1 and item_id = $2),
            other as (select i.item_id, i.position from item i, me
                where i.version_id = me.version_id and i.section_id = me.section_id
                    and i.parent_id is not distinct from me.parent_id
                    and case when $3 then i.position < me.position else i.position > me.position end
                order by abs(i.position - me.position) limit 1)
            update item set position = case when item.item_id = me.item_id then other.position else me.position end
            from me, other where item.version_id = $1 and item.item_id in (me.item_id, other.item_id)",
            granted.id().0,
            item.0,
            shift == Shift::Up,
        )
        .execute(self.conn())
        .await?;
        match done.rows_affected() {
            0 => Ok(()),
            _ => self.log_edit(granted, Some(item.0), Edit::Move, None, Some(json!(shift == Shift::Up))).await,
        }
    }

    /// Deletes an item with everything below it; it can be put back.
    ///
    /// # Errors
    /// [`DbError::Stale`] where it is gone already.
    pub async fn delete_item(&mut self, granted: &Editing, section: &Section, item: &Item) -> Result<(), DbError> {
        self.lock_order(granted.id()).await?;
        let place = sqlx::query!(
            "select parent_id, position from item where version_id = $1 and item_id = $2",
            granted.id().0,
            item.id.0
        )
        .fetch_optional(self.conn())
        .await?
        .ok_or(DbError::Stale)?;
        let ids: Vec<i64> = item.walk().iter().map(|item| item.id.0).collect();
        sqlx::query!("delete from item where version_id = $1 and item_id = any($2)", granted.id().0, &ids)
            .execute(self.conn())
            .await?;
        // No gap stays behind: positions count from 1, and what is put back finds its place by them.
        sqlx::query!(
            "update item set position = position - 1
            where version_id = $1 and section_id = $2 and parent_id is not distinct from $3 and position > $4",
            granted.id().0,
            section.id.0,
            place.parent_id,
            place.position,
        )
        .execute(self.conn())
        .await?;
        let (parent, position) = (place.parent_id, place.position);
        let before = json!({"section": section.id, "parent": parent, "position": position, "item": item});
        self.log_edit(granted, Some(item.id.0), Edit::Delete, Some(before), None).await
    }

    /// Saves the details.
    ///
    /// # Errors
    /// [`DbError::Stale`] where somebody else saved them since.
    pub async fn save_details(
        &mut self,
        granted: &Editing,
        version: &Version,
        revision: i32,
        details: &Details,
    ) -> Result<(), DbError> {
        let done = sqlx::query!(
            "update version set details_revision = details_revision + 1, title = $3, grade_from_id = $4, grade_to_id = $5,
                salary_text = $6, hours = $7, contract = $8, working_pattern = $9, location = $10, directorate = $11,
                service = $12, reports_to = $13, responsible_for = $14, grade_basis = $15, grade_basis_reference = $16,
                grade_basis_date = $17, grade_change_reason = $18, salary_reason = $19, pay_area = $20
            where id = $1 and details_revision = $2",
            granted.id().0,
            revision,
            details.title,
            details.grade_from.map(|grade| grade.0),
            details.grade_to.map(|grade| grade.0),
            details.salary_text,
            details.hours,
            details.contract,
            details.working_pattern,
            details.location,
            details.directorate,
            details.service,
            details.reports_to,
            details.responsible_for,
            details.grade_basis.map(|basis| basis.word()),
            details.grade_basis_reference,
            details.grade_basis_date,
            details.grade_change_reason,
            details.salary_reason,
            details.pay_area.map(Area::word),
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)?;
        let (before, after) = (revised(&version.details, revision), revised(details, revision + 1));
        self.log_edit(granted, None, Edit::Change, Some(before), Some(after)).await
    }

    /// Says how the grade was decided; possible until the version is issued.
    pub async fn record_grade_basis(
        &mut self,
        granted: &Granted<act::RecordGradeBasis>,
        version: &Version,
        details: &Details,
    ) -> Result<(), DbError> {
        let done = sqlx::query!(
            "update version set details_revision = details_revision + 1, grade_basis = $3, grade_basis_reference = $4,
                grade_basis_date = $5, grade_change_reason = $6
            where id = $1 and details_revision = $2",
            granted.id().0,
            version.details_revision,
            details.grade_basis.map(|basis| basis.word()),
            details.grade_basis_reference,
            details.grade_basis_date,
            details.grade_change_reason,
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)?;
        let basis = details.grade_basis.map_or("none", |basis| basis.label());
        let facts =
            [("basis", basis), ("reference", &details.grade_basis_reference), ("reason", &details.grade_change_reason)];
        self.record(granted, &facts).await
    }

    /// Acts that add, move or delete wait for each other and for the saves under way, which hold the same lock together.
    pub async fn lock_order(&mut self, version: VersionId) -> Result<(), DbError> {
        sqlx::query!("select pg_advisory_xact_lock($1)", version.0).execute(self.conn()).await?;
        Ok(())
    }

    pub(super) async fn log_edit(
        &mut self,
        granted: &Editing,
        subject: Option<i64>,
        action: Edit,
        before: Option<Value>,
        after: Option<Value>,
    ) -> Result<(), DbError> {
        let editor = granted.membership().ok_or(DbError::Stale)?;
        let form_key = self.take_form_key();
        sqlx::query!(
            "insert into content_edit
                (employer_id, version_id, subject_id, action, edited_by, before, after, created_at, form_key)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            employer(granted)?.0,
            granted.id().0,
            subject,
            action.word(),
            editor.0,
            before,
            after,
            granted.at(),
            form_key,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }
}

pub(super) fn employer(granted: &Editing) -> Result<crate::domain::ids::EmployerId, DbError> {
    granted.subject().employer.ok_or(DbError::Stale)
}

/// An item without what is below it: an edit concerns it alone.
pub(super) fn flat(item: &Item) -> Value {
    json!(Item { children: Vec::new(), ..item.clone() })
}

/// The parent of an item and its position among its siblings, from 1.
fn place_of(items: &[Item], wanted: ItemId, parent: Option<ItemId>) -> Option<(Option<ItemId>, usize)> {
    items.iter().enumerate().find_map(|(n, item)| match item.id == wanted {
        true => Some((parent, n + 1)),
        false => place_of(&item.children, wanted, Some(item.id)),
    })
}

/// Where a new item goes that is to stand right after `item`, or at the end of `section`.
pub fn place_after(content: &Content, section: SectionId, item: Option<ItemId>) -> Option<NewItem> {
    let standing = content.section(section)?;
    let end = NewItem { section, parent: None, position: standing.items.len() as i32 + 1 };
    match item {
        None => Some(end),
        Some(item) => place_of(&standing.items, item, None).map(|(parent, position)| NewItem {
            section,
            parent,
            position: position as i32 + 1,
        }),
    }
}
