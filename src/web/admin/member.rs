//! One person on the staff: who they are, what they may do, and changing that.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;

use super::invite::role_choices;
use super::people::role_in_words;
use super::unit_choices::{WHOLE, choices_and_whole};
use crate::clock::{london_date, london_moment};
use crate::db::{ManagedUnit, Member, MemberDuties, MemberState, OpenDuty, RoleAt, Tx};
use crate::domain::ids::MembershipId;
use crate::domain::text::long_date;
use crate::error::AppError;
use crate::policy::Role;
use crate::web::form::{Choice, Form};
use crate::web::gate::{Admins, As};
use crate::web::page::{Frame, page_again, page_with};

#[derive(Template)]
#[template(path = "admin/member.html")]
struct MemberPage {
    frame: Frame,
    form: Form,
    member: Member,
    duties: MemberDuties,
    /// What would go to somebody else as they are deactivated.
    takeovers: Vec<TakeOver>,
    held: Vec<Held>,
    roles: Vec<Choice>,
    units: Vec<Choice>,
    since: String,
    /// Administrators can't shut themselves out.
    own: bool,
    act: Acts,
}

/// A role with what the button to take it away sends.
struct Held {
    words: String,
    role: &'static str,
    unit: String,
    fixed: bool,
}

/// Where the page's forms and links lead.
struct Acts {
    give: String,
    take: String,
    deactivate: String,
    reactivate: String,
    invite_again: String,
    audit: String,
    away: String,
}

impl MemberPage {
    fn invited(&self) -> bool {
        self.member.state == MemberState::Invited
    }

    fn mail_refused(&self) -> Option<String> {
        let (at, why) = self.duties.mail_refused.as_ref()?;
        let (email, at) = (&self.member.email, london_moment(*at));
        Some(format!("Mail to {email} was refused on {at}, so they hear of nothing. The mail server said: {why}"))
    }

    fn deactivated(&self) -> bool {
        self.member.state == MemberState::Deactivated
    }
}

/// An open task, with who may take it over.
pub struct TakeOver {
    pub field: String,
    pub label: String,
    pub choices: Vec<Choice>,
}

/// The field that says who takes a task over.
pub fn field_of(duty: &OpenDuty) -> String {
    format!("task_{}", duty.task)
}

/// Those who may decide on it; an administrator who finds nobody keeps it, to give it to somebody later.
pub fn takeover(duty: &OpenDuty, me: MembershipId) -> TakeOver {
    let candidates = duty.candidates.iter().filter(|one| one.id != me).map(|one| Choice::new(one.id, &one.name));
    TakeOver {
        field: field_of(duty),
        label: format!("{}: {} ({})", duty.kind.label(), duty.title, duty.name),
        choices: std::iter::once(Choice::new("", "Choose who takes it over"))
            .chain(candidates)
            .chain([Choice::new(me, "Myself, to give it to somebody later")])
            .collect(),
    }
}

pub async fn page(me: As<Admins>, Path((_, member)): Path<(String, i64)>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let member = load(&me, &mut tx, member).await?;
    let page = view(&me, &mut tx, member, Form::empty()).await?;
    page_with(axum::http::StatusCode::OK, &page)
}

/// A person of this employer, or nothing to see.
pub async fn load(me: &As<Admins>, tx: &mut Tx, member: i64) -> Result<Member, AppError> {
    tx.member(&me.scope(), MembershipId(member)).await?.ok_or(AppError::NotFound)
}

/// The page again, with one more problem.
pub async fn again(
    me: &As<Admins>,
    mut tx: Tx,
    member: Member,
    mut form: Form,
    problem: &str,
) -> Result<Response, AppError> {
    if !problem.is_empty() {
        form.problem_at("", problem);
    }
    page_again(&view(me, &mut tx, member, form).await?)
}

async fn view(me: &As<Admins>, tx: &mut Tx, member: Member, mut form: Form) -> Result<MemberPage, AppError> {
    let scope = me.scope();
    let units: Vec<ManagedUnit> = tx.all_units(&scope).await?;
    let duties = tx.member_duties(&scope, member.id, me.today()).await?;
    for duty in &duties.tasks {
        let delegate = duty.delegate.filter(|delegate| duty.candidates.iter().any(|one| one.id == *delegate));
        if let (Some(delegate), true) = (delegate, form.value(&field_of(duty)).is_empty()) {
            form.set(&field_of(duty), delegate.to_string());
        }
    }
    if form.value("unit").is_empty() {
        form.set("unit", WHOLE);
    }
    let paths = me.paths();
    let act = |act: &str| paths.member_act(member.id, act);
    let own = member.person == me.staff().person.id;
    Ok(MemberPage {
        frame: me.frame(member.name.clone()).crumb("People", paths.people()),
        form,
        held: member.roles.iter().map(|role| held(role, own)).collect(),
        roles: role_choices(),
        units: choices_and_whole(&units),
        since: long_date(london_date(member.since)),
        own,
        act: Acts {
            give: act("roles/give"),
            take: act("roles/take"),
            deactivate: act("deactivate"),
            reactivate: act("reactivate"),
            invite_again: act("invite-again"),
            audit: paths.audit_of(member.person),
            away: paths.away_of(member.id),
        },
        takeovers: duties.tasks.iter().map(|duty| takeover(duty, me.staff().membership)).collect(),
        duties,
        member,
    })
}

fn held(role: &RoleAt, own: bool) -> Held {
    Held {
        words: role_in_words(role),
        role: role.role.word(),
        unit: role.unit.as_ref().map_or_else(|| WHOLE.to_owned(), |(unit, _)| unit.to_string()),
        fixed: own && role.role == Role::Admin,
    }
}
