//! The whole library as one zip: what is in force, each as Word, text and data, with an index page.

use axum::response::Response;

use crate::error::AppError;
use crate::printing::{MOST_IN_LIBRARY, Made, Publisher, library, look};
use crate::web::file::{print, turn};
use crate::web::gate::{As, StaffOnly};

pub async fn download(me: As<StaffOnly>) -> Result<Response, AppError> {
    let turn = turn(&me.app).await?;
    let mut tx = me.begin().await?;
    let (versions, glossary) = tx.in_force(&me.scope(), MOST_IN_LIBRARY as i64 + 1).await?;
    if versions.len() > MOST_IN_LIBRARY {
        return Err(AppError::Conflict(format!(
            "There are more than {MOST_IN_LIBRARY} job profiles in force here, which is the most that one file holds. \
             Nothing was made. `rolebook export` at the server's command line has no such limit."
        )));
    }
    let ids: Vec<_> = versions.iter().map(|version| version.id).collect();
    let mut contents = tx.contents(me.employer(), &ids).await?;
    let look = look(tx.brand(me.employer()).await?);
    drop(tx);
    let (employer, slug, now) = (me.who.employer.name.clone(), me.who.employer.slug.clone(), me.now);
    let all: Vec<_> = versions
        .into_iter()
        .map(|version| {
            let content = contents.remove(&version.id).unwrap_or_default();
            (version, content)
        })
        .collect();
    print(turn, move |_| {
        let publisher = Publisher { name: &employer, look: &look, glossary: &glossary };
        let bytes = library(publisher, &all, now)?;
        Ok(Made { name: format!("job-profiles-{slug}.zip"), media_type: "application/zip", bytes })
    })
    .await
}
