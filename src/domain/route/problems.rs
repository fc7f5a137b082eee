//! What is wrong with a route, so that none is saved on which nothing could ever be approved.

use super::{Asked, Step, StepKind};

/// The most steps of a route.
pub const MOST_STEPS: usize = 12;
/// The last place in the order.
pub const MOST_PLACES: u32 = 20;
/// The most questions of a step.
pub const MOST_QUESTIONS: usize = 20;

/// A problem of a step (by its number from 0), or of the whole route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub step: Option<usize>,
    pub text: &'static str,
}

pub fn problems(steps: &[Step]) -> Vec<Problem> {
    let mut found = Vec::new();
    let mut whole = |wrong: bool, text| found.extend(wrong.then_some(Problem { step: None, text }));
    whole(steps.is_empty(), "Add a step: a route needs at least one that approves");
    let approves = |step: &Step| step.kind == StepKind::Approve && step.when.is_always();
    whole(
        !steps.is_empty() && !steps.iter().any(approves),
        "One step has to approve every change, without a condition: otherwise some could never be approved",
    );
    whole(steps.len() > MOST_STEPS, "A route has at most 12 steps");
    for (number, step) in steps.iter().enumerate() {
        let mut of_step = |wrong: bool, text| found.extend(wrong.then_some(Problem { step: Some(number), text }));
        let guest = matches!(step.asked, Asked::Guest { .. });
        of_step(
            guest && !step.kind.is_open_to_guests(),
            "A guest can review, agree or acknowledge; approving and evaluating need an account",
        );
        let group = match &step.asked {
            Asked::Group(group) => Some(*group),
            Asked::UnitManager => Some(super::Group::Managers),
            Asked::Person(_) | Asked::Guest { .. } => None,
        };
        of_step(
            step.kind.needs().zip(group).is_some_and(|(needs, group)| needs != group),
            "Hiring managers approve, and the panel evaluates: ask one of them, or a person",
        );
        of_step(!(1..=MOST_PLACES).contains(&step.place), "Choose a place from 1 to 20");
        of_step(step.questions.len() > MOST_QUESTIONS, "A step asks at most 20 questions");
    }
    found
}
