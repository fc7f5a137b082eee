//! Text that breaks off in the middle of a word or sentence.

use crate::documents::extract::recognise::desk::Desk;
use crate::documents::extract::recognise::walk::Spot;

/// Words that can't end a sentence.
const OPEN: &[&str] = &[
    "the", "and", "of", "to", "a", "an", "with", "for", "in", "by", "or", "which", "that", "their", "your", "our",
    "from",
];

/// Least entries of a list that all end with a full stop before the one that does not stands out.
const LEAST_STOPPED: usize = 3;

pub fn check(desk: &mut Desk, spots: &[Spot]) {
    broken_off(desk, spots);
    unlike_the_others(desk, spots);
}

fn broken_off(desk: &mut Desk, spots: &[Spot]) {
    for spot in spots {
        let text = spot.text.trim_end();
        let Some(last) = text.split_whitespace().next_back() else { continue };
        let many = text.split_whitespace().count() >= 5;
        let letter = last.chars().count() == 1 && last.chars().all(|c| c.is_lowercase() && c != 'a');
        if many && (letter || OPEN.contains(&last)) {
            desk.find("cut-off", &end_of(text), None, "The text breaks off here.");
        }
    }
}

/// The one entry of a list without the full stop that every other one has: cut off in the middle of a word, it looks like
/// a sentence to everybody but its reader.
fn unlike_the_others(desk: &mut Desk, spots: &[Spot]) {
    let list = |spot: &Spot| {
        let (list, _) = spot.path.rsplit_once('/')?;
        (list.ends_with("/duties") || list.ends_with("/criteria")).then(|| list.to_owned())
    };
    let listed: Vec<(String, &Spot)> = spots.iter().filter_map(|spot| Some((list(spot)?, spot))).collect();
    for entries in listed.chunk_by(|one, next| one.0 == next.0) {
        let stops = |text: &str| text.trim_end().ends_with(['.', '!', '?', ';', ':', ')', '–', '—', '-']);
        let (stopped, open): (Vec<&Spot>, Vec<&Spot>) =
            entries.iter().map(|(_, spot)| *spot).partition(|spot| stops(&spot.text));
        let [spot] = open.as_slice() else { continue };
        if stopped.len() >= LEAST_STOPPED && spot.text.split_whitespace().count() >= 4 && !is_told(desk, &spot.text) {
            let why = "Every other entry of this list ends with a full stop and this one does not: it may break off.";
            desk.find("cut-off", &end_of(&spot.text), None, why);
        }
    }
}

fn is_told(desk: &Desk, text: &str) -> bool {
    desk.findings.iter().any(|finding| finding.rule == "cut-off" && text.ends_with(&finding.text))
}

fn end_of(text: &str) -> String {
    text.chars().rev().take(80).collect::<Vec<_>>().into_iter().rev().collect()
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
    #[test]
    fn the_one_entry_without_a_stop_is_found() {
        let found = |texts: &[&str]| {
            let mut desk = Desk::default();
            let spot = |(at, text): (usize, &&str)| Spot {
                path: format!("sections/0/groups/0/duties/{at}"),
                text: (*text).to_owned(),
            };
            check(&mut desk, &texts.iter().enumerate().map(spot).collect::<Vec<_>>());
            desk.findings.into_iter().map(|finding| finding.text).collect::<Vec<_>>()
        };
        let all = ["Opens the hall.", "Locks it.", "Keeps the paths open for everyo", "Mends fences."];
        assert_eq!(found(&all), ["Keeps the paths open for everyo"]);
        assert_eq!(found(&["Opens the hall", "Locks it.", "Keeps paths open for all", "Mends."]), [""; 0]);
        assert_eq!(found(&["Opens the hall.", "Locks it.", "Keeps paths open for all"]), [""; 0]);
    }
}
