//! Routes: the steps that a version takes to approval, which of them a change needs, and whom each is asked of.
//!
//! Pure. `cast` finds the people, `run` says what is open while decisions come in; both are told everything they know.

mod cast;
mod problems;
mod run;
#[cfg(test)]
mod tests;

use super::content::Content;
use super::details::ChangeKind;
use super::ids::{GradeId, MembershipId};
use super::worded::worded;
pub use cast::{Cast, Known, Member, candidates, cast};
pub use problems::{MOST_PLACES, MOST_QUESTIONS, MOST_STEPS, Problem, problems};
pub use run::{Instance, NotThat, Run, Stand, StepId};

worded! {
    /// What a step asks of somebody.
    StepKind {
        Review = "review", "Review and comment";
        Approve = "approve", "Approve";
        Evaluate = "evaluate", "Evaluate the job";
        Agree = "agree", "Agree";
        Acknowledge = "acknowledge", "Acknowledge";
    }
}

worded! {
    /// Those of whom one is asked: people with that role for the unit, or for one above it.
    Group {
        Managers = "manager", "Hiring manager";
        Authors = "author", "HR author";
        Panel = "panel", "Job evaluation panel";
        Admins = "admin", "HR administrator";
    }
}

impl StepKind {
    /// The role without which nobody can take the step.
    pub fn needs(self) -> Option<Group> {
        match self {
            Self::Approve => Some(Group::Managers),
            Self::Evaluate => Some(Group::Panel),
            Self::Review | Self::Agree | Self::Acknowledge => None,
        }
    }

    /// Somebody without an account can be asked for it.
    pub fn is_open_to_guests(self) -> bool {
        match self {
            Self::Review | Self::Agree | Self::Acknowledge => true,
            Self::Approve | Self::Evaluate => false,
        }
    }

    /// The word for what a task of it is, in a message's subject.
    pub fn asks(self) -> &'static str {
        match self {
            Self::Review => "To review",
            Self::Approve => "To approve",
            Self::Evaluate => "To evaluate",
            Self::Agree => "To agree",
            Self::Acknowledge => "To read",
        }
    }

    /// What somebody is asked to do, as a sentence goes on to the thing.
    pub fn verb(self) -> &'static str {
        match self {
            Self::Review => "review and comment on",
            Self::Approve => "approve",
            Self::Evaluate => "evaluate",
            Self::Agree => "say whether you agree to",
            Self::Acknowledge => "read",
        }
    }

    /// What was done: `approved`.
    pub fn done(self) -> &'static str {
        match self {
            Self::Review => "reviewed",
            Self::Approve => "approved",
            Self::Evaluate => "evaluated",
            Self::Agree => "agreed to",
            Self::Acknowledge => "acknowledged",
        }
    }

    /// The button that says it is done.
    pub fn button(self) -> &'static str {
        match self {
            Self::Review => "I have reviewed it",
            Self::Approve => "Approve",
            Self::Evaluate => "Record the evaluation",
            Self::Agree => "Agree to it",
            Self::Acknowledge => "I have read it",
        }
    }
}

/// Of whom a step is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    UnitManager,
    /// One of them; whoever sends it may choose which.
    Group(Group),
    Person(MembershipId),
    /// Somebody without an account.
    Guest {
        name: String,
        email: String,
    },
}

/// On which changes a step is taken; what is not said asks nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct When {
    /// On the first version of a profile, or on later ones alone.
    pub new: Option<bool>,
    pub kind: Option<ChangeKind>,
    pub grade: Option<bool>,
    /// The heading of a section that has to differ; empty: any.
    pub section: String,
    /// Grades of which the job has to have one; empty: any.
    pub bands: Vec<Band>,
}

/// A grade that a step is for, with its name.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Band {
    pub id: GradeId,
    pub name: String,
}

