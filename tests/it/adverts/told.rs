//! What search engines are told of an advert, in every state that it can be in, held against the list of properties
//! that they read.

use rolebook::domain::advert::{Audience, ContractKind, Flexible, Pattern};
use serde_json::Value;
use time::Duration;
use time::macros::date;

use super::{Desk, desk};
use crate::support::page::{Page, selector};
use crate::support::site::PUBLIC_URL;

/// A property a row, with how much it is wanted. Google's own words are in the file's head.
const PROPERTIES: &str = include_str!("../../../reference/jobposting_fields.csv");

fn structured(page: &Page) -> Vec<Value> {
    let dom = page.dom();
    let css = selector("script[type='application/ld+json']");
    dom.select(&css).map(|script| serde_json::from_str(&script.inner_html()).unwrap()).collect()
}

/// Name, level and type of each property that belongs into the markup.
fn properties() -> Vec<(String, String, String)> {
    let mut file = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(PROPERTIES.as_bytes());
    let rows = file.records().map(|row| row.unwrap());
    let all = rows.map(|row| (row[0].to_owned(), row[1].to_owned(), row[2].to_owned()));
    all.filter(|(_, level, _)| level != "site-rule").collect()
}

/// Everything that is required is there and of its shape, and nothing that nobody reads.
fn is_valid(posting: &Value) {
    let known = properties();
    assert!(known.len() > 20);
    let home = posting["jobLocationType"] == "TELECOMMUTE";
    for (name, level, _) in &known {
        let needed = level == "required" || level.starts_with("required unless") && !home;
        let needed = needed || level.contains("required if TELECOMMUTE") && home;
        // An advert of ours always ends, always has pay and a reference.
        let ours = ["validThrough", "baseSalary", "identifier", "directApply"].contains(&name.as_str());
        assert!(!posting[name].is_null() || !(needed || ours), "{name} is missing: {posting}");
    }
    for name in posting.as_object().unwrap().keys() {
        assert!(known.iter().any(|(property, ..)| property == name), "{name} is no property of a JobPosting");
    }
    assert_eq!((&posting["@context"], &posting["@type"]), (&"https://schema.org".into(), &"JobPosting".into()));
    assert!(posting["hiringOrganization"]["name"].as_str().is_some_and(|name| !name.is_empty()));
    assert!(posting["hiringOrganization"]["sameAs"].as_str().is_some_and(|page| page.starts_with(PUBLIC_URL)));
    let places = match &posting["jobLocation"] {
        Value::Array(places) => places.clone(),
        place => vec![place.clone()],
    };
    for place in &places {
        assert_eq!((&place["@type"], &place["address"]["@type"]), (&"Place".into(), &"PostalAddress".into()));
        assert_eq!(place["address"]["addressCountry"], "GB", "never UK");
    }
    let pay = &posting["baseSalary"];
    assert_eq!((&pay["@type"], &pay["currency"]), (&"MonetaryAmount".into(), &"GBP".into()));
    let unit = pay["value"]["unitText"].as_str().unwrap();
    assert!(["HOUR", "DAY", "WEEK", "MONTH", "YEAR"].contains(&unit));
    assert!(pay["value"]["minValue"].as_f64().unwrap() <= pay["value"]["maxValue"].as_f64().unwrap());
    let day = time::macros::format_description!("[year]-[month]-[day]");
    time::Date::parse(posting["datePosted"].as_str().unwrap(), &day).unwrap();
    let rfc3339 = &time::format_description::well_known::Rfc3339;
    time::OffsetDateTime::parse(posting["validThrough"].as_str().unwrap(), rfc3339).unwrap();
    let title = posting["title"].as_str().unwrap();
    assert!(!title.contains('£') && !title.contains("Band"), "the title alone");
    let description = posting["description"].as_str().unwrap();
    assert!(description.starts_with("<p>") && description != title, "{description}");
}

/// What the state's page says to programs: nothing, or one posting that is whole.
async fn expect(desk: &Desk, job: &str, status: u16, has: bool) -> Option<Value> {
    let page = desk.site.browser().get(job).await;
    assert_eq!(page.status, status, "{}", page.text());
    let mut postings = structured(&page);
    assert_eq!(postings.len(), usize::from(has), "{}", page.text());
    postings.iter().for_each(is_valid);
    postings.pop()
}

