//! The life of an advert: made from an issued version, written, confirmed by the hiring manager, published, over.

mod after;
mod asking;
mod confirming;
mod publishing;
mod told;
mod writing;

use crate::support::browser::Browser;
use crate::support::form::Form;
use crate::support::page::Page;
use crate::support::people::World;
use crate::support::site::Site;
use crate::support::versions::{Issued, PAY};

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

fn whole(page: &Page, button: &str) -> Form {
    page.form(button)
        .fill("Headline", "Help people where they live")
        .fill("Short text", "You will visit people at home.\n- listen\n- plan")
        .fill("Where the work is", "Millfield Health Centre, HX7\nWeaver Street, HX2")
        .fill("Criminal record check", "none")
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
    assert_eq!(
        (mail[0].0.as_str(), mail[0].1.as_str()),
        (manager.email.as_str(), "To confirm: the advert for Community nurse (AD-0001)")
    );
    let link = format!("http://rolebook.test{}/confirm", page.path);
    assert!(mail[0].2.contains(&link), "{}", mail[0].2);

    let read = desk.manager.open(&link["http://rolebook.test".len()..]).await;
    for text in [
        "Help people where they live",
        PAY,
        "Listens well to people.",
        "Plans visits for the week.",
        "jobs.northmoor.example",
    ] {
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
    assert_eq!(
        (page.flash().as_str(), page.find(".rb-head .rb-tag").concat().as_str()),
        ("The advert is published", "Open")
    );

    let mut anybody = desk.site.browser();
    let job = desk.author.follow_link(&page, "See it as applicants do").await.path;
    anybody.open(&job).await.assert_text("Closes 15 February 2026, 31 days left");
    let facts: Vec<(String, serde_json::Value)> =
        sqlx::query_as("select action, facts from audit where action like '%advert' order by id")
            .fetch_all(&desk.site.db)
            .await
            .unwrap();
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
    let acts: i64 =
        sqlx::query_scalar("select count(*) from audit where action in ('confirm_advert', 'publish_advert')")
            .fetch_one(&desk.site.db)
            .await
            .unwrap();
    assert_eq!(acts, 2);
}
