//! Random walks of one profile through the real database: whatever people try, in whatever order, it keeps to the rules.

use std::cell::RefCell;
use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use rolebook::db::DbError;
use rolebook::domain::content::{Content, Item};
use rolebook::domain::ids::{ProfileId, VersionId};
use rolebook::domain::version::StateName;
use rolebook::jobs::issue_due::issue_due;
use time::Duration;

use super::walls;
use crate::support::desk::{Desk, No};
use crate::support::people::{Person, World, db_role};
use crate::support::site::Site;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Try {
    /// The usual next act by the right person, so that walks get far.
    Onward,
    Submit,
    Recall,
    RequestChanges,
    Approve,
    /// Now or on a later day.
    Issue,
    Withdraw,
    Discard,
    Restore,
    EmergencyIssue,
    StartDraft,
    Edit,
    /// Days go by, and the job that issues looks at the date.
    Wait,
}

/// Something that somebody tries.
#[derive(Debug, Clone, Copy)]
struct Step {
    what: Try,
    who: usize,
    /// Whom a submission names.
    approver: usize,
    /// On which version, counted from the newest.
    which: usize,
    days: i64,
}

const PEOPLE: usize = 5;

fn step() -> impl Strategy<Value = Step> {
    let what = prop_oneof![
        8 => Just(Try::Onward), 2 => Just(Try::Submit), 1 => Just(Try::Recall), 1 => Just(Try::RequestChanges),
        1 => Just(Try::Approve), 2 => Just(Try::Issue), 1 => Just(Try::Withdraw), 1 => Just(Try::Discard),
        2 => Just(Try::Restore), 1 => Just(Try::EmergencyIssue), 2 => Just(Try::StartDraft), 2 => Just(Try::Edit),
        1 => Just(Try::Wait),
    ];
    let which = prop_oneof![4 => Just(0usize), 1 => 1..4usize];
    let days = prop_oneof![2 => Just(0i64), 2 => Just(1), 1 => Just(2), 1 => Just(91)];
    let fields = (what, 0..PEOPLE, 0..PEOPLE, which, days);
    fields.prop_map(|(what, who, approver, which, days)| Step { what, who, approver, which, days })
}

#[test]
fn random_walks_keep_to_the_rules() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (site, world) = runtime.block_on(async {
        let site = Site::new().await;
        let world = site.world().await;
        // An author who also approves: four eyes must not rest on roles.
        db_role(&site.db, world.trust.id, &world.trust.whole.author, "manager", None).await;
        (site, world)
    });
    let config = Config { failure_persistence: None, max_shrink_iters: 100, ..Config::with_cases(24) };
    // The same walks every time, so that what fails can be looked at.
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let seen = RefCell::new(BTreeSet::new());
    let walks = TestRunner::new_with_rng(config, rng).run(&prop::collection::vec(step(), 10..40), |steps| {
        let states = runtime.block_on(Walk::along(&site, &world, &steps));
        seen.borrow_mut().extend(states);
        Ok(())
    });
    if let Err(failed) = walks {
        panic!("{failed}");
    }
    let everywhere: BTreeSet<StateName> = StateName::ALL.iter().copied().collect();
    assert_eq!(seen.into_inner(), everywhere, "the walks get to every state");
    let _guard = runtime.enter();
    drop(site);
}

/// A version as the walk knows it.
struct Known {
    id: VersionId,
    state: StateName,
    /// As it was when it could last be edited.
    content: Content,
}

struct Walk<'a> {
    desk: Desk<'a>,
    people: [&'a Person; PEOPLE],
    profile: ProfileId,
    /// Oldest first.
    versions: Vec<Known>,
    /// Whom the last submission named.
    approver: usize,
    /// The record of acts so far, row by row.
    audit: Vec<String>,
}

