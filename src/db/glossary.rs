//! An employer's own short forms.

use serde_json::Value;

use super::error::exactly_one;
use super::{DbError, Tx};
use crate::domain::advert::Acronyms;
use crate::domain::glossary::Entry;
use crate::policy::{Granted, Scope, act};

/// An entry of the list, with its number in addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GlossaryRow {
    pub id: i64,
    pub entry: Entry,
}

/// What an upload did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TakenIn {
    pub added: usize,
    pub changed: usize,
}

/// The pairs that `glossary_of` gives.
pub(super) fn pairs(value: Option<Value>) -> Acronyms {
    Acronyms::new(value.and_then(|value| serde_json::from_value(value).ok()).unwrap_or_default())
}

impl Tx {
    /// Every entry of the employer, by its short form.
    pub async fn glossary(&mut self, scope: &Scope) -> Result<Vec<GlossaryRow>, DbError> {
        let rows = sqlx::query!(
            "select id, short, meaning, note from glossary_entry where employer_id = $1 order by lower(short), short",
            scope.employer().0,
        )
        .fetch_all(self.conn())
        .await?;
        let row = |row: (i64, String, String, String)| {
            let (id, short, meaning, note) = row;
            GlossaryRow { id, entry: Entry { short, meaning, note } }
        };
        Ok(rows.into_iter().map(|one| row((one.id, one.short, one.meaning, one.note))).collect())
    }

    /// # Errors
    /// [`DbError::Constraint`] `glossary_entry_employer_id_short_key` where the short form has an entry already.
    pub async fn add_glossary_entry(
        &mut self,
        granted: &Granted<act::ChangeGlossary>,
        entry: &Entry,
    ) -> Result<(), DbError> {
        sqlx::query!(
            "insert into glossary_entry (employer_id, short, meaning, note, changed_at) values ($1, $2, $3, $4, $5)",
            granted.id().0,
            entry.short,
            entry.meaning,
            entry.note,
            granted.at(),
        )
        .execute(self.conn())
        .await?;
        self.record(granted, &[("added", &entry.short), ("meaning", &entry.meaning)]).await
    }

    /// # Errors
    /// [`DbError::Stale`] where the entry is gone; [`DbError::Constraint`] as when adding.
    pub async fn change_glossary_entry(
        &mut self,
        granted: &Granted<act::ChangeGlossary>,
        (id, before): (i64, &Entry),
        entry: &Entry,
    ) -> Result<(), DbError> {
        let done = sqlx::query!(
            "update glossary_entry set short = $3, meaning = $4, note = $5, changed_at = $6
            where employer_id = $1 and id = $2",
            granted.id().0,
            id,
            entry.short,
            entry.meaning,
            entry.note,
            granted.at(),
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)?;
        let facts = [("was", before.short.as_str()), ("short", &entry.short), ("meaning", &entry.meaning)];
        self.record(granted, &facts).await
    }

    /// # Errors
    /// [`DbError::Stale`] where the entry is gone already.
    pub async fn remove_glossary_entry(
        &mut self,
        granted: &Granted<act::ChangeGlossary>,
        (id, entry): (i64, &Entry),
    ) -> Result<(), DbError> {
        let done = sqlx::query!("delete from glossary_entry where employer_id = $1 and id = $2", granted.id().0, id)
            .execute(self.conn())
            .await?;
        exactly_one(&done)?;
        self.record(granted, &[("removed", &entry.short), ("meaning", &entry.meaning)]).await
    }

    /// Adds entries, and changes those whose short form is there. Each short form stands once in `entries`.
    pub async fn take_in_glossary(
        &mut self,
        granted: &Granted<act::ChangeGlossary>,
        entries: &[Entry],
    ) -> Result<TakenIn, DbError> {
        let of = |field: fn(&Entry) -> &String| entries.iter().map(|entry| field(entry).clone()).collect::<Vec<_>>();
        let (shorts, meanings, notes) = (of(|one| &one.short), of(|one| &one.meaning), of(|one| &one.note));
        let rows = sqlx::query_scalar!(
            r#"insert into glossary_entry (employer_id, short, meaning, note, changed_at)
            select $1, e.short, e.meaning, e.note, $5
            from unnest($2::text[], $3::text[], $4::text[]) as e (short, meaning, note)
            on conflict (employer_id, short) do update
                set meaning = excluded.meaning, note = excluded.note, changed_at = excluded.changed_at
                where (glossary_entry.meaning, glossary_entry.note) is distinct from (excluded.meaning, excluded.note)
            returning xmax = 0 as "added!""#,
            granted.id().0,
            &shorts,
            &meanings,
            &notes,
            granted.at(),
        )
        .fetch_all(self.conn())
        .await?;
        let added = rows.iter().filter(|added| **added).count();
        let taken = TakenIn { added, changed: rows.len() - added };
        let facts =
            [("added from a file", taken.added.to_string()), ("changed from a file", taken.changed.to_string())];
        let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.record(granted, &facts).await?;
        Ok(taken)
    }
}
