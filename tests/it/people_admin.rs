//! What HR administrators do with people: inviting, roles, deactivating.

use time::Duration;

use crate::support::people::{PASSWORD, db_member, db_person, db_role};
use crate::support::race::held_up;
use crate::support::site::Site;

const NEW: &str = "copper lantern drift";

#[tokio::test]
async fn an_invitation_leads_a_new_colleague_to_work() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut admin = site.signed_in(&world.trust.admin).await;
    let page = admin.open(&world.trust.path("people")).await;
    let page = admin.follow_link(&page, "Invite a person").await;
    let form =
        page.form("Send the invitation").fill("Name", "Sam Okoro").fill("E-mail address", "Sam@Northmoor.example");
    let form = form.choose("Role", "HR author").choose("Where", "– District Nursing");
    let page = admin.submit_and_follow(form).await;
    assert_eq!(page.flash(), "Sam Okoro is invited: the message goes to sam@northmoor.example");
    assert_eq!((page.heading().as_str(), page.find(".rb-tag")), ("Sam Okoro", vec!["Invited".to_owned()]));
    page.assert_text("HR author for District Nursing");

    let mail = site.db_last_mail("sam@northmoor.example").await;
    assert_eq!(mail.subject, "Your invitation to Rolebook at Northmoor NHS Trust");
    assert!(mail.body.contains("Whole N Admin invites you") && mail.body.contains("22 January 2026, 10:00am"));
    let link = mail.link("/invitation/");
    let mut sam = site.browser();
    sam.open(&link).await;
    let page = sam.open(&link).await;
    assert_eq!(page.form("Save and sign in").value("Your name"), "Sam Okoro");
    let weak = sam.submit(page.form("Save and sign in").fill("Your name", "").fill("Password", "short")).await;
    assert_eq!(weak.problems().len(), 2, "{:?}", weak.problems());
    let form = page.form("Save and sign in").fill("Your name", "Samuel Okoro").fill("Password", NEW);
    let done = sam.submit(form).await;
    assert_eq!(done.location.as_deref(), Some("/"));
    assert_eq!(sam.get("/").await.location, Some(world.trust.path("work")));
    assert_eq!(sam.get(&link).await.status, 404, "used up");
    let page = admin.open(&format!("{}?words=samuel", world.trust.path("people"))).await;
    page.assert_text("1 person found");
    page.assert_text("Active");
}

#[tokio::test]
async fn an_invitation_lasts_a_week_and_can_be_sent_again() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut admin = site.signed_in(&world.trust.admin).await;
    let fields = [("name", "Sam Okoro"), ("email", "sam@northmoor.example"), ("role", "manager"), ("unit", "whole")];
    let page = admin.post(&world.trust.path("people/invite"), &fields).await;
    let page = admin.follow(page).await;
    let first = site.db_last_mail("sam@northmoor.example").await.link("/invitation/");
    site.pass(Duration::days(6));
    assert_eq!(site.browser().get(&first).await.status, 200);
    admin.sign_in(&world.trust.admin).await;
    let page = admin.submit_and_follow(page.form("Send the invitation again")).await;
    page.assert_text("The invitation goes to sam@northmoor.example again");
    let second = site.db_last_mail("sam@northmoor.example").await.link("/invitation/");
    assert_eq!(site.browser().get(&first).await.status, 404);
    site.pass(Duration::days(7) - Duration::minutes(1));
    assert_eq!(site.browser().get(&second).await.status, 200);
    site.pass(Duration::minutes(1));
    assert_eq!(site.browser().get(&second).await.status, 404);
}

