//! Two employers and one clause.

use crate::clauses::{db_clause, db_next_text, db_profiles};
use crate::support::site::Site;

#[tokio::test]
async fn a_clause_is_offered_taken_used_and_no_longer_shared() {
    let site = Site::new().await;
    let world = site.world().await;
    let (trust, council) = (&world.trust, &world.council);
    let id = db_clause(&site, trust, "Lone working", "Tell the office where you are.", &["always"]).await;
    db_clause(&site, council, "Lone working", "Our own.", &[]).await;
    let mut giver = site.signed_in(&trust.admin).await;
    let at = trust.path(&format!("clauses/{id}"));
    let page = giver.open(&at).await;
    let form = giver.follow_link(&page, "Share it").await.form("Offer it");
    let odd = giver.submit(form.clone().fill("Employer", "Nobody at all")).await;
    assert_eq!(odd.problems(), ["No employer here is called “Nobody at all”: type its name as its page has it"]);
    assert_eq!(giver.submit(form.clone().fill("Employer", &trust.slug)).await.problems().len(), 1);
    let page = giver.submit_and_follow(form.clone().fill("Employer", &council.slug)).await;
    page.assert_text("not answered yet");
    let page = giver.submit_and_follow(form.fill("Employer", &council.slug)).await;
    assert!(page.flash().starts_with("It is offered to"), "{}", page.flash());

    let mail = site.db_last_mail(&council.admin.email).await;
    assert_eq!(mail.subject, format!("{} offers you the standard clause Lone working", trust.name));
    assert_eq!(mail.link("/staff/"), council.path("shared"));

    // Nothing is with the taker before somebody there has taken it.
    let mut taker = site.signed_in(&council.admin).await;
    let mine = taker.open(&council.path("work")).await;
    assert!(taker.statements() <= 4, "{:?}", taker.statement_list());
    let page = taker.follow_link(&mine, "Take or decline what is shared: Lone working").await;
    page.assert_text("Tell the office where you are.");
    let form = page.form("Take it into the library");
    let copy = taker.submit_and_follow(form.clone()).await;
    assert!(copy.heading().starts_with("Lone working ("), "{}", copy.heading());
    copy.assert_text("Text 1: In force");
    assert!(!copy.has_link("Propose a new text"));
    let again = taker.submit_and_follow(form).await;
    assert_eq!(again.flash(), "It was answered or withdrawn a moment ago: this is how it stands");
    let address = taker.open(&council.path("clauses")).await.link(&copy.heading());

    // Used, not edited: neither by the form nor by a forged one.
    let change = taker.open(&format!("{address}/change")).await;
    let owner = change.form("Save").options("Looked after by").pop().unwrap();
    let form = change.form("Save").choose("Looked after by", &owner);
    let changed = taker.submit(form.clone().fill("Name", "Ours now")).await;
    assert_eq!(changed.problems().len(), 1, "{:?}", changed.problems());
    taker.submit_and_follow(form.tick("Every post")).await;
    let forged = taker.open(&format!("{address}/propose")).await.form("Propose it");
    let forged = taker.submit_and_follow(forged.fill("Text", "Ours.").fill("What is new, and why", "Ours")).await;
    assert!(forged.flash().starts_with("Its words are those of"), "{}", forged.flash());
    let page = taker.open(&council.path(&format!("share/clause/{}", address.rsplit('/').next().unwrap()))).await;
    page.assert_text("so it is not yours to pass on");
    assert!(!page.has_button("Offer it"));

    // A new text of the giver reaches the taker as a proposal alone.
    let mut author = site.signed_in(&trust.whole.author).await;
    let form = author.open(&format!("{at}/propose")).await.form("Propose it");
    author
        .submit_and_follow(form.fill("Text", "Tell the office and a friend.").fill("What is new, and why", "Law"))
        .await;
    let mine = giver.open(&trust.path("work")).await;
    let page = giver.follow_link(&mine, "Decide on the clause’s new text: Lone working").await;
    giver.submit_and_follow(page.form("Approve this text")).await;
    let page = taker.open(&address).await;
    page.assert_text("Waiting for approval: text 2");
    page.assert_text("Text 1: In force");
    let mine = taker.open(&council.path("work")).await;
    let page = taker.follow_link(&mine, &format!("Decide on the clause’s new text: {}", copy.heading())).await;
    let page = taker.submit_and_follow(page.form("Approve this text")).await;
    page.assert_text("Text 2: In force");
    let held = address.rsplit('/').next().unwrap().parse().unwrap();
    let holding = db_profiles(&site, (council, &council.first), held, 1, "indicative").await;
    let form = [("edition", "2"), ("mode", "silent"), ("in_review", "wait")];
    assert_eq!(taker.post(&format!("{address}/rollout"), &form).await.status, 303);
    let (_stop, still) = tokio::sync::watch::channel(false);
    rolebook::jobs::clauses::work(&site.app, &still).await.unwrap();
    let sql =
        "select i.text from version v join item i on i.version_id = v.id where v.base_id = $1 and v.state = 'issued'";
    let rolled: String = sqlx::query_scalar(sql).bind(holding[0].0).fetch_one(&site.db).await.unwrap();
    assert_eq!(rolled, "Tell the office and a friend.");

    // Withdrawn: what stands stays, says so, and is the taker's own to change.
    let page = giver.open(&trust.path(&format!("share/clause/{id}"))).await;
    let page = giver.submit_and_follow(page.form("Stop sharing it")).await;
    assert!(page.flash().ends_with("keeps what it has, and gets nothing new"), "{}", page.flash());
    db_next_text(&site, trust, id, "Never alone.", site.app.clock.today()).await;
    let page = taker.open(&address).await;
    page.assert_text("Tell the office and a friend.");
    page.assert_text("who stopped sharing it on 15 January 2026");
    page.assert_no_text("Never alone.");
    assert!(page.has_link("Propose a new text"));
    taker.open(&council.path("audit")).await.assert_text("Take or decline what another employer shares");
    giver.open(&trust.path("audit")).await.assert_text("Share a clause or a template");
}

