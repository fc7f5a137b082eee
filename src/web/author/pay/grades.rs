//! The tables: what each grade pays today, with its points, its other dates, and the awards.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use time::Date;

use super::granted;
use crate::clock::london_date;
use crate::db::{PaidFrom, PayAward, StaffVisit, Tx};
use crate::domain::pay::{Area, Day, Grade, hourly};
use crate::domain::text::{count, long_date, pounds};
use crate::error::AppError;
use crate::policy::Role;
use crate::web::form::{Choice, Form};
use crate::web::gate::{As, Gate, StaffOnly};
use crate::web::page::{Frame, page_with};

/// One pay scheme with its grades.
struct Scheme {
    name: String,
    week: String,
    rows: Vec<Row>,
    /// Area, share, limits.
    areas: Vec<(&'static str, String, String)>,
    /// Grade, from, pay, where it comes from.
    dates: Vec<(String, String, String, String)>,
}

struct Row {
    grade: String,
    /// Where an administrator changes it; empty for others.
    href: String,
    pay: String,
    hour: String,
    since: String,
    points: String,
    over: String,
}

/// An award in the list.
struct Listed {
    href: String,
    title: String,
    facts: String,
    state: &'static str,
}

#[derive(Template)]
#[template(path = "author/pay/grades.html")]
struct PayPage {
    frame: Frame,
    form: Form,
    today: String,
    schemes: Vec<Scheme>,
    choices: Vec<Choice>,
    awards: Vec<Listed>,
    may_change: bool,
    file: String,
    /// For administrators: adding a grade, and the terms of the schemes.
    keep: Option<(String, String)>,
}

pub async fn page(me: As<StaffOnly>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    show(&me, &mut tx, Form::empty()).await
}

/// The page with the form as given; also where a file was not taken.
pub async fn show<G: Gate<Who = StaffVisit>>(me: &As<G>, tx: &mut Tx, form: Form) -> Result<Response, AppError> {
    let grades = tx.grades(me.employer()).await?;
    let history = tx.pay_history(me.employer()).await?;
    let awards = tx.pay_awards(&me.scope(), None).await?;
    let mut names: Vec<String> = grades.iter().map(|grade| grade.pay_scheme.clone()).collect();
    names.dedup();
    let schemes: Vec<Scheme> = names.iter().map(|name| scheme(name, &grades, &history, me)).collect();
    let status = if form.has_errors() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    page_with(
        status,
        &PayPage {
            frame: me.frame("Pay").crumb("Profiles", me.paths().profiles()),
            today: long_date(me.today()),
            choices: names.iter().map(|name| Choice::new(name, name)).collect(),
            awards: awards.iter().map(|award| listed(me, award)).collect(),
            may_change: granted(me).is_ok(),
            file: me.paths().pay_file(),
            keep: keeps(me).then(|| (me.paths().pay_new_grade(), me.paths().pay_terms())),
            schemes,
            form,
        },
    )
}

/// Whether they may change grades themselves.
fn keeps<G: Gate<Who = StaffVisit>>(me: &As<G>) -> bool {
    me.staff().has(Role::Admin)
}

fn scheme<G: Gate<Who = StaffVisit>>(name: &str, grades: &[Grade], history: &[PaidFrom], me: &As<G>) -> Scheme {
    let today = me.today();
    let href = |grade: &Grade| if keeps(me) { me.paths().pay_grade(grade.id) } else { String::new() };
    let mine: Vec<&Grade> = grades.iter().filter(|grade| grade.pay_scheme == name).collect();
    let week = mine.first().map_or(0, |grade| grade.week);
    let areas = mine.first().map(|grade| areas(grade, today)).unwrap_or_default();
    let dates = history.iter().filter_map(|paid| {
        let grade = mine.iter().find(|grade| grade.id == paid.grade)?;
        Some((grade.name.clone(), long_date(paid.from), range(paid.minimum, paid.maximum), paid.source.clone()))
    });
    Scheme {
        name: name.to_owned(),
        week: format!("{}", week as f64 / 100.0),
        dates: dates.collect(),
        rows: mine.iter().map(|grade| Row { href: href(grade), ..row(grade, history, today) }).collect(),
        areas,
    }
}

fn row(grade: &Grade, history: &[PaidFrom], today: Date) -> Row {
    let mut over = grade.spine.map(|(from, to)| format!("points {from} to {to}")).unwrap_or_default();
    if let Some(day) = grade.ended_on {
        let part = if over.is_empty() { "" } else { ", " };
        over.push_str(&format!("{part}offered until {}", long_date(day)));
    }
    let Some(amount) = grade.amount_on(Day::of(today)) else {
        let none = "no amounts yet".to_owned();
        return Row {
            grade: grade.name.clone(),
            href: String::new(),
            pay: none,
            hour: String::new(),
            since: String::new(),
            points: String::new(),
            over,
        };
    };
    let paid = history.iter().find(|paid| paid.grade == grade.id && paid.from == amount.effective_from);
    let points = paid.map(|paid| paid.points.iter().map(point).collect::<Vec<_>>().join(", ")).unwrap_or_default();
    let hour = (hourly(amount.minimum_pence, grade.week), hourly(amount.maximum_pence, grade.week));
    Row {
        grade: grade.name.clone(),
        href: String::new(),
        pay: range(amount.minimum_pence, amount.maximum_pence),
        hour: range(hour.0, hour.1),
        since: long_date(amount.effective_from),
        points,
        over,
    }
}

/// `entry £28,392`, `top £31,157 after 3 years`
fn point(point: &crate::domain::pay::PointPay) -> String {
    let pay = format!("{} {}", point.name, pounds(point.annual));
    match point.years {
        Some(years) if years > 0 => format!("{pay} after {}", count(years as usize, "year", "years")),
        Some(_) | None => pay,
    }
}

fn areas(grade: &Grade, today: Date) -> Vec<(&'static str, String, String)> {
    let on = |area: &Area| {
        let one = grade.supplement_on(*area, Day::of(today))?;
        Some((area.label(), format!("{}%", one.percent), range(one.minimum_pence, one.maximum_pence)))
    };
    Area::ALL.iter().filter_map(on).collect()
}

pub fn range(low: i64, high: i64) -> String {
    match low == high {
        true => pounds(low),
        false => format!("{} to {}", pounds(low), pounds(high)),
    }
}

fn listed<G: Gate<Who = StaffVisit>>(me: &As<G>, award: &PayAward) -> Listed {
    let (state, since) = match (&award.applied, award.finished_at) {
        (Some((_, by, at)), Some(_)) => ("Applied", format!("applied by {by} on {}", long_date(london_date(*at)))),
        (Some((_, by, at)), None) if award.effective_from > me.today() => {
            ("Applied, waits for its day", format!("applied by {by} on {}", long_date(london_date(*at))))
        }
        (Some((_, by, _)), None) => ("Being carried out", format!("applied by {by}")),
        (None, _) => ("Not applied", format!("uploaded by {}", award.uploader)),
    };
    let from = long_date(award.effective_from);
    Listed {
        href: me.paths().pay_award(award.id),
        title: format!("{} from {from}", award.pay_scheme),
        facts: format!("{} · {since}", award.file_name),
        state,
    }
}
