//! The newest mail of the demonstration, with links that work.

use askama::Template;
use axum::response::Response;

use crate::clock::london_moment;
use crate::db::Queued;
use crate::error::AppError;
use crate::web::gate::{Anyone, As};
use crate::web::page::Frame;

/// Messages on the page.
const SHOWN: i64 = 30;

#[derive(Template)]
#[template(path = "demonstration/mail.html")]
struct MailPage {
    frame: Frame,
    messages: Vec<Shown>,
}

struct Shown {
    id: i64,
    to: String,
    subject: String,
    written: String,
    lines: Vec<Line>,
}

/// A line of a message.
#[derive(Debug, PartialEq, Eq)]
enum Line {
    Text(String),
    /// One of our own paths.
    Link(String),
}

pub async fn page(me: As<Anyone>) -> Result<Response, AppError> {
    // Elsewhere mail is for its reader alone.
    if !me.app.config.demonstration {
        return Err(AppError::NotFound);
    }
    let mut tx = me.begin().await?;
    let newest = tx.newest_messages(SHOWN).await?;
    let messages = newest.into_iter().map(|queued| shown(queued, &me.app.config.public_url)).collect();
    crate::web::page::page(&MailPage { frame: me.frame("Mail of this demonstration"), messages })
}

fn shown(queued: Queued, site: &str) -> Shown {
    Shown {
        id: queued.id,
        to: queued.message.to,
        subject: queued.message.subject,
        written: london_moment(queued.created_at),
        lines: queued.message.body.lines().map(|text| line(text, site)).collect(),
    }
}

/// Messages put each link on a line of its own. Only the path is kept, so that it works however this site is reached.
fn line(text: &str, site: &str) -> Line {
    match text.strip_prefix(site).filter(|path| path.starts_with('/') && !path.starts_with("//")) {
        Some(path) => Line::Link(path.to_owned()),
        None => Line::Text(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_links_to_this_site_are_links() {
        let site = "http://rolebook.test";
        assert_eq!(line("http://rolebook.test/confirm/1", site), Line::Link("/confirm/1".into()));
        for text in ["http://elsewhere.test/", "http://rolebook.test.elsewhere/x", "http://rolebook.test//x", "Hello"] {
            assert_eq!(line(text, site), Line::Text(text.into()));
        }
    }
}
