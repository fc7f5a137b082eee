//! How much a page asks of the database: few statements, and the same number however long the document.

use rolebook::domain::ids::VersionId;
use rolebook::domain::text::profile_reference;

use crate::support::browser::Browser;
use crate::support::content;
use crate::support::desk::Desk;
use crate::support::editor::item;
use crate::support::people::World;
use crate::support::site::Site;

/// The most statements of a page, of a save and of a decision, BEGIN and COMMIT apart.
const PAGE: usize = 4;
const SAVE: usize = 6;
const DECISION: usize = 8;

/// A request that was counted.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Counted {
    what: String,
    statements: usize,
    most: usize,
    list: Vec<String>,
}

/// Counts requests in one site.
struct Counter {
    counted: Vec<Counted>,
}

impl Counter {
    fn note(&mut self, what: &str, browser: &Browser, most: usize) {
        let list = browser.statement_list();
        self.counted.push(Counted { what: what.to_owned(), statements: browser.statements(), most, list });
    }

    async fn page(&mut self, what: &str, browser: &mut Browser, path: &str) {
        let page = browser.get(path).await;
        assert_eq!(page.status, 200, "{what}: {}", page.text());
        self.note(what, browser, PAGE);
    }

    async fn act(&mut self, what: &str, browser: &mut Browser, path: &str, fields: &[(&str, &str)], most: usize) {
        let page = browser.post(path, fields).await;
        assert_eq!(page.status, 303, "{what}: {}", page.text());
        self.note(what, browser, most);
    }
}

/// A profile whose first version is in force and whose second is a draft, with so many items.
async fn profile(site: &Site, world: &World, items: usize) -> (String, VersionId) {
    let (desk, team) = (Desk::new(site, &world.trust), &world.trust.first.team);
    let content = content::of_length(&mut desk.identities(items + 2).await, items);
    let details = content::details("Stores assistant", desk.db_grade().await);
    let begun = desk.start(&team.author, &world.trust.first, details, content).await.unwrap();
    desk.submit(begun.version, &team.author, &team.manager).await.unwrap();
    desk.approve(begun.version, &team.manager).await.unwrap();
    desk.issue(begun.version, &team.author, site.app.clock.today()).await.unwrap();
    let draft = desk.next_draft(begun.version, &team.author).await.unwrap();
    (world.trust.path(&format!("profiles/{}", profile_reference(begun.profile_number))), draft)
}

