//! Making drafts out of documents: the same steps for a page and for the command line. What must not be here: reading
//! files, forms, and SQL.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;
use time::OffsetDateTime;

use crate::db::{Became, DbError, Document, Origin, Tx, Version};
use crate::documents::to_content::{Kept, Made, to_content};
use crate::domain::advert::salary_range;
use crate::domain::clause::Placed;
use crate::domain::content::{Body, Content, Item};
use crate::domain::details::Details;
use crate::domain::ids::{GradeId, ItemId, UnitId};
use crate::domain::inline::plain;
use crate::domain::matching::propose_sections;
use crate::domain::pay::Grade;
use crate::error::AppError;
use crate::policy::{Actor, Subject, act, grant};

/// What two drafts of one profile at the same time run into, whichever is looked at first.
pub const NEXT_VERSION: [&str; 2] = ["version_one_open", "version_employer_id_profile_id_number_key"];

/// A draft that a document has become.
#[derive(Debug, Clone)]
pub struct Drafted {
    pub became: Became,
    pub title: String,
    /// Lines that go on from the version in force, that are new, and that are no longer there.
    pub kept: usize,
    pub new: usize,
    pub gone: usize,
    /// What came along with the document: `3 suggestions and 2 comments`, or nothing.
    pub carried: String,
}

impl Drafted {
    /// For the end of a sentence about the draft; nothing where nothing came along.
    pub fn came_along(&self) -> String {
        match self.carried.as_str() {
            "" => String::new(),
            "1 suggestion" | "1 comment" => format!(" {} was carried over from the document.", self.carried),
            several => format!(" {several} were carried over from the document."),
        }
    }
}

