//! The words of one text marked against another.

use crate::domain::inline::Look;

/// A stretch of words that both sides hold, or only one of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    pub tag: Tag,
    pub text: String,
    /// As it looks now; of removed words, as they looked.
    pub look: Look,
    /// How the same words looked before, where they look different now.
    pub was: Option<Look>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tag {
    Same,
    Added,
    Removed,
}

pub(super) fn stretch(tag: Tag, text: &str) -> Stretch {
    Stretch { tag, text: text.to_owned(), look: Look::default(), was: None }
}

/// What one comparison may spend on finding common words, as pairs of words looked at. A page waits for it, and two
/// long texts with nothing in common would take minutes.
const MOST_PAIRS: usize = 100_000_000;

/// Marks words within one budget, so that a whole comparison ends in time whatever it is given.
pub(super) struct Marker {
    left: usize,
}

impl Default for Marker {
    fn default() -> Self {
        Marker { left: MOST_PAIRS }
    }
}

impl Marker {
    pub(super) fn words(&mut self, old: &str, new: &str) -> Vec<Stretch> {
        if old == new || old.is_empty() || new.is_empty() {
            return plain(old, new);
        }
        let count = |text: &str| text.split_whitespace().count() + 1;
        let pairs = count(old).saturating_mul(count(new));
        match self.left.checked_sub(pairs) {
            Some(left) => {
                self.left = left;
                words(old, new)
            }
            None => roughly(old, new),
        }
    }
}

/// Nothing to look for: the same text, or only one.
fn plain(old: &str, new: &str) -> Vec<Stretch> {
    match (old == new, old.is_empty(), new.is_empty()) {
        (_, true, true) => Vec::new(),
        (true, _, _) => vec![stretch(Tag::Same, new)],
        (false, false, true) => vec![stretch(Tag::Removed, old)],
        (false, _, _) => [(Tag::Removed, old), (Tag::Added, new)]
            .into_iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(tag, text)| stretch(tag, text))
            .collect(),
    }
}

/// The common beginning and end, and all between them exchanged.
fn roughly(old: &str, new: &str) -> Vec<Stretch> {
    let split = |text: &str| text.split_inclusive(char::is_whitespace).map(str::to_owned).collect::<Vec<_>>();
    let (old, new) = (split(old), split(new));
    let start = old.iter().zip(&new).take_while(|(one, other)| one == other).count();
    let rest = old.len().min(new.len()) - start;
    let end = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(one, other)| one == other).count();
    let (old_end, new_end) = (old.len() - end, new.len() - end);
    [
        (Tag::Same, new[..start].concat()),
        (Tag::Removed, old[start..old_end].concat()),
        (Tag::Added, new[start..new_end].concat()),
        (Tag::Same, new[new_end..].concat()),
    ]
    .into_iter()
    .filter(|(_, text)| !text.is_empty())
    .map(|(tag, text)| stretch(tag, &text))
    .collect()
}

/// Marks the words of `new` against `old`; neighbours of one kind are joined.
pub fn words(old: &str, new: &str) -> Vec<Stretch> {
    if old == new || old.is_empty() || new.is_empty() {
        return plain(old, new);
    }
    let diff = similar::TextDiff::from_words(old, new);
    let mut out: Vec<Stretch> = Vec::new();
    for change in diff.iter_all_changes() {
        let tag = match change.tag() {
            similar::ChangeTag::Equal => Tag::Same,
            similar::ChangeTag::Insert => Tag::Added,
            similar::ChangeTag::Delete => Tag::Removed,
        };
        match out.last_mut() {
            Some(last) if last.tag == tag => last.text.push_str(change.value()),
            Some(_) | None => out.push(stretch(tag, change.value())),
        }
        join_neighbours(&mut out);
    }
    out
}

/// Takes the space between two exchanged words into the exchange: people read “each week” against “every day”, not
/// one word at a time.
fn join_neighbours(out: &mut Vec<Stretch>) {
    let [.., removed, added, between, next_removed, next_added] = out.as_mut_slice() else {
        return;
    };
    let tags = [removed.tag, added.tag, between.tag, next_removed.tag, next_added.tag];
    let exchanges = tags == [Tag::Removed, Tag::Added, Tag::Same, Tag::Removed, Tag::Added];
    if !exchanges || !between.text.chars().all(char::is_whitespace) {
        return;
    }
    for (first, next) in [(removed, next_removed), (added, next_added)] {
        first.text.push_str(&between.text);
        first.text.push_str(&next.text);
    }
    out.truncate(out.len() - 3);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_take_minutes_is_marked_roughly() {
        let text = |word: &str| format!("Begins alike. {} Ends alike.", format!("{word} ").repeat(20_000));
        let marked = Marker::default().words(&text("one"), &text("other"));
        let tags: Vec<Tag> = marked.iter().map(|stretch| stretch.tag).collect();
        assert_eq!(tags, [Tag::Same, Tag::Removed, Tag::Added, Tag::Same]);
    }

    #[test]
    fn exchanged_words_are_read_together() {
        let marked = words("Walks the estates each week.", "Walks the estates every day.");
        let expected = [
            stretch(Tag::Same, "Walks the estates "),
            stretch(Tag::Removed, "each week."),
            stretch(Tag::Added, "every day."),
        ];
        assert_eq!(marked, expected);
    }

    proptest::proptest! {
        #[test]
        fn the_marked_words_hold_both_sides(old in "[a-c ]{0,30}", new in "[a-c ]{0,30}") {
            let marked = words(&old, &new);
            let side = |drop: Tag| marked.iter().filter(|s| s.tag != drop).map(|s| s.text.as_str()).collect::<String>();
            proptest::prop_assert_eq!(side(Tag::Added), old);
            proptest::prop_assert_eq!(side(Tag::Removed), new);
        }

        #[test]
        fn rough_marks_hold_both_sides_too(old in "[a-c ]{1,30}", new in "[a-c ]{1,30}") {
            let marked = roughly(&old, &new);
            let side = |drop: Tag| marked.iter().filter(|s| s.tag != drop).map(|s| s.text.as_str()).collect::<String>();
            proptest::prop_assert_eq!(side(Tag::Added), old);
            proptest::prop_assert_eq!(side(Tag::Removed), new);
        }
    }
}
