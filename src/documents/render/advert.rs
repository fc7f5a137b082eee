//! An advert as its reader meets it: facts, words, the way to apply, and the job description below.
//!
//! Staff preview, hiring manager and applicant read the same one, so that what is confirmed is what is published.

use super::for_applicants::{Essential, essentials, for_applicants};
use super::html::Html;
use super::paper::{Audience, lines, paper};
use super::sheet;
use crate::domain::advert::{AdvertText, ApplyKind, Dbs, Flexible, Vacancy, is_web_address};
use crate::domain::content::Content;
use crate::domain::text::{email, long_date};
use crate::reference::acronyms::acronyms;

#[derive(Debug, Clone)]
pub struct AdvertPaper {
    pub employer: String,
    pub title: String,
    /// Empty where it only repeats the title.
    pub headline: String,
    pub facts: Vec<AdvertFact>,
    pub words: Vec<Block>,
    pub apply: Apply,
    pub contact: Contact,
    /// The criminal record check in sentences; none where there is no check.
    pub checks: Vec<String>,
    /// The job description, the person specification and the terms, as a sheet holds them.
    pub description: Vec<sheet::Block>,
    /// What somebody needs from the first day on.
    pub essentials: Vec<Essential>,
}

/// A row of the key facts: a label and its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdvertFact {
    pub label: &'static str,
    pub lines: Vec<String>,
}

