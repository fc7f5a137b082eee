//! What a roll-out of a new edition does to one profile. Who approved the edition is asked before any of this.

use crate::domain::details::GradeBasis;
use crate::domain::version::StateName;
use crate::domain::worded::worded;

worded! {
    Mode {
        Silent = "silent", "Bring it into force at once, as minor versions";
        Controlled = "controlled", "Make drafts, which somebody approves";
    }
}

worded! {
    /// What happens to a version that is in review.
    InReviewChoice {
        Wait = "wait", "Wait until it is decided";
        Recall = "recall", "Recall it, and tell its sender and its approver";
    }
}

worded! {
    /// What came of a profile.
    Outcome {
        Issued = "issued", "A minor version is in force";
        Drafted = "drafted", "A draft with the new text was made";
        TakenByDraft = "taken_by_draft", "The open draft has the new text";
        Overridden = "overridden", "Its own wording stayed";
        UpToDate = "up_to_date", "It had the text already";
    }
}

/// How a line for the clause stands in a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It does not stand there.
    Absent,
    /// With the text that is rolled out, or a later one.
    New,
    /// With an earlier text.
    Old,
    /// With words of its own.
    Own,
}

/// What is to be done with a profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Nothing: this came of it.
    Done(Outcome),
    /// A minor version of what is in force comes into force.
    Issue,
    /// The same, and the open draft goes on from it.
    IssueBeside,
    /// A draft with the new text is started.
    Draft,
    /// The version in review goes back to its author; then the profile is looked at again.
    Recall,
    /// Nothing yet: the open version has to be decided or issued first.
    Wait(StateName),
}

/// What to do with a profile whose version in force and open version stand like this. An evaluated version is never
/// followed silently: a grade that was matched or evaluated was so for the words of that day.
pub fn step(
    in_force: Option<(Standing, Option<GradeBasis>)>,
    open: Option<(StateName, Standing)>,
    (mode, review): (Mode, InReviewChoice),
) -> Step {
    let (issued, basis) = in_force.unwrap_or((Standing::Absent, None));
    if let Some((state, standing)) = open {
        let stale = standing == Standing::Old || issued == Standing::Old;
        match (state, stale) {
            (StateName::InReview, true) if review == InReviewChoice::Recall => return Step::Recall,
            (StateName::InReview | StateName::Approved, true) => return Step::Wait(state),
            (
                StateName::InReview
                | StateName::Approved
                | StateName::Draft
                | StateName::ChangesRequested
                | StateName::Issued
                | StateName::Superseded
                | StateName::Withdrawn
                | StateName::Discarded,
                _,
            ) => {}
        }
    }
    let silently = mode == Mode::Silent && !is_evaluated(basis);
    match (issued, open.map(|(_, standing)| standing)) {
        (Standing::Old, None) if silently => Step::Issue,
        (Standing::Old, None) => Step::Draft,
        (Standing::Old, Some(_)) if silently => Step::IssueBeside,
        (Standing::Old, Some(Standing::Own | Standing::Absent)) => Step::Done(Outcome::Overridden),
        (Standing::Old, Some(Standing::Old | Standing::New)) => Step::Done(Outcome::TakenByDraft),
        (Standing::Absent | Standing::New | Standing::Own, Some(Standing::Old)) => Step::Done(Outcome::TakenByDraft),
        (Standing::Own, _) | (Standing::Absent, Some(Standing::Own)) => Step::Done(Outcome::Overridden),
        (Standing::Absent, Some(Standing::New)) => Step::Done(Outcome::TakenByDraft),
        (Standing::New | Standing::Absent, _) => Step::Done(Outcome::UpToDate),
    }
}

/// Whether the grade rests on an evaluation.
fn is_evaluated(basis: Option<GradeBasis>) -> bool {
    match basis {
        Some(GradeBasis::Matched | GradeBasis::Evaluated) => true,
        Some(GradeBasis::Indicative) | None => false,
    }
}
