//! An employer's library of standard clauses: what is kept of each, and where it is used. Their texts are in
//! `clause_editions`, what a draft takes from them in `clause_choice`.

use sqlx::postgres::PgQueryResult;
use time::{Date, OffsetDateTime};

use super::error::exactly_one;
use super::{DbError, Tx};
use crate::domain::clause::{ClauseEntry, When};
use crate::domain::ids::{ClauseId, EmployerId, MembershipId};
use crate::domain::version::StateName;
use crate::policy::{Act, Granted, Scope, Subject, act};
use crate::reference::clauses::StarterClause;

/// What is kept of a clause beside its texts.
#[derive(Debug, Clone)]
pub struct ClauseHead {
    pub id: ClauseId,
    pub entry: ClauseEntry,
    /// Empty where nobody looks after it.
    pub owner: String,
    pub retired: bool,
    pub revision: i32,
    /// Whose words it holds, where it came from another employer.
    pub shared: Option<SharedBy>,
}

/// Another employer whose words a clause holds.
#[derive(Debug, Clone)]
pub struct SharedBy {
    pub by: String,
    /// When that employer stopped letting them be used; none: they are that employer's still.
    pub until: Option<OffsetDateTime>,
}

impl ClauseHead {
    /// The employer whose words these are now; none for the employer's own, and where the other let go of them.
    pub fn words_of(&self) -> Option<&str> {
        self.shared.as_ref().filter(|shared| shared.until.is_none()).map(|shared| shared.by.as_str())
    }

    pub fn subject<Id>(&self, id: Id, employer: EmployerId) -> Subject<Id> {
        let name = format!("Clause “{}”", self.entry.name);
        Subject { id, employer: Some(employer), unit: None, person: None, profile: None, name }
    }
}

/// A clause of the list.
#[derive(Debug, Clone)]
pub struct ClauseRow {
    pub head: ClauseHead,
    /// The edition of the day, its heading and text, and its last day.
    pub edition: Option<(i32, String, String)>,
    pub expires_on: Option<Date>,
    /// An edition waits for its approval.
    pub proposed: bool,
    /// Profiles in use that hold it, in force or open.
    pub profiles: i64,
}

/// A version in force or open that holds a clause.
#[derive(Debug, Clone)]
pub struct UseRow {
    pub profile: i32,
    pub title: String,
    pub version: i32,
    pub state: StateName,
    pub edition: i32,
    pub reason: String,
}

impl Tx {
    /// The whole library by name, with the editions of that day.
    pub async fn clauses(&mut self, scope: &Scope, today: Date) -> Result<Vec<ClauseRow>, DbError> {
        self.clause_rows(scope, None, today).await
    }

    pub async fn clause(&mut self, scope: &Scope, id: ClauseId) -> Result<Option<ClauseHead>, DbError> {
        Ok(self.clause_rows(scope, Some(id), Date::MAX).await?.pop().map(|row| row.head))
    }

    async fn clause_rows(
        &mut self,
        scope: &Scope,
        one: Option<ClauseId>,
        today: Date,
    ) -> Result<Vec<ClauseRow>, DbError> {
        let rows = sqlx::query!(
            r#"select c.id, c.name, c.owner_id, coalesce(member_name(c.owner_id), '') as "owner!", c.legal_basis,
                c.placed_when, c.review_on, c.retired_at is not null as "retired!", c.revision,
                shared.name as "giver?", shared.ended_at as "shared_until?",
                day.number as "number?", day.heading as "heading?", day.text as "text?", day.expires_on as "expires_on?",
                exists (select from clause_edition e where e.employer_id = c.employer_id and e.clause_id = c.id
                    and e.approved_at is null and e.refused_at is null) as "proposed!",
                case when $3::bigint is null then (select count(distinct v.profile_id) from clause_use u
                    join version v on v.id = u.version_id join profile p on p.id = v.profile_id
                    where u.employer_id = c.employer_id and u.clause_id = c.id and p.retired_at is null
                        and v.state in ('draft', 'in_review', 'changes_requested', 'approved', 'issued')) else 0 end as "profiles!"
            from clause c left join lateral clause_of_day(c.employer_id, c.id, $2) day on $3::bigint is null
            left join lateral clause_shared_by(c.employer_id, c.id) shared on c.shared_grant_id is not null
            where c.employer_id = $1 and ($3::bigint is null or c.id = $3) order by c.retired_at is not null, lower(c.name)"#,
            scope.employer().0,
            today,
            one.map(|id| id.0),
        )
        .fetch_all(self.conn())
        .await?;
        let made = rows.into_iter().map(|row| ClauseRow {
            head: ClauseHead {
                id: ClauseId(row.id),
                entry: ClauseEntry {
                    name: row.name,
                    owner: row.owner_id.map(MembershipId),
                    legal_basis: row.legal_basis,
                    when: row.placed_when.iter().filter_map(|word| When::parse(word)).collect(),
                    review_on: row.review_on,
                },
                owner: row.owner,
                retired: row.retired,
                revision: row.revision,
                shared: row.giver.map(|by| SharedBy { by, until: row.shared_until }),
            },
            edition: row.number.zip(row.heading).zip(row.text).map(|((number, heading), text)| (number, heading, text)),
            expires_on: row.expires_on,
            proposed: row.proposed,
            profiles: row.profiles,
        });
        Ok(made.collect())
    }

