//! Whatever is typed into the search, of any length and in any alphabet, is answered soon, with the page or a sentence.

use std::time::Duration;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use tokio::time::timeout;

use super::{site_with, town};

/// A debug build on a busy machine; `make bench` holds the release build to 100 ms.
const ANSWERED_WITHIN: Duration = Duration::from_secs(3);

/// What people paste, what robots try, and what breaks parsers.
fn typed() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "\\PC{0,40}",
        "[a-z]{1,200}",
        "[\\x00-\\x1f]{1,20}",
        "(медсестра|看護師|ممرضة|nurse|ḩ̵͝e̴̽a̸|🏥){1,30}",
        "[-\"'()|&!:*<>\\\\%_]{1,60}",
        "(or|and|not|-| |\"){1,80}",
        prop::sample::select(
            &["'; drop table advert; --", "a:*", "!!!", "\u{202e}esrun", "LS9 7TF LS9 7TF", "%' or 1=1"][..]
        )
        .prop_map(str::to_owned),
    ];
    (prop::collection::vec(piece, 1..6), 1usize..60).prop_map(|(pieces, times)| pieces.join(" ").repeat(times))
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[tokio::test]
async fn anything_typed_is_answered_soon() {
    let (site, _) = site_with(&town()).await;
    let mut browser = site.browser();
    let mut runner = TestRunner::new(Config::default());
    for number in 0..150 {
        let text: String = typed().new_tree(&mut runner).unwrap().current().chars().take(3_000).collect();
        let field = ["words", "place", "words", "employer", "grade", "salary"][number % 6];
        let path = format!("/jobs?{field}={}", encoded(&text));
        let page = timeout(ANSWERED_WITHIN, browser.get(&path)).await;
        let page = page.unwrap_or_else(|_| panic!("{field} takes too long: {text:?}"));
        // A whole postcode moves on to the address without it.
        assert!([200, 303].contains(&page.status), "{field} is {}: {text:?}", page.status);
        if page.status == 200 {
            assert_eq!(page.heading(), "Jobs", "{text:?}");
        }
    }
    assert_eq!(browser.get("/jobs?words=nurse").await.status, 200);
    let long = browser.open(&format!("/jobs?words={}", "nurse".repeat(60))).await;
    long.assert_text("A search has 200 letters at most: what came after them is left out.");
    let many = browser.open(&format!("/jobs?words={}", "nurse+".repeat(20))).await;
    many.assert_text("This looks for the first 12 words and leaves out the others.");
    let plain = browser.open("/jobs?words=nurse").await;
    assert!(!plain.has_text("left out") && !plain.has_text("leaves out"));
    // Only the outward half of a postcode stays in the address, wherever it was typed.
    for (typed, kept) in [("words=nurse+LS9+7TF", "words=nurse%20LS9"), ("place=Leeds,+ls97tf", "place=Leeds%2C%20LS9")]
    {
        let moved = browser.get(&format!("/jobs?{typed}")).await;
        assert_eq!((moved.status, moved.header("location")), (303, format!("/jobs?{kept}").as_str()));
    }
}
