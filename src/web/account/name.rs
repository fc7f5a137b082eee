//! Changing one's own name.

use askama::Template;
use axum::response::Response;

use super::own;
use crate::domain::text::LONGEST_LINE;
use crate::error::AppError;
use crate::policy::{act, grant};
use crate::web::form::{Form, Submitted};
use crate::web::gate::{As, SignedIn};
use crate::web::page::{Frame, page, page_again, see_other_saying};
use crate::web::paths;

#[derive(Template)]
#[template(path = "account/name.html")]
struct NamePage {
    frame: Frame,
    form: Form,
}

pub async fn form(me: As<SignedIn>) -> Result<Response, AppError> {
    page(&view(&me, Form::filled([("name", me.who.person.name.clone())])))
}

pub async fn change(me: As<SignedIn>, submitted: Submitted) -> Result<Response, AppError> {
    let mut form = Form::again(&submitted);
    let name = submitted.line("name");
    form.require("name", &name, "Type your name");
    form.limit("name", &name, LONGEST_LINE);
    if form.has_errors() {
        return page_again(&view(&me, form));
    }
    let granted = grant::<act::ChangeAccount>(&me.actor(), own(&me.who.person), me.now)?;
    let mut tx = me.begin().await?;
    tx.rename_person(&granted, &name).await?;
    tx.commit().await?;
    Ok(see_other_saying(paths::ACCOUNT, "Your name is changed"))
}

fn view(me: &As<SignedIn>, form: Form) -> NamePage {
    NamePage { frame: me.frame("Change your name").crumb("Your account", paths::ACCOUNT), form }
}
