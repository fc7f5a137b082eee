//! The library: finding profiles by words and filters, and taking the list away.

use rolebook::db::Begun;
use time::macros::date;

use crate::support::browser::Browser;
use crate::support::content;
use crate::support::desk::Desk;
use crate::support::page::Page;
use crate::support::people::{Person, Unit, World};
use crate::support::site::Site;

/// Profiles of the trust: a draft, one in review, one in force, one archived.
async fn shelf(site: &Site, world: &World) {
    let (trust, desk) = (&world.trust, Desk::new(site, &world.trust));
    let (first, child, second) = (&trust.first, &trust.child, &trust.second);
    profile(&desk, &first.team.author, first, "Porter").await;
    let sent = profile(&desk, &child.team.author, child, "Community nurse").await;
    desk.submit(sent.version, &child.team.author, &child.team.manager).await.unwrap();
    for (title, archived) in [("Payroll officer", false), ("=Payroll clerk", true)] {
        let begun = profile(&desk, &second.team.author, second, title).await;
        desk.submit(begun.version, &second.team.author, &second.team.manager).await.unwrap();
        desk.approve(begun.version, &second.team.manager).await.unwrap();
        desk.issue(begun.version, &second.team.author, date!(2026 - 01 - 15)).await.unwrap();
        if archived {
            let mut author = site.signed_in(&second.team.author).await;
            let path = trust.path(&format!("profiles/JP-{:04}/retire", begun.profile_number));
            assert_eq!(author.post(&path, &[("reason", "No longer needed.")]).await.status, 303);
        }
    }
}

async fn profile(desk: &Desk<'_>, author: &Person, unit: &Unit, title: &str) -> Begun {
    let content = content::of_every_kind(&mut desk.identities(content::EVERY_KIND).await);
    let details = content::details(title, desk.db_grade().await);
    desk.start(author, unit, details, content).await.unwrap()
}

fn titles(page: &Page) -> Vec<String> {
    page.find("main ul.rb-list .rb-row__title")
}

async fn found(browser: &mut Browser, world: &World, query: &str) -> Vec<String> {
    titles(&browser.open(&world.trust.path(&format!("profiles?{query}"))).await)
}

#[tokio::test]
async fn profiles_are_found_by_words_and_filters() {
    let site = Site::new().await;
    let world = site.world().await;
    shelf(&site, &world).await;
    let mut browser = site.signed_in(&world.trust.whole.author).await;
    let list = browser.open(&world.trust.path("profiles")).await;
    assert_eq!(titles(&list), ["Community nurse", "Payroll officer", "Porter"]);
    list.assert_text("3 job profiles match.");

    let page = browser.submit(list.form("Apply the filters").fill("words", "nurses")).await;
    assert_eq!(titles(&page), ["Community nurse"], "by another form of the word");
    let (first, second) = (world.trust.first.id, world.trust.second.id);
    let owner = world.trust.first.team.author.membership.unwrap();
    page.assert_text(&world.trust.first.team.author.name);
    for (query, expected) in [
        ("words=JP-0001".to_owned(), vec!["Porter"]),
        ("words=suppliers".to_owned(), vec!["Community nurse", "Payroll officer", "Porter"]),
        ("words=astronaut".to_owned(), vec![]),
        ("words=%25".to_owned(), vec![]),
        (format!("unit={first}"), vec!["Community nurse", "Porter"]),
        (format!("unit={second}"), vec!["Payroll officer"]),
        ("state=in_review".to_owned(), vec!["Community nurse"]),
        ("state=issued".to_owned(), vec!["Payroll officer"]),
        ("owner=me".to_owned(), vec![]),
        (format!("owner={owner}"), vec!["Porter"]),
        ("owner=nobody".to_owned(), vec!["Community nurse", "Payroll officer", "Porter"]),
        ("retired=yes".to_owned(), vec!["=Payroll clerk", "Community nurse", "Payroll officer", "Porter"]),
        ("sort=reference".to_owned(), vec!["Porter", "Community nurse", "Payroll officer"]),
        (format!("words=payroll&unit={second}&retired=yes"), vec!["=Payroll clerk", "Payroll officer"]),
        ("unit=nonsense&page=x&state=none".to_owned(), vec!["Community nurse", "Payroll officer", "Porter"]),
    ] {
        assert_eq!(found(&mut browser, &world, &query).await, expected, "{query}");
    }
}

#[tokio::test]
async fn a_list_holds_only_what_the_reader_may_see() {
    let site = Site::new().await;
    let world = site.world().await;
    shelf(&site, &world).await;
    let trust = &world.trust;
    for (person, expected) in [
        (&trust.first.team.panel, vec!["Community nurse", "Porter"]),
        (&trust.child.team.manager, vec!["Community nurse"]),
        (&trust.second.team.author, vec!["Payroll officer"]),
        (&trust.admin, vec!["Community nurse", "Payroll officer", "Porter"]),
    ] {
        let mut browser = site.signed_in(person).await;
        assert_eq!(found(&mut browser, &world, "").await, expected, "{}", person.name);
        let csv = browser.get(&trust.path("profiles.csv")).await;
        assert_eq!(csv.html().lines().count(), expected.len() + 1, "{}", person.name);
    }
    let mut council = site.signed_in(&world.council.admin).await;
    let page = council.open(&world.council.path("profiles")).await;
    assert!(titles(&page).is_empty());
}

#[tokio::test]
async fn the_list_goes_into_a_spreadsheet_as_it_was_filtered() {
    let site = Site::new().await;
    let world = site.world().await;
    shelf(&site, &world).await;
    let mut browser = site.signed_in(&world.trust.whole.author).await;
    let list = browser.open(&world.trust.path("profiles?words=payroll&retired=yes")).await;
    let csv = browser.get(&list.link("Download this list as CSV")).await;
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    assert!(csv.header("content-disposition").contains("job-profiles.csv"));
    let expected = "\
\u{feff}Reference,Title,Unit,Owner,Grade,Version,State,Version in force,Last changed,Review date,Archived
JP-0004,'=Payroll clerk,Trust Finance,Trust N Author,Band 4,1,Issued,1,2026-01-15,2028-01-15,yes
JP-0003,Payroll officer,Trust Finance,Trust N Author,Band 4,1,Issued,1,2026-01-15,2028-01-15,no
";
    assert_eq!(csv.html(), expected);
}

#[tokio::test]
async fn long_lists_come_in_pages() {
    let site = Site::new().await;
    let world = site.world().await;
    let desk = Desk::new(&site, &world.trust);
    for n in 1..=30 {
        profile(&desk, &world.trust.first.team.author, &world.trust.first, &format!("Porter {n:02}")).await;
    }
    let mut browser = site.signed_in(&world.trust.whole.author).await;
    let one = browser.open(&world.trust.path("profiles?words=porter")).await;
    assert_eq!((titles(&one).len(), titles(&one)[0].as_str()), (25, "Porter 01"));
    one.assert_text("30 job profiles match.");
    let two = browser.follow_link(&one, "Next").await;
    assert_eq!((titles(&two).len(), titles(&two)[0].as_str()), (5, "Porter 26"));
    assert!(!two.has_link("Next"));
    two.assert_text("30 job profiles match.");
    let back = browser.follow_link(&two, "Previous").await;
    assert_eq!(titles(&back), titles(&one));
}
