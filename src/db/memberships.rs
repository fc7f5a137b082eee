//! People on an employer's staff, their roles and where those hold.

use serde::Deserialize;
use time::{Date, OffsetDateTime};

use super::error::exactly_one;
use super::leaving::OpenDuty;
use super::{DbError, Tx};
use crate::domain::ids::{EmployerId, MembershipId, PersonId, UnitId};
use crate::domain::worded::worded;
use crate::policy::{Act, Granted, Role, Scope, act};

worded! {
    MemberState {
        Active = "active", "Active";
        Invited = "invited", "Invited";
        Deactivated = "deactivated", "Deactivated";
    }
}

/// A role that somebody holds, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleAt {
    pub role: Role,
    /// None: the whole employer. Otherwise the unit, with its name, and everything below it.
    pub unit: Option<(UnitId, String)>,
}

/// One of an employer's people, as lists show them.
#[derive(Debug, Clone)]
pub struct Member {
    pub id: MembershipId,
    pub person: PersonId,
    pub name: String,
    pub email: String,
    pub state: MemberState,
    pub since: OffsetDateTime,
    pub roles: Vec<RoleAt>,
}

/// What else the page of one person shows.
#[derive(Debug, Clone)]
pub struct MemberDuties {
    /// Names of the units that they manage.
    pub units: Vec<String>,
    /// When the mail server refused their address last, and why.
    pub mail_refused: Option<(OffsetDateTime, String)>,
    /// What waits for them.
    pub tasks: Vec<OpenDuty>,
}

/// Whom to list; empty filters list everybody.
#[derive(Debug, Clone, Default)]
pub struct MemberFilter {
    /// Part of a name or an address.
    pub words: String,
    pub state: Option<MemberState>,
}

#[derive(Deserialize)]
struct RoleRow {
    role: String,
    unit: Option<i64>,
    name: Option<String>,
}

impl Tx {
    /// By name, one page and one more, so that the caller knows whether there is another.
    pub async fn members(
        &mut self,
        scope: &Scope,
        filter: &MemberFilter,
        after: Option<MembershipId>,
        page: i64,
    ) -> Result<Vec<Member>, DbError> {
        let rows = sqlx::query!(
            r#"select m.id, m.person_id, p.name, p.email, m.created_at, s.state as "state!",
                (select json_agg(json_build_object('role', r.role, 'unit', r.unit_id, 'name', u.name) order by r.role, u.name)
                    from membership_role r left join unit u on u.employer_id = r.employer_id and u.id = r.unit_id
                    where r.employer_id = m.employer_id and r.membership_id = m.id) as roles
            from membership m join person p on p.id = m.person_id
            cross join lateral (select case when m.deactivated_at is not null then 'deactivated'
                when m.joined_at is null then 'invited' else 'active' end as state) s
            where m.employer_id = $1
                and ($2 = '' or position(lower($2) in lower(p.name)) > 0 or position(lower($2) in p.email) > 0)
                and ($3::text is null or s.state = $3)
                and ($4::bigint is null or (lower(p.name), m.id) > (
                    select lower(ap.name), am.id from membership am join person ap on ap.id = am.person_id
                    where am.employer_id = $1 and am.id = $4))
            order by lower(p.name), m.id limit $5"#,
            scope.employer().0,
            filter.words,
            filter.state.map(MemberState::word),
            after.map(|member| member.0),
            page + 1,
        )
        .fetch_all(self.conn())
        .await?;
        rows.into_iter()
            .map(|row| {
                Ok(Member {
                    id: MembershipId(row.id),
                    person: PersonId(row.person_id),
                    name: row.name,
                    email: row.email,
                    state: state(row.id, &row.state)?,
                    since: row.created_at,
                    roles: roles(row.id, row.roles)?,
                })
            })
            .collect()
    }

    pub async fn count_members(&mut self, scope: &Scope, filter: &MemberFilter) -> Result<i64, DbError> {
        let count = sqlx::query_scalar!(
            r#"select count(*) as "n!" from membership m join person p on p.id = m.person_id
            where m.employer_id = $1
                and ($2 = '' or position(lower($2) in lower(p.name)) > 0 or position(lower($2) in p.email) > 0)
                and ($3::text is null or $3 = case when m.deactivated_at is not null then 'deactivated'
                    when m.joined_at is null then 'invited' else 'active' end)"#,
            scope.employer().0,
            filter.words,
            filter.state.map(MemberState::word),
        )
        .fetch_one(self.conn())
        .await?;
        Ok(count)
    }

