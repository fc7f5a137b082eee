//! Grades with their dated amounts.

use std::collections::BTreeMap;

use time::{Date, OffsetDateTime};

use super::{DbError, Tx};
use crate::domain::ids::{EmployerId, GradeId};
use crate::domain::pay::{Amount, Grade};

/// A grade to add, with its amounts: from, minimum and maximum in pence, and where the figures come from.
#[derive(Debug, Clone)]
pub struct NewGrade {
    pub pay_scheme: String,
    pub name: String,
    pub amounts: Vec<(Date, i64, i64, String)>,
}

impl Tx {
    /// Every grade of the employer, lowest first; an employer has a few dozen at most.
    pub async fn grades(&mut self, employer: EmployerId) -> Result<Vec<Grade>, DbError> {
        let rows = sqlx::query!(
            r#"select g.id, g.pay_scheme, g.name, a.effective_from as "effective_from?",
                a.minimum_pence as "minimum?", a.maximum_pence as "maximum?"
            from grade g left join grade_amount a on a.grade_id = g.id
            where g.employer_id = $1 order by g.position, g.id, a.effective_from"#,
            employer.0
        )
        .fetch_all(self.conn())
        .await?;
        let mut grades: Vec<Grade> = Vec::new();
        for row in rows {
            if grades.last().is_none_or(|last| last.id.0 != row.id) {
                let (pay_scheme, name) = (row.pay_scheme, row.name);
                grades.push(Grade { id: GradeId(row.id), pay_scheme, name, amounts: Vec::new() });
            }
            let amount = match (row.effective_from, row.minimum, row.maximum) {
                (Some(effective_from), Some(minimum_pence), Some(maximum_pence)) => {
                    Some(Amount { effective_from, minimum_pence, maximum_pence })
                }
                _ => None,
            };
            if let (Some(grade), Some(amount)) = (grades.last_mut(), amount) {
                grade.amounts.push(amount);
            }
        }
        Ok(grades)
    }

    /// Adds the grades of a new employer, in the order given, and answers their ids by name.
    pub async fn add_grades(
        &mut self,
        employer: EmployerId,
        grades: &[NewGrade],
        now: OffsetDateTime,
    ) -> Result<BTreeMap<String, GradeId>, DbError> {
        let mut ids = BTreeMap::new();
        for (position, grade) in grades.iter().enumerate() {
            let id = sqlx::query_scalar!(
                "insert into grade (employer_id, pay_scheme, name, position, created_at) values ($1, $2, $3, $4, $5) returning id",
                employer.0,
                grade.pay_scheme,
                grade.name,
                position as i32,
                now,
            )
            .fetch_one(self.conn())
            .await?;
            for (from, minimum, maximum, source) in &grade.amounts {
                sqlx::query!(
                    "insert into grade_amount (employer_id, grade_id, effective_from, minimum_pence, maximum_pence, source, created_at)
                    values ($1, $2, $3, $4, $5, $6, $7)",
                    employer.0,
                    id,
                    *from,
                    *minimum,
                    *maximum,
                    source,
                    now,
                )
                .execute(self.conn())
                .await?;
            }
            ids.insert(grade.name.clone(), GradeId(id));
        }
        Ok(ids)
    }
}
