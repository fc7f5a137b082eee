//! Inviting a person: onto the staff with a first role, and a link by mail to choose a password.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use time::{Duration, OffsetDateTime};

use super::member::{self, load};
use super::subject;
use super::unit_choices::{WHOLE, choices_and_whole, chosen, place};
use crate::db::{Credentials, DbError, ManagedUnit, MemberState, Tx};
use crate::domain::ids::MembershipId;
use crate::domain::text::{self, LONGEST_LINE};
use crate::error::AppError;
use crate::mail::messages::{self, To};
use crate::policy::{Person, Role, act, grant};
use crate::secret::Token;
use crate::web::form::{Choice, Form, Submitted};
use crate::web::gate::{Admins, As};
use crate::web::page::{Frame, page, page_again, see_other_noting, see_other_saying};
use crate::web::paths;

const LINK_LASTS: Duration = Duration::days(7);

#[derive(Template)]
#[template(path = "admin/invite.html")]
struct InvitePage {
    frame: Frame,
    form: Form,
    roles: Vec<Choice>,
    units: Vec<Choice>,
    back: String,
}

/// What was typed, once it is fit to use.
struct Wanted<'a> {
    name: String,
    email: String,
    role: Role,
    unit: Option<&'a ManagedUnit>,
}

pub async fn form(me: As<Admins>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let units = tx.all_units(&me.scope()).await?;
    page(&view(&me, Form::empty(), &units))
}

pub async fn invite(me: As<Admins>, submitted: Submitted) -> Result<Response, AppError> {
    let scope = me.scope();
    let mut tx = me.begin().await?;
    let units = tx.all_units(&scope).await?;
    let wanted = match read(&submitted, &units) {
        Ok(wanted) => wanted,
        Err(form) => return page_again(&view(&me, form, &units)),
    };
    let granted = grant::<act::InvitePerson>(&me.actor(), subject(&me, me.employer(), &wanted.name), me.now)?;
    let known = tx.credentials(&wanted.email).await?;
    let person = match person_of(&mut tx, &wanted, known.as_ref(), me.now).await {
        Ok(person) => person,
        Err(error) if is_second_click(&error) => return first_click(&me, tx, &wanted.email).await,
        Err(error) => return Err(error.into()),
    };
    if let Some(member) = tx.membership_of(&scope, person.id).await? {
        let mut form = Form::again(&submitted);
        let sentence = format!("{} is on your staff already: change their roles on their page", person.name);
        form.problem_at(me.paths().member(member), sentence);
        return page_again(&view(&me, form, &units));
    }
    let unit = wanted.unit.map(|unit| unit.id);
    let place = place(wanted.unit.map(|unit| unit.name.as_str()));
    let member = match tx.add_member(&granted, person.id, wanted.role, unit, place).await {
        Ok(member) => member,
        Err(error) if is_second_click(&error) => return first_click(&me, tx, &wanted.email).await,
        Err(error) => return Err(error.into()),
    };
    write_to(&me, &mut tx, member, &person, known.is_some_and(|known| has_account(&known))).await?;
    tx.commit().await?;
    let sentence = format!("{} is invited: the message goes to {}", person.name, person.email);
    Ok(see_other_saying(me.paths().member(member), &sentence))
}

/// The person with that address, added where nobody has it.
async fn person_of(
    tx: &mut Tx,
    wanted: &Wanted<'_>,
    known: Option<&Credentials>,
    now: OffsetDateTime,
) -> Result<Person, DbError> {
    if let Some(known) = known {
        return Ok(known.person.clone());
    }
    let id = tx.add_person(&wanted.name, &wanted.email, now).await?;
    Ok(Person { id, name: wanted.name.clone(), email: wanted.email.clone() })
}

/// Whether the same person was added since this request looked.
fn is_second_click(error: &DbError) -> bool {
    match error {
        DbError::Constraint(name) => name == "person_email_key" || name == "membership_employer_id_person_id_key",
        DbError::Sqlx(_) | DbError::Unknown(_) | DbError::Stale | DbError::Frozen | DbError::Inconsistent { .. } => {
            false
        }
    }
}

/// The second of two clicks leads to what the first one made.
async fn first_click(me: &As<Admins>, spoilt: Tx, email: &str) -> Result<Response, AppError> {
    // One connection a request, and this one is of no use any more.
    drop(spoilt);
    let mut tx = me.begin().await?;
    let person = tx.credentials(email).await?.map(|known| known.person);
    let member = match &person {
        Some(person) => tx.membership_of(&me.scope(), person.id).await?,
        None => None,
    };
    match (person, member) {
        (Some(person), Some(member)) => {
            let sentence = format!("{} is invited already", person.name);
            Ok(see_other_noting(me.paths().member(member), &sentence))
        }
        (Some(_), None) | (None, _) => {
            let sentence = "Somebody used that address at the same moment, so nobody was invited: invite them again";
            Ok(see_other_noting(me.paths().people(), sentence))
        }
    }
}

