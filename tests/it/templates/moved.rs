//! Drafts that move with their template: nothing that is written is lost, and what is in force stays.

use rolebook::domain::ids::VersionId;

use super::{bind, of, ready, started, write};
use crate::support::desk::Desk;
use crate::support::editor::item;

#[tokio::test]
async fn what_loses_its_place_is_shown_before_and_kept_in_sight_after() {
    let (site, world) = ready().await;
    let trust = &world.trust;
    let mut editor = started(&site, &world, "NHS job description").await;
    write(&mut editor, "About the service", "Forty people in three places.").await;
    write(&mut editor, "Job summary", "Keeps the books.").await;
    let line = item(&editor.page().await, "Forty people");
    let mut admin = site.signed_in(&trust.admin).await;
    let page = of(&mut admin, trust, "NHS job description").await;
    let edit = admin.submit_and_follow(page.form("Begin a change")).await;
    let edit = admin.submit_and_follow(edit.form("Remove About the service")).await;
    let preview = admin.follow_link(&edit, "See what it changes").await;
    assert!(admin.statements() <= 4, "{:?}", admin.statement_texts());
    preview.assert_text("Tried on 1 real job profile.");
    preview.assert_text("Loses its place, and is kept in sight About the service");
    preview.assert_text("One draft moves to it.");
    editor.page().await.assert_no_text("Kept from the earlier template");
    let page = bind(&mut admin, &edit, "Adverts say it.").await;
    assert!(page.flash().starts_with("In use from now on. 1 draft was moved."), "{}", page.flash());
    let page = editor.page().await;
    page.assert_text("Kept from the earlier template.");
    assert_eq!(item(&page, "Forty people"), line, "the line is the same line");
    assert_eq!(editor.headings().await.last().map(String::as_str), Some("About the service"));
    let left = editor.browser.open(&format!("{}/submit", editor.path)).await;
    left.assert_text("“About the service” has no place in the template: place it or delete it");
    // Into a section that is written it goes at the end, and every line stays itself.
    let form = page.form("Place it").choose("Where About the service goes", "Into Job summary");
    let page = editor.browser.submit_and_follow(form).await;
    assert_eq!(page.flash(), "Placed About the service into Job summary.");
    assert_eq!(editor.lines("Job summary").await, ["Keeps the books.", "Forty people in three places."]);
    assert_eq!(item(&editor.page().await, "Forty people"), line);
    assert!(!editor.headings().await.contains(&"About the service".to_owned()));
}

#[tokio::test]
async fn a_draft_without_a_template_moves_onto_one_and_can_stay_its_own() {
    let (site, world) = ready().await;
    let desk = Desk::new(&site, &world.trust);
    let author = &world.trust.first.team.author;
    let begun = desk.whole_draft(author, &world.trust.first, "Stores assistant").await;
    let before = desk.content(begun.version).await;
    let mut browser = site.signed_in(author).await;
    let at = world.trust.path("profiles/JP-0001/versions/1");
    let page = browser.open(&format!("{at}/template")).await;
    let form = page.form("See what it changes here").choose("Template", "Council post specification");
    let tried = browser.submit(form).await;
    assert!(browser.statements() <= 4, "{:?}", browser.statement_texts());
    tried.assert_text("Loses its place, and is kept in sight");
    let page = browser.submit_and_follow(tried.form("Move the draft to it")).await;
    page.assert_text("Kept from the earlier template.");
    let after = desk.content(begun.version).await;
    for item in before.all_items() {
        let (_, now) = after.item(item.id).unwrap_or_else(|| panic!("lost: {}", item.text));
        assert_eq!(now, item);
    }
    // Each that is kept can stay a section of its own.
    let mut page = page;
    while page.has_button("Place it") {
        let form = page.dom();
        let css = crate::support::page::selector("form[action$=settle]");
        let action = form.select(&css).next().unwrap().attr("action").unwrap().to_owned();
        let done = browser.post(&action, &[("into", "own")]).await;
        assert_eq!(done.status, 303);
        page = browser.open(&format!("{at}/edit")).await;
    }
    let forged = browser.post(&format!("{at}/template"), &[("template", "999999")]).await;
    assert_eq!(forged.status, 303);
    assert_eq!(
        browser.follow(forged).await.flash(),
        "Nothing was changed: that template is not in use. Choose another"
    );
    assert_eq!(desk.version(begun.version).await.template.unwrap().name, "Council post specification");
}

