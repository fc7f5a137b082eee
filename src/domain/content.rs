//! The content of a version: sections of nine kinds, made of items that keep their identity from version to version.
//!
//! Shapes only. What may stand where is in `shape`, what is wrong with it in `checks`.

use serde::{Deserialize, Serialize};

use super::clause::Placed;
use super::ids::{ItemId, SectionId};
use super::worded::worded;
use super::work::Work;

/// The whole content of a version beside its details, in reading order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    pub sections: Vec<Section>,
}

/// A headed part of a version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    pub id: SectionId,
    pub kind: SectionKind,
    /// Empty where the document prints none.
    pub heading: String,
    pub revision: i32,
    pub items: Vec<Item>,
}

/// One duty, criterion, term, demand, factor level, paragraph or clause, or a group or category that holds such.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    pub id: ItemId,
    pub revision: i32,
    /// As the source printed it; no part of the text.
    pub number: Option<String>,
    /// The heading of a group or category; the words of everything else.
    pub text: String,
    /// False where a reading was guessed and nobody has confirmed it yet.
    pub sure: bool,
    pub body: Body,
    pub children: Vec<Item>,
}

/// What a kind of item holds beside its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Body {
    Paragraph,
    Group,
    Duty(Work),
    Category,
    Criterion {
        importance: Importance,
        subheading: String,
        assessment: Vec<Assessment>,
    },
    Term {
        label: String,
    },
    Demand {
        present: Option<bool>,
        frequency: String,
        examples: String,
    },
    FactorLevel {
        factor: String,
        level: String,
    },
    /// Its own text, or one of the library's, which then stands beside what it is.
    Clause {
        heading: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        placed: Option<Placed>,
    },
    Detail {
        label: String,
    },
}

worded! {
    SectionKind {
        Details = "details", "Further details";
        Prose = "prose", "Text";
        Duties = "duties", "Duties";
        Criteria = "criteria", "Person specification";
        Terms = "terms", "Terms and conditions";
        Demands = "demands", "Effort and working conditions";
        Factors = "factors", "Factor levels";
        Clauses = "clauses", "Standard clauses";
        OrganisationChart = "organisation_chart", "Organisation chart";
    }
}

worded! {
    ItemKind {
        Paragraph = "paragraph", "Paragraph";
        Group = "group", "Group of duties";
        Duty = "duty", "Duty";
        Category = "category", "Category";
        Criterion = "criterion", "Criterion";
        Term = "term", "Term";
        Demand = "demand", "Demand";
        FactorLevel = "factor_level", "Factor level";
        Clause = "clause", "Clause";
        Detail = "detail", "Detail";
    }
}

worded! {
    Importance {
        Essential = "essential", "Essential";
        Desirable = "desirable", "Desirable";
    }
}

worded! {
    /// How a criterion is assessed.
    Assessment {
        Application = "application", "Application";
        Interview = "interview", "Interview";
        Test = "test", "Test";
        Certificate = "certificate", "Certificate";
        Presentation = "presentation", "Presentation";
        References = "references", "References";
        AssessmentCentre = "assessment centre", "Assessment centre";
        Other = "other", "Other";
    }
}

impl Body {
    /// A duty that says nothing beside its words.
    pub fn duty() -> Body {
        Body::Duty(Work::default())
    }

    /// A clause with words of its own, which stands for none of the library.
    pub fn clause(heading: impl Into<String>) -> Body {
        Body::Clause { heading: heading.into(), placed: None }
    }

    /// What of the library it stands for, with the heading beside it; none for everything else.
    pub fn placed(&self) -> Option<(&str, &Placed)> {
        match self {
            Body::Clause { heading, placed } => placed.as_ref().map(|placed| (heading.as_str(), placed)),
            Body::Paragraph
            | Body::Group
            | Body::Duty(_)
            | Body::Category
            | Body::Criterion { .. }
            | Body::Term { .. }
            | Body::Demand { .. }
            | Body::FactorLevel { .. }
            | Body::Detail { .. } => None,
        }
    }

    pub fn kind(&self) -> ItemKind {
        match self {
            Body::Paragraph => ItemKind::Paragraph,
            Body::Group => ItemKind::Group,
            Body::Duty(_) => ItemKind::Duty,
            Body::Category => ItemKind::Category,
            Body::Criterion { .. } => ItemKind::Criterion,
            Body::Term { .. } => ItemKind::Term,
            Body::Demand { .. } => ItemKind::Demand,
            Body::FactorLevel { .. } => ItemKind::FactorLevel,
            Body::Clause { .. } => ItemKind::Clause,
            Body::Detail { .. } => ItemKind::Detail,
        }
    }

    /// An empty one of that kind, for the form that adds an item.
    pub fn empty(kind: ItemKind) -> Body {
        match kind {
            ItemKind::Paragraph => Body::Paragraph,
            ItemKind::Group => Body::Group,
            ItemKind::Duty => Body::duty(),
            ItemKind::Category => Body::Category,
            ItemKind::Criterion => {
                Body::Criterion { importance: Importance::Essential, subheading: String::new(), assessment: Vec::new() }
            }
            ItemKind::Term => Body::Term { label: String::new() },
            ItemKind::Demand => Body::Demand { present: None, frequency: String::new(), examples: String::new() },
            ItemKind::FactorLevel => Body::FactorLevel { factor: String::new(), level: String::new() },
            ItemKind::Clause => Body::clause(""),
            ItemKind::Detail => Body::Detail { label: String::new() },
        }
    }
}

impl Item {
    /// A new item with nothing below it.
    pub fn new(id: ItemId, text: impl Into<String>, body: Body) -> Self {
        Item { id, revision: 1, number: None, text: text.into(), sure: true, body, children: Vec::new() }
    }

    pub fn kind(&self) -> ItemKind {
        self.body.kind()
    }

    /// Whether a reader would see no difference, what is below left aside.
    pub fn says_the_same(&self, other: &Item) -> bool {
        (&self.text, &self.number, &self.body) == (&other.text, &other.number, &other.body)
    }

    /// This item and everything below it, in reading order.
    pub fn walk(&self) -> Vec<&Item> {
        std::iter::once(self).chain(self.children.iter().flat_map(Item::walk)).collect()
    }
}

impl Section {
    /// Every item of the section, groups and children included, in reading order.
    pub fn all_items(&self) -> Vec<&Item> {
        self.items.iter().flat_map(Item::walk).collect()
    }
}

impl Content {
    /// Every item of the version, in reading order.
    pub fn all_items(&self) -> Vec<&Item> {
        self.sections.iter().flat_map(Section::all_items).collect()
    }

    pub fn section(&self, id: SectionId) -> Option<&Section> {
        self.sections.iter().find(|section| section.id == id)
    }

    /// The item and the section in which it stands.
    pub fn item(&self, id: ItemId) -> Option<(&Section, &Item)> {
        self.sections
            .iter()
            .find_map(|section| section.all_items().into_iter().find(|item| item.id == id).map(|item| (section, item)))
    }
}
