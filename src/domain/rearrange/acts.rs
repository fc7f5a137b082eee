//! The acts themselves: each gives the whole content as it is afterwards.

use std::collections::BTreeSet;

use super::convert::fitted;
use super::loose::{Loose, Under, spot_of};
use super::{MOST_ITEMS, Refusal};
use crate::domain::content::{Body, Content, Importance, Item, ItemKind};
use crate::domain::ids::ItemId;
use crate::domain::shape;
use crate::domain::text::LONGEST_TEXT;
use crate::domain::work::Work;

/// A part of a pasted or split text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// 0 is outermost.
    pub level: usize,
    /// As it was printed before the text: `a)`.
    pub number: Option<String>,
    pub text: String,
}

/// A copy of the item, with everything below it, right after it. `ids` has one for each.
pub fn duplicate(content: &Content, id: ItemId, ids: &[ItemId]) -> Result<Content, Refusal> {
    let (_, item) = content.item(id).ok_or(Refusal::Gone)?;
    let (under, position) = spot_of(content, id).ok_or(Refusal::Gone)?;
    let copy = renamed(item, &mut ids.iter().copied());
    let mut loose = Loose::of(content);
    loose.add_item(&copy);
    loose.put(under, position + 1, copy.id);
    bound(loose)
}

/// Another identity for each; a number that was printed stays with the first.
fn renamed(item: &Item, ids: &mut impl Iterator<Item = ItemId>) -> Item {
    let id = ids.next().unwrap_or(item.id);
    let children = item.children.iter().map(|child| renamed(child, ids)).collect();
    Item { id, revision: 1, number: None, children, ..item.clone() }
}

/// The item becomes several: the first keeps its identity, the others follow it with what its kind says beside the
/// text. What stood below it stands below the last, which it followed. `ids` has one for each piece but the first.
pub fn split(content: &Content, id: ItemId, pieces: &[Piece], ids: &[ItemId]) -> Result<Content, Refusal> {
    let (_, item) = content.item(id).ok_or(Refusal::Gone)?;
    let (under, position) = spot_of(content, id).ok_or(Refusal::Gone)?;
    if shape::is_heading(item.kind()) {
        return Err(Refusal::Heading);
    }
    if matches!(&item.body, Body::Clause { placed: Some(_), .. }) {
        return Err(Refusal::StandardClause);
    }
    let [first, rest @ ..] = pieces else { return Err(Refusal::OnePart) };
    if rest.is_empty() {
        return Err(Refusal::OnePart);
    }
    let mut loose = Loose::of(content);
    let below = std::mem::take(loose.list(Under::Item(id)));
    if let Some(kept) = loose.items.get_mut(&id) {
        kept.text.clone_from(&first.text);
        if kept.number.is_none() {
            kept.number.clone_from(&first.number);
        }
    }
    let room = super::MOST_LEVELS.saturating_sub(depth(content, under));
    let nests = room > 1 && shape::item_takes(item.kind()).contains(&item.kind());
    let parts = rest.iter().zip(ids).map(|(piece, id)| {
        let part = Item { number: piece.number.clone(), ..Item::new(*id, piece.text.clone(), following(&item.body)) };
        (if nests { piece.level.saturating_sub(first.level) } else { 0 }, part)
    });
    let last = nest(&mut loose, under, (id, position), room, parts);
    loose.list(Under::Item(last)).extend(below);
    bound(loose)
}

/// Puts items after the one that leads, each below the nearest before it of a lower level. Gives the last.
fn nest(
    loose: &mut Loose,
    under: Under,
    lead: (ItemId, usize),
    room: usize,
    parts: impl Iterator<Item = (usize, Item)>,
) -> ItemId {
    let (mut last, mut position) = lead;
    let mut open = vec![(0, last)];
    for (level, part) in parts {
        // A level can't be skipped: the first below a line is one below it, however far it was set in.
        while open.len() > 1 && (open.len() >= room || open.last().is_some_and(|(above, _)| *above >= level)) {
            open.pop();
        }
        last = part.id;
        loose.add_item(&part);
        if let Some((_, above)) = open.last().filter(|_| level > 0) {
            loose.list(Under::Item(*above)).push(last);
            open.push((level, last));
        } else {
            position += 1;
            loose.put(under, position, last);
            open = vec![(0, last)];
        }
    }
    last
}

