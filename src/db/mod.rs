//! The database: all SQL lives in this folder, one file an aggregate.
//!
//! A request works in one [`Tx`]; only `commit` keeps. Every write of a member of staff takes a `Granted`, every read of
//! staff pages a `Scope`. Without a `Granted` are written: what comes before anybody is known (tries, sign-ups, links,
//! passwords behind a link, sessions), mail in the outbox, what jobs tidy away, and what the demonstration is filled
//! with. Nothing here decides: impossible rows are errors, and a write that met no row is [`DbError::Stale`].

mod accounts;
mod advert_list;
mod advert_search;
mod advert_steps;
mod advert_writes;
mod adverts;
mod attempts;
mod audit;
pub mod backup;
mod beside;
mod content;
mod demonstration;
mod documents;
mod edits;
mod employers;
mod error;
mod forget;
mod grades;
mod memberships;
mod operator;
mod outbox;
mod people;
pub mod private;
mod profile_choices;
mod profiles;
mod public_adverts;
mod review;
mod saved;
mod sections;
mod start;
mod state;
mod tasks;
mod transitions;
mod tx;
mod unit_tree;
mod units;
mod uploads;
mod version_row;
mod versions;
mod visitors;

pub use accounts::{ActKept, LinkHeld, MailKept, RoleHeld, SavedAdvert, SessionKept, StoredData, Tried};
pub use advert_list::{AdvertFilter, AdvertRow};
pub use advert_search::{JobFacets, JobFilter, JobRow, JobSort, MOST_COUNTED};
pub use adverts::{Advert, AdvertHistory, Asked, Pinned};
pub use attempts::AttemptKind;
pub use audit::{AuditFilter, AuditRow};
pub use beside::{Beside, HERE_FOR, Present};
pub use demonstration::DemonstrationEmployer;
pub use documents::{Became, Document, DocumentRow, NewDocument, TargetProfile, Targets};
pub use edits::{Edit, NewItem, Shift, place_after};
pub use employers::{EmployerKind, EvaluationScheme};
pub use error::DbError;
pub use grades::NewGrade;
pub use memberships::{Member, MemberDuties, MemberFilter, MemberState, RoleAt};
pub use operator::Enrolled;
pub use outbox::{MOST_TRIES, Message, Queued};
pub use people::{Credentials, LinkPurpose};
pub use profile_choices::ProfileChoices;
pub use profiles::{ProfileFilter, ProfileRow, ProfileSort, VersionRow};
pub use public_adverts::{PublicAdvert, PublicEmployer};
pub use review::{Decided, NewSubmission};
pub use sections::{Deleted, DeletedThing};
pub use start::{Begun, Origin, ProfileChange};
pub use state::{Holding, MigrationError};
pub use tasks::{Task, TaskKind};
pub use tx::{Database, Tx};
pub use unit_tree::ManagedUnit;
pub use units::{Manager, Unit};
pub use uploads::{Batch, BatchRow, UploadRow, Waiting, Wanted};
pub use versions::{Change, History, OpenTask, ProfileHead, Version};
pub use visitors::{ABSOLUTE, EmployerHead, IDLE, StaffVisit, Visitor};
