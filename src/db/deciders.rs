//! Who may decide on a version, who of them is away, and who had a hand in it: everything that sending it asks at once.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use time::Date;

use super::review_settings::settings;
use super::{DbError, Manager, ReviewSettings, Tx, Version};
use crate::domain::away::{Absence, Decider, Known, decider};
use crate::domain::ids::MembershipId;
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
    /// People with the manager role for the unit.
    pub managers: Vec<Manager>,
    /// Everybody of the employer who is away on the day.
    pub away: Vec<NamedAbsence>,
    pub editors: Vec<MembershipId>,
    /// Whose words were accepted into it.
    pub proposers: Vec<MembershipId>,
    pub settings: ReviewSettings,
}

impl Deciders {
    /// Who decides for that person on the day, where `sender` sends it.
    pub fn decider(&self, asked: MembershipId, sender: MembershipId, day: Date) -> Decider {
        let absences: Vec<Absence> = self.away.iter().map(|one| one.absence.clone()).collect();
        let may_decide: Vec<MembershipId> = self.managers.iter().map(|manager| manager.id).collect();
        let had_a_hand: Vec<MembershipId> =
            self.editors.iter().chain(&self.proposers).copied().chain([sender]).collect();
        decider(asked, day, Known { absences: &absences, may_decide: &may_decide, had_a_hand: &had_a_hand })
    }

    pub fn absence_of(&self, who: MembershipId) -> Option<&NamedAbsence> {
        self.away.iter().find(|one| one.absence.who == who)
    }

    pub fn name(&self, who: MembershipId) -> String {
        let manager = self.managers.iter().find(|manager| manager.id == who).map(|manager| &manager.name);
        let named = |one: &&NamedAbsence| one.absence.delegate == Some(who);
        let delegate = || self.away.iter().find(named).and_then(|one| one.delegate_name.as_ref());
        let absent = || self.absence_of(who).map(|one| &one.name);
        manager.or_else(absent).or_else(delegate).cloned().unwrap_or_else(|| "Somebody".to_owned())
    }
}

#[derive(Deserialize)]
struct ManagerRow {
    id: i64,
    name: String,
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
            r#"with recursive above as (
                select id, parent_id from unit where employer_id = $1 and id = $2
                union all select u.id, u.parent_id from unit u join above a on u.id = a.parent_id where u.employer_id = $1
            ), manager as (
                select distinct m.id, p.name from membership m
                join person p on p.id = m.person_id and p.deactivated_at is null
                join membership_role r on r.membership_id = m.id and r.role = 'manager'
                    and (r.unit_id is null or r.unit_id in (select id from above))
                where m.employer_id = $1 and m.deactivated_at is null and m.joined_at is not null)
            select e.nation, e.review_days, e.escalate_after,
                (select json_agg(json_build_object('id', id, 'name', name) order by name, id) from manager) as managers,
                (select json_agg(json_build_object('who', membership_id, 'name', member_name(membership_id),
                        'first_day', first_day, 'last_day', last_day, 'delegate', delegate_id,
                        'delegate_name', member_name(delegate_id)))
                    from absence where employer_id = $1 and ended_at is null and $4 between first_day and last_day) as away,
                (select json_agg(distinct edited_by) from content_edit where version_id = $3) as editors,
                (select json_agg(distinct made_by) from suggestion where accepted_version_id = $3) as proposers
            from employer e where e.id = $1"#,
            version.employer.0,
            version.profile.unit.0,
            version.id.0,
            day,
        )
        .fetch_one(self.conn())
        .await?;
        let managers: Vec<ManagerRow> = read(row.managers)?;
        let away: Vec<AbsenceRow> = read(row.away)?;
        let (editors, proposers): (Vec<i64>, Vec<i64>) = (read(row.editors)?, read(row.proposers)?);
        Ok(Deciders {
            managers: managers.into_iter().map(|row| Manager { id: MembershipId(row.id), name: row.name }).collect(),
            away: away.into_iter().map(AbsenceRow::read).collect::<Result<_, _>>()?,
            editors: editors.into_iter().map(MembershipId).collect(),
            proposers: proposers.into_iter().map(MembershipId).collect(),
            settings: settings(version.employer, &row.nation, row.review_days, row.escalate_after)?,
        })
    }
}

/// What Postgres gathered as one value; nothing gathered is an empty list.
pub(super) fn read<T: DeserializeOwned>(value: Option<serde_json::Value>) -> Result<Vec<T>, DbError> {
    let odd = |_| DbError::Inconsistent { table: "absence", id: 0, what: "an unreadable list" };
    value.map_or_else(|| Ok(Vec::new()), serde_json::from_value).map_err(odd)
}
