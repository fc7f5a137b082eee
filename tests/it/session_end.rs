//! Sessions that end while somebody types: without script too, what was sent is carried through signing in.

use time::Duration;

use crate::support::author::draft;
use crate::support::editor::Editor;
use crate::support::people::PASSWORD;
use crate::support::site::Site;

#[tokio::test]
async fn a_form_sent_after_the_session_ended_is_carried_through_signing_in() {
    let site = Site::new().await;
    let world = site.world().await;
    let (path, browser) = draft(&site, &world).await;
    let mut editor = Editor::new(browser, path);
    let text = "Leads “six” <b>people</b> & more.\nEvery day.";
    let form = editor.change("Leads the team.").await.fill("Duty", text);
    site.pass(Duration::hours(3));

    let page = editor.browser.submit(form).await;
    assert_eq!((page.status, page.heading().as_str()), (401, "Sign in"));
    page.assert_text("Your session had ended before this could be saved. Nothing is lost");
    let email = &world.trust.first.team.author.email;
    let wrong = page.form("Sign in").fill("E-mail address", email).fill("Password", "not this one");
    let page = editor.browser.submit(wrong).await;
    assert_eq!(page.status, 422);
    let right = page.form("Sign in").fill("E-mail address", email).fill("Password", PASSWORD);
    let page = editor.browser.submit(right).await;
    assert_eq!((page.status, page.heading().as_str()), (200, "Nothing is lost: this was not saved yet"));
    page.assert_text("Leads “six” <b>people</b> & more.");
    page.assert_no_text("Revision");
    let page = editor.browser.submit_and_follow(page.form("Send it now")).await;
    assert!(page.flash().starts_with("Saved 1:00pm: Leads"), "{}", page.flash());
    let stored: String =
        sqlx::query_scalar("select text from item where text like 'Leads%'").fetch_one(&site.db).await.unwrap();
    assert_eq!(stored, text);
}

#[tokio::test]
async fn it_is_carried_to_staff_pages_of_ours_alone() {
    let site = Site::new().await;
    let world = site.world().await;
    let author = &world.trust.first.team.author;
    for to in ["https://elsewhere.example/staff/x", "//elsewhere.example/staff/", "/account/delete", "/sign-out"] {
        let mut browser = site.browser();
        let form = browser.open("/sign-in").await.form("Sign in");
        let form = form.fill("E-mail address", &author.email).fill("Password", PASSWORD);
        let page = browser.submit(form.forge("unsaved_to", to).forge("unsaved", r#"[["a","b"]]"#)).await;
        assert_eq!((page.status, page.location.as_deref()), (303, Some("/")), "{to}");
    }
}

#[tokio::test]
async fn what_is_too_large_to_carry_says_so() {
    let site = Site::new().await;
    let world = site.world().await;
    let (path, mut browser) = draft(&site, &world).await;
    site.pass(Duration::hours(3));
    let long = "x".repeat(300_001);
    let page = browser.post(&format!("{path}/details"), &[("title", &long)]).await;
    assert_eq!((page.status, page.heading().as_str()), (401, "You are signed out"));
    page.assert_text("What you typed is still in the form");
    let larger = "x".repeat(1_100_000);
    assert_eq!(browser.post(&format!("{path}/details"), &[("title", &larger)]).await.status, 413);
}

#[tokio::test]
async fn the_sign_in_page_says_why_one_is_there() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut browser = site.signed_in(&world.trust.first.team.author).await;
    site.pass(Duration::hours(3));
    let page = browser.get(&world.trust.path("work")).await;
    let page = browser.follow(page).await;
    assert_eq!(page.heading(), "Sign in");
    page.assert_text("Your session has ended");
    site.browser().open("/sign-in").await.assert_no_text("Your session has ended");
}

#[tokio::test]
async fn asking_to_stay_extends_the_session_until_its_last_hour() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut browser = site.signed_in(&world.trust.first.team.author).await;
    browser.headers.insert("accept", "application/json".parse().unwrap());
    for _ in 0..6 {
        site.pass(Duration::minutes(115));
        let page = browser.post("/session/stay", &[]).await;
        assert_eq!(page.status, 200);
        let (left, last) = (page.json()["left"].as_i64().unwrap(), page.json()["last"].as_bool().unwrap());
        assert!(left <= 2 * 60 * 60 && left > 0 || last, "{left}");
    }
    let page = browser.post("/session/stay", &[]).await;
    assert_eq!((page.json()["left"].as_i64(), page.json()["last"].as_bool()), (Some(30 * 60), Some(true)));
    site.pass(Duration::minutes(31));
    assert_eq!(browser.post("/session/stay", &[]).await.status, 401);
}

#[tokio::test]
async fn what_script_asks_without_a_person_keeps_no_session_going() {
    let site = Site::new().await;
    let world = site.world().await;
    let (path, mut browser) = draft(&site, &world).await;
    browser.headers.insert("rolebook-unattended", "1".parse().unwrap());
    for _ in 0..2 {
        site.pass(Duration::minutes(70));
        browser.post(&format!("{path}/here"), &[]).await;
    }
    assert_eq!(browser.post("/session/stay", &[]).await.status, 401);
}
