//! One template: the version in use, what it says of each section, and every version with who made it and why.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;

use super::{AtTemplate, cycle, find, granted};
use crate::clock::london_date;
use crate::db::{Moving, TemplateEdition, TemplateSource};
use crate::domain::content::SectionKind;
use crate::domain::sharing::Shareable;
use crate::domain::template::{Need, TemplateSection};
use crate::domain::text::long_date;
use crate::error::AppError;
use crate::policy::Role;
use crate::web::gate::{As, StaffOnly};
use crate::web::page::{Frame, page as shown};

/// A section as the page tells it.
pub struct Told {
    pub heading: String,
    pub kind: &'static str,
    pub need: &'static str,
    pub facts: Vec<String>,
    pub guidance: String,
    pub source: String,
    pub fixed: String,
}

struct Edition {
    name: String,
    people: String,
    note: String,
}

/// How far its drafts are on their way to the version in use.
struct Progress {
    all: i64,
    done: i64,
    sentence: String,
    is_over: bool,
}

#[derive(Template)]
#[template(path = "author/templates/read.html")]
struct ReadPage {
    frame: Frame,
    name: String,
    facts: Vec<(&'static str, String)>,
    sections: Vec<Told>,
    editions: Vec<Edition>,
    /// A later version where it came from: the employer, and its number there.
    newer: Option<(String, i32)>,
    moving: Option<Progress>,
    /// Where an administrator shares it; empty for others.
    share: String,
    is_open: bool,
    is_bound: bool,
    is_default: bool,
    retired: bool,
    may_change: bool,
    at: String,
    edit: String,
}

pub async fn page(me: As<StaffOnly>, Path((_, template)): AtTemplate) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let found = find(&mut tx, &me, &template).await?;
    let told = found.binding().or(found.open());
    let Some(told) = told else { return Err(AppError::NotFound) };
    let moving = tx.moving(&me.scope(), found.head.id).await?;
    let mut facts = vec![
        ("In use", found.binding().map_or_else(|| "Not yet".to_owned(), in_use)),
        ("Shape of its documents", told.layout.style.label().to_owned()),
        ("Review", cycle(&told.layout)),
    ];
    facts.extend(found.source.as_ref().map(|source| ("Comes from", comes_from(source))));
    shown(&ReadPage {
        frame: me
            .frame(found.head.name.clone())
            .crumb("Profiles", me.paths().profiles())
            .crumb("Templates", me.paths().templates()),
        facts,
        sections: told.layout.sections.iter().map(tell).collect(),
        editions: found.editions.iter().map(|one| edition(one, found.source.as_ref())).collect(),
        newer: found.source.as_ref().and_then(|source| Some((source.giver.clone(), source.newer?))),
        moving: moving.filter(|moving| found.binding().is_some_and(|one| one.number == moving.edition)).map(progress),
        share: match me.staff().has(Role::Admin) && found.binding().is_some() {
            true => me.paths().share(Shareable::Template, found.head.id.0),
            false => String::new(),
        },
        is_open: found.open().is_some(),
        is_bound: found.binding().is_some(),
        is_default: found.head.is_default,
        retired: found.head.retired,
        may_change: granted(&me, "").is_ok(),
        at: me.paths().template(found.head.id),
        edit: me.paths().template_act(found.head.id, "edit"),
        name: found.head.name,
    })
}

fn in_use(edition: &TemplateEdition) -> String {
    let since = edition.bound_at.map(|at| long_date(london_date(at))).unwrap_or_default();
    format!("Version {} since {since}", edition.number)
}

pub fn tell(section: &TemplateSection) -> Told {
    let mut facts = vec![match section.applicants {
        true => "Applicants read it".to_owned(),
        false => "For staff alone".to_owned(),
    }];
    if section.kind == SectionKind::Duties {
        facts.push(section.numbering.label().to_owned());
    }
    facts.extend(section.checks.iter().map(|check| format!("Checked: {}", check.label())));
    facts.extend(section.told.iter().map(|check| format!("Pointed out: {}", check.label())));
    Told {
        heading: section.heading.clone(),
        kind: section.kind.label(),
        need: match section.need {
            Need::Required => "Required",
            Need::Optional => "Optional",
            Need::Locked => "Fixed text",
        },
        facts,
        guidance: section.guidance.clone(),
        source: section.source.clone(),
        fixed: section.fixed.clone(),
    }
}

fn comes_from(source: &TemplateSource) -> String {
    match source.until {
        None => format!("{}, and is yours to change. Each later version there is offered to you", source.giver),
        Some(at) => format!(
            "{}, who stopped sharing it on {}: it stays as it stands, and nothing new comes",
            source.giver,
            long_date(london_date(at))
        ),
    }
}

fn progress(moving: Moving) -> Progress {
    let (all, done, left) = (moving.all, moving.all - moving.waiting(), moving.left);
    let stayed = match left {
        0 => String::new(),
        1 => " One was sent for review, discarded or moved first, and was left as it is.".to_owned(),
        left => format!(" {left} were sent for review, discarded or moved first, and were left as they are."),
    };
    let sentence = match done == all {
        true => format!("Every draft on this template had its turn: {} of {all} were moved.{stayed}", moving.moved),
        false => {
            format!("{done} of {all} drafts had their turn. You can leave this page and come back.")
        }
    };
    Progress { all, done, sentence, is_over: done == all }
}

fn edition(edition: &TemplateEdition, source: Option<&TemplateSource>) -> Edition {
    let day = |at| long_date(london_date(at));
    let people = match (edition.bound_at, edition.maker.is_empty()) {
        (Some(_), true) => "Came with Rolebook".to_owned(),
        (Some(at), false) => {
            format!("Written by {}, brought into use by {} on {}", edition.maker, edition.binder, day(at))
        }
        (None, _) => format!("Being written by {} since {}", edition.maker, day(edition.made_at)),
    };
    let people = match source.zip(edition.source) {
        Some((source, number)) => format!("{people}. It began as version {number} of {}", source.giver),
        None => people,
    };
    Edition { name: format!("Version {}", edition.number), people, note: edition.note.clone() }
}
