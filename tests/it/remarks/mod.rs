//! Comments and suggestions beside the lines of a version: who may, what becomes of them, and who is told.

mod commenting;
mod deciding;
mod refused;
mod suggesting;

use rolebook::domain::ids::VersionId;

use crate::support::browser::Browser;
use crate::support::desk::Desk;
use crate::support::editor::item;
use crate::support::page::Page;
use crate::support::people::{Person, World};
use crate::support::site::Site;

/// A draft of everything, by the first unit's author, and what a story needs to walk around it.
struct Stage {
    site: Site,
    world: World,
    version: VersionId,
    /// The version's address.
    path: String,
}

impl Stage {
    async fn new() -> Stage {
        let site = Site::new().await;
        let world = site.world().await;
        let team = &world.trust.first.team;
        let desk = Desk::new(&site, &world.trust);
        let version = desk.whole_draft(&team.author, &world.trust.first, "Stores assistant").await.version;
        let path = world.trust.path("profiles/JP-0001/versions/1");
        Stage { site, world, version, path }
    }

    fn author(&self) -> &Person {
        &self.world.trust.first.team.author
    }

    fn manager(&self) -> &Person {
        &self.world.trust.first.team.manager
    }

    async fn submit(&self) {
        let desk = Desk::new(&self.site, &self.world.trust);
        desk.submit(self.version, self.author(), self.manager()).await.unwrap();
    }

    async fn request_changes(&self) {
        let desk = Desk::new(&self.site, &self.world.trust);
        desk.request_changes(self.version, self.manager()).await.unwrap();
    }

    /// Reads the version with remarks offered beside every line.
    async fn read(&self, browser: &mut Browser) -> Page {
        browser.open(&format!("{}?remarks=on", self.path)).await
    }

    /// Opens a form in place beside the line that begins so: `comment`, `suggest` or `add`.
    async fn open(&self, browser: &mut Browser, what: &str, line: &str) -> Page {
        let id = item(&self.read(browser).await, line);
        browser.open(&format!("{}?{what}=item-{id}", self.path)).await
    }

    /// Suggests other words for the duty that begins so.
    async fn suggest(&self, browser: &mut Browser, line: &str, words: &str, why: &str) -> Page {
        let form = self.open(browser, "suggest", line).await.form("Suggest it");
        browser.submit_and_follow(form.fill("Duty", words).fill("why", why)).await
    }

    /// What the line of that duty says now.
    async fn duty(&self, browser: &mut Browser, line: &str) -> String {
        let page = browser.open(&format!("{}/edit", self.path)).await;
        let id = item(&page, line);
        page.find(&format!("#item-{id} .rb-item__text")).concat()
    }
}
