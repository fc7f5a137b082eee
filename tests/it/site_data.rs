//! What programs read of the public site: structured data, feeds, calendars, site maps, marks of what is kept; and that
//! readers are counted without being known.

use rolebook::domain::advert::{Audience, Dbs, Flexible};
use rolebook::domain::ids::AdvertId;
use serde_json::Value;
use time::Duration;
use time::macros::date;

use crate::support::page::Page;
use crate::support::people::World;
use crate::support::site::{PUBLIC_URL, Site};

async fn one_job(change: impl FnOnce(&mut rolebook::domain::advert::AdvertText)) -> (Site, World, AdvertId) {
    let site = Site::new().await;
    let world = site.world().await;
    site.db_grades(&world.trust).await;
    let version = site.db_issued(&world.trust, &world.trust.first, "Community nurse", "Band 4").await;
    let id = site.db_published(&world.trust, &world.trust.first, &version, change).await;
    (site, world, id)
}

fn structured(page: &Page) -> Option<Value> {
    let dom = page.dom();
    let css = crate::support::page::selector("script[type='application/ld+json']");
    dom.select(&css).next().map(|script| serde_json::from_str(&script.inner_html()).unwrap())
}

fn meta(page: &Page, name: &str) -> String {
    let css = crate::support::page::selector(&format!("meta[name='{name}'], meta[property='{name}']"));
    page.dom().select(&css).next().and_then(|meta| meta.attr("content").map(str::to_owned)).unwrap_or_default()
}

#[tokio::test]
async fn an_open_advert_has_valid_structured_data() {
    let (site, world, id) = one_job(|text| {
        text.short_text = "Care for <b>people</b> & their </script><script>alert(1)</script> families.".into();
        text.offer.dbs = Some(Dbs::EnhancedAdults);
        text.locations = "Ward 4, Beckett Street, Leeds, LS9 7TF\nMillfield, HX7".into();
    })
    .await;
    let page = site.browser().open(&format!("/jobs/{id}")).await;
    let posting = structured(&page).unwrap();
    for required in ["@context", "@type", "title", "description", "datePosted", "hiringOrganization", "jobLocation"] {
        assert!(!posting[required].is_null(), "{required} is missing: {posting}");
    }
    assert_eq!(posting["title"], "Community nurse");
    assert_eq!(posting["datePosted"], "2026-01-15");
    assert_eq!(posting["validThrough"], "2026-02-15T23:59:59+00:00");
    assert_eq!(posting["hiringOrganization"]["name"], world.trust.name.as_str());
    assert_eq!(posting["baseSalary"]["value"]["minValue"], 27485);
    assert_eq!(posting["baseSalary"]["value"]["maxValue"], 30162);
    assert_eq!(posting["employmentType"], serde_json::json!(["FULL_TIME", "PART_TIME"]));
    let first = &posting["jobLocation"][0]["address"];
    assert_eq!((&first["addressCountry"], &first["postalCode"]), (&"GB".into(), &"LS9".into()));
    assert_eq!(
        (&first["addressLocality"], &first["streetAddress"]),
        (&"Leeds".into(), &"Ward 4, Beckett Street".into())
    );
    assert_eq!(posting["directApply"], false);
    assert!(posting["jobLocationType"].is_null(), "only for work that is all at home");
    let description = posting["description"].as_str().unwrap();
    assert!(description.contains("&lt;b&gt;people&lt;/b&gt; &amp; their"), "{description}");
    assert!(!page.html().contains("<script>alert"), "nothing typed ends the element");

    assert_eq!(meta(&page, "og:url"), format!("{PUBLIC_URL}/jobs/{id}"));
    assert_eq!(meta(&page, "og:title"), format!("Community nurse, {}", world.trust.name));
    assert!(meta(&page, "description").contains("£27,485 to £30,162 a year"));
    page.assert_text("Enhanced DBS check with the adults' barred list");
    page.assert_text("A conviction or caution does not rule you out by itself");
    page.assert_text(
        "An offer of this job depends on an enhanced check by the Disclosure and Barring Service (DBS) with",
    );
    // The picture that is shown where somebody shares the page comes from here.
    let picture = meta(&page, "og:image");
    let picture = site.browser().get(picture.strip_prefix(PUBLIC_URL).unwrap()).await;
    assert_eq!((picture.status, picture.header("content-type")), (200, "image/png"));
    let search = site.browser().open("/jobs?words=nurse").await;
    assert!(meta(&search, "og:title").starts_with("Jobs: nurse") && !meta(&search, "description").is_empty());
    let nothing = site.browser().open("/jobs?words=plumber").await;
    assert_eq!((meta(&search, "robots").as_str(), meta(&nothing, "robots").as_str()), ("", "noindex"));
}

