//! What waits for somebody who leaves, and giving it to others in the same act.

use serde::Deserialize;
use time::Date;

use super::deciders::read;
use super::review_settings::nation_of;
use super::{DbError, Manager, TaskKind, Tx};
use crate::domain::ids::{AdvertId, EmployerId, MembershipId, ProfileId, TaskId, UnitId};
use crate::domain::text::{parse_date, profile_reference};
use crate::domain::working_days::Nation;
use crate::policy::{Granted, Subject, act};

/// The constraint that somebody breaks who is deactivated while a task waits for them.
pub const TASK_LEFT: &str = "task_with_deactivated";

/// An open task of somebody, with who could take it over.
#[derive(Debug, Clone)]
pub struct OpenDuty {
    pub task: TaskId,
    pub kind: TaskKind,
    pub advert: Option<AdvertId>,
    pub profile: ProfileId,
    pub unit: UnitId,
    /// `JP-0042 version 3`
    pub name: String,
    pub title: String,
    /// The largest changes, each in a line.
    pub largest: Vec<String>,
    pub due_on: Option<Date>,
    /// Whose bank holidays count.
    pub nation: Nation,
    /// Who decides for them today, where they are away.
    pub delegate: Option<MembershipId>,
    pub candidates: Vec<Manager>,
    /// Their roles allow them to do it.
    pub fits: bool,
}

#[derive(Deserialize)]
struct Row {
    id: i64,
    kind: String,
    profile: i64,
    unit: i64,
    number: i32,
    version: i32,
    title: String,
    advert: Option<i64>,
    delegate: Option<i64>,
    candidates: Option<serde_json::Value>,
    fits: bool,
    due_on: Option<String>,
    nation: String,
    largest: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct NamedRow {
    id: i64,
    name: String,
}

impl OpenDuty {
    pub(super) fn read(employer: EmployerId, rows: Option<serde_json::Value>) -> Result<Vec<Self>, DbError> {
        let rows: Vec<Row> = read(rows)?;
        rows.into_iter()
            .map(|row| {
                let odd = DbError::Inconsistent { table: "task", id: row.id, what: "an unknown kind" };
                let candidates: Vec<NamedRow> = read(row.candidates)?;
                let named = |one: NamedRow| Manager { id: MembershipId(one.id), name: one.name };
                Ok(OpenDuty {
                    task: TaskId(row.id),
                    kind: TaskKind::parse(&row.kind).ok_or(odd)?,
                    advert: row.advert.map(AdvertId),
                    profile: ProfileId(row.profile),
                    unit: UnitId(row.unit),
                    name: format!("{} version {}", profile_reference(row.number), row.version),
                    title: row.title,
                    largest: row.largest.unwrap_or_default(),
                    due_on: row.due_on.as_deref().and_then(parse_date),
                    nation: nation_of(employer, &row.nation)?,
                    delegate: row.delegate.map(MembershipId),
                    candidates: candidates.into_iter().map(named).collect(),
                    fits: row.fits,
                })
            })
            .collect()
    }

    pub fn subject(&self, employer: EmployerId) -> Subject<TaskId> {
        Subject {
            id: self.task,
            employer: Some(employer),
            unit: Some(self.unit),
            person: None,
            profile: Some(self.profile),
            name: self.name.clone(),
        }
    }
}

impl Tx {
    /// Gives a task of somebody who leaves to somebody else.
    ///
    /// # Errors
    /// [`DbError::Stale`] where it was closed or passed on meanwhile.
    pub async fn take_over_task(
        &mut self,
        granted: &Granted<act::ReassignTask>,
        from: (MembershipId, &str),
        to: (MembershipId, &str),
        because: &str,
    ) -> Result<(), DbError> {
        self.pass_task(granted, from, to, because).await
    }
}
