//! The one who acts, with the roles that they hold and where.

use std::collections::BTreeSet;

use crate::domain::ids::{EmployerId, MembershipId, PersonId, UnitId};
use crate::domain::worded::worded;

worded! {
    Role {
        Author = "author", "HR author";
        Manager = "manager", "Hiring manager";
        Panel = "panel", "Job evaluation panel";
        Admin = "admin", "HR administrator";
    }
}

/// Somebody who signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub id: PersonId,
    pub name: String,
    pub email: String,
}

/// The way an act came in. Only a signed-in browser can decide on other people's work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Via {
    Web,
    CommandLine,
    /// The loader of demonstration data, in a demonstration employer alone.
    Demonstration,
}

/// Somebody on an employer's staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staff {
    pub person: Person,
    pub employer: EmployerId,
    pub membership: MembershipId,
    pub held: Vec<Held>,
    pub via: Via,
}

/// A role and where it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    pub role: Role,
    pub covers: Covers,
}

/// The whole employer, or named units with everything below them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Covers {
    Employer,
    Units(BTreeSet<UnitId>),
}

/// Work that runs without a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Job {
    /// Issues versions whose date has come.
    IssueDue,
    /// Passes on what waits for somebody who is away, and reminds of what is due.
    Reviews,
    /// Carries new texts of standard clauses into the profiles that use them.
    Clauses,
    /// Moves drafts to the newest version of their template.
    Templates,
    /// Carries a pay award that somebody applied to drafts and open adverts.
    Pay,
    /// Somebody without an account, whose link and code were checked.
    Guest,
    /// Somebody who looks after the server, at its command line: puts in people before anybody can invite them.
    Operator,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    Anonymous,
    /// Signed in, and not on the staff of the employer in question.
    Applicant(Person),
    Staff(Staff),
    System(Job),
}

/// What a member of staff may read: SQL filters by it, so that out of scope is simply absent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    employer: EmployerId,
    membership: MembershipId,
    whole: bool,
    units: Vec<i64>,
}

impl Staff {
    pub fn has(&self, role: Role) -> bool {
        self.held.iter().any(|held| held.role == role)
    }

    /// Holds the role for that unit; with no unit, for the whole employer.
    pub fn has_for(&self, role: Role, unit: Option<UnitId>) -> bool {
        self.held.iter().any(|held| {
            held.role == role
                && match (&held.covers, unit) {
                    (Covers::Employer, _) => true,
                    (Covers::Units(units), Some(unit)) => units.contains(&unit),
                    (Covers::Units(_), None) => false,
                }
        })
    }

    /// Everything in the units of any role, and what has been given to this person to decide on.
    pub fn scope(&self) -> Scope {
        let mut whole = false;
        let mut units = BTreeSet::new();
        for held in &self.held {
            match &held.covers {
                Covers::Employer => whole = true,
                Covers::Units(covered) => units.extend(covered.iter().map(|unit| unit.0)),
            }
        }
        let units = units.into_iter().collect();
        Scope { employer: self.employer, membership: self.membership, whole, units }
    }
}

impl Scope {
    /// A job sees the employer whose work it does, on behalf of the member who ordered it.
    pub(crate) fn of_job(employer: EmployerId, membership: MembershipId) -> Self {
        Scope { employer, membership, whole: true, units: Vec::new() }
    }

    pub fn employer(&self) -> EmployerId {
        self.employer
    }

    pub fn membership(&self) -> MembershipId {
        self.membership
    }

    pub fn whole(&self) -> bool {
        self.whole
    }

    pub fn units(&self) -> &[i64] {
        &self.units
    }
}
