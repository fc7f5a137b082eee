//! Many files at once: each waits as a row until a job has read it, or made of it what somebody chose.
//!
//! A job notes what became of a file without a `Granted`: what it makes of it, it makes as the person who sent it.

use time::OffsetDateTime;

use super::error::exactly_one;
use super::{DbError, Tx};
use crate::documents::summary::Summary;
use crate::domain::ids::{BatchId, DocumentId, EmployerId, UnitId, UploadId};
use crate::policy::{Granted, Scope, act};

/// A file that waits to be read, locked for this transaction.
#[derive(Debug, Clone)]
pub struct WaitingUpload {
    pub id: UploadId,
    pub employer: EmployerId,
    pub file_name: String,
    pub bytes: Vec<u8>,
    /// Who sent it.
    pub email: String,
}

/// A document that somebody chose to make a new profile of, locked for this transaction.
#[derive(Debug, Clone)]
pub struct Wanted {
    pub id: UploadId,
    pub employer: EmployerId,
    pub document: DocumentId,
    pub unit: UnitId,
    pub unit_name: String,
    pub email: String,
}

/// Several files that came together.
#[derive(Debug, Clone)]
pub struct Batch {
    pub id: BatchId,
    pub created_at: OffsetDateTime,
    pub rows: Vec<UploadRow>,
}

/// What became of one file.
#[derive(Debug, Clone)]
pub struct UploadRow {
    pub id: UploadId,
    pub file_name: String,
    pub refusal: Option<String>,
    pub document: Option<DocumentId>,
    pub facts: Option<Summary>,
    pub likeness: Vec<i32>,
    /// The unit in which a profile of it was asked for, and why there is none.
    pub unit: Option<UnitId>,
    pub problem: Option<String>,
    pub became: Option<super::Became>,
}

/// A batch in the list of uploads.
#[derive(Debug, Clone)]
pub struct BatchRow {
    pub id: BatchId,
    pub created_at: OffsetDateTime,
    pub files: i64,
    pub waiting: i64,
}

impl Tx {
    /// Keeps the files until a job reads them.
    pub async fn add_batch(
        &mut self,
        granted: &Granted<act::ImportDocument>,
        files: &[(String, Vec<u8>)],
    ) -> Result<BatchId, DbError> {
        let names: Vec<String> = files.iter().map(|(name, _)| name.clone()).collect();
        let bytes: Vec<Vec<u8>> = files.iter().map(|(_, bytes)| bytes.clone()).collect();
        let id = sqlx::query_scalar!(
            r#"with batch as (insert into upload_batch (employer_id, uploaded_by, created_at) values ($1, $2, $3) returning id),
            kept as (insert into upload (employer_id, batch_id, position, file_name, bytes, created_at)
                select $1, batch.id, file.position, file.name, file.bytes, $3
                from batch, unnest($4::text[], $5::bytea[]) with ordinality as file (name, bytes, position))
            select id from batch"#,
            granted.id().0,
            granted.membership().ok_or(DbError::Stale)?.0,
            granted.at(),
            &names,
            &bytes,
        )
        .fetch_one(self.conn())
        .await?;
        self.record(granted, &[("files", &files.len().to_string())]).await?;
        Ok(BatchId(id))
    }

    /// The next file to read. Several servers share the work: each locks the file that it reads, and a server that is
    /// killed leaves it waiting.
    pub async fn next_upload(&mut self) -> Result<Option<WaitingUpload>, DbError> {
        let row = sqlx::query!(
            r#"select u.id, u.employer_id, u.file_name, u.bytes as "bytes!", p.email from upload u
            join upload_batch b on b.employer_id = u.employer_id and b.id = u.batch_id
            join membership m on m.employer_id = b.employer_id and m.id = b.uploaded_by
            join person p on p.id = m.person_id
            where u.state = 'waiting' order by u.id limit 1 for update of u skip locked"#,
        )
        .fetch_optional(self.conn())
        .await?;
        Ok(row.map(|row| WaitingUpload {
            id: UploadId(row.id),
            employer: EmployerId(row.employer_id),
            file_name: row.file_name,
            bytes: row.bytes,
            email: row.email,
        }))
    }

    /// Notes that a file was read and is a document now.
    pub async fn upload_read(
        &mut self,
        upload: UploadId,
        document: DocumentId,
        facts: &Summary,
        likeness: &[i32],
    ) -> Result<(), DbError> {
        let done = sqlx::query!(
            "update upload set state = 'read', bytes = null, document_id = $2, facts = $3, likeness = $4
            where id = $1 and state = 'waiting'",
            upload.0,
            document.0,
            serde_json::to_value(facts).unwrap_or_default(),
            likeness,
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)
    }

    /// Notes why a file could not be read. Its bytes go.
    pub async fn upload_refused(&mut self, upload: UploadId, sentence: &str) -> Result<(), DbError> {
        let done = sqlx::query!(
            "update upload set state = 'refused', bytes = null, refusal = $2 where id = $1 and state = 'waiting'",
            upload.0,
            sentence,
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)
    }

