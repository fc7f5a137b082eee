//! What authors and managers do on most ways to approval, through their pages.

use super::browser::Browser;
use super::desk::Desk;
use super::page::Page;
use super::people::World;
use super::site::Site;

/// A whole draft of the trust's first unit, by its author: where it is, and their browser.
pub async fn draft(site: &Site, world: &World) -> (String, Browser) {
    let team = &world.trust.first.team;
    let desk = Desk::new(site, &world.trust);
    desk.whole_draft(&team.author, &world.trust.first, "Stores assistant").await;
    let path = world.trust.path("profiles/JP-0001/versions/1");
    (path, site.signed_in(&team.author).await)
}

/// Sends a version for review to somebody, by name.
pub async fn send(browser: &mut Browser, path: &str, approver: &str) -> Page {
    let form = browser.open(&format!("{path}/submit")).await.form("Send for review");
    let form = form
        .choose("Who approves it", approver)
        .fill("What does this version change, and why?", "The whole text is new.")
        .choose("Is the change minor or major?", "Major: what the job does or needs")
        .choose("Might anything here affect the grade?", "No");
    let page = browser.submit_and_follow(form).await;
    assert_eq!(page.flash(), format!("Sent to {approver} for review"));
    page
}

/// Opens the first of a person's tasks.
pub async fn first_task(browser: &mut Browser, world: &World) -> Page {
    let work = browser.open(&world.trust.path("work")).await;
    let task = work.links().into_iter().find(|(_, href)| href.contains("/tasks/"));
    let (_, href) = task.unwrap_or_else(|| panic!("no task in: {}", work.main_text()));
    browser.open(&href).await
}

/// The manager of the first unit approves what waits for them.
pub async fn approve(site: &Site, world: &World) -> Page {
    let mut manager = site.signed_in(&world.trust.first.team.manager).await;
    let task = first_task(&mut manager, world).await;
    let page = manager.submit_and_follow(task.form("Approve")).await;
    assert_eq!(page.flash(), "You approved Stores assistant");
    page
}
