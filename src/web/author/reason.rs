//! The small page before a weighty act: what it means, and a reason where one is kept.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

use crate::error::AppError;
use crate::web::form::Form;
use crate::web::page::{Frame, page_with};

#[derive(Template)]
#[template(path = "author/reason.html")]
pub struct ReasonPage {
    pub frame: Frame,
    pub form: Form,
    pub heading: String,
    /// What happens, a sentence each.
    pub means: Vec<&'static str>,
    /// None where no reason is asked for.
    pub reason: Option<&'static str>,
    pub button: &'static str,
    /// Where "cancel" leads.
    pub back: String,
    pub is_weighty: bool,
}

impl ReasonPage {
    pub fn show(&self) -> Result<Response, AppError> {
        let status = if self.form.has_errors() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        page_with(status, self)
    }
}
