//! A draft in hand: what every act of the editor loads and asks first.

use axum::response::Response;

use super::{done, key};
use crate::db::{StaffVisit, Tx, Version};
use crate::domain::content::{Content, Item, Section};
use crate::domain::form_key::FormKey;
use crate::domain::ids::{ItemId, SectionId};
use crate::error::AppError;
use crate::policy::{Granted, act, grant};
use crate::web::author::version::{load, not_editable};
use crate::web::form::Submitted;
use crate::web::gate::{As, Gate};
use crate::web::paths;

pub struct Draft {
    pub tx: Tx,
    pub version: Version,
    pub content: Content,
    pub granted: Granted<act::EditContent>,
}

/// What a form that acts on a draft meets.
pub enum Begun {
    Draft(Box<Draft>),
    /// It has done its work before: the answer that it got then.
    Done(Response),
}

impl Draft {
    /// Opens the draft for this person.
    ///
    /// # Errors
    /// Not there for them, not theirs to edit, or no longer a draft.
    pub async fn open<G: Gate<Who = StaffVisit>>(me: &As<G>, profile: &str, version: &str) -> Result<Draft, AppError> {
        Self::open_for(me, profile, version, false).await
    }

    /// The same, waiting for others who add, move or delete.
    pub async fn open_in_turn<G: Gate<Who = StaffVisit>>(
        me: &As<G>,
        profile: &str,
        version: &str,
    ) -> Result<Draft, AppError> {
        Self::open_for(me, profile, version, true).await
    }

    /// The same for acts that add, move or delete: they take turns, so that each sees what the one before left, and a form
    /// that was sent before does nothing again.
    pub async fn begin<G: Gate<Who = StaffVisit>>(
        me: &As<G>,
        profile: &str,
        version: &str,
        submitted: &Submitted,
    ) -> Result<Begun, AppError> {
        let mut draft = Self::open_for(me, profile, version, true).await?;
        let Some(key) = draft.carry(me, submitted) else { return Ok(Begun::Draft(Box::new(draft))) };
        Ok(match draft.tx.done_by(draft.version.id, key.kept()).await? {
            Some(done) => Begun::Done(done::answer(me, &draft, &done)),
            None => Begun::Draft(Box::new(draft)),
        })
    }

    /// The addresses of the version; the editor's keep to the one section that is shown alone.
    pub fn at<'a, G: Gate<Who = StaffVisit>>(&self, me: &'a As<G>) -> paths::Version<'a> {
        let at = me.paths().profile(self.version.profile.number).version(self.version.number);
        at.alone(self.alone(me))
    }

    /// The section that the page shows alone from which somebody comes.
    pub fn alone<G: Gate<Who = StaffVisit>>(&self, me: &As<G>) -> Option<SectionId> {
        let (page, query) = me.told().referer.as_deref()?.split_once('?')?;
        let only = query.split(['&', '#']).find_map(|field| field.strip_prefix("only="))?;
        let only = SectionId(only.parse().ok()?);
        (page.ends_with("/edit") && self.content.section(only).is_some()).then_some(only)
    }

    /// Ties what is written to the form that it came from.
    pub fn carry<G: Gate>(&mut self, me: &As<G>, submitted: &Submitted) -> Option<FormKey> {
        let key = key::of(me.path(), submitted)?;
        self.tx.carry(&key);
        Some(key)
    }

    async fn open_for<G: Gate<Who = StaffVisit>>(
        me: &As<G>,
        profile: &str,
        version: &str,
        structure: bool,
    ) -> Result<Draft, AppError> {
        let mut tx = me.begin().await?;
        let version = load(&mut tx, &me.scope(), profile, version).await?;
        let granted = grant::<act::EditContent>(&me.actor(), version.subject(), me.now)?;
        if !version.state.name().is_editable() {
            return Err(not_editable(me, &version));
        }
        if structure {
            tx.lock_order(version.id).await?;
        }
        let content = tx.content(version.employer, version.id).await?;
        Ok(Draft { tx, version, content, granted })
    }

    pub fn item(&self, id: &str) -> Result<(&Section, &Item), AppError> {
        let id = ItemId(id.parse().map_err(|_| AppError::NotFound)?);
        self.content.item(id).ok_or(AppError::NotFound)
    }

    pub fn section(&self, id: &str) -> Result<&Section, AppError> {
        let id = SectionId(id.parse().map_err(|_| AppError::NotFound)?);
        self.content.section(id).ok_or(AppError::NotFound)
    }
}

/// The parts of an item's address: employer, profile, version, item.
pub type AtItem = axum::extract::Path<(String, String, String, String)>;