#[tokio::test]
async fn somebody_with_an_account_is_asked_first() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut admin = site.signed_in(&world.trust.admin).await;
    let theirs = &world.council.whole.author;
    let fields = [("name", "Whatever"), ("email", theirs.email.as_str()), ("role", "author"), ("unit", "whole")];
    let page = admin.post(&world.trust.path("people/invite"), &fields).await;
    let page = admin.follow(page).await;
    assert_eq!((page.heading(), page.find(".rb-tag")), (theirs.name.clone(), vec!["Invited".to_owned()]));
    let mail = site.db_last_mail(&theirs.email).await;
    assert_eq!(mail.subject, "Northmoor NHS Trust invites you in Rolebook");
    let mut browser = site.signed_in(theirs).await;
    assert_eq!(browser.get(&world.trust.path("work")).await.status, 404, "nothing opens before they say yes");
    browser.open("/account").await.assert_no_text("Northmoor NHS Trust");
    // A second invitation leads to their page.
    let page = admin.post(&world.trust.path("people/invite"), &fields).await;
    assert_eq!(
        page.problems(),
        [format!("{} is on your staff already: change their roles on their page", theirs.name)]
    );
    let page = browser.open(&mail.link("/invitation/")).await;
    page.assert_text("HR author");
    let page = browser.submit_and_follow(page.form("Join")).await;
    assert_eq!((page.heading().as_str(), page.flash().as_str()), ("My work", "You have joined Northmoor NHS Trust"));
    let page = browser.open("/account").await;
    page.assert_text("Northmoor NHS Trust");
    page.assert_text("Westbrook Council");
    assert_eq!(browser.get(&mail.link("/invitation/")).await.status, 404, "used up");
}

#[tokio::test]
async fn an_invitation_can_be_declined_and_made_again() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut admin = site.signed_in(&world.trust.admin).await;
    let theirs = &world.council.whole.author;
    let fields = [("name", "Whatever"), ("email", theirs.email.as_str()), ("role", "manager"), ("unit", "whole")];
    admin.post(&world.trust.path("people/invite"), &fields).await;
    let link = site.db_last_mail(&theirs.email).await.link("/invitation/");
    let mut stranger = site.browser();
    let page = stranger.open(&link).await;
    stranger.submit(page.form("Decline")).await;
    assert_eq!(stranger.get(&link).await.status, 404);
    let rows = admin.open(&world.trust.path("people")).await.find(".rb-row");
    assert!(!rows.iter().any(|row| row.contains(&theirs.email)), "{rows:?}");
    admin.open(&world.trust.path("audit")).await.assert_text("declined");
    let page = admin.post(&world.trust.path("people/invite"), &fields).await;
    assert_eq!(admin.follow(page).await.find(".rb-tag"), ["Invited"]);
}

#[tokio::test]
async fn an_account_that_a_stranger_made_ready_is_not_let_in() {
    let site = Site::new().await;
    let world = site.world().await;
    let sign_up = [("name", "A Stranger"), ("email", "sam@northmoor.example"), ("password", NEW)];
    site.browser().post("/sign-up", &sign_up).await;
    let mut admin = site.signed_in(&world.trust.admin).await;
    let fields = [("name", "Sam Okoro"), ("email", "sam@northmoor.example"), ("role", "admin"), ("unit", "whole")];
    admin.post(&world.trust.path("people/invite"), &fields).await;
    let mut stranger = site.browser();
    let page = stranger.post("/sign-in", &[("email", "sam@northmoor.example"), ("password", NEW)]).await;
    assert_eq!(page.status, 422);
    let link = site.db_mail("sam@northmoor.example").await[1].link("/invitation/");
    site.browser().post(&link, &[("name", "Sam Okoro"), ("password", PASSWORD)]).await;
    let page = stranger.post("/sign-in", &[("email", "sam@northmoor.example"), ("password", NEW)]).await;
    assert_eq!(page.problems(), ["The e-mail address or the password is wrong"]);
}

#[tokio::test]
async fn an_invitation_says_everything_that_is_missing() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut admin = site.signed_in(&world.trust.admin).await;
    let form = admin.open(&world.trust.path("people/invite")).await.form("Send the invitation");
    let page = admin.submit(form.fill("E-mail address", "nowhere")).await;
    assert_eq!(page.status, 422);
    assert_eq!(
        page.problems(),
        ["Type the person's name", "Type the person's e-mail address, such as name@example.com", "Choose a role"]
    );
    let form = page.form("Send the invitation").fill("Name", "Sam").fill("E-mail address", "sam@x.example");
    let form = form.choose("Role", "HR administrator").choose("Where", "Trust Finance");
    let page = admin.submit(form).await;
    assert_eq!(page.problems(), ["An HR administrator acts for the whole employer: choose that"]);
    let other = world.council.first.id.to_string();
    let form = page.form("Send the invitation").choose("Role", "HR author").forge("unit", &other);
    let page = admin.submit(form).await;
    assert_eq!(page.problems(), ["Choose a unit, or the whole employer"], "another employer's unit is no unit");
}

