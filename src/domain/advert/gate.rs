//! The last look at an advert's words before anybody outside reads them: what was cut off, pasted twice or left over, what
//! is missing, and what should not be public. And advice, which stops nothing.

use std::collections::HashSet;

use super::personal::personal_data;
use super::{AdvertText, FieldProblem, Flexible, salary_range};
use crate::domain::places::outward_codes;
use crate::domain::text::count;

/// The words of a short text that works: enough to decide on, few enough to read on a phone.
pub const ADVISED_WORDS: (usize, usize) = (300, 500);
/// A line shorter than this may be a heading or a signature, without a full stop.
const SHORTEST_SENTENCE: usize = 40;
/// A shorter line can stand in the job description too: a heading, or the name of a benefit.
const SHORTEST_REPEAT: usize = 25;
/// Text that an unfinished template leaves behind.
const LEFT_OVER: [&str; 8] = ["[insert", "[add", "xxxx", "lorem ipsum", "tbc]", "{{", "<<", "change to:"];

/// What has to be put right, by field. `description` is what applicants read of the version, a line for each of its own.
pub fn gate(text: &AdvertText, description: &str) -> Vec<FieldProblem> {
    let mut problems: Vec<FieldProblem> = Vec::new();
    if let Some(last) = cut_off(&text.short_text) {
        problems.push(("short_text", format!("The text stops in the middle, after “{last}”: finish the sentence")));
    }
    if let Some(twice) = repeated(&text.short_text) {
        problems.push(("short_text", format!("The text says “{twice}” twice: take one out")));
    } else if let Some(twice) = repeated_from(&text.short_text, description) {
        let said =
            format!("The job description below it says “{twice}” too, and people would read it twice: take it out");
        problems.push(("short_text", said));
    }
    for (field, words) in
        [("headline", &text.headline), ("short_text", &text.short_text), ("apply_value", &text.apply_value)]
    {
        let lower = words.to_lowercase();
        if let Some(left) = LEFT_OVER.iter().find(|left| lower.contains(**left)) {
            problems.push((field, format!("“{left}” is left over from a template: write what belongs there")));
        }
    }
    problems.extend(personal_data(text));
    if !text.salary_text.is_empty() && salary_range(&text.salary_text).is_none() {
        let said = format!("“{}” names no amount: give the salary in pounds", text.salary_text);
        problems.push(("salary_text", said));
    }
    problems
}

/// How long a short text is, beside what works best; `static/js/words.js` says the same while somebody writes.
pub fn words_said(text: &str) -> String {
    let (least, most) = ADVISED_WORDS;
    let words = text.split_whitespace().count();
    let said = count(words, "word", "words");
    if words < least {
        format!("{said}. {least} to {most} work best: {} more to go.", least - words)
    } else if words > most {
        format!("{said}. {least} to {most} work best: {} too many.", words - most)
    } else {
        format!("{said}: a good length.")
    }
}

/// What would make it better; nobody has to follow it.
pub fn advice(text: &AdvertText, title: &str) -> Vec<FieldProblem> {
    let mut advice: Vec<FieldProblem> = Vec::new();
    let words = text.short_text.split_whitespace().count();
    let (least, most) = ADVISED_WORDS;
    if words > 0 && !(least..=most).contains(&words) {
        let than = if words < least { "shorter" } else { "longer" };
        advice.push((
            "short_text",
            format!("The short text has {words} words, {than} than the {least} to {most} that work best"),
        ));
    }
    if !text.headline.is_empty() && text.headline.eq_ignore_ascii_case(title) {
        advice.push((
            "headline",
            "The headline repeats the title, so it is not printed: say what is good about the job".into(),
        ));
    }
    if !text.offer.flexible.contains(&Flexible::Home) {
        let bare = text.locations.lines().find(|line| !line.trim().is_empty() && outward_codes(line).is_empty());
        if let Some(line) = bare {
            advice
                .push(("locations", format!("“{}” has no postcode, so a search by distance may miss it", line.trim())));
        }
    }
    if is_a_persons(&text.contact_email) {
        advice.push((
            "contact_email",
            "The e-mail address looks like one person's: a team's mailbox outlives holidays".into(),
        ));
    }
    if text.offer.flexible.is_empty() {
        advice.push(("flexible_job_share", "No flexible working is offered: many applicants search by it".into()));
    }
    advice
}

