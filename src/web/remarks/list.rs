//! Every suggestion and comment of a version in one list, by section: for the author, to go through them.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use serde::Deserialize;

use super::decide::FROZEN;
use super::desk::Desk;
use super::notes::Notes;
use super::open::Open;
use super::place::{Back, Spot};
use super::proposed::Proposed;
use super::thread::Thread;
use crate::db::Version;
use crate::domain::checks;
use crate::domain::content::Content;
use crate::domain::ids::SectionId;
use crate::domain::text::count;
use crate::domain::worded::worded;
use crate::error::AppError;
use crate::web::author::version::{At, frame};
use crate::web::gate::{As, StaffOnly};
use crate::web::page::{Frame, page};
use crate::web::paths;

worded! {
    /// Which of them are listed.
    Show {
        Open = "open", "Open";
        Mine = "mine", "Mine";
        All = "all", "All";
    }
}

#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    show: Option<String>,
    section: Option<i64>,
}

/// A filter of the list as a link.
struct Filter {
    text: String,
    href: String,
    current: bool,
}

/// What belongs to one section, or to the version as a whole.
struct Group<'a> {
    heading: String,
    entries: Vec<Entry<'a>>,
    /// Where all that fit are accepted at once, and how many those are.
    accept: Option<(String, usize)>,
}

/// A thread or a suggestion, with the line that it is about.
struct Entry<'a> {
    line: String,
    href: String,
    thread: Option<&'a Thread>,
    proposal: Option<&'a Proposed>,
}

#[derive(Template)]
#[template(path = "remarks/list.html")]
struct ListPage<'a> {
    frame: Frame,
    version: &'a Version,
    at: paths::Version<'a>,
    notes: &'a Notes,
    sentence: String,
    shows: Vec<Filter>,
    sections: Vec<Filter>,
    groups: Vec<Group<'a>>,
    may_edit: bool,
    /// Why nothing can be decided now; nothing where it can, or where there is nothing.
    frozen: &'static str,
}

pub async fn list(
    me: As<StaffOnly>,
    Path((_, profile, number)): At,
    Query(asked): Query<Asked>,
) -> Result<Response, AppError> {
    let mut desk = Desk::open(&me, &profile, &number, false).await?;
    let content = desk.content().await?;
    let version = &desk.version;
    let notes = Notes::new(&me, version, &content, &desk.remarks, Back::Remarks, Open::Nothing).offering(false);
    let show = asked.show.as_deref().and_then(Show::parse).unwrap_or(Show::Open);
    let section = asked.section.map(SectionId).filter(|id| content.section(*id).is_some());
    let at = desk.at(&me);
    let waits = !version.state.name().is_editable() && notes.all_proposed().iter().any(Proposed::is_open);
    let list = List { notes: &notes, content: &content, at, show };
    page(&ListPage {
        frame: frame(&me, version, "Suggestions and comments"),
        at,
        sentence: sentence(&notes),
        shows: list.shows(section),
        sections: list.sections(section),
        groups: list.groups(section),
        may_edit: notes.may_decide,
        frozen: if waits { FROZEN } else { "" },
        notes: &notes,
        version,
    })
}

fn sentence(notes: &Notes) -> String {
    let open = notes.all_proposed().iter().filter(|one| one.is_open()).count();
    let comments = notes.all_threads().iter().filter(|one| one.is_open).count();
    match (open, comments) {
        (0, 0) => "Nothing is open.".to_owned(),
        (open, comments) => {
            let (open, comments) =
                (count(open, "suggestion", "suggestions"), count(comments, "open comment", "open comments"));
            format!("{open} to decide, {comments}.")
        }
    }
}

struct List<'a> {
    notes: &'a Notes,
    content: &'a Content,
    at: paths::Version<'a>,
    show: Show,
}

impl<'a> List<'a> {
    fn shows(&self, section: Option<SectionId>) -> Vec<Filter> {
        let filter = |show: &Show| Filter {
            text: show.label().to_owned(),
            href: paths::remarks_shown(self.at, show.word(), section),
            current: *show == self.show,
        };
        Show::ALL.iter().map(filter).collect()
    }

    fn sections(&self, chosen: Option<SectionId>) -> Vec<Filter> {
        let filter = |id: Option<SectionId>, text: String| Filter {
            text,
            href: paths::remarks_shown(self.at, self.show.word(), id),
            current: chosen == id,
        };
        let all = filter(None, "All sections".to_owned());
        let each = self.content.sections.iter().filter_map(|section| {
            let count = self.notes.count_in(&section.id);
            let text = format!("{} ({count})", checks::name(section));
            (!count.is_empty() || chosen == Some(section.id)).then(|| filter(Some(section.id), text))
        });
        std::iter::once(all).chain(each).collect()
    }

    fn groups(&self, chosen: Option<SectionId>) -> Vec<Group<'a>> {
        let whole = (None, "The whole version".to_owned());
        let sections = self.content.sections.iter().map(|section| (Some(section.id), checks::name(section).to_owned()));
        let groups = std::iter::once(whole).chain(sections).filter(|(id, _)| chosen.is_none() || *id == chosen);
        let groups = groups.map(|(id, heading)| self.group(id, heading));
        groups.filter(|group| !group.entries.is_empty()).collect()
    }

    fn group(&self, section: Option<SectionId>, heading: String) -> Group<'a> {
        let notes = self.notes;
        let proposed = notes.all_proposed().iter().filter(|one| one.section == section);
        let acceptable = proposed.clone().filter(|one| one.can_accept()).count();
        let proposed = proposed.filter(|one| self.wanted(one.is_open(), one.mine));
        let threads = notes.all_threads().iter().filter(|one| one.section == section);
        let threads = threads.filter(|one| self.wanted(one.is_open, one.mine));
        let mut entries: Vec<Entry<'a>> = proposed.map(|one| self.entry(one.spot, None, Some(one))).collect();
        entries.extend(threads.map(|one| self.entry(one.spot, Some(one), None)));
        let accept = section.filter(|_| notes.may_decide && acceptable > 1);
        let accept = accept.map(|id| (self.at.section(id, "suggestions/accept"), acceptable));
        Group { heading, entries, accept }
    }

    fn wanted(&self, open: bool, mine: bool) -> bool {
        match self.show {
            Show::Open => open,
            Show::Mine => mine,
            Show::All => true,
        }
    }

    fn entry(&self, spot: Spot, thread: Option<&'a Thread>, proposal: Option<&'a Proposed>) -> Entry<'a> {
        let line = match spot {
            Spot::Item(id) => self.content.item(id).map(|(_, item)| checks::opening(item)).unwrap_or_default(),
            Spot::Section(_) | Spot::Version => String::new(),
        };
        let page = if self.notes.may_decide { self.at.edit() } else { self.at.page() };
        Entry { line, href: format!("{page}#{}", spot.word()), thread, proposal }
    }
}
