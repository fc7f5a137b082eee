//! Sheets for applicants: an advert with its key facts, and the pack that holds all they may keep.

use time::Date;

use super::build::parts;
use super::family::Family;
use super::marks::Pen;
use super::{Block, Entry, Fact, Head, Line, Look, Number, ORDINARY, Role, Sheet};
use crate::documents::render::advert::{AdvertPaper, Apply, Block as Words};
use crate::documents::render::paper::Part;
use crate::domain::content::SectionKind;
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
    for part in advert.paper.parts {
        match part.kind {
            SectionKind::Criteria => specification.push(part),
            SectionKind::Terms | SectionKind::Clauses => terms.push(part),
            SectionKind::Details
            | SectionKind::Prose
            | SectionKind::Duties
            | SectionKind::Demands
            | SectionKind::Factors
            | SectionKind::OrganisationChart => description.push(part),
        }
    }
    for (title, own) in
        [("Job description", description), ("Person specification", specification), ("Terms and conditions", terms)]
    {
        blocks.extend(document(title, &advert.title, own));
    }
    Sheet { head: Head { title: format!("{}: candidate pack", head.title), ..head }, blocks }
}

fn document(title: &str, job: &str, own: Vec<Part>) -> Vec<Block> {
    if own.is_empty() {
        return Vec::new();
    }
    let mut blocks =
        vec![Block::NewPage, Block::Title(Line::new(Role::Title, title)), Block::Text(Line::new(Role::About, job))];
    // A part that is called like its document says nothing new.
    let mut below = parts(own, &Pen::default(), Family::Own);
    if let Some(Block::Heading { line, .. }) = below.first()
        && line.text().eq_ignore_ascii_case(title)
    {
        below.remove(0);
    }
    blocks.extend(below);
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
        label: Line::new(Role::Words, label),
        value: Line::new(Role::Words, lines.join("\n")),
    };
    let mut blocks = vec![
        Block::Text(Line::new(Role::About, &advert.employer)),
        Block::Title(Line::new(Role::Title, &advert.title)),
    ];
    if !advert.headline.is_empty() {
        blocks.push(Block::Text(Line::new(Role::Words, &advert.headline)));
    }
    let mut facts: Vec<Fact> = advert.facts.iter().map(|one| fact(one.label, &one.lines)).collect();
    facts.push(fact("On the web", &[address.to_owned()]));
    blocks.push(Block::Facts(facts));
    blocks.extend(words(&advert.words));
    blocks.push(heading("How to apply"));
    match &advert.apply {
        Apply::Link { href, .. } => blocks.push(text(href)),
        Apply::Email(email) => blocks.push(text(email)),
        Apply::Text(list) => blocks.extend(words(list)),
    }
    let contact = [&advert.contact.name, &advert.contact.email, &advert.contact.phone];
    let contact: Vec<&str> = contact.into_iter().map(String::as_str).filter(|one| !one.is_empty()).collect();
    if !contact.is_empty() {
        blocks.extend([heading("Who to ask"), text(&contact.join("\n"))]);
    }
    blocks
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
