//! Mail: what it says, and how it leaves. Queued by `db::outbox` with the act that causes it, sent by `jobs::outbox`.

pub mod adverts;
pub mod clauses;
pub mod digest;
pub mod guests;
mod html;
pub mod messages;
pub mod remarks;
pub mod review;
pub mod sharing;
mod transport;

pub use transport::{MailError, Transport};
