//! Issues versions on the date that was set for them, soon after midnight in London.

use std::time::Duration;

use tokio::sync::watch;

use crate::app::App;
use crate::db::Version;
use crate::domain::ids::VersionId;
use crate::domain::version::{Act, Event, State};
use crate::error::AppError;
use crate::policy::{Actor, Job, Scope, act, grant};

const EVERY: Duration = Duration::from_secs(60);

/// Issues what is due now and every minute, until the server stops.
pub async fn run(app: App, mut stop: watch::Receiver<bool>) {
    loop {
        match issue_due(&app).await {
            Ok(0) => {}
            Ok(issued) => tracing::info!(issued, "versions came into force on their dates"),
            Err(error) => tracing::warn!(%error, "dates of issue could not be looked at"),
        }
        if !super::wait(&mut stop, EVERY).await {
            return;
        }
    }
}

/// Says how many were issued. One that can't be is left for a person to look at, and holds up no other.
pub async fn issue_due(app: &App) -> Result<usize, AppError> {
    let due = app.database.begin().await?.due_to_issue(app.clock.today()).await?;
    let mut issued = 0;
    for (scope, version) in due {
        match issue(app, &scope, version).await {
            Ok(true) => issued += 1,
            Ok(false) => {}
            // Another server was quicker: it stands as it should.
            Err(AppError::Conflict(_)) => {}
            Err(error) => tracing::warn!(version = version.0, %error, "a version was not issued on its date"),
        }
    }
    Ok(issued)
}

/// One version in one transaction, with what it supersedes.
async fn issue(app: &App, scope: &Scope, id: VersionId) -> Result<bool, AppError> {
    let now = app.clock.now();
    let act = Act { by: scope.membership(), at: now };
    let mut tx = app.database.begin().await?;
    let Some(version) = tx.version_by_id(scope, id).await? else { return Ok(false) };
    let Some(next) = after(&version, Event::IssueDue { today: app.clock.today() }, act) else { return Ok(false) };
    let granted = grant::<act::IssueDue>(&Actor::System(Job::IssueDue), version.subject(), now)?;
    let old = match version.issued {
        Some((old, _)) => tx.version_by_id(scope, old).await?,
        None => None,
    };
    let superseded = old.as_ref().and_then(|old| Some((old, after(old, Event::Supersede, act)?)));
    tx.issue_on_its_date(&granted, &version, &next, superseded.as_ref().map(|(old, next)| (*old, next))).await?;
    tx.commit().await?;
    Ok(true)
}

fn after(version: &Version, event: Event, act: Act) -> Option<State> {
    match version.state.clone().after(event, act) {
        Ok(next) => Some(next),
        Err(refusals) => {
            tracing::warn!(
                version = version.name(),
                ?refusals,
                "a date of issue has come, but the version can't follow"
            );
            None
        }
    }
}
