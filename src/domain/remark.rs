//! Comments: how long they may be, and whom they call.

/// The longest comment, and the longest reason of a suggestion, in characters.
pub const LONGEST_COMMENT: usize = 4_000;
/// The most people that one comment calls: it sends each a mail.
pub const MOST_MENTIONED: usize = 10;

/// Which of these names a text calls with “@”, longest first, so that “@Ann Lee-Hall” does not call Ann Lee too.
pub fn mentioned<'a, Id: Copy + PartialEq>(text: &str, people: impl IntoIterator<Item = (Id, &'a str)>) -> Vec<Id> {
    let mut people: Vec<(Id, String)> =
        people.into_iter().map(|(id, name)| (id, format!("@{}", name.to_lowercase()))).collect();
    people.sort_by_key(|(_, name)| std::cmp::Reverse(name.len()));
    let mut rest = text.to_lowercase();
    let mut called = Vec::new();
    for (id, name) in people {
        let (left, found) = without(&rest, &name);
        if found {
            rest = left;
            called.push(id);
        }
    }
    called
}

/// The text with every call of that name taken out, where it stands as words do: an e-mail address calls nobody.
fn without(text: &str, name: &str) -> (String, bool) {
    let mut left = String::new();
    let mut rest = text;
    let mut found = false;
    while let Some((before, after)) = rest.split_once(name) {
        left.push_str(before);
        let begins = before.chars().next_back().is_none_or(|last| !last.is_alphanumeric());
        let ends = after.chars().next().is_none_or(|next| !next.is_alphanumeric());
        match begins && ends {
            true => found = true,
            false => left.push_str(name),
        }
        rest = after;
    }
    left.push_str(rest);
    (left, found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_called_whole() {
        let people = [(1, "Ann Lee"), (2, "Ann Lee-Hall"), (3, "Bo Rao"), (4, "Lee")];
        assert_eq!(mentioned("@Ann Lee-Hall, is this right?", people), [2]);
        assert_eq!(mentioned("Ask @bo rao and @Ann Lee.", people), [1, 3]);
        assert_eq!(mentioned("@Ann Leeson and ann lee and x@Lee.uk", people), [0; 0]);
        assert_eq!(mentioned("", people), [0; 0]);
    }
}
