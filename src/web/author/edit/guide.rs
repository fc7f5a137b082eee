//! Guidance beside the paper: for the section in which somebody is, or for each kind of section there is.

use crate::domain::content::{Content, SectionKind};
use crate::domain::ids::SectionId;
use crate::domain::template::Fitted;
use crate::domain::text::long_date;
use crate::error::AppError;
use crate::reference::guidance::{Guidance, guidance};

pub struct Guide {
    pub kind: SectionKind,
    pub advice: Vec<Guidance>,
    /// It is for the section that is open.
    pub is_current: bool,
    /// The sections that it is for, as script names them.
    pub sections: String,
}

impl Guide {
    /// `January 2026`
    pub fn month(&self, one: &Guidance) -> String {
        long_date(one.looked_at).split_once(' ').map_or_else(String::new, |(_, month)| month.to_owned())
    }
}

/// Of the kinds in the draft, in the order of the paper; with a section named, of its kind alone.
pub fn guides(content: &Content, section: Option<SectionId>) -> Result<Vec<Guide>, AppError> {
    let all = guidance().map_err(|error| AppError::Internal(error.to_string()))?;
    let current = section.and_then(|id| content.section(id)).map(|section| section.kind);
    let mut guides: Vec<Guide> = Vec::new();
    for section in &content.sections {
        let kind = section.kind;
        if current.is_some_and(|current| current != kind) || guides.iter().any(|guide| guide.kind == kind) {
            continue;
        }
        let same = content.sections.iter().filter(|section| section.kind == kind);
        let sections = same.map(|section| format!("section-{}", section.id)).collect::<Vec<_>>().join(" ");
        let advice = all.iter().filter(|one| one.kind == kind).cloned().collect();
        guides.push(Guide { kind, advice, is_current: current.is_some(), sections });
    }
    Ok(guides)
}

/// What the template says beside one section.
pub struct OwnGuide {
    /// As script names it: `section-12`.
    pub section: String,
    pub heading: String,
    pub words: String,
    pub source: String,
    pub is_current: bool,
}

/// The template's own guidance: for the section that is open alone, else for each that has some.
pub fn of_template(content: &Content, template: Option<&Fitted>, section: Option<SectionId>) -> Vec<OwnGuide> {
    let Some(template) = template else { return Vec::new() };
    let wanted = content.sections.iter().filter(|one| section.is_none_or(|section| section == one.id));
    let guide = |one: &crate::domain::content::Section| {
        let place = template.of(one.id).filter(|place| !place.guidance.is_empty())?;
        Some(OwnGuide {
            section: format!("section-{}", one.id),
            heading: place.heading.clone(),
            words: place.guidance.clone(),
            source: place.source.clone(),
            is_current: section == Some(one.id),
        })
    };
    wanted.filter_map(guide).collect()
}
