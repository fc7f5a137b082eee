//! When somebody is away, and who decides instead: said by themselves, or by an administrator when they can't.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use time::Date;

use crate::db::{AbsenceHeld, DbError, Manager, OVERLAP, StaffVisit, Tx};
use crate::domain::away::{Absence, NO_END, days_in_words, problem_of};
use crate::domain::ids::{MembershipId, PersonId};
use crate::domain::text::{iso_date, long_date, parse_date};
use crate::error::AppError;
use crate::mail::review;
use crate::policy::{Granted, Subject, act, grant};
use crate::web::form::{Choice, Form, Submitted};
use crate::web::gate::{Admins, As, Gate, StaffOnly};
use crate::web::page::{Frame, page, page_again, see_other_noting, see_other_saying};

/// What "nobody" is called where a delegate is chosen.
const NOBODY: &str = "nobody";

/// Whose absences a page is about.
struct Whose {
    id: MembershipId,
    person: PersonId,
    name: String,
    own: bool,
    /// The page, and the beginning of its acts.
    here: String,
    frame: Frame,
}

#[derive(Template)]
#[template(path = "review/away.html")]
struct AwayPage {
    frame: Frame,
    form: Form,
    own: bool,
    name: String,
    held: Vec<Held>,
    delegates: Vec<Choice>,
}

/// An absence as the page shows it.
struct Held {
    days: String,
    now: bool,
    instead: String,
    set: String,
    end: String,
}

pub async fn mine(me: As<StaffOnly>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    page(&view(&me, &mut tx, my_own(&me), Form::empty()).await?)
}

pub async fn set_mine(me: As<StaffOnly>, submitted: Submitted) -> Result<Response, AppError> {
    let tx = me.begin().await?;
    set(&me, tx, my_own(&me), &submitted).await
}

pub async fn end_mine(me: As<StaffOnly>, Path((_, absence)): Path<(String, i64)>) -> Result<Response, AppError> {
    let tx = me.begin().await?;
    end(&me, tx, my_own(&me), absence).await
}

pub async fn of(me: As<Admins>, Path((_, member)): Path<(String, i64)>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let whose = theirs(&me, &mut tx, member).await?;
    page(&view(&me, &mut tx, whose, Form::empty()).await?)
}

pub async fn set_of(
    me: As<Admins>,
    Path((_, member)): Path<(String, i64)>,
    submitted: Submitted,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let whose = theirs(&me, &mut tx, member).await?;
    set(&me, tx, whose, &submitted).await
}

pub async fn end_of(
    me: As<Admins>,
    Path((_, member, absence)): Path<(String, i64, i64)>,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let whose = theirs(&me, &mut tx, member).await?;
    end(&me, tx, whose, absence).await
}

fn my_own(me: &As<StaffOnly>) -> Whose {
    let staff = me.staff();
    Whose {
        id: staff.membership,
        person: staff.person.id,
        name: staff.person.name.clone(),
        own: true,
        here: me.paths().away(),
        frame: me.frame("When you are away").crumb("My work", me.paths().work()),
    }
}

async fn theirs(me: &As<Admins>, tx: &mut Tx, member: i64) -> Result<Whose, AppError> {
    let member = tx.member(&me.scope(), MembershipId(member)).await?.ok_or(AppError::NotFound)?;
    Ok(Whose {
        id: member.id,
        person: member.person,
        own: false,
        here: me.paths().away_of(member.id),
        frame: me
            .frame(format!("When {} is away", member.name))
            .crumb("People", me.paths().people())
            .crumb(member.name.clone(), me.paths().member(member.id)),
        name: member.name,
    })
}

async fn view<G: Gate<Who = StaffVisit>>(
    me: &As<G>,
    tx: &mut Tx,
    whose: Whose,
    mut form: Form,
) -> Result<AwayPage, AppError> {
    let held = tx.absences_of(&me.scope(), whose.id, me.today()).await?;
    let delegates = tx.possible_delegates(&me.scope(), whose.id).await?;
    if form.value("first_day").is_empty() && !form.has_errors() {
        form.set("first_day", iso_date(me.today()));
    }
    let choices =
        [Choice::new("", "Choose a person"), Choice::new(NOBODY, "Nobody: administrators are told of what comes")];
    Ok(AwayPage {
        form,
        own: whose.own,
        held: held.iter().map(|one| shown(one, &whose, me.today())).collect(),
        delegates: choices.into_iter().chain(delegates.iter().map(|one| Choice::new(one.id, &one.name))).collect(),
        name: whose.name,
        frame: whose.frame,
    })
}

fn shown(held: &AbsenceHeld, whose: &Whose, today: Date) -> Held {
    let absence = &held.absence;
    Held {
        days: match absence.last_day {
            NO_END => format!("{} until further notice", long_date(absence.first_day)),
            last_day if absence.first_day == last_day => long_date(last_day),
            last_day => format!("{} to {}", long_date(absence.first_day), long_date(last_day)),
        },
        now: absence.covers(today),
        instead: match &held.delegate_name {
            Some(name) => format!("{name} decides instead"),
            None => "Nobody decides instead: administrators are told of what comes".to_owned(),
        },
        set: if held.set_by == whose.id { String::new() } else { format!("noted by {}", held.set_by_name) },
        end: format!("{}/{}/end", whose.here, held.id),
    }
}

