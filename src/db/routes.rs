//! An employer's routes: the newest version of each, and saving another. What was sent goes on as it began.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{DbError, Tx};
use crate::domain::details::ChangeKind;
use crate::domain::ids::{MembershipId, UnitId, VersionId};
use crate::domain::route::{Asked, Band, Group, Step, StepKind, When};
use crate::policy::{Granted, Scope, act};

/// The constraint that a second route for one unit breaks.
pub const ONE_A_UNIT: &str = "route_one_a_unit";

/// A step of a route as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteStep {
    pub id: i64,
    pub step: Step,
}

/// The route that a profile takes, as it stands now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteInForce {
    /// Of the route's version.
    pub id: i64,
    pub name: String,
    pub number: i32,
    pub keeps: bool,
    pub steps: Vec<RouteStep>,
}

/// A route with its newest version, for administrators.
#[derive(Debug, Clone)]
pub struct Route {
    pub id: i64,
    /// Whose profiles take it, with the unit's name.
    pub unit: Option<(UnitId, String)>,
    pub version: RouteInForce,
    /// Who saved each version and when, the newest first.
    pub versions: Vec<RouteSaved>,
}

/// One save of a route.
#[derive(Debug, Clone, Deserialize)]
pub struct RouteSaved {
    pub number: i32,
    pub name: String,
    pub by: String,
    #[serde(with = "time::serde::timestamp")]
    pub at: time::OffsetDateTime,
    pub steps: i32,
}

/// What an administrator saves.
#[derive(Debug, Clone)]
pub struct NewRoute {
    pub name: String,
    pub keeps: bool,
    pub unit: Option<UnitId>,
    pub steps: Vec<Step>,
}

#[derive(Serialize, Deserialize)]
struct StepRow {
    #[serde(default)]
    id: i64,
    place: u32,
    position: u32,
    kind: StepKind,
    name: String,
    asked: String,
    role: Option<Group>,
    member_id: Option<MembershipId>,
    guest_name: String,
    guest_email: String,
    days: Option<u32>,
    only_new: Option<bool>,
    only_kind: Option<ChangeKind>,
    only_grade: Option<bool>,
    only_section: String,
    bands: Vec<Band>,
    questions: Vec<String>,
}

#[derive(Deserialize)]
struct InForceRow {
    id: i64,
    name: String,
    number: i32,
    keeps: bool,
    steps: Vec<StepRow>,
}

impl StepRow {
    fn of((position, step): (u32, &Step)) -> Self {
        let (asked, role, member_id, guest_name, guest_email) = match &step.asked {
            Asked::UnitManager => ("unit_manager", None, None, String::new(), String::new()),
            Asked::Group(group) => ("group", Some(*group), None, String::new(), String::new()),
            Asked::Person(member) => ("person", None, Some(*member), String::new(), String::new()),
            Asked::Guest { name, email } => ("guest", None, None, name.clone(), email.clone()),
        };
        StepRow {
            id: 0,
            place: step.place,
            position,
            kind: step.kind,
            name: step.name.clone(),
            asked: asked.to_owned(),
            role,
            member_id,
            guest_name,
            guest_email,
            days: step.days,
            only_new: step.when.new,
            only_kind: step.when.kind,
            only_grade: step.when.grade,
            only_section: step.when.section.clone(),
            bands: step.when.bands.clone(),
            questions: step.questions.clone(),
        }
    }

    fn read(self) -> Result<RouteStep, DbError> {
        let odd = DbError::Inconsistent { table: "route_step", id: self.id, what: "a step that asks nobody" };
        let asked = match (self.asked.as_str(), self.role, self.member_id) {
            ("unit_manager", None, None) => Asked::UnitManager,
            ("group", Some(group), None) => Asked::Group(group),
            ("person", None, Some(member)) => Asked::Person(member),
            ("guest", None, None) => Asked::Guest { name: self.guest_name, email: self.guest_email },
            _ => return Err(odd),
        };
        let when = When {
            new: self.only_new,
            kind: self.only_kind,
            grade: self.only_grade,
            section: self.only_section,
            bands: self.bands,
        };
        let (place, kind, name, days, questions) = (self.place, self.kind, self.name, self.days, self.questions);
        Ok(RouteStep { id: self.id, step: Step { place, kind, name, asked, days, when, questions } })
    }
}

impl RouteInForce {
    pub(super) fn read(value: Value) -> Result<Self, DbError> {
        let odd = |_| DbError::Inconsistent { table: "route", id: 0, what: "an unreadable route" };
        let row: InForceRow = serde_json::from_value(value).map_err(odd)?;
        Ok(RouteInForce {
            id: row.id,
            name: row.name,
            number: row.number,
            keeps: row.keeps,
            steps: row.steps.into_iter().map(StepRow::read).collect::<Result<_, _>>()?,
        })
    }

    pub fn plain_steps(&self) -> Vec<Step> {
        self.steps.iter().map(|one| one.step.clone()).collect()
    }
}

