//! From the message to the decision without a password: the link that left by mail, a code, the review; and every way in
//! which such a link opens nothing.

use rolebook::jobs::outbox;
use time::Duration;

use super::{altered, db_state};
use crate::support::author::{draft, send};
use crate::support::browser::Browser;
use crate::support::people::{Person, World};
use crate::support::site::{PUBLIC_URL, Site};
use crate::support::smtp::SmtpServer;

/// A version that waits for the manager, with the link that left for them.
struct Sent {
    site: Site,
    world: World,
    server: SmtpServer,
    path: String,
    author: Browser,
    link: String,
}

/// What arrived last at that address, with soft line breaks taken out, and its first link of that beginning.
fn arrived(server: &SmtpServer, to: &Person, beginning: &str) -> String {
    let mail = server.received().into_iter().rev().find(|mail| mail.to == to.email).expect("a message");
    let text = mail.data.replace("=\n", "").replace("=3D", "=");
    let start = format!("{PUBLIC_URL}{beginning}");
    let at = text.find(&start).unwrap_or_else(|| panic!("no {beginning} in {text}"));
    text[at + PUBLIC_URL.len()..].split(|c: char| c.is_whitespace() || c == '"').next().unwrap().to_owned()
}

async fn sent() -> Sent {
    let server = SmtpServer::start().await;
    let site = Site::with(|config| config.smtp_url = Some(server.url())).await;
    let world = site.world().await;
    let (path, mut author) = draft(&site, &world).await;
    send(&mut author, &path, "Community N Manager").await;
    outbox::send_due(&site.app).await.unwrap();
    let link = arrived(&server, &world.trust.first.team.manager, "/decide/");
    Sent { site, world, server, path, author, link }
}

async fn code(site: &Site, to: &Person) -> String {
    let mail = site.db_last_mail(&to.email).await;
    mail.body.split("code is ").nth(1).unwrap().chars().take(6).collect()
}

/// Opens the link in a browser that knows nobody, and shows the code.
async fn enter(sent: &Sent) -> Browser {
    let mut browser = sent.site.browser();
    let first = browser.open(&sent.link).await;
    assert!(!first.has_text("Leads the team."), "nothing is shown before the code");
    let page = browser.submit_and_follow(first.form("Send me a code")).await;
    page.assert_text("c…@northmoor.example");
    let code = code(&sent.site, &sent.world.trust.first.team.manager).await;
    let form = page.form("Go on as Community N Manager").fill("Code", &code);
    let page = browser.submit_and_follow(form).await;
    page.assert_text("decide as Community N Manager");
    page.assert_text("Leads the team.");
    browser
}

#[tokio::test]
async fn the_link_of_the_message_leads_to_the_decision_in_two_pages() {
    let sent = sent().await;
    let kept: i64 = sqlx::query_scalar("select count(*) from outbox where body like '%/decide/%'")
        .fetch_one(&sent.site.db)
        .await
        .unwrap();
    assert_eq!(kept, 0, "the secret lies in no queue");
    let mut browser = enter(&sent).await;
    let page = browser.open(&sent.link).await;
    assert_eq!(page.form("Approve").action, format!("{}/approve", page.path), "a confirmed browser goes straight on");
    let done = browser.submit_and_follow(page.form("Approve")).await;
    assert_eq!((done.path.as_str(), done.flash()), ("/decided", "You approved Stores assistant".to_owned()));
    assert_eq!(db_state(&sent.site).await, "approved");
    let again = browser.get(&sent.link).await;
    assert_eq!((again.status, again.heading()), (410, "Nothing waits for you there any more".to_owned()));
    let late = browser.post(&format!("{}/approve", page.path), &[("submission", "1")]).await;
    assert_eq!(late.location.as_deref(), Some("/decided"), "a second click is told so");
    let acts: Vec<String> =
        sqlx::query_scalar("select action from audit where action in ('task_link', 'approve') order by id")
            .fetch_all(&sent.site.db)
            .await
            .unwrap();
    assert_eq!(acts, ["task_link", "approve"]);
}

#[tokio::test]
async fn the_link_opens_that_review_and_nothing_else() {
    let sent = sent().await;
    let mut browser = enter(&sent).await;
    let trust = &sent.world.trust;
    for closed in ["work", "profiles", "reviews", "people", "tasks/999"] {
        let page = browser.get(&trust.path(closed)).await;
        let to = page.location.clone().unwrap_or_default();
        assert!(page.status == 303 && to.starts_with("/sign-in"), "{closed}: {} {to}", page.status);
    }
    for closed in [sent.path.clone(), format!("{}/edit", sent.path), "/account".to_owned()] {
        assert_eq!(browser.get(&closed).await.status, 303, "{closed}");
    }
    let page = browser.open(&sent.link).await;
    assert!(!page.has_link("My work") && !page.has_link("Comment"), "{:?}", page.links());
    let refused = browser.post(&format!("{}/comments", sent.path), &[("about", "version"), ("text", "Hm.")]).await;
    assert_eq!(refused.status, 401);
    let reassign = browser.get(&format!("{}/reassign", page.path)).await;
    assert_eq!(reassign.status, 303);
    // After an hour it is over.
    sent.site.pass(Duration::minutes(61));
    assert_eq!(browser.get(&page.path).await.status, 303);
    // Whoever signs in comes straight to the same page.
    let mut manager = sent.site.signed_in(&trust.first.team.manager).await;
    let direct = manager.get(&sent.link).await;
    assert_eq!((direct.status, direct.location.as_deref()), (303, Some(page.path.as_str())));
}

