//! Writing comments and suggestions. What is possible was decided before; a write that met no open row is stale.

use serde_json::{Value, json};

use super::error::exactly_one;
use super::{Comment, DbError, Suggestion, Tx};
use crate::domain::content::Item;
use crate::domain::ids::{CommentId, EmployerId, ItemId, MembershipId, ProfileId, SectionId, VersionId};
use crate::domain::suggestion::{Proposal, SuggestionState};
use crate::policy::{Act, Granted, act};

/// What somebody says, and about what.
#[derive(Debug, Clone, Default)]
pub struct NewComment {
    pub section: Option<SectionId>,
    pub item: Option<ItemId>,
    pub reply_to: Option<CommentId>,
    pub text: String,
    pub mentions: Vec<MembershipId>,
    /// Of two clicks on one button the second meets the constraint `comment_form_key`.
    pub form_key: Option<String>,
}

/// What somebody proposes.
#[derive(Debug, Clone)]
pub struct NewSuggestion {
    pub section: SectionId,
    pub proposal: Proposal,
    pub reason: String,
    /// As above, `suggestion_form_key`.
    pub form_key: Option<String>,
}

/// What became of a suggestion.
#[derive(Debug, Clone)]
pub enum Decision {
    /// Taken into that version, a new line under that identity.
    Accept {
        into: VersionId,
        item: Option<ItemId>,
    },
    Reject {
        reason: String,
    },
}

fn place<A: Act>(granted: &Granted<A>) -> Result<(EmployerId, ProfileId, MembershipId), DbError> {
    let subject = granted.subject();
    let place = subject.employer.zip(subject.profile).zip(granted.membership());
    place.map(|((employer, profile), member)| (employer, profile, member)).ok_or(DbError::Stale)
}