#[tokio::test]
async fn summer_time_and_work_at_home_are_told_right() {
    let (site, _, id) = one_job(|text| {
        text.closes_on = Some(date!(2026 - 04 - 20));
        text.interviews_on = Some(date!(2026 - 04 - 27));
        text.shortlisting_on = None;
        text.offer.flexible = vec![Flexible::Home];
    })
    .await;
    let posting = structured(&site.browser().open(&format!("/jobs/{id}")).await).unwrap();
    assert_eq!(posting["validThrough"], "2026-04-20T23:59:59+01:00");
    assert_eq!(posting["jobLocationType"], "TELECOMMUTE");
    assert_eq!(posting["applicantLocationRequirements"]["name"], "United Kingdom");
}

#[tokio::test]
async fn an_advert_that_is_over_is_not_indexed() {
    let (site, world, id) = one_job(|text| text.closes_on = Some(date!(2026 - 01 - 16))).await;
    site.pass(Duration::days(2));
    let page = site.browser().open(&format!("/jobs/{id}")).await;
    assert_eq!((structured(&page), meta(&page, "robots").as_str()), (None, "noindex"));
    let mut admin = site.signed_in(&world.trust.admin).await;
    let staff = admin.open(&world.trust.path(&format!("adverts/{id}"))).await;
    admin.submit_and_follow(staff.form("Withdraw the advert").fill("Why it is withdrawn", "Filled.")).await;
    let page = site.browser().get(&format!("/jobs/{id}")).await;
    assert_eq!((page.status, structured(&page)), (410, None));
    page.assert_text("Filled.");
}

#[tokio::test]
async fn a_search_is_a_feed_too() {
    let (site, _, id) = one_job(|text| text.headline = "Fish & <chips>".into()).await;
    let mut browser = site.browser();
    let page = browser.open("/jobs?words=nurse&place=HX7").await;
    let feed = browser.get(&page.link("Follow this search in a news reader")).await;
    assert_eq!(feed.header("content-type"), "application/atom+xml; charset=utf-8");
    let mut reader = quick_xml::Reader::from_reader(feed.bytes.as_slice());
    let (mut buffer, mut names) = (Vec::new(), Vec::new());
    loop {
        match reader.read_event_into(&mut buffer).unwrap() {
            quick_xml::events::Event::Eof => break,
            quick_xml::events::Event::Start(tag) => {
                names.push(String::from_utf8(tag.name().as_ref().to_vec()).unwrap())
            }
            _ => {}
        }
        buffer.clear();
    }
    assert_eq!(names.iter().filter(|name| *name == "entry").count(), 1);
    for needed in ["feed", "id", "title", "updated", "author", "summary"] {
        assert!(names.iter().any(|name| name == needed), "{needed}");
    }
    assert!(feed.html().contains(&format!("<id>{PUBLIC_URL}/jobs/{id}</id>")));
    assert!(feed.html().contains("<updated>2026-01-15T10:00:00+00:00</updated>"));
    let other = browser.get("/jobs.atom?words=porter").await;
    assert!(!other.html().contains("<entry>"));
}

