//! A thread of comments as pages show it.

use super::place::Spot;
use crate::clock::london_moment;
use crate::db::{Comment, Remarks};
use crate::documents::render::lines;
use crate::domain::content::Content;
use crate::domain::ids::{CommentId, MembershipId, SectionId};

pub struct Thread {
    pub id: CommentId,
    pub spot: Spot,
    /// The section it belongs to, also where its line is gone.
    pub section: Option<SectionId>,
    /// The number of an earlier version, where it was made on one.
    pub earlier: Option<i32>,
    /// It is about a line or a section that is no longer there.
    pub orphaned: bool,
    /// The first comment, then its answers.
    pub said: Vec<Said>,
    pub resolver: Option<String>,
    pub is_open: bool,
    /// I wrote in it, or was called.
    pub mine: bool,
}

pub struct Said {
    pub id: CommentId,
    pub writer: String,
    pub when: String,
    pub text: String,
    pub edited: bool,
    pub withdrawn: bool,
    pub mine: bool,
    /// Came in with a document, in somebody else's words.
    pub told: bool,
}

impl Said {
    fn of(comment: &Comment, me: MembershipId) -> Said {
        Said {
            id: comment.id,
            writer: comment.writer.clone(),
            when: london_moment(comment.at),
            text: comment.text.clone(),
            edited: comment.edited,
            withdrawn: comment.withdrawn,
            mine: comment.by == me,
            told: comment.told,
        }
    }

    pub fn lines(&self) -> Vec<&str> {
        lines(&self.text)
    }
}

impl Thread {
    /// What a button is about, for ears.
    pub fn about(&self) -> String {
        let writer = self.said.first().map_or("", |said| &said.writer);
        format!("the comment of {writer}")
    }
}

/// Every thread, oldest first, as somebody sees them on the version of that number.
pub fn threads(remarks: &Remarks, content: &Content, number: i32, me: MembershipId) -> Vec<Thread> {
    remarks
        .threads()
        .map(|first| {
            let said: Vec<&Comment> = std::iter::once(first).chain(remarks.replies(first.id)).collect();
            let spot = Spot::shown(first.section, first.item, content);
            Thread {
                id: first.id,
                spot,
                section: first.section.filter(|id| content.section(*id).is_some()),
                earlier: (first.made_on != number).then_some(first.made_on),
                orphaned: match spot {
                    Spot::Item(_) => false,
                    Spot::Section(_) => first.item.is_some(),
                    Spot::Version => first.section.is_some(),
                },
                resolver: first.resolver.clone(),
                is_open: first.is_open(),
                mine: said.iter().any(|one| one.by == me || one.mentions.contains(&me)),
                said: said.into_iter().map(|one| Said::of(one, me)).collect(),
            }
        })
        .collect()
}
