//! The people of the stories: two employers with the same shape, and somebody who looks for a job.

use sqlx::{PgPool, Row};

use super::browser::Browser;
use super::site::{BEGINNING, Site};

/// Everybody's password.
pub const PASSWORD: &str = "willow kettle brisk";

/// Two employers that must never see one another, and an applicant of neither.
#[derive(Debug, Clone)]
pub struct World {
    pub trust: Employer,
    pub council: Employer,
    pub applicant: Person,
}

#[derive(Debug, Clone)]
pub struct Employer {
    pub id: i64,
    pub slug: String,
    pub name: String,
    /// Administrators act for the whole employer.
    pub admin: Person,
    /// Those whose roles cover the whole employer.
    pub whole: Team,
    pub first: Unit,
    /// Below the first unit: its people's roles cover this too, and not the other way round.
    pub child: Unit,
    pub second: Unit,
}

#[derive(Debug, Clone)]
pub struct Unit {
    pub id: i64,
    pub name: String,
    /// `team.manager` is the unit's manager.
    pub team: Team,
}

/// One person of each role for the same place.
#[derive(Debug, Clone)]
pub struct Team {
    pub author: Person,
    pub manager: Person,
    pub panel: Person,
}

#[derive(Debug, Clone)]
pub struct Person {
    pub id: i64,
    pub name: String,
    pub email: String,
    /// None for applicants.
    pub membership: Option<i64>,
}

impl Employer {
    /// A staff page's address: `employer.path("people")`.
    pub fn path(&self, rest: &str) -> String {
        format!("/staff/{}/{rest}", self.slug)
    }

    /// Everybody on the staff.
    pub fn people(&self) -> Vec<&Person> {
        let teams = [&self.whole, &self.first.team, &self.child.team, &self.second.team];
        let members = teams.into_iter().flat_map(|team| [&team.author, &team.manager, &team.panel]);
        std::iter::once(&self.admin).chain(members).collect()
    }
}

impl Site {
    /// Puts both employers and everybody into the database.
    pub async fn world(&self) -> World {
        World {
            trust: db_employer(&self.db, "Northmoor NHS Trust", "nhs_trust", "nhs", &TRUST).await,
            council: db_employer(&self.db, "Westbrook Council", "council", "njc", &COUNCIL).await,
            applicant: db_person(&self.db, "Ada Applicant", "ada@home.example").await,
        }
    }

    /// A browser in which that person has signed in.
    pub async fn signed_in(&self, person: &Person) -> Browser {
        let mut browser = self.browser();
        browser.sign_in(person).await;
        browser
    }
}

/// Names of the first unit, its child and the second; names are the employer's own, so that a leak can be seen.
type UnitNames = [&'static str; 3];
const TRUST: UnitNames = ["Community Services", "District Nursing", "Trust Finance"];
const COUNCIL: UnitNames = ["Place and Environment", "Parks", "Council Finance"];

async fn db_employer(db: &PgPool, name: &str, kind: &str, scheme: &str, units: &UnitNames) -> Employer {
    let slug = name.split(' ').next().unwrap().to_lowercase();
    let sql = "insert into employer (slug, name, kind, evaluation_scheme, created_at) values ($1, $2, $3, $4, $5) returning id";
    let row = sqlx::query(sql).bind(&slug).bind(name).bind(kind).bind(scheme).bind(BEGINNING).fetch_one(db).await;
    let id: i64 = row.unwrap().get(0);
    let admin = db_staff(db, id, &slug, "Whole", "admin", None).await;
    let whole = db_team(db, id, &slug, "Whole", None).await;
    let first = db_unit(db, id, &slug, units[0], None).await;
    let child = db_unit(db, id, &slug, units[1], Some(first.id)).await;
    let second = db_unit(db, id, &slug, units[2], None).await;
    Employer { id, name: name.to_owned(), admin, whole, first, child, second, slug }
}

async fn db_unit(db: &PgPool, employer: i64, slug: &str, name: &str, parent: Option<i64>) -> Unit {
    let sql = "insert into unit (employer_id, name, parent_id, created_at) values ($1, $2, $3, $4) returning id";
    let row = sqlx::query(sql).bind(employer).bind(name).bind(parent).bind(BEGINNING).fetch_one(db).await;
    let id: i64 = row.unwrap().get(0);
    let place = name.split(' ').next().unwrap();
    let team = db_team(db, employer, slug, place, Some(id)).await;
    let sql = "update unit set manager_id = $2 where id = $1";
    sqlx::query(sql).bind(id).bind(team.manager.membership).execute(db).await.unwrap();
    Unit { id, name: name.to_owned(), team }
}

async fn db_team(db: &PgPool, employer: i64, slug: &str, place: &str, unit: Option<i64>) -> Team {
    Team {
        author: db_staff(db, employer, slug, place, "author", unit).await,
        manager: db_staff(db, employer, slug, place, "manager", unit).await,
        panel: db_staff(db, employer, slug, place, "panel", unit).await,
    }
}

async fn db_staff(db: &PgPool, employer: i64, slug: &str, place: &str, role: &str, unit: Option<i64>) -> Person {
    let mut initial = role.chars();
    let last = initial.next().unwrap().to_uppercase().collect::<String>() + initial.as_str();
    let first = place.trim_end_matches(',');
    let email = format!("{}.{role}@{slug}.example", first.to_lowercase());
    let owner = &slug[..1].to_uppercase();
    let mut person = db_person(db, &format!("{first} {owner} {last}"), &email).await;
    person.membership = Some(db_member(db, employer, &person).await);
    db_role(db, employer, &person, role, unit).await;
    person
}

/// Adds somebody whose e-mail address is confirmed and whose password is [`PASSWORD`].
pub async fn db_person(db: &PgPool, name: &str, email: &str) -> Person {
    let sql = "insert into person (name, email, password_hash, email_confirmed_at, created_at) values ($1, $2, $3, $4, $4) returning id";
    let row = sqlx::query(sql).bind(name).bind(email).bind(password_hash().await).bind(BEGINNING).fetch_one(db).await;
    Person { id: row.unwrap().get(0), name: name.to_owned(), email: email.to_owned(), membership: None }
}

/// Puts somebody on an employer's staff, without a role yet.
pub async fn db_member(db: &PgPool, employer: i64, person: &Person) -> i64 {
    let sql =
        "insert into membership (employer_id, person_id, joined_at, created_at) values ($1, $2, $3, $3) returning id";
    sqlx::query_scalar(sql).bind(employer).bind(person.id).bind(BEGINNING).fetch_one(db).await.unwrap()
}

/// Gives a member one more role, for a unit or for the whole employer.
pub async fn db_role(db: &PgPool, employer: i64, person: &Person, role: &str, unit: Option<i64>) {
    let sql = "insert into membership_role (employer_id, membership_id, role, unit_id, created_at) values ($1, $2, $3, $4, $5)";
    let query = sqlx::query(sql).bind(employer).bind(person.membership).bind(role).bind(unit).bind(BEGINNING);
    query.execute(db).await.unwrap();
}

/// Hashing takes its time by design, so it is done once.
async fn password_hash() -> &'static str {
    static HASH: tokio::sync::OnceCell<String> = tokio::sync::OnceCell::const_new();
    HASH.get_or_init(|| async { rolebook::secret::hash_password(PASSWORD.to_owned()).await.unwrap() }).await
}
