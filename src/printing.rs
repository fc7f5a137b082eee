//! Versions on their way out as files: the same steps for a page and for the command line. What must not be here:
//! queries, forms, and how a file looks.

use std::io::{Cursor, Write};

use time::{Date, OffsetDateTime};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::clock::london_date;
use crate::db::{Brand, InForce, Version};
use crate::documents::render::Audience;
use crate::documents::render::docx::{self, Reviser, docx};
use crate::documents::render::json::{self, VersionFile};
use crate::documents::render::pdf::{Fonts, PdfError, pdf};
use crate::documents::render::sheet::{Against, Edition, Family, LARGE, Look, Sheet, comparison, sheet};
use crate::documents::render::text;
use crate::domain::advert::Acronyms;
use crate::domain::content::Content;
use crate::domain::diff::TooLong;
use crate::domain::given::Given;
use crate::domain::template::Printing;
use crate::domain::version::{State, StateName};
use crate::domain::worded::worded;

worded! {
    /// What a file can be.
    Format {
        Pdf = "pdf", "PDF";
        Word = "docx", "Word";
        Text = "txt", "Plain text";
        Json = "json", "Data (JSON)";
    }
}

/// The most profiles that one zip holds.
pub const MOST_IN_LIBRARY: usize = 500;

/// A file to hand over.
#[derive(Debug)]
pub struct Made {
    pub name: String,
    pub media_type: &'static str,
    pub bytes: Vec<u8>,
}

#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    #[error(transparent)]
    Pdf(#[from] PdfError),
    #[error(transparent)]
    TooLong(#[from] TooLong),
    #[error("the file could not be written: {0}")]
    Written(String),
}

/// A version with what its file shows.
#[derive(Debug, Clone)]
pub struct Issue {
    version: Version,
    content: Content,
    employer: String,
    reference: String,
    look: Look,
    printing: Printing,
}

/// What was asked for.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    pub format: Format,
    /// None: the shape that its template names.
    pub family: Option<Family>,
    pub large: bool,
    pub now: OffsetDateTime,
}

impl Issue {
    pub fn new(version: Version, content: Content, employer: &str) -> Self {
        let (reference, printing) = (version.profile.reference(), version.printing());
        Issue { version, content, employer: employer.to_owned(), reference, look: Look::default(), printing }
    }

    /// The same in the employer's own look.
    pub fn in_look(self, look: Look) -> Self {
        Issue { look, ..self }
    }

    fn edition<'a>(&'a self, salary: &'a str, given: &'a Given, today: Date) -> Edition<'a> {
        let content = (&self.content, &self.printing);
        edition(&self.version, content, (&self.employer, &self.reference), (salary, given), today)
    }

    /// Who made the changes of this version, and when they were complete.
    fn reviser(&self) -> Reviser {
        let history = &self.version.history;
        Reviser { name: history.creator.clone(), at: history.submitted_at.unwrap_or(history.created_at) }
    }
}

/// What an employer chose, as sheets take it.
pub fn look(brand: Brand) -> Look {
    Look::new(brand.accent, brand.logo.map(|logo| (logo.png, logo.alt)))
}

/// What a page of staff shows of a version: the same sheet as its files.
pub fn on_screen(version: &Version, content: &Content, employer: &str, today: Date) -> Sheet {
    let (reference, salary, given) = (version.profile.reference(), salary(version, today), version.given(today));
    let printing = version.printing();
    let edition = edition(version, (content, &printing), (employer, &reference), (&salary, &given), today);
    sheet(&edition, Audience::Staff, Family::Own)
}

/// What the grade pays that day, in words; empty where nothing says.
fn salary(version: &Version, today: Date) -> String {
    version.salary(today).map(|salary| salary.words()).unwrap_or_default()
}

fn edition<'a>(
    version: &'a Version,
    (content, printing): (&'a Content, &'a Printing),
    (employer, reference): (&'a str, &'a str),
    (salary, given): (&'a str, &'a Given),
    today: Date,
) -> Edition<'a> {
    Edition {
        salary,
        given,
        employer,
        reference,
        number: version.number,
        state: version.state.name(),
        effective: effective(&version.state),
        grade: &version.grade,
        details: &version.details,
        content,
        glossary: &version.glossary,
        printing,
        today,
    }
}

fn effective(state: &State) -> Option<Date> {
    match state {
        State::Issued(issue) | State::Superseded { issue, .. } => Some(issue.effective_from),
        State::Draft
        | State::InReview { .. }
        | State::ChangesRequested { .. }
        | State::Approved { .. }
        | State::Withdrawn { .. }
        | State::Discarded { .. } => None,
    }
}

/// One version as a file; with the changes since `old` marked where there is one. Data has no marks.
pub fn file(version: &Issue, old: Option<&Issue>, wanted: Wanted, fonts: &Fonts) -> Result<Made, PrintError> {
    let today = london_date(wanted.now);
    let pays = |issue: &Issue| salary(&issue.version, today);
    let (now_pays, then_paid) = (pays(version), old.map(pays).unwrap_or_default());
    let (given, then_given) =
        (version.version.given(today), old.map(|old| old.version.given(today)).unwrap_or_default());
    let edition = version.edition(&now_pays, &given, today);
    let family = wanted.family.unwrap_or_else(|| version.printing.style.map_or(Family::Own, Family::of));
    let mut sheet = match old {
        Some(old) => comparison(
            &Against { edition: old.edition(&then_paid, &then_given, today) },
            &edition,
            Audience::Staff,
            family,
        )?,
        None => sheet(&edition, Audience::Staff, family),
    };
    sheet.head.look = version.look.clone();
    let since = old.map(|old| format!("-changes-since-v{}", old.version.number)).unwrap_or_default();
    let name = format!("{}-v{}-{}{since}", edition.reference, edition.number, slug(edition.title()));
    match wanted.format {
        Format::Json => {
            let bytes = VersionFile::of(&edition).to_bytes().map_err(|error| PrintError::Written(error.to_string()))?;
            Ok(Made { name: format!("{name}.json"), media_type: json::MEDIA_TYPE, bytes })
        }
        Format::Pdf | Format::Word | Format::Text => written(sheet, name, &version.reviser(), wanted, fonts),
    }
}

