//! One template: the version in use, what it says of each section, and every version with who made it and why.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;

use super::{AtTemplate, cycle, find, granted};
use crate::clock::london_date;
use crate::db::TemplateEdition;
use crate::domain::content::SectionKind;
use crate::domain::template::{Need, TemplateSection};
use crate::domain::text::long_date;
use crate::error::AppError;
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

#[derive(Template)]
#[template(path = "author/templates/read.html")]
struct ReadPage {
    frame: Frame,
    name: String,
    facts: Vec<(&'static str, String)>,
    sections: Vec<Told>,
    editions: Vec<Edition>,
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
    shown(&ReadPage {
        frame: me
            .frame(found.head.name.clone())
            .crumb("Profiles", me.paths().profiles())
            .crumb("Templates", me.paths().templates()),
        facts: vec![
            ("In use", found.binding().map_or_else(|| "Not yet".to_owned(), in_use)),
            ("Shape of its documents", told.layout.style.label().to_owned()),
            ("Review", cycle(&told.layout)),
        ],
        sections: told.layout.sections.iter().map(tell).collect(),
        editions: found.editions.iter().map(edition).collect(),
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

fn edition(edition: &TemplateEdition) -> Edition {
    let day = |at| long_date(london_date(at));
    let people = match (edition.bound_at, edition.maker.is_empty()) {
        (Some(_), true) => "Came with Rolebook".to_owned(),
        (Some(at), false) => {
            format!("Written by {}, brought into use by {} on {}", edition.maker, edition.binder, day(at))
        }
        (None, _) => format!("Being written by {} since {}", edition.maker, day(edition.made_at)),
    };
    Edition { name: format!("Version {}", edition.number), people, note: edition.note.clone() }
}
