//! Steps in order and together: what opens, what a decision asks, and who is asked again after changes.

use super::{Wanted, db_open, db_state, make_route, open, send_on_its_way};
use crate::support::author::{draft, first_task};
use crate::support::editor::Editor;
use crate::support::site::Site;

const BOTH_THEN_APPROVE: [Wanted<'static>; 3] = [
    ("review", "panel", "1", &[("questions", "Main duties: Do they still lead the team?")]),
    ("agree", "manager", "1", &[]),
    ("approve", "unit_manager", "2", &[]),
];

#[tokio::test]
async fn steps_run_together_and_then_the_next_until_it_is_approved() {
    let site = Site::new().await;
    let world = site.world().await;
    let team = &world.trust.first.team;
    make_route(&site, &world, false, &BOTH_THEN_APPROVE).await;
    let (path, mut author) = draft(&site, &world).await;
    let page = author.open(&format!("{path}/submit")).await;
    page.assert_text("Who takes it, in this order");
    let offered = page.form("Send for review");
    let whom = offered.options("Who is asked to agree");
    assert!(
        whom.contains(&"Community N Manager".to_owned()) && whom.contains(&"Whole N Manager".to_owned()),
        "{whom:?}"
    );
    let form = offered.choose("Who is asked to agree", "Whole N Manager");
    let form = form.fill("note", "The whole text is new.").choose("kind", "major").choose("affects_grade", "no");
    let page = author.submit_and_follow(form).await;
    assert_eq!(page.flash(), "Sent to Community N Panel and Whole N Manager for review");
    assert_eq!(db_open(&site).await, open(&[("agree", "Whole N Manager"), ("review", "Community N Panel")]));
    let mail = site.db_last_mail(&team.panel.email).await;
    assert!(mail.subject.starts_with("To review: Stores assistant"), "{}", mail.subject);

    // A question has to be answered, and what was typed stays.
    let mut panel = site.signed_in(&team.panel).await;
    let task = first_task(&mut panel, &world).await;
    task.assert_text("fingerprint ");
    assert!(task.has_link("Main duties") && task.has_text("Do they still lead the team?"));
    let asked = panel.submit(task.form("I have reviewed it").forge("answer_0", "changed")).await;
    assert_eq!((asked.status, asked.problems()), (422, vec!["Say what changed".to_owned()]));
    let form = asked.form("I have reviewed it").forge("answer_0", "changed").fill("note_0", "A team of six now.");
    let page = panel.submit_and_follow(form).await;
    assert_eq!(page.flash(), "You reviewed Stores assistant");
    assert_eq!(db_open(&site).await, open(&[("agree", "Whole N Manager")]), "the next waits for both");

    let mut whole = site.signed_in(&world.trust.whole.manager).await;
    let task = first_task(&mut whole, &world).await;
    task.assert_text("Review and comment: Community N Panel reviewed it on");
    let page = whole.submit_and_follow(task.form("Agree to it")).await;
    assert_eq!(page.flash(), "You agreed to Stores assistant. It goes on to Community N Manager");
    assert_eq!(
        (db_state(&site).await.as_str(), db_open(&site).await),
        ("in_review", open(&[("approve", "Community N Manager")]))
    );

    let mut manager = site.signed_in(&team.manager).await;
    let task = first_task(&mut manager, &world).await;
    let empty = manager.submit(task.form("Approve with suggestions").forge("with", "suggestions")).await;
    assert_eq!(empty.status, 422);
    let form = empty.form("Approve").fill("note", "Say which wards next time.");
    let page = manager.submit_and_follow(form).await;
    assert_eq!(page.flash(), "You approved Stores assistant, with suggestions for the next draft");
    assert_eq!((db_state(&site).await.as_str(), db_open(&site).await), ("approved", open(&[])));
    let page = author.open(&format!("{path}/review")).await;
    page.assert_text("Main duties: Do they still lead the team? It changed: A team of six now.");
    page.assert_text("Say which wards next time.");
    author.open(&format!("{path}/remarks")).await.assert_text("Say which wards next time.");
    let by: String =
        sqlx::query_scalar("select member_name(approved_by) from version").fetch_one(&site.db).await.unwrap();
    assert_eq!(by, "Community N Manager");
}

