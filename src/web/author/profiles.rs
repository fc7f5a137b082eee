//! The library: finding profiles.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use serde::Deserialize;

use crate::clock::london_date;
use crate::db::{ProfileFilter, ProfileRow, ProfileSort, Unit};
use crate::domain::ids::{GradeId, MembershipId, UnitId};
use crate::domain::pay::Grade;
use crate::domain::text::{long_date, one_line, profile_reference};
use crate::domain::version::StateName;
use crate::error::AppError;
use crate::policy::Role;
use crate::web::form::{Choice, Form};
use crate::web::gate::{As, StaffOnly};
use crate::web::page::{Frame, page};
use crate::web::paths;

/// Profiles on one page.
const PAGE: i64 = 25;

/// The conditions, as the address holds them; what can't be read is left out.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    pub words: String,
    #[serde(default)]
    pub unit: String,
    #[serde(default)]
    pub state: String,
    #[serde(default)]
    pub owner: String,
    #[serde(default)]
    pub grade: String,
    #[serde(default)]
    pub retired: String,
    #[serde(default)]
    pub sort: String,
    #[serde(default)]
    pub page: String,
}

impl Asked {
    pub fn filter(&self, me: MembershipId) -> ProfileFilter {
        let words = one_line(&self.words);
        ProfileFilter {
            words: (!words.is_empty()).then(|| words.chars().take(200).collect()),
            unit: self.unit.parse().ok().map(UnitId),
            state: StateName::parse(&self.state),
            owner: match self.owner.as_str() {
                "me" => Some(me),
                other => other.parse().ok().map(MembershipId),
            },
            work_of: None,
            grade: self.grade.parse().ok().map(GradeId),
            retired: self.retired == "yes",
            sort: ProfileSort::parse(&self.sort),
            offset: (self.page_number() - 1) * PAGE,
        }
    }

    fn page_number(&self) -> i64 {
        self.page.parse().unwrap_or(1).clamp(1, 10_000)
    }

    /// The same conditions as a query, with one changed.
    fn query_with(&self, name: &str, value: &str) -> String {
        let fields = [
            ("words", self.words.as_str()),
            ("unit", &self.unit),
            ("state", &self.state),
            ("owner", &self.owner),
            ("grade", &self.grade),
            ("retired", &self.retired),
            ("sort", &self.sort),
        ];
        fields
            .into_iter()
            .map(|(field, now)| (field, if field == name { value } else { now }))
            .chain((name == "page").then_some(("page", value)))
            .filter(|(_, value)| !value.is_empty())
            .map(|(field, value)| format!("{field}={}", paths::query_value(value)))
            .collect::<Vec<_>>()
            .join("&")
    }
}

struct Found {
    href: String,
    title: String,
    facts: String,
    state: String,
}

#[derive(Template)]
#[template(path = "author/profiles.html")]
struct ProfilesPage<'a> {
    frame: Frame,
    form: Form,
    paths: paths::Employer<'a>,
    found: Vec<Found>,
    count: String,
    units: Vec<Choice>,
    states: Vec<Choice>,
    owners: Vec<Choice>,
    grades: Vec<Choice>,
    retired: Vec<Choice>,
    sorts: Vec<(String, String, bool)>,
    previous: Option<String>,
    next: Option<String>,
    csv: String,
    zip: String,
    filtered: bool,
    is_author: bool,
}

