//! An employer's templates in their editions. How a version uses one is in `template_use`, how drafts move to another
//! in `template_moves`.

use serde_json::Value;
use time::OffsetDateTime;

use super::error::exactly_one;
use super::{DbError, Tx};
use crate::domain::ids::{EmployerId, TemplateId};
use crate::domain::template::Layout;
use crate::policy::{Granted, Scope, act};
use crate::reference::templates::StarterTemplate;

type Changing = Granted<act::ChangeTemplates>;

#[derive(Debug, Clone)]
pub struct TemplateHead {
    pub id: TemplateId,
    pub name: String,
    /// What a new profile is offered first.
    pub is_default: bool,
    pub retired: bool,
    /// It came with Rolebook.
    pub starter: bool,
}

/// A template of the list.
#[derive(Debug, Clone)]
pub struct TemplateRow {
    pub head: TemplateHead,
    /// The edition that binds; none while the first is being written.
    pub binding: Option<i32>,
    pub sections: i32,
    /// A change is being written.
    pub is_changing: bool,
    /// Profiles whose version in force or in work was made on it.
    pub profiles: i64,
}

#[derive(Debug, Clone)]
pub struct TemplateEdition {
    pub number: i32,
    pub revision: i32,
    pub layout: Layout,
    pub note: String,
    /// Empty where it came with Rolebook.
    pub maker: String,
    pub made_at: OffsetDateTime,
    pub binder: String,
    /// None while it is being written.
    pub bound_at: Option<OffsetDateTime>,
    /// The other employer's version that it began as.
    pub source: Option<i32>,
}

/// Another employer whose template one came from.
#[derive(Debug, Clone)]
pub struct TemplateSource {
    pub giver: String,
    /// When that employer stopped sharing it.
    pub until: Option<OffsetDateTime>,
    /// A later version of it, on which nobody decided here.
    pub newer: Option<i32>,
}

/// A template with everything that is kept of it.
#[derive(Debug, Clone)]
pub struct WholeTemplate {
    pub head: TemplateHead,
    /// The newest first.
    pub editions: Vec<TemplateEdition>,
    /// Drafts on it, which a change moves.
    pub drafts: i64,
    pub source: Option<TemplateSource>,
}

/// Which edition a save means, on the revision that its form was filled from.
#[derive(Debug, Clone, Copy)]
pub struct TemplateChange {
    pub template: TemplateId,
    pub edition: i32,
    pub revision: i32,
}

fn read(layout: Value, template: i64) -> Result<Layout, DbError> {
    let odd = DbError::Inconsistent { table: "template_edition", id: template, what: "an unreadable layout" };
    serde_json::from_value(layout).map_err(|_| odd)
}

fn written(layout: &Layout) -> Result<Value, DbError> {
    let odd = DbError::Inconsistent { table: "template_edition", id: 0, what: "a layout that can't be written" };
    serde_json::to_value(layout).map_err(|_| odd)
}

impl Tx {
    /// Every template by name, those in use first.
    pub async fn templates(&mut self, scope: &Scope) -> Result<Vec<TemplateRow>, DbError> {
        let rows = sqlx::query!(
            r#"select t.id, t.name, t.is_default, t.retired_at is not null as "retired!",
                t.starter_key is not null as "starter!", b.number as "binding?",
                coalesce(jsonb_array_length(b.layout -> 'sections'), 0) as "sections!",
                exists (select from template_edition o where o.employer_id = t.employer_id and o.template_id = t.id
                    and o.bound_at is null) as "changing!",
                (select count(distinct v.profile_id) from version v join profile p on p.id = v.profile_id
                    where v.employer_id = t.employer_id and v.template_id = t.id and p.retired_at is null
                        and v.state in ('draft', 'in_review', 'changes_requested', 'approved', 'issued')) as "profiles!"
            from template t left join lateral (select * from template_edition e
                where e.employer_id = t.employer_id and e.template_id = t.id and e.bound_at is not null
                order by e.number desc limit 1) b on true
            where t.employer_id = $1 order by t.retired_at is not null, lower(t.name)"#,
            scope.employer().0,
        )
        .fetch_all(self.conn())
        .await?;
        let made = rows.into_iter().map(|row| TemplateRow {
            head: TemplateHead {
                id: TemplateId(row.id),
                name: row.name,
                is_default: row.is_default,
                retired: row.retired,
                starter: row.starter,
            },
            binding: row.binding,
            sections: row.sections,
            is_changing: row.changing,
            profiles: row.profiles,
        });
        Ok(made.collect())
    }

