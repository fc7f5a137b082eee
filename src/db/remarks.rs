//! Comments and suggestions as they stand beside a version. They come as one value of `remarks_of`, so that a page
//! loads them together with what else it needs. Writing them is in `remark_writes`.

use serde::Deserialize;
use serde_json::Value;
use time::OffsetDateTime;

use super::{DbError, Tx, Version};
use crate::domain::content::Item;
use crate::domain::ids::{CommentId, ItemId, MembershipId, SectionId, SuggestionId, VersionId};
use crate::domain::suggestion::{Place, Proposal, SuggestionState};
use crate::policy::Subject;

/// Everything that was said and proposed, oldest first.
#[derive(Debug, Clone, Default)]
pub struct Remarks {
    pub comments: Vec<Comment>,
    pub suggestions: Vec<Suggestion>,
    /// Those who can read the profile, where they were asked for.
    pub people: Vec<Reader>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Comment {
    pub id: CommentId,
    /// The number of the version that it was made on.
    pub made_on: i32,
    /// Neither: about the whole version.
    pub section: Option<SectionId>,
    pub item: Option<ItemId>,
    pub reply_to: Option<CommentId>,
    /// Empty where its writer withdrew it.
    pub text: String,
    pub by: MembershipId,
    pub writer: String,
    #[serde(deserialize_with = "instant")]
    pub at: OffsetDateTime,
    pub edited: bool,
    /// Somebody else's words, that came in with a document: nobody rewords them.
    pub told: bool,
    pub withdrawn: bool,
    pub resolver: Option<String>,
    pub mentions: Vec<MembershipId>,
}

#[derive(Debug, Clone)]
pub struct Suggestion {
    pub id: SuggestionId,
    pub made_on: i32,
    pub section: SectionId,
    pub proposal: Proposal,
    pub reason: String,
    pub by: MembershipId,
    pub maker: String,
    pub at: OffsetDateTime,
    pub state: SuggestionState,
    pub decider: Option<String>,
    pub decided_reason: String,
    /// The number of the version that took it in.
    pub taken_in: Option<i32>,
}

/// Somebody who can read the profile, and so be called in a comment.
#[derive(Debug, Clone, Deserialize)]
pub struct Reader {
    pub id: MembershipId,
    pub name: String,
}

impl Comment {
    /// What acts on this comment are done to; `person` is its writer's, where only they may.
    pub fn subject(&self, version: &Version) -> Subject<CommentId> {
        version.subject_as(self.id)
    }

    pub fn is_open(&self) -> bool {
        self.resolver.is_none() && !self.withdrawn
    }
}

impl Suggestion {
    pub fn is_open(&self) -> bool {
        self.state == SuggestionState::Open
    }

    /// The line that it is about: of a new one, the one after or below which it is to stand.
    pub fn item(&self) -> Option<ItemId> {
        match &self.proposal {
            Proposal::Reword { before, .. } | Proposal::Remove { before } => Some(before.id),
            Proposal::Add { place, .. } => place.after.or(place.under),
        }
    }
}

#[derive(Deserialize)]
struct Loaded {
    comments: Vec<Comment>,
    suggestions: Vec<Row>,
    people: Vec<Reader>,
}

#[derive(Deserialize)]
struct Row {
    id: SuggestionId,
    made_on: i32,
    kind: String,
    section: SectionId,
    after: Option<ItemId>,
    under: Option<ItemId>,
    before: Option<Item>,
    proposed: Option<Item>,
    reason: String,
    by: MembershipId,
    maker: String,
    #[serde(deserialize_with = "instant")]
    at: OffsetDateTime,
    state: SuggestionState,
    decider: Option<String>,
    decided_reason: String,
    taken_in: Option<i32>,
}

fn instant<'de, D: serde::Deserializer<'de>>(from: D) -> Result<OffsetDateTime, D::Error> {
    OffsetDateTime::from_unix_timestamp(i64::deserialize(from)?).map_err(serde::de::Error::custom)
}

impl Row {
    fn read(self) -> Option<Suggestion> {
        let place = Place { section: self.section, after: self.after, under: self.under };
        let proposal = match (self.kind.as_str(), self.before, self.proposed) {
            ("reword", Some(before), Some(after)) => Proposal::Reword { before, after },
            ("add", None, Some(item)) => Proposal::Add { place, item },
            ("remove", Some(before), None) => Proposal::Remove { before },
            _ => return None,
        };
        Some(Suggestion {
            id: self.id,
            made_on: self.made_on,
            section: self.section,
            proposal,
            reason: self.reason,
            by: self.by,
            maker: self.maker,
            at: self.at,
            state: self.state,
            decider: self.decider,
            decided_reason: self.decided_reason,
            taken_in: self.taken_in,
        })
    }
}

impl Remarks {
    /// Reads what `remarks_of` gave.
    pub(super) fn read(value: Value, version: VersionId) -> Result<Remarks, DbError> {
        let odd = || DbError::Inconsistent { table: "suggestion", id: version.0, what: "unreadable remarks" };
        let loaded: Loaded = serde_json::from_value(value).map_err(|_| odd())?;
        let suggestions = loaded.suggestions.into_iter().map(|row| row.read().ok_or_else(odd));
        Ok(Remarks {
            comments: loaded.comments,
            suggestions: suggestions.collect::<Result<_, _>>()?,
            people: loaded.people,
        })
    }

    pub fn comment(&self, id: CommentId) -> Option<&Comment> {
        self.comments.iter().find(|comment| comment.id == id)
    }

    pub fn suggestion(&self, id: SuggestionId) -> Option<&Suggestion> {
        self.suggestions.iter().find(|suggestion| suggestion.id == id)
    }

    /// The threads: comments that answer none.
    pub fn threads(&self) -> impl Iterator<Item = &Comment> {
        self.comments.iter().filter(|comment| comment.reply_to.is_none())
    }

    pub fn replies(&self, thread: CommentId) -> impl Iterator<Item = &Comment> {
        self.comments.iter().filter(move |comment| comment.reply_to == Some(thread))
    }
}

impl Tx {
    /// Everything that stands beside a version that was loaded within a scope.
    pub async fn remarks(&mut self, version: VersionId) -> Result<Remarks, DbError> {
        let value = sqlx::query_scalar!(r#"select remarks_of($1, false) as "remarks!""#, version.0)
            .fetch_one(self.conn())
            .await?;
        Remarks::read(value, version)
    }
}
