//! Duties: groups as headings, numbered lists below them, paragraphs between.

use super::build::line;
use super::marks::Pen;
use super::{Block, Entry, Line, Number, Role};
use crate::documents::render::paper::{Duty, Group};
use crate::domain::content::Body;

pub(super) fn duties(groups: &[Group], pen: &Pen<'_>) -> Vec<Block> {
    let own = |(n, group): (usize, &Group)| one(group, n > 0 && groups[n - 1].heading.is_some(), pen);
    groups.iter().enumerate().flat_map(own).collect()
}

fn one(group: &Group, after_group: bool, pen: &Pen<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    if after_group && group.heading.is_none() {
        blocks.push(Block::Ungrouped);
    }
    if let Some(heading) = &group.heading {
        let own = line(Role::Group, heading, pen);
        let number = match own.number {
            Number::None => Number::Counted(group.number.clone()),
            printed => printed,
        };
        blocks.push(Block::Heading { level: 3, line: Line { number, ..own } });
    }
    for duty in &group.duties {
        match (duty.is_paragraph, blocks.last_mut()) {
            (true, _) => blocks.push(Block::Text(line(Role::DutyParagraph, &duty.item, pen))),
            (false, Some(Block::List(list))) => list.push(entry(duty, pen)),
            (false, _) => blocks.push(Block::List(vec![entry(duty, pen)])),
        }
    }
    blocks
}

fn entry(duty: &Duty, pen: &Pen<'_>) -> Entry {
    let own = line(Role::Duty, &duty.item, pen);
    let number = match own.number {
        Number::None => Number::Counted(duty.number.clone()),
        printed => printed,
    };
    let beside = work(duty, pen).into_iter().collect();
    Entry {
        line: Line { number, ..own },
        beside,
        children: duty.children.iter().map(|child| entry(child, pen)).collect(),
    }
}

/// How often it is done, its share of the time and its systems, in one line below it.
fn work(duty: &Duty, pen: &Pen<'_>) -> Option<Line> {
    let Body::Duty(work) = &duty.item.body else { return None };
    let words = pen.work(&duty.item, work);
    (!words.is_empty()).then(|| Line::of(Role::Work, words))
}
