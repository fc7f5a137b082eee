//! Everything in force at once, for taking the library along.

use sqlx::types::Json;
use time::{Date, OffsetDateTime};

use super::{DbError, Tx, glossary};
use crate::domain::advert::Acronyms;
use crate::domain::details::{Details, GradeBasis};
use crate::domain::given::Given;
use crate::domain::ids::{GradeId, VersionId};
use crate::domain::organisation::{Chart, Neighbours};
use crate::domain::pay::{Area, Day, Grade, Post, printed, salary};
use crate::domain::template::Printing;
use crate::domain::terms;
use crate::domain::text::profile_reference;
use crate::policy::Scope;

/// A version in force with its details; its content is loaded beside it.
#[derive(Debug, Clone)]
pub struct InForce {
    pub id: VersionId,
    /// `JP-0042`
    pub reference: String,
    pub number: i32,
    pub effective: Option<Date>,
    pub grade: String,
    pub details: Details,
    /// What its grade pays on that day; empty where it has no amounts.
    pub salary: String,
    /// What it says beside what its author wrote.
    pub given: Given,
    /// What its template says of its sections.
    pub printing: Printing,
}

impl Tx {
    /// The versions in force of the profiles in scope that are not archived, by their number, `most` at the most; with
    /// the employer's own short forms, which the first row brings along.
    pub async fn in_force(&mut self, scope: &Scope, most: i64) -> Result<(Vec<InForce>, Acronyms), DbError> {
        let mut rows = sqlx::query!(
            r#"select v.id, p.number as profile_number, v.number, v.effective_from, v.title, v.grade_from_id,
                v.grade_to_id, v.grade_basis, v.grade_basis_reference, v.grade_basis_date, v.grade_change_reason,
                v.salary_text, v.salary_reason, v.pay_area, v.issued_at, v.hours, v.contract, v.working_pattern, v.location, v.directorate, v.service,
                v.reports_to, v.responsible_for, grade_name_at(v.grade_from_id, v.issued_at) as grade_from, grade_name_at(v.grade_to_id, v.issued_at) as grade_to,
                pay_of(v.employer_id, array[v.grade_from_id, v.grade_to_id]) as pay,
                (select template from template_of(v.id) template) as template,
                (select terms from terms_of(v.employer_id, v.grade_from_id) terms) as terms,
                unit_path_at(p.unit_id, v.issued_at) as "unit_path!",
                posts_around(v.employer_id, v.profile_id, v.title, v.reports_to, v.issued_at) as "around!: Json<Neighbours>",
                case when row_number() over (order by p.number) = 1 then (select glossary from glossary_of(v.employer_id) glossary) end as "glossary?"
            from version v
            join profile p on p.id = v.profile_id
            where v.employer_id = $1 and v.state = 'issued' and p.retired_at is null
                and ($2 or p.unit_id = any($3))
            order by p.number limit $4"#,
            scope.employer().0,
            scope.whole(),
            scope.units(),
            most,
        )
        .fetch_all(self.conn())
        .await?;
        let glossary = glossary::pairs(rows.first_mut().and_then(|row| row.glossary.take()));
        let mut made = Vec::new();
        for row in rows {
            let salary = worked_out(
                &row.pay,
                row.effective_from.zip(row.issued_at),
                (row.grade_from_id, row.grade_to_id),
                Post { hours: &row.hours, area: row.pay_area.as_deref().and_then(Area::parse) },
            )?;
            let details = Details {
                title: row.title,
                grade_from: row.grade_from_id.map(GradeId),
                grade_to: row.grade_to_id.map(GradeId),
                grade_basis: row.grade_basis.as_deref().and_then(GradeBasis::parse),
                grade_basis_reference: row.grade_basis_reference,
                grade_basis_date: row.grade_basis_date,
                grade_change_reason: row.grade_change_reason,
                salary_text: row.salary_text,
                salary_reason: row.salary_reason,
                pay_area: row.pay_area.as_deref().and_then(Area::parse),
                hours: row.hours,
                contract: row.contract,
                working_pattern: row.working_pattern,
                location: row.location,
                directorate: row.directorate,
                service: row.service,
                reports_to: row.reports_to,
                responsible_for: row.responsible_for,
            };
            let day = row.effective_from.zip(row.issued_at).map(|(date, known)| Day { date, known: Some(known) });
            let terms = super::grades::read_terms(row.terms)?;
            let given = Given {
                unit: row.unit_path,
                terms: day.map(|day| terms::printed(&terms, &details.contract, day)).unwrap_or_default(),
                chart: Chart::of(&details, &row.around),
            };
            made.push(InForce {
                salary,
                given,
                printing: super::template_use::printing(row.template),
                id: VersionId(row.id),
                reference: profile_reference(row.profile_number),
                number: row.number,
                effective: row.effective_from,
                grade: super::advert_offer::printed_grade(
                    row.grade_from.as_deref().unwrap_or_default(),
                    row.grade_to.as_deref().unwrap_or_default(),
                ),
                details,
            });
        }
        Ok((made, glossary))
    }
}

/// What the grades pay on the day that the version came into force, by what was known then.
fn worked_out(
    pay: &Option<serde_json::Value>,
    issued: Option<(Date, OffsetDateTime)>,
    (from, to): (Option<i64>, Option<i64>),
    post: Post<'_>,
) -> Result<String, DbError> {
    let grades = super::grades::read(pay.clone())?;
    let find = |id: Option<i64>| grades.iter().find(|grade: &&Grade| Some(grade.id.0) == id);
    let day = issued.map(|(date, known)| Day { date, known: Some(known) });
    let salary = find(from).zip(day).and_then(|(grade, day)| salary(grade, find(to), day, post));
    Ok(printed("", salary.as_ref()))
}
