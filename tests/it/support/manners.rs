//! What holds for every page, checked at every page that a story opens.

use std::collections::BTreeSet;

use super::page::{Page, selector, words};

/// Stops the story where a page is ill-mannered.
#[track_caller]
pub fn check(page: &Page) {
    assert!(page.header("content-security-policy").contains("default-src 'none'"), "{}: no policy", page.path);
    assert_eq!(page.header("x-content-type-options"), "nosniff", "{}", page.path);
    if !page.header("content-type").starts_with("text/html") {
        return;
    }
    let wrong = wrong(page);
    assert!(wrong.is_empty(), "{} ({}) has bad manners: {wrong:#?}", page.path, page.status);
}

fn wrong(page: &Page) -> Vec<String> {
    let dom = page.dom();
    let mut wrong = Vec::new();
    let mut none = |css: &str, why: &str| {
        wrong.extend(dom.select(&selector(css)).map(|element| format!("{why}: {}", element.html())));
    };
    none("script:not([src], [type='application/ld+json'])", "a script within the page");
    none("style, [style]", "style within the page");
    none("[onclick], [onsubmit], [onchange], [onload], a[href^='javascript:']", "script in an attribute");
    none("img:not([alt])", "a picture without words for it");
    none("a:not([href])", "a link that leads nowhere");
    none("form form", "a form within a form");
    none("button:not([type])", "a button that does not say what it does");
    let headings = page.find("h1");
    if headings.len() != 1 || headings[0].is_empty() {
        wrong.push(format!("one main heading is wanted, not {headings:?}"));
    }
    if page.title().is_empty() {
        wrong.push("no title".into());
    }
    if page.find("button.govuk-button:not(.govuk-button--secondary, .govuk-button--warning)").len() > 1 {
        wrong.push("more than one primary button".into());
    }
    wrong.extend(repeated_ids(page));
    wrong.extend(unlabelled(page));
    wrong
}

fn repeated_ids(page: &Page) -> Vec<String> {
    let dom = page.dom();
    let mut seen = BTreeSet::new();
    let any = selector("[id]");
    let ids = dom.select(&any).filter_map(|element| element.attr("id"));
    ids.filter(|id| !seen.insert(id.to_string())).map(|id| format!("the id {id} is there twice")).collect()
}

/// Fields and buttons that a screen reader could not name.
fn unlabelled(page: &Page) -> Vec<String> {
    let dom = page.dom();
    let labels: Vec<_> = dom.select(&selector("label[for]")).filter_map(|label| label.attr("for")).collect();
    let fields = selector("input:not([type=hidden], [type=submit]), select, textarea");
    let named = |id: Option<&str>| id.is_some_and(|id| labels.contains(&id));
    let silent = dom.select(&fields).filter(|field| {
        !named(field.attr("id")) && field.attr("aria-label").is_none() && field.attr("aria-labelledby").is_none()
    });
    let mut wrong: Vec<_> = silent.map(|field| format!("a field without a label: {}", field.html())).collect();
    let pressed = selector("button, a[href]");
    let mute = dom.select(&pressed).filter(|it| words(*it).is_empty() && it.attr("aria-label").is_none());
    wrong.extend(mute.map(|it| format!("nothing to read on {}", it.html())));
    wrong
}
