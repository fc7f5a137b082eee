//! Whom to ask about the post: name, e-mail address and telephone number.
//!
//! Fires on e-mail addresses and on telephone numbers in parts about contact or the employer, and copies them from
//! running text. A name is only believed near one of them.

use super::audit::Stock;
use super::desk::Desk;
use super::details;
use super::headings::is_title_case;
use super::labels;
use super::outline::Part;
use super::prose;
use super::sheet::{Line, Node, Pair};
use crate::documents::extract::result::{Contact, Details, LabelledText};
use regex::Regex;
use std::sync::LazyLock;

static EMAIL: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"[A-Za-z0-9._%+\-]+@[A-Za-z0-9.\-]+\.[A-Za-z]{2,}").ok());
static PHONE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?:\+44\s?\(?0?\)?|\(?0)\d(?:[\s()\-]?\d){8,9}\b").ok());

/// The first e-mail address in a text.
pub fn email(text: &str) -> Option<&str> {
    EMAIL.as_ref()?.find(text).map(|found| found.as_str())
}

/// The first UK telephone number in a text.
pub fn phone(text: &str) -> Option<&str> {
    PHONE.as_ref()?.find(text).map(|found| found.as_str())
}

/// Places a part about the employer or a contact.
pub fn place(desk: &mut Desk, part: &Part) {
    for node in &part.nodes {
        if let Node::Pair(pair) = node {
            pair_of(desk, pair);
        }
    }
    let lines = prose::lines(&part.nodes);
    let block = lines.iter().any(|line| alone(line).is_some()) && lines.iter().all(|line| line.word_count() <= 14);
    if block {
        self::block(desk, &lines);
        return prose::label_heading(desk, part);
    }
    let rest = Part {
        topic: part.topic,
        heading: part.heading.clone(),
        nodes: part.nodes.iter().filter(|node| !matches!(node, Node::Pair(_))).cloned().collect(),
        named: part.named,
    };
    prose::place(desk, &rest);
}

/// A labelled part of a contact block, or a detail like any other.
fn pair_of(desk: &mut Desk, pair: &Pair) {
    let plain = labels::plain(pair.label.text());
    let text = pair.value.iter().map(Line::text).collect::<Vec<_>>().join(" ");
    if let Some(number) = &pair.number {
        desk.label(number, "number");
    }
    let contact = desk.details.contact.get_or_insert_default();
    let slot = match plain.as_str() {
        "job title" | "title" | "post" | "role" => {
            // the title of the person to ask, not of this post
            let label = desk.take(&pair.label);
            let text = pair.value.iter().map(|line| desk.take(&line.piece)).collect::<Vec<_>>().join("\n");
            return desk.details.other.push(LabelledText { label, text });
        }
        "name" | "contact" | "contact name" => &mut contact.name,
        "email" | "email address" => &mut contact.email,
        "telephone" | "phone" | "tel" | "telephone number" | "contact number" => &mut contact.phone,
        _ => return pair_without(desk, pair),
    };
    if slot.is_some() || text.is_empty() {
        return pair_without(desk, pair);
    }
    *slot = Some(text);
    desk.label(&pair.label, "label");
    for line in &pair.value {
        desk.number(line);
        desk.take(&line.piece);
    }
}

fn pair_without(desk: &mut Desk, pair: &Pair) {
    if desk.details.contact.as_ref() == Some(&Contact::default()) {
        desk.details.contact = None;
    }
    details::place(desk, pair);
}

/// A line that is an address or number and nothing else but its label.
fn alone(line: &Line) -> Option<&str> {
    let found = email(line.text()).or_else(|| phone(line.text()))?;
    (line.text().len() <= found.len() + 24).then_some(found)
}

/// Lines without separators: a lead-in, a job title, a name, an address.
fn block(desk: &mut Desk, lines: &[Line]) {
    let is_name = |line: &Line| {
        let words = (2..=5).contains(&line.word_count()) && !line.text().contains(|c: char| c.is_ascii_digit());
        alone(line).is_none() && !line.leads_in() && is_title_case(line.text()) && words
    };
    let mut contact = desk.details.contact.take().unwrap_or_default();
    let names: Vec<usize> = (0..lines.len()).filter(|at| is_name(&lines[*at])).collect();
    let best = |fits: fn(&str) -> bool| names.iter().rev().copied().find(|at| fits(lines[*at].text()));
    let name = best(has_honorific).or_else(|| best(|text| !names_job(text))).or(names.last().copied());
    let name = name.filter(|_| contact.name.is_none());
    let mut lead = lines.iter().find(|line| line.leads_in());
    for (at, line) in lines.iter().enumerate() {
        desk.label_number(line);
        if let Some(found) = alone(line) {
            address(desk, &mut contact, line, found);
        } else if Some(at) == name {
            contact.name = Some(desk.take(&line.piece));
        } else if !line.leads_in() && lead.is_some() {
            // what stands between the lead-in and the name, such as a job title
            let label = lead.take().map(|lead| desk.take(&lead.piece)).unwrap_or_default();
            let text = desk.take(&line.piece);
            desk.details.other.push(LabelledText { label: label.trim_end_matches(':').to_owned(), text });
        } else if !line.leads_in() {
            desk.label_line(line, "contact");
        }
    }
    for line in lines.iter().filter(|line| line.leads_in()) {
        desk.label_line(line, "label");
    }
    desk.details.contact = Some(contact);
}