    /// Where the clause stands, in force or open, `most` at the most.
    pub async fn clause_uses(&mut self, scope: &Scope, id: ClauseId, most: i64) -> Result<Vec<UseRow>, DbError> {
        let rows = sqlx::query!(
            "select p.number as profile, v.title, v.number, v.state, u.edition, u.reason
            from clause_use u join version v on v.id = u.version_id join profile p on p.id = v.profile_id
            where u.employer_id = $1 and u.clause_id = $2 and p.retired_at is null
                and v.state in ('draft', 'in_review', 'changes_requested', 'approved', 'issued')
                and ($3 or p.unit_id = any($4))
            order by p.number, v.number limit $5",
            scope.employer().0,
            id.0,
            scope.whole(),
            scope.units(),
            most,
        )
        .fetch_all(self.conn())
        .await?;
        let made = rows.into_iter().filter_map(|row| {
            Some(UseRow {
                profile: row.profile,
                title: row.title,
                version: row.number,
                state: StateName::parse(&row.state)?,
                edition: row.edition?,
                reason: row.reason,
            })
        });
        Ok(made.collect())
    }

    /// Who may look after a clause: authors and administrators at work here, by name.
    pub async fn clause_keepers(&mut self, scope: &Scope) -> Result<Vec<(MembershipId, String)>, DbError> {
        let rows = sqlx::query!(
            r#"select m.id, p.name from membership m join person p on p.id = m.person_id
            where m.employer_id = $1 and m.joined_at is not null and m.deactivated_at is null
                and exists (select from membership_role r where r.membership_id = m.id and r.role in ('author', 'admin'))
            order by lower(p.name), m.id"#,
            scope.employer().0,
        )
        .fetch_all(self.conn())
        .await?;
        Ok(rows.into_iter().map(|row| (MembershipId(row.id), row.name)).collect())
    }

    /// Who hears of a proposed text: the administrators at work here, and whoever looks after the clause.
    pub async fn clause_deciders(&mut self, scope: &Scope, clause: ClauseId) -> Result<Vec<MembershipId>, DbError> {
        let ids = sqlx::query_scalar!(
            "select m.id from membership m
            where m.employer_id = $1 and m.joined_at is not null and m.deactivated_at is null
                and (exists (select from membership_role r where r.membership_id = m.id and r.role = 'admin')
                    or m.id = (select owner_id from clause where employer_id = $1 and id = $2))
            order by m.id",
            scope.employer().0,
            clause.0,
        )
        .fetch_all(self.conn())
        .await?;
        Ok(ids.into_iter().map(MembershipId).collect())
    }

    /// # Errors
    /// [`DbError::Constraint`] `clause_name` where another clause has that name.
    pub async fn add_clause(
        &mut self,
        granted: &Granted<act::ChangeClauses>,
        entry: &ClauseEntry,
    ) -> Result<ClauseId, DbError> {
        let when: Vec<String> = entry.when.iter().map(|when| when.word().to_owned()).collect();
        let id = sqlx::query_scalar!(
            "insert into clause (employer_id, name, owner_id, legal_basis, placed_when, review_on, changed_at)
            values ($1, $2, $3, $4, $5, $6, $7) returning id",
            granted.id().0,
            entry.name,
            entry.owner.map(|owner| owner.0),
            entry.legal_basis,
            &when,
            entry.review_on,
            granted.at(),
        )
        .fetch_one(self.conn())
        .await?;
        self.record(granted, &[("added", &entry.name)]).await?;
        Ok(ClauseId(id))
    }

