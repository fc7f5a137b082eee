//! The outline: divides the sheet into parts, each with a topic, by its headings and its typed tables.
//!
//! A heading of a known topic opens a part; an unknown one is a heading inside the part that is open, where that part
//! can have some. What a part's text becomes is its recogniser's business.

use super::ahead::{has_text, leads_criteria, leads_list, leads_marked, leads_tasks, leads_typed, long_text};
use super::columns::Shape;
use super::flattened::is_capitals;
use super::headings::{self, Heading};
use super::sheet::{Grid, GridRow, Line, Node};
use super::topics::{self, Topic};

/// A stretch of the document under one heading.
#[derive(Debug, Clone)]
pub struct Part {
    pub topic: Topic,
    /// The heading's lines; none at the start of a document.
    pub heading: Vec<Line>,
    pub nodes: Vec<Node>,
    /// The topic was named by the heading, not guessed.
    pub named: bool,
}

impl Part {
    fn new(topic: Topic, heading: Vec<Line>, named: bool) -> Part {
        Part { topic, heading, nodes: Vec::new(), named }
    }

    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.nodes.iter().filter_map(Node::as_line)
    }
}

/// How a heading looks; headings of one rank look alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Look {
    style: Option<u8>,
    bold: bool,
    capitals: bool,
    numbered: Option<usize>,
}

fn look(line: &Line) -> Look {
    let depth = |text: &str| {
        let letters = text.chars().any(char::is_alphabetic) && !text.contains(|c: char| c.is_ascii_digit());
        text.trim_matches(['.', ')', '(']).matches('.').count() + usize::from(letters) * 10
    };
    Look {
        style: line.style,
        bold: line.bold,
        capitals: is_capitals(line.text()),
        numbered: line.number.as_ref().map(|number| depth(number.text())),
    }
}

struct Outline {
    parts: Vec<Part>,
    /// Whether the document has a person specification under its own heading or table.
    has_specification: bool,
    /// How the headings inside the open part look.
    inner: Option<Look>,
}

/// Divides the nodes into parts.
pub fn divide(nodes: Vec<Node>) -> Vec<Part> {
    let mut outline = Outline {
        parts: vec![Part::new(Topic::Document, Vec::new(), false)],
        has_specification: has_specification(&nodes),
        inner: None,
    };
    for (index, node) in nodes.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|before| nodes.get(before));
        let after = &nodes[index + 1..];
        match node {
            Node::Line(line) => {
                outline.expect_criteria(line);
                match headings::judge(line, before, after) {
                    Some(heading) => outline.heading(line, heading, after),
                    None => outline.push(node.clone()),
                }
            }
            Node::Grid(grid) => outline.grid(grid),
            Node::Pair(_) => outline.push(node.clone()),
        }
    }
    outline.parts
}

fn has_specification(nodes: &[Node]) -> bool {
    nodes.iter().any(|node| match node {
        Node::Line(line) => {
            !line.is_bullet()
                && line.word_count() <= 8
                && topics::exact(line.text()) == Some(Topic::Criteria)
                && !topics::is_loose_specification(line.text())
        }
        Node::Grid(grid) => grid.columns.as_ref().is_some_and(|columns| columns.shape == Shape::Criteria),
        Node::Pair(_) => false,
    })
}

/// What a heading does to the outline.
enum Act {
    /// Opens a part; `true` where the heading is the part's, `false` where it is the first heading inside it.
    Open(Topic, bool),
    Inside,
}

impl Outline {
    fn open(&self) -> Topic {
        self.parts.last().map_or(Topic::Document, |part| part.topic)
    }

    fn push(&mut self, node: Node) {
        // after a table of demands or factors, running text is no part of it
        let closed = self.parts.last().is_some_and(|part| {
            matches!(part.topic, Topic::Demands | Topic::Factors)
                && matches!(part.nodes.last(), Some(Node::Grid(grid)) if grid.columns.is_some())
        });
        if closed && matches!(&node, Node::Line(_)) {
            self.start(Topic::Prose, Vec::new(), false);
        }
        if let Some(part) = self.parts.last_mut() {
            part.nodes.push(node);
        }
    }

    fn start(&mut self, topic: Topic, heading: Vec<Line>, named: bool) {
        self.inner = None;
        self.parts.push(Part::new(topic, heading, named));
    }

    /// A table under a known header opens the part of its shape; so do rows that begin with "Essential".
    fn grid(&mut self, grid: &Grid) {
        let Some(topic) = grid_topic(grid) else { return self.push(Node::Grid(grid.clone())) };
        // a heading right above the table is the table's, whatever its words
        let own = self.parts.last_mut().filter(|part| part.nodes.is_empty() && !part.heading.is_empty());
        if let Some(part) = own.filter(|part| part.topic == Topic::Prose) {
            part.topic = topic;
        }
        if self.open() != topic {
            let heading = if topic == Topic::Criteria { self.waiting_heading() } else { Vec::new() };
            let named = !heading.is_empty();
            self.start(topic, heading, named);
        }
        self.push(Node::Grid(grid.clone()));
    }

