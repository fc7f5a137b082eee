//! Acts that touch several items: the difference between two contents, written in as many statements for many items as
//! for few, and told item by item in `content_edit`.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::content::item_row;
use super::edits::{Edit, employer};
use super::{DbError, Tx};
use crate::domain::content::{Content, Item};
use crate::domain::ids::{ItemId, SectionId};
use crate::domain::rearrange::{Act, Standing, Touch, touches};
use crate::policy::{Granted, act};

type Editing = Granted<act::EditContent>;

/// Section, parent, position from 1, and the item itself.
type Stood<'a> = BTreeMap<ItemId, (SectionId, Option<ItemId>, usize, &'a Item)>;

impl Tx {
    /// Makes the draft what it is in `after`, and gives the edit that undoes it. Whoever calls holds the draft's turn.
    ///
    /// # Errors
    /// [`DbError::Stale`] where somebody saved meanwhile an item that this would change or take out.
    pub async fn rearrange(
        &mut self,
        granted: &Editing,
        before: &Content,
        after: &Content,
        act: Act,
        undoes: Option<i64>,
    ) -> Result<i64, DbError> {
        let (old, new) = (stood(before), stood(after));
        let gone: Vec<&Item> =
            old.iter().filter(|(id, _)| !new.contains_key(id)).map(|(_, (_, _, _, item))| *item).collect();
        if !gone.is_empty() {
            self.remove_items(granted, &gone).await?;
        }
        let added = rows(&new, |id, _| !old.contains_key(&id));
        if !added.is_empty() {
            self.write_items(employer(granted)?, granted.id(), &Value::Array(added)).await?;
        }
        let placed =
            rows(&new, |id, now| old.get(&id).is_some_and(|then| (then.0, then.1, then.2) != (now.0, now.1, now.2)));
        if !placed.is_empty() {
            self.place_items(granted, &Value::Array(placed)).await?;
        }
        self.reword(granted, &old, &new).await?;
        self.log_act(granted, &touches(before, after), act, undoes).await
    }

    async fn remove_items(&mut self, granted: &Editing, gone: &[&Item]) -> Result<(), DbError> {
        let (ids, revisions): (Vec<i64>, Vec<i32>) = gone.iter().map(|item| (item.id.0, item.revision)).unzip();
        let done = sqlx::query!(
            "delete from item using unnest($2::bigint[], $3::int[]) as read (item_id, revision)
            where item.version_id = $1 and item.item_id = read.item_id and item.revision = read.revision",
            granted.id().0,
            &ids,
            &revisions,
        )
        .execute(self.conn())
        .await?;
        all_of(done.rows_affected(), gone.len())
    }

