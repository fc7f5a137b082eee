//! Second thoughts on the outline: what a part is when its heading alone does not say.
//!
//! Each rule looks at the whole document: numbering that runs on, a purpose that is the only list of duties, values
//! under a heading of accountabilities, a heading printed twice and once cut off.

use super::desk::Desk;
use super::outline::Part;
use super::sheet::{Line, Node};
use super::topics::{self, Topic};
use super::verbs;
use crate::documents::extract::result::Reason;

/// Corrects the topics of parts.
pub fn resolve(desk: &mut Desk, mut parts: Vec<Part>) -> Vec<Part> {
    drop_cut_headings(desk, &mut parts);
    for index in 0..parts.len() {
        let (before, rest) = parts.split_at_mut(index);
        let Some((part, after)) = rest.split_first_mut() else { continue };
        let topic = rethink(part, before, after);
        part.topic = topic;
    }
    for part in parts.iter().filter(|part| part.topic == Topic::Duties && !part.named && !part.is_empty()) {
        let heading = part.heading.first().map(|line| line.text().to_owned()).unwrap_or_default();
        let why = "The heading does not say so, but the list under it names tasks. It was read as duties.";
        desk.find("unsure-duties", &heading, None, why);
    }
    purpose_as_duties(desk, &mut parts);
    parts
}

fn rethink(part: &Part, before: &[Part], after: &[Part]) -> Topic {
    let is_duties = |part: &&Part| matches!(part.topic, Topic::Duties | Topic::CommonDuties);
    let others = || before.iter().chain(after);
    let no_duties = !others().any(|other| other.topic == Topic::Duties && other.named && !other.is_empty());
    let no_criteria = !others().any(|other| other.topic == Topic::Criteria);
    match part.topic {
        Topic::Clauses | Topic::Prose if runs_on(part, before.iter().rev().find(is_duties)) => Topic::CommonDuties,
        Topic::Prose if no_duties && (is_unnamed_list(part) || in_run_of_lists(part, before, after)) => Topic::Duties,
        Topic::Purpose if no_duties && leads_to_tasks(part) => Topic::Duties,
        Topic::Prose | Topic::Purpose if no_criteria && is_specification(part) => Topic::Criteria,
        Topic::Duties if is_short_version(part, after) => Topic::Prose,
        Topic::Duties | Topic::CommonDuties if lists_values(part) => Topic::Values,
        Topic::CommonDuties if is_clause_list(part) => Topic::Clauses,
        topic => topic,
    }
}

/// "You will:" above a list of tasks, in a part about the post.
fn leads_to_tasks(part: &Part) -> bool {
    let items: Vec<&Line> = part.lines().filter(|line| line.is_item()).collect();
    let tasks = items.iter().filter(|line| verbs::starts_task(line.text())).count();
    let led = part.lines().any(|line| !line.is_item() && line.leads_in());
    led && items.len() >= 3 && tasks * 10 >= items.len() * 7
}

/// A heading with nothing under it that is the cut-off copy of the next one.
fn drop_cut_headings(desk: &mut Desk, parts: &mut Vec<Part>) {
    for index in (1..parts.len()).rev() {
        let (Some(cut), Some(whole)) =
            (parts[index - 1].heading.last().cloned(), parts[index].heading.first().cloned())
        else {
            continue;
        };
        let (short, long) = (cut.text().to_lowercase(), whole.text().to_lowercase());
        let lost = long.len().saturating_sub(short.len());
        if parts[index - 1].is_empty()
            && parts[index - 1].heading.len() == 1
            && (long.ends_with(&short) || long.starts_with(&short))
            && lost <= 3
            && short.len() >= 6
        {
            desk.find(
                "cut-heading",
                cut.text(),
                Some(whole.text()),
                "This line is a damaged copy of the heading below it.",
            );
            desk.set_aside(&cut, if lost == 0 { Reason::Repeat } else { Reason::Debris });
            parts.remove(index - 1);
        }
    }
}

/// Numbers that go on from the duties before it: 31 after 30.
fn runs_on(part: &Part, duties: Option<&Part>) -> bool {
    let value = |line: &Line| {
        line.number.as_ref().and_then(|number| number.text().trim_matches(['.', ')', '(']).parse::<u32>().ok())
    };
    let last = duties.and_then(|part| part.lines().filter(|line| !line.head).filter_map(value).last());
    let first = part.lines().find(|line| !line.head).and_then(value);
    matches!((last, first), (Some(last), Some(first)) if first == last + 1)
}