    /// The heading of a person specification whose table comes only now, after other text.
    fn waiting_heading(&mut self) -> Vec<Line> {
        let waits = |part: &&mut Part| {
            part.topic == Topic::Criteria && part.nodes.iter().all(|node| matches!(node, Node::Pair(_)))
        };
        self.parts.iter_mut().rev().find(waits).map(|part| std::mem::take(&mut part.heading)).unwrap_or_default()
    }

    /// "Essential" on a line of its own shows that criteria follow, whatever the heading above it.
    fn expect_criteria(&mut self, line: &Line) {
        let says = super::criteria::importance_word(line.text()).flatten().is_some() && !line.is_item();
        if !says || self.open() == Topic::Criteria {
            return;
        }
        match self.parts.last_mut().filter(|part| part.nodes.is_empty() && !part.heading.is_empty()) {
            Some(part) => part.topic = Topic::Criteria,
            None if !self.has_specification => self.start(Topic::Criteria, Vec::new(), false),
            None => {}
        }
    }

    fn heading(&mut self, line: &Line, heading: Heading, after: &[Node]) {
        if self.joins_heading(line, after) {
            if let Some(part) = self.parts.last_mut() {
                part.heading.push(line.clone());
            }
            return;
        }
        let table = match after.first() {
            Some(Node::Grid(grid)) => grid_topic(grid).filter(|topic| *topic != self.open()),
            Some(Node::Line(_) | Node::Pair(_)) | None => None,
        };
        let act = match table {
            Some(topic) => Act::Open(topic, true),
            None => self.act(line, heading, after),
        };
        match act {
            Act::Open(topic, own) => {
                self.start(
                    topic,
                    if own { vec![line.clone()] } else { Vec::new() },
                    own && heading.topic == Some(topic),
                );
                if !own {
                    self.inside(line);
                }
            }
            Act::Inside => self.inside(line),
        }
    }

    fn inside(&mut self, line: &Line) {
        self.inner = Some(look(line));
        if let Some(part) = self.parts.last_mut() {
            part.nodes.push(Node::Line(Line { head: true, ..line.clone() }));
        }
    }

    /// A second line of the same heading, after a soft break or in the same capitals.
    fn joins_heading(&self, line: &Line, _after: &[Node]) -> bool {
        let Some(part) = self.parts.last().filter(|part| part.is_empty()) else { return false };
        part.heading
            .last()
            .is_some_and(|last| line.soft && last.number.is_none() && topics::exact(line.text()).is_none())
    }

    fn act(&self, line: &Line, heading: Heading, after: &[Node]) -> Act {
        let open = self.open();
        let topic = heading.topic;
        match open {
            Topic::Duties | Topic::CommonDuties => self.in_duties(line, topic, after),
            Topic::Criteria => self.in_criteria(line, topic, after),
            Topic::Clauses | Topic::Clause => in_clauses(line, topic, after, self.has_specification),
            Topic::Document
            | Topic::Details
            | Topic::Terms
            | Topic::Purpose
            | Topic::Prose
            | Topic::Values
            | Topic::Category
            | Topic::Factors
            | Topic::Demands
            | Topic::Chart
            | Topic::Employer
            | Topic::Contact
            | Topic::Web => self.elsewhere(line, topic, after),
        }
    }

    fn in_duties(&self, line: &Line, topic: Option<Topic>, after: &[Node]) -> Act {
        let part = self.parts.last();
        let own = part.and_then(|part| part.heading.first());
        let differs = own.is_none_or(|own| look(own) != look(line));
        // louder than the heading it stands under, so no heading inside it
        let outranks = own.is_some_and(|own| {
            is_capitals(line.text()) && !is_capitals(own.text()) || line.style < own.style && line.style.is_some()
        });
        let alike = self.inner == Some(look(line));
        let sequel = line.number.is_some() && alike && differs;
        let listed = leads_list(after) || leads_tasks(after);
        let empty = part.is_some_and(Part::is_empty);
        match topic {
            Some(_) if sequel => Act::Inside,
            Some(Topic::Clause) if !listed => Act::Open(Topic::Clauses, false),
            Some(Topic::Clause) | None => self.unknown_in_duties(line, listed || empty),
            Some(Topic::Prose | Topic::Category | Topic::Demands) if differs && !outranks && !leads_typed(after) => {
                Act::Inside
            }
            Some(Topic::Prose | Topic::Category | Topic::Values | Topic::Clauses) if listed && (empty || alike) => {
                Act::Inside
            }
            Some(_) => self.elsewhere(line, topic, after),
        }
    }

    /// A group of duties, unless its style says that it stands beside the duties.
    fn unknown_in_duties(&self, line: &Line, group: bool) -> Act {
        let own = self.parts.last().and_then(|part| part.heading.first());
        let same_rank = line.style.is_some()
            && own.is_some_and(|own| own.style == line.style)
            && !self.parts.last().is_some_and(Part::is_empty);
        let counts_on = own.is_some_and(|own| look(own) == look(line) && counts_on(own, line));
        if same_rank && !group || counts_on { Act::Open(Topic::Prose, true) } else { Act::Inside }
    }

