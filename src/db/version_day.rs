//! What a version says on its day beside what its author wrote: salary, terms, unit, chart, and its next review.

use time::Date;

use super::Version;
use crate::domain::details::Details;
use crate::domain::given::Given;
use crate::domain::ids::GradeId;
use crate::domain::organisation::Chart;
use crate::domain::pay::{Day, Post, Salary, printed, salary};
use crate::domain::terms;
use crate::domain::text::months_after;
use crate::domain::version::State;

impl Version {
    /// The salary that its grade makes, where it has amounts: on the day that it came into force, or comes, by what was
    /// known then; and of what is written, today.
    pub fn salary(&self, today: Date) -> Option<Salary> {
        self.salary_on(self.day(today))
    }

    /// The day that it is about.
    fn day(&self, today: Date) -> Day {
        match &self.state {
            State::Issued(issue) | State::Superseded { issue, .. } => {
                Day { date: issue.effective_from, known: Some(issue.issued.at) }
            }
            State::Approved { scheduled: Some(scheduled), .. } => Day::of(scheduled.on),
            State::Approved { scheduled: None, .. }
            | State::Draft
            | State::InReview { .. }
            | State::ChangesRequested { .. }
            | State::Withdrawn { .. }
            | State::Discarded { .. } => Day::of(today),
        }
    }

    /// What it says that its author did not write.
    pub fn given(&self, today: Date) -> Given {
        Given {
            unit: self.unit_path.clone(),
            terms: terms::printed(&self.terms, &self.details.contract, self.day(today)),
            chart: Chart::of(&self.details, &self.around),
        }
    }

    /// The same on another day.
    pub fn salary_on(&self, day: Day) -> Option<Salary> {
        let find = |id: Option<GradeId>| id.and_then(|id| self.pay.iter().find(|grade| grade.id == id));
        let post = Post { hours: &self.details.hours, area: self.details.pay_area };
        salary(find(self.details.grade_from)?, find(self.details.grade_to), day, post)
    }

    /// The details as a document prints them on that day.
    pub fn printed(&self, today: Date) -> Details {
        self.details.paying(printed(&self.details.salary_text, self.salary(today).as_ref()))
    }

    /// The day for review that issuing it sets; none where one is set that is still to come, or there is no cycle.
    pub fn next_review(&self, effective_from: Date) -> Option<Date> {
        let set = self.profile.review_date.is_some_and(|day| day > effective_from);
        (!set && self.review_months > 0).then(|| months_after(effective_from, self.review_months))
    }
}