#[tokio::test]
async fn people_are_found_by_name_and_state_and_paged() {
    let site = Site::new().await;
    let world = site.world().await;
    for number in 0..40 {
        let mut person =
            db_person(&site.db, &format!("Zed {number:02}"), &format!("zed{number}@northmoor.example")).await;
        person.membership = Some(db_member(&site.db, world.trust.id, &person).await);
        db_role(&site.db, world.trust.id, &person, "author", None).await;
    }
    let mut admin = site.signed_in(&world.trust.admin).await;
    let page = admin.open(&world.trust.path("people")).await;
    let statements = admin.statements();
    assert!(statements <= 4, "{:?}", admin.statement_list());
    page.assert_text("53 people");
    page.assert_no_text("Council");
    assert_eq!(page.find(".rb-row").len(), 25);
    let page = admin.follow_link(&page, "More people").await;
    assert_eq!(page.find(".rb-row").len(), 25);
    let page = admin.follow_link(&page, "More people").await;
    assert_eq!(page.find(".rb-row__title"), ["Zed 37", "Zed 38", "Zed 39"]);
    assert!(!page.has_link("More people"));

    let form = page.form("Find people").fill("Name or e-mail address", "ZED 1").choose("State", "Active");
    let page = admin.submit(form).await;
    page.assert_text("10 people found");
    let page = admin.open(&format!("{}?words=100%25_", world.trust.path("people"))).await;
    page.assert_text("0 people found");
    page.assert_text("Nobody fits");
    let page = admin.open(&format!("{}?state=deactivated", world.trust.path("people"))).await;
    page.assert_text("0 people found");
}

#[tokio::test]
async fn roles_are_given_and_taken_and_sessions_end() {
    let site = Site::new().await;
    let world = site.world().await;
    let panel = &world.trust.second.team.panel;
    let mut their = site.signed_in(panel).await;
    let mut admin = site.signed_in(&world.trust.admin).await;
    let path = world.trust.path(&format!("people/{}", panel.membership.unwrap()));
    let page = admin.open(&path).await;
    assert!(admin.statements() <= 4, "{:?}", admin.statement_list());
    let form = page.form("Give the role").choose("Role", "HR author").choose("Where", "The whole employer");
    let page = admin.submit_and_follow(form.clone()).await;
    assert_eq!(page.flash(), format!("{} is now HR author for the whole employer", panel.name));
    assert_eq!(their.get("/").await.location.as_deref(), Some("/jobs"), "signed out");
    let twice = admin.submit(form).await;
    assert_eq!(twice.problems(), [format!("{} is HR author for the whole employer already", panel.name)]);

    their.sign_in(panel).await;
    let taking = page.form("Take away HR author for the whole employer");
    let page = admin.submit_and_follow(taking.clone()).await;
    assert_eq!(page.flash(), format!("{} is no longer HR author for the whole employer", panel.name));
    assert_eq!(their.get("/").await.location.as_deref(), Some("/jobs"));
    assert_eq!(admin.submit(taking).await.status, 409, "it is gone already");
    page.assert_text("Job evaluation panel for Trust Finance");
    assert_eq!(admin.submit(page.form("Give the role")).await.problems(), ["Choose a role"]);
}

#[tokio::test]
async fn administrators_can_not_shut_themselves_out() {
    let site = Site::new().await;
    let world = site.world().await;
    let admin = &world.trust.admin;
    let mut browser = site.signed_in(admin).await;
    let path = world.trust.path(&format!("people/{}", admin.membership.unwrap()));
    let page = browser.open(&path).await;
    assert!(!page.has_button("Deactivate"));
    page.assert_text("Only another administrator can take this away");
    let page = browser.post(&format!("{path}/roles/take"), &[("role", "admin"), ("unit", "whole")]).await;
    assert_eq!(page.problems(), ["You can't take your own role as administrator: ask another administrator"]);
    let page = browser.post(&format!("{path}/deactivate"), &[]).await;
    assert_eq!(page.problems(), ["You can't deactivate yourself: ask another administrator"]);
    // A role of one's own can be given without being signed out.
    let form = page.form("Give the role").choose("Role", "HR author");
    browser.submit_and_follow(form).await;
}

