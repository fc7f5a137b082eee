//! Uploaded documents: the original as it came, what was read of it, and the version that was made from it.

use serde_json::Value;
use sha2::{Digest, Sha256};
use time::OffsetDateTime;

use super::error::exactly_one;
use super::{DbError, Tx, Unit};
use crate::documents::carried::{Carried, carried};
use crate::documents::choices::{self, Choices};
use crate::documents::extract::result::Extract;
use crate::documents::to_content::{GradeName, Made, to_content};
use crate::domain::ids::{DocumentId, EmployerId, UnitId, VersionId};
use crate::domain::text::profile_reference;
use crate::domain::version::StateName;
use crate::policy::{Granted, Scope, Subject, act};

/// A document that has been read and is to be kept.
#[derive(Debug, Clone)]
pub struct NewDocument<'a> {
    pub file_name: &'a str,
    pub sha256: [u8; 32],
    pub bytes: &'a [u8],
    pub extract: &'a Extract,
}

/// A document with what was read of it, without its bytes.
#[derive(Debug, Clone)]
pub struct Document {
    pub id: DocumentId,
    pub employer: EmployerId,
    pub file_name: String,
    /// In lower-case hexadecimal.
    pub sha256: String,
    /// The size of the original in bytes.
    pub size: i64,
    /// As it was read, before any tracked changes; [`Document::chosen`] is what a draft is made of.
    pub extract: Extract,
    /// As it was read with its tracked changes accepted, where it has any that can be taken back.
    pub changed: Option<Extract>,
    /// What a person chose on its report.
    pub choices: Choices,
    pub uploader: String,
    pub uploaded_at: OffsetDateTime,
    pub became: Option<Became>,
    /// The latest other upload of the very same bytes, where the scope holds it.
    pub before: Option<(DocumentId, Option<Became>)>,
    /// The employer's grades, lowest first: what the wording of a grade is looked for in.
    pub grades: Vec<GradeName>,
}

/// The version that was made from a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Became {
    pub profile: i32,
    pub version: i32,
}

/// What a document can be made into: units for a new profile, and profiles with a version in force and none open.
#[derive(Debug, Clone, Default)]
pub struct Targets {
    pub units: Vec<Unit>,
    pub profiles: Vec<TargetProfile>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetProfile {
    pub number: i32,
    /// Of the version in force.
    pub title: String,
    pub unit: UnitId,
}

/// A line of the list of uploads.
#[derive(Debug, Clone)]
pub struct DocumentRow {
    pub id: DocumentId,
    pub file_name: String,
    pub uploaded_at: OffsetDateTime,
    pub became: Option<(Became, StateName)>,
}

impl Became {
    fn of(profile: Option<i32>, version: Option<i32>) -> Option<Self> {
        profile.zip(version).map(|(profile, version)| Became { profile, version })
    }

    /// `JP-0042 version 3`
    pub fn name(&self) -> String {
        format!("{} version {}", profile_reference(self.profile), self.version)
    }
}

impl Document {
    /// What was read of it, with what a person chose on its report.
    pub fn chosen(&self) -> Extract {
        choices::apply(&self.extract, &self.choices)
    }

    /// What it carries over to a draft that `made` was made for: tracked changes and comments.
    pub fn carried(&self, made: &Made, post_numbers: Option<&str>) -> Carried {
        let changed = self.changed.as_ref().map(|changed| {
            let chosen = choices::apply_corrections(&self.extract, &self.choices, changed);
            to_content(&chosen, &self.grades, post_numbers)
        });
        carried(&self.chosen(), made, changed.as_ref())
    }

    /// Which state of the report a form was made on: it changes with every choice.
    pub fn state(&self) -> String {
        let choices = serde_json::to_vec(&self.choices).unwrap_or_default();
        crate::secret::hex(&Sha256::digest([self.sha256.as_bytes(), &choices].concat()))[..16].to_owned()
    }

