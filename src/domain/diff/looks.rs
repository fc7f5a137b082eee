//! Words that carry marks, bold, italic and links: compared as a reader sees them, each stretch with its look. A word
//! that only looks different is the same word, and the change of its look is said in words.

use super::words::{Marker, Stretch, Tag, words};
use crate::domain::inline::{Look, Span, spans};

/// Marks the words of `new` against `old`, both read with their bold, italic and links.
pub fn marked(old: &str, new: &str) -> Vec<Stretch> {
    with(old, new, words)
}

impl Marker {
    /// The same within the budget of a comparison.
    pub(super) fn marked(&mut self, old: &str, new: &str) -> Vec<Stretch> {
        with(old, new, |old, new| self.words(old, new))
    }
}

fn with(old: &str, new: &str, words: impl FnOnce(&str, &str) -> Vec<Stretch>) -> Vec<Stretch> {
    let is_plain = |text: &str| !text.contains(['*', '[', '\\']);
    if is_plain(old) && is_plain(new) {
        return words(old, new);
    }
    let (old, new) = (spans(old), spans(new));
    let text = |spans: &[Span]| spans.iter().map(|span| span.text.as_str()).collect::<String>();
    dressed(words(&text(&old), &text(&new)), &old, &new)
}

/// Gives each stretch the look of its side, cut where a look begins or ends.
fn dressed(words: Vec<Stretch>, old: &[Span], new: &[Span]) -> Vec<Stretch> {
    let (mut old, mut new) = (Reader::of(old), Reader::of(new));
    let mut out: Vec<Stretch> = Vec::new();
    for stretch in words {
        let mut rest = stretch.text.as_str();
        while !rest.is_empty() {
            let ((then, then_left), (now, now_left)) = (old.here(), new.here());
            let (length, look, was) = match stretch.tag {
                Tag::Same => (then_left.min(now_left), now.clone(), (then != now).then_some(then)),
                Tag::Added => (now_left, now, None),
                Tag::Removed => (then_left, then, None),
            };
            let length = length.min(rest.len());
            let (text, after) = rest.split_at(length);
            rest = after;
            if stretch.tag != Tag::Added {
                old.advance(length);
            }
            if stretch.tag != Tag::Removed {
                new.advance(length);
            }
            // Nobody sees whether a space is bold.
            let was = was.filter(|_| !text.trim().is_empty());
            push(&mut out, Stretch { tag: stretch.tag, text: text.to_owned(), look, was });
        }
    }
    out
}

fn push(out: &mut Vec<Stretch>, next: Stretch) {
    match out.last_mut() {
        Some(last) if (last.tag, &last.look, &last.was) == (next.tag, &next.look, &next.was) => {
            last.text.push_str(&next.text);
        }
        Some(_) | None => out.push(next),
    }
}

/// Goes along the spans of one side.
struct Reader<'a> {
    spans: std::slice::Iter<'a, Span>,
    here: Option<&'a Span>,
    used: usize,
}

impl<'a> Reader<'a> {
    fn of(spans: &'a [Span]) -> Self {
        let mut spans = spans.iter();
        let here = spans.next();
        Reader { spans, here, used: 0 }
    }

    /// The look at this place, and for how many bytes it goes on.
    fn here(&self) -> (Look, usize) {
        self.here.map_or((Look::default(), usize::MAX), |span| (span.look(), span.text.len() - self.used))
    }

    fn advance(&mut self, bytes: usize) {
        self.used += bytes;
        while self.here.is_some_and(|span| self.used >= span.text.len()) {
            self.used -= self.here.map_or(0, |span| span.text.len());
            self.here = self.spans.next();
        }
    }
}

impl Stretch {
    /// Another word, or the same with another look.
    pub fn changed(&self) -> bool {
        self.tag != Tag::Same || self.was.is_some()
    }

    /// How it looked on the old side.
    pub fn old_look(&self) -> &Look {
        self.was.as_ref().unwrap_or(&self.look)
    }

    /// `now bold`, `no longer a link`; nothing where the look is as it was.
    pub fn relook(&self) -> String {
        let Some(was) = &self.was else { return String::new() };
        let mut said = Vec::new();
        for (then, now, name) in [(was.bold, self.look.bold, "bold"), (was.italic, self.look.italic, "italic")] {
            match (then, now) {
                (false, true) => said.push(format!("now {name}")),
                (true, false) => said.push(format!("no longer {name}")),
                (true, true) | (false, false) => {}
            }
        }
        match (&was.link, &self.look.link) {
            (None, Some(link)) => said.push(format!("now a link to {link}")),
            (Some(_), None) => said.push("no longer a link".to_owned()),
            (Some(then), Some(now)) if then != now => said.push(format!("now leads to {now}")),
            (Some(_), Some(_)) | (None, None) => {}
        }
        said.join(", ")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn said(old: &str, new: &str) -> Vec<String> {
        marked(old, new)
            .iter()
            .filter(|one| one.changed())
            .map(|one| format!("{:?} {} {}", one.tag, one.text, one.relook()))
            .collect()
    }

    #[test]
    fn stars_are_no_words() {
        let marked = marked("Be **very** kind.", "Be **very** helpful.");
        let shown: String = marked.iter().map(|stretch| stretch.text.as_str()).collect();
        assert_eq!(shown, "Be very kind.helpful.");
        assert!(marked.iter().any(|stretch| stretch.look.bold && stretch.text == "very" && !stretch.changed()));
    }

    #[test]
    fn a_change_of_look_alone_is_said() {
        assert_eq!(said("Be very kind.", "Be **very** kind."), ["Same very now bold"]);
        assert_eq!(said("Be ***very*** kind.", "Be *very* kind."), ["Same very no longer bold"]);
        let link = "See [the policy](https://council.example/policy).";
        assert_eq!(said(link, "See the policy."), ["Same the policy no longer a link"]);
        let other = "See [the policy](https://council.example/other).";
        assert_eq!(said(link, other), ["Same the policy now leads to https://council.example/other"]);
    }

    #[test]
    fn a_mark_typed_round_changed_words_goes_with_them() {
        assert_eq!(said("Be kind.", "Be **very kind.**"), ["Added very  ", "Same kind. now bold"]);
    }

    proptest! {
        #[test]
        fn what_is_marked_holds_both_sides(old in "[a-c *\\[\\]\\\\\n]{0,30}", new in "[a-c *\\[\\]\\\\\n]{0,30}") {
            let marked = marked(&old, &new);
            let side = |drop: Tag| marked.iter().filter(|s| s.tag != drop).map(|s| s.text.as_str()).collect::<String>();
            prop_assert_eq!(side(Tag::Added), crate::domain::inline::plain(&old));
            prop_assert_eq!(side(Tag::Removed), crate::domain::inline::plain(&new));
        }
    }
}
