//! An advert to keep: the candidate pack or the advert alone, as PDF, in large print, as Word or plain text.

use axum::extract::{Path, Query};
use axum::response::Response;
use time::OffsetDateTime;

use super::job::load;
use crate::clock::london_date;
use crate::documents::render::advert as render;
use crate::documents::render::docx::Reviser;
use crate::documents::render::sheet::{advert_sheet, pack};
use crate::domain::advert::Standing;
use crate::error::AppError;
use crate::printing::{Format, look, slug, written};
use crate::web::file::{Asked, print, turn};
use crate::web::gate::{Anyone, As};
use crate::web::paths;

/// Advert, description, specification and terms in one file.
pub async fn whole(
    me: As<Anyone>,
    Path(advert): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, AppError> {
    file(me, &advert, &asked, true).await
}

/// The advert without the papers behind it.
pub async fn alone(
    me: As<Anyone>,
    Path(advert): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, AppError> {
    file(me, &advert, &asked, false).await
}

async fn file(me: As<Anyone>, advert: &str, asked: &Asked, whole: bool) -> Result<Response, AppError> {
    let wanted = asked.wanted(me.now)?;
    match wanted.format {
        // Data would hold what applicants don't see.
        Format::Json => return Err(AppError::NotFound),
        Format::Pdf | Format::Word | Format::Text => {}
    }
    let turn = turn(&me.app).await?;
    let mut tx = me.begin().await?;
    let advert = load(&mut tx, advert, None, me.now).await?;
    match advert.standing(me.now) {
        Standing::Open | Standing::Closed => {}
        Standing::Withdrawn | Standing::Draft | Standing::Ready | Standing::Scheduled => {
            return Err(AppError::NotFound);
        }
    }
    let content = tx.content(advert.employer, advert.version).await?;
    let look = look(tx.brand(advert.employer).await?);
    drop(tx);
    let paper = render(&advert.vacancy, &content);
    let (address, today) = (me.app.config.link(&paths::job(advert.id)), london_date(me.now));
    print(turn, move |fonts| {
        let name = slug(&paper.title);
        let (mut sheet, name) = match whole {
            true => (pack(paper, &address, today), format!("{name}-candidate-pack")),
            false => (advert_sheet(&paper, &address, today), format!("{name}-advert")),
        };
        sheet.head.look = look;
        written(sheet, name, &nobody(wanted.now), wanted, fonts)
    })
    .await
}

/// An advert has no marks that somebody would have made.
fn nobody(at: OffsetDateTime) -> Reviser {
    Reviser { name: String::new(), at }
}
