//! Proposing other words for a line, a new line, or that a line goes.

use axum::extract::Path;
use axum::response::Response;

use super::again::{self, Again};
use super::desk::{Desk, SAID_ALREADY, done, form_key, not_done};
use super::notes::takes_suggestions;
use super::open::{What, new_place};
use super::place::Spot;
use super::proposed::in_words;
use crate::db::{DbError, NewSuggestion, Version};
use crate::domain::content::{Content, Item, ItemKind};
use crate::domain::ids::{ItemId, MembershipId, SectionId};
use crate::domain::remark::LONGEST_COMMENT;
use crate::domain::suggestion::{Fit, Proposal, fit, in_order};
use crate::error::AppError;
use crate::mail::remarks::{self, About};
use crate::policy::{act, grant};
use crate::web::author::edit::item_form;
use crate::web::author::version::At;
use crate::web::form::{Form, Submitted};
use crate::web::gate::{As, StaffOnly};

const CHANGED: &str = "Somebody changed this line while you wrote: what it says now is above. Look at your words, then suggest them again";
const GONE: &str = "That line is no longer there, so there is nothing to suggest. Go back to copy what you typed.";
const NOTHING: &str = "Change something, or cancel: this is what the line says now";

/// What was sent, read against the content: the proposal, or the form again.
enum Read {
    Fine(Box<Proposal>),
    Wrong(Again),
}

pub async fn add(
    me: As<StaffOnly>,
    Path((_, profile, number)): At,
    submitted: Submitted,
) -> Result<Response, AppError> {
    let mut desk = Desk::open(&me, &profile, &number, false).await?;
    let granted = grant::<act::Suggest>(&me.actor(), desk.version.subject(), me.now)?;
    let state = desk.version.state.name();
    if !takes_suggestions(state) {
        return Err(settled(&desk.version));
    }
    let content = desk.content().await?;
    let read = match Spot::parse(submitted.raw("add")) {
        Some(spot) => read_new(spot, &content, &submitted)?,
        None => read_change(&content, &submitted)?,
    };
    let proposal = match read {
        Read::Fine(proposal) => *proposal,
        Read::Wrong(again) => return again::show(&me, &desk, &content, &submitted, again),
    };
    let (section, spot) = stands(&proposal, &content).ok_or(AppError::NotFound)?;
    let new = NewSuggestion { section, proposal, reason: submitted.text("why"), form_key: form_key(&submitted) };
    let place = desk.back(&me, submitted.raw("back"), &spot.word());
    match desk.tx.add_suggestion(&granted, &new).await {
        Ok(()) => {}
        Err(DbError::Constraint(name)) if SAID_ALREADY.contains(&name.as_str()) => {
            return Ok(not_done(&place, "That is suggested already"));
        }
        Err(error) => return Err(error.into()),
    }
    tell(&me, &mut desk, &new, &in_words(&new.proposal, &content)).await?;
    let author = desk.version.history.creator.clone();
    desk.tx.commit().await?;
    let when = if state.is_editable() { "" } else { " once the text can be edited again" };
    Ok(done(&place, &format!("Suggested. {author} or another author decides{when}.")))
}

fn settled(version: &Version) -> AppError {
    AppError::Conflict(format!(
        "{} is {} now, so nothing can be suggested on it. Go back to copy what you typed.",
        version.name(),
        version.state.name().said()
    ))
}

/// The section that the proposal is about, and beside what it is shown.
fn stands(proposal: &Proposal, content: &Content) -> Option<(SectionId, Spot)> {
    match proposal {
        Proposal::Reword { before, .. } | Proposal::Remove { before } => {
            content.item(before.id).map(|(section, item)| (section.id, Spot::Item(item.id)))
        }
        Proposal::Add { place, .. } => {
            Some((place.section, place.after.map_or(Spot::Section(place.section), Spot::Item)))
        }
    }
}

fn reason(submitted: &Submitted, form: &mut Form) {
    form.limit("why", &submitted.text("why"), LONGEST_COMMENT);
}