#[tokio::test]
async fn every_state_of_an_advert_says_what_is_true_of_it() {
    let mut desk = desk().await;
    let page = desk.confirmed().await;
    let job = format!("/jobs/{}", page.path.rsplit('/').next().unwrap());
    expect(&desk, &job, 404, false).await; // confirmed, and not published
    sqlx::query("update advert set opens_on = '2026-01-20'").execute(&desk.site.db).await.unwrap();
    let page = desk.author.open(&page.path).await;
    let page = desk.author.submit_and_follow(page.form("Publish the advert")).await;
    expect(&desk, &job, 404, false).await; // scheduled
    desk.site.pass(Duration::days(6));
    let open = expect(&desk, &job, 200, true).await.unwrap();
    assert_eq!(open["datePosted"], "2026-01-20");
    let mut author = desk.site.signed_in(&desk.world.trust.first.team.author).await;
    let page = author.open(&page.path).await;
    let form =
        page.form("Keep it open").fill("New closing date", "2026-02-20").fill("Why it is open for longer", "Snow.");
    let page = author.submit_and_follow(form).await;
    let longer = expect(&desk, &job, 200, true).await.unwrap();
    assert_eq!(
        (&longer["validThrough"], &longer["datePosted"]),
        (&"2026-02-20T23:59:59+00:00".into(), &"2026-01-20".into())
    );
    desk.site.pass(Duration::days(32));
    expect(&desk, &job, 200, false).await; // closed
    let mut author = desk.site.signed_in(&desk.world.trust.first.team.author).await;
    let page = author.open(&page.path).await;
    let form = page.form("Withdraw the advert").fill("Why it is withdrawn", "The post is filled.");
    author.submit_and_follow(form).await;
    expect(&desk, &job, 410, false).await; // withdrawn
}

#[tokio::test]
async fn every_kind_of_advert_is_told_right() {
    let desk = desk().await;
    let trust = &desk.world.trust;
    let version = desk.site.db_issued(trust, &trust.first, "Ward clerk", "Band 4").await;
    let site = &desk.site;
    let id = site.db_published(trust, &trust.first, &version, |text| {
        (text.salary_typed, text.salary_text) = (true, "£12.60 to £13.10 an hour".into());
        (text.contract_kind, text.offer.patterns) =
            (Some(ContractKind::Bank), vec![Pattern::PartTime, Pattern::Shifts]);
    });
    let by_hour = expect(&desk, &format!("/jobs/{}", id.await), 200, true).await.unwrap();
    let pay = &by_hour["baseSalary"]["value"];
    assert_eq!((&pay["unitText"], &pay["minValue"], &pay["maxValue"]), (&"HOUR".into(), &12.6.into(), &13.1.into()));
    assert_eq!(by_hour["jobStartDate"], "1 April 2026, or when you can");
    assert_eq!(by_hour["employmentType"], serde_json::json!(["PART_TIME", "PER_DIEM"]));
    let at_home = site.db_published(trust, &trust.first, &version, |text| text.offer.flexible = vec![Flexible::Home]);
    let at_home = expect(&desk, &format!("/jobs/{}", at_home.await), 200, true).await.unwrap();
    assert_eq!(at_home["jobLocationType"], "TELECOMMUTE");
    let held = site.db_published(trust, &trust.first, &version, |text| {
        text.offer.redeployment_until = Some(date!(2026 - 01 - 20));
    });
    let held = format!("/jobs/{}", held.await);
    expect(&desk, &held, 404, false).await;
    let internal = site.db_published(trust, &trust.first, &version, |text| text.offer.audience = Audience::Internal);
    let internal = format!("/jobs/{}", internal.await);
    expect(&desk, &internal, 404, false).await;
    // Staff read both, and nothing is said of them to programs.
    let mut staff = site.signed_in(&trust.first.team.author).await;
    for job in [&held, &internal] {
        assert_eq!(structured(&staff.open(job).await), [Value::Null; 0]);
    }
    site.pass(Duration::days(6));
    let open = expect(&desk, &held, 200, true).await.unwrap();
    assert_eq!(open["datePosted"], "2026-01-21", "the first day on which everybody could read it");
}
