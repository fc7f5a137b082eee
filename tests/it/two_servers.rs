//! Two servers on one database, as behind a balancer: each keeps finished pages, and neither shows one that is out of
//! date. Opening and closing is no act: it follows from the dates, so that no server has to be there for it.

use std::time::Duration as Wait;

use rolebook::app::App;
use rolebook::jobs;
use time::Duration;
use time::macros::date;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::support::browser::Browser;
use crate::support::people::World;
use crate::support::site::Site;
use crate::support::versions::Issued;

/// What is published somewhere is seen everywhere after this at the latest.
const SEEN_WITHIN: Wait = Wait::from_secs(1);

/// A server that hears the news of adverts.
struct Server {
    app: App,
    browser: Browser,
    _stop: watch::Sender<bool>,
    _job: JoinHandle<()>,
}

impl Server {
    async fn start(app: App) -> Self {
        let (stop, stopping) = watch::channel(false);
        let job = tokio::spawn(jobs::pages::run(app.clone(), stopping));
        let server = Server { browser: Browser::new(app.clone().router()), app, _stop: stop, _job: job };
        server.listens().await;
        server
    }

    /// Waits until it keeps pages.
    async fn listens(&self) {
        let app = &self.app;
        within(Wait::from_secs(10), async || app.pages.ticket(app.clock.now()).is_some()).await;
    }
}

/// Asks again and again until it is so.
async fn within(time: Wait, mut is_so: impl AsyncFnMut() -> bool) {
    let asked = timeout(time, async {
        while !is_so().await {
            tokio::time::sleep(Wait::from_millis(10)).await;
        }
    });
    assert!(asked.await.is_ok(), "not within {time:?}");
}

async fn two_servers() -> (Site, World, Issued, [Server; 2]) {
    let site = Site::new().await;
    let world = site.world().await;
    site.db_grades(&world.trust).await;
    let version = site.db_issued(&world.trust, &world.trust.first, "Community nurse", "Band 4").await;
    let servers = [Server::start(site.app.clone()).await, Server::start(site.second_server().await).await];
    (site, world, version, servers)
}

#[tokio::test]
async fn what_is_published_shows_on_the_other_server_within_a_second() {
    let (site, world, version, [mut one, mut two]) = two_servers().await;
    let trust = &world.trust;
    let first = site.db_published(trust, &trust.first, &version, |_| {}).await;
    let page = format!("/jobs/{first}");
    for server in [&mut one, &mut two] {
        server.browser.open(&page).await;
        server.listens().await;
        within(SEEN_WITHIN, async || {
            server.browser.open(&page).await;
            server.browser.statements() == 0
        })
        .await;
    }

    let second =
        site.db_published(trust, &trust.first, &version, |text| text.headline = "A second chance".into()).await;
    within(SEEN_WITHIN, async || {
        let found = two.browser.open("/jobs?words=chance").await.has_text("A second chance");
        found
            && two.browser.get(&format!("/jobs/{second}")).await.status == 200
            && two.browser.open(&page).await.has_text("A second chance")
    })
    .await;

    // What was withdrawn the moment it opened, nobody ever read.
    site.pass(Duration::minutes(5));
    let mut author = site.signed_in(&trust.first.team.author).await;
    let staff = author.open(&trust.path(&format!("adverts/{first}"))).await;
    let form = staff.form("Withdraw the advert").fill("Why it is withdrawn", "Filled.");
    author.submit_and_follow(form).await;
    within(SEEN_WITHIN, async || two.browser.get(&page).await.status == 410).await;
    within(SEEN_WITHIN, async || one.browser.get(&page).await.status == 410).await;
    sqlx::query("update employer set name = 'Southmoor NHS Trust' where slug = 'northmoor'")
        .execute(&site.db)
        .await
        .unwrap();
    let page = format!("/jobs/{second}");
    within(SEEN_WITHIN, async || two.browser.open(&page).await.has_text("Southmoor NHS Trust")).await;
}

#[tokio::test]
async fn an_advert_opens_and_closes_everywhere_at_its_instant_and_nobody_has_to_do_it() {
    let (site, world, version, mut servers) = two_servers().await;
    let trust = &world.trust;
    let id = site
        .db_published(trust, &trust.first, &version, |text| {
            (text.opens_on, text.closes_on) = (Some(date!(2026 - 01 - 17)), Some(date!(2026 - 01 - 18)));
            (text.shortlisting_on, text.interviews_on) = (None, None);
        })
        .await;
    let page = format!("/jobs/{id}");
    let rows = "select (select count(*) from audit) + (select count(*) from outbox) + (select count(*) from task)
        + (select sum(lock_version) from advert)";
    let before: i64 = sqlx::query_scalar(rows).fetch_one(&site.db).await.unwrap();
    let expect = async |servers: &mut [Server; 2], status: u16, says: &str| {
        for server in servers {
            for _ in 0..2 {
                let read = server.browser.get(&page).await;
                assert_eq!(read.status, status, "{}", read.text());
                assert!(read.has_text(says), "{}", read.text());
            }
        }
    };
    expect(&mut servers, 404, "Page not found").await;
    // The first instant of 17 January, and the one before it.
    site.pass(Duration::hours(38) - Duration::milliseconds(1));
    expect(&mut servers, 404, "Page not found").await;
    site.pass(Duration::milliseconds(1));
    expect(&mut servers, 200, "1 day left").await;
    site.pass(Duration::days(1));
    expect(&mut servers, 200, "closes today").await;
    // A server that dies in between leaves nothing undone.
    let [_, two] = &mut servers;
    two._job.abort();
    site.pass(Duration::days(1) - Duration::milliseconds(1));
    expect(&mut servers, 200, "closes today").await;
    site.pass(Duration::milliseconds(1));
    expect(&mut servers, 200, "This advert closed on 18 January 2026.").await;
    let after: i64 = sqlx::query_scalar(rows).fetch_one(&site.db).await.unwrap();
    assert_eq!(before, after, "nothing was written, so nothing can be written twice or be left half done");
}

#[tokio::test]
async fn a_server_that_hears_no_news_keeps_no_pages() {
    let (site, world, version, [mut one, _]) = two_servers().await;
    let trust = &world.trust;
    let id = site.db_published(trust, &trust.first, &version, |_| {}).await;
    let page = format!("/jobs/{id}");
    let cut = "select count(pg_terminate_backend(pid)) from pg_stat_activity
        where datname = current_database() and query ilike 'listen%'";
    for headline in ["One", "Two", "Three"] {
        one.listens().await;
        one.browser.open(&page).await;
        sqlx::query(cut).execute(&site.db).await.unwrap();
        sqlx::query("update advert set headline = $1").bind(headline).execute(&site.db).await.unwrap();
        within(SEEN_WITHIN, async || one.browser.open(&page).await.has_text(headline)).await;
    }
    one.listens().await;
}