/// The whole way of a version with so many items, every request counted.
async fn counted(items: usize) -> Vec<Counted> {
    let site = Site::new().await;
    let world = site.world().await;
    let (profile, draft) = profile(&site, &world, items).await;
    let (v1, v2) = (format!("{profile}/versions/1"), format!("{profile}/versions/2"));
    let team = &world.trust.first.team;
    let mut author = site.signed_in(&team.author).await;
    let mut manager = site.signed_in(&team.manager).await;
    let mut counter = Counter { counted: Vec::new() };

    counter.page("profiles", &mut author, &world.trust.path("profiles")).await;
    counter.page("profiles as CSV", &mut author, &world.trust.path("profiles.csv")).await;
    counter.page("new profile", &mut author, &world.trust.path("profiles/new")).await;
    counter.page("profile", &mut author, &profile).await;
    counter.page("change profile", &mut author, &format!("{profile}/change")).await;
    counter.page("version", &mut author, &v1).await;
    counter.page("editor", &mut author, &format!("{v2}/edit")).await;
    counter.page("details", &mut author, &format!("{v2}/details")).await;
    counter.page("submit page", &mut author, &format!("{v2}/submit")).await;

    let editor = author.open(&format!("{v2}/edit")).await;
    let duty = item(&editor, "Does the duty of number 2.");
    let save = format!("{v2}/items/{duty}/save");
    counter.act("save an item", &mut author, &save, &[("revision", "1"), ("text", "Does it well.")], SAVE).await;
    counter.page("compare", &mut author, &format!("{v2}/compare")).await;
    counter.page("a version as a file", &mut author, &format!("{v1}/file?as=docx")).await;
    counter.page("changes as a file", &mut author, &format!("{v2}/file?as=docx&with=1")).await;
    counter.page("the library as a file", &mut author, &world.trust.path("profiles.zip")).await;
    remarks(&site, &world, &mut counter, &mut author, &v2).await;
    counter.page("compare side by side", &mut author, &format!("{v2}/compare?with=1&view=side&all=1")).await;
    counter.page("choose what to compare", &mut author, &format!("{v2}/compare-with?words=duty")).await;
    for page in ["changes", "preview", "preview?as=phone", "clauses"] {
        counter.page(page, &mut author, &format!("{v2}/{page}")).await;
    }
    for page in ["history", "split", "move"] {
        counter.page(page, &mut author, &format!("{v2}/items/{duty}/{page}")).await;
    }
    for (act, fields) in [
        ("duplicate", &[][..]),
        ("move", &[("under", "item-0")][..]),
        ("split", &[("revision", "2"), ("do", "split"), ("text", "Does\nit.")][..]),
        ("up", &[][..]),
        ("merge", &[][..]),
    ] {
        counter.act(act, &mut author, &format!("{v2}/items/{duty}/{act}"), fields, ACT).await;
    }

    let manager_id = team.manager.membership.unwrap().to_string();
    let say = [("approver", manager_id.as_str()), ("note", "New."), ("kind", "minor"), ("affects_grade", "no")];
    let submit = format!("{v2}/submit");
    counter.act("submit", &mut author, &submit, &say, SUBMIT).await;
    let task = db_task(&site, &world, draft).await;
    counter.page("my work", &mut manager, &world.trust.path("work")).await;
    counter.page("task", &mut manager, &task).await;
    counter.page("reviews", &mut manager, &world.trust.path("reviews")).await;
    counter.page("account", &mut manager, "/account").await;
    by_link(&site, &mut counter, &task).await;
    let reason = [("submission", "1"), ("reason", "Say more.")];
    counter.act("request changes", &mut manager, &format!("{task}/request-changes"), &reason, DECISION).await;
    counter.page("my work of an author", &mut author, &world.trust.path("work")).await;
    author.post(&submit, &say).await;
    let task = db_task(&site, &world, draft).await;
    let decide = format!("{task}/approve");
    counter.act("approve", &mut manager, &decide, &[("submission", "2")], DECISION).await;
    counter.page("issue page", &mut author, &format!("{v2}/issue")).await;
    let today = [("effective_from", "2026-01-15")];
    counter.act("issue", &mut author, &format!("{v2}/issue"), &today, DECISION).await;
    counter.counted
}

/// The same page for somebody who came by the link in the message.
async fn by_link(site: &Site, counter: &mut Counter, task: &str) {
    let (token, pass) = (rolebook::secret::Token::new().unwrap(), rolebook::secret::Token::new().unwrap());
    let sql =
        "insert into task_link (employer_id, task_id, membership_id, token_hash, created_at, expires_at, pass_hash,
            confirmed_at)
        select employer_id, id, assigned_to, $1, $3, $3 + interval '7 days', $2, $3 from task where closed_at is null";
    let query = sqlx::query(sql).bind(token.hash().to_vec()).bind(pass.hash().to_vec()).bind(site.app.clock.now());
    query.execute(&site.db).await.unwrap();
    let mut browser = site.browser();
    browser.set_cookie("rolebook_task", pass.plain());
    counter.page("task by a link", &mut browser, task).await;
    browser.set_cookie("rolebook_task", "");
    counter.page("the link's own page", &mut browser, &format!("/decide/{}", token.plain())).await;
}

/// Saying something, suggesting, and accepting that; and the pages that show it.
async fn remarks(site: &Site, world: &World, counter: &mut Counter, author: &mut Browser, version: &str) {
    let mut panel = site.signed_in(&world.trust.first.team.panel).await;
    let duty = item(&author.open(&format!("{version}/edit")).await, "Does the duty of number 1.");
    let about = format!("item-{duty}");
    let comment = [("about", about.as_str()), ("text", "How?")];
    counter.act("comment", &mut panel, &format!("{version}/comments"), &comment, SAVE).await;
    let words = [("about", about.as_str()), ("revision", "1"), ("text", "Does it daily.")];
    counter.act("suggest", &mut panel, &format!("{version}/suggestions"), &words, SAVE).await;
    counter.page("version with remarks", author, version).await;
    counter.page("version with a form", author, &format!("{version}?comment={about}")).await;
    counter.page("editor with remarks", author, &format!("{version}/edit")).await;
    counter.page("suggestions and comments", author, &format!("{version}/remarks")).await;
    let id: i64 = sqlx::query_scalar("select max(id) from suggestion").fetch_one(&site.db).await.unwrap();
    counter.page("a suggestion", author, &format!("{version}/suggestions/{id}")).await;
    let accept = format!("{version}/suggestions/{id}/accept");
    counter.act("accept a suggestion", author, &accept, &[], DECISION).await;
}

