//! Beginnings: a new profile with its first version, and the next draft of one.

use super::error::exactly_one;
use super::{DbError, Tx, Version};
use crate::domain::content::Content;
use crate::domain::details::Details;
use crate::domain::ids::{EmployerId, ProfileId, UnitId, VersionId};
use crate::domain::pay::Area;
use crate::policy::{Act, Granted, Scope, act};

/// What a new profile starts from.
#[derive(Debug, Clone)]
pub struct Origin {
    pub details: Details,
    pub content: Content,
    pub post_numbers: String,
    /// A key of the form that asked for it: of two clicks the second finds what the first made.
    pub form_key: Option<String>,
}

/// What belongs to a profile rather than to a version.
#[derive(Debug, Clone, Copy)]
pub struct ProfileChange<'a> {
    pub owner: crate::domain::ids::MembershipId,
    pub unit: crate::domain::ids::UnitId,
    pub post_numbers: &'a str,
    pub review_date: Option<time::Date>,
}

/// A profile that has just come to be.
#[derive(Debug, Clone, Copy)]
pub struct Begun {
    pub profile: ProfileId,
    pub profile_number: i32,
    pub version: VersionId,
}

impl Tx {
    /// Makes a profile in the unit of the permission, owned by the actor, with a first draft.
    ///
    /// # Errors
    /// [`DbError::Constraint`] `profile_form_key` where the same form made one already.
    pub async fn create_profile(
        &mut self,
        granted: &Granted<act::CreateProfile>,
        origin: &Origin,
    ) -> Result<Begun, DbError> {
        let employer = granted.subject().employer.ok_or(DbError::Stale)?;
        let owner = granted.membership().ok_or(DbError::Stale)?;
        let number = sqlx::query_scalar!(
            r#"update employer set next_profile_number = next_profile_number + 1 where id = $1
            returning next_profile_number - 1 as "number!""#,
            employer.0
        )
        .fetch_one(self.conn())
        .await?;
        let profile = sqlx::query_scalar!(
            "insert into profile (employer_id, number, unit_id, owner_id, post_numbers, form_key, created_at)
            values ($1, $2, $3, $4, $5, $6, $7) returning id",
            employer.0,
            number,
            granted.id().0,
            owner.0,
            origin.post_numbers,
            origin.form_key,
            granted.at(),
        )
        .fetch_one(self.conn())
        .await?;
        let profile = ProfileId(profile);
        let version = self.add_version(granted, employer, profile, 1, None, &origin.details).await?;
        self.write_content(employer, version, &origin.content).await?;
        // Who starts a profile has written in it, and so does not approve it.
        self.log_beginning(granted, employer, version).await?;
        self.record(
            granted,
            &[("title", &origin.details.title), ("reference", &crate::domain::text::profile_reference(number))],
        )
        .await?;
        Ok(Begun { profile, profile_number: number, version })
    }

