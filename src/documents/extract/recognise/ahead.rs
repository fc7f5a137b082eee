//! What follows a heading: a list, tasks, a typed table or text. The outline asks before it decides.

use super::columns::Shape;
use super::criteria;
use super::sheet::{Line, Node};
use super::verbs;

/// Whether list items follow, after at most two lines of lead-in.
pub fn leads_list(after: &[Node]) -> bool {
    let first = after.iter().take(3).position(|node| node.as_line().is_some_and(Line::is_item));
    first.is_some_and(|at| {
        after[..at].iter().all(|node| node.as_line().is_some_and(|line| line.leads_in() || line.word_count() <= 3))
    })
}

/// Whether paragraphs follow that each name a task.
pub fn leads_tasks(after: &[Node]) -> bool {
    let task = |node: Option<&Node>| {
        node.and_then(Node::as_line)
            .is_some_and(|line| !line.is_item() && verbs::starts_task(line.text()) && line.word_count() >= 4)
    };
    task(after.first()) && task(after.get(1))
}

/// Whether a table of demands or factors is the next thing but headings.
pub fn leads_typed(after: &[Node]) -> bool {
    after.iter().take(4).any(|node| matches!(node, Node::Grid(grid) if grid.columns.as_ref().is_some_and(|columns| columns.shape != Shape::Criteria)))
}

/// Whether a table of criteria follows, after at most one line.
pub fn leads_criteria(after: &[Node]) -> bool {
    after.iter().take(2).any(|node| matches!(node, Node::Grid(grid) if grid.columns.as_ref().is_some_and(|columns| columns.shape == Shape::Criteria)))
}

/// Whether the next line says behind its text how important it is: `Calm in a crowd (E)`.
pub fn leads_marked(after: &[Node]) -> bool {
    after.first().and_then(Node::as_line).is_some_and(|line| criteria::is_marked(&line.piece))
}

/// Whether the next line is a long paragraph.
pub fn long_text(after: &[Node]) -> bool {
    after.first().and_then(Node::as_line).is_some_and(|line| !line.is_item() && line.word_count() > 25)
}

/// Whether the next thing is a line with words.
pub fn has_text(after: &[Node]) -> bool {
    after.first().and_then(Node::as_line).is_some_and(|line| line.word_count() > 0)
}
