//! Text that breaks off in the middle of a word or sentence.

use crate::documents::extract::recognise::desk::Desk;
use crate::documents::extract::recognise::walk::Spot;

/// Words that can't end a sentence.
const OPEN: &[&str] = &[
    "the", "and", "of", "to", "a", "an", "with", "for", "in", "by", "or", "which", "that", "their", "your", "our",
    "from",
];

pub fn check(desk: &mut Desk, spots: &[Spot]) {
    for spot in spots {
        let text = spot.text.trim_end();
        let Some(last) = text.split_whitespace().next_back() else { continue };
        let many = text.split_whitespace().count() >= 5;
        let letter = last.chars().count() == 1 && last.chars().all(|c| c.is_lowercase() && c != 'a');
        if many && (letter || OPEN.contains(&last)) {
            let end: String = text.chars().rev().take(80).collect::<Vec<_>>().into_iter().rev().collect();
            desk.find("cut-off", &end, None, "The text breaks off here.");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_breaks_off_is_found() {
        let mut desk = Desk::default();
        let spot = |text: &str| Spot { path: String::new(), text: text.to_owned() };
        check(
            &mut desk,
            &[spot("The ranger keeps the paths open for all. This w"), spot("The ranger keeps the paths open")],
        );
        assert_eq!(desk.findings.len(), 1);
    }
}
