//! What people say about drafts and propose for them, after everybody else's day.

use time::{Duration, OffsetDateTime};

use super::DemoError;
use super::calendar::Calendar;
use super::data::{Remark, Said};
use super::steps::{Step, What};
use super::story::{Story, grant};
use crate::db::{NewComment, NewSuggestion, Tx, Version};
use crate::domain::content::{Content, Item};
use crate::domain::ids::{CommentId, ItemId, MembershipId};
use crate::domain::remark::mentioned;
use crate::domain::suggestion::{Place, Proposal};
use crate::policy::{Staff, act};

/// One after the other in the evening, so that the record stays in order.
pub fn steps<'a>(remarks: &[Remark], days: &Calendar) -> Vec<Step<'a>> {
    let step = |(number, remark): (usize, &Remark)| Step {
        at: days.at(remark.days_ago, 17 * 60 + number as i64 * 3),
        what: What::Remark { number },
    };
    remarks.iter().enumerate().map(step).collect()
}

/// Lets one be made, with its answer, on the newest version of its profile.
pub async fn tell(tx: &mut Tx, story: &Story<'_>, remark: &Remark, at: OffsetDateTime) -> Result<(), DemoError> {
    let staff = story.office.staff(&remark.by)?;
    let id = story.versions.last().copied().ok_or_else(|| story.unknown())?;
    let version = story.load(tx, staff, id).await?;
    let content = tx.content(version.employer, version.id).await?;
    let (section, item) = content.item(ItemId(story.identity(&remark.item))).ok_or_else(|| story.unknown())?;
    let suggestion =
        |proposal| NewSuggestion { section: section.id, proposal, reason: remark.reason.clone(), form_key: None };
    let alone = Item { children: Vec::new(), ..item.clone() };
    match remark.what {
        Said::Comment => {
            let comment = about(&content, item.id, &remark.text, None);
            let thread = say(tx, story, staff, &version, comment, at).await?;
            if let Some(answer) = &remark.answer {
                let who = story.office.staff(&answer.by)?;
                let answer = about(&content, item.id, &answer.text, Some(thread));
                say(tx, story, who, &version, answer, at + Duration::minutes(2)).await?;
            }
        }
        Said::Reword => {
            let after = Item { text: remark.text.clone(), ..alone.clone() };
            let new = suggestion(Proposal::Reword { before: alone, after });
            tx.add_suggestion(&grant::<act::Suggest>(staff, version.subject(), at)?, &new).await?;
        }
        Said::Add => {
            let under = crate::domain::suggestion::above(
                Place { section: section.id, after: Some(item.id), under: None },
                &content,
            );
            let place = Place { section: section.id, after: Some(item.id), under: under.map(|parent| parent.id) };
            let line = Item::new(ItemId(0), remark.text.clone(), item.body.clone());
            let new = suggestion(Proposal::Add { place, item: line });
            tx.add_suggestion(&grant::<act::Suggest>(staff, version.subject(), at)?, &new).await?;
        }
        Said::Remove => {
            let new = suggestion(Proposal::Remove { before: item.clone() });
            tx.add_suggestion(&grant::<act::Suggest>(staff, version.subject(), at)?, &new).await?;
        }
    }
    Ok(())
}

fn about(content: &Content, item: ItemId, text: &str, reply_to: Option<CommentId>) -> NewComment {
    let section = content.item(item).map(|(section, _)| section.id);
    NewComment { section, item: Some(item), reply_to, text: text.to_owned(), ..NewComment::default() }
}

async fn say(
    tx: &mut Tx,
    story: &Story<'_>,
    staff: &Staff,
    version: &Version,
    comment: NewComment,
    at: OffsetDateTime,
) -> Result<CommentId, DemoError> {
    let people = story.office.staff.values().map(|one| (one.membership, one.person.name.as_str()));
    let mentions: Vec<MembershipId> = mentioned(&comment.text, people);
    let granted = grant::<act::Comment>(staff, version.subject(), at)?;
    Ok(tx.add_comment(&granted, &NewComment { mentions, ..comment }).await?)
}
