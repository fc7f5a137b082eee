//! What stands beside every line of a page: threads, suggestions, what one may add, and the form that is open.
//!
//! A page asks for `item`, `section` and `whole` where it shows those; each is a small template of its own.

use std::collections::BTreeMap;

use askama::Template;

use super::open::{Open, OpenForm, PersonChoice};
use super::place::{Back, Spot};
use super::proposed::{Proposed, proposed};
use super::thread::{Thread, threads};
use crate::db::{Remarks, StaffVisit, Version};
use crate::domain::checks;
use crate::domain::content::Content;
use crate::domain::ids::{ItemId, MembershipId, SectionId};
use crate::domain::version::StateName;
use crate::policy::Action;
use crate::secret::Token;
use crate::web::author::version::may;
use crate::web::gate::{As, Gate};
use crate::web::paths;

#[derive(Default)]
pub struct Notes {
    threads: Vec<Thread>,
    proposed: Vec<Proposed>,
    /// Lines and sections by what one knows them by.
    names: BTreeMap<Spot, String>,
    form: Option<OpenForm>,
    /// The version's address, to which forms are sent.
    pub at: String,
    /// The page that this stands on, and its name in hidden fields.
    pub page: String,
    pub back: String,
    /// Random: of two clicks on one button the second says nothing twice.
    pub key: String,
    pub may_comment: bool,
    pub may_suggest: bool,
    /// May accept and reject, here and now.
    pub may_decide: bool,
    /// The unit's manager, who usually approves: not what they proposed themselves.
    pub approver: Option<MembershipId>,
    /// Whether every line offers to be remarked on.
    pub offers: bool,
}

/// Where new suggestions are taken: not on what will never be edited again.
pub fn takes_suggestions(state: StateName) -> bool {
    match state {
        StateName::Draft
        | StateName::InReview
        | StateName::ChangesRequested
        | StateName::Approved
        | StateName::Issued => true,
        StateName::Superseded | StateName::Withdrawn | StateName::Discarded => false,
    }
}

/// Beside the lines of a document.
impl crate::documents::render::Beside for Notes {
    fn item(&self, item: ItemId) -> String {
        Notes::item(self, &item).to_string()
    }

    fn section(&self, section: SectionId) -> String {
        Notes::section(self, &section).to_string()
    }
}

impl Notes {
    pub fn new<G: Gate<Who = StaffVisit>>(
        me: &As<G>,
        version: &Version,
        content: &Content,
        remarks: &Remarks,
        back: Back,
        open: Open,
    ) -> Notes {
        let at = me.paths().profile(version.profile.number).version(version.number);
        let member = me.staff().membership;
        let state = version.state.name();
        let may_comment = state != StateName::Discarded && may(me, version, Action::Comment);
        let may_suggest = takes_suggestions(state) && may(me, version, Action::Suggest);
        let people = remarks.people.iter().filter(|one| one.id != member).map(PersonChoice::of).collect();
        let form = OpenForm::of(open, content, people).filter(|form| form.is_for(may_comment, may_suggest));
        Notes {
            threads: threads(remarks, content, version.number, member),
            proposed: proposed(remarks, content, version.number, member),
            names: names(content),
            form,
            at: at.page(),
            page: back.page(me.paths(), at),
            back: back.word(),
            // Without one a second click says it twice, which is no harm to anybody.
            key: Token::new().map(|token| token.plain().to_owned()).unwrap_or_default(),
            may_comment,
            may_suggest,
            may_decide: state.is_editable() && may(me, version, Action::EditContent),
            approver: version.profile.unit_manager,
            offers: (may_comment || may_suggest) && back != Back::Edit,
        }
    }

    /// Whether to offer a remark beside every line; what was said is shown in any case.
    pub fn offering(mut self, offers: bool) -> Notes {
        self.offers = self.offers && offers;
        self
    }

    /// For somebody who may see what was said, and say nothing here.
    pub fn to_read(self) -> Notes {
        Notes { may_comment: false, may_suggest: false, may_decide: false, offers: false, ..self }
    }

