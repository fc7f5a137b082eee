//! From a document to a new job profile.

use super::{LIBRARY, db_items, library, new_profile, report, upload};
use crate::support::people::Employer;
use crate::support::site::Site;

#[tokio::test]
async fn a_document_becomes_a_job_profile() {
    let (site, world) = library().await;
    let author = &world.trust.first.team.author;
    let mut browser = site.signed_in(author).await;
    let page = report(&mut browser, &world.trust, "library.txt", LIBRARY).await;
    assert_eq!(page.heading(), "What was read from library.txt");
    assert_eq!(page.flash(), "library.txt was read. Nothing is in a job profile yet.");
    page.assert_text("82 words, all of them below");
    page.assert_text("Title Library Assistant Grade Grade 4 Read 3 duties, 3 criteria Words placed All 82");
    let counts = page.find(".rb-counts li");
    assert_eq!(counts[1..], ["0 uncertain", "0 not placed", "0 look wrong"]);
    page.assert_text("Shelve returned books each morning.");
    page.assert_text("Essential criterion, assessed by application and interview");
    browser.get(&page.path).await;
    assert!(browser.statements() <= 4, "{:?}", browser.statement_list());

    let editor = new_profile(&mut browser, &page, &world.trust.first.name).await;
    assert_eq!(editor, world.trust.path("profiles/JP-0001/versions/1/edit"));
    let draft = browser.open(&editor).await;
    assert_eq!(draft.flash(), "JP-0001 version 1 is a draft made of library.txt. Look through it line by line.");
    draft.assert_text("Answer questions from visitors by telephone and in person.");
    assert_eq!(draft.link("What was read from its document"), page.path);
    let (title, hours, grade): (String, String, Option<String>) =
        sqlx::query_as("select v.title, v.hours, g.name from version v left join grade g on g.id = v.grade_from_id")
            .fetch_one(&site.db)
            .await
            .unwrap();
    assert_eq!(
        (title.as_str(), hours.as_str(), grade.as_deref()),
        ("Library Assistant", "37 hours per week", Some("Grade 4"))
    );

    let list = browser.open(&world.trust.path("import")).await;
    list.assert_text("became JP-0001 version 1");
    assert!(browser.statements() <= 4, "{:?}", browser.statement_list());
    let page = browser.follow_link(&list, "library.txt").await;
    page.assert_text("This document became JP-0001 version 1.");
    assert!(!page.has_button("Make the job profile"), "a document becomes one draft");
    // Whoever imported it has written it, and can't approve it.
    let writers: Vec<i64> = sqlx::query_scalar("select edited_by from content_edit where action = 'import'")
        .fetch_all(&site.db)
        .await
        .unwrap();
    assert_eq!(writers, [author.membership.unwrap()]);
}

#[tokio::test]
async fn the_original_comes_back_byte_for_byte() {
    let (site, world) = library().await;
    let mut browser = site.signed_in(&world.trust.first.team.author).await;
    let page = report(&mut browser, &world.trust, "Büro “1”/x.txt", LIBRARY).await;
    let original = browser.follow_link(&page, "Download the original").await;
    assert_eq!(original.bytes, LIBRARY.as_bytes());
    assert_eq!(original.header("content-disposition"), "attachment; filename*=UTF-8''x.txt");
    assert_eq!(original.header("content-type"), "application/octet-stream");
    let hash = sha2_hex(LIBRARY.as_bytes());
    assert_eq!(page.find(".rb-hash"), [hash]);
}

#[tokio::test]
async fn every_line_of_the_original_leads_to_its_place_and_back() {
    let (site, world) = library().await;
    let mut browser = site.signed_in(&world.trust.first.team.author).await;
    let page = report(&mut browser, &world.trust, "library.txt", LIBRARY).await;
    let beside = browser.follow_link(&page, "See it line by line beside the original").await;
    assert!(browser.statements() <= 4, "{:?}", browser.statement_list());
    beside.assert_text("3. Shelve returned books each morning. Duty");
    let dom = beside.dom();
    for link in dom.select(&scraper::Selector::parse(".rb-original a").unwrap()) {
        let target = scraper::Selector::parse(link.value().attr("href").unwrap()).unwrap();
        assert_eq!(dom.select(&target).count(), 1);
    }
    let lines = scraper::Selector::parse("[id^=line-]").unwrap();
    let lost = dom.select(&lines).filter(|line| line.html().contains("spread over several")).count();
    let printed = LIBRARY.lines().filter(|line| !line.trim().is_empty()).count();
    assert_eq!((dom.select(&lines).count(), lost), (printed, 0));
}

fn sha2_hex(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    rolebook::secret::hex(&Sha256::digest(bytes))
}

#[tokio::test]
async fn two_clicks_make_one_profile() {
    let (site, world) = library().await;
    let mut browser = site.signed_in(&world.trust.first.team.author).await;
    let page = report(&mut browser, &world.trust, "library.txt", LIBRARY).await;
    let form = page.form("Make the job profile").choose("Unit", &world.trust.first.name);
    let mut other = browser.clone();
    let (one, two) = tokio::join!(browser.submit(form.clone()), other.submit(form.clone()));
    assert_eq!((one.status, two.status), (303, 303));
    let third = browser.submit(form).await;
    assert_eq!(third.location, Some(world.trust.path("profiles/JP-0001/versions/1")));
    let made: Vec<i32> = sqlx::query_scalar("select number from profile").fetch_all(&site.db).await.unwrap();
    assert_eq!(made, [1]);
}

