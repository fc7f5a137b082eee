//! What becomes of an offer that is taken. A clause is a copy whose new texts come as proposals and nothing else; a
//! template is the taker's own from the start, names its source, and is offered each later version of it.

use time::Date;

use super::error::exactly_one;
use super::{DbError, Share, Tx};
use crate::domain::ids::{ClauseId, EmployerId, TemplateId};
use crate::policy::{Granted, act};

/// Another employer's template that came from this one's.
#[derive(Debug, Clone)]
pub struct TemplateTaker {
    pub employer: EmployerId,
    pub slug: String,
    pub copy: TemplateId,
    pub name: String,
}

impl Tx {
    /// Takes a clause that another employer offers, with its text of the day, placed by hand until somebody here says
    /// otherwise. Whoever takes it has read it, and so approves that text for here.
    ///
    /// # Errors
    /// [`DbError::Stale`] where the offer was answered or withdrawn; [`DbError::Constraint`] `clause_name`.
    pub async fn take_clause(
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

    /// Takes a template that another employer offers: its version in use, as one that is being written here, so that it is
    /// tried on real profiles before it binds.
    ///
    /// # Errors
    /// [`DbError::Stale`] where the offer was answered or withdrawn; [`DbError::Constraint`] `template_name`.
    pub async fn take_template(
        &mut self,
        granted: &Granted<act::TakeShared>,
        share: &Share,
    ) -> Result<TemplateId, DbError> {
        let made = sqlx::query_scalar!(
            r#"with offer as (
                select g.id, g.taker_id, t.name, e.name as giver, d.number, d.layout
                from library_grant g join employer e on e.id = g.giver_id
                join template t on t.employer_id = g.giver_id and t.id = g.template_id
                join lateral (select d.* from template_edition d where d.employer_id = g.giver_id
                    and d.template_id = g.template_id and d.bound_at is not null order by d.number desc limit 1) d on true
                where g.taker_id = $1 and g.id = $2 and g.answered_at is null and g.withdrawn_at is null
                for update of g),
            made as (insert into template (employer_id, name, created_at, shared_grant_id)
                select o.taker_id,
                    case when exists (select from template t where t.employer_id = $1 and lower(t.name) = lower(o.name))
                        then left(o.name || ' (' || o.giver || ')', 200) else o.name end, $4, o.id
                from offer o returning id),
            first as (insert into template_edition (employer_id, template_id, number, layout, made_by, made_at, from_grant,
                    source_number)
                select o.taker_id, made.id, 1, o.layout, $3, $4, o.id, o.number from offer o, made)
            update library_grant g set answered_by = $3, answered_at = $4, accepted = true, template_copy_id = made.id,
                seen_number = offer.number
            from made, offer where g.taker_id = $1 and g.id = $2
            returning g.template_copy_id as "copy!""#,
            granted.id().0,
            share.id.0,
            granted.membership().ok_or(DbError::Stale)?.0,
            granted.at(),
        )
        .fetch_optional(self.conn())
        .await?;
        let made = made.ok_or(DbError::Stale)?;
        self.record(granted, &[("template", &share.name), ("taken from", &share.other)]).await?;
        Ok(TemplateId(made))
    }

    /// Begins a change with the newest version that its giver brought into use.
    ///
    /// # Errors
    /// [`DbError::Stale`] where there is none any more; [`DbError::Constraint`] `template_one_open` where a change is being
    /// written.
    pub async fn take_newer_template(
        &mut self,
        granted: &Granted<act::ChangeTemplates>,
        id: TemplateId,
    ) -> Result<(), DbError> {
        let taken = sqlx::query!(
            "with newer as (
                select g.id, d.number, d.layout from template t
                join library_grant g on g.taker_id = t.employer_id and g.id = t.shared_grant_id and g.withdrawn_at is null
                join lateral (select d.* from template_edition d where d.employer_id = g.giver_id
                    and d.template_id = g.template_id and d.bound_at is not null order by d.number desc limit 1) d
                    on d.number > g.seen_number
                where t.employer_id = $1 and t.id = $2 for update of g),
            begun as (insert into template_edition (employer_id, template_id, number, layout, made_by, made_at, from_grant,
                    source_number)
                select $1, $2, (select max(x.number) + 1 from template_edition x
                    where x.employer_id = $1 and x.template_id = $2), n.layout, $3, $4, n.id, n.number from newer n)
            update library_grant g set seen_number = n.number from newer n where g.taker_id = $1 and g.id = n.id",
            granted.id().0,
            id.0,
            granted.membership().ok_or(DbError::Stale)?.0,
            granted.at(),
        )
        .execute(self.conn())
        .await?;
        exactly_one(&taken)?;
        self.record(granted, &[("began", "a change, as the other employer has it")]).await
    }

    /// Leaves that version of its giver's out: what comes after it is offered again.
    ///
    /// # Errors
    /// [`DbError::Stale`] where somebody decided on it meanwhile.
    pub async fn leave_newer_template(
        &mut self,
        granted: &Granted<act::ChangeTemplates>,
        id: TemplateId,
        number: i32,
    ) -> Result<(), DbError> {
        let done = sqlx::query!(
            "update library_grant g set seen_number = $3 from template t
            where t.employer_id = $1 and t.id = $2 and g.taker_id = $1 and g.id = t.shared_grant_id and g.seen_number < $3
                and exists (select from template_edition d where d.employer_id = g.giver_id
                    and d.template_id = g.template_id and d.number = $3 and d.bound_at is not null)",
            granted.id().0,
            id.0,
            number,
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)?;
        self.record(granted, &[("left out", &format!("the other employer’s version {number}"))]).await
    }

    /// Those who have a template of this employer's, with what it is called there: a later version is offered to them.
    pub async fn takers_of_template(
        &mut self,
        granted: &Granted<act::ChangeTemplates>,
        id: TemplateId,
    ) -> Result<Vec<TemplateTaker>, DbError> {
        let rows = sqlx::query!(
            "select g.taker_id, e.slug, t.id, t.name from library_grant g join employer e on e.id = g.taker_id
            join template t on t.employer_id = g.taker_id and t.id = g.template_copy_id
            where g.giver_id = $1 and g.template_id = $2 and g.withdrawn_at is null order by g.id",
            granted.id().0,
            id.0,
        )
        .fetch_all(self.conn())
        .await?;
        let taker = rows.into_iter().map(|row| TemplateTaker {
            employer: EmployerId(row.taker_id),
            slug: row.slug,
            copy: TemplateId(row.id),
            name: row.name,
        });
        Ok(taker.collect())
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
