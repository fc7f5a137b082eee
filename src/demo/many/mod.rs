//! Many adverts, made up by a rule: to try the public site with as many as a whole country has.
//!
//! Everything comes from the words of `data/many.json` and from numbers: advert 7 is the same on every machine and
//! however many others there are, but for its dates, which count from today. No place, employer or person in it is
//! meant to be a real one; the towns and postcodes are those of `reference/`.

mod chance;
mod employers;
mod made;
mod paper;
mod words;

use std::collections::BTreeSet;

use time::{Date, OffsetDateTime};

use super::{DemoError, PASSWORD};
use crate::app::App;
use crate::db::{ManyPeople, Tx};
use crate::secret::hash_password;

pub use made::{MadeAdvert, Maker};

/// So many adverts go to the database at once.
const BATCH: usize = 2_000;

/// Adds so many adverts, with their employers and job descriptions, to a demonstration: all of them or none.
/// `told` hears how many there are so far.
///
/// # Errors
/// [`DemoError::Database`] where the database holds real work.
pub async fn add(app: &App, adverts: usize, told: impl FnMut(usize)) -> Result<(), DemoError> {
    let mut tx = app.database.begin().await?;
    let hash = hash_password(PASSWORD.to_owned()).await?;
    add_to(&mut tx, adverts, (app.clock.today(), app.clock.now()), &hash, told).await?;
    tx.commit().await?;
    Ok(())
}

/// The same within a transaction.
///
/// # Errors
/// As [`add`].
pub async fn add_to(
    tx: &mut Tx,
    adverts: usize,
    (today, now): (Date, OffsetDateTime),
    password_hash: &str,
    mut told: impl FnMut(usize),
) -> Result<(), DemoError> {
    let maker = Maker::new(today, now)?;
    let people = ManyPeople {
        writer: ("Gwen Attwater".into(), "gwen.attwater@many.example".into()),
        manager: ("Idris Calloway".into(), "idris.calloway@many.example".into()),
        password_hash: password_hash.to_owned(),
    };
    let employers: BTreeSet<usize> = (0..adverts).map(|number| maker.employer_of(number)).collect();
    let rows: Vec<_> = employers.iter().map(|employer| maker.employer(*employer)).collect();
    let grades = maker.grades()?;
    let schemes = crate::reference::pay_schemes::of(&grades)?;
    tx.add_many_employers(&rows, (&grades, &schemes), &people, maker.began()).await?;
    let versions: BTreeSet<(usize, usize)> = (0..adverts).map(|number| maker.version_of(number)).collect();
    let versions: Vec<_> = versions.into_iter().map(|(employer, kind)| maker.version(employer, kind)).collect();
    for some in versions.chunks(200) {
        tx.add_many_versions(some, maker.began()).await?;
    }
    let mut words = BTreeSet::new();
    for first in (0..adverts).step_by(BATCH) {
        let some: Vec<MadeAdvert> = (first..adverts.min(first + BATCH)).map(|number| maker.advert(number)).collect();
        some.iter().for_each(|advert| words::collect(&mut words, &advert.row));
        let rows: Vec<_> = some.into_iter().map(|advert| advert.row).collect();
        tx.add_many_adverts(&rows).await?;
        told(first + rows.len());
    }
    tx.add_many_words(&words.into_iter().collect::<Vec<_>>(), now).await?;
    Ok(tx.settle_many().await?)
}
