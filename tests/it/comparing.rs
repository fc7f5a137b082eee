//! Comparing: any two versions of a profile, and versions of two profiles, as people read it.

use crate::support::browser::Browser;
use crate::support::content;
use crate::support::desk::Desk;
use crate::support::editor::Editor;
use crate::support::page::Page;
use crate::support::people::World;
use crate::support::site::Site;
use crate::support::versions::Issued;

/// Two versions in force one after the other, and a draft of the third with a line reworded and one moved.
async fn three_versions(site: &Site, world: &World) -> (Issued, Browser) {
    let (trust, unit) = (&world.trust, &world.trust.first);
    site.db_grades(trust).await;
    let first = site.db_issued(trust, unit, "Nurse", "Band 4").await;
    let second = site.db_next_issued(trust, unit, &first).await;
    let draft = site.db_next_draft(trust, unit, &second).await;
    let author = site.signed_in(&unit.team.author).await;
    let mut editor = Editor::new(author, trust.path(&draft.path()));
    let form = editor.change("Plans visits").await.fill("Duty", "Plans visits for the month.");
    editor.browser.submit_and_follow(form).await;
    (draft, editor.browser)
}

/// The list of changes: mark and text.
fn listed(page: &Page) -> Vec<String> {
    page.find(".rb-changes > li")
}

#[tokio::test]
async fn any_two_versions_have_an_address_that_names_both() {
    let site = Site::new().await;
    let world = site.world().await;
    let (draft, mut author) = three_versions(&site, &world).await;
    let version = author.open(&world.trust.path(&draft.path())).await;
    let choose = author.follow_link(&version, "Compare with…").await;
    assert_eq!(choose.heading(), "Compare with…");
    let page = author.follow_link(&choose, "Version 1").await;
    assert_eq!(page.heading(), "What changed");
    page.assert_text("Nurse, JP-0001 version 3");
    page.assert_text("against JP-0001 version 1 (superseded)");
    assert_eq!(page.find(".rb-sum"), ["Changes: 1 reworded."]);
    assert_eq!(listed(&page), ["Reworded Duty: Plans visits for the month."]);
    page.assert_text("[removed: week.]");
    page.assert_text("[added: month.]");

    let lasting = page.link("Lasting link to this comparison");
    assert!(lasting.ends_with("profiles/JP-0001/versions/3/compare?with=1"), "{lasting}");
    let by_itself = author.open(&world.trust.path("profiles/JP-0001/versions/3/compare")).await;
    by_itself.assert_text("against JP-0001 version 2 (issued)");
    assert!(by_itself.link("Lasting link to this comparison").ends_with("compare?with=2"));
    let swapped = author.follow_link(&page, "Swap the two sides").await;
    swapped.assert_text("[removed: month.]");
    swapped.assert_text("JP-0001 version 1");

    // From the page of an older version the later one is still what it became.
    let choose = author.open(&world.trust.path("profiles/JP-0001/versions/1/compare-with")).await;
    assert_eq!(author.follow_link(&choose, "Version 3").await.path, page.path);
    let same = author.open(&world.trust.path("profiles/JP-0001/versions/2/compare?with=1")).await;
    same.assert_text("Nothing differs from version 1.");
}

#[tokio::test]
async fn what_did_not_change_is_folded_until_it_is_asked_for() {
    let site = Site::new().await;
    let world = site.world().await;
    let (desk, team) = (Desk::new(&site, &world.trust), &world.trust.first.team);
    let grade = desk.db_grade().await;
    let content = content::of_length(&mut desk.identities(20).await, 16);
    let begun = desk.start(&team.author, &world.trust.first, content::details("Porter", grade), content).await.unwrap();
    desk.submit(begun.version, &team.author, &team.manager).await.unwrap();
    desk.approve(begun.version, &team.manager).await.unwrap();
    desk.issue(begun.version, &team.author, site.app.clock.today()).await.unwrap();
    desk.next_draft(begun.version, &team.author).await.unwrap();
    let path = world.trust.path("profiles/JP-0001/versions/2");
    let mut editor = Editor::new(site.signed_in(&team.author).await, path.clone());
    let form = editor.change("Does the duty of number 4.").await.fill("Duty", "Does the duty of number 4 well.");
    editor.browser.submit_and_follow(form).await;

    let mut author = editor.browser;
    let page = author.open(&format!("{path}/compare?with=1")).await;
    let folded = ["4 lines unchanged", "3 lines unchanged", "8 lines unchanged"];
    assert_eq!(page.find("details.rb-folded:not([open]) > summary"), folded);
    let page = author.follow_link(&page, "Show what did not change too").await;
    assert_eq!(page.find("details.rb-folded[open] > summary"), folded);
    let page = author.follow_link(&page, "Show side by side").await;
    assert_eq!(page.find(".rb-sides__old").len(), 16);
    assert_eq!(page.find(".rb-sides__old .rb-removed"), ["[removed: 4.]"]);
    assert_eq!(page.find(".rb-sides__old .rb-added"), [""; 0]);
    assert_eq!(page.find(".rb-sides__new .rb-added"), ["[added: 4 well.]"]);
    assert!(page.has_link("Show in one column") && page.has_link("Fold what did not change"));
}

