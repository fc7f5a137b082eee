//! An advert for search engines: schema.org's JobPosting, with nothing in it that the page does not say.

use serde_json::{Map, Value, json};
use time::{Date, UtcOffset};

use super::advert::{AdvertPaper, Block};
use super::sheet::{self, Block as Own, Row};
use crate::domain::advert::{
    ApplyKind, Audience, ContractKind, Flexible, PaidBy, Pattern, Vacancy, Window, salary_said,
};
use crate::domain::content::SectionKind;
use crate::domain::places::outward_code;
use crate::domain::text::{escape_html, iso_date, iso_moment};
use crate::reference::places::{is_town, town_of};

/// What the markup needs to know beside the advert itself.
pub struct About<'a> {
    pub vacancy: &'a Vacancy,
    pub paper: &'a AdvertPaper,
    /// The day in London on which people could read it first.
    pub posted: Date,
    pub window: Window,
    /// London's distance from UTC at the closing instant.
    pub closing_offset: UtcOffset,
    /// The employer's page here.
    pub employer_page: &'a str,
    /// The address of the employer's logo, where the page shows one.
    pub logo: Option<&'a str>,
}

/// The JSON-LD of an open advert; none for one that only staff can read.
pub fn job_posting(about: &About<'_>) -> Option<Value> {
    let (vacancy, text) = (about.vacancy, &about.vacancy.text);
    if text.offer.audience == Audience::Internal {
        return None;
    }
    let home = text.offer.flexible.contains(&Flexible::Home);
    let mut posting = Map::new();
    let mut put = |name: &str, value: Value| posting.insert(name.to_owned(), value);
    put("@context", json!("https://schema.org"));
    put("@type", json!("JobPosting"));
    put("title", json!(vacancy.title));
    put("description", json!(description(about.paper)));
    put("datePosted", json!(iso_date(about.posted)));
    put("validThrough", json!(valid_through(about)));
    put("hiringOrganization", employer(about));
    put("jobLocation", locations(&text.locations));
    put("identifier", json!({"@type": "PropertyValue", "name": vacancy.employer, "value": text.reference}));
    put("directApply", json!(false));
    if let Some(salary) = salary(&text.salary_text) {
        put("baseSalary", salary);
    }
    let types = employment_types(text.contract_kind, &text.offer.patterns);
    if !types.is_empty() {
        put("employmentType", json!(types));
    }
    if !vacancy.hours.is_empty() {
        put("workHours", json!(vacancy.hours));
    }
    if !text.starts.is_empty() {
        put("jobStartDate", json!(text.starts));
    }
    if home {
        put("jobLocationType", json!("TELECOMMUTE"));
        put("applicantLocationRequirements", json!({"@type": "Country", "name": "United Kingdom"}));
    }
    if text.apply_kind == ApplyKind::Address && !text.contact_email.is_empty() && !text.offer.ask_by_form {
        put("applicationContact", json!({"@type": "ContactPoint", "email": text.contact_email}));
    }
    Some(Value::Object(posting))
}

fn employer(about: &About<'_>) -> Value {
    let name = &about.vacancy.employer;
    let mut employer = json!({"@type": "Organization", "name": name, "sameAs": about.employer_page});
    if let Some(logo) = about.logo {
        employer["logo"] = json!(logo);
    }
    employer
}

/// JSON that can stand within a page: no character of it can end the element that it stands in.
pub fn within_page(value: &Value) -> String {
    value.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

/// The last second of the last day, with London's offset.
fn valid_through(about: &About<'_>) -> String {
    iso_moment((about.window.1 - time::Duration::seconds(1)).to_offset(about.closing_offset))
}

fn salary(words: &str) -> Option<Value> {
    // As it is printed: what an hour's pay makes in a year would be an estimate.
    let (by, low, high) = salary_said(words)?;
    let unit = match by {
        PaidBy::Hour => "HOUR",
        PaidBy::Day => "DAY",
        PaidBy::Week => "WEEK",
        PaidBy::Month => "MONTH",
        PaidBy::Year => "YEAR",
    };
    let pounds = |pence: i64| match pence % 100 {
        0 => json!(pence / 100),
        _ => json!(pence as f64 / 100.0),
    };
    let amounts =
        json!({"@type": "QuantitativeValue", "minValue": pounds(low), "maxValue": pounds(high), "unitText": unit});
    Some(json!({"@type": "MonetaryAmount", "currency": "GBP", "value": amounts}))
}

fn employment_types(contract: Option<ContractKind>, patterns: &[Pattern]) -> Vec<&'static str> {
    let pattern = |pattern: &Pattern| match pattern {
        Pattern::FullTime => Some("FULL_TIME"),
        Pattern::PartTime => Some("PART_TIME"),
        Pattern::Shifts => None,
    };
    let contract = contract.and_then(|kind| match kind {
        ContractKind::Permanent => None,
        ContractKind::FixedTerm | ContractKind::Temporary | ContractKind::Secondment => Some("TEMPORARY"),
        ContractKind::Apprenticeship => Some("OTHER"),
        ContractKind::Bank => Some("PER_DIEM"),
    });
    patterns.iter().filter_map(pattern).chain(contract).collect()
}

