//! What has to be true of every review at every moment, asked of the tables and told another way than the code does.

use std::collections::BTreeSet;

use time::{Date, Weekday};

use crate::support::site::Site;

/// A step of the last submission that still counts: its place, whether it is over, whether it began, whether a guest is
/// asked, and how many tasks are open for it.
type Step = (i32, bool, bool, bool, i64);

/// Decisions of somebody who sent that submission, or had edited the version by then.
const ON_THEIR_OWN: &str = "select count(*) from decision d join submission b on b.id = d.submission_id
    where d.decided_by is not null and (d.decided_by = b.submitted_by or exists (select from content_edit e
        where e.version_id = b.version_id and e.edited_by = d.decided_by and e.created_at <= d.decided_at))";

const OF_THEIR_OWN: &str = "select count(*) from task t join submission b on b.id = t.submission_id
    where t.closed_at is null and (t.assigned_to = b.submitted_by or exists (select from content_edit e
        where e.version_id = b.version_id and e.edited_by = t.assigned_to))";

const OF_SOMEBODY_WHO_LEFT: &str = "select count(*) from task t join membership m on m.id = t.assigned_to
    where t.closed_at is null and m.deactivated_at is not null";

const STEPS: &str = "select s.place, s.ended_at is not null, s.opened_at is not null, s.guest_email <> '',
    (select count(*) from task t where t.step_id = s.id and t.closed_at is null)
    from review_step s where s.ended_as is distinct from 'replaced'
        and s.submission_id = (select id from submission order by id desc limit 1) order by s.place, s.id";

pub async fn holds(site: &Site, after: &str) {
    for (what, sql) in [
        ("somebody decided on their own work", ON_THEIR_OWN),
        ("a task is about its holder's own work", OF_THEIR_OWN),
        ("a task sits with somebody who left", OF_SOMEBODY_WHO_LEFT),
    ] {
        let found: i64 = sqlx::query_scalar(sql).fetch_one(&site.db).await.unwrap();
        assert_eq!(found, 0, "{what} after {after}");
    }
    let state = super::db_state(site).await;
    let open: i64 = sqlx::query_scalar("select count(*) from task where closed_at is null and step_id is not null")
        .fetch_one(&site.db)
        .await
        .unwrap();
    let steps: Vec<Step> = sqlx::query_as(STEPS).fetch_all(&site.db).await.unwrap();
    match state.as_str() {
        "in_review" => as_the_route_says(site, &steps, open, after).await,
        _other => assert_eq!(open, 0, "{state} after {after}"),
    }
    due_on_working_days(site, after).await;
}

/// Exactly those of the first place that is not over are open, each once.
async fn as_the_route_says(site: &Site, steps: &[Step], open: i64, after: &str) {
    let place = steps.iter().filter(|step| !step.1).map(|step| step.0).min();
    assert!(place.is_some(), "it is in review with nothing left to decide after {after}");
    let mut expected = 0;
    for (of, is_over, began, guest, tasks) in steps {
        let is_now = Some(*of) == place && !is_over;
        match (is_now, guest) {
            (true, true) => assert!(*began && *tasks == 0, "a guest of place {of} waits for a link after {after}"),
            // Where nobody could take it, administrators were told.
            (true, false) if *tasks == 0 => assert!(!began && was_told(site).await, "place {of} waits after {after}"),
            (true, false) => {
                assert!(*began && *tasks == 1, "place {of} after {after}");
                expected += 1;
            }
            (false, _) => assert_eq!(*tasks, 0, "place {of} after {after}"),
        }
    }
    assert_eq!(open, expected, "tasks of other submissions after {after}");
}

async fn was_told(site: &Site) -> bool {
    let sql = "select exists (select from outbox where subject like 'Nobody to decide%')";
    sqlx::query_scalar(sql).fetch_one(&site.db).await.unwrap()
}

/// Not on a weekend, and not on one of the days on which England and Wales rest.
async fn due_on_working_days(site: &Site, after: &str) {
    let days: Vec<Date> = sqlx::query_scalar("select distinct due_on from task where due_on is not null")
        .fetch_all(&site.db)
        .await
        .unwrap();
    let holidays = include_str!("../../../reference/bank_holidays.csv");
    let own = holidays.lines().filter(|line| line.contains("england-and-wales"));
    let rests: BTreeSet<&str> = own.filter_map(|line| line.split(',').next()).collect();
    for day in days {
        assert!(!matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday), "{day} after {after}");
        assert!(!rests.contains(day.to_string().as_str()), "{day} after {after}");
    }
}

/// So that the walk can fail: each of these is seen.
#[tokio::test]
async fn what_does_not_hold_is_seen() {
    let author = "update task set assigned_to = (select submitted_by from submission limit 1)";
    let closed = "update task set closed_at = now(), outcome = 'approved'";
    let later = "insert into task (employer_id, kind, version_id, submission_id, step_id, assigned_to, created_at)
        select t.employer_id, 'approve', t.version_id, t.submission_id, s.id, t.assigned_to, now() from task t, review_step s
        where s.id <> t.step_id";
    let sunday = "update task set due_on = '2026-02-01'";
    let steps: [super::Wanted<'_>; 2] = [("review", "panel", "1", &[]), ("approve", "unit_manager", "2", &[])];
    for broken in [author, closed, later, sunday] {
        let site = Site::new().await;
        let world = site.world().await;
        super::make_route(&site, &world, false, &steps).await;
        let (path, mut browser) = crate::support::author::draft(&site, &world).await;
        super::send_on_its_way(&mut browser, &path).await;
        holds(&site, "nothing").await;
        sqlx::query(broken).execute(&site.db).await.unwrap();
        assert!(tokio::spawn(async move { holds(&site, "that").await }).await.is_err(), "{broken}");
    }
}
