//! The addresses of what waits for a decision: the board, its settings, absences, and passing on.

use super::{Employer, with_query};
use crate::domain::ids::{AdvertId, MembershipId, TaskId};

impl Employer<'_> {
    /// The page on which a task is done: an advert is confirmed on its own.
    pub fn task_page(self, task: TaskId, advert: Option<AdvertId>) -> String {
        advert.map_or_else(|| self.task(task), |advert| self.advert_act(advert, "confirm"))
    }

    /// Where an administrator gives a task to somebody else.
    pub fn reassign(self, task: TaskId) -> String {
        format!("{}/reassign", self.task(task))
    }

    /// When one is away oneself.
    pub fn away(self) -> String {
        self.under("away")
    }

    /// When somebody else is away.
    pub fn away_of(self, member: MembershipId) -> String {
        self.member_act(member, "away")
    }

    /// The mail about the employer's work.
    pub fn mail(self) -> String {
        self.under("mail")
    }

    pub fn mail_shown(self, show: &str, before: Option<i64>) -> String {
        with_query(&self.mail(), [Some(("show", show.to_owned())), before.map(|id| ("before", id.to_string()))])
    }

    pub fn retry_mail(self, mail: i64) -> String {
        self.under(&format!("mail/{mail}/retry"))
    }

    /// What is in review.
    pub fn reviews(self) -> String {
        self.under("reviews")
    }

    /// The same of one kind, in an order, of one person.
    pub fn reviews_shown(self, show: Option<&str>, sort: Option<&str>, person: Option<MembershipId>) -> String {
        with_query(&self.reviews(), shown(show, sort, person))
    }

    pub fn reviews_file(self, show: Option<&str>, sort: Option<&str>, person: Option<MembershipId>) -> String {
        with_query(&self.under("reviews.csv"), shown(show, sort, person))
    }

    /// The routes to approval.
    pub fn routes(self) -> String {
        self.under("routes")
    }

    pub fn new_route(self) -> String {
        self.under("routes/new")
    }

    pub fn try_routes(self) -> String {
        self.under("routes/try")
    }

    pub fn route(self, route: i64) -> String {
        self.under(&format!("routes/{route}"))
    }

    pub fn route_act(self, route: i64, act: &str) -> String {
        format!("{}/{act}", self.route(route))
    }

    pub fn review_settings(self) -> String {
        self.under("reviews/settings")
    }
}

/// What the board of reviews is asked for.
fn shown<'a>(show: Option<&str>, sort: Option<&str>, person: Option<MembershipId>) -> [Option<(&'a str, String)>; 3] {
    [
        show.map(|show| ("show", show.to_owned())),
        sort.map(|sort| ("sort", sort.to_owned())),
        person.map(|person| ("person", person.to_string())),
    ]
}
