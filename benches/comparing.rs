//! The comparison itself, without a page around it.

use rolebook::domain::details::Details;
use rolebook::domain::diff::compare;

use crate::document::{document, edited};
use crate::row::{Row, timed};

/// Two versions of 200 items and 10,000 words, with the list of changes that the page shows.
pub fn diff() -> Row {
    let old = document(200, 50, 1..);
    let new = edited(&old);
    let details = Details::default();
    let taken = timed(100, || {
        let comparison = compare((&details, &old), (&details, &new), ("", "")).unwrap();
        comparison.list().len()
    });
    Row::time("diff of two versions, 200 items, 10,000 words", taken, 15.0)
}
