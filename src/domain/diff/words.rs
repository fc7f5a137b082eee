//! The words of one text marked against another.

/// A stretch of words that both sides hold, or only one of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    pub tag: Tag,
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tag {
    Same,
    Added,
    Removed,
}

pub(super) fn stretch(tag: Tag, text: &str) -> Stretch {
    Stretch { tag, text: text.to_owned() }
}

/// Marks the words of `new` against `old`; neighbours of one kind are joined.
pub fn words(old: &str, new: &str) -> Vec<Stretch> {
    if old == new {
        return match new.is_empty() {
            true => Vec::new(),
            false => vec![stretch(Tag::Same, new)],
        };
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
    }
}
