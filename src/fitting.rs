//! Putting drafts on templates: the same steps for a new profile, an import, and a draft that changes its template. What
//! must not be here: forms, and SQL. How a content finds its places is in `domain::template`.

use time::OffsetDateTime;

use crate::db::{DbError, Document, MovedDraft, TemplateChoice, Tx, Version};
use crate::domain::content::Content;
use crate::domain::ids::{EmployerId, TemplateId, UnitId};
use crate::domain::template::{Arranged, Fitted, Layout, arrange};
use crate::drafting::{DraftError, Drafted, new_profile};
use crate::error::AppError;
use crate::policy::{Actor, Granted, Scope, Staff, act, grant};

/// An edition that a draft goes on to.
#[derive(Debug, Clone, Copy)]
pub struct Onto<'a> {
    pub template: TemplateId,
    pub name: &'a str,
    pub edition: i32,
    pub layout: &'a Layout,
}

impl<'a> Onto<'a> {
    /// The edition that binds.
    pub fn latest(choice: &'a TemplateChoice) -> Self {
        Onto { template: choice.id, name: &choice.name, edition: choice.edition, layout: &choice.layout }
    }

    /// The edition that a version has.
    pub fn same(fitted: &'a Fitted) -> Self {
        Onto { template: fitted.template, name: &fitted.name, edition: fitted.edition, layout: &fitted.layout }
    }
}

/// The template that a new profile has where nobody chose one.
///
/// # Errors
/// What the database says.
pub async fn usual(tx: &mut Tx, employer: EmployerId) -> Result<Option<TemplateChoice>, DbError> {
    Ok(tx.template_choices(employer).await?.into_iter().find(|choice| choice.is_default))
}

/// A content as it would stand on that edition, for a look: what is new has identities that nothing else has, and is not
/// to be kept.
pub fn tried(content: &Content, now: Option<&Fitted>, layout: &Layout) -> Arranged {
    let mut made_up = 0;
    arrange(content, now, layout, || {
        made_up -= 1;
        made_up
    })
}

/// The same with identities of its own, to be kept.
///
/// # Errors
/// What the database says.
pub async fn arranged(
    tx: &mut Tx,
    content: &Content,
    now: Option<&Fitted>,
    layout: &Layout,
) -> Result<Arranged, DbError> {
    // One for each place, and one for each fixed text.
    let mut fresh = tx.new_identities(layout.sections.len() * 2).await?.into_iter();
    Ok(arrange(content, now, layout, || fresh.next().unwrap_or_default()))
}

/// Puts a draft that was begun a moment ago on a template. `before` is the template of the version that it goes on from.
///
/// # Errors
/// Not there for that actor, or what the database says.
pub async fn put_on(
    tx: &mut Tx,
    (actor, scope, now): (&Actor, &Scope, OffsetDateTime),
    (profile, number): (i32, i32),
    before: Option<&Fitted>,
    onto: Onto<'_>,
) -> Result<(), AppError> {
    let version = tx.version(scope, profile, number).await?.ok_or(AppError::NotFound)?;
    let granted = grant::<act::EditContent>(actor, version.subject(), now)?;
    tx.lock_order(version.id).await?;
    let content = tx.content(version.employer, version.id).await?;
    move_draft(tx, &granted, (&version, &content), before, onto).await
}

/// Makes a new profile of a document, on the template that is usual here where there is one.
///
/// # Errors
/// As [`new_profile`].
pub async fn new_profile_on_usual(
    tx: &mut Tx,
    staff: &Staff,
    now: OffsetDateTime,
    document: &Document,
    place: (UnitId, &str),
) -> Result<Drafted, DraftError> {
    let actor = Actor::Staff(staff.clone());
    let drafted = new_profile(tx, &actor, now, document, place).await?;
    if let Some(choice) = usual(tx, staff.employer).await? {
        let at = (drafted.became.profile, drafted.became.version);
        put_on(tx, (&actor, &staff.scope(), now), at, None, Onto::latest(&choice)).await?;
    }
    Ok(drafted)
}

/// Moves a draft in hand to an edition, and says so in its history.
///
/// # Errors
/// What the database says.
pub async fn move_draft(
    tx: &mut Tx,
    granted: &Granted<act::EditContent>,
    (version, content): (&Version, &Content),
    before: Option<&Fitted>,
    onto: Onto<'_>,
) -> Result<(), AppError> {
    let now = before.or(version.template.as_ref());
    let after = arranged(tx, content, now, onto.layout).await?;
    settle(tx, granted, (version, content), after, onto).await
}

/// Writes a draft as it was arranged.
///
/// # Errors
/// What the database says.
pub async fn settle(
    tx: &mut Tx,
    granted: &Granted<act::EditContent>,
    (version, content): (&Version, &Content),
    after: Arranged,
    onto: Onto<'_>,
) -> Result<(), AppError> {
    let first = after.content.sections.first().map(|section| section.id);
    let moved = MovedDraft { version: version.id, before: content, after };
    tx.settle(granted, (onto.template, onto.edition), &[moved]).await?;
    tx.log_settled(granted, first, onto.name, onto.edition).await?;
    Ok(())
}
