//! The starter library of standard clauses.

use serde::Deserialize;

use crate::domain::clause::When;

const ROWS: &str = include_str!("../../reference/clauses.csv");

/// A clause with which an employer's library begins.
#[derive(Debug, Clone, Deserialize)]
pub struct StarterClause {
    pub key: String,
    #[serde(rename = "for")]
    kinds: String,
    placed_when: String,
    pub name: String,
    pub legal_basis: String,
    pub text: String,
}

impl StarterClause {
    pub fn when(&self) -> Vec<When> {
        self.placed_when.split_whitespace().filter_map(When::parse).collect()
    }

    fn fits(&self, kind: &str) -> bool {
        self.kinds == "all" || self.kinds.split_whitespace().any(|one| one == kind)
    }
}

/// The clauses for an employer of that kind, by its word.
pub fn starter_clauses(kind: &str) -> Vec<StarterClause> {
    rows().filter(|row| row.fits(kind)).collect()
}

fn rows() -> impl Iterator<Item = StarterClause> {
    csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(ROWS.as_bytes()).into_deserialize().flatten()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::domain::clause::{Answers, Check, Question, called_for};

    #[test]
    fn every_row_is_read_with_its_words() {
        let lines = ROWS.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).count() - 1;
        let all: Vec<StarterClause> = rows().collect();
        assert_eq!(all.len(), lines);
        for row in &all {
            assert_eq!(row.when().len(), row.placed_when.split_whitespace().count(), "{}", row.key);
            assert!(!row.when().is_empty() && !row.text.is_empty() && !row.legal_basis.is_empty(), "{}", row.key);
        }
        let keys: BTreeSet<&str> = all.iter().map(|row| row.key.as_str()).collect();
        assert_eq!(keys.len(), lines);
    }

    #[test]
    fn dead_names_and_repealed_law_stay_out() {
        for row in rows() {
            for dead in ["CRB", "Criminal Records Bureau", "Data Protection Act 1998", "vulnerable adult", "ISA "] {
                assert!(!row.text.contains(dead) && !row.legal_basis.contains(dead), "{}: {dead}", row.key);
            }
        }
    }

    /// Whatever is answered, one clause says the level of the check, and it is exempt from the Act or it is not.
    #[test]
    fn each_set_of_answers_brings_one_level_of_check() {
        let clauses = starter_clauses("nhs_trust");
        for mask in 0..256_u32 {
            let yes = Question::ALL.iter().enumerate().filter(|(bit, _)| mask & (1 << bit) != 0).map(|(_, one)| *one);
            let answers = Answers::of(yes);
            let keys: Vec<&str> = clauses
                .iter()
                .filter(|clause| called_for(&clause.when(), &answers))
                .map(|clause| clause.key.as_str())
                .collect();
            let checks: Vec<&&str> = keys.iter().filter(|key| key.starts_with("check_")).collect();
            assert_eq!(checks, [&answers.check().word()]);
            assert_eq!(keys.contains(&"rehabilitation"), answers.check() != Check::Basic);
        }
    }
}
