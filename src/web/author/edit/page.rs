//! The editor's page.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

use super::draft::Draft;
use super::guide::{self, Guide, OwnGuide};
use super::lines::{EditSection, Open, sections};
use super::{item_form, key};
use crate::db::{Deleted, DeletedThing, Present, Version};
use crate::domain::checks;
use crate::domain::content::{Content, ItemKind, SectionKind};
use crate::domain::glossary;
use crate::domain::ids::{ItemId, SectionId};
use crate::domain::template;
use crate::error::AppError;
use crate::reference::acronyms::acronyms;
use crate::web::author::pay_line::{self, PayLine};
use crate::web::author::submit::led_to;
use crate::web::author::version::At;
use crate::web::form::{Choice, Form};
use crate::web::gate::{As, Authors};
use crate::web::page::{Frame, page_with};
use crate::web::paths;
use crate::web::remarks::{self, Back, Notes};

/// What the address asks to have open.
#[derive(Deserialize, Default)]
pub struct Asked {
    item: Option<i64>,
    section: Option<i64>,
    add: Option<String>,
    after: Option<i64>,
    under: Option<i64>,
    /// One section instead of all.
    only: Option<i64>,
}

impl Asked {
    fn open(&self) -> Open {
        let kind = self.add.as_deref().and_then(ItemKind::parse);
        match (self.item, self.section, kind) {
            (Some(item), _, _) => Open::Item(ItemId(item)),
            (None, Some(section), Some(kind)) => Open::New {
                section: SectionId(section),
                kind,
                after: self.after.map(ItemId),
                under: self.under.map(ItemId),
            },
            (None, Some(section), None) => Open::Section(SectionId(section)),
            (None, None, _) => Open::Nothing,
        }
    }
}

#[derive(Template)]
#[template(path = "author/edit/page.html")]
struct EditorPage<'a> {
    frame: Frame,
    /// The hidden key of every form here.
    key: String,
    form: Form,
    version: &'a Version,
    pay: PayLine,
    at: paths::Version<'a>,
    sections: Vec<EditSection>,
    /// The one section that is shown.
    only: Option<SectionId>,
    guides: Vec<Guide>,
    /// What the template says beside its sections.
    own_guides: Vec<OwnGuide>,
    open_kind: Option<ItemKind>,
    /// Hidden fields that say where a new item goes.
    new_after: String,
    new_under: String,
    importance: Vec<Choice>,
    assessment: Vec<Choice>,
    present: Vec<Choice>,
    kinds: Vec<Choice>,
    deleted: Vec<(i64, String)>,
    /// Who else is here, a sentence each.
    others: Vec<String>,
    to_do: usize,
    /// What the template points out, each with its place.
    advice: Vec<(String, String)>,
    detail_problems: Vec<String>,
    /// Short forms in the draft that are explained nowhere.
    unexplained: Vec<String>,
    glossary: String,
    /// What stands beside its lines.
    notes: Notes,
}

impl EditorPage<'_> {
    fn only_href(&self, section: &EditSection) -> String {
        format!("{}?only={1}#section-{1}", self.at.edit(), section.id)
    }

    /// To a section from the list at the side; where one is shown alone, to the other alone.
    fn section_href(&self, section: &EditSection) -> String {
        match self.only {
            Some(only) if only != section.id => self.only_href(section),
            Some(_) | None => format!("#section-{}", section.id),
        }
    }

    /// The section that is shown alone, or in which something stands open.
    fn current(&self) -> Option<&EditSection> {
        let open = |section: &&EditSection| {
            section.heading_is_open
                || section.new_at_end
                || section.lines.iter().any(|line| line.is_open || line.new_after)
        };
        let alone = self.only.and_then(|only| self.sections.iter().find(|section| section.id == only));
        alone.or_else(|| self.sections.iter().find(open))
    }

    fn is_alone(&self, section: &EditSection) -> bool {
        self.only == Some(section.id)
    }

    fn is_shown(&self, section: &EditSection) -> bool {
        self.only.is_none_or(|only| only == section.id)
    }

    fn add_href(&self, section: &EditSection, kind: &ItemKind) -> String {
        let asked = vec![("section", section.id.to_string()), ("add", kind.word().to_owned())];
        self.at.editor(asked, "new")
    }

    fn add_after_href(&self, section: &EditSection, line: &super::lines::EditLine) -> String {
        let kind = line.item.kind().word().to_owned();
        let after = line.item.id.to_string();
        self.at.editor(vec![("section", section.id.to_string()), ("add", kind), ("after", after)], "new")
    }

    fn add_under_href(&self, section: &EditSection, line: &super::lines::EditLine, kind: &ItemKind) -> String {
        let (kind, under) = (kind.word().to_owned(), line.item.id.to_string());
        self.at.editor(vec![("section", section.id.to_string()), ("add", kind), ("under", under)], "new")
    }
}

