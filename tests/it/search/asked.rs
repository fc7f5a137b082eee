//! A search of chance, as the obvious ways and the fast one are asked it.

use proptest::prelude::*;
use rolebook::db::JobFilter;
use rolebook::domain::advert::{ContractKind, Flexible, Pattern, Words};
use rolebook::domain::places::miles;
use rolebook::reference::places::{Found, find};
use rolebook::reference::synonyms::synonyms;
use time::OffsetDateTime;

#[derive(Debug, Clone)]
pub struct Asked {
    pub word: Option<&'static str>,
    pub place: Option<(&'static str, f64)>,
    pub grade: Option<&'static str>,
    pub contract: Option<ContractKind>,
    pub patterns: Vec<Pattern>,
    pub flexible: Vec<Flexible>,
    /// In pounds a year.
    pub salary: Option<i64>,
    pub closes_by: Option<OffsetDateTime>,
}

/// What there is to choose from.
pub struct Choices {
    pub words: &'static [&'static str],
    pub places: &'static [&'static str],
    pub grades: &'static [&'static str],
    pub closes_by: Vec<OffsetDateTime>,
}

pub fn asked(of: Choices) -> impl Strategy<Value = Asked> {
    let place = (prop::sample::select(of.places), 0.5f64..60.0);
    (
        prop::option::weighted(0.4, prop::sample::select(of.words)),
        prop::option::weighted(0.4, place),
        prop::option::weighted(0.3, prop::sample::select(of.grades)),
        prop::option::weighted(0.2, prop::sample::select(ContractKind::ALL)),
        prop::collection::vec(prop::sample::select(Pattern::ALL), 0..3),
        prop::collection::vec(prop::sample::select(Flexible::ALL), 0..2),
        prop::option::weighted(0.3, 14_000i64..80_000),
        prop::option::weighted(0.2, prop::sample::select(of.closes_by)),
    )
        .prop_map(|(word, place, grade, contract, patterns, flexible, salary, closes_by)| Asked {
            word,
            place,
            grade,
            contract,
            patterns,
            flexible,
            salary,
            closes_by,
        })
}

impl Asked {
    /// The same, as the search takes it.
    pub fn filter(&self) -> JobFilter {
        let near = self.place.map(|(name, far)| match find(name) {
            Found::Place(place) => place.within(far),
            other => panic!("{name}: {other:?}"),
        });
        JobFilter {
            words: self.word.map(|word| Words::read(word, synonyms())).unwrap_or_default(),
            near,
            grade: self.grade.map(str::to_owned),
            contract: self.contract,
            patterns: self.patterns.clone(),
            flexible: self.flexible.clone(),
            salary_from: self.salary.map(|pounds| pounds * 100),
            closes_by: self.closes_by,
            ..JobFilter::default()
        }
    }

    /// Whether one of these places, by latitude and longitude, is near enough.
    pub fn is_near(&self, mut places: impl Iterator<Item = (f64, f64)>) -> bool {
        self.place.is_none_or(|(name, far)| {
            let Found::Place(here) = find(name) else { panic!("{name} is on the map") };
            places.any(|place| miles((here.latitude, here.longitude), place) <= far)
        })
    }
}
