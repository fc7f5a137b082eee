//! One advert for staff: where it stands, what comes next, and how applicants read it.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use time::Date;

use super::next::{May, Next, may, next, readers, story};
use super::{At, load, with_pay};
use crate::clock::london_date;
use crate::db::{Advert, StaffVisit, Tx, ViewsFrom};
use crate::documents::render::{AdvertPaper, advert as render};
use crate::domain::advert::{AdvertState, FieldProblem, Standing, advice};
use crate::domain::text::{count, long_date, profile_reference};
use crate::error::AppError;
use crate::web::form::Form;
use crate::web::gate::{As, Gate, StaffOnly};
use crate::web::page::{Frame, page_with};
use crate::web::paths;

#[derive(Template)]
#[template(path = "author/adverts/page.html")]
struct AdvertPage<'a> {
    frame: Frame,
    form: Form,
    paths: paths::Employer<'a>,
    standing: Standing,
    next: Next,
    may: May,
    story: Vec<(String, String)>,
    /// Who can read it, where that is not everybody.
    readers: Option<String>,
    paper: AdvertPaper,
    advice: Vec<FieldProblem>,
    views: Vec<ViewsFrom>,
    advert: &'a Advert,
}

pub async fn read(me: As<StaffOnly>, Path((_, advert)): At) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let advert = load(&mut tx, &me.scope(), &advert).await?;
    let advert = as_paid(&mut tx, advert, me.today()).await?;
    show(&me, &mut tx, StatusCode::OK, advert, Form::empty()).await
}

/// The page, also after an act that was refused: the form then says why.
pub async fn show<G: Gate<Who = StaffVisit>>(
    me: &As<G>,
    tx: &mut Tx,
    status: StatusCode,
    advert: Advert,
    form: Form,
) -> Result<Response, AppError> {
    let content = tx.content(advert.employer, advert.version.id).await?;
    let standing = advert.standing(me.now);
    let views = match is_in_work(&advert) {
        true => Vec::new(),
        false => tx.advert_views(&me.scope(), advert.id).await?,
    };
    let page = AdvertPage {
        frame: me.frame(format!("{}, advert", advert.vacancy.title)).crumb("Adverts", me.paths().adverts()),
        form,
        paths: me.paths(),
        standing,
        next: next(&advert, me.staff().membership, me.now),
        may: may(&advert, &me.actor(), standing),
        story: story(&advert, me.now),
        readers: readers(&advert, me.now),
        paper: render(&advert.vacancy, &content),
        advice: match is_in_work(&advert) {
            true => advice(advert.text(), &advert.vacancy.title),
            false => Vec::new(),
        },
        views,
        advert: &advert,
    };
    page_with(status, &page)
}

/// A pay award reaches what is not published yet; what is published prints what it said.
async fn as_paid(tx: &mut Tx, advert: Advert, today: Date) -> Result<Advert, AppError> {
    if !is_in_work(&advert) {
        return Ok(advert);
    }
    let grades = tx.grades(advert.employer).await?;
    Ok(with_pay(advert, &grades, today))
}

fn is_in_work(advert: &Advert) -> bool {
    matches!(advert.state, AdvertState::Draft | AdvertState::Ready)
}

impl AdvertPage<'_> {
    /// An act that was tried and refused stands open again, by what its sentence is about.
    fn failed(&self, act: &str) -> bool {
        act == "extend" && self.form.error("what").is_some()
    }

    fn copy_label(&self) -> &'static str {
        match self.standing {
            Standing::Closed | Standing::Withdrawn => "Advertise it again, as a new advert",
            Standing::Draft | Standing::Ready | Standing::Scheduled | Standing::Open => "Copy it to a new advert",
        }
    }

    fn viewed(&self) -> String {
        count(self.views.iter().map(|from| from.views).sum::<i64>() as usize, "time", "times")
    }

    fn was_public(&self) -> bool {
        matches!(self.standing, Standing::Open | Standing::Closed | Standing::Withdrawn) && self.advert.window.is_some()
    }

    fn edit(&self) -> String {
        self.paths.advert_act(self.advert.id, "edit")
    }

    fn act(&self, act: &str) -> String {
        self.paths.advert_act(self.advert.id, act)
    }

    fn version(&self) -> String {
        self.paths.profile(self.advert.version.profile_number).version(self.advert.version.number).page()
    }

    fn version_name(&self) -> String {
        format!("{} version {}", profile_reference(self.advert.version.profile_number), self.advert.version.number)
    }

    fn public(&self) -> String {
        paths::job(self.advert.id)
    }

    /// Who returned the text, when, and the remark; over once somebody asks again or it is confirmed.
    fn returned(&self) -> Option<(&str, String, &str)> {
        let (by, at, remark) = self.advert.history.returned.as_ref()?;
        (self.standing == Standing::Draft).then(|| (by.as_str(), long_date(london_date(*at)), remark.as_str()))
    }

    /// The number of a version that has come into force since the advert was made.
    fn newer(&self) -> Option<i32> {
        let pinned = self.advert.version.number;
        self.advert.version.issued.map(|(_, number)| number).filter(|number| *number != pinned)
    }

    /// The advert can still show the newer version instead.
    fn can_move(&self) -> bool {
        self.may.edit
    }

    fn salary_is_typed(&self) -> bool {
        self.advert.text().salary_typed && !self.advert.text().salary_text.is_empty()
    }
}
