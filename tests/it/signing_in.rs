//! Signing in and out, and how long a session lasts.

use time::Duration;

use crate::support::people::PASSWORD;
use crate::support::site::Site;

const WRONG: &str = "The e-mail address or the password is wrong";
const WAIT: &str = "There were too many wrong passwords. Wait 15 minutes, or reset your password.";

#[tokio::test]
async fn the_right_password_leads_to_work() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut browser = site.browser();
    let page = browser.sign_in(&world.trust.admin).await;
    assert_eq!(page.location.as_deref(), Some("/"));
    assert_eq!(browser.get("/").await.location, Some(world.trust.path("work")));

    let mut applicant = site.signed_in(&world.applicant).await;
    assert_eq!(applicant.get("/").await.location.as_deref(), Some("/jobs"));
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_look_the_same() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut browser = site.browser();
    for email in [world.trust.admin.email.as_str(), "nobody@nowhere.example"] {
        let form = browser.open("/sign-in").await.form("Sign in");
        let page = browser.submit(form.fill("E-mail address", email).fill("Password", "not the password")).await;
        assert_eq!((page.status, page.problems()), (422, vec![WRONG.to_owned()]), "{email}");
        assert!(page.title().starts_with("Error: "), "{}", page.title());
        assert_eq!(page.form("Sign in").value("E-mail address"), email, "what was typed is kept");
        assert_eq!(page.form("Sign in").value("Password"), "", "but never a password");
        assert_eq!(browser.cookie("rolebook"), None);
    }
}

#[tokio::test]
async fn capitals_in_the_address_do_not_matter() {
    let site = Site::new().await;
    let world = site.world().await;
    let email = world.applicant.email.to_uppercase();
    let page = site.browser().post("/sign-in", &[("email", &email), ("password", PASSWORD)]).await;
    assert_eq!(page.status, 303);
}

#[tokio::test]
async fn after_five_wrong_passwords_even_the_right_one_waits() {
    let site = Site::new().await;
    let world = site.world().await;
    let email = world.trust.admin.email.as_str();
    let mut browser = site.browser();
    for _ in 0..5 {
        let page = browser.post("/sign-in", &[("email", email), ("password", "a guess")]).await;
        assert_eq!(page.problems(), [WRONG]);
    }
    let right = [("email", email), ("password", PASSWORD)];
    let page = browser.post("/sign-in", &right).await;
    assert_eq!((page.status, page.problems()), (422, vec![WAIT.to_owned()]));
    // Another address is no way around it, and another person is not held up.
    let page = site.browser().at_address("192.0.2.77").post("/sign-in", &right).await;
    assert_eq!(page.problems(), [WAIT]);
    site.signed_in(&world.applicant).await;

    site.pass(Duration::minutes(15));
    assert_eq!(browser.post("/sign-in", &right).await.status, 303);
}

#[tokio::test]
async fn one_address_can_not_try_everybody() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut browser = site.browser().at_address("198.51.100.4");
    for number in 0..50 {
        let email = format!("person{number}@guess.example");
        browser.post("/sign-in", &[("email", &email), ("password", "a guess")]).await;
    }
    let right = [("email", world.applicant.email.as_str()), ("password", PASSWORD)];
    assert_eq!(browser.post("/sign-in", &right).await.problems(), [WAIT]);
    assert_eq!(site.browser().post("/sign-in", &right).await.status, 303, "from elsewhere it goes on");
}

#[tokio::test]
async fn a_session_ends_after_two_hours_of_nothing() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut browser = site.signed_in(&world.trust.admin).await;
    let work = world.trust.path("work");
    site.pass(Duration::minutes(119));
    assert_eq!(browser.get("/").await.location.as_ref(), Some(&work));
    site.pass(Duration::minutes(119));
    assert_eq!(browser.get("/").await.location.as_ref(), Some(&work), "the visit in between counted");
    site.pass(Duration::minutes(121));
    assert_eq!(browser.get("/").await.location.as_deref(), Some("/jobs"));
}

