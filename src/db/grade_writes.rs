//! Grades and terms as an administrator changes them in the browser: added, renamed, ended, paid anew, with what they
//! were kept. Pay awards are in `pay_awards`.

use time::Date;

use super::error::exactly_one;
use super::{DbError, NewTerm, Tx};
use crate::domain::ids::GradeId;
use crate::domain::terms::TermLine;
use crate::domain::text::{long_date, pounds};
use crate::policy::{Granted, Scope, act};

/// What a grade pays from a day on, in pence a year full time.
#[derive(Debug, Clone)]
pub struct NewPay {
    pub from: Date,
    pub low: i64,
    pub high: i64,
    /// Where the figures come from, in words.
    pub source: String,
}

/// A grade that an administrator adds.
#[derive(Debug, Clone)]
pub struct AddedGrade<'a> {
    pub pay_scheme: &'a str,
    /// A full-time week in hundredths of hours, where the scheme is new.
    pub week: i32,
    pub name: &'a str,
    /// The grade that comes before it; none: it is the lowest.
    pub after: Option<GradeId>,
    pub pay: Option<NewPay>,
}

impl Tx {
    /// # Errors
    /// [`DbError::Constraint`] `grade_employer_id_pay_scheme_name_key` where the scheme has one of that name.
    pub async fn add_grade(
        &mut self,
        granted: &Granted<act::ChangeGrades>,
        new: &AddedGrade<'_>,
    ) -> Result<GradeId, DbError> {
        let (employer, now) = (granted.id(), granted.at());
        let id = sqlx::query_scalar!(
            "with scheme as (insert into pay_scheme (employer_id, name, week_hundredths, created_at)
                values ($1, $2, $3, $6) on conflict do nothing),
            place as (select coalesce((select position from grade where employer_id = $1 and id = $5), -1) as before),
            moved as (update grade g set position = g.position + 1 from place
                where g.employer_id = $1 and g.position > place.before)
            insert into grade (employer_id, pay_scheme, name, position, created_at)
            select $1, $2, $4, place.before + 1, $6 from place returning id",
            employer.0,
            new.pay_scheme,
            new.week,
            new.name,
            new.after.map(|grade| grade.0),
            now,
        )
        .fetch_one(self.conn())
        .await?;
        if let Some(pay) = &new.pay {
            self.write_pay(granted, GradeId(id), pay).await?;
        }
        self.record(granted, &[("scheme", new.pay_scheme), ("grade added", new.name)]).await?;
        Ok(GradeId(id))
    }

    /// Renames a grade and says from when on it is offered no more; what it was called is kept.
    ///
    /// # Errors
    /// [`DbError::Stale`] where it is called otherwise than `before` by now; [`DbError::Constraint`] as above.
    pub async fn change_grade(
        &mut self,
        granted: &Granted<act::ChangeGrades>,
        (grade, before): (GradeId, &str),
        name: &str,
        ended_on: Option<Date>,
    ) -> Result<(), DbError> {
        let done = sqlx::query!(
            "with past as (insert into grade_past (employer_id, grade_id, name, until_at, ended_by)
                select employer_id, id, name, $6::timestamptz, $7::bigint from grade
                where employer_id = $1 and id = $2 and name = $3 and name <> $4)
            update grade set name = $4, ended_on = $5 where employer_id = $1 and id = $2 and name = $3",
            granted.id().0,
            grade.0,
            before,
            name,
            ended_on,
            granted.at(),
            granted.membership().ok_or(DbError::Stale)?.0,
        )
        .execute(self.conn())
        .await?;
        exactly_one(&done)?;
        let ends = ended_on.map_or_else(|| "never".to_owned(), long_date);
        self.record(granted, &[("grade", before), ("name", name), ("offered until", &ends)]).await
    }

    /// What a grade pays from a day on.
    ///
    /// # Errors
    /// [`DbError::Constraint`] `grade_amount_pkey` where it has figures from that day on.
    pub async fn pay_grade(
        &mut self,
        granted: &Granted<act::ChangeGrades>,
        (grade, name): (GradeId, &str),
        pay: &NewPay,
    ) -> Result<(), DbError> {
        self.write_pay(granted, grade, pay).await?;
        let figures = format!("{} to {} from {}", pounds(pay.low), pounds(pay.high), long_date(pay.from));
        self.record(granted, &[("grade", name), ("pays", &figures)]).await
    }

    async fn write_pay(
        &mut self,
        granted: &Granted<act::ChangeGrades>,
        grade: GradeId,
        pay: &NewPay,
    ) -> Result<(), DbError> {
        sqlx::query!(
            "insert into grade_amount (employer_id, grade_id, effective_from, minimum_pence, maximum_pence, source, created_at)
            values ($1, $2, $3, $4, $5, $6, $7)",
            granted.id().0,
            grade.0,
            pay.from,
            pay.low,
            pay.high,
            pay.source,
            granted.at(),
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Every line of the terms of every scheme of the employer, by scheme, the oldest first.
    pub async fn scheme_terms(&mut self, scope: &Scope) -> Result<Vec<(String, Vec<TermLine>)>, DbError> {
        let rows = sqlx::query!(
            r#"select s.name, (select coalesce(jsonb_agg(jsonb_build_object('label', t.label, 'text', t.text,
                    'contracts', t.contracts, 'effective_from', t.effective_from, 'source', t.source,
                    'known', floor(extract(epoch from t.created_at))::bigint) order by t.id), '[]')
                from term_line t where t.employer_id = s.employer_id and t.pay_scheme = s.name) as terms
            from pay_scheme s where s.employer_id = $1 order by s.name"#,
            scope.employer().0,
        )
        .fetch_all(self.conn())
        .await?;
        rows.into_iter().map(|row| Ok((row.name, super::grades::read_terms(row.terms)?))).collect()
    }

    /// A line of the terms from a day on.
    pub async fn add_term(
        &mut self,
        granted: &Granted<act::ChangeGrades>,
        scheme: &str,
        term: &NewTerm,
    ) -> Result<(), DbError> {
        sqlx::query!(
            "insert into term_line (employer_id, pay_scheme, label, text, contracts, effective_from, source, added_by, created_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            granted.id().0,
            scheme,
            term.label,
            term.text,
            &term.contracts.iter().map(|kind| kind.word().to_owned()).collect::<Vec<_>>(),
            term.from,
            term.source,
            granted.membership().ok_or(DbError::Stale)?.0,
            granted.at(),
        )
        .execute(self.conn())
        .await?;
        let from = long_date(term.from);
        self.record(granted, &[("scheme", scheme), ("term", &term.label), ("text", &term.text), ("from", &from)]).await
    }
}
