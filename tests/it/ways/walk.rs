//! Routes, people, leave and decisions of chance, through the pages: whatever happens in whatever order, nobody decides
//! on what they had a hand in, exactly those steps are open that the route says, no task sits with somebody who left,
//! and every review can be led to its end.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use rolebook::jobs::reviews;
use time::Duration;

use super::holds::holds;
use super::{Wanted, altered, make_route};
use crate::support::author::draft;
use crate::support::browser::Browser;
use crate::support::editor::Editor;
use crate::support::page::Page;
use crate::support::people::{Person, World, db_role};
use crate::support::site::Site;

const JO: &str = "jo@union.example";
const GUEST: &[(&str, &str)] = &[("guest_name", "Jo Branch"), ("guest_email", JO)];
/// What is asked of whom; every route ends with an approval by the unit's manager.
const STEPS: [(&str, &str); 9] = [
    ("review", "panel"),
    ("review", "manager"),
    ("approve", "manager"),
    ("evaluate", "panel"),
    ("agree", "guest"),
    ("agree", "panel"),
    ("acknowledge", "author"),
    ("acknowledge", "admin"),
    ("approve", "unit_manager"),
];

#[derive(Debug, Clone, Copy)]
enum Try {
    Send,
    Decide,
    Changes,
    /// Somebody who was not asked decides.
    Meddle,
    /// A manager who is an author too changes the draft.
    Edit,
    Skip,
    Jump,
    Restart,
    Recall,
    Away,
    Leave,
    Wait,
}

#[derive(Debug, Clone)]
struct Story {
    steps: Vec<(usize, &'static str)>,
    keeps: bool,
    /// Days after which it begins: before Easter and before Christmas, with the clocks about to change, or in January.
    begins: i64,
    acts: Vec<(Try, usize)>,
}

fn story() -> impl Strategy<Value = Story> {
    let act = prop_oneof![
        4 => Just(Try::Send), 8 => Just(Try::Decide), 2 => Just(Try::Changes), 2 => Just(Try::Meddle), 2 => Just(Try::Edit),
        1 => Just(Try::Skip), 1 => Just(Try::Jump), 1 => Just(Try::Restart), 1 => Just(Try::Recall), 2 => Just(Try::Away),
        1 => Just(Try::Leave), 2 => Just(Try::Wait),
    ];
    let place = prop::sample::select(vec!["1", "2", "3"]);
    let steps = prop::collection::vec((0..STEPS.len(), place), 0..4);
    // 15 January, 26 March, 22 October and 16 December 2026.
    let begins = prop::sample::select(vec![0i64, 70, 280, 335]);
    let acts = prop::collection::vec((act, 0..12usize), 8..22);
    let whole = (steps, any::<bool>(), begins, acts);
    whole.prop_map(|(steps, keeps, begins, acts)| Story { steps, keeps, begins, acts })
}

#[test]
fn reviews_of_chance_keep_to_their_routes_and_to_four_eyes() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let config = Config { failure_persistence: None, max_shrink_iters: 20, ..Config::with_cases(12) };
    // The same stories every time, so that what fails can be looked at.
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let ends = std::cell::RefCell::new(BTreeSet::new());
    let run = TestRunner::new_with_rng(config, rng).run(&story(), |story| {
        ends.borrow_mut().insert(runtime.block_on(told(&story)));
        Ok(())
    });
    if let Err(failed) = run {
        panic!("{failed}");
    }
    assert!(ends.into_inner().contains("approved"), "some come to their end");
}

/// Says in which state the version ends.
async fn told(story: &Story) -> String {
    let site = Site::new().await;
    let world = site.world().await;
    site.pass(Duration::days(story.begins));
    let team = &world.trust.first.team;
    db_role(&site.db, world.trust.id, &team.manager, "author", None).await;
    let mut steps: Vec<Wanted<'_>> = Vec::new();
    for (which, place) in &story.steps {
        let (kind, asked) = STEPS[*which];
        steps.push((kind, asked, place, if asked == "guest" { GUEST } else { &[] }));
    }
    steps.push(("approve", "unit_manager", "3", &[]));
    make_route(&site, &world, story.keeps, &steps).await;
    let (path, author) = draft(&site, &world).await;
    let mut walk = Walk { site: &site, world: &world, path, browsers: BTreeMap::new(), left: BTreeSet::new() };
    walk.browsers.insert(team.author.membership.unwrap(), author);
    for (act, n) in &story.acts {
        walk.take(*act, *n).await;
        holds(&site, &format!("{act:?} {n} of {story:?}")).await;
    }
    walk.lead_to_its_end().await;
    holds(&site, &format!("the end of {story:?}")).await;
    let state = super::db_state(&site).await;
    site.put_away().await;
    state
}

