//! Short forms that people outside don't know, explained where they are met first.

/// Short forms with what they stand for.
#[derive(Debug, Default)]
pub struct Acronyms(Vec<(String, String)>);

impl Acronyms {
    pub fn new(list: Vec<(String, String)>) -> Self {
        Acronyms(list)
    }

    /// Begins a document; `whole` is all of its text, so that what its writer explained is not explained again.
    pub fn explainer<'a>(&'a self, whole: &str) -> Explainer<'a> {
        let lower = whole.to_lowercase();
        let new = |(short, long): &&(String, String)| {
            !whole.contains(&format!("({short})")) && !lower.contains(&long.to_lowercase())
        };
        Explainer { left: self.0.iter().filter(new).collect() }
    }
}

/// What is yet to be explained in one document.
pub struct Explainer<'a> {
    left: Vec<&'a (String, String)>,
}

impl Explainer<'_> {
    /// The text with `MDT` as `MDT (multidisciplinary team)` where it stands for the first time.
    pub fn explain(&mut self, text: &str) -> String {
        let mut out = text.to_owned();
        self.left.retain(|(short, long)| match place(&out, short) {
            None => true,
            Some(end) => {
                out.insert_str(end, &format!(" ({long})"));
                false
            }
        });
        out
    }
}

/// Where a short form ends that stands alone, before anything in brackets.
fn place(text: &str, short: &str) -> Option<usize> {
    text.match_indices(short).map(|(start, found)| (start, start + found.len())).find_map(|(start, end)| {
        let before = text[..start].chars().next_back();
        let after = text[end..].chars().next();
        let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '-' || c == '@' || c == '/');
        // "DBSs" and "NHS-wide" are left alone; so is what stands in an address.
        let alone = !is_word(before) && !is_word(after) && !text[end..].starts_with(" (");
        let in_brackets = before == Some('(') && after == Some(')');
        (alone && !in_brackets).then_some(end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list() -> Acronyms {
        let pair = |short: &str, long: &str| (short.to_owned(), long.to_owned());
        Acronyms::new(vec![pair("MDT", "multidisciplinary team"), pair("DBS", "Disclosure and Barring Service")])
    }

    #[test]
    fn the_first_one_is_explained_and_the_next_is_not() {
        let (list, whole) = (list(), "Join the MDT. The MDT meets weekly. A DBS check.");
        let mut explainer = list.explainer(whole);
        assert_eq!(explainer.explain("Join the MDT. The MDT"), "Join the MDT (multidisciplinary team). The MDT");
        assert_eq!(
            explainer.explain("The MDT meets. A DBS check"),
            "The MDT meets. A DBS (Disclosure and Barring Service) check"
        );
    }

    #[test]
    fn what_the_writer_explained_stays() {
        for text in [
            "The multidisciplinary team (MDT) meets.",
            "The MDT (Multidisciplinary Team) meets.",
            "MDTs, x@MDT.example",
        ] {
            assert_eq!(list().explainer(text).explain(text), text);
        }
    }
}
