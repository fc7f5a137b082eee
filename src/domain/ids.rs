//! A type for every identity, so that a profile's number never stands where a version's is wanted.

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$about:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

ids! {
    EmployerId,
    PersonId,
    /// A person's place on an employer's staff: what every act of staff is recorded under.
    MembershipId,
    UnitId,
    GradeId,
    ProfileId,
    VersionId,
    /// Stays the same from version to version.
    SectionId,
    /// Stays the same from version to version.
    ItemId,
    SubmissionId,
    TaskId,
    DocumentId,
    /// Several files that came together.
    BatchId,
    UploadId,
    AdvertId,
    CommentId,
    SuggestionId,
    ClauseId,
    /// A new edition of a clause on its way into the profiles.
    RolloutId,
    PayAwardId,
    /// What one employer lets another use.
    GrantId,
    TemplateId,
}
