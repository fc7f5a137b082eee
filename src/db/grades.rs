//! Grades with their dated amounts, and the schemes that they belong to.

use std::collections::BTreeMap;

use serde::Serialize;
use sqlx::types::Json;
use time::{Date, OffsetDateTime};

use super::{DbError, Tx};
use crate::clock::london_date;
use crate::domain::advert::ContractKind;
use crate::domain::given::Given;
use crate::domain::ids::{EmployerId, GradeId};
use crate::domain::pay::{Day, Grade, NewSupplement, PointPay};
use crate::domain::terms::{TermLine, printed};
use crate::domain::text::iso_date;

/// A grade to add, with its amounts: from, minimum and maximum in pence, and where the figures come from.
#[derive(Debug, Clone, Default)]
pub struct NewGrade {
    pub pay_scheme: String,
    pub name: String,
    /// First and last point of the scheme's spine, where it runs over one.
    pub spine: Option<(i32, i32)>,
    pub amounts: Vec<(Date, i64, i64, String)>,
    /// What its points pay from each of those dates on, lowest first.
    pub points: Vec<(Date, Vec<PointPay>)>,
}

/// A pay scheme to add: its full-time week in hundredths of hours, the points of its spine and what places add.
#[derive(Debug, Clone, Default)]
pub struct NewScheme {
    pub name: String,
    pub week: i32,
    /// Point, from, pence a year, source.
    pub spine: Vec<(i32, Date, i64, String)>,
    pub supplements: Vec<NewSupplement>,
    pub terms: Vec<NewTerm>,
}

/// A line of a scheme's terms, with where it comes from.
#[derive(Debug, Clone)]
pub struct NewTerm {
    pub label: String,
    /// Empty: takes the line of this label away, for those contracts.
    pub text: String,
    /// For every contract where it names none.
    pub contracts: Vec<ContractKind>,
    pub from: Date,
    pub source: String,
}

/// A point as one statement takes many.
#[derive(Serialize)]
pub(super) struct PointRow<'a> {
    pub grade: i64,
    pub day: String,
    pub position: i32,
    pub name: &'a str,
    pub pence: i64,
    pub years: Option<i32>,
}

/// The grades that `pay_of` gives.
pub(super) fn read(pay: Option<serde_json::Value>) -> Result<Vec<Grade>, DbError> {
    let odd = |_| DbError::Inconsistent { table: "grade", id: 0, what: "amounts that can't be read" };
    pay.map_or(Ok(Vec::new()), |pay| serde_json::from_value(pay).map_err(odd))
}

/// The lines that `terms_of` gives.
pub(super) fn read_terms(terms: Option<serde_json::Value>) -> Result<Vec<TermLine>, DbError> {
    let odd = |_| DbError::Inconsistent { table: "term_line", id: 0, what: "lines that can't be read" };
    terms.map_or(Ok(Vec::new()), |terms| serde_json::from_value(terms).map_err(odd))
}

/// What an advert leaves to the scheme: the terms for its contract, on its first day or on that of the row.
pub(super) fn given_for(
    terms: Option<serde_json::Value>,
    contract: &Option<String>,
    opens_on: Option<Date>,
    otherwise: OffsetDateTime,
) -> Given {
    let lines = read_terms(terms).unwrap_or_default();
    let contract = contract.as_deref().and_then(ContractKind::parse).map_or("", ContractKind::label);
    let day = Day::of(opens_on.unwrap_or_else(|| london_date(otherwise)));
    Given { terms: printed(&lines, contract, day), ..Given::default() }
}

impl Tx {
    /// Every grade of the employer, lowest first; an employer has a few dozen at most.
    pub async fn grades(&mut self, employer: EmployerId) -> Result<Vec<Grade>, DbError> {
        read(sqlx::query_scalar!("select pay_of($1, null)", employer.0).fetch_one(self.conn()).await?)
    }

    /// Adds pay schemes that the employer has not yet.
    pub async fn add_schemes(
        &mut self,
        employer: EmployerId,
        schemes: &[NewScheme],
        now: OffsetDateTime,
    ) -> Result<(), DbError> {
        for scheme in schemes {
            sqlx::query!(
                "insert into pay_scheme (employer_id, name, week_hundredths, created_at) values ($1, $2, $3, $4)",
                employer.0,
                scheme.name,
                scheme.week,
                now,
            )
            .execute(self.conn())
            .await?;
            self.add_spine(employer, &scheme.name, &scheme.spine, now).await?;
            self.add_supplements(employer, &scheme.name, &scheme.supplements, now).await?;
            self.add_terms(employer, &scheme.name, &scheme.terms, now).await?;
        }
        Ok(())
    }

    async fn add_terms(
        &mut self,
        employer: EmployerId,
        scheme: &str,
        terms: &[NewTerm],
        now: OffsetDateTime,
    ) -> Result<(), DbError> {
        for term in terms {
            sqlx::query!(
                "insert into term_line (employer_id, pay_scheme, label, text, contracts, effective_from, source, created_at)
                values ($1, $2, $3, $4, $5, $6, $7, $8)",
                employer.0,
                scheme,
                term.label,
                term.text,
                &term.contracts.iter().map(|kind| kind.word().to_owned()).collect::<Vec<_>>(),
                term.from,
                term.source,
                now,
            )
            .execute(self.conn())
            .await?;
        }
        Ok(())
    }