    fn in_criteria(&self, line: &Line, topic: Option<Topic>, after: &[Node]) -> Act {
        let listed = leads_list(after) || matches!(after.first(), Some(Node::Grid(_)));
        let importance = super::criteria::importance_word(line.text()).is_some();
        let has_table = self.parts.last().is_some_and(|part| {
            part.nodes.iter().any(|node| matches!(node, Node::Grid(grid) if grid.columns.is_some()))
        });
        let category = topics::is_category(line.text()) && (listed || !has_table) && topic != Some(Topic::Values);
        let own = self.parts.last().and_then(|part| part.heading.first());
        if own.is_some_and(|own| look(own) == look(line) && counts_on(own, line)) {
            // numbered like the specification itself, and after it
            return self.elsewhere(line, topic, after);
        }
        if importance || leads_marked(after) || category && topic != Some(Topic::Terms) {
            return Act::Inside;
        }
        match topic {
            Some(Topic::Criteria) if self.parts.last().is_some_and(Part::is_empty) => Act::Inside,
            Some(Topic::Clause | Topic::Prose | Topic::Values | Topic::Category)
                if listed && topics::is_category(line.text()) =>
            {
                Act::Inside
            }
            Some(Topic::Clause) => Act::Open(Topic::Clauses, false),
            Some(Topic::Demands | Topic::Contact | Topic::Purpose | Topic::Prose)
                if listed && !has_table && !leads_typed(after) =>
            {
                Act::Inside
            }
            None if listed || !has_table && !long_text(after) => Act::Inside,
            Some(_) | None => self.elsewhere(line, topic, after),
        }
    }

    /// The usual case: a known topic opens its part, anything else opens prose.
    fn elsewhere(&self, line: &Line, topic: Option<Topic>, after: &[Node]) -> Act {
        match topic {
            Some(Topic::Category) if !self.has_specification && leads_list(after) => Act::Open(Topic::Criteria, false),
            Some(Topic::Clause) => Act::Open(Topic::Clauses, false),
            Some(Topic::Demands | Topic::Factors) if !leads_typed(after) => Act::Open(Topic::Prose, true),
            Some(Topic::Criteria) if self.has_own_specification(line) && !leads_criteria(after) => {
                Act::Open(Topic::Prose, true)
            }
            Some(Topic::Category) | None if self.open() == Topic::Terms && !after.is_empty() && has_text(after) => {
                Act::Inside
            }
            Some(Topic::Category) | None => Act::Open(Topic::Prose, true),
            Some(topic) => Act::Open(topic, true),
        }
    }

    /// A heading that only mentions skills, in a document whose person specification stands elsewhere.
    fn has_own_specification(&self, line: &Line) -> bool {
        self.has_specification
            && (topics::exact(line.text()) != Some(Topic::Criteria) || topics::is_loose_specification(line.text()))
    }
}

/// What a table is about, where its header or its rows say so.
fn grid_topic(grid: &Grid) -> Option<Topic> {
    let says = |row: &GridRow| {
        row.cells.first().is_some_and(|cell| super::criteria::importance_word(&cell.text()).flatten().is_some())
    };
    match grid.columns.as_ref().map(|columns| columns.shape) {
        Some(Shape::Criteria) => Some(Topic::Criteria),
        Some(Shape::Demands) => Some(Topic::Demands),
        Some(Shape::Factors) => Some(Topic::Factors),
        None => grid.rows.iter().any(says).then_some(Topic::Criteria),
    }
}

/// Both are numbered, and the second comes after the first.
fn counts_on(first: &Line, second: &Line) -> bool {
    let value = |line: &Line| {
        let digits: String = line.number.as_ref()?.text().chars().filter(char::is_ascii_digit).collect();
        digits.parse::<u32>().ok()
    };
    matches!((value(first), value(second)), (Some(first), Some(second)) if second > first)
}

fn in_clauses(line: &Line, topic: Option<Topic>, after: &[Node], has_specification: bool) -> Act {
    let exact = topics::exact(line.text());
    match topic {
        Some(
            topic @ (Topic::Terms
            | Topic::Chart
            | Topic::Details
            | Topic::Web
            | Topic::Employer
            | Topic::Duties
            | Topic::CommonDuties
            | Topic::Purpose
            | Topic::Contact
            | Topic::Values),
        ) => Act::Open(topic, true),
        Some(topic @ (Topic::Factors | Topic::Demands)) if leads_typed(after) => Act::Open(topic, true),
        Some(Topic::Criteria) if exact == Some(Topic::Criteria) => Act::Open(Topic::Criteria, true),
        Some(Topic::Prose) if line.number.is_some() || line.style.is_some() => Act::Open(Topic::Prose, true),
        Some(Topic::Category) if !has_specification && leads_list(after) => Act::Open(Topic::Criteria, false),
        Some(_) | None => Act::Inside,
    }
}
