//! Terms and charts that no author wrote, in pages and files.

use super::db_without;
use crate::support::site::Site;
use crate::support::versions::SCHEME;

#[tokio::test]
async fn terms_come_from_the_scheme_where_the_author_wrote_none() {
    let site = Site::new().await;
    let world = site.world().await;
    let trust = &world.trust;
    site.db_grades(trust).await;
    let sql = "insert into term_line (employer_id, pay_scheme, label, text, effective_from, source, created_at)
        values ($1, $2, 'Annual leave', 'From the scheme', '2020-04-01', 'Handbook, section 13', $3),
            ($1, $2, 'Annual leave', 'Of a later year', '2026-04-01', 'Handbook, section 13', $3)";
    sqlx::query(sql).bind(trust.id).bind(SCHEME).bind(site.now()).execute(&site.db).await.unwrap();
    let own = site.db_issued(trust, &trust.first, "Nurse", "Band 4").await;
    let mut author = site.signed_in(&trust.first.team.author).await;
    author.open(&trust.path(&own.path())).await.assert_no_text("From the scheme");

    let none = site.db_issued(trust, &trust.first, "Porter", "Band 3").await;
    let draft = site.db_next_draft(trust, &trust.first, &none).await;
    db_without(&site, draft.id, "terms").await;
    let at = trust.path(&draft.path());
    let page = author.open(&at).await;
    assert!(author.statements() <= 4, "{:?}", author.statement_list());
    page.assert_text("Annual leave From the scheme");
    page.assert_text("As the pay scheme sets them on 15 January 2026. Annual leave: Handbook, section 13.");
    page.assert_no_text("Of a later year");
    let text = author.get(&format!("{at}/file?as=txt")).await.html();
    assert!(text.contains("Annual leave: From the scheme"), "{text}");
    let data = author.get(&format!("{at}/file?as=json")).await.html();
    assert!(!data.contains("From the scheme"), "a version's data is what was written");

    // What is issued keeps the terms of its day, whatever comes in later.
    site.db_approve(trust, &trust.first, draft.id).await;
    let page = author.open(&format!("{at}/issue")).await;
    let page = author.submit_and_follow(page.form("Issue it")).await;
    page.assert_text("Annual leave From the scheme");
    site.pass(time::Duration::days(120));
    let mut admin = site.signed_in(&trust.admin).await;
    let terms = admin.open(&trust.path("pay/terms")).await;
    terms.assert_text("Annual leave Every contract, from 1 April 2026 Of a later year Handbook, section 13");
    terms.assert_no_text("From the scheme");
    let empty = admin.submit(terms.form("Add the line")).await;
    assert_eq!(empty.problems().len(), 3, "{:?}", empty.problems());
    let form =
        terms.form("Add the line").fill("About", "Probation").fill("Text", "6 months").fill("From", "2020-01-01");
    let page = admin.submit_and_follow(form.tick("Permanent").fill("Where it comes from", "Policy 7")).await;
    assert_eq!(page.flash(), "Probation: kept from 1 January 2020");
    let page = admin.open(&at).await;
    page.assert_text("Annual leave From the scheme");
    page.assert_no_text("Of a later year");
    page.assert_no_text("Probation");
    let next = site.db_next_draft(trust, &trust.first, &draft).await;
    db_without(&site, next.id, "terms").await;
    let page = admin.open(&trust.path(&next.path())).await;
    page.assert_text("Annual leave Of a later year");
    page.assert_text("Probation 6 months");
    let log = admin.open(&trust.path("audit")).await;
    log.assert_text("Probation");
}

#[tokio::test]
async fn reporting_lines_are_drawn_with_the_same_in_words() {
    let site = Site::new().await;
    let world = site.world().await;
    let trust = &world.trust;
    site.db_grades(trust).await;
    let issued = site.db_issued(trust, &trust.first, "Nurse", "Band 4").await;
    let mut author = site.signed_in(&trust.first.team.author).await;
    let at = trust.path(&issued.path());
    let page = author.open(&at).await;
    assert!(page.find(".rb-reporting").is_empty(), "its author drew a chart: that one stands");
    let begun = site.db_next_draft(trust, &trust.first, &issued).await;
    db_without(&site, begun.id, "organisation_chart").await;
    let draft = trust.path(&begun.path());
    let page = author.open(&draft).await;
    assert_eq!(page.find(".rb-reporting figcaption"), ["Nurse reports to Team leader."]);
    assert_eq!(page.find(".rb-reporting svg text"), ["Team leader", "Nurse"]);
    assert!(!page.html().contains("rb-reporting\" style"), "no style of its own");

    // Another post of that name lengthens the line, from the day on which it is in force.
    site.pass(time::Duration::days(1));
    let leader = site.db_issued(trust, &trust.second, "Team leader", "Band 4").await;
    let sql = "alter table version disable trigger all";
    sqlx::query(sql).execute(&site.db).await.unwrap();
    let sql = "update version set reports_to = 'Matron' where id = $1";
    sqlx::query(sql).bind(leader.id.0).execute(&site.db).await.unwrap();
    sqlx::query("alter table version enable trigger all").execute(&site.db).await.unwrap();
    let page = site.signed_in(&trust.first.team.author).await.open(&draft).await;
    assert_eq!(page.find(".rb-reporting figcaption"), ["Nurse reports to Team leader, who reports to Matron."]);
    let next = site.db_next_draft(trust, &trust.second, &leader).await;
    db_without(&site, next.id, "organisation_chart").await;
    let page = site.signed_in(&trust.whole.author).await.open(&trust.path(&next.path())).await;
    assert_eq!(page.find(".rb-reporting figcaption"), ["Team leader reports to Matron. Team leader leads Nurse."]);
}
