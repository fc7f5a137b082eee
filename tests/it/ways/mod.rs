//! Routes to approval: steps in order and together, who takes each, what follows a decision, and steering one.

mod by_link;
mod deciding;
mod exceptions;
mod guests;
mod guests_wait;
mod holds;
mod impact;
mod jumping;
mod largest;
mod making;
mod roles;
mod steering;
mod walk;

use crate::support::browser::Browser;
use crate::support::form::Form;
use crate::support::page::Page;
use crate::support::people::World;
use crate::support::site::Site;

/// A step of a route as the form takes it: kind, who is asked, number in the order, and more fields.
pub type Wanted<'a> = (&'a str, &'a str, &'a str, &'a [(&'a str, &'a str)]);

/// An administrator saves a route for the whole employer.
pub async fn make_route(site: &Site, world: &World, keeps: bool, steps: &[Wanted<'_>]) -> Page {
    let mut admin = site.signed_in(&world.trust.admin).await;
    let page = admin.open(&world.trust.path("routes/new")).await;
    let mut form: Form = page.form("Save the route").fill("Name of the route", "The long way");
    form = form.forge("keeps", if keeps { "yes" } else { "no" }).forge("steps", &steps.len().to_string());
    for (number, (kind, asked, place, more)) in steps.iter().enumerate() {
        let field = |name: &str| format!("step_{number}_{name}");
        form = form.forge(&field("kind"), kind).forge(&field("asked"), asked).forge(&field("place"), place);
        for (name, value) in *more {
            form = form.forge(&field(name), value);
        }
    }
    let page = admin.submit_and_follow(form.forge("do", "save")).await;
    assert!(page.flash().starts_with("Saved “The long way”"), "{} {:?}", page.flash(), page.problems());
    page
}

/// Sends the draft on its route, as a major change that does not affect the grade.
pub async fn send_on_its_way(author: &mut Browser, path: &str) -> Page {
    let form = author.open(&format!("{path}/submit")).await.form("Send for review");
    let form = form.fill("note", "The whole text is new.").choose("kind", "major").choose("affects_grade", "no");
    author.submit_and_follow(form).await
}

/// The same link with another last letter.
pub fn altered(link: &str) -> String {
    let (rest, last) = link.split_at(link.len() - 1);
    format!("{rest}{}", if last == "0" { "1" } else { "0" })
}

/// Kinds of open tasks with who holds them, by name.
pub async fn db_open(site: &Site) -> Vec<(String, String)> {
    let sql = "select kind, member_name(assigned_to) from task where closed_at is null order by kind, assigned_to";
    sqlx::query_as(sql).fetch_all(&site.db).await.unwrap()
}

pub fn open(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(kind, who)| ((*kind).to_owned(), (*who).to_owned())).collect()
}

pub async fn db_state(site: &Site) -> String {
    sqlx::query_scalar("select state from version order by id desc limit 1").fetch_one(&site.db).await.unwrap()
}