    pub async fn member(&mut self, scope: &Scope, member: MembershipId) -> Result<Option<Member>, DbError> {
        let row = sqlx::query!(
            r#"select m.id, m.person_id, p.name, p.email, m.created_at,
                case when m.deactivated_at is not null then 'deactivated'
                    when m.joined_at is null then 'invited' else 'active' end as "state!",
                (select json_agg(json_build_object('role', r.role, 'unit', r.unit_id, 'name', u.name) order by r.role, u.name)
                    from membership_role r left join unit u on u.employer_id = r.employer_id and u.id = r.unit_id
                    where r.employer_id = m.employer_id and r.membership_id = m.id) as roles
            from membership m join person p on p.id = m.person_id
            where m.employer_id = $1 and m.id = $2"#,
            scope.employer().0,
            member.0,
        )
        .fetch_optional(self.conn())
        .await?;
        row.map(|row| {
            Ok(Member {
                id: MembershipId(row.id),
                person: PersonId(row.person_id),
                name: row.name,
                email: row.email,
                state: state(row.id, &row.state)?,
                since: row.created_at,
                roles: roles(row.id, row.roles)?,
            })
        })
        .transpose()
    }

    pub async fn member_duties(
        &mut self,
        scope: &Scope,
        member: MembershipId,
        today: Date,
    ) -> Result<MemberDuties, DbError> {
        let row = sqlx::query!(
            r#"select coalesce((select array_agg(name order by name) from unit
                    where employer_id = $1 and manager_id = $2), '{}') as "units!",
                (select json_agg(json_build_object('id', t.id, 'kind', t.kind, 'profile', p.id, 'unit', p.unit_id,
                        'number', p.number, 'version', v.number, 'title', v.title, 'advert', t.advert_id,
                        'due_on', t.due_on, 'nation', (select nation from employer where id = $1),
                        'largest', (select b.largest from submission b where b.id = t.submission_id),
                        'fits', exists (select from managers_of_task(t.id) m where m.membership_id = $2),
                        'delegate', (select a.delegate_id from absence a where a.employer_id = $1
                            and a.membership_id = $2 and a.ended_at is null and $3 between a.first_day and a.last_day),
                        'candidates', (select json_agg(json_build_object('id', m.membership_id, 'name', m.name)
                                order by m.name, m.membership_id) from managers_of_task(t.id) m
                            where m.membership_id <> $2 and not exists (select from had_a_hand(t.id) h
                                where h.membership_id = m.membership_id))) order by t.id)
                    from task t join version v on v.id = t.version_id join profile p on p.id = v.profile_id
                    where t.employer_id = $1 and t.assigned_to = $2 and t.closed_at is null) as tasks,
                person.mail_refused_at, person.mail_refused_because
            from membership join person on person.id = membership.person_id
            where membership.employer_id = $1 and membership.id = $2"#,
            scope.employer().0,
            member.0,
            today,
        )
        .fetch_one(self.conn())
        .await?;
        let mail_refused = row.mail_refused_at.map(|at| (at, row.mail_refused_because.unwrap_or_default()));
        Ok(MemberDuties { units: row.units, tasks: OpenDuty::read(scope.employer(), row.tasks)?, mail_refused })
    }

    /// Where that person stands on the employer's staff, if at all.
    pub async fn membership_of(&mut self, scope: &Scope, person: PersonId) -> Result<Option<MembershipId>, DbError> {
        let id = sqlx::query_scalar!(
            "select id from membership where employer_id = $1 and person_id = $2",
            scope.employer().0,
            person.0,
        )
        .fetch_optional(self.conn())
        .await?;
        Ok(id.map(MembershipId))
    }

    /// Id and name of everybody who is or was on the staff, by name.
    pub async fn staff_names(&mut self, scope: &Scope) -> Result<Vec<(PersonId, String)>, DbError> {
        let rows = sqlx::query!(
            "select p.id, p.name from membership m join person p on p.id = m.person_id
            where m.employer_id = $1 order by lower(p.name), p.id",
            scope.employer().0,
        )
        .fetch_all(self.conn())
        .await?;
        Ok(rows.into_iter().map(|row| (PersonId(row.id), row.name)).collect())
    }

    /// Puts a person on the staff with a first role.
    ///
    /// # Errors
    /// [`DbError::Constraint`] `membership_employer_id_person_id_key` where they are on it already.
    pub async fn add_member(
        &mut self,
        granted: &Granted<act::InvitePerson>,
        person: PersonId,
        role: Role,
        unit: Option<UnitId>,
        place: &str,
    ) -> Result<MembershipId, DbError> {
        let employer = granted.id();
        let id = sqlx::query_scalar!(
            "insert into membership (employer_id, person_id, created_at) values ($1, $2, $3) returning id",
            employer.0,
            person.0,
            granted.at(),
        )
        .fetch_one(self.conn())
        .await?;
        let member = MembershipId(id);
        self.insert_role(employer, member, role, unit, granted.at()).await?;
        self.record(granted, &[("role", role.label()), ("for", place)]).await?;
        Ok(member)
    }

    /// Gives a role. Says whether it was new to them.
    pub async fn give_role(
        &mut self,
        granted: &Granted<act::ChangeRoles>,
        role: Role,
        unit: Option<UnitId>,
        place: &str,
    ) -> Result<bool, DbError> {
        let new = self.insert_role(employer_of(granted)?, granted.id(), role, unit, granted.at()).await?;
        if new {
            self.record(granted, &[("gave", role.label()), ("for", place)]).await?;
        }
        Ok(new)
    }

    /// Takes a role away.
    ///
    /// # Errors
    /// [`DbError::Stale`] where they no longer hold it.
    pub async fn take_role(
        &mut self,
        granted: &Granted<act::ChangeRoles>,
        role: Role,
        unit: Option<UnitId>,
        place: &str,
    ) -> Result<(), DbError> {
        let done = sqlx::query!(
            "delete from membership_role where employer_id = $1 and membership_id = $2 and role = $3
                and unit_id is not distinct from $4",
            employer_of(granted)?.0,
            granted.id().0,
            role.word(),
            unit.map(|unit| unit.0),
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)?;
        self.record(granted, &[("took", role.label()), ("for", place)]).await
    }

    /// Deactivates or reactivates; roles stay as they are for the day they come back.
    ///
    /// # Errors
    /// [`DbError::Stale`] where that was done already.
    pub async fn set_member_active(
        &mut self,
        granted: &Granted<act::DeactivateMember>,
        active: bool,
    ) -> Result<(), DbError> {
        let done = sqlx::query!(
            "update membership set deactivated_at = case when $3 then null else $4::timestamptz end
            where employer_id = $1 and id = $2 and (deactivated_at is null) <> $3",
            employer_of(granted)?.0,
            granted.id().0,
            active,
            granted.at(),
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)?;
        self.record(granted, &[("became", if active { "active" } else { "deactivated" })]).await
    }

    /// How many active administrators there are, with the employer locked: of two who take each other's role one waits.
    /// The lock lets foreign keys pass: both have written to the record by then, which points at the employer.
    pub async fn count_admins(&mut self, scope: &Scope) -> Result<i64, DbError> {
        let employer = scope.employer().0;
        sqlx::query_scalar!("select id from employer where id = $1 for no key update", employer)
            .fetch_one(self.conn())
            .await?;
        let count = sqlx::query_scalar!(
            r#"select count(*) as "n!" from membership_role r
            join membership m on m.employer_id = r.employer_id and m.id = r.membership_id and m.deactivated_at is null
                and m.joined_at is not null
            join person p on p.id = m.person_id and p.deactivated_at is null and p.password_hash is not null
            where r.employer_id = $1 and r.role = 'admin'"#,
            employer,
        )
        .fetch_one(self.conn())
        .await?;
        Ok(count)
    }

    /// Says whether it was new.
    async fn insert_role(
        &mut self,
        employer: EmployerId,
        member: MembershipId,
        role: Role,
        unit: Option<UnitId>,
        now: OffsetDateTime,
    ) -> Result<bool, DbError> {
        let done = sqlx::query!(
            "insert into membership_role (employer_id, membership_id, role, unit_id, created_at)
            values ($1, $2, $3, $4, $5) on conflict do nothing",
            employer.0,
            member.0,
            role.word(),
            unit.map(|unit| unit.0),
            now,
        )
        .execute(self.conn())
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Name and address of an active member, for mail about an advert.
    pub async fn member_address(
        &mut self,
        employer: EmployerId,
        member: MembershipId,
    ) -> Result<Option<(String, String)>, DbError> {
        let row = sqlx::query!(
            "select p.name, p.email from membership m join person p on p.id = m.person_id
            where m.employer_id = $1 and m.id = $2 and m.deactivated_at is null and m.joined_at is not null
                and p.deactivated_at is null",
            employer.0,
            member.0,
        )
        .fetch_optional(self.conn())
        .await?;
        Ok(row.map(|row| (row.name, row.email)))
    }
}

/// Acts on a membership are always granted at an employer.
pub(super) fn employer_of<A: Act>(granted: &Granted<A>) -> Result<EmployerId, DbError> {
    granted.subject().employer.ok_or(DbError::Inconsistent {
        table: "membership",
        id: 0,
        what: "an act on a membership without its employer",
    })
}

fn state(id: i64, word: &str) -> Result<MemberState, DbError> {
    MemberState::parse(word).ok_or(DbError::Inconsistent { table: "membership", id, what: "an unknown state" })
}

pub(super) fn roles(id: i64, value: Option<serde_json::Value>) -> Result<Vec<RoleAt>, DbError> {
    let unreadable = || DbError::Inconsistent { table: "membership_role", id, what: "unreadable roles" };
    let rows: Vec<RoleRow> = value.map_or_else(|| Ok(Vec::new()), serde_json::from_value).map_err(|_| unreadable())?;
    rows.into_iter()
        .map(|row| {
            let role = Role::parse(&row.role).ok_or_else(unreadable)?;
            Ok(RoleAt { role, unit: row.unit.map(UnitId).zip(row.name) })
        })
        .collect()
}
