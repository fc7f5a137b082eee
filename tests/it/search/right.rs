//! Searches with answers that were worked out by hand.

use time::macros::datetime;

use super::{site_with, town};
use crate::support::page::Page;

fn titles(page: &Page) -> Vec<String> {
    page.find(".rb-job .rb-row__title")
}

/// The address of a search, and every title that it finds; in the order shown where the search names one.
const SEARCHES: [(&str, &[&str]); 60] = [
    // Words and stems
    ("words=nurse", &["Community nurse", "District nursing sister"]),
    ("words=nurses", &["Community nurse", "District nursing sister"]),
    ("words=NURSING", &["Community nurse", "District nursing sister"]),
    ("words=community+nurse", &["Community nurse"]),
    ("words=safeguarding", &["Community nurse", "Social worker, children"]),
    ("words=patients", &["Community nurse", "Night porter"]),
    ("words=librarian", &["Library assistant"]),
    ("words=\"support+worker\"", &["Healthcare support worker"]),
    ("words=\"worker+support\"", &[]),
    ("words=nurse+-community", &["District nursing sister"]),
    ("words=nurse+or+porter", &["Community nurse", "District nursing sister", "Night porter"]),
    ("words=ME13", &["Planning officer", "Library assistant", "Refuse loader", "Head of finance"]),
    // Synonyms
    ("words=hca", &["Healthcare support worker"]),
    ("words=nursing+assistant", &["Healthcare support worker"]),
    ("words=ot", &["Occupational therapist"]),
    ("words=physio", &["Physiotherapist"]),
    ("words=ta", &["Teaching assistant"]),
    ("words=pa", &["Medical secretary"]),
    ("words=bin+collector", &[]),
    ("words=waste", &["Refuse loader"]),
    ("words=gardening", &["Apprentice gardener"]),
    ("words=trainee", &["Apprentice gardener"]),
    ("words=information+analyst", &["Data analyst"]),
    // Slips of the pen
    ("words=nusre", &["Community nurse", "District nursing sister"]),
    ("words=physiotherapst", &["Physiotherapist"]),
    ("words=secretry", &["Medical secretary"]),
    ("words=lifegaurd", &["Summer lifeguard"]),
    ("words=\"nusre\"", &[]),
    ("words=zzzzzz", &[]),
    // Places and distances
    ("place=HX7&within=3", &["Community nurse", "Bank receptionist"]),
    ("place=HX7&within=10", &["Community nurse", "Bank receptionist", "Medical secretary", "District nursing sister"]),
    ("place=hx7+8ab&within=3", &["Community nurse", "Bank receptionist"]),
    ("place=Hebden+Bridge&within=3", &["Community nurse", "Bank receptionist"]),
    ("place=LS9&within=3", &["Healthcare support worker", "Night porter"]),
    ("place=Leeds&within=3", &["Healthcare support worker", "Night porter"]),
    ("place=Leds&within=3", &["Healthcare support worker", "Night porter"]),
    ("place=York&within=5", &["Apprentice gardener"]),
    ("place=Millfield", &["Community nurse", "Bank receptionist"]),
    ("place=Atlantis", &[]),
    (
        "place=ME13&within=10",
        &[
            "Planning officer",
            "Library assistant",
            "Refuse loader",
            "Head of finance",
            "Teaching assistant",
            "Social worker, children",
        ],
    ),
    ("place=ME13&within=5", &["Planning officer", "Library assistant", "Refuse loader", "Head of finance"]),
    ("place=Lerwick&within=100", &[]),
    // Filters
    ("grade=Band+6", &["District nursing sister", "Occupational therapist", "Physiotherapist"]),
    ("contract=bank", &["Bank receptionist"]),
    ("contract=temporary", &["Refuse loader", "Summer lifeguard"]),
    ("flexible=job_share", &["Occupational therapist", "Planning officer"]),
    ("flexible=job_share&flexible=hybrid", &["Planning officer"]),
    ("flexible=home", &["Data analyst"]),
    ("pattern=shifts", &["Healthcare support worker", "Night porter"]),
    ("pattern=part_time&grade=Band+2", &["Healthcare support worker", "Bank receptionist"]),
    ("soon=yes", &["Night porter"]),
    // Salary across schemes: the top of the range counts
    ("salary=54710", &["Data analyst", "Head of finance"]),
    ("salary=54711", &["Head of finance"]),
    (
        "salary=43000",
        &[
            "District nursing sister",
            "Occupational therapist",
            "Physiotherapist",
            "Data analyst",
            "Social worker, children",
            "Head of finance",
        ],
    ),
    ("salary=£75,000", &["Head of finance"]),
    // Combined
    ("words=nurse&place=HX7&within=3", &["Community nurse"]),
    ("words=assistant&salary=25000&pattern=part_time", &["Library assistant", "Teaching assistant"]),
    ("words=children&flexible=hybrid", &["Social worker, children"]),
    ("grade=Grade+3&flexible=term_time", &["Teaching assistant"]),
    ("words=nurse&contract=bank", &[]),
];

