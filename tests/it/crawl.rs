//! Every link of every public page leads somewhere, and what programs read of each advert is whole: structured data,
//! feeds and calendars, read by the parsers of others.

use std::collections::{BTreeMap, BTreeSet};

use rolebook::demo::many::add_to;
use serde_json::Value;

use crate::support::browser::Browser;
use crate::support::page::{Page, selector};
use crate::support::site::{PUBLIC_URL, Site};

const ADVERTS: usize = 60;
/// Each page of the search has dozens of searches a click away: so many are enough.
const SEARCHES: usize = 40;

/// Where pages lead outside; nothing there is asked for.
const OUTSIDE: [&str; 6] = [
    "https://www.w3.org/TR/WCAG22/",
    "https://ico.org.uk/make-a-complaint/",
    "https://www.equalityadvisoryservice.com/",
    "https://apply.many.example/",
    "https://www.gov.uk/",
    "https://www.nationalarchives.gov.uk/doc/open-government-licence/",
];

struct Crawl {
    browser: Browser,
    pages: BTreeMap<String, Page>,
    /// Address with fragment, and the page that names it.
    waiting: Vec<(String, String)>,
    fragments: BTreeSet<(String, String)>,
    searches: usize,
}

impl Crawl {
    async fn walk(&mut self) {
        while let Some((address, from)) = self.waiting.pop() {
            let (path, fragment) = address.split_once('#').map_or((address.as_str(), ""), |(path, rest)| (path, rest));
            if !fragment.is_empty() {
                self.fragments.insert((path.to_owned(), fragment.to_owned()));
            }
            let is_search = path.contains('?') && (path.starts_with("/jobs?") || path.starts_with("/jobs.atom"));
            if self.pages.contains_key(path) || is_search && self.searches > SEARCHES {
                continue;
            }
            self.searches += usize::from(is_search);
            // Files take long to make: text stands for all of them.
            if path.contains("as=pdf") || path.contains("as=docx") {
                continue;
            }
            let page = self.browser.get(path).await;
            let leads_on = page.status == 303 && (path == "/" || path.starts_with("/account"));
            assert!(page.status == 200 || leads_on, "{path}, which {from} leads to, is {}", page.status);
            assert_eq!(page.header("set-cookie"), "", "reading sets no cookie: {path}");
            if page.header("content-type").starts_with("text/html") {
                self.note(path, &page);
            }
            self.pages.insert(path.to_owned(), page);
        }
    }

    fn note(&mut self, path: &str, page: &Page) {
        let dom = page.dom();
        let css = selector("a[href], link[rel=canonical], link[rel=alternate], link[rel=next], link[rel=prev]");
        for link in dom.select(&css).filter_map(|link| link.attr("href")) {
            let ours = link.strip_prefix(PUBLIC_URL).unwrap_or(link);
            let is_mail = link.starts_with("mailto:") || link.starts_with("tel:");
            match ours {
                _ if is_mail => assert!(link.len() > 8, "{path}: {link}"),
                inside if inside.starts_with('/') => self.waiting.push((inside.to_owned(), path.to_owned())),
                within if within.starts_with('#') => self.waiting.push((format!("{path}{within}"), path.to_owned())),
                _ => assert!(OUTSIDE.iter().any(|known| link.starts_with(known)), "{path} leads to {link}"),
            }
        }
    }
}

async fn crawled() -> (Site, Crawl) {
    let site = Site::new().await;
    let mut tx = site.tx().await;
    add_to(&mut tx, ADVERTS, (site.app.clock.today(), site.now()), "no password", |_| {}).await.unwrap();
    tx.commit().await.unwrap();
    // One of them takes questions by the form.
    sqlx::query(
        "update advert set contact_by_form = true where id = (select min(id) from advert where closes_at > $1)",
    )
    .bind(site.now())
    .execute(&site.db)
    .await
    .unwrap();
    let start = ["/", "/jobs", "/sitemap.xml", "/robots.txt"].map(|path| (path.to_owned(), "the start".to_owned()));
    let mut crawl = Crawl {
        browser: site.browser(),
        pages: BTreeMap::new(),
        waiting: start.into(),
        fragments: BTreeSet::new(),
        searches: 0,
    };
    crawl.walk().await;
    let jobs: Vec<i64> = sqlx::query_scalar(
        "select id from advert where state = 'published' and audience = 'public' and opens_at <= $1",
    )
    .bind(site.now())
    .fetch_all(&site.db)
    .await
    .unwrap();
    crawl.waiting = jobs.into_iter().map(|id| (format!("/jobs/{id}"), "the database".to_owned())).collect();
    crawl.walk().await;
    (site, crawl)
}

