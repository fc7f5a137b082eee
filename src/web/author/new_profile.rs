//! Starting a profile from blank: a title and a unit, and the draft opens.

use askama::Template;
use axum::response::Response;

use super::profiles::unit_choices;
use crate::db::{DbError, Origin, Unit};
use crate::domain::content::{Content, Section, SectionKind};
use crate::domain::details::Details;
use crate::domain::ids::{SectionId, UnitId};
use crate::domain::text::LONGEST_LINE;
use crate::error::AppError;
use crate::policy::{Role, Subject, act, grant};
use crate::secret::Token;
use crate::web::form::{Choice, Form, Submitted};
use crate::web::gate::{As, Authors};
use crate::web::page::{Frame, page, page_again, see_other, see_other_saying};

/// The sections that a blank profile starts with: the parts that every job description has.
const USUAL: [(SectionKind, &str); 3] = [
    (SectionKind::Prose, "Purpose of the job"),
    (SectionKind::Duties, "Main duties"),
    (SectionKind::Criteria, "Person specification"),
];

#[derive(Template)]
#[template(path = "author/new_profile.html")]
struct NewProfilePage {
    frame: Frame,
    form: Form,
    units: Vec<Choice>,
    import: String,
    form_key: String,
}

pub async fn form(me: As<Authors>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let units = tx.units(me.employer()).await?;
    page(&shown(&me, &units, Form::empty(), Token::new()?.plain().to_owned()))
}

fn shown(me: &As<Authors>, units: &[Unit], form: Form, form_key: String) -> NewProfilePage {
    let mine: Vec<Unit> =
        units.iter().filter(|unit| me.staff().has_for(Role::Author, Some(unit.id))).cloned().collect();
    NewProfilePage {
        frame: me.frame("Start a job profile").crumb("Profiles", me.paths().profiles()),
        form,
        units: unit_choices(&mine, "Choose a unit"),
        import: me.paths().import(),
        form_key,
    }
}

pub async fn create(me: As<Authors>, submitted: Submitted) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let units = tx.units(me.employer()).await?;
    let title = submitted.line("title");
    let form_key = form_key(submitted.raw("form_key"));
    let mut form = Form::again(&submitted);
    form.require("title", &title, "Give the job a title");
    form.limit("title", &title, LONGEST_LINE);
    let unit = submitted.raw("unit").parse().ok().map(UnitId).and_then(|id| units.iter().find(|unit| unit.id == id));
    if unit.is_none() {
        form.problem("unit", "Choose the unit that the job belongs to");
    }
    let (Some(unit), false) = (unit, form.has_errors()) else {
        return page_again(&shown(&me, &units, form, form_key));
    };
    let subject = Subject {
        id: unit.id,
        employer: Some(me.employer()),
        unit: Some(unit.id),
        person: None,
        profile: None,
        name: unit.name.clone(),
    };
    let granted = grant::<act::CreateProfile>(&me.actor(), subject, me.now)?;
    let ids = tx.new_identities(USUAL.len()).await?;
    let sections = USUAL.iter().zip(ids).map(|((kind, heading), id)| Section {
        id: SectionId(id),
        kind: *kind,
        heading: (*heading).to_owned(),
        revision: 1,
        items: Vec::new(),
    });
    let origin = Origin {
        details: Details { title: title.clone(), ..Details::default() },
        content: Content { sections: sections.collect() },
        post_numbers: String::new(),
        form_key: (!form_key.is_empty()).then(|| form_key.clone()),
    };
    let begun = match tx.create_profile(&granted, &origin).await {
        Ok(begun) => begun,
        Err(DbError::Constraint(name)) if name == "profile_form_key" => {
            // One connection a request: this one is of no use any more.
            drop(tx);
            return first_click(me, &form_key).await;
        }
        Err(error) => return Err(error.into()),
    };
    tx.commit().await?;
    let at = me.paths().profile(begun.profile_number).version(1);
    Ok(see_other_saying(at.edit(), &format!("Started {title}. Fill in its details and its sections.")))
}

/// The key that our page gave the form; anything else is none, and never reaches the database.
fn form_key(sent: &str) -> String {
    match sent.len() <= 64 && sent.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        true => sent.to_owned(),
        false => String::new(),
    }
}

/// The second of two clicks leads to what the first one made.
async fn first_click(me: As<Authors>, form_key: &str) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let number = tx.profile_of_form(me.employer(), form_key).await?.ok_or(AppError::NotFound)?;
    Ok(see_other(me.paths().profile(number).version(1).edit()))
}

#[cfg(test)]
mod tests {
    use super::form_key;

    #[test]
    fn only_a_key_of_ours_is_kept() {
        assert_eq!(form_key("a1b2"), "a1b2");
        for other in ["\0", "a1b2\0", "xyz", "'", &"a".repeat(65)] {
            assert_eq!(form_key(other), "", "{other:?}");
        }
    }
}
