//! Routes to approval for the walk: one of a unit, a step that may be skipped, and a guest with a link.

use rolebook::secret::Token;

use super::seed::{ANY, Facts, version_facts};
use crate::support::desk::Desk;
use crate::support::people::World;
use crate::support::site::BEGINNING;

/// A route of the second unit, and a version of the first of which a step asks its manager only to read it.
pub async fn ways(desk: &Desk<'_>, world: &World, facts: &mut Facts) {
    let team = &world.trust.first.team;
    facts.set(ANY, "other_unit", world.trust.second.id);
    let route: i64 = sqlx::query_scalar(
        "with r as (insert into route (employer_id, unit_id, created_at) values ($1, $2, $4) returning id),
        v as (insert into route_version (employer_id, route_id, number, name, keeps, made_by, created_at)
            select $1, id, 1, 'The way', false, $3, $4 from r returning id),
        s as (insert into route_step (employer_id, route_version_id, place, position, kind, name, asked, created_at)
            select $1, id, 1, 1, 'approve', '', 'unit_manager', $4 from v)
        select id from r",
    )
    .bind(world.trust.id)
    .bind(world.trust.second.id)
    .bind(world.trust.admin.membership.unwrap())
    .bind(BEGINNING)
    .fetch_one(&desk.site.db)
    .await
    .unwrap();
    facts.set(ANY, "route", route);
    let begun = desk.whole_draft(&team.author, &world.trust.first, "To be read").await;
    version_facts(facts, "to be read", &begun);
    facts.set("to be read", "draft", begun.version);
    desk.submit(begun.version, &team.author, &team.manager).await.unwrap();
    // Beside the approval, so that it may be skipped.
    let (step, task): (i64, i64) = sqlx::query_as(
        "with s as (insert into review_step (employer_id, submission_id, place, position, kind, role, asked_id, days,
                created_at, opened_at)
            select employer_id, submission_id, 1, 2, 'acknowledge', 'manager', assigned_to, 5, created_at, created_at
            from task where version_id = $1 returning *)
        insert into task (employer_id, kind, version_id, submission_id, step_id, assigned_to, created_at)
        select employer_id, kind, $1, submission_id, id, asked_id, created_at from s returning step_id, id",
    )
    .bind(begun.version.0)
    .fetch_one(&desk.site.db)
    .await
    .unwrap();
    facts.set("to be read", "step", step);
    facts.set("to be read", "task", task);
}

/// A version of which a guest is asked too, by a link whose code is 123456.
pub async fn guest(desk: &Desk<'_>, world: &World, facts: &mut Facts) {
    let team = &world.trust.first.team;
    let begun = desk.whole_draft(&team.author, &world.trust.first, "For a guest").await;
    version_facts(facts, "guest", &begun);
    desk.submit(begun.version, &team.author, &team.manager).await.unwrap();
    let token = Token::new().unwrap();
    let code = rolebook::secret::hash_token(&format!("{} 123456", token.plain()));
    let step: i64 = sqlx::query_scalar(
        "with s as (insert into review_step (employer_id, submission_id, place, position, kind, guest_name, guest_email,
                days, created_at, opened_at)
            select employer_id, submission_id, 1, 2, 'agree', 'Jo Branch', 'jo@union.example', 5, created_at, created_at
            from task where version_id = $1 returning *)
        insert into guest_link (employer_id, step_id, token_hash, created_at, expires_at, code_hash, code_sent_at)
        select employer_id, id, $2, $4, $4 + interval '30 days', $3, $4 from s returning step_id",
    )
    .bind(begun.version.0)
    .bind(&token.hash()[..])
    .bind(&code[..])
    .bind(BEGINNING)
    .fetch_one(&desk.site.db)
    .await
    .unwrap();
    facts.set("guest", "step", step);
    facts.set("guest", "token", token.plain());
}

/// A version of which a step comes after the approval: to be read by the panel, and approved once more.
pub async fn to_come(desk: &Desk<'_>, world: &World, facts: &mut Facts) {
    let team = &world.trust.first.team;
    let begun = desk.whole_draft(&team.author, &world.trust.first, "Step to come").await;
    version_facts(facts, "step to come", &begun);
    desk.submit(begun.version, &team.author, &team.manager).await.unwrap();
    let step: i64 = sqlx::query_scalar(
        "insert into review_step (employer_id, submission_id, place, position, kind, role, asked_id, days, created_at)
        select employer_id, submission_id, 2, 2, 'approve', 'manager', assigned_to, 5, created_at
        from task where version_id = $1 returning id",
    )
    .bind(begun.version.0)
    .fetch_one(&desk.site.db)
    .await
    .unwrap();
    facts.set("step to come", "step", step);
}

/// A task with a link in the mail of whoever has it, whose code is 123456.
pub async fn task_link(desk: &Desk<'_>, world: &World, facts: &mut Facts) {
    let team = &world.trust.first.team;
    let begun = desk.whole_draft(&team.author, &world.trust.first, "By a link").await;
    version_facts(facts, "link to a task", &begun);
    desk.submit(begun.version, &team.author, &team.manager).await.unwrap();
    let token = Token::new().unwrap();
    let code = rolebook::secret::hash_token(&format!("{} 123456", token.plain()));
    sqlx::query(
        "insert into task_link (employer_id, task_id, membership_id, token_hash, created_at, expires_at, code_hash, code_sent_at)
        select employer_id, id, assigned_to, $2, $4, $4 + interval '7 days', $3, $4 from task where version_id = $1",
    )
    .bind(begun.version.0)
    .bind(&token.hash()[..])
    .bind(&code[..])
    .bind(BEGINNING)
    .execute(&desk.site.db)
    .await
    .unwrap();
    facts.set("link to a task", "token", token.plain());
}
