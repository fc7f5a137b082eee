//! The database: all SQL lives in this folder, one file an aggregate.
//!
//! A request works in one [`Tx`]; only `commit` keeps. Every write takes a `Granted`, every read of staff pages a
//! `Scope`. Nothing here decides: impossible rows are errors, and a write that met no row is [`DbError::Stale`].

mod accounts;
mod attempts;
mod audit;
mod employers;
mod error;
mod forget;
mod memberships;
mod outbox;
mod people;
mod tx;
mod visitors;

pub use accounts::{ActKept, LinkHeld, MailKept, RoleHeld, SavedAdvert, SessionKept, StoredData, Tried};
pub use attempts::AttemptKind;
pub use audit::{AuditFilter, AuditRow};
pub use employers::Unit;
pub use error::DbError;
pub use memberships::{Member, MemberDuties, MemberFilter, MemberState, RoleAt};
pub use outbox::{MOST_TRIES, Message, Queued};
pub use people::{Credentials, LinkPurpose};
pub use tx::{Database, Tx};
pub use visitors::{ABSOLUTE, EmployerHead, IDLE, StaffVisit, Visitor};
