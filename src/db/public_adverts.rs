//! An advert and an employer as the public reads them. Drafts and what is yet to open are absent.

use serde::Deserialize;
use sqlx::types::Json;
use time::OffsetDateTime;

use super::advert_offer::{offer, printed_grade};
use super::brand::{PublicBrand, public_brand};
use super::{DbError, Tx};
use crate::domain::advert::{
    AdvertState, AdvertText, ApplyKind, ChangedHow, ContractKind, Standing, Vacancy, Window, standing,
};
use crate::domain::ids::{AdvertId, EmployerId, PersonId, VersionId};

/// An advert that is open, has closed, or was withdrawn after people could read it.
#[derive(Debug, Clone)]
pub struct PublicAdvert {
    pub id: AdvertId,
    pub employer: EmployerId,
    pub employer_slug: String,
    pub brand: Option<PublicBrand>,
    pub version: VersionId,
    pub lock_version: i32,
    pub vacancy: Vacancy,
    pub window: Window,
    pub state: AdvertState,
    /// When, and why.
    pub withdrawn: Option<(OffsetDateTime, String)>,
    /// Everybody can read it; otherwise only the employer's own staff.
    pub is_public: bool,
    /// From when; never for an internal one.
    pub public_at: Option<OffsetDateTime>,
    /// The last time that what is to be read here changed.
    pub changed_at: OffsetDateTime,
    /// What changed after publishing, the latest first.
    pub changes: Vec<Changed>,
    /// Kept by the person who asks.
    pub saved: bool,
}

/// A change after publishing.
#[derive(Debug, Clone, Deserialize)]
pub struct Changed {
    pub kind: ChangedHow,
    pub what: String,
    #[serde(with = "time::serde::iso8601")]
    pub at: OffsetDateTime,
}

impl PublicAdvert {
    pub fn standing(&self, now: OffsetDateTime) -> Standing {
        standing(self.state, Some(self.window), now)
    }
}

/// An employer's public face.
#[derive(Debug, Clone)]
pub struct PublicEmployer {
    pub slug: String,
    pub name: String,
    pub description: String,
    pub brand: Option<PublicBrand>,
}

