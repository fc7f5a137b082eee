//! What two employers share of their libraries, of whatever kind: offered by the one, answered by the other, and ended.
//! What comes of an offer that is taken is in `share_copies`.

use sqlx::postgres::PgQueryResult;
use time::{Date, OffsetDateTime};

use super::error::exactly_one;
use super::{DbError, Tx};
use crate::domain::ids::{EmployerId, GrantId};
use crate::domain::sharing::{ShareState, Shareable};
use crate::policy::{Act, Granted, Scope, act};

/// The index that keeps a thing to one offer for each employer.
pub const OFFERED_ALREADY: &str = "library_grant_once";

/// An offer, as either side reads it.
#[derive(Debug, Clone)]
pub struct Share {
    pub id: GrantId,
    pub kind: Shareable,
    /// The other employer.
    pub other: String,
    /// What it is called with its giver.
    pub name: String,
    /// Of a clause its legal basis.
    pub about: String,
    pub state: ShareState,
    pub granted_at: OffsetDateTime,
    /// When it was taken or declined.
    pub answered_at: Option<OffsetDateTime>,
    pub withdrawn_at: Option<OffsetDateTime>,
    /// With the taker: the clause or template that it became.
    pub copy: Option<i64>,
    /// The heading and the words of the day, for whoever is to take it.
    pub words: (String, String),
    /// The giver brought a later version into use, on which nobody decided here.
    pub has_newer: bool,
}

/// What an employer can offer.
#[derive(Debug, Clone)]
pub struct Offerable {
    pub kind: Shareable,
    pub id: i64,
    pub name: String,
    pub in_use: bool,
    /// Whose it is, while it is another employer's still.
    pub words_of: Option<String>,
}

/// An employer whom something is offered to.
#[derive(Debug, Clone)]
pub struct Taker {
    pub id: EmployerId,
    pub name: String,
    pub slug: String,
}

fn state(accepted: Option<bool>, withdrawn: Option<OffsetDateTime>) -> ShareState {
    match (withdrawn, accepted) {
        (Some(_), _) => ShareState::Withdrawn,
        (None, Some(true)) => ShareState::Taken,
        (None, Some(false)) => ShareState::Declined,
        (None, None) => ShareState::Offered,
    }
}

fn kind(word: &str, id: i64) -> Result<Shareable, DbError> {
    Shareable::parse(word).ok_or(DbError::Inconsistent { table: "library_grant", id, what: "an unknown kind" })
}

impl Tx {
    /// The employer of that name or short name, letters aside.
    pub async fn employer_called(&mut self, name: &str) -> Result<Option<Taker>, DbError> {
        let row = sqlx::query!(
            "select id, name, slug from employer where lower(name) = lower($1) or slug = lower($1) order by id limit 1",
            name,
        )
        .fetch_optional(self.conn())
        .await?;
        Ok(row.map(|row| Taker { id: EmployerId(row.id), name: row.name, slug: row.slug }))
    }

    pub async fn offerable(&mut self, scope: &Scope, kind: Shareable, id: i64) -> Result<Option<Offerable>, DbError> {
        let row = sqlx::query!(
            r#"select name as "name!", in_use as "in_use!", words_of from library_thing($1, $2, $3)"#,
            scope.employer().0,
            kind.word(),
            id,
        )
        .fetch_optional(self.conn())
        .await?;
        Ok(row.map(|row| Offerable { kind, id, name: row.name, in_use: row.in_use, words_of: row.words_of }))
    }

