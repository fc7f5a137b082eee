//! The texts of a clause: proposed by one person, decided on by another, and then kept as they are.

use time::{Date, OffsetDateTime};

use super::error::exactly_one;
use super::{DbError, Tx};
use crate::domain::clause::{EditionEntry, EditionState, Holds, in_force};
use crate::domain::ids::{ClauseId, MembershipId};
use crate::policy::{Granted, Scope, act};

/// The constraint that somebody breaks who approves what they proposed.
pub const NOT_ITS_OWN: &str = "clause_four_eyes";

/// An edition with those who made it.
#[derive(Debug, Clone)]
pub struct EditionRow {
    pub number: i32,
    pub heading: String,
    pub text: String,
    pub note: String,
    pub effective_from: Date,
    pub expires_on: Option<Date>,
    /// Came with the starter library.
    pub starter: bool,
    pub proposed_by: Option<MembershipId>,
    pub proposer: String,
    pub proposed_at: OffsetDateTime,
    pub approver: String,
    pub approved_at: Option<OffsetDateTime>,
    pub refuser: String,
    pub refused_at: Option<OffsetDateTime>,
    pub refused_reason: String,
}

impl EditionRow {
    pub fn holds(&self) -> Option<Holds> {
        let holds = Holds { number: self.number, from: self.effective_from, until: self.expires_on };
        self.approved_at.is_some().then_some(holds)
    }

    /// How it stands on that day among the editions of its clause.
    pub fn state(&self, all: &[EditionRow], today: Date) -> EditionState {
        if self.refused_at.is_some() {
            return EditionState::Refused;
        }
        let Some(own) = self.holds() else { return EditionState::Proposed };
        let all: Vec<Holds> = all.iter().filter_map(EditionRow::holds).collect();
        match in_force(&all, today) {
            Some(now) if now.number == self.number && own.has_ended(today) => EditionState::Ended,
            Some(now) if now.number == self.number => EditionState::InForce,
            Some(_) | None if own.from > today => EditionState::Coming,
            Some(_) | None => EditionState::Earlier,
        }
    }
}

impl Tx {
    /// Every edition, the newest first.
    pub async fn clause_editions(&mut self, scope: &Scope, clause: ClauseId) -> Result<Vec<EditionRow>, DbError> {
        let rows = sqlx::query!(
            r#"select number, heading, text, note, effective_from, expires_on, starter, proposed_by, proposed_at,
                coalesce(member_name(proposed_by),
                    (select g.name from clause_shared_by(employer_id, clause_id) g where from_grant is not null), '') as "proposer!", coalesce(member_name(approved_by), '') as "approver!",
                approved_at, coalesce(member_name(refused_by), '') as "refuser!", refused_at, refused_reason
            from clause_edition where employer_id = $1 and clause_id = $2 order by number desc"#,
            scope.employer().0,
            clause.0,
        )
        .fetch_all(self.conn())
        .await?;
        let made = rows.into_iter().map(|row| EditionRow {
            number: row.number,
            heading: row.heading,
            text: row.text,
            note: row.note,
            effective_from: row.effective_from,
            expires_on: row.expires_on,
            starter: row.starter,
            proposed_by: row.proposed_by.map(MembershipId),
            proposer: row.proposer,
            proposed_at: row.proposed_at,
            approver: row.approver,
            approved_at: row.approved_at,
            refuser: row.refuser,
            refused_at: row.refused_at,
            refused_reason: row.refused_reason,
        });
        Ok(made.collect())
    }

    /// Proposes the next edition.
    ///
    /// # Errors
    /// [`DbError::Constraint`] `clause_one_proposal` where one waits already; [`DbError::Stale`] where its words are
    /// another employer's.
    pub async fn propose_edition(
        &mut self,
        granted: &Granted<act::ChangeClauses>,
        clause: ClauseId,
        entry: &EditionEntry,
    ) -> Result<i32, DbError> {
        let number = sqlx::query_scalar!(
            "insert into clause_edition (employer_id, clause_id, number, heading, text, note, effective_from, expires_on,
                proposed_by, proposed_at)
            select $1, $2, coalesce(max(number), 0) + 1, $3, $4, $5, $6, $7, $8, $9
            from clause_edition where employer_id = $1 and clause_id = $2
            having not exists (select from clause_shared_by($1, $2) s where s.ended_at is null)
            returning number",
            granted.id().0,
            clause.0,
            entry.heading,
            entry.text,
            entry.note,
            entry.effective_from,
            entry.expires_on,
            granted.membership().ok_or(DbError::Stale)?.0,
            granted.at(),
        )
        .fetch_optional(self.conn())
        .await?
        .ok_or(DbError::Stale)?;
        self.record(granted, &[("proposed edition", &number.to_string()), ("because", &entry.note)]).await?;
        Ok(number)
    }

    /// A second person takes the text.
    ///
    /// # Errors
    /// [`DbError::Stale`] where it was decided already; [`DbError::Constraint`] [`NOT_ITS_OWN`] for whoever proposed it.
    pub async fn approve_edition(&mut self, granted: &Granted<act::ApproveClause>, number: i32) -> Result<(), DbError> {
        let done = sqlx::query!(
            "update clause_edition set approved_by = $4, approved_at = $5
            where employer_id = $1 and clause_id = $2 and number = $3 and approved_at is null and refused_at is null",
            granted.subject().employer.ok_or(DbError::Stale)?.0,
            granted.id().0,
            number,
            granted.membership().ok_or(DbError::Stale)?.0,
            granted.at(),
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)?;
        self.pass_on(granted).await?;
        self.record(granted, &[("approved edition", &number.to_string())]).await
    }

    /// The text is not taken, or its proposer takes it back.
    ///
    /// # Errors
    /// [`DbError::Stale`] where it was decided already.
    pub async fn refuse_edition(
        &mut self,
        granted: &Granted<act::ApproveClause>,
        number: i32,
        reason: &str,
    ) -> Result<(), DbError> {
        let done = sqlx::query!(
            "update clause_edition set refused_by = $4, refused_at = $5, refused_reason = $6
            where employer_id = $1 and clause_id = $2 and number = $3 and approved_at is null and refused_at is null",
            granted.subject().employer.ok_or(DbError::Stale)?.0,
            granted.id().0,
            number,
            granted.membership().ok_or(DbError::Stale)?.0,
            granted.at(),
            reason,
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)?;
        self.pass_on(granted).await?;
        self.record(granted, &[("not taken: edition", &number.to_string()), ("reason", reason)]).await
    }
}
