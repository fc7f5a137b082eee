//! The employer's name, where no label gives it: a proper name that ends in a word for a public body.
//!
//! Fires on "Marlowe Borough Council", never on "the Council" or "the local authority" alone.

use std::collections::HashMap;

/// Words that end the name of a public body.
const BODIES: &[&str] = &[
    "council",
    "councils",
    "trust",
    "hospitals",
    "hospital",
    "university",
    "constabulary",
    "board",
    "boroughs",
    "police",
    "authority",
    "college",
    "academy",
    "service",
    "healthcare",
    "school",
];
/// Words that name no body by themselves.
const PLAIN: &[&str] = &[
    "the",
    "our",
    "this",
    "your",
    "local",
    "a",
    "an",
    "any",
    "each",
    "every",
    "county",
    "borough",
    "city",
    "district",
    "town",
    "parish",
    "metropolitan",
    "unitary",
    "both",
    "all",
    "nhs",
    "foundation",
    "public",
    "health",
    "executive",
    "trust",
    "full",
    "employing",
    "host",
    "care",
    "community",
    "national",
    "regional",
    "fire",
    "rescue",
    "and",
    "of",
    "&",
    "acute",
    "teaching",
    "combined",
    "general",
    "within",
    "in",
    "for",
    "shared",
    "support",
    "customer",
    "civil",
    "social",
    "youth",
    "planning",
    "primary",
    "secondary",
    "high",
    "infant",
    "junior",
    "nursery",
    "special",
];
/// Before "of" in a name.
const OF: &[&str] = &[
    "borough",
    "boroughs",
    "city",
    "county",
    "university",
    "hospitals",
    "royal",
    "isle",
    "london",
    "council",
    "councils",
];

/// The words of a text with their punctuation, and whether the word goes on to the next without a stop.
fn tokens(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

fn bare(token: &str) -> String {
    token
        .trim_matches(|c: char| !c.is_alphanumeric() && c != '&')
        .trim_end_matches("'s")
        .trim_end_matches("’s")
        .to_lowercase()
}

fn is_capital(token: &str) -> bool {
    token.trim_start_matches(['(', '‘', '“', '"']).starts_with(char::is_uppercase)
}

fn stops(token: &str) -> bool {
    token.ends_with([',', '.', ';', ':', ')', '?', '!', '–', '-'])
}

/// The names of public bodies in a text, as printed.
fn names(text: &str) -> Vec<String> {
    let tokens = tokens(text);
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let body = BODIES.contains(&bare(tokens[at]).as_str()) && is_capital(tokens[at]);
        let ends = body
            && !(at + 1 < tokens.len()
                && !stops(tokens[at])
                && is_capital(tokens[at + 1])
                && BODIES_AFTER.contains(&bare(tokens[at + 1]).as_str()));
        if let Some(start) = ends.then(|| start_of(&tokens, at)).flatten() {
            out.push(trimmed(&tokens[start..=at]));
        }
        at += 1;
    }
    out.extend(of_names(&tokens));
    out
}

/// Words that may stand in capitals before a name but are no part of it.
const OPENERS: &[&str] = &[
    "the", "and", "of", "&", "our", "this", "join", "at", "here", "welcome", "working", "work", "about", "for", "in",
    "with", "as", "why", "come", "to", "from", "by",
];

/// Words that show that a name goes on: "Hospitals NHS Trust".
const BODIES_AFTER: &[&str] = &[
    "nhs",
    "foundation",
    "trust",
    "council",
    "councils",
    "university",
    "hospitals",
    "hospital",
    "teaching",
    "police",
    "partnership",
    "fire",
];

/// Where the name that ends at `end` begins; none where only plain words stand before it.
fn start_of(tokens: &[&str], end: usize) -> Option<usize> {
    let mut start = end;
    while start > 0 && !stops(tokens[start - 1]) {
        let word = bare(tokens[start - 1]);
        let joins = match word.as_str() {
            "of" => start > 1 && OF.contains(&bare(tokens[start - 2]).as_str()),
            "and" | "&" => {
                start > 1
                    && is_capital(tokens[start - 2])
                    && !stops(tokens[start - 2])
                    && start < end + 1
                    && is_capital(tokens[start])
            }
            "upon" | "on" | "under" => start > 1 && is_capital(tokens[start - 2]) && end - start <= 3,
            _ => is_capital(tokens[start - 1]) && word.chars().any(char::is_alphabetic),
        };
        if !joins {
            break;
        }
        start -= 1;
    }
    while start < end && OPENERS.contains(&bare(tokens[start]).as_str()) {
        start += 1;
    }
    let named = tokens[start..end].iter().any(|token| !PLAIN.contains(&bare(token).as_str()));
    (named && end - start <= 9).then_some(start)
}

