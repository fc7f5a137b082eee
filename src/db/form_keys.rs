//! Which forms have done their work on a draft: a form sent twice, or late, finds here what became of it.

use serde_json::{Value, json};
use time::OffsetDateTime;

use super::{DbError, Edit, Tx};
use crate::domain::details::Details;
use crate::domain::form_key::Past;
use crate::domain::ids::{ItemId, MembershipId, VersionId};

/// What a form did.
#[derive(Debug, Clone)]
pub struct Done {
    /// None: the details; otherwise a section or an item.
    pub subject: Option<i64>,
    pub action: Edit,
    pub before: Option<Value>,
    pub after: Option<Value>,
    pub at: OffsetDateTime,
}

/// An edit that came after the revision a form was made on.
#[derive(Debug, Clone)]
pub struct Later {
    /// Whose it was, and of which form.
    pub past: Past,
    pub editor: String,
    pub before: Option<Value>,
    pub after: Option<Value>,
    pub at: OffsetDateTime,
}

impl Tx {
    /// What the form with this key did to the version, where it has.
    pub async fn done_by(&mut self, version: VersionId, key: &str) -> Result<Option<Done>, DbError> {
        let row = sqlx::query!(
            "select id, subject_id, action, before, after, created_at from content_edit
            where version_id = $1 and form_key = $2",
            version.0,
            key,
        )
        .fetch_optional(self.conn())
        .await?;
        row.map(|row| {
            let odd = DbError::Inconsistent { table: "content_edit", id: row.id, what: "an unknown action" };
            let action = Edit::parse(&row.action).ok_or(odd)?;
            Ok(Done { subject: row.subject_id, action, before: row.before, after: row.after, at: row.created_at })
        })
        .transpose()
    }

    /// The item that an earlier save of the same page added: what is typed there is that line by now.
    pub async fn added_by_page(
        &mut self,
        version: VersionId,
        editor: MembershipId,
        page: &str,
    ) -> Result<Option<(ItemId, Past)>, DbError> {
        let row = sqlx::query!(
            r#"select subject_id as "item!", form_key from content_edit
            where version_id = $1 and edited_by = $2 and action = 'add' and subject_id is not null
                and split_part(form_key, ':', 1) like $3 || '-%'
            order by id desc limit 1"#,
            version.0,
            editor.0,
            page,
        )
        .fetch_optional(self.conn())
        .await?;
        Ok(row.map(|row| (ItemId(row.item), Past { key: row.form_key, editor })))
    }

    /// The changes of an item, or of the details, that were made on that revision or a later one, oldest first.
    pub async fn edits_since(
        &mut self,
        version: VersionId,
        subject: Option<i64>,
        revision: i32,
    ) -> Result<Vec<Later>, DbError> {
        let rows = sqlx::query!(
            r#"select form_key, edited_by, member_name(edited_by) as "editor!", before, after, created_at
            from content_edit
            where version_id = $1 and subject_id is not distinct from $2 and (before ->> 'revision')::int >= $3
            order by id"#,
            version.0,
            subject,
            revision,
        )
        .fetch_all(self.conn())
        .await?;
        let later = rows.into_iter().map(|row| Later {
            past: Past { key: row.form_key, editor: MembershipId(row.edited_by) },
            editor: row.editor,
            before: row.before,
            after: row.after,
            at: row.created_at,
        });
        Ok(later.collect())
    }

    /// Those of one person's keys that have done their work, as the pages made them.
    pub async fn keys_done(
        &mut self,
        version: VersionId,
        editor: MembershipId,
        keys: &[String],
    ) -> Result<Vec<String>, DbError> {
        Ok(sqlx::query_scalar!(
            r#"select distinct split_part(form_key, ':', 1) as "key!" from content_edit
            where version_id = $1 and edited_by = $2 and split_part(form_key, ':', 1) = any($3) order by 1"#,
            version.0,
            editor.0,
            keys,
        )
        .fetch_all(self.conn())
        .await?)
    }
}

/// The details with the revision that they stand at, as an item has its own.
pub(super) fn revised(details: &Details, revision: i32) -> Value {
    let mut value = json!(details);
    value["revision"] = json!(revision);
    value
}