    /// The subject of making a draft of it, in the unit where that draft will be.
    pub fn subject(&self, unit: UnitId) -> Subject<DocumentId> {
        Subject {
            id: self.id,
            employer: Some(self.employer),
            unit: Some(unit),
            person: None,
            profile: None,
            name: self.file_name.clone(),
        }
    }
}

impl Tx {
    pub async fn add_document(
        &mut self,
        granted: &Granted<act::ImportDocument>,
        new: &NewDocument<'_>,
    ) -> Result<DocumentId, DbError> {
        let mut read = serde_json::to_value(new.extract).unwrap_or_default();
        without_zeros(&mut read);
        let id = sqlx::query_scalar!(
            "insert into document (employer_id, file_name, media_type, sha256, bytes, extract, uploaded_by, uploaded_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8) returning id",
            granted.id().0,
            new.file_name,
            new.extract.source.media_type,
            &new.sha256[..],
            new.bytes,
            read,
            granted.membership().ok_or(DbError::Stale)?.0,
            granted.at(),
        )
        .fetch_one(self.conn())
        .await?;
        self.record(granted, &[("file", new.file_name), ("SHA-256", &crate::secret::hex(&new.sha256))]).await?;
        Ok(DocumentId(id))
    }

    /// Keeps what a person chose on the report of a document that nothing was made of yet.
    ///
    /// # Errors
    /// [`DbError::Stale`] where a draft was made of it meanwhile.
    pub async fn choose_in_document(
        &mut self,
        granted: &Granted<act::ImportDocument>,
        document: &Document,
        choices: &Choices,
    ) -> Result<(), DbError> {
        let done = sqlx::query!(
            "update document set choices = $3 where employer_id = $1 and id = $2 and version_id is null",
            granted.id().0,
            document.id.0,
            serde_json::to_value(choices).unwrap_or_default(),
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)?;
        let (places, corrections) = (choices.places.len().to_string(), choices.corrections.len().to_string());
        self.record(granted, &[("lines placed", &places), ("corrections", &corrections)]).await
    }

    /// The newest uploads of the person whose scope it is.
    pub async fn my_documents(&mut self, scope: &Scope, most: i64) -> Result<Vec<DocumentRow>, DbError> {
        let rows = sqlx::query!(
            r#"select d.id, d.file_name, d.uploaded_at, p.number as "profile?", v.number as "version?", v.state as "state?"
            from document d
            left join version v on v.id = d.version_id
            left join profile p on p.id = v.profile_id
            where d.employer_id = $1 and d.uploaded_by = $2 order by d.id desc limit $3"#,
            scope.employer().0,
            scope.membership().0,
            most,
        )
        .fetch_all(self.conn())
        .await?;
        Ok(rows
            .into_iter()
            .map(|row| DocumentRow {
                id: DocumentId(row.id),
                file_name: row.file_name,
                uploaded_at: row.uploaded_at,
                became: Became::of(row.profile, row.version).zip(row.state.as_deref().and_then(StateName::parse)),
            })
            .collect())
    }

    /// A document that the person uploaded, or that became a version in their scope; with the employer's grades and any
    /// earlier upload of the same bytes, in one statement.
    pub async fn document(&mut self, scope: &Scope, id: DocumentId) -> Result<Option<Document>, DbError> {
        let row = sqlx::query!(
            r#"select d.employer_id, d.file_name, encode(d.sha256, 'hex') as "sha256!", length(d.bytes)::bigint as "size!",
                d.extract, d.choices, member_name(d.uploaded_by) as "uploader!", d.uploaded_at,
                p.number as "profile?", v.number as "version?",
                b.id as "before?", bp.number as "before_profile?", bv.number as "before_version?",
                (select json_agg(json_build_object('id', g.id, 'name', g.name, 'pay_scheme', g.pay_scheme)
                    order by g.position, g.id) from grade g where g.employer_id = d.employer_id) as grades
            from document d
            left join version v on v.id = d.version_id
            left join profile p on p.id = v.profile_id
            left join lateral (select other.id, other.version_id from document other
                where other.employer_id = d.employer_id and other.uploaded_by = d.uploaded_by
                    and other.sha256 = d.sha256 and other.id < d.id
                order by other.id desc limit 1) b on true
            left join version bv on bv.id = b.version_id
            left join profile bp on bp.id = bv.profile_id
            where d.employer_id = $1 and d.id = $2
                and (d.uploaded_by = $5 or (p.id is not null and ($3 or p.unit_id = any($4)
                    or exists (select from task t where t.version_id = v.id and t.assigned_to = $5))))"#,
            scope.employer().0,
            id.0,
            scope.whole(),
            scope.units(),
            scope.membership().0,
        )
        .fetch_optional(self.conn())
        .await?;
        let Some(row) = row else { return Ok(None) };
        let odd = |what| DbError::Inconsistent { table: "document", id: id.0, what };
        let grades = row.grades.map(serde_json::from_value).transpose();
        let read: Extract = serde_json::from_value(row.extract).map_err(|_| odd("an unreadable extract"))?;
        let (extract, changed) = read.before_changes();
        Ok(Some(Document {
            id,
            employer: EmployerId(row.employer_id),
            file_name: row.file_name,
            sha256: row.sha256,
            size: row.size,
            extract,
            changed,
            choices: serde_json::from_value(row.choices).map_err(|_| odd("unreadable choices"))?,
            uploader: row.uploader,
            uploaded_at: row.uploaded_at,
            became: Became::of(row.profile, row.version),
            before: row.before.map(|id| (DocumentId(id), Became::of(row.before_profile, row.before_version))),
            grades: grades.map_err(|_| odd("unreadable grades"))?.unwrap_or_default(),
        }))
    }

