//! Carries new texts of standard clauses into the profiles that use them.
//!
//! A batch is one transaction that locks its rows and marks them done: a server that is killed leaves them as they were,
//! several servers share the work, and no profile is changed twice.

use std::time::Duration;

use tokio::sync::watch;

use crate::app::App;
use crate::db::{Affected, Holds, Rollout, Tx};
use crate::domain::clause::{Outcome, Standing, Step, step};
use crate::domain::ids::{ProfileId, VersionId};
use crate::domain::version::{Act, Event, StateName};
use crate::error::AppError;
use crate::mail::clauses;
use crate::policy::{Actor, Granted, Job, act, grant};
use crate::web::paths;

const EVERY: Duration = Duration::from_secs(2);
/// Profiles in one transaction.
const BATCH: i64 = 50;

/// Works through what waits now and every few seconds, until the server stops.
pub async fn run(app: App, mut stop: watch::Receiver<bool>) {
    loop {
        match work(&app, &stop).await {
            Ok(0) => {}
            Ok(done) => tracing::info!(done, "batches of standard clauses were rolled out"),
            Err(error) => tracing::warn!(%error, "standard clauses still wait to be rolled out"),
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

/// One batch of the oldest roll-out, if there is one with something to do.
pub async fn batch(app: &App) -> Result<bool, AppError> {
    let now = app.clock.now();
    let mut tx = app.database.begin().await?.on(app.clock.today());
    let Some(rollout) = tx.next_rollout(now).await? else { return Ok(false) };
    let granted = grant::<act::CarryOutRollout>(&Actor::System(Job::Clauses), rollout.subject(), now)?;
    let claimed = tx.claim_profiles(&granted, BATCH).await?;
    if claimed.is_empty() {
        // Either all are done, or another server holds what is left.
        let finished = tx.finish_rollout(&granted).await?;
        tx.commit().await?;
        return Ok(finished);
    }
    let affected = tx.clause_impact(rollout.employer, (rollout.clause, rollout.edition), Some(&claimed)).await?;
    carry_out(app, &mut tx, (&granted, &rollout), &claimed, &affected).await?;
    tx.commit().await?;
    Ok(true)
}

/// What a batch comes to, profile by profile.
#[derive(Default)]
struct Work {
    issue: Vec<VersionId>,
    draft: Vec<VersionId>,
    /// Open drafts that keep the new text from now on.
    refresh: Vec<i64>,
    done: Vec<(ProfileId, Outcome)>,
    waits: Vec<(ProfileId, String)>,
    recall: Vec<(ProfileId, VersionId)>,
}

async fn carry_out(
    app: &App,
    tx: &mut Tx,
    (granted, rollout): (&Granted<act::CarryOutRollout>, &Rollout),
    claimed: &[i64],
    affected: &[Affected],
) -> Result<(), AppError> {
    let mut work = Work::default();
    for profile in affected {
        work.add(profile, rollout);
    }
    // Archived meanwhile, or the clause was taken out of it: there is nothing to change.
    let gone = claimed.iter().filter(|id| !affected.iter().any(|one| one.profile.0 == **id));
    work.done.extend(gone.map(|id| (ProfileId(*id), Outcome::UpToDate)));
    for (profile, version) in std::mem::take(&mut work.recall) {
        recall(app, tx, rollout, version).await?;
        // A draft now, which the next look finds.
        work.waits.push((profile, "It was recalled from review, and follows next".to_owned()));
    }
    if !work.issue.is_empty() {
        tx.issue_minor(granted, rollout, &work.issue, app.clock.today()).await?;
    }
    if !work.draft.is_empty() {
        tx.draft_with_clause(granted, rollout, &work.draft).await?;
    }
    if !work.refresh.is_empty() {
        tx.refresh_clause(granted, rollout, &work.refresh).await?;
    }
    tx.rollout_done(granted, &work.done).await?;
    if !work.waits.is_empty() {
        tx.rollout_waits(granted, &work.waits).await?;
    }
    Ok(())
}

impl Work {
    fn add(&mut self, one: &Affected, rollout: &Rollout) {
        let in_force = one.in_force.map(|holds| (holds.standing, holds.basis));
        let open = one.open.map(|holds| (holds.state, holds.standing));
        let now = step(in_force, open, (rollout.mode, rollout.in_review));
        let stale_draft = one.open.filter(|open| open.state.is_editable() && open.standing == Standing::Old);
        match (now, one.in_force, one.open) {
            (Step::Issue, Some(issued), _) => self.finish(one, Outcome::Issued, Some(issued), None),
            (Step::IssueBeside, Some(issued), _) => self.finish(one, Outcome::Issued, Some(issued), stale_draft),
            (Step::Draft, Some(issued), _) => {
                self.draft.push(issued.version);
                self.done.push((one.profile, Outcome::Drafted));
            }
            (Step::Recall, _, Some(open)) => self.recall.push((one.profile, open.version)),
            (Step::Wait(state), _, Some(open)) => {
                self.waits.push((one.profile, waits_for(open.number, state)));
            }
            (Step::Done(outcome), _, _) => self.finish(one, outcome, None, stale_draft),
            // A step about a version that is not there.
            (Step::Issue | Step::IssueBeside | Step::Draft | Step::Recall | Step::Wait(_), _, _) => {
                self.done.push((one.profile, Outcome::UpToDate));
            }
        }
    }

    fn finish(&mut self, one: &Affected, outcome: Outcome, issued: Option<Holds>, draft: Option<Holds>) {
        self.issue.extend(issued.map(|holds| holds.version));
        self.refresh.extend(draft.map(|holds| holds.version.0));
        self.done.push((one.profile, outcome));
    }
}

fn waits_for(number: i32, state: StateName) -> String {
    match state {
        StateName::InReview => format!("Version {number} is in review: it has to be decided first"),
        StateName::Approved => format!("Version {number} is approved: it has to be issued or withdrawn first"),
        StateName::Draft
        | StateName::ChangesRequested
        | StateName::Issued
        | StateName::Superseded
        | StateName::Withdrawn
        | StateName::Discarded => format!("Version {number} is {}", state.said()),
    }
}

/// Takes a version back from review, and tells who sent it and who was to decide.
async fn recall(app: &App, tx: &mut Tx, rollout: &Rollout, version: VersionId) -> Result<(), AppError> {
    let Some(version) = tx.version_by_id(&rollout.scope(), version).await? else { return Ok(()) };
    let now = app.clock.now();
    let granted = grant::<act::Recall>(&Actor::System(Job::Clauses), version.subject(), now)?;
    let act = Act { by: rollout.started_by, at: now };
    let sender = version.state.sent().map(|sent| sent.by);
    let Ok(next) = version.state.clone().after(Event::Recall { administrator: true }, act) else { return Ok(()) };
    tx.recall(&granted, &version, &next).await?;
    let at = paths::Employer(&rollout.employer_slug).profile(version.profile.number).version(version.number);
    let link = app.config.link(&at.page());
    let approver = version.open_task.as_ref().map(|task| task.assigned_to);
    for to in sender.into_iter().chain(approver) {
        let message = clauses::recalled(to, version.title(), &rollout.name, &link);
        tx.queue_to_member(&message, now).await?;
    }
    Ok(())
}
