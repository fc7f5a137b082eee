//! The life of an advert: made from an issued version, written, confirmed by the hiring manager, published, over.

use time::Duration;
use time::macros::datetime;

use crate::support::browser::Browser;
use crate::support::page::Page;
use crate::support::people::World;
use crate::support::site::Site;
use crate::support::versions::{Issued, PAY, PAY_FROM_APRIL};

/// A trust with a version in force, its author and its manager at their desks.
struct Desk {
    site: Site,
    world: World,
    version: Issued,
    author: Browser,
    manager: Browser,
}

async fn desk() -> Desk {
    desk_with("Band 4").await
}

async fn desk_with(grade: &str) -> Desk {
    let site = Site::new().await;
    let world = site.world().await;
    site.db_grades(&world.trust).await;
    let version = site.db_issued(&world.trust, &world.trust.first, "Community nurse", grade).await;
    let author = site.signed_in(&world.trust.first.team.author).await;
    let manager = site.signed_in(&world.trust.first.team.manager).await;
    Desk { site, world, version, author, manager }
}

impl Desk {
    fn path(&self, rest: &str) -> String {
        self.world.trust.path(rest)
    }

    /// Makes the advert and opens its form.
    async fn make(&mut self) -> Page {
        let path = self.path(&format!("{}/adverts", self.version.path()));
        let page = self.author.post(&path, &[]).await;
        assert_eq!(page.status, 303, "{}", page.text());
        self.author.follow(page).await
    }

    /// Writes the whole text; the advert's page follows.
    async fn write(&mut self, button: &str) -> Page {
        let page = self.make().await;
        self.author.submit_and_follow(whole(&page, button)).await
    }

    /// A text that is confirmed; the author's page of it.
    async fn confirmed(&mut self) -> Page {
        let page = self.write("Save and ask").await;
        let read = self.manager.open(&format!("{}/confirm", page.path)).await;
        self.manager.submit_and_follow(read.form("Confirm the text")).await;
        self.author.open(&page.path).await
    }

    async fn mail(&self) -> Vec<(String, String, String)> {
        let sql = "select to_email, subject, body from outbox order by id";
        sqlx::query_as(sql).fetch_all(&self.site.db).await.unwrap()
    }

    async fn tasks(&self) -> Vec<(String, Option<String>)> {
        let sql = "select kind, outcome from task where kind = 'confirm_advert' order by id";
        sqlx::query_as(sql).fetch_all(&self.site.db).await.unwrap()
    }
}

fn whole(page: &Page, button: &str) -> crate::support::form::Form {
    page.form(button)
        .fill("Headline", "Help people where they live")
        .fill("Short text", "You will visit people at home.\n- listen\n- plan")
        .fill("Where the work is", "Millfield Health Centre, HX7\nWeaver Street, HX2")
        .fill("Closing date", "2026-02-15")
        .fill("Interviews", "2026-02-25")
        .fill("Who answers questions", "Sunita Rao")
        .fill("E-mail address for questions", "community@northmoor.example")
        .fill("Link, address or instructions", "https://jobs.northmoor.example/NM-1")
}

