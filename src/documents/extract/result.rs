//! The `rolebook.extract/1` result: what `rolebook extract` prints. Key order is part of the format.
//!
//! Only shapes live here. How a document becomes one of these is the recognisers' business.

use serde::{Deserialize, Serialize};

use crate::domain::work::Work;

/// The value of `Extract::format`.
pub const FORMAT: &str = "rolebook.extract/1";

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Extract {
    pub format: String,
    pub source: Source,
    pub layout: Layout,
    pub details: Details,
    pub sections: Vec<Section>,
    pub labels: Vec<Label>,
    pub unplaced: Vec<Unplaced>,
    pub tracked: Vec<Tracked>,
    pub comments: Vec<Comment>,
    pub findings: Vec<Finding>,
    /// The same document with every tracked change taken back, where it holds any. Not part of what `rolebook extract`
    /// prints.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Box<Extract>>,
    /// A file of our own, read by its styles: what it says twice, it says twice. Printed of those alone.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ours: bool,
}

impl Extract {
    /// What the document said before its tracked changes, and, where it has any that can be taken back, what it says with
    /// them.
    pub fn before_changes(mut self) -> (Extract, Option<Extract>) {
        match self.before.take() {
            Some(before) => (Extract { tracked: self.tracked.clone(), ..*before }, Some(self)),
            None => (self, None),
        }
    }
}

/// The file that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    pub name: String,
    pub media_type: String,
    /// Of the file's bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// Words on the page: runs without white space that hold a letter or a digit.
    pub words: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layout {
    NhsJobDescription,
    NhsJobAdvert,
    CouncilJobProfile,
    CouncilPostSpecification,
    Other,
}

/// Label and value pairs of the whole post. What the document does not state is absent. Dates are ISO 8601.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Details {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub employer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grade: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pay_scheme: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub salary: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contract: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub working_pattern: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub directorate: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reports_to: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub responsible_for: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub post_numbers: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_reviewed: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_posted: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closing_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shortlisting_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interview_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<Contact>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub other: Vec<LabelledText>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Contact {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

/// A label with its value: a row of `details.other` or of a terms section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabelledText {
    pub label: String,
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Section {
    Prose { heading: Option<String>, paragraphs: Vec<Paragraph> },
    Duties { heading: Option<String>, groups: Vec<DutyGroup> },
    Criteria { heading: Option<String>, categories: Vec<CriteriaCategory> },
    Terms { heading: Option<String>, rows: Vec<LabelledText> },
    Demands { heading: Option<String>, rows: Vec<Demand> },
    Factors { heading: Option<String>, rows: Vec<Factor> },
    Clauses { heading: Option<String>, clauses: Vec<Clause> },
    OrganisationChart { heading: Option<String>, paragraphs: Vec<Paragraph> },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paragraph {
    pub text: String,
    pub number: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyGroup {
    pub heading: Option<String>,
    pub number: Option<String>,
    pub lead_in: Option<String>,
    pub duties: Vec<Duty>,
    /// Paragraphs that follow the group's list.
    pub after: Vec<Paragraph>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duty {
    pub text: String,
    pub number: Option<String>,
    pub sure: bool,
    pub children: Vec<Duty>,
    /// What no document but ours says.
    #[serde(default, skip_serializing_if = "Work::is_empty")]
    pub work: Work,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CriteriaCategory {
    pub heading: Option<String>,
    pub number: Option<String>,
    pub criteria: Vec<Criterion>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Criterion {
    pub text: String,
    pub number: Option<String>,
    pub subheading: Option<String>,
    pub importance: Importance,
    pub assessment: Vec<AssessmentMethod>,
    pub sure: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Importance {
    Essential,
    Desirable,
}

/// How a criterion is assessed in selection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AssessmentMethod {
    Application,
    Interview,
    Test,
    Certificate,
    Presentation,
    References,
    #[serde(rename = "assessment centre")]
    AssessmentCentre,
    Other,
}

/// A row of an effort or working-conditions table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Demand {
    pub demand: String,
    /// None: the document does not say.
    pub present: Option<bool>,
    pub frequency: Option<String>,
    pub examples: Option<String>,
}

/// A job-evaluation or competency factor with its level as printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Factor {
    pub factor: String,
    pub level: String,
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clause {
    pub heading: Option<String>,
    pub number: Option<String>,
    pub text: String,
}

/// Words that were used up as a label, a column heading, a date's own wording or a code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    pub text: String,
    #[serde(rename = "as")]
    pub used_as: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unplaced {
    pub text: String,
    pub reason: Reason,
}

/// Why words stand in no section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reason {
    #[serde(rename = "repeat")]
    Repeat,
    #[serde(rename = "debris")]
    Debris,
    #[serde(rename = "uncertain")]
    Uncertain,
    #[serde(rename = "page furniture")]
    PageFurniture,
}

/// A tracked change. `at` names the place in this result, such as `sections/3/categories/0/criteria/2`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tracked {
    pub kind: TrackedKind,
    pub text: String,
    pub author: String,
    pub date: String,
    pub at: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TrackedKind {
    Inserted,
    Deleted,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    pub text: String,
    pub author: String,
    pub date: String,
    pub at: String,
    /// The words that it marks.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub on: String,
    /// The comment at the head of its thread, by its place in the list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<usize>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub resolved: bool,
}

/// Something a person should look at. A suggestion is proposed, never applied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    pub rule: String,
    pub text: String,
    pub suggestion: Option<String>,
    pub why: String,
}
