//! Many documents at once: read by a job, each once, whatever happens to one of them.

use std::io::{Cursor, Write};

use rolebook::jobs::uploads::{draft_one, read_one, work};
use tokio::sync::watch;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{LIBRARY, library};
use crate::support::browser::Browser;
use crate::support::page::Page;
use crate::support::people::World;
use crate::support::site::Site;

const CLERK: &str = "Job title: Records Clerk\n\nMain duties\n\n1. Files letters by name and year.\n2. Finds files for colleagues.\n\nPerson specification\n\nEssential\n- Neat writing\n";

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Sends a zip of four documents: two nearly the same, one broken, one different.
async fn four(browser: &mut Browser, world: &World) -> Page {
    let copy = LIBRARY.replace("Grade 4", "Grade 5");
    let zip = zipped(&[
        ("jobs/Library.txt", LIBRARY.as_bytes()),
        ("jobs/broken.docx", b"PK\x03\x04 no zip at all"),
        ("jobs/Library v2.txt", copy.as_bytes()),
        ("__MACOSX/._Library.txt", b"\0\0"),
        ("clerk.txt", CLERK.as_bytes()),
    ]);
    let form = browser.open(&world.trust.path("import")).await.form("Read them all");
    let sent = browser.submit(form.attach("Several documents, or a zip of them", "jobs.zip", &zip)).await;
    assert_eq!(sent.status, 303, "{:?}", sent.problems());
    browser.follow(sent).await
}

async fn work_through(site: &Site) {
    let (_keep, stop) = watch::channel(false);
    work(&site.app, &stop).await.unwrap();
}

#[tokio::test]
async fn a_zip_is_read_and_the_chosen_become_profiles() {
    let (site, world) = library().await;
    let mut browser = site.signed_in(&world.trust.first.team.author).await;
    let page = four(&mut browser, &world).await;
    assert_eq!(page.flash(), "4 documents came. They are read one after the other; you can leave this page.");
    page.assert_text("0 of 4 are read.");
    work_through(&site).await;
    let page = browser.get(&page.path).await;
    assert!(browser.statements() <= 4, "{:?}", browser.statement_list());
    page.assert_text("All 4 documents are done.");
    assert_eq!(page.find(".rb-counts li"), ["3 read", "1 can’t be read", "0 became profiles"]);
    page.assert_text("broken.docx The file is damaged");
    page.assert_text("Library.txt, Library v2.txt");
    page.assert_text("Records Clerk Of no known layout · no grade found · 23 words");
    page.assert_text("Library Assistant Of no known layout · Grade 4 · 82 words, 100 % placed · 3 duties, 3 criteria");

    let none = browser.submit(page.form("Make the job profiles")).await;
    assert_eq!((none.status, none.problems().len()), (422, 1));
    let form = page
        .form("Make the job profiles")
        .tick("Make a profile of Library.txt")
        .tick("Make a profile of clerk.txt")
        .choose("Unit", &world.trust.first.name);
    let asked = browser.submit(form.clone()).await;
    assert!(browser.statements() <= 8, "{:?}", browser.statement_list());
    let page = browser.follow(asked).await;
    assert_eq!(page.flash(), format!("2 profiles are being made in {}.", world.trust.first.name));
    work_through(&site).await;
    let page = browser.get(&page.path).await;
    page.assert_text("Became JP-0001 version 1");
    assert_eq!(page.find(".rb-counts li")[2], "2 became profiles");
    // The same form again asks for what is there already.
    browser.submit(form).await;
    work_through(&site).await;
    let made: i64 = sqlx::query_scalar("select count(*) from profile").fetch_one(&site.db).await.unwrap();
    assert_eq!(made, 2);
    let list = browser.open(&world.trust.path("import")).await;
    list.assert_text("4 documents");
}

#[tokio::test]
async fn each_is_read_once_also_by_two_servers_and_after_a_death() {
    let (site, world) = library().await;
    let mut browser = site.signed_in(&world.trust.first.team.author).await;
    four(&mut browser, &world).await;
    {
        // a server that is killed in the middle of the first leaves its lock to the database
        let mut dying = site.app.database.begin().await.unwrap();
        let held = dying.next_upload().await.unwrap().unwrap();
        let other = site.app.database.begin().await.unwrap().next_upload().await.unwrap().unwrap();
        assert_ne!(held.id, other.id, "what one server reads, no other does");
    }
    let all = async { while read_one(&site.app).await.unwrap() {} };
    let too = async { while read_one(&site.app).await.unwrap() {} };
    tokio::join!(all, too);
    let read: i64 = sqlx::query_scalar("select count(*) from document").fetch_one(&site.db).await.unwrap();
    let states: Vec<(String, i64)> =
        sqlx::query_as("select state, count(*) from upload group by 1 order by 1").fetch_all(&site.db).await.unwrap();
    assert_eq!((read, states), (3, vec![("read".to_owned(), 3), ("refused".to_owned(), 1)]));
}

#[tokio::test]
async fn whoever_lost_the_role_meanwhile_makes_nothing() {
    let (site, world) = library().await;
    let author = &world.trust.first.team.author;
    let mut browser = site.signed_in(author).await;
    let page = four(&mut browser, &world).await;
    while read_one(&site.app).await.unwrap() {}
    let page = browser.get(&page.path).await;
    let form =
        page.form("Make the job profiles").tick("Make a profile of clerk.txt").choose("Unit", &world.trust.first.name);
    browser.submit(form).await;
    sqlx::query("delete from membership_role where membership_id = $1")
        .bind(author.membership)
        .execute(&site.db)
        .await
        .unwrap();
    while draft_one(&site.app).await.unwrap() {}
    let (problem, profiles): (Option<String>, i64) =
        sqlx::query_as("select (select max(problem) from upload), (select count(*) from profile)")
            .fetch_one(&site.db)
            .await
            .unwrap();
    assert!(problem.is_some_and(|sentence| sentence.starts_with("No profile was made: whoever chose it may not")));
    assert_eq!(profiles, 0);
}

#[tokio::test]
async fn nothing_and_another_persons_batch_are_refused() {
    let (site, world) = library().await;
    let mut browser = site.signed_in(&world.trust.first.team.author).await;
    let form = browser.open(&world.trust.path("import")).await.form("Read them all");
    let page = browser.submit(form).await;
    assert_eq!((page.status, page.problems().len()), (422, 1));
    let form = page.form("Read them all").attach(
        "Several documents, or a zip of them",
        "none.zip",
        &zipped(&[("a/.x", b"x")]),
    );
    assert_eq!(browser.submit(form).await.problems().len(), 1);
    let page = four(&mut browser, &world).await;
    let mut other = site.signed_in(&world.trust.second.team.author).await;
    assert_eq!(other.get(&page.path).await.status, 404);
}