#[tokio::test]
async fn after_changes_only_those_concerned_are_asked_again() {
    let site = Site::new().await;
    let world = site.world().await;
    let team = &world.trust.first.team;
    let steps: [Wanted<'_>; 3] = [
        ("agree", "panel", "1", &[("section", "Person specification")]),
        ("review", "admin", "1", &[]),
        ("approve", "unit_manager", "1", &[]),
    ];
    make_route(&site, &world, true, &steps).await;
    let (path, mut author) = draft(&site, &world).await;
    send_on_its_way(&mut author, &path).await;
    let mut panel = site.signed_in(&team.panel).await;
    let task = first_task(&mut panel, &world).await;
    panel.submit_and_follow(task.form("Agree to it")).await;
    let mut manager = site.signed_in(&team.manager).await;
    let task = first_task(&mut manager, &world).await;
    let form = task.form("Request changes").fill("reason", "Say how many people.");
    manager.submit_and_follow(form).await;
    assert_eq!(db_open(&site).await, open(&[]), "nobody has anything left to do");
    let told = site.db_last_mail(&world.trust.admin.email).await;
    assert_eq!(told.subject, "Nothing to decide for now: Stores assistant");

    let mut editor = Editor::new(author, path.clone());
    let form = editor.change("Leads the team.").await.fill("Duty", "Leads a team of six.");
    editor.browser.submit_and_follow(form).await;
    let page = send_on_its_way(&mut editor.browser, &path).await;
    assert!(page.flash().ends_with("1 step keeps the decision from before the changes"), "{}", page.flash());
    let who: Vec<String> = db_open(&site).await.into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(who, ["approve", "review"], "the panel’s section reads as it did");
    let page = editor.browser.open(&format!("{path}/review")).await;
    page.assert_text("Community N Panel agreed to it before the changes, and “Person specification” reads as it did");
}

#[tokio::test]
async fn two_who_decide_at_the_same_moment_both_count() {
    let site = Site::new().await;
    let world = site.world().await;
    let steps: [Wanted<'_>; 2] = [("acknowledge", "panel", "1", &[]), ("approve", "unit_manager", "1", &[])];
    make_route(&site, &world, false, &steps).await;
    let (path, mut author) = draft(&site, &world).await;
    send_on_its_way(&mut author, &path).await;
    let mut panel = site.signed_in(&world.trust.first.team.panel).await;
    let mut manager = site.signed_in(&world.trust.first.team.manager).await;
    let (read, approve) = (first_task(&mut panel, &world).await, first_task(&mut manager, &world).await);
    let (one, other) = tokio::join!(panel.submit(read.form("I have read it")), manager.submit(approve.form("Approve")));
    assert_eq!((one.status, other.status), (303, 303));
    assert_eq!((db_state(&site).await.as_str(), db_open(&site).await), ("approved", open(&[])));
    let decisions: i64 = sqlx::query_scalar("select count(*) from decision").fetch_one(&site.db).await.unwrap();
    assert_eq!(decisions, 2);
    // A second press of either finds nothing.
    let again = manager.submit_and_follow(approve.form("Approve")).await;
    assert_eq!(again.flash(), "It was decided on already, or taken back: nothing waits for you there");
}

#[tokio::test]
async fn a_step_of_somebody_who_is_away_goes_to_whoever_stands_in() {
    let site = Site::new().await;
    let world = site.world().await;
    let steps: [Wanted<'_>; 2] = [("review", "panel", "1", &[]), ("approve", "unit_manager", "2", &[])];
    make_route(&site, &world, false, &steps).await;
    let (path, mut author) = draft(&site, &world).await;
    send_on_its_way(&mut author, &path).await;
    // The manager goes on leave while the first step is open.
    let mut manager = site.signed_in(&world.trust.first.team.manager).await;
    let form = manager.open(&world.trust.path("away")).await.form("Save");
    let form = form.fill("First day away", "2026-01-15").fill("Last day away", "2026-02-20");
    manager.submit_and_follow(form.choose("Who decides instead", "Whole N Manager")).await;
    let mut panel = site.signed_in(&world.trust.first.team.panel).await;
    let task = first_task(&mut panel, &world).await;
    let page = panel.submit_and_follow(task.form("I have reviewed it")).await;
    assert_eq!(page.flash(), "You reviewed Stores assistant. It goes on to Whole N Manager");
    let mut whole = site.signed_in(&world.trust.whole.manager).await;
    let task = first_task(&mut whole, &world).await;
    task.assert_text("Community N Manager was asked first; it came to you in their place.");
}
