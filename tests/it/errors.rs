//! Pages that come instead of the one that was wanted, and what watches over the server.

use crate::support::site::Site;

#[tokio::test]
async fn what_is_not_there_is_said_on_a_page_of_our_own() {
    let site = Site::new().await;
    let mut browser = site.browser();
    for path in ["/nowhere", "/staff/nobody/work/at/all", "/static/css/nothing.css"] {
        let page = browser.get(path).await;
        assert_eq!((page.status, page.heading().as_str()), (404, "Page not found"), "{path}");
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
        assert_eq!(page.header("x-frame-options"), "DENY");
        assert!(page.has_link("Go to the start page"));
        page.assert_no_text("Reference");
    }
}

#[tokio::test]
async fn an_act_can_not_be_looked_at() {
    let site = Site::new().await;
    let page = site.browser().get("/sign-out").await;
    assert_eq!((page.status, page.heading().as_str()), (405, "Page not found"));
}

#[tokio::test]
async fn a_form_that_is_too_large_is_refused_in_words() {
    let site = Site::new().await;
    let large = "x".repeat(1024 * 1024 + 1);
    let page = site.browser().post("/sign-in", &[("email", &large)]).await;
    assert_eq!((page.status, page.heading().as_str()), (413, "That is too large"));
    page.assert_text("Nothing was changed");
}

#[tokio::test]
async fn a_form_that_no_page_sends_is_refused_in_words() {
    let site = Site::new().await;
    let page = site.browser().upload("/sign-in", &[], &[]).await;
    assert_eq!((page.status, page.heading().as_str()), (400, "That request can't be read"));
}

#[tokio::test]
async fn the_server_says_how_it_is() {
    let site = Site::new().await;
    let mut browser = site.browser();
    let live = browser.get("/health/live").await;
    assert_eq!((live.status, live.html().as_str()), (200, "live\n"));
    let ready = browser.get("/health/ready").await;
    assert_eq!((ready.status, ready.html().as_str()), (200, "ready\n"));
    assert_eq!(browser.statements(), 1, "{:?}", browser.statement_list());

    site.app.database.close().await;
    let ready = browser.get("/health/ready").await;
    assert_eq!((ready.status, ready.html().as_str()), (503, "the database does not answer\n"));
    let page = browser.post("/sign-in", &[("email", "ada@home.example")]).await;
    assert_eq!((page.status, page.heading().as_str()), (503, "Rolebook is busy"));
}
