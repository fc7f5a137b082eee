//! Who is at the door: sessions, and the actor behind one.

use std::collections::BTreeSet;

use serde::Deserialize;
use time::{Duration, OffsetDateTime};

use super::error::exactly_one;
use super::{Database, DbError, TASK_PASS_LASTS, Tx};
use crate::domain::ids::{EmployerId, MembershipId, PersonId, TaskId, UnitId};
use crate::policy::{Covers, Held, Person, Role, Staff, Via};

/// A session ends after this long without a request.
pub const IDLE: Duration = Duration::hours(2);
/// A session ends this long after sign-in, whatever happened since.
pub const ABSOLUTE: Duration = Duration::hours(12);

/// How seldom a session's last request is written down: until then it counts as the one before.
const SEEN_EVERY: Duration = Duration::minutes(1);

/// A person with a live session, and their place at the employer whose page they asked for.
#[derive(Debug, Clone)]
pub struct Visitor {
    pub person: Person,
    pub staff: Option<StaffVisit>,
    /// Slugs and names of the employers at which they hold a role: without one every staff page is closed to them.
    pub employers: Vec<EmployerHead>,
    /// When the session ends if nothing more is asked for.
    pub ends_at: OffsetDateTime,
    /// Asking for more does not extend it.
    pub ends_for_good: bool,
    /// A link in mail let them in: to this task, and to nothing else.
    pub only: Option<TaskId>,
}

#[derive(Debug, Clone)]
pub struct StaffVisit {
    pub staff: Staff,
    pub employer: EmployerHead,
    /// Open tasks that are theirs.
    pub tasks: i64,
}

#[derive(Debug, Clone, Deserialize, PartialEq, Eq)]
pub struct EmployerHead {
    pub slug: String,
    pub name: String,
}

#[derive(Deserialize)]
struct RoleRow {
    role: String,
    units: Option<Vec<i64>>,
}

impl Database {
    /// The person whose session has this token, live at `now`. One statement, so that a page costs little.
    pub async fn visitor(
        &self,
        token_hash: &[u8],
        employer_slug: Option<&str>,
        now: OffsetDateTime,
        attended: bool,
    ) -> Result<Option<Visitor>, DbError> {
        self.visitor_at((token_hash, employer_slug, None), now, attended).await
    }

    /// The person whose cookie says that they typed the code of a link to that task, while the task is theirs.
    pub async fn visitor_by_link(
        &self,
        pass_hash: &[u8],
        employer_slug: &str,
        task: TaskId,
        now: OffsetDateTime,
    ) -> Result<Option<Visitor>, DbError> {
        self.visitor_at((pass_hash, Some(employer_slug), Some(task)), now, false).await
    }

    async fn visitor_at(
        &self,
        (token_hash, employer_slug, only): (&[u8], Option<&str>, Option<TaskId>),
        now: OffsetDateTime,
        attended: bool,
    ) -> Result<Option<Visitor>, DbError> {
        let row = sqlx::query!(
            r#"with seen as (
                update session set last_seen_at = $2
                where $6 and token_hash = $1 and last_seen_at < $2::timestamptz - interval '1 minute' and last_seen_at > $4 and created_at > $5
            )
            select p.id as person_id, p.name, p.email, s.created_at as "session_began!",
                e.id as "employer_id?", e.slug as "slug?", e.name as "employer_name?", m.id as "membership_id?",
                (select count(*) from task t
                    where t.employer_id = m.employer_id and t.assigned_to = m.id and t.closed_at is null) as "tasks!",
                (select json_agg(json_build_object('role', r.role, 'units', case when r.unit_id is not null then
                    (with recursive below as (
                        select r.unit_id as id
                        union select u.id from unit u join below b on u.employer_id = r.employer_id and u.parent_id = b.id
                    ) select json_agg(id) from below) end))
                    from membership_role r where r.employer_id = m.employer_id and r.membership_id = m.id) as roles,
                (select json_agg(json_build_object('slug', oe.slug, 'name', oe.name) order by oe.name)
                    from membership om join employer oe on oe.id = om.employer_id
                    where om.person_id = p.id and om.deactivated_at is null and om.joined_at is not null
                        and exists (select from membership_role mr
                            where mr.employer_id = om.employer_id and mr.membership_id = om.id)) as employers
            from (
                select person_id, created_at from session
                where $7::bigint is null and token_hash = $1 and last_seen_at > $4 and created_at > $5
                union all
                select m.person_id, l.confirmed_at from task_link l
                join task t on t.id = l.task_id and t.assigned_to = l.membership_id
                join membership m on m.id = l.membership_id
                join employer e on e.id = l.employer_id and e.slug = $3
                where l.task_id = $7 and l.pass_hash = $1 and l.confirmed_at > $8) s
            join person p on p.id = s.person_id and p.deactivated_at is null
            left join employer e on e.slug = $3
            left join membership m on m.employer_id = e.id and m.person_id = p.id and m.deactivated_at is null
                and m.joined_at is not null"#,
            token_hash,
            now,
            employer_slug,
            now - IDLE,
            now - ABSOLUTE,
            attended,
            only.map(|task| task.0),
            now - TASK_PASS_LASTS,
        )
        .fetch_optional(self.pool())
        .await?;
        let Some(row) = row else { return Ok(None) };
        let person = Person { id: PersonId(row.person_id), name: row.name, email: row.email };
        let employers = read_json(row.employers)?.unwrap_or_default();
        let staff = match (row.employer_id, row.slug, row.employer_name, row.membership_id) {
            (Some(employer), Some(slug), Some(name), Some(membership)) => Some(StaffVisit {
                staff: Staff {
                    person: person.clone(),
                    employer: EmployerId(employer),
                    membership: MembershipId(membership),
                    held: held(read_json(row.roles)?.unwrap_or_default()),
                    via: Via::Web,
                },
                employer: EmployerHead { slug, name },
                tasks: row.tasks,
            }),
            _ => None,
        };
        let (idle, absolute) = (now + IDLE - SEEN_EVERY, row.session_began + ABSOLUTE);
        Ok(Some(Visitor {
            person,
            staff,
            employers,
            ends_at: idle.min(absolute),
            ends_for_good: absolute <= idle,
            only,
        }))
    }
}

