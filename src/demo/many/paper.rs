//! The job description behind an advert: a whole one, in force.

use super::Maker;
use super::chance::Chance;
use crate::db::{ManyItem, ManyVersion};

const WHAT: u64 = 12;

impl Maker {
    /// `Stroke staff nurse`: one field of work for each kind of job that an employer has.
    pub(super) fn title(&self, employer: usize, kind: usize) -> String {
        let fields = &self.words.kinds[kind].fields;
        let field = Chance::new(WHAT, employer * 1_000 + kind).pick(fields);
        format!("{field} {}", self.words.kinds[kind].title)
    }

    /// The job description of a kind of job at an employer.
    pub fn version(&self, employer: usize, kind: usize) -> ManyVersion {
        let mut chance = Chance::new(WHAT + 1, employer * 1_000 + kind);
        let words = &self.words;
        let of = &words.kinds[kind];
        let item = |section: i32, kind: &str, text: &str| ManyItem::new(section, kind, text);
        let mut items: Vec<ManyItem> = Vec::new();
        let place = self.place(&mut chance, employer);
        for about in chance.some(&words.about, 2) {
            items.push(item(1, "paragraph", &self.filled(about, &mut chance, employer, &place)));
        }
        let shared = chance.some(&words.shared_duties, 5);
        items.extend(of.duties.iter().chain(shared).map(|text| item(2, "duty", text)));
        let essential = chance.some(&words.shared_criteria, 3);
        let criterion = |text: &String, importance: &str, method: &str| ManyItem {
            importance: Some(importance.to_owned()),
            method: Some(method.to_owned()),
            ..item(3, "criterion", text)
        };
        items.extend(of.criteria.iter().map(|text| criterion(text, "essential", "application")));
        items.extend(essential.into_iter().map(|text| criterion(text, "essential", "interview")));
        let skill = format!("Knows something of {}.", chance.pick_worn(&words.skills));
        items.push(criterion(&skill, "desirable", "interview"));
        for (label, text) in &words.terms {
            items.push(ManyItem { label: Some(label.clone()), ..item(4, "term", text) });
        }
        let (heading, text) = &words.clause;
        items.push(ManyItem { label: Some(heading.clone()), ..item(5, "clause", text) });
        ManyVersion {
            employer: self.employer_slug(employer),
            number: kind as i32 + 1,
            title: self.title(employer, kind),
            grade: of.grade.clone(),
            service: of.fields[0].clone(),
            items,
        }
    }
}
