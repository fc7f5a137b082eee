//! Many made-up employers with their job descriptions, put in by the lot for trying the public site at its full size.
//! Every write is refused outside a database that holds the demonstration alone.

use serde::Serialize;
use sqlx::types::Json;
use time::OffsetDateTime;

use super::{DbError, NewGrade, NewScheme, Tx};

/// A made-up employer.
#[derive(Debug, Serialize)]
pub struct ManyEmployer {
    pub slug: String,
    pub name: String,
    pub description: String,
    pub kind: String,
    pub scheme: String,
    /// Which of the grades are its own.
    pub pay_scheme: String,
}

/// Two people, who write and confirm everything: name and address.
#[derive(Debug)]
pub struct ManyPeople {
    pub writer: (String, String),
    pub manager: (String, String),
    pub password_hash: String,
}

/// A job description in force.
#[derive(Debug, Serialize)]
pub struct ManyVersion {
    /// A slug.
    pub employer: String,
    /// Of the profile.
    pub number: i32,
    pub title: String,
    pub grade: String,
    pub service: String,
    pub items: Vec<ManyItem>,
}

/// A line of a job description, in the order of its section.
#[derive(Debug, Serialize)]
pub struct ManyItem {
    /// 1 prose, 2 duties, 3 criteria, 4 terms, 5 clauses.
    pub section: i32,
    pub kind: String,
    pub text: String,
    pub importance: Option<String>,
    pub method: Option<String>,
    pub label: Option<String>,
}

impl ManyItem {
    pub fn new(section: i32, kind: &str, text: &str) -> Self {
        let (kind, text) = (kind.to_owned(), text.to_owned());
        ManyItem { section, kind, text, importance: None, method: None, label: None }
    }
}

