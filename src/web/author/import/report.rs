//! The report: what was read of a document, what is not certain, what found no place, and what to make of it.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;

use super::choices::place_field;
use super::from_word::FromWord;
use super::lines::{Line, Part, paragraphs, parts};
use super::{AtDocument, load};
use crate::clock::{london_date, london_time};
use crate::db::{Document, StaffVisit, TargetProfile, Targets, TemplateChoice, Tx, Unit};
use crate::documents::choices::{places, remedy};
use crate::documents::extract::result::{Extract, Finding, Label, Reason, Unplaced};
use crate::documents::summary::Summary;
use crate::documents::to_content::{Made, to_content};
use crate::domain::text::{count, long_date, parse_profile_reference, profile_reference};
use crate::error::AppError;
use crate::policy::{Role, Staff};
use crate::web::author::profiles::unit_choices;
use crate::web::author::templates::template_choices;
use crate::web::form::{Choice, Form};
use crate::web::gate::{As, Gate, StaffOnly};
use crate::web::page::{Frame, page_with};
use crate::web::paths;

#[derive(Template)]
#[template(path = "author/import/report.html")]
struct ReportPage<'a> {
    frame: Frame,
    form: Form,
    document: &'a Document,
    uploaded: String,
    size: String,
    original: String,
    beside: String,
    /// Layout, title, grade, and how much was read.
    facts: Vec<(&'static str, String)>,
    counts: Vec<(usize, &'static str)>,
    unsure: Vec<Line>,
    unplaced: Vec<Loose>,
    /// Running heads, feet and page numbers.
    furniture: Vec<&'a str>,
    /// Where a line without a place can go.
    places: Vec<Choice>,
    choose: String,
    findings: &'a [Finding],
    grade: Option<String>,
    parts: Vec<Part>,
    labels: &'a [Label],
    from_word: FromWord,
    /// Name and address of the version that was made of it.
    became: Option<(String, String)>,
    before: Option<(String, String)>,
    /// An author can make something of it.
    can_make: bool,
    profile_from: String,
    units: Vec<Choice>,
    profiles: Vec<Choice>,
    /// What a new profile can be made on; empty where there is no template.
    templates: Vec<Choice>,
}

pub async fn read(me: As<StaffOnly>, Path((_, document)): AtDocument) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let document = load(&mut tx, &me.scope(), &document).await?;
    show(&me, &mut tx, &document, None).await
}

/// The report, with the form as it was sent and what is wrong with it, or else filled with what fits the document.
pub async fn show<G: Gate<Who = StaffVisit>>(
    me: &As<G>,
    tx: &mut Tx,
    document: &Document,
    sent: Option<Form>,
) -> Result<Response, AppError> {
    let extract = &document.extract;
    let made = to_content(&document.chosen(), &document.grades, None);
    let can_make = document.became.is_none() && me.staff().has(Role::Author);
    let targets = if can_make { tx.targets(&me.scope()).await? } else { Targets::default() };
    let templates = if can_make { tx.template_choices(document.employer).await? } else { Vec::new() };
    let status = if sent.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let parts = parts(&made, &document.grades);
    let unsure = unsure(&parts, extract);
    let read = parts.iter().map(|part| part.lines.len()).sum::<usize>();
    page_with(
        status,
        &ReportPage {
            frame: me.frame(format!("What was read from {}", document.file_name)).crumb("Import", me.paths().import()),
            form: sent.unwrap_or_else(|| fitting(extract, &targets, &templates)),
            uploaded: uploaded(document),
            size: size(document.size),
            original: me.paths().original(document.id),
            beside: me.paths().beside_original(document.id),
            facts: Summary::of(extract).rows(),
            counts: counts(read, unsure.len(), document),
            unsure,
            unplaced: loose(document),
            furniture: furniture(extract),
            places: places(extract).into_iter().map(|(place, text)| Choice::new(place.key(), text)).collect(),
            choose: me.paths().choose_in_document(document.id),
            findings: &extract.findings,
            grade: grade(&made),
            parts,
            labels: &extract.labels,
            from_word: FromWord::of(&document.carried(&made, None), &made),
            became: document.became.as_ref().map(|became| (became.name(), version(me.paths(), became))),
            before: before(me.paths(), document),
            can_make,
            profile_from: me.paths().profile_from(document.id),
            units: units(me.staff(), &targets),
            profiles: profiles(me.staff(), &targets),
            templates: template_choices(&templates),
            document,
        },
    )
}

/// The lines that a person has to confirm, each with the reason.
fn unsure(parts: &[Part], extract: &Extract) -> Vec<Line> {
    let lines = parts.iter().flat_map(|part| part.lines.iter().map(move |line| (part, line)));
    let unsure = lines.filter(|(_, line)| !line.is_sure);
    unsure.map(|(part, line)| Line { why: why(part, line, extract), ..line.clone() }).collect()
}

fn counts(read: usize, unsure: usize, document: &Document) -> Vec<(usize, &'static str)> {
    let extract = &document.extract;
    let unplaced = loose(document).iter().filter(|line| line.place.is_empty()).count();
    vec![
        (read, "recognised"),
        (unsure, "uncertain"),
        (unplaced, "not placed"),
        (extract.findings.len(), if extract.findings.len() == 1 { "looks wrong" } else { "look wrong" }),
    ]
}

/// The units that the person is an author for.
fn units(staff: &Staff, targets: &Targets) -> Vec<Choice> {
    let mine: Vec<Unit> =
        targets.units.iter().filter(|unit| staff.has_for(Role::Author, Some(unit.id))).cloned().collect();
    unit_choices(&mine, "Choose a unit")
}