/// "London Borough of Marlowe", "University of Marlowe".
fn of_names(tokens: &[&str]) -> Vec<String> {
    let fits = |window: &[&str]| {
        ["borough", "university"].contains(&bare(window[0]).as_str())
            && is_capital(window[0])
            && window[1].eq_ignore_ascii_case("of")
            && is_capital(window[2])
            && !PLAIN.contains(&bare(window[2]).as_str())
    };
    tokens
        .windows(3)
        .enumerate()
        .filter(|(_, window)| fits(window))
        .map(|(at, window)| {
            let before = at.checked_sub(1).map(|before| tokens[before]).filter(|token| {
                is_capital(token) && ["london", "royal", "metropolitan"].contains(&bare(token).as_str())
            });
            trimmed(&before.into_iter().chain(window.iter().copied()).collect::<Vec<_>>())
        })
        .collect()
}

fn trimmed(tokens: &[&str]) -> String {
    let joined = tokens.join(" ");
    let name = joined.trim_matches(|c: char| !c.is_alphanumeric());
    name.strip_suffix("'s").or_else(|| name.strip_suffix("’s")).unwrap_or(name).to_owned()
}

/// Whether a line is the name of a public body and nothing else.
pub fn is_name(line: &str) -> bool {
    let wanted = line.trim().trim_matches(|c: char| !c.is_alphanumeric()).trim_start_matches("The ");
    line.split_whitespace().count() <= 10 && names(line).iter().any(|name| name.eq_ignore_ascii_case(wanted))
}

/// A name at the start of a line, before a dash: "MARLOWE COUNCIL – JOB PROFILE".
pub fn before_dash(line: &str) -> Option<(String, usize)> {
    let at = [" - ", " – ", " — ", ": ", " | "].iter().filter_map(|dash| line.find(dash)).min()?;
    is_name(&line[..at]).then(|| (line[..at].trim().to_owned(), at))
}

/// The name that the texts give most often; the earliest of equals.
pub fn most_named<'a>(texts: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut order: Vec<String> = Vec::new();
    let mut counts: HashMap<String, usize> = HashMap::new();
    for name in texts.flat_map(names).filter(|name| is_employing(name)) {
        let key = name.to_lowercase();
        if !counts.contains_key(&key) {
            order.push(name);
        }
        *counts.entry(key).or_default() += 1;
    }
    let most = counts.values().max().copied()?;
    order.into_iter().find(|name| counts.get(&name.to_lowercase()) == Some(&most))
}

/// In running text only the surest kinds of body are believed.
fn is_employing(name: &str) -> bool {
    let lower = name.to_lowercase();
    let last = lower.split(' ').next_back().unwrap_or_default();
    ["council", "councils", "constabulary", "university"].contains(&last)
        || lower.ends_with("nhs trust")
        || lower.ends_with("foundation trust")
        || lower.ends_with("health board")
        || lower.ends_with("fire and rescue service")
        || lower.ends_with("combined authority")
        || lower.contains("borough of ")
        || lower.starts_with("university of ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_are_found_in_running_text() {
        let text = "You will work for the Marlowe and Ashby Councils. The Council expects much, and Marlowe and Ashby Councils give much.";
        assert_eq!(most_named([text].into_iter()), Some("Marlowe and Ashby Councils".to_owned()));
        assert_eq!(
            most_named(["The Council and the Local Authority’s policies; Senior Managers of the Trust"].into_iter()),
            None
        );
        assert_eq!(
            most_named(["Join Calder Vale Community NHS Trust today."].into_iter()),
            Some("Calder Vale Community NHS Trust".to_owned())
        );
        assert_eq!(
            most_named(["at the London Borough of Marlowe we"].into_iter()),
            Some("London Borough of Marlowe".to_owned())
        );
    }

    #[test]
    fn a_line_may_be_only_the_name() {
        assert!(is_name("Marlowe Borough Council"));
        assert!(is_name("CALDER VALE COMMUNITY NHS TRUST"));
        assert!(!is_name("Marlowe Borough Council job profile"));
        assert_eq!(
            before_dash("MARLOWE COUNCIL - JOB PROFILE").map(|(name, _)| name),
            Some("MARLOWE COUNCIL".to_owned())
        );
    }
}
