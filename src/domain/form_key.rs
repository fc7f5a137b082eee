//! The key of a form: what tells a form that was sent twice, or late, from a new one.
//!
//! A page that is rendered gets a random name. A form that is sent without script carries it as it is; script counts
//! its saves up behind it: `a1b2c3d4e5f60718-3` is the third save from that page. What is kept adds a hash of what was
//! typed, so that a page gone back to and changed is a form of its own: `a1b2c3d4e5f60718-3:9f86d081884c7d65`.

use super::ids::MembershipId;

/// The longest name that a page may have, in characters; ours have 16.
const LONGEST_PAGE: usize = 40;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormKey {
    page: String,
    /// Which save of that page; 0 without script.
    nth: u32,
    kept: String,
}

/// The form behind an earlier edit, and who sent it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    /// As it is kept; none where it came from no form.
    pub key: Option<String>,
    pub editor: MembershipId,
}

/// How a save on an older revision stands to the edits that came since.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It did its work: that edit is its own.
    Done(usize),
    /// It comes late: the same page has saved something newer, as that edit.
    Overtaken(usize),
    /// All that came since are earlier saves of the same page, whose answers were lost: it goes on from them.
    Follows,
    /// Somebody else, or another page of the same person, saved in between.
    Conflict,
}

impl FormKey {
    /// Reads the key that a form sent; `hash` is of everything else that it sent. None for what no page of ours makes.
    pub fn read(sent: &str, hash: &str) -> Option<Self> {
        let (page, nth) = match sent.split_once('-') {
            None => (sent, 0),
            Some((page, nth)) => (page, nth.parse().ok()?),
        };
        let fits = !page.is_empty() && page.len() <= LONGEST_PAGE && page.bytes().all(|c| c.is_ascii_alphanumeric());
        fits.then(|| FormKey { page: page.to_owned(), nth, kept: format!("{sent}:{hash}") })
    }

    /// Script counted it: the page saves by itself.
    pub fn is_counted(&self) -> bool {
        self.nth > 0
    }

    /// The page that it came from.
    pub fn page(&self) -> &str {
        &self.page
    }

    /// As the database keeps it.
    pub fn kept(&self) -> &str {
        &self.kept
    }

    /// Whether an earlier edit came from an earlier save of the same page.
    pub fn went_before(&self, me: MembershipId, past: &Past) -> bool {
        nth_of(self, me, past).is_some_and(|nth| nth < self.nth)
    }
}

/// How a save of `me` stands to the edits since its revision, which is so many revisions back.
pub fn standing(mine: Option<&FormKey>, me: MembershipId, revisions_back: i32, since: &[Past]) -> Standing {
    let Some(mine) = mine else { return Standing::Conflict };
    let nths: Vec<Option<u32>> = since.iter().map(|past| nth_of(mine, me, past)).collect();
    let own = |past: &Past| past.editor == me && past.key.as_deref() == Some(mine.kept());
    if let Some(at) = since.iter().position(own) {
        return Standing::Done(at);
    }
    if let Some(at) = nths.iter().rposition(|nth| nth.is_some_and(|nth| nth > mine.nth)) {
        return Standing::Overtaken(at);
    }
    let all_known = usize::try_from(revisions_back).is_ok_and(|back| back == since.len());
    match all_known && nths.iter().all(|nth| nth.is_some_and(|nth| nth < mine.nth)) {
        true => Standing::Follows,
        false => Standing::Conflict,
    }
}

/// Which save of the same page an earlier edit was, if it was one.
fn nth_of(mine: &FormKey, me: MembershipId, past: &Past) -> Option<u32> {
    let (sent, hash) = past.key.as_deref()?.split_once(':')?;
    let theirs = FormKey::read(sent, hash)?;
    (past.editor == me && theirs.page == mine.page).then_some(theirs.nth)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ME: MembershipId = MembershipId(1);
    const OTHER: MembershipId = MembershipId(2);

    fn past(key: &str, editor: MembershipId) -> Past {
        Past { key: Some(key.to_owned()), editor }
    }

    fn stands(sent: &str, since: &[Past]) -> Standing {
        standing(FormKey::read(sent, "h").as_ref(), ME, since.len() as i32, since)
    }

    #[test]
    fn a_repeat_is_known_and_a_late_one_overtaken() {
        assert_eq!(stands("page-1", &[past("page-1:h", ME), past("page-2:x", ME)]), Standing::Done(0));
        assert_eq!(stands("page-1", &[past("page-2:x", ME), past("page-3:x", ME)]), Standing::Overtaken(1));
        assert_eq!(stands("page", &[past("page:h", ME)]), Standing::Done(0));
    }

    #[test]
    fn a_page_goes_on_from_its_own_saves_alone() {
        assert_eq!(stands("page-3", &[past("page-1:x", ME), past("page-2:x", ME)]), Standing::Follows);
        assert_eq!(stands("page-3", &[past("page-1:x", ME), past("other-9:x", ME)]), Standing::Conflict);
        assert_eq!(stands("page-3", &[past("page-1:x", OTHER)]), Standing::Conflict);
        // The same save, with other words: a page that was gone back to without script. Which is newer, nobody knows.
        assert_eq!(stands("page", &[past("page:x", ME)]), Standing::Conflict);
        assert_eq!(standing(None, ME, 1, &[past("page-1:x", ME)]), Standing::Conflict);
    }

    #[test]
    fn an_edit_that_left_no_trace_here_is_a_conflict() {
        let mine = FormKey::read("page-3", "h");
        assert_eq!(standing(mine.as_ref(), ME, 2, &[past("page-1:x", ME)]), Standing::Conflict);
    }

    #[test]
    fn only_keys_of_our_own_making_are_read() {
        for bad in ["", "-1", "page-x", "page-1-2", "a:b", "a b", &"x".repeat(41)] {
            assert_eq!(FormKey::read(bad, "h"), None, "{bad}");
        }
        assert_eq!(FormKey::read("a1-2", "h").unwrap().kept(), "a1-2:h");
    }
}
