//! The situations in which routes are tried: a profile in each state, and the facts that addresses and forms need.

use std::collections::BTreeMap;

use rolebook::db::Begun;
use rolebook::domain::advert::AdvertText;
use rolebook::domain::text::profile_reference;
use rolebook::secret::Token;
use time::macros::date;

use super::examples::{DOCUMENT, TOGETHER};
use super::{seed_clauses, seed_reviews, seed_templates};
use sha2::{Digest, Sha256};

use crate::support::desk::Desk;
use crate::support::form::Attached;
use crate::support::people::{PASSWORD, World, db_member, db_person, db_role};
use crate::support::site::{BEGINNING, Site};

/// Facts by name; a situation has its own beside those of `any`.
#[derive(Default)]
pub struct Facts(BTreeMap<&'static str, BTreeMap<&'static str, String>>);

pub const ANY: &str = "any";

impl Facts {
    pub fn set(&mut self, situation: &'static str, name: &'static str, value: impl ToString) {
        self.0.entry(situation).or_default().insert(name, value.to_string());
    }

    /// The text with every `{name}` in its place.
    #[track_caller]
    pub fn fill(&self, text: &str, situation: &str) -> String {
        let own = self.0.get(situation).unwrap_or_else(|| panic!("seed.rs prepares no situation “{situation}”"));
        let mut filled = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').expect("a closing brace");
            let value = own.get(name).or_else(|| self.0[ANY].get(name));
            filled.push_str(before);
            filled.push_str(value.unwrap_or_else(|| panic!("“{situation}” has no {{{name}}} for {text}")));
            rest = after;
        }
        filled + rest
    }
}

/// Puts every situation into the database, all profiles in the trust's first unit.
pub async fn seed(site: &Site, world: &World) -> Facts {
    let mut facts = Facts::default();
    let desk = Desk::new(site, &world.trust);
    let team = &world.trust.first.team;
    site.db_grades(&world.trust).await;
    facts.set(ANY, "grade", site.db_grade(&world.trust, "Band 4").await.unwrap());
    facts.set(ANY, "employer", &world.trust.slug);
    facts.set(ANY, "password", PASSWORD);
    facts.set(ANY, "unit", world.trust.first.id);
    facts.set(ANY, "author", team.author.membership.unwrap());
    facts.set(ANY, "manager", team.manager.membership.unwrap());
    facts.set(ANY, "other_manager", world.trust.whole.manager.membership.unwrap());
    facts.set(ANY, "member", team.panel.membership.unwrap());
    facts.set("away", "absence", db_absence(site, world).await);
    facts.set("away", "member", team.manager.membership.unwrap());
    facts.set("mail waits", "mail", db_mail(site, world).await);
    facts.set(ANY, "slug", &world.trust.slug);
    facts.set(ANY, "entry", db_entry(site, world).await);
    seed_clauses::clauses(site, world, &mut facts).await;
    seed_templates::templates(site, world, &mut facts).await;
    facts.set(ANY, "award", db_award(site, world).await);
    facts.set(ANY, "place", "leeds");
    facts.set(ANY, "part", "pages");
    facts.set(ANY, "document", document(site, world).await);
    documents(site, world, &mut facts).await;
    for purpose in ["email_confirmation", "invitation", "password_reset"] {
        facts.set(purpose, "token", db_link(site, world, purpose).await);
    }
    brand(site, world).await;
    draft(&desk, world, &mut facts).await;
    seed_clauses::own_clause(&desk, world, &mut facts).await;
    seed_templates::kept_section(&desk, world, &mut facts).await;
    on_the_way(&desk, world, &mut facts).await;
    seed_reviews::ways(&desk, world, &mut facts).await;
    seed_reviews::guest(&desk, world, &mut facts).await;
    seed_reviews::to_come(&desk, world, &mut facts).await;
    seed_reviews::task_link(&desk, world, &mut facts).await;
    states(site, world, &mut facts).await;
    remarked(&desk, world, &mut facts).await;
    adverts(site, world, &mut facts).await;
    db_members(site, world, &mut facts).await;
    facts
}

