//! Content for stories: a version with everything that a version can hold, and one as long as a test wants.

use rolebook::domain::content::{Assessment, Body, Content, Importance, Item, Section, SectionKind};
use rolebook::domain::details::{Details, GradeBasis};
use rolebook::domain::ids::{GradeId, ItemId, SectionId};

/// Gives out identities, as the database does.
pub struct Identities(pub Vec<i64>);

impl Identities {
    fn next(&mut self) -> i64 {
        self.0.pop().expect("enough identities were asked for")
    }

    fn section(&mut self, kind: SectionKind, heading: &str, items: Vec<Item>) -> Section {
        Section { id: SectionId(self.next()), kind, heading: heading.into(), revision: 1, items }
    }

    fn item(&mut self, text: &str, body: Body) -> Item {
        Item::new(ItemId(self.next()), text, body)
    }

    fn holding(&mut self, text: &str, body: Body, children: Vec<Item>) -> Item {
        Item { children, ..self.item(text, body) }
    }
}

/// How many identities [`of_every_kind`] takes.
pub const EVERY_KIND: usize = 32;

/// One section of each kind, with at least one item of each kind that it takes.
pub fn of_every_kind(ids: &mut Identities) -> Content {
    let orders = ids.item("Orders supplies.", Body::duty());
    let checks = ids.item("Checks deliveries.", Body::duty());
    let stores = ids.holding("Stores", Body::Group, vec![orders, checks]);
    let child = ids.item("Writes the rota.", Body::duty());
    let leads = ids.holding("Leads the team.", Body::duty(), vec![child]);
    let note = ids.item("Other duties of the grade.", Body::Paragraph);
    let english = ids.item("Writes plain English.", criterion(Importance::Essential));
    let skills = ids.holding("Skills", Body::Category, vec![english]);
    let driving = ids.item("Drives.", criterion(Importance::Desirable));
    let purpose = ids.item("Keeps the wards supplied.", Body::Paragraph);
    let extra = ids.item("Two posts", Body::Detail { label: "Posts".into() });
    let probation = ids.item("Six months.", Body::Term { label: "Probation".into() });
    let demand = Body::Demand { present: Some(true), frequency: "daily".into(), examples: "Lifts boxes.".into() };
    let lifting = ids.item("Physical effort", demand);
    let factor = Body::FactorLevel { factor: "Communication".into(), level: "3".into() };
    let level = ids.item("Explains to suppliers.", factor);
    let clause = ids.item("Everybody keeps people safe.", Body::clause("Safeguarding"));
    let chart = ids.item("Head of stores, then this post.", Body::Paragraph);
    let sections = vec![
        ids.section(SectionKind::Details, "Further details", vec![extra]),
        ids.section(SectionKind::Prose, "Purpose", vec![purpose]),
        ids.section(SectionKind::Duties, "Main duties", vec![stores, leads, note]),
        ids.section(SectionKind::Criteria, "Person specification", vec![skills, driving]),
        ids.section(SectionKind::Terms, "Terms", vec![probation]),
        ids.section(SectionKind::Demands, "Working conditions", vec![lifting]),
        ids.section(SectionKind::Factors, "Factors", vec![level]),
        ids.section(SectionKind::Clauses, "For everybody", vec![clause]),
        ids.section(SectionKind::OrganisationChart, "Organisation", vec![chart]),
    ];
    Content { sections }
}

fn criterion(importance: Importance) -> Body {
    Body::Criterion {
        importance,
        subheading: String::new(),
        assessment: vec![Assessment::Application, Assessment::Interview],
    }
}

/// Duties and criteria, half and half, `items` in all.
pub fn of_length(ids: &mut Identities, items: usize) -> Content {
    let duties = (0..items / 2).map(|n| ids.item(&format!("Does the duty of number {n}."), Body::duty())).collect();
    let criteria = (items / 2..items)
        .map(|n| ids.item(&format!("Knows the thing of number {n}."), criterion(Importance::Essential)))
        .collect();
    let sections = vec![
        ids.section(SectionKind::Duties, "Main duties", duties),
        ids.section(SectionKind::Criteria, "Person specification", criteria),
    ];
    Content { sections }
}

/// Details with nothing left to put right, even before issue.
pub fn details(title: &str, grade: i64) -> Details {
    Details {
        title: title.into(),
        grade_from: Some(GradeId(grade)),
        grade_basis: Some(GradeBasis::Evaluated),
        grade_basis_reference: "Panel 12".into(),
        hours: "37.5 hours a week".into(),
        location: "Northmoor".into(),
        ..Details::default()
    }
}
