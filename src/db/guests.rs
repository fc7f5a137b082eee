//! Guests: links for people without an account, the codes by which they show who they are, and what they decide.

use time::{Duration, OffsetDateTime};

use super::error::exactly_one;
use super::review_settings::nation_of;
use super::{Answer, DbError, Said, Tx, Version};
use crate::domain::ids::{EmployerId, MembershipId, VersionId};
use crate::domain::route::{StepId, StepKind};
use crate::domain::version::State;
use crate::domain::working_days::Nation;
use crate::policy::{Granted, Scope, act};

/// A code is taken for so long after it was sent.
pub const CODE_LASTS: Duration = Duration::minutes(15);
/// Tries at one code.
pub const MOST_CODE_TRIES: i32 = 5;
/// Codes that one link sends.
pub const MOST_CODES: i32 = 10;
/// Whoever typed a code may go on for so long.
pub const PASS_LASTS: Duration = Duration::hours(4);

/// A step that waits for a guest who has no link yet.
#[derive(Debug, Clone)]
pub struct WaitingGuest {
    pub step: StepId,
    pub kind: StepKind,
    pub name: String,
    pub email: String,
    /// Working days from the first time that they were asked.
    pub days: u32,
    /// None where that is now.
    pub asked_at: Option<OffsetDateTime>,
    /// What its author says of it, and the largest changes, each in a line.
    pub note: String,
    pub largest: Vec<String>,
    pub nation: Nation,
}

/// A link as it stands, with the step that it leads to.
#[derive(Debug, Clone)]
pub struct GuestLink {
    pub id: i64,
    pub employer: EmployerId,
    pub employer_name: String,
    pub slug: String,
    pub step: StepId,
    pub kind: StepKind,
    pub version: VersionId,
    pub submission_number: i32,
    pub fingerprint: String,
    /// What the step asks plainly, and the section that it is about.
    pub questions: Vec<String>,
    pub section: String,
    pub name: String,
    pub email: String,
    /// Working days from `opened_at`, by that calendar.
    pub days: u32,
    pub opened_at: Option<OffsetDateTime>,
    pub nation: Nation,
    pub expires_at: OffsetDateTime,
    pub revoked: bool,
    /// The step is over, or the review is.
    pub ended: bool,
    /// Who sent the version: a guest sees what that person may.
    pub submitter: MembershipId,
    pub submitter_name: String,
    pub code_sent_at: Option<OffsetDateTime>,
    pass_hash: Option<Vec<u8>>,
    confirmed_at: Option<OffsetDateTime>,
}

impl GuestLink {
    /// Whoever has this cookie typed the code a while ago.
    pub fn is_confirmed(&self, pass: &[u8; 32], now: OffsetDateTime) -> bool {
        let fresh = self.confirmed_at.is_some_and(|at| now - at <= PASS_LASTS);
        fresh && self.pass_hash.as_deref() == Some(pass.as_slice())
    }

    /// What the submitter may see.
    pub fn scope(&self) -> Scope {
        Scope::of_job(self.employer, self.submitter)
    }
}

/// What became of a code that was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeTried {
    Right,
    Wrong,
    /// None was sent, it is too old, or it was tried too often.
    Over,
}

