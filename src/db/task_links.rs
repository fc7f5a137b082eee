//! Links in mail that lead staff to one task: whose they are, the codes by which their readers show who they are.

use time::{Duration, OffsetDateTime};

use super::{CODE_LASTS, CodeTried, DbError, MOST_CODE_TRIES, MOST_CODES, TaskKind, Tx};
use crate::domain::ids::{EmployerId, PersonId, TaskId};
use crate::policy::Person;

/// Whoever typed a code may go on for so long.
pub const TASK_PASS_LASTS: Duration = Duration::hours(1);

/// A link as it stands, with the task that it leads to.
#[derive(Debug, Clone)]
pub struct TaskLink {
    pub id: i64,
    pub employer: EmployerId,
    pub employer_name: String,
    pub slug: String,
    pub task: TaskId,
    pub kind: TaskKind,
    pub title: String,
    pub due_on: Option<time::Date>,
    pub nation: String,
    /// Whom it was sent to.
    pub person: Person,
    pub expires_at: OffsetDateTime,
    /// Nothing waits there any more.
    pub closed_at: Option<OffsetDateTime>,
    /// Somebody else's by now: who has it.
    pub now_with: Option<String>,
    pub code_sent_at: Option<OffsetDateTime>,
    pass_hash: Option<Vec<u8>>,
    confirmed_at: Option<OffsetDateTime>,
}

impl TaskLink {
    /// Whoever has this cookie typed the code a while ago.
    pub fn is_confirmed(&self, pass: &[u8; 32], now: OffsetDateTime) -> bool {
        let fresh = self.confirmed_at.is_some_and(|at| now - at <= TASK_PASS_LASTS);
        fresh && self.pass_hash.as_deref() == Some(pass.as_slice())
    }
}

impl Tx {
    /// Makes a link for whoever has the task, where the address is theirs and the task is open. Says whether it did.
    pub async fn make_task_link(
        &mut self,
        (slug, task): (&str, TaskId),
        email: &str,
        token_hash: &[u8; 32],
        (now, expires_at): (OffsetDateTime, OffsetDateTime),
    ) -> Result<bool, DbError> {
        let done = sqlx::query!(
            "insert into task_link (employer_id, task_id, membership_id, token_hash, created_at, expires_at)
            select t.employer_id, t.id, m.id, $4, $5, $6 from task t
            join employer e on e.id = t.employer_id and e.slug = $1
            join membership m on m.id = t.assigned_to and m.deactivated_at is null and m.joined_at is not null
            join person p on p.id = m.person_id and p.email = $3 and p.deactivated_at is null
            where t.id = $2 and t.closed_at is null",
            slug,
            task.0,
            email,
            &token_hash[..],
            now,
            expires_at,
        )
        .execute(self.conn())
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// The link with that secret; none for somebody who left.
    pub async fn task_link(&mut self, token_hash: &[u8; 32]) -> Result<Option<TaskLink>, DbError> {
        let row = sqlx::query!(
            r#"select l.id, l.employer_id, e.name as employer_name, e.slug, e.nation, l.task_id, t.kind, v.title, t.due_on,
                p.id as person_id, p.name, p.email, l.expires_at, t.closed_at,
                case when t.assigned_to <> l.membership_id then member_name(t.assigned_to) end as now_with,
                l.code_sent_at, l.pass_hash, l.confirmed_at
            from task_link l
            join employer e on e.id = l.employer_id
            join task t on t.id = l.task_id
            join version v on v.id = t.version_id
            join membership m on m.id = l.membership_id and m.deactivated_at is null
            join person p on p.id = m.person_id and p.deactivated_at is null
            where l.token_hash = $1"#,
            &token_hash[..]
        )
        .fetch_optional(self.conn())
        .await?;
        row.map(|row| {
            let odd = DbError::Inconsistent { table: "task", id: row.task_id, what: "an unknown kind" };
            Ok(TaskLink {
                id: row.id,
                employer: EmployerId(row.employer_id),
                employer_name: row.employer_name,
                slug: row.slug,
                task: TaskId(row.task_id),
                kind: TaskKind::parse(&row.kind).ok_or(odd)?,
                title: row.title,
                due_on: row.due_on,
                nation: row.nation,
                person: Person { id: PersonId(row.person_id), name: row.name, email: row.email },
                expires_at: row.expires_at,
                closed_at: row.closed_at,
                now_with: row.now_with,
                code_sent_at: row.code_sent_at,
                pass_hash: row.pass_hash,
                confirmed_at: row.confirmed_at,
            })
        })
        .transpose()
    }

    /// Keeps a new code; says whether the link may send another.
    pub async fn set_task_code(
        &mut self,
        link: i64,
        code_hash: &[u8; 32],
        now: OffsetDateTime,
    ) -> Result<bool, DbError> {
        let done = sqlx::query!(
            "update task_link set code_hash = $2, code_sent_at = $3, code_tries = 0, codes_sent = codes_sent + 1
            where id = $1 and codes_sent < $4",
            link,
            &code_hash[..],
            now,
            MOST_CODES,
        )
        .execute(self.conn())
        .await?;
        self.note_cause("Somebody asked for the code to a review".to_owned());
        Ok(done.rows_affected() == 1)
    }

    /// Tries a code. Where it is right, whoever has the cookie may decide on that task.
    pub async fn try_task_code(
        &mut self,
        link: i64,
        (code_hash, pass_hash): (&[u8; 32], &[u8; 32]),
        now: OffsetDateTime,
    ) -> Result<CodeTried, DbError> {
        let right = sqlx::query_scalar!(
            r#"with tried as (
                select id, code_hash = $2 as matches from task_link
                where id = $1 and code_hash is not null and code_tries < $5 and code_sent_at > $6 for update)
            update task_link l set code_tries = code_tries + 1,
                code_hash = case when matches then null else l.code_hash end,
                pass_hash = case when matches then $3 else l.pass_hash end,
                confirmed_at = case when matches then $4 else l.confirmed_at end
            from tried where tried.id = l.id returning matches as "right!""#,
            link,
            &code_hash[..],
            &pass_hash[..],
            now,
            MOST_CODE_TRIES,
            now - CODE_LASTS,
        )
        .fetch_optional(self.conn())
        .await?;
        Ok(match right {
            Some(true) => CodeTried::Right,
            Some(false) => CodeTried::Wrong,
            None => CodeTried::Over,
        })
    }
}
