//! The one error of the web, and what each kind looks like to the person who meets it.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use crate::db::DbError;
use crate::policy::Denied;
use crate::secret::SecretError;

#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// Not there, or not for this person to know of.
    #[error("not found")]
    NotFound,
    /// They see it but may not do that.
    #[error("not allowed")]
    Denied,
    /// Nobody is signed in; after signing in they come back to this path.
    #[error("not signed in")]
    SignIn { return_to: Option<String> },
    /// It changed since the person saw it. The sentence says what and what to do.
    #[error("conflict: {0}")]
    Conflict(String),
    /// A request that no page of ours makes.
    #[error("bad request: {0}")]
    Bad(&'static str),
    #[error("too large")]
    TooLarge,
    /// More is asked for at once than we do at once. The sentence says what was not begun.
    #[error("busy: {0}")]
    Busy(&'static str),
    #[error(transparent)]
    Database(DbError),
    #[error("internal: {0}")]
    Internal(String),
}

/// What an error page shows. `protect::error_pages` renders it, since it knows the request's reference.
#[derive(Debug, Clone)]
pub struct ErrorView {
    pub title: &'static str,
    pub text: String,
}

/// Marks the answer to a form whose sender is signed out, for `web::signed_out` to put the sign-in page in its place.
#[derive(Debug, Clone, Copy)]
pub struct SignedOut;

impl From<DbError> for AppError {
    fn from(error: DbError) -> Self {
        match error {
            DbError::Stale => AppError::Conflict(
                "Somebody else changed this while you were looking at it. Nothing of theirs was overwritten: go back, \
                 load the page again and look at what is there now."
                    .into(),
            ),
            DbError::Frozen => AppError::Conflict(
                "This version can no longer be edited: it was sent for review or decided on in the meantime. What you \
                 typed is still in the form: go back to copy it."
                    .into(),
            ),
            DbError::Constraint(wall) if wall == "template_fixes_words" => AppError::Conflict(
                "The template fixes the text of this section, so it was not changed. Whoever looks after the templates can \
                 change it there."
                    .into(),
            ),
            DbError::Constraint(wall) if wall == "template_fixes_section" => AppError::Conflict(
                "This section belongs to the template, so its heading stays and it can’t be deleted. A section that is \
                 optional is left out of the document where it is empty."
                    .into(),
            ),
            other
            @ (DbError::Sqlx(_) | DbError::Inconsistent { .. } | DbError::Constraint(_) | DbError::Unknown(_)) => {
                AppError::Database(other)
            }
        }
    }
}

impl AppError {
    /// The fault lies with the machine for now; the same may well succeed later.
    pub fn passes(&self) -> bool {
        match self {
            AppError::Database(error) => error.passes(),
            AppError::Busy(_) => true,
            AppError::SignIn { .. }
            | AppError::NotFound
            | AppError::Denied
            | AppError::Conflict(_)
            | AppError::Bad(_)
            | AppError::TooLarge
            | AppError::Internal(_) => false,
        }
    }
}

impl From<Denied> for AppError {
    fn from(_: Denied) -> Self {
        AppError::Denied
    }
}

impl From<SecretError> for AppError {
    fn from(error: SecretError) -> Self {
        AppError::Internal(error.to_string())
    }
}

impl From<askama::Error> for AppError {
    fn from(error: askama::Error) -> Self {
        AppError::Internal(format!("a template: {error}"))
    }
}

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        let signed_out = matches!(self, AppError::SignIn { .. });
        let (status, title, text) = match self {
            AppError::SignIn { return_to: Some(path) } => {
                return Redirect::to(&crate::web::paths::sign_in_and_return(&path)).into_response();
            }
            AppError::SignIn { return_to: None } => (
                StatusCode::UNAUTHORIZED,
                "You are signed out",
                "What you typed is still in the form. Sign in in another tab, then go back here and send it again."
                    .into(),
            ),
            AppError::NotFound => (
                StatusCode::NOT_FOUND,
                "Page not found",
                "It may have moved, or you may have no access to it. Check the address, or begin at the start page."
                    .into(),
            ),
            AppError::Denied => (
                StatusCode::FORBIDDEN,
                "You can't do that",
                "You can see this, but doing that needs another role. Ask an HR administrator if you should have it."
                    .into(),
            ),
            AppError::Conflict(text) => (StatusCode::CONFLICT, "It changed in the meantime", text),
            AppError::Bad(text) => (StatusCode::BAD_REQUEST, "That request can't be read", text.into()),
            AppError::TooLarge => (
                StatusCode::PAYLOAD_TOO_LARGE,
                "That is too large",
                "Nothing was changed. Go back, make it smaller and send it again.".into(),
            ),
            AppError::Busy(text) => (StatusCode::SERVICE_UNAVAILABLE, "Rolebook is busy", text.into()),
            AppError::Database(error) => {
                tracing::error!(%error, "a request failed");
                unavailable_or_internal(&error)
            }
            AppError::Internal(error) => {
                tracing::error!(%error, "a request failed");
                (StatusCode::INTERNAL_SERVER_ERROR, INTERNAL.0, INTERNAL.1.into())
            }
        };
        let mut response = status.into_response();
        response.extensions_mut().insert(ErrorView { title, text });
        if signed_out {
            response.extensions_mut().insert(SignedOut);
        }
        response
    }
}

const INTERNAL: (&str, &str) = (
    "Something went wrong here",
    "It is our fault, not yours. What was saved before is safe. Try again in a minute; if it happens again, give the \
     reference below to whoever looks after Rolebook.",
);

fn unavailable_or_internal(error: &DbError) -> (StatusCode, &'static str, String) {
    let busy = |text: &str| (StatusCode::SERVICE_UNAVAILABLE, "Rolebook is busy", text.to_owned());
    match error {
        DbError::Unknown(_) => busy(
            "It may have been saved, or not: the answer was lost on its way. What you typed is still in the form: look in a \
             minute what is there, before you send it again.",
        ),
        other if other.passes() => {
            busy("Nothing was changed. What you typed is still in the form: go back and send it again in a minute.")
        }
        DbError::Sqlx(_) | DbError::Inconsistent { .. } | DbError::Constraint(_) | DbError::Stale | DbError::Frozen => {
            (StatusCode::INTERNAL_SERVER_ERROR, INTERNAL.0, INTERNAL.1.into())
        }
    }
}
