//! Employers: adding one. Its people, units and grades come after it, each in its own file.

use time::OffsetDateTime;

use super::{DbError, Tx};
use crate::domain::ids::EmployerId;
use crate::domain::worded::worded;

worded! {
    EmployerKind {
        NhsTrust = "nhs_trust", "NHS trust";
        Council = "council", "Council";
        School = "school", "School";
        Other = "other", "Other public body";
    }
}

worded! {
    /// How an employer evaluates jobs; what it pays for a grade is a separate choice.
    EvaluationScheme {
        Nhs = "nhs", "NHS job evaluation";
        Njc = "njc", "NJC job evaluation";
        Glpc = "glpc", "GLPC job evaluation";
        Own = "own", "A scheme of its own";
    }
}

impl Tx {
    /// Adds an employer for real use, and records it as done on the command line.
    ///
    /// # Errors
    /// [`DbError::Stale`] where the database holds the demonstration, which nothing mixes with;
    /// [`DbError::Constraint`] `employer_slug_key` where the slug is taken, `employer_slug_check` where it is no slug.
    pub async fn add_employer(
        &mut self,
        slug: &str,
        name: &str,
        kind: EmployerKind,
        scheme: EvaluationScheme,
        now: OffsetDateTime,
    ) -> Result<EmployerId, DbError> {
        let id = sqlx::query_scalar!(
            "insert into employer (slug, name, kind, evaluation_scheme, created_at)
            select $1, $2, $3, $4, $5 where not exists (select from employer where demonstration)
            returning id",
            slug,
            name,
            kind.word(),
            scheme.word(),
            now,
        )
        .fetch_optional(self.conn())
        .await?
        .ok_or(DbError::Stale)?;
        sqlx::query!(
            "insert into audit (employer_id, actor, action, subject, created_at)
            values ($1, 'The command line', 'Add an employer', $2, $3)",
            id,
            name,
            now,
        )
        .execute(self.conn())
        .await?;
        Ok(EmployerId(id))
    }
}