    /// Units in the order of their tree and profiles by title, in one statement.
    pub async fn targets(&mut self, scope: &Scope) -> Result<Targets, DbError> {
        let rows = sqlx::query!(
            r#"with recursive tree as (
                select id, name, 0 as depth, array[name] as path from unit where employer_id = $1 and parent_id is null
                union all
                select u.id, u.name, t.depth + 1, t.path || u.name from unit u join tree t on u.parent_id = t.id
                    where u.employer_id = $1
            )
            select null as "number?", id as "unit!", name as "name!", depth as "depth!", array_to_string(path, chr(1)) as place
                from tree
            union all
            select p.number, p.unit_id, i.title, 0, lower(i.title) from profile p
                join version i on i.profile_id = p.id and i.state = 'issued'
                where p.employer_id = $1 and p.retired_at is null and ($2 or p.unit_id = any($3)) and not exists
                    (select from version o where o.profile_id = p.id
                        and o.state in ('draft', 'in_review', 'changes_requested', 'approved'))
            order by 5"#,
            scope.employer().0,
            scope.whole(),
            scope.units(),
        )
        .fetch_all(self.conn())
        .await?;
        let mut targets = Targets::default();
        for row in rows {
            let unit = UnitId(row.unit);
            match row.number {
                Some(number) => targets.profiles.push(TargetProfile { number, title: row.name, unit }),
                None => targets.units.push(Unit { id: unit, name: row.name, depth: row.depth }),
            }
        }
        Ok(targets)
    }

    /// The bytes as they came, with their name; who may have them is [`Tx::document`]'s business.
    pub async fn original(&mut self, document: &Document) -> Result<Vec<u8>, DbError> {
        Ok(sqlx::query_scalar!("select bytes from document where id = $1", document.id.0)
            .fetch_one(self.conn())
            .await?)
    }

    /// Writes down that a version was made from a document, and that the actor wrote its content.
    ///
    /// # Errors
    /// [`DbError::Stale`] where one was made of it already: of two clicks one wins.
    pub async fn link_document(
        &mut self,
        granted: &Granted<act::DraftFromDocument>,
        version: VersionId,
        became: &Became,
        facts: &Value,
    ) -> Result<(), DbError> {
        let done = sqlx::query!(
            "update document set version_id = $2 where id = $1 and version_id is null",
            granted.id().0,
            version.0,
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)?;
        sqlx::query!(
            "insert into content_edit (employer_id, version_id, action, edited_by, after, created_at)
            select employer_id, $2, 'import', $3, $4, $5 from document where id = $1",
            granted.id().0,
            version.0,
            granted.membership().ok_or(DbError::Stale)?.0,
            facts,
            granted.at(),
        )
        .execute(self.conn())
        .await?;
        self.record(granted, &[("version", &became.name())]).await
    }
}

/// Postgres keeps no text with a zero character in it, and no document means one.
fn without_zeros(value: &mut Value) {
    match value {
        Value::String(text) => text.retain(|c| c != '\0'),
        Value::Array(all) => all.iter_mut().for_each(without_zeros),
        Value::Object(all) => all.values_mut().for_each(without_zeros),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
