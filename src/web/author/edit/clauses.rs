//! Standard clauses of a draft: eight questions about the post, what the answers would change, and taking it.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use std::collections::BTreeMap;

use super::draft::{Begun, Draft};
use super::{history, key};
use crate::db::Version;
use crate::domain::clause::{Answers, Check, Kept, LibraryClause, Plan, Question, place_one};
use crate::domain::content::{Content, SectionKind};
use crate::domain::ids::{ClauseId, SectionId};
use crate::domain::rearrange::{Act, MOST_ITEMS};
use crate::domain::text::count;
use crate::error::AppError;
use crate::web::author::version::At;
use crate::web::form::{Choice, Form, Submitted};
use crate::web::gate::{As, Authors};
use crate::web::page::{Frame, page_with, see_other_saying, see_other_undoable};
use crate::web::paths;

#[derive(Template)]
#[template(path = "author/edit/clauses.html")]
struct ClausesPage<'a> {
    frame: Frame,
    key: String,
    form: Form,
    version: &'a Version,
    at: paths::Version<'a>,
    /// What stands in the draft already.
    standing: Vec<String>,
    choices: Vec<Choice>,
    library: String,
}

impl ClausesPage<'_> {
    fn questions(&self) -> &'static [Question] {
        Question::ALL
    }

    fn yes_no(&self) -> Vec<Choice> {
        vec![Choice::new("yes", "Yes"), Choice::new("no", "No")]
    }
}

#[derive(Template)]
#[template(path = "author/edit/clauses_plan.html")]
struct PlanPage<'a> {
    frame: Frame,
    key: String,
    at: paths::Version<'a>,
    check: Check,
    plan: Plan,
    /// The answers, to be sent along: question and `yes` or `no`.
    answers: Vec<(&'static str, &'static str, &'static str)>,
    nothing: bool,
}

pub async fn form(me: As<Authors>, Path((_, profile, number)): At) -> Result<Response, AppError> {
    let draft = Draft::open(&me, &profile, &number).await?;
    show(&me, draft, None).await
}

/// The questions as somebody sent them, or as they were answered before.
async fn show(me: &As<Authors>, mut draft: Draft, sent: Option<Form>) -> Result<Response, AppError> {
    let (employer, version) = (draft.version.employer, draft.version.id);
    let (library, answers) = draft.tx.clauses_and_answers(employer, version, me.today()).await?;
    let mut form = sent.unwrap_or_else(Form::empty);
    if let Some(answers) = answers.filter(|_| !form.has_errors()) {
        for question in Question::ALL {
            form.set(question.word(), if answers.says(*question) { "yes" } else { "no" });
        }
    }
    let standing = standing(&draft.content);
    let version = &draft.version;
    let at = me.paths().profile(version.profile.number).version(version.number);
    let choice = |clause: &LibraryClause| Choice::new(clause.id, &clause.name);
    let free = library.iter().filter(|clause| !standing.contains_key(&clause.id));
    let page = ClausesPage {
        frame: history::frame(me, version, "Standard clauses"),
        key: key::fresh()?,
        version,
        at,
        choices: std::iter::once(Choice::new("", "Choose a clause")).chain(free.map(choice)).collect(),
        standing: standing.into_values().collect(),
        library: me.paths().clauses(),
        form,
    };
    let status = if page.form.has_errors() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    page_with(status, &page)
}

/// The clauses of the library that stand in a draft, with their headings.
fn standing(content: &Content) -> BTreeMap<ClauseId, String> {
    let placed = content.all_items().into_iter().filter_map(|item| item.body.placed());
    placed.map(|(heading, placed)| (placed.clause, heading.to_owned())).collect()
}

/// The answers, or the form again with the questions that were left out.
fn read(asked: &Submitted) -> (Form, Option<Answers>) {
    let mut form = Form::again(asked);
    for question in Question::ALL {
        if !["yes", "no"].contains(&asked.raw(question.word())) {
            form.problem(question.word(), format!("{}: answer yes or no", question.label()));
        }
    }
    let answers = Answers::of(Question::ALL.iter().copied().filter(|question| asked.raw(question.word()) == "yes"));
    let whole = !form.has_errors();
    (form, whole.then_some(answers))
}

/// What those answers would change. Nothing is written.
pub async fn plan(
    me: As<Authors>,
    Path((_, profile, number)): At,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let mut draft = Draft::open(&me, &profile, &number).await?;
    let (form, answers) = read(&Submitted::new(asked));
    let Some(answers) = answers else { return show(&me, draft, Some(form)).await };
    let library = draft.tx.clauses_of_day(draft.version.employer, me.today()).await?;
    let plan = Plan::of(&draft.content, &library, &answers);
    let version = &draft.version;
    let at = me.paths().profile(version.profile.number).version(version.number);
    page_with(
        StatusCode::OK,
        &PlanPage {
            frame: history::frame(&me, version, "What the answers change").crumb("Standard clauses", at.act("clauses")),
            key: key::fresh()?,
            at,
            check: answers.check(),
            nothing: plan.changes_nothing(),
            plan,
            answers: Question::ALL
                .iter()
                .map(|one| (one.word(), one.label(), if answers.says(*one) { "yes" } else { "no" }))
                .collect(),
        },
    )
}