#[tokio::test]
async fn what_the_template_fixes_nobody_changes() {
    let (site, world) = ready().await;
    let mut editor = started(&site, &world, "Council post specification").await;
    let page = editor.page().await;
    let fixed = item(&page, "This document says");
    let section: i64 = sqlx::query_scalar("select section_id from item where item_id = $1")
        .bind(fixed)
        .fetch_one(&site.db)
        .await
        .unwrap();
    let path = editor.path.clone();
    let fields = [("revision", "1"), ("text", "Other words."), ("key", "a1b2")];
    for rest in [
        format!("items/{fixed}/save"),
        format!("items/{fixed}/delete"),
        format!("sections/{section}/items?kind=paragraph"),
    ] {
        let refused = editor.browser.post(&format!("{path}/{rest}"), &fields).await;
        assert!([409, 422, 400].contains(&refused.status), "{rest}: {}", refused.status);
    }
    let refused = editor.browser.post(&format!("{path}/items/{fixed}/delete"), &[]).await;
    refused.assert_text("The template fixes the text of this section, so it was not changed.");
    for act in ["delete", "rename"] {
        let fields = [("revision", "1"), ("section_heading", "Mine")];
        let refused = editor.browser.post(&format!("{path}/sections/{section}/{act}"), &fields).await;
        assert_eq!(refused.status, 409, "{act}");
    }
    let purpose: i64 =
        sqlx::query_scalar("select section_id from section where slot = 'purpose'").fetch_one(&site.db).await.unwrap();
    let refused = editor.browser.post(&format!("{path}/sections/{purpose}/delete"), &[]).await;
    refused.assert_text("This section belongs to the template");
    assert_eq!(editor.lines("Changes to this document").await.len(), 1);
}

#[tokio::test]
async fn what_is_in_force_keeps_its_template_and_the_next_draft_takes_the_new_one() {
    let (site, world) = ready().await;
    let trust = &world.trust;
    let issued = site.db_issued(trust, &trust.first, "Clerk", "Band 4").await;
    let draft = site.db_next_draft(trust, &trust.first, &issued).await;
    let mut author = site.signed_in(&trust.first.team.author).await;
    let at = trust.path(&format!("{}/template", draft.path()));
    let form = author.open(&at).await.form("See what it changes here").choose("Template", "NHS job description");
    let tried = author.submit(form).await;
    author.submit_and_follow(tried.form("Move the draft to it")).await;
    // The version before has set a day that is still to come, which would stand.
    sqlx::query("update profile set review_date = null").execute(&site.db).await.unwrap();
    bring_into_force(&site, &world, draft.id).await;
    let review: Option<time::Date> =
        sqlx::query_scalar("select review_date from profile").fetch_one(&site.db).await.unwrap();
    let in_three_years = site.app.clock.today().replace_year(site.app.clock.today().year() + 3).unwrap();
    assert_eq!(review, Some(in_three_years), "the template says when it is looked at again");

    let desk = Desk::new(&site, trust);
    let before = desk.content(draft.id).await;
    let mut admin = site.signed_in(&trust.admin).await;
    let page = of(&mut admin, trust, "NHS job description").await;
    let edit = admin.submit_and_follow(page.form("Begin a change")).await;
    let form = admin.follow_link(&edit, "Change Job summary").await.form("Save the section");
    let edit = admin.submit_and_follow(form.fill("Heading", "Why the post exists")).await;
    bind(&mut admin, &edit, "Plain words.").await;
    assert_eq!(desk.content(draft.id).await, before, "what is in force stays as it is");
    let page = author.open(&trust.path("profiles/JP-0001")).await;
    let started = author.submit_and_follow(page.form("Start the next draft")).await;
    started.assert_text("Why the post exists");
    let next = desk.version(VersionId(next_id(&site).await)).await;
    assert_eq!(next.template.map(|template| template.edition), Some(2));
}

async fn next_id(site: &crate::support::site::Site) -> i64 {
    sqlx::query_scalar("select max(id) from version").fetch_one(&site.db).await.unwrap()
}

/// Whatever its template still asks.
async fn bring_into_force(site: &crate::support::site::Site, world: &crate::support::people::World, id: VersionId) {
    let (author, admin) = (world.trust.first.team.author.membership, world.trust.admin.membership);
    sqlx::query("update version set state = 'superseded', superseded_at = now() where state = 'issued'")
        .execute(&site.db)
        .await
        .unwrap();
    sqlx::query(
        "update version set state = 'issued', submitted_by = $2, submitted_at = now(), approved_by = $3,
            approved_at = now(), issued_by = $2, issued_at = now(), effective_from = $4 where id = $1",
    )
    .bind(id.0)
    .bind(author)
    .bind(admin)
    .bind(site.app.clock.today())
    .execute(&site.db)
    .await
    .unwrap();
}
