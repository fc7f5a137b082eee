//! Moves drafts to the version of their template that was brought into use.
//!
//! A batch is one transaction that locks its rows and marks them: a server that is killed leaves them as they were,
//! several servers share the work, and no draft is moved twice. Whoever brings a version into use does the first batch,
//! so that an employer with few drafts waits for nothing.

use std::time::Duration;

use tokio::sync::watch;

use crate::app::App;
use crate::db::{MovedDraft, TemplateMove, Tx};
use crate::domain::content::Content;
use crate::domain::ids::VersionId;
use crate::domain::template::arrange;
use crate::error::AppError;
use crate::policy::{Act, Actor, Granted, Job, act, grant};

const EVERY: Duration = Duration::from_secs(2);
/// Drafts in one transaction: short enough that nobody who writes in one waits for the others.
const BATCH: i64 = 100;

/// Works through what waits now and every few seconds, until the server stops.
pub async fn run(app: App, mut stop: watch::Receiver<bool>) {
    loop {
        match work(&app, &stop).await {
            Ok(0) => {}
            Ok(done) => tracing::info!(done, "batches of drafts were moved to their template"),
            Err(error) => tracing::warn!(%error, "drafts still wait to be moved to their template"),
        }
        if !super::wait(&mut stop, EVERY).await {
            return;
        }
    }
}

/// Says how many batches it did.
pub async fn work(app: &App, stop: &watch::Receiver<bool>) -> Result<usize, AppError> {
    let mut done = 0;
    while !*stop.borrow() && batch(app).await? {
        done += 1;
    }
    Ok(done)
}

/// One batch of the oldest move, if there is one with something to do.
pub async fn batch(app: &App) -> Result<bool, AppError> {
    let now = app.clock.now();
    let mut tx = app.database.begin().await?.on(app.clock.today());
    let Some(onto) = tx.next_template_move().await? else { return Ok(false) };
    let granted = grant::<act::MoveDrafts>(&Actor::System(Job::Templates), onto.subject(), now)?;
    move_some(&mut tx, &granted, &onto).await?;
    tx.commit().await?;
    Ok(true)
}

/// Moves the next drafts to an edition in the transaction in hand.
pub async fn move_some<A: Act>(tx: &mut Tx, granted: &Granted<A>, onto: &TemplateMove) -> Result<(), AppError> {
    let (claimed, drafts) = tx.claim_moves(granted, onto, BATCH).await?;
    if !drafts.is_empty() {
        let ids: Vec<VersionId> = drafts.iter().map(|draft| draft.version).collect();
        let contents = tx.contents(onto.employer, &ids).await?;
        let none = Content::default();
        // One for each place, and one for each fixed text.
        let mut fresh = tx.new_identities(drafts.len() * onto.layout.sections.len() * 2).await?.into_iter();
        let mut moved = Vec::new();
        for draft in &drafts {
            let before = contents.get(&draft.version).unwrap_or(&none);
            let identity = || fresh.next().unwrap_or_default();
            let after = arrange(before, draft.template.as_ref(), &onto.layout, identity);
            moved.push(MovedDraft { version: draft.version, before, after });
        }
        tx.settle(granted, (onto.template, onto.edition), &moved).await?;
    }
    tx.moves_done(granted, onto, (&claimed, &drafts)).await?;
    Ok(())
}
