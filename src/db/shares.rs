//! What two employers share of their libraries: offered by the one, taken by the other, and kept by both. What comes
//! over is a copy with the taker, whose new texts come as proposals and nothing else.

use time::{Date, OffsetDateTime};

use super::error::exactly_one;
use super::{DbError, Tx};
use crate::domain::ids::{ClauseId, EmployerId, GrantId};
use crate::policy::{Granted, Scope, act};

/// The index that keeps a clause to one offer for each employer.
pub const OFFERED_ALREADY: &str = "library_grant_once";

/// How an offer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShareState {
    Offered,
    Taken,
    Declined,
    Withdrawn,
}

/// An offer, as either side reads it.
#[derive(Debug, Clone)]
pub struct Share {
    pub id: GrantId,
    /// The other employer.
    pub other: String,
    /// What the clause is called with its giver.
    pub name: String,
    pub state: ShareState,
    pub granted_at: OffsetDateTime,
    /// When it was taken or declined.
    pub answered_at: Option<OffsetDateTime>,
    pub withdrawn_at: Option<OffsetDateTime>,
    /// With the taker: the clause that it became.
    pub copy: Option<ClauseId>,
    /// The heading and the text of the day, for whoever is to take it.
    pub text: (String, String),
    pub legal_basis: String,
}

fn state(accepted: Option<bool>, withdrawn: Option<OffsetDateTime>) -> ShareState {
    match (withdrawn, accepted) {
        (Some(_), _) => ShareState::Withdrawn,
        (None, Some(true)) => ShareState::Taken,
        (None, Some(false)) => ShareState::Declined,
        (None, None) => ShareState::Offered,
    }
}

impl Tx {
    /// The employer of that name or short name, letters aside.
    pub async fn employer_called(&mut self, name: &str) -> Result<Option<(EmployerId, String)>, DbError> {
        let row = sqlx::query!(
            "select id, name from employer where lower(name) = lower($1) or slug = lower($1) order by id limit 1",
            name,
        )
        .fetch_optional(self.conn())
        .await?;
        Ok(row.map(|row| (EmployerId(row.id), row.name)))
    }

    /// Whom a clause is shared with, the newest first.
    pub async fn shares_of_clause(&mut self, scope: &Scope, clause: ClauseId) -> Result<Vec<Share>, DbError> {
        let rows = sqlx::query!(
            "select g.id, e.name as other, c.name, g.granted_at, g.answered_at, g.accepted, g.withdrawn_at
            from library_grant g join employer e on e.id = g.taker_id
            join clause c on c.employer_id = g.giver_id and c.id = g.clause_id
            where g.giver_id = $1 and g.clause_id = $2 order by g.id desc limit 100",
            scope.employer().0,
            clause.0,
        )
        .fetch_all(self.conn())
        .await?;
        let share = rows.into_iter().map(|row| Share {
            id: GrantId(row.id),
            other: row.other,
            name: row.name,
            state: state(row.accepted, row.withdrawn_at),
            granted_at: row.granted_at,
            answered_at: row.answered_at,
            withdrawn_at: row.withdrawn_at,
            copy: None,
            text: (String::new(), String::new()),
            legal_basis: String::new(),
        });
        Ok(share.collect())
    }

    /// What others share with this employer, what waits for an answer first.
    pub async fn shares_with(&mut self, scope: &Scope, today: Date) -> Result<Vec<Share>, DbError> {
        let rows = sqlx::query!(
            r#"select g.id, e.name as other, c.name, c.legal_basis, g.granted_at, g.answered_at, g.accepted, g.withdrawn_at,
                g.copy_id, coalesce(t.heading, '') as "heading!", coalesce(t.text, '') as "text!"
            from library_grant g join employer e on e.id = g.giver_id
            join clause c on c.employer_id = g.giver_id and c.id = g.clause_id
            left join lateral (select d.heading, d.text from clause_edition d
                where d.employer_id = g.giver_id and d.clause_id = g.clause_id and d.approved_at is not null
                order by d.effective_from <= $2 desc, d.effective_from desc, d.number desc limit 1) t on true
            where g.taker_id = $1 and (g.withdrawn_at is null or g.accepted)
            order by g.answered_at is not null, g.id desc limit 200"#,
            scope.employer().0,
            today,
        )
        .fetch_all(self.conn())
        .await?;
        let share = rows.into_iter().map(|row| Share {
            id: GrantId(row.id),
            other: row.other,
            name: row.name,
            state: state(row.accepted, row.withdrawn_at),
            granted_at: row.granted_at,
            answered_at: row.answered_at,
            withdrawn_at: row.withdrawn_at,
            copy: row.copy_id.map(ClauseId),
            text: (row.heading, row.text),
            legal_basis: row.legal_basis,
        });
        Ok(share.collect())
    }

    /// Offers a clause to another employer. What came from a third is not passed on while it is theirs.
    ///
    /// # Errors
    /// [`DbError::Constraint`] [`OFFERED_ALREADY`]; [`DbError::Stale`] where the clause is not this employer's to give.
    pub async fn offer_clause(
        &mut self,
        granted: &Granted<act::ShareLibrary>,
        (clause, name): (ClauseId, &str),
        (taker, taker_name): (EmployerId, &str),
    ) -> Result<(), DbError> {
        let done = sqlx::query!(
            "insert into library_grant (giver_id, taker_id, kind, clause_id, granted_by, granted_at)
            select $1, $3, 'clause', c.id, $4, $5 from clause c
            where c.employer_id = $1 and c.id = $2 and c.retired_at is null
                and not exists (select from clause_shared_by($1, c.id) s where s.ended_at is null)",
            granted.id().0,
            clause.0,
            taker.0,
            granted.membership().ok_or(DbError::Stale)?.0,
            granted.at(),
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)?;
        self.record(granted, &[("clause", name), ("offered to", taker_name)]).await
    }