/// What a part after the first says beside its text: the same, but for a heading that would be printed twice.
fn following(body: &Body) -> Body {
    match body {
        Body::Clause { .. } => Body::clause(""),
        Body::Demand { present, frequency, .. } => {
            Body::Demand { present: *present, frequency: frequency.clone(), examples: String::new() }
        }
        // One share of the time can't be had twice.
        Body::Duty(work) => Body::Duty(Work { share: None, ..work.clone() }),
        Body::Paragraph
        | Body::Group
        | Body::Category
        | Body::Criterion { .. }
        | Body::Term { .. }
        | Body::FactorLevel { .. }
        | Body::Detail { .. } => body.clone(),
    }
}

/// The item and the one before it become one: both texts, what both say beside them, and what stood below both.
pub fn merge(content: &Content, id: ItemId) -> Result<(Content, ItemId), Refusal> {
    let (_, item) = content.item(id).ok_or(Refusal::Gone)?;
    let (under, position) = spot_of(content, id).ok_or(Refusal::Gone)?;
    let mut loose = Loose::of(content);
    let before = position.checked_sub(1).and_then(|before| loose.list(under).get(before).copied());
    let before = before.ok_or(Refusal::NothingBefore)?;
    let first = loose.items.get(&before).cloned().ok_or(Refusal::Gone)?;
    if first.kind() != item.kind() {
        return Err(Refusal::OtherKind);
    }
    let joint = if shape::is_heading(item.kind()) { " / " } else { "\n" };
    let text = joined(&first.text, &item.text, joint);
    if text.chars().count() > LONGEST_TEXT {
        return Err(Refusal::TooLong(text.chars().count()));
    }
    let body = united(&first.body, &item.body)?;
    let number = first.number.clone().or_else(|| item.number.clone());
    loose.items.insert(before, Item { text, body, number, sure: first.sure && item.sure, ..first });
    let below = loose.under.remove(&Under::Item(id)).unwrap_or_default();
    loose.list(Under::Item(before)).extend(below);
    loose.take_out(&BTreeSet::from([id]));
    loose.items.remove(&id);
    Ok((loose.bind()?, before))
}

fn united(first: &Body, second: &Body) -> Result<Body, Refusal> {
    use Body::{Clause, Criterion, Demand, Detail, Duty, FactorLevel, Term};
    Ok(match (first, second) {
        (
            Criterion { importance, subheading, assessment },
            Criterion { importance: other, subheading: other_heading, assessment: more },
        ) => {
            let mut assessment = assessment.clone();
            assessment.extend(more.iter().filter(|method| !assessment.contains(method)).copied().collect::<Vec<_>>());
            let essential = [importance, other].contains(&&Importance::Essential);
            let importance = if essential { Importance::Essential } else { Importance::Desirable };
            Criterion { importance, subheading: joined(subheading, other_heading, " / "), assessment }
        }
        (Term { label }, Term { label: other }) => Term { label: joined(label, other, " / ") },
        (Detail { label }, Detail { label: other }) => Detail { label: joined(label, other, " / ") },
        (Clause { heading, placed: None }, Clause { heading: other, placed: None }) => {
            Body::clause(joined(heading, other, " / "))
        }
        (Clause { .. }, Clause { .. }) => return Err(Refusal::Differs("which standard clause it is")),
        (Demand { present, frequency, examples }, Demand { present: other, frequency: how, examples: more }) => {
            if let (Some(one), Some(other)) = (present, other)
                && one != other
            {
                return Err(Refusal::Differs("whether it is part of the job"));
            }
            Demand {
                present: present.or(*other),
                frequency: joined(frequency, how, " / "),
                examples: joined(examples, more, "\n"),
            }
        }
        (Duty(work), Duty(other)) => Duty(one_work(work, other)?),
        (FactorLevel { factor, level }, FactorLevel { factor: other, level: other_level }) => {
            if (factor, level) != (other, other_level) {
                return Err(Refusal::Differs("the factor or its level"));
            }
            first.clone()
        }
        (same, _) => same.clone(),
    })
}

/// What two duties that become one say of their work: the time of both, with the systems of both.
fn one_work(first: &Work, second: &Work) -> Result<Work, Refusal> {
    if let (Some(one), Some(other)) = (first.frequency, second.frequency)
        && one != other
    {
        return Err(Refusal::Differs("how often it is done"));
    }
    let share = match (first.share, second.share) {
        (Some(one), Some(other)) => Some(one.saturating_add(other).min(100)),
        (one, other) => one.or(other),
    };
    let systems = joined(&first.systems, &second.systems, ", ");
    Ok(Work { frequency: first.frequency.or(second.frequency), share, systems })
}

