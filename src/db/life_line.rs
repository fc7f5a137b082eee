//! What happened to versions, from the first word to the adverts made of them, in one statement.

use time::{Date, OffsetDateTime};

use super::{DbError, Tx};
use crate::domain::advert::{AdvertState, Standing, standing};
use crate::domain::ids::{AdvertId, EmployerId, ProfileId, VersionId};
use crate::domain::text::profile_reference;
use crate::domain::worded::worded;

worded! {
    /// A station of a version's life. The labels are those of the strip.
    Station {
        Started = "started", "Created";
        Sent = "sent", "Sent for review";
        ChangesRequested = "changes_requested", "Changes requested";
        Approved = "approved", "Approved";
        Graded = "graded", "Grade decided";
        Issued = "issued", "Issued";
        EmergencyIssued = "emergency_issued", "Issued in an emergency";
        Superseded = "superseded", "Superseded";
        Withdrawn = "withdrawn", "Withdrawn";
        Discarded = "discarded", "Discarded";
        Advertised = "advertised", "Advert";
    }
}

/// Something that happened to a version.
#[derive(Debug, Clone)]
pub struct Happened {
    pub version: i32,
    pub station: Station,
    pub at: OffsetDateTime,
    pub who: Option<String>,
    /// A note or a reason in the person's own words, or what was decided.
    pub remark: String,
    /// The day from which it is in force.
    pub effective_from: Option<Date>,
    pub advert: Option<AdvertOn>,
}

/// An advert that stands on the version.
#[derive(Debug, Clone)]
pub struct AdvertOn {
    pub id: AdvertId,
    pub number: i32,
    pub standing: Standing,
    pub closes_on: Option<Date>,
}

/// The version of a profile that is on its way, and whose it is.
#[derive(Debug, Clone)]
pub struct OpenVersion {
    pub number: i32,
    pub started_by: String,
    pub started_at: OffsetDateTime,
}

#[derive(Debug, Clone, Default)]
pub struct LifeLine {
    /// Oldest first.
    pub happened: Vec<Happened>,
    pub open: Option<OpenVersion>,
}

