//! The editor of a draft as its author uses it: lines found by what they say, buttons by what they do.

use scraper::ElementRef;

use super::browser::Browser;
use super::form::Form;
use super::page::{Page, selector, words};

pub struct Editor {
    pub browser: Browser,
    /// The version's address.
    pub path: String,
}

impl Editor {
    pub fn new(browser: Browser, path: impl Into<String>) -> Self {
        Editor { browser, path: path.into() }
    }

    pub async fn page(&mut self) -> Page {
        self.browser.open(&format!("{}/edit", self.path)).await
    }

    /// Adds a section at the end.
    pub async fn add_section(&mut self, holds: &str, heading: &str) {
        let form = self.page().await.form("Add the section");
        let page = self.browser.submit(form.choose("What it holds", holds).fill("new_heading", heading)).await;
        assert_eq!(page.status, 303, "{:?}", page.problems());
    }

    /// Follows the link that adds something, and sends its form.
    #[allow(
        clippy::manual_async_fn,
        reason = "the caller's line is wanted in the report, which an async fn does not keep"
    )]
    #[track_caller]
    pub fn add<'a>(&'a mut self, link: &'a str, fill: impl FnOnce(Form) -> Form + 'a) -> impl Future<Output = ()> + 'a {
        async move {
            let page = self.page().await;
            let page = self.browser.follow_link(&page, link).await;
            let added = self.browser.submit(fill(page.form("Add it"))).await;
            assert_eq!(added.status, 303, "{:?}", added.problems());
        }
    }

    /// The form of the line that begins so, open in place.
    pub async fn change(&mut self, text: &str) -> Form {
        let id = item(&self.page().await, text);
        let page = self.browser.open(&format!("{}/edit?item={id}", self.path)).await;
        page.form("Save")
    }

    /// Presses a button of the line that begins so: `Move up`, `Move down`, `Delete`, `Confirm`.
    pub async fn press(&mut self, button: &str, text: &str) -> Page {
        let form = self.button(button, text).await;
        self.browser.submit_and_follow(form).await
    }

    /// What that button of the line sends.
    pub async fn button(&mut self, button: &str, text: &str) -> Form {
        let page = self.page().await;
        let id = item(&page, text);
        let label = page.find(&format!("#item-{id} button")).into_iter().find(|label| label.starts_with(button));
        let label = label.unwrap_or_else(|| panic!("“{text}” has no button “{button}”"));
        page.form(&label)
    }

    pub async fn put_back(&mut self, text: &str) -> Page {
        let form = self.page().await.form(&format!("Put it back {text}"));
        self.browser.submit_and_follow(form).await
    }

    /// What every line of the section says, in order, without what is wrong with it.
    pub async fn lines(&mut self, heading: &str) -> Vec<String> {
        lines(&self.page().await, heading)
    }

    /// The headings of the sections, in order.
    pub async fn headings(&mut self) -> Vec<String> {
        let all = self.page().await.find("section[id^=section-] > h2");
        all.into_iter().filter(|heading| !heading.is_empty()).collect()
    }
}

pub fn lines(page: &Page, heading: &str) -> Vec<String> {
    let dom = page.dom();
    let (section_css, heading_css) = (selector("section[id^=section-]"), selector("h2"));
    let (line_css, finding_css) = (selector("li .rb-item__text"), selector(".rb-finding"));
    let mut sections = dom.select(&section_css);
    let section = sections.find(|section| section.select(&heading_css).next().is_some_and(|h2| words(h2) == heading));
    let section = section.unwrap_or_else(|| panic!("no section “{heading}”"));
    let without_findings = |line: ElementRef<'_>| {
        let findings: Vec<_> = line.select(&finding_css).map(words).collect();
        findings.iter().fold(words(line), |text, finding| text.replace(finding, "")).trim().to_owned()
    };
    section.select(&line_css).map(without_findings).collect()
}

/// The number of the item whose line begins so.
#[track_caller]
pub fn item(page: &Page, text: &str) -> i64 {
    let dom = page.dom();
    // A paragraph between duties is no entry of their list.
    let (item_css, text_css) = (selector("li[id^=item-], div[id^=item-]"), selector(".rb-item__text, p"));
    let mut items = dom.select(&item_css);
    let found = items.find(|item| item.select(&text_css).next().is_some_and(|line| words(line).starts_with(text)));
    let found = found.unwrap_or_else(|| panic!("no line begins “{text}” in: {}", page.main_text()));
    found.attr("id").unwrap().trim_start_matches("item-").parse().unwrap()
}