    async fn place_items(&mut self, granted: &Editing, rows: &Value) -> Result<(), DbError> {
        sqlx::query!(
            "update item set section_id = r.section_id, parent_id = r.parent_id, position = r.position
            from jsonb_to_recordset($2) as r (item_id bigint, section_id bigint, parent_id bigint, position int)
            where item.version_id = $1 and item.item_id = r.item_id",
            granted.id().0,
            rows,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Items whose words, kind or facts are others now.
    async fn reword(&mut self, granted: &Editing, old: &Stood<'_>, new: &Stood<'_>) -> Result<(), DbError> {
        let changed = rows(new, |id, now| {
            old.get(&id).is_some_and(|then| !then.3.says_the_same(now.3) || then.3.sure != now.3.sure)
        });
        if changed.is_empty() {
            return Ok(());
        }
        let count = changed.len();
        let changed = Value::Array(changed);
        let done = sqlx::query!(
            "update item set text = r.text, number = r.number, sure = r.sure, kind = r.kind, revision = item.revision + 1
            from jsonb_to_recordset($2) as r (item_id bigint, text text, number text, sure boolean, kind text, revision int)
            where item.version_id = $1 and item.item_id = r.item_id and item.revision = r.revision",
            granted.id().0,
            changed,
        )
        .execute(self.conn())
        .await?;
        all_of(done.rows_affected(), count)?;
        let bodies = rows(new, |id, now| old.get(&id).is_some_and(|then| then.3.body != now.3.body));
        match bodies.is_empty() {
            true => Ok(()),
            false => self.rewrite_bodies(granted, &Value::Array(bodies)).await,
        }
    }

    /// What the kinds add, written anew: a kind may have changed too.
    async fn rewrite_bodies(&mut self, granted: &Editing, rows: &Value) -> Result<(), DbError> {
        sqlx::query!(
            "with r as (select * from jsonb_to_recordset($2) as r (item_id bigint)),
            a as (delete from criterion_assessment x using r where x.version_id = $1 and x.item_id = r.item_id),
            c as (delete from criterion x using r where x.version_id = $1 and x.item_id = r.item_id),
            d as (delete from demand x using r where x.version_id = $1 and x.item_id = r.item_id),
            f as (delete from factor_level x using r where x.version_id = $1 and x.item_id = r.item_id),
            t as (delete from term x using r where x.version_id = $1 and x.item_id = r.item_id),
            w as (delete from duty_work x using r where x.version_id = $1 and x.item_id = r.item_id)
            delete from clause_use x using r where x.version_id = $1 and x.item_id = r.item_id",
            granted.id().0,
            rows,
        )
        .execute(self.conn())
        .await?;
        self.write_bodies(employer(granted)?, granted.id(), rows).await
    }

    async fn log_act(
        &mut self,
        granted: &Editing,
        touches: &[Touch],
        act: Act,
        undoes: Option<i64>,
    ) -> Result<i64, DbError> {
        let parts: Vec<Value> = touches.iter().enumerate().map(|(n, touch)| part(n + 1, touch, act)).collect();
        let form_key = self.take_form_key();
        let heads = sqlx::query_scalar!(
            "with act as (select nextval('content_act') as together)
            insert into content_edit (employer_id, version_id, subject_id, action, edited_by, before, after, created_at,
                together, part, act, undoes, form_key)
            select $1, $2, r.subject_id, r.action, $3, r.before, r.after, $4, act.together, r.part, $6, $7,
                case when r.part = 1 then $8 end
            from act, jsonb_to_recordset($5) as r (part int, subject_id bigint, action text, before jsonb, after jsonb)
            order by r.part
            returning id",
            employer(granted)?.0,
            granted.id().0,
            granted.membership().ok_or(DbError::Stale)?.0,
            granted.at(),
            Value::Array(parts),
            act.word(),
            undoes,
            form_key,
        )
        .fetch_all(self.conn())
        .await?;
        heads.into_iter().min().ok_or(DbError::Stale)
    }
}

fn all_of(done: u64, wanted: usize) -> Result<(), DbError> {
    match done == wanted as u64 {
        true => Ok(()),
        false => Err(DbError::Stale),
    }
}

fn stood(content: &Content) -> Stood<'_> {
    fn below<'a>(section: SectionId, parent: Option<ItemId>, items: &'a [Item], out: &mut Stood<'a>) {
        for (n, item) in items.iter().enumerate() {
            out.insert(item.id, (section, parent, n + 1, item));
            below(section, Some(item.id), &item.children, out);
        }
    }
    let mut out = BTreeMap::new();
    for section in &content.sections {
        below(section.id, None, &section.items, &mut out);
    }
    out
}

/// The rows of those that `wanted` picks, each with the revision on which it was read.
fn rows(stood: &Stood<'_>, wanted: impl Fn(ItemId, &(SectionId, Option<ItemId>, usize, &Item)) -> bool) -> Vec<Value> {
    let picked = stood.iter().filter(|(id, standing)| wanted(**id, standing));
    picked
        .map(|(_, (section, parent, position, item))| {
            let mut row = item_row(*section, *parent, *position, item);
            row["revision"] = json!(item.revision);
            row
        })
        .collect()
}

fn part(n: usize, touch: &Touch, act: Act) -> Value {
    let moved = touch.after.as_ref().is_some_and(|after| after.place.is_some());
    let action = match (&touch.before, &touch.after) {
        // What was deleted and comes back is no longer offered to be put back.
        (None, _) if act == Act::Undo => Edit::Restore,
        (None, _) => Edit::Add,
        (Some(_), None) => Edit::Remove,
        (Some(before), Some(after)) => match before.item.says_the_same(&after.item) && moved {
            true => Edit::Move,
            false => Edit::Change,
        },
    };
    let told = |standing: &Standing| match action {
        Edit::Change | Edit::Add | Edit::Restore => with_place(standing),
        Edit::Move | Edit::Delete | Edit::Confirm | Edit::Import | Edit::Remove => json!(moved_only(standing)),
    };
    let (before, after) = (touch.before.as_ref().map(told), touch.after.as_ref().map(told));
    json!({"part": n, "subject_id": touch.id, "action": action.word(), "before": before, "after": after})
}

/// An item as a save of it is kept, so that whoever looks for what changed since a revision finds this too.
fn with_place(standing: &Standing) -> Value {
    let mut value = json!(standing.item);
    value["place"] = json!(standing.place);
    value
}

/// An item that only changed its place: no revision of its words begins or ends here.
fn moved_only(standing: &Standing) -> Value {
    json!({"place": standing.place, "item": standing.item})
}