/// A colour and a logo, whatever it shows.
async fn brand(site: &Site, world: &World) {
    let sql =
        "insert into employer_brand (employer_id, revision, accent, logo, screen_logo, screen_width, screen_height,
            logo_alt, changed_by, changed_at)
        select employer_id, 1, '#003366', 'logo', 'logo', 1, 1, 'Northmoor', id, $2 from membership where id = $1";
    let admin = world.trust.admin.membership.unwrap();
    sqlx::query(sql).bind(admin).bind(BEGINNING).execute(&site.db).await.unwrap();
}

/// A draft with something deleted, and one with something that was read with a guess.
async fn draft(desk: &Desk<'_>, world: &World, facts: &mut Facts) {
    let (author, unit) = (&world.trust.first.team.author, &world.trust.first);
    let draft = desk.whole_draft(author, unit, "Draft").await;
    let path = version_facts(facts, "draft", &draft);
    let content = desk.content(draft.version).await;
    let duties = &content.sections[2];
    facts.set("draft", "section", duties.id);
    facts.set("draft", "item", duties.items[1].id);
    version_facts(facts, "second line", &draft);
    facts.set("second line", "item", duties.items[0].children[1].id);
    let purpose = content.sections[1].items[0].id;
    let mut browser = desk.site.signed_in(author).await;
    let deleted = browser.post(&world.trust.path(&format!("{path}/items/{purpose}/delete")), &[]).await;
    assert_eq!(deleted.status, 303);
    let edit: i64 = sqlx::query_scalar("select max(id) from content_edit").fetch_one(&desk.site.db).await.unwrap();
    facts.set("draft", "edit", edit);

    let guessed = desk.whole_draft(author, unit, "Guessed").await;
    version_facts(facts, "guessed", &guessed);
    let purpose = &desk.content(guessed.version).await.sections[1];
    let item = purpose.items[0].id;
    facts.set("guessed", "section", purpose.id);
    facts.set("guessed", "item", item);
    let sql = "update item set sure = false where version_id = $1 and item_id = $2";
    sqlx::query(sql).bind(guessed.version.0).bind(item.0).execute(&desk.site.db).await.unwrap();
}

async fn on_the_way(desk: &Desk<'_>, world: &World, facts: &mut Facts) {
    let (author, manager) = (&world.trust.first.team.author, &world.trust.first.team.manager);
    let situations = ["ready", "discarded", "in review", "approved", "issued", "issued in an emergency"];
    for situation in situations {
        let begun = desk.whole_draft(author, &world.trust.first, situation).await;
        let id = begun.version;
        version_facts(facts, situation, &begun);
        match situation {
            "discarded" => desk.discard(id, author).await.unwrap(),
            "issued in an emergency" => desk.issue_in_emergency(id, &world.trust.admin).await.unwrap(),
            "in review" | "approved" | "issued" => desk.submit(id, author, manager).await.unwrap(),
            _ => {}
        }
        if matches!(situation, "approved" | "issued") {
            desk.approve(id, manager).await.unwrap();
        }
        if situation == "issued" {
            desk.issue(id, author, date!(2026 - 01 - 15)).await.unwrap();
        }
        let task: Option<i64> = sqlx::query_scalar("select id from task where version_id = $1 and closed_at is null")
            .bind(id.0)
            .fetch_optional(&desk.site.db)
            .await
            .unwrap();
        facts.set(situation, "task", task.unwrap_or_default());
    }
}

/// Drafts on which the unit's manager said and suggested something; in one of them it was resolved.
async fn remarked(desk: &Desk<'_>, world: &World, facts: &mut Facts) {
    let team = &world.trust.first.team;
    for situation in ["remarked", "resolved"] {
        let begun = desk.whole_draft(&team.author, &world.trust.first, situation).await;
        let path = world.trust.path(&version_facts(facts, situation, &begun));
        let duties = desk.content(begun.version).await.sections[2].clone();
        let item = duties.items[1].id;
        facts.set(situation, "section", duties.id);
        facts.set(situation, "item", item);
        let mut browser = desk.site.signed_in(&team.manager).await;
        let about = format!("item-{item}");
        let said = browser.post(&format!("{path}/comments"), &[("about", &about), ("text", "Whom?")]).await;
        assert_eq!(said.status, 303);
        let words = [("about", about.as_str()), ("revision", "1"), ("text", "Leads the stores team.")];
        assert_eq!(browser.post(&format!("{path}/suggestions"), &words).await.status, 303);
        for (name, sql) in
            [("comment", "select max(id) from comment"), ("suggestion", "select max(id) from suggestion")]
        {
            let id: i64 = sqlx::query_scalar(sql).fetch_one(&desk.site.db).await.unwrap();
            facts.set(situation, name, id);
            if (situation, name) == ("resolved", "comment") {
                assert_eq!(browser.post(&format!("{path}/comments/{id}/resolve"), &[]).await.status, 303);
            }
        }
    }
}

