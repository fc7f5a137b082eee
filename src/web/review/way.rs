//! A route as a page shows it before anything is sent: who would be asked, after whom, and by when.

use time::Date;

use super::plan;
use crate::db::{Deciders, RouteInForce, RouteStep, StaffVisit};
use crate::domain::away::until;
use crate::domain::ids::MembershipId;
use crate::domain::route::Asked;
use crate::domain::text::count;
use crate::domain::working_days::weekday_and_date;
use crate::reference::bank_holidays;
use crate::web::form::Choice;
use crate::web::gate::{As, Gate};

/// A route with names and dates.
pub struct Way {
    pub name: String,
    /// Who is asked again after changes.
    pub again: &'static str,
    /// Steps of one place together.
    pub places: Vec<Vec<WayStep>>,
}

pub struct WayStep {
    pub title: String,
    /// The label of the choice of a person.
    pub label: String,
    /// On which changes alone.
    pub when: String,
    pub field: String,
    /// More than one where the route leaves a choice.
    pub choices: Vec<Choice>,
    pub who: String,
    /// By when at the latest.
    pub due: String,
}

pub fn of<G: Gate<Who = StaffVisit>>(me: &As<G>, deciders: &Deciders, route: &RouteInForce) -> Way {
    let mut numbers: Vec<u32> = route.steps.iter().map(|one| one.step.place).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let mut begins = me.today();
    let mut places = Vec::with_capacity(numbers.len());
    for number in numbers {
        let here: Vec<&RouteStep> = route.steps.iter().filter(|one| one.step.place == number).collect();
        let sender = me.staff().membership;
        places.push(here.iter().map(|one| step(deciders, sender, one, (begins, me.today()))).collect());
        let longest = here.iter().map(|one| days(deciders, one)).max().unwrap_or_default();
        begins = bank_holidays::of(deciders.settings.nation).after(begins, longest);
    }
    Way { name: route.name.clone(), again: again(route.keeps), places }
}

/// Who is asked again after somebody asked for changes.
pub fn again(keeps: bool) -> &'static str {
    match keeps {
        true => {
            "After changes, a step that is about one section keeps its decision where that section reads as it did, and a \
             review that was given stays given; everybody else is asked again."
        }
        false => "After changes, everybody is asked again.",
    }
}

fn days(deciders: &Deciders, step: &RouteStep) -> u32 {
    step.step.days.unwrap_or(deciders.settings.review_days)
}

fn step(deciders: &Deciders, sender: MembershipId, one: &RouteStep, (begins, today): (Date, Date)) -> WayStep {
    let days = days(deciders, one);
    let due = bank_holidays::of(deciders.settings.nation).after(begins, days);
    let may = plan::choice(deciders, sender, one);
    let named = |who: &MembershipId| match deciders.absence_of(*who) {
        Some(absence) => format!("{} ({})", deciders.name(*who), until(absence.absence.last_day)),
        None => deciders.name(*who),
    };
    let who = match &one.step.asked {
        Asked::Guest { name, email } => format!("{name}, {email}: by a link, without an account"),
        Asked::UnitManager | Asked::Group(_) | Asked::Person(_) => {
            let placed = plan::place(deciders, sender, (one.step.kind, &one.step.asked, None), (today, days));
            placed.map_or_else(|| "Nobody can take it now".to_owned(), |placed| named(&placed.planned))
        }
    };
    let choices = match one.step.asked {
        Asked::Group(_) => may.iter().map(|who| Choice::new(who, named(who))).collect(),
        Asked::UnitManager | Asked::Person(_) | Asked::Guest { .. } => Vec::new(),
    };
    WayStep {
        title: one.step.title().to_owned(),
        label: format!("Who is asked to {}", one.step.kind.label().to_lowercase()),
        when: one.step.when.in_words(),
        field: plan::field_of(one),
        choices,
        who,
        due: format!(
            "{} after it comes to them: by {} at the latest",
            count(days as usize, "working day", "working days"),
            weekday_and_date(due, today)
        ),
    }
}