    /// Ends an offer or a grant: what stands with the taker stays, and nothing new comes.
    ///
    /// # Errors
    /// [`DbError::Stale`] where it ended already.
    pub async fn withdraw_share(
        &mut self,
        granted: &Granted<act::ShareLibrary>,
        share: GrantId,
        (name, taker): (&str, &str),
    ) -> Result<(), DbError> {
        let done = sqlx::query!(
            "update library_grant set withdrawn_by = $3, withdrawn_at = $4
            where giver_id = $1 and id = $2 and withdrawn_at is null and accepted is distinct from false",
            granted.id().0,
            share.0,
            granted.membership().ok_or(DbError::Stale)?.0,
            granted.at(),
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)?;
        self.record(granted, &[("clause", name), ("no longer shared with", taker)]).await
    }

    /// Takes what another employer offers: a clause with its text of the day, placed by hand until somebody here says
    /// otherwise. Whoever takes it has read it, and so approves that text for here.
    ///
    /// # Errors
    /// [`DbError::Stale`] where the offer was answered or withdrawn; [`DbError::Constraint`] `clause_name`.
    pub async fn take_share(
        &mut self,
        granted: &Granted<act::TakeShared>,
        share: &Share,
        today: Date,
    ) -> Result<ClauseId, DbError> {
        let made = sqlx::query_scalar!(
            r#"with offer as (
                select g.id, g.taker_id, g.giver_id, c.name, c.legal_basis, e.name as giver,
                    t.number, t.heading, t.text, t.note, t.effective_from, t.expires_on
                from library_grant g join employer e on e.id = g.giver_id
                join clause c on c.employer_id = g.giver_id and c.id = g.clause_id
                join lateral (select d.* from clause_edition d
                    where d.employer_id = g.giver_id and d.clause_id = g.clause_id and d.approved_at is not null
                    order by d.effective_from <= $5 desc, d.effective_from desc, d.number desc limit 1) t on true
                where g.taker_id = $1 and g.id = $2 and g.answered_at is null and g.withdrawn_at is null
                for update of g),
            made as (insert into clause (employer_id, name, legal_basis, changed_at, shared_grant_id)
                select o.taker_id,
                    case when exists (select from clause c where c.employer_id = $1 and lower(c.name) = lower(o.name))
                        then left(o.name || ' (' || o.giver || ')', 200) else o.name end,
                    o.legal_basis, $4, o.id
                from offer o returning id),
            words as (insert into clause_edition (employer_id, clause_id, number, heading, text, note, effective_from,
                    expires_on, proposed_at, approved_by, approved_at, from_grant, source_number)
                select o.taker_id, made.id, 1, o.heading, o.text, o.note, o.effective_from, o.expires_on, $4, $3, $4, o.id, o.number
                from offer o, made)
            update library_grant g set answered_by = $3, answered_at = $4, accepted = true, copy_id = made.id
            from made where g.taker_id = $1 and g.id = $2
            returning g.copy_id as "copy!""#,
            granted.id().0,
            share.id.0,
            granted.membership().ok_or(DbError::Stale)?.0,
            granted.at(),
            today,
        )
        .fetch_optional(self.conn())
        .await?;
        let made = made.ok_or(DbError::Stale)?;
        self.record(granted, &[("clause", &share.name), ("taken from", &share.other)]).await?;
        Ok(ClauseId(made))
    }

    /// # Errors
    /// [`DbError::Stale`] where the offer was answered or withdrawn.
    pub async fn decline_share(&mut self, granted: &Granted<act::TakeShared>, share: &Share) -> Result<(), DbError> {
        let done = sqlx::query!(
            "update library_grant set answered_by = $3, answered_at = $4, accepted = false
            where taker_id = $1 and id = $2 and answered_at is null and withdrawn_at is null",
            granted.id().0,
            share.id.0,
            granted.membership().ok_or(DbError::Stale)?.0,
            granted.at(),
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)?;
        self.record(granted, &[("clause", &share.name), ("declined from", &share.other)]).await
    }

    /// After a decision on a text of that clause: the newest text that its giver approved comes to each taker as a
    /// proposal, unless one waits there; and where one did, it comes now.
    pub(super) async fn pass_on(&mut self, granted: &Granted<act::ApproveClause>) -> Result<(), DbError> {
        sqlx::query!(
            "insert into clause_edition (employer_id, clause_id, number, heading, text, note, effective_from, expires_on,
                proposed_at, from_grant, source_number)
            select g.taker_id, g.copy_id,
                (select max(x.number) + 1 from clause_edition x where x.employer_id = g.taker_id and x.clause_id = g.copy_id),
                s.heading, s.text, s.note, s.effective_from, s.expires_on, $3, g.id, s.number
            from library_grant g
            cross join lateral (select d.* from clause_edition d where d.employer_id = g.giver_id
                and d.clause_id = g.clause_id and d.approved_at is not null order by d.number desc limit 1) s
            where (g.giver_id = $1 and g.clause_id = $2 or g.taker_id = $1 and g.copy_id = $2)
                and g.accepted and g.withdrawn_at is null
                and s.number > (select max(x.source_number) from clause_edition x
                    where x.employer_id = g.taker_id and x.clause_id = g.copy_id)
                and not exists (select from clause_edition x where x.employer_id = g.taker_id and x.clause_id = g.copy_id
                    and x.approved_at is null and x.refused_at is null)
            on conflict do nothing",
            granted.subject().employer.ok_or(DbError::Stale)?.0,
            granted.id().0,
            granted.at(),
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }
}
