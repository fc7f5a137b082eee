//! What every act on remarks loads first: the version within the person's scope, and everything that stands beside it.

use axum::response::Response;

use super::place::Back;
use crate::db::{Comment, Remarks, StaffVisit, Suggestion, Tx, Version};
use crate::domain::content::Content;
use crate::domain::ids::{CommentId, SuggestionId};
use crate::domain::text::parse_profile_reference;
use crate::error::AppError;
use crate::web::form::Submitted;
use crate::web::gate::{As, Gate};
use crate::web::page::{see_other_noting, see_other_saying};
use crate::web::paths;

/// The parts of the address of a comment or a suggestion: employer, profile, version, number.
pub type AtRemark = axum::extract::Path<(String, String, String, String)>;

/// The constraints that a second click on one button meets.
pub const SAID_ALREADY: [&str; 2] = ["comment_form_key", "suggestion_form_key"];

pub struct Desk {
    pub tx: Tx,
    pub version: Version,
    pub remarks: Remarks,
}

impl Desk {
    pub async fn open<G: Gate<Who = StaffVisit>>(
        me: &As<G>,
        profile: &str,
        number: &str,
        people: bool,
    ) -> Result<Desk, AppError> {
        let profile = parse_profile_reference(profile).ok_or(AppError::NotFound)?;
        let number = number.parse().map_err(|_| AppError::NotFound)?;
        let mut tx = me.begin().await?;
        let found = tx.version_with_remarks(&me.scope(), profile, number, people).await?;
        let (version, remarks) = found.ok_or(AppError::NotFound)?;
        Ok(Desk { tx, version, remarks })
    }

    pub async fn content(&mut self) -> Result<Content, AppError> {
        Ok(self.tx.content(self.version.employer, self.version.id).await?)
    }

    pub fn comment(&self, id: &str) -> Result<&Comment, AppError> {
        let id = CommentId(id.parse().map_err(|_| AppError::NotFound)?);
        self.remarks.comment(id).ok_or(AppError::NotFound)
    }

    pub fn suggestion(&self, id: &str) -> Result<&Suggestion, AppError> {
        let id = SuggestionId(id.parse().map_err(|_| AppError::NotFound)?);
        self.remarks.suggestion(id).ok_or(AppError::NotFound)
    }

    pub fn at<'a, G: Gate<Who = StaffVisit>>(&self, me: &'a As<G>) -> paths::Version<'a> {
        me.paths().profile(self.version.profile.number).version(self.version.number)
    }

    /// The page that the form stood on, at that anchor.
    pub fn back<G: Gate<Who = StaffVisit>>(&self, me: &As<G>, word: &str, anchor: &str) -> String {
        let page = Back::read(word).page(me.paths(), self.at(me));
        format!("{page}#{anchor}")
    }
}

/// The key that a form of ours carries; a longer one is none of ours.
pub fn form_key(submitted: &Submitted) -> Option<String> {
    let key = submitted.raw("once");
    let ours = !key.is_empty() && key.len() <= 100 && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    ours.then(|| key.to_owned())
}

pub fn done(place: &str, sentence: &str) -> Response {
    see_other_saying(place, sentence)
}

pub fn not_done(place: &str, sentence: &str) -> Response {
    see_other_noting(place, sentence)
}
