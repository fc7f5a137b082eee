//! What every story stands on: a site of its own, browsers, and people who sign in through the real form.

#![allow(dead_code, reason = "the words that stories may use, not only those that they use today")]

pub mod author;
pub mod browser;
pub mod content;
pub mod database;
pub mod desk;
pub mod editor;
pub mod form;
pub mod golden;
pub mod mail;
pub mod manners;
pub mod page;
pub mod people;
pub mod race;
pub mod site;
pub mod smtp;
pub mod statements;
pub mod versions;