/// A step of a route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Steps of one place run together.
    pub place: u32,
    pub kind: StepKind,
    /// What the employer calls it; empty: by its kind.
    pub name: String,
    pub asked: Asked,
    /// Working days; none: as many as the employer gives a review.
    pub days: Option<u32>,
    pub when: When,
    pub questions: Vec<String>,
}

impl Step {
    pub fn title(&self) -> &str {
        if self.name.is_empty() { self.kind.label() } else { &self.name }
    }
}

/// What is known of a change as it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    pub is_new: bool,
    pub kind: ChangeKind,
    pub affects_grade: bool,
    /// Headings of the sections that differ from what is in force.
    pub sections: Vec<String>,
    /// The grades of the job: one, or those of a career grade; none where it has none yet.
    pub grades: Vec<GradeId>,
}

impl When {
    /// Every change needs it.
    pub fn is_always(&self) -> bool {
        *self == When::default()
    }

    pub fn holds(&self, facts: &Facts) -> bool {
        self.new.is_none_or(|new| new == facts.is_new)
            && self.kind.is_none_or(|kind| kind == facts.kind)
            && self.grade.is_none_or(|grade| grade == facts.affects_grade)
            && (self.section.is_empty() || facts.sections.iter().any(|changed| same_heading(changed, &self.section)))
            && (self.bands.is_empty() || self.bands.iter().any(|band| facts.grades.contains(&band.id)))
    }

    /// `if the change is major and “Terms” changed`; empty where it is always taken.
    pub fn in_words(&self) -> String {
        let new = self.new.map(|new| match new {
            true => "it is the first version".to_owned(),
            false => "there was a version before".to_owned(),
        });
        let kind = self.kind.map(|kind| format!("the change is {}", kind.word()));
        let grade = self.grade.map(|grade| match grade {
            true => "it might affect the grade".to_owned(),
            false => "it does not affect the grade".to_owned(),
        });
        let section = (!self.section.is_empty()).then(|| format!("“{}” changed", self.section));
        let names: Vec<&str> = self.bands.iter().map(|band| band.name.as_str()).collect();
        let band = (!names.is_empty()).then(|| format!("the grade is {}", names.join(" or ")));
        let all: Vec<String> = [new, kind, grade, section, band].into_iter().flatten().collect();
        if all.is_empty() { String::new() } else { format!("if {}", all.join(" and ")) }
    }
}

/// The steps that a change needs, in order, with their places closed up: 1, 2, 3.
pub fn applying<'a>(steps: &'a [Step], facts: &Facts) -> Vec<(u32, &'a Step)> {
    let mut chosen: Vec<&Step> = steps.iter().filter(|step| step.when.holds(facts)).collect();
    chosen.sort_by_key(|step| step.place);
    let mut places: Vec<u32> = chosen.iter().map(|step| step.place).collect();
    places.dedup();
    let place = |step: &Step| (1..).zip(&places).find(|(_, old)| **old == step.place).map_or(1, |(new, _)| new);
    chosen.into_iter().map(|step| (place(step), step)).collect()
}

/// Headings are the same however they are written.
pub fn same_heading(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

/// Headings of sections that say something else than before, are new, or are gone; all of a first version.
pub fn changed_sections(before: Option<&Content>, now: &Content) -> Vec<String> {
    let Some(before) = before else { return now.sections.iter().map(|section| section.heading.clone()).collect() };
    let said = |content: &Content, heading: &str| -> Vec<String> {
        let of_it = content.sections.iter().filter(|section| same_heading(&section.heading, heading));
        of_it.flat_map(|section| section.items.iter().map(said)).collect()
    };
    let headings = before.sections.iter().chain(&now.sections).map(|section| section.heading.clone());
    let mut changed: Vec<String> = headings.filter(|heading| said(before, heading) != said(now, heading)).collect();
    changed.dedup();
    changed
}

/// All that an item says, without its identity and revision.
fn said(item: &super::content::Item) -> String {
    let below: Vec<String> = item.children.iter().map(said).collect();
    format!("{:?} {:?} {below:?}", item.text, item.body)
}
