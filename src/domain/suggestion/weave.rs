//! Two changes of one text woven together: what both started from, what one made of it, what the other made of it.
//!
//! Word by word, and only where the changes keep clear of one another; anything else is for a person.

use std::ops::Range;

/// A change of a text: this stretch of the old one became that.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Change {
    at: Range<usize>,
    becomes: String,
}

/// Both changes in one text. None where they touch: where the same words, or words beside them, were changed by both.
pub fn weave(before: &str, now: &str, proposed: &str) -> Option<String> {
    if now == proposed || before == proposed {
        return Some(now.to_owned());
    }
    if before == now {
        return Some(proposed.to_owned());
    }
    let (theirs, mine) = (changes(before, now), changes(before, proposed));
    let mut all = theirs.clone();
    for change in mine {
        if theirs.contains(&change) {
            continue;
        }
        if theirs.iter().any(|other| touch(&change.at, &other.at)) {
            return None;
        }
        all.push(change);
    }
    all.sort_by_key(|change| change.at.start);
    Some(apply(before, &all))
}

/// Both ends count: an insertion right beside a change is no independent one.
fn touch(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start <= other.end && other.start <= one.end
}

fn apply(before: &str, changes: &[Change]) -> String {
    let mut out = String::new();
    let mut at = 0;
    for change in changes {
        out.push_str(&before[at..change.at.start]);
        out.push_str(&change.becomes);
        at = change.at.end;
    }
    out.push_str(&before[at..]);
    out
}

fn changes(before: &str, after: &str) -> Vec<Change> {
    let diff = similar::TextDiff::from_words(before, after);
    let mut changes = Vec::new();
    let mut at = 0;
    let mut open: Option<Change> = None;
    for change in diff.iter_all_changes() {
        let words = change.value();
        match change.tag() {
            similar::ChangeTag::Equal => {
                changes.extend(open.take());
                at += words.len();
            }
            similar::ChangeTag::Delete => {
                at += words.len();
                open.get_or_insert(Change { at: at - words.len()..at, becomes: String::new() }).at.end = at;
            }
            similar::ChangeTag::Insert => {
                open.get_or_insert(Change { at: at..at, becomes: String::new() }).becomes.push_str(words);
            }
        }
    }
    changes.extend(open);
    changes
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn changes_that_keep_clear_are_woven_and_others_are_not() {
        let before = "Walks the estates each week and reports faults.";
        let now = "Walks the council estates each week and reports faults.";
        let proposed = "Walks the estates each week and reports every fault.";
        let woven = "Walks the council estates each week and reports every fault.";
        assert_eq!(weave(before, now, proposed).as_deref(), Some(woven));
        assert_eq!(weave(before, now, "Walks the big estates each week and reports faults."), None);
        assert_eq!(weave(before, now, now).as_deref(), Some(now));
        assert_eq!(weave(before, now, before).as_deref(), Some(now), "nothing was proposed");
        assert_eq!(weave(before, before, proposed).as_deref(), Some(proposed));
    }

    /// How often each word stands in a text.
    fn counted(text: &str) -> BTreeMap<String, i64> {
        let mut counts = BTreeMap::new();
        for word in text.split_whitespace() {
            *counts.entry(word.to_owned()).or_default() += 1;
        }
        counts
    }

    /// A text of few words, so that changes meet often.
    fn text() -> impl Strategy<Value = String> {
        proptest::collection::vec("[a-f]", 0..10).prop_map(|words| words.join(" "))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn no_word_that_either_side_wrote_is_lost(before in text(), now in text(), proposed in text()) {
            if let Some(woven) = weave(&before, &now, &proposed) {
                let (before_words, woven_words) = (counted(&before), counted(&woven));
                let count = |words: &BTreeMap<String, i64>, word: &str| words.get(word).copied().unwrap_or_default();
                for (word, _) in counted(&format!("{now} {proposed}")) {
                    let old = count(&before_words, &word);
                    let (theirs, mine) = (count(&counted(&now), &word) - old, count(&counted(&proposed), &word) - old);
                    // What both wrote alike stands once; what one took out, the other has not written.
                    let least = old + theirs.min(0) + mine.min(0) + theirs.max(0).max(mine.max(0));
                    prop_assert!(count(&woven_words, &word) >= least, "“{word}” of “{now}” and “{proposed}” in “{woven}”");
                }
                for change in changes(&before, &now).iter().chain(&changes(&before, &proposed)) {
                    prop_assert!(woven.contains(&change.becomes), "“{}” is not in “{woven}”", change.becomes);
                }
            }
        }

        #[test]
        fn it_is_the_same_whoever_came_first(before in text(), now in text(), proposed in text()) {
            prop_assert_eq!(weave(&before, &now, &proposed), weave(&before, &proposed, &now));
        }

        #[test]
        fn a_change_is_what_it_says(before in text(), after in text()) {
            prop_assert_eq!(apply(&before, &changes(&before, &after)), after);
        }
    }
}
