//! One's own account: invitations, sign-up, passwords, what is stored, and its end.

use time::Duration;

use crate::support::{people::PASSWORD, race::held_up, site::Site};

const NEW: &str = "copper lantern drift";

async fn sign_up(site: &Site, name: &str, email: &str, password: &str) -> u16 {
    let mut browser = site.browser();
    let form = browser.open("/sign-up").await.form("Make the account");
    let form = form.fill("Your name", name).fill("E-mail address", email).fill("Password", password);
    let page = browser.submit(form).await;
    assert_eq!(page.location.as_deref(), Some("/sign-up/sent"), "{:?}", page.problems());
    browser.follow(page).await.status
}

#[tokio::test]
async fn signing_up_takes_a_link_and_the_password() {
    let site = Site::new().await;
    sign_up(&site, "Noor Haddad", "Noor@Home.Example", NEW).await;
    let mail = site.db_last_mail("noor@home.example").await;
    assert_eq!(mail.subject, "Confirm your address for Rolebook");
    assert!(mail.body.contains("until 18 January 2026, 10:00am"), "{}", mail.body);
    let link = mail.link("/confirm/");
    let mut browser = site.browser();
    browser.open(&link).await;
    let page = browser.open(&link).await;
    page.assert_text("noor@home.example");
    let wrong = browser.submit(page.form("Confirm and sign in").fill("Password", "another one entirely")).await;
    assert_eq!(wrong.problems(), ["This is not the password that you chose when you made the account"]);
    let page = browser.submit_and_follow(page.form("Confirm and sign in").fill("Password", NEW)).await;
    assert_eq!(page.heading(), "Your account");
    assert_eq!(page.flash(), "Your address is confirmed and you are signed in");

    let again = site.browser().get(&link).await;
    assert_eq!((again.status, again.heading().as_str()), (404, "This link does not work any more"));
}

#[tokio::test]
async fn an_address_that_is_not_confirmed_opens_nothing() {
    let site = Site::new().await;
    sign_up(&site, "Noor Haddad", "noor@home.example", NEW).await;
    let first = site.db_last_mail("noor@home.example").await.link("/confirm/");
    let mut browser = site.browser();
    let page = browser.post("/sign-in", &[("email", "noor@home.example"), ("password", NEW)]).await;
    assert_eq!(page.problems(), ["Confirm your address first: we have sent you a new link"]);
    assert_eq!(browser.cookie("rolebook"), None);
    let second = site.db_last_mail("noor@home.example").await.link("/confirm/");
    assert_ne!(first, second);
    assert_eq!(browser.get(&first).await.status, 404, "the new link replaced it");
    assert_eq!(browser.get(&second).await.status, 200);
    site.pass(Duration::days(3));
    assert_eq!(browser.get(&second).await.status, 404, "links end");
}

#[tokio::test]
async fn a_taken_address_looks_no_different_and_only_its_owner_learns_of_it() {
    let site = Site::new().await;
    let world = site.world().await;
    sign_up(&site, "A Stranger", &world.applicant.email, NEW).await;
    let mail = site.db_last_mail(&world.applicant.email).await;
    assert_eq!(mail.subject, "You have an account at Rolebook already");
    mail.link("/sign-in");
    mail.link("/password-reset");
    let mut browser = site.signed_in(&world.applicant).await;
    browser.open("/account").await.assert_text("Ada Applicant");
}

#[tokio::test]
async fn signing_up_says_everything_that_is_wrong_at_once() {
    let site = Site::new().await;
    let mut browser = site.browser();
    let form = browser.open("/sign-up").await.form("Make the account");
    let page = browser.submit(form.fill("E-mail address", "nowhere").fill("Password", "short")).await;
    assert_eq!(page.status, 422);
    assert_eq!(
        page.problems(),
        [
            "Type your name",
            "Type your e-mail address, such as name@example.com",
            "Use at least 12 characters: three random words make a good password"
        ]
    );
    assert_eq!(page.form("Make the account").value("E-mail address"), "nowhere");
    page.assert_no_text("short");
}

#[tokio::test]
async fn programs_that_fill_every_field_are_told_nothing() {
    let site = Site::new().await;
    let mut browser = site.browser();
    let form = browser.open("/sign-up").await.form("Make the account");
    let form = form.fill("Your name", "Bot").fill("E-mail address", "bot@bots.example").fill("Password", NEW);
    let page = browser.submit(form.fill("Leave this empty", "https://bots.example")).await;
    assert_eq!(page.location.as_deref(), Some("/sign-up/sent"));
    assert!(site.db_mail("bot@bots.example").await.is_empty());
}