#[tokio::test]
async fn the_same_file_again_is_noticed_and_may_still_be_used() {
    let (site, world) = library().await;
    let mut browser = site.signed_in(&world.trust.first.team.author).await;
    let page = report(&mut browser, &world.trust, "library.txt", LIBRARY).await;
    new_profile(&mut browser, &page, &world.trust.first.name).await;
    let again = report(&mut browser, &world.trust, "library copy.txt", LIBRARY).await;
    again.assert_text("The same file was uploaded before, and became JP-0001 version 1.");
    assert_eq!(again.link("See that report"), page.path);
    let editor = new_profile(&mut browser, &again, &world.trust.child.name).await;
    assert_eq!(editor, world.trust.path("profiles/JP-0002/versions/1/edit"));
    let identities: Vec<i64> = db_items(&site, 1).await.into_iter().map(|(id, _, _)| id).collect();
    let mut once = identities.clone();
    once.dedup();
    assert_eq!(identities, once, "two profiles share no line");
}

#[tokio::test]
async fn every_layout_becomes_a_draft_and_what_is_not_placed_stays_to_be_seen() {
    let (site, world) = library().await;
    let mut browser = site.signed_in(&world.trust.whole.author).await;
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/documents");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "txt"));
    assert_eq!(files.len(), 5);
    for file in files {
        let bytes = std::fs::read(&file).unwrap();
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let read = rolebook::documents::extract::extract(&bytes, &name).unwrap();
        let uploaded = upload(&mut browser, &world.trust, &name, &bytes).await;
        let page = browser.follow(uploaded).await;
        assert!(browser.statements() <= 4, "{:?}", browser.statement_list());
        for unplaced in &read.unplaced {
            page.assert_text(&unplaced.text.split_whitespace().collect::<Vec<_>>().join(" "));
        }
        let editor = new_profile(&mut browser, &page, &world.trust.second.name).await;
        assert!(browser.statements() <= 25, "{name}: {:?}", browser.statement_list());
        browser.open(&editor).await;
        let report = browser.open(&page.path).await;
        assert!(report.has_text("This document became"), "the report stays, with what was not placed");
    }
}

#[tokio::test]
async fn a_unit_has_to_be_chosen_and_has_to_be_ones_own() {
    let (site, world) = library().await;
    let mut browser = site.signed_in(&world.trust.first.team.author).await;
    let page = report(&mut browser, &world.trust, "library.txt", LIBRARY).await;
    let form = page.form("Make the job profile");
    assert_eq!(form.options("Unit"), ["Choose a unit", &world.trust.first.name, &world.trust.child.name]);
    let again = browser.submit(form.clone()).await;
    assert_eq!((again.status, again.problems()), (422, vec!["Choose the unit that the job belongs to".to_owned()]));
    for foreign in [world.trust.second.id, world.council.first.id] {
        let again = browser.submit(form.clone().forge("unit", &foreign.to_string())).await;
        assert_eq!(again.status, 422);
    }
}

#[tokio::test]
async fn a_grade_that_is_not_there_stays_in_words() {
    let (site, world) = library().await;
    let mut browser = site.signed_in(&world.trust.first.team.author).await;
    let text = LIBRARY.replace("Grade: Grade 4", "Grade: Scale 6");
    let page = report(&mut browser, &world.trust, "library.txt", &text).await;
    page.assert_text("“Scale 6” is none of your grades by name.");
    let editor = new_profile(&mut browser, &page, &world.trust.first.name).await;
    browser.open(&editor).await.assert_text("Scale 6");
}

#[tokio::test]
async fn documents_are_their_uploaders_until_they_become_a_version() {
    let (site, world) = library().await;
    let team = &world.trust.first.team;
    let mut browser = site.signed_in(&team.author).await;
    let page = report(&mut browser, &world.trust, "library.txt", LIBRARY).await;
    let original = page.link("Download the original");
    let elsewhere = |employer: &Employer| page.path.replace(&world.trust.slug, &employer.slug);
    for (person, path, status) in [
        (&world.trust.second.team.author, page.path.clone(), 404),
        (&world.trust.whole.author, page.path.clone(), 404),
        (&team.manager, page.path.clone(), 404),
        (&world.council.whole.author, elsewhere(&world.council), 404),
        (&world.council.whole.author, page.path.clone(), 404),
        (&world.trust.second.team.author, original.clone(), 404),
        (&team.manager, world.trust.path("import"), 403),
    ] {
        assert_eq!(site.signed_in(person).await.get(&path).await.status, status, "{} at {path}", person.name);
    }
    new_profile(&mut browser, &page, &world.trust.first.name).await;
    for (person, status) in
        [(&team.manager, 200), (&world.trust.whole.author, 200), (&world.trust.second.team.author, 404)]
    {
        assert_eq!(site.signed_in(person).await.get(&page.path).await.status, status, "{}", person.name);
    }
    assert_site_has_records(&site).await;
}

async fn assert_site_has_records(site: &Site) {
    let acts: Vec<String> = sqlx::query_scalar("select action from audit where employer_id is not null order by id")
        .fetch_all(&site.db)
        .await
        .unwrap();
    assert_eq!(acts, ["import_document", "create_profile", "draft_from_document"]);
}
