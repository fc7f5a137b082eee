//! Rolebook: the portal in which public-sector employers keep, review and advertise their job profiles.
//!
//! The module list is the tour: a request comes in through `web`, asks `policy` who may, `domain` what is
//! possible, and `db` to keep it.

pub mod app;
pub mod cli;
pub mod clock;
pub mod config;
pub mod db;
pub mod demo;
pub mod documents;
pub mod domain;
pub mod drafting;
pub mod error;
pub mod fitting;
pub mod jobs;
pub mod mail;
pub mod pages;
pub mod policy;
pub mod printing;
pub mod reference;
pub mod secret;
pub mod views;
pub mod web;
