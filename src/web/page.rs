//! Pages: the frame around every one, rendering, and the redirects that follow a form.

use std::sync::Arc;

use askama::Template;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, LOCATION, SET_COOKIE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

use super::assets::Assets;
use super::paths;
use crate::app::App;
use crate::domain::ids::PersonId;
use crate::error::AppError;

/// What the layout shows around a page.
#[derive(Debug, Clone)]
pub struct Frame {
    pub title: String,
    pub staff: Option<StaffFrame>,
    /// Of somebody who is signed in, for script to warn them in time.
    pub session: Option<SessionFrame>,
    pub person_name: Option<String>,
    /// Where staff go from pages that are for everybody.
    pub work: Option<String>,
    pub flash: Option<Flash>,
    pub breadcrumbs: Vec<Crumb>,
    pub demonstration: bool,
    pub assets: Arc<Assets>,
}

/// How long a session lasts unless more is asked for.
#[derive(Debug, Clone, Copy)]
pub struct SessionFrame {
    pub person: PersonId,
    /// In seconds.
    pub left: i64,
    /// It can't be extended.
    pub last: bool,
}

/// The bar of staff pages.
#[derive(Debug, Clone)]
pub struct StaffFrame {
    pub employer_name: String,
    pub employer_slug: String,
    pub task_count: i64,
    pub is_author: bool,
    pub is_admin: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crumb {
    pub text: String,
    pub href: String,
}

/// A sentence about what was just done, shown once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flash {
    pub kind: &'static str,
    pub text: String,
    /// The act that takes it back, and the edit that it takes back.
    pub undo: Option<(String, i64)>,
}

pub const FLASH_COOKIE: &str = "rolebook_flash";
/// The longest flash, in bytes: a cookie holds about 4,000.
const LONGEST_FLASH: usize = 1000;

impl Frame {
    /// Around a page for nobody in particular.
    pub fn bare(app: &App) -> Self {
        Frame {
            title: String::new(),
            staff: None,
            session: None,
            person_name: None,
            work: None,
            flash: None,
            breadcrumbs: Vec::new(),
            demonstration: app.config.demonstration,
            assets: app.assets.clone(),
        }
    }

    /// The address of an asset, with a mark of its content, so that a browser that kept an older one asks for the new.
    pub fn asset(&self, path: &str) -> String {
        self.assets.address(path)
    }

    pub fn signed_in(&self) -> bool {
        self.person_name.is_some()
    }

    pub fn home_href(&self) -> String {
        match &self.staff {
            Some(staff) => paths::Employer(&staff.employer_slug).work(),
            None => paths::JOBS.to_owned(),
        }
    }

    /// Adds a step to the trail above the title.
    pub fn crumb(mut self, text: impl Into<String>, href: impl Into<String>) -> Self {
        self.breadcrumbs.push(Crumb { text: text.into(), href: href.into() });
        self
    }
}

/// Marks a response as one of our own pages, so that the error pages leave it alone.
#[derive(Debug, Clone, Copy)]
pub struct OwnPage;

pub fn page<T: Template>(template: &T) -> Result<Response, AppError> {
    page_with(StatusCode::OK, template)
}

/// A form with problems: the same page again, 422.
pub fn page_again<T: Template>(template: &T) -> Result<Response, AppError> {
    page_with(StatusCode::UNPROCESSABLE_ENTITY, template)
}

pub fn page_with<T: Template>(status: StatusCode, template: &T) -> Result<Response, AppError> {
    let html = template.render()?;
    let mut response = (status, html).into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.extensions_mut().insert(OwnPage);
    Ok(response)
}

/// 303: after every post, so that loading again repeats nothing.
pub fn see_other(path: impl AsRef<str>) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    let location = HeaderValue::from_str(path.as_ref()).unwrap_or_else(|_| HeaderValue::from_static(paths::HOME));
    response.headers_mut().insert(LOCATION, location);
    response
}

/// The same, with a sentence for the next page to show.
pub fn see_other_saying(path: impl AsRef<str>, text: &str) -> Response {
    with_flash(see_other(path), 's', text)
}

/// The same, for what did not happen or needs attention.
pub fn see_other_noting(path: impl AsRef<str>, text: &str) -> Response {
    with_flash(see_other(path), 'n', text)
}

/// The same, with an "Undo" beside the sentence: `act` is where it is sent, `edit` what it takes back.
pub fn see_other_undoable(path: impl AsRef<str>, text: &str, act: &str, edit: i64) -> Response {
    let undo = format!("&{}&{edit}", paths::query_value(act));
    flashed(see_other(path), 's', text, &undo)
}

fn with_flash(response: Response, kind: char, text: &str) -> Response {
    flashed(response, kind, text, "")
}

fn flashed(mut response: Response, kind: char, text: &str, undo: &str) -> Response {
    let mut end = text.len().min(LONGEST_FLASH);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let value = paths::query_value(&text[..end]);
    let cookie = format!("{FLASH_COOKIE}={kind}{value}{undo}; Path=/; HttpOnly; SameSite=Lax; Max-Age=60");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

/// Reads the flash cookie's value. It is only ever shown as text, so that a forged one can say but not do.
pub fn read_flash(value: &str) -> Option<Flash> {
    let kind = match value.chars().next()? {
        's' => "success",
        'n' => "notice",
        _ => return None,
    };
    let mut parts = value[1..].split('&');
    let text = decoded(parts.next()?)?;
    let undo = parts.next().and_then(decoded).zip(parts.next().and_then(|edit| edit.parse().ok()));
    // The button may lead nowhere but to this one act of ours.
    let undo = undo.filter(|(act, _)| {
        paths::own_path(act).is_some_and(|act| act.starts_with("/staff/") && act.ends_with("/undo"))
    });
    Some(Flash { kind, text, undo })
}

/// The value that was percent-encoded.
fn decoded(value: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = value.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'%' => {
                let pair = [rest.next()?, rest.next()?];
                bytes.push(u8::from_str_radix(std::str::from_utf8(&pair).ok()?, 16).ok()?);
            }
            other => bytes.push(other),
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flash_survives_its_cookie() {
        let response = see_other_saying("/x", "Saved “Clerk” at 2:05pm; 100 %");
        let cookie = response.headers()[SET_COOKIE].to_str().unwrap();
        let value = cookie.split(['=', ';']).nth(1).unwrap();
        let flash = read_flash(value).unwrap();
        assert_eq!((flash.kind, flash.text.as_str()), ("success", "Saved “Clerk” at 2:05pm; 100 %"));
        assert_eq!(flash.undo, None);
    }

    #[test]
    fn only_our_own_undo_is_offered() {
        let read = |act: &str| {
            let response = see_other_undoable("/x", "Merged", act, 7);
            let cookie = response.headers()[SET_COOKIE].to_str().unwrap().to_owned();
            read_flash(cookie.split_once('=').unwrap().1.split(';').next().unwrap()).unwrap()
        };
        let own = "/staff/x/profiles/JP-0001/versions/1/undo";
        assert_eq!(read(own).undo, Some((own.to_owned(), 7)));
        for foreign in ["https://elsewhere.example/undo", "//elsewhere.example/staff/undo", "/staff/x/discard"] {
            assert_eq!(read(foreign).undo, None, "{foreign}");
        }
    }
}