/// Sends the link once more to somebody who has not followed it; the one before stops working.
pub async fn again(me: As<Admins>, Path((_, member)): Path<(String, i64)>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let invited = load(&me, &mut tx, member).await?;
    if invited.state != MemberState::Invited {
        let sentence = "Only somebody who is invited and has not joined yet can be invited again";
        return member::again(&me, tx, invited, Form::empty(), sentence).await;
    }
    let granted = grant::<act::InvitePerson>(&me.actor(), subject(&me, me.employer(), &invited.name), me.now)?;
    tx.end_invitations(&granted, invited.id).await?;
    let known = tx.credentials(&invited.email).await?.is_some_and(|known| has_account(&known));
    let person = Person { id: invited.person, name: invited.name, email: invited.email };
    write_to(&me, &mut tx, invited.id, &person, known).await?;
    tx.commit().await?;
    let sentence = format!("The invitation goes to {} again, and the link before it no longer works", person.email);
    Ok(see_other_saying(me.paths().member(invited.id), &sentence))
}

fn has_account(known: &Credentials) -> bool {
    known.confirmed && known.password_hash.is_some()
}

/// Everybody gets a link to follow: somebody new to choose a password, somebody with an account to say yes or no.
async fn write_to(
    me: &As<Admins>,
    tx: &mut Tx,
    member: MembershipId,
    person: &Person,
    has_account: bool,
) -> Result<(), AppError> {
    let token = Token::new()?;
    tx.add_invitation(&token.hash(), member, me.now, LINK_LASTS).await?;
    let address = me.app.config.link(&paths::invitation(token.plain()));
    let to = To { name: &person.name, email: &person.email };
    let (employer, inviter) = (&me.who.employer.name, &me.staff().person.name);
    let message = match has_account {
        true => messages::invitation_to_join(to, employer, inviter, &address, me.now + LINK_LASTS),
        false => messages::invitation(to, employer, inviter, &address, me.now + LINK_LASTS),
    };
    Ok(tx.queue_about(Some(me.employer()), &message, me.now).await?)
}

fn read<'a>(submitted: &Submitted, units: &'a [ManagedUnit]) -> Result<Wanted<'a>, Form> {
    let mut form = Form::again(submitted);
    let name = submitted.line("name");
    form.require("name", &name, "Type the person's name");
    form.limit("name", &name, LONGEST_LINE);
    let email = text::email(submitted.raw("email"));
    if email.is_none() {
        form.problem("email", "Type the person's e-mail address, such as name@example.com");
    }
    let role = role_and_place(&mut form, submitted, units);
    match (email, role) {
        (Some(email), Some((role, unit))) if !form.has_errors() => Ok(Wanted { name, email, role, unit }),
        _ => Err(form),
    }
}

/// The chosen role and where it is to hold; says in the form what is wrong with either.
pub fn role_and_place<'a>(
    form: &mut Form,
    submitted: &Submitted,
    units: &'a [ManagedUnit],
) -> Option<(Role, Option<&'a ManagedUnit>)> {
    let role = Role::parse(submitted.raw("role"));
    let unit = chosen(units, submitted.raw("unit"));
    if role.is_none() {
        form.problem("role", "Choose a role");
    }
    if unit.is_none() {
        form.problem("unit", "Choose a unit, or the whole employer");
    }
    let (role, unit) = role.zip(unit)?;
    if role == Role::Admin && unit.is_some() {
        form.problem("unit", "An HR administrator acts for the whole employer: choose that");
        return None;
    }
    Some((role, unit))
}

/// Every role, for radios.
pub fn role_choices() -> Vec<Choice> {
    Role::ALL.iter().map(|role| Choice::new(role.word(), role.label())).collect()
}

fn view(me: &As<Admins>, mut form: Form, units: &[ManagedUnit]) -> InvitePage {
    if form.value("unit").is_empty() {
        form.set("unit", WHOLE);
    }
    InvitePage {
        frame: me.frame("Invite a person").crumb("People", me.paths().people()),
        form,
        roles: role_choices(),
        units: choices_and_whole(units),
        back: me.paths().people(),
    }
}
