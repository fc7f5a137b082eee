//! The hiring manager reads the whole advert as applicants will, and confirms its text or returns it with a remark.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;

use crate::db::{Advert, Asked, Tx};
use crate::documents::render::{AdvertPaper, advert as render};
use crate::domain::advert::{AdvertState, Refusal, Step};
use crate::domain::text::LONGEST_TEXT;
use crate::error::AppError;
use crate::mail::adverts::{About, confirmed, returned};
use crate::policy::{act, grant};
use crate::web::author::adverts::{ARCHIVED, At, load, load_for_act, readers, with_pay};
use crate::web::form::{Form, Submitted};
use crate::web::gate::{As, Managers};
use crate::web::page::{Frame, page_with, see_other_noting, see_other_saying};
use crate::web::paths;

#[derive(Template)]
#[template(path = "manager/confirm_advert.html")]
struct ConfirmPage<'a> {
    frame: Frame,
    form: Form,
    paths: paths::Employer<'a>,
    paper: AdvertPaper,
    /// Who can read it, where that is not everybody.
    readers: Option<String>,
    advert: &'a Advert,
}

impl ConfirmPage<'_> {
    fn asker(&self) -> &str {
        self.advert.history.asked_by.as_ref().map_or(&self.advert.history.writer, |(_, name)| name)
    }

    fn act(&self, act: &str) -> String {
        self.paths.advert_act(self.advert.id, act)
    }
}

pub async fn read(me: As<Managers>, Path((_, advert)): At) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let advert = load(&mut tx, &me.scope(), &advert).await?;
    if !is_mine(&me, &advert) {
        let refusal = if advert.asked.is_some() { Refusal::NotTheOneAsked } else { Refusal::NotAsked };
        return Ok(see_other_noting(me.paths().advert(advert.id), &refusal.to_string()));
    }
    show(&me, &mut tx, StatusCode::OK, advert, Form::empty()).await
}

pub async fn confirm(me: As<Managers>, Path((_, advert)): At, submitted: Submitted) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let advert = load_for_act(&mut tx, &me.scope(), &advert).await?;
    let granted = grant::<act::ConfirmAdvert>(&me.actor(), advert.subject(), me.now)?;
    let page = me.paths().advert(advert.id);
    let by = me.staff().membership;
    if advert.state == AdvertState::Ready && advert.text().hiring_manager == Some(by) {
        return Ok(see_other_saying(page, CONFIRMED));
    }
    if advert.version.profile_retired {
        return Ok(see_other_noting(page, ARCHIVED));
    }
    let asked = advert.asked.as_ref().map(|asked| asked.assigned_to);
    if let Err(refusals) = advert.state.after(Step::Confirm { by, asked, writers: &advert.writers }) {
        return refused(&me, &advert, &refusals);
    }
    if submitted.number::<i32>("lock_version")? != advert.lock_version {
        return Ok(read_again(&me, &advert));
    }
    if let Some(asked) = &advert.asked {
        tx.confirm_advert(&granted, &advert, asked).await?;
        tell_writer(&me, &mut tx, &advert, None).await?;
        tx.commit().await?;
    }
    Ok(see_other_saying(page, CONFIRMED))
}

pub async fn send_back(me: As<Managers>, Path((_, advert)): At, submitted: Submitted) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let advert = load_for_act(&mut tx, &me.scope(), &advert).await?;
    let granted = grant::<act::ConfirmAdvert>(&me.actor(), advert.subject(), me.now)?;
    let remark = submitted.text("remark");
    let mut form = Form::again(&submitted);
    form.limit("remark", &remark, LONGEST_TEXT);
    let asked = advert.asked.as_ref().map(|asked| asked.assigned_to);
    let step = Step::Return { by: me.staff().membership, asked, remark: &remark };
    match advert.state.after(step) {
        Ok(_) => {}
        Err(refusals) if refusals == [Refusal::RemarkMissing] => {
            form.problem("remark", Refusal::RemarkMissing.to_string());
        }
        Err(refusals) => return refused(&me, &advert, &refusals),
    }
    if form.has_errors() {
        return show(&me, &mut tx, StatusCode::UNPROCESSABLE_ENTITY, advert, form).await;
    }
    if submitted.number::<i32>("lock_version")? != advert.lock_version {
        return Ok(read_again(&me, &advert));
    }
    if let Some(asked) = &advert.asked {
        tx.return_advert(&granted, &advert, asked, &remark).await?;
        tell_writer(&me, &mut tx, &advert, Some(&remark)).await?;
        tx.commit().await?;
    }
    Ok(see_other_saying(me.paths().advert(advert.id), "The text went back to its writer with your remark"))
}

const CONFIRMED: &str = "You confirmed the text. It is ready to be published";

fn is_mine(me: &As<Managers>, advert: &Advert) -> bool {
    let mine = |asked: &Asked| asked.assigned_to == me.staff().membership;
    advert.state == AdvertState::Draft && advert.asked.as_ref().is_some_and(mine)
}

/// Somebody else's question is a matter of leave; one that is over is simply news.
fn refused(me: &As<Managers>, advert: &Advert, refusals: &[Refusal]) -> Result<Response, AppError> {
    let denied = refusals.iter().any(|refusal| matches!(refusal, Refusal::NotTheOneAsked | Refusal::OwnText));
    match (denied, refusals.first()) {
        (false, Some(refusal)) => Ok(see_other_noting(me.paths().advert(advert.id), &refusal.to_string())),
        (true, _) | (false, None) => Err(AppError::Denied),
    }
}

fn read_again(me: &As<Managers>, advert: &Advert) -> Response {
    let sentence = "The text changed while you were reading it. Nothing was decided: read it as it is now";
    see_other_noting(me.paths().advert_act(advert.id, "confirm"), sentence)
}

/// Mail to whoever asked: confirmed, or returned with a remark.
async fn tell_writer(me: &As<Managers>, tx: &mut Tx, advert: &Advert, remark: Option<&str>) -> Result<(), AppError> {
    let asker = advert.history.asked_by.as_ref().map_or(advert.written_by, |(id, _)| *id);
    let Some((name, address)) = tx.member_address(advert.employer, asker).await? else { return Ok(()) };
    let link = format!("{}{}", me.app.config.public_url, me.paths().advert(advert.id));
    let about = About {
        title: &advert.vacancy.title,
        reference: &advert.text().reference,
        employer: &advert.vacancy.employer,
        link: &link,
    };
    let manager = &me.staff().person.name;
    let message = match remark {
        None => confirmed((&name, &address), about, manager),
        Some(remark) => returned((&name, &address), about, manager, remark),
    };
    Ok(tx.queue(&message, me.now).await?)
}

async fn show(
    me: &As<Managers>,
    tx: &mut Tx,
    status: StatusCode,
    advert: Advert,
    form: Form,
) -> Result<Response, AppError> {
    let content = tx.content(advert.employer, advert.version.id).await?;
    let grades = tx.grades(advert.employer).await?;
    let advert = with_pay(advert, &grades, me.today());
    let page = ConfirmPage {
        frame: me.frame(format!("Confirm the advert for {}", advert.vacancy.title)).crumb("My work", me.paths().work()),
        form,
        paths: me.paths(),
        paper: render(&advert.vacancy, &content),
        readers: readers(&advert, me.now),
        advert: &advert,
    };
    page_with(status, &page)
}
