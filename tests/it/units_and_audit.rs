//! Units and their managers, and the record of what was done.

use crate::support::site::Site;

#[tokio::test]
async fn units_stand_in_a_tree_with_their_managers() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut admin = site.signed_in(&world.trust.admin).await;
    let page = admin.open(&world.trust.path("units")).await;
    assert!(admin.statements() <= 4);
    let first = &page.find(".rb-chart-tree > li")[0];
    assert_eq!(
        first, "Community Services Manager: Community N Manager District Nursing Manager: District N Manager",
        "the child stands within its parent"
    );
    page.assert_no_text("Parks");
}

#[tokio::test]
async fn a_unit_is_added_and_named_and_given_a_manager() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut admin = site.signed_in(&world.trust.admin).await;
    let page = admin.open(&world.trust.path("units/new")).await;
    let empty = admin.submit(page.form("Add the unit")).await;
    assert_eq!(empty.problems(), ["Type the unit's name"]);
    let form = page.form("Add the unit").choose("Part of", "– District Nursing");
    let taken = admin.submit(form.clone().fill("Name", "Trust Finance")).await;
    assert_eq!((taken.status, taken.problems()), (422, vec!["There is a unit with this name already".to_owned()]));
    let page = admin.submit_and_follow(form.fill("Name", "Night Nursing")).await;
    assert_eq!(
        (page.heading().as_str(), page.flash().as_str()),
        ("Night Nursing", "Night Nursing is added: now name its manager")
    );
    assert_eq!(page.form("Save the unit").value("Part of"), world.trust.child.id.to_string());

    let form = page.form("Save the unit");
    assert_eq!(
        form.options("Manager"),
        ["Nobody: authors choose who approves", "Community N Manager", "District N Manager", "Whole N Manager"],
        "those above count, those beside do not"
    );
    let stranger = world.trust.second.team.manager.membership.unwrap().to_string();
    let page = admin.submit(form.clone().forge("manager", &stranger)).await;
    assert_eq!(page.problems(), ["Choose somebody whose role as hiring manager covers this unit"]);
    let form = form.fill("Name", "Nursing at night").choose("Manager", "District N Manager");
    let page = admin.submit_and_follow(form).await;
    assert_eq!((page.heading().as_str(), page.flash().as_str()), ("Units", "Nursing at night is saved"));
    page.assert_text("Nursing at night Manager: District N Manager");
}

#[tokio::test]
async fn every_act_is_in_the_record() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut admin = site.signed_in(&world.trust.admin).await;
    let invite = [("name", "Sam Okoro"), ("email", "sam@northmoor.example"), ("role", "manager"), ("unit", "whole")];
    admin.post(&world.trust.path("people/invite"), &invite).await;
    admin.post(&world.trust.path("units/new"), &[("name", "Estates"), ("parent", "")]).await;
    let author = world.trust.whole.author.membership.unwrap();
    let member = world.trust.path(&format!("people/{author}"));
    admin.post(&format!("{member}/roles/give"), &[("role", "panel"), ("unit", "whole")]).await;
    admin.post(&format!("{member}/deactivate"), &[]).await;

    let page = admin.open(&world.trust.path("audit")).await;
    assert!(admin.statements() <= 4, "{:?}", admin.statement_list());
    let acts = page.find("tbody td[data-label=Act]");
    assert_eq!(
        acts,
        [
            "Deactivate or reactivate a person",
            "Give or take a role",
            "Add a unit or change its manager",
            "Invite a person"
        ]
    );
    page.assert_text("15 January 2026, 10:00am");
    page.assert_text("gave: Job evaluation panel; for: the whole employer");

    let form = page.form("Show").choose("Act", "Invite a person");
    let page = admin.submit(form).await;
    assert_eq!(page.find("tbody td[data-label='Of what']"), ["Sam Okoro"]);
    let csv = admin.get(&page.link("Download as CSV")).await;
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(
        csv.html(),
        "\u{feff}When (UTC),Who,Act,Subject,Facts\n\
         2026-01-15T10:00:00Z,Whole N Admin,Invite a person,Sam Okoro,role: Hiring manager; for: the whole employer\n"
    );
    let form = page.form("Show").choose("Person", "Whole N Author").choose("Act", "Everything");
    admin.submit(form).await.assert_text("Nothing is recorded that fits.");

    for (query, rows) in [
        ("from=2026-01-15&until=2026-01-15", 4),
        ("from=2026-01-16", 0),
        ("until=14+January+2026", 0),
        ("profile=JP-0001", 0),
    ] {
        let page = admin.open(&world.trust.path(&format!("audit?{query}"))).await;
        assert_eq!(page.find("tbody tr").len(), rows, "{query}");
    }
    let page = admin.open(&world.trust.path("audit?profile=nurse&from=soon")).await;
    assert_eq!(page.problems(), ["Type a reference such as JP-0042", "Type a date such as 28 January 2026"]);

    let mut other = site.signed_in(&world.council.admin).await;
    other.open(&world.council.path("audit")).await.assert_text("Nothing is recorded that fits.");
}

#[tokio::test]
async fn the_record_is_paged_and_costs_the_same_however_long_it_is() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut admin = site.signed_in(&world.trust.admin).await;
    let mut counts = Vec::new();
    for number in [10, 190] {
        sqlx::query(
            "insert into audit (employer_id, person_id, actor, action, subject, created_at)
            select $1, $2, 'Somebody', 'issue', 'JP-' || n, '2026-01-15 10:00Z' from generate_series(1, $3) n",
        )
        .bind(world.trust.id)
        .bind(world.trust.admin.id)
        .bind(number)
        .execute(&site.db)
        .await
        .unwrap();
        admin.open(&world.trust.path("audit")).await;
        counts.push(admin.statements());
    }
    assert_eq!(counts[0], counts[1]);
    let mut page = admin.open(&format!("{}?person={}", world.trust.path("audit"), world.trust.admin.id)).await;
    let mut seen = page.find("tbody tr").len();
    while page.has_link("Earlier acts") {
        page = admin.follow_link(&page, "Earlier acts").await;
        seen += page.find("tbody tr").len();
    }
    assert_eq!(seen, 200);
}