#[tokio::test]
async fn dates_go_into_a_calendar() {
    let (site, world, id) = one_job(|_| {}).await;
    let mut browser = site.browser();
    let page = browser.open(&format!("/jobs/{id}")).await;
    let file = browser.get(&page.link("Put the dates in my calendar")).await;
    assert_eq!(file.header("content-type"), "text/calendar; charset=utf-8");
    let text = file.html();
    let lines: Vec<&str> = text.split("\r\n").collect();
    assert_eq!((lines[0], lines[lines.len() - 2]), ("BEGIN:VCALENDAR", "END:VCALENDAR"));
    assert_eq!(lines.iter().filter(|line| **line == "BEGIN:VEVENT").count(), 3);
    for line in ["DTSTART;VALUE=DATE:20260215", "DTSTART;VALUE=DATE:20260225", &format!("URL:{PUBLIC_URL}/jobs/{id}")] {
        assert!(lines.contains(&line), "{line}: {text}");
    }
    assert!(text.contains(&format!("SUMMARY:Interviews: Community nurse\\, {}", world.trust.name)));
}

#[tokio::test]
async fn the_site_map_lists_what_can_be_read() {
    let (site, world, id) = one_job(|_| {}).await;
    let secret = site.db_issued(&world.trust, &world.trust.first, "Secret", "Band 4").await;
    let internal = site
        .db_published(&world.trust, &world.trust.first, &secret, |text| text.offer.audience = Audience::Internal)
        .await;
    let mut browser = site.browser();
    let robots = browser.get("/robots.txt").await.html();
    assert!(robots.contains("Disallow: /staff/") && robots.contains(&format!("Sitemap: {PUBLIC_URL}/sitemap.xml")));
    let index = browser.get("/sitemap.xml").await.html();
    let parts: Vec<&str> = index.split("<loc>").skip(1).map(|rest| rest.split('<').next().unwrap()).collect();
    assert_eq!(parts, [format!("{PUBLIC_URL}/sitemaps/pages"), format!("{PUBLIC_URL}/sitemaps/0")]);
    assert!(index.contains("<lastmod>2026-01-15</lastmod>"));
    let mut all = String::new();
    for part in parts {
        all.push_str(&browser.get(part.strip_prefix(PUBLIC_URL).unwrap()).await.html());
    }
    assert!(all.contains(&format!("<loc>{PUBLIC_URL}/jobs/{id}</loc>")));
    assert!(!all.contains(&format!("/jobs/{internal}<")));
    // Everything that it lists is there.
    for address in all.split("<loc>").skip(1).map(|rest| rest.split('<').next().unwrap()).step_by(9) {
        let path = address.strip_prefix(PUBLIC_URL).unwrap();
        assert_eq!(browser.get(path).await.status, 200, "{path}");
    }
    assert_eq!(browser.get("/sitemaps/7").await.status, 404);
    assert_eq!(browser.get("/sitemaps/-1").await.status, 404);
}

#[tokio::test]
async fn what_is_kept_is_asked_about_again() {
    let (site, world, id) = one_job(|_| {}).await;
    for path in
        ["/jobs".to_owned(), format!("/jobs/{id}"), "/jobs.atom".into(), "/sitemap.xml".into(), "/jobs/in/leeds".into()]
            .into_iter()
            .chain(["/accessibility", "/privacy", "/cookies"].map(str::to_owned))
    {
        let page = site.browser().get(&path).await;
        let mark = page.header("etag").to_owned();
        assert!(mark.starts_with('"') && mark.len() > 10, "{path}: {mark}");
        assert_eq!(page.header("cache-control"), "public, no-cache", "{path}");
        let again = site.browser().get_with(&path, &[("if-none-match", &mark)]).await;
        assert_eq!((again.status, again.bytes.len(), again.header("etag")), (304, 0, mark.as_str()), "{path}");
        let weak = site.browser().get_with(&path, &[("if-none-match", &format!("W/{mark}"))]).await;
        assert_eq!(weak.status, 304, "{path}: a proxy that compresses makes the mark weak");
    }
    let path = format!("/jobs/{id}");
    let mark = site.browser().get(&path).await.header("etag").to_owned();
    let mut person = site.signed_in(&world.applicant).await;
    let page = person.get(&path).await;
    assert_eq!(
        (page.header("cache-control"), page.header("etag")),
        ("no-store", ""),
        "a page of one's own is not kept"
    );
    site.pass(Duration::days(1));
    let page = site.browser().get_with(&path, &[("if-none-match", &mark)]).await;
    assert_eq!(page.status, 200, "a day fewer is left");
}

