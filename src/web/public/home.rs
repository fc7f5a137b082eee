//! The start: staff are led to their work, everybody else to the jobs.

use axum::response::Response;

use crate::error::AppError;
use crate::web::gate::{Anyone, As};
use crate::web::page::see_other;
use crate::web::paths;

pub async fn home(me: As<Anyone>) -> Result<Response, AppError> {
    let employer = me.visitor().and_then(|visitor| visitor.employers.first());
    Ok(match employer {
        Some(employer) => see_other(paths::Employer(&employer.slug).work()),
        None => see_other(paths::JOBS),
    })
}
