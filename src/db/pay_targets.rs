//! What a pay award reaches: drafts and open adverts whose salary is worked out from a grade.

use time::OffsetDateTime;

use super::{DbError, Tx};
use crate::domain::ids::{AdvertId, EmployerId, GradeId, VersionId};
use crate::domain::pay::{Area, Day, Effect, Grade, Post};

/// A draft or an open advert.
#[derive(Debug, Clone)]
pub struct PayTarget {
    pub version: Option<VersionId>,
    pub advert: Option<AdvertId>,
    pub profile_number: i32,
    pub version_number: i32,
    pub title: String,
    pub grade: GradeId,
    pub grade_to: Option<GradeId>,
    pub hours: String,
    pub area: Option<Area>,
    /// What an advert prints now.
    pub printed: String,
}

impl PayTarget {
    /// What the one table pays and the other; an advert's "before" is what it prints.
    pub fn effect(&self, tables: (&[Grade], &[Grade]), day: Day) -> Option<Effect> {
        let post = Post { hours: &self.hours, area: self.area };
        let effect = Effect::on(tables, (self.grade, self.grade_to), day, post)?;
        Some(match self.advert {
            Some(_) => Effect { before: self.printed.clone(), ..effect },
            None => effect,
        })
    }
}

impl Tx {
    /// Every draft and open advert of the employer on a grade of that scheme whose salary was not typed.
    pub async fn pay_targets(
        &mut self,
        employer: EmployerId,
        scheme: &str,
        now: OffsetDateTime,
    ) -> Result<Vec<PayTarget>, DbError> {
        let rows = sqlx::query!(
            r#"select v.id as "version?", null::bigint as advert, p.number as profile_number, v.number as version_number,
                v.title, v.grade_from_id as "grade!", v.grade_to_id as grade_to, v.hours, v.pay_area, '' as "printed!"
            from version v join profile p on p.id = v.profile_id
            join grade g on g.employer_id = v.employer_id and g.id = v.grade_from_id
            where v.employer_id = $1 and g.pay_scheme = $2 and v.salary_text = '' and p.retired_at is null
                and v.state in ('draft', 'in_review', 'changes_requested', 'approved')
            union all
            select null, a.id, p.number, v.number, a.title, v.grade_from_id, v.grade_to_id, v.hours, v.pay_area,
                a.salary_text
            from advert a join version v on v.id = a.version_id join profile p on p.id = v.profile_id
            join grade g on g.employer_id = v.employer_id and g.id = v.grade_from_id
            where a.employer_id = $1 and g.pay_scheme = $2 and not a.salary_typed and a.state = 'published'
                and a.closes_at > $3
            order by 3, 4, 2 nulls first"#,
            employer.0,
            scheme,
            now,
        )
        .fetch_all(self.conn())
        .await?;
        let targets = rows.into_iter().map(|row| PayTarget {
            version: row.version.map(VersionId),
            advert: row.advert.map(AdvertId),
            profile_number: row.profile_number.unwrap_or_default(),
            version_number: row.version_number.unwrap_or_default(),
            title: row.title.unwrap_or_default(),
            grade: GradeId(row.grade),
            grade_to: row.grade_to.map(GradeId),
            hours: row.hours.unwrap_or_default(),
            area: row.pay_area.as_deref().and_then(Area::parse),
            printed: row.printed,
        });
        Ok(targets.collect())
    }
}
