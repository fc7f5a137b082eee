//! The demonstration: a database that may be made anew, filled with people and jobs that are made up.

use anyhow::bail;

use super::database::{is_changed, with};
use super::say;
use super::serve;
use crate::app::App;
use crate::config::Config;
use crate::db::{Database, Holding};
use crate::demo;
use crate::web::assets::Assets;

/// Makes the database ready for a demonstration. One whose tables another edition made is made anew, but only where it
/// holds a demonstration or nothing. Says whether it is still to be filled.
pub(super) async fn prepare(database: &Database) -> anyhow::Result<bool> {
    let holding = database.holding().await?;
    if holding == Holding::Work {
        bail!(
            "This database holds real work, so it can't be used for a demonstration. Set ROLEBOOK_DATA to another \
             folder, or leave out --demonstration."
        );
    }
    match database.bring_up_to_date().await {
        Err(error) if is_changed(&error) => {
            say("The demonstration's database was made by another edition of Rolebook: it is made anew.");
            database.clear().await?;
            database.bring_up_to_date().await?;
        }
        other => other?,
    }
    Ok(database.holding().await? == Holding::Nothing)
}

/// Fills an empty database.
pub(super) async fn fill(app: &App) -> anyhow::Result<()> {
    let loaded = demo::load(app).await?;
    say(format_args!(
        "The demonstration is loaded: {} employers, {} people, {} job profiles, {} adverts.",
        loaded.employers, loaded.people, loaded.profiles, loaded.adverts
    ));
    Ok(())
}

/// Says whom to sign in as.
pub(super) fn announce() {
    let sign_ins = demo::sign_ins();
    if let Some(one) = sign_ins.first() {
        say(format_args!("Everybody's password is: {}", one.password));
    }
    for one in sign_ins {
        say(format_args!("  {:<24} {:<46} {}", one.role, one.email, one.employer.unwrap_or_default()));
    }
}

/// What `rolebook demo` is told.
#[derive(Debug, clap::Args)]
pub(super) struct Asked {
    /// Also add so many made-up adverts of made-up employers, to try the public site at its full size
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=MOST_ADVERTS))]
    adverts: u32,
}

/// The public site is built for 100,000; ten times that is for the curious.
const MOST_ADVERTS: i64 = 1_000_000;

/// `rolebook demo`
pub(super) async fn command(mut config: Config, asked: Asked) -> anyhow::Result<()> {
    with(&mut config, async |config, database| {
        let app = serve::app(database.clone(), config.clone(), Assets::default())?;
        fill(&app).await?;
        if asked.adverts > 0 {
            demo::many::add(&app, asked.adverts as usize, |so_far| {
                if so_far % 10_000 == 0 {
                    say(format_args!("{so_far} more adverts so far"));
                }
            })
            .await?;
            say(format_args!("{} more adverts are loaded.", asked.adverts));
        }
        Ok(())
    })
    .await?;
    announce();
    Ok(())
}
