//! The demonstration: a database that may be made anew, filled with people and jobs that are made up.

use anyhow::bail;

use super::database::is_changed;
use crate::db::{Database, Holding};

/// Makes the database ready for a demonstration. One whose tables another edition made is made anew, but only where it
/// holds a demonstration or nothing.
pub(super) async fn prepare(database: &Database) -> anyhow::Result<()> {
    let holding = database.holding().await?;
    if holding == Holding::Work {
        bail!(
            "This database holds real work, so it can't be used for a demonstration. Set ROLEBOOK_DATA to another \
             folder, or leave out --demonstration."
        );
    }
    match database.bring_up_to_date().await {
        Err(error) if is_changed(&error) => {
            println!("The demonstration's database was made by another edition of Rolebook: it is made anew.");
            database.clear().await?;
            database.bring_up_to_date().await?;
        }
        other => other?,
    }
    Ok(())
}
