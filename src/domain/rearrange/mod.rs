//! Acts on the items of a draft: duplicating, splitting, merging, moving, and taking any of that back.
//!
//! Pure: content in, content out. Every act is told as the items that it touched, each as it stood before and after
//! (`touches`); `undo` reads that and gives the content back, or says why it no longer can.

mod acts;
mod convert;
mod loose;
mod touch;

pub use acts::{Piece, duplicate, merge, place, put_in, shift, split};
pub use convert::{Spot, converted, spots};
pub use loose::{Under, spot_of};
pub use touch::{CantUndo, Place, Standing, Touch, touches, undo};

use super::worded::worded;

worded! {
    /// What somebody did in one go, however many items it touched.
    Act {
        Duplicate = "duplicate", "Duplicated";
        Split = "split", "Split";
        Merge = "merge", "Merged";
        Move = "move", "Moved";
        Paste = "paste", "Added from a pasted list";
        Confirm = "confirm", "Confirmed";
        Clauses = "clauses", "Standard clauses placed";
        Undo = "undo", "Undone";
    }
}

/// Why an act is not done; each is a sentence for the person who asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("That line is gone: somebody deleted it in the meantime")]
    Gone,
    #[error("The place where it was to stand is gone")]
    PlaceGone,
    #[error("There is no line before it to merge with")]
    NothingBefore,
    #[error("The line before is of another kind, so the two can't be one")]
    OtherKind,
    #[error("Together they would be {0} characters long; {most} is the most that a line holds", most = super::text::LONGEST_TEXT)]
    TooLong(usize),
    #[error("They say different things of one fact ({0}): make that the same in both, then merge them")]
    Differs(&'static str),
    #[error("There is only one part: put each part on a line of its own")]
    OnePart,
    #[error("A heading has nothing to split: split the lines below it")]
    Heading,
    #[error("It is a standard clause, which stays one line: change its words there, and say why")]
    StandardClause,
    #[error("It would lose something there ({0}), so it stays where it is")]
    Loses(&'static str),
    #[error("It can't stand below itself")]
    BelowItself,
    #[error("It would stand more than {most} levels deep, which no document prints", most = MOST_LEVELS)]
    TooDeep,
    #[error("A draft holds at most {most} lines; this would make {0}", most = MOST_ITEMS)]
    TooMany(usize),
}

/// The most items that a draft holds. The longest real documents have some three hundred.
pub const MOST_ITEMS: usize = 5_000;
/// The deepest that items nest: a group, its duties, and two levels below.
pub const MOST_LEVELS: usize = 4;

#[cfg(test)]
mod tests;
