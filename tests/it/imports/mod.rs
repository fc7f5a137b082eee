//! Importing documents, with the real program reading them in its child process.

mod choosing;
mod existing_profile;
mod from_word;
mod many;
mod new_profile;
mod refused;
#[path = "../../../src/documents/extract/tests/word.rs"]
#[allow(dead_code, reason = "the tests of the containers use the rest")]
mod word;

use crate::support::browser::Browser;
use crate::support::page::Page;
use crate::support::people::{Employer, Person, World};
use crate::support::site::Site;

/// A job description of our own wording, in the plainest layout.
pub const LIBRARY: &str = "JOB DESCRIPTION

Job title: Library Assistant
Grade: Grade 4
Hours: 37 hours per week
Reports to: Library Manager

Purpose of the job

To help visitors find and borrow what they need.

Main duties

1. Issue and take back books at the desk.
2. Answer questions from visitors by telephone and in person.
3. Shelve returned books each morning.

Person specification

Essential
- Good spoken and written English (A, I)
- Experience of work with the public (A, I)

Desirable
- A qualification in librarianship (A)
";

/// A site with its people, where the first employer has the grade that the document names.
pub async fn library() -> (Site, World) {
    let site = Site::new().await;
    let world = site.world().await;
    sqlx::query(
        "insert into grade (employer_id, pay_scheme, name, position, created_at) values ($1, 'NJC', 'Grade 4', 1, now())",
    )
    .bind(world.trust.id)
    .execute(&site.db)
    .await
    .unwrap();
    (site, world)
}

/// Uploads a document through the page and answers what came: a redirect to the report, or the page again.
pub async fn upload(browser: &mut Browser, employer: &Employer, name: &str, bytes: &[u8]) -> Page {
    let form = browser.open(&employer.path("import")).await.form("Read the document");
    browser.submit(form.attach("Job description", name, bytes)).await
}

/// Uploads a document that can be read, and answers its report.
pub async fn report(browser: &mut Browser, employer: &Employer, name: &str, text: &str) -> Page {
    let page = upload(browser, employer, name, text.as_bytes()).await;
    assert_eq!(page.status, 303, "{name} was refused: {:?}", page.problems());
    browser.follow(page).await
}

/// Makes a new profile of a document in a unit and answers where its editor is.
pub async fn new_profile(browser: &mut Browser, report: &Page, unit: &str) -> String {
    let made = browser.submit(report.form("Make the job profile").choose("Unit", unit)).await;
    made.location.unwrap_or_else(|| panic!("{} instead of a redirect", made.status))
}

/// Brings a profile's first version into force behind the pages, as submitted and approved.
pub async fn db_issue(site: &Site, profile: i64, author: &Person, manager: &Person) {
    sqlx::query(
        "update version set state = 'issued', submitted_by = $2, submitted_at = now(), approved_by = $3,
            approved_at = now(), issued_by = $2, issued_at = now(), effective_from = current_date
        where number = 1 and profile_id = (select id from profile where number = $1)",
    )
    .bind(profile as i32)
    .bind(author.membership)
    .bind(manager.membership)
    .execute(&site.db)
    .await
    .unwrap();
}

/// Identity, kind and text of every item of a version.
pub async fn db_items(site: &Site, version: i32) -> Vec<(i64, String, String)> {
    sqlx::query_as(
        "select i.item_id, i.kind, i.text from item i join version v on v.id = i.version_id where v.number = $1
        order by i.item_id",
    )
    .bind(version)
    .fetch_all(&site.db)
    .await
    .unwrap()
}
