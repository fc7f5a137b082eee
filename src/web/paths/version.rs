//! Addresses of a version: its page, its acts, and places in its editor.

use super::{OtherSide, Profile, Show, with_pairs, with_query};
use crate::domain::ids::{CommentId, DocumentId, ItemId, SectionId, SuggestionId};

/// A version's pages.
#[derive(Debug, Clone, Copy)]
pub struct Version<'a> {
    profile: Profile<'a>,
    number: i32,
    /// The section that the editor shows alone.
    alone: Option<SectionId>,
}

impl<'a> Version<'a> {
    pub(super) fn new(profile: Profile<'a>, number: i32) -> Self {
        Version { profile, number, alone: None }
    }

    /// Addresses in the editor go on showing that section alone.
    pub fn alone(self, alone: Option<SectionId>) -> Self {
        Version { alone, ..self }
    }

    /// Where one section is shown alone, it is this one from now on.
    pub fn beside(self, section: Option<SectionId>) -> Self {
        Version { alone: self.alone.and(section), ..self }
    }

    /// The editor with a question and a place on it.
    pub fn editor(self, mut asked: Vec<(&'static str, String)>, place: &str) -> String {
        asked.extend(self.alone.map(|only| ("only", only.to_string())));
        format!("{}#{place}", with_pairs(&self.edit(), asked))
    }

    pub fn page(self) -> String {
        format!("{}/versions/{}", self.profile.page(), self.number)
    }

    /// A page or an act of the version: `edit`, `submit`, `approve`, `compare`, `issue`.
    pub fn act(self, act: &str) -> String {
        format!("{}/{act}", self.page())
    }

    /// The report of the document that the version was made from.
    pub fn document(self, document: DocumentId) -> String {
        self.profile.employer.document(document)
    }

    /// The version as a file of that kind.
    pub fn file(self, kind: &str) -> String {
        format!("{}?as={kind}", self.act("file"))
    }

    pub fn edit(self) -> String {
        self.act("edit")
    }

    /// What changed in this version against another one: an address that names both sides, for good.
    pub fn compare(self, with: OtherSide, show: Show) -> String {
        let side = show.side_by_side.then(|| ("view", "side".to_owned()));
        let all = show.everything.then(|| ("all", "1".to_owned()));
        with_query(&self.act("compare"), [Some(("with", with.to_string())), side, all])
    }

    /// The editor with one item open in place.
    pub fn edit_item(self, item: ItemId) -> String {
        self.editor(vec![("item", item.to_string())], &format!("item-{item}"))
    }

    /// The editor with one section's heading open in place.
    pub fn edit_section(self, section: SectionId) -> String {
        self.beside(Some(section)).editor(vec![("section", section.to_string())], &format!("section-{section}"))
    }

    /// The editor at an item.
    pub fn at_item(self, item: ItemId) -> String {
        self.editor(Vec::new(), &format!("item-{item}"))
    }

    pub fn at_section(self, section: SectionId) -> String {
        self.beside(Some(section)).editor(Vec::new(), &format!("section-{section}"))
    }

    pub fn item(self, item: ItemId, act: &str) -> String {
        format!("{}/items/{item}/{act}", self.page())
    }

    pub fn section(self, section: SectionId, act: &str) -> String {
        format!("{}/sections/{section}/{act}", self.page())
    }

    /// The list of suggestions and comments.
    pub fn remarks(self) -> String {
        self.act("remarks")
    }

    /// An act on a comment: `edit`, `withdraw`, `resolve`, `reopen`.
    pub fn comment(self, comment: CommentId, act: &str) -> String {
        format!("{}/comments/{comment}/{act}", self.page())
    }

    /// The page on which a suggestion is decided.
    pub fn suggestion(self, suggestion: SuggestionId) -> String {
        format!("{}/suggestions/{suggestion}", self.page())
    }

    /// An act on a suggestion: `accept`, `reject`, `withdraw`.
    pub fn suggestion_act(self, suggestion: SuggestionId, act: &str) -> String {
        format!("{}/{act}", self.suggestion(suggestion))
    }
}