pub async fn list(me: As<StaffOnly>, Query(asked): Query<Asked>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let filter = asked.filter(me.staff().membership);
    let (mut rows, total) = tx.find_profiles(&me.scope(), &filter, PAGE).await?;
    let choices = tx.profile_choices(&me.scope()).await?;
    let more = rows.len() as i64 > PAGE;
    rows.truncate(PAGE as usize);
    let here = me.paths().profiles();
    let number = asked.page_number();
    let form = Form::filled([
        ("words", asked.words.clone()),
        ("unit", asked.unit.clone()),
        ("state", asked.state.clone()),
        ("owner", asked.owner.clone()),
        ("grade", asked.grade.clone()),
        ("retired", asked.retired.clone()),
    ]);
    let sort = filter.sort.unwrap_or(ProfileSort::Title);
    page(&ProfilesPage {
        frame: me.frame("Job profiles"),
        form,
        paths: me.paths(),
        found: rows.iter().map(|row| found(row, me.paths())).collect(),
        count: count(total),
        units: unit_choices(&choices.units, "Any unit"),
        states: with_any("Any state", StateName::ALL.iter().map(|state| Choice::new(state.word(), state.label()))),
        owners: owner_choices(&choices.owners, me.staff().membership),
        grades: with_any("Any grade", choices.grades.iter().map(|(id, name)| Choice::new(id, name))),
        retired: vec![Choice::new("", "Leave them out"), Choice::new("yes", "Show them too")],
        sorts: ProfileSort::ALL
            .iter()
            .map(|one| {
                (one.label().to_owned(), format!("{here}?{}", asked.query_with("sort", one.word())), *one == sort)
            })
            .collect(),
        previous: (number > 1).then(|| format!("{here}?{}", asked.query_with("page", &(number - 1).to_string()))),
        next: more.then(|| format!("{here}?{}", asked.query_with("page", &(number + 1).to_string()))),
        zip: me.paths().library_file(),
        csv: format!("{here}.csv?{}", asked.query_with("", "")),
        filtered: filter.unit.is_some() || filter.state.is_some() || filter.owner.is_some() || filter.grade.is_some(),
        is_author: me.staff().has(Role::Author),
    })
}

fn found(row: &ProfileRow, paths: paths::Employer<'_>) -> Found {
    Found {
        href: paths.profile(row.number).page(),
        title: if row.title.is_empty() { "Untitled job".to_owned() } else { row.title.clone() },
        facts: facts(row),
        state: if row.retired { "Archived".to_owned() } else { row.state.label().to_owned() },
    }
}

fn count(total: i64) -> String {
    match total {
        0 => "No job profile matches.".to_owned(),
        1 => "1 job profile matches.".to_owned(),
        n => format!("{n} job profiles match."),
    }
}

/// The line of facts under a profile's title.
pub fn facts(row: &ProfileRow) -> String {
    let version = match row.issued_number {
        Some(issued) if issued != row.version_number => {
            format!("version {}, version {issued} in force", row.version_number)
        }
        Some(_) | None => format!("version {}", row.version_number),
    };
    let changed = format!("changed {}", long_date(london_date(row.changed_at)));
    [profile_reference(row.number), row.grade.clone(), row.unit.clone(), row.owner.clone(), version, changed]
        .into_iter()
        .filter(|fact| !fact.is_empty())
        .collect::<Vec<_>>()
        .join(" · ")
}

fn with_any(any: &str, choices: impl Iterator<Item = Choice>) -> Vec<Choice> {
    std::iter::once(Choice::new("", any)).chain(choices).collect()
}

/// Me first, then everybody else who owns a profile.
fn owner_choices(owners: &[(MembershipId, String)], me: MembershipId) -> Vec<Choice> {
    let others = owners.iter().filter(|(owner, _)| *owner != me);
    [Choice::new("", "Anybody"), Choice::new("me", "Me")]
        .into_iter()
        .chain(others.map(|(owner, name)| Choice::new(owner, name)))
        .collect()
}

/// Units to choose from, indented as in their tree.
pub fn unit_choices(units: &[Unit], any: &str) -> Vec<Choice> {
    let indented = |unit: &Unit| format!("{}{}", "\u{2003}".repeat(unit.depth.max(0) as usize), unit.name);
    with_any(any, units.iter().map(|unit| Choice::new(unit.id, indented(unit))))
}

pub fn grade_choices(grades: &[Grade], any: &str) -> Vec<Choice> {
    with_any(any, grades.iter().map(|grade| Choice::new(grade.id, &grade.name)))
}
