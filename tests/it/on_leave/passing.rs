//! What lies open as somebody goes away passes to whoever decides instead: once, and for good.

use rolebook::jobs::reviews;
use time::Duration;

use super::{db_holder, id, say_away};
use crate::support::author::{draft, first_task, send};
use crate::support::people::db_role;
use crate::support::site::Site;

#[tokio::test]
async fn open_reviews_pass_over_once_and_stay() {
    let site = Site::new().await;
    let world = site.world().await;
    let (trust, team) = (&world.trust, &world.trust.first.team);
    let (path, mut author) = draft(&site, &world).await;
    send(&mut author, &path, "Community N Manager").await;
    let mut manager = site.signed_in(&team.manager).await;
    say_away(&mut manager, trust, ["2026-01-16", "2026-01-20"], "Whole N Manager").await;
    assert_eq!(reviews::pass_on(&site.app).await.unwrap(), 0, "not before the first day");

    site.pass(Duration::days(1));
    let other = site.second_server().await;
    let (one, two) = tokio::join!(reviews::pass_on(&site.app), reviews::pass_on(&other));
    assert_eq!(one.unwrap() + two.unwrap(), 1, "each once, whoever does it");
    assert_eq!(db_holder(&site).await, (id(&trust.whole.manager), Some(id(&team.manager))));
    let theirs = site.db_mail(&trust.whole.manager.email).await;
    assert_eq!(theirs.iter().filter(|mail| mail.subject.starts_with("To decide: Stores assistant")).count(), 1);
    let mail = site.db_last_mail(&team.manager.email).await;
    assert_eq!(mail.subject, "While you are away: Stores assistant");
    let (actor, to): (String, String) =
        sqlx::query_as("select actor, facts ->> 'to' from audit where action = 'hand_over_task'")
            .fetch_one(&site.db)
            .await
            .unwrap();
    assert_eq!((actor.as_str(), to.as_str()), ("The system (reviews)", "Whole N Manager"));

    site.pass(Duration::days(7));
    assert_eq!(reviews::pass_on(&site.app).await.unwrap(), 0);
    assert_eq!(db_holder(&site).await.0, id(&trust.whole.manager), "it stays with whoever has it");
}

#[tokio::test]
async fn whoever_had_a_hand_gets_nothing_and_administrators_are_told_once() {
    let site = Site::new().await;
    let world = site.world().await;
    let (trust, team) = (&world.trust, &world.trust.first.team);
    db_role(&site.db, trust.id, &team.author, "manager", Some(trust.first.id)).await;
    let (path, mut author) = draft(&site, &world).await;
    send(&mut author, &path, "Community N Manager").await;
    let mut manager = site.signed_in(&team.manager).await;
    say_away(&mut manager, trust, ["2026-01-15", "2026-01-20"], "Community N Author").await;
    for _ in 0..2 {
        reviews::pass_on(&site.app).await.unwrap();
    }
    assert_eq!(db_holder(&site).await, (id(&team.manager), None));
    let told = site.db_mail(&trust.admin.email).await;
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].body.contains("Community N Author sent it, edited it or proposed words in it"), "{}", told[0].body);

    // As soon as somebody can, it passes over by itself.
    let page = manager.open(&trust.path("away")).await;
    manager.submit_and_follow(page.form("End it now 15 January 2026 to 20 January 2026")).await;
    say_away(&mut manager, trust, ["2026-01-15", "2026-01-20"], "Whole N Manager").await;
    assert_eq!(reviews::pass_on(&site.app).await.unwrap(), 1);
    assert_eq!(db_holder(&site).await.0, id(&trust.whole.manager));
}

#[tokio::test]
async fn a_row_of_absences_is_followed() {
    let site = Site::new().await;
    let world = site.world().await;
    let (trust, team) = (&world.trust, &world.trust.first.team);
    db_role(&site.db, trust.id, &team.panel, "manager", Some(trust.first.id)).await;
    let days = ["2026-01-15", "2026-01-20"];
    for (person, delegate) in [(&team.manager, "Whole N Manager"), (&trust.whole.manager, "Community N Panel")] {
        let mut browser = site.signed_in(person).await;
        say_away(&mut browser, trust, days, delegate).await;
    }
    let (path, mut author) = draft(&site, &world).await;
    let page = author.open(&format!("{path}/submit")).await;
    let options = page.form("Send for review").options("Who approves it");
    let seen = "Community N Manager (away until 20 January 2026: it goes to Community N Panel)";
    assert!(options.contains(&seen.to_owned()), "{options:?}");
}

#[tokio::test]
async fn not_me_gives_it_to_somebody_who_may() {
    let site = Site::new().await;
    let world = site.world().await;
    let (trust, team) = (&world.trust, &world.trust.first.team);
    let (path, mut author) = draft(&site, &world).await;
    send(&mut author, &path, "Community N Manager").await;
    let mut manager = site.signed_in(&team.manager).await;
    let task = first_task(&mut manager, &world).await;
    let page = manager.follow_link(&task, "Not me: give it to somebody else").await;
    let nothing = manager.submit(page.form("Give it to them")).await;
    let problems =
        ["Say why: the reason stays in the record and reaches whoever decides", "Choose who decides instead"];
    assert_eq!((nothing.status, nothing.problems()), (422, problems.map(str::to_owned).to_vec()));
    assert_eq!(nothing.form("Give it to them").options("Who decides instead"), ["Choose a person", "Whole N Manager"]);
    let form = nothing.form("Give it to them").choose("Who decides instead", "Whole N Manager");
    let page = manager.submit_and_follow(form.fill("Why?", "I know the post holder.")).await;
    assert_eq!(page.flash(), "Whole N Manager decides on Stores assistant now, and was told");
    let to_sender = site.db_last_mail(&team.author.email).await;
    assert_eq!(to_sender.subject, "Whole N Manager decides now: Stores assistant");
    let mail = site.db_last_mail(&trust.whole.manager.email).await;
    assert!(mail.body.contains("Why: I know the post holder."), "{}", mail.body);
    // A second press finds nothing of theirs.
    let again = manager.post(&format!("{}/not-me", task.path), &[("to", "1"), ("reason", "Again.")]).await;
    assert_eq!(again.status, 403);
    let mut taker = site.signed_in(&trust.whole.manager).await;
    let task = first_task(&mut taker, &world).await;
    task.assert_text("Community N Manager was asked first; it came to you in their place.");
    assert_eq!(taker.submit_and_follow(task.form("Approve")).await.flash(), "You approved Stores assistant");
}