#[tokio::test]
async fn readers_are_counted_and_not_known() {
    let (site, world, id) = one_job(|_| {}).await;
    let path = format!("/jobs/{id}");
    let firefox = ("user-agent", "Mozilla/5.0 Firefox/150.0");
    let search = format!("{PUBLIC_URL}/jobs?words=nurse");
    for referer in [Some(search.as_str()), Some(search.as_str()), Some("https://www.google.com/"), None] {
        let headers: Vec<_> = [Some(firefox), referer.map(|from| ("referer", from))].into_iter().flatten().collect();
        let page = site.browser().get_with(&path, &headers).await;
        assert_eq!(page.header("set-cookie"), "");
    }
    site.browser().get_with(&path, &[("user-agent", "Googlebot/2.1")]).await;
    assert_eq!(rolebook::jobs::views::write_down(&site.app).await.unwrap(), 4);
    assert_eq!(rolebook::jobs::views::write_down(&site.app).await.unwrap(), 0);
    let mut author = site.signed_in(&world.trust.first.team.author).await;
    let page = author.open(&world.trust.path(&format!("adverts/{id}"))).await;
    page.assert_text("4 times. No cookie is set for that");
    page.assert_text("The search on this site 2");
    page.assert_text("Search engines 1");
    assert!(author.statements() <= 4, "{:?}", author.statement_list());
}

#[tokio::test]
async fn an_internal_advert_is_for_staff_and_a_hold_ends_by_itself() {
    let (site, world, id) = one_job(|text| text.offer.redeployment_until = Some(date!(2026 - 01 - 20))).await;
    let secret = site.db_issued(&world.trust, &world.trust.first, "Secret", "Band 4").await;
    let internal = site
        .db_published(&world.trust, &world.trust.first, &secret, |text| text.offer.audience = Audience::Internal)
        .await;
    let mut staff = site.signed_in(&world.trust.second.team.manager).await;
    let mut others = site.signed_in(&world.council.admin).await;
    for job in [id, internal] {
        let path = format!("/jobs/{job}");
        assert_eq!(site.browser().get(&path).await.status, 404);
        assert_eq!(others.get(&path).await.status, 404);
        assert_eq!(others.post(&format!("{path}/save"), &[]).await.status, 404);
        staff.open(&path).await;
    }
    let advert = |job: AdvertId| world.trust.path(&format!("adverts/{job}"));
    let hold = "Kept for redeployment: until the end of 20 January 2026 for own staff, then for everybody.";
    let mut author = site.signed_in(&world.trust.first.team.author).await;
    author.open(&advert(id)).await.assert_text(hold);
    author.open(&advert(internal)).await.assert_text("For own staff only: nobody outside can read it.");
    let list = author.open(&world.trust.path("adverts")).await;
    list.assert_text("for own staff until 20 January 2026");
    list.assert_text("own staff only");
    staff.open(&format!("/jobs/{id}")).await.assert_text("Kept for redeployment until 20 January 2026.");
    staff.open(&format!("/jobs/{internal}")).await.assert_text("For staff of Northmoor NHS Trust only.");
    assert_eq!(staff.open("/jobs").await.find(".rb-job").len(), 2);
    assert_eq!(site.browser().open("/jobs").await.find(".rb-job").len(), 0);
    assert!(!site.browser().get("/jobs.atom").await.html().contains("<entry>"));
    site.pass(Duration::days(5) + Duration::hours(14) - Duration::seconds(1));
    assert_eq!(site.browser().get(&format!("/jobs/{id}")).await.status, 404);
    site.pass(Duration::seconds(1));
    assert_eq!(site.browser().get(&format!("/jobs/{id}")).await.status, 200, "from midnight in London on");
    assert_eq!(site.browser().open("/jobs").await.find(".rb-job").len(), 1);
}