    /// A template with its editions, where it came from, and how many drafts a change of it moves.
    pub async fn template(&mut self, scope: &Scope, id: TemplateId) -> Result<Option<WholeTemplate>, DbError> {
        let rows = sqlx::query!(
            r#"select t.name, t.is_default, t.retired_at is not null as "retired!", t.starter_key is not null as "starter!",
                e.number, e.revision, e.layout, e.note, e.made_at, e.bound_at, e.source_number,
                coalesce(member_name(e.made_by), '') as "maker!", coalesce(member_name(e.bound_by), '') as "binder!",
                o.name as "giver?", g.withdrawn_at as "until?",
                (select max(x.number) from template_edition x where x.employer_id = g.giver_id and x.template_id = g.template_id
                    and x.bound_at is not null and x.number > g.seen_number and g.withdrawn_at is null) as newer,
                (select count(*) from version v where v.employer_id = t.employer_id and v.template_id = t.id
                    and v.state in ('draft', 'changes_requested')) as "drafts!"
            from template t join template_edition e on e.employer_id = t.employer_id and e.template_id = t.id
            left join (library_grant g join employer o on o.id = g.giver_id)
                on g.taker_id = t.employer_id and g.id = t.shared_grant_id
            where t.employer_id = $1 and t.id = $2 order by e.number desc"#,
            scope.employer().0,
            id.0,
        )
        .fetch_all(self.conn())
        .await?;
        let Some(first) = rows.first() else { return Ok(None) };
        let drafts = first.drafts;
        let head = TemplateHead {
            id,
            name: first.name.clone(),
            is_default: first.is_default,
            retired: first.retired,
            starter: first.starter,
        };
        let source = first.giver.clone().map(|giver| TemplateSource { giver, until: first.until, newer: first.newer });
        let editions = rows.into_iter().map(|row| {
            Ok(TemplateEdition {
                number: row.number,
                revision: row.revision,
                layout: read(row.layout, id.0)?,
                note: row.note,
                maker: row.maker,
                made_at: row.made_at,
                binder: row.binder,
                bound_at: row.bound_at,
                source: row.source_number,
            })
        });
        let editions = editions.collect::<Result<_, DbError>>()?;
        Ok(Some(WholeTemplate { head, editions, drafts, source }))
    }

    /// Makes a template whose first edition is still to be bound.
    ///
    /// # Errors
    /// [`DbError::Constraint`] `template_name` where another has that name.
    pub async fn add_template(
        &mut self,
        granted: &Changing,
        name: &str,
        layout: &Layout,
    ) -> Result<TemplateId, DbError> {
        let id = sqlx::query_scalar!(
            "with made as (insert into template (employer_id, name, created_at) values ($1, $2, $3) returning id)
            insert into template_edition (employer_id, template_id, number, layout, made_by, made_at)
            select $1, id, 1, $4, $5, $3 from made returning template_id",
            granted.id().0,
            name,
            granted.at(),
            written(layout)?,
            granted.membership().ok_or(DbError::Stale)?.0,
        )
        .fetch_one(self.conn())
        .await?;
        self.record(granted, &[("added", name)]).await?;
        Ok(TemplateId(id))
    }

    /// Begins a change: the next edition, as the last one was.
    ///
    /// # Errors
    /// [`DbError::Constraint`] `template_one_open` where one is being written.
    pub async fn begin_template_change(&mut self, granted: &Changing, id: TemplateId) -> Result<(), DbError> {
        let done = sqlx::query!(
            "insert into template_edition (employer_id, template_id, number, layout, made_by, made_at)
            select employer_id, template_id, number + 1, layout, $3, $4 from template_edition
            where employer_id = $1 and template_id = $2 order by number desc limit 1",
            granted.id().0,
            id.0,
            granted.membership().ok_or(DbError::Stale)?.0,
            granted.at(),
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)?;
        self.record(granted, &[("began", "a change")]).await
    }

    /// Saves what is being written. `what` is what the record says of it.
    ///
    /// # Errors
    /// [`DbError::Stale`] where somebody else saved it since, or it binds.
    pub async fn save_layout(
        &mut self,
        granted: &Changing,
        change: TemplateChange,
        layout: &Layout,
        what: (&str, &str),
    ) -> Result<(), DbError> {
        let done = sqlx::query!(
            "update template_edition set layout = $5, revision = revision + 1
            where employer_id = $1 and template_id = $2 and number = $3 and revision = $4 and bound_at is null",
            granted.id().0,
            change.template.0,
            change.edition,
            change.revision,
            written(layout)?,
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)?;
        self.record(granted, &[("edition", &change.edition.to_string()), what]).await
    }

