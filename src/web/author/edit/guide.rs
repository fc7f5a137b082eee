//! Guidance beside the paper: for the section in which somebody is, or for each kind of section there is.

use crate::domain::content::{Content, SectionKind};
use crate::domain::ids::SectionId;
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
