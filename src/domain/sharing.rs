//! What employers let each other use of their libraries: of which kinds, and how an offer stands.

use super::worded::worded;

worded! {
    Shareable {
        Clause = "clause", "Clause";
        Template = "template", "Template";
    }
}

impl Shareable {
    /// `Clause “Lone working”`, as the trail names it.
    pub fn named(self, name: &str) -> String {
        format!("{} “{name}”", self.label())
    }
}

/// How an offer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShareState {
    Offered,
    Taken,
    Declined,
    Withdrawn,
}
