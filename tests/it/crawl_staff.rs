//! Every link of every page of the demonstration leads somewhere, for everybody who works in it and for an applicant.

use std::collections::{BTreeMap, BTreeSet};

use rolebook::demo::{self, PASSWORD};

use crate::support::browser::Browser;
use crate::support::page::{Page, selector};
use crate::support::site::{PUBLIC_URL, Site};

/// Addresses that differ in numbers or filters alone lead to the same page of other things. So many stand for all of them.
const OF_ONE_SHAPE: usize = 6;
/// What a file is asked as; files take long to make, and text stands for all of them.
const FILES: [&str; 3] = ["as=pdf", "as=docx", ".zip"];

struct Walk {
    who: String,
    browser: Browser,
    seen: BTreeMap<String, Page>,
    waiting: Vec<(String, String)>,
    fragments: BTreeSet<(String, String, String)>,
    asked: BTreeMap<String, usize>,
}

impl Walk {
    async fn walk(&mut self) {
        while let Some((address, from)) = self.waiting.pop() {
            let (path, fragment) = address.split_once('#').unwrap_or((&address, ""));
            if !fragment.is_empty() {
                self.fragments.insert((path.to_owned(), fragment.to_owned(), from.clone()));
            }
            if self.seen.contains_key(path) || !self.is_wanted(path) {
                continue;
            }
            let page = self.browser.get(path).await;
            let who = &self.who;
            assert!([200, 303].contains(&page.status), "{who}: {path}, which {from} leads to, is {}", page.status);
            if page.status == 303 {
                self.waiting.push((page.header("location").to_owned(), path.to_owned()));
            } else if page.header("content-type").starts_with("text/html") {
                self.note(path, &page);
            }
            self.seen.insert(path.to_owned(), page);
        }
    }

    /// Not one more of a shape that was seen often enough, and no file that takes long to make.
    fn is_wanted(&mut self, path: &str) -> bool {
        if FILES.iter().any(|kind| path.contains(kind)) {
            return false;
        }
        let shape =
            path.split(|c: char| c.is_ascii_digit()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("0");
        let shape = shape.split('?').next().unwrap_or_default().to_owned();
        let asked = self.asked.entry(shape).or_default();
        *asked += 1;
        *asked <= OF_ONE_SHAPE
    }

    fn note(&mut self, path: &str, page: &Page) {
        let dom = page.dom();
        for link in dom.select(&selector("a[href], link[href]")).filter_map(|link| link.attr("href")) {
            let ours = link.strip_prefix(PUBLIC_URL).unwrap_or(link);
            match ours {
                inside if inside.starts_with('/') => self.waiting.push((inside.to_owned(), path.to_owned())),
                within if within.starts_with('#') => self.waiting.push((format!("{path}{within}"), path.to_owned())),
                outside => {
                    let known = ["https://", "http://", "mailto:", "tel:"].iter().any(|kind| outside.starts_with(kind));
                    assert!(known, "{}: {path} leads to {outside}", self.who);
                }
            }
        }
    }

    /// Places within pages that links name and pages lack.
    fn lost(&self) -> Vec<String> {
        let lost = self.fragments.iter().filter(|(path, fragment, _)| {
            let page = self.seen.get(path).filter(|page| page.status == 200);
            page.is_some_and(|page| page.find(&format!("[id='{fragment}']")).is_empty())
        });
        lost.map(|(path, fragment, from)| format!("{}: {path} has no #{fragment}, which {from} leads to", self.who))
            .collect()
    }
}

#[tokio::test]
async fn every_link_of_the_demonstration_leads_somewhere() {
    let site = Site::with(|config| config.demonstration = true).await;
    demo::load(&site.app).await.unwrap();
    let mut lost = Vec::new();
    for (email, start, least) in [
        ("amara.okafor@calder-vale.example", "/staff/calder-vale/work", 150),
        ("helen.whitworth@calder-vale.example", "/staff/calder-vale/work", 100),
        ("moira.campbell@marlowe.example", "/staff/marlowe/work", 150),
        ("nadia.hussain@mail.example", "/account", 40),
    ] {
        let mut browser = site.browser();
        let page = browser.open("/sign-in").await;
        let form = page.form("Sign in").fill("E-mail address", email).fill("Password", PASSWORD);
        assert_eq!(browser.submit(form).await.status, 303, "{email}");
        let waiting = [start, "/jobs", "/"].map(|path| (path.to_owned(), "the start".to_owned())).into();
        let mut walk = Walk {
            who: email.to_owned(),
            browser,
            seen: BTreeMap::new(),
            waiting,
            fragments: BTreeSet::new(),
            asked: BTreeMap::new(),
        };
        walk.walk().await;
        println!("{email}: {} pages", walk.seen.len());
        assert!(walk.seen.len() > least, "{email} saw {} pages alone", walk.seen.len());
        lost.extend(walk.lost());
    }
    assert_eq!(lost, [""; 0]);
}
