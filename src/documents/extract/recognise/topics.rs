//! What headings of UK public-sector job documents are about: the words, and the topic they name.
//!
//! Only vocabulary that is common to many employers belongs here; how a heading looks is `headings`' business.

use super::ledger::words;
use super::vocabulary::{self, Lists};
use std::sync::LazyLock;

/// What a heading announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// The document's own name: "Job description".
    Document,
    /// Label–value rows of the post: "Post details".
    Details,
    Terms,
    Duties,
    /// Duties of every post of the employer: "Corporate responsibilities".
    CommonDuties,
    /// Why the post exists: "Job purpose".
    Purpose,
    Prose,
    /// Values and behaviours, benefits: lists that are neither duties nor criteria.
    Values,
    Criteria,
    /// A usual category of a person specification: "Experience".
    Category,
    Factors,
    Demands,
    /// A collection of standard clauses: "General information".
    Clauses,
    /// One standard clause: "Infection control".
    Clause,
    Chart,
    Employer,
    Contact,
    /// Parts of a web page: "Supporting documents".
    Web,
}

/// The topics with their names, in order: the first that fits decides.
static TOPICS: LazyLock<Vec<(Topic, Vec<&'static str>)>> = LazyLock::new(|| {
    let lists = vocabulary::lists(include_str!("vocabulary/topics.txt"));
    lists.into_iter().filter_map(|(name, names)| Some((topic(name)?, names))).collect()
});
static WORDS: LazyLock<Lists> = LazyLock::new(|| Lists::read(include_str!("vocabulary/headings.txt")));

/// The topic of a list's name.
fn topic(name: &str) -> Option<Topic> {
    use Topic::{
        Category, Chart, Clause, Clauses, CommonDuties, Contact, Criteria, Demands, Details, Document, Duties,
        Employer, Factors, Prose, Purpose, Terms, Values, Web,
    };
    let all = [
        Document,
        Details,
        Terms,
        Duties,
        CommonDuties,
        Purpose,
        Prose,
        Values,
        Criteria,
        Category,
        Factors,
        Demands,
        Clauses,
        Clause,
        Chart,
        Employer,
        Contact,
        Web,
    ];
    all.into_iter().find(|topic| format!("{topic:?}") == name)
}

/// The topic that a heading's words name: every word must be part of a name or change nothing.
/// For lines that only their words show to be headings.
pub fn exact(text: &str) -> Option<Topic> {
    let words = words_of(text);
    if words.is_empty() || words.len() > 12 {
        return None;
    }
    if is_document_name(text) {
        return Some(Topic::Document);
    }
    let found = TOPICS.iter().find(|(_, names)| covers(names, &words)).map(|(topic, _)| *topic);
    // "Duties include:" heads a list of duties; "Essential skills include:" only leads in to one
    let leads = words.iter().any(|word| word.starts_with("includ"));
    found.filter(|topic| !leads || *topic == Topic::Duties)
}

/// The topic that stands somewhere in a heading. For lines that look like headings.
pub fn within(text: &str) -> Option<Topic> {
    let words = words_of(text);
    if let Some(topic) = exact(text) {
        return Some(topic);
    }
    // a question of a form, with its answer under it
    if words.first().is_some_and(|word| WORDS.has("question", word)) {
        return Some(Topic::Prose);
    }
    let named = |names: &[&str]| names.iter().any(|name| !WORDS.has("alone", name) && position(&words, name).is_some());
    TOPICS.iter().find(|(_, names)| named(names)).map(|(topic, _)| *topic)
}

/// The heading's words without what stands in brackets.
fn words_of(text: &str) -> Vec<String> {
    let outside: String = match text.split_once('(') {
        Some((before, _)) if !before.trim().is_empty() => before.to_owned(),
        Some(_) | None => text.to_owned(),
    };
    words(&outside.replace(['&', '/'], " and "))
}

fn covers(names: &[&str], all: &[String]) -> bool {
    let mut used = vec![false; all.len()];
    let mut named = false;
    for name in names {
        if let Some(at) = position(all, name) {
            named = true;
            used[at..at + name.split(' ').count()].fill(true);
        }
    }
    named && all.iter().zip(&used).all(|(word, used)| *used || WORDS.has("filler", word) || is_number(word))
}

/// A number, or the letter of a section.
fn is_number(word: &str) -> bool {
    word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit()) || word.len() == 1
}

fn position(all: &[String], name: &str) -> Option<usize> {
    let name: Vec<&str> = name.split(' ').collect();
    all.windows(name.len()).position(|window| window.iter().zip(&name).all(|(word, name)| word == name))
}

/// Whether a heading names the person specification only in the loose words of adverts: "About you".
pub fn is_loose_specification(text: &str) -> bool {
    let plain = words(text).join(" ");
    WORDS.of("loose specification").iter().any(|words| plain.contains(words))
}

/// Whether the text names a usual category of a person specification, and nothing else.
pub fn is_category(text: &str) -> bool {
    let words = words_of(text);
    !words.is_empty()
        && words.len() <= 9
        && TOPICS.iter().any(|(topic, names)| *topic == Topic::Category && covers(names, &words))
}

/// Whether the text names a standard clause, and nothing else or nearly so.
pub fn is_clause(text: &str) -> bool {
    let words = words_of(text);
    let holds = |names: &[&str]| names.iter().any(|name| position(&words, name).is_some());
    words.len() <= 12 && TOPICS.iter().any(|(topic, names)| *topic == Topic::Clause && holds(names))
}

/// Whether a text is the name of the document as a whole: "Job description and person specification".
pub fn is_document_name(text: &str) -> bool {
    let words = words_of(text);
    let is = |list: &str, word: &String| WORDS.has(list, word);
    let own = |word: &String| is("document", word) || is("job", word) || is("part", word);
    let named = words.iter().any(|word| is("document", word) && (word != "vacancy" || words.len() > 1));
    named && words.iter().any(|word| is("job", word)) && words.len() <= 10 && words.iter().all(own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_has_its_topic() {
        let lists = vocabulary::lists(include_str!("vocabulary/topics.txt"));
        assert_eq!(lists.len(), TOPICS.len());
        assert!(lists.iter().all(|(_, names)| names.iter().all(|name| words(name).join(" ") == *name)));
    }

    #[test]
    fn usual_headings_name_their_topic() {
        let cases = [
            ("Main duties and responsibilities", Topic::Duties),
            ("KEY TASKS", Topic::Duties),
            ("Generic Duties and Responsibilities", Topic::CommonDuties),
            ("Job purpose", Topic::Purpose),
            ("Person specification", Topic::Criteria),
            ("TERMS AND CONDITIONS OF SERVICE", Topic::Terms),
            ("Infection prevention & control", Topic::Clause),
            ("Qualifications and training", Topic::Category),
            ("Organisational chart", Topic::Chart),
            ("Job description", Topic::Document),
            ("Key working relationships", Topic::Prose),
        ];
        for (text, topic) in cases {
            assert_eq!(exact(text), Some(topic), "{text}");
        }
    }

    #[test]
    fn sentences_and_job_titles_name_none() {
        for text in [
            "Carry out other duties as directed by the manager",
            "Senior Parking Officer",
            "Responsible to the Head of Parking",
            "Ability to prioritise",
        ] {
            assert_eq!(exact(text), None, "{text}");
        }
    }

    #[test]
    fn the_name_of_the_document_is_known() {
        assert!(is_document_name("Job description and person specification"));
        assert!(!is_document_name("Person specification"));
        assert!(!is_document_name("Job details"));
    }
}
