//! The account page: who you are here, the adverts that you keep, and the ways to change either.

use askama::Template;
use axum::response::Response;

use crate::clock::london_date;
use crate::db::SavedAdvert;
use crate::domain::text::{count, long_date};
use crate::error::AppError;
use crate::policy::Person;
use crate::web::gate::{As, SignedIn};
use crate::web::page::Frame;
use crate::web::paths;

#[derive(Template)]
#[template(path = "account/overview.html")]
struct AccountPage {
    frame: Frame,
    person: Person,
    employers: Vec<(String, String)>,
    /// When mail about their work comes; empty for somebody who has none here.
    mail: String,
    saved: Vec<Saved>,
}

struct Saved {
    href: String,
    remove: String,
    title: String,
    facts: String,
    state: &'static str,
}

impl AccountPage {
    fn saved_count(&self) -> String {
        count(self.saved.len(), "advert saved", "adverts saved")
    }
}

pub async fn page(me: As<SignedIn>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let saved = tx.saved_adverts(me.who.person.id, me.now).await?;
    let mail = match me.who.employers.is_empty() {
        true => String::new(),
        false => super::mail::in_words(tx.mail_times(me.who.person.id).await?),
    };
    let employers =
        me.who.employers.iter().map(|employer| (paths::Employer(&employer.slug).work(), employer.name.clone()));
    crate::web::page::page(&AccountPage {
        frame: me.frame("Your account"),
        person: me.who.person.clone(),
        employers: employers.collect(),
        mail,
        saved: saved.into_iter().map(shown).collect(),
    })
}

fn shown(advert: SavedAdvert) -> Saved {
    let closes = advert.closes_on.map(|day| format!(" · closes {}", long_date(day))).unwrap_or_default();
    Saved {
        href: paths::job(advert.id),
        remove: paths::remove_saved(advert.id),
        facts: format!("{}{closes} · saved {}", advert.employer, long_date(london_date(advert.saved_at))),
        title: advert.title,
        state: advert.standing.label(),
    }
}
