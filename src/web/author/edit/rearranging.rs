//! What every act on several items does in the end: write what changed, say it, and offer to undo it.

use axum::response::Response;

use super::draft::Draft;
use crate::domain::content::Content;
use crate::domain::ids::ItemId;
use crate::domain::rearrange::{Act, Refusal};
use crate::error::AppError;
use crate::web::gate::{As, Authors};
use crate::web::page::{see_other_noting, see_other_undoable};

impl Draft {
    /// Makes the draft what it is in `after`; answers with the editor at that item and a sentence with "Undo".
    pub async fn rearrange(
        mut self,
        me: &As<Authors>,
        after: &Content,
        act: Act,
        at_item: ItemId,
        said: &str,
    ) -> Result<Response, AppError> {
        let edit = self.tx.rearrange(&self.granted, &self.content, after, act, None).await?;
        // Where one section is shown alone, it is the one in which the item stands now.
        let at = self.at(me).beside(after.item(at_item).map(|(section, _)| section.id));
        self.tx.commit().await?;
        Ok(see_other_undoable(at.at_item(at_item), said, &at.act("undo"), edit))
    }

    /// Back to the item where it was not done, with the reason.
    pub fn refused(&self, me: &As<Authors>, item: ItemId, refusal: &Refusal) -> Response {
        let at = self.at(me);
        see_other_noting(at.at_item(item), &refusal.to_string())
    }

    /// Fresh identities for new items.
    pub async fn identities(&mut self, how_many: usize) -> Result<Vec<ItemId>, AppError> {
        Ok(self.tx.new_identities(how_many).await?.into_iter().map(ItemId).collect())
    }
}
