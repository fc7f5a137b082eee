//! Sheets for applicants: an advert with its key facts, and the pack that holds all they may keep.

use time::Date;

use super::build::parts;
use super::family::Family;
use super::marks::Pen;
use super::{Block, Entry, Fact, Head, Line, Look, Number, ORDINARY, Role, Run, Sheet, run};
use crate::documents::render::advert::{AdvertPaper, Apply, Block as Words, Contact};
use crate::documents::render::paper::Part;
use crate::domain::content::SectionKind;
use crate::domain::inline;
use crate::domain::template::Printing;
use crate::domain::text::long_date;

/// The advert alone: facts, words, how to apply.
pub fn advert_sheet(advert: &AdvertPaper, address: &str, today: Date) -> Sheet {
    Sheet { head: head(advert, address, today), blocks: about(advert, address) }
}

/// Advert, description, specification and terms, each on pages of its own.
pub fn pack(advert: AdvertPaper, address: &str, today: Date) -> Sheet {
    let head = head(&advert, address, today);
    let mut blocks = about(&advert, address);
    let (mut description, mut specification, mut terms) = (Vec::new(), Vec::new(), Vec::new());
    for part in super::parts(&advert.description) {
        let document = match part.first().and_then(Block::kind) {
            Some(SectionKind::Criteria) => &mut specification,
            Some(SectionKind::Terms | SectionKind::Clauses) => &mut terms,
            Some(
                SectionKind::Details
                | SectionKind::Prose
                | SectionKind::Duties
                | SectionKind::Demands
                | SectionKind::Factors
                | SectionKind::OrganisationChart,
            )
            | None => &mut description,
        };
        document.extend_from_slice(part);
    }
    for (title, own) in
        [("Job description", description), ("Person specification", specification), ("Terms and conditions", terms)]
    {
        blocks.extend(document(title, &advert.title, own));
    }
    Sheet { head: Head { title: format!("{}: candidate pack", head.title), ..head }, blocks }
}

/// What an advert shows of its version, as a page and a file hold it.
pub fn description(own: Vec<Part>, printing: &Printing) -> Vec<Block> {
    parts(own, &Pen::default(), Family::Own, printing)
}

fn document(title: &str, job: &str, mut own: Vec<Block>) -> Vec<Block> {
    if own.is_empty() {
        return Vec::new();
    }
    let mut blocks =
        vec![Block::NewPage, Block::Title(Line::new(Role::Title, title)), Block::Text(Line::new(Role::About, job))];
    // A part that is called like its document says nothing new; nor does one that is the whole specification.
    let is_whole = own.first().and_then(Block::kind) == Some(SectionKind::Criteria) && super::parts(&own).count() == 1;
    if let Some(Block::Heading { line, .. }) = own.get(1)
        && (is_whole || line.text().eq_ignore_ascii_case(title))
    {
        own.remove(1);
    }
    blocks.extend(own);
    blocks
}

fn head(advert: &AdvertPaper, address: &str, today: Date) -> Head {
    Head {
        title: advert.title.clone(),
        employer: advert.employer.clone(),
        about: address.to_owned(),
        printed: format!("Printed {}", long_date(today)),
        warning: String::new(),
        size: ORDINARY,
        day: super::head::day(today),
        look: Look::default(),
    }
}

fn about(advert: &AdvertPaper, address: &str) -> Vec<Block> {
    let fact = |label: &str, lines: &[String]| Fact {
        label: Line::new(Role::DetailLabel, label),
        value: Line::new(Role::Detail, lines.join("\n")),
    };
    let mut blocks = vec![
        Block::Text(Line::new(Role::About, &advert.employer)),
        Block::Title(Line::new(Role::Title, &advert.title)),
    ];
    if !advert.headline.is_empty() {
        blocks.push(Block::Text(Line::new(Role::Words, &advert.headline)));
    }
    let mut facts: Vec<Fact> = advert.facts.iter().map(|one| fact(one.label, &one.lines)).collect();
    facts.push(Fact {
        label: Line::new(Role::DetailLabel, "On the web"),
        value: Line::of(Role::Detail, link(address, address)),
    });
    blocks.push(Block::Facts(facts));
    blocks.extend(words(&advert.words));
    if !advert.checks.is_empty() {
        blocks.push(heading("Checks before you start"));
        blocks.extend(advert.checks.iter().map(|sentence| text(sentence)));
    }
    blocks.push(heading("How to apply"));
    match &advert.apply {
        Apply::Link { href, .. } => blocks.push(linked("", href, href)),
        Apply::Email(email) => blocks.push(linked("Send your application to ", email, &format!("mailto:{email}"))),
        Apply::Text(list) => blocks.extend(words(list)),
    }
    blocks.extend(questions(&advert.contact, address));
    blocks
}

/// Who answers questions, in one paragraph: under a heading of its own it would often stand on a page of its own.
fn questions(contact: &Contact, address: &str) -> Option<Block> {
    let mut runs = Vec::new();
    let mut add = |more: Vec<Run>| {
        let between = if runs.is_empty() { "Questions about the job: " } else { ", " };
        runs.extend(run(between).into_iter().chain(more));
    };
    if !contact.name.is_empty() {
        add(run(&contact.name));
    }
    if contact.by_form && !contact.name.is_empty() {
        add(link("ask with the form on the advert’s page", address));
    }
    if !contact.email.is_empty() {
        add(link(&contact.email, &format!("mailto:{}", contact.email)));
    }
    if !contact.phone.is_empty() {
        add(run(&contact.phone));
    }
    (!runs.is_empty()).then(|| Block::Text(Line::of(Role::Words, runs)))
}

/// Words that lead somewhere.
fn link(words: &str, to: &str) -> Vec<Run> {
    let look = inline::Look { link: inline::target(to), ..inline::Look::default() };
    run(words).into_iter().map(|own| Run { look: look.clone(), ..own }).collect()
}

fn linked(before: &str, words: &str, to: &str) -> Block {
    Block::Text(Line::of(Role::Words, run(before).into_iter().chain(link(words, to)).collect()))
}

fn heading(text: &str) -> Block {
    Block::Heading { level: 2, line: Line::new(Role::SectionHeading, text) }
}

fn text(words: &str) -> Block {
    Block::Text(Line::new(Role::Words, words))
}

fn words(list: &[Words]) -> Vec<Block> {
    list.iter()
        .map(|block| match block {
            Words::Paragraph(words) => text(words),
            Words::List(entries) => Block::List(
                entries
                    .iter()
                    .map(|words| Entry {
                        line: Line { number: Number::None, ..Line::new(Role::Words, words) },
                        beside: Vec::new(),
                        children: Vec::new(),
                    })
                    .collect(),
            ),
        })
        .collect()
}