    /// What this employer gives or takes: with a thing, whom that is shared with, the newest first; without, what others
    /// share with it, what waits for an answer first.
    async fn shares(
        &mut self,
        scope: &Scope,
        given: Option<(Shareable, i64)>,
        today: Option<Date>,
    ) -> Result<Vec<Share>, DbError> {
        let rows = sqlx::query!(
            r#"select g.id, g.kind, e.name as other, k.name as "name!", k.about as "about!", g.granted_at, g.answered_at,
                g.accepted, g.withdrawn_at, g.became, coalesce(w.heading, '') as "heading!",
                coalesce(w.text, '') as "text!", g.withdrawn_at is null and coalesce(w.number > g.seen_number, false) as "newer!"
            from library_grant g
            join employer e on e.id = case when $2::text is null then g.giver_id else g.taker_id end
            cross join lateral library_thing(g.giver_id, g.kind, g.thing) k
            left join lateral library_words(g.giver_id, g.kind, g.thing, $4) w on $2::text is null
            where case when $2::text is null then g.taker_id = $1 and (g.withdrawn_at is null or g.accepted)
                else g.giver_id = $1 and g.kind = $2 and g.thing = $3 end
            order by $2::text is null and g.answered_at is not null, g.id desc limit 200"#,
            scope.employer().0,
            given.map(|(kind, _)| kind.word()),
            given.map(|(_, id)| id),
            today,
        )
        .fetch_all(self.conn())
        .await?;
        let share = rows.into_iter().map(|row| {
            Ok(Share {
                kind: kind(&row.kind, row.id)?,
                id: GrantId(row.id),
                other: row.other,
                name: row.name,
                about: row.about,
                state: state(row.accepted, row.withdrawn_at),
                granted_at: row.granted_at,
                answered_at: row.answered_at,
                withdrawn_at: row.withdrawn_at,
                copy: row.became,
                words: (row.heading, row.text),
                has_newer: row.newer,
            })
        });
        share.collect()
    }

    /// Whom a thing is shared with, the newest first.
    pub async fn shares_of(&mut self, scope: &Scope, thing: &Offerable) -> Result<Vec<Share>, DbError> {
        self.shares(scope, Some((thing.kind, thing.id)), None).await
    }

    /// What others share with this employer, what waits for an answer first.
    pub async fn shares_with(&mut self, scope: &Scope, today: Date) -> Result<Vec<Share>, DbError> {
        self.shares(scope, None, Some(today)).await
    }

    /// Offers a thing to another employer. What came from a third is not passed on while it is theirs.
    ///
    /// # Errors
    /// [`DbError::Constraint`] [`OFFERED_ALREADY`]; [`DbError::Stale`] where it is not this employer's to give.
    pub async fn offer(
        &mut self,
        granted: &Granted<act::ShareLibrary>,
        thing: &Offerable,
        taker: &Taker,
    ) -> Result<(), DbError> {
        let done = sqlx::query!(
            "insert into library_grant (giver_id, taker_id, kind, clause_id, template_id, granted_by, granted_at)
            select $1, $4, $2, case $2 when 'clause' then $3::bigint end, case $2 when 'template' then $3::bigint end, $5, $6
            from library_thing($1, $2, $3) k where k.in_use and k.words_of is null",
            granted.id().0,
            thing.kind.word(),
            thing.id,
            taker.id.0,
            granted.membership().ok_or(DbError::Stale)?.0,
            granted.at(),
        )
        .execute(self.conn())
        .await?;
        self.shared(granted, &done, (thing.kind, &thing.name), ("offered to", &taker.name)).await
    }

    /// Ends an offer or a grant: what stands with the taker stays, and nothing new comes.
    ///
    /// # Errors
    /// [`DbError::Stale`] where it ended already.
    pub async fn withdraw_share(&mut self, granted: &Granted<act::ShareLibrary>, share: &Share) -> Result<(), DbError> {
        let done = sqlx::query!(
            "update library_grant set withdrawn_by = $3, withdrawn_at = $4
            where giver_id = $1 and id = $2 and withdrawn_at is null and accepted is distinct from false",
            granted.id().0,
            share.id.0,
            granted.membership().ok_or(DbError::Stale)?.0,
            granted.at(),
        )
        .execute(self.conn())
        .await?;
        self.shared(granted, &done, (share.kind, &share.name), ("no longer shared with", &share.other)).await
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
        self.shared(granted, &done, (share.kind, &share.name), ("declined from", &share.other)).await
    }

    /// One grant was written, and the trail says which.
    async fn shared<A: Act>(
        &mut self,
        granted: &Granted<A>,
        done: &PgQueryResult,
        (kind, name): (Shareable, &str),
        (what, other): (&str, &str),
    ) -> Result<(), DbError> {
        exactly_one(done)?;
        self.record(granted, &[(kind.word(), name), (what, other)]).await
    }
}
