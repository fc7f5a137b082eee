//! Carries applied pay awards to drafts and open adverts, from their first day on.
//!
//! First everything that an award changes is written down, in one transaction; then it is done in batches, each its own.
//! Killed anywhere, the next start goes on where the last commit left it.

use std::time::Duration;

use tokio::sync::watch;

use crate::app::App;
use crate::db::{PayBatch, ToKeepers, Tx, WaitingEffect};
use crate::domain::advert::ChangedHow;
use crate::domain::pay::{Day, known_before};
use crate::domain::text::long_date;
use crate::error::AppError;
use crate::mail::adverts::{About, changed};
use crate::policy::{Actor, Granted, Job, act, grant};
use crate::web::paths;

const EVERY: Duration = Duration::from_secs(2);
/// Changes in one transaction: short enough that nobody waits for an advert.
const BATCH: i64 = 250;

/// Works through what waits now and every few seconds, until the server stops.
pub async fn run(app: App, mut stop: watch::Receiver<bool>) {
    loop {
        match work(&app, &stop).await {
            Ok(0) => {}
            Ok(done) => tracing::info!(done, "salaries followed a pay award"),
            Err(error) => tracing::warn!(%error, "a pay award still waits"),
        }
        if !super::wait(&mut stop, EVERY).await {
            return;
        }
    }
}

/// Does everything that is due; says how many drafts and adverts it dealt with.
pub async fn work(app: &App, stop: &watch::Receiver<bool>) -> Result<usize, AppError> {
    let mut all = 0;
    while !*stop.borrow() {
        match step(app).await? {
            Some(done) => all += done,
            None => break,
        }
    }
    Ok(all)
}

/// One transaction of work; none where nothing is due.
pub async fn step(app: &App) -> Result<Option<usize>, AppError> {
    let mut tx = app.database.begin().await?;
    let Some(batch) = tx.next_pay_award(app.clock.today()).await? else { return Ok(None) };
    let granted = grant::<act::RollOutPay>(&Actor::System(Job::Pay), batch.subject(), app.clock.now())?;
    let done = match batch.is_spread {
        false => spread(app, &mut tx, &granted, &batch).await?,
        true => roll_out(app, &mut tx, &granted, &batch).await?,
    };
    tx.commit().await?;
    Ok(Some(done))
}

async fn spread(
    app: &App,
    tx: &mut Tx,
    granted: &Granted<act::RollOutPay>,
    batch: &PayBatch,
) -> Result<usize, AppError> {
    let grades = tx.grades(batch.employer).await?;
    let before = known_before(&grades, batch.applied_at);
    let targets = tx.pay_targets(batch.employer, &batch.pay_scheme, app.clock.now()).await?;
    let day = Day::of(app.clock.today().max(batch.effective_from));
    let effects: Vec<_> = targets
        .into_iter()
        .filter_map(|target| {
            let effect = target.effect((&before, &grades), day)?;
            Some((target, effect))
        })
        .collect();
    tx.spread_pay_award(granted, batch, &effects).await?;
    Ok(0)
}

async fn roll_out(
    app: &App,
    tx: &mut Tx,
    granted: &Granted<act::RollOutPay>,
    batch: &PayBatch,
) -> Result<usize, AppError> {
    let effects = tx.waiting_effects(batch.id, BATCH).await?;
    if effects.is_empty() {
        tx.finish_pay_award(granted, batch).await?;
        return Ok(0);
    }
    let told: Vec<_> = effects.iter().map(|effect| told(app, batch, effect)).collect();
    tx.make_pay_effects(granted, batch, &effects, &told).await?;
    Ok(effects.len())
}

/// What readers of an advert are told, and the mail to those who keep it; nothing for a draft.
fn told(app: &App, batch: &PayBatch, effect: &WaitingEffect) -> (String, ToKeepers) {
    let Some(advert) = effect.advert else { return Default::default() };
    let day = long_date(batch.effective_from);
    let what =
        format!("The salary follows the pay award from {day}: it is {}. It was {}.", effect.after, effect.before);
    let link = app.config.link(&paths::job(advert));
    let about =
        About { title: &effect.title, reference: &effect.reference, employer: &batch.employer_name, link: &link };
    let mail = changed(about, ChangedHow::Corrected, &what);
    (what, mail)
}
