//! Writing an advert's text: what is missing, two writers at once, pay, and the version that it shows.

use super::{desk, desk_with, whole};
use crate::support::versions::PAY_FROM_APRIL;

#[tokio::test]
async fn what_is_missing_is_listed_and_what_was_typed_is_kept() {
    let mut desk = desk().await;
    let form = desk.make().await;
    let sent = form
        .form("Save and ask")
        .fill("Closing date", "2026-01-14")
        .fill("E-mail address for questions", "nobody at home")
        .fill("Link, address or instructions", "javascript:alert(1)");
    let page = desk.author.submit(sent).await;
    assert_eq!(page.status, 422);
    assert_eq!(
        page.problems(),
        [
            "That is not an e-mail address",
            "Write the short text: what the job is and why it matters",
            "Choose the criminal record check, or say that there is none",
            "The closing date has passed",
            "The link has to start with https:// or http://",
        ]
    );
    assert_eq!(page.form("Save").value("E-mail address for questions"), "nobody at home");
    assert_eq!(desk.mail().await.len(), 0);
    // A gap is no reason not to save.
    let page = desk.author.submit_and_follow(form.form("Save").fill("Headline", "Begun")).await;
    assert_eq!(page.flash(), "Saved");
    page.assert_text("Next: write the rest.");
    assert!(page.has_link("Set the closing date"));
}

#[tokio::test]
async fn the_check_agrees_with_the_text_and_an_advert_ends_within_a_year() {
    let mut desk = desk().await;
    let form = desk.make().await;
    let sent = whole(&form, "Save and ask")
        .fill(
            "Short text",
            "You visit people at home. The post needs an enhanced DBS check with the adults' barred list.",
        )
        .fill("Criminal record check", "basic")
        .fill("Closing date", "2099-02-15")
        .fill("Interviews", "2026-02-01");
    let page = desk.author.submit(sent).await;
    assert_eq!(
        page.problems(),
        [
            "“Basic DBS check” is chosen, but the text says “The post needs an enhanced DBS check with the adults' \
             barred list”: choose what the job needs, and let both agree",
            "An advert is open for 12 months at most: choose 15 January 2027 or earlier",
            "Interviews are on 1 February 2026, and have to come after the closing date: move one of the two",
        ]
    );
    let right = page
        .form("Save and ask")
        .fill("Criminal record check", "enhanced_adults")
        .fill("Closing date", "2026-02-15")
        .fill("Interviews", "2026-02-25");
    assert_eq!(desk.author.submit(right).await.status, 303);
}

#[tokio::test]
async fn who_can_apply_is_never_opened_by_a_word_that_nobody_knows() {
    let mut desk = desk().await;
    let form = desk.make().await;
    let page = desk.author.submit(whole(&form, "Save").forge("audience", "everybody")).await;
    assert_eq!((page.status, page.problems()), (422, vec!["Choose who can apply".to_owned()]));
}

#[tokio::test]
async fn of_two_writers_the_second_is_told_and_loses_nothing() {
    let mut desk = desk().await;
    let mine = desk.make().await;
    let mut colleague = desk.site.signed_in(&desk.world.trust.whole.author).await;
    let theirs = colleague.open(&mine.path).await;
    colleague.submit_and_follow(theirs.form("Save").fill("Headline", "Theirs")).await;
    let page = desk.author.submit(mine.form("Save").fill("Headline", "Mine")).await;
    assert_eq!(page.problems(), ["Somebody else changed this to “Theirs” meanwhile: save again to use yours"]);
    assert_eq!(page.form("Save").value("Headline"), "Mine");
    let page = desk.author.submit_and_follow(page.form("Save")).await;
    page.assert_text("Mine");
}

#[tokio::test]
async fn the_salary_is_that_of_the_opening_day() {
    let mut desk = desk().await;
    let form = desk.make().await;
    let april = whole(&form, "Save")
        .fill("Opens on", "2026-04-01")
        .fill("Closing date", "2026-04-20")
        .fill("Interviews", "2026-04-28");
    let page = desk.author.submit_and_follow(april).await;
    page.assert_text(PAY_FROM_APRIL);
    page.assert_no_text("typed");
    let edit = desk.author.open(&form.path).await;
    let typed = edit
        .form("Save")
        .choose("Salary", "Typed here, and marked so for staff")
        .fill("Salary, if typed", "£30,000 a year");
    let page = desk.author.submit_and_follow(typed).await;
    page.assert_text("Salary: £30,000 a year typed");
}

#[tokio::test]
async fn a_grade_without_amounts_needs_a_typed_salary() {
    let mut desk = desk_with("Local").await;
    let form = desk.make().await;
    let page = desk.author.submit(whole(&form, "Save and ask")).await;
    assert_eq!(page.problems(), ["Give the salary: it has to be typed where the grade has no amounts"]);
    let page = desk.author.submit_and_follow(page.form("Save and ask").fill("Salary", "£31,000 a year")).await;
    page.assert_text("Salary: £31,000 a year typed");
}

#[tokio::test]
async fn an_advert_keeps_its_version_until_somebody_moves_it() {
    let mut desk = desk().await;
    let page = desk.confirmed().await;
    let trust = desk.world.trust.clone();
    desk.site.db_next_issued(&trust, &trust.first, &desk.version).await;
    let page = desk.author.open(&page.path).await;
    page.assert_text("Version 2 of this job profile has come into force. This advert shows version 1.");
    let page = desk.author.submit_and_follow(page.form("Show version 2")).await;
    page.assert_no_text("has come into force");
    assert!(!page.has_button("Publish the advert"), "it has to be confirmed again");
    assert!(page.has_link("JP-0001 version 2"));
    let old = desk.path(&format!("{}/adverts", desk.version.path()));
    assert_eq!(desk.author.post(&old, &[]).await.status, 409, "a superseded version is not advertised");
}
