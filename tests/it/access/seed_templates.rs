//! Situations of templates.

use super::seed::{ANY, Facts, version_facts};
use crate::support::desk::Desk;
use crate::support::people::World;
use crate::support::site::Site;

const LAYOUT: &str = r#"{"style": "own", "review_months": null, "sections": [
    {"slot": "first", "kind": "prose", "heading": "First", "need": "required", "applicants": true},
    {"slot": "second", "kind": "prose", "heading": "Second", "need": "optional", "applicants": true},
    {"slot": "third", "kind": "prose", "heading": "Third", "need": "optional", "applicants": true}]}"#;

pub async fn templates(site: &Site, world: &World, facts: &mut Facts) {
    facts.set(ANY, "template", db_template(site, world, "Plain", true).await);
    facts.set("template being written", "template", db_template(site, world, "Coming", false).await);
    facts.set("template being written", "slot", "second");
    facts.set("template from elsewhere", "template", db_from_elsewhere(site, world).await);
}

/// A template with one edition, which binds or is being written.
async fn db_template(site: &Site, world: &World, name: &str, binds: bool) -> i64 {
    sqlx::query_scalar(
        "with made as (insert into template (employer_id, name, created_at) values ($1, $2, now()) returning employer_id, id)
        insert into template_edition (employer_id, template_id, number, layout, made_at, bound_at)
        select employer_id, id, 1, $3::jsonb, now(), case when $4 then now() end from made returning template_id",
    )
    .bind(world.trust.id)
    .bind(name)
    .bind(LAYOUT)
    .bind(binds)
    .fetch_one(&site.db)
    .await
    .unwrap()
}

/// A template that came from the council, where a second version is in use by now.
async fn db_from_elsewhere(site: &Site, world: &World) -> i64 {
    let copy = db_template(site, world, "From elsewhere", true).await;
    sqlx::query(
        "with theirs as (insert into template (employer_id, name, created_at) values ($2, 'Theirs', now()) returning id),
        editions as (insert into template_edition (employer_id, template_id, number, layout, made_at, bound_at)
            select $2, theirs.id, n, $4::jsonb, now(), now() from theirs, generate_series(1, 2) n),
        given as (insert into library_grant (giver_id, taker_id, kind, template_id, granted_by, granted_at, answered_by,
                answered_at, accepted, template_copy_id, seen_number)
            select $2, $1, 'template', theirs.id, $5, now(), $6, now(), true, $3, 1 from theirs returning id)
        update template set shared_grant_id = given.id from given where template.id = $3",
    )
    .bind(world.trust.id)
    .bind(world.council.id)
    .bind(copy)
    .bind(LAYOUT)
    .bind(world.council.admin.membership.unwrap())
    .bind(world.trust.admin.membership.unwrap())
    .execute(&site.db)
    .await
    .unwrap();
    copy
}

/// A draft with a section that its template has no place for.
pub async fn kept_section(desk: &Desk<'_>, world: &World, facts: &mut Facts) {
    let begun = desk.whole_draft(&world.trust.first.team.author, &world.trust.first, "Kept section").await;
    version_facts(facts, "draft with a kept section", &begun);
    let template = db_template(desk.site, world, "Without it", true).await;
    let section: i64 = sqlx::query_scalar(
        "update section set slot = '', kept = true where version_id = $1 and position = 2 returning section_id",
    )
    .bind(begun.version.0)
    .fetch_one(&desk.site.db)
    .await
    .unwrap();
    sqlx::query("update version set template_id = $2, template_edition = 1 where id = $1")
        .bind(begun.version.0)
        .bind(template)
        .execute(&desk.site.db)
        .await
        .unwrap();
    facts.set("draft with a kept section", "section", section);
}
