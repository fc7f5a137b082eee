//! The search for jobs: right answers to hand-checked searches, and the same answers as a slow, obvious search.

mod asked;
mod many;
mod obvious;
mod odd;
mod right;

use rolebook::domain::advert::{ContractKind, Flexible, Pattern};
use time::macros::{date, datetime};
use time::{Date, OffsetDateTime};

use crate::support::people::World;
use crate::support::site::Site;

/// An advert in few words.
#[derive(Debug, Clone)]
pub struct Job {
    pub title: &'static str,
    pub text: &'static str,
    pub place: &'static str,
    pub grade: &'static str,
    /// Pounds a year, lowest and highest.
    pub pay: (i64, i64),
    pub contract: ContractKind,
    pub patterns: &'static [Pattern],
    pub flexible: &'static [Flexible],
    pub council: bool,
    pub opens: OffsetDateTime,
    pub closes_on: Date,
}

const JOB: Job = Job {
    title: "",
    text: "",
    place: "Town Hall, HX1",
    grade: "Band 3",
    pay: (24_937, 26_598),
    contract: ContractKind::Permanent,
    patterns: &[Pattern::FullTime],
    flexible: &[],
    council: false,
    opens: datetime!(2026-01-10 09:00 UTC),
    closes_on: date!(2026 - 03 - 01),
};

/// Every job of the town. Titles are unlike each other, so that a search names what it found.
pub fn town() -> Vec<Job> {
    use ContractKind::{Apprenticeship, Bank, FixedTerm, Secondment, Temporary};
    use Flexible::{CompressedHours, Home, Hybrid, JobShare, TermTime};
    use Pattern::{FullTime, PartTime, Shifts};
    const NURSE: (i64, i64) = (31_049, 37_796);
    let day = |n: u8| datetime!(2026-01-01 09:00 UTC) + time::Duration::days(i64::from(n));
    vec![
        Job {
            title: "Community nurse",
            text: "Visit patients at home. Safeguarding matters here.",
            place: "Millfield, HX7",
            grade: "Band 5",
            pay: NURSE,
            patterns: &[FullTime, PartTime],
            opens: day(1),
            ..JOB
        },
        Job {
            title: "District nursing sister",
            text: "Lead a caseload.",
            place: "Weaver Street, HX2",
            grade: "Band 6",
            pay: (38_682, 46_580),
            opens: day(2),
            ..JOB
        },
        Job {
            title: "Healthcare support worker",
            text: "Help people to wash and dress.",
            place: "Ward 4, LS9 7TF",
            grade: "Band 2",
            pay: (24_465, 24_465),
            patterns: &[PartTime, Shifts],
            opens: day(3),
            ..JOB
        },
        Job {
            title: "Night porter",
            text: "Move patients and equipment.",
            place: "Beckett Street, LS9",
            grade: "Band 2",
            pay: (24_465, 24_465),
            contract: FixedTerm,
            patterns: &[FullTime, Shifts],
            opens: day(4),
            closes_on: date!(2026 - 01 - 18),
            ..JOB
        },
        Job {
            title: "Medical secretary",
            text: "Type letters for consultants.",
            place: "Canal Works, HX1",
            grade: "Band 4",
            pay: (27_485, 30_162),
            flexible: &[Hybrid],
            opens: day(5),
            ..JOB
        },
        Job {
            title: "Occupational therapist",
            text: "Help people to live as they like.",
            place: "Rehab Centre, BD1",
            grade: "Band 6",
            pay: (38_682, 46_580),
            flexible: &[JobShare, CompressedHours],
            opens: day(6),
            ..JOB
        },
        Job {
            title: "Physiotherapist",
            text: "Muscles and joints.",
            place: "Rehab Centre, BD1",
            grade: "Band 6",
            pay: (38_682, 46_580),
            patterns: &[PartTime],
            opens: day(7),
            ..JOB
        },
        Job {
            title: "Data analyst",
            text: "Turn data into answers, in SQL.",
            place: "All over the country",
            grade: "Band 7",
            pay: (47_810, 54_710),
            flexible: &[Home],
            opens: day(8),
            ..JOB
        },
        Job {
            title: "Bank receptionist",
            text: "Welcome people.",
            place: "Millfield, HX7",
            grade: "Band 2",
            pay: (24_465, 24_465),
            contract: Bank,
            patterns: &[PartTime],
            opens: day(9),
            ..JOB
        },
        Job {
            title: "Planning officer",
            text: "Decide on applications to build.",
            place: "Guildhall, ME13",
            grade: "Grade 8",
            pay: (35_412, 38_626),
            council: true,
            flexible: &[Hybrid, JobShare],
            opens: day(10),
            ..JOB
        },
        Job {
            title: "Library assistant",
            text: "Lend books and read to children.",
            place: "Guildhall Library, ME13",
            grade: "Grade 3",
            pay: (24_796, 25_185),
            council: true,
            patterns: &[PartTime],
            opens: day(11),
            ..JOB
        },
        Job {
            title: "Teaching assistant",
            text: "Help pupils to learn.",
            place: "High Street School, ME10",
            grade: "Grade 3",
            pay: (24_796, 25_185),
            council: true,
            patterns: &[PartTime],
            flexible: &[TermTime],
            opens: day(12),
            ..JOB
        },
        Job {
            title: "Social worker, children",
            text: "Keep children safe. Safeguarding is all of it.",
            place: "Civic Centre, CT1",
            grade: "Grade 9",
            pay: (39_513, 43_693),
            council: true,
            flexible: &[Hybrid],
            opens: day(13),
            ..JOB
        },
        Job {
            title: "Refuse loader",
            text: "Empty bins before breakfast.",
            place: "Depot, ME13",
            grade: "Grade 2",
            pay: (24_413, 24_413),
            council: true,
            contract: Temporary,
            opens: day(14) - time::Duration::hours(20),
            ..JOB
        },
        Job {
            title: "Apprentice gardener",
            text: "Grow and mow.",
            place: "Parks Yard, York",
            grade: "Grade 1",
            pay: (14_500, 16_000),
            council: true,
            contract: Apprenticeship,
            opens: day(12),
            ..JOB
        },
        Job {
            title: "Head of finance",
            text: "Lead the accounts.",
            place: "Guildhall, ME13",
            grade: "Grade 14",
            pay: (68_000, 75_000),
            council: true,
            contract: Secondment,
            flexible: &[CompressedHours],
            opens: day(13),
            ..JOB
        },
        // Closes at midnight of the day on which clocks go forward.
        Job {
            title: "Summer lifeguard",
            text: "Watch the pool.",
            place: "Lido, YO11",
            grade: "Grade 2",
            pay: (24_413, 24_413),
            council: true,
            contract: Temporary,
            closes_on: date!(2026 - 03 - 29),
            opens: day(5),
            ..JOB
        },
    ]
}

