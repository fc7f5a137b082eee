//! Who may decide on a version, who of them is away, who had a hand in it, which route it takes and how far it came:
//! everything that sending it and deciding on it ask at once.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use time::Date;

use super::review_settings::settings;
use super::review_steps;
use super::routes::RouteInForce;
use super::{DbError, Manager, ReviewSettings, ReviewStep, Tx, Version};
use crate::domain::away::{Absence, Decider, Known, decider};
use crate::domain::content::Content;
use crate::domain::ids::MembershipId;
use crate::domain::route::{Group, Member};
use crate::domain::text::parse_date;

/// An absence with the names in it.
#[derive(Debug, Clone)]
pub struct NamedAbsence {
    pub absence: Absence,
    pub name: String,
    pub delegate_name: Option<String>,
}

#[derive(Debug, Clone)]
pub struct Deciders {
    /// People with the manager role for the unit, by name.
    pub managers: Vec<Manager>,
    /// Everybody whose role covers the unit, the nearest first.
    pub people: Vec<Manager>,
    /// The same with their roles.
    pub members: Vec<Member>,
    pub unit_manager: Option<MembershipId>,
    /// Everybody of the employer who is away on the day.
    pub away: Vec<NamedAbsence>,
    pub editors: Vec<MembershipId>,
    /// Whose words were accepted into it.
    pub proposers: Vec<MembershipId>,
    pub settings: ReviewSettings,
    /// What profiles of the unit take on their way; none: one approval.
    pub route: Option<RouteInForce>,
    /// The steps of its last submission.
    pub steps: Vec<ReviewStep>,
    /// What was submitted last.
    pub submitted: Option<Content>,
    /// The largest changes of it, each in a line.
    pub largest: Vec<String>,
}

impl Deciders {
    /// Who decides for that person on the day, where `sender` sends it.
    pub fn decider(&self, asked: MembershipId, sender: MembershipId, day: Date) -> Decider {
        let absences = self.absences();
        let may_decide: Vec<MembershipId> = self.managers.iter().map(|manager| manager.id).collect();
        let had_a_hand = self.had_a_hand(sender);
        decider(asked, day, Known { absences: &absences, may_decide: &may_decide, had_a_hand: &had_a_hand })
    }

    pub fn absences(&self) -> Vec<Absence> {
        self.away.iter().map(|one| one.absence.clone()).collect()
    }

    /// Who sent it, edited it or proposed words in it.
    pub fn had_a_hand(&self, sender: MembershipId) -> Vec<MembershipId> {
        self.editors.iter().chain(&self.proposers).copied().chain([sender]).collect()
    }

    pub fn absence_of(&self, who: MembershipId) -> Option<&NamedAbsence> {
        self.away.iter().find(|one| one.absence.who == who)
    }

    pub fn name(&self, who: MembershipId) -> String {
        let person = self.people.iter().find(|person| person.id == who).map(|person| &person.name);
        let named = |one: &&NamedAbsence| one.absence.delegate == Some(who);
        let delegate = || self.away.iter().find(named).and_then(|one| one.delegate_name.as_ref());
        let absent = || self.absence_of(who).map(|one| &one.name);
        person.or_else(absent).or_else(delegate).cloned().unwrap_or_else(|| "Somebody".to_owned())
    }
}

#[derive(Deserialize)]
struct PersonRow {
    id: i64,
    name: String,
    groups: Vec<Group>,
}

#[derive(Deserialize)]
struct Snapshot {
    content: Content,
}

#[derive(Deserialize)]
pub(super) struct AbsenceRow {
    who: i64,
    name: String,
    first_day: String,
    last_day: String,
    delegate: Option<i64>,
    delegate_name: Option<String>,
}

impl AbsenceRow {
    pub(super) fn read(self) -> Result<NamedAbsence, DbError> {
        let odd = || DbError::Inconsistent { table: "absence", id: self.who, what: "an unreadable day" };
        let absence = Absence {
            who: MembershipId(self.who),
            first_day: parse_date(&self.first_day).ok_or_else(odd)?,
            last_day: parse_date(&self.last_day).ok_or_else(odd)?,
            delegate: self.delegate.map(MembershipId),
        };
        Ok(NamedAbsence { absence, name: self.name, delegate_name: self.delegate_name })
    }
}

impl Tx {
    pub async fn deciders(&mut self, version: &Version, day: Date) -> Result<Deciders, DbError> {
        let row = sqlx::query!(
            r#"select e.nation, e.review_days, e.escalate_after, people_of($1, $2) as people, route_of($1, $2) as route,
                review_of($3) as steps,
                (select json_agg(json_build_object('who', membership_id, 'name', member_name(membership_id),
                        'first_day', first_day, 'last_day', last_day, 'delegate', delegate_id,
                        'delegate_name', member_name(delegate_id)))
                    from absence where employer_id = $1 and ended_at is null and $4 between first_day and last_day) as away,
                (select json_agg(distinct edited_by) from content_edit where version_id = $3) as editors,
                (select json_agg(distinct made_by) from suggestion where accepted_version_id = $3) as proposers,
                (select snapshot from submission where version_id = $3 order by number desc limit 1) as snapshot,
                (select largest from submission where version_id = $3 order by number desc limit 1) as largest
            from employer e where e.id = $1"#,
            version.employer.0,
            version.profile.unit.0,
            version.id.0,
            day,
        )
        .fetch_one(self.conn())
        .await?;
        let people: Vec<PersonRow> = read(row.people)?;
        let away: Vec<AbsenceRow> = read(row.away)?;
        let (editors, proposers): (Vec<i64>, Vec<i64>) = (read(row.editors)?, read(row.proposers)?);
        let named = |row: &PersonRow| Manager { id: MembershipId(row.id), name: row.name.clone() };
        let mut managers: Vec<Manager> =
            people.iter().filter(|row| row.groups.contains(&Group::Managers)).map(named).collect();
        managers.sort_by(|one, other| one.name.cmp(&other.name).then(one.id.cmp(&other.id)));
        // An earlier submission whose shape is no longer read keeps no decision, and stands in nobody's way.
        let snapshot = row.snapshot.and_then(|value| serde_json::from_value::<Snapshot>(value).ok());
        Ok(Deciders {
            managers,
            people: people.iter().map(named).collect(),
            members: people.iter().map(|row| Member { id: MembershipId(row.id), groups: row.groups.clone() }).collect(),
            unit_manager: version.profile.unit_manager,
            away: away.into_iter().map(AbsenceRow::read).collect::<Result<_, _>>()?,
            editors: editors.into_iter().map(MembershipId).collect(),
            proposers: proposers.into_iter().map(MembershipId).collect(),
            settings: settings(version.employer, &row.nation, row.review_days, row.escalate_after)?,
            route: row.route.map(RouteInForce::read).transpose()?,
            steps: review_steps::read(row.steps)?,
            submitted: snapshot.map(|snapshot| snapshot.content),
            largest: row.largest.unwrap_or_default(),
        })
    }
}

/// What Postgres gathered as one value; nothing gathered is an empty list.
pub(super) fn read<T: DeserializeOwned>(value: Option<serde_json::Value>) -> Result<Vec<T>, DbError> {
    let odd = |_| DbError::Inconsistent { table: "absence", id: 0, what: "an unreadable list" };
    value.map_or_else(|| Ok(Vec::new()), serde_json::from_value).map_err(odd)
}