/// A document that the unit's author uploaded; gives its number.
async fn document(site: &Site, world: &World) -> String {
    let mut browser = site.signed_in(&world.trust.first.team.author).await;
    let path = world.trust.path("import");
    let file = Attached { field: DOCUMENT.field.into(), name: DOCUMENT.name.into(), bytes: DOCUMENT.text.into() };
    let page = browser.upload(&path, &[], &[file]).await;
    let location = page.location.expect("the document is read");
    location.rsplit('/').next().unwrap().to_owned()
}

/// What the forms of a document say it was like when they were shown.
async fn states(site: &Site, world: &World, facts: &mut Facts) {
    // Nothing is chosen on the report yet.
    let choices = serde_json::to_vec(&rolebook::documents::choices::Choices::default()).unwrap();
    let hash = rolebook::secret::hex(&Sha256::digest(DOCUMENT.text));
    let untouched = rolebook::secret::hex(&Sha256::digest([hash.as_bytes(), &choices].concat()));
    facts.set(ANY, "state", &untouched[..16]);
    let mut browser = site.signed_in(&world.trust.first.team.author).await;
    let path = facts.fill("import/{document}/match?profile={profile}", "issued");
    let page = browser.open(&world.trust.path(&path)).await;
    facts.set("issued", "state", state(&page.html()));
}

fn state(html: &str) -> &str {
    let (_, after) = html.split_once("name=\"state\" value=\"").expect("a form that says its state");
    after.split('"').next().unwrap()
}

/// Several documents that the unit's author uploaded at once, read by the job.
async fn documents(site: &Site, world: &World, facts: &mut Facts) {
    let mut browser = site.signed_in(&world.trust.first.team.author).await;
    let file = Attached { field: TOGETHER.field.into(), name: TOGETHER.name.into(), bytes: TOGETHER.text.into() };
    let page = browser.upload(&world.trust.path("import/batches"), &[], &[file]).await;
    let location = page.location.expect("the documents are kept");
    facts.set(ANY, "batch", location.rsplit('/').next().unwrap());
    while rolebook::jobs::uploads::read_one(&site.app).await.unwrap() {}
    let upload: i64 = sqlx::query_scalar("select id from upload").fetch_one(&site.db).await.unwrap();
    facts.set(ANY, "upload", upload);
}

/// An advert at each step of its way.
async fn adverts(site: &Site, world: &World, facts: &mut Facts) {
    let (trust, unit) = (&world.trust, &world.trust.first);
    let steps =
        ["advert written", "advert outdated", "advert asked", "advert ready", "advert published", "advert scheduled"];
    for (step, situation) in steps.into_iter().enumerate() {
        let version = site.db_issued(trust, unit, situation, "Band 4").await;
        let scheduled = (situation == "advert scheduled").then_some(date!(2026 - 02 - 01));
        let change = |text: &mut AdvertText| {
            text.opens_on = scheduled;
            text.offer.may_close_early = true;
            text.offer.ask_by_form = true;
        };
        let advert = site.db_advert(trust, unit, &version, change).await;
        if situation == "advert outdated" {
            site.db_next_issued(trust, unit, &version).await;
        }
        if step >= 2 {
            site.db_ask(trust, unit, advert).await;
        }
        if step >= 3 {
            site.db_confirm(trust, unit, advert).await;
        }
        if step >= 4 {
            site.db_publish(trust, unit, advert).await;
        }
        let sql = "select lock_version from advert where id = $1";
        let lock: i32 = sqlx::query_scalar(sql).bind(advert.0).fetch_one(&site.db).await.unwrap();
        facts.set(situation, "advert", advert);
        facts.set(situation, "lock_version", lock);
    }
}

