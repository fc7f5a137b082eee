//! Saving one item: its text and what its kind adds, in one statement.

use super::edits::{Edit, flat};
use super::{DbError, Tx};
use crate::domain::content::{Body, Item};
use crate::policy::{Granted, act};

impl Tx {
    /// Saves an item's text and what its kind adds, and confirms it: whoever saves it has read it. Saves go side by side,
    /// but not beside an act that moves or deletes: what such an act read is what it deletes.
    ///
    /// # Errors
    /// [`DbError::Stale`] where the item has another revision by now, or is gone.
    pub async fn save_item(
        &mut self,
        granted: &Granted<act::EditContent>,
        before: &Item,
        after: &Item,
    ) -> Result<(), DbError> {
        let values = Values::of(&after.body);
        let saved = sqlx::query_scalar!(
            r#"with turn as materialized (select pg_advisory_xact_lock_shared($1) as taken),
            saved as (
                update item set text = $3, number = $4, sure = true, revision = revision + 1 from turn
                where version_id = $1 and item_id = $2 and revision = $5
                returning employer_id, version_id, item_id, kind),
            c as (update criterion set importance = $6, subheading = $7
                from saved where criterion.version_id = saved.version_id and criterion.item_id = saved.item_id),
            gone as (delete from criterion_assessment a using saved
                where a.version_id = saved.version_id and a.item_id = saved.item_id and a.method <> all($8)),
            added as (insert into criterion_assessment (employer_id, version_id, item_id, method)
                select c.employer_id, c.version_id, c.item_id, method from criterion c
                join saved on saved.version_id = c.version_id and saved.item_id = c.item_id, unnest($8::text[]) as method
                on conflict do nothing),
            d as (update demand set present = $9, frequency = $10, examples = $11
                from saved where demand.version_id = saved.version_id and demand.item_id = saved.item_id),
            f as (update factor_level set factor = $12, level = $13
                from saved where factor_level.version_id = saved.version_id and factor_level.item_id = saved.item_id),
            t as (update term set label = $14
                from saved where term.version_id = saved.version_id and term.item_id = saved.item_id),
            u as (update clause_use set heading = $15, edition = coalesce($18, edition), reason = $19
                from saved where clause_use.version_id = saved.version_id and clause_use.item_id = saved.item_id),
            w as (insert into duty_work (employer_id, version_id, item_id, frequency, share, systems)
                select employer_id, version_id, item_id, nullif($10, ''), $16::smallint, $17::text from saved
                where kind = 'duty' and ($10 <> '' or $16 is not null or $17 <> '')
                on conflict (version_id, item_id) do update
                    set frequency = excluded.frequency, share = excluded.share, systems = excluded.systems),
            bare as (delete from duty_work using saved
                where duty_work.version_id = saved.version_id and duty_work.item_id = saved.item_id
                    and $10 = '' and $16 is null and $17 = '')
            select count(*) as "n!" from saved"#,
            granted.id().0,
            after.id.0,
            after.text,
            after.number,
            before.revision,
            values.importance,
            values.subheading,
            &values.methods,
            values.present,
            values.frequency,
            values.examples,
            values.factor,
            values.level,
            values.label,
            values.heading,
            values.share,
            values.systems,
            values.edition,
            values.reason,
        )
        .fetch_one(self.conn())
        .await?;
        if saved != 1 {
            return Err(DbError::Stale);
        }
        let action = if before.says_the_same(after) { Edit::Confirm } else { Edit::Change };
        let after = Item { revision: before.revision + 1, ..after.clone() };
        self.log_edit(granted, Some(after.id.0), action, Some(flat(before)), Some(flat(&after))).await
    }
}

/// The columns of every kind at once; those of other kinds meet no row.
#[derive(Default)]
struct Values {
    importance: String,
    subheading: String,
    methods: Vec<String>,
    present: Option<bool>,
    frequency: String,
    examples: String,
    factor: String,
    level: String,
    label: String,
    heading: String,
    share: Option<i16>,
    systems: String,
    edition: Option<i32>,
    reason: String,
}

impl Values {
    fn of(body: &Body) -> Self {
        match body.clone() {
            Body::Paragraph | Body::Group | Body::Category => Values::default(),
            Body::Duty(work) => Values {
                frequency: work.frequency.map_or("", |frequency| frequency.word()).to_owned(),
                share: work.share.map(i16::from),
                systems: work.systems,
                ..Values::default()
            },
            Body::Criterion { importance, subheading, assessment } => Values {
                importance: importance.word().to_owned(),
                subheading,
                methods: assessment.iter().map(|method| method.word().to_owned()).collect(),
                ..Values::default()
            },
            Body::Term { label } | Body::Detail { label } => Values { label, ..Values::default() },
            Body::Demand { present, frequency, examples } => {
                Values { present, frequency, examples, ..Values::default() }
            }
            Body::FactorLevel { factor, level } => Values { factor, level, ..Values::default() },
            Body::Clause { heading, placed } => Values {
                heading,
                edition: placed.as_ref().map(|placed| placed.edition),
                reason: placed.map(|placed| placed.reason).unwrap_or_default(),
                ..Values::default()
            },
        }
    }
}
