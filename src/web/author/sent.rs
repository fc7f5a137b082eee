//! Whom a version goes to as it is sent for review, by when it is decided, and who is told.

use crate::db::{Deciders, NewSubmission, Opening, PlannedStep, Submitted, Tx, Version};
use crate::domain::away::{Decider, away_until, until};
use crate::domain::ids::MembershipId;
use crate::domain::route::Asked;
use crate::domain::working_days::Due;
use crate::error::AppError;
use crate::mail::review;
use crate::reference::bank_holidays;
use crate::web::gate::{As, Authors};
use crate::web::guest::invite;
use crate::web::review::finish::Office;
use crate::web::review::plan::Placed;

/// What was just sent.
pub struct Sent<'a> {
    pub version: &'a Version,
    pub said: &'a NewSubmission,
    pub planned: &'a [(PlannedStep, Option<Placed>)],
    pub submitted: &'a Submitted,
}

impl Sent<'_> {
    /// Steps that opened, in the order in which they were planned.
    fn opened(&self) -> impl Iterator<Item = (&PlannedStep, &Placed, &Opening)> {
        self.planned.iter().filter_map(|(step, placed)| Some((step, placed.as_ref()?, step.opens.as_ref()?)))
    }

    /// Whoever decides hears of it, and administrators where nobody can.
    pub async fn tell(&self, tx: &mut Tx, me: &As<Authors>, deciders: &Deciders) -> Result<(), AppError> {
        let holidays = bank_holidays::of(deciders.settings.nation);
        let mut messages = Vec::new();
        let mut stuck = Vec::new();
        for ((step, placed, opening), task) in self.opened().zip(self.tasks()) {
            let link = me.app.config.link(&me.paths().task(task));
            let asked = review::Asked {
                kind: step.kind,
                title: self.version.title(),
                from: &me.staff().person.name,
                note: &self.said.note,
                largest: &self.said.largest,
                due: &Due::on(opening.due_on, me.today(), holidays).text,
                because: &opening.because,
                link: &link,
            };
            messages.push(review::review_requested(opening.to, asked));
            if let Some(why) = &placed.stuck {
                let link = me.app.config.link(&me.paths().reassign(task));
                stuck.push(review::waits_for_nobody(self.version.title(), why, &link));
            }
        }
        tx.queue_to_members(&messages, me.now).await?;
        if self.planned.iter().any(|(step, _)| matches!(step.asked, Asked::Guest { .. })) {
            invite::guests(tx, Office::of(me), self.version).await?;
        }
        for (subject, body) in stuck {
            tx.queue_to_admins(self.version.employer, (&subject, &body), me.now).await?;
        }
        Ok(())
    }

    /// The tasks that were given out, in the order of the steps: the ids of steps follow it.
    fn tasks(&self) -> Vec<crate::domain::ids::TaskId> {
        let mut opened = self.submitted.opened.clone();
        opened.sort_by_key(|one| one.step);
        opened.into_iter().map(|one| one.task).collect()
    }

    /// What the author is told: who has it, and in whose place.
    pub fn in_words(&self, deciders: &Deciders) -> String {
        let mut names: Vec<String> = self.opened().map(|(_, _, opening)| deciders.name(opening.to)).collect();
        let first = self.planned.iter().filter(|(step, _)| step.kept.is_none()).map(|(step, _)| step.place).min();
        names.extend(
            self.planned.iter().filter(|(step, _)| Some(step.place) == first && step.kept.is_none()).filter_map(
                |(step, _)| match &step.asked {
                    Asked::Guest { name, .. } => Some(name.clone()),
                    Asked::UnitManager | Asked::Group(_) | Asked::Person(_) => None,
                },
            ),
        );
        let mut said = format!("Sent to {} for review", names.join(" and "));
        for (_, placed, opening) in self.opened() {
            match (&placed.stuck, opening.instead_of) {
                (Some(why), _) => said.push_str(&format!(". {why}: the administrators were told")),
                (None, Some(_)) => said.push_str(&format!(". {}", opening.because)),
                (None, None) => {}
            }
        }
        let kept = self.planned.iter().filter(|(step, _)| step.kept.is_some()).count();
        if kept > 0 {
            let steps = crate::domain::text::count(kept, "step keeps", "steps keep");
            said.push_str(&format!(". {steps} the decision from before the changes"));
        }
        said
    }
}

pub fn due_on(me: &As<Authors>, deciders: &Deciders) -> time::Date {
    bank_holidays::of(deciders.settings.nation).after(me.today(), deciders.settings.review_days)
}

/// `Helen Whitworth (away until 3 March 2027: it goes to Daniel Osei)`
pub fn with_absence(me: &As<Authors>, deciders: &Deciders, asked: MembershipId) -> String {
    let name = deciders.name(asked);
    let Some(absence) = deciders.absence_of(asked) else { return name };
    let away = until(absence.absence.last_day);
    match deciders.decider(asked, me.staff().membership, me.today()) {
        Decider::Asked => name,
        Decider::Instead(instead) => format!("{name} ({away}: it goes to {})", deciders.name(instead)),
        Decider::Nobody(why) => format!("{name} ({away}, and {})", why.said(|who| deciders.name(who))),
    }
}

/// The one step where no route says more: by when it is decided, and by whom in place of somebody who is away.
pub fn only_step(me: &As<Authors>, deciders: &Deciders, approver: MembershipId) -> (PlannedStep, Option<Placed>) {
    let mut opening =
        Opening { to: approver, due_on: Some(due_on(me, deciders)), instead_of: None, because: String::new() };
    let mut stuck = None;
    if let Some(absence) = deciders.absence_of(approver) {
        let away = away_until(&absence.name, absence.absence.last_day);
        match deciders.decider(approver, me.staff().membership, me.today()) {
            Decider::Asked => {}
            Decider::Instead(instead) => {
                opening = Opening { to: instead, instead_of: Some(approver), because: away, ..opening };
            }
            Decider::Nobody(why) => stuck = Some(format!("{away}, and {}", why.said(|who| deciders.name(who)))),
        }
    }
    let step = PlannedStep::approval(approver, deciders.settings.review_days, opening.clone());
    (step, Some(Placed { opening, planned: approver, stuck }))
}