    /// # Errors
    /// [`DbError::Stale`] where somebody else changed it since, or its name and basis are another employer's;
    /// [`DbError::Constraint`] as when adding.
    pub async fn change_clause(
        &mut self,
        granted: &Granted<act::ChangeClauses>,
        (id, revision): (ClauseId, i32),
        entry: &ClauseEntry,
    ) -> Result<(), DbError> {
        let when: Vec<String> = entry.when.iter().map(|when| when.word().to_owned()).collect();
        let done = sqlx::query!(
            "update clause set name = $4, owner_id = $5, legal_basis = $6, placed_when = $7, review_on = $8,
                revision = revision + 1, changed_at = $9
            where employer_id = $1 and id = $2 and revision = $3
                and ((name, legal_basis) = ($4, $6)
                    or not exists (select from clause_shared_by($1, $2) s where s.ended_at is null))",
            granted.id().0,
            id.0,
            revision,
            entry.name,
            entry.owner.map(|owner| owner.0),
            entry.legal_basis,
            &when,
            entry.review_on,
            granted.at(),
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)?;
        self.record(granted, &[("name", &entry.name), ("legal basis", &entry.legal_basis)]).await
    }

    /// Takes a clause out of the library, or back into it. Versions keep its text; drafts are told.
    ///
    /// # Errors
    /// [`DbError::Stale`] where it stands so already.
    pub async fn retire_clause(
        &mut self,
        granted: &Granted<act::ChangeClauses>,
        id: ClauseId,
        retire: bool,
    ) -> Result<(), DbError> {
        let done = sqlx::query!(
            "update clause set retired_at = case when $3 then $4::timestamptz end, retired_by = case when $3 then $5::bigint end,
                revision = revision + 1, changed_at = $4
            where employer_id = $1 and id = $2 and (retired_at is null) = $3",
            granted.id().0,
            id.0,
            retire,
            granted.at(),
            granted.membership().ok_or(DbError::Stale)?.0,
        )
        .execute(self.conn())
        .await?;
        self.taken_out(granted, &done, retire).await
    }

    /// One thing of the library was taken out of use or back into it, and the trail says so.
    pub(super) async fn taken_out<A: Act>(
        &mut self,
        granted: &Granted<A>,
        done: &PgQueryResult,
        out: bool,
    ) -> Result<(), DbError> {
        exactly_one(done)?;
        self.record(granted, &[(if out { "taken out" } else { "taken back in" }, "yes")]).await
    }

    /// Fills the library of a new employer. Nobody of the employer has approved these texts, and they say so.
    pub async fn add_starter_clauses(
        &mut self,
        (employer, owner): (EmployerId, Option<MembershipId>),
        clauses: &[StarterClause],
        (at, today, review_on): (OffsetDateTime, Date, Date),
    ) -> Result<(), DbError> {
        let rows: Vec<serde_json::Value> = clauses
            .iter()
            .map(|clause| {
                let when: Vec<&str> = clause.when().iter().map(|when| when.word()).collect();
                serde_json::json!({"key": clause.key, "name": clause.name, "legal_basis": clause.legal_basis,
                    "when": when, "text": clause.text})
            })
            .collect();
        sqlx::query!(
            r#"with made as (
                insert into clause (employer_id, starter_key, name, owner_id, legal_basis, placed_when, review_on, changed_at)
                select $1, r.key, r.name, $5, r.legal_basis, r."when", $6, $3
                from jsonb_to_recordset($2) as r (key text, name text, legal_basis text, "when" text[])
                returning id, starter_key)
            insert into clause_edition (employer_id, clause_id, number, heading, text, effective_from, starter, proposed_at, approved_at)
            select $1, made.id, 1, r.name, r.text, $4, true, $3, $3
            from jsonb_to_recordset($2) as r (key text, name text, text text) join made on made.starter_key = r.key"#,
            employer.0,
            serde_json::Value::Array(rows),
            at,
            today,
            owner.map(|owner| owner.0),
            review_on,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }
}
