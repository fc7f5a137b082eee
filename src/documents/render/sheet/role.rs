//! The part that a line plays. In a Word file it is a paragraph style, so that what a person restyles stays known when
//! the file comes back.

use serde::{Serialize, Serializer};

use crate::domain::content::{Importance, SectionKind};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    Title,
    /// About the document, not of it: its employer, its state, what a mark means.
    About,
    DetailLabel,
    Detail,
    SectionHeading,
    /// The name of a kind of section, where the section has no heading of its own.
    SectionName,
    Paragraph,
    Post,
    Group,
    Duty,
    DutyParagraph,
    /// How often a duty is done, its share of the time, its systems.
    Work,
    Category,
    Subheading,
    /// The criteria that follow stand under no subheading any more.
    NoSubheading,
    Criterion(Importance),
    Needed,
    AssessedBy,
    TermLabel,
    Term,
    RowLabel,
    Row,
    Demand,
    Present,
    Frequency,
    Examples,
    Factor,
    Level,
    Why,
    ClauseHeading,
    Clause,
    /// Stands where a section holds nothing.
    Nothing(SectionKind),
    /// Words of no version: an advert's, a pack's.
    Words,
    /// What no author wrote: a heading, a label and a text of the scheme's terms, where they come from, and a post and
    /// the sentence of a chart that reporting lines make.
    GivenHeading,
    GivenLabel,
    Given,
    GivenPost,
}

impl Serialize for Role {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.style())
    }
}

impl Role {
    /// Every role, for the writers that make a style of each.
    pub fn all() -> Vec<Role> {
        let plain = [
            Role::About,
            Role::DetailLabel,
            Role::Detail,
            Role::SectionName,
            Role::Paragraph,
            Role::Post,
            Role::Group,
            Role::Duty,
            Role::DutyParagraph,
            Role::Work,
            Role::Category,
            Role::Subheading,
            Role::NoSubheading,
            Role::Criterion(Importance::Essential),
            Role::Criterion(Importance::Desirable),
            Role::Needed,
            Role::AssessedBy,
            Role::TermLabel,
            Role::Term,
            Role::RowLabel,
            Role::Row,
            Role::Demand,
            Role::Present,
            Role::Frequency,
            Role::Examples,
            Role::Factor,
            Role::Level,
            Role::Why,
            Role::ClauseHeading,
            Role::Clause,
            Role::Words,
            Role::GivenHeading,
            Role::GivenLabel,
            Role::Given,
            Role::GivenPost,
        ];
        plain.into_iter().chain(SectionKind::ALL.iter().map(|kind| Role::Nothing(*kind))).collect()
    }

    /// The name of its style: Word's own where that fits, since assistive software knows those.
    pub fn style(self) -> &'static str {
        match self {
            Role::Title => "Title",
            Role::SectionHeading => "heading 1",
            Role::About => "Rolebook about",
            Role::DetailLabel => "Rolebook detail label",
            Role::Detail => "Rolebook detail",
            Role::SectionName => "Rolebook section name",
            Role::Paragraph => "Rolebook text",
            Role::Post => "Rolebook post",
            Role::Group => "Rolebook group",
            Role::Duty => "Rolebook duty",
            Role::DutyParagraph => "Rolebook duty text",
            Role::Work => "Rolebook duty work",
            Role::Category => "Rolebook category",
            Role::Subheading => "Rolebook subheading",
            Role::NoSubheading => "Rolebook no subheading",
            Role::Criterion(Importance::Essential) => "Rolebook essential",
            Role::Criterion(Importance::Desirable) => "Rolebook desirable",
            Role::Needed => "Rolebook needed",
            Role::AssessedBy => "Rolebook assessed by",
            Role::TermLabel => "Rolebook term label",
            Role::Term => "Rolebook term",
            Role::RowLabel => "Rolebook row label",
            Role::Row => "Rolebook row",
            Role::Demand => "Rolebook demand",
            Role::Present => "Rolebook present",
            Role::Frequency => "Rolebook frequency",
            Role::Examples => "Rolebook examples",
            Role::Factor => "Rolebook factor",
            Role::Level => "Rolebook level",
            Role::Why => "Rolebook reason",
            Role::ClauseHeading => "Rolebook clause heading",
            Role::Clause => "Rolebook clause",
            Role::Words => "Rolebook words",
            Role::GivenHeading => "Rolebook given heading",
            Role::GivenLabel => "Rolebook given label",
            Role::Given => "Rolebook given",
            Role::GivenPost => "Rolebook given post",
            Role::Nothing(kind) => nothing(kind),
        }
    }

    /// The role of a style, whatever its case: word processors change that.
    pub fn of_style(name: &str) -> Option<Role> {
        [Role::Title, Role::SectionHeading]
            .into_iter()
            .chain(Role::all())
            .find(|role| role.style().eq_ignore_ascii_case(name))
    }
}

fn nothing(kind: SectionKind) -> &'static str {
    match kind {
        SectionKind::Details => "Rolebook no details",
        SectionKind::Prose => "Rolebook no text",
        SectionKind::Duties => "Rolebook no duties",
        SectionKind::Criteria => "Rolebook no criteria",
        SectionKind::Terms => "Rolebook no terms",
        SectionKind::Demands => "Rolebook no demands",
        SectionKind::Factors => "Rolebook no factors",
        SectionKind::Clauses => "Rolebook no clauses",
        SectionKind::OrganisationChart => "Rolebook no chart",
    }
}