/// The last words of a text that does not end.
fn cut_off(text: &str) -> Option<String> {
    let last = text.lines().map(str::trim).rfind(|line| !line.is_empty())?;
    let is_entry = ["- ", "* ", "• ", "– "].iter().any(|mark| last.starts_with(mark));
    let trails_off = last.ends_with('…') || last.ends_with("...") || last.ends_with(',') || last.ends_with(';');
    let ends = last.ends_with(|c: char| ".!?:)”\"'’".contains(c));
    let long = last.chars().count() >= SHORTEST_SENTENCE;
    let is_cut = trails_off || (!is_entry && long && !ends);
    is_cut.then(|| {
        let words: Vec<&str> = last.split_whitespace().collect();
        words[words.len().saturating_sub(4)..].join(" ")
    })
}

/// The beginning of a paragraph or a sentence that stands there twice.
fn repeated(text: &str) -> Option<String> {
    let tidy = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let sentences =
        text.lines().flat_map(|line| line.split_inclusive(". ").map(|one| one.trim_end_matches(['.', ' '])));
    let mut before: HashSet<String> = HashSet::new();
    let twice = text.lines().map(str::trim).filter(|line| line.chars().count() >= SHORTEST_SENTENCE);
    let twice = twice.filter(|line| line.contains(". ")).chain(sentences.map(str::trim));
    let mut long = twice.filter(|one| one.chars().count() >= SHORTEST_SENTENCE);
    long.find(|one| !before.insert(tidy(one)))
        .map(|one| one.split_whitespace().take(5).collect::<Vec<_>>().join(" ") + "…")
}

/// The beginning of a line that stands in the job description too.
fn repeated_from(text: &str, description: &str) -> Option<String> {
    let tidy = |line: &str| {
        line.trim_start_matches(['-', '*', '•', '–', ' ']).split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let is_long = |line: &String| line.chars().count() >= SHORTEST_REPEAT;
    let below: HashSet<String> =
        description.lines().map(tidy).filter(is_long).map(|line| line.to_lowercase()).collect();
    let twice = text.lines().map(tidy).filter(is_long).find(|line| below.contains(&line.to_lowercase()))?;
    Some(twice.split_whitespace().take(5).collect::<Vec<_>>().join(" ") + "…")
}

/// `ama.okafor@…` rather than `recruitment@…`: two names before the at sign.
fn is_a_persons(address: &str) -> bool {
    let local = address.split('@').next().unwrap_or_default();
    let parts: Vec<&str> = local.split('.').collect();
    let team = ["team", "hr", "jobs", "recruitment", "enquiries", "contact", "info", "service", "services", "support"];
    parts.len() == 2
        && parts.iter().all(|part| part.len() > 1 && part.chars().all(char::is_alphabetic))
        && !parts.iter().any(|part| team.contains(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_were_cut_off_or_doubled() {
        assert_eq!(
            cut_off("We are looking for a nurse who likes to work in the comm").as_deref(),
            Some("work in the comm")
        );
        assert_eq!(cut_off("You will visit people and…").as_deref(), Some("will visit people and…"));
        for whole in [
            "You visit people at home, every day of the week.",
            "You will:\n- listen\n- plan",
            "The community team",
            "",
        ] {
            assert_eq!(cut_off(whole), None, "{whole}");
        }
        let twice = "Our nurses look after people at home every day.";
        assert!(repeated(&format!("{twice}\n\nCall us.\n\n{}", twice.to_uppercase())).is_some());
        assert_eq!(repeated("Call us.\nCall us."), None);
        let within = format!("{twice} Call us. {twice} You plan the day.");
        assert_eq!(repeated(&within).as_deref(), Some("Our nurses look after people…"));
        assert_eq!(repeated(&format!("{twice} Call us.\n{}", &twice[..40])), None);
        let description = format!("Call us.\n{twice}\nYou plan the care of up to twelve people.");
        assert_eq!(
            repeated_from(&format!("- {twice}"), &description).as_deref(),
            Some("Our nurses look after people…")
        );
        assert_eq!(repeated_from("Call us.\nOur nurses look after people at home.", &description), None);
    }

    #[test]
    fn words_are_counted_in_words() {
        assert_eq!(words_said(""), "0 words. 300 to 500 work best: 300 more to go.");
        assert_eq!(words_said("One"), "1 word. 300 to 500 work best: 299 more to go.");
        assert_eq!(words_said(&"word ".repeat(400)), "400 words: a good length.");
        assert_eq!(words_said(&"word ".repeat(512)), "512 words. 300 to 500 work best: 12 too many.");
    }

    #[test]
    fn teams_are_told_from_persons() {
        assert!(is_a_persons("sunita.rao@trust.example"));
        for team in ["community@trust.example", "hr.team@trust.example", "a.b@trust.example", ""] {
            assert!(!is_a_persons(team), "{team}");
        }
    }
}