    pub(super) async fn add_spine(
        &mut self,
        employer: EmployerId,
        scheme: &str,
        spine: &[(i32, Date, i64, String)],
        now: OffsetDateTime,
    ) -> Result<(), DbError> {
        sqlx::query!(
            "insert into spine_point (employer_id, pay_scheme, point, effective_from, annual_pence, source, created_at)
            select $1, $2, p.point, p.day, p.pence, p.source, $7
            from unnest($3::int[], $4::date[], $5::bigint[], $6::text[]) as p (point, day, pence, source)",
            employer.0,
            scheme,
            &spine.iter().map(|one| one.0).collect::<Vec<_>>(),
            &spine.iter().map(|one| one.1).collect::<Vec<_>>(),
            &spine.iter().map(|one| one.2).collect::<Vec<_>>(),
            &spine.iter().map(|one| one.3.clone()).collect::<Vec<_>>(),
            now,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    pub(super) async fn add_supplements(
        &mut self,
        employer: EmployerId,
        scheme: &str,
        supplements: &[NewSupplement],
        now: OffsetDateTime,
    ) -> Result<(), DbError> {
        for new in supplements {
            sqlx::query!(
                "insert into pay_supplement (employer_id, pay_scheme, area, effective_from, percent, minimum_pence,
                    maximum_pence, source, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                employer.0,
                scheme,
                new.area.word(),
                new.from,
                new.percent as i32,
                new.limits.0,
                new.limits.1,
                new.source,
                now,
            )
            .execute(self.conn())
            .await?;
        }
        Ok(())
    }

    /// Adds the grades of a new employer, in the order given, and answers their ids by name.
    pub async fn add_grades(
        &mut self,
        employer: EmployerId,
        grades: &[NewGrade],
        now: OffsetDateTime,
    ) -> Result<BTreeMap<String, GradeId>, DbError> {
        let mut ids = BTreeMap::new();
        let mut points = Vec::new();
        for (position, grade) in grades.iter().enumerate() {
            let id = sqlx::query_scalar!(
                "insert into grade (employer_id, pay_scheme, name, position, point_from, point_to, created_at)
                values ($1, $2, $3, $4, $5, $6, $7) returning id",
                employer.0,
                grade.pay_scheme,
                grade.name,
                position as i32,
                grade.spine.map(|(from, _)| from),
                grade.spine.map(|(_, to)| to),
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
            points.extend(grade.points.iter().flat_map(|(day, points)| rows(id, *day, points)));
            ids.insert(grade.name.clone(), GradeId(id));
        }
        self.add_points(employer, &points, now).await?;
        Ok(ids)
    }

    pub(super) async fn add_points(
        &mut self,
        employer: EmployerId,
        points: &[PointRow<'_>],
        now: OffsetDateTime,
    ) -> Result<(), DbError> {
        sqlx::query!(
            "insert into grade_point (employer_id, grade_id, effective_from, position, name, annual_pence, years, created_at)
            select $1, p.grade, p.day, p.position, p.name, p.pence, p.years, $3
            from jsonb_to_recordset($2) as p (grade bigint, day date, position int, name text, pence bigint, years int)",
            employer.0,
            Json(points) as _,
            now,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }
}

/// The points of a grade from one day on.
pub(super) fn rows(grade: i64, day: Date, points: &[PointPay]) -> impl Iterator<Item = PointRow<'_>> {
    let day = iso_date(day);
    points.iter().enumerate().map(move |(n, point)| PointRow {
        grade,
        day: day.clone(),
        position: n as i32 + 1,
        name: &point.name,
        pence: point.annual,
        years: point.years,
    })
}

/// What a grade pays from one day on, with where the figures come from and its points.
#[derive(Debug, Clone)]
pub struct PaidFrom {
    pub grade: GradeId,
    pub from: Date,
    pub minimum: i64,
    pub maximum: i64,
    pub source: String,
    pub points: Vec<PointPay>,
}

impl Tx {
    /// Every dated amount of the employer's grades, newest first within a grade.
    pub async fn pay_history(&mut self, employer: EmployerId) -> Result<Vec<PaidFrom>, DbError> {
        let rows = sqlx::query!(
            r#"select a.grade_id, a.effective_from, a.minimum_pence, a.maximum_pence, a.source,
                (select coalesce(jsonb_agg(jsonb_build_object('name', p.name, 'annual', p.annual_pence, 'years', p.years)
                    order by p.position), '[]') from grade_point p where p.employer_id = a.employer_id
                    and p.grade_id = a.grade_id and p.effective_from = a.effective_from) as "points!: Json<Vec<PointPay>>"
            from grade_amount a join grade g on g.employer_id = a.employer_id and g.id = a.grade_id
            where a.employer_id = $1 order by g.position, g.id, a.effective_from desc"#,
            employer.0,
        )
        .fetch_all(self.conn())
        .await?;
        let paid = rows.into_iter().map(|row| PaidFrom {
            grade: GradeId(row.grade_id),
            from: row.effective_from,
            minimum: row.minimum_pence,
            maximum: row.maximum_pence,
            source: row.source,
            points: row.points.0,
        });
        Ok(paid.collect())
    }
}