/// Both where they differ, else one of them.
fn joined(first: &str, second: &str, joint: &str) -> String {
    match (first.is_empty(), second.is_empty()) {
        (_, true) => first.to_owned(),
        (true, false) => second.to_owned(),
        (false, false) if first == second && joint != "\n" => first.to_owned(),
        (false, false) => format!("{first}{joint}{second}"),
    }
}

/// Moves an item with everything below it. `position` counts from 0 among those it will stand with, itself apart;
/// none puts it last. It becomes another kind where the place asks for that and nothing is lost.
pub fn place(content: &Content, id: ItemId, under: Under, position: Option<usize>) -> Result<Content, Refusal> {
    let (_, item) = content.item(id).ok_or(Refusal::Gone)?;
    let takes = takes(content, under)?;
    let there = fitted(item, takes)?;
    if let Under::Item(above) = under
        && item.walk().iter().any(|below| below.id == above)
    {
        return Err(Refusal::BelowItself);
    }
    let mut loose = Loose::of(content);
    loose.take_out(&BTreeSet::from([id]));
    loose.items.insert(id, Item { children: Vec::new(), ..there });
    let position = position.unwrap_or(usize::MAX);
    loose.put(under, position, id);
    loose.bind()
}

/// One place up or down among its siblings; at the end of the row nothing changes.
pub fn shift(content: &Content, id: ItemId, up: bool) -> Result<Content, Refusal> {
    let (under, position) = spot_of(content, id).ok_or(Refusal::Gone)?;
    match up {
        true => place(content, id, under, Some(position.saturating_sub(1))),
        false => place(content, id, under, Some(position + 1)),
    }
}

/// Adds a list of new items under something, from a position on (from 0; none: at its end). Each stands below the
/// nearest before it that is of a lower level and takes its kind, else beside it. `ids` has one for each.
pub fn put_in(
    content: &Content,
    under: Under,
    position: Option<usize>,
    pieces: &[(Piece, Body)],
    ids: &[ItemId],
) -> Result<Content, Refusal> {
    let takes = takes(content, under)?;
    let room = super::MOST_LEVELS.saturating_sub(depth(content, under)).max(1);
    let mut loose = Loose::of(content);
    let mut outermost = position.unwrap_or(usize::MAX).min(loose.list(under).len());
    let mut open: Vec<(usize, ItemId, ItemKind)> = Vec::new();
    for ((piece, body), id) in pieces.iter().zip(ids) {
        let fits = |above: &(usize, ItemId, ItemKind)| {
            above.0 < piece.level && shape::item_takes(above.2).contains(&body.kind())
        };
        while open.len() >= room || open.last().is_some_and(|above| !fits(above)) {
            open.pop();
        }
        loose.add_item(&Item { number: piece.number.clone(), ..Item::new(*id, piece.text.clone(), body.clone()) });
        match open.last() {
            Some((_, above, _)) => loose.list(Under::Item(*above)).push(*id),
            None if takes.contains(&body.kind()) => {
                loose.put(under, outermost, *id);
                outermost += 1;
            }
            None => return Err(Refusal::PlaceGone),
        }
        open.push((piece.level, *id, body.kind()));
    }
    bound(loose)
}

/// How many items stand above what goes under this.
fn depth(content: &Content, under: Under) -> usize {
    match under {
        Under::Section(_) => 0,
        Under::Item(item) => 1 + spot_of(content, item).map_or(0, |(above, _)| depth(content, above)),
    }
}

fn takes(content: &Content, under: Under) -> Result<&'static [ItemKind], Refusal> {
    match under {
        Under::Section(section) => content.section(section).map(|section| shape::section_takes(section.kind)),
        Under::Item(item) => content.item(item).map(|(_, item)| shape::item_takes(item.kind())),
    }
    .ok_or(Refusal::PlaceGone)
}

fn bound(loose: Loose) -> Result<Content, Refusal> {
    match loose.items.len() > MOST_ITEMS {
        true => Err(Refusal::TooMany(loose.items.len())),
        false => loose.bind(),
    }
}