/// `Mrs Petra Lund`
fn has_honorific(text: &str) -> bool {
    const HONORIFICS: [&str; 9] = ["Mr", "Mrs", "Ms", "Miss", "Mx", "Dr", "Prof", "Professor", "Rev"];
    let first = text.split_whitespace().next().unwrap_or_default();
    HONORIFICS.contains(&first.trim_end_matches('.'))
}

/// A word that people's titles end in or begin with, and their names do not.
fn names_job(text: &str) -> bool {
    const JOBS: [&str; 20] = [
        "manager",
        "head",
        "officer",
        "director",
        "lead",
        "leader",
        "headteacher",
        "administrator",
        "assistant",
        "adviser",
        "advisor",
        "coordinator",
        "co-ordinator",
        "supervisor",
        "team",
        "department",
        "bursar",
        "matron",
        "consultant",
        "partner",
    ];
    text.split_whitespace().any(|word| JOBS.contains(&word.to_lowercase().trim_end_matches([',', ':', '.'])))
}

/// An e-mail address or telephone number with its label on one line.
fn address(desk: &mut Desk, contact: &mut Contact, line: &Line, found: &str) {
    let slot = if found.contains('@') { &mut contact.email } else { &mut contact.phone };
    let start = line.text().find(found).unwrap_or(0);
    let piece = line.piece.part(start..start + found.len());
    if slot.is_none() {
        *slot = Some(desk.take(&piece));
    } else {
        desk.label(&piece, "contact");
    }
    for side in [line.piece.part(0..start), line.piece.part(start + found.len()..line.text().len())] {
        desk.label(&side, "label");
    }
}

/// Copies an address or number from running text, where no block gave one.
pub fn copy_from(desk: &mut Desk, texts: &[String], stock: &Stock) {
    let asks = |text: &&String| {
        let lower = text.to_lowercase();
        lower.contains("contact")
            || lower.contains("discussion")
            || lower.contains("informal")
            || lower.contains("further information")
            || lower.contains("questions about")
    };
    for text in texts.iter().filter(asks) {
        if email(text).is_none() && phone(text).is_none() {
            continue;
        }
        let had = desk.details.contact.clone().unwrap_or_default();
        let mut contact = had.clone();
        contact.email = contact.email.take().or_else(|| email(text).map(str::to_owned));
        contact.phone = contact.phone.take().or_else(|| phone(text).map(str::to_owned));
        contact.name = contact.name.take().or_else(|| name_after_contact(text));
        if contact == had {
            continue;
        }
        let trial = Details { contact: Some(contact), ..desk.details.clone() };
        if stock.covers(&trial) {
            desk.details = trial;
        }
    }
}

/// "contact Ann Lee, Head of Parks, on …"
fn name_after_contact(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let at = ["contact ", "call ", "ring ", "speak to ", "telephone ", "email "]
        .iter()
        .filter_map(|verb| lower.find(verb).map(|at| at + verb.len()))
        .min()?;
    let rest = text.get(at..)?;
    let words: Vec<&str> = rest.split_whitespace().take_while(|word| word.starts_with(char::is_uppercase)).collect();
    let end = words.iter().position(|word| word.ends_with([',', '.', ':'])).map_or(words.len(), |end| end + 1);
    // more capitals than a name has: a title or a department follows without a comma
    let end = if end > 3 { if has_honorific(rest) { 3 } else { 2 } } else { end };
    let name = words[..end].join(" ").trim_end_matches([',', '.', ':']).to_owned();
    ((2..=4).contains(&name.split(' ').count())).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::extract::blocks::{Block, BlockKind, Document, Place};

    #[test]
    fn addresses_numbers_and_names() {
        assert_eq!(email("write to ann.lee@example.org today"), Some("ann.lee@example.org"));
        assert_eq!(phone("ring 01632 960 123 now"), Some("01632 960 123"));
        assert_eq!(phone("£27,485 to £30,162"), None);
        for (text, name) in [
            ("contact Ann Lee School Business Manager on", "Ann Lee"),
            ("ring Mrs Ann Lee School Business Manager", "Mrs Ann Lee"),
            ("contact Mary Jane Lee on", "Mary Jane Lee"),
        ] {
            assert_eq!(name_after_contact(text).as_deref(), Some(name));
        }
        let mut desk = Desk::default();
        let text = "For an informal discussion contact Ann Lee, Head of Parks, on 01632 960123.".to_owned();
        let kind = BlockKind::Paragraph { text: text.clone(), bold: false, blank_before: false };
        let blocks = vec![Block { place: Place::Body, tabs_before: 0, kind }];
        copy_from(&mut desk, &[text], &Stock::of(&Document { blocks, asides: Vec::new() }));
        let contact = desk.details.contact.unwrap_or_default();
        assert_eq!((contact.name.as_deref(), contact.phone.as_deref()), (Some("Ann Lee"), Some("01632 960123")));
    }
}