#[tokio::test]
async fn nobody_can_fill_a_mailbox_with_links() {
    let site = Site::new().await;
    for _ in 0..3 {
        sign_up(&site, "Noor Haddad", "noor@home.example", NEW).await;
        let asked = site.browser().post("/password-reset", &[("email", "noor@home.example")]).await;
        assert_eq!(asked.status, 303);
    }
    let new = [("name", "Noor"), ("email", "noor@home.example"), ("password", NEW)];
    let page = site.browser().post("/sign-up", &new).await;
    assert_eq!(page.problems(), ["There were too many tries to make an account. Wait an hour, then try again."]);
    let page = site.browser().post("/password-reset", &[("email", "noor@home.example")]).await;
    assert_eq!(page.problems(), ["Links were asked for too often. Use the last one that was sent, or wait an hour."]);
    assert_eq!(site.db_mail("noor@home.example").await.len(), 6);
    site.pass(Duration::hours(1));
    assert_eq!(site.browser().post("/password-reset", &[("email", "noor@home.example")]).await.status, 303);
}

#[tokio::test]
async fn a_new_password_by_link_ends_the_old_one_everywhere() {
    let site = Site::new().await;
    let world = site.world().await;
    let admin = &world.trust.admin;
    let mut elsewhere = site.signed_in(admin).await;
    let mut browser = site.browser();
    let form = browser.open("/password-reset").await.form("Send the link");
    let page = browser.submit_and_follow(form.fill("E-mail address", &admin.email)).await;
    assert_eq!(page.heading(), "Look at your e-mail");
    let link = site.db_last_mail(&admin.email).await.link("/password-reset/");

    let page = browser.open(&link).await;
    let weak = browser.submit(page.form("Save the password").fill("New password", "aaaaaaaaaaaaa")).await;
    assert_eq!(weak.status, 422);
    let done = browser.submit_and_follow(page.form("Save the password").fill("New password", NEW)).await;
    assert_eq!(
        (done.heading().as_str(), done.flash().as_str()),
        ("Sign in", "Your password is changed: sign in with it")
    );
    assert_eq!(browser.submit(page.form("Save the password").fill("New password", NEW)).await.status, 404, "once only");
    assert_eq!(site.db_last_mail(&admin.email).await.subject, "Your password for Rolebook was changed");

    assert_eq!(elsewhere.get("/").await.location.as_deref(), Some("/jobs"), "signed out there");
    let old = browser.post("/sign-in", &[("email", &admin.email), ("password", PASSWORD)]).await;
    assert_eq!(old.status, 422);
    let new = browser.post("/sign-in", &[("email", &admin.email), ("password", NEW)]).await;
    assert_eq!(new.status, 303);
}

#[tokio::test]
async fn asking_for_a_new_password_tells_nothing_about_accounts() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut pages = Vec::new();
    for email in [world.applicant.email.as_str(), "nobody@nowhere.example"] {
        let mut browser = site.browser();
        let page = browser.post("/password-reset", &[("email", email)]).await;
        let page = browser.follow(page).await;
        pages.push((page.status, page.text()));
    }
    assert_eq!(pages[0], pages[1]);
    assert!(site.db_mail("nobody@nowhere.example").await.is_empty());
    let link = site.db_last_mail(&world.applicant.email).await.link("/password-reset/");
    site.pass(Duration::hours(1));
    assert_eq!(site.browser().get(&link).await.status, 404, "it lasts an hour");
}

#[tokio::test]
async fn changing_a_password_takes_the_old_one_and_leaves_this_browser_in() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut elsewhere = site.signed_in(&world.applicant).await;
    let mut browser = site.signed_in(&world.applicant).await;
    let page = browser.open("/account/password").await;
    let form = page.form("Save the password").fill("New password", NEW);
    let wrong = browser.submit(form.clone().fill("Your password now", "a guess at it")).await;
    assert_eq!(wrong.problems(), ["This is not your password"]);
    let done = browser.submit_and_follow(form.fill("Your password now", PASSWORD)).await;
    assert_eq!(done.flash(), "Your password is changed, and other browsers are signed out");
    browser.open("/account").await.assert_text("Ada Applicant");
    assert!(elsewhere.get("/account").await.location.unwrap().starts_with("/sign-in?return_to="));
}

#[tokio::test]
async fn a_session_left_open_is_no_leave_to_guess() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut browser = site.signed_in(&world.applicant).await;
    for _ in 0..5 {
        browser.post("/account/password", &[("password", "a guess at it"), ("new_password", NEW)]).await;
    }
    let page = browser.post("/account/password", &[("password", PASSWORD), ("new_password", NEW)]).await;
    assert_eq!(page.problems(), ["There were too many wrong passwords. Wait 15 minutes, or reset your password."]);
}

