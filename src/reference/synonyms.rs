//! Words that mean the same in a search for jobs.

use std::sync::LazyLock;

use crate::domain::advert::Synonyms;

const ROWS: &str = include_str!("../../reference/synonyms.csv");

/// Every group of the file.
pub fn synonyms() -> &'static Synonyms {
    &SYNONYMS
}

static SYNONYMS: LazyLock<Synonyms> = LazyLock::new(|| Synonyms::new(groups().collect()));

fn groups() -> impl Iterator<Item = Vec<String>> {
    let rows = ROWS.lines().filter(|row| !row.starts_with('#') && !row.trim().is_empty()).skip(1);
    rows.map(|row| row.split('|').map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_group_has_two_tidy_words_or_more() {
        let mut number = 0;
        for group in groups() {
            number += 1;
            assert!(group.len() > 1, "{group:?}");
            for word in group {
                assert_eq!(word, word.trim().to_lowercase(), "{word}");
                assert!(!word.contains(',') && !word.contains("  "), "{word}");
            }
        }
        assert!(number > 40);
    }
}
