//! How long a review may take with an employer, and when administrators hear of one that is late.

use super::error::exactly_one;
use super::{DbError, Tx};
use crate::domain::ids::EmployerId;
use crate::domain::working_days::Nation;
use crate::policy::{Granted, Scope, act};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReviewSettings {
    /// Whose bank holidays are no working days.
    pub nation: Nation,
    /// Working days that a review may take.
    pub review_days: u32,
    /// Working days after its date when administrators hear of it.
    pub escalate_after: u32,
}

/// The most months from a version in force to the next look at it, as the table has it.
pub const MOST_MONTHS: u32 = 120;

/// The most of either, as the table has it.
pub const MOST_DAYS: u32 = 60;

impl Tx {
    pub async fn review_settings(&mut self, scope: &Scope) -> Result<ReviewSettings, DbError> {
        let employer = scope.employer();
        let row = sqlx::query!("select nation, review_days, escalate_after from employer where id = $1", employer.0)
            .fetch_one(self.conn())
            .await?;
        settings(employer, &row.nation, row.review_days, row.escalate_after)
    }

    /// Months from a version in force to the next look at its profile, where nobody sets a day; 0: no day is set.
    pub async fn review_months(&mut self, scope: &Scope) -> Result<u32, DbError> {
        let employer = scope.employer();
        let months = sqlx::query_scalar!("select review_months from employer where id = $1", employer.0)
            .fetch_one(self.conn())
            .await?;
        Ok(months.unsigned_abs())
    }

    pub async fn change_review_settings(
        &mut self,
        granted: &Granted<act::ChangeReviewSettings>,
        new: ReviewSettings,
        months: u32,
    ) -> Result<(), DbError> {
        let done = sqlx::query!(
            "update employer set nation = $2, review_days = $3, escalate_after = $4, review_months = $5 where id = $1",
            granted.id().0,
            new.nation.word(),
            i32::try_from(new.review_days).unwrap_or(i32::MAX),
            i32::try_from(new.escalate_after).unwrap_or(i32::MAX),
            i32::try_from(months).unwrap_or(i32::MAX),
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)?;
        let (days, late) = (new.review_days.to_string(), new.escalate_after.to_string());
        let months = months.to_string();
        let facts = [
            ("bank holidays", new.nation.label()),
            ("working days for a review", &days),
            ("working days late before administrators are told", &late),
            ("months to the next look at a profile", &months),
        ];
        self.record(granted, &facts).await
    }
}

pub(super) fn settings(
    employer: EmployerId,
    nation: &str,
    review_days: i32,
    escalate_after: i32,
) -> Result<ReviewSettings, DbError> {
    Ok(ReviewSettings {
        nation: nation_of(employer, nation)?,
        review_days: review_days.unsigned_abs(),
        escalate_after: escalate_after.unsigned_abs(),
    })
}

pub(super) fn nation_of(employer: EmployerId, nation: &str) -> Result<Nation, DbError> {
    Nation::parse(nation).ok_or(DbError::Inconsistent { table: "employer", id: employer.0, what: "an unknown nation" })
}