#[tokio::test]
async fn an_advert_lives_from_an_issued_version_to_its_last_day() {
    let mut desk = desk().await;
    let form = desk.make().await;
    assert_eq!(form.heading(), "Advert for Community nurse");
    assert_eq!(form.flash(), "The advert is made, and filled in with what the job profile says");
    let filled = form.form("Save");
    assert_eq!(filled.value("Headline"), "Community nurse");
    assert_eq!(filled.value("Working pattern"), "Full time");
    assert_eq!(filled.value("Where the work is"), "Millfield Health Centre, HX7");
    assert_eq!(filled.value("contract_kind"), "permanent");
    assert_eq!(filled.value("Reference"), "AD-0001");
    let manager = &desk.world.trust.first.team.manager;
    assert_eq!(filled.value("hiring_manager"), manager.membership.unwrap().to_string());
    form.assert_text(PAY);

    let page = desk.author.submit_and_follow(whole(&form, "Save and ask")).await;
    assert_eq!(page.flash(), format!("Saved. {} is asked to confirm the text", manager.name));
    page.assert_text(&format!("{} was asked on 15 January 2026", manager.name));
    let mail = desk.mail().await;
    assert_eq!((mail[0].0.as_str(), mail[0].1.as_str()), (manager.email.as_str(), "To confirm: the advert for Community nurse (AD-0001)"));
    let link = format!("http://rolebook.test{}/confirm", page.path);
    assert!(mail[0].2.contains(&link), "{}", mail[0].2);

    let read = desk.manager.open(&link["http://rolebook.test".len()..]).await;
    for text in ["Help people where they live", PAY, "Listens well to people.", "Plans visits for the week.", "jobs.northmoor.example"] {
        read.assert_text(text);
    }
    read.assert_no_text("For staff");
    let after = desk.manager.submit_and_follow(read.form("Confirm the text")).await;
    assert_eq!(after.flash(), "You confirmed the text. It is ready to be published");
    assert_eq!(desk.tasks().await, [("confirm_advert".to_owned(), Some("confirmed".to_owned()))]);
    let mail = desk.mail().await;
    assert_eq!(mail[1].0, desk.world.trust.first.team.author.email);
    assert!(mail[1].1.starts_with("Confirmed: "));

    let page = desk.author.open(&page.path).await;
    page.assert_text("It opens at once and closes at the end of 15 February 2026, London time.");
    let page = desk.author.submit_and_follow(page.form("Publish the advert")).await;
    assert_eq!((page.flash().as_str(), page.find(".rb-head .rb-tag").concat().as_str()), ("The advert is published", "Open"));

    let mut anybody = desk.site.browser();
    let job = desk.author.follow_link(&page, "See it as applicants do").await.path;
    anybody.open(&job).await.assert_text("Closes 15 February 2026, 31 days left");
    let facts: Vec<(String, serde_json::Value)> =
        sqlx::query_as("select action, facts from audit where action like '%advert' order by id").fetch_all(&desk.site.db).await.unwrap();
    let acts: Vec<&str> = facts.iter().map(|(action, _)| action.as_str()).collect();
    assert_eq!(acts, ["create_advert", "edit_advert", "edit_advert", "confirm_advert", "publish_advert"]);
    assert_eq!(facts[4].1["closes"], "16 February 2026, 12:00am");
}

#[tokio::test]
async fn two_clicks_on_a_button_do_one_thing() {
    let mut desk = desk().await;
    let path = desk.path(&format!("{}/adverts", desk.version.path()));
    let mut second = desk.author.clone();
    let (one, two) = tokio::join!(desk.author.post(&path, &[]), second.post(&path, &[]));
    assert_eq!((one.status, two.status), (303, 303));
    assert_eq!(one.location, two.location);
    let adverts: i64 = sqlx::query_scalar("select count(*) from advert").fetch_one(&desk.site.db).await.unwrap();
    assert_eq!(adverts, 1);
    let next: i32 = sqlx::query_scalar("select next_advert_number from employer where id = $1")
        .bind(desk.world.trust.id)
        .fetch_one(&desk.site.db)
        .await
        .unwrap();
    assert_eq!(next, 2, "no number is lost");

    let form = desk.author.open(&one.location.unwrap()).await;
    let asking = whole(&form, "Save and ask");
    let (one, two) = tokio::join!(desk.author.submit(asking.clone()), second.submit(asking));
    assert_eq!((one.status, two.status), (303, 303), "{} {}", one.text(), two.text());
    assert_eq!((desk.tasks().await.len(), desk.mail().await.len()), (1, 1));

    let page = desk.author.open(&one.location.unwrap()).await;
    let confirming = desk.manager.open(&format!("{}/confirm", page.path)).await.form("Confirm the text");
    let mut third = desk.manager.clone();
    let (one, two) = tokio::join!(desk.manager.submit(confirming.clone()), third.submit(confirming));
    assert_eq!((one.status, two.status), (303, 303));
    let publishing = desk.author.open(&page.path).await.form("Publish the advert");
    let (one, two) = tokio::join!(desk.author.submit(publishing.clone()), second.submit(publishing));
    assert_eq!((one.status, two.status), (303, 303));
    let acts: i64 = sqlx::query_scalar("select count(*) from audit where action in ('confirm_advert', 'publish_advert')")
        .fetch_one(&desk.site.db)
        .await
        .unwrap();
    assert_eq!(acts, 2);
}

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
    assert_eq!(other.post(&format!("{}/return", page.path), &[("remark", "x"), ("lock_version", "4")]).await.status, 403);
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
    crate::support::people::db_role(&desk.site.db, desk.world.trust.id, &manager, "author", Some(team.id)).await;
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
    assert_eq!(page.problems(), ["Choose a hiring manager who did not write on this text: nobody confirms their own words"]);
}

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
async fn a_remark_reaches_the_writer() {
    let mut desk = desk().await;
    let page = desk.write("Save and ask").await;
    let read = desk.manager.open(&format!("{}/confirm", page.path)).await;
    let again = desk.manager.submit(read.form("Return it")).await;
    assert_eq!((again.status, again.problems()), (422, vec!["Say what has to change: the remark goes to the writer".to_owned()]));
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
    assert_eq!(late.flash(), "Nobody is asked to confirm this text at present: it changed, or it was decided on already");
    assert!(!late.has_button("Publish the advert"));
}

