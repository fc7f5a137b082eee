//! A form that was sent after its session had ended: it travels through signing in, and is then sent where it belonged.
//!
//! The server keeps nothing of it: the pages carry it in hidden fields, and only to our own staff pages.

use askama::Template;
use axum::response::Response;

use crate::error::AppError;
use crate::policy::Person;
use crate::web::form::Submitted;
use crate::web::gate::{Anyone, As};
use crate::web::page::{Frame, page};
use crate::web::paths;

/// The largest form that is carried, in bytes as it was sent: far above the longest text of a line.
pub const LARGEST: usize = 300_000;
/// Fields that pages of ours hide: people never typed them.
const HIDDEN: [&str; 12] = [
    "key",
    "form_key",
    "revision",
    "base",
    "after",
    "under",
    "kind",
    "edit",
    "submission",
    "lock_version",
    "section",
    "next",
];

/// What was typed, and where it belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotSaved {
    pub to: String,
    pub fields: Vec<(String, String)>,
}

impl NotSaved {
    pub fn new(to: &str, fields: Vec<(String, String)>) -> Option<Self> {
        // A staff page of ours, and no other: the person's next press sends it there.
        let to = paths::own_path(to).filter(|to| to.starts_with("/staff/"))?.to_owned();
        Some(NotSaved { to, fields })
    }

    /// As the form that signs in carries it.
    pub fn carried(submitted: &Submitted) -> Option<Self> {
        Self::new(submitted.raw("unsaved_to"), serde_json::from_str(submitted.raw("unsaved")).ok()?)
    }

    pub fn packed(&self) -> String {
        serde_json::to_string(&self.fields).unwrap_or_default()
    }

    /// What a person typed or chose, with its name in words.
    fn typed(&self) -> Vec<(String, &str)> {
        let shown = self.fields.iter().filter(|(name, value)| !HIDDEN.contains(&name.as_str()) && !value.is_empty());
        shown.map(|(name, value)| (in_words(name), value.as_str())).collect()
    }
}

/// `reports_to` as `Reports to`.
fn in_words(name: &str) -> String {
    let mut words = name.replace('_', " ");
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    words
}

#[derive(Template)]
#[template(path = "account/not_saved.html")]
struct NotSavedPage<'a> {
    frame: Frame,
    name: &'a str,
    not_saved: &'a NotSaved,
    typed: Vec<(String, &'a str)>,
}

/// The page after signing in.
pub fn show(me: &As<Anyone>, person: &Person, not_saved: &NotSaved) -> Result<Response, AppError> {
    let mut frame = me.frame("Nothing is lost: this was not saved yet");
    frame.person_name = Some(person.name.clone());
    page(&NotSavedPage { frame, name: &person.name, typed: not_saved.typed(), not_saved })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_goes_to_our_own_staff_pages_alone() {
        for foreign in
            ["https://elsewhere.example/staff/", "//elsewhere.example/staff/x", "/sign-in", "/account/delete"]
        {
            assert_eq!(NotSaved::new(foreign, Vec::new()), None, "{foreign}");
        }
        assert!(NotSaved::new("/staff/marlowe/profiles/JP-0001/versions/1/details", Vec::new()).is_some());
    }

    #[test]
    fn it_shows_what_was_typed_alone() {
        let fields = [("key", "a1"), ("reports_to", "Matron"), ("text", "")];
        let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        let not_saved = NotSaved::new("/staff/x/y", fields.clone()).unwrap();
        assert_eq!(not_saved.typed(), [("Reports to".to_owned(), "Matron")]);
        let sent =
            Submitted::new(vec![("unsaved_to".into(), "/staff/x/y".into()), ("unsaved".into(), not_saved.packed())]);
        assert_eq!(NotSaved::carried(&sent), Some(NotSaved { fields, ..not_saved }));
    }
}
