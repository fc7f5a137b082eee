//! Who has a draft open, between two loads of its editor.

use serde_json::Value;
use time::OffsetDateTime;

use super::beside::{HERE_FOR, list};
use super::{DbError, Present, Tx};
use crate::domain::ids::SectionId;
use crate::policy::{Granted, act};

impl Tx {
    /// Forgets who was here before that instant.
    pub async fn forget_presence_before(&mut self, instant: OffsetDateTime) -> Result<u64, DbError> {
        let done = sqlx::query!("delete from presence where seen_at < $1", instant).execute(self.conn()).await?;
        Ok(done.rows_affected())
    }

    /// Says that this person has the draft open, in that section, and hears who else has.
    pub async fn present(
        &mut self,
        granted: &Granted<act::EditContent>,
        section: Option<SectionId>,
    ) -> Result<Vec<Present>, DbError> {
        let others: Option<Value> = sqlx::query_scalar!(
            "with here as (
                insert into presence (employer_id, version_id, membership_id, section_id, seen_at)
                values ($1, $2, $3, $4, $5)
                on conflict (version_id, membership_id)
                do update set section_id = excluded.section_id, seen_at = excluded.seen_at)
            select json_agg(json_build_object('name', member_name(p.membership_id), 'section', p.section_id)
                order by member_name(p.membership_id), p.membership_id)
            from presence p where p.version_id = $2 and p.membership_id <> $3 and p.seen_at > $6",
            granted.subject().employer.ok_or(DbError::Stale)?.0,
            granted.id().0,
            granted.membership().ok_or(DbError::Stale)?.0,
            section.map(|section| section.0),
            granted.at(),
            granted.at() - HERE_FOR,
        )
        .fetch_one(self.conn())
        .await?;
        list(others, granted.id())
    }
}
