//! Questions about a job by the form of its page: the contact's address stays with us, and the asker's leaves with the
//! message.

use rolebook::jobs::outbox;
use time::Duration;

use crate::support::form::Form;
use crate::support::site::Site;
use crate::support::smtp::SmtpServer;

/// A site that sends mail, and the address of an open advert that takes questions by the form.
async fn by_form(server: &SmtpServer) -> (Site, String) {
    let site = Site::with(|config| config.smtp_url = Some(server.url())).await;
    let world = site.world().await;
    site.db_grades(&world.trust).await;
    let version = site.db_issued(&world.trust, &world.trust.first, "Community nurse", "Band 4").await;
    let id = site.db_published(&world.trust, &world.trust.first, &version, |text| text.offer.ask_by_form = true).await;
    (site, format!("/jobs/{id}"))
}

fn filled(form: Form) -> Form {
    form.fill("Your name", "Jo Ash\r\nBcc: all@trust.example")
        .fill("Your e-mail address", "Jo@Home.example")
        .fill("Your question", "Can I share the job?\n.\nWith a friend.")
}

#[tokio::test]
async fn a_question_reaches_the_contact_and_nothing_of_it_stays() {
    let server = SmtpServer::start().await;
    let (site, job) = by_form(&server).await;
    let mut browser = site.browser();
    let page = browser.open(&job).await;
    assert!(!page.html().contains("community@northmoor.example"), "in no corner of the page");
    page.assert_text("01632 960114");
    let ask = browser.follow_link(&page, "Ask a question about this job").await;
    assert!(browser.statements() <= 4, "{:?}", browser.statement_list());
    assert_eq!(ask.title(), "Ask a question: Community nurse – Rolebook");
    let sent = browser.submit_and_follow(filled(ask.form("Send the question"))).await;
    assert_eq!(sent.heading(), "Your question is on its way");

    assert_eq!(outbox::send_due(&site.app).await.unwrap(), 1);
    let [mail] = &server.received()[..] else { panic!("{:?}", server.received()) };
    assert_eq!(mail.to, "community@northmoor.example");
    for part in [
        "A question about Community nurse (NM-1)",
        "Can I share the job?",
        "With a friend.",
        "Answer this message and it goes to jo@home.example.",
        "Reply-To: jo@home.example",
    ] {
        assert!(mail.data.contains(part), "{part}: {}", mail.data);
    }
    assert!(!mail.data.lines().any(|line| line.starts_with("Bcc:")), "{}", mail.data);
    let kept: Vec<(String, String, String)> =
        sqlx::query_as("select to_email, subject, body || coalesce(reply_to, '') from outbox")
            .fetch_all(&site.db)
            .await
            .unwrap();
    assert!(
        kept.iter().all(|(to, subject, body)| !format!("{to}{subject}{body}").to_lowercase().contains("home.example"))
    );
    let counted: Vec<String> = sqlx::query_scalar("select counted_by from attempt").fetch_all(&site.db).await.unwrap();
    assert!(counted.iter().all(|by| !by.contains("home.example")), "{counted:?}");
}

#[tokio::test]
async fn what_is_wrong_is_said_and_what_was_typed_stays() {
    let server = SmtpServer::start().await;
    let (site, job) = by_form(&server).await;
    let mut browser = site.browser();
    let ask = browser.open(&format!("{job}/ask")).await;
    let page = browser.submit(ask.form("Send the question").fill("Your question", "x".repeat(2_001).as_str())).await;
    assert_eq!(page.status, 422);
    assert_eq!(page.problems().len(), 3, "{:?}", page.problems());
    assert_eq!(page.problems()[0], "Type your name");
    assert_eq!(page.form("Send the question").value("Your question").len(), 2_001);
    // Only adverts that say so take questions, and only while they are open.
    site.pass(Duration::days(60));
    assert_eq!(browser.get(&format!("{job}/ask")).await.status, 404);
    assert_eq!(browser.submit(filled(ask.form("Send the question"))).await.status, 404);
}

#[tokio::test]
async fn an_advert_without_the_form_takes_no_questions() {
    let site = Site::new().await;
    let world = site.world().await;
    site.db_grades(&world.trust).await;
    let version = site.db_issued(&world.trust, &world.trust.first, "Community nurse", "Band 4").await;
    let id = site.db_published(&world.trust, &world.trust.first, &version, |_| {}).await;
    let mut browser = site.browser();
    browser.open(&format!("/jobs/{id}")).await.assert_text("community@northmoor.example");
    for path in ["ask", "asked"] {
        assert_eq!(browser.get(&format!("/jobs/{id}/{path}")).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn robots_and_floods_reach_nobody() {
    let server = SmtpServer::start().await;
    let (site, job) = by_form(&server).await;
    let waiting =
        async || -> i64 { sqlx::query_scalar("select count(*) from outbox").fetch_one(&site.db).await.unwrap() };
    let mut robot = site.browser();
    let ask = robot.open(&format!("{job}/ask")).await;
    let caught = robot.submit(filled(ask.form("Send the question")).forge("website", "https://spam.example")).await;
    assert_eq!((caught.status, caught.location), (303, Some(format!("{job}/asked"))), "it learns nothing");
    assert_eq!(waiting().await, 0);
    for _ in 0..20 {
        assert_eq!(robot.submit(filled(ask.form("Send the question"))).await.status, 303);
    }
    let refused = robot.submit(filled(ask.form("Send the question"))).await;
    assert_eq!(refused.status, 422);
    assert!(refused.problems()[0].starts_with("Too many questions were sent"), "{:?}", refused.problems());
    assert_eq!(refused.form("Send the question").value("Your e-mail address"), "Jo@Home.example", "nothing is lost");
    assert_eq!(waiting().await, 20);
    // Many at once find no more room than one after the other.
    site.pass(Duration::minutes(61));
    let mut crowd = tokio::task::JoinSet::new();
    for _ in 0..25 {
        let (mut one, form) = (robot.clone(), filled(ask.form("Send the question")));
        crowd.spawn(async move { one.submit(form).await.status });
    }
    let answers = crowd.join_all().await;
    assert_eq!(answers.iter().filter(|status| **status == 303).count(), 20, "{answers:?}");
    assert_eq!(waiting().await, 40);
}
