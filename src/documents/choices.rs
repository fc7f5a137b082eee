//! What a person chose on the report of a document: corrections taken, and places for lines that found none. Pure:
//! applied to what was read, they give what the draft is made of. What was read itself stays as it is.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::extract::result::{
    Clause, CriteriaCategory, Criterion, Duty, DutyGroup, Extract, Finding, Importance, LabelledText, Paragraph,
    Section,
};

/// Where a line can be put: a section that was read, or a new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "as", rename_all = "snake_case")]
pub enum Place {
    Paragraph {
        section: usize,
    },
    Duty {
        section: usize,
    },
    Essential {
        section: usize,
    },
    Desirable {
        section: usize,
    },
    Term {
        section: usize,
    },
    Clause {
        section: usize,
    },
    /// The first paragraph of a section without a heading, at the end.
    NewSection,
}

/// The choices of one report, by the places of findings and of lines without a place in what was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Choices {
    pub corrections: BTreeSet<usize>,
    pub places: BTreeMap<usize, Place>,
}

impl Place {
    /// As a form field holds it: `duty-3`.
    pub fn key(self) -> String {
        match self {
            Place::Paragraph { section } => format!("paragraph-{section}"),
            Place::Duty { section } => format!("duty-{section}"),
            Place::Essential { section } => format!("essential-{section}"),
            Place::Desirable { section } => format!("desirable-{section}"),
            Place::Term { section } => format!("term-{section}"),
            Place::Clause { section } => format!("clause-{section}"),
            Place::NewSection => "new".to_owned(),
        }
    }
}

/// Every place that this document offers, with what to call it.
pub fn places(extract: &Extract) -> Vec<(Place, String)> {
    let mut out = Vec::new();
    for (section, own) in extract.sections.iter().enumerate() {
        let (name, kinds): (&Option<String>, Vec<(Place, &str)>) = match own {
            Section::Prose { heading, .. } | Section::OrganisationChart { heading, .. } => {
                (heading, vec![(Place::Paragraph { section }, "Paragraph")])
            }
            Section::Duties { heading, .. } => (heading, vec![(Place::Duty { section }, "Duty")]),
            Section::Criteria { heading, .. } => (
                heading,
                vec![
                    (Place::Essential { section }, "Essential criterion"),
                    (Place::Desirable { section }, "Desirable criterion"),
                ],
            ),
            Section::Terms { heading, .. } => (heading, vec![(Place::Term { section }, "Term")]),
            Section::Clauses { heading, .. } => (heading, vec![(Place::Clause { section }, "Clause")]),
            // a row of these needs more than a text
            Section::Demands { .. } | Section::Factors { .. } => continue,
        };
        let within = name.clone().unwrap_or_else(|| unnamed(own));
        out.extend(kinds.into_iter().map(|(place, kind)| (place, format!("{kind} in “{within}”"))));
    }
    out.push((Place::NewSection, "A new section of its own".to_owned()));
    out
}

/// What a section without a heading is called: by its first words.
fn unnamed(section: &Section) -> String {
    let first = match section {
        Section::Prose { paragraphs, .. } | Section::OrganisationChart { paragraphs, .. } => {
            paragraphs.first().map(|own| own.text.as_str())
        }
        Section::Duties { groups, .. } => groups.first().and_then(|group| group.heading.as_deref()),
        Section::Criteria { categories, .. } => categories.first().and_then(|own| own.heading.as_deref()),
        Section::Terms { .. } | Section::Clauses { .. } | Section::Demands { .. } | Section::Factors { .. } => None,
    };
    let words: Vec<&str> = first.unwrap_or("a section without a heading").split_whitespace().take(6).collect();
    words.join(" ")
}

/// What was read, as the person wants it. Choices that fit nothing any more change nothing.
pub fn apply(extract: &Extract, choices: &Choices) -> Extract {
    let mut chosen = extract.clone();
    for (wrong, right) in corrections(extract, choices) {
        correct(&mut chosen, wrong, right);
    }
    for (line, place) in &choices.places {
        if let Some(line) = extract.unplaced.get(*line) {
            put(&mut chosen.sections, *place, &line.text);
        }
    }
    let mut at = 0;
    chosen.unplaced.retain(|_| {
        at += 1;
        !choices.places.contains_key(&(at - 1))
    });
    chosen
}

