//! What was read of a document in one line: what a list of hundreds shows of each.

use serde::{Deserialize, Serialize};

use super::extract::result::{Extract, Layout, Reason, Section};
use crate::domain::text::count;

/// The line of one document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Summary {
    pub layout: String,
    pub title: String,
    pub grade: String,
    pub words: usize,
    /// Words that found no place, page furniture, repeats and debris apart.
    pub unplaced: usize,
    pub duties: usize,
    pub criteria: usize,
    /// Lines that were read with a guess.
    pub unsure: usize,
    pub findings: usize,
}

impl Summary {
    pub fn of(extract: &Extract) -> Self {
        let words = |text: &str| text.split_whitespace().count();
        let unplaced = extract.unplaced.iter().filter(|rest| rest.reason == Reason::Uncertain);
        let mut summary = Summary {
            layout: layout(extract.layout).to_owned(),
            title: extract.details.title.clone().unwrap_or_default(),
            grade: extract.details.grade.clone().unwrap_or_default(),
            words: extract.source.words,
            unplaced: unplaced.map(|rest| words(&rest.text)).sum(),
            findings: extract.findings.len(),
            ..Summary::default()
        };
        for section in &extract.sections {
            summary.count(section);
        }
        summary
    }

    fn count(&mut self, section: &Section) {
        match section {
            Section::Duties { groups, .. } => {
                for duty in groups.iter().flat_map(|group| &group.duties) {
                    self.duties += 1;
                    self.unsure += usize::from(!duty.sure);
                }
            }
            Section::Criteria { categories, .. } => {
                for criterion in categories.iter().flat_map(|category| &category.criteria) {
                    self.criteria += 1;
                    self.unsure += usize::from(!criterion.sure);
                }
            }
            Section::Prose { .. }
            | Section::Terms { .. }
            | Section::Demands { .. }
            | Section::Factors { .. }
            | Section::Clauses { .. }
            | Section::OrganisationChart { .. } => {}
        }
    }

    /// What was read, label by label: the facts that tell at a glance whether the reading is right.
    pub fn rows(&self) -> Vec<(&'static str, String)> {
        let said = |text: &str| if text.is_empty() { "Not found".to_owned() } else { text.to_owned() };
        let lines = [(self.duties, "duty", "duties"), (self.criteria, "criterion", "criteria")];
        let lines: Vec<String> = lines.iter().map(|(many, one, more)| count(*many, one, more)).collect();
        let words = match self.unplaced {
            0 => format!("All {}", self.words),
            left => format!("{} of {} ({} %)", self.words.saturating_sub(left), self.words, self.placed()),
        };
        vec![
            ("Layout", self.layout.clone()),
            ("Title", said(&self.title)),
            ("Grade", said(&self.grade)),
            ("Read", lines.join(", ")),
            ("Words placed", words),
        ]
    }

    /// Share of the words that found a place, in per cent, never 100 where one has none.
    pub fn placed(&self) -> usize {
        let (placed, all) = (self.words.saturating_sub(self.unplaced), self.words.max(1));
        let share = placed * 100 / all;
        if self.unplaced > 0 { share.min(99) } else { share }
    }
}

/// What to call a layout.
pub fn layout(layout: Layout) -> &'static str {
    match layout {
        Layout::NhsJobDescription => "NHS job description",
        Layout::NhsJobAdvert => "NHS job advert",
        Layout::CouncilJobProfile => "Council job profile",
        Layout::CouncilPostSpecification => "Council post specification",
        Layout::Other => "Of no known layout",
    }
}

/// All the words of a document that make it what it is, for telling documents that are nearly the same.
pub fn own_words(extract: &Extract) -> String {
    let mut out = String::new();
    gather(&serde_json::to_value(&extract.sections).unwrap_or_default(), &mut out);
    out
}

fn gather(value: &serde_json::Value, out: &mut String) {
    use serde_json::Value;
    match value {
        Value::String(text) => {
            out.push_str(text);
            out.push('\n');
        }
        Value::Array(all) => all.iter().for_each(|own| gather(own, out)),
        Value::Object(all) => {
            let words = all.iter().filter(|(key, _)| !["kind", "importance", "assessment"].contains(&key.as_str()));
            words.for_each(|(_, own)| gather(own, out));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_facts_say_what_is_missing_and_never_all_where_a_word_is_not_placed() {
        let all = Summary { layout: "Council job profile".into(), words: 200, duties: 1, ..Summary::default() };
        let rows = all.rows();
        assert_eq!(
            rows[1..],
            [
                ("Title", "Not found".to_owned()),
                ("Grade", "Not found".to_owned()),
                ("Read", "1 duty, 0 criteria".to_owned()),
                ("Words placed", "All 200".to_owned()),
            ]
        );
        let some = Summary { unplaced: 1, grade: "Band 4".into(), ..all };
        assert_eq!((some.rows()[2].1.as_str(), some.rows()[4].1.as_str()), ("Band 4", "199 of 200 (99 %)"));
    }
}