/// A place a line: what stands before its town is the street.
fn locations(lines: &str) -> Value {
    let place = |line: &str| {
        let mut parts: Vec<&str> = line.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
        let mut address = Map::from_iter([("@type".to_owned(), json!("PostalAddress"))]);
        let code = parts.last().and_then(|last| outward_code(last));
        if let Some(code) = &code {
            parts.pop();
            address.insert("postalCode".into(), json!(code));
        }
        // What stands last may be a street: then the post code says which town.
        let named = parts.last().is_some_and(|last| is_town(last));
        let by_code = code.filter(|_| !named).and_then(|code| town_of(&code));
        if let Some(town) = by_code.or_else(|| parts.pop()) {
            address.insert("addressLocality".into(), json!(town));
        }
        if !parts.is_empty() {
            address.insert("streetAddress".into(), json!(parts.join(", ")));
        }
        address.insert("addressCountry".into(), json!("GB"));
        json!({"@type": "Place", "address": address})
    };
    let mut places: Vec<Value> = lines.lines().filter(|line| !line.trim().is_empty()).map(place).collect();
    if places.len() == 1 { places.remove(0) } else { json!(places) }
}

/// The short text and the duties and criteria, as HTML.
fn description(advert: &AdvertPaper) -> String {
    let mut html = String::new();
    if !advert.headline.is_empty() {
        paragraph(&mut html, &advert.headline);
    }
    for block in &advert.words {
        match block {
            Block::Paragraph(text) => paragraph(&mut html, text),
            Block::List(entries) => list(&mut html, entries.iter().cloned()),
        }
    }
    for part in sheet::parts(&advert.description) {
        match part.first().and_then(Own::kind) {
            Some(SectionKind::Duties | SectionKind::Criteria) => listed(&mut html, part),
            Some(SectionKind::Prose | SectionKind::OrganisationChart) => part.iter().for_each(|block| {
                if let Own::Text(line) = block {
                    paragraph(&mut html, &line.text());
                }
            }),
            Some(SectionKind::Details | SectionKind::Terms | SectionKind::Demands)
            | Some(SectionKind::Factors | SectionKind::Clauses)
            | None => {}
        }
    }
    html
}

/// A section's heading with its duties or criteria as one list.
fn listed(html: &mut String, part: &[Own]) {
    if let Some(Own::Heading { line, .. }) = part.get(1) {
        heading(html, &line.text());
    }
    let entries = part.iter().flat_map(|block| match block {
        Own::Text(line) => vec![line.text()],
        Own::List(entries) => entries.iter().map(|entry| entry.line.text()).collect(),
        Own::Table(table) => table.rows.iter().filter_map(criterion).collect(),
        Own::Part { .. } | Own::Title(_) | Own::Heading { .. } | Own::Facts(_) | Own::Chart(_) => Vec::new(),
        Own::Posts(_) => Vec::new(),
        Own::Break | Own::Ungrouped | Own::NewPage => Vec::new(),
    });
    list(html, entries);
}

/// The words of the item that a row shows; none of a heading over rows.
fn criterion(row: &Row) -> Option<String> {
    match row {
        Row::Over(_) => None,
        Row::Cells(cells) => cells.iter().flatten().find(|line| line.item.is_some()).map(|line| line.text()),
    }
}

fn paragraph(html: &mut String, text: &str) {
    html.push_str(&format!("<p>{}</p>", escape_html(text)));
}

fn heading(html: &mut String, text: &str) {
    html.push_str(&format!("<h3>{}</h3>", escape_html(text)));
}

fn list(html: &mut String, entries: impl Iterator<Item = String>) {
    html.push_str("<ul>");
    entries.for_each(|entry| html.push_str(&format!("<li>{}</li>", escape_html(&entry))));
    html.push_str("</ul>");
}