#[tokio::test]
async fn a_name_can_be_changed() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut browser = site.signed_in(&world.applicant).await;
    let form = browser.open("/account/name").await.form("Save the name");
    assert_eq!(form.value("Your name"), "Ada Applicant");
    let empty = browser.submit(form.clone().fill("Your name", "   ")).await;
    assert_eq!((empty.status, empty.problems()), (422, vec!["Type your name".to_owned()]));
    let page = browser.submit_and_follow(form.fill("Your name", "Ada <b>King</b>")).await;
    page.assert_text("Ada <b>King</b>");
    assert_eq!(page.flash(), "Your name is changed");
}

#[tokio::test]
async fn what_is_stored_can_be_seen_and_taken_away() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut browser = site.signed_in(&world.trust.admin).await;
    let page = browser.open("/account/data").await;
    assert!(browser.statements() <= 4, "{:?}", browser.statement_list());
    page.assert_text("HR administrator, Northmoor NHS Trust");
    page.assert_text("Signed in 15 January 2026, 10:00am");
    assert_eq!(page.link("Download"), "/account/data.json");
    let file = browser.get("/account/data.json").await;
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"rolebook-account.json\"");
    let data: serde_json::Value = serde_json::from_slice(&file.bytes).unwrap();
    assert_eq!(data["email"], world.trust.admin.email);
    assert_eq!(data["account_made_at"], "2026-01-15T10:00:00Z");
    assert_eq!(data["roles"][0]["role"], "admin");
    assert_eq!(data["acts"][0]["action"], "sign_in");
    assert!(!file.html().contains("argon2"), "a hash is no use to anybody but a thief");
}

#[tokio::test]
async fn saved_adverts_are_listed_and_removed() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut browser = site.signed_in(&world.applicant).await;
    browser.open("/account").await.assert_text("You have saved no adverts yet");
    let advert = db_saved_advert(&site, &world.trust, &world.applicant).await;
    let page = browser.open("/account").await;
    assert!(browser.statements() <= 4);
    page.assert_text("1 advert saved");
    page.assert_text("Northmoor NHS Trust · closes 31 January 2026 · saved 15 January 2026");
    assert_eq!(page.link("District nurse"), format!("/jobs/{advert}"));
    let page = browser.submit_and_follow(page.form("Remove District nurse")).await;
    assert_eq!(page.flash(), "The advert is off your list");
    page.assert_text("You have saved no adverts yet");
}

#[tokio::test]
async fn an_applicant_can_go_without_a_trace_but_the_record() {
    let site = Site::new().await;
    let world = site.world().await;
    db_saved_advert(&site, &world.trust, &world.applicant).await;
    let mut elsewhere = site.signed_in(&world.applicant).await;
    let mut browser = site.signed_in(&world.applicant).await;
    let page = browser.open("/account/delete").await;
    let wrong = browser.submit(page.form("Delete my account").fill("Your password", "a guess at it")).await;
    assert_eq!(wrong.problems(), ["This is not your password"]);
    let page = browser.submit(page.form("Delete my account").fill("Your password", PASSWORD)).await;
    assert_eq!(page.location.as_deref(), Some("/jobs"));
    assert_eq!(browser.cookie("rolebook"), None);
    assert!(elsewhere.get("/account").await.location.unwrap().starts_with("/sign-in"));

    let (name, email): (String, String) = sqlx::query_as("select name, email from person where id = $1")
        .bind(world.applicant.id)
        .fetch_one(&site.db)
        .await
        .unwrap();
    assert_eq!((name.as_str(), email), ("Deleted account", format!("deleted-{}@deleted.invalid", world.applicant.id)));
    for table in ["saved_advert", "session", "attempt where counted_by like 'account:ada%'"] {
        let sql = sqlx::AssertSqlSafe(format!("select count(*) from {table}"));
        let left: i64 = sqlx::query_scalar(sql).fetch_one(&site.db).await.unwrap();
        assert_eq!(left, 0, "{table}");
    }
    let record: Vec<String> =
        sqlx::query_scalar("select actor from audit where person_id = $1 and action = 'delete_account'")
            .bind(world.applicant.id)
            .fetch_all(&site.db)
            .await
            .unwrap();
    assert_eq!(record, ["Ada Applicant"], "the record keeps who it was");
    // The address is free for somebody new.
    sign_up(&site, "Ada Again", &world.applicant.email, NEW).await;
    site.db_last_mail(&world.applicant.email).await.link("/confirm/");
}

