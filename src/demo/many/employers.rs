//! Who advertises: invented trusts, councils and schools, each at home in some town.

use super::Maker;
use super::chance::Chance;
use super::made::Home;
use super::words::Sector;
use crate::db::{EmployerKind, EvaluationScheme, ManyEmployer, NewGrade};
use crate::demo::DemoError;
use crate::reference::agenda_for_change;
use time::macros::date;

/// As many as there are names for.
pub const EMPLOYERS: usize = 400;

const SECOND: [&str; 8] = ["Valley", "Moor", "Vale", "Coast", "Fen", "Dale", "Forest", "Shore"];
const WHAT: u64 = 11;

impl Maker {
    pub(super) fn sector(employer: usize) -> Sector {
        match employer % 10 {
            0..=4 => Sector::Nhs,
            5..=7 => Sector::Council,
            _ => Sector::School,
        }
    }

    pub(super) fn employer_name(&self, employer: usize) -> String {
        let first = &self.words.site_first[employer % self.words.site_first.len()];
        let second = SECOND[employer / self.words.site_first.len() % SECOND.len()];
        let kind = match Self::sector(employer) {
            Sector::Nhs => "NHS Trust",
            Sector::Council => "Council",
            Sector::School => "Academy",
        };
        format!("{first} {second} {kind}")
    }

    /// An employer by number, below [`EMPLOYERS`].
    pub fn employer(&self, number: usize) -> ManyEmployer {
        let name = self.employer_name(number);
        let town = &self.towns[self.town_of(number)].name;
        let (kind, scheme) = match Self::sector(number) {
            Sector::Nhs => (EmployerKind::NhsTrust, EvaluationScheme::Nhs),
            Sector::Council => (EmployerKind::Council, EvaluationScheme::Njc),
            Sector::School => (EmployerKind::School, EvaluationScheme::Njc),
        };
        ManyEmployer {
            slug: name.to_lowercase().replace(' ', "-"),
            description: format!(
                "{name} works in and around {town}. It is made up, like everything that it advertises."
            ),
            name,
            kind: kind.word().to_owned(),
            scheme: scheme.word().to_owned(),
            pay_scheme: Self::pay_scheme(number).to_owned(),
        }
    }

    fn pay_scheme(employer: usize) -> &'static str {
        match Self::sector(employer) {
            Sector::Nhs => agenda_for_change::PAY_SCHEME,
            Sector::Council | Sector::School => "Local pay",
        }
    }

    /// The grades of every pay scheme.
    pub(super) fn grades(&self) -> Result<Vec<NewGrade>, DemoError> {
        let local = self.words.council_grades.iter().map(|(name, low, high)| NewGrade {
            pay_scheme: "Local pay".to_owned(),
            name: name.clone(),
            amounts: vec![(date!(2025 - 04 - 01), low * 100, high * 100, "Made up".to_owned())],
            ..NewGrade::default()
        });
        Ok(agenda_for_change::grades()?.into_iter().chain(local).collect())
    }

    /// The town where an employer is at home: where more people live, there are more employers.
    pub(super) fn town_of(&self, employer: usize) -> usize {
        let mut left = Chance::new(WHAT, employer).below(self.towns.iter().map(Home::size).sum());
        for (number, town) in self.towns.iter().enumerate() {
            match left.checked_sub(town.size()) {
                Some(rest) => left = rest,
                None => return number,
            }
        }
        0
    }
}
