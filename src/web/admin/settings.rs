//! What an administrator sets up for the employer, each with a sentence that says what it decides.

use askama::Template;
use axum::response::Response;

use crate::error::AppError;
use crate::web::gate::{Admins, As};
use crate::web::page::{Frame, page};
use crate::web::paths::Employer;

#[derive(Template)]
#[template(path = "admin/settings.html")]
struct SettingsPage {
    frame: Frame,
    groups: Vec<Group>,
}

struct Group {
    name: &'static str,
    pages: Vec<Setting>,
}

struct Setting {
    href: String,
    name: &'static str,
    decides: &'static str,
}

pub async fn show(me: As<Admins>) -> Result<Response, AppError> {
    page(&SettingsPage { frame: me.frame("Settings"), groups: groups(me.paths()) })
}

fn groups(paths: Employer<'_>) -> Vec<Group> {
    let setting = |href, name, decides| Setting { href, name, decides };
    vec![
        Group {
            name: "People",
            pages: vec![
                setting(paths.people(), "People", "Who works here, and what their roles let them do"),
                setting(paths.units(), "Units", "Directorates, services and teams, and who manages each"),
            ],
        },
        Group {
            name: "Reviews",
            pages: vec![
                setting(
                    paths.routes(),
                    "Routes to approval",
                    "Who is asked before a version is approved, and in which order",
                ),
                setting(
                    paths.review_settings(),
                    "How long reviews may take",
                    "When somebody is reminded, when a late one comes to you, and how often a profile is looked at again",
                ),
            ],
        },
        Group {
            name: "Documents and adverts",
            pages: vec![
                setting(paths.templates(), "Templates", "Which sections a job profile has, and what holds of each"),
                setting(paths.clauses(), "Standard clauses", "Texts that many profiles share, kept once"),
                setting(paths.pay(), "Pay", "What grades pay from which day on, and pay awards"),
                setting(paths.glossary(), "Glossary", "Short forms that are explained where each first stands"),
                setting(paths.brand(), "Logo and colour", "How documents and adverts look"),
            ],
        },
        Group {
            name: "Records",
            pages: vec![
                setting(paths.audit(), "Audit", "Who did what, and when"),
                setting(paths.mail(), "Mail", "What was sent, and what could not be sent"),
            ],
        },
    ]
}
