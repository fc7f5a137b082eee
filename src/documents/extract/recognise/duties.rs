//! Duties: groups with a heading, a lead-in, the duties with their children, and what follows the list.
//!
//! Fires on parts that are headed as duties. In a list, items are duties and other paragraphs are not; without any
//! list the paragraphs are duties where they name tasks. A part without a single duty is prose.

use super::desk::Desk;
use super::outline::Part;
use super::paragraphs;
use super::prose;
use super::sheet::{Grid, Line, Node};
use super::tasks;
use super::verbs;
use crate::documents::extract::result::{Duty, DutyGroup, Section};

/// Places a part as duties; falls back to prose where it holds none.
pub fn place(desk: &mut Desk, part: &Part) {
    let lines = flatten(&part.nodes);
    if lines.is_empty() || !tasks::any(&lines) {
        return prose::place(desk, part);
    }
    let grouped = lines.iter().any(|line| line.head);
    for line in part.heading.iter().filter(|_| grouped) {
        desk.label_number(line);
    }
    if grouped {
        let mut parts = split(&lines);
        let heading = if is_of_one_rank(&part.heading, &parts) {
            parts[0].0.clone_from(&part.heading);
            None
        } else {
            desk.heading(&part.heading)
        };
        let groups = parts.into_iter().map(|(head, lines)| group(desk, head.as_slice(), &lines, part.named)).collect();
        desk.sections.push(Section::Duties { heading, groups });
        return;
    }
    let group = group(desk, &part.heading, &lines, part.named);
    if heads_posing_as_items(&group) {
        let (heading, groups) = promoted(group);
        desk.sections.push(Section::Duties { heading, groups });
        return;
    }
    match desk.sections.last_mut() {
        // headings of one rank, one after the other, are groups of one section
        Some(Section::Duties { heading: None, groups }) => groups.push(group),
        Some(_) | None => desk.sections.push(Section::Duties { heading: None, groups: vec![group] }),
    }
}

/// One group under its heading.
fn group(desk: &mut Desk, head: &[Line], lines: &[Line], sure: bool) -> DutyGroup {
    let number = head.first().and_then(|line| desk.number(line));
    for line in head.iter().skip(1) {
        desk.label_number(line);
    }
    let heading = desk.heading(head);
    let found = tasks::read(desk, &paragraphs::group(lines), sure);
    DutyGroup { heading, number, lead_in: found.lead_in, duties: found.duties, after: found.after }
}

/// Items that are headings in disguise: each of them has items below it, and none says what is done.
fn heads_posing_as_items(group: &DutyGroup) -> bool {
    let poses = |duty: &Duty| {
        let words = duty.text.split_whitespace().count();
        let task = words > 1 && verbs::starts_task(&duty.text);
        !duty.children.is_empty() && words <= 6 && !duty.text.ends_with(['.', ';', ',', ':']) && !task
    };
    group.duties.len() >= 2 && group.number.is_none() && group.duties.iter().all(poses)
}

/// The section's heading, and a group for each such item.
fn promoted(group: DutyGroup) -> (Option<String>, Vec<DutyGroup>) {
    let mut lead_in = group.lead_in;
    let head = |duty: Duty| DutyGroup {
        heading: Some(duty.text),
        number: duty.number,
        lead_in: lead_in.take(),
        duties: duty.children,
        after: Vec::new(),
    };
    let mut groups: Vec<DutyGroup> = group.duties.into_iter().map(head).collect();
    if let Some(last) = groups.last_mut() {
        last.after = group.after;
    }
    (group.heading, groups)
}

/// In a table of headings beside their text the first heading of duties stands for no other than its own row.
fn is_of_one_rank(heading: &[Line], parts: &[(Vec<Line>, Vec<Line>)]) -> bool {
    let [heading] = heading else { return false };
    let like = |line: &Line| line.bar && line.bold == heading.bold && line.style == heading.style;
    let own = parts.first().is_some_and(|(head, body)| head.is_empty() && !body.is_empty());
    heading.bar && own && parts.len() > 1 && parts[1..].iter().all(|(head, _)| head.iter().all(like))
}

/// Lines under each inner heading; those before the first have none.
fn split(lines: &[Line]) -> Vec<(Vec<Line>, Vec<Line>)> {
    let mut out: Vec<(Vec<Line>, Vec<Line>)> = vec![(Vec::new(), Vec::new())];
    for line in lines {
        match out.last_mut() {
            Some((head, body)) if line.head && body.is_empty() && head.last().is_some_and(|_| line.soft) => {
                head.push(line.clone())
            }
            Some((_, body)) if !line.head => body.push(line.clone()),
            Some(_) | None => out.push((vec![line.clone()], Vec::new())),
        }
    }
    out.retain(|(head, body)| !head.is_empty() || !body.is_empty());
    out
}

/// Tables in a part of duties: a short first cell heads the text beside it, a number alone numbers it.
fn flatten(nodes: &[Node]) -> Vec<Line> {
    let mut out = Vec::new();
    for node in nodes {
        match node {
            Node::Line(line) => out.push(line.clone()),
            Node::Grid(grid) => out.extend(table(grid)),
            Node::Pair(_) => {}
        }
    }
    out.retain(Line::has_words);
    out
}

fn table(grid: &Grid) -> Vec<Line> {
    let mut out = Vec::new();
    for row in &grid.rows {
        let mut cells: Vec<Vec<Line>> = row
            .cells
            .iter()
            .map(|cell| cell.lines.iter().filter(|line| line.has_words()).cloned().collect())
            .filter(|lines: &Vec<Line>| !lines.is_empty())
            .collect();
        if cells.len() >= 2 {
            let first = cells.remove(0);
            out.extend(beside(first, &mut cells));
        }
        out.extend(cells.into_iter().flatten());
    }
    out
}

/// What the first cell of a row is to the next ones.
fn beside(first: Vec<Line>, rest: &mut [Vec<Line>]) -> Vec<Line> {
    let alone = match first.as_slice() {
        [line] if !line.is_item() => Some(line.clone()),
        [line] if line.piece.text().is_empty() => Some(line.clone()),
        [..] => None,
    };
    let Some(line) = alone else { return first };
    let number = line.number.clone().or_else(|| is_number(line.text()).then(|| line.piece.clone()));
    let target = rest.first_mut().and_then(|lines| lines.first_mut()).filter(|next| next.number.is_none());
    match (number, target) {
        (Some(number), Some(next)) => {
            next.number = Some(number);
            Vec::new()
        }
        (None, Some(_)) if line.word_count() <= 8 => vec![Line { head: true, ..line }],
        (_, Some(_) | None) => first,
    }
}

fn is_number(text: &str) -> bool {
    let core = text.trim_matches(['.', ')', '(']);
    !core.is_empty()
        && core.len() <= 5
        && core.split('.').all(|part| part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit()))
}
