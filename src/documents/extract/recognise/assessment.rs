//! How criteria are assessed: codes (`A & I/T`), words ("Application form and interview") and the key that explains codes.

use super::ledger::words;
use crate::documents::extract::result::AssessmentMethod;

/// Codes that the document explains itself: "E = Exercise".
#[derive(Debug, Clone, Default)]
pub struct Key {
    codes: Vec<(String, AssessmentMethod)>,
}

const NAMES: &[(AssessmentMethod, &[&str])] = &[
    (AssessmentMethod::AssessmentCentre, &["assessment centre", "ac", "assessment day"]),
    (
        AssessmentMethod::Application,
        &[
            "application form",
            "application",
            "applications",
            "supporting statement",
            "supporting information",
            "personal statement",
            "application cv",
            "cv",
            "app",
            "af",
            "a",
            "form",
            "shortlisting",
            "app form",
            "statement",
            "s",
            "sh",
        ],
    ),
    (AssessmentMethod::Interview, &["interview", "interviews", "int", "i", "selection interview", "panel", "in"]),
    (AssessmentMethod::Presentation, &["presentation", "pres", "p"]),
    (AssessmentMethod::References, &["references", "reference", "ref", "refs", "r"]),
    (
        AssessmentMethod::Certificate,
        &[
            "certificates",
            "certificate",
            "certification",
            "document check",
            "documents",
            "documentary evidence",
            "proof of qualification",
            "qualification certificates",
            "cert",
            "c",
            "pre employment checks",
            "pre employment check",
            "original certificates",
        ],
    ),
    (
        AssessmentMethod::Test,
        &[
            "test",
            "tests",
            "work sample",
            "exercise",
            "exercises",
            "practical test",
            "written test",
            "skills test",
            "selection test",
            "assessment",
            "assessments",
            "practical assessment",
            "written exercise",
            "practical exercise",
            "task",
            "t",
            "e",
            "ex",
            "work based test",
            "selection tests",
            "at",
            "test exercise",
            "practical",
        ],
    ),
    (
        AssessmentMethod::Other,
        &[
            "other",
            "o",
            "observation",
            "medical",
            "occupational health",
            "dbs",
            "d",
            "m",
            "dbs check",
            "disclosure",
            "certificate of disclosure",
            "discussion",
            "probation",
            "induction",
        ],
    ),
];

/// Words between methods.
const JOINERS: &[&str] = &[
    "and",
    "or",
    "then",
    "the",
    "at",
    "by",
    "on",
    "via",
    "through",
    "with",
    "form",
    "process",
    "stage",
    "assessed",
    "assessment",
    "method",
    "see",
    "below",
    "stages",
    "using",
    "in",
    "also",
    "plus",
    "selection",
    "both",
    "be",
    "will",
    "is",
];

/// The one method that a text names and nothing else, by a word or a code.
pub fn single(text: &str) -> Option<AssessmentMethod> {
    let plain = words(text).join(" ");
    NAMES.iter().find(|(_, names)| names.contains(&plain.as_str())).map(|(method, _)| *method)
}

/// Every method that a text names, in order of the vocabulary; none where it holds anything else.
/// Codes of several letters without a gap (`AIT`) are read letter by letter.
pub fn all(text: &str, key: &Key) -> Option<Vec<AssessmentMethod>> {
    let words = words(text);
    if words.is_empty() || words.len() > 14 {
        return None;
    }
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let step = longest(&words[at..], key, &mut found)?;
        at += step;
    }
    found.sort_unstable();
    found.dedup();
    (!found.is_empty()).then_some(found)
}

/// Reads the longest name at the start of the words. Returns how many words it took.
fn longest(words: &[String], key: &Key, found: &mut Vec<AssessmentMethod>) -> Option<usize> {
    if let Some((_, method)) = key.codes.iter().find(|(code, _)| *code == words[0]) {
        found.push(*method);
        return Some(1);
    }
    for length in (1..=3.min(words.len())).rev() {
        let name = words[..length].join(" ");
        if let Some((method, _)) = NAMES.iter().find(|(_, names)| names.contains(&name.as_str())) {
            found.push(*method);
            return Some(length);
        }
    }
    if JOINERS.contains(&words[0].as_str()) {
        return Some(1);
    }
    letters(&words[0], key).map(|methods| {
        found.extend(methods);
        1
    })
}

/// `ait` as three codes.
fn letters(word: &str, key: &Key) -> Option<Vec<AssessmentMethod>> {
    let fits = word.len() <= 4 && word.chars().all(|c| "aitcpr".contains(c));
    let method = |c: char| {
        let code = c.to_string();
        key.codes.iter().find(|(own, _)| *own == code).map(|(_, method)| *method).or_else(|| single(&code))
    };
    if fits { word.chars().map(method).collect() } else { None }
}