pub async fn edit(
    me: As<Authors>,
    Path((_, profile, number)): At,
    Query(asked): Query<Asked>,
) -> Result<Response, AppError> {
    let draft = Draft::open(&me, &profile, &number).await?;
    let open = asked.open();
    let form = match open {
        Open::Item(id) => draft.content.item(id).map(|(_, item)| item_form::filled(item)).unwrap_or_default(),
        Open::Section(id) => {
            Form::filled(draft.content.section(id).map(|section| ("section_heading", section.heading.clone())))
        }
        Open::New { .. } => Form::filled([("importance", "essential".to_owned()), ("present", "not_said".to_owned())]),
        Open::Nothing => Form::empty(),
    };
    let only = asked.only.map(SectionId).filter(|only| draft.content.section(*only).is_some());
    show_one_or_all(&me, draft, (open, only), form, StatusCode::OK).await
}

/// The editor with one thing open and its form as given.
pub async fn show(
    me: &As<Authors>,
    draft: Draft,
    open: Open,
    form: Form,
    status: StatusCode,
) -> Result<Response, AppError> {
    let only = draft.alone(me);
    show_one_or_all(me, draft, (open, only), form, status).await
}

/// The same with one section alone, where one is named.
async fn show_one_or_all(
    me: &As<Authors>,
    draft: Draft,
    (open, only): (Open, Option<SectionId>),
    form: Form,
    status: StatusCode,
) -> Result<Response, AppError> {
    let Draft { mut tx, version, content, granted } = draft;
    let beside = tx.beside(&granted, only.or(section_of(&content, open))).await?;
    tx.commit().await?;
    let version = &version;
    let mut problems = checks::before_submitting(&version.details, &content);
    problems = template::problems(problems, &content, version.template.as_ref());
    problems.extend(pay_line::untold(version, me.today()));
    let at = me.paths().profile(version.profile.number).version(version.number).alone(only);
    let title = format!("Edit {}", version.title());
    let frame = me
        .frame(title)
        .crumb("Profiles", me.paths().profiles())
        .crumb(version.profile.reference(), me.paths().profile(version.profile.number).page())
        .crumb(format!("Version {}", version.number), at.page());
    let notes = Notes::new(me, version, &content, &beside.remarks, Back::Edit, remarks::Open::Nothing);
    let (open_kind, new_after, new_under) = opened(&content, open);
    let page = EditorPage {
        frame,
        key: key::fresh()?,
        form,
        at,
        sections: sections(&content, &problems, open, version.template.as_ref()),
        own_guides: guide::of_template(&content, version.template.as_ref(), only.or(section_of(&content, open))),
        only,
        guides: guide::guides(&content, only.or(section_of(&content, open)))?,
        open_kind,
        new_after,
        new_under,
        importance: item_form::importance_choices(),
        assessment: item_form::assessment_choices(),
        present: item_form::present_choices(),
        kinds: SectionKind::ALL.iter().map(|kind| Choice::new(kind.word(), kind.label())).collect(),
        deleted: beside.deleted.into_iter().map(described).collect(),
        others: beside.others.iter().map(|other| said(other, &content)).collect(),
        to_do: problems.len(),
        advice: led_to(&template::advice(&content, version.template.as_ref()), at),
        detail_problems: problems
            .iter()
            .filter(|problem| matches!(problem.place, checks::Place::Details(_)))
            .map(|problem| problem.text.clone())
            .collect(),
        unexplained: glossary::unexplained(&content, &[&version.glossary, acronyms()]),
        glossary: me.paths().glossary(),
        notes,
        pay: PayLine::of(version, me.today()),
        version,
    };
    page_with(status, &page)
}

/// The section in which something stands open.
fn section_of(content: &Content, open: Open) -> Option<SectionId> {
    match open {
        Open::Nothing => None,
        Open::Item(item) => content.item(item).map(|(section, _)| section.id),
        Open::Section(section) | Open::New { section, .. } => Some(section),
    }
}

/// `Joanne Blackwood is here, in Main duties`
pub fn said(other: &Present, content: &Content) -> String {
    match other.section.and_then(|section| content.section(section)) {
        Some(section) => format!("{} is here, in {}", other.name, checks::name(section)),
        None => format!("{} is here", other.name),
    }
}

fn opened(content: &Content, open: Open) -> (Option<ItemKind>, String, String) {
    let id = |id: Option<ItemId>| id.map(|id| id.to_string()).unwrap_or_default();
    match open {
        Open::Item(item) => (content.item(item).map(|(_, item)| item.kind()), String::new(), String::new()),
        Open::New { kind, after, under, .. } => (Some(kind), id(after), id(under)),
        Open::Section(_) | Open::Nothing => (None, String::new(), String::new()),
    }
}

fn described(deleted: Deleted) -> (i64, String) {
    let words = match &deleted.what {
        DeletedThing::Item { item, .. } => checks::opening(item),
        DeletedThing::Section { section, .. } => format!("the section {}", checks::name(section)),
    };
    (deleted.edit, words)
}
