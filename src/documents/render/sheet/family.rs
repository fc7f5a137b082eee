//! Families: the shapes in which readers of one kind of employer know a job description. A family decides order, the
//! names of headings that nobody wrote, and the shape of the person specification; never a word of the content.

use crate::documents::render::paper::Part;
use crate::domain::content::SectionKind;
use crate::domain::template::Style;
use crate::domain::worded::worded;

worded! {
    /// What a person chooses when downloading.
    Family {
        Own = "own", "As it is written here";
        NhsDescription = "nhs-description", "NHS job description";
        NhsAdvert = "nhs-advert", "NHS advert, in the order of NHS Jobs";
        CouncilAssessed = "council-assessed", "Council job profile with codes for how each criterion is assessed";
        CouncilFactors = "council-factors", "Council job profile with factor levels and structure at its end";
        CouncilPost = "council-post", "Council post specification, a form with ticks";
    }
}

/// The shape of the person specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A row a criterion, in words.
    Rows,
    /// Essential beside desirable.
    Sides,
    /// Two lists below each category.
    Lists,
    /// A tick under essential or desirable.
    Ticks,
    /// E or D, and letters for how it is assessed, explained above.
    Codes,
}

impl Family {
    /// The family of a template's style.
    pub fn of(style: Style) -> Family {
        match style {
            Style::Own => Family::Own,
            Style::NhsDescription => Family::NhsDescription,
            Style::NhsAdvert => Family::NhsAdvert,
            Style::CouncilAssessed => Family::CouncilAssessed,
            Style::CouncilFactors => Family::CouncilFactors,
            Style::CouncilPost => Family::CouncilPost,
        }
    }

    pub(super) fn shape(self) -> Shape {
        match self {
            Family::Own | Family::CouncilFactors => Shape::Rows,
            Family::NhsDescription => Shape::Sides,
            Family::NhsAdvert => Shape::Lists,
            Family::CouncilAssessed => Shape::Codes,
            Family::CouncilPost => Shape::Ticks,
        }
    }

    /// Sorts the parts as these readers expect them; parts of one kind keep their order.
    pub(super) fn order(self, parts: &mut [Part]) {
        if let Some(order) = self.kinds() {
            parts.sort_by_key(|part| order.iter().position(|kind| *kind == part.kind));
        }
    }

    fn kinds(self) -> Option<[SectionKind; 9]> {
        use SectionKind::{Clauses, Criteria, Demands, Details, Duties, Factors, OrganisationChart, Prose, Terms};
        match self {
            Family::Own => None,
            Family::NhsDescription => {
                Some([Details, Prose, OrganisationChart, Duties, Terms, Clauses, Demands, Factors, Criteria])
            }
            Family::NhsAdvert => {
                Some([Prose, Duties, Criteria, Terms, Clauses, Details, Demands, Factors, OrganisationChart])
            }
            Family::CouncilAssessed => {
                Some([Details, Prose, Duties, OrganisationChart, Clauses, Terms, Demands, Factors, Criteria])
            }
            Family::CouncilFactors => {
                Some([Details, Prose, Duties, Clauses, Terms, Criteria, Demands, Factors, OrganisationChart])
            }
            Family::CouncilPost => {
                Some([Details, Prose, Duties, Criteria, Terms, Clauses, Demands, Factors, OrganisationChart])
            }
        }
    }

    /// What the family calls a section that has no heading of its own.
    pub(super) fn section_name(self, kind: SectionKind) -> Option<&'static str> {
        let name = match (self, kind) {
            (Family::NhsDescription, SectionKind::Duties) => "Key result areas",
            (Family::NhsDescription, SectionKind::Demands) => "Effort and environment",
            (Family::NhsAdvert, SectionKind::Duties) => "Main duties of the job",
            (Family::CouncilAssessed, SectionKind::Duties) => "Duties and responsibilities",
            (Family::CouncilFactors, SectionKind::Duties) => "Key accountabilities",
            (Family::CouncilFactors, SectionKind::Factors) => "Factor levels for this job",
            (Family::CouncilPost, SectionKind::Duties) => "Job content",
            (Family::CouncilPost, SectionKind::Criteria) => "What the post needs",
            (
                Family::Own
                | Family::NhsDescription
                | Family::NhsAdvert
                | Family::CouncilAssessed
                | Family::CouncilFactors
                | Family::CouncilPost,
                SectionKind::Details
                | SectionKind::Prose
                | SectionKind::Duties
                | SectionKind::Criteria
                | SectionKind::Terms
                | SectionKind::Demands
                | SectionKind::Factors
                | SectionKind::Clauses
                | SectionKind::OrganisationChart,
            ) => return None,
        };
        Some(name)
    }

    /// The label of a fact as this family's readers know it.
    pub(super) fn fact_label(self, label: &str) -> &str {
        match (self, label) {
            (Family::NhsDescription | Family::NhsAdvert, "Grade") => "Band",
            (Family::CouncilAssessed | Family::CouncilFactors, "Reports to") => "Responsible to",
            (Family::CouncilPost, "Service") => "Service area",
            _ => label,
        }
    }

    /// Councils put the place in the organisation first, adverts the pay and place.
    pub(super) fn order_facts(self, rows: &mut [(&str, &str)]) {
        let first: &[&str] = match self {
            Family::Own | Family::NhsDescription => &[],
            Family::NhsAdvert => &["Grade", "Salary", "Contract", "Working pattern", "Hours", "Location"],
            Family::CouncilAssessed => &["Grade", "Service", "Directorate", "Reports to", "Responsible for"],
            Family::CouncilFactors => &["Directorate", "Service", "Reports to", "Grade"],
            Family::CouncilPost => &["Service", "Grade", "Grade decided by", "Location"],
        };
        rows.sort_by_key(|(label, _)| first.iter().position(|one| one == label).unwrap_or(first.len()));
    }
}