/// What an act on several lines may need at most: kinds that hold more than words are four tables.
const ACT: usize = 16;

/// Sending freezes the content as well, and asks who edited it.
const SUBMIT: usize = 12;

async fn db_task(site: &Site, world: &World, version: VersionId) -> String {
    let sql = "select id from task where version_id = $1 and closed_at is null";
    let task: i64 = sqlx::query_scalar(sql).bind(version.0).fetch_one(&site.db).await.unwrap();
    world.trust.path(&format!("tasks/{task}"))
}

#[tokio::test]
async fn pages_ask_little_and_no_more_of_long_documents() {
    let (short, long, longest) = (counted(10).await, counted(200).await, counted(2_000).await);
    let table: Vec<String> =
        short.iter().map(|one| format!("{:3} of {:2}  {}", one.statements, one.most, one.what)).collect();
    println!("{}", table.join("\n"));
    for (short, longer) in short.iter().zip(&long).chain(short.iter().zip(&longest)) {
        assert_eq!(short.list, longer.list, "{}: more for a longer document", short.what);
    }
    let over: Vec<&Counted> = short.iter().filter(|one| one.statements > one.most).collect();
    assert!(over.is_empty(), "more statements than there may be: {over:#?}");
}

/// Pages of adverts and administration, with their gate.
#[tokio::test]
async fn other_staff_pages_ask_little_too() {
    let site = Site::new().await;
    let world = site.world().await;
    let (trust, unit) = (&world.trust, &world.trust.first);
    site.db_grades(trust).await;
    let version = site.db_issued(trust, unit, "Nurse", "Band 4").await;
    let written = site.db_advert(trust, unit, &version, |_| {}).await;
    let mut counter = Counter { counted: Vec::new() };
    let mut author = site.signed_in(&unit.team.author).await;
    for rest in ["adverts".into(), format!("adverts/{written}"), format!("adverts/{written}/edit"), "import".into()] {
        counter.page(&rest, &mut author, &trust.path(&rest)).await;
    }
    site.db_ask(trust, unit, written).await;
    let mut manager = site.signed_in(&unit.team.manager).await;
    counter.page("confirm an advert", &mut manager, &trust.path(&format!("adverts/{written}/confirm"))).await;
    let mut admin = site.signed_in(&trust.admin).await;
    let clause = crate::clauses::db_clause(&site, trust, "Smoking", "Not here.", &["always"]).await;
    for rest in ["clauses".to_owned(), format!("clauses/{clause}"), format!("clauses/{clause}/impact")] {
        counter.page(&rest, &mut admin, &trust.path(&rest)).await;
    }
    let member = format!("people/{}", unit.team.author.membership.unwrap());
    for rest in
        ["people", "people/invite", &member, "units", "units/new", &format!("units/{}", unit.id), "audit", "audit.csv"]
    {
        counter.page(rest, &mut admin, &trust.path(rest)).await;
    }
    let over: Vec<_> = counter.counted.iter().filter(|one| one.statements > one.most).collect();
    assert!(over.is_empty(), "more statements than there may be: {over:#?}");
}

#[tokio::test]
async fn public_pages_ask_little_whoever_looks() {
    let site = Site::new().await;
    let world = site.world().await;
    let (trust, unit) = (&world.trust, &world.trust.first);
    site.db_grades(trust).await;
    let mut counts = Vec::new();
    for adverts in [1, 12] {
        let mut last = None;
        for n in 0..adverts {
            let version = site.db_issued(trust, unit, &format!("Nurse {n}"), "Band 4").await;
            last = Some(site.db_published(trust, unit, &version, |_| {}).await);
        }
        let advert = format!("/jobs/{}", last.unwrap());
        let employer = format!("/employers/{}", trust.slug);
        let mut counter = Counter { counted: Vec::new() };
        for mut browser in [site.browser(), site.signed_in(&world.applicant).await] {
            for path in ["/", "/jobs", "/jobs?words=nurse", &advert, &employer, "/accessibility"] {
                let page = browser.get(path).await;
                assert!(page.status == 200 || path == "/", "{path}: {}", page.status);
                counter.note(if path == advert { "an advert" } else { path }, &browser, PAGE);
            }
        }
        let over: Vec<_> = counter.counted.iter().filter(|one| one.statements > one.most).collect();
        assert!(over.is_empty(), "more statements than there may be: {over:#?}");
        counts.push(counter.counted);
    }
    assert_eq!(counts[0], counts[1], "the same with one advert and with many");
}
