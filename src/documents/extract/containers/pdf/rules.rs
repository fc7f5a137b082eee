//! Ruled tables: lines that touch make a frame, and the lines inside it say where its cells are.

use super::glyphs::Rule;

/// Lines closer than this are one, and touch.
const NEAR: f64 = 4.0;
/// Most lines of a page that are looked at; drawings have more, tables fewer.
const LINES: usize = 3_000;

/// Lines that hang together, with the grid that they make.
#[derive(Debug)]
pub struct Frame {
    pub columns: Vec<f64>,
    pub rows: Vec<f64>,
    rules: Vec<Rule>,
}

impl Frame {
    pub fn top(&self) -> f64 {
        self.rows.first().copied().unwrap_or(0.0)
    }

    pub fn holds(&self, x: f64, y: f64) -> bool {
        let inside = |edges: &[f64], at: f64| {
            edges.first().is_some_and(|first| at >= first - NEAR) && edges.last().is_some_and(|last| at <= last + NEAR)
        };
        inside(&self.columns, x) && inside(&self.rows, y)
    }

    /// Whether a line stands at this edge beside this place.
    pub fn is_ruled(&self, across: bool, edge: f64, beside: f64) -> bool {
        self.rules.iter().any(|rule| {
            rule.across == across
                && (rule.at - edge).abs() < NEAR
                && rule.from - NEAR < beside
                && beside < rule.to + NEAR
        })
    }
}

/// The frames of a page, from top to bottom. A single line, or a line under a heading, is no frame.
pub fn frames(rules: &[Rule]) -> Vec<Frame> {
    if rules.len() > LINES {
        return Vec::new();
    }
    let mut groups: Vec<Vec<Rule>> = Vec::new();
    for rule in joined(rules) {
        let (touching, mut apart): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|group| group.iter().any(|other| touch(&rule, other)));
        let mut group: Vec<Rule> = touching.into_iter().flatten().collect();
        group.push(rule);
        apart.push(group);
        groups = apart;
    }
    let mut frames: Vec<Frame> = groups.into_iter().filter_map(frame).collect();
    frames.sort_by(|a, b| a.top().total_cmp(&b.top()));
    frames
}

fn frame(rules: Vec<Rule>) -> Option<Frame> {
    let edges = |across: bool| {
        let mut all: Vec<f64> = rules.iter().filter(|rule| rule.across == across).map(|rule| rule.at).collect();
        all.sort_by(f64::total_cmp);
        all.dedup_by(|later, earlier| *later - *earlier < NEAR);
        all
    };
    let (rows, columns) = (edges(true), edges(false));
    (rows.len() >= 2 && columns.len() >= 2).then_some(Frame { columns, rows, rules })
}

/// Pieces of one line that lie end to end, as one.
fn joined(rules: &[Rule]) -> Vec<Rule> {
    let mut sorted = rules.to_vec();
    sorted.sort_by(|a, b| a.across.cmp(&b.across).then(a.at.total_cmp(&b.at)).then(a.from.total_cmp(&b.from)));
    let mut out: Vec<Rule> = Vec::new();
    for rule in sorted {
        let goes_on =
            |last: &Rule| last.across == rule.across && (last.at - rule.at).abs() < 1.0 && rule.from <= last.to + NEAR;
        match out.last_mut().filter(|last| goes_on(last)) {
            Some(last) => last.to = last.to.max(rule.to),
            None => out.push(rule),
        }
    }
    out
}

fn touch(one: &Rule, other: &Rule) -> bool {
    if one.across == other.across {
        return (one.at - other.at).abs() < NEAR && one.from <= other.to + NEAR && other.from <= one.to + NEAR;
    }
    let meets = |line: &Rule, at: f64| line.from - NEAR <= at && at <= line.to + NEAR;
    meets(one, other.at) && meets(other, one.at)
}
