//! Answers to our own script, which asks with `Accept: application/json` at the addresses of the forms themselves.

use axum::http::header::{ACCEPT, CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::form::Form;
use super::page::OwnPage;

/// Whether it was script that asked.
pub fn wanted(headers: &HeaderMap) -> bool {
    headers.get(ACCEPT).is_some_and(|accept| accept.as_bytes().starts_with(b"application/json"))
}

pub fn answer(status: StatusCode, value: &Value) -> Response {
    let mut response = (status, value.to_string()).into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.extensions_mut().insert(OwnPage);
    response
}

/// What is wrong with a form: 422, and each problem with its field.
pub fn problems(form: &Form) -> Response {
    let problems: Vec<Value> =
        form.problems.iter().map(|problem| json!({"field": problem.field, "text": problem.text})).collect();
    answer(StatusCode::UNPROCESSABLE_ENTITY, &json!({ "problems": problems }))
}