/// The corrections that were taken on one reading of a document, in another reading of it.
pub fn apply_corrections(read: &Extract, choices: &Choices, other: &Extract) -> Extract {
    let mut chosen = other.clone();
    for (wrong, right) in corrections(read, choices) {
        correct(&mut chosen, wrong, right);
    }
    chosen
}

/// What would put a finding right: other words, or none where the words are to go. Some only a person can put right.
pub fn remedy(finding: &Finding) -> Option<&str> {
    let leftover = ["edit-note", "merge-code"].contains(&finding.rule.as_str());
    finding.suggestion.as_deref().or_else(|| leftover.then_some(""))
}

/// The corrections that were taken, longest first, so that none changes what another looks for.
fn corrections<'e>(extract: &'e Extract, choices: &Choices) -> Vec<(&'e str, &'e str)> {
    let taken = choices.corrections.iter().filter_map(|at| extract.findings.get(*at));
    let mut pairs: Vec<(&str, &str)> = taken
        .filter_map(|finding| Some((finding.text.as_str(), remedy(finding)?)))
        .filter(|(wrong, right)| !wrong.is_empty() && wrong != right)
        .collect();
    pairs.sort_by_key(|(wrong, _)| std::cmp::Reverse(wrong.len()));
    pairs.dedup();
    pairs
}

/// Replaces words that stand whole: `its` is not changed inside `visits`.
fn correct(extract: &mut Extract, wrong: &str, right: &str) {
    let Ok(value) = serde_json::to_value((&extract.details, &extract.sections)) else { return };
    let mut value = value;
    each_text(&mut value, &mut |text| *text = replaced(text, wrong, right));
    if let Ok((details, sections)) = serde_json::from_value(value) {
        (extract.details, extract.sections) = (details, sections);
    }
}

fn replaced(text: &str, wrong: &str, right: &str) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some(at) = rest.find(wrong) {
        let end = at + wrong.len();
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let before = out.chars().next_back().filter(|_| at == 0).or(rest[..at].chars().next_back());
        let glued_before = word(before) && word(wrong.chars().next());
        let glued_after = word(rest[end..].chars().next()) && word(wrong.chars().next_back());
        let whole = !glued_before && !glued_after;
        out.push_str(&rest[..at]);
        out.push_str(if whole { right } else { wrong });
        rest = &rest[end..];
    }
    out += rest;
    // what was taken out leaves one space, and none before a stop
    if right.is_empty() { out.replace("  ", " ").replace(" .", ".").replace(" ,", ",").trim().to_owned() } else { out }
}

