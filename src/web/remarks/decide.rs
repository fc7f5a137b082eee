//! One suggestion on a page of its own: what it was made of, what stands there now and what is proposed, to decide on.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

use super::desk::{AtRemark, Desk};
use super::open::{OpenForm, What};
use super::place::{Back, Spot};
use super::proposed::{self, Proposed};
use super::withdraw::DECIDED;
use crate::db::{StaffVisit, Suggestion, Version};
use crate::domain::content::{Content, Item};
use crate::domain::diff;
use crate::domain::suggestion::{Fit, Obstacle, Proposal, fit};
use crate::error::AppError;
use crate::policy::Action;
use crate::web::author::edit::item_form;
use crate::web::author::version::{frame, may};
use crate::web::form::Form;
use crate::web::gate::{As, Gate, StaffOnly};
use crate::web::page::{Frame, page_with};

/// What a decision is told while the text can't change.
pub const FROZEN: &str = "The text can't change now: suggestions are decided once changes are requested, it is recalled, or in the next draft";

/// Why it can't be decided on now.
pub fn too_late(version: &Version, suggestion: &Suggestion) -> Option<&'static str> {
    match (version.state.name().is_editable(), suggestion.is_open()) {
        (_, false) => Some(DECIDED),
        (false, true) => Some(FROZEN),
        (true, true) => None,
    }
}

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    back: String,
}

/// One side: what it is, its text, and what else the line holds.
struct Side {
    name: &'static str,
    text: String,
    facts: Vec<(&'static str, String)>,
}

#[derive(Template)]
#[template(path = "remarks/decide.html")]
struct DecidePage {
    frame: Frame,
    heading: String,
    proposal: Proposed,
    sides: Vec<Side>,
    /// The form of the author's own words, with the revision that they are made on.
    open: Option<OpenForm>,
    own_removal: bool,
    revision: i32,
    form: Form,
    may_decide: bool,
    accept: String,
    reject: String,
    back: String,
    closed: String,
}

pub async fn page(
    me: As<StaffOnly>,
    Path((_, profile, number, suggestion)): AtRemark,
    Query(asked): Query<Asked>,
) -> Result<Response, AppError> {
    let mut desk = Desk::open(&me, &profile, &number, false).await?;
    let suggestion = desk.suggestion(&suggestion)?.clone();
    let content = desk.content().await?;
    show(&me, &desk, &content, &suggestion, Form::empty(), &asked.back)
}

pub fn show<G: Gate<Who = StaffVisit>>(
    me: &As<G>,
    desk: &Desk,
    content: &Content,
    suggestion: &Suggestion,
    form: Form,
    back: &str,
) -> Result<Response, AppError> {
    let status = if form.has_errors() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let now = suggestion.item().and_then(|id| content.item(id)).map(|(_, item)| item);
    let may_decide = suggestion.is_open()
        && desk.version.state.name().is_editable()
        && may(me, &desk.version, Action::DecideSuggestion);
    let changed = fit(&suggestion.proposal, content) == Fit::NoLonger(Obstacle::Changed);
    let at = desk.at(me);
    let proposal = proposed::one(suggestion, content, desk.version.number, me.staff().membership);
    let own = own_form(suggestion, now, changed && may_decide, &form);
    let heading = match may_decide {
        true => format!("Decide on the suggestion of {}", suggestion.maker),
        false => format!("The suggestion of {}", suggestion.maker),
    };
    let page = DecidePage {
        frame: frame(me, &desk.version, &heading),
        heading,
        sides: sides(suggestion, now),
        own_removal: changed && matches!(suggestion.proposal, Proposal::Remove { .. }),
        revision: now.map_or(0, |item| item.revision),
        open: own,
        form,
        may_decide,
        accept: at.suggestion_act(suggestion.id, "accept"),
        reject: at.suggestion_act(suggestion.id, "reject"),
        back: Back::read(back).word(),
        closed: desk.back(me, back, &format!("suggestion-{}", suggestion.id)),
        proposal,
    };
    page_with(status, &page)
}

/// Where the same words were changed by both, the author writes what the line is to say.
fn own_form(suggestion: &Suggestion, now: Option<&Item>, offered: bool, form: &Form) -> Option<OpenForm> {
    let Proposal::Reword { after, .. } = &suggestion.proposal else { return None };
    let now = now.filter(|_| offered)?;
    let typed = form.values().iter().any(|(name, _)| name == "own");
    let form = if typed { form.clone() } else { item_form::filled(after) };
    let what = What::Reword { kind: now.kind(), revision: now.revision };
    Some(OpenForm::with(Spot::Item(now.id), what, form, Vec::new()))
}

fn sides(suggestion: &Suggestion, now: Option<&Item>) -> Vec<Side> {
    let side = |name, item: &Item| Side { name, text: item.text.clone(), facts: diff::labelled(&item.body) };
    let mut sides = Vec::new();
    match &suggestion.proposal {
        Proposal::Reword { before, after } => {
            let changed = now.is_none_or(|now| !now.says_the_same(before));
            sides.extend(changed.then(|| side("When it was suggested", before)));
            sides.extend(now.map(|now| side("What it says now", now)));
            sides.push(side("What is suggested", after));
        }
        Proposal::Remove { before } => {
            let changed = now.is_none_or(|now| !now.says_the_same(before));
            sides.extend(changed.then(|| side("When its deletion was suggested", before)));
            sides.extend(now.map(|now| side("What it says now", now)));
        }
        Proposal::Add { item, .. } => sides.push(side("What is suggested", item)),
    }
    sides
}
