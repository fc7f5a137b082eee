//! Two people who act at the same moment on things that bear on each other: one of them is told, and nothing ends up as
//! neither of them left it.

use crate::support::author::{approve, draft, send};
use crate::support::browser::Browser;
use crate::support::people::{PASSWORD, World, db_member, db_person, db_role};
use crate::support::race::held_up;
use crate::support::site::Site;

const PROFILES: &str = "select from profile for update";

async fn issued(site: &Site, world: &World) -> Browser {
    let (path, mut author) = draft(site, world).await;
    send(&mut author, &path, "Community N Manager").await;
    approve(site, world).await;
    let form = author.open(&format!("{path}/issue")).await.form("Issue");
    author.submit_and_follow(form).await;
    author
}

#[tokio::test]
async fn archiving_and_starting_the_next_draft() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut author = issued(&site, &world).await;
    let mut other = author.clone();
    let start = author.open(&world.trust.path("profiles/JP-0001")).await.form("Start the next draft");
    let archive = author.open(&world.trust.path("profiles/JP-0001/retire")).await.form("Archive the profile");
    let archive = archive.fill("Why is the profile no longer needed?", "The ward closed.");
    let both = async { tokio::join!(author.submit(start), other.submit(archive)) };
    let (started, archived) = held_up(&site, PROFILES, 2, both).await;
    let sql = "select p.retired_at is not null, exists (select from version v where v.profile_id = p.id and v.number = 2) from profile p";
    let (is_archived, has_draft): (bool, bool) = sqlx::query_as(sql).fetch_one(&site.db).await.unwrap();
    assert!(is_archived != has_draft, "archived {is_archived}, a draft {has_draft}");
    match has_draft {
        true => assert_eq!((started.status, archived.status), (303, 422)),
        false => assert_eq!((started.status, archived.status), (409, 303)),
    }
}

#[tokio::test]
async fn signing_in_while_the_password_is_reset() {
    let site = Site::new().await;
    let world = site.world().await;
    let person = &world.trust.first.team.author;
    let mut browser = site.browser();
    let fields = [("email", person.email.as_str()), ("password", PASSWORD)];
    // A reset holds the row of the person; the old password is still what others read.
    let reset = format!("update person set password_hash = 'of another password' where id = {}", person.id);
    let page = held_up(&site, &reset, 1, browser.post("/sign-in", &fields)).await;
    assert_eq!(page.problems(), ["The e-mail address or the password is wrong"]);
    let sessions: i64 = sqlx::query_scalar("select count(*) from session").fetch_one(&site.db).await.unwrap();
    assert_eq!(sessions, 0);
}

#[tokio::test]
async fn two_administrators_who_take_each_others_role() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut second = db_person(&site.db, "Second Admin", "second@northmoor.example").await;
    second.membership = Some(db_member(&site.db, world.trust.id, &second).await);
    db_role(&site.db, world.trust.id, &second, "admin", None).await;
    let mut one = site.signed_in(&world.trust.admin).await;
    let mut two = site.signed_in(&second).await;
    let take = |of: i64| world.trust.path(&format!("people/{of}/roles/take"));
    let (at_two, at_one) = (take(second.membership.unwrap()), take(world.trust.admin.membership.unwrap()));
    let fields = [("role", "admin"), ("unit", "whole")];
    let both = async { tokio::join!(one.post(&at_two, &fields), two.post(&at_one, &fields)) };
    let (first, other) = held_up(&site, "select from employer for no key update", 2, both).await;
    let mut statuses = [first.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409], "{} {}", first.text(), other.text());
    let sql = "select count(*) from membership_role where employer_id = $1 and role = 'admin'";
    let left: i64 = sqlx::query_scalar(sql).bind(world.trust.id).fetch_one(&site.db).await.unwrap();
    assert_eq!(left, 1);
}

#[tokio::test]
async fn a_page_opened_before_somebody_saved() {
    let site = Site::new().await;
    let world = site.world().await;
    let (_, mut author) = draft(&site, &world).await;
    let path = world.trust.path("profiles/JP-0001/change");
    let old = author.open(&path).await.form("Save").fill("Post numbers", "CF-1");
    let new = author.open(&path).await.form("Save").fill("Review date", "1 March 2027");
    author.submit_and_follow(new).await;
    let page = author.submit(old).await;
    assert_eq!(page.status, 422);
    assert!(page.problems()[0].contains("review on 1 March 2027"), "{:?}", page.problems());
    assert_eq!(page.form("Save").value("Post numbers"), "CF-1", "what was typed stays");
    // Whoever has read that may save over it.
    author.submit_and_follow(page.form("Save").fill("Review date", "1 March 2027")).await;
    let page = author.open(&path).await.form("Save");
    assert_eq!((page.value("Post numbers"), page.value("Review date")), ("CF-1", "2027-03-01"));

    let mut admin = site.signed_in(&world.trust.admin).await;
    let path = world.trust.path(&format!("units/{}", world.trust.first.id));
    let old = admin.open(&path).await.form("Save the unit").fill("Name", "Nursing at home");
    let new = admin.open(&path).await.form("Save the unit").choose("Manager", "");
    admin.submit_and_follow(new).await;
    let page = admin.submit(old).await;
    assert!(page.problems()[0].contains("no manager"), "{:?}", page.problems());
}
