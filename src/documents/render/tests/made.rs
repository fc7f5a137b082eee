//! Versions made at random: every kind of section, in the shapes that a document read from Word can have.

use proptest::collection::vec;
use proptest::prelude::*;

use crate::domain::content::{Assessment, Body, Content, Importance, Item, Section, SectionKind};
use crate::domain::ids::{ItemId, SectionId};
use crate::domain::work::{Frequency, Work};

/// Words as people type them: several lines, marks that mean something to XML, and lines that look like lists.
pub fn text() -> impl Strategy<Value = String> {
    "[A-Za-z£’&<>\"•(][a-z0-9.,)]{0,6}([ \n\t][a-zA-Z0-9.é)]{1,7}){0,5}"
}

fn line() -> impl Strategy<Value = String> {
    "[A-Za-z£’&<][a-z0-9.]{0,6}( [a-zA-Z0-9.]{1,7}){0,3}"
}

fn maybe_line() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), line()]
}

fn number() -> impl Strategy<Value = Option<String>> {
    prop_oneof![
        3 => Just(None),
        2 => "[1-9](\\.[1-9]){0,2}[.)]?".prop_map(Some),
        1 => "\\([a-z]\\)".prop_map(Some),
        1 => "(iv|A1|07|5%)".prop_map(Some)
    ]
}

/// What a duty says of its work; mostly nothing.
fn work() -> impl Strategy<Value = Work> {
    let frequency = proptest::option::weighted(0.2, proptest::sample::select(Frequency::ALL));
    let share = proptest::option::weighted(0.2, 1_u8..=100);
    (frequency, share, prop_oneof![3 => Just(String::new()), 1 => line()])
        .prop_map(|(frequency, share, systems)| Work { frequency, share, systems })
}

fn item(body: impl Strategy<Value = Body>) -> impl Strategy<Value = Item> {
    (text(), number(), body).prop_map(|(text, number, body)| Item { number, ..Item::new(ItemId(0), text, body) })
}

fn plain(body: impl Strategy<Value = Body>) -> impl Strategy<Value = Item> {
    (text(), body).prop_map(|(text, body)| Item::new(ItemId(0), text, body))
}

fn duty() -> impl Strategy<Value = Item> {
    let one = || (item(work().prop_map(Body::Duty)), any::<bool>()).prop_map(|(item, sure)| Item { sure, ..item });
    one().prop_recursive(3, 8, 3, move |inner| {
        (one(), vec(inner, 0..3)).prop_map(|(item, children)| Item { children, ..item })
    })
}

/// A paragraph that leads in, duties, paragraphs that follow: what one group of a document holds.
fn run() -> impl Strategy<Value = Vec<Item>> {
    (proptest::option::of(plain(Just(Body::Paragraph))), vec(duty(), 1..4), vec(item(Just(Body::Paragraph)), 0..3))
        .prop_map(|(lead_in, duties, after)| lead_in.into_iter().chain(duties).chain(after).collect())
}

fn duties() -> impl Strategy<Value = Vec<Item>> {
    let group = (line(), number(), run()).prop_map(|(heading, number, children)| Item {
        number,
        children,
        ..Item::new(ItemId(0), heading, Body::Group)
    });
    let between = (group, proptest::option::weighted(0.3, run()));
    (proptest::option::of(run()), vec(between, 0..3)).prop_map(|(loose, groups)| {
        let groups = groups.into_iter().flat_map(|(group, loose)| [vec![group], loose.unwrap_or_default()].concat());
        loose.unwrap_or_default().into_iter().chain(groups).collect()
    })
}

fn criterion() -> impl Strategy<Value = Item> {
    let methods = proptest::sample::subsequence(Assessment::ALL.to_vec(), 0..4);
    let body = (any::<bool>(), prop_oneof![Just(String::new()), Just("Under this".to_owned())], methods).prop_map(
        |(essential, subheading, assessment)| Body::Criterion {
            importance: if essential { Importance::Essential } else { Importance::Desirable },
            subheading,
            assessment,
        },
    );
    (item(body), any::<bool>()).prop_map(|(item, sure)| Item { sure, ..item })
}

fn criteria() -> impl Strategy<Value = Vec<Item>> {
    let category = (line(), number(), vec(criterion(), 0..4)).prop_map(|(heading, number, children)| Item {
        number,
        children,
        ..Item::new(ItemId(0), heading, Body::Category)
    });
    (vec(criterion(), 0..3), vec((category, vec(criterion(), 0..2)), 0..3)).prop_map(|(loose, categories)| {
        let categories = categories.into_iter().flat_map(|(category, loose)| [vec![category], loose].concat());
        loose.into_iter().chain(categories).collect()
    })
}

fn section() -> impl Strategy<Value = Section> {
    let made = |kind, items: BoxedStrategy<Vec<Item>>| {
        (maybe_line(), items).prop_map(move |(heading, items)| Section {
            id: SectionId(0),
            kind,
            heading,
            revision: 1,
            items,
        })
    };
    let demand = (proptest::option::of(any::<bool>()), maybe_line(), prop_oneof![Just(String::new()), text()])
        .prop_map(|(present, frequency, examples)| Body::Demand { present, frequency, examples });
    let factor = (line(), line()).prop_map(|(factor, level)| Body::FactorLevel { factor, level });
    prop_oneof![
        made(SectionKind::Prose, vec(item(Just(Body::Paragraph)), 1..4).boxed()),
        made(SectionKind::OrganisationChart, vec(item(Just(Body::Paragraph)), 0..4).boxed()),
        made(SectionKind::Duties, duties().boxed()),
        made(SectionKind::Criteria, criteria().boxed()),
        made(SectionKind::Terms, vec(plain(line().prop_map(|label| Body::Term { label })), 0..4).boxed()),
        made(SectionKind::Demands, vec(plain(demand), 0..4).boxed()),
        made(SectionKind::Factors, vec(plain(factor), 0..4).boxed()),
        made(SectionKind::Clauses, vec(item(maybe_line().prop_map(Body::clause)), 0..4).boxed()),
    ]
}

/// Content with identities counted in reading order from 1, as a document gives them.
pub fn content() -> impl Strategy<Value = Content> {
    (vec((line(), text()), 0..3), vec(section(), 0..5)).prop_map(|(details, mut sections)| {
        if !details.is_empty() {
            let row = |(n, (label, text)): (usize, (String, String))| {
                Item::new(ItemId(0), text, Body::Detail { label: format!("{label} {n}x") })
            };
            let items = details.into_iter().enumerate().map(row).collect();
            let (kind, heading) = (SectionKind::Details, SectionKind::Details.label().to_owned());
            sections.insert(0, Section { id: SectionId(0), kind, heading, revision: 1, items });
        }
        counted(Content { sections })
    })
}

fn counted(mut content: Content) -> Content {
    fn below(items: &mut [Item], next: &mut i64) {
        for item in items {
            *next += 1;
            item.id = ItemId(*next);
            below(&mut item.children, next);
        }
    }
    let mut next = 0;
    for section in &mut content.sections {
        next += 1;
        section.id = SectionId(next);
        below(&mut section.items, &mut next);
    }
    content
}