#[tokio::test]
async fn whoever_leaves_is_out_at_once_and_can_come_back() {
    let site = Site::new().await;
    let world = site.world().await;
    let manager = &world.trust.first.team.manager;
    let mut their = site.signed_in(manager).await;
    let mut admin = site.signed_in(&world.trust.admin).await;
    let path = world.trust.path(&format!("people/{}", manager.membership.unwrap()));
    let page = admin.open(&path).await;
    page.assert_text("Manages Community Services.");
    let page = admin.submit_and_follow(page.form("Deactivate")).await;
    assert_eq!(
        page.flash(),
        format!("{} is deactivated and signed out. Without a manager now: Community Services", manager.name)
    );
    assert!(their.get("/account").await.location.unwrap().starts_with("/sign-in"));
    their.sign_in(manager).await;
    assert_eq!(their.get("/").await.location.as_deref(), Some("/jobs"), "no longer staff");
    assert_eq!(admin.post(&format!("{path}/deactivate"), &[]).await.status, 409);
    let give = admin.post(&format!("{path}/roles/give"), &[("role", "author"), ("unit", "whole")]).await;
    assert_eq!(give.problems(), ["Reactivate them before you give them a role"]);

    let page = admin.submit_and_follow(page.form("Reactivate")).await;
    page.assert_text("Hiring manager for Community Services");
    assert_eq!(their.get("/").await.location, Some(world.trust.path("work")));
}

#[tokio::test]
async fn taking_the_managers_role_leaves_no_unit_with_somebody_who_may_not_decide() {
    let site = Site::new().await;
    let world = site.world().await;
    let manager = &world.trust.first.team.manager;
    // They also manage the unit below, through their role for the one above.
    sqlx::query("update unit set manager_id = $2 where id = $1")
        .bind(world.trust.child.id)
        .bind(manager.membership)
        .execute(&site.db)
        .await
        .unwrap();
    db_role(&site.db, world.trust.id, manager, "manager", Some(world.trust.child.id)).await;
    let mut admin = site.signed_in(&world.trust.admin).await;
    let page = admin.open(&world.trust.path(&format!("people/{}", manager.membership.unwrap()))).await;
    let page = admin.submit_and_follow(page.form("Take away Hiring manager for Community Services")).await;
    assert!(page.flash().ends_with("Without a manager now: Community Services"), "{}", page.flash());
    page.assert_text("Manages District Nursing.");
}

#[tokio::test]
async fn only_administrators_of_this_employer_see_any_of_it() {
    let site = Site::new().await;
    let world = site.world().await;
    let member = world.trust.whole.author.membership.unwrap();
    let pages = ["people", "people/invite", &format!("people/{member}"), "units", "units/new", "audit", "audit.csv"];
    for (person, status) in [
        (&world.trust.whole.author, 403),
        (&world.trust.whole.manager, 403),
        (&world.council.admin, 404),
        (&world.applicant, 404),
    ] {
        let mut browser = site.signed_in(person).await;
        for page in pages {
            assert_eq!(browser.get(&world.trust.path(page)).await.status, status, "{} at {page}", person.name);
        }
    }
    let mut admin = site.signed_in(&world.council.admin).await;
    for act in ["roles/give", "roles/take", "deactivate", "reactivate", "invite-again"] {
        // Somebody of another employer, asked for under one's own.
        let path = world.council.path(&format!("people/{member}/{act}"));
        assert_eq!(admin.post(&path, &[("role", "author"), ("unit", "whole")]).await.status, 404, "{act}");
    }
    assert_eq!(admin.get(&world.council.path(&format!("units/{}", world.trust.first.id))).await.status, 404);
}

#[tokio::test]
async fn two_clicks_on_an_invitation_invite_once() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut admin = site.signed_in(&world.trust.admin).await;
    let mut second = admin.clone();
    let path = world.trust.path("people/invite");
    let form = admin.open(&path).await.form("Send the invitation");
    let form = form.fill("Name", "Sam Okoro").fill("E-mail address", "sam@northmoor.example");
    let form = form.choose("Role", "HR author").choose("Where", "– District Nursing");
    let clicks = async { tokio::join!(admin.submit(form.clone()), second.submit(form.clone())) };
    let (one, two) = held_up(&site, "lock table person in share row exclusive mode", 2, clicks).await;
    assert_eq!((one.status, two.status), (303, 303), "{} {}", one.text(), two.text());
    assert_eq!(one.location, two.location);
    assert_eq!(site.db_mail("sam@northmoor.example").await.len(), 1);
}
