//! Whom a version goes to as it is sent for review, by when it is decided, and who is told.

use crate::db::{Deciders, NewSubmission, Placement, Tx, Version};
use crate::domain::away::{Decider, away_until, until};
use crate::domain::ids::{MembershipId, TaskId};
use crate::domain::working_days::Due;
use crate::error::AppError;
use crate::mail::review;
use crate::reference::bank_holidays;
use crate::web::gate::{As, Authors};

/// What was just sent.
pub struct Sent<'a> {
    pub version: &'a Version,
    pub task: TaskId,
    pub said: &'a NewSubmission,
    pub placement: &'a Placement,
    /// Why nobody decides in place of somebody who is away.
    pub stuck: Option<&'a str>,
}

impl Sent<'_> {
    /// Whoever decides hears of it, and administrators where nobody can.
    pub async fn tell(
        &self,
        tx: &mut Tx,
        me: &As<Authors>,
        deciders: &Deciders,
        largest: &[String],
    ) -> Result<(), AppError> {
        let link = me.app.config.link(&me.paths().task(self.task));
        let holidays = bank_holidays::of(deciders.settings.nation);
        let asked = review::Asked {
            title: self.version.title(),
            from: &me.staff().person.name,
            note: &self.said.note,
            largest,
            due: &Due::on(self.placement.due_on, me.today(), holidays).text,
            because: &self.placement.because,
            link: &link,
        };
        tx.queue_to_member(&review::review_requested(self.said.approver, asked), me.now).await?;
        if let Some(why) = self.stuck {
            let link = me.app.config.link(&me.paths().reassign(self.task));
            let (subject, body) = review::waits_for_nobody(self.version.title(), why, &link);
            tx.queue_to_admins(self.version.employer, (&subject, &body), me.now).await?;
        }
        Ok(())
    }

    /// What the author is told: who has it, and in whose place.
    pub fn in_words(&self, deciders: &Deciders) -> String {
        let name = deciders.name(self.said.approver);
        match (self.placement.instead_of, self.stuck) {
            (_, Some(why)) => format!("Sent to {name} for review. {why}: the administrators were told"),
            (Some(_), None) => format!("Sent to {name} for review. {}", self.placement.because),
            (None, None) => format!("Sent to {name} for review"),
        }
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

/// By when it is decided, and by whom in place of somebody who is away; what is said too is why nobody could be found.
pub fn place(me: &As<Authors>, deciders: &Deciders, said: &mut NewSubmission) -> (Placement, Option<String>) {
    let mut placement = Placement { due_on: Some(due_on(me, deciders)), ..Placement::default() };
    let Some(absence) = deciders.absence_of(said.approver) else { return (placement, None) };
    let away = away_until(&absence.name, absence.absence.last_day);
    match deciders.decider(said.approver, me.staff().membership, me.today()) {
        Decider::Asked => (placement, None),
        Decider::Instead(instead) => {
            placement.instead_of = Some(std::mem::replace(&mut said.approver, instead));
            placement.because = away;
            (placement, None)
        }
        Decider::Nobody(why) => (placement, Some(format!("{away}, and {}", why.said(|who| deciders.name(who))))),
    }
}