/// The profiles whose next version the person may begin.
fn profiles(staff: &Staff, targets: &Targets) -> Vec<Choice> {
    let mine = targets.profiles.iter().filter(|profile| staff.has_for(Role::Author, Some(profile.unit)));
    let choice = |profile: &TargetProfile| {
        let reference = profile_reference(profile.number);
        Choice::new(&reference, format!("{reference} {}", profile.title))
    };
    std::iter::once(Choice::new("", "Choose a job profile")).chain(mine.map(choice)).collect()
}

/// The unit and the profile that the document itself names are chosen beforehand.
fn fitting(extract: &Extract, targets: &Targets, templates: &[TemplateChoice]) -> Form {
    let details = &extract.details;
    let mut form = Form::empty();
    let names: Vec<String> = [&details.service, &details.directorate]
        .into_iter()
        .filter_map(|name| name.as_ref().map(|name| name.to_lowercase()))
        .collect();
    let named = names.iter().find_map(|name| targets.units.iter().find(|unit| unit.name.to_lowercase() == *name));
    if let Some(unit) = named {
        form.set("unit", unit.id.to_string());
    }
    if let Some(usual) = templates.iter().find(|choice| choice.is_default) {
        form.set("template", usual.id.to_string());
    }
    let reference = details.reference.as_deref().and_then(parse_profile_reference);
    let title = details.title.as_deref().unwrap_or_default().to_lowercase();
    let same = |number: i32, of: &str| Some(number) == reference || of.to_lowercase() == title;
    if let Some(profile) = targets.profiles.iter().find(|profile| same(profile.number, &profile.title)) {
        form.set("profile", profile_reference(profile.number));
    }
    form
}

/// Why a line is not certain: by what was found about its words, or about the section that it stands in.
fn why(part: &Part, line: &Line, extract: &Extract) -> String {
    let text = line.from.join("\n");
    let about = |finding: &&Finding| {
        let found = finding.text.trim();
        !found.is_empty() && (text.contains(found) || part.heading.eq_ignore_ascii_case(found))
    };
    match extract.findings.iter().find(about) {
        Some(finding) => finding.why.clone(),
        None => "It was read with a guess: look at it and confirm it in the draft".to_owned(),
    }
}

/// A line that found no place, with the one that was chosen for it.
struct Loose {
    field: String,
    from: Vec<String>,
    why: &'static str,
    place: String,
    /// The first words, for ears.
    opening: String,
}

/// The lines without a place, those that belong in a draft first; furniture of pages is apart.
fn loose(document: &Document) -> Vec<Loose> {
    let mut lines: Vec<(Reason, Loose)> = Vec::new();
    for (at, unplaced) in document.extract.unplaced.iter().enumerate() {
        let why = match unplaced.reason {
            Reason::Uncertain => "No place was certain enough",
            Reason::Repeat => "Printed twice: it was placed where it first stands",
            Reason::Debris => "Left behind by a word processor",
            Reason::PageFurniture => continue,
        };
        if !has_letters(&unplaced.text) {
            continue;
        }
        let place = document.choices.places.get(&at).map(|place| place.key()).unwrap_or_default();
        let opening = unplaced.text.split_whitespace().take(8).collect::<Vec<_>>().join(" ");
        let from = paragraphs(&unplaced.text);
        lines.push((unplaced.reason, Loose { field: place_field(at), from, why, place, opening }));
    }
    lines.sort_by_key(|(reason, _)| *reason != Reason::Uncertain);
    lines.into_iter().map(|(_, line)| line).collect()
}

fn has_letters(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
}

fn furniture(extract: &Extract) -> Vec<&str> {
    let apart = |rest: &&Unplaced| rest.reason == Reason::PageFurniture || !has_letters(&rest.text);
    let furniture = extract.unplaced.iter().filter(apart);
    furniture.map(|rest| rest.text.as_str()).collect()
}

impl ReportPage<'_> {
    fn has_choices(&self) -> bool {
        !self.unplaced.is_empty() || self.has_corrections()
    }

    fn has_corrections(&self) -> bool {
        self.findings.iter().any(|finding| remedy(finding).is_some())
    }
}

/// What to say about a grade whose wording is kept.
fn grade(made: &Made) -> Option<String> {
    let wording = made.grade_in_words.as_ref()?;
    Some(match made.details.grade_from {
        Some(_) => {
            format!("The document says more about the grade than its name: “{wording}” stays as a further detail.")
        }
        None => format!(
            "“{wording}” is none of your grades by name. It stays as a further detail: choose the grade in the draft."
        ),
    })
}

fn uploaded(document: &Document) -> String {
    let at = document.uploaded_at;
    format!("{} by {}, {}", long_date(london_date(at)), document.uploader, london_time(at))
}

fn size(bytes: i64) -> String {
    match bytes {
        ..1024 => count(bytes.max(0) as usize, "byte", "bytes"),
        1024..1_048_576 => format!("{} KB", bytes / 1024),
        _ => format!("{:.1} MB", bytes as f64 / 1_048_576.0),
    }
}

pub fn version(paths: paths::Employer<'_>, became: &crate::db::Became) -> String {
    paths.profile(became.profile).version(became.version).page()
}

fn before(paths: paths::Employer<'_>, document: &Document) -> Option<(String, String)> {
    let (id, became) = document.before.as_ref()?;
    let said = match became {
        Some(became) => format!("The same file was uploaded before, and became {}", became.name()),
        None => "The same file was uploaded before, and no draft was made of it".to_owned(),
    };
    Some((said, paths.document(*id)))
}
