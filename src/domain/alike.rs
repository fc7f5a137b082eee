//! Whether a job that somebody is about to write down is there already: by its title and its first duties.

use std::collections::BTreeSet;

/// From here on two titles count as alike, in hundredths.
const LIKE: u32 = 50;
/// From here on duties do.
const SAME_WORK: u32 = 40;

/// How a profile is like what was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// The same words, or nearly.
    SameTitle,
    LikeTitle,
    /// Another name for the same work.
    SameWork,
}

impl How {
    pub fn in_words(self) -> &'static str {
        match self {
            How::SameTitle => "has the same title",
            How::LikeTitle => "has a title like it",
            How::SameWork => "does work like it under another name",
        }
    }
}

/// None where neither the title nor the duties are alike.
pub fn how_alike(typed: (&str, &str), found: (&str, &str)) -> Option<How> {
    let (title, work) = (likeness(typed.0, found.0), overlap(typed.1, found.1));
    match (words(typed.0) == words(found.0) && !words(typed.0).is_empty(), title, work) {
        (true, ..) => Some(How::SameTitle),
        (false, title, _) if title >= LIKE => Some(How::LikeTitle),
        (false, _, work) if work >= SAME_WORK => Some(How::SameWork),
        (false, ..) => None,
    }
}

/// Letters in threes that two titles share, of all that either has, in hundredths.
pub fn likeness(one: &str, other: &str) -> u32 {
    share(&threes(one), &threes(other))
}

/// Words that two texts share, of all that the shorter has, in hundredths; nothing for a word or two.
fn overlap(one: &str, other: &str) -> u32 {
    let (one, other) = (words(one), words(other));
    let least = one.len().min(other.len());
    if least < 4 { 0 } else { (one.intersection(&other).count() * 100 / least) as u32 }
}

fn share(one: &BTreeSet<String>, other: &BTreeSet<String>) -> u32 {
    let all = one.union(other).count();
    (one.intersection(other).count() * 100).checked_div(all).unwrap_or(0) as u32
}

/// Words that carry no meaning of their own.
const SMALL: [&str; 16] =
    ["a", "an", "and", "for", "in", "of", "on", "the", "to", "with", "at", "by", "or", "as", "all", "from"];

/// Plain words, without endings of number and without those that say nothing: `Nurses, of the ward` → nurse, ward.
fn words(text: &str) -> BTreeSet<String> {
    let plain = text.to_lowercase();
    let words = plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty() && !SMALL.contains(word));
    words.map(singular).collect()
}

fn singular(word: &str) -> String {
    match word.strip_suffix('s') {
        Some(stem) if stem.len() > 2 && !stem.ends_with('s') => stem.to_owned(),
        Some(_) | None => word.to_owned(),
    }
}

fn threes(text: &str) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for word in words(text) {
        let padded: Vec<char> = format!("  {word} ").chars().collect();
        out.extend(padded.windows(3).map(|three| three.iter().collect::<String>()));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_alike_through_order_number_and_slips() {
        let titles = |one, other| how_alike((one, ""), (other, ""));
        assert_eq!(titles("Staff Nurse", "staff nurses"), Some(How::SameTitle));
        assert_eq!(titles("Nurse, staff", "Staff nurse"), Some(How::SameTitle));
        assert_eq!(titles("Occupatonal therapist", "Occupational Therapist"), Some(How::LikeTitle));
        assert_eq!(titles("Community staff nurse", "Staff nurse"), Some(How::LikeTitle));
        assert_eq!(titles("Tree officer", "Planning officer"), None);
        assert_eq!(titles("", ""), None);
    }

    #[test]
    fn work_is_known_again_under_another_name() {
        let duties = "Plans visits to people at home and writes care plans.";
        let found = "Writes care plans. Plans visits to people at home.\nOrders dressings.";
        assert_eq!(how_alike(("Ward sister", duties), ("Team leader", found)), Some(How::SameWork));
        assert_eq!(how_alike(("Ward sister", "Plans visits."), ("Team leader", found)), None, "too few words");
    }
}