impl Tx {
    /// An advert that the public may know of at that instant.
    pub async fn public_advert(
        &mut self,
        advert: AdvertId,
        reader: Option<PersonId>,
        now: OffsetDateTime,
    ) -> Result<Option<PublicAdvert>, DbError> {
        let row = sqlx::query!(
            r#"select a.id, a.employer_id, e.slug, e.name as employer_name,
                (select glossary from glossary_of(e.id) glossary) as glossary,
                (select template from template_of(v.id) template) as template, a.version_id, a.lock_version, a.state,
                a.reference, a.title, a.grade_from, a.grade_to, a.headline, a.short_text, a.salary_typed, a.salary_text,
                a.contract_kind, a.contract, a.working_pattern, a.locations, a.contact_name, a.contact_email,
                a.contact_phone, a.apply_kind, a.apply_value, a.opens_on, a.closes_on, a.shortlisting_on,
                a.interviews_on, a.starts, a.patterns, a.flexible, a.dbs, a.audience, a.redeployment_until, a.may_close_early, a.contact_by_form,
                a.changed_at as "changed_at!", coalesce(a.public_at <= $3 and a.public_at < coalesce(a.withdrawn_at, a.closes_at), false) as "public!", a.public_at, a.opens_at as "opens_at!", a.closes_at as "closes_at!", a.withdrawn_at,
                a.withdrawn_reason, b.revision as "brand?", b.accent as "brand_accent?", b.screen_width as "brand_width?",
                b.screen_height as "brand_height?", b.logo_alt as "brand_alt?", v.hours, v.directorate, v.service, v.reports_to,
                (select terms from terms_of(v.employer_id, v.grade_from_id) terms) as terms,
                exists (select from saved_advert s where s.person_id = $2 and s.advert_id = a.id) as "saved!",
                (select json_agg(json_build_object('kind', c.kind, 'what', c.what, 'at', c.changed_at) order by c.id desc)
                    from advert_change c where c.employer_id = a.employer_id and c.advert_id = a.id)
                    as "changes: Json<Vec<Changed>>"
            from advert a join employer e on e.id = a.employer_id join version v on v.id = a.version_id
                left join employer_brand b on b.employer_id = a.employer_id
            where a.id = $1 and a.opens_at <= $3
                and ((a.public_at <= $3 and a.public_at < coalesce(a.withdrawn_at, a.closes_at)) or exists (select from membership m where m.employer_id = a.employer_id
                    and m.person_id = $2 and m.deactivated_at is null and m.joined_at is not null))
                and (a.state = 'published' or (a.state = 'withdrawn' and a.opens_at < a.withdrawn_at))"#,
            advert.0,
            reader.map(|person| person.0),
            now,
        )
        .fetch_optional(self.conn())
        .await?;
        let Some(row) = row else { return Ok(None) };
        let odd = DbError::Inconsistent { table: "advert", id: row.id, what: "an unknown state" };
        Ok(Some(PublicAdvert {
            id: AdvertId(row.id),
            employer: EmployerId(row.employer_id),
            employer_slug: row.slug,
            brand: public_brand(row.brand, row.brand_accent, row.brand_width.zip(row.brand_height), row.brand_alt),
            version: VersionId(row.version_id),
            lock_version: row.lock_version,
            window: (row.opens_at, row.closes_at),
            state: AdvertState::parse(&row.state).ok_or(odd)?,
            withdrawn: row.withdrawn_at.zip(row.withdrawn_reason),
            saved: row.saved,
            is_public: row.public,
            public_at: row.public_at,
            changed_at: row.changed_at,
            changes: row.changes.map(|Json(changes)| changes).unwrap_or_default(),
            vacancy: Vacancy {
                employer: row.employer_name,
                title: row.title,
                grade: printed_grade(&row.grade_from, &row.grade_to),
                hours: row.hours,
                directorate: row.directorate,
                service: row.service,
                reports_to: row.reports_to,
                glossary: super::glossary::pairs(row.glossary),
                given: super::grades::given_for(row.terms, &row.contract_kind, row.opens_on, row.opens_at),
                printing: super::template_use::printing(row.template),
                text: AdvertText {
                    headline: row.headline,
                    short_text: row.short_text,
                    reference: row.reference,
                    salary_typed: row.salary_typed,
                    salary_text: row.salary_text,
                    contract_kind: row.contract_kind.as_deref().and_then(ContractKind::parse),
                    contract: row.contract,
                    working_pattern: row.working_pattern,
                    offer: offer(
                        (&row.patterns, &row.flexible),
                        row.dbs.as_deref(),
                        &row.audience,
                        row.redeployment_until,
                        (row.may_close_early, row.contact_by_form),
                    ),
                    locations: row.locations,
                    contact_name: row.contact_name,
                    contact_email: row.contact_email,
                    contact_phone: row.contact_phone,
                    apply_kind: ApplyKind::parse(&row.apply_kind).unwrap_or(ApplyKind::Instructions),
                    apply_value: row.apply_value,
                    // Who confirmed the text is no business of its readers.
                    hiring_manager: None,
                    opens_on: row.opens_on,
                    closes_on: row.closes_on,
                    shortlisting_on: row.shortlisting_on,
                    interviews_on: row.interviews_on,
                    starts: row.starts,
                },
            },
        }))
    }

    pub async fn public_employer(&mut self, slug: &str) -> Result<Option<PublicEmployer>, DbError> {
        let row = sqlx::query!(
            r#"select slug, name, description, b.revision as "brand?", b.accent as "accent?",
                b.screen_width as "width?", b.screen_height as "height?", b.logo_alt as "alt?"
            from employer e left join employer_brand b on b.employer_id = e.id where slug = $1"#,
            slug
        )
        .fetch_optional(self.conn())
        .await?;
        Ok(row.map(|row| PublicEmployer {
            slug: row.slug,
            name: row.name,
            description: row.description,
            brand: public_brand(row.brand, row.accent, row.width.zip(row.height), row.alt),
        }))
    }
}
