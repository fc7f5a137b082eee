//! A version with every kind of section, as a person would write it.

use time::macros::date;

use crate::documents::render::sheet::Edition;
use crate::domain::content::{Assessment, Body, Content, Importance, Item, Section, SectionKind};
use crate::domain::details::{Details, GradeBasis};
use crate::domain::ids::{ItemId, SectionId};
use crate::domain::version::StateName;

/// Hands out identities in order.
pub struct Hand(i64);

impl Hand {
    fn item(&mut self, text: &str, body: Body) -> Item {
        self.0 += 1;
        Item::new(ItemId(self.0), text, body)
    }

    fn over(&mut self, text: &str, body: Body, children: impl FnOnce(&mut Hand) -> Vec<Item>) -> Item {
        let item = self.item(text, body);
        Item { children: children(self), ..item }
    }

    fn section(&mut self, kind: SectionKind, heading: &str, items: Vec<Item>) -> Section {
        self.0 += 1;
        Section { id: SectionId(self.0), kind, heading: heading.to_owned(), revision: 1, items }
    }

    fn duties(&mut self, texts: &[&str]) -> Vec<Item> {
        texts.iter().map(|text| self.item(text, Body::duty())).collect()
    }

    fn criteria(&mut self, importance: Importance, texts: &[&str], assessment: &[Assessment]) -> Vec<Item> {
        let body = || Body::Criterion { importance, subheading: String::new(), assessment: assessment.to_vec() };
        texts.iter().map(|text| self.item(text, body())).collect()
    }
}

pub fn details() -> Details {
    Details {
        title: "Tree Officer".into(),
        grade_basis: Some(GradeBasis::Evaluated),
        grade_basis_reference: "JE-2041".into(),
        salary_text: "£31,586 to £35,235 a year".into(),
        hours: "37 hours a week".into(),
        contract: "Permanent".into(),
        location: "Civic Centre, with visits across the borough".into(),
        directorate: "Environment".into(),
        service: "Parks and Green Spaces".into(),
        reports_to: "Parks and Green Spaces Manager".into(),
        responsible_for: "Two seasonal surveyors\nOne apprentice".into(),
        ..Details::default()
    }
}

pub fn content() -> Content {
    let hand = &mut Hand(100);
    let further = vec![hand.item("Monday to Friday, some evenings", Body::Detail { label: "Duty rota".into() })];
    let purpose = vec![
        hand.item("You keep the borough's trees safe, healthy and many. You inspect them, decide what work they need, and see that it is done well.", Body::Paragraph),
        hand.item("You work outdoors on most days, alone and with contractors.\nYou answer residents' questions about trees near their homes.", Body::Paragraph),
    ];
    let chart: Vec<Item> = ["Head of Environment", "Parks and Green Spaces Manager", "Tree Officer (this post)"]
        .iter()
        .map(|post| hand.item(post, Body::Paragraph))
        .collect();
    let duties = vec![groups(hand), second_group(hand)];
    let criteria = criteria(hand);
    let terms = vec![
        hand.item("Five weeks a year, and the bank holidays.", Body::Term { label: "Annual leave".into() }),
        hand.item("Local Government Pension Scheme.", Body::Term { label: "Pension".into() }),
    ];
    let demands = vec![
        demand(hand, "Working at the roadside", Some(true), "Daily", "Inspecting street trees beside moving traffic"),
        demand(hand, "Lifting", Some(false), "", ""),
        demand(hand, "Contact with distressed people", None, "", ""),
    ];
    let factors = vec![
        hand.item(
            "Knows tree health, safety law and the planning rules.",
            Body::FactorLevel { factor: "Knowledge".into(), level: "4".into() },
        ),
        hand.item(
            "Decides on emergency felling alone.",
            Body::FactorLevel { factor: "Initiative".into(), level: "3".into() },
        ),
    ];
    let clauses = vec![
        hand.item(
            "You keep to the council's health and safety policy and tell us of any danger that you see.",
            Body::clause("Health and safety"),
        ),
        hand.item("This description may change after we have talked with you about it.", Body::clause("")),
    ];
    Content {
        sections: vec![
            hand.section(SectionKind::Details, "Further details", further),
            hand.section(SectionKind::Prose, "Purpose of the job", purpose),
            hand.section(SectionKind::OrganisationChart, "Where the post stands", chart),
            hand.section(SectionKind::Duties, "What you do", duties),
            hand.section(SectionKind::Criteria, "Person specification", criteria),
            hand.section(SectionKind::Terms, "Terms", terms),
            hand.section(SectionKind::Demands, "", demands),
            hand.section(SectionKind::Factors, "Factor levels", factors),
            hand.section(SectionKind::Clauses, "What every job here holds", clauses),
        ],
    }
}

fn groups(hand: &mut Hand) -> Item {
    hand.over("Looking after trees", Body::Group, |hand| {
        let mut items = vec![hand.item("Across the whole borough you:", Body::Paragraph)];
        items.extend(hand.duties(&[
            "Inspect street and park trees on a three-year round and record what you find.",
            "Decide what work a tree needs, by when, and who does it.",
        ]));
        items.push(hand.over("Answer for safety:", Body::duty(), |hand| {
            hand.duties(&["close a path when a tree may fall;", "call out the emergency contractor."])
        }));
        items
    })
}

fn second_group(hand: &mut Hand) -> Item {
    hand.over("Working with others", Body::Group, |hand| {
        let mut duties = hand.duties(&["Advise planning officers on protected trees.", "Lead walks for schools."]);
        duties[1].number = Some("2.9".into());
        duties[1].sure = false;
        duties
    })
}

fn criteria(hand: &mut Hand) -> Vec<Item> {
    use Assessment::{Application, Certificate, Interview, Test};
    let knowledge = hand.over("Knowledge", Body::Category, |hand| {
        let mut all = hand.criteria(
            Importance::Essential,
            &["How trees grow, fail and recover.", "The law of tree preservation orders."],
            &[Application, Interview],
        );
        all.extend(hand.criteria(Importance::Desirable, &["Geographic information systems."], &[Application]));
        all
    });
    let skills = hand.over("Skills", Body::Category, |hand| {
        let mut all =
            hand.criteria(Importance::Essential, &["Explains a risk to people who are not experts."], &[Test]);
        all.extend(hand.criteria(Importance::Desirable, &["Holds a chainsaw certificate."], &[Certificate]));
        all
    });
    vec![knowledge, skills]
}

fn demand(hand: &mut Hand, text: &str, present: Option<bool>, frequency: &str, examples: &str) -> Item {
    hand.item(text, Body::Demand { present, frequency: frequency.into(), examples: examples.into() })
}

static NO_GLOSSARY: std::sync::LazyLock<crate::domain::advert::Acronyms> = std::sync::LazyLock::new(Default::default);

/// The version, issued.
pub fn edition<'a>(details: &'a Details, content: &'a Content) -> Edition<'a> {
    Edition {
        salary: "",
        given: &crate::domain::given::NOTHING,
        employer: "Calder Vale Council",
        reference: "JP-0042",
        number: 3,
        state: StateName::Issued,
        effective: Some(date!(2026 - 04 - 01)),
        grade: "Grade 7",
        details,
        content,
        glossary: &NO_GLOSSARY,
        printing: crate::domain::template::Printing::none(),
        today: date!(2026 - 11 - 22),
    }
}
