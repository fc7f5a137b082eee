//! Taking a suggestion into the draft: the acts of the editor, done by whoever accepts, who becomes the editor of them.

use crate::db::{NewItem, Suggestion, Tx, Version, place_after};
use crate::domain::content::{Content, Item};
use crate::domain::ids::{ItemId, MembershipId};
use crate::domain::suggestion::{Fit, Place, Proposal, Taken};
use crate::error::AppError;
use crate::mail::remarks::{self, About};
use crate::policy::{Granted, act};
use crate::web::gate::{As, Authors};

/// Writes what the suggestion has become; the identity of a new line. Nothing is written where it says so already.
pub async fn take_in(
    tx: &mut Tx,
    granted: &Granted<act::EditContent>,
    content: &Content,
    suggestion: &Suggestion,
    fit: &Fit,
) -> Result<Option<ItemId>, AppError> {
    let taken = match fit {
        Fit::AsItStands(taken) | Fit::Woven(taken) => taken,
        Fit::Already => return Ok(None),
        Fit::NoLonger(_) => return Err(AppError::NotFound),
    };
    match (taken, &suggestion.proposal) {
        (Taken::Reword(after), _) => {
            let (_, before) = content.item(after.id).ok_or(AppError::NotFound)?;
            tx.save_item(granted, before, after).await?;
            Ok(None)
        }
        (Taken::Remove, _) => {
            let id = suggestion.item().ok_or(AppError::NotFound)?;
            let (section, item) = content.item(id).ok_or(AppError::NotFound)?;
            tx.delete_item(granted, section, item).await?;
            Ok(None)
        }
        (Taken::Add(place), Proposal::Add { item, .. }) => {
            let id = tx.new_identities(1).await?.first().copied().map(ItemId).ok_or(AppError::NotFound)?;
            let place = new_item(*place, content).ok_or(AppError::NotFound)?;
            tx.add_items(granted, place, &[Item { id, ..item.clone() }]).await?;
            Ok(Some(id))
        }
        (Taken::Add(_), Proposal::Reword { .. } | Proposal::Remove { .. }) => Err(AppError::NotFound),
    }
}

fn new_item(place: Place, content: &Content) -> Option<NewItem> {
    match (place.after, place.under) {
        (None, Some(under)) => {
            let (_, parent) = content.item(under)?;
            let position = parent.children.len() as i32 + 1;
            Some(NewItem { section: place.section, parent: Some(under), position })
        }
        (after, _) => place_after(content, place.section, after),
    }
}

/// One mail to each whose suggestions were accepted.
pub async fn tell_accepted(
    me: &As<Authors>,
    tx: &mut Tx,
    version: &Version,
    makers: &[MembershipId],
) -> Result<(), AppError> {
    let at = me.paths().profile(version.profile.number).version(version.number);
    let link = me.app.config.link(&at.remarks());
    let about = About { title: version.title(), from: &me.staff().person.name, link: &link };
    let mut told: Vec<MembershipId> = makers.to_vec();
    told.sort();
    told.dedup();
    for maker in told.into_iter().filter(|maker| *maker != me.staff().membership) {
        let count = makers.iter().filter(|one| **one == maker).count();
        tx.queue_to_member(&remarks::accepted(maker, count, about), me.now).await?;
    }
    Ok(())
}
