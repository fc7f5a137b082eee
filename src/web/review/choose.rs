//! Choosing what to compare a version with: another version of its profile, or one of another profile.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use serde::Deserialize;

use crate::db::{ProfileFilter, ProfileRow, VersionRow};
use crate::domain::text::{count, one_line, profile_reference};
use crate::error::AppError;
use crate::web::author::life_line::when;
use crate::web::author::profile;
use crate::web::author::version::At;
use crate::web::form::Form;
use crate::web::gate::{As, StaffOnly};
use crate::web::page::{Frame, page};
use crate::web::paths::{self, OtherSide, Show};

/// Profiles that one search lists; more than that is found by better words.
const MOST_FOUND: i64 = 20;

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    words: String,
}

struct Choice {
    href: String,
    title: String,
    facts: String,
    state: &'static str,
}

#[derive(Template)]
#[template(path = "review/choose.html")]
struct ChoosePage {
    frame: Frame,
    form: Form,
    name: String,
    versions: Vec<Choice>,
    /// None before anybody searched.
    found: Option<Vec<Choice>>,
    sentence: String,
}

pub async fn choose(
    me: As<StaffOnly>,
    Path((_, reference, number)): At,
    Query(asked): Query<Asked>,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let (head, _, versions) = profile::load(&mut tx, &me.scope(), &reference).await?;
    let number: i32 = number.parse().map_err(|_| AppError::NotFound)?;
    let version = versions.iter().find(|version| version.number == number).ok_or(AppError::NotFound)?;
    let at = me.paths().profile(head.number);
    let words: String = one_line(&asked.words).chars().take(200).collect();
    let (found, sentence) = match words.is_empty() {
        true => (None, String::new()),
        false => {
            let filter = ProfileFilter { words: Some(words.clone()), retired: true, ..ProfileFilter::default() };
            let (mut rows, total) = tx.find_profiles(&me.scope(), &filter, MOST_FOUND).await?;
            rows.truncate(MOST_FOUND as usize);
            rows.retain(|row| row.number != head.number);
            let sentence = found_in_words(rows.len(), total);
            (Some(rows.iter().map(|row| of_another(row, at.version(number))).collect()), sentence)
        }
    };
    let title = if version.title.is_empty() { "Untitled job" } else { &version.title };
    let frame = me
        .frame(format!("Compare: {title}"))
        .crumb("Profiles", me.paths().profiles())
        .crumb(head.reference(), at.page())
        .crumb(format!("Version {number}"), at.version(number).page());
    page(&ChoosePage {
        frame,
        form: Form::filled([("words", words)]),
        name: format!("{title}, {} version {number}", head.reference()),
        versions: versions.iter().filter(|one| one.number != number).map(|one| of_this(one, number, at)).collect(),
        found,
        sentence,
    })
}

fn found_in_words(shown: usize, total: i64) -> String {
    match (shown, total > MOST_FOUND) {
        (0, _) => "No other profile has these words.".to_owned(),
        (_, true) => format!("The first {shown} of {total} profiles: more words find fewer."),
        (_, false) => format!("{}.", count(shown, "profile", "profiles")),
    }
}

/// The later one is what the earlier one became, whichever page one comes from.
fn of_this(version: &VersionRow, number: i32, at: paths::Profile<'_>) -> Choice {
    let (new, old) = (version.number.max(number), version.number.min(number));
    let happened = match version.issued_at {
        Some(issued) => format!("issued {}", when(issued)),
        None => format!("started {} by {}", when(version.created_at), version.creator),
    };
    Choice {
        href: at.version(new).compare(OtherSide::version(old), Show::default()),
        title: format!("Version {}", version.number),
        facts: happened,
        state: version.state.label(),
    }
}

fn of_another(row: &ProfileRow, version: paths::Version<'_>) -> Choice {
    let number = row.issued_number.unwrap_or(row.version_number);
    let reference = profile_reference(row.number);
    let state = match (row.retired, row.issued_number) {
        (true, _) => "Archived",
        (false, Some(_)) => "Issued",
        (false, None) => row.state.label(),
    };
    let facts = [format!("{reference} version {number}"), row.unit.clone(), row.grade.clone()];
    Choice {
        href: version.compare(OtherSide { profile: Some(row.number), version: Some(number) }, Show::default()),
        title: if row.title.is_empty() { "Untitled job".to_owned() } else { row.title.clone() },
        facts: facts.into_iter().filter(|fact| !fact.is_empty()).collect::<Vec<_>>().join(" · "),
        state,
    }
}
