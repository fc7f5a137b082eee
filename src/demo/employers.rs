//! The employers of the demonstration with their units, grades and people.

use std::collections::BTreeMap;

use time::OffsetDateTime;
use time::macros::date;

use super::calendar::Calendar;
use super::{DemoError, PASSWORD, data};
use crate::clock::london_date;
use crate::db::{DemonstrationEmployer, NewGrade, NewTerm, Tx};
use crate::domain::advert::ContractKind;
use crate::domain::clause::LibraryClause;
use crate::domain::ids::{EmployerId, GradeId, MembershipId, UnitId};
use crate::policy::{Staff, Via};
use crate::reference::clauses::starter_clauses;
use crate::reference::templates::starter_templates;
use crate::reference::{agenda_for_change, pay_schemes};
use crate::secret::hash_password;

/// Lines of the profiles that stand for a clause of the library: their keys, and its name there.
const STANDING_FOR: [(&str, &str); 10] = [
    ("std-equality", "Equality, diversity and inclusion"),
    ("std-safeguarding", "Safeguarding children and adults at risk"),
    ("std-data", "Data protection and confidentiality"),
    ("std-hs", "Health and safety"),
    ("std-ipc", "Infection prevention and control"),
    ("std-flexible", "Flexible working"),
    ("std-smokefree", "Smoke-free sites"),
    ("std-changes", "Changes to this document"),
    ("std-fluency", "Speaking with the public"),
    ("std-crime", "Preventing crime and disorder"),
];

/// An employer with everything that the files name by keys.
#[derive(Debug)]
pub struct Office {
    pub id: EmployerId,
    pub units: BTreeMap<String, UnitId>,
    pub grades: BTreeMap<String, GradeId>,
    pub staff: BTreeMap<String, Staff>,
    /// The library's clauses, by the keys of the lines that stand for them.
    pub clauses: BTreeMap<&'static str, LibraryClause>,
}

impl Office {
    pub fn unit(&self, key: &str) -> Result<UnitId, DemoError> {
        known(&self.units, key).copied()
    }

    pub fn grade(&self, name: &str) -> Result<GradeId, DemoError> {
        known(&self.grades, name).copied()
    }

    pub fn staff(&self, key: &str) -> Result<&Staff, DemoError> {
        known(&self.staff, key)
    }
}

/// What a key names, or which key names nothing.
pub fn known<'a, T>(things: &'a BTreeMap<String, T>, key: &str) -> Result<&'a T, DemoError> {
    things.get(key).ok_or_else(|| DemoError::Unknown(key.to_owned()))
}

/// Adds everybody, all with the one password, and answers the employers by key.
pub async fn add(
    tx: &mut Tx,
    employers: &[data::Employer],
    applicants: &[data::Person],
    days: &Calendar,
) -> Result<BTreeMap<String, Office>, DemoError> {
    // Hashing takes its time by design, so one hash serves everybody.
    let hash = hash_password(PASSWORD.to_owned()).await?;
    let at = days.beginning();
    let mut offices = BTreeMap::new();
    for employer in employers {
        offices.insert(employer.key.clone(), office(tx, employer, &hash, (at, days)).await?);
    }
    for applicant in applicants {
        tx.add_demonstration_person(&applicant.name, &applicant.email, &hash, at).await?;
    }
    Ok(offices)
}

/// What each employer sets for itself.
fn probation() -> NewTerm {
    NewTerm {
        label: "Probation".to_owned(),
        text: "The first 6 months; you and your manager meet after 3.".to_owned(),
        contracts: vec![ContractKind::Permanent, ContractKind::FixedTerm],
        from: date!(2020 - 01 - 01),
        source: "This employer’s probation policy, made up for the demonstration".to_owned(),
    }
}

async fn office(
    tx: &mut Tx,
    employer: &data::Employer,
    password_hash: &str,
    (at, days): (OffsetDateTime, &Calendar),
) -> Result<Office, DemoError> {
    let id = tx.add_demonstration_employer(&row(employer), at).await?;
    let grades = grades(employer)?;
    let mut schemes = pay_schemes::of(&grades)?;
    schemes.iter_mut().for_each(|scheme| scheme.terms.push(probation()));
    tx.add_schemes(id, &schemes, at).await?;
    let grades = tx.add_grades(id, &grades, at).await?;
    let mut office = Office { id, units: BTreeMap::new(), grades, staff: BTreeMap::new(), clauses: BTreeMap::new() };
    for unit in &employer.units {
        let parent = unit.parent.as_ref().map(|key| office.unit(key)).transpose()?;
        let unit_id = tx.add_demonstration_unit(id, &unit.name, parent, at).await?;
        office.units.insert(unit.key.clone(), unit_id);
    }
    for person in &employer.people {
        let staff = member(tx, &office, person, password_hash, at).await?;
        office.staff.insert(person.key.clone(), staff);
    }
    for unit in &employer.units {
        let manager: MembershipId = office.staff(&unit.manager)?.membership;
        tx.set_demonstration_manager(id, office.unit(&unit.key)?, manager).await?;
    }
    let owner = employer.people.first().and_then(|first| office.staff.get(&first.key)).map(|staff| staff.membership);
    let (clauses, today) = (starter_clauses(employer.kind.word()), london_date(at));
    tx.add_starter_clauses((id, owner), &clauses, (at, today, days.day(200))).await?;
    tx.add_starter_templates(id, &starter_templates()?, at).await?;
    for clause in tx.clauses_of_day(id, today).await? {
        office.clauses.extend(
            STANDING_FOR.iter().filter(|(_, name)| *name == clause.name).map(|(key, _)| (*key, clause.clone())),
        );
    }
    Ok(office)
}

fn row(employer: &data::Employer) -> DemonstrationEmployer {
    DemonstrationEmployer {
        slug: employer.slug.clone(),
        name: employer.name.clone(),
        kind: employer.kind,
        scheme: employer.evaluation_scheme,
        description: employer.description.clone(),
    }
}

fn grades(employer: &data::Employer) -> Result<Vec<NewGrade>, DemoError> {
    if employer.pay_scheme == agenda_for_change::PAY_SCHEME {
        return Ok(agenda_for_change::grades()?);
    }
    let own = |grade: &data::Grade| NewGrade {
        pay_scheme: employer.pay_scheme.clone(),
        name: grade.name.clone(),
        spine: None,
        points: Vec::new(),
        amounts: grade
            .amounts
            .iter()
            .map(|amount| (amount.effective_from, amount.minimum, amount.maximum, amount.source.clone()))
            .collect(),
    };
    let grade = |grade: &data::Grade| match grade.points {
        Some(points) => Ok(pay_schemes::over_spine(NewGrade { amounts: Vec::new(), ..own(grade) }, points)?),
        None => Ok(own(grade)),
    };
    employer.grades.iter().map(grade).collect()
}

async fn member(
    tx: &mut Tx,
    office: &Office,
    person: &data::Person,
    password_hash: &str,
    at: OffsetDateTime,
) -> Result<Staff, DemoError> {
    let added = tx.add_demonstration_person(&person.name, &person.email, password_hash, at).await?;
    let member = tx.add_demonstration_member(office.id, added.id, at).await?;
    for held in &person.roles {
        let unit = held.unit.as_ref().map(|key| office.unit(key)).transpose()?;
        tx.give_demonstration_role(office.id, member, held.role, unit, at).await?;
    }
    let staff = tx.staff_by_email(office.id, &person.email, Via::Demonstration).await?;
    staff.ok_or_else(|| DemoError::Unknown(person.email.clone()))
}