/// Other words for a line, or that it goes.
fn read_change(content: &Content, submitted: &Submitted) -> Result<Read, AppError> {
    let Some(Spot::Item(id)) = Spot::parse(submitted.raw("about")) else { return Err(AppError::NotFound) };
    let Some((_, now)) = content.item(id) else { return Err(AppError::Conflict(GONE.into())) };
    let kind = now.kind();
    let again = |form| {
        let what = What::Reword { kind, revision: now.revision };
        Read::Wrong(Again { spot: Spot::Item(id), what, form, reply_to: None })
    };
    let stale = submitted.number::<i32>("revision")? != now.revision;
    if submitted.raw("removal") == "yes" {
        let mut form = Form::again(submitted);
        reason(submitted, &mut form);
        if stale {
            form.problem("text", CHANGED);
        }
        return Ok(match form.has_errors() {
            true => again(form),
            false => Read::Fine(Box::new(Proposal::Remove { before: now.clone() })),
        });
    }
    let mut typed = item_form::typed(kind, submitted);
    let mut form = item_form::checked(kind, &typed, submitted);
    item_form::keep_placed(now, &mut typed, &mut form, submitted);
    reason(submitted, &mut form);
    let before = in_order(&Item { children: Vec::new(), ..now.clone() });
    let after = in_order(&Item { text: typed.text, number: typed.number, body: typed.body, ..before.clone() });
    if stale {
        form.problem("text", CHANGED);
    } else if after.says_the_same(&before) {
        form.problem("text", NOTHING);
    }
    Ok(match form.has_errors() {
        true => again(form),
        false => Read::Fine(Box::new(Proposal::Reword { before, after })),
    })
}

/// A new line at that spot.
fn read_new(spot: Spot, content: &Content, submitted: &Submitted) -> Result<Read, AppError> {
    let kind = ItemKind::parse(submitted.raw("kind")).ok_or(AppError::Bad("The form does not say what to add."))?;
    let place = new_place(spot, content).ok_or(AppError::Conflict(GONE.into()))?;
    let typed = item_form::typed(kind, submitted);
    let mut form = item_form::checked(kind, &typed, submitted);
    reason(submitted, &mut form);
    let item = Item { number: typed.number, ..Item::new(ItemId(0), typed.text, typed.body) };
    let proposal = Proposal::Add { place, item };
    if let Fit::NoLonger(obstacle) = fit(&proposal, content) {
        form.problem("text", obstacle.said());
    }
    Ok(match form.has_errors() {
        true => Read::Wrong(Again { spot, what: What::Add { kind }, form, reply_to: None }),
        false => Read::Fine(Box::new(proposal)),
    })
}

/// Those whose draft it is: who started it, and who sent it for review.
fn authors(version: &Version) -> Vec<MembershipId> {
    use crate::domain::version::State;
    let submitter = match &version.state {
        State::InReview { submitted } => Some(submitted.by),
        State::Approved { approval, .. } => Some(approval.submitted.by),
        State::Draft
        | State::ChangesRequested { .. }
        | State::Issued(_)
        | State::Superseded { .. }
        | State::Withdrawn { .. }
        | State::Discarded { .. } => None,
    };
    let mut authors = vec![version.history.created_by];
    authors.extend(submitter.filter(|one| *one != version.history.created_by));
    authors
}

async fn tell(me: &As<StaffOnly>, desk: &mut Desk, new: &NewSuggestion, what: &str) -> Result<(), AppError> {
    let link = me.app.config.link(&desk.at(me).remarks());
    let title = desk.version.title().to_owned();
    let about = About { title: &title, from: &me.staff().person.name, link: &link };
    for to in authors(&desk.version).into_iter().filter(|to| *to != me.staff().membership) {
        desk.tx.queue_to_member(&remarks::suggested(to, what, &new.reason, about), me.now).await?;
    }
    Ok(())
}
