//! The board: everything in review in one's scope, by whose it is, how late and how old; as a page and as a file.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use serde::Deserialize;
use time::{Date, Duration};

use super::pace;
use crate::clock::london_date;
use crate::db::{InReview, TaskKind, Tx};
use crate::domain::ids::MembershipId;
use crate::domain::text::{count, iso_date, long_date, profile_reference};
use crate::domain::worded::worded;
use crate::domain::working_days::{BankHolidays, Due};
use crate::error::AppError;
use crate::policy::{Role, Scope};
use crate::reference::bank_holidays;
use crate::web::gate::{As, StaffOnly};
use crate::web::page::{Frame, page};
use crate::web::paths;
use crate::web::spreadsheet;

/// Reviews on one board: more than any employer has open at once.
const MOST: i64 = 1_000;
/// Decisions that the pace is taken from, and how far back.
const DECISIONS: i64 = 2_000;
const BACK: Duration = Duration::days(365);

worded! {
    Show {
        All = "all", "All";
        Mine = "mine", "Mine";
        Others = "others", "Waiting for others";
        Late = "late", "Overdue";
    }
}

worded! {
    Sort {
        Due = "due", "Due first";
        Age = "age", "Oldest first";
        Title = "title", "Title";
        Person = "person", "Person";
    }
}

/// What the address asks for; what can't be read shows everything.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    show: String,
    #[serde(default)]
    sort: String,
    /// One person's alone.
    #[serde(default)]
    person: String,
}

impl Asked {
    fn show(&self) -> Show {
        Show::parse(&self.show).unwrap_or(Show::All)
    }

    fn sort(&self) -> Sort {
        Sort::parse(&self.sort).unwrap_or(Sort::Due)
    }

    fn person(&self) -> Option<MembershipId> {
        self.person.parse().ok().map(MembershipId)
    }
}

/// One choice among several that are links.
struct Link {
    text: String,
    href: String,
    current: bool,
}

struct Row {
    href: String,
    title: String,
    facts: String,
    who: String,
    since: String,
    due: Due,
    /// Where an administrator gives it to somebody else.
    give: Option<String>,
}

#[derive(Template)]
#[template(path = "review/board.html")]
struct BoardPage {
    frame: Frame,
    sentence: String,
    shows: Vec<Link>,
    sorts: Vec<Link>,
    rows: Vec<Row>,
    /// Whose alone are shown.
    person: Option<String>,
    everybody: String,
    /// How long each group, step and person takes.
    paces: Vec<pace::Table>,
    slowest: String,
    csv: String,
    settings: Option<String>,
    routes: String,
    cut: bool,
}

pub async fn board(me: As<StaffOnly>, Query(asked): Query<Asked>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let all = in_review(&mut tx, &me.scope()).await?;
    let pace = tx.pace(&me.scope(), me.now - BACK, DECISIONS).await?;
    let (holidays, today) = (bank_holidays::of(pace.nation), me.today());
    let mine = me.staff().membership;
    let is_admin = me.staff().has(Role::Admin);
    let paths = me.paths();
    let shown = chosen(&all, &asked, mine, today);
    let link = |text: &str, show, sort, current| Link {
        text: text.to_owned(),
        href: paths.reviews_shown(Some(show), Some(sort), asked.person()),
        current,
    };
    let number = |show: Show| all.iter().filter(|one| fits(one, show, mine, today)).count();
    page(&BoardPage {
        frame: me.frame("Reviews"),
        sentence: sentence(number(Show::All), number(Show::Mine), number(Show::Late)),
        shows: Show::ALL
            .iter()
            .map(|show| {
                let text = format!("{} ({})", show.label(), number(*show));
                link(&text, show.word(), asked.sort().word(), *show == asked.show())
            })
            .collect(),
        sorts: Sort::ALL
            .iter()
            .map(|sort| link(sort.label(), asked.show().word(), sort.word(), *sort == asked.sort()))
            .collect(),
        rows: shown.iter().map(|one| row(one, paths, (mine, is_admin), (today, holidays))).collect(),
        person: asked.person().and_then(|who| pace::name_of(who, &all, &pace)),
        everybody: paths.reviews_shown(Some(asked.show().word()), Some(asked.sort().word()), None),
        paces: pace::tables(&all, &pace, (holidays, today), paths),
        slowest: pace::slowest(&all, &pace, (holidays, today)),
        csv: paths.reviews_file(Some(asked.show().word()), Some(asked.sort().word()), asked.person()),
        routes: paths.routes(),
        settings: is_admin.then(|| paths.review_settings()),
        cut: all.len() as i64 >= MOST,
    })
}