impl Tx {
    /// The life of some versions of one profile, those that the reader may see; and what of the profile is open.
    pub async fn life_line(
        &mut self,
        employer: EmployerId,
        (profile, number): (ProfileId, i32),
        versions: &[VersionId],
        now: OffsetDateTime,
    ) -> Result<LifeLine, DbError> {
        let ids: Vec<i64> = versions.iter().map(|version| version.0).collect();
        let rows = sqlx::query_as!(
            Row,
            r#"with v as (select * from version where employer_id = $1 and id = any($2)),
            s as (select v.number as version_number, s.* from v
                join submission s on s.employer_id = v.employer_id and s.version_id = v.id),
            recorded as (select v.id as of_version, a.actor, a.created_at, a.facts from v join audit a on a.employer_id = $1 and a.profile_id = $3
                and a.action = 'record_grade_basis' and a.subject = $4 || ' version ' || v.number),
            happened as (
                select number, 'started' as what, created_at as at, member_name(created_by) as who,
                    coalesce((select 'From version ' || b.number from version b where b.id = v.base_id), '') as remark,
                    null::date as day, null::bigint as advert_id from v
                union all
                select version_number, 'sent', submitted_at, member_name(submitted_by), change_note, null, null from s
                union all
                select version_number, case d.kind when 'approve' then 'approved' else 'changes_requested' end, d.decided_at,
                    member_name(d.decided_by), coalesce(nullif(d.reason, ''), d.note), null, null
                from s join decision d on d.employer_id = s.employer_id and d.submission_id = s.id
                    and d.kind in ('approve', 'request_changes')
                union all
                select v.number, 'graded', r.created_at, r.actor,
                    concat_ws(', ', r.facts ->> 'basis', nullif(r.facts ->> 'reference', ''),
                        nullif(r.facts ->> 'reason', '')), null, null
                from v join recorded r on r.of_version = v.id
                union all
                -- A basis that came with the first version, in a document say, was recorded nowhere else.
                select number, 'graded', created_at, null,
                    case grade_basis when 'evaluated' then 'Evaluated by a panel' when 'matched'
                        then 'Matched to a profile' else 'Indicative, not yet evaluated' end
                        || coalesce(nullif(', ' || grade_basis_reference, ', '), ''), grade_basis_date, null
                from v where grade_basis is not null and base_id is null
                    and not exists (select from recorded r where r.of_version = v.id)
                union all
                select number, case when emergency_reason is null then 'issued' else 'emergency_issued' end, issued_at,
                    member_name(issued_by), coalesce(emergency_reason, ''), effective_from, null
                from v where issued_at is not null
                union all
                select number, 'superseded', superseded_at, null, coalesce((select 'By version ' || min(n.number)
                    from version n where n.employer_id = $1 and n.profile_id = $3 and n.number > v.number
                        and n.issued_at = v.superseded_at), ''),
                    null, null
                from v where superseded_at is not null
                union all
                select number, 'withdrawn', withdrawn_at, member_name(withdrawn_by), withdrawn_reason, null, null
                from v where withdrawn_at is not null
                union all
                select number, 'discarded', discarded_at, member_name(discarded_by), '', null, null
                from v where discarded_at is not null
                union all
                select v.number, 'advertised', coalesce(a.published_at, a.created_at),
                    member_name(coalesce(a.published_by, a.written_by)), '', null, a.id
                from v join advert a on a.employer_id = v.employer_id and a.version_id = v.id
                union all
                select number, 'open', created_at, member_name(created_by), '', null, null
                from version where employer_id = $1 and profile_id = $3
                    and state in ('draft', 'in_review', 'changes_requested', 'approved'))
            select h.number as "number!", h.what as "what!", h.at as "at!", h.who, h.remark, h.day, h.advert_id,
                a.number as "advert_number?", a.state as "advert_state?", a.opens_at as "opens_at?",
                a.closes_at as "closes_at?", a.closes_on as "closes_on?"
            from happened h left join advert a on a.id = h.advert_id
            order by h.at, array_position(array['started', 'sent', 'approved', 'graded', 'issued'], h.what)"#,
            employer.0,
            &ids,
            profile.0,
            profile_reference(number),
        )
        .fetch_all(self.conn())
        .await?;
        let mut line = LifeLine::default();
        for row in rows {
            match row.what.as_str() {
                "open" => line.open = Some(row.open()),
                _ => line.happened.push(row.happened(now)?),
            }
        }
        Ok(line)
    }
}

struct Row {
    number: i32,
    what: String,
    at: OffsetDateTime,
    who: Option<String>,
    remark: Option<String>,
    day: Option<Date>,
    advert_id: Option<i64>,
    advert_number: Option<i32>,
    advert_state: Option<String>,
    opens_at: Option<OffsetDateTime>,
    closes_at: Option<OffsetDateTime>,
    closes_on: Option<Date>,
}

impl Row {
    fn open(self) -> OpenVersion {
        OpenVersion { number: self.number, started_by: self.who.unwrap_or_default(), started_at: self.at }
    }

    fn advert(&self, now: OffsetDateTime) -> Option<AdvertOn> {
        let state = AdvertState::parse(self.advert_state.as_deref()?)?;
        Some(AdvertOn {
            id: AdvertId(self.advert_id?),
            number: self.advert_number?,
            standing: standing(state, self.opens_at.zip(self.closes_at), now),
            closes_on: self.closes_on,
        })
    }

    fn happened(self, now: OffsetDateTime) -> Result<Happened, DbError> {
        let odd = DbError::Inconsistent { table: "version", id: self.number.into(), what: "an unknown station" };
        Ok(Happened {
            version: self.number,
            station: Station::parse(&self.what).ok_or(odd)?,
            at: self.at,
            advert: self.advert(now),
            who: self.who,
            remark: self.remark.unwrap_or_default(),
            effective_from: self.day,
        })
    }
}