/// Keeps the answers and makes the changes, all of them in one act that can be undone.
pub async fn take(me: As<Authors>, Path((_, profile, number)): At, submitted: Submitted) -> Result<Response, AppError> {
    let mut draft = match Draft::begin(&me, &profile, &number, &submitted).await? {
        Begun::Draft(draft) => *draft,
        Begun::Done(answer) => return Ok(answer),
    };
    let (form, answers) = read(&submitted);
    let Some(answers) = answers else { return show(&me, draft, Some(form)).await };
    let library = draft.tx.clauses_of_day(draft.version.employer, me.today()).await?;
    let plan = Plan::of(&draft.content, &library, &answers);
    draft.tx.keep_answers(&draft.granted, &answers).await?;
    let at = draft.at(&me);
    if plan.changes_nothing() {
        draft.tx.commit().await?;
        return Ok(see_other_saying(
            at.act("clauses"),
            "The answers are kept. The draft holds the right clauses already.",
        ));
    }
    let section = place_for(&mut draft, !plan.added.is_empty()).await?;
    let ids = draft.identities(plan.added.len()).await?;
    let after = plan.carried_out(&draft.content, &ids).ok_or(AppError::NotFound)?;
    let said = format!(
        "{} placed, {} taken out",
        count(plan.added.len(), "clause", "clauses"),
        if plan.removed.is_empty() { "none".to_owned() } else { plan.removed.len().to_string() }
    );
    written(draft, &me, &after, section, &said).await
}

/// Places one clause by hand.
pub async fn place(
    me: As<Authors>,
    Path((_, profile, number)): At,
    submitted: Submitted,
) -> Result<Response, AppError> {
    let mut draft = match Draft::begin(&me, &profile, &number, &submitted).await? {
        Begun::Draft(draft) => *draft,
        Begun::Done(answer) => return Ok(answer),
    };
    let library = draft.tx.clauses_of_day(draft.version.employer, me.today()).await?;
    let asked = submitted.raw("clause").parse().ok().map(ClauseId);
    let Some(clause) = library.into_iter().find(|clause| Some(clause.id) == asked) else {
        let mut form = Form::again(&submitted);
        form.problem("clause", "Choose a clause of the library");
        return show(&me, draft, Some(form)).await;
    };
    if standing(&draft.content).contains_key(&clause.id) {
        let said = format!("“{}” stands in the draft already", clause.name);
        return Ok(see_other_saying(draft.at(&me).act("clauses"), &said));
    }
    let section = place_for(&mut draft, true).await?;
    let ids = draft.identities(1).await?;
    let mut after = draft.content.clone();
    let line = ids.first().map(|id| place_one(&clause, *id)).ok_or(AppError::NotFound)?;
    let holds = after.sections.iter_mut().find(|one| Some(one.id) == section).ok_or(AppError::NotFound)?;
    holds.items.push(line);
    let said = format!("Placed: {}", clause.name);
    written(draft, &me, &after, section, &said).await
}

/// The last section for clauses; where there is none and one is needed, it is added at the end.
async fn place_for(draft: &mut Draft, needed: bool) -> Result<Option<SectionId>, AppError> {
    let of_clauses = |content: &Content| {
        content.sections.iter().rfind(|section| section.kind == SectionKind::Clauses).map(|section| section.id)
    };
    if of_clauses(&draft.content).is_none() && needed {
        let id = draft.tx.new_identities(1).await?.first().copied().map(SectionId).ok_or(AppError::NotFound)?;
        draft.tx.add_section(&draft.granted, id, SectionKind::Clauses, "").await?;
        draft.content = draft.tx.content(draft.version.employer, draft.version.id).await?;
    }
    Ok(of_clauses(&draft.content))
}

async fn written(
    mut draft: Draft,
    me: &As<Authors>,
    after: &Content,
    section: Option<SectionId>,
    said: &str,
) -> Result<Response, AppError> {
    if after.all_items().len() > MOST_ITEMS {
        let full = format!("A draft holds at most {MOST_ITEMS} lines, and this one would hold more: delete some first");
        return Err(AppError::Conflict(full));
    }
    let edit = draft.tx.rearrange(&draft.granted, &draft.content, after, Act::Clauses, None).await?;
    let at = draft.at(me);
    draft.tx.commit().await?;
    let back = section.map_or_else(|| at.edit(), |section| at.at_section(section));
    Ok(see_other_undoable(back, said, &at.act("undo"), edit))
}

impl PlanPage<'_> {
    fn kept_in_words(&self, kept: &Kept) -> String {
        match kept {
            Kept::Overridden(line) => {
                format!("{}: its words are this profile’s own, so it stays until you delete it", line.heading)
            }
            Kept::ByHand(line) => format!("{}: placed by hand", line.heading),
        }
    }
}