/// Everything in review; a guest has so many working days from the day on which they were asked.
async fn in_review(tx: &mut Tx, scope: &Scope) -> Result<Vec<InReview>, AppError> {
    let mut all = tx.in_review(scope, MOST).await?;
    for one in &mut all {
        let by = |days| bank_holidays::of(one.nation).after(london_date(one.since), days);
        one.due_on = one.due_on.or(one.days.map(by));
    }
    Ok(all)
}

const HEADINGS: [&str; 10] =
    ["Reference", "Version", "Title", "Unit", "What", "Who has it", "In place of", "Sent by", "Since", "Due"];

pub async fn file(me: As<StaffOnly>, Query(asked): Query<Asked>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let all = in_review(&mut tx, &me.scope()).await?;
    let shown = chosen(&all, &asked, me.staff().membership, me.today());
    let record = |one: &InReview| {
        [
            profile_reference(one.profile_number),
            one.version_number.to_string(),
            one.title.clone(),
            one.unit.clone(),
            one.kind.label().to_owned(),
            one.assignee.clone(),
            one.instead_of.clone().unwrap_or_default(),
            one.sender.clone(),
            iso_date(london_date(one.since)),
            one.due_on.map(iso_date).unwrap_or_default(),
        ]
    };
    spreadsheet::download("reviews.csv", HEADINGS, shown.into_iter().map(record))
}

fn fits(one: &InReview, show: Show, mine: MembershipId, today: Date) -> bool {
    match show {
        Show::All => true,
        Show::Mine => one.assigned_to == Some(mine),
        Show::Others => one.assigned_to != Some(mine),
        Show::Late => one.due_on.is_some_and(|due| due < today),
    }
}

/// What the address asks for, in its order.
fn chosen<'a>(all: &'a [InReview], asked: &Asked, mine: MembershipId, today: Date) -> Vec<&'a InReview> {
    let theirs = |one: &&InReview| asked.person().is_none_or(|person| one.assigned_to == Some(person));
    let mut chosen: Vec<&InReview> =
        all.iter().filter(|one| fits(one, asked.show(), mine, today)).filter(theirs).collect();
    match asked.sort() {
        // What has no day comes after what has one.
        Sort::Due => chosen.sort_by_key(|one| (one.due_on.is_none(), one.due_on, one.since)),
        Sort::Age => chosen.sort_by_key(|one| one.since),
        Sort::Title => chosen.sort_by_key(|one| (one.title.to_lowercase(), one.since)),
        Sort::Person => chosen.sort_by_key(|one| (one.assignee.to_lowercase(), one.due_on, one.since)),
    }
    chosen
}

fn sentence(all: usize, mine: usize, late: usize) -> String {
    match all {
        0 => "Nothing is in review.".to_owned(),
        all => format!(
            "{} in review, {mine} of them yours to decide, {late} overdue.",
            count(all, "version is", "versions are")
        ),
    }
}

fn row(
    one: &InReview,
    paths: paths::Employer<'_>,
    (mine, is_admin): (MembershipId, bool),
    (today, holidays): (Date, &BankHolidays),
) -> Row {
    let version = paths.profile(one.profile_number).version(one.version_number);
    let own = one.assigned_to == Some(mine);
    let since = london_date(one.since);
    let age = count(holidays.between(since, today) as usize, "working day", "working days");
    let what = match one.kind {
        TaskKind::Approve | TaskKind::ConfirmAdvert => "",
        TaskKind::Review => " · to be reviewed",
        TaskKind::Evaluate => " · to be evaluated",
        TaskKind::Agree => " · to be agreed",
        TaskKind::Acknowledge => " · to be read",
        TaskKind::ReviewEmergencyIssue => " · to be looked at after an emergency",
    };
    Row {
        href: one.task.filter(|_| own).map_or_else(|| version.page(), |task| paths.task(task)),
        title: if one.title.is_empty() { "Untitled job".to_owned() } else { one.title.clone() },
        facts: format!(
            "{} version {} · {} · sent by {}{what}",
            profile_reference(one.profile_number),
            one.version_number,
            one.unit,
            one.sender
        ),
        who: match (own, &one.instead_of) {
            (true, None) => "You".to_owned(),
            (true, Some(asked)) => format!("You, in place of {asked}"),
            (false, None) => one.assignee.clone(),
            (false, Some(asked)) => format!("{}, in place of {asked}", one.assignee),
        },
        since: format!("{} ({age})", long_date(since)),
        due: Due::on(one.due_on, today, holidays),
        give: one.task.filter(|_| is_admin).map(|task| paths.reassign(task)),
    }
}