#[tokio::test]
async fn staff_are_told_whom_to_ask() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut browser = site.signed_in(&world.trust.admin).await;
    let page = browser.open("/account/delete").await;
    page.assert_text("Ask an HR administrator");
    assert!(!page.has_button("Delete my account"));
    let forced = browser.post("/account/delete", &[("password", PASSWORD)]).await;
    assert_eq!(forced.status, 422);
    browser.open("/account").await.assert_text(&world.trust.admin.name);
}

#[tokio::test]
async fn an_address_becomes_nobody_elses_by_waiting() {
    let site = Site::new().await;
    // Somebody signs up with an address that is not theirs, before its owner is invited.
    sign_up(&site, "A Stranger", "new.person@northmoor.example", NEW).await;
    let stale = site.db_last_mail("new.person@northmoor.example").await.link("/confirm/");
    let mut owner = site.browser();
    owner.post("/password-reset", &[("email", "new.person@northmoor.example")]).await;
    let link = site.db_last_mail("new.person@northmoor.example").await.link("/password-reset/");
    let form = owner.open(&link).await.form("Save the password").fill("New password", PASSWORD);
    owner.submit(form).await;
    assert_eq!(owner.get(&stale).await.status, 404);
    let stranger = [("email", "new.person@northmoor.example"), ("password", NEW)];
    assert_eq!(site.browser().post("/sign-in", &stranger).await.status, 422);
}

/// A published advert of that employer on the person's list; only what the account page reads of it.
async fn db_saved_advert(
    site: &Site,
    employer: &crate::support::people::Employer,
    person: &crate::support::people::Person,
) -> i64 {
    let (unit, author, manager) =
        (employer.first.id, employer.whole.author.membership, employer.whole.manager.membership);
    let profile: i64 = sqlx::query_scalar(
        "insert into profile (employer_id, number, unit_id, owner_id, created_at) values ($1, 1, $2, $3, now()) returning id",
    )
    .bind(employer.id)
    .bind(unit)
    .bind(author)
    .fetch_one(&site.db)
    .await
    .unwrap();
    let version: i64 = sqlx::query_scalar(
        "insert into version (employer_id, profile_id, number, state, title, created_by, created_at)
        values ($1, $2, 1, 'draft', 'District nurse', $3, now()) returning id",
    )
    .bind(employer.id)
    .bind(profile)
    .bind(author)
    .fetch_one(&site.db)
    .await
    .unwrap();
    let advert: i64 = sqlx::query_scalar(
        "insert into advert (employer_id, number, version_id, state, title, headline, closes_on, opens_at, closes_at, written_by,
            confirmed_by, confirmed_at, published_by, published_at, created_at, changed_at, public_at)
        values ($1, 1, $2, 'published', 'District nurse', 'District nurse', '2026-01-31', '2026-01-01', '2026-02-01', $3, $4, now(), $3, now(), now(), now(), '2026-01-01')
        returning id",
    )
    .bind(employer.id)
    .bind(version)
    .bind(author)
    .bind(manager)
    .fetch_one(&site.db)
    .await
    .unwrap();
    sqlx::query("insert into saved_advert (employer_id, advert_id, person_id, saved_at) values ($1, $2, $3, '2026-01-15 10:00Z')")
        .bind(employer.id)
        .bind(advert)
        .bind(person.id)
        .execute(&site.db)
        .await
        .unwrap();
    advert
}

#[tokio::test]
async fn two_clicks_on_a_new_password_lead_to_signing_in() {
    let site = Site::new().await;
    let world = site.world().await;
    let email = world.applicant.email.as_str();
    let mut browser = site.browser();
    browser.post("/password-reset", &[("email", email)]).await;
    let link = site.db_last_mail(email).await.link("/password-reset/");
    let mut second = browser.clone();
    let new = [("password", NEW)];
    let lock = "select from single_use_link for update";
    let clicks = async { tokio::join!(browser.post(&link, &new), second.post(&link, &new)) };
    let (one, two) = held_up(&site, lock, 2, clicks).await;
    for page in [one, two] {
        assert_eq!((page.status, page.location.as_deref()), (303, Some("/sign-in")), "{}", page.text());
    }
    assert_eq!(browser.post("/sign-in", &[("email", email), ("password", NEW)]).await.status, 303);
}

#[tokio::test]
async fn a_new_name_is_recorded_beside_the_old_one() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut browser = site.signed_in(&world.applicant).await;
    assert_eq!(browser.post("/account/name", &[("name", "Ada Lovelace")]).await.status, 303);
    let facts: serde_json::Value =
        sqlx::query_scalar("select facts from audit order by id desc limit 1").fetch_one(&site.db).await.unwrap();
    assert_eq!((&facts["from"], &facts["to"]), (&"Ada Applicant".into(), &"Ada Lovelace".into()));
}
