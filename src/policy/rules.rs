//! The rules, one for each act: this is the page that a head of HR would sign.

use super::actor::{Actor, Job, Role, Staff, Via};
use super::acts::Action;
use crate::domain::ids::{EmployerId, PersonId, UnitId};

/// Where an act takes place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Place {
    /// None for what belongs to a person alone.
    pub employer: Option<EmployerId>,
    /// None for what concerns the whole employer.
    pub unit: Option<UnitId>,
    /// Whose account or saved adverts are touched.
    pub person: Option<PersonId>,
}

/// Whether this actor may do that there. One arm an act, no default.
pub fn allows(action: Action, actor: &Actor, place: Place) -> bool {
    let author = || staff(actor, place).is_some_and(|staff| staff.has_for(Role::Author, place.unit));
    let admin = || staff(actor, place).is_some_and(|staff| staff.has(Role::Admin));
    let in_person = || staff(actor, place).is_some_and(|staff| staff.via != Via::CommandLine);
    let manager_in_person =
        || in_person() && staff(actor, place).is_some_and(|staff| staff.has_for(Role::Manager, place.unit));
    match action {
        Action::ImportDocument => staff(actor, place).is_some_and(|staff| staff.has(Role::Author)),
        Action::CreateProfile
        | Action::DraftFromDocument
        | Action::StartDraft
        | Action::EditContent
        | Action::Submit
        | Action::DecideSuggestion
        | Action::CreateAdvert
        | Action::EditAdvert => author(),
        // Whether an author was the submitter is for the workflow to say.
        // A new text of a clause may take one back from review, where whoever rolls it out chose that.
        Action::Recall => author() || admin() || matches!(actor, Actor::System(Job::Clauses)),
        Action::Approve | Action::ConfirmAdvert => manager_in_person(),
        // What the checks found is let stand by somebody who answers for more than one unit.
        Action::OverrideFindings => {
            in_person() && staff(actor, place).is_some_and(|staff| staff.has_for(Role::Manager, None))
        }
        Action::RecordGradeBasis
        | Action::Issue
        | Action::Withdraw
        | Action::Discard
        | Action::Restore
        | Action::RetireProfile
        | Action::ChangeProfile
        | Action::ChangeGuestLink
        | Action::PublishAdvert
        | Action::WithdrawAdvert
        | Action::CorrectAdvert
        | Action::ExtendAdvert
        | Action::CloseAdvertEarly
        | Action::UnscheduleAdvert => author() || admin(),
        // The first administrator of an employer can be invited by nobody.
        Action::InvitePerson => admin() || matches!(actor, Actor::System(Job::Operator)),
        // It takes the place of somebody's approval, so it is decided in person too.
        Action::EmergencyIssue => admin() && in_person(),
        // It binds two employers, each by somebody who answers for the whole of it.
        Action::ShareLibrary | Action::TakeShared => admin() && in_person(),
        // Whoever can read a version may say something about it; who proposes its words is one of those who make it.
        Action::Comment | Action::ResolveComment => {
            in_person() && staff(actor, place).is_some_and(|staff| !staff.held.is_empty())
        }
        Action::Suggest => {
            let makers = [Role::Author, Role::Manager, Role::Panel];
            in_person()
                && staff(actor, place).is_some_and(|staff| makers.iter().any(|role| staff.has_for(*role, place.unit)))
        }
        // What somebody said is theirs alone to change.
        Action::ReviseComment | Action::WithdrawSuggestion => {
            in_person() && place.person.is_some() && person(actor) == place.person
        }
        // Open to whoever the task was given to: where a unit has no manager, the profile's owner. That it is theirs
        // is for the page and the write to see.
        // Steps of a route are asked of others than managers too: approving is a rule of its own.
        Action::ReviewEmergencyIssue | Action::PassTaskOn | Action::CompleteStep | Action::RequestChanges => {
            in_person() && staff(actor, place).is_some_and(|staff| !staff.held.is_empty())
        }
        Action::ChangeGlossary => staff(actor, place).is_some_and(|staff| staff.has(Role::Author)) || admin(),
        Action::ChangeClauses | Action::RollOutClause | Action::ChangeTemplates => author() || admin(),
        // That it is not the one who proposed it is for the write to see, and for the database.
        Action::ApproveClause => (author() || admin()) && in_person(),
        Action::CarryOutRollout => match actor {
            Actor::System(Job::Clauses) => true,
            Actor::System(Job::IssueDue | Job::Operator | Job::Pay | Job::Reviews | Job::Guest | Job::Templates)
            | Actor::Anonymous
            | Actor::Applicant(_)
            | Actor::Staff(_) => false,
        },
        Action::MoveDrafts => match actor {
            Actor::System(Job::Templates) => true,
            Actor::System(Job::Clauses | Job::IssueDue | Job::Reviews | Job::Operator | Job::Pay | Job::Guest)
            | Actor::Anonymous
            | Actor::Applicant(_)
            | Actor::Staff(_) => false,
        },
        Action::ReassignTask
        | Action::RetryMail
        | Action::ChangeReviewSettings
        | Action::ChangeRoutes
        | Action::SkipStep
        | Action::JumpToStep
        | Action::RestartReview
        | Action::CancelReview
        | Action::ChangeRoles
        | Action::DeactivateMember
        | Action::ChangeUnit
        | Action::ChangeGrades
        | Action::ChangeBrand => admin(),
        Action::AnswerInvitation | Action::SaveAdvert | Action::ChangeAccount | Action::DeleteAccount => {
            place.person.is_some() && person(actor) == place.person
        }
        // One's own, or an administrator's on behalf of somebody who can't.
        Action::SetAway => {
            in_person()
                && staff(actor, place).is_some()
                && (admin() || place.person.is_some() && person(actor) == place.person)
        }
        // An author of one unit does not decide what everybody's salary is.
        Action::ChangePay => staff(actor, place).is_some_and(|staff| staff.has_for(Role::Author, None)) || admin(),
        Action::RollOutPay => match actor {
            Actor::System(Job::Pay) => true,
            Actor::System(
                Job::Clauses | Job::IssueDue | Job::Reviews | Job::Operator | Job::Guest | Job::Templates,
            )
            | Actor::Anonymous
            | Actor::Applicant(_)
            | Actor::Staff(_) => false,
        },
        Action::HandOverTask | Action::EscalateTask | Action::EscalateGuest => match actor {
            Actor::System(Job::Reviews) => true,
            Actor::System(Job::IssueDue | Job::Clauses | Job::Pay | Job::Operator | Job::Guest | Job::Templates)
            | Actor::Anonymous
            | Actor::Applicant(_)
            | Actor::Staff(_) => false,
        },
        Action::DecideAsGuest => match actor {
            Actor::System(Job::Guest) => true,
            Actor::System(Job::IssueDue | Job::Clauses | Job::Pay | Job::Operator | Job::Reviews | Job::Templates)
            | Actor::Anonymous
            | Actor::Applicant(_)
            | Actor::Staff(_) => false,
        },
        Action::IssueDue => match actor {
            Actor::System(Job::IssueDue) => true,
            Actor::System(Job::Operator | Job::Clauses | Job::Pay | Job::Reviews | Job::Guest | Job::Templates)
            | Actor::Anonymous
            | Actor::Applicant(_)
            | Actor::Staff(_) => false,
        },
    }
}

/// The member of staff, where the place is their employer's.
fn staff(actor: &Actor, place: Place) -> Option<&Staff> {
    match actor {
        Actor::Staff(staff) if place.employer == Some(staff.employer) => Some(staff),
        Actor::Staff(_) | Actor::Anonymous | Actor::Applicant(_) | Actor::System(_) => None,
    }
}

fn person(actor: &Actor) -> Option<PersonId> {
    match actor {
        Actor::Applicant(person) => Some(person.id),
        Actor::Staff(staff) => Some(staff.person.id),
        Actor::Anonymous | Actor::System(_) => None,
    }
}
