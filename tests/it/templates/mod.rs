//! Templates: begun on, written, tried, brought into use; drafts that move and lose nothing; what documents show.

mod begun;
mod changed;
mod families;
mod moved;
mod moving;
mod printed;

use rolebook::domain::ids::EmployerId;
use rolebook::reference::templates::starter_templates;

use crate::support::browser::Browser;
use crate::support::editor::Editor;
use crate::support::page::Page;
use crate::support::people::{Employer, World};
use crate::support::site::Site;

/// A site where the first employer has the ready templates.
pub async fn ready() -> (Site, World) {
    let site = Site::new().await;
    let world = site.world().await;
    let mut tx = site.tx().await;
    let at = site.app.clock.now();
    tx.add_starter_templates(EmployerId(world.trust.id), &starter_templates().unwrap(), at).await.unwrap();
    tx.commit().await.unwrap();
    (site, world)
}

/// A new profile on that template, as its author makes it.
pub async fn started(site: &Site, world: &World, template: &str) -> Editor {
    let mut browser = site.signed_in(&world.trust.first.team.author).await;
    let form = browser.open(&world.trust.path("profiles/new")).await.form("Start the draft");
    let form = form.fill("Job title", "Clerk").choose("Unit", &world.trust.first.name).choose("Template", template);
    let page = browser.submit(form).await;
    assert_eq!(page.status, 303, "{:?}", page.problems());
    let path = page.header("location").split_once("/edit").unwrap().0.to_owned();
    Editor::new(browser, path)
}

/// Adds a paragraph to a section of text.
pub async fn write(editor: &mut Editor, heading: &str, words: &str) {
    let words = words.to_owned();
    let link = format!("Add a paragraph to {heading}");
    editor.add(&link, |form| form.fill("Paragraph", &words)).await;
}

/// The page of a template, by its name.
pub async fn of(browser: &mut Browser, employer: &Employer, name: &str) -> Page {
    let list = browser.open(&employer.path("templates")).await;
    browser.follow_link(&list, name).await
}

/// Brings what is being written into use.
pub async fn bind(browser: &mut Browser, edit: &Page, why: &str) -> Page {
    let preview = browser.follow_link(edit, "See what it changes").await;
    browser.submit_and_follow(preview.form("Bring it into use").fill("Why it changes", why)).await
}
