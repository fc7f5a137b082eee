//! Forms that write every field they show carry a mark of what they showed, so that a page opened long ago does not put
//! back what somebody has changed since.

use super::form::{Form, Submitted};
use crate::secret::content_mark;

/// The hidden field's name.
pub const SEEN: &str = "seen";

/// A mark of the values as they stand.
pub fn mark(values: &[&str]) -> String {
    content_mark(values.join("\u{1f}").as_bytes())
}

/// Where the form showed something else than what stands now, says so in it; the next save is of what was read here.
/// `now` tells what stands, for a person.
pub fn check(form: &mut Form, submitted: &Submitted, mark: &str, now: &str) {
    let seen = submitted.raw(SEEN);
    if !seen.is_empty() && seen != mark {
        form.problem_at(
            "",
            format!(
                "Somebody changed this since you opened the page. Now it says: {now}. Look at yours, and save again"
            ),
        );
        form.replace(SEEN, mark);
    }
}