impl Tx {
    /// Steps of a version whose turn it is and whose guest was sent no link yet; and that one, where it was taken back.
    pub async fn waiting_guests(
        &mut self,
        version: VersionId,
        again: Option<StepId>,
    ) -> Result<Vec<WaitingGuest>, DbError> {
        let rows = sqlx::query!(
            "select s.id, s.kind, s.guest_name, s.guest_email, s.days, s.opened_at, s.employer_id, b.change_note, b.largest,
                e.nation
            from review_step s
            join submission b on b.id = s.submission_id
            join employer e on e.id = s.employer_id
            where s.submission_id = (select id from submission where version_id = $1 order by number desc limit 1)
                and s.guest_email <> '' and s.ended_at is null
                and (s.opened_at is null or s.id = $2)
                and not exists (select from guest_link l where l.step_id = s.id and l.revoked_at is null)
                and not exists (select from review_step b where b.submission_id = s.submission_id
                    and b.place < s.place and b.ended_at is null)
            order by s.id",
            version.0,
            again.map(|step| step.0),
        )
        .fetch_all(self.conn())
        .await?;
        rows.into_iter()
            .map(|row| {
                let odd = DbError::Inconsistent { table: "review_step", id: row.id, what: "an unknown kind" };
                Ok(WaitingGuest {
                    step: StepId(row.id),
                    kind: StepKind::parse(&row.kind).ok_or(odd)?,
                    name: row.guest_name,
                    email: row.guest_email,
                    days: row.days.unsigned_abs(),
                    asked_at: row.opened_at,
                    note: row.change_note,
                    largest: row.largest,
                    nation: nation_of(EmployerId(row.employer_id), &row.nation)?,
                })
            })
            .collect()
    }