#[tokio::test]
async fn of_two_writers_the_second_is_told_and_loses_nothing() {
    let mut desk = desk().await;
    let mine = desk.make().await;
    let mut colleague = desk.site.signed_in(&desk.world.trust.whole.author).await;
    let theirs = colleague.open(&mine.path).await;
    colleague.submit_and_follow(theirs.form("Save").fill("Headline", "Theirs")).await;
    let page = desk.author.submit(mine.form("Save").fill("Headline", "Mine")).await;
    assert_eq!(page.status, 409);
    page.assert_text("Somebody else changed this advert while you were writing");
    assert_eq!(page.form("Save").value("Headline"), "Mine");
    let page = desk.author.submit_and_follow(page.form("Save")).await;
    page.assert_text("Mine");
}

#[tokio::test]
async fn the_salary_is_that_of_the_opening_day() {
    let mut desk = desk().await;
    let form = desk.make().await;
    let april = whole(&form, "Save").fill("Opens on", "2026-04-01").fill("Closing date", "2026-04-20").fill("Interviews", "2026-04-28");
    let page = desk.author.submit_and_follow(april).await;
    page.assert_text(PAY_FROM_APRIL);
    page.assert_no_text("typed");
    let edit = desk.author.open(&form.path).await;
    let typed = edit.form("Save").choose("Salary", "Typed here, and marked so for staff").fill("Salary, if typed", "£30,000 a year");
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
async fn an_advert_opens_and_closes_at_midnight_in_london_across_the_clock_change() {
    let mut desk = desk().await;
    let form = desk.make().await;
    // Clocks go forward on 29 March 2026: the first midnight is UTC's, the second an hour before it.
    let text = whole(&form, "Save and ask").fill("Opens on", "2026-03-20").fill("Closing date", "2026-03-29").fill("Interviews", "2026-04-07");
    let page = desk.author.submit_and_follow(text).await;
    let read = desk.manager.open(&format!("{}/confirm", page.path)).await;
    desk.manager.submit_and_follow(read.form("Confirm the text")).await;
    let page = desk.author.open(&page.path).await;
    let page = desk.author.submit_and_follow(page.form("Publish the advert")).await;
    page.assert_text("It opens on 20 March 2026 and closes at the end of 29 March 2026.");

    let mut anybody = desk.site.browser();
    let id = page.path.rsplit('/').next().unwrap().to_owned();
    let job = format!("/jobs/{id}");
    let second = Duration::seconds(1);
    let mut look = async |at: time::OffsetDateTime| {
        desk.site.pass(at - desk.site.now());
        let page = anybody.get(&job).await;
        let found = anybody.get("/jobs").await.has_link("Community nurse");
        (page.status, page.has_text("This advert closed on 29 March 2026."), found)
    };
    let (opens, closes) = (datetime!(2026-03-20 0:00 UTC), datetime!(2026-03-29 23:00 UTC));
    assert_eq!(look(opens - second).await, (404, false, false));
    assert_eq!(look(opens).await, (200, false, true));
    assert_eq!(look(closes - second).await, (200, false, true));
    assert_eq!(look(closes).await, (200, true, false));
}

#[tokio::test]
async fn a_text_that_waited_too_long_is_not_published() {
    let mut desk = desk().await;
    let page = desk.confirmed().await;
    let publish = page.form("Publish the advert");
    desk.site.pass(Duration::days(40));
    let mut author = desk.site.signed_in(&desk.world.trust.first.team.author).await;
    let refused = author.submit(publish).await;
    assert_eq!((refused.status, refused.problems()), (422, vec!["The closing date has passed".to_owned()]));
    assert!(refused.link("The closing date has passed").ends_with("/edit#closes_on"));
}

#[tokio::test]
async fn an_advert_is_withdrawn_with_a_reason() {
    let mut desk = desk().await;
    let page = desk.confirmed().await;
    let page = desk.author.submit_and_follow(page.form("Publish the advert")).await;
    let refused = desk.author.submit(page.form("Withdraw the advert")).await;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.problems(), ["Say why: the reason stays in the record and applicants read it"]);
    let sent = refused.form("Withdraw the advert").fill("Why it is withdrawn", "The post is filled.");
    let page = desk.author.submit_and_follow(sent.clone()).await;
    assert_eq!(page.flash(), "The advert is withdrawn");
    assert_eq!(page.find(".rb-head .rb-tag").concat(), "Withdrawn");
    assert_eq!(desk.author.submit_and_follow(sent).await.flash(), "The advert is withdrawn", "twice is no error");
    // And the way is free for another one.
    assert_eq!(desk.make().await.flash(), "The advert is made, and filled in with what the job profile says");
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

#[tokio::test]
async fn the_list_shows_where_each_advert_stands() {
    let mut desk = desk().await;
    let list = desk.path("adverts");
    desk.author.open(&list).await.assert_text("There are no adverts yet.");
    desk.write("Save and ask").await;
    let trust = desk.world.trust.clone();
    for number in 0..3 {
        let version = desk.site.db_issued(&trust, &trust.second, &format!("Clerk {number}"), "Band 3").await;
        desk.site.db_published(&trust, &trust.second, &version, |_| {}).await;
    }
    let page = desk.author.open(&list).await;
    page.assert_text("1 advert, the latest made first.");
    page.assert_text(&format!("waits for {}", trust.first.team.manager.name));
    page.assert_no_text("Clerk");
    let mut admin = desk.site.signed_in(&trust.admin).await;
    let page = admin.open(&list).await;
    page.assert_text("4 adverts, the latest made first.");
    let few = admin.statements();
    let page = admin.follow_link(&page, "open").await;
    page.assert_text("3 adverts: open.");
    page.assert_no_text("Community nurse");
    assert_eq!((few, admin.statements()), (2, 2));
    admin.open(&format!("{list}?state=closed")).await.assert_text("No advert of yours is in this state.");
}

#[tokio::test]
async fn staff_pages_of_adverts_cost_few_statements() {
    let mut desk = desk().await;
    let page = desk.write("Save and ask").await;
    desk.author.open(&page.path).await;
    assert!(desk.author.statements() <= 4, "{:?}", desk.author.statement_list());
    desk.author.open(&format!("{}/edit", page.path)).await;
    assert!(desk.author.statements() <= 4, "{:?}", desk.author.statement_list());
    desk.manager.open(&format!("{}/confirm", page.path)).await;
    assert!(desk.manager.statements() <= 4, "{:?}", desk.manager.statement_list());
}
