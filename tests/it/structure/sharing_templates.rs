//! Two employers and one template.

use crate::support::browser::Browser;
use crate::support::page::Page;
use crate::support::people::Employer;
use crate::templates::{bind, of, ready};

const NAME: &str = "Council post specification";

/// Offers the template; ends on the page that says whom it is shared with.
async fn offer(giver: &mut Browser, from: &Employer, to: &Employer) -> Page {
    let page = of(giver, from, NAME).await;
    let form = giver.follow_link(&page, "Share it").await.form("Offer it");
    giver.submit_and_follow(form.fill("Employer", &to.name)).await
}

/// Changes one heading with the giver, and brings that into use.
async fn change(giver: &mut Browser, from: &Employer, heading: &str, to: &str) {
    let page = of(giver, from, NAME).await;
    let edit = giver.submit_and_follow(page.form("Begin a change")).await;
    let form = giver.follow_link(&edit, &format!("Change {heading}")).await.form("Save the section");
    let edit = giver.submit_and_follow(form.fill("Heading", to)).await;
    bind(giver, &edit, "Plain words.").await;
}

#[tokio::test]
async fn a_template_is_offered_taken_as_their_own_and_offered_again_with_each_version() {
    let (site, world) = ready().await;
    let (trust, council) = (&world.trust, &world.council);
    let mut giver = site.signed_in(&trust.admin).await;
    let page = offer(&mut giver, trust, council).await;
    page.assert_text("not answered yet");
    let mail = site.db_last_mail(&council.admin.email).await;
    assert_eq!(mail.subject, format!("{} offers you the template {NAME}", trust.name));
    assert_eq!(mail.link("/staff/"), council.path("shared"));

    let mut taker = site.signed_in(&council.admin).await;
    let mine = taker.open(&council.path("work")).await;
    let offers = taker.follow_link(&mine, &format!("Take or decline what is shared: {NAME}")).await;
    assert!(taker.statements() <= 4, "{:?}", taker.statement_list());
    offers.assert_text("Purpose of the post · Work of the post");
    let form = offers.form("Take it as a template of ours");
    let page = taker.submit_and_follow(form.clone()).await;
    assert!(page.flash().starts_with("Taken. It is not in use yet"), "{}", page.flash());
    page.assert_text(&format!("{}, and is yours to change", trust.name));
    page.assert_text(&format!("It began as version 1 of {}", trust.name));
    let again = taker.submit_and_follow(form).await;
    assert_eq!(again.flash(), "It was answered or withdrawn a moment ago: this is how it stands");
    // Tried and changed like one of their own, and not passed on while it comes from there.
    let edit = taker.follow_link(&page, "Go on with the change").await;
    let edit = taker.submit_and_follow(edit.form("Remove Working arrangements")).await;
    bind(&mut taker, &edit, "Ours now.").await;
    let page = of(&mut taker, council, NAME).await;
    let share = taker.follow_link(&page, "Share it").await;
    share.assert_text("so it is not yours to pass on");
    assert!(!share.has_button("Offer it"));

    // Each later version is offered, by mail and on the page, and nothing changes by itself.
    change(&mut giver, trust, "Purpose of the post", "Why the post exists").await;
    let mail = site.db_last_mail(&council.admin.email).await;
    assert_eq!(mail.subject, format!("A later version of the template {NAME}"));
    let page = taker.open(&mail.link("/staff/")).await;
    assert!(taker.statements() <= 4, "{:?}", taker.statement_list());
    page.assert_text(&format!("A later version from {}", trust.name));
    page.assert_no_text("Why the post exists");
    let left = taker.submit_and_follow(page.form("Leave it out")).await;
    assert_eq!(left.flash(), "Left out. The next version from there is offered again.");
    assert!(!left.has_button("Begin a change with it"));
    let forged = [("newer", "take")];
    let forged = taker.post(&format!("{}/newer", mail.link("/staff/")), &forged).await;
    let forged = taker.follow(forged).await;
    assert_eq!(forged.flash(), "It was decided on or withdrawn a moment ago: this is how it stands");
    change(&mut giver, trust, "Work of the post", "What the post does").await;
    let page = taker.open(&mail.link("/staff/")).await;
    let edit = taker.submit_and_follow(page.form("Begin a change with it")).await;
    taker.submit_and_follow(edit.form("Throw this change away")).await;
    // Thrown away is not left out.
    let page = taker.open(&mail.link("/staff/")).await;
    let edit = taker.submit_and_follow(page.form("Begin a change with it")).await;
    edit.assert_text("What the post does");
    edit.assert_text("Working arrangements");
    let page = bind(&mut taker, &edit, "As they have it.").await;
    page.assert_text(&format!("It began as version 3 of {}", trust.name));

    // When sharing ends, what was taken stays and nothing new comes.
    let page = of(&mut giver, trust, NAME).await;
    let page = giver.follow_link(&page, "Share it").await;
    let page = giver.submit_and_follow(page.form("Stop sharing it")).await;
    assert!(page.flash().ends_with("keeps what it has, and gets nothing new"), "{}", page.flash());
    let before = site.db_mail(&council.admin.email).await.len();
    change(&mut giver, trust, "What the post needs", "Who is wanted").await;
    assert_eq!(site.db_mail(&council.admin.email).await.len(), before);
    let page = of(&mut taker, council, NAME).await;
    page.assert_text("who stopped sharing it on 15 January 2026");
    page.assert_text("What the post does");
    assert!(!page.has_button("Begin a change with it"));
    taker.open(&council.path("audit")).await.assert_text("Take or decline what another employer shares");
}

#[tokio::test]
async fn what_is_thrown_away_or_declined_can_be_offered_again_and_strangers_see_nothing() {
    let (site, world) = ready().await;
    let (trust, council) = (&world.trust, &world.council);
    let mut giver = site.signed_in(&trust.admin).await;
    offer(&mut giver, trust, council).await;
    let twice = offer(&mut giver, trust, council).await;
    assert!(twice.flash().starts_with("It is offered to"), "{}", twice.flash());
    let mut taker = site.signed_in(&council.admin).await;
    let offers = taker.open(&council.path("shared")).await;
    let page = taker.submit_and_follow(offers.form("Take it as a template of ours")).await;
    let edit = taker.follow_link(&page, "Go on with the change").await;
    taker.submit_and_follow(edit.form("Throw this change away")).await;
    taker.open(&council.path("shared")).await.assert_text("declined on 15 January 2026");
    let page = offer(&mut giver, trust, council).await;
    page.assert_text("not answered yet");
    // What is not in use is nobody's to take, and what is another's can't be offered.
    let id: i64 =
        sqlx::query_scalar("select id from template where name = $1").bind(NAME).fetch_one(&site.db).await.unwrap();
    for path in [format!("share/template/{id}"), format!("share/clause/{id}"), "share/grade/1".to_owned()] {
        assert_eq!(taker.get(&council.path(&path)).await.status, 404, "{path}");
    }
    let page = of(&mut giver, trust, NAME).await;
    giver.submit_and_follow(page.form("Take it out of use")).await;
    let page = giver.open(&trust.path(&format!("share/template/{id}"))).await;
    page.assert_text("It is not in use, so it can’t be offered.");
    let author = site.signed_in(&council.whole.author).await.get(&council.path("shared")).await;
    assert_eq!(author.status, 403);
}
