//! What leaves, and what administrators see of it: both parts, the cause, what was refused and given up, and trying again.

use rolebook::jobs::outbox;
use time::Duration;

use super::id;
use crate::support::author::{draft, send};
use crate::support::desk::Desk;
use crate::support::site::Site;
use crate::support::smtp::SmtpServer;

#[tokio::test]
async fn the_message_to_an_approver_has_both_parts_and_the_largest_changes() {
    let server = SmtpServer::start().await;
    let site = Site::with(|config| config.smtp_url = Some(server.url())).await;
    let world = site.world().await;
    let team = &world.trust.first.team;
    let desk = Desk::new(&site, &world.trust);
    let begun = desk.whole_draft(&team.author, &world.trust.first, "Stores assistant").await;
    desk.submit(begun.version, &team.author, &team.manager).await.unwrap();
    desk.approve(begun.version, &team.manager).await.unwrap();
    desk.issue(begun.version, &team.author, site.app.clock.today()).await.unwrap();
    desk.next_draft(begun.version, &team.author).await.unwrap();
    let mut author = site.signed_in(&team.author).await;
    let path = world.trust.path("profiles/JP-0001/versions/2");
    let page = author.open(&format!("{path}/edit")).await;
    let duty = crate::support::editor::item(&page, "Leads the team.");
    let words = [("revision", "1"), ("text", "Leads a team of six, and answers for their training.")];
    assert_eq!(author.post(&format!("{path}/items/{duty}/save"), &words).await.status, 303);
    send(&mut author, &path, "Community N Manager").await;

    let body = site.db_last_mail(&team.manager.email).await.body;
    assert!(body.contains("The largest changes:\nReworded: Duty: Leads a team of six"), "{body}");
    outbox::send_due(&site.app).await.unwrap();
    let mail = server.received().into_iter().find(|mail| mail.to == team.manager.email).unwrap();
    for part in [
        "Subject: To approve: Stores assistant, due by Thursday 29 January",
        "Content-Type: multipart/alternative",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Type: text/html; charset=utf-8",
        "<a href=",
    ] {
        assert!(mail.data.contains(part), "{part} is not in {}", mail.data);
    }
}

#[tokio::test]
async fn what_is_refused_is_marked_given_up_loudly_and_tried_again() {
    let server = SmtpServer::start().await;
    let site = Site::with(|config| config.smtp_url = Some(server.url())).await;
    let world = site.world().await;
    let (trust, team) = (&world.trust, &world.trust.first.team);
    server.refuse(Some(&team.manager.email));
    let (path, mut author) = draft(&site, &world).await;
    send(&mut author, &path, "Community N Manager").await;
    for _ in 0..13 {
        outbox::send_due(&site.app).await.unwrap();
        site.pass(Duration::hours(18));
    }
    let mut admin = site.signed_in(&trust.admin).await;
    let person = admin.open(&trust.path(&format!("people/{}", id(&team.manager)))).await;
    person.assert_text("was refused on");
    person.assert_text("no such person here");
    let told = site.db_mail(&trust.admin.email).await;
    let told: Vec<_> = told.iter().filter(|mail| mail.subject.starts_with("Mail given up")).collect();
    assert_eq!(told.len(), 1);
    let page = admin.open(&trust.path("mail?show=given_up")).await;
    page.assert_text("Given up after 12 tries");
    page.assert_text("Send for review: JP-0001 version 1");
    page.assert_no_text("The whole text is new.");

    server.refuse(None);
    let form = page.form("Try again To approve: Stores assistant, due by Thursday 29 January");
    assert_eq!(admin.submit_and_follow(form).await.flash(), "It is tried again now");
    outbox::send_due(&site.app).await.unwrap();
    assert!(server.received().iter().any(|mail| mail.to == team.manager.email));
    admin.open(&trust.path(&format!("people/{}", id(&team.manager)))).await.assert_no_text("was refused on");
    let late = admin.post(&trust.path("mail/1/retry"), &[]).await;
    assert_eq!(admin.follow(late).await.flash(), "That message has left, or is not kept any more");
}

#[tokio::test]
async fn another_employer_s_mail_is_out_of_sight_and_reach() {
    let server = SmtpServer::start().await;
    let site = Site::with(|config| config.smtp_url = Some(server.url())).await;
    let world = site.world().await;
    server.refuse(Some(&world.trust.first.team.manager.email));
    let (path, mut author) = draft(&site, &world).await;
    send(&mut author, &path, "Community N Manager").await;
    outbox::send_due(&site.app).await.unwrap();
    let mut other = site.signed_in(&world.council.admin).await;
    other.open(&world.council.path("mail")).await.assert_text("No messages here.");
    other.post(&world.council.path("mail/1/retry"), &[]).await;
    let tries: i32 = sqlx::query_scalar("select tries from outbox where id = 1").fetch_one(&site.db).await.unwrap();
    assert_eq!(tries, 1);
}