    /// From now on this edition binds: new drafts begin on it. Drafts on earlier ones are moved by whoever calls.
    ///
    /// # Errors
    /// [`DbError::Stale`] where it was saved since, or binds already.
    pub async fn bind_template(
        &mut self,
        granted: &Changing,
        change: TemplateChange,
        note: &str,
    ) -> Result<(), DbError> {
        let done = sqlx::query!(
            "update template_edition set bound_at = $5, bound_by = $6, note = $7, revision = revision + 1
            where employer_id = $1 and template_id = $2 and number = $3 and revision = $4 and bound_at is null",
            granted.id().0,
            change.template.0,
            change.edition,
            change.revision,
            granted.at(),
            granted.membership().ok_or(DbError::Stale)?.0,
            note,
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)?;
        self.record(granted, &[("binds", &change.edition.to_string()), ("because", note)]).await
    }

    /// Throws away what was being written. A template that never bound goes with it.
    ///
    /// # Errors
    /// [`DbError::Stale`] where nothing is being written.
    pub async fn drop_template_change(&mut self, granted: &Changing, id: TemplateId) -> Result<(), DbError> {
        // What another employer offers, and the change began with, is offered again.
        let dropped = sqlx::query_scalar!(
            r#"with gone as (delete from template_edition
                where employer_id = $1 and template_id = $2 and bound_at is null returning from_grant, source_number),
            offered as (update library_grant g set seen_number = gone.source_number - 1
                from gone where g.taker_id = $1 and g.id = gone.from_grant)
            select count(*) as "dropped!" from gone"#,
            granted.id().0,
            id.0,
        )
        .fetch_one(self.conn())
        .await?;
        if dropped != 1 {
            return Err(DbError::Stale);
        }
        // One that another employer offered counts as declined, and can be offered again.
        sqlx::query!(
            "with gone as (delete from template t where t.employer_id = $1 and t.id = $2
                and not exists (select from template_edition e where e.employer_id = $1 and e.template_id = $2) returning id)
            update library_grant g set accepted = false, template_copy_id = null, seen_number = null
            from gone where g.taker_id = $1 and g.template_copy_id = gone.id",
            granted.id().0,
            id.0,
        )
        .execute(self.conn())
        .await?;
        self.record(granted, &[("threw away", "a change")]).await
    }

    /// What a new profile is offered first: this one, or with none no template at all.
    pub async fn set_default_template(&mut self, granted: &Changing, id: Option<TemplateId>) -> Result<(), DbError> {
        sqlx::query!("update template set is_default = false where employer_id = $1 and is_default", granted.id().0)
            .execute(self.conn())
            .await?;
        if let Some(id) = id {
            let done = sqlx::query!(
                "update template t set is_default = true where t.employer_id = $1 and t.id = $2 and t.retired_at is null
                    and exists (select from template_edition e where e.employer_id = $1 and e.template_id = $2
                        and e.bound_at is not null)",
                granted.id().0,
                id.0,
            )
            .execute(self.conn())
            .await?;
            exactly_one(&done)?;
        }
        let said = if id.is_some() { "offered first" } else { "none is offered first" };
        self.record(granted, &[("default", said)]).await
    }

    /// Takes a template out of use, or back into it. What was made on it stays so.
    ///
    /// # Errors
    /// [`DbError::Stale`] where it stands so already.
    pub async fn retire_template(&mut self, granted: &Changing, id: TemplateId, retire: bool) -> Result<(), DbError> {
        let done = sqlx::query!(
            "update template set retired_at = case when $3 then $4::timestamptz end,
                retired_by = case when $3 then $5::bigint end, is_default = is_default and not $3
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

    /// The ready templates of a new employer.
    pub async fn add_starter_templates(
        &mut self,
        employer: EmployerId,
        templates: &[StarterTemplate],
        at: OffsetDateTime,
    ) -> Result<(), DbError> {
        let rows = serde_json::json!(templates);
        sqlx::query!(
            "with made as (
                insert into template (employer_id, starter_key, name, created_at)
                select $1, r.key, r.name, $3 from jsonb_to_recordset($2) as r (key text, name text) returning id, starter_key)
            insert into template_edition (employer_id, template_id, number, layout, note, made_at, bound_at)
            select $1, made.id, 1, r.layout, r.about, $3, $3
            from jsonb_to_recordset($2) as r (key text, about text, layout jsonb) join made on made.starter_key = r.key",
            employer.0,
            rows,
            at,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }
}