impl<'a> Walk<'a> {
    /// Says which states were seen.
    async fn along(site: &'a Site, world: &'a World, steps: &[Step]) -> BTreeSet<StateName> {
        let (trust, team) = (&world.trust, &world.trust.first.team);
        let desk = Desk::new(site, trust);
        let begun = desk.whole_draft(&team.author, &trust.first, "Walker").await;
        let people = [&team.author, &trust.whole.author, &team.manager, &trust.whole.manager, &trust.admin];
        let content = desk.content(begun.version).await;
        let versions = vec![Known { id: begun.version, state: StateName::Draft, content }];
        let mut walk = Walk { desk, people, profile: begun.profile, versions, approver: 2, audit: Vec::new() };
        walk.audit = walk.db_audit().await;
        let mut seen = BTreeSet::new();
        for step in steps {
            walk.take(walk.resolved(*step)).await;
            seen.extend(walk.versions.iter().map(|version| version.state));
        }
        for version in &walk.versions {
            walls::stand(site, version.id.0, version.state).await;
        }
        seen
    }

    fn resolved(&self, step: Step) -> Step {
        let step_of = |what, who| Step { what, who, approver: 2, which: 0, days: 0 };
        match (step.what, self.versions[self.versions.len() - 1].state) {
            (Try::Onward, StateName::Draft | StateName::ChangesRequested) => step_of(Try::Submit, 0),
            (Try::Onward, StateName::InReview) => step_of(Try::Approve, self.approver),
            (Try::Onward, StateName::Approved) => step_of(Try::Issue, 0),
            (Try::Onward, _) => step_of(Try::StartDraft, 0),
            (_, _) => step,
        }
    }

    /// Tries a step, and looks at everything after it.
    async fn take(&mut self, step: Step) {
        let did = match self.attempt(step).await {
            Ok(()) => true,
            Err(No::Denied | No::Refused(_)) => false,
            // Two versions can't be open at once, and frozen content stays.
            Err(No::Database(DbError::Frozen)) => false,
            Err(No::Database(DbError::Constraint(name))) if name == "version_one_open" => false,
            Err(No::Database(error)) => panic!("{step:?}: {error}"),
        };
        let before = std::mem::take(&mut self.audit);
        self.audit = self.db_audit().await;
        assert_eq!(self.audit[..before.len()], before, "{step:?} changed the record");
        let acts = self.audit.len() - before.len();
        match step.what {
            Try::Wait => {}
            Try::Edit => assert_eq!(acts, 0, "edits are recorded apart"),
            _ => assert_eq!(acts, usize::from(did), "{step:?} is recorded once, where it happened"),
        }
        self.compare(step).await;
    }

    async fn attempt(&mut self, step: Step) -> Result<(), No> {
        let (desk, person) = (self.desk, self.people[step.who]);
        let n = self.versions.len() - 1 - step.which.min(self.versions.len() - 1);
        let id = self.versions[n].id;
        let next = match step.what {
            Try::Submit => {
                desk.submit(id, person, self.people[step.approver]).await?;
                self.approver = step.approver;
                StateName::InReview
            }
            Try::Recall => desk.recall(id, person).await.map(|()| StateName::Draft)?,
            Try::RequestChanges => desk.request_changes(id, person).await.map(|()| StateName::ChangesRequested)?,
            Try::Approve => desk.approve(id, person).await.map(|()| StateName::Approved)?,
            Try::Issue => {
                let day = desk.site.app.clock.today() + Duration::days(step.days);
                desk.issue(id, person, day).await?;
                if step.days == 0 { StateName::Issued } else { StateName::Approved }
            }
            Try::Withdraw => desk.withdraw(id, person).await.map(|()| StateName::Withdrawn)?,
            Try::Discard => desk.discard(id, person).await.map(|()| StateName::Discarded)?,
            Try::Restore => desk.restore(id, person).await.map(|()| StateName::Draft)?,
            Try::EmergencyIssue => desk.issue_in_emergency(id, person).await.map(|()| StateName::Issued)?,
            Try::StartDraft => return self.start_draft(n, person).await,
            Try::Edit => {
                desk.edit_an_item(id, person).await?;
                assert!(self.versions[n].state.is_editable(), "{step:?} edited what is frozen");
                self.versions[n].content = desk.content(id).await;
                return Ok(());
            }
            Try::Wait => {
                desk.site.pass(Duration::days(step.days));
                issue_due(&desk.site.app).await.unwrap();
                return self.look_at_dates().await;
            }
            Try::Onward => unreachable!("made into another step"),
        };
        self.moved(n, next);
        Ok(())
    }