#[tokio::test]
async fn sixty_searches_find_what_they_should() {
    let (site, _) = site_with(&town()).await;
    let mut browser = site.browser();
    let mut wrong = Vec::new();
    for (asked, expected) in SEARCHES {
        let page = browser.get(&format!("/jobs?{}", asked.replace('"', "%22").replace('£', "%C2%A3"))).await;
        let page = if page.status == 303 { browser.follow(page).await } else { page };
        let (mut found, mut expected) = (titles(&page), expected.to_vec());
        found.sort();
        expected.sort();
        if found != expected {
            wrong.push(format!("{asked}: {found:?}, not {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of 60 searches are wrong: {wrong:#?}", wrong.len());
}

#[tokio::test]
async fn results_come_in_the_order_that_was_asked_for() {
    let (site, _) = site_with(&town()).await;
    let mut browser = site.browser();
    for (asked, first) in [
        ("sort=newest", ["Refuse loader", "Head of finance"]),
        ("sort=closing", ["Night porter", "Community nurse"]),
        ("sort=salary", ["Head of finance", "Data analyst"]),
        ("place=HX7&within=20&sort=distance", ["Bank receptionist", "Community nurse"]),
        // A word of the title counts for more than one of the text.
        ("words=children", ["Social worker, children", "Library assistant"]),
    ] {
        let found = titles(&browser.open(&format!("/jobs?{asked}")).await);
        assert_eq!(found[..2], first, "{asked}");
    }
    let page = browser.open("/jobs?words=nurse").await;
    assert!(!page.has_link("nearest"), "without a place there is no nearest");
}

#[tokio::test]
async fn the_page_says_how_it_understood() {
    let (site, _) = site_with(&town()).await;
    let mut browser = site.browser();
    browser.open("/jobs?words=nusre").await.assert_text("No job says “nusre”, so this looks for “nurse”.");
    // Also towards a word that means what adverts say.
    let page = browser.open("/jobs?words=horticultre").await;
    page.assert_text("No job says “horticultre”, so this looks for “horticulture”.");
    assert_eq!(titles(&page), ["Apprentice gardener"]);
    browser.open("/jobs?place=Leds").await.assert_text("We don't know “Leds”, so this looks near Leeds.");
    browser.open("/jobs?place=Millfield").await.assert_text("“Millfield” is no town or postcode that we know");
    let page = browser.open("/jobs?place=el").await;
    page.assert_text("“el” is no town or postcode that we know, and too short to look for in addresses");
    page.assert_text("No open job matches.");
    let page = browser.open("/jobs?place=LS9&within=3").await;
    page.assert_text("Less than 1 mile away");
    page.assert_text("within 3 miles of LS9");
    let moved = browser.get("/jobs?place=LS9+7TF&words=porter").await;
    assert_eq!(moved.location.as_deref(), Some("/jobs?words=porter&place=LS9"), "a whole postcode leaves the address");
}

#[tokio::test]
async fn nothing_found_leads_to_what_there_is() {
    let (site, _) = site_with(&town()).await;
    let mut browser = site.browser();
    let page = browser.open("/jobs?words=librarian&place=HX7&within=3&pattern=shifts").await;
    page.assert_text("No open job matches.");
    assert!(
        page.links().iter().all(|(label, _)| !label.starts_with("Search without “librarian”")),
        "none of that either"
    );
    let page = browser.open("/jobs?words=nurse&contract=bank").await;
    assert!(page.has_link("Search without “nurse”: 1 job"));
    let page = browser.follow_link(&page, "Search without “Bank or casual”: 2 jobs").await;
    assert_eq!(titles(&page).len(), 2);
    // Where no single condition is to blame, the way out names several; of several words, the one that nothing has.
    let page = browser.open("/jobs?words=nurse&contract=bank&flexible=home&place=York&within=3").await;
    assert!(page.has_link("Search without the place and all filters: 2 jobs"), "{}", page.text());
    let page = browser.open("/jobs?words=porter+zeppelin").await;
    let page = browser.follow_link(&page, "Search without “zeppelin”: 1 job").await;
    assert_eq!(titles(&page), ["Night porter"]);
    let page = browser.open("/jobs?words=lifeguard&place=York&within=10").await;
    let page = browser.follow_link(&page, "Search within 50 miles of York: 1 job").await;
    assert_eq!(titles(&page), ["Summer lifeguard"]);
}

#[tokio::test]
async fn a_job_is_found_until_midnight_on_the_day_of_the_clock_change() {
    let (site, _) = site_with(&town()).await;
    let mut browser = site.browser();
    let mut found = async |at: time::OffsetDateTime| {
        site.pass(at - site.now());
        titles(&browser.open("/jobs?words=lifeguard").await).len()
    };
    assert_eq!(found(datetime!(2026-03-29 22:59:59 UTC)).await, 1);
    assert_eq!(found(datetime!(2026-03-29 23:00 UTC)).await, 0, "midnight in London is an hour earlier in summer");
}

#[tokio::test]
async fn anything_can_be_typed() {
    let (site, _) = site_with(&town()).await;
    let mut browser = site.browser();
    let long = "nurse%20".repeat(500);
    let odd =
        ["%00", "%27%29%3B--", "%F0%9F%92%89", "%22", "-", "or", "%25_%5C", "%D0%BC%D0%B5%D0%B4", "the", long.as_str()];
    for typed in odd {
        for field in ["words", "place", "grade", "employer", "salary", "within", "sort"] {
            let page = browser.get(&format!("/jobs?{field}={typed}")).await;
            assert_eq!((page.status, page.heading().as_str()), (200, "Jobs"), "{field}={typed}");
        }
        assert_eq!(browser.get(&format!("/jobs.atom?words={typed}&place={typed}")).await.status, 200, "{typed}");
    }
}