#[tokio::test]
async fn every_link_leads_somewhere_and_programs_can_read_what_is_for_them() {
    let (_site, crawl) = crawled().await;
    let adverts = crawl.pages.keys().filter(|path| is_advert(path)).count();
    assert!(adverts > ADVERTS / 2, "{adverts} of {:?}", crawl.pages.len());
    for (path, fragment) in &crawl.fragments {
        if let Some(page) = crawl.pages.get(path) {
            assert!(!page.find(&format!("[id='{fragment}']")).is_empty(), "{path} has no #{fragment}");
        }
    }
    let (mut postings, mut feeds, mut calendars) = (0, 0, 0);
    for (path, page) in &crawl.pages {
        if is_advert(path) {
            postings += usize::from(posting_is_whole(path, page));
        } else if path.starts_with("/jobs.atom") {
            feed_is_whole(path, page);
            feeds += 1;
        } else if path.ends_with(".ics") {
            calendar_is_whole(path, page);
            calendars += 1;
        }
    }
    assert!(postings > ADVERTS / 2 && feeds > 3 && calendars > ADVERTS / 2, "{postings} {feeds} {calendars}");
}

fn is_advert(path: &str) -> bool {
    path.strip_prefix("/jobs/").is_some_and(|id| id.parse::<i64>().is_ok())
}

/// An open advert has structured data with everything that is required; one that is over has none.
fn posting_is_whole(path: &str, page: &Page) -> bool {
    let dom = page.dom();
    let mut scripts =
        dom.select(&selector("script[type='application/ld+json']")).map(|one| one.inner_html()).collect::<Vec<_>>();
    assert!(scripts.len() <= 1, "{path}");
    let is_open = page.find(".rb-closing").len() == 1;
    assert_eq!(is_open, !scripts.is_empty(), "{path}");
    let Some(script) = scripts.pop() else { return false };
    let posting: Value = serde_json::from_str(&script).unwrap();
    for required in ["@context", "@type", "title", "description", "datePosted", "validThrough", "identifier"] {
        assert!(!posting[required].is_null(), "{path}: {required}");
    }
    assert!(posting["hiringOrganization"]["name"].as_str().is_some_and(|name| !name.is_empty()), "{path}");
    let place = &posting["jobLocation"];
    let place = if place.is_array() { &place[0] } else { place };
    assert_eq!(place["address"]["addressCountry"], "GB", "{path}: {posting}");
    assert!(posting["baseSalary"]["value"]["minValue"].as_f64().is_some_and(|pounds| pounds > 10_000.0), "{path}");
    let text = posting["description"].as_str().unwrap();
    assert!(text.len() > 500 && text.contains("<li>") && !text.contains("<script"), "{path}: {text}");
    true
}

fn feed_is_whole(path: &str, page: &Page) {
    let feed = feed_rs::parser::parse(page.bytes.as_slice()).unwrap_or_else(|error| panic!("{path}: {error}"));
    assert_eq!(feed.feed_type, feed_rs::model::FeedType::Atom, "{path}");
    assert!(feed.title.is_some() && feed.updated.is_some() && feed.id.starts_with(PUBLIC_URL), "{path}");
    for entry in &feed.entries {
        assert!(entry.title.is_some() && entry.updated.is_some() && entry.summary.is_some(), "{path}: {entry:?}");
        assert!(entry.links.iter().any(|link| link.href.starts_with(PUBLIC_URL)), "{path}: {entry:?}");
    }
}

fn calendar_is_whole(path: &str, page: &Page) {
    let mut calendars = ical::IcalParser::new(page.bytes.as_slice());
    let calendar = calendars.next().unwrap().unwrap_or_else(|error| panic!("{path}: {error}"));
    assert!(calendars.next().is_none(), "{path}");
    assert!(calendar.events.len() >= 2, "{path}: closing date and interviews");
    for event in &calendar.events {
        for needed in ["UID", "DTSTAMP", "DTSTART", "SUMMARY", "URL"] {
            let value = event.properties.iter().find(|one| one.name == needed).and_then(|one| one.value.clone());
            assert!(value.is_some_and(|value| !value.is_empty()), "{path}: {needed}");
        }
    }
}