async fn set<G: Gate<Who = StaffVisit>>(
    me: &As<G>,
    mut tx: Tx,
    whose: Whose,
    submitted: &Submitted,
) -> Result<Response, AppError> {
    let delegates = tx.possible_delegates(&me.scope(), whose.id).await?;
    let mut form = Form::again(submitted);
    let Some((absence, delegate)) = read(&mut form, submitted, &whose, &delegates, me.today()) else {
        return page_again(&view(me, &mut tx, whose, form).await?);
    };
    let granted = granted(me, &whose)?;
    let instead = delegate.map_or("Nobody", |one| one.name.as_str());
    match tx.add_absence(&granted, &absence, instead).await {
        Ok(()) => {}
        Err(DbError::Constraint(broken)) if broken == OVERLAP => {
            drop(tx);
            form.problem("first_day", "Some of these days are noted already: end those first, or choose others");
            let mut tx = me.begin().await?;
            return page_again(&view(me, &mut tx, whose, form).await?);
        }
        Err(error) => return Err(error.into()),
    }
    let days = days_in_words(absence.first_day, absence.last_day);
    if let Some(delegate) = delegate {
        let link = me.app.config.link(&me.paths().work());
        tx.queue_to_member(&review::stands_in(delegate.id, &whose.name, &days, &link), me.now).await?;
    }
    if !whose.own {
        let link = me.app.config.link(&me.paths().away());
        let message = review::set_away(whose.id, &me.staff().person.name, &days, instead, &link);
        tx.queue_to_member(&message, me.now).await?;
    }
    tx.commit().await?;
    let who = if whose.own { "You are" } else { &format!("{} is", whose.name) };
    Ok(see_other_saying(whose.here, &format!("{who} away {days}. {instead} decides instead")))
}

/// What was typed, or the problems with it.
fn read<'a>(
    form: &mut Form,
    submitted: &Submitted,
    whose: &Whose,
    delegates: &'a [Manager],
    today: Date,
) -> Option<(Absence, Option<&'a Manager>)> {
    let mut day = |field: &str, sentence: &str| {
        let day = parse_date(submitted.raw(field));
        if day.is_none() {
            form.problem(field, sentence);
        }
        day
    };
    let first_day = day("first_day", "Type the first day, such as 28 January 2026");
    let last_day = match submitted.raw("no_end") == "yes" {
        true => Some(NO_END),
        false => day("last_day", "Type the last day, such as 28 January 2026"),
    };
    let wanted = submitted.raw("delegate");
    let delegate = delegates.iter().find(|one| one.id.to_string() == wanted);
    if delegate.is_none() && wanted != NOBODY {
        form.problem("delegate", "Choose who decides instead");
    }
    let (first_day, last_day) = (first_day?, last_day?);
    if let Some((field, sentence)) = problem_of(first_day, last_day, today) {
        form.problem(field, sentence);
    }
    let absence = Absence { who: whose.id, first_day, last_day, delegate: delegate.map(|one| one.id) };
    (!form.has_errors()).then_some((absence, delegate))
}

async fn end<G: Gate<Who = StaffVisit>>(
    me: &As<G>,
    mut tx: Tx,
    whose: Whose,
    absence: i64,
) -> Result<Response, AppError> {
    const ENDED: &str = "It was ended already";
    let held = tx.absences_of(&me.scope(), whose.id, me.today()).await?;
    let Some(held) = held.iter().find(|one| one.id == absence) else {
        return match tx.was_absence(&me.scope(), whose.id, absence).await? {
            true => Ok(see_other_noting(whose.here, ENDED)),
            false => Err(AppError::NotFound),
        };
    };
    match tx.end_absence(&granted(me, &whose)?, held).await {
        Ok(()) => tx.commit().await?,
        Err(DbError::Stale) => return Ok(see_other_noting(whose.here, ENDED)),
        Err(error) => return Err(error.into()),
    }
    let who = if whose.own { "you" } else { whose.name.as_str() };
    let began = held.absence.first_day <= me.today();
    let kept = if began { ". What went to somebody else stays with them" } else { "" };
    Ok(see_other_saying(whose.here, &format!("Ended: what comes from now on waits for {who}{kept}")))
}

fn granted<G: Gate<Who = StaffVisit>>(me: &As<G>, whose: &Whose) -> Result<Granted<act::SetAway>, AppError> {
    let subject = Subject {
        id: whose.id,
        employer: Some(me.employer()),
        unit: None,
        person: Some(whose.person),
        profile: None,
        name: whose.name.clone(),
    };
    Ok(grant(&me.actor(), subject, me.now)?)
}