#[tokio::test]
async fn a_session_ends_after_twelve_hours_of_work() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut browser = site.signed_in(&world.trust.admin).await;
    for _ in 0..11 {
        site.pass(Duration::hours(1));
        assert_eq!(browser.get("/").await.location, Some(world.trust.path("work")));
    }
    site.pass(Duration::hours(1));
    assert_eq!(browser.get("/").await.location.as_deref(), Some("/jobs"));
}

#[tokio::test]
async fn every_sign_in_makes_a_new_token() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut browser = site.browser();
    browser.set_cookie("rolebook", "planted");
    browser.sign_in(&world.trust.admin).await;
    let first = browser.cookie("rolebook").unwrap().to_owned();
    assert_ne!(first, "planted");
    assert_eq!(first.len(), 64);
    browser.sign_in(&world.trust.admin).await;
    assert_ne!(browser.cookie("rolebook").unwrap(), first);
    let kept: i64 =
        sqlx::query_scalar("select count(*) from session where encode(token_hash, 'escape') like '%' || $1 || '%'")
            .bind(&first)
            .fetch_one(&site.db)
            .await
            .unwrap();
    assert_eq!(kept, 0, "the token itself is not in the database");
}

#[tokio::test]
async fn the_cookie_is_out_of_reach_of_scripts_and_other_sites() {
    let site = Site::with(|config| config.public_url = "https://rolebook.test".into()).await;
    let world = site.world().await;
    let page = site.browser().post("/sign-in", &[("email", &world.applicant.email), ("password", PASSWORD)]).await;
    let cookie = page.header("set-cookie");
    for part in ["__Host-rolebook=", "; Path=/", "; HttpOnly", "; SameSite=Lax", "; Secure"] {
        assert!(cookie.contains(part), "{cookie} lacks {part}");
    }
    assert_eq!(page.header("strict-transport-security"), "max-age=31536000");
}

#[tokio::test]
async fn signing_out_ends_the_session_on_the_server() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut browser = site.signed_in(&world.trust.admin).await;
    let token = browser.cookie("rolebook").unwrap().to_owned();
    let page = browser.post("/sign-out", &[]).await;
    assert_eq!(browser.cookie("rolebook"), None);
    let page = browser.follow(page).await;
    assert_eq!((page.heading().as_str(), page.flash().as_str()), ("Sign in", "You are signed out"));
    let mut thief = site.browser();
    thief.set_cookie("rolebook", &token);
    assert_eq!(thief.get("/").await.location.as_deref(), Some("/jobs"));
    assert_eq!(browser.post("/sign-out", &[]).await.status, 303, "twice is no error");
}

#[tokio::test]
async fn signing_in_leads_back_but_never_elsewhere() {
    let site = Site::new().await;
    let world = site.world().await;
    let ways = [
        ("/jobs?words=nurse&page=2", "/jobs?words=nurse&page=2"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("/\\elsewhere.example", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ];
    for (asked, led) in ways {
        let mut browser = site.browser();
        let path = rolebook::web::paths::sign_in_and_return(asked);
        let form = browser.open(&path).await.form("Sign in");
        let form = form.fill("E-mail address", &world.applicant.email).fill("Password", PASSWORD);
        assert_eq!(browser.submit(form).await.location.as_deref(), Some(led), "{asked}");
    }
}

#[tokio::test]
async fn a_form_from_another_site_is_refused() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut browser = site.signed_in(&world.trust.admin).await;
    browser.headers.insert("origin", "https://elsewhere.example".parse().unwrap());
    browser.headers.insert("sec-fetch-site", "cross-site".parse().unwrap());
    let page = browser.post("/sign-out", &[]).await;
    assert_eq!((page.status, page.heading().as_str()), (403, "That form came from somewhere else"));
    browser.headers.clear();
    assert_eq!(browser.get("/").await.location, Some(world.trust.path("work")), "nothing was done");
}

#[tokio::test]
async fn somebody_deactivated_is_out() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut browser = site.signed_in(&world.applicant).await;
    sqlx::query("update person set deactivated_at = now() where id = $1")
        .bind(world.applicant.id)
        .execute(&site.db)
        .await
        .unwrap();
    assert!(browser.open("/sign-in").await.has_link("Sign in"), "the bar knows nobody");
    let page = browser.post("/sign-in", &[("email", &world.applicant.email), ("password", PASSWORD)]).await;
    assert_eq!(page.problems(), [WRONG]);
}