impl Tx {
    /// Adds the employers, each with the two people as its only staff, one unit, and the grades of its pay scheme.
    pub async fn add_many_employers(
        &mut self,
        employers: &[ManyEmployer],
        (grades, schemes): (&[NewGrade], &[NewScheme]),
        people: &ManyPeople,
        at: OffsetDateTime,
    ) -> Result<(), DbError> {
        let added = sqlx::query!(
            "insert into employer (slug, name, kind, description, evaluation_scheme, demonstration, created_at,
                next_profile_number, next_advert_number)
            select r.slug, r.name, r.kind, r.description, r.scheme, true, $2, 1000, 1000000
            from jsonb_to_recordset($1) r (slug text, name text, kind text, description text, scheme text)
            where not exists (select from employer where not demonstration)",
            Json(employers) as _,
            at,
        )
        .execute(self.conn())
        .await?;
        if added.rows_affected() != employers.len() as u64 {
            return Err(DbError::Stale);
        }
        for ((name, email), role) in [(&people.writer, "author"), (&people.manager, "manager")] {
            self.add_demonstration_person(name, email, &people.password_hash, at).await?;
            sqlx::query!(
                "with joined as (insert into membership (employer_id, person_id, created_at)
                    select e.id, p.id, $3 from employer e, person p
                    where p.email = $1 and e.slug in (select r.slug from jsonb_to_recordset($4) r (slug text))
                    returning employer_id, id)
                insert into membership_role (employer_id, membership_id, role, created_at)
                select employer_id, id, $2, $3 from joined",
                email,
                role,
                at,
                Json(employers) as _,
            )
            .execute(self.conn())
            .await?;
        }
        sqlx::query!(
            "insert into unit (employer_id, name, manager_id, created_at)
            select e.id, 'Services', m.id, $3 from employer e join membership m on m.employer_id = e.id
            join person p on p.id = m.person_id and p.email = $1
            where e.slug in (select r.slug from jsonb_to_recordset($2) r (slug text))",
            people.manager.1,
            Json(employers) as _,
            at,
        )
        .execute(self.conn())
        .await?;
        self.add_many_schemes(employers, schemes, at).await?;
        self.add_many_grades(employers, grades, at).await
    }

    /// The schemes with their terms; what they add in some places is left out, since no job of these is there.
    async fn add_many_schemes(
        &mut self,
        employers: &[ManyEmployer],
        schemes: &[NewScheme],
        at: OffsetDateTime,
    ) -> Result<(), DbError> {
        for scheme in schemes {
            sqlx::query!(
                "insert into pay_scheme (employer_id, name, week_hundredths, created_at)
                select e.id, $1, $2, $3 from jsonb_to_recordset($4) r (slug text, pay_scheme text)
                join employer e on e.slug = r.slug where r.pay_scheme = $1",
                scheme.name,
                scheme.week,
                at,
                Json(employers) as _,
            )
            .execute(self.conn())
            .await?;
            for term in &scheme.terms {
                sqlx::query!(
                    "insert into term_line (employer_id, pay_scheme, label, text, contracts, effective_from, source, created_at)
                    select e.id, $1, $2, $3, $4, $5, $6, $7 from jsonb_to_recordset($8) r (slug text, pay_scheme text)
                    join employer e on e.slug = r.slug where r.pay_scheme = $1",
                    scheme.name,
                    term.label,
                    term.text,
                    &term.contracts.iter().map(|kind| kind.word().to_owned()).collect::<Vec<_>>(),
                    term.from,
                    term.source,
                    at,
                    Json(employers) as _,
                )
                .execute(self.conn())
                .await?;
            }
        }
        Ok(())
    }

    async fn add_many_grades(
        &mut self,
        employers: &[ManyEmployer],
        grades: &[NewGrade],
        at: OffsetDateTime,
    ) -> Result<(), DbError> {
        for (position, grade) in grades.iter().enumerate() {
            sqlx::query!(
                "insert into grade (employer_id, pay_scheme, name, position, created_at)
                select e.id, $1, $2, $3, $4 from jsonb_to_recordset($5) r (slug text, pay_scheme text)
                join employer e on e.slug = r.slug where r.pay_scheme = $1",
                grade.pay_scheme,
                grade.name,
                position as i32,
                at,
                Json(employers) as _,
            )
            .execute(self.conn())
            .await?;
            for (from, minimum, maximum, source) in &grade.amounts {
                sqlx::query!(
                    "insert into grade_amount (employer_id, grade_id, effective_from, minimum_pence, maximum_pence, source, created_at)
                    select g.employer_id, g.id, $1, $2, $3, $4, $5 from jsonb_to_recordset($8) r (slug text)
                    join employer e on e.slug = r.slug
                    join grade g on g.employer_id = e.id and g.pay_scheme = $6 and g.name = $7",
                    *from,
                    *minimum,
                    *maximum,
                    source,
                    at,
                    grade.pay_scheme,
                    grade.name,
                    Json(employers) as _,
                )
                .execute(self.conn())
                .await?;
            }
        }
        Ok(())
    }

    /// Adds profiles with one version each, written, approved and in force.
    pub async fn add_many_versions(&mut self, versions: &[ManyVersion], at: OffsetDateTime) -> Result<(), DbError> {
        let versions = Json(versions);
        sqlx::query!(
            "with wanted as (select e.id as employer_id, r.*, g.id as grade_id, u.id as unit_id, u.manager_id,
                    (select m.id from membership m where m.employer_id = e.id and m.id <> u.manager_id) as writer
                from jsonb_to_recordset($1) r (employer text, number int, title text, grade text, service text)
                join employer e on e.slug = r.employer and e.demonstration
                join unit u on u.employer_id = e.id and u.name = 'Services'
                left join grade g on g.employer_id = e.id and g.name = r.grade),
            made as (insert into profile (employer_id, number, unit_id, owner_id, created_at)
                select w.employer_id, w.number, w.unit_id, w.writer, $2::timestamptz from wanted w returning employer_id, id, number)
            insert into version (employer_id, profile_id, number, state, created_by, created_at, title, grade_from_id,
                grade_basis, hours, contract, service, submitted_by, submitted_at)
            select m.employer_id, m.id, 1, 'draft', w.writer, $2::timestamptz, w.title, w.grade_id, 'indicative',
                'Up to 37 hours a week', 'Permanent', w.service, w.writer, $2::timestamptz
            from made m join wanted w on w.employer_id = m.employer_id and w.number = m.number",
            versions as _,
            at,
        )
        .execute(self.conn())
        .await?;
        self.add_many_items(versions.0).await?;
        sqlx::query!(
            "update version v set state = 'issued', approved_by = u.manager_id, approved_at = $2::timestamptz, issued_by = v.created_by,
                issued_at = $2::timestamptz, effective_from = ($2::timestamptz at time zone 'Europe/London')::date, lock_version = 4
            from jsonb_to_recordset($1) r (employer text, number int) join employer e on e.slug = r.employer
            join unit u on u.employer_id = e.id and u.name = 'Services'
            join profile p on p.employer_id = e.id and p.number = r.number
            where v.profile_id = p.id and v.state = 'draft'",
            versions as _,
            at,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    async fn add_many_items(&mut self, versions: &[ManyVersion]) -> Result<(), DbError> {
        sqlx::query!(
            "insert into section (employer_id, version_id, section_id, position, kind)
            select v.employer_id, v.id, nextval('content_identity'), k.position, k.kind
            from jsonb_to_recordset($1) r (employer text, number int) join employer e on e.slug = r.employer
            join profile p on p.employer_id = e.id and p.number = r.number join version v on v.profile_id = p.id
            cross join unnest(array['prose', 'duties', 'criteria', 'terms', 'clauses']) with ordinality k (kind, position)",
            Json(versions) as _,
        )
        .execute(self.conn())
        .await?;
        sqlx::query!(
            "with line as materialized (select v.employer_id, v.id as version_id, s.section_id, i.kind, i.text, i.importance,
                    i.method, i.label, nextval('content_identity') as item_id,
                    row_number() over (partition by v.id, i.section order by o.place) as position
                from jsonb_to_recordset($1) r (employer text, number int, items jsonb)
                join employer e on e.slug = r.employer join profile p on p.employer_id = e.id and p.number = r.number
                join version v on v.profile_id = p.id
                cross join jsonb_array_elements(r.items) with ordinality o (line, place)
                cross join jsonb_to_record(o.line)
                    i (section int, kind text, text text, importance text, method text, label text)
                join section s on s.version_id = v.id and s.position = i.section),
            its as (insert into item (employer_id, version_id, item_id, section_id, position, kind, text)
                select employer_id, version_id, item_id, section_id, position, kind, text from line),
            criteria as (insert into criterion (employer_id, version_id, item_id, importance)
                select employer_id, version_id, item_id, importance from line where importance is not null),
            methods as (insert into criterion_assessment (employer_id, version_id, item_id, method)
                select employer_id, version_id, item_id, method from line where method is not null),
            terms as (insert into term (employer_id, version_id, item_id, label)
                select employer_id, version_id, item_id, label from line where kind = 'term')
            insert into clause_use (employer_id, version_id, item_id, heading)
            select employer_id, version_id, item_id, label from line where kind = 'clause'",
            Json(versions) as _,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }
}
