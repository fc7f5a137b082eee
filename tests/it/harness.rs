//! The support code itself: what it promises the stories.

use time::Duration;

use crate::support::page::Page;
use crate::support::site::Site;

#[tokio::test]
async fn stories_do_not_meet() {
    let (one, two) = (Site::new().await, Site::new().await);
    one.world().await;
    let people: i64 = sqlx::query_scalar("select count(*) from person").fetch_one(&two.db).await.unwrap();
    assert_eq!(people, 0);
    one.pass(Duration::days(1));
    assert_ne!(one.app.clock.now(), two.app.clock.now());
}

#[tokio::test]
async fn the_world_is_two_employers_of_the_same_shape() {
    let site = Site::new().await;
    let world = site.world().await;
    assert_eq!((world.trust.people().len(), world.council.people().len()), (13, 13));
    let manager = world.trust.first.team.manager.membership;
    let set: Option<i64> = sqlx::query_scalar("select manager_id from unit where id = $1")
        .bind(world.trust.first.id)
        .fetch_one(&site.db)
        .await
        .unwrap();
    assert_eq!(set, manager);
}

#[tokio::test]
async fn a_database_goes_with_its_story_even_when_that_fails() {
    let name = std::sync::Arc::new(std::sync::Mutex::new(String::new()));
    let told = name.clone();
    let failing = tokio::spawn(async move {
        let site = Site::new().await;
        *told.lock().unwrap() =
            sqlx::query_scalar("select current_database()::text").fetch_one(&site.db).await.unwrap();
        panic!("as a story that fails");
    });
    assert!(failing.await.is_err());
    let name = name.lock().unwrap().clone();
    let site = Site::new().await;
    let left: i64 = sqlx::query_scalar("select count(*) from pg_database where datname = $1")
        .bind(&name)
        .fetch_one(&site.db)
        .await
        .unwrap();
    assert!(name.starts_with("t_"));
    assert_eq!(left, 0);
}

#[tokio::test]
async fn statements_are_counted_by_request() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut browser = site.signed_in(&world.trust.admin).await;
    browser.get("/health/live").await;
    assert_eq!(browser.statement_list().len(), 1, "the gate: {:?}", browser.statement_list());
    let mut nobody = site.browser();
    let (ready, live) = tokio::join!(browser.get("/health/ready"), nobody.get("/health/live"));
    assert_eq!((ready.status, live.status), (200, 200));
    assert_eq!((browser.statements(), nobody.statements()), (2, 0), "two at once are kept apart");
}

#[test]
fn forms_are_filled_by_what_people_read() {
    let page = page(
        "<h1>x</h1><form method=post action=/go><input type=hidden name=revision value=3>
        <label for=a>Name</label><input id=a name=name value=old>
        <label for=b>Unit</label><select id=b name=unit><option value=1>One</option><option value=2 selected>Two</option></select>
        <fieldset><legend>Role</legend><input type=radio id=c name=role value=author checked><label for=c>HR author</label>
        <input type=radio id=d name=role value=panel><label for=d>Panel</label></fieldset>
        <input type=checkbox id=e name=sure value=yes><label for=e>I am sure</label>
        <textarea name=why>\nbecause</textarea><button name=act value=save>Save <span>it</span></button></form>",
    );
    let form = page.form("Save it").fill("Name", "new").choose("Unit", "One").choose("Role", "Panel").tick("I am sure");
    assert_eq!((form.method.as_str(), form.action.as_str()), ("post", "/go"));
    let sent: Vec<_> = form.fields().into_iter().map(|(name, value)| format!("{name}={value}")).collect();
    assert_eq!(sent, ["revision=3", "name=new", "unit=1", "role=panel", "sure=yes", "why=because", "act=save"]);
}

fn page(html: &str) -> Page {
    let headers = Default::default();
    Page { path: "/".into(), status: 200, location: None, headers, bytes: html.as_bytes().to_vec() }
}