/// Methods that a sentence for all criteria names: "Criteria are assessed by application form and interview."
pub fn in_sentence(text: &str) -> Option<Vec<AssessmentMethod>> {
    let lower = words(text).join(" ");
    let asks = ["assessed", "measured", "tested", "evidenced", "demonstrated"].iter().any(|verb| lower.contains(verb));
    if !asks || lower.split(' ').count() > 40 {
        return None;
    }
    let found: Vec<AssessmentMethod> = NAMES
        .iter()
        .filter(|(_, names)| {
            names.iter().any(|name| {
                name.len() > 3
                    && *name != "assessment"
                    && *name != "form"
                    && *name != "statement"
                    && holds(&lower, name)
            })
        })
        .map(|(method, _)| *method)
        .collect();
    let mut found: Vec<AssessmentMethod> = found;
    found.sort_unstable();
    (!found.is_empty()).then_some(found)
}

fn holds(text: &str, name: &str) -> bool {
    format!(" {text} ").contains(&format!(" {name} "))
}

impl Key {
    /// Takes in a line that explains codes: `A – Application form`, `I = interview; T = test`.
    /// Returns whether it did so.
    pub fn learn(&mut self, text: &str) -> bool {
        let mut any = false;
        for part in text.split([';', ',', '\n', '|']) {
            let Some((code, method)) = entry(part) else {
                if any {
                    continue;
                } else {
                    return self.learn_run(text);
                };
            };
            self.codes.push((code, method));
            any = true;
        }
        any
    }

    /// `A = Application form I = Interview T = Test`, with nothing between.
    fn learn_run(&mut self, text: &str) -> bool {
        let marks: Vec<usize> = text.char_indices().filter(|(_, c)| matches!(c, '=' | '–')).map(|(at, _)| at).collect();
        let starts: Vec<usize> = marks
            .iter()
            .map(|at| text[..*at].trim_end().rfind([' ', '\t', '(']).map_or(0, |space| space + 1))
            .collect();
        let mut entries = Vec::new();
        for (index, start) in starts.iter().enumerate() {
            let end = starts.get(index + 1).copied().unwrap_or(text.len());
            match text.get(*start..end).and_then(entry) {
                Some(found) => entries.push(found),
                None => return false,
            }
        }
        let any = !entries.is_empty();
        self.codes.extend(entries);
        any
    }
}

/// One explanation: a code of one to three capitals, a dash, equals sign, colon or bracket, and a method's name.
fn entry(text: &str) -> Option<(String, AssessmentMethod)> {
    let text = text.trim().trim_start_matches(['(', '*', '•']).trim_start();
    let end = text.find(|c: char| !c.is_ascii_uppercase())?;
    let code = &text[..end];
    let rest = text[end..].trim_start_matches([')', ' ', '\t']);
    let meaning =
        rest.strip_prefix(['–', '-', '=', ':', '—']).or_else(|| text[end..].starts_with(')').then_some(rest))?;
    if !(1..=3).contains(&code.len()) || words(meaning).len() > 6 {
        return None;
    }
    let plain = words(meaning).join(" ");
    // the name that comes first decides: "Presentation to the panel"
    let padded = format!(" {plain} ");
    let place = |name: &&str| padded.find(&format!(" {name} ")).filter(|_| name.len() > 2);
    let found = NAMES.iter().filter_map(|(method, names)| Some((names.iter().filter_map(place).min()?, method)));
    found.min_by_key(|(at, _)| *at).map(|(_, method)| (code.to_lowercase(), *method))
}

#[cfg(test)]
mod tests {
    use super::*;
    use AssessmentMethod::{Application, Certificate, Interview, Presentation, Test};

    #[test]
    fn codes_and_words_are_read() {
        let key = Key::default();
        assert_eq!(all("A & I/T", &key), Some(vec![Application, Interview, Test]));
        assert_eq!(all("AF, I", &key), Some(vec![Application, Interview]));
        assert_eq!(all("Application form and interview", &key), Some(vec![Application, Interview]));
        assert_eq!(all("AIC", &key), Some(vec![Application, Interview, Certificate]));
        assert_eq!(all("Ability to plan", &key), None);
        assert_eq!(all("", &key), None);
    }

    #[test]
    fn a_key_explains_its_codes() {
        let mut key = Key::default();
        assert!(key.learn("E – Presentation to the panel"));
        assert!(key.learn("A = Application form, I = Interview"));
        assert!(!key.learn("Ability to drive"));
        assert_eq!(all("E", &key), Some(vec![Presentation]));
    }

    #[test]
    fn one_sentence_speaks_for_all() {
        let text = "All criteria will be assessed by application form and at interview.";
        assert_eq!(in_sentence(text), Some(vec![Application, Interview]));
        assert_eq!(in_sentence("The test centre is open on Mondays."), None);
    }
}
