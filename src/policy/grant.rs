//! The permission itself: proof that a rule was asked and said yes.

use time::OffsetDateTime;

use super::actor::{Actor, Job, Person, Staff};
use super::acts::Act;
use super::rules::{Place, allows};
use crate::domain::ids::{EmployerId, MembershipId, PersonId, ProfileId, UnitId};

/// What an act is done to, as loaded within the actor's scope.
#[derive(Debug, Clone)]
pub struct Subject<Id> {
    pub id: Id,
    pub employer: Option<EmployerId>,
    pub unit: Option<UnitId>,
    pub person: Option<PersonId>,
    pub profile: Option<ProfileId>,
    /// For the record, in words a person can read: `JP-0042 version 3`.
    pub name: String,
}

/// The actor may not do this, though they may see what it is done to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("that is not open to you")]
pub struct Denied;

/// Leave to do one act to one subject, at one instant. Nothing outside this file can make one:
///
/// ```compile_fail
/// use rolebook::policy::{Granted, act};
/// fn forge(actor: rolebook::policy::Actor) -> Granted<act::Approve> {
///     Granted { actor, subject: todo!(), at: todo!() }
/// }
/// ```
#[derive(Debug, Clone)]
pub struct Granted<A: Act> {
    actor: Actor,
    subject: Subject<A::Id>,
    at: OffsetDateTime,
}

/// Asks the rules. The instant becomes the "when" of everything written under the permission.
pub fn grant<A: Act>(actor: &Actor, subject: Subject<A::Id>, at: OffsetDateTime) -> Result<Granted<A>, Denied> {
    let place = Place { employer: subject.employer, unit: subject.unit, person: subject.person };
    match allows(A::ACTION, actor, place) {
        true => Ok(Granted { actor: actor.clone(), subject, at }),
        false => Err(Denied),
    }
}

impl<A: Act> Granted<A> {
    pub fn subject(&self) -> &Subject<A::Id> {
        &self.subject
    }

    pub fn id(&self) -> A::Id {
        self.subject.id
    }

    pub fn at(&self) -> OffsetDateTime {
        self.at
    }

    pub fn action(&self) -> super::acts::Action {
        A::ACTION
    }

    /// The membership under which a member of staff acts.
    pub fn membership(&self) -> Option<MembershipId> {
        match &self.actor {
            Actor::Staff(Staff { membership, .. }) => Some(*membership),
            Actor::Anonymous | Actor::Applicant(_) | Actor::System(_) => None,
        }
    }

    pub fn person(&self) -> Option<&Person> {
        match &self.actor {
            Actor::Staff(staff) => Some(&staff.person),
            Actor::Applicant(person) => Some(person),
            Actor::Anonymous | Actor::System(_) => None,
        }
    }

    /// The name that the record keeps.
    pub fn actor_name(&self) -> &str {
        match &self.actor {
            Actor::Staff(staff) => &staff.person.name,
            Actor::Applicant(person) => &person.name,
            Actor::Anonymous => "Somebody not signed in",
            Actor::System(Job::IssueDue) => "The system (dates of issue)",
            Actor::System(Job::Reviews) => "The system (reviews)",
            Actor::System(Job::Clauses) => "The system (standard clauses)",
            Actor::System(Job::Templates) => "The system (templates)",
            Actor::System(Job::Pay) => "The system (pay awards)",
            Actor::System(Job::Guest) => "A guest",
            Actor::System(Job::Operator) => "The command line",
        }
    }
}
