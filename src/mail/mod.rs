//! Mail: what it says. Queued by `db::outbox` with the act that causes it.

pub mod adverts;
