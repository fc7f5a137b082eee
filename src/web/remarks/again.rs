//! The form of a remark on a page of its own: when something is wrong with it, and to edit what one said.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

use super::desk::Desk;
use super::open::{OpenForm, PersonChoice, What};
use super::place::{Back, Spot};
use crate::domain::checks;
use crate::domain::content::Content;
use crate::domain::ids::CommentId;
use crate::error::AppError;
use crate::web::author::version::frame;
use crate::web::form::{Form, Submitted};
use crate::web::gate::{As, StaffOnly};
use crate::web::page::{Frame, page_with};

/// What was sent, to be put right.
pub struct Again {
    pub spot: Spot,
    pub what: What,
    pub form: Form,
    pub reply_to: Option<CommentId>,
}

/// What `remarks/open.html` asks of the page around it.
struct Sent {
    at: String,
    back: String,
    key: String,
}

#[derive(Template)]
#[template(path = "remarks/again.html")]
struct AgainPage {
    frame: Frame,
    heading: &'static str,
    /// What the line says now.
    now: Vec<String>,
    notes: Sent,
    name: String,
    open: OpenForm,
    reply_to: String,
    closed: String,
}

impl AgainPage {
    fn closed(&self) -> &str {
        &self.closed
    }

    fn name(&self) -> &str {
        &self.name
    }

    /// The same place with another form open.
    fn opens(&self, what: &str) -> String {
        crate::web::paths::opened(&self.notes.at, what, &self.open.spot.word())
    }
}

pub fn show(
    me: &As<StaffOnly>,
    desk: &Desk,
    content: &Content,
    submitted: &Submitted,
    again: Again,
) -> Result<Response, AppError> {
    let item = match again.spot {
        Spot::Item(id) => content.item(id).map(|(_, item)| item),
        Spot::Section(_) | Spot::Version => None,
    };
    let people = desk.remarks.people.iter().filter(|one| one.id != me.staff().membership);
    let heading = match (&again.what, again.reply_to) {
        (What::Comment, Some(_)) => "Your answer",
        (What::Comment, None) => "Your comment",
        (What::Reword { .. } | What::Add { .. }, _) => "Your suggestion",
    };
    let back = submitted.raw("back");
    let page = AgainPage {
        frame: frame(me, &desk.version, heading),
        heading,
        now: item.map(|item| item.text.lines().map(str::to_owned).collect()).unwrap_or_default(),
        notes: Sent {
            at: desk.at(me).page(),
            back: Back::read(back).word(),
            key: super::desk::form_key(submitted).unwrap_or_default(),
        },
        name: name(again.spot, content),
        reply_to: again.reply_to.map(|id| id.to_string()).unwrap_or_default(),
        closed: desk.back(me, back, &again.spot.word()),
        open: OpenForm::with(again.spot, again.what, again.form, people.map(PersonChoice::of).collect()),
    };
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

fn name(spot: Spot, content: &Content) -> String {
    let name = match spot {
        Spot::Item(id) => content.item(id).map(|(_, item)| format!("“{}”", checks::opening(item))),
        Spot::Section(id) => content.section(id).map(|section| format!("the section {}", checks::name(section))),
        Spot::Version => None,
    };
    name.unwrap_or_else(|| "the whole version".to_owned())
}