/// A sheet as a file called so, without its end.
pub fn written(
    mut sheet: Sheet,
    mut name: String,
    reviser: &Reviser,
    wanted: Wanted,
    fonts: &Fonts,
) -> Result<Made, PrintError> {
    if wanted.large {
        sheet.head.size = LARGE;
        name.push_str("-large-print");
    }
    let (media_type, bytes) = match wanted.format {
        Format::Pdf => {
            let made = pdf(&sheet, fonts)?;
            if let Some(why) = made.short_of_standard {
                tracing::warn!("{name} is tagged, but short of PDF/UA-1: {why}");
            }
            ("application/pdf", made.bytes)
        }
        Format::Word => {
            let bytes = docx(&sheet, reviser, wanted.now).map_err(|error| PrintError::Written(error.to_string()))?;
            (docx::MEDIA_TYPE, bytes)
        }
        Format::Text | Format::Json => ("text/plain; charset=utf-8", text(&sheet).into_bytes()),
    };
    Ok(Made { name: format!("{name}.{}", wanted.format.word()), media_type, bytes })
}

/// `tree-officer`, at most 60 characters.
pub fn slug(title: &str) -> String {
    let words: Vec<String> = title
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    let slug: String = words.join("-").chars().take(60).collect();
    match slug.trim_end_matches('-') {
        "" => "job".to_owned(),
        slug => slug.to_owned(),
    }
}

/// Whose documents they are.
#[derive(Debug, Clone, Copy)]
pub struct Publisher<'a> {
    pub name: &'a str,
    pub look: &'a Look,
    pub glossary: &'a Acronyms,
}

/// Everything in force as one zip: an index page, and each profile as Word, text and data.
pub fn library(
    Publisher { name: employer, look, glossary }: Publisher<'_>,
    all: &[(InForce, Content)],
    now: OffsetDateTime,
) -> Result<Vec<u8>, PrintError> {
    let failed = |error: &dyn std::fmt::Display| PrintError::Written(error.to_string());
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, bytes: &[u8]| {
        zip.start_file(name, SimpleFileOptions::default()).map_err(|error| failed(&error))?;
        zip.write_all(bytes).map_err(|error| failed(&error))
    };
    let mut rows = String::new();
    for (version, content) in all {
        let edition = Edition {
            salary: &version.salary,
            given: &version.given,
            employer,
            reference: &version.reference,
            number: version.number,
            state: StateName::Issued,
            effective: version.effective,
            grade: &version.grade,
            details: &version.details,
            content,
            glossary,
            printing: &version.printing,
            today: london_date(now),
        };
        let mut sheet = sheet(&edition, Audience::Staff, Family::Own);
        sheet.head.look = look.clone();
        let name = format!("{}-v{}-{}", edition.reference, edition.number, slug(edition.title()));
        let reviser = Reviser { name: employer.to_owned(), at: now };
        add(&format!("word/{name}.docx"), &docx(&sheet, &reviser, now).map_err(|error| failed(&error))?)?;
        add(&format!("text/{name}.txt"), text(&sheet).as_bytes())?;
        add(&format!("data/{name}.json"), &VersionFile::of(&edition).to_bytes().map_err(|error| failed(&error))?)?;
        rows.push_str(&index_row(&edition, &name));
    }
    add("index.html", index(employer, all.len(), &rows, now).as_bytes())?;
    zip.finish().map(Cursor::into_inner).map_err(|error| failed(&error))
}

fn index_row(edition: &Edition<'_>, name: &str) -> String {
    let (title, grade) = (escape(edition.title()), escape(edition.grade));
    format!(
        "<tr><th scope=\"row\">{title}</th><td>{}</td><td>{}</td><td>{grade}</td><td><a href=\"word/{name}.docx\">Word</a>, <a href=\"text/{name}.txt\">text</a>, <a href=\"data/{name}.json\">data</a></td></tr>\n",
        edition.reference, edition.number
    )
}

fn index(employer: &str, many: usize, rows: &str, now: OffsetDateTime) -> String {
    let employer = escape(employer);
    let (day, many) = (
        crate::domain::text::long_date(london_date(now)),
        crate::domain::text::count(many, "job profile", "job profiles"),
    );
    format!(
        "<!doctype html>\n<html lang=\"en-GB\"><head><meta charset=\"utf-8\"><title>Job profiles of {employer}</title></head>\n<body><h1>Job profiles of {employer}</h1>\n<p>{many} in force on {day}.</p>\n<table><thead><tr><th scope=\"col\">Title</th><th scope=\"col\">Reference</th><th scope=\"col\">Version</th><th scope=\"col\">Grade</th><th scope=\"col\">Files</th></tr></thead>\n<tbody>\n{rows}</tbody></table></body></html>\n"
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_are_plain() {
        assert_eq!(slug("Tree Officer (Éire/North)"), "tree-officer-ire-north");
        assert_eq!(slug("…"), "job");
        assert!(slug(&"long ".repeat(50)).len() <= 60);
    }
}
