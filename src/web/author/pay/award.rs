//! One award: what it changes, looked at before it is applied; how far it is, afterwards.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;

use super::grades::range;
use super::{effects, granted, load, of_scheme};
use crate::clock::{london_date, london_time};
use crate::db::{PayAward, PayTarget, Tx};
use crate::domain::pay::{Award, Change, Day, Effect, Grade, changes};
use crate::domain::text::{count, long_date, profile_reference};
use crate::error::AppError;
use crate::web::gate::{As, Keepers};
use crate::web::page::{Frame, page_with};

/// Drafts and adverts that the page lists; the file has all.
const LISTED: usize = 50;

/// A grade before and after.
struct Changed {
    grade: String,
    from: String,
    before: String,
    after: String,
    change: String,
    odd: String,
}

/// A draft or an advert before and after.
struct Affected {
    href: String,
    what: String,
    before: String,
    after: String,
}

/// How far the job is.
struct Progress {
    all: i64,
    done: i64,
    sentence: String,
    is_over: bool,
}

#[derive(Template)]
#[template(path = "author/pay/award.html")]
struct AwardPage {
    frame: Frame,
    title: String,
    came: String,
    from: String,
    here: String,
    changes: Vec<Changed>,
    /// Grades of the scheme that the file says nothing of.
    untouched: String,
    /// A warning where some are unlike the others.
    odd: String,
    problems: Vec<String>,
    reach: String,
    affected: Vec<Affected>,
    more: usize,
    apply: String,
    file: String,
    progress: Option<Progress>,
    may_apply: bool,
    starts_later: bool,
}

pub async fn page(me: As<Keepers>, Path((_, award)): Path<(String, String)>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let award = load(&me, &mut tx, &award).await?;
    show(&me, &mut tx, &award).await
}

pub async fn show(me: &As<Keepers>, tx: &mut Tx, award: &PayAward) -> Result<Response, AppError> {
    let grades = of_scheme(tx.grades(award.employer).await?, &award.pay_scheme);
    let known = match &award.applied {
        Some((_, _, at)) => crate::domain::pay::known_before(&grades, *at),
        None => grades,
    };
    let (figures, problems) = match Award::of(&award.lines, &known) {
        Ok(figures) => (figures, Vec::new()),
        Err(problems) => (Award::default(), problems),
    };
    let day = Day::of(me.today().max(award.effective_from));
    let reached = match award.applied.is_none() && problems.is_empty() {
        true => effects(tx, award, (&known, &figures), (day, me.now)).await?,
        false => Vec::new(),
    };
    let changes: Vec<Changed> = changes(&known, &figures).into_iter().map(changed).collect();
    let title = format!("{} from {}", award.pay_scheme, long_date(award.effective_from));
    let status = if problems.is_empty() { axum::http::StatusCode::OK } else { axum::http::StatusCode::CONFLICT };
    page_with(
        status,
        &AwardPage {
            frame: me.frame(&title).crumb("Profiles", me.paths().profiles()).crumb("Pay", me.paths().pay()),
            came: format!(
                "{}, uploaded by {} on {}, {}",
                award.file_name,
                award.uploader,
                long_date(london_date(award.created_at)),
                london_time(award.created_at)
            ),
            from: long_date(award.effective_from),
            here: me.paths().pay_award(award.id),
            untouched: untouched(&known, &figures),
            odd: odd(&changes),
            changes,
            reach: reach(&reached),
            more: reached.len().saturating_sub(LISTED),
            affected: reached.iter().take(LISTED).map(|(target, effect)| affected(me, target, effect)).collect(),
            apply: me.paths().pay_award_act(award.id, "apply"),
            file: me.paths().pay_award_act(award.id, "effects.csv"),
            progress: award.applied.is_some().then(|| progress(award, me.today())),
            may_apply: award.applied.is_none() && problems.is_empty() && granted(me).is_ok(),
            starts_later: award.effective_from > me.today(),
            problems,
            title,
        },
    )
}

fn changed(change: Change) -> Changed {
    Changed {
        change: change.in_words(),
        grade: change.grade,
        from: long_date(change.from),
        before: change.before.map_or_else(|| "nothing yet".to_owned(), |(low, high)| range(low, high)),
        after: range(change.after.0, change.after.1),
        odd: change.odd,
    }
}

fn odd(changes: &[Changed]) -> String {
    match changes.iter().filter(|change| !change.odd.is_empty()).count() {
        0 => String::new(),
        1 => "1 change looks unlike the others. Look at it before you apply the award.".to_owned(),
        many => format!("{many} changes look unlike the others. Look at them before you apply the award."),
    }
}

fn untouched(grades: &[Grade], award: &Award) -> String {
    if award.amounts.is_empty() {
        return String::new();
    }
    let left = grades.iter().filter(|grade| award.amounts.iter().all(|amount| amount.grade != grade.id));
    left.map(|grade| grade.name.as_str()).collect::<Vec<_>>().join(", ")
}

fn reach(reached: &[(PayTarget, Effect)]) -> String {
    let adverts = reached.iter().filter(|(target, _)| target.advert.is_some()).count();
    let drafts = reached.len() - adverts;
    format!("{} and {}", count(drafts, "draft", "drafts"), count(adverts, "open advert", "open adverts"))
}

fn affected(me: &As<Keepers>, target: &PayTarget, effect: &Effect) -> Affected {
    let version = me.paths().profile(target.profile_number).version(target.version_number);
    Affected {
        href: target.advert.map_or_else(|| version.page(), |advert| me.paths().advert(advert)),
        what: what(target),
        before: if effect.before.is_empty() { "no salary".to_owned() } else { effect.before.clone() },
        after: effect.after.clone(),
    }
}

/// `Advert of JP-0042: Staff nurse`
pub fn what(target: &PayTarget) -> String {
    let kind = if target.advert.is_some() { "Advert" } else { "Draft" };
    let title = if target.title.is_empty() { "Untitled job" } else { &target.title };
    format!("{kind} of {}: {title}", profile_reference(target.profile_number))
}

fn progress(award: &PayAward, today: time::Date) -> Progress {
    let all = award.reaches.map(i64::from);
    let left = match award.left {
        0 => String::new(),
        left => format!(
            " {} left as they were, because they closed or somebody changed their pay first.",
            count(left as usize, "advert was", "adverts were")
        ),
    };
    let sentence = match (award.finished_at, all) {
        (Some(_), all) => {
            format!("Done: {} follow it.{left}", count((all.unwrap_or(0) - award.left) as usize, "salary", "salaries"))
        }
        (None, _) if award.effective_from > today => {
            format!("Applied. Drafts and open adverts follow it on {}.", long_date(award.effective_from))
        }
        (None, None) => "It begins in a moment. You can leave this page and come back.".to_owned(),
        (None, Some(all)) => format!("{} of {all} are done. You can leave this page and come back.", award.done),
    };
    let is_over = award.finished_at.is_some() || award.effective_from > today;
    Progress { all: all.unwrap_or(1).max(1), done: award.done, sentence, is_over }
}