impl Tx {
    /// Routes in use: the whole employer's first, then by unit; one alone where it is named.
    pub async fn routes(&mut self, scope: &Scope, only: Option<i64>) -> Result<Vec<Route>, DbError> {
        let rows = sqlx::query!(
            r#"select r.id, r.unit_id, u.name as "unit?",
                (select jsonb_build_object('id', v.id, 'name', v.name, 'number', v.number, 'keeps', v.keeps, 'steps', (
                    select coalesce(jsonb_agg(route_step_of(s) order by s.place, s.position), '[]') from route_step s
                    where s.route_version_id = v.id)) from route_version v where v.route_id = r.id
                    order by v.number desc limit 1) as "newest!",
                (select jsonb_agg(jsonb_build_object('number', v.number, 'name', v.name, 'by', member_name(v.made_by),
                    'at', floor(extract(epoch from v.created_at))::bigint,
                    'steps', (select count(*) from route_step s where s.route_version_id = v.id)) order by v.number desc)
                    from route_version v where v.route_id = r.id) as versions
            from route r left join unit u on u.employer_id = r.employer_id and u.id = r.unit_id
            where r.employer_id = $1 and r.retired_at is null and ($2::bigint is null or r.id = $2)
            order by r.unit_id is not null, u.name, r.id"#,
            scope.employer().0,
            only,
        )
        .fetch_all(self.conn())
        .await?;
        rows.into_iter()
            .map(|row| {
                Ok(Route {
                    id: row.id,
                    unit: row.unit_id.map(UnitId).zip(row.unit),
                    version: RouteInForce::read(row.newest)?,
                    versions: super::deciders::read(row.versions)?,
                })
            })
            .collect()
    }

    /// Saves a new route, or another version of one.
    ///
    /// # Errors
    /// [`DbError::Constraint`] [`ONE_A_UNIT`] where the unit has another one; [`DbError::Stale`] where somebody saved a
    /// later version than `seen`, or retired it.
    pub async fn save_route(
        &mut self,
        granted: &Granted<act::ChangeRoutes>,
        (route, seen): (Option<i64>, i32),
        new: &NewRoute,
    ) -> Result<i64, DbError> {
        let rows: Vec<StepRow> = (1..).zip(&new.steps).map(StepRow::of).collect();
        let steps = serde_json::to_value(&rows).map_err(|_| DbError::Inconsistent {
            table: "route_step",
            id: 0,
            what: "a step that can't be written",
        })?;
        let saved = sqlx::query_scalar!(
            r#"with made as (
                insert into route (employer_id, unit_id, created_at) select $1, $3, $8 where $2::bigint is null returning id),
            kept as (
                update route set unit_id = $3 where employer_id = $1 and id = $2 and retired_at is null
                    and (select max(number) from route_version where route_id = $2) = $4 returning id),
            which as (select id from made union all select id from kept),
            version as (
                insert into route_version (employer_id, route_id, number, name, keeps, made_by, created_at)
                select $1, id, $4 + 1, $5, $6, $7, $8 from which returning id, route_id),
            step as (
                insert into route_step (employer_id, route_version_id, place, position, kind, name, asked, role, member_id,
                    guest_name, guest_email, days, only_new, only_kind, only_grade, only_section, only_grades,
                    questions, created_at)
                select $1, version.id, s.place, s.position, s.kind, s.name, s.asked, s.role, s.member_id, s.guest_name,
                    s.guest_email, s.days, s.only_new, s.only_kind, s.only_grade, s.only_section,
                    array(select (band ->> 'id')::bigint from jsonb_array_elements(s.bands) band),
                    array(select jsonb_array_elements_text(s.questions)), $8
                from version, jsonb_to_recordset($9) as s (place int, position int, kind text, name text, asked text,
                    role text, member_id bigint, guest_name text, guest_email text, days int, only_new bool,
                    only_kind text, only_grade bool, only_section text, bands jsonb, questions jsonb))
            select route_id as "id!" from version"#,
            granted.id().0,
            route,
            new.unit.map(|unit| unit.0),
            seen,
            new.name,
            new.keeps,
            granted.membership().ok_or(DbError::Stale)?.0,
            granted.at(),
            steps,
        )
        .fetch_optional(self.conn())
        .await?
        .ok_or(DbError::Stale)?;
        let (number, steps) = ((seen + 1).to_string(), new.steps.len().to_string());
        self.record(granted, &[("route", &new.name), ("version", &number), ("steps", &steps)]).await?;
        Ok(saved)
    }

    /// Takes a route out of use; what was sent on it goes on.
    pub async fn retire_route(&mut self, granted: &Granted<act::ChangeRoutes>, route: i64) -> Result<(), DbError> {
        let name = sqlx::query_scalar!(
            r#"update route r set retired_at = $3 where r.employer_id = $1 and r.id = $2 and r.retired_at is null
            returning (select name from route_version where route_id = r.id order by number desc limit 1) as "name!""#,
            granted.id().0,
            route,
            granted.at(),
        )
        .fetch_optional(self.conn())
        .await?
        .ok_or(DbError::Stale)?;
        self.record(granted, &[("no longer used", &name)]).await
    }

    /// Drafts in the scope on which a route can be tried: id, number of the profile, of the version, and title.
    pub async fn open_drafts(
        &mut self,
        scope: &Scope,
        most: i64,
    ) -> Result<Vec<(VersionId, i32, i32, String)>, DbError> {
        let rows = sqlx::query!(
            r#"select v.id, p.number as profile, v.number, coalesce(nullif(v.title, ''), 'Untitled job') as "title!"
            from version v join profile p on p.id = v.profile_id
            where v.employer_id = $1 and v.state in ('draft', 'changes_requested') and ($2 or p.unit_id = any($3))
            order by 4, v.id limit $4"#,
            scope.employer().0,
            scope.whole(),
            scope.units(),
            most,
        )
        .fetch_all(self.conn())
        .await?;
        Ok(rows.into_iter().map(|row| (VersionId(row.id), row.profile, row.number, row.title)).collect())
    }
}