impl Tx {
    pub async fn add_comment(
        &mut self,
        granted: &Granted<act::Comment>,
        new: &NewComment,
    ) -> Result<CommentId, DbError> {
        let (employer, profile, writer) = place(granted)?;
        let mentions: Vec<i64> = new.mentions.iter().map(|member| member.0).collect();
        let id = sqlx::query_scalar!(
            r#"with said as (
                insert into comment (employer_id, profile_id, version_id, section_id, item_id, reply_to, text, form_key,
                    written_by, written_at)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning employer_id, id),
            called as (
                insert into comment_mention (employer_id, comment_id, membership_id)
                select said.employer_id, said.id, called.id from said, unnest($11::bigint[]) as called (id))
            select id as "id!" from said"#,
            employer.0,
            profile.0,
            granted.id().0,
            new.section.map(|id| id.0),
            new.item.map(|id| id.0),
            new.reply_to.map(|id| id.0),
            new.text,
            new.form_key,
            writer.0,
            granted.at(),
            &mentions,
        )
        .fetch_one(self.conn())
        .await?;
        self.record(granted, &[("what", if new.reply_to.is_some() { "an answer" } else { "a comment" })]).await?;
        Ok(CommentId(id))
    }

    /// Its writer says it in other words; what it said before is kept.
    ///
    /// # Errors
    /// [`DbError::Stale`] where it says something else by now, or was withdrawn.
    pub async fn revise_comment(
        &mut self,
        granted: &Granted<act::ReviseComment>,
        before: &Comment,
        text: &str,
    ) -> Result<(), DbError> {
        let (employer, _, writer) = place(granted)?;
        let done = sqlx::query!(
            "with old as (insert into comment_wording (employer_id, comment_id, text, replaced_at)
                select employer_id, id, text, $6 from comment
                where employer_id = $1 and id = $2 and written_by = $3 and text = $4 and withdrawn_at is null)
            update comment set text = $5, edited_at = $6
            where employer_id = $1 and id = $2 and written_by = $3 and text = $4 and withdrawn_at is null",
            employer.0,
            granted.id().0,
            writer.0,
            before.text,
            text,
            granted.at(),
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)?;
        self.record(granted, &[("what", "reworded")]).await
    }

    pub async fn withdraw_comment(&mut self, granted: &Granted<act::ReviseComment>) -> Result<(), DbError> {
        let (employer, _, writer) = place(granted)?;
        let done = sqlx::query!(
            "update comment set withdrawn_at = $4
            where employer_id = $1 and id = $2 and written_by = $3 and withdrawn_at is null",
            employer.0,
            granted.id().0,
            writer.0,
            granted.at(),
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)?;
        self.record(granted, &[("what", "withdrawn")]).await
    }

    /// Resolves a thread or opens it again.
    pub async fn settle_comment(
        &mut self,
        granted: &Granted<act::ResolveComment>,
        resolved: bool,
    ) -> Result<(), DbError> {
        let (employer, _, member) = place(granted)?;
        let done = sqlx::query!(
            "update comment set resolved_by = case when $4 then $3::bigint end,
                resolved_at = case when $4 then $5::timestamptz end
            where employer_id = $1 and id = $2 and reply_to is null and (resolved_at is null) = $4",
            employer.0,
            granted.id().0,
            member.0,
            resolved,
            granted.at(),
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)?;
        self.record(granted, &[("what", if resolved { "resolved" } else { "reopened" })]).await
    }

    pub async fn add_suggestion(
        &mut self,
        granted: &Granted<act::Suggest>,
        new: &NewSuggestion,
    ) -> Result<(), DbError> {
        let (employer, profile, maker) = place(granted)?;
        let (kind, before, after) = sides(&new.proposal);
        let (item, after_item, under_item) = match &new.proposal {
            Proposal::Reword { before, .. } | Proposal::Remove { before } => (Some(before.id), None, None),
            Proposal::Add { place, .. } => (None, place.after, place.under),
        };
        sqlx::query!(
            "insert into suggestion (employer_id, profile_id, version_id, kind, section_id, item_id, after_item,
                under_item, before, proposed, reason, form_key, made_by, made_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
            employer.0,
            profile.0,
            granted.id().0,
            kind,
            new.section.0,
            item.map(|id| id.0),
            after_item.map(|id| id.0),
            under_item.map(|id| id.0),
            before,
            after,
            new.reason,
            new.form_key,
            maker.0,
            granted.at(),
        )
        .execute(self.conn())
        .await?;
        self.record(granted, &[("what", kind_label(&new.proposal))]).await
    }

    /// Its maker takes it back.
    ///
    /// # Errors
    /// [`DbError::Stale`], here and below, where it was decided on meanwhile.
    pub async fn withdraw_suggestion(&mut self, granted: &Granted<act::WithdrawSuggestion>) -> Result<(), DbError> {
        let (employer, _, maker) = place(granted)?;
        let done = sqlx::query!(
            "update suggestion set state = 'withdrawn', decided_by = $3, decided_at = $4
            where employer_id = $1 and id = $2 and made_by = $3 and state = 'open'",
            employer.0,
            granted.id().0,
            maker.0,
            granted.at(),
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)?;
        self.record(granted, &[]).await
    }

    pub async fn decide_suggestion(
        &mut self,
        granted: &Granted<act::DecideSuggestion>,
        suggestion: &Suggestion,
        decision: &Decision,
    ) -> Result<(), DbError> {
        let (employer, _, decider) = place(granted)?;
        let (state, reason, into, item) = match decision {
            Decision::Accept { into, item } => (SuggestionState::Accepted, "", Some(*into), *item),
            Decision::Reject { reason } => (SuggestionState::Rejected, reason.as_str(), None, None),
        };
        let done = sqlx::query!(
            "update suggestion set state = $3, decided_by = $4, decided_at = $5, decided_reason = $6,
                accepted_version_id = $7, item_id = coalesce(item_id, $8)
            where employer_id = $1 and id = $2 and state = 'open'",
            employer.0,
            granted.id().0,
            state.word(),
            decider.0,
            granted.at(),
            reason,
            into.map(|id| id.0),
            item.map(|id| id.0),
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)?;
        self.record(granted, &[("became", state.label()), ("proposed by", &suggestion.maker), ("reason", reason)]).await
    }
}

/// The kind, with what stood there and what is to stand there.
pub(super) fn sides(proposal: &Proposal) -> (&'static str, Option<Value>, Option<Value>) {
    let alone = |item: &Item| json!(Item { children: Vec::new(), ..item.clone() });
    match proposal {
        Proposal::Reword { before, after } => ("reword", Some(alone(before)), Some(alone(after))),
        Proposal::Add { item, .. } => ("add", None, Some(alone(item))),
        // With what stands below it: the removal fits only what its maker saw.
        Proposal::Remove { before } => ("remove", Some(json!(before)), None),
    }
}

fn kind_label(proposal: &Proposal) -> &'static str {
    match proposal {
        Proposal::Reword { .. } => "a rewording",
        Proposal::Add { .. } => "a new line",
        Proposal::Remove { .. } => "a removal",
    }
}
