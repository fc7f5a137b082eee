//! The library: made, proposed, approved by somebody else, compared, found again.

use crate::support::site::Site;

#[tokio::test]
async fn a_text_holds_when_a_second_person_has_approved_it() {
    let site = Site::new().await;
    let world = site.world().await;
    let trust = &world.trust;
    let mut author = site.signed_in(&trust.whole.author).await;
    let page = author.open(&trust.path("clauses")).await;
    page.assert_text("No clause is like that.");
    let page = author.follow_link(&page, "Add a clause").await;
    let empty = author.submit(page.form("Add and propose it").fill("What is new, and why", "")).await;
    assert_eq!(
        empty.problems(),
        [
            "Give the clause a name, such as “Safeguarding”",
            "Write the text of the clause",
            "Say what is new and why: whoever approves it reads this"
        ]
    );
    let form = page.form("Add and propose it").fill("Name", "Lone working").fill("Heading", "Lone working");
    let form = form.fill("Text", "You tell the office where you are.").tick("Every post");
    let page = author.submit_and_follow(form.clone()).await;
    assert_eq!(page.flash(), "Added. Its text holds as soon as a second person has approved it.");
    page.assert_text("You proposed it, so somebody else has to approve it.");
    assert!(!page.has_button("Approve this text"));
    let own = author.submit_and_follow(page.form("Take it back").forge("decision", "approve")).await;
    assert_eq!(own.flash(), "You proposed this text, so somebody else has to approve it");
    let twice = author.submit(form).await;
    assert_eq!(twice.problems(), ["There is a clause of that name: change it, or choose another name"]);

    let mut admin = site.signed_in(&trust.admin).await;
    let list = admin.open(&trust.path("clauses")).await;
    list.assert_text("New text waits for approval");
    let page = admin.follow_link(&list, "Lone working").await;
    let page = admin.submit_and_follow(page.form("Approve this text")).await;
    page.assert_text("Text 1: In force");
    let again = admin.get(&trust.path("clauses.csv")).await;
    assert!(again.html().contains("You tell the office where you are."));
}

#[tokio::test]
async fn a_later_text_waits_for_its_day_in_london_and_the_texts_compare() {
    let site = Site::new().await;
    let world = site.world().await;
    let trust = &world.trust;
    let id = super::db_clause(&site, trust, "Smoking", "Smoking is allowed outside.", &["always"]).await;
    let mut author = site.signed_in(&trust.whole.author).await;
    let at = trust.path(&format!("clauses/{id}"));
    let page = author.open(&format!("{at}/propose")).await;
    let same = author.submit(page.form("Propose it").fill("What is new, and why", "Nothing")).await;
    assert_eq!(same.problems(), ["This is the text that holds already: change it, or give a last day"]);
    let tomorrow = site.app.clock.today().next_day().unwrap();
    let form = page.form("Propose it").fill("Text", "Smoking is allowed nowhere.").fill("What is new, and why", "Law");
    let late = author.submit(form.clone().fill("Holds from", "2020-01-01")).await;
    assert_eq!(late.problems(), ["It can’t hold from a day that has passed"]);
    let form = form.fill("Holds from", &tomorrow.to_string());
    author.submit_and_follow(form.clone()).await;
    let again = author.submit_and_follow(form).await;
    assert_eq!(again.flash(), "That text is proposed already");

    let mut admin = site.signed_in(&trust.admin).await;
    let page = admin.open(&at).await;
    let page = admin.submit_and_follow(page.form("Approve this text")).await;
    page.assert_text("Text 2: Approved");
    page.assert_text("Text 1: In force");
    // The day begins at midnight in London, whatever the date elsewhere.
    site.pass(rolebook::clock::start_of_day(tomorrow) - site.app.clock.now() - time::Duration::SECOND);
    let mut admin = site.signed_in(&trust.admin).await;
    admin.open(&at).await.assert_text("Text 1: In force");
    site.pass(time::Duration::SECOND);
    let page = admin.open(&at).await;
    page.assert_text("Text 2: In force");
    page.assert_text("Text 1: Earlier");
    let compared = admin.follow_link(&page, "Compare with the one before text 2").await;
    compared.assert_text("[removed: outside.]");
    compared.assert_text("[added: nowhere.]");
}
