//! Drafts on their way to another template: which they are, and writing what `domain::template` arranged, in as many
//! statements for many drafts as for one.

use serde_json::{Value, json};

use super::edits::Edit;
use super::template_use::read_fitted;
use super::{DbError, Tx};
use crate::domain::content::Content;
use crate::domain::ids::{EmployerId, SectionId, TemplateId, VersionId};
use crate::domain::template::{Arranged, Fitted};
use crate::domain::text::profile_reference;
use crate::policy::{Act, Granted, Scope, act};

/// A version that a template may change.
#[derive(Debug, Clone)]
pub struct TemplateDraft {
    pub version: VersionId,
    pub profile: i32,
    pub number: i32,
    pub title: String,
    pub template: Option<Fitted>,
}

/// A draft as it was, and as it is to be.
#[derive(Debug, Clone)]
pub struct MovedDraft<'a> {
    pub version: VersionId,
    pub before: &'a Content,
    pub after: Arranged,
}

impl TemplateDraft {
    /// `JP-0042 version 3`
    pub fn name(&self) -> String {
        format!("{} version {}", profile_reference(self.profile), self.number)
    }
}

impl Tx {
    /// Real versions to try a change on: those made on the template before others, what is being written before what is
    /// in force; one a profile.
    pub async fn template_samples(
        &mut self,
        scope: &Scope,
        template: TemplateId,
        most: i64,
    ) -> Result<Vec<TemplateDraft>, DbError> {
        let rows = sqlx::query!(
            r#"select v.id as "id!", v.number as "number!", v.title as "title!", v.profile as "profile!",
                (select template from template_of(v.id) template) as template
            from (select distinct on (v.profile_id) v.id, v.number, v.title, p.number as profile,
                    v.template_id is not distinct from $2 as on_it, v.state = 'issued' as in_force
                from version v join profile p on p.id = v.profile_id
                where v.employer_id = $1 and p.retired_at is null and ($3 or p.unit_id = any($4))
                    and v.state in ('draft', 'changes_requested', 'issued')
                order by v.profile_id, v.template_id is not distinct from $2 desc, v.state = 'issued', v.id desc) v
            order by on_it desc, in_force, id desc limit $5"#,
            scope.employer().0,
            template.0,
            scope.whole(),
            scope.units(),
            most,
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
        made.collect()
    }

    /// Writes drafts as they were arranged on an edition. Whoever calls holds their turns.
    ///
    /// # Errors
    /// [`DbError::Frozen`] where one was sent for review meanwhile.
    pub async fn settle<A: Act>(
        &mut self,
        granted: &Granted<A>,
        (template, edition): (TemplateId, i32),
        drafts: &[MovedDraft<'_>],
    ) -> Result<(), DbError> {
        let employer = granted.subject().employer.ok_or(DbError::Stale)?;
        let versions: Vec<i64> = drafts.iter().map(|draft| draft.version.0).collect();
        // Without a template the walls around fixed words stand aside.
        sqlx::query!(
            "update version set template_id = null, template_edition = null where employer_id = $1 and id = any($2)",
            employer.0,
            &versions,
        )
        .execute(self.conn())
        .await?;
        self.settle_sections(employer, drafts).await?;
        self.settle_fixed_words(employer, drafts).await?;
        sqlx::query!(
            "update version set template_id = $3, template_edition = $4 where employer_id = $1 and id = any($2)",
            employer.0,
            &versions,
            template.0,
            edition,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Says in a draft's history and in the trail that somebody moved it: whoever does writes on it.
    pub async fn log_settled(
        &mut self,
        granted: &Granted<act::EditContent>,
        first: Option<SectionId>,
        name: &str,
        edition: i32,
    ) -> Result<(), DbError> {
        self.log_edit(granted, first.map(|section| section.0), Edit::Move, None, Some(json!(true))).await?;
        self.record(granted, &[("template", name), ("edition", &edition.to_string())]).await
    }

    async fn settle_sections(&mut self, employer: EmployerId, drafts: &[MovedDraft<'_>]) -> Result<(), DbError> {
        let rows = drafts.iter().flat_map(|draft| {
            draft.after.content.sections.iter().enumerate().map(|(n, section)| {
                let place = draft.after.places.get(&section.id);
                json!({"version_id": draft.version, "section_id": section.id, "position": n + 1, "kind": section.kind.word(),
                    "heading": section.heading, "slot": place.map(|place| &place.slot), "kept": place.is_some_and(|place| place.kept)})
            })
        });
        let rows = Value::Array(rows.collect());
        // Only an empty section goes: whoever wrote into it meanwhile keeps it.
        sqlx::query!(
            "delete from section s where s.employer_id = $1 and s.version_id in (select distinct version_id
                from jsonb_to_recordset($2) as r (version_id bigint))
                and not exists (select from jsonb_to_recordset($2) as r (version_id bigint, section_id bigint)
                    where r.version_id = s.version_id and r.section_id = s.section_id)
                and not exists (select from item i where i.version_id = s.version_id and i.section_id = s.section_id)",
            employer.0,
            rows,
        )
        .execute(self.conn())
        .await?;
        // No two sections share a place on the way.
        sqlx::query!(
            "update section set slot = null, kept = false where employer_id = $1 and slot is not null
                and version_id in (select version_id from jsonb_to_recordset($2) as r (version_id bigint))",
            employer.0,
            rows,
        )
        .execute(self.conn())
        .await?;
        sqlx::query!(
            "insert into section (employer_id, version_id, section_id, position, kind, heading, slot, kept)
            select $1, r.version_id, r.section_id, r.position, r.kind, r.heading, r.slot, r.kept
            from jsonb_to_recordset($2) as r (version_id bigint, section_id bigint, position int, kind text, heading text,
                slot text, kept boolean)
            on conflict (version_id, section_id) do update
                set position = excluded.position, heading = excluded.heading, slot = excluded.slot, kept = excluded.kept,
                    revision = section.revision + (section.heading <> excluded.heading)::int",
            employer.0,
            rows,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    async fn settle_fixed_words(&mut self, employer: EmployerId, drafts: &[MovedDraft<'_>]) -> Result<(), DbError> {
        let rows = drafts.iter().flat_map(|draft| {
            let changed =
                draft.after.content.sections.iter().filter(|section| {
                    draft.before.section(section.id).is_none_or(|before| before.items != section.items)
                });
            changed.flat_map(|section| {
                section.items.iter().enumerate().map(|(n, item)| {
                    json!({"version_id": draft.version, "section_id": section.id, "item_id": item.id, "position": n + 1,
                        "text": item.text})
                })
            })
        });
        let rows: Vec<Value> = rows.collect();
        if rows.is_empty() {
            return Ok(());
        }
        sqlx::query!(
            "insert into item (employer_id, version_id, item_id, section_id, position, kind, text)
            select $1, r.version_id, r.item_id, r.section_id, r.position, 'paragraph', r.text
            from jsonb_to_recordset($2) as r (version_id bigint, item_id bigint, section_id bigint, position int, text text)
            on conflict (version_id, item_id) do update
                set text = excluded.text, number = null, sure = true, revision = item.revision + 1",
            employer.0,
            Value::Array(rows),
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }
}
