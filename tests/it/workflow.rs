//! The workflow of a version: every event in every state as a table that people read, and a walk through the real
//! database that keeps to it.

mod table;
mod walk;
mod walls;