    fn moved(&mut self, n: usize, next: StateName) {
        if next == StateName::Issued {
            let old = self.versions.iter_mut().filter(|version| version.state == StateName::Issued);
            old.for_each(|version| version.state = StateName::Superseded);
        }
        self.versions[n].state = next;
    }

    async fn start_draft(&mut self, from: usize, person: &Person) -> Result<(), No> {
        let id = self.desk.next_draft(self.versions[from].id, person).await?;
        let content = self.desk.content(id).await;
        let (new, old) = (unrevised(content.clone()), unrevised(self.versions[from].content.clone()));
        assert_eq!(new, old, "a draft begins with what it starts from, every item with its identity");
        self.versions.push(Known { id, state: StateName::Draft, content });
        Ok(())
    }

    /// Whatever was due by now is in force.
    async fn look_at_dates(&mut self) -> Result<(), No> {
        let due = self.versions.iter().position(|version| version.state == StateName::Approved);
        if let Some(n) = due {
            let state = self.desk.version(self.versions[n].id).await.state.name();
            if state == StateName::Issued {
                self.moved(n, state);
            }
        }
        let today = self.desk.site.app.clock.today();
        let sql = "select count(*) from version where profile_id = $1 and issue_on <= $2";
        let late = sqlx::query_scalar(sql).bind(self.profile.0).bind(today).fetch_one(&self.desk.site.db);
        assert_eq!(late.await.ok(), Some(0i64), "nothing that is due waits");
        Ok(())
    }

    /// The database holds what the walk knows.
    async fn compare(&self, step: Step) {
        for known in &self.versions {
            let version = self.desk.version(known.id).await;
            assert_eq!(version.state.name(), known.state, "{step:?}: version {}", version.number);
            assert_eq!(self.desk.content(known.id).await, known.content, "{step:?}: version {}", version.number);
        }
        let count = |wanted: fn(StateName) -> bool| self.versions.iter().filter(|known| wanted(known.state)).count();
        assert!(count(StateName::is_open) <= 1, "{step:?}: two versions are open");
        assert!(count(|state| state == StateName::Issued) <= 1, "{step:?}: two versions are in force");
        let sql = "select count(*) from version old where profile_id = $1 and state = 'superseded' and not exists (
            select from version new where new.profile_id = $1 and new.issued_at = old.superseded_at and new.id <> old.id)";
        let orphans = sqlx::query_scalar(sql).bind(self.profile.0).fetch_one(&self.desk.site.db).await;
        assert_eq!(orphans.ok(), Some(0i64), "{step:?}: superseded by nothing");
        let newest = &self.versions[self.versions.len() - 1];
        walls::stand(self.desk.site, newest.id.0, newest.state).await;
    }

    async fn db_audit(&self) -> Vec<String> {
        let sql = "select audit::text from audit where profile_id = $1 order by id";
        sqlx::query_scalar(sql).bind(self.profile.0).fetch_all(&self.desk.site.db).await.unwrap()
    }
}

/// A draft counts its revisions from 1 again.
fn unrevised(mut content: Content) -> Content {
    fn walk(items: &mut [Item]) {
        for item in items {
            item.revision = 1;
            walk(&mut item.children);
        }
    }
    for section in &mut content.sections {
        section.revision = 1;
        walk(&mut section.items);
    }
    content
}