/// A list of tasks under a heading that no one knows, in a document without duties.
fn is_unnamed_list(part: &Part) -> bool {
    let items: Vec<&Line> = part.lines().filter(|line| line.is_item()).collect();
    let tasks = items.iter().filter(|line| verbs::starts_task(line.text())).count();
    items.len() >= 4 && tasks * 10 >= items.len() * 7
}

/// One of several headed lists of tasks, one after the other.
fn in_run_of_lists(part: &Part, before: &[Part], after: &[Part]) -> bool {
    let tasks = |part: &Part| {
        let items: Vec<&Line> = part.lines().filter(|line| line.is_item()).collect();
        !part.heading.is_empty()
            && items.len() >= 2
            && items.iter().filter(|line| verbs::starts_task(line.text())).count() * 10 >= items.len() * 6
    };
    let beside = before.last().is_some_and(|other| tasks(other) || other.topic == Topic::CommonDuties)
        || after.first().is_some_and(tasks);
    tasks(part) && beside
}

/// Skills and knowledge under their own heading, in a document without a person specification.
fn is_specification(part: &Part) -> bool {
    let named = part.heading.iter().any(|line| topics::is_category(line.text()) && line.word_count() >= 2);
    let items = part.lines().filter(|line| line.is_item()).count();
    named && items >= 3
}

/// The summary that adverts print above the full list of duties.
fn is_short_version(part: &Part, after: &[Part]) -> bool {
    let summary =
        part.heading.iter().any(|line| super::ledger::words(line.text()).join(" ") == "main duties of the job");
    let lines = part.lines().filter(|line| !line.is_item()).count();
    summary
        && lines > 0
        && after
            .iter()
            .any(|other| other.topic == Topic::Duties && other.lines().filter(|line| !line.head).count() >= 5)
}

/// A lead-in that speaks of qualities or values, above short entries.
fn lists_values(part: &Part) -> bool {
    let lead = part.lines().take(2).find(|line| line.leads_in() && !line.is_item());
    let speaks = |text: &str| {
        super::ledger::words(text)
            .iter()
            .any(|word| ["qualities", "values", "behaviours", "principles"].contains(&word.as_str()))
    };
    let items: Vec<usize> = part.lines().filter(|line| line.is_item()).map(Line::word_count).collect();
    let short = items.iter().sum::<usize>() <= items.len() * 8;
    lead.is_some_and(|line| speaks(line.text())) && items.len() >= 3 && short
}

/// Standard clauses under a heading of corporate duties: headings or run-in headings that name clauses.
fn is_clause_list(part: &Part) -> bool {
    let run_in = |text: &str| {
        let head = text.split_once([':', '–']).map(|(head, _)| head);
        head.is_some_and(|head| topics::is_clause(head) && head.split_whitespace().count() <= 8)
    };
    let clause = |line: &&Line| line.head && topics::is_clause(line.text()) || run_in(line.text());
    let clauses = part.lines().filter(clause).count();
    clauses >= 2 && clauses * 3 >= part.lines().filter(|line| !line.is_item() || line.text().contains(':')).count()
}

/// A document whose only statement of the work is its purpose, in several paragraphs that each name a task.
fn purpose_as_duties(desk: &mut Desk, parts: &mut [Part]) {
    if parts.iter().any(|part| part.topic == Topic::Duties && !part.is_empty()) {
        return;
    }
    let Some(part) = parts.iter_mut().find(|part| part.topic == Topic::Purpose && part.nodes.len() >= 4) else {
        return;
    };
    let texts: Vec<&Line> = part.nodes.iter().filter_map(Node::as_line).filter(|line| !line.head).collect();
    let tasks = texts.iter().filter(|line| verbs::starts_task(line.text())).count();
    if texts.len() >= 4 && tasks * 10 >= texts.len() * 8 {
        let why = "The document has no list of duties of its own. The paragraphs under this heading each name a task, so they were read as duties.";
        let heading = part.heading.first().map(|line| line.text().to_owned()).unwrap_or_default();
        desk.find("unsure-duties", &heading, None, why);
        part.topic = Topic::Duties;
        part.named = false;
    }
}