/// A paragraph, or a list of lines that were typed with a dash or a bullet before each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    Paragraph(String),
    List(Vec<String>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Apply {
    /// A safe address, and the site's name as people know it.
    Link {
        href: String,
        site: String,
    },
    Email(String),
    Text(Vec<Block>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    pub name: String,
    pub email: String,
    pub phone: String,
    /// The telephone number as a telephone takes it; empty where there is none.
    pub dial: String,
    /// Questions come by the form of the advert's page; the address is not shown.
    pub by_form: bool,
}

impl AdvertPaper {
    /// The job description below the advert's own words.
    pub fn profile(&self) -> Html<'_> {
        Html::new(&self.description, &())
    }
}

/// The advert with the content of its version, for the public.
pub fn advert(vacancy: &Vacancy, content: &Content) -> AdvertPaper {
    let text = &vacancy.text;
    let same = text.headline.eq_ignore_ascii_case(&vacancy.title);
    let (mut words, mut paper) = (
        blocks(&text.short_text),
        paper(content, Audience::Public, &vacancy.printing).with(
            &vacancy.given,
            Audience::Public,
            (content, &vacancy.printing),
        ),
    );
    for_applicants(&mut words, &mut paper, &vacancy.printing, &vacancy.glossary.or(acronyms()));
    AdvertPaper {
        employer: vacancy.employer.clone(),
        title: vacancy.title.clone(),
        headline: if same { String::new() } else { text.headline.clone() },
        facts: facts(vacancy),
        words,
        apply: apply(text),
        contact: contact(text),
        checks: text.offer.dbs.filter(|level| *level != Dbs::NoCheck).map(checks).unwrap_or_default(),
        essentials: essentials(&paper),
        description: sheet::description(paper.parts, &vacancy.printing),
    }
}

/// The check by its right name, what it looks at, and that a record rules nobody out by itself.
fn checks(level: Dbs) -> Vec<String> {
    let scope = "A conviction or caution does not rule you out by itself: we look at what the work needs. Protected \
                 convictions and cautions need not be told (Rehabilitation of Offenders Act 1974 (Exceptions) Order 1975).";
    let rights = match level {
        Dbs::NoCheck | Dbs::Basic => {
            "A conviction does not rule you out by itself. Spent convictions need not be told."
        }
        Dbs::Standard | Dbs::Enhanced | Dbs::EnhancedAdults | Dbs::EnhancedChildren | Dbs::EnhancedBoth => scope,
    };
    let check = level.label().replacen("DBS check", "check by the Disclosure and Barring Service (DBS)", 1);
    let offer = format!("An offer of this job depends on an {}.", check.replacen("Enhanced", "enhanced", 1));
    let offer = match level {
        Dbs::NoCheck | Dbs::Basic | Dbs::Standard => {
            offer.replacen(" an ", " a ", 1).replacen("Basic", "basic", 1).replacen("Standard", "standard", 1)
        }
        Dbs::Enhanced | Dbs::EnhancedAdults | Dbs::EnhancedChildren | Dbs::EnhancedBoth => offer,
    };
    vec![format!("{offer} {}", level.meaning()), rights.to_owned()]
}

fn facts(vacancy: &Vacancy) -> Vec<AdvertFact> {
    let text = &vacancy.text;
    let day = |day: Option<time::Date>| day.map(long_date).unwrap_or_default();
    [
        ("Salary", text.salary_text.clone()),
        ("Where", text.locations.clone()),
        ("Contract", contract(text)),
        ("Hours", vacancy.hours.clone()),
        ("Working pattern", text.working_pattern.clone()),
        ("Flexible working", flexible(&text.offer.flexible)),
        ("Grade", vacancy.grade.clone()),
        ("Checks", text.offer.dbs.map(|level| level.label().to_owned()).unwrap_or_default()),
        ("Directorate", vacancy.directorate.clone()),
        ("Service", vacancy.service.clone()),
        ("Reports to", vacancy.reports_to.clone()),
        ("Closing date", closing(text)),
        ("Shortlisting", day(text.shortlisting_on)),
        ("Interviews", day(text.interviews_on)),
        ("Starts", text.starts.clone()),
        ("Reference", text.reference.clone()),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .map(|(label, value)| AdvertFact { label, lines: lines(&value).into_iter().map(str::to_owned).collect() })
    .collect()
}

/// `Job share, some days at home`
fn flexible(options: &[Flexible]) -> String {
    let mut words: Vec<String> = options.iter().map(|one| one.label().to_lowercase()).collect();
    if let Some(first) = options.first() {
        words[0] = first.label().to_owned();
    }
    words.join(", ")
}

fn closing(text: &AdvertText) -> String {
    let day = text.closes_on.map(long_date).unwrap_or_default();
    match text.offer.may_close_early && !day.is_empty() {
        true => format!("{day}\nIt may close earlier if enough people apply."),
        false => day,
    }
}

/// `Fixed term: to March 2027`; the kind is not said twice.
fn contract(text: &AdvertText) -> String {
    match (text.contract_kind, text.contract.as_str()) {
        (None, more) => more.to_owned(),
        (Some(kind), "") => kind.label().to_owned(),
        (Some(kind), more) if more.to_lowercase().starts_with(&kind.label().to_lowercase()) => more.to_owned(),
        (Some(kind), more) => format!("{}: {more}", kind.label()),
    }
}

fn apply(text: &AdvertText) -> Apply {
    match text.apply_kind {
        ApplyKind::Link if is_web_address(&text.apply_value) => {
            let href = text.apply_value.clone();
            let site = href.split('/').nth(2).unwrap_or_default().trim_start_matches("www.").to_owned();
            Apply::Link { href, site }
        }
        ApplyKind::Address => match email(&text.apply_value) {
            Some(address) => Apply::Email(address),
            None => Apply::Text(blocks(&text.apply_value)),
        },
        ApplyKind::Link | ApplyKind::Instructions => Apply::Text(blocks(&text.apply_value)),
    }
}

fn contact(text: &AdvertText) -> Contact {
    let digits: String = text.contact_phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    // "ext. 12" and "or" would be dialled too, so that only a plain number becomes a link.
    let plain = text.contact_phone.chars().all(|c| c.is_ascii_digit() || " +()-".contains(c));
    Contact {
        name: text.contact_name.clone(),
        email: if text.offer.ask_by_form { String::new() } else { text.contact_email.clone() },
        phone: text.contact_phone.clone(),
        dial: if plain { digits } else { String::new() },
        by_form: text.offer.ask_by_form,
    }
}

/// Paragraphs and lists as they were typed.
pub fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    for line in lines(text) {
        let line = line.trim();
        let entry = ["- ", "* ", "• ", "– "].iter().find_map(|mark| line.strip_prefix(mark));
        match (entry, blocks.last_mut()) {
            (Some(entry), Some(Block::List(list))) => list.push(entry.trim().to_owned()),
            (Some(entry), _) => blocks.push(Block::List(vec![entry.trim().to_owned()])),
            (None, _) => blocks.push(Block::Paragraph(line.to_owned())),
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(apply_kind: ApplyKind, apply_value: &str) -> AdvertText {
        AdvertText {
            headline: String::new(),
            short_text: String::new(),
            reference: String::new(),
            salary_typed: false,
            salary_text: String::new(),
            contract_kind: Some(crate::domain::advert::ContractKind::FixedTerm),
            contract: "to March 2027".into(),
            working_pattern: String::new(),
            offer: crate::domain::advert::Offer::default(),
            locations: String::new(),
            contact_name: String::new(),
            contact_email: String::new(),
            contact_phone: "01632 960114".into(),
            apply_kind,
            apply_value: apply_value.into(),
            hiring_manager: None,
            opens_on: None,
            closes_on: None,
            shortlisting_on: None,
            interviews_on: None,
            starts: String::new(),
        }
    }

    #[test]
    fn the_way_to_apply_is_a_link_only_where_that_is_safe() {
        let link = apply(&text(ApplyKind::Link, "https://www.jobs.example/a?b=1"));
        assert_eq!(link, Apply::Link { href: "https://www.jobs.example/a?b=1".into(), site: "jobs.example".into() });
        let script = apply(&text(ApplyKind::Link, "javascript:alert(1)"));
        assert_eq!(script, Apply::Text(vec![Block::Paragraph("javascript:alert(1)".into())]));
        assert_eq!(apply(&text(ApplyKind::Address, "Jobs@A.example")), Apply::Email("jobs@a.example".into()));
        assert!(matches!(apply(&text(ApplyKind::Address, "Town Hall, ME13")), Apply::Text(_)));
    }

    #[test]
    fn words_become_paragraphs_and_lists() {
        let paragraph = |words: &str| Block::Paragraph(words.into());
        let list = |entries: &[&str]| Block::List(entries.iter().map(|entry| (*entry).to_owned()).collect());
        let expected = vec![paragraph("You will:"), list(&["listen", "plan"]), paragraph("Ask us.")];
        assert_eq!(blocks("You will:\n- listen\n• plan\n\nAsk us."), expected);
    }

    #[test]
    fn contracts_and_telephones_read_well() {
        let text = text(ApplyKind::Link, "");
        assert_eq!(contract(&text), "Fixed term: to March 2027");
        assert_eq!(contract(&AdvertText { contract: "Fixed term to May".into(), ..text.clone() }), "Fixed term to May");
        assert_eq!(contact(&text).dial, "01632960114");
        assert_eq!(contact(&AdvertText { contact_phone: "960114 ext. 2".into(), ..text }).dial, "");
    }
}
