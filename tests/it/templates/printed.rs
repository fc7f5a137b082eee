//! What documents and adverts show of a draft on a template.

use super::{bind, of, ready, started, write};

#[tokio::test]
async fn applicants_read_what_the_template_shows_them_under_its_headings() {
    let (site, world) = ready().await;
    let trust = &world.trust;
    let mut editor = started(&site, &world, "Council job profile with factor levels").await;
    write(&mut editor, "Main purpose", "Keeps the books.").await;
    write(&mut editor, "Freedom to decide", "Asks before spending.").await;
    editor.add("Add a duty to Accountabilities", |form| form.fill("Duty", "Orders stock.")).await;
    let form = |form: crate::support::form::Form| {
        form.fill("Demand", "Lifting boxes").choose("Is it part of this job?", "Yes")
    };
    editor.add("Add a demand to Working environment", form).await;
    let preview = format!("{}/preview?as=advert", editor.path);
    // What was just done is said once, on the next page.
    editor.page().await;
    let page = editor.browser.open(&preview).await;
    page.assert_text("Accountabilities");
    page.assert_text("Asks before spending.");
    page.assert_no_text("Lifting boxes");

    let mut admin = site.signed_in(&trust.admin).await;
    let page = of(&mut admin, trust, "Council job profile with factor levels").await;
    let edit = admin.submit_and_follow(page.form("Begin a change")).await;
    let reads = "Applicants read it: in the advert, on its page and in the pack";
    let form = admin.follow_link(&edit, "Change Freedom to decide").await.form("Save the section");
    let edit = admin.submit_and_follow(form.untick(reads)).await;
    let form = admin.follow_link(&edit, "Change Working environment").await.form("Save the section");
    let edit = admin.submit_and_follow(form.tick(reads)).await;
    let form = admin.follow_link(&edit, "Change Accountabilities").await.form("Save the section");
    let edit = admin.submit_and_follow(form.choose("Its lines have", "Bullets, no numbers")).await;
    bind(&mut admin, &edit, "Applicants asked.").await;
    let page = editor.browser.open(&preview).await;
    page.assert_no_text("Asks before spending.");
    page.assert_text("Lifting boxes");
    let text = editor.browser.get(&format!("{}/file?as=txt", editor.path)).await.html();
    assert!(
        text.contains("Orders stock.") && !text.contains("1 Orders stock.") && !text.contains("1. Orders stock."),
        "{text}"
    );
    let order = ["Main purpose", "Accountabilities", "Working environment", "Freedom to decide"];
    let places: Vec<usize> =
        order.iter().map(|heading| text.to_lowercase().find(&heading.to_lowercase()).unwrap()).collect();
    assert!(places.is_sorted(), "{text}");
    assert!(!text.to_lowercase().contains("where the post stands\n\nnothing"), "{text}");
}