/// Members of the trust who were invited, and who were deactivated.
async fn db_members(site: &Site, world: &World, facts: &mut Facts) {
    for (situation, sql) in [
        ("invited", "update membership set joined_at = null where person_id = $1"),
        ("deactivated", "update membership set deactivated_at = created_at where person_id = $1"),
    ] {
        let mut person = db_person(&site.db, "Mo Member", &format!("{situation}@work.example")).await;
        person.membership = Some(db_member(&site.db, world.trust.id, &person).await);
        db_role(&site.db, world.trust.id, &person, "panel", None).await;
        sqlx::query(sql).bind(person.id).execute(&site.db).await.unwrap();
        facts.set(situation, "member", person.membership.unwrap());
    }
}

/// Notes the numbers, and gives the address below the employer's.
pub fn version_facts(facts: &mut Facts, situation: &'static str, begun: &Begun) -> String {
    let reference = profile_reference(begun.profile_number);
    facts.set(situation, "profile", &reference);
    facts.set(situation, "version", 1);
    format!("profiles/{reference}/versions/1")
}

/// Days on which the manager of the first unit is away.
async fn db_absence(site: &Site, world: &World) -> i64 {
    let sql = "insert into absence (employer_id, membership_id, first_day, last_day, set_by, created_at)
        values ($1, $2, '2026-06-01', '2026-06-12', $2, $3) returning id";
    let away = sqlx::query_scalar(sql).bind(world.trust.id).bind(world.trust.first.team.manager.membership);
    away.bind(BEGINNING).fetch_one(&site.db).await.unwrap()
}

/// A message about the trust's work that was refused once.
async fn db_mail(site: &Site, world: &World) -> i64 {
    let sql = "insert into outbox (to_email, subject, body, created_at, due_at, tries, employer_id)
        values ('refused@work.example', 'To decide', 'Read it.', $2, $2, 1, $1) returning id";
    sqlx::query_scalar(sql).bind(world.trust.id).bind(BEGINNING).fetch_one(&site.db).await.unwrap()
}

/// A link that waits in somebody's mail; gives its token.
async fn db_link(site: &Site, world: &World, purpose: &str) -> String {
    let token = Token::new().unwrap();
    let person = db_person(&site.db, "Una Used", &format!("{purpose}@home.example")).await;
    if purpose != "password_reset" {
        let sql = "update person set email_confirmed_at = null where id = $1";
        sqlx::query(sql).bind(person.id).execute(&site.db).await.unwrap();
    }
    let mut to = None;
    if purpose == "invitation" {
        to = Some(db_member(&site.db, world.trust.id, &person).await);
        let sql = "update membership set joined_at = null where person_id = $1";
        sqlx::query(sql).bind(person.id).execute(&site.db).await.unwrap();
    }
    let sql = "insert into single_use_link (token_hash, purpose, person_id, employer_id, membership_id, created_at, expires_at)
        values ($1, $2, $3, $4, $5, $6, $6 + interval '1 day')";
    let link = sqlx::query(sql).bind(&token.hash()[..]).bind(purpose).bind(person.id);
    let link = link.bind(to.map(|_| world.trust.id)).bind(to).bind(BEGINNING);
    link.execute(&site.db).await.unwrap();
    token.plain().to_owned()
}

/// A short form of the employer's own.
async fn db_entry(site: &Site, world: &World) -> i64 {
    sqlx::query_scalar(
        "insert into glossary_entry (employer_id, short, meaning, changed_at)
        select id, 'SCP', 'stores control panel', now() from employer where slug = $1 returning id",
    )
    .bind(&world.trust.slug)
    .fetch_one(&site.db)
    .await
    .unwrap()
}

/// A pay award that nobody has applied.
async fn db_award(site: &Site, world: &World) -> i64 {
    sqlx::query_scalar(
        "insert into pay_award (employer_id, pay_scheme, file_name, effective_from, lines, uploaded_by, created_at)
        select s.employer_id, s.name, 'award.csv', '2027-04-01', $2, $3, now()
            from pay_scheme s join employer e on e.id = s.employer_id where e.slug = $1 returning id",
    )
    .bind(&world.trust.slug)
    .bind(serde_json::json!([{
        "line": 2, "what": {"Grade": {"name": "Band 4", "point": ""}}, "from": "2027-04-01",
        "minimum": 3_000_000, "maximum": 3_100_000, "years": null, "source": "",
    }]))
    .bind(world.trust.admin.membership)
    .fetch_one(&site.db)
    .await
    .unwrap()
}
