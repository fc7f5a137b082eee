//! The versions that a roll-out makes: minor ones that come into force at once, and drafts. Many profiles in as many
//! statements as one.

use time::Date;

use super::{DbError, Rollout, Tx};
use crate::domain::ids::VersionId;
use crate::policy::{Granted, act};

type Carrying = Granted<act::CarryOutRollout>;

impl Tx {
    /// Issues a minor version with the new text after each of these, which are in force; open drafts that went on from
    /// one of them go on from the minor version. Whoever approved the text is named as its approver.
    pub async fn issue_minor(
        &mut self,
        granted: &Carrying,
        rollout: &Rollout,
        after: &[VersionId],
        today: Date,
    ) -> Result<(), DbError> {
        let made = self.copies(granted, rollout, after, true).await?;
        let old: Vec<i64> = after.iter().map(|version| version.0).collect();
        sqlx::query!(
            "update version set state = 'superseded', superseded_at = $2, lock_version = lock_version + 1
            where id = any($1) and state = 'issued'",
            &old,
            granted.at(),
        )
        .execute(self.conn())
        .await?;
        let done = sqlx::query!(
            "update version v set state = 'issued', lock_version = lock_version + 1,
                -- Nobody here proposed what another employer shares: whoever rolls it out stands for it.
                submitted_by = coalesce(e.proposed_by, $2), submitted_at = e.proposed_at,
                approved_by = e.approved_by, approved_at = e.approved_at,
                issued_by = $2, issued_at = $3, effective_from = $4
            from clause_edition e
            where v.id = any($1) and e.employer_id = $5 and e.clause_id = $6 and e.number = $7",
            &made,
            rollout.started_by.0,
            granted.at(),
            today,
            rollout.employer.0,
            rollout.clause.0,
            rollout.edition,
        )
        .execute(self.conn())
        .await?;
        if done.rows_affected() != after.len() as u64 {
            return Err(DbError::Stale);
        }
        sqlx::query!(
            "update version d set base_id = made.id from version made
            where made.id = any($1) and d.profile_id = made.profile_id and d.base_id = made.base_id
                and d.id <> made.id and d.state in ('draft', 'changes_requested')",
            &made,
        )
        .execute(self.conn())
        .await?;
        self.record_made(granted, rollout, &made).await
    }

    /// Starts a draft with the new text after each of these.
    pub async fn draft_with_clause(
        &mut self,
        granted: &Carrying,
        rollout: &Rollout,
        after: &[VersionId],
    ) -> Result<(), DbError> {
        let made = self.copies(granted, rollout, after, false).await?;
        self.record_made(granted, rollout, &made).await
    }

    /// Writes the new text into open drafts: they show it by its day already, and keep it from now on.
    pub async fn refresh_clause(
        &mut self,
        _granted: &Carrying,
        rollout: &Rollout,
        versions: &[i64],
    ) -> Result<(), DbError> {
        sqlx::query!(
            "with e as (select heading, text from clause_edition where employer_id = $2 and clause_id = $3 and number = $4),
            u as (update clause_use u set heading = e.heading, edition = $4 from e
                where u.version_id = any($1) and u.clause_id = $3 and u.reason = '' and u.edition < $4
                returning u.version_id, u.item_id)
            update item i set text = e.text from u, e where i.version_id = u.version_id and i.item_id = u.item_id",
            versions,
            rollout.employer.0,
            rollout.clause.0,
            rollout.edition,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// A draft of each with its whole content and the new text of the clause.
    async fn copies(
        &mut self,
        granted: &Carrying,
        rollout: &Rollout,
        after: &[VersionId],
        minor: bool,
    ) -> Result<Vec<i64>, DbError> {
        let old: Vec<i64> = after.iter().map(|version| version.0).collect();
        let rows = sqlx::query!(
            r#"insert into version (employer_id, profile_id, number, base_id, state, created_by, created_at, title,
                grade_from_id, grade_to_id, grade_basis, grade_basis_reference, grade_basis_date, salary_text, salary_reason, pay_area,
                hours, contract, working_pattern, location, directorate, service, reports_to, responsible_for,
                change_note, change_kind, affects_grade, rollout_id)
            select v.employer_id, v.profile_id, (select max(x.number) + 1 from version x where x.profile_id = v.profile_id),
                v.id, 'draft', $2, $3, v.title, v.grade_from_id, v.grade_to_id, v.grade_basis, v.grade_basis_reference,
                v.grade_basis_date, v.salary_text, v.salary_reason, v.pay_area, v.hours, v.contract, v.working_pattern, v.location, v.directorate,
                v.service, v.reports_to, v.responsible_for, $4, 'minor', false, case when $5 then $6::bigint end
            from version v where v.id = any($1) and v.state = 'issued'
            returning id, base_id as "base!""#,
            &old,
            rollout.started_by.0,
            granted.at(),
            format!("New text of the standard clause “{}”.", rollout.name),
            minor,
            rollout.id.0,
        )
        .fetch_all(self.conn())
        .await?;
        if rows.len() != after.len() {
            return Err(DbError::Stale);
        }
        let (from, to): (Vec<i64>, Vec<i64>) = rows.into_iter().map(|row| (row.base, row.id)).unzip();
        self.copy_contents(&from, &to).await?;
        self.carry_template(&to).await?;
        self.refresh_clause(granted, rollout, &to).await?;
        Ok(to)
    }

    /// A row in the trail for each version that was made.
    async fn record_made(&mut self, granted: &Carrying, rollout: &Rollout, made: &[i64]) -> Result<(), DbError> {
        sqlx::query!(
            "insert into audit (employer_id, actor, action, subject, profile_id, facts, created_at)
            select v.employer_id, $2, $3,
                'JP-' || lpad(p.number::text, greatest(4, length(p.number::text)), '0') || ' version ' || v.number,
                v.profile_id, json_build_object('clause', $4::text, 'ordered by', $5::text), $6
            from version v join profile p on p.id = v.profile_id where v.id = any($1)",
            made,
            granted.actor_name(),
            granted.action().word(),
            rollout.name,
            rollout.starter,
            granted.at(),
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }
}