#[tokio::test]
async fn every_link_to_a_review_that_does_not_work_says_why_in_a_sentence() {
    let mut sent = sent().await;
    let (site, link) = (&sent.site, sent.link.clone());
    let team = &sent.world.trust.first.team;
    let mut nobody = site.browser();
    let altered = nobody.get(&altered(&link)).await;
    assert_eq!((altered.status, altered.heading()), (404, "This link is not known".to_owned()));
    let mut other = site.signed_in(&team.panel).await;
    let page = other.get(&link).await;
    assert_eq!((page.status, page.heading()), (403, "This link is for somebody else".to_owned()));
    page.assert_text("It was sent to Community N Manager, and you are signed in as Community N Panel");

    // A wrong code, too often, and then even the right one is over.
    nobody.post(&format!("{link}/code"), &[]).await;
    let right = code(site, &team.manager).await;
    let wrong = if right == "000000" { "111111" } else { "000000" };
    for _ in 0..5 {
        let page = nobody.post(&format!("{link}/enter"), &[("code", wrong)]).await;
        assert_eq!(page.problems(), ["That is not the code: look at the newest message, or have another sent"]);
    }
    let page = nobody.post(&format!("{link}/enter"), &[("code", &right)]).await;
    assert!(page.problems()[0].starts_with("That code is over"), "{:?}", page.problems());

    // Given to somebody else.
    sqlx::query("update task set assigned_to = $1")
        .bind(sent.world.trust.whole.manager.membership)
        .execute(&site.db)
        .await
        .unwrap();
    let page = nobody.get(&link).await;
    assert_eq!((page.status, page.heading()), (410, "It is with somebody else now".to_owned()));
    sqlx::query("update task set assigned_to = $1").bind(team.manager.membership).execute(&site.db).await.unwrap();

    site.pass(Duration::days(8));
    let page = nobody.get(&link).await;
    assert_eq!((page.status, page.heading()), (410, "This link has expired".to_owned()));
    let back = "/sign-in?return_to=/staff/northmoor/tasks/";
    assert!(page.links().iter().any(|(_, href)| href.starts_with(back)), "{:?}", page.links());

    sent.author = site.signed_in(&team.author).await;
    assert_eq!(sent.author.post(&format!("{}/recall", sent.path), &[]).await.status, 303);
    let page = nobody.get(&link).await;
    assert_eq!((page.status, page.heading()), (410, "Nothing waits for you there any more".to_owned()));
    assert!(!sent.server.received().is_empty());
}

#[tokio::test]
async fn a_line_that_names_somebody_elses_task_makes_no_link() {
    let server = SmtpServer::start().await;
    let site = Site::with(|config| config.smtp_url = Some(server.url())).await;
    let world = site.world().await;
    let (path, mut author) = draft(&site, &world).await;
    send(&mut author, &path, "Community N Manager").await;
    let task: i64 = sqlx::query_scalar("select id from task").fetch_one(&site.db).await.unwrap();
    let body = format!("Look:\n{PUBLIC_URL}{}\n", world.trust.path(&format!("tasks/{task}")));
    sqlx::query("insert into outbox (to_email, subject, body, created_at, due_at) values ($1, 'x', $2, $3, $3)")
        .bind(&world.trust.first.team.panel.email)
        .bind(body)
        .bind(site.app.clock.now())
        .execute(&site.db)
        .await
        .unwrap();
    outbox::send_due(&site.app).await.unwrap();
    assert!(arrived(&server, &world.trust.first.team.panel, "/staff/").ends_with(&format!("/tasks/{task}")));
    let links: i64 = sqlx::query_scalar("select count(*) from task_link").fetch_one(&site.db).await.unwrap();
    assert_eq!(links, 1, "the manager's alone");
}

#[tokio::test]
async fn a_new_password_ends_what_a_link_let_in() {
    let sent = sent().await;
    let mut browser = enter(&sent).await;
    let page = browser.open(&sent.link).await;
    let manager = &sent.world.trust.first.team.manager;
    let mut tx = sent.site.app.database.begin().await.unwrap();
    tx.set_password(rolebook::domain::ids::PersonId(manager.id), "another", sent.site.app.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(browser.get(&page.path).await.status, 303);
}