#[tokio::test]
async fn what_was_filled_during_the_hold_stays_among_the_staff() {
    let (site, _, id) = one_job(|text| text.offer.redeployment_until = Some(date!(2026 - 01 - 20))).await;
    let sql = "update advert set state = 'withdrawn', withdrawn_by = published_by, withdrawn_at = opens_at + interval '1 day',
        withdrawn_reason = 'Filled by a colleague' where id = $1";
    sqlx::query(sql).bind(id.0).execute(&site.db).await.unwrap();
    site.pass(Duration::days(10));
    assert_eq!(site.browser().get(&format!("/jobs/{id}")).await.status, 404, "the public never knew of it");
}

#[tokio::test]
async fn a_page_that_has_gone_is_a_page_each_time() {
    let (site, world, id) = one_job(|_| {}).await;
    let mut author = site.signed_in(&world.trust.first.team.author).await;
    let withdraw = world.trust.path(&format!("adverts/{id}/withdraw"));
    site.pass(Duration::minutes(1));
    author.post(&withdraw, &[("reason", "The post is filled.")]).await;
    let path = format!("/jobs/{id}");
    let gone = site.browser().get(&path).await;
    assert_eq!(gone.status, 410);
    let again = site.browser().get_with(&path, &[("if-none-match", gone.header("etag"))]).await;
    assert_eq!((again.status, again.header("content-type")), (410, "text/html; charset=utf-8"));
}

#[tokio::test]
async fn one_can_check_for_oneself_and_nothing_is_stored() {
    let (site, _, id) = one_job(|_| {}).await;
    let mut browser = site.browser();
    let page = browser.open(&format!("/jobs/{id}")).await;
    let page = browser.follow_link(&page, "Could this be for me?").await;
    page.assert_text("Listens well to people.");
    page.assert_text("Assessed by: Interview");
    let answers = page.form("See what that comes to");
    let yes = browser.submit(answers.clone().forge("criterion_0", "yes")).await;
    yes.assert_text("This looks like a job for you");
    let no = browser.submit(answers.clone().forge("criterion_0", "no")).await;
    no.assert_text("Perhaps another job fits better");
    no.assert_text("To think about before you apply: Listens well to people.");
    let none = browser.submit(answers).await;
    none.assert_text("You have not answered everything, and you need not.");
    assert_eq!((yes.status, yes.header("cache-control"), yes.header("set-cookie")), (200, "no-store", ""));
    assert!(browser.statements() <= 4, "{:?}", browser.statement_list());
}

#[tokio::test]
async fn towns_have_pages() {
    let (site, _, _) = one_job(|_| {}).await;
    let mut browser = site.browser();
    let page = browser.open("/jobs/in").await;
    let page = browser.follow_link(&page, "Hebden Bridge").await;
    assert_eq!(page.heading(), "Jobs in and near Hebden Bridge");
    page.assert_text("1 job is open within 10 miles.");
    assert!(page.has_link("Jobs in Halifax") && page.has_link("Community nurse"));
    browser.follow_link(&page, "Narrow the search").await.assert_text("within 10 miles of Hebden Bridge");
    browser.open("/jobs/in/penzance").await.assert_text("No job is open within 10 miles at present.");
    assert_eq!(browser.get("/jobs/in/atlantis").await.status, 404);
}
