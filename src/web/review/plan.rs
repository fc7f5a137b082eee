//! Which steps a draft takes as it is sent, whom each goes to and by when: for the form, the act and the dry run.

use time::Date;

use crate::db::{Deciders, Opening, PlannedStep, ReviewStep, RouteInForce, RouteStep, StepEnd};
use crate::domain::away::away_until;
use crate::domain::content::Content;
use crate::domain::ids::MembershipId;
use crate::domain::route::{self, Asked, Cast, Facts, Known, StepKind, applying, cast, same_heading};
use crate::reference::bank_holidays;

/// Somebody who gets a step, or why there is nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    pub opening: Opening,
    /// Who was planned for it before anybody stood in.
    pub planned: MembershipId,
    /// Why nobody decides in place of somebody who is away.
    pub stuck: Option<String>,
}

/// Who takes a step on that day; none where nobody may.
pub fn place(
    deciders: &Deciders,
    sender: MembershipId,
    (kind, asked, chosen): (StepKind, &Asked, Option<MembershipId>),
    (day, days): (Date, u32),
) -> Option<Placed> {
    let (absences, had_a_hand) = (deciders.absences(), deciders.had_a_hand(sender));
    let known = known(deciders, &absences, &had_a_hand);
    let due_on = Some(bank_holidays::of(deciders.settings.nation).after(day, days));
    let away = |who| deciders.absence_of(who).map(|one| away_until(&one.name, one.absence.last_day));
    match cast(kind, asked, chosen, known, day) {
        Cast::To { who, instead_of } => {
            let because = instead_of.and_then(away).unwrap_or_default();
            let opening = Opening { to: who, due_on, instead_of, because };
            Some(Placed { opening, planned: instead_of.unwrap_or(who), stuck: None })
        }
        Cast::Stuck { who, why } => {
            let opening = Opening { to: who, due_on, instead_of: None, because: String::new() };
            let why = why.said(|who| deciders.name(who));
            Some(Placed { opening, planned: who, stuck: Some(format!("{}, and {why}", away(who).unwrap_or_default())) })
        }
        Cast::Nobody => None,
    }
}

fn known<'a>(
    deciders: &'a Deciders,
    absences: &'a [crate::domain::away::Absence],
    had_a_hand: &'a [MembershipId],
) -> Known<'a> {
    Known { members: &deciders.members, absences, had_a_hand, unit_manager: deciders.unit_manager }
}

/// Whom whoever sends it may choose for a step, the one first who takes it otherwise.
pub fn choice(deciders: &Deciders, sender: MembershipId, step: &RouteStep) -> Vec<MembershipId> {
    let (absences, had_a_hand) = (deciders.absences(), deciders.had_a_hand(sender));
    route::candidates(step.step.kind, &step.step.asked, known(deciders, &absences, &had_a_hand))
}

/// The field in which a step's person is chosen.
pub fn field_of(step: &RouteStep) -> String {
    format!("step_{}", step.id)
}

/// A step that nobody can take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoOne {
    pub field: String,
    pub step: String,
}

/// What is known of a draft as it is sent.
pub struct Draft<'a> {
    pub facts: &'a Facts,
    pub content: &'a Content,
    pub sender: MembershipId,
    pub today: Date,
}

/// The steps that a draft takes on a route. `chosen` says who was picked for a step by its field.
///
/// # Errors
/// The steps that nobody can take.
pub fn planned(
    deciders: &Deciders,
    route: &RouteInForce,
    draft: &Draft<'_>,
    chosen: impl Fn(&str) -> Option<MembershipId>,
) -> Result<Vec<(PlannedStep, Option<Placed>)>, Vec<NoOne>> {
    let steps = route.plain_steps();
    let mut none = Vec::new();
    let mut all = Vec::new();
    for (at, step) in applying(&steps, draft.facts) {
        let Some(stored) = route.steps.iter().find(|one| std::ptr::eq(&one.step, step) || one.step == *step) else {
            continue;
        };
        let days = step.days.unwrap_or(deciders.settings.review_days);
        let picked = chosen(&field_of(stored));
        let placed = place(deciders, draft.sender, (step.kind, &step.asked, picked), (draft.today, days));
        let guest = matches!(step.asked, Asked::Guest { .. });
        if placed.is_none() && !guest {
            none.push(NoOne { field: field_of(stored), step: step.title().to_owned() });
        }
        all.push((
            PlannedStep {
                route_step: Some(stored.id),
                place: at,
                kind: step.kind,
                name: step.name.clone(),
                asked: step.asked.clone(),
                chosen: placed.as_ref().map(|placed| placed.planned),
                days,
                section: step.when.section.clone(),
                questions: step.questions.clone(),
                kept: route.keeps.then(|| kept(deciders, stored, draft.content)).flatten(),
                opens: None,
            },
            placed,
        ));
    }
    if !none.is_empty() {
        return Err(none);
    }
    open_first(&mut all);
    Ok(all)
}

/// The first place of which anything is to be asked opens at once.
fn open_first(all: &mut [(PlannedStep, Option<Placed>)]) {
    let first = all.iter().filter(|(step, _)| step.kept.is_none()).map(|(step, _)| step.place).min();
    for (step, placed) in all {
        if step.kept.is_none() && Some(step.place) == first {
            step.opens = placed.as_ref().map(|placed| placed.opening.clone());
        }
    }
}

/// Why a step is not asked again: it was decided on the submission before, and what it is about reads as it did.
fn kept(deciders: &Deciders, step: &RouteStep, content: &Content) -> Option<String> {
    let before: &ReviewStep = deciders.steps.iter().find(|one| one.route_step == Some(step.id))?;
    let (_, end) = before.ended?;
    let who = before.decider.clone().unwrap_or_else(|| "a guest".to_owned());
    let stays = match end {
        StepEnd::Done => format!("{who} {} it before the changes", step.step.kind.done()),
        StepEnd::Kept => before.ended_because.clone(),
        StepEnd::Skipped | StepEnd::ChangesRequested | StepEnd::Ended | StepEnd::Replaced => return None,
    };
    let section = &step.step.when.section;
    if section.is_empty() {
        // Whoever approves, agrees or evaluates answers for the whole text; a review that was given stays given.
        return (step.step.kind == StepKind::Review).then_some(stays);
    }
    let changed = route::changed_sections(deciders.submitted.as_ref(), content);
    let same = !changed.iter().any(|heading| same_heading(heading, section));
    same.then(|| format!("{stays}, and “{section}” reads as it did"))
}
