//! Starting on a template: the form asks, a document finds its places, and what is forged is refused.

use super::{of, ready, started, write};
use crate::imports::{LIBRARY, upload};

#[tokio::test]
async fn a_profile_begins_with_the_sections_of_the_template_that_its_author_chose() {
    let (site, world) = ready().await;
    let mut editor = started(&site, &world, "Council post specification").await;
    let headings = [
        "Purpose of the post",
        "Work of the post",
        "Tasks of the service",
        "What is referred upwards",
        "What the post needs",
        "Level of the post",
        "Working arrangements",
        "Council-wide requirements",
        "Changes to this document",
        "Further details",
    ];
    assert_eq!(editor.headings().await, headings);
    let page = editor.page().await;
    assert!(editor.browser.statements() <= 4, "{:?}", editor.browser.statement_texts());
    page.assert_text("Template: Council post specification");
    page.assert_text("After GOV.UK style guide: writing for GOV.UK.");
    page.assert_text("The template fixes this text.");
    assert!(!page.has_link("Change heading Purpose of the post"));
    let left = editor.browser.open(&format!("{}/submit", editor.path)).await;
    left.assert_text("“Purpose of the post” is empty, and the template requires it: write it");
    left.assert_no_text("What is referred upwards");
    write(&mut editor, "Purpose of the post", "Keeps the books.").await;
    let left = editor.browser.open(&format!("{}/submit", editor.path)).await;
    left.assert_no_text("“Purpose of the post” is empty");
}

#[tokio::test]
async fn the_one_that_is_usual_is_offered_first_and_a_forged_one_is_refused() {
    let (site, world) = ready().await;
    let trust = &world.trust;
    let mut admin = site.signed_in(&trust.admin).await;
    let page = of(&mut admin, trust, "NHS job description").await;
    admin.submit_and_follow(page.form("Begin new job profiles on it")).await;
    let mut author = site.signed_in(&trust.first.team.author).await;
    let form = author.open(&trust.path("profiles/new")).await.form("Start the draft");
    assert_eq!(form.options("Template")[0], "NHS job description");
    let form = form.fill("Job title", "Clerk").choose("Unit", &trust.first.name);
    let forged = author.submit(form.clone().forge("template", "999999")).await;
    assert_eq!(forged.problems(), ["That template is no longer in use: choose another"]);
    let begun = author.submit_and_follow(form.clone()).await;
    begun.assert_text("Key result areas");
    // Taken out of use, it is offered no more, and what was made on it stays.
    let page = of(&mut admin, trust, "NHS job description").await;
    let page = admin.submit_and_follow(page.form("Take it out of use")).await;
    assert_eq!(page.flash(), "Taken out of use. What was made on it stays as it is.");
    let form = author.open(&trust.path("profiles/new")).await.form("Start the draft");
    assert_eq!(form.options("Template")[0], "No template: purpose, duties and person specification");
    author.open(&trust.path("profiles/JP-0001/versions/1/edit")).await.assert_text("Template: NHS job description");
}

#[tokio::test]
async fn nobody_sees_the_templates_of_another_employer() {
    let (site, world) = ready().await;
    let id: i64 = sqlx::query_scalar("select min(id) from template").fetch_one(&site.db).await.unwrap();
    let mut other = site.signed_in(&world.council.admin).await;
    for rest in ["", "/edit", "/preview", "/sections/purpose"] {
        let page = other.get(&world.council.path(&format!("templates/{id}{rest}"))).await;
        assert_eq!(page.status, 404, "{rest}");
    }
    let unchanged = other.post(&world.council.path(&format!("templates/{id}/change")), &[]).await;
    assert_eq!(unchanged.status, 404);
    let mut manager = site.signed_in(&world.trust.first.team.manager).await;
    let page = of(&mut manager, &world.trust, "NHS job description").await;
    assert!(!page.has_button("Begin a change"));
    // An author of one unit does not decide for all.
    let mut author = site.signed_in(&world.trust.first.team.author).await;
    let refused = author.post(&world.trust.path(&format!("templates/{id}/change")), &[]).await;
    assert_eq!(refused.status, 403);
}

#[tokio::test]
async fn a_document_is_placed_into_the_template_that_was_chosen_for_it() {
    let (site, world) = ready().await;
    let trust = &world.trust;
    let mut author = site.signed_in(&trust.first.team.author).await;
    let report = upload(&mut author, trust, "library.txt", LIBRARY.as_bytes()).await;
    let report = author.follow(report).await;
    let form = report.form("Make the job profile").choose("Unit", &trust.first.name);
    let draft = author.submit_and_follow(form.choose("Template", "Council job profile with assessed criteria")).await;
    let headings: Vec<String> = draft.find("section[id^=section-] > h2");
    assert_eq!(headings[..3], ["Purpose of the job", "Who we are", "Duties of this job"]);
    draft.assert_text("Shelve returned books each morning.");
    assert_eq!(headings.iter().filter(|heading| *heading == "Person specification").count(), 1);
}
