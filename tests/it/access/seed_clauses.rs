//! Situations of standard clauses.

use super::seed::{ANY, Facts, version_facts};
use crate::support::desk::Desk;
use crate::support::people::World;
use crate::support::site::Site;

pub async fn clauses(site: &Site, world: &World, facts: &mut Facts) {
    let clause = db_clause(site, world, "Animals").await;
    facts.set(ANY, "clause", clause);
    facts.set(ANY, "kind", "clause");
    facts.set(ANY, "thing", clause);
    facts.set("clause proposed", "clause", db_proposed_clause(site, world, "Plants").await);
    facts.set("clause approved", "clause", db_approved_clause(site, world, "Stones").await);
    let [(given, clause), (offered, _)] = db_shares(site, world).await;
    facts.set("clause shared", "thing", clause);
    facts.set("clause shared", "given", given);
    facts.set(ANY, "share", offered);
    facts.set(ANY, "council", &world.council.slug);
    facts.set("clause rolled out", "clause", db_rolled_out(site, world).await);
}

/// An offer of the trust's first clause to the council, and one of the council's to the trust.
async fn db_shares(site: &Site, world: &World) -> [(i64, i64); 2] {
    let (trust, council) = (&world.trust, &world.council);
    let mut made = [(0, 0); 2];
    for (n, (giver, taker)) in [(trust, council), (council, trust)].into_iter().enumerate() {
        let sql = "with theirs as (insert into clause (employer_id, name, changed_at) values ($1, 'Shared', now()) returning id),
            text as (insert into clause_edition (employer_id, clause_id, number, text, effective_from, starter, proposed_at, approved_at)
                select $1, id, 1, 'Animals stay out.', '2020-01-01', true, now(), now() from theirs)
            insert into library_grant (giver_id, taker_id, kind, clause_id, granted_by, granted_at)
            select $1, $2, 'clause', id, $3, now() from theirs returning id, clause_id";
        let admin = giver.admin.membership.unwrap();
        made[n] = sqlx::query_as(sql).bind(giver.id).bind(taker.id).bind(admin).fetch_one(&site.db).await.unwrap();
    }
    made
}

/// A clause with a text that holds.
async fn db_clause(site: &Site, world: &World, name: &str) -> i64 {
    sqlx::query_scalar(
        "with made as (insert into clause (employer_id, name, placed_when, changed_at)
            values ($1, $2, '{always}', now()) returning employer_id, id),
        text as (insert into clause_edition (employer_id, clause_id, number, text, effective_from, starter, proposed_at, approved_at)
            select employer_id, id, 1, 'Animals stay out.', '2020-01-01', true, now(), now() from made)
        select id from made",
    )
    .bind(world.trust.id)
    .bind(name)
    .fetch_one(&site.db)
    .await
    .unwrap()
}

/// The same with a text that somebody proposed who walks nowhere.
async fn db_proposed_clause(site: &Site, world: &World, name: &str) -> i64 {
    let clause = db_clause(site, world, name).await;
    sqlx::query(
        "insert into clause_edition (employer_id, clause_id, number, text, note, effective_from, proposed_by, proposed_at)
        values ($1, $2, 2, 'Plants stay out.', 'New', '2020-01-01', $3, now())",
    )
    .bind(world.trust.id)
    .bind(clause)
    .bind(world.trust.first.team.panel.membership.unwrap())
    .execute(&site.db)
    .await
    .unwrap();
    clause
}

/// The same, approved by somebody else.
async fn db_approved_clause(site: &Site, world: &World, name: &str) -> i64 {
    let clause = db_proposed_clause(site, world, name).await;
    sqlx::query("update clause_edition set approved_by = $2, approved_at = now() where clause_id = $1 and number = 2")
        .bind(clause)
        .bind(world.trust.first.team.manager.membership.unwrap())
        .execute(&site.db)
        .await
        .unwrap();
    clause
}

/// The same on its way into the profiles, of which there are none.
async fn db_rolled_out(site: &Site, world: &World) -> i64 {
    let clause = db_approved_clause(site, world, "Lamps").await;
    sqlx::query(
        "insert into clause_rollout (employer_id, clause_id, edition, mode, in_review, started_by, started_at)
        values ($1, $2, 2, 'silent', 'wait', $3, now())",
    )
    .bind(world.trust.id)
    .bind(clause)
    .bind(world.trust.admin.membership.unwrap())
    .execute(&site.db)
    .await
    .unwrap();
    clause
}

/// A draft whose clause is one of the library, with words of its own.
pub async fn own_clause(desk: &Desk<'_>, world: &World, facts: &mut Facts) {
    let begun = desk.whole_draft(&world.trust.first.team.author, &world.trust.first, "Own clause").await;
    version_facts(facts, "draft with its own clause", &begun);
    let clause = db_clause(desk.site, world, "Bicycles").await;
    let item: i64 = sqlx::query_scalar(
        "update clause_use set clause_id = $2, edition = 1, reason = 'Ours' where version_id = $1 returning item_id",
    )
    .bind(begun.version.0)
    .bind(clause)
    .fetch_one(&desk.site.db)
    .await
    .unwrap();
    facts.set("draft with its own clause", "item", item);
}