impl Tx {
    /// The same person as [`Database::visitor`] makes of a session, for the command line and the demonstration.
    ///
    /// # Errors
    /// None where the person is no active member of that employer.
    pub async fn staff_by_email(
        &mut self,
        employer: EmployerId,
        email: &str,
        via: Via,
    ) -> Result<Option<Staff>, DbError> {
        let row = sqlx::query!(
            r#"select p.id as person_id, p.name, p.email, m.id as membership_id,
                (select json_agg(json_build_object('role', r.role, 'units', case when r.unit_id is not null then
                    (with recursive below as (
                        select r.unit_id as id
                        union select u.id from unit u join below b on u.employer_id = r.employer_id and u.parent_id = b.id
                    ) select json_agg(id) from below) end))
                    from membership_role r where r.employer_id = m.employer_id and r.membership_id = m.id) as roles
            from person p
            join membership m on m.person_id = p.id and m.employer_id = $1 and m.deactivated_at is null
            where p.email = $2 and p.deactivated_at is null"#,
            employer.0,
            email,
        )
        .fetch_optional(self.conn())
        .await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(Staff {
            person: Person { id: PersonId(row.person_id), name: row.name, email: row.email },
            employer,
            membership: MembershipId(row.membership_id),
            held: held(read_json(row.roles)?.unwrap_or_default()),
            via,
        }))
    }

    /// Opens a session for somebody whose password was proved against that hash.
    ///
    /// # Errors
    /// [`DbError::Stale`] where the password was changed, or the person deactivated, since: a reset ends every session, and
    /// one that is late must not outlive it.
    pub async fn open_session(
        &mut self,
        person: PersonId,
        password_hash: &str,
        token_hash: &[u8],
        now: OffsetDateTime,
    ) -> Result<(), DbError> {
        let done = sqlx::query!(
            "insert into session (token_hash, person_id, created_at, last_seen_at)
            select $1, id, $4, $4 from person
            where id = $2 and password_hash = $3 and deactivated_at is null for share",
            token_hash,
            person.0,
            password_hash,
            now,
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)
    }

    /// Signing out twice is no error.
    pub async fn close_session(&mut self, token_hash: &[u8]) -> Result<(), DbError> {
        sqlx::query!("delete from session where token_hash = $1", token_hash).execute(self.conn()).await?;
        Ok(())
    }

    /// Signs a person out everywhere, and ends what links in mail let them do: after a new password, a changed role or a deactivation.
    pub async fn close_sessions_of(&mut self, person: PersonId) -> Result<(), DbError> {
        sqlx::query!(
            "with passes as (
                update task_link l set pass_hash = null from membership m
                where m.person_id = $1 and l.employer_id = m.employer_id and l.membership_id = m.id
                    and l.pass_hash is not null)
            delete from session where person_id = $1",
            person.0
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }
}

fn read_json<T: serde::de::DeserializeOwned>(value: Option<serde_json::Value>) -> Result<Option<T>, DbError> {
    value.map(serde_json::from_value).transpose().map_err(|_| DbError::Inconsistent {
        table: "membership_role",
        id: 0,
        what: "unreadable roles",
    })
}

fn held(rows: Vec<RoleRow>) -> Vec<Held> {
    rows.into_iter()
        .filter_map(|row| {
            let role = Role::parse(&row.role)?;
            let covers = match row.units {
                None => Covers::Employer,
                Some(units) => Covers::Units(units.into_iter().map(UnitId).collect::<BTreeSet<_>>()),
            };
            Some(Held { role, covers })
        })
        .collect()
}