/// A site with these jobs, all of them published. They are put there at once: each has a version of its employer's.
pub async fn site_with(jobs: &[Job]) -> (Site, World) {
    let site = Site::new().await;
    let world = site.world().await;
    for (employer, council) in [(&world.trust, false), (&world.council, true)] {
        site.db_grades(employer).await;
        let version = site.db_issued(employer, &employer.first, "Any", "Band 3").await;
        let advert = site.db_published(employer, &employer.first, &version, |_| {}).await;
        for (number, job) in jobs.iter().enumerate().filter(|(_, job)| job.council == council) {
            db_job(&site, advert.0, number, job).await;
        }
        sqlx::query("delete from advert_place where advert_id = $1").bind(advert.0).execute(&site.db).await.unwrap();
        sqlx::query("update advert set state = 'withdrawn', withdrawn_by = published_by, withdrawn_at = opens_at, withdrawn_reason = 'x' where id = $1")
            .bind(advert.0)
            .execute(&site.db)
            .await
            .unwrap();
    }
    (site, world)
}

async fn db_job(site: &Site, like: i64, number: usize, job: &Job) {
    let words = |list: Vec<&'static str>| list;
    let id: i64 = sqlx::query_scalar(
        "insert into advert (employer_id, number, version_id, state, title, grade_from, headline, short_text, salary_text,
            salary_min_pence, salary_max_pence, contract_kind, patterns, flexible, locations, closes_on, opens_at, closes_at,
            public_at, changed_at, written_by, created_at, confirmed_by, confirmed_at, published_by, published_at)
        select employer_id, 100 + $2, version_id, 'published', $3, $4, '', $5, '', $6, $7, $8, $9, $10, $11, $12, $13, $14,
            $13, $13, written_by, $13, confirmed_by, $13, published_by, $13 from advert where id = $1 returning id",
    )
    .bind(like)
    .bind(number as i32)
    .bind(job.title)
    .bind(job.grade)
    .bind(job.text)
    .bind(job.pay.0 * 100)
    .bind(job.pay.1 * 100)
    .bind(job.contract.word())
    .bind(words(job.patterns.iter().map(|one| one.word()).collect()))
    .bind(words(job.flexible.iter().map(|one| one.word()).collect()))
    .bind(job.place)
    .bind(job.closes_on)
    .bind(job.opens)
    .bind(rolebook::clock::end_of_day(job.closes_on))
    .fetch_one(&site.db)
    .await
    .unwrap();
    for place in rolebook::reference::places::of_lines(job.place) {
        sqlx::query("insert into advert_place select employer_id, id, $2, $3, $4 from advert where id = $1")
            .bind(id)
            .bind(&place.name)
            .bind(place.latitude)
            .bind(place.longitude)
            .execute(&site.db)
            .await
            .unwrap();
    }
    sqlx::query(
        "insert into advert_word select distinct w, (ts_lexize('english_stem', w))[1], now()
        from regexp_split_to_table(lower($1), '[^[:alpha:]]+') w where length(w) > 2 and ts_lexize('english_stem', w) <> '{}'
        on conflict do nothing",
    )
    .bind(format!("{} {} {}", job.title, job.text, job.place))
    .execute(&site.db)
    .await
    .unwrap();
}
