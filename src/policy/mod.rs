//! Who may do what: people with roles, acts with a place, and one rule for each act.
//!
//! `grant` is the only maker of [`Granted`], which every write in `db` asks for. State and four eyes are not
//! decided here but in `domain::version`.

mod actor;
mod acts;
mod grant;
mod rules;

pub use actor::{Actor, Covers, Held, Job, Person, Role, Scope, Staff, Via};
pub use acts::{Act, Action, act};
pub use grant::{Denied, Granted, Subject, grant};
pub use rules::{Place, allows};
