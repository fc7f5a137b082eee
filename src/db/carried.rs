//! Writing what a document carried over to its draft: tracked changes as suggestions, comments as comments.

use serde_json::{Value, json};
use time::OffsetDateTime;

use super::remark_writes::sides;
use super::{DbError, Tx};
use crate::documents::carried::{Carried, Comment, Suggestion, Told};
use crate::domain::ids::VersionId;
use crate::domain::suggestion::Proposal;
use crate::policy::{Granted, act};

/// Most characters of a name that a file tells.
const LONGEST_NAME: usize = 120;

impl Tx {
    /// Puts everything on the draft that was made of the document, as its maker's, with the names that the file tells.
    /// One statement, however much it is.
    pub async fn carry_over(
        &mut self,
        granted: &Granted<act::DraftFromDocument>,
        version: VersionId,
        carried: &Carried,
    ) -> Result<(), DbError> {
        if carried.is_empty() {
            return Ok(());
        }
        let suggestions: Vec<Value> = carried.suggestions.iter().map(suggestion).collect();
        let comments: Vec<Value> = carried.comments.iter().enumerate().map(comment).collect();
        sqlx::query!(
            "with v as (select employer_id, profile_id, id from version where id = $1),
            proposed as (
                insert into suggestion (employer_id, profile_id, version_id, kind, section_id, item_id, after_item,
                    under_item, before, proposed, made_by, made_at, told_by, told_at)
                select v.employer_id, v.profile_id, v.id, s.kind, s.section, s.item, s.after, s.under, s.before, s.proposed,
                    $2, $3, s.told_by, to_timestamp(s.told_at)
                from v, jsonb_to_recordset($4) as s (kind text, section bigint, item bigint, after bigint, under bigint,
                    before jsonb, proposed jsonb, told_by text, told_at bigint)),
            said as (
                insert into comment (employer_id, profile_id, version_id, section_id, item_id, text, form_key,
                    written_by, written_at, told_by, told_at, resolved_by, resolved_at)
                select v.employer_id, v.profile_id, v.id, c.section, c.item, c.text, 'document-' || v.id || '-' || c.at,
                    $2, $3, c.told_by, to_timestamp(c.told_at),
                    case when c.resolved then $2::bigint end, case when c.resolved then $3::timestamptz end
                from v, jsonb_to_recordset($5) as c (at int, section bigint, item bigint, text text, answers int,
                    told_by text, told_at bigint, resolved boolean)
                where c.answers is null order by c.at
                returning id, form_key)
            insert into comment (employer_id, profile_id, version_id, section_id, item_id, reply_to, text, form_key,
                written_by, written_at, told_by, told_at)
            select v.employer_id, v.profile_id, v.id, c.section, c.item, said.id, c.text, 'document-' || v.id || '-' || c.at,
                $2, $3, c.told_by, to_timestamp(c.told_at)
            from v, jsonb_to_recordset($5) as c (at int, section bigint, item bigint, text text, answers int, told_by text,
                    told_at bigint)
                join said on said.form_key = 'document-' || $1::bigint || '-' || c.answers
            where c.answers is not null order by c.at",
            version.0,
            granted.membership().ok_or(DbError::Stale)?.0,
            granted.at(),
            Value::from(suggestions),
            Value::from(comments),
        )
        .execute(self.conn())
        .await?;
        self.record(granted, &[("carried over", &carried.counted())]).await
    }
}

fn suggestion(one: &Suggestion) -> Value {
    let (kind, before, proposed) = sides(&one.proposal);
    let (item, after, under) = match &one.proposal {
        Proposal::Reword { before, .. } | Proposal::Remove { before } => (Some(before.id), None, None),
        Proposal::Add { place, .. } => (None, place.after, place.under),
    };
    json!({
        "kind": kind, "section": one.section, "item": item, "after": after, "under": under, "before": before,
        "proposed": proposed, "told_by": name(&one.told), "told_at": one.told.moment().map(OffsetDateTime::unix_timestamp),
    })
}

fn comment((at, one): (usize, &Comment)) -> Value {
    json!({
        "at": at, "section": one.section, "item": one.item, "text": one.text, "answers": one.answers,
        "resolved": one.resolved, "told_by": name(&one.told), "told_at": one.told.moment().map(OffsetDateTime::unix_timestamp),
    })
}

fn name(told: &Told) -> Option<String> {
    let name: String = told.by.chars().filter(|c| *c != '\0').take(LONGEST_NAME).collect();
    (!name.trim().is_empty()).then_some(name)
}