/// Visits the texts of a person's words; keys and kinds are no words.
fn each_text(value: &mut serde_json::Value, visit: &mut dyn FnMut(&mut String)) {
    use serde_json::Value;
    match value {
        Value::String(text) => visit(text),
        Value::Array(all) => all.iter_mut().for_each(|own| each_text(own, visit)),
        Value::Object(all) => {
            let words = all.iter_mut().filter(|(key, _)| !["kind", "importance", "assessment"].contains(&key.as_str()));
            words.for_each(|(_, own)| each_text(own, visit));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Puts a text at the end of a section; into a new one where the place does not fit.
fn put(sections: &mut Vec<Section>, place: Place, text: &str) {
    let text = text.to_owned();
    let (at, importance) = match place {
        Place::Paragraph { section }
        | Place::Duty { section }
        | Place::Term { section }
        | Place::Clause { section } => (Some(section), Importance::Essential),
        Place::Essential { section } => (Some(section), Importance::Essential),
        Place::Desirable { section } => (Some(section), Importance::Desirable),
        Place::NewSection => (None, Importance::Essential),
    };
    match at.and_then(|at| sections.get_mut(at)) {
        Some(Section::Prose { paragraphs, .. } | Section::OrganisationChart { paragraphs, .. }) => {
            paragraphs.push(Paragraph { text, number: None })
        }
        Some(Section::Duties { groups, .. }) => last_group(groups).duties.push(Duty {
            text,
            number: None,
            sure: true,
            children: Vec::new(),
            work: Default::default(),
        }),
        Some(Section::Criteria { categories, .. }) => last_category(categories).criteria.push(Criterion {
            text,
            number: None,
            subheading: None,
            importance,
            assessment: Vec::new(),
            sure: true,
        }),
        Some(Section::Terms { rows, .. }) => rows.push(LabelledText { label: String::new(), text }),
        Some(Section::Clauses { clauses, .. }) => clauses.push(Clause { heading: None, number: None, text }),
        Some(Section::Demands { .. } | Section::Factors { .. }) | None => {
            sections.push(Section::Prose { heading: None, paragraphs: vec![Paragraph { text, number: None }] })
        }
    }
}

fn last_group(groups: &mut Vec<DutyGroup>) -> &mut DutyGroup {
    if groups.is_empty() {
        groups.push(DutyGroup { heading: None, number: None, lead_in: None, duties: Vec::new(), after: Vec::new() });
    }
    let last = groups.len() - 1;
    &mut groups[last]
}

fn last_category(categories: &mut Vec<CriteriaCategory>) -> &mut CriteriaCategory {
    if categories.is_empty() {
        categories.push(CriteriaCategory { heading: None, number: None, criteria: Vec::new() });
    }
    let last = categories.len() - 1;
    &mut categories[last]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::extract::result::{Reason, Unplaced};

    fn extract() -> Extract {
        let text = "Job title: Ranger\n\nMain duties\n- Keeps the councils log of visits\n- Mends fences\n\nPerson specification\nEssential\n- Reads maps\n";
        let mut extract = crate::documents::extract::extract(text.as_bytes(), "x.txt").unwrap();
        let lost = |text: &str| Unplaced { text: text.to_owned(), reason: Reason::Uncertain };
        extract.unplaced = vec![lost("Counts birds"), lost("Page 1"), lost("Knows birds")];
        let finding = |text: &str, better: Option<&str>| Finding {
            rule: "x".to_owned(),
            text: text.to_owned(),
            suggestion: better.map(str::to_owned),
            why: String::new(),
        };
        extract.findings =
            vec![finding("councils", Some("council’s")), finding("is", Some("are")), finding("odd", None)];
        extract
    }

    #[test]
    fn lines_go_where_they_were_put_and_nothing_is_lost() {
        let extract = extract();
        let offered: Vec<String> = places(&extract).into_iter().map(|(place, _)| place.key()).collect();
        assert_eq!(offered, ["duty-0", "essential-1", "desirable-1", "new"]);
        let places = BTreeMap::from([(0, Place::Duty { section: 0 }), (2, Place::Desirable { section: 1 })]);
        let chosen = apply(&extract, &Choices { places, ..Choices::default() });
        assert_eq!(chosen.unplaced.len(), 1);
        let whole = serde_json::to_string(&chosen.sections).unwrap();
        assert!(whole.contains("Counts birds") && whole.contains("\"importance\":\"desirable\""), "{whole}");
        let gone = BTreeMap::from([(0, Place::Duty { section: 99 }), (77, Place::NewSection)]);
        let chosen = apply(&extract, &Choices { places: gone, ..Choices::default() });
        assert_eq!(chosen.sections.len(), extract.sections.len() + 1, "a place that is gone is a new section");
    }

    #[test]
    fn notes_to_the_editor_are_taken_out() {
        let mut extract = extract();
        extract.findings[0] =
            Finding { rule: "edit-note".to_owned(), text: "log of".to_owned(), suggestion: None, why: String::new() };
        let chosen = apply(&extract, &Choices { corrections: BTreeSet::from([0, 2]), ..Choices::default() });
        let whole = serde_json::to_string(&chosen.sections).unwrap();
        assert!(whole.contains("Keeps the councils visits"), "{whole}");
        assert_eq!(remedy(&extract.findings[2]), None);
    }

    #[test]
    fn corrections_change_whole_words_alone() {
        let chosen = apply(&extract(), &Choices { corrections: BTreeSet::from([0, 1, 2, 9]), ..Choices::default() });
        let whole = serde_json::to_string(&chosen.sections).unwrap();
        assert!(whole.contains("council’s log of visits"), "{whole}");
        assert_eq!(apply(&extract(), &Choices::default()), extract());
    }
}
