//! The employer's templates: everybody on the staff reads them, HR authors for the whole employer and administrators
//! change them. A change is written beside the version in use, tried on real profiles, and binds when somebody says so.

mod arrange;
mod change;
mod edit;
mod list;
mod new;
mod newer;
mod preview;
mod read;
mod section;
mod standing;

use crate::db::{StaffVisit, TemplateChange, TemplateChoice, TemplateEdition, Tx, WholeTemplate as Found};
use crate::domain::ids::TemplateId;
use crate::domain::sharing::Shareable;
use crate::domain::template::{Effects, Layout};
use crate::error::AppError;
use crate::policy::{Denied, Granted, act};
use crate::web::form::{Choice, Submitted};
use crate::web::gate::{As, Gate, Keepers};
use crate::web::routes::Routes;

pub fn routes(routes: Routes) -> Routes {
    routes
        .page("/staff/{employer}/templates", list::page)
        .page("/staff/{employer}/templates/new", new::form)
        .action("/staff/{employer}/templates/new", new::make)
        .page("/staff/{employer}/templates/{template}", read::page)
        .action("/staff/{employer}/templates/{template}/default", standing::offer_first)
        .action("/staff/{employer}/templates/{template}/retire", standing::retire)
        .action("/staff/{employer}/templates/{template}/change", change::begin)
        .action("/staff/{employer}/templates/{template}/drop", change::throw_away)
        .action("/staff/{employer}/templates/{template}/newer", newer::decide)
        .page("/staff/{employer}/templates/{template}/edit", edit::page)
        .action("/staff/{employer}/templates/{template}/edit", edit::save)
        .page("/staff/{employer}/templates/{template}/sections/new", section::new)
        .action("/staff/{employer}/templates/{template}/sections/new", section::add)
        .page("/staff/{employer}/templates/{template}/sections/{slot}", section::form)
        .action("/staff/{employer}/templates/{template}/sections/{slot}", section::save)
        .action("/staff/{employer}/templates/{template}/sections/{slot}/up", arrange::up)
        .action("/staff/{employer}/templates/{template}/sections/{slot}/down", arrange::down)
        .action("/staff/{employer}/templates/{template}/sections/{slot}/remove", arrange::remove)
        .page("/staff/{employer}/templates/{template}/preview", preview::page)
        .action("/staff/{employer}/templates/{template}/bind", preview::bind)
}

/// The parts of a template's address: employer and number.
pub type AtTemplate = axum::extract::Path<(String, String)>;
/// The same with a section's place.
pub type AtSlot = axum::extract::Path<(String, String, String)>;

/// The constraint that two templates of one name break.
const NAME_TAKEN: &str = "template_name";
/// The constraints that a second change beside one under way breaks, and two people who begin one at the same moment.
const BEGUN: [&str; 2] = ["template_one_open", "template_edition_pkey"];

/// Leave to change templates.
pub fn granted<G: Gate<Who = StaffVisit>>(me: &As<G>, name: &str) -> Result<Granted<act::ChangeTemplates>, Denied> {
    me.leave(if name.is_empty() { "Templates".to_owned() } else { Shareable::Template.named(name) })
}

/// The template that an address names.
pub async fn find<G: Gate<Who = StaffVisit>>(tx: &mut Tx, me: &As<G>, template: &str) -> Result<Found, AppError> {
    let id = template.parse().map(TemplateId).map_err(|_| AppError::NotFound)?;
    tx.template(&me.scope(), id).await?.ok_or(AppError::NotFound)
}

/// The same for whoever may change it, in the request's transaction.
pub async fn held(me: &As<Keepers>, template: &str) -> Result<(Tx, Found, Granted<act::ChangeTemplates>), AppError> {
    let mut tx = me.begin().await?;
    let found = find(&mut tx, me, template).await?;
    let granted = granted(me, &found.head.name)?;
    Ok((tx, found, granted))
}

impl Found {
    /// What is being written.
    pub fn open(&self) -> Option<&TemplateEdition> {
        self.editions.iter().find(|edition| edition.bound_at.is_none())
    }

    /// What binds now.
    pub fn binding(&self) -> Option<&TemplateEdition> {
        self.editions.iter().find(|edition| edition.bound_at.is_some())
    }

    /// What is being written, for whoever goes on with it.
    ///
    /// # Errors
    /// A sentence where it is in use by now, or was thrown away.
    pub fn writing(&self) -> Result<&TemplateEdition, AppError> {
        self.open().ok_or_else(|| {
            AppError::Conflict(
                "No change of this template is being written any more: somebody brought it into use or threw it away. Its \
                 own page says what is in use now."
                    .to_owned(),
            )
        })
    }

    /// The edition that a form was filled from; the write refuses it where it was saved since.
    pub fn change(&self, edition: &TemplateEdition, submitted: &Submitted) -> Result<TemplateChange, AppError> {
        let revision = submitted.number("revision")?;
        Ok(TemplateChange { template: self.head.id, edition: edition.number, revision })
    }
}

/// What a form offers: no template, or one of those in use.
pub fn template_choices(templates: &[TemplateChoice]) -> Vec<Choice> {
    if templates.is_empty() {
        return Vec::new();
    }
    let none = Choice::new("", "No template: purpose, duties and person specification");
    let own = templates.iter().map(|one| Choice::new(one.id, &one.name));
    // Where one is usual, it comes first.
    match templates.iter().any(|one| one.is_default) {
        true => own.chain([none]).collect(),
        false => std::iter::once(none).chain(own).collect(),
    }
}

/// One kind of effect, with the sections that it has.
pub struct EffectLine {
    pub label: &'static str,
    pub what: Vec<String>,
}

/// What a layout does to a draft, a line a kind; none where nothing changes.
pub fn effect_lines(effects: &Effects) -> Vec<EffectLine> {
    let renamed = effects.renamed.iter().map(|(from, to)| format!("{from} becomes {to}")).collect();
    let lines = [
        ("Loses its place, and is kept in sight", effects.loses_place.clone()),
        ("Required, and empty", effects.missing.clone()),
        ("Moves", effects.moved.clone()),
        ("Gets another heading", renamed),
        ("Comes new", effects.added.clone()),
    ];
    lines.into_iter().filter(|(_, what)| !what.is_empty()).map(|(label, what)| EffectLine { label, what }).collect()
}

/// How often profiles are looked at again: `every 36 months`.
fn cycle(layout: &Layout) -> String {
    match layout.review_months {
        None => "Not said".to_owned(),
        Some(1) => "Every month".to_owned(),
        Some(months) => format!("Every {months} months"),
    }
}