#[tokio::test]
async fn what_is_no_address_is_only_wrong() {
    let site = Site::new().await;
    let letters: String =
        (0..10_000_u32).map(|n| char::from(b'a' + (n.wrapping_mul(2_654_435_761) >> 27) as u8 % 26)).collect();
    for email in [letters, "a\0@home.example".to_owned(), String::new()] {
        let page = site.browser().post("/sign-in", &[("email", &email), ("password", "a guess")]).await;
        assert_eq!((page.status, page.problems()), (422, vec![WRONG.to_owned()]));
    }
}

#[tokio::test]
async fn an_office_behind_one_address_signs_in_as_often_as_it_likes() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut browser = site.browser();
    let right = [("email", world.applicant.email.as_str()), ("password", PASSWORD)];
    for number in 0..55 {
        assert_eq!(browser.post("/sign-in", &right).await.status, 303, "sign-in {number}");
    }
    browser.post("/sign-in", &[("email", "nobody@home.example"), ("password", "a guess")]).await;
    assert_eq!(browser.post("/sign-in", &right).await.status, 303);
    let left: Vec<String> =
        sqlx::query_scalar("select counted_by from attempt order by 1").fetch_all(&site.db).await.unwrap();
    assert_eq!(left, ["account:nobody@home.example", "address:192.0.2.1"], "what was wrong stays counted");
}

#[tokio::test]
async fn tries_at_once_find_no_more_room_than_one_after_another() {
    let site = Site::new().await;
    let wrong = [("email", "nobody@home.example"), ("password", "a guess")];
    let mut tries = tokio::task::JoinSet::new();
    for _ in 0..12 {
        let mut browser = site.browser();
        tries.spawn(async move { browser.post("/sign-in", &wrong).await.problems() });
    }
    let answers = tries.join_all().await;
    assert_eq!(answers.iter().filter(|problems| **problems == [WRONG]).count(), 5, "{answers:?}");
}

#[tokio::test]
async fn behind_a_proxy_only_its_own_line_counts() {
    let site = Site::with(|config| config.behind_proxy = true).await;
    let mut browser = site.browser();
    browser.headers.append("x-forwarded-for", "203.0.113.1".parse().unwrap());
    browser.headers.append("x-forwarded-for", "203.0.113.2, 203.0.113.3".parse().unwrap());
    browser.post("/sign-in", &[("email", "nobody@home.example"), ("password", "a guess")]).await;
    let counted: Vec<String> = sqlx::query_scalar("select counted_by from attempt where counted_by like 'address:%'")
        .fetch_all(&site.db)
        .await
        .unwrap();
    assert_eq!(counted, ["address:203.0.113.3"]);
}

#[tokio::test]
async fn a_reference_is_never_the_visitors_own() {
    let site = Site::new().await;
    let mut browser = site.browser();
    browser.headers.insert("x-request-id", "chosen".parse().unwrap());
    let page = browser.get("/health/live").await;
    assert_eq!(page.status, 200);
    assert_ne!(page.header("x-request-id"), "chosen");
}

#[tokio::test]
async fn whoever_lost_the_last_role_is_led_to_the_jobs() {
    let site = Site::new().await;
    let world = site.world().await;
    let manager = &world.trust.first.team.manager;
    sqlx::query("delete from membership_role where membership_id = $1")
        .bind(manager.membership.unwrap())
        .execute(&site.db)
        .await
        .unwrap();
    let mut browser = site.signed_in(manager).await;
    assert_eq!(browser.get("/").await.location.as_deref(), Some("/jobs"));
}