    pub fn item(&self, id: &ItemId) -> Beside<'_> {
        self.beside(Spot::Item(*id))
    }

    pub fn section(&self, id: &SectionId) -> Beside<'_> {
        self.beside(Spot::Section(*id))
    }

    pub fn whole(&self) -> Beside<'_> {
        self.beside(Spot::Version)
    }

    fn beside(&self, spot: Spot) -> Beside<'_> {
        Beside {
            notes: self,
            threads: self.threads.iter().filter(|thread| thread.spot == spot).collect(),
            proposals: self.proposed.iter().filter(|one| one.spot == spot).collect(),
            form: self.form.as_ref().filter(|form| form.spot == spot),
            offers: self.offers && (spot == Spot::Version || self.names.contains_key(&spot)),
            spot,
        }
    }

    fn name(&self, spot: Spot) -> &str {
        self.names.get(&spot).map_or("the whole version", String::as_str)
    }

    /// The form of a comment on a line, from a page that does not open it itself.
    pub fn comment_href(&self, id: &ItemId) -> String {
        paths::opened(&self.at, "comment", &Spot::Item(*id).word())
    }

    /// The list of what stands in that section.
    pub fn list_href(&self, id: &SectionId) -> String {
        format!("{}/remarks?section={id}", self.at)
    }

    /// Open suggestions and threads in that section: `2 suggestions, 1 comment`.
    pub fn count_in(&self, section: &SectionId) -> String {
        let suggestions = self.proposed.iter().filter(|one| one.is_open() && one.section == Some(*section)).count();
        let comments = self.threads.iter().filter(|one| one.is_open && one.section == Some(*section)).count();
        counted(suggestions, comments)
    }

    /// The same of the whole version.
    pub fn count(&self) -> String {
        let suggestions = self.proposed.iter().filter(|one| one.is_open()).count();
        counted(suggestions, self.threads.iter().filter(|one| one.is_open).count())
    }

    /// Whose words were accepted into the version of that number.
    pub fn proposers(&self, remarks: &Remarks, number: i32) -> Vec<String> {
        let mut names: Vec<String> = remarks
            .suggestions
            .iter()
            .filter(|one| one.taken_in == Some(number))
            .map(|one| one.maker.clone())
            .collect();
        names.sort();
        names.dedup();
        names
    }

    pub fn all_threads(&self) -> &[Thread] {
        &self.threads
    }

    pub fn all_proposed(&self) -> &[Proposed] {
        &self.proposed
    }
}

/// `2 suggestions, 1 comment`; nothing where there is neither.
pub fn counted(suggestions: usize, comments: usize) -> String {
    let suggestions = (suggestions > 0).then(|| crate::domain::text::count(suggestions, "suggestion", "suggestions"));
    let comments = (comments > 0).then(|| crate::domain::text::count(comments, "comment", "comments"));
    suggestions.into_iter().chain(comments).collect::<Vec<_>>().join(", ")
}

fn names(content: &Content) -> BTreeMap<Spot, String> {
    let mut names = BTreeMap::new();
    for section in &content.sections {
        names.insert(Spot::Section(section.id), format!("the section {}", checks::name(section)));
        let items = section.all_items().into_iter();
        names.extend(items.map(|item| (Spot::Item(item.id), format!("“{}”", checks::opening(item)))));
    }
    names
}

/// Everything beside one line.
#[derive(Template)]
#[template(path = "remarks/beside.html")]
pub struct Beside<'a> {
    notes: &'a Notes,
    threads: Vec<&'a Thread>,
    proposals: Vec<&'a Proposed>,
    form: Option<&'a OpenForm>,
    /// What is no longer there offers nothing.
    offers: bool,
    spot: Spot,
}

impl Beside<'_> {
    fn is_empty(&self) -> bool {
        self.threads.is_empty() && self.proposals.is_empty() && self.form.is_none() && !self.offers
    }

    fn is_item(&self) -> bool {
        matches!(self.spot, Spot::Item(_))
    }

    fn is_section(&self) -> bool {
        matches!(self.spot, Spot::Section(_))
    }

    fn name(&self) -> &str {
        self.notes.name(self.spot)
    }

    /// Opens a form in place: `comment`, `suggest` or `add`.
    fn opens(&self, what: &str) -> String {
        paths::opened(&self.notes.page, what, &self.spot.word())
    }

    /// Where the page is without the form.
    fn closed(&self) -> String {
        match self.spot {
            // With nothing beside it, the version has no place on its page.
            Spot::Version => self.notes.page.clone(),
            Spot::Section(_) | Spot::Item(_) => format!("{}#{}", self.notes.page, self.spot.word()),
        }
    }
}
