//! Who confirms a text, and what a change does to that.

use rolebook::web::author::adverts::ARCHIVED;

use super::{desk, whole};
use crate::support::people::db_role;

#[tokio::test]
async fn only_the_hiring_manager_confirms_and_never_a_writer() {
    let mut desk = desk().await;
    let page = desk.write("Save and ask").await;
    let confirm = format!("{}/confirm", page.path);
    let fields = [("lock_version", "4")];
    assert_eq!(desk.author.get(&confirm).await.status, 403, "the writer is no hiring manager");
    assert_eq!(desk.author.post(&confirm, &fields).await.status, 403);

    let world = desk.world.clone();
    let mut other = desk.site.signed_in(&world.trust.whole.manager).await;
    let told = other.open(&confirm).await;
    assert_eq!(told.flash(), "Only the hiring manager who was asked can decide on this text");
    assert_eq!(other.post(&confirm, &fields).await.status, 403);
    assert_eq!(
        other.post(&format!("{}/return", page.path), &[("remark", "x"), ("lock_version", "4")]).await.status,
        403
    );
    for stranger in [&world.trust.second.team.manager, &world.council.first.team.manager, &world.applicant] {
        let mut browser = desk.site.signed_in(stranger).await;
        assert_eq!(browser.get(&confirm).await.status, 404, "{}", stranger.name);
        assert_eq!(browser.post(&confirm, &fields).await.status, 404, "{}", stranger.name);
        assert_eq!(browser.get(&page.path).await.status, 404, "{}", stranger.name);
    }
    let state: String = sqlx::query_scalar("select state from advert").fetch_one(&desk.site.db).await.unwrap();
    assert_eq!(state, "draft");
}

#[tokio::test]
async fn who_wrote_on_the_text_is_not_offered_as_its_hiring_manager() {
    let mut desk = desk().await;
    let manager = desk.world.trust.first.team.manager.clone();
    let team = &desk.world.trust.first;
    db_role(&desk.site.db, desk.world.trust.id, &manager, "author", Some(team.id)).await;
    let form = desk.make().await;
    let edit = form.path.clone();
    let written = desk.manager.open(&edit).await;
    assert!(!written.form("Save").options("Hiring manager").contains(&manager.name), "not oneself");
    let words = written.form("Save").fill("Headline", "In my own words");
    desk.manager.submit_and_follow(words).await;
    let form = desk.author.open(&edit).await;
    let other = &desk.world.trust.whole.manager.name;
    assert_eq!(form.form("Save").options("Hiring manager"), ["Choose a hiring manager", other.as_str()]);
    let forged = whole(&form, "Save and ask").forge("hiring_manager", &manager.membership.unwrap().to_string());
    let page = desk.author.submit(forged).await;
    assert_eq!(page.status, 422);
    assert_eq!(
        page.problems(),
        ["Choose a hiring manager who did not write on this text: nobody confirms their own words"]
    );
}

#[tokio::test]
async fn a_remark_reaches_the_writer() {
    let mut desk = desk().await;
    let page = desk.write("Save and ask").await;
    let read = desk.manager.open(&format!("{}/confirm", page.path)).await;
    let again = desk.manager.submit(read.form("Return it")).await;
    assert_eq!(
        (again.status, again.problems()),
        (422, vec!["Say what has to change: the remark goes to the writer".to_owned()])
    );
    let sent = again.form("Return it").fill("What has to change", "Say that weekends rotate.");
    let after = desk.manager.submit_and_follow(sent).await;
    assert_eq!(after.flash(), "The text went back to its writer with your remark");
    let mail = desk.mail().await;
    assert_eq!(mail[1].0, desk.world.trust.first.team.author.email);
    assert!(mail[1].2.contains("Say that weekends rotate."));
    assert_eq!(desk.tasks().await, [("confirm_advert".to_owned(), Some("changes_requested".to_owned()))]);
    let page = desk.author.open(&page.path).await;
    page.assert_text("returned the text on 15 January 2026: Say that weekends rotate.");
    // Asked again, the remark has done its work.
    let page = desk.author.submit_and_follow(page.form("Ask ")).await;
    page.assert_no_text("Say that weekends rotate.");
    let read = desk.manager.open(&format!("{}/confirm", page.path)).await;
    assert_eq!(read.heading(), "Confirm the advert for Community nurse");
}

#[tokio::test]
async fn a_later_change_takes_the_confirmation_back_and_says_so() {
    let mut desk = desk().await;
    let page = desk.confirmed().await;
    let publish = page.form("Publish the advert");
    let edit = desk.author.follow_link(&page, "Change the text").await;
    let untouched = desk.author.submit_and_follow(edit.form("Save")).await;
    assert_eq!(untouched.flash(), "Nothing was changed");
    assert!(untouched.has_button("Publish the advert"));

    let manager = desk.world.trust.first.team.manager.name.clone();
    let changed = desk.author.submit_and_follow(edit.form("Save").fill("Headline", "Another line")).await;
    assert_eq!(
        changed.flash(),
        format!("Saved. {manager} confirmed an earlier text, so that it has to be confirmed again")
    );
    assert!(!changed.has_button("Publish the advert"));
    let refused = desk.author.submit(publish).await;
    assert_eq!((refused.status, refused.problems().len()), (422, 1), "the old page's button does nothing");

    // The same for a question that is open: nobody confirms a text that moves.
    let asked = desk.author.submit_and_follow(changed.form("Ask ")).await;
    let reading = desk.manager.open(&format!("{}/confirm", asked.path)).await;
    let edit = desk.author.follow_link(&asked, "Change the text").await;
    let saved = desk.author.submit_and_follow(edit.form("Save").fill("Headline", "A third line")).await;
    assert!(saved.flash().contains("is no longer asked to confirm it"), "{}", saved.flash());
    let late = desk.manager.submit_and_follow(reading.form("Confirm the text")).await;
    assert_eq!(
        late.flash(),
        "Nobody is asked to confirm this text at present: it changed, or it was decided on already"
    );
    assert!(!late.has_button("Publish the advert"));
}

#[tokio::test]
async fn an_advert_of_an_archived_profile_goes_no_further() {
    let mut desk = desk().await;
    let asked = desk.write("Save and ask").await;
    let confirm = desk.manager.open(&format!("{}/confirm", asked.path)).await.form("Confirm the text");
    let archive =
        "update profile set retired_at = now(), retired_by = owner_id, retired_reason = 'Two jobs became one'";
    let restore = "update profile set retired_at = null, retired_by = null, retired_reason = null";
    sqlx::query(archive).execute(&desk.site.db).await.unwrap();
    let page = desk.manager.submit_and_follow(confirm.clone()).await;
    assert_eq!(page.flash(), ARCHIVED);

    sqlx::query(restore).execute(&desk.site.db).await.unwrap();
    desk.manager.submit_and_follow(confirm).await;
    let ready = desk.author.open(&asked.path).await.form("Publish the advert");
    sqlx::query(archive).execute(&desk.site.db).await.unwrap();
    let page = desk.author.submit(ready).await;
    assert_eq!((page.status, page.problems()), (422, vec![ARCHIVED.to_owned()]));

    let changed = desk.author.open(&format!("{}/edit", asked.path)).await;
    let page = desk.author.submit(changed.form("Save and ask").fill("Headline", "Another one")).await;
    assert_eq!((page.status, page.problems()), (422, vec![ARCHIVED.to_owned()]));
    let page = desk.author.post(&format!("{}/ask", asked.path), &[]).await;
    assert_eq!(page.status, 422);
}
