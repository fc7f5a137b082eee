//! The demonstration: two invented employers with two years of work behind them, to look around in.
//!
//! People and units are put in by hand; everything after that happens as it does in the portal: by a person with
//! the permission, through the workflow, at its own instant. What must not be here: content in Rust, and anything
//! that a page relies on.

mod adverts;
mod beginnings;
mod calendar;
mod data;
mod decisions;
mod edits;
mod employers;
pub mod many;
mod remarks;
mod sign_ins;
mod steps;
mod story;
mod written;

use crate::app::App;
use crate::db::DbError;
use crate::domain::{advert, version::Refusal};
use crate::policy::Denied;
use crate::reference::ReferenceError;
use crate::secret::SecretError;

pub use sign_ins::{PASSWORD, SignIn, sign_ins};

/// What was loaded, counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Loaded {
    pub employers: usize,
    pub people: usize,
    pub profiles: usize,
    pub versions: usize,
    pub adverts: usize,
}

#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    #[error("the demonstration needs an empty database, and this one has people or employers in it")]
    NotEmpty,
    #[error("the demonstration's {name} can't be read: {error}")]
    Unreadable { name: &'static str, error: serde_json::Error },
    #[error("the demonstration names “{0}”, which it does not have")]
    Unknown(String),
    #[error("the workflow refuses {what}: {}", .refusals.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Refused { what: String, refusals: Vec<Refusal> },
    #[error("{what} can't go on: {}", .refusals.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    AdvertRefused { what: String, refusals: Vec<advert::Refusal> },
    #[error("the demonstration's {0} does not come out as it was written")]
    Different(String),
    #[error("somebody in the demonstration does what is not open to them: {0}")]
    Denied(String),
    #[error(transparent)]
    Reference(#[from] ReferenceError),
    #[error(transparent)]
    Secret(#[from] SecretError),
    #[error(transparent)]
    Database(#[from] DbError),
}

impl DemoError {
    /// For a permission that was refused: who wanted to do what.
    fn denied(who: &str, what: &str) -> impl FnOnce(Denied) -> DemoError {
        move |_| DemoError::Denied(format!("{who}, {what}"))
    }
}

/// Loads the demonstration into an empty database, in one transaction: all of it or nothing.
///
/// # Errors
/// [`DemoError::NotEmpty`] where anybody or any employer is there already; the others are faults of the files.
pub async fn load(app: &App) -> Result<Loaded, DemoError> {
    let (cast, files) = (data::employers()?, data::profiles()?);
    let (applicants, written_adverts) = (data::applicants()?, data::adverts()?);
    let remarks = data::remarks()?;
    let days = calendar::Calendar::until(app.clock.today());
    let mut tx = app.database.begin().await?;
    if !tx.is_empty().await? {
        return Err(DemoError::NotEmpty);
    }
    let offices = employers::add(&mut tx, &cast, &applicants, &days).await?;
    let mut stories = story::stories(&files, &offices, &days)?;
    let mut adverts = adverts::adverts(&written_adverts, &stories)?;
    let mut steps = steps::steps(&stories, &adverts, &days);
    steps.extend(remarks::steps(&remarks, &days));
    steps.sort_by_key(|step| step.at);
    for step in steps {
        match step.what {
            steps::What::Version { profile, edition, event } => {
                let story = stories.get_mut(profile).ok_or_else(|| DemoError::Unknown(profile.to_owned()))?;
                story.tell(&mut tx, edition, event, step.at).await?;
            }
            steps::What::Advert { number, event } => {
                let advert = &mut adverts[number];
                advert.tell(&mut tx, &stories, event, step.at, &days).await?;
            }
            steps::What::Remark { number } => {
                let remark = &remarks[number];
                let story =
                    stories.get(remark.profile.as_str()).ok_or_else(|| DemoError::Unknown(remark.profile.clone()))?;
                remarks::tell(&mut tx, story, remark, step.at).await?;
            }
        }
    }
    for story in stories.values() {
        story.check(&mut tx).await?;
    }
    tx.commit().await?;
    Ok(Loaded {
        employers: cast.len(),
        people: cast.iter().map(|employer| employer.people.len()).sum::<usize>() + applicants.len(),
        profiles: stories.len(),
        versions: files.values().map(|profile| profile.history.len()).sum(),
        adverts: adverts.len(),
    })
}
