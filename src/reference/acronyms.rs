//! Short forms that adverts explain to people outside.

use std::sync::LazyLock;

use crate::domain::advert::Acronyms;

const ROWS: &str = include_str!("../../reference/acronyms.csv");

static ACRONYMS: LazyLock<Acronyms> = LazyLock::new(|| Acronyms::new(rows().collect()));

/// Every row of the file.
pub fn acronyms() -> &'static Acronyms {
    &ACRONYMS
}

fn rows() -> impl Iterator<Item = (String, String)> {
    csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(ROWS.as_bytes()).into_deserialize().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read_and_stands_once() {
        let lines = ROWS.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).count() - 1;
        let mut shorts: Vec<String> = rows().map(|(short, _)| short).collect();
        assert_eq!(shorts.len(), lines);
        shorts.dedup();
        assert_eq!(shorts.len(), lines);
    }
}
