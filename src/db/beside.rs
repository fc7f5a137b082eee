//! What stands beside a draft's content on the editor's page, in one statement: what was deleted, who else is here.
//!
//! Each is a column of its own, aggregated as JSON, so that one more costs no statement.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::sections::read_deleted;
use super::{DbError, Deleted, Remarks, Tx};
use crate::domain::ids::{SectionId, VersionId};
use crate::policy::{Granted, act};

/// Who was heard of longer ago than this has gone.
pub const HERE_FOR: time::Duration = time::Duration::minutes(2);
/// How many of the last things deleted the editor shows.
const DELETED_SHOWN: i64 = 3;

#[derive(Debug, Clone, Default)]
pub struct Beside {
    /// The last few things deleted that have not been put back, newest first.
    pub deleted: Vec<Deleted>,
    /// Others who have the draft open, by name.
    pub others: Vec<Present>,
    /// What was said and proposed.
    pub remarks: Remarks,
}

/// Somebody who has the draft open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Present {
    pub name: String,
    pub section: Option<SectionId>,
}

impl Tx {
    /// What stands beside the content of a draft that this person has open; says to others that they are there.
    pub async fn beside(
        &mut self,
        granted: &Granted<act::EditContent>,
        section: Option<SectionId>,
    ) -> Result<Beside, DbError> {
        let version = granted.id();
        let row = sqlx::query!(
            r#"with here as (
                insert into presence (employer_id, version_id, membership_id, section_id, seen_at)
                values ($1, $2, $3, $4, $5)
                on conflict (version_id, membership_id)
                do update set section_id = excluded.section_id, seen_at = excluded.seen_at)
            select
                (select json_agg(json_build_object('edit', d.id, 'before', d.before) order by d.id desc)
                    from (select e.id, e.before from content_edit e
                        where e.version_id = $2 and e.action = 'delete' and e.before is not null
                            and not exists (select from content_edit r
                                where r.version_id = e.version_id and r.subject_id = e.subject_id and r.id > e.id
                                    and r.action in ('restore', 'delete'))
                        order by e.id desc limit $7) d) as deleted,
                (select json_agg(json_build_object('name', member_name(p.membership_id), 'section', p.section_id)
                        order by member_name(p.membership_id), p.membership_id)
                    from presence p
                    where p.version_id = $2 and p.membership_id <> $3 and p.seen_at > $6) as others,
                remarks_of($2, false) as "remarks!""#,
            granted.subject().employer.ok_or(DbError::Stale)?.0,
            version.0,
            granted.membership().ok_or(DbError::Stale)?.0,
            section.map(|section| section.0),
            granted.at(),
            granted.at() - HERE_FOR,
            DELETED_SHOWN,
        )
        .fetch_one(self.conn())
        .await?;
        Ok(Beside {
            deleted: deleted(row.deleted, version)?,
            others: list(row.others, version)?,
            remarks: Remarks::read(row.remarks, version)?,
        })
    }
}

#[derive(Deserialize)]
struct DeletedRow {
    edit: i64,
    before: Value,
}

fn deleted(rows: Option<Value>, version: VersionId) -> Result<Vec<Deleted>, DbError> {
    let rows: Vec<DeletedRow> = list(rows, version)?;
    rows.into_iter().map(|row| read_deleted(row.edit, row.before)).collect()
}

/// The rows of one column.
pub(super) fn list<T: serde::de::DeserializeOwned>(
    value: Option<Value>,
    version: VersionId,
) -> Result<Vec<T>, DbError> {
    value.map_or_else(|| Ok(Vec::new()), serde_json::from_value).map_err(|_| DbError::Inconsistent {
        table: "content_edit",
        id: version.0,
        what: "what stands beside the content can't be read",
    })
}