    /// Opens a step for its guest. Only the hash of the secret is kept.
    pub async fn open_guest_step(
        &mut self,
        step: StepId,
        token_hash: &[u8; 32],
        (now, expires_at): (OffsetDateTime, OffsetDateTime),
    ) -> Result<(), DbError> {
        sqlx::query!(
            "with opened as (
                update review_step set opened_at = coalesce(opened_at, $3) where id = $1 and ended_at is null
                returning employer_id, id)
            insert into guest_link (employer_id, step_id, token_hash, created_at, expires_at)
            select employer_id, id, $2, $3, $4 from opened",
            step.0,
            &token_hash[..],
            now,
            expires_at,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Takes the link of a step back: whoever has it is told so.
    ///
    /// # Errors
    /// [`DbError::Stale`] where there is none, or the step is over.
    pub async fn revoke_guest_link(
        &mut self,
        granted: &Granted<act::ChangeGuestLink>,
        step: StepId,
    ) -> Result<(), DbError> {
        let name = sqlx::query_scalar!(
            "update guest_link l set revoked_at = $3, pass_hash = null from review_step s join submission b on b.id = s.submission_id
            where s.id = l.step_id and l.step_id = $1 and b.version_id = $2 and l.revoked_at is null and s.ended_at is null
            returning s.guest_name",
            step.0,
            granted.id().0,
            granted.at(),
        )
        .fetch_optional(self.conn())
        .await?
        .ok_or(DbError::Stale)?;
        self.record(granted, &[("took back the link of", &name)]).await
    }

    pub async fn guest_link(&mut self, token_hash: &[u8; 32]) -> Result<Option<GuestLink>, DbError> {
        let row = sqlx::query!(
            r#"select l.id, l.employer_id, e.name as employer_name, e.slug, l.step_id, s.kind, b.version_id, b.number,
                left(encode(b.content_hash, 'hex'), 8) as "fingerprint!", s.questions, s.section, s.guest_name, s.guest_email, l.expires_at,
                s.days, s.opened_at, e.nation,
                l.revoked_at is not null as "revoked!", (s.ended_at is not null or v.state <> 'in_review') as "ended!",
                b.submitted_by, member_name(b.submitted_by) as "submitter!", l.code_sent_at, l.pass_hash, l.confirmed_at
            from guest_link l
            join employer e on e.id = l.employer_id
            join review_step s on s.id = l.step_id
            join submission b on b.id = s.submission_id
            join version v on v.id = b.version_id
            where l.id = coalesce((select id from guest_link where token_hash = $1),
                (select link_id from guest_link_secret where token_hash = $1))"#,
            &token_hash[..]
        )
        .fetch_optional(self.conn())
        .await?;
        row.map(|row| {
            let odd = DbError::Inconsistent { table: "review_step", id: row.step_id, what: "an unknown kind" };
            Ok(GuestLink {
                id: row.id,
                employer: EmployerId(row.employer_id),
                employer_name: row.employer_name,
                slug: row.slug,
                step: StepId(row.step_id),
                kind: StepKind::parse(&row.kind).ok_or(odd)?,
                version: VersionId(row.version_id),
                submission_number: row.number,
                fingerprint: row.fingerprint,
                questions: row.questions,
                section: row.section,
                name: row.guest_name,
                email: row.guest_email,
                days: row.days.unsigned_abs(),
                opened_at: row.opened_at,
                nation: nation_of(EmployerId(row.employer_id), &row.nation)?,
                expires_at: row.expires_at,
                revoked: row.revoked,
                ended: row.ended,
                submitter: MembershipId(row.submitted_by),
                submitter_name: row.submitter,
                code_sent_at: row.code_sent_at,
                pass_hash: row.pass_hash,
                confirmed_at: row.confirmed_at,
            })
        })
        .transpose()
    }

    /// Keeps a new code; says whether the link may send another.
    pub async fn set_guest_code(
        &mut self,
        link: i64,
        code_hash: &[u8; 32],
        now: OffsetDateTime,
    ) -> Result<bool, DbError> {
        let done = sqlx::query!(
            "update guest_link set code_hash = $2, code_sent_at = $3, code_tries = 0, codes_sent = codes_sent + 1
            where id = $1 and codes_sent < $4",
            link,
            &code_hash[..],
            now,
            MOST_CODES,
        )
        .execute(self.conn())
        .await?;
        self.note_cause("A guest asked for the code".to_owned());
        Ok(done.rows_affected() == 1)
    }

    /// Tries a code. Where it is right, whoever has the cookie may go on.
    pub async fn try_guest_code(
        &mut self,
        link: i64,
        (code_hash, pass_hash): (&[u8; 32], &[u8; 32]),
        now: OffsetDateTime,
    ) -> Result<CodeTried, DbError> {
        let right = sqlx::query_scalar!(
            r#"with tried as (
                select id, code_hash = $2 as matches from guest_link
                where id = $1 and code_hash is not null and code_tries < $5 and code_sent_at > $6 for update)
            update guest_link l set code_tries = code_tries + 1,
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

    /// Keeps other decisions on the version waiting until this one ends.
    pub async fn hold_for_guest(&mut self, version: VersionId) -> Result<(), DbError> {
        sqlx::query_scalar!("select id from version where id = $1 for update", version.0)
            .fetch_optional(self.conn())
            .await?;
        Ok(())
    }

    /// A guest does what the step asks, or asks for changes; `next` is the state that the version comes to.
    ///
    /// # Errors
    /// [`DbError::Stale`] where the step ended meanwhile.
    pub async fn guest_decides(
        &mut self,
        granted: &Granted<act::DecideAsGuest>,
        (version, link): (&Version, &GuestLink),
        said: &Said,
        next: Option<&State>,
    ) -> Result<(), DbError> {
        let back = !said.reason.is_empty();
        let kind = if back { "request_changes" } else { link.kind.word() };
        let answers: &[Answer] = &said.answers;
        let answers = serde_json::to_value(answers).map_err(|_| DbError::Stale)?;
        let done = sqlx::query!(
            "with ended as (
                update review_step set ended_at = $3, ended_as = case when $7 then 'changes_requested' else 'done' end
                where id = $1 and ended_at is null returning employer_id, submission_id, id),
            others as (
                update review_step s set ended_at = $3, ended_as = 'ended' from ended
                where $7 and s.submission_id = ended.submission_id and s.id <> ended.id and s.ended_at is null),
            taken as (
                update task t set closed_at = $3, outcome = 'cancelled' from ended
                where $7 and t.submission_id = ended.submission_id and t.closed_at is null)
            insert into decision (employer_id, submission_id, step_id, kind, reason, note, answers, guest_link_id, decided_at)
            select employer_id, submission_id, id, $4, $5, $6, $8, $2, $3 from ended",
            link.step.0,
            link.id,
            granted.at(),
            kind,
            said.reason,
            said.note,
            back,
            answers,
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)?;
        if let Some(next) = next {
            self.write_state(version, next).await?;
        }
        let facts = [("guest", link.name.as_str()), ("address", &link.email), ("reason", &said.reason)];
        self.record(granted, &facts[..if back { 3 } else { 2 }]).await
    }
}
