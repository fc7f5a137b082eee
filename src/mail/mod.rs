//! Mail: what the messages say. How they leave is the outbox's business.

pub mod review;