#[tokio::test]
async fn fields_are_compared_from_what_to_what() {
    let site = Site::new().await;
    let world = site.world().await;
    let (draft, author) = three_versions(&site, &world).await;
    let mut editor = Editor::new(author, world.trust.path(&draft.path()));
    let form = editor.change("Listens well").await.choose("Is it essential or desirable?", "Desirable").tick("Test");
    editor.browser.submit_and_follow(form).await;
    let form = editor.browser.open(&format!("{}/details", editor.path)).await.form("Save the details");
    editor.browser.submit_and_follow(form.fill("Hours", "30 hours a week").fill("Location", "")).await;
    let page = editor.browser.open(&format!("{}/compare", editor.path)).await;
    let expected = [
        "Changed Hours was 37.5 hours a week, now 30 hours a week",
        "Changed Location was Millfield Health Centre, HX7, now nothing",
        "Reworded Duty: Plans visits for the month.",
        "Changed Criterion: Listens well to people. Importance: was Essential, now Desirable; \
         Assessed by: was Interview, now Interview, Test",
    ];
    assert_eq!(listed(&page), expected);
    assert_eq!(page.find(".rb-sum"), ["Changes: 1 reworded, 1 changed, 2 details changed."]);
    page.assert_text("Importance: was [removed: Essential], now [added: Desirable]");
}

#[tokio::test]
async fn two_profiles_are_matched_by_likeness_and_the_page_says_so() {
    let site = Site::new().await;
    let world = site.world().await;
    let (draft, mut author) = three_versions(&site, &world).await;
    let (trust, unit) = (&world.trust, &world.trust.first);
    site.db_issued(trust, unit, "Senior nurse", "Band 4").await;
    let path = trust.path(&format!("{}/compare-with?words=senior", draft.path()));
    let choose = author.open(&path).await;
    choose.assert_text("1 profile.");
    let page = author.follow_link(&choose, "Senior nurse").await;
    assert!(page.path.ends_with("/JP-0001/versions/3/compare?with=JP-0002/1"), "{}", page.path);
    assert_eq!(page.heading(), "Two profiles compared");
    page.assert_text("They were paired by likeness of their words, and a pair may be wrong.");
    let expected = ["Changed Title was Senior nurse, now Nurse", "Reworded Duty: Plans visits for the month."];
    assert_eq!(listed(&page), expected);
    let swapped = author.follow_link(&page, "Swap the two sides").await;
    assert!(swapped.path.ends_with("/JP-0002/versions/1/compare?with=JP-0001/3"), "{}", swapped.path);
    let in_force = author.open(&trust.path(&format!("{}/compare?with=JP-0002", draft.path()))).await;
    in_force.assert_text("against Senior nurse, JP-0002 version 1 (issued)");
    let none = author.open(&trust.path(&format!("{}/compare-with?words=zzz", draft.path()))).await;
    none.assert_text("No other profile has these words.");
}

#[tokio::test]
async fn nobody_compares_with_what_they_may_not_see() {
    let site = Site::new().await;
    let world = site.world().await;
    let (draft, mut author) = three_versions(&site, &world).await;
    let (trust, other) = (&world.trust, &world.trust.second);
    site.db_issued(trust, other, "Secret nurse", "Band 4").await;
    let at = trust.path(&draft.path());
    for with in ["JP-0002/1", "JP-0002", "JP-0099/1", "9", "0", "-1", "x", "", "JP-0001/", "1/2"] {
        assert_eq!(author.get(&format!("{at}/compare?with={with}")).await.status, 404, "{with}");
    }
    let found = author.open(&format!("{at}/compare-with?words=secret")).await;
    found.assert_no_text("Secret nurse");
    assert_eq!(author.get(&format!("{}/compare-with", trust.path("profiles/JP-0001/versions/9"))).await.status, 404);
    assert_eq!(author.get(&format!("{}/compare-with", trust.path("profiles/JP-0002/versions/1"))).await.status, 404);
}

#[tokio::test]
async fn what_is_too_long_is_said_and_not_tried() {
    let site = Site::new().await;
    let world = site.world().await;
    let (draft, mut author) = three_versions(&site, &world).await;
    let long = "word ".repeat(rolebook::domain::diff::MOST_TEXT / 4);
    sqlx::query("update item set text = $2 where version_id = $1 and kind = 'duty'")
        .bind(draft.id.0)
        .bind(&long)
        .execute(&site.db)
        .await
        .unwrap();
    let page = author.open(&world.trust.path(&format!("{}/compare", draft.path()))).await;
    page.assert_text("Nothing was compared: the two versions are too long to compare");
}
