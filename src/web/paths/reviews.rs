//! The addresses of what waits for a decision: the board, its settings, absences, and passing on.

use super::{Employer, with_query};
use crate::domain::ids::{AdvertId, MembershipId, TaskId};

/// What those see who came by a link in mail and are done.
pub const DECIDED: &str = "/decided";

/// The page behind the link in a message about a task. The token is the secret that the mail holds.
pub fn task_link(token: &str) -> String {
    format!("/decide/{token}")
}

/// What is done there: `code`, `enter`.
pub fn task_link_act(token: &str, act: &str) -> String {
    format!("{}/{act}", task_link(token))
}

/// The page of a task, which mail leads to: the employer's slug and the task.
pub fn task_at(path: &str) -> Option<(&str, TaskId)> {
    let (slug, task) = path.strip_prefix("/staff/")?.split_once("/tasks/")?;
    let is_slug = !slug.is_empty() && slug.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    let is_number = task.bytes().all(|byte| byte.is_ascii_digit());
    task.parse().ok().filter(|_| is_slug && is_number).map(|id| (slug, TaskId(id)))
}

/// The same of everything by which somebody decides on a task, and of nothing else about it.
pub fn open_task(path: &str) -> Option<(&str, TaskId)> {
    let acts = ["/approve", "/complete", "/request-changes", "/looked", "/not-me"];
    let page = acts.iter().find_map(|act| path.strip_suffix(act)).unwrap_or(path);
    task_at(page)
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_is_known_by_its_address_and_an_administrators_acts_are_none_of_its() {
        let task = Some(("calder-vale", TaskId(17)));
        assert_eq!(task_at("/staff/calder-vale/tasks/17"), task);
        for path in
            ["/staff/calder-vale/tasks/17", "/staff/calder-vale/tasks/17/approve", "/staff/calder-vale/tasks/17/not-me"]
        {
            assert_eq!(open_task(path), task, "{path}");
        }
        for path in [
            "/staff/calder-vale/tasks/17/reassign",
            "/staff/calder-vale/tasks/17/approve/approve",
            "/staff/calder-vale/tasks/+17",
            "/staff/calder-vale/tasks/",
            "/staff/a/b/tasks/17",
            "/staff//tasks/17",
            "/staff/calder-vale/work",
            "https://evil.example/staff/calder-vale/tasks/17",
        ] {
            assert_eq!(open_task(path), None, "{path}");
        }
    }
}