    async fn log_beginning(
        &mut self,
        granted: &Granted<act::CreateProfile>,
        employer: EmployerId,
        version: VersionId,
    ) -> Result<(), DbError> {
        sqlx::query!(
            "insert into content_edit (employer_id, version_id, action, edited_by, created_at) values ($1, $2, 'add', $3, $4)",
            employer.0,
            version.0,
            granted.membership().ok_or(DbError::Stale)?.0,
            granted.at(),
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// The profile that a form made, if it did.
    pub async fn profile_of_form(&mut self, employer: EmployerId, form_key: &str) -> Result<Option<i32>, DbError> {
        Ok(sqlx::query_scalar!(
            "select number from profile where employer_id = $1 and form_key = $2",
            employer.0,
            form_key
        )
        .fetch_optional(self.conn())
        .await?)
    }

    /// Starts the next draft with the content of `from`, every item keeping its identity.
    ///
    /// # Errors
    /// [`DbError::Constraint`] `version_one_open` where the profile has an open version already.
    pub async fn start_draft(&mut self, granted: &Granted<act::StartDraft>, from: &Version) -> Result<i32, DbError> {
        self.keep_profile(from.profile.id, from.profile.unit).await?;
        let number = self.next_version_number(from).await?;
        let version =
            self.add_version(granted, from.employer, from.profile.id, number, Some(from.id), &from.details).await?;
        self.copy_content(from.id, version).await?;
        self.carry_template(&[version.0]).await?;
        self.record(granted, &[("from", &from.name())]).await?;
        Ok(number)
    }

    /// Holds the profile still until the end of the transaction, for an act that ends it or moves it: whoever begins
    /// something on it meanwhile waits, and looks again.
    pub async fn hold_profile(&mut self, scope: &Scope, number: i32) -> Result<(), DbError> {
        sqlx::query!(
            "select id from profile where employer_id = $1 and number = $2 for no key update",
            scope.employer().0,
            number,
        )
        .fetch_optional(self.conn())
        .await?;
        Ok(())
    }

    /// Keeps the profile from being archived or moved until what is begun on it is committed.
    ///
    /// # Errors
    /// [`DbError::Stale`] where it was archived or moved since it was loaded.
    pub(super) async fn keep_profile(&mut self, profile: ProfileId, unit: UnitId) -> Result<(), DbError> {
        let kept = sqlx::query_scalar!(
            "select id from profile where id = $1 and unit_id = $2 and retired_at is null for share",
            profile.0,
            unit.0,
        )
        .fetch_optional(self.conn())
        .await?;
        kept.map(|_| ()).ok_or(DbError::Stale)
    }

    /// Starts the next draft of a profile with other content: a document that came back from Word.
    pub async fn start_draft_with(
        &mut self,
        granted: &Granted<act::StartDraft>,
        from: &Version,
        details: &Details,
        content: &Content,
    ) -> Result<(i32, VersionId), DbError> {
        self.keep_profile(from.profile.id, from.profile.unit).await?;
        let number = self.next_version_number(from).await?;
        let version = self.add_version(granted, from.employer, from.profile.id, number, Some(from.id), details).await?;
        self.write_content(from.employer, version, content).await?;
        self.record(granted, &[("from", &from.name())]).await?;
        Ok((number, version))
    }

    async fn next_version_number(&mut self, from: &Version) -> Result<i32, DbError> {
        Ok(sqlx::query_scalar!(
            r#"select max(number) + 1 as "number!" from version where profile_id = $1"#,
            from.profile.id.0
        )
        .fetch_one(self.conn())
        .await?)
    }

    async fn add_version<A: Act>(
        &mut self,
        granted: &Granted<A>,
        employer: EmployerId,
        profile: ProfileId,
        number: i32,
        base: Option<VersionId>,
        details: &Details,
    ) -> Result<VersionId, DbError> {
        let id = sqlx::query_scalar!(
            "insert into version (employer_id, profile_id, number, base_id, state, created_by, created_at, title,
                grade_from_id, grade_to_id, grade_basis, grade_basis_reference, grade_basis_date, salary_text, hours,
                contract, working_pattern, location, directorate, service, reports_to, responsible_for, salary_reason, pay_area)
            values ($1, $2, $3, $4, 'draft', $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)
            returning id",
            employer.0,
            profile.0,
            number,
            base.map(|base| base.0),
            granted.membership().ok_or(DbError::Stale)?.0,
            granted.at(),
            details.title,
            details.grade_from.map(|grade| grade.0),
            details.grade_to.map(|grade| grade.0),
            details.grade_basis.map(|basis| basis.word()),
            details.grade_basis_reference,
            details.grade_basis_date,
            details.salary_text,
            details.hours,
            details.contract,
            details.working_pattern,
            details.location,
            details.directorate,
            details.service,
            details.reports_to,
            details.responsible_for,
            details.salary_reason,
            details.pay_area.map(Area::word),
        )
        .fetch_one(self.conn())
        .await?;
        Ok(VersionId(id))
    }

    /// Copies every row, in one statement; foreign keys are looked at when it ends.
    async fn copy_content(&mut self, from: VersionId, to: VersionId) -> Result<(), DbError> {
        self.copy_contents(&[from.0], &[to.0]).await
    }

    /// The same for several versions: the content of each in `from` goes to the one at its place in `to`.
    pub(super) async fn copy_contents(&mut self, from: &[i64], to: &[i64]) -> Result<(), DbError> {
        sqlx::query!(
            "with p as materialized (select * from unnest($1::bigint[], $2::bigint[]) as p (was, now)),
            s as (insert into section (employer_id, version_id, section_id, position, kind, heading, slot, kept)
                select employer_id, p.now, section_id, position, kind, heading, slot, kept
                from p join section on version_id = p.was),
            i as (insert into item (employer_id, version_id, item_id, section_id, parent_id, position, kind, number, text, sure)
                select employer_id, p.now, item_id, section_id, parent_id, position, kind, number, text, sure
                from p join item on version_id = p.was),
            c as (insert into criterion (employer_id, version_id, item_id, importance, subheading)
                select employer_id, p.now, item_id, importance, subheading from p join criterion on version_id = p.was),
            a as (insert into criterion_assessment (employer_id, version_id, item_id, method)
                select employer_id, p.now, item_id, method from p join criterion_assessment on version_id = p.was),
            d as (insert into demand (employer_id, version_id, item_id, present, frequency, examples)
                select employer_id, p.now, item_id, present, frequency, examples from p join demand on version_id = p.was),
            f as (insert into factor_level (employer_id, version_id, item_id, factor, level)
                select employer_id, p.now, item_id, factor, level from p join factor_level on version_id = p.was),
            t as (insert into term (employer_id, version_id, item_id, label)
                select employer_id, p.now, item_id, label from p join term on version_id = p.was),
            w as (insert into duty_work (employer_id, version_id, item_id, frequency, share, systems)
                select employer_id, p.now, item_id, frequency, share, systems from p join duty_work on version_id = p.was),
            q as (insert into post_answers (employer_id, version_id, yes, answered_by, answered_at)
                select employer_id, p.now, yes, answered_by, answered_at from p join post_answers on version_id = p.was)
            insert into clause_use (employer_id, version_id, item_id, heading, clause_id, edition, reason)
                select employer_id, p.now, item_id, heading, clause_id, edition, reason
                from p join clause_use on version_id = p.was",
            from,
            to,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Hands a profile on, moves it, or sets its review date. `facts` are what the record says of it.
    pub async fn change_profile(
        &mut self,
        granted: &Granted<act::ChangeProfile>,
        change: &ProfileChange<'_>,
        facts: &[(&str, &str)],
    ) -> Result<(), DbError> {
        let done = sqlx::query!(
            "update profile set owner_id = $2, unit_id = $3, post_numbers = $4, review_date = $5 where id = $1",
            granted.id().0,
            change.owner.0,
            change.unit.0,
            change.post_numbers,
            change.review_date,
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)?;
        self.record(granted, facts).await
    }

    /// Takes a profile out of use; its versions keep their states.
    ///
    /// # Errors
    /// [`DbError::Stale`] where it is retired already.
    pub async fn retire_profile(&mut self, granted: &Granted<act::RetireProfile>, reason: &str) -> Result<(), DbError> {
        let done = sqlx::query!(
            "update profile set retired_at = $2, retired_by = $3, retired_reason = $4 where id = $1 and retired_at is null",
            granted.id().0,
            granted.at(),
            granted.membership().ok_or(DbError::Stale)?.0,
            reason,
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)?;
        self.record(granted, &[("reason", reason)]).await
    }
}

impl Tx {
    /// Whether an advert of any of the profile's versions is published and not yet closed.
    pub async fn has_open_advert(&mut self, profile: ProfileId, now: time::OffsetDateTime) -> Result<bool, DbError> {
        Ok(sqlx::query_scalar!(
            r#"select exists (select from advert a join version v on v.id = a.version_id
                where v.profile_id = $1 and a.state = 'published' and a.closes_at > $2) as "open!""#,
            profile.0,
            now,
        )
        .fetch_one(self.conn())
        .await?)
    }
}
