//! `rolebook.version/1`: a version as data, out and in again without loss. README describes the format.

use serde::{Deserialize, Serialize};

use super::sheet::Edition;
use crate::domain::content::{Content, Section};
use crate::domain::details::Details;
use crate::domain::text::iso_date;
use crate::domain::version::StateName;

/// The value of `VersionFile::format`.
pub const FORMAT: &str = "rolebook.version/1";

/// The media type under which it is served.
pub const MEDIA_TYPE: &str = "application/json";

/// One version with its details and content. Key order is part of the format.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionFile {
    pub format: String,
    pub employer: String,
    /// `JP-0042`
    pub reference: String,
    pub version: i32,
    pub state: StateName,
    /// The first day on which an issued version holds: `2026-04-01`.
    pub in_force_from: Option<String>,
    /// The grade in words; `details` names it by its identity in the install that it comes from.
    pub grade: String,
    pub details: Details,
    pub sections: Vec<Section>,
}

impl VersionFile {
    pub fn of(edition: &Edition<'_>) -> Self {
        VersionFile {
            format: FORMAT.to_owned(),
            employer: edition.employer.to_owned(),
            reference: edition.reference.to_owned(),
            version: edition.number,
            state: edition.state,
            in_force_from: edition.effective.map(iso_date),
            grade: edition.grade.to_owned(),
            details: edition.details.clone(),
            sections: edition.content.sections.clone(),
        }
    }

    /// The file's bytes, indented for people.
    pub fn to_bytes(&self) -> serde_json::Result<Vec<u8>> {
        serde_json::to_vec_pretty(self)
    }

    /// Reads such a file; none where the bytes are something else, or another edition of the format.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        if bytes.iter().find(|byte| !byte.is_ascii_whitespace()) != Some(&b'{') {
            return None;
        }
        serde_json::from_slice::<VersionFile>(bytes).ok().filter(|file| file.format == FORMAT)
    }

    pub fn content(&self) -> Content {
        Content { sections: self.sections.clone() }
    }
}