#[tokio::test]
async fn an_offer_is_for_administrators_and_for_one_employer() {
    let site = Site::new().await;
    let world = site.world().await;
    let (trust, council) = (&world.trust, &world.council);
    let id = db_clause(&site, trust, "Lone working", "Tell the office.", &[]).await;
    let mut giver = site.signed_in(&trust.admin).await;
    let at = trust.path(&format!("share/clause/{id}"));
    let form = giver.open(&at).await.form("Offer it").fill("Employer", &council.name);
    let page = giver.submit_and_follow(form).await;
    let withdraw = page.form("Stop sharing it");
    let mut taker = site.signed_in(&council.admin).await;
    let offer = taker.open(&council.path("shared")).await.form("Decline it");
    for mut other in [site.signed_in(&council.whole.author).await, site.signed_in(&council.whole.manager).await] {
        assert_eq!(other.get(&council.path("shared")).await.status, 403);
    }
    assert_eq!(site.signed_in(&trust.whole.author).await.get(&at).await.status, 403);
    // Neither the giver nor a stranger answers for the taker.
    let share = withdraw.value("share").to_owned();
    let theirs = giver.open(&trust.path("shared")).await;
    assert!(!theirs.has_button("Decline it"));
    let forged = giver.post(&trust.path("shared"), &[("share", &share), ("answer", "take")]).await;
    assert_eq!(forged.status, 404);
    let page = taker.submit_and_follow(offer).await;
    assert_eq!(page.flash(), "Declined");
    let page = giver.submit_and_follow(withdraw).await;
    assert_eq!(page.flash(), "It ended already: this is how it stands");
    // After a decline it can be offered again.
    let form = page.form("Offer it").fill("Employer", &council.slug);
    giver.submit_and_follow(form).await.assert_text("not answered yet");
}