/// An answer in words, not a failure.
fn fine(page: Page) {
    assert!(page.status < 500, "{} {}", page.status, page.path);
}

struct Walk<'a> {
    site: &'a Site,
    world: &'a World,
    path: String,
    browsers: BTreeMap<i64, Browser>,
    left: BTreeSet<i64>,
}

/// An open task, and who has it.
type Open = (i64, String, i64);

impl Walk<'_> {
    async fn as_member(&mut self, member: i64) -> &mut Browser {
        if !self.browsers.contains_key(&member) {
            let people = self.world.trust.people();
            let person: &Person = people.into_iter().find(|person| person.membership == Some(member)).unwrap();
            self.browsers.insert(member, self.site.signed_in(person).await);
        }
        self.browsers.get_mut(&member).unwrap()
    }

    fn author(&self) -> i64 {
        self.world.trust.first.team.author.membership.unwrap()
    }

    fn admin(&self) -> i64 {
        self.world.trust.admin.membership.unwrap()
    }

    async fn db_tasks(&self) -> Vec<Open> {
        let sql = "select id, kind, assigned_to from task where closed_at is null order by id";
        sqlx::query_as(sql).fetch_all(&self.site.db).await.unwrap()
    }

    async fn task(&self, n: usize) -> Option<Open> {
        let tasks = self.db_tasks().await;
        (!tasks.is_empty()).then(|| tasks[n % tasks.len()].clone())
    }

    async fn take(&mut self, act: Try, n: usize) {
        let (author, path) = (self.author(), self.path.clone());
        match act {
            Try::Send => self.send(author).await,
            Try::Decide if n.is_multiple_of(3) && self.guest_agrees().await => {}
            Try::Decide => self.decide(n).await,
            Try::Changes => self.ask_for_changes(n).await,
            Try::Meddle => self.meddle(n).await,
            Try::Edit => self.edit().await,
            Try::Skip | Try::Jump => self.steer(act, n).await,
            Try::Restart => {
                let admin = self.admin();
                let why = [("reason", "Once more.")];
                fine(self.as_member(admin).await.post(&format!("{path}/review/restart"), &why).await);
            }
            Try::Recall => fine(self.as_member(author).await.post(&format!("{path}/recall"), &[]).await),
            Try::Away => self.away(n).await,
            Try::Leave => self.leave(n).await,
            Try::Wait => {
                // Everybody signs in anew.
                self.browsers.clear();
                self.site.pass(Duration::days(1));
                reviews::work(&self.site.app).await.unwrap();
            }
        }
    }

    async fn send(&mut self, author: i64) {
        let path = format!("{}/submit", self.path);
        let fields = [("note", "The text is new."), ("kind", "major"), ("affects_grade", "no")];
        let browser = self.as_member(author).await;
        let page = browser.get(&path).await;
        if page.status == 200 {
            let mut form = page.form("Send for review");
            for (name, value) in fields {
                form = form.forge(name, value);
            }
            fine(browser.submit(form).await);
        }
    }

    async fn decide(&mut self, n: usize) {
        let Some((task, kind, who)) = self.task(n).await else { return };
        let button = match kind.as_str() {
            "review" => "I have reviewed it",
            "approve" => "Approve",
            "evaluate" => "Record the evaluation",
            "agree" => "Agree to it",
            "acknowledge" => "I have read it",
            other => panic!("{other}"),
        };
        let path = self.world.trust.path(&format!("tasks/{task}"));
        let browser = self.as_member(who).await;
        let page = browser.open(&path).await;
        let form = page.form(button).forge("note", "It reads well.");
        let done = browser.submit(form).await;
        assert_eq!(done.status, 303, "{:?}", done.problems());
    }

    async fn ask_for_changes(&mut self, n: usize) {
        let Some((task, _, who)) = self.task(n).await else { return };
        let path = self.world.trust.path(&format!("tasks/{task}"));
        let browser = self.as_member(who).await;
        let page = browser.open(&path).await;
        fine(browser.submit(page.form("Request changes").fill("reason", "Say how many.")).await);
    }

    /// Whoever was not asked, and whoever had a hand in it, changes nothing by deciding.
    async fn meddle(&mut self, n: usize) {
        let Some((task, kind, who)) = self.task(n).await else { return };
        let people = self.world.trust.people();
        let other = people[n % people.len()].membership.unwrap();
        if other == who || self.left.contains(&other) {
            return;
        }
        let act = if kind == "approve" { "approve" } else { "complete" };
        let path = self.world.trust.path(&format!("tasks/{task}/{act}"));
        let page = self.as_member(other).await.post(&path, &[("submission", "1"), ("note", "Mine.")]).await;
        assert!(matches!(page.status, 303 | 403 | 404 | 409 | 422), "{}", page.status);
        assert!(
            self.db_tasks().await.iter().any(|(id, _, holder)| (*id, *holder) == (task, who)),
            "it waits as before"
        );
    }

    async fn edit(&mut self) {
        let manager = self.world.trust.first.team.manager.membership.unwrap();
        let state = super::db_state(self.site).await;
        if self.left.contains(&manager) || !matches!(state.as_str(), "draft" | "changes_requested") {
            return;
        }
        self.as_member(manager).await;
        let mut editor = Editor::new(self.browsers.remove(&manager).unwrap(), self.path.clone());
        let form = editor.change("Leads the team").await.fill("Duty", "Leads the team, and its training.");
        fine(editor.browser.submit(form).await);
        self.browsers.insert(manager, editor.browser);
    }

    async fn steer(&mut self, act: Try, n: usize) {
        let sql = "select id from review_step where ended_at is null order by id";
        let steps: Vec<i64> = sqlx::query_scalar(sql).fetch_all(&self.site.db).await.unwrap();
        if steps.is_empty() {
            return;
        }
        let (word, step) = (if matches!(act, Try::Skip) { "skip" } else { "jump" }, steps[n % steps.len()]);
        let path = format!("{}/review/{word}?step={step}", self.path);
        let admin = self.admin();
        fine(self.as_member(admin).await.post(&path, &[("reason", "It hurries.")]).await);
    }

    /// Somebody is away from today on, and one of the managers stands in.
    async fn away(&mut self, n: usize) {
        let people = self.world.trust.people();
        let (who, instead) = (people[n % people.len()].membership.unwrap(), people[(n * 5 + 1) % people.len()]);
        let instead = instead.membership.unwrap();
        if who == instead || self.left.contains(&who) || self.left.contains(&instead) {
            return;
        }
        let (first, last) = (self.site.app.clock.today(), self.site.app.clock.today() + Duration::days(2));
        let sql =
            "insert into absence (employer_id, membership_id, first_day, last_day, delegate_id, set_by, created_at)
            select $1, $2, $3, $4, $5, $2, $6 where not exists (select from absence where membership_id = $2)";
        let insert = sqlx::query(sql).bind(self.world.trust.id).bind(who).bind(first).bind(last).bind(instead);
        let insert = insert.bind(self.site.app.clock.now());
        insert.execute(&self.site.db).await.unwrap();
        reviews::work(&self.site.app).await.unwrap();
    }

    /// Somebody leaves; what they had goes to the first who may take it.
    async fn leave(&mut self, n: usize) {
        let people = self.world.trust.people();
        let who = people[n % people.len()].membership.unwrap();
        if [self.author(), self.admin()].contains(&who) || self.left.len() > 2 || self.left.contains(&who) {
            return;
        }
        let path = self.world.trust.path(&format!("people/{who}"));
        let admin = self.admin();
        let browser = self.as_member(admin).await;
        let mut form = browser.open(&path).await.form("Deactivate");
        for (name, _) in form.fields().into_iter().filter(|(name, _)| name.starts_with("task_")) {
            let taker = form.options(&name).into_iter().nth(1).unwrap();
            form = form.choose(&name, &taker);
        }
        let page = browser.submit(form).await;
        assert_eq!(page.status, 303, "{:?}", page.problems());
        self.left.insert(who);
        self.browsers.remove(&who);
    }

    /// By their link and the code; says whether they were asked at all.
    async fn guest_agrees(&mut self) -> bool {
        let sql = "select exists (select from review_step s join guest_link l on l.step_id = s.id
            where s.ended_at is null and l.revoked_at is null and s.opened_at is not null)";
        if !sqlx::query_scalar::<_, bool>(sql).fetch_one(&self.site.db).await.unwrap() {
            return false;
        }
        let mails = self.site.db_mail(JO).await;
        let link = mails.iter().rev().find(|mail| mail.body.contains("/guest/")).unwrap().link("/guest/");
        let mut guest = self.site.browser();
        assert_eq!(guest.get(&altered(&link)).await.status, 404);
        guest.post(&format!("{link}/code"), &[]).await;
        let body = self.site.db_last_mail(JO).await.body;
        let code: String = body.split("code is ").nth(1).unwrap().chars().take(6).collect();
        guest.post(&format!("{link}/enter"), &[("code", &code)]).await;
        fine(guest.post(&format!("{link}/done"), &[("note", "Fine.")]).await);
        true
    }

    async fn lead_to_its_end(&mut self) {
        let author = self.author();
        for _ in 0..2 {
            self.send(author).await;
            // Whatever the number of the task, there is an end.
            for _ in 0..20 {
                if !self.guest_agrees().await {
                    self.decide(0).await;
                }
            }
        }
    }
}
