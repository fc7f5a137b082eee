//! "Could this be for me?": the essential criteria to answer for oneself. Nothing is stored, counted or logged: the
//! answers come in the body of a form, and leave with the page that they make.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;

use super::card::JobCard;
use super::job::{load, near_by};
use crate::db::PublicAdvert;
use crate::documents::render::{Essential, advert as render};
use crate::domain::advert::Standing;
use crate::domain::text::count;
use crate::error::AppError;
use crate::web::form::{Form, Submitted};
use crate::web::gate::{Anyone, As};
use crate::web::page::{Frame, page, see_other};
use crate::web::paths;

/// How many other jobs the page offers.
const OTHERS: i64 = 3;

/// What one can say to a criterion, with its word in the form.
const ANSWERS: [(&str, &str); 3] = [("yes", "Yes"), ("partly", "Partly, or in another setting"), ("no", "Not yet")];

#[derive(Template)]
#[template(path = "public/self_check.html")]
struct CheckPage {
    frame: Frame,
    advert: PublicAdvert,
    form: Form,
    essentials: Vec<Essential>,
    outcome: Option<Outcome>,
    others: Vec<JobCard>,
}

/// What the answers come to.
struct Outcome {
    heading: &'static str,
    sentences: Vec<String>,
    /// Criteria that were answered with less than a yes.
    to_think_about: Vec<String>,
}

pub async fn form(me: As<Anyone>, advert: Path<String>) -> Result<Response, AppError> {
    show(me, advert, None).await
}

pub async fn check(me: As<Anyone>, advert: Path<String>, submitted: Submitted) -> Result<Response, AppError> {
    show(me, advert, Some(submitted)).await
}

async fn show(me: As<Anyone>, Path(advert): Path<String>, submitted: Option<Submitted>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let reader = me.visitor().map(|visitor| visitor.person.id);
    let advert = load(&mut tx, &advert, reader, me.now).await?;
    let content = match advert.standing(me.now) {
        Standing::Open => tx.content(advert.employer, advert.version).await?,
        // There is nothing to try for any more: the advert's page says so.
        Standing::Draft | Standing::Ready | Standing::Scheduled | Standing::Closed | Standing::Withdrawn => {
            return Ok(see_other(paths::job(advert.id)));
        }
    };
    let essentials = render(&advert.vacancy, &content).essentials;
    if essentials.is_empty() {
        return Ok(see_other(paths::job(advert.id)));
    }
    let outcome = submitted.as_ref().map(|answers| outcome(&essentials, answers));
    let is_short = outcome.as_ref().is_some_and(|outcome| !outcome.to_think_about.is_empty());
    let rows = match is_short {
        true => {
            let near = near_by(&advert);
            let to = (advert.id, advert.vacancy.title.as_str(), near.as_ref());
            tx.similar_jobs(to, advert.employer, OTHERS, me.now).await?
        }
        false => Vec::new(),
    };
    let others = rows.into_iter().map(|row| JobCard::new(row, me.today())).collect();
    let title = format!("Could this be for me? {}", advert.vacancy.title);
    let frame = me.frame(title).crumb("Jobs", paths::JOBS).crumb(&advert.vacancy.title, paths::job(advert.id));
    let form = submitted.as_ref().map(Form::again).unwrap_or_default();
    page(&CheckPage { frame, advert, form, essentials, outcome, others })
}

fn outcome(essentials: &[Essential], answers: &Submitted) -> Outcome {
    let said = |number: usize| answers.raw(&field(number)).to_owned();
    let with = |word: &str| (0..essentials.len()).filter(|number| said(*number) == word).count();
    let (yes, partly, no) = (with("yes"), with("partly"), with("no"));
    let open = essentials.len() - yes - partly - no;
    let short = essentials.iter().enumerate().filter(|(number, _)| ["partly", "no"].contains(&said(*number).as_str()));
    let to_think_about = short.map(|(_, essential)| essential.text.clone()).collect();
    let (heading, first) = match (yes + partly, no, open) {
        (_, 0, 0) if partly == 0 => ("This looks like a job for you", "You said yes to everything that is essential."),
        (_, 0, 0) => ("This could well be for you", "You bring something to everything that is essential."),
        (0, _, 0) => ("Perhaps another job fits better", "You said not yet to everything that is essential."),
        (_, 1.., 0) => ("This could still be for you", "You bring part of what is essential."),
        (_, _, _) => ("So far", "You have not answered everything, and you need not."),
    };
    let mut sentences = vec![first.to_owned()];
    if partly > 0 {
        sentences.push(
            "What you learned in another job, as a volunteer or at home counts: say what you did and what came of it."
                .to_owned(),
        );
    }
    if no > 0 {
        let many = count(no, "point", "points");
        sentences
            .push(format!("Ask the contact in the advert about the {many} you lack. Some can be learned in the job; a registration or licence that the work needs by law can not."));
    }
    Outcome { heading, sentences, to_think_about }
}

/// The name of a criterion's field.
fn field(number: usize) -> String {
    format!("criterion_{number}")
}

impl CheckPage {
    fn field(&self, number: &usize) -> String {
        field(*number)
    }

    fn answers(&self) -> [(&'static str, &'static str); 3] {
        ANSWERS
    }

    fn advert_page(&self) -> String {
        paths::job(self.advert.id)
    }

    fn here(&self) -> String {
        paths::job_act(self.advert.id, "self-check")
    }
}
