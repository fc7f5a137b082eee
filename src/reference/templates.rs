//! The ready templates: the shapes in which job descriptions of the NHS and of councils are usually written, with headings
//! and guidance in our own words.

use serde::{Deserialize, Serialize};

use super::ReferenceError;
use crate::domain::template::Layout;

const FILE: &str = "templates.json";
const TEXT: &str = include_str!("../../reference/templates.json");

/// A template with which an employer begins.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct StarterTemplate {
    pub key: String,
    pub name: String,
    /// What it is for, in a sentence.
    pub about: String,
    pub layout: Layout,
}

/// All of them, in the order of the file.
///
/// # Errors
/// [`ReferenceError`] where the file can't be read.
pub fn starter_templates() -> Result<Vec<StarterTemplate>, ReferenceError> {
    serde_json::from_str(TEXT).map_err(|error| ReferenceError { file: FILE, what: error.to_string() })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::domain::template::{MOST_SECTIONS, Need, SectionEntry, Strength, Style, TemplateSection};

    #[test]
    fn each_shape_has_one_and_what_they_say_could_be_typed() {
        let all = starter_templates().unwrap();
        let styles: BTreeSet<Style> = all.iter().map(|one| one.layout.style).collect();
        assert_eq!(styles, Style::ALL.iter().copied().filter(|style| *style != Style::Own).collect());
        for one in &all {
            let slots: BTreeSet<&str> = one.layout.sections.iter().map(|section| section.slot.as_str()).collect();
            assert_eq!(slots.len(), one.layout.sections.len(), "{}", one.key);
            assert!(slots.len() <= MOST_SECTIONS && one.layout.review_months.is_some());
            for section in &one.layout.sections {
                let typed = entry(section).section(&section.slot, &one.layout, Some(section));
                assert_eq!(typed.as_ref(), Ok(section), "{} {}", one.key, section.slot);
                assert_eq!(section.need == Need::Locked, !section.fixed.is_empty());
            }
        }
    }

    fn entry(section: &TemplateSection) -> SectionEntry {
        SectionEntry {
            kind: Some(section.kind),
            heading: section.heading.clone(),
            also: section.also.clone(),
            need: Some(section.need),
            fixed: section.fixed.clone(),
            guidance: section.guidance.clone(),
            source: section.source.clone(),
            numbering: section.numbering,
            applicants: section.applicants,
            checks: section.checks.iter().map(|check| (*check, Strength::Blocks)).collect(),
        }
    }
}
