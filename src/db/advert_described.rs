//! What the version of an advert says, as the last look at an advert's own words compares it.

use sqlx::types::Json;

use crate::domain::advert::Described;
use crate::domain::content::SectionKind;
use crate::domain::ids::SectionId;
use crate::domain::template::{Printing, TemplateSection};

/// Lines that say something, each with its section and that section's kind.
pub(super) type Lines = Json<Vec<(i64, String, String)>>;

pub(super) fn described(lines: Option<&Lines>, printing: &Printing) -> Described {
    let mut description = Described::default();
    for (section, kind, text) in lines.iter().flat_map(|lines| &lines.0) {
        let usual = SectionKind::parse(kind).is_some_and(TemplateSection::usually_for_applicants);
        description.push(text, printing.for_applicants(SectionId(*section)).unwrap_or(usual));
    }
    description
}