/// What stands in the way of a draft.
#[derive(Debug, thiserror::Error)]
pub enum DraftError {
    /// Of two clicks, or two people, the other was first.
    #[error("something was made of it a moment ago")]
    TooLate,
    #[error(transparent)]
    App(#[from] AppError),
}

impl From<DbError> for DraftError {
    fn from(error: DbError) -> Self {
        match error {
            DbError::Stale => DraftError::TooLate,
            DbError::Constraint(name) if NEXT_VERSION.contains(&name.as_str()) => DraftError::TooLate,
            other @ (DbError::Sqlx(_)
            | DbError::Inconsistent { .. }
            | DbError::Constraint(_)
            | DbError::Unknown(_)
            | DbError::Frozen) => DraftError::App(other.into()),
        }
    }
}

impl From<crate::policy::Denied> for DraftError {
    fn from(denied: crate::policy::Denied) -> Self {
        DraftError::App(denied.into())
    }
}

/// Makes a new profile, with the document as its first version.
pub async fn new_profile(
    tx: &mut Tx,
    actor: &Actor,
    now: OffsetDateTime,
    document: &Document,
    (unit, unit_name): (UnitId, &str),
) -> Result<Drafted, DraftError> {
    let making = grant::<act::DraftFromDocument>(actor, document.subject(unit), now)?;
    let subject = Subject { name: unit_name.to_owned(), ..document.subject(unit) };
    let creating = grant::<act::CreateProfile>(actor, of_unit(subject, unit), now)?;
    let made = to_content(&document.chosen(), &document.grades, None);
    let fresh = tx.new_identities(made.identities).await?;
    let content = made.with_identities(&fresh, &Kept::default());
    let carried = document.carried(&made, None).with_identities(&fresh, &Kept::default());
    let new = content.all_items().len();
    let details = without_own_pay(made.details, &tx.grades(document.employer).await?);
    let title = details.title.clone();
    let origin = Origin { details, content, post_numbers: made.post_numbers, form_key: None };
    let begun = tx.create_profile(&creating, &origin).await?;
    let became = Became { profile: begun.profile_number, version: 1 };
    tx.link_document(&making, begun.version, &became, &facts(document, new)).await?;
    tx.carry_over(&making, begun.version, &carried).await?;
    Ok(Drafted { became, title, kept: 0, new, gone: 0, carried: carried.counted() })
}

/// Makes the next draft of a profile, with the document as its content. `kept` says which earlier item each new one
/// goes on from; sections find theirs by kind and heading.
pub async fn next_draft(
    tx: &mut Tx,
    actor: &Actor,
    now: OffsetDateTime,
    document: &Document,
    (from, old): (&Version, &Content),
    kept: BTreeMap<ItemId, ItemId>,
) -> Result<Drafted, DraftError> {
    let making = grant::<act::DraftFromDocument>(actor, document.subject(from.profile.unit), now)?;
    let starting = grant::<act::StartDraft>(actor, from.profile_subject(), now)?;
    let made = made_for(document, from);
    let told = without_own_pay(made.details.clone(), &tx.grades(from.employer).await?);
    let (details, _) = continued(&told, &from.details);
    let fresh = tx.new_identities(made.identities).await?;
    let kept = Kept { sections: propose_sections(&made.content, old, &kept), items: kept };
    let mut content = made.with_identities(&fresh, &kept);
    said_before(&mut content, old);
    let post_numbers = Some(from.profile.post_numbers.as_str());
    let carried = document.carried(&made, post_numbers).with_identities(&fresh, &kept);
    confirm_again(&mut content, old);
    let (number, version) = tx.start_draft_with(&starting, from, &details, &content).await?;
    let became = Became { profile: from.profile.number, version: number };
    let lines = content.all_items().len();
    tx.link_document(&making, version, &became, &facts(document, lines)).await?;
    tx.carry_over(&making, version, &carried).await?;
    let gone = old.all_items().len() - kept.items.values().collect::<BTreeSet<_>>().len();
    let (kept, carried) = (kept.items.len(), carried.counted());
    Ok(Drafted { became, title: details.title, kept, new: lines - kept, gone, carried })
}

/// A salary that is what the grade pays, or paid on some day, is worked out and not typed: it follows the next award.
fn without_own_pay(details: Details, grades: &[Grade]) -> Details {
    let find = |id: Option<GradeId>| grades.iter().find(|grade| Some(grade.id) == id);
    let own = |(low, high)| {
        let (Some(from), to) = (find(details.grade_from), find(details.grade_to)) else { return false };
        match to {
            None => from.ever_paid((low, high)),
            Some(to) => {
                from.amounts.iter().any(|one| one.minimum_pence == low)
                    && to.amounts.iter().any(|one| one.maximum_pence == high)
            }
        }
    };
    match salary_range(&details.salary_text).is_some_and(own) {
        true => Details { salary_text: String::new(), salary_reason: String::new(), ..details },
        false => details,
    }
}

/// What a document can't say stays as it was: bold, italic and links on the very same words, and what a duty says of
/// its work. A file that says such things of any line has its own way in all.
fn said_before(content: &mut Content, old: &Content) {
    let marks = |item: &Item| plain(&item.text) != item.text;
    let works = |item: &Item| matches!(&item.body, Body::Duty(work) if !work.is_empty());
    let (says_marks, says_work) =
        (content.all_items().into_iter().any(marks), content.all_items().into_iter().any(works));
    let before: BTreeMap<ItemId, &Item> = old.all_items().into_iter().map(|item| (item.id, item)).collect();
    let mut again = |item: &mut Item| {
        let Some(before) = before.get(&item.id) else { return };
        if !says_marks && plain(&before.text) == item.text {
            item.text.clone_from(&before.text);
        }
        if let (Body::Duty(_), Body::Duty(work), false) = (&item.body, &before.body, says_work) {
            item.body = Body::Duty(work.clone());
        }
        goes_on_standing_for(item, before);
    };
    content.sections.iter_mut().flat_map(|section| &mut section.items).for_each(|item| each(item, &mut again));
}

/// Why a standard clause has other words, where the document that changed them can't say.
const CHANGED_IN_DOCUMENT: &str = "Changed in the document that this draft was made from";

/// A line that stood for a standard clause still does; where the document gives it other words, the approver is shown so.
fn goes_on_standing_for(item: &mut Item, before: &Item) {
    let Body::Clause { heading: was, placed: Some(stood) } = &before.body else { return };
    let Body::Clause { heading, placed: placed @ None } = &mut item.body else { return };
    let same = (&before.text, was) == (&item.text, &*heading);
    let reason = match same || stood.is_overridden() {
        true => stood.reason.clone(),
        false => CHANGED_IN_DOCUMENT.to_owned(),
    };
    *placed = Some(Placed { reason, ..stood.clone() });
}

/// A guess that was confirmed before, on the very same words in the same place, is not asked for again.
fn confirm_again(content: &mut Content, old: &Content) {
    let confirmed: BTreeMap<ItemId, &Item> =
        old.all_items().into_iter().filter(|item| item.sure).map(|item| (item.id, item)).collect();
    let mut again = |item: &mut Item| {
        let same = |before: &&&Item| before.body == item.body && before.text == item.text;
        if !item.sure && confirmed.get(&item.id).filter(same).is_some() {
            item.sure = true;
        }
    };
    content.sections.iter_mut().flat_map(|section| &mut section.items).for_each(|item| each(item, &mut again));
}

fn each(item: &mut Item, visit: &mut impl FnMut(&mut Item)) {
    visit(item);
    item.children.iter_mut().for_each(|child| each(child, visit));
}

/// The document as content for that profile, under provisional identities.
pub fn made_for(document: &Document, from: &Version) -> Made {
    to_content(&document.chosen(), &document.grades, Some(&from.profile.post_numbers))
}

/// The details of the next version: what the document does not say stays as it is in force. Answers also which fields
/// those are, by their labels.
pub fn continued(made: &Details, issued: &Details) -> (Details, Vec<&'static str>) {
    let mut next = made.clone();
    let mut stayed = Vec::new();
    let mut stays = |label, new: &mut String, old: &String| {
        if new.is_empty() && !old.is_empty() {
            new.clone_from(old);
            stayed.push(label);
        }
    };
    stays("Title", &mut next.title, &issued.title);
    stays("Salary", &mut next.salary_text, &issued.salary_text);
    stays("Hours", &mut next.hours, &issued.hours);
    stays("Contract", &mut next.contract, &issued.contract);
    stays("Working pattern", &mut next.working_pattern, &issued.working_pattern);
    stays("Location", &mut next.location, &issued.location);
    stays("Directorate", &mut next.directorate, &issued.directorate);
    stays("Service", &mut next.service, &issued.service);
    stays("Reports to", &mut next.reports_to, &issued.reports_to);
    stays("Responsible for", &mut next.responsible_for, &issued.responsible_for);
    if next.grade_from.is_none() && issued.grade_from.is_some() {
        (next.grade_from, next.grade_to) = (issued.grade_from, issued.grade_to);
        stayed.push("Grade");
    }
    // An unchanged grade carries its basis over; a changed one needs its own.
    if next.same_grade(issued) {
        next.grade_basis = issued.grade_basis;
        next.grade_basis_reference.clone_from(&issued.grade_basis_reference);
        next.grade_basis_date = issued.grade_basis_date;
    }
    (next, stayed)
}

fn of_unit(subject: Subject<crate::domain::ids::DocumentId>, unit: UnitId) -> Subject<UnitId> {
    let Subject { employer, person, profile, name, .. } = subject;
    Subject { id: unit, employer, unit: Some(unit), person, profile, name }
}

/// For the history of the version: where its content came from.
fn facts(document: &Document, lines: usize) -> serde_json::Value {
    json!({ "document": document.id, "file": document.file_name, "sha256": document.sha256, "lines": lines })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::details::GradeBasis;
    use crate::domain::ids::GradeId;

    #[test]
    fn what_was_confirmed_before_is_not_asked_for_again() {
        use crate::domain::content::{Body, Section, SectionKind};
        use crate::domain::ids::SectionId;
        let duty = |id, text: &str, sure| Item { sure, ..Item::new(ItemId(id), text, Body::duty()) };
        let content = |items| Content {
            sections: vec![Section {
                id: SectionId(1),
                kind: SectionKind::Duties,
                heading: String::new(),
                revision: 1,
                items,
            }],
        };
        let old = content(vec![duty(1, "Opens doors", true), duty(2, "Locks them", true), duty(3, "Sweeps", false)]);
        let mut new =
            content(vec![duty(1, "Opens doors", false), duty(2, "Locks all", false), duty(3, "Sweeps", false)]);
        confirm_again(&mut new, &old);
        let sure: Vec<bool> = new.all_items().into_iter().map(|item| item.sure).collect();
        assert_eq!(sure, [true, false, false]);
    }

    #[test]
    fn what_the_document_does_not_say_stays() {
        let issued = Details {
            title: "Clerk".into(),
            hours: "37".into(),
            grade_from: Some(GradeId(4)),
            grade_basis: Some(GradeBasis::Matched),
            ..Details::default()
        };
        let made = Details { title: "Senior clerk".into(), ..Details::default() };
        let (next, stayed) = continued(&made, &issued);
        assert_eq!((next.title.as_str(), next.hours.as_str()), ("Senior clerk", "37"));
        assert_eq!((next.grade_from, next.grade_basis), (Some(GradeId(4)), Some(GradeBasis::Matched)));
        assert_eq!(stayed, ["Hours", "Grade"]);
        let made = Details { grade_from: Some(GradeId(5)), ..made };
        assert_eq!(continued(&made, &issued).0.grade_basis, None);
    }
}