    /// The person's own batches, the newest first.
    pub async fn my_batches(&mut self, scope: &Scope, most: i64) -> Result<Vec<BatchRow>, DbError> {
        let rows = sqlx::query!(
            r#"select b.id, b.created_at, count(*) as "files!", count(*) filter (where u.state = 'waiting') as "waiting!"
            from upload_batch b join upload u on u.employer_id = b.employer_id and u.batch_id = b.id
            where b.employer_id = $1 and b.uploaded_by = $2 group by b.id order by b.id desc limit $3"#,
            scope.employer().0,
            scope.membership().0,
            most,
        )
        .fetch_all(self.conn())
        .await?;
        let row = rows.into_iter().map(|row| BatchRow {
            id: BatchId(row.id),
            created_at: row.created_at,
            files: row.files,
            waiting: row.waiting,
        });
        Ok(row.collect())
    }

    /// One of the person's batches with every file, in the order in which they came.
    pub async fn batch(&mut self, scope: &Scope, id: BatchId) -> Result<Option<Batch>, DbError> {
        let rows = sqlx::query!(
            r#"select b.created_at, u.id, u.file_name, u.refusal, u.document_id, u.facts, u.likeness, u.unit_id, u.problem,
                p.number as "profile?", v.number as "version?"
            from upload_batch b join upload u on u.employer_id = b.employer_id and u.batch_id = b.id
            left join document d on d.employer_id = u.employer_id and d.id = u.document_id
            left join version v on v.id = d.version_id
            left join profile p on p.id = v.profile_id
            where b.employer_id = $1 and b.id = $2 and b.uploaded_by = $3 order by u.position"#,
            scope.employer().0,
            id.0,
            scope.membership().0,
        )
        .fetch_all(self.conn())
        .await?;
        let Some(created_at) = rows.first().map(|row| row.created_at) else { return Ok(None) };
        let row = rows.into_iter().map(|row| UploadRow {
            id: UploadId(row.id),
            file_name: row.file_name,
            refusal: row.refusal,
            document: row.document_id.map(DocumentId),
            facts: row.facts.and_then(|facts| serde_json::from_value(facts).ok()),
            likeness: row.likeness.unwrap_or_default(),
            unit: row.unit_id.map(UnitId),
            problem: row.problem,
            became: row.profile.zip(row.version).map(|(profile, version)| super::Became { profile, version }),
        });
        Ok(Some(Batch { id, created_at, rows: row.collect() }))
    }

    /// Asks for a new profile in a unit for each of these that was read and became nothing yet; says for how many.
    pub async fn want_drafts(
        &mut self,
        granted: &Granted<act::CreateProfile>,
        batch: BatchId,
        uploads: &[UploadId],
    ) -> Result<u64, DbError> {
        let ids: Vec<i64> = uploads.iter().map(|id| id.0).collect();
        let done = sqlx::query!(
            "update upload u set unit_id = $4, problem = null
            from upload_batch b, document d
            where b.employer_id = u.employer_id and b.id = u.batch_id and b.uploaded_by = $2 and b.id = $1
                and d.employer_id = u.employer_id and d.id = u.document_id and d.version_id is null
                and u.id = any($3) and u.state = 'read'",
            batch.0,
            granted.membership().ok_or(DbError::Stale)?.0,
            &ids,
            granted.id().0,
        )
        .execute(self.conn())
        .await?;
        self.record(granted, &[("documents", &done.rows_affected().to_string())]).await?;
        Ok(done.rows_affected())
    }

    /// The next document that a profile is wanted of.
    pub async fn next_wanted(&mut self) -> Result<Option<Wanted>, DbError> {
        let row = sqlx::query!(
            r#"select u.id, u.employer_id, d.id as document_id, n.id as unit_id, n.name as unit_name, p.email from upload u
            join document d on d.employer_id = u.employer_id and d.id = u.document_id and d.version_id is null
            join unit n on n.employer_id = u.employer_id and n.id = u.unit_id
            join upload_batch b on b.employer_id = u.employer_id and b.id = u.batch_id
            join membership m on m.employer_id = b.employer_id and m.id = b.uploaded_by
            join person p on p.id = m.person_id
            where u.unit_id is not null and u.problem is null order by u.id limit 1 for update of u skip locked"#,
        )
        .fetch_optional(self.conn())
        .await?;
        Ok(row.map(|row| Wanted {
            id: UploadId(row.id),
            employer: EmployerId(row.employer_id),
            document: DocumentId(row.document_id),
            unit: UnitId(row.unit_id),
            unit_name: row.unit_name,
            email: row.email,
        }))
    }

    /// Notes why no profile was made of a document, so that it holds up no other.
    pub async fn no_draft(&mut self, upload: UploadId, sentence: &str) -> Result<(), DbError> {
        let done =
            sqlx::query!("update upload set problem = $2 where id = $1 and unit_id is not null", upload.0, sentence)
                .execute(self.conn())
                .await?;
        exactly_one(&done)
    }
}
