//! Whether a text begins as the statement of a task: "To manage …", "Manages …", "Managing …", "Responsible for …".

use super::vocabulary::Lists;
use std::sync::LazyLock;

static WORDS: LazyLock<Lists> = LazyLock::new(|| Lists::read(include_str!("vocabulary/verbs.txt")));

/// Whether the first words name a task.
pub fn starts_task(text: &str) -> bool {
    let mut words = text
        .split(|c: char| c.is_whitespace() || c == '/')
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '-').to_lowercase())
        .filter(|word| !word.is_empty());
    let Some(first) = words.next() else { return false };
    if first == "to" {
        return true;
    }
    is_verb(&first)
}

/// A known verb in any of its forms.
fn is_verb(word: &str) -> bool {
    let known = |stem: &str| WORDS.has("verb", stem);
    let cut = |end: &str| word.strip_suffix(end);
    known(word)
        || cut("s").is_some_and(known)
        || cut("es").is_some_and(known)
        || cut("ies").is_some_and(|stem| known(&format!("{stem}y")))
        || cut("ing").is_some_and(|stem| known(stem) || known(&format!("{stem}e")) || doubled(stem).is_some_and(known))
}

/// `plann` as `plan`.
fn doubled(stem: &str) -> Option<&str> {
    let mut ends = stem.chars().rev();
    (ends.next() == ends.next()).then(|| stem.get(..stem.len() - 1)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tasks_begin_with_a_verb() {
        for text in [
            "To lead the team",
            "Manages stock",
            "Planning rotas",
            "Supplies goods",
            "Responsible for keys",
            "Co-ordinate visits",
        ] {
            assert!(starts_task(text), "{text}");
        }
        for text in ["Good written English", "The post holder", "Ability to lead", "Experience of stock"] {
            assert!(!starts_task(text), "{text}");
        }
    }
}
