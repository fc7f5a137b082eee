//! Hyphens at line ends: those that only the line's end has made are undone, those of compound words stay.

use std::collections::HashSet;

/// First parts of words that are written with a hyphen more often than not.
const PREFIXES: &[&str] =
    &["pre", "non", "co", "self", "multi", "well", "re", "post", "anti", "inter", "cross", "semi", "ex"];

/// What a word can end with and what is none by itself: where a narrow cell breaks a long word without a hyphen, its end
/// stands alone on the next line.
const ENDINGS: &[&str] = &[
    "s", "t", "d", "y", "e", "n", "r", "l", "g", "h", "ns", "nt", "ed", "ts", "ly", "es", "er", "ion", "ons", "ing",
    "ions", "ment", "ents", "ties", "ity", "ies", "ce", "nce", "ty", "ge",
];

/// The whole words of a document, in lower case.
#[derive(Debug, Default)]
pub struct Known(HashSet<String>);

impl Known {
    /// Learns the words of a line; those at its ends may be halves.
    pub fn learn(&mut self, line: &str) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let last = words.len().saturating_sub(1);
        let whole = words.iter().enumerate().filter(|(at, word)| *at < last || !word.ends_with(['-', '\u{ad}']));
        self.0.extend(whole.map(|(_, word)| plain(word)));
    }

    /// Joins a line to what stands before it.
    pub fn join(&self, before: &mut String, line: &str) {
        if before.ends_with('\u{ad}') {
            before.pop();
            before.push_str(line);
            return;
        }
        let broken = before.ends_with('-') && line.starts_with(char::is_lowercase);
        let half = before.trim_end_matches('-').rsplit(char::is_whitespace).next().unwrap_or_default().to_owned();
        if !broken || half.is_empty() {
            // a dash between words has spaces round it; a hyphen before a capital or a digit is part of the word
            let dashed = before.ends_with('-') && !before.ends_with(" -") && !half.is_empty();
            let glued = dashed || self.is_end_of(before, line);
            before.push_str(if glued { "" } else { " " });
            before.push_str(line);
            return;
        }
        let rest = line.split_whitespace().next().unwrap_or_default();
        if self.is_one_word(&half, rest) {
            before.pop();
        }
        before.push_str(line);
    }

    /// A lone word and its end on the next line.
    fn is_end_of(&self, before: &str, line: &str) -> bool {
        let alone = |text: &str| !text.is_empty() && text.chars().all(char::is_alphabetic);
        let long = before.chars().count() >= 6;
        let both = || self.0.contains(&format!("{}{line}", before.to_lowercase()));
        alone(before)
            && alone(line)
            && long
            && line.chars().all(char::is_lowercase)
            && (ENDINGS.contains(&line) || both())
    }

    fn is_one_word(&self, half: &str, rest: &str) -> bool {
        let (first, second) = (plain(half), plain(rest));
        if self.0.contains(&format!("{first}{second}")) {
            return true;
        }
        let compound = half.contains('-') || PREFIXES.contains(&first.as_str());
        !(compound || self.0.contains(&second) || self.0.contains(&first) && second.len() > 4)
    }
}

fn plain(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(text: &str, before: &str, line: &str) -> String {
        let mut known = Known::default();
        known.learn(text);
        let mut out = before.to_owned();
        known.join(&mut out, line);
        out
    }

    #[test]
    fn a_word_cut_at_the_line_end_is_whole_again() {
        assert_eq!(
            joined("good communication skills", "clear communi-", "cation with all"),
            "clear communication with all"
        );
        assert_eq!(joined("", "the admin\u{ad}", "istrator"), "the administrator");
    }

    #[test]
    fn a_long_word_that_a_narrow_cell_broke_is_whole_again() {
        assert_eq!(joined("", "Qualificatio", "ns"), "Qualifications");
        assert_eq!(joined("the requirements of the post", "Require", "ments"), "Requirements");
        for (before, line) in
            [("Responsible", "for"), ("Working", "hours"), ("Plans and qualificatio", "ns"), ("Grade", "s")]
        {
            assert_eq!(joined("", before, line), format!("{before} {line}"));
        }
    }

    #[test]
    fn a_compound_keeps_its_hyphen() {
        assert_eq!(joined("inspection of homes", "each pre-", "inspection visit"), "each pre-inspection visit");
        assert_eq!(joined("making a decision", "sound decision-", "making in all"), "sound decision-making in all");
        assert_eq!(joined("", "a Monday-", "Friday week"), "a Monday-Friday week");
        assert_eq!(joined("", "open -", "all week"), "open - all week");
    }
}
