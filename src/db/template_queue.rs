//! Drafts that wait to be moved to a version of their template that was brought into use. Each has a row, which is locked,
//! and marked in the transaction that moves the draft: killed anywhere, what is left goes on, and each is moved once.

use super::template_use::read_fitted;
use super::{DbError, TemplateDraft, Tx};
use crate::domain::ids::{EmployerId, TemplateId, VersionId};
use crate::domain::template::Layout;
use crate::policy::{Act, Granted, Scope, Subject, act};

/// A version of a template that drafts are on their way to.
#[derive(Debug, Clone)]
pub struct TemplateMove {
    pub employer: EmployerId,
    pub template: TemplateId,
    pub name: String,
    pub edition: i32,
    pub layout: Layout,
}

impl TemplateMove {
    pub fn subject(&self) -> Subject<TemplateId> {
        let name = format!("Template “{}”, version {}", self.name, self.edition);
        Subject { id: self.template, employer: Some(self.employer), unit: None, person: None, profile: None, name }
    }
}

/// How far drafts are on their way to the newest version of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moving {
    pub edition: i32,
    pub all: i64,
    pub moved: i64,
    /// They were sent for review, discarded or moved by somebody before their turn came.
    pub left: i64,
}

impl Moving {
    pub fn waiting(self) -> i64 {
        self.all - self.moved - self.left
    }
}

impl Tx {
    /// Writes down the drafts that an edition moves, and says how many. What still waits for an earlier one goes straight
    /// to this one.
    pub async fn queue_moves(
        &mut self,
        granted: &Granted<act::ChangeTemplates>,
        onto: &TemplateMove,
    ) -> Result<usize, DbError> {
        let done = sqlx::query!(
            "with earlier as (update template_move set outcome = 'left', done_at = $4
                where employer_id = $1 and template_id = $2 and edition < $3 and done_at is null)
            insert into template_move (employer_id, template_id, edition, version_id, created_at)
            select $1, $2, $3, id, $4 from version
            where employer_id = $1 and template_id = $2 and template_edition < $3 and state in ('draft', 'changes_requested')",
            granted.id().0,
            onto.template.0,
            onto.edition,
            granted.at(),
        )
        .execute(self.conn())
        .await?;
        Ok(usize::try_from(done.rows_affected()).unwrap_or(usize::MAX))
    }

    /// The oldest edition that drafts still wait for.
    pub async fn next_template_move(&mut self) -> Result<Option<TemplateMove>, DbError> {
        let row = sqlx::query!(
            "select e.employer_id, e.template_id, e.number, e.layout, t.name
            from template_move m
            join template_edition e on e.employer_id = m.employer_id and e.template_id = m.template_id and e.number = m.edition
            join template t on t.employer_id = e.employer_id and t.id = e.template_id
            where m.done_at is null order by m.employer_id, m.template_id, m.edition, m.version_id limit 1
            for update of m skip locked",
        )
        .fetch_optional(self.conn())
        .await?;
        let Some(row) = row else { return Ok(None) };
        let odd =
            |_| DbError::Inconsistent { table: "template_edition", id: row.template_id, what: "an unreadable layout" };
        Ok(Some(TemplateMove {
            employer: EmployerId(row.employer_id),
            template: TemplateId(row.template_id),
            name: row.name,
            edition: row.number,
            layout: serde_json::from_value(row.layout).map_err(odd)?,
        }))
    }

    /// Locks the next drafts in the queue, and holds them still until the end of the transaction. Says which rows it took,
    /// and what of them is to be moved. What another server holds is passed over.
    pub async fn claim_moves<A: Act>(
        &mut self,
        granted: &Granted<A>,
        onto: &TemplateMove,
        most: i64,
    ) -> Result<(Vec<i64>, Vec<TemplateDraft>), DbError> {
        let employer = granted.subject().employer.ok_or(DbError::Stale)?;
        let claimed = sqlx::query_scalar!(
            "select version_id from template_move
            where employer_id = $1 and template_id = $2 and edition = $3 and done_at is null
            order by version_id limit $4 for update skip locked",
            employer.0,
            onto.template.0,
            onto.edition,
            most,
        )
        .fetch_all(self.conn())
        .await?;
        sqlx::query!(
            "select pg_advisory_xact_lock(id) from (select id from unnest($1::bigint[]) id order by id) v",
            &claimed,
        )
        .execute(self.conn())
        .await?;
        // Read anew: what was sent for review while this waited stays as it is.
        let rows = sqlx::query!(
            r#"select v.id, v.number, v.title, p.number as profile, (select template from template_of(v.id) template) as template
            from version v join profile p on p.id = v.profile_id
            where v.id = any($1) and v.employer_id = $2 and v.template_id = $3 and v.template_edition < $4
                and v.state in ('draft', 'changes_requested')
            order by v.id for update of v"#,
            &claimed,
            employer.0,
            onto.template.0,
            onto.edition,
        )
        .fetch_all(self.conn())
        .await?;
        let made = rows.into_iter().map(|row| {
            Ok(TemplateDraft {
                version: VersionId(row.id),
                profile: row.profile,
                number: row.number,
                title: row.title,
                template: read_fitted(row.template)?,
            })
        });
        Ok((claimed, made.collect::<Result<_, DbError>>()?))
    }

    /// Marks the rows of a batch: those that were moved, and the rest as left alone.
    pub async fn moves_done<A: Act>(
        &mut self,
        granted: &Granted<A>,
        onto: &TemplateMove,
        (claimed, moved): (&[i64], &[TemplateDraft]),
    ) -> Result<(), DbError> {
        let moved: Vec<i64> = moved.iter().map(|draft| draft.version.0).collect();
        sqlx::query!(
            "update template_move set done_at = $6, outcome = case when version_id = any($5) then 'moved' else 'left' end
            where employer_id = $1 and template_id = $2 and edition = $3 and version_id = any($4) and done_at is null",
            onto.employer.0,
            onto.template.0,
            onto.edition,
            claimed,
            &moved,
            granted.at(),
        )
        .execute(self.conn())
        .await?;
        match moved.len() {
            0 => Ok(()),
            some => {
                let facts = [("drafts moved", some.to_string()), ("edition", onto.edition.to_string())];
                self.record(granted, &facts.each_ref().map(|(name, value)| (*name, value.as_str()))).await
            }
        }
    }

    /// How far the newest move of a template is; none where none was ever needed.
    pub async fn moving(&mut self, scope: &Scope, template: TemplateId) -> Result<Option<Moving>, DbError> {
        let row = sqlx::query!(
            r#"select m.edition, count(*) as "all!", count(*) filter (where m.outcome = 'moved') as "moved!",
                count(*) filter (where m.outcome = 'left') as "left!"
            from template_move m where m.employer_id = $1 and m.template_id = $2 and m.edition = (select max(x.edition)
                from template_move x where x.employer_id = $1 and x.template_id = $2)
            group by m.edition"#,
            scope.employer().0,
            template.0,
        )
        .fetch_optional(self.conn())
        .await?;
        Ok(row.map(|row| Moving { edition: row.edition, all: row.all, moved: row.moved, left: row.left }))
    }
}
