//! Which lines are headings, and why: each rule has a name, a reason to fire and a confidence.
//!
//! How a heading looks is judged here; what it is about is `topics`' business, and what it opens is `outline`'s.

use super::flattened::is_capitals;
use super::labels;
use super::sheet::{Line, Node};
use super::topics::{self, Topic};
use super::verbs;

/// A line taken for a heading.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Heading {
    pub topic: Option<Topic>,
    /// Why the line is believed to be a heading.
    pub rule: &'static str,
    /// From 0 to 1.
    pub confidence: f32,
}

/// Below this, a line is running text.
const BELIEVED: f32 = 0.55;

/// What a rule sees: the line and its neighbours.
struct View<'a> {
    line: &'a Line,
    before: Option<&'a Node>,
    after: &'a [Node],
}

struct Rule {
    name: &'static str,
    confidence: f32,
    fires: fn(&View) -> bool,
}

const RULES: &[Rule] = &[
    Rule { name: "heading style", confidence: 0.95, fires: |v| v.line.style.is_some() && v.line.word_count() <= 20 },
    Rule { name: "known words", confidence: 0.9, fires: known_words },
    Rule { name: "capitals", confidence: 0.85, fires: capitals },
    Rule {
        name: "bold",
        confidence: 0.8,
        fires: |v| v.line.bold && short(v, 14) && !v.line.is_bullet() && !is_lead_in(v),
    },
    Rule {
        name: "bold bullet above bullets",
        confidence: 0.7,
        fires: |v| {
            v.line.bold
                && v.line.is_bullet()
                && short(v, 10)
                && after_line(v).is_some_and(|next| next.is_bullet() && !next.bold)
        },
    },
    Rule {
        name: "row of its own",
        confidence: 0.75,
        fires: |v| v.line.bar && short(v, 10) && !v.line.is_bullet() && !is_lead_in(v),
    },
    Rule { name: "short line above a typed table", confidence: 0.8, fires: above_table },
    Rule { name: "numbered above other items", confidence: 0.75, fires: numbered_heading },
    Rule { name: "between running numbers", confidence: 0.75, fires: between_running_numbers },
    Rule {
        name: "title case with colon",
        confidence: 0.7,
        fires: |v| v.line.text().ends_with(':') && !v.line.is_item() && is_title_case(v.line.text()) && short_colon(v),
    },
    Rule { name: "title case", confidence: 0.6, fires: title_case },
    Rule { name: "short line between sentences", confidence: 0.6, fires: between_sentences },
    Rule { name: "short line above a list", confidence: 0.6, fires: above_list },
];

/// Judges one line by the strongest rule that fires.
pub fn judge(line: &Line, before: Option<&Node>, after: &[Node]) -> Option<Heading> {
    if !line.piece.has_words() || line.soft && !line.bold {
        return None;
    }
    let view = View { line, before, after };
    let rule = RULES.iter().find(|rule| (rule.fires)(&view))?;
    let sure = rule.confidence >= 0.8 || line.bar;
    let topic = if sure { topics::within(line.text()) } else { topics::exact(line.text()) };
    (rule.confidence >= BELIEVED).then_some(Heading { topic, rule: rule.name, confidence: rule.confidence })
}

/// Whether a topic opens a part of its own wherever it stands.
pub fn opens_part(topic: Topic) -> bool {
    matches!(
        topic,
        Topic::Terms
            | Topic::Criteria
            | Topic::Duties
            | Topic::CommonDuties
            | Topic::Purpose
            | Topic::Chart
            | Topic::Details
            | Topic::Employer
            | Topic::Web
    )
}

fn after_line<'a>(view: &View<'a>) -> Option<&'a Line> {
    view.after.first().and_then(Node::as_line)
}

/// Few words, and no end of a sentence.
fn short(view: &View, most: usize) -> bool {
    let text = view.line.text().trim_end();
    view.line.word_count() <= most && !text.ends_with(['.', ',', ';', '?']) && !text.contains(". ")
}

fn short_colon(view: &View) -> bool {
    view.line.word_count() <= 7 && !view.line.text().contains(". ")
}

/// A sentence that leads in to a list is none: it ends with a colon or dash and has words in lower case.
fn is_lead_in(view: &View) -> bool {
    let line = view.line;
    line.leads_in()
        && !is_title_case(line.text())
        && topics::exact(line.text()).is_none()
        && !is_capitals(line.text())
        && line.word_count() > 3
}

fn known_words(view: &View) -> bool {
    let line = view.line;
    let sentence = line.text().ends_with(['.', ',', ';']) || line.text().starts_with(char::is_lowercase);
    let Some(topic) = topics::exact(line.text()).filter(|_| !sentence) else { return false };
    if line.is_bullet() {
        // a heading that poses as a bullet stands above bullets and names a section, not a skill
        let named = ["contacts", "relationships", "environment", "dimensions"];
        let lower = line.text().to_lowercase();
        let section = opens_part(topic) || topic == Topic::Prose && named.iter().any(|end| lower.ends_with(end));
        return section && line.word_count() >= 2 && after_line(view).is_some_and(Line::is_item);
    }
    let lone_word = line.word_count() == 1 && !line.text().ends_with(':') && line.number.is_none();
    // a word that is a label as well is one where other labels follow
    let label = topic == Topic::Prose && labels::is_known(line.text());
    let opens = view.after.first().is_some_and(|next| !matches!(next, Node::Pair(_)) || !label);
    opens && (!lone_word || !in_run(view))
}

/// One of several short lines under each other, as in a list of values.
fn in_run(view: &View) -> bool {
    let tiny = |node: Option<&Node>| {
        node.and_then(Node::as_line).is_some_and(|line| {
            line.word_count() <= 3
                && !line.is_item()
                && !line.text().ends_with(':')
                && topics::exact(line.text()).is_none()
        })
    };
    let next = view.after.first();
    tiny(view.before) && tiny(next) || tiny(next) && view.before.and_then(Node::as_line).is_some_and(Line::leads_in)
}

fn capitals(view: &View) -> bool {
    let line = view.line;
    let run = |node: Option<&Node>| {
        node.and_then(Node::as_line).is_some_and(|line| line.is_bullet() && is_capitals(line.text()))
    };
    is_capitals(line.text())
        && short(view, 22)
        && !(line.is_bullet() && (run(view.before) || run(view.after.first())))
        && line.word_count() > 0
        && !is_code(line.text())
}

/// A word with digits, such as a reference number or a postcode.
fn is_code(text: &str) -> bool {
    !text.contains(' ') && text.chars().any(|c| c.is_ascii_digit()) || super::pairs::is_postcode_end(text)
}

/// A numbered line without a full stop, above items that are bulleted or numbered one level deeper.
fn numbered_heading(view: &View) -> bool {
    let line = view.line;
    let (Some(number), Some(next)) = (&line.number, after_line(view)) else { return false };
    if !short(view, 12) || line.leads_in() && !is_title_case(line.text()) {
        return false;
    }
    let under = next.number.as_ref().is_some_and(|own| {
        let core = number.text().trim_end_matches(['.', ')']);
        own.text().len() > number.text().len() && own.text().starts_with(core)
    });
    let depth = |text: &str| text.trim_end_matches('.').matches('.').count();
    let deeper = next.number.as_ref().is_some_and(|own| {
        depth(own.text()) > depth(number.text()) || is_letter(own.text()) && !is_letter(number.text())
    });
    let paragraph = !next.is_item() && next.word_count() > 12 && is_title_case(line.text()) && line.word_count() <= 10;
    leads_list_of_bullets(view.after) || under || deeper || paragraph
}

/// A few words between two items of which the second counts on from the first, after the end of a sentence or of a
/// paragraph: a wrapped line goes on with an item that is still open.
fn between_running_numbers(view: &View) -> bool {
    let value = |line: &Line| line.number.as_ref()?.text().trim_matches(['.', ')', '(']).parse::<u32>().ok();
    let (Some(before), Some(next)) = (view.before.and_then(Node::as_line), after_line(view)) else { return false };
    let counts = matches!((value(before), value(next)), (Some(one), Some(other)) if other == one + 1);
    let ended = before.text().ends_with(['.', '!', '?', ';']) || view.line.blank;
    let starts = view.line.text().starts_with(char::is_uppercase);
    counts && ended && starts && !view.line.is_item() && short(view, 6) && !view.line.leads_in()
}

/// Bullets follow, at once or after a lead-in.
fn leads_list_of_bullets(after: &[Node]) -> bool {
    let line = |at: usize| after.get(at).and_then(Node::as_line);
    line(0).is_some_and(Line::is_bullet) || line(0).is_some_and(Line::leads_in) && line(1).is_some_and(Line::is_bullet)
}

fn is_letter(number: &str) -> bool {
    number.chars().any(char::is_alphabetic)
}

/// In a text without empty lines: a few words without a stop, after a sentence and above one that names a task.
fn between_sentences(view: &View) -> bool {
    let line = view.line;
    let ended = match view.before {
        Some(Node::Line(before)) => {
            before.text().ends_with('.') && !before.is_item() || before.head || before.word_count() <= 4
        }
        Some(Node::Pair(_) | Node::Grid(_)) | None => false,
    };
    let task = |next: &Line| !next.is_item() && next.text().ends_with('.') && next.word_count() >= 5;
    let above = after_line(view).is_some_and(|next| task(next) && verbs::starts_task(next.text()));
    let starts = line.text().starts_with(char::is_uppercase);
    !line.is_item() && ended && above && starts && short(view, 4) && !line.leads_in()
}

/// Every word but the small ones begins with a capital.
pub fn is_title_case(text: &str) -> bool {
    const SMALL: &[&str] = &[
        "a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "of", "on", "or", "our", "the", "to", "with",
        "your",
    ];
    let mut words = text
        .split(|c: char| c.is_whitespace() || matches!(c, '/' | '-' | '–' | '(' | ')'))
        .filter(|word| word.chars().any(char::is_alphabetic));
    let Some(first) = words.next() else { return false };
    let capital = |word: &str| word.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase());
    capital(first) && words.all(|word| capital(word) || SMALL.contains(&word.trim_matches([',', ':', '.'])))
}

/// Plain text: at least two words in title case, after empty space, above longer text or a list.
fn title_case(view: &View) -> bool {
    let line = view.line;
    if line.is_item() || !short(view, 10) || line.leads_in() || !is_title_case(line.text()) || !line.blank {
        return false;
    }
    let tiny_before = view
        .before
        .and_then(Node::as_line)
        .is_some_and(|before| before.leads_in() || before.word_count() <= 3 && !before.head);
    if line.word_count() == 1 && (tiny_before || line.text().chars().count() < 4 || is_code(line.text())) {
        return false;
    }
    let above = match view.after.first() {
        Some(Node::Line(next)) => next.is_item() || next.word_count() > 8 && next.word_count() > line.word_count(),
        Some(Node::Grid(_)) => true,
        Some(Node::Pair(_)) | None => false,
    };
    let opens = |word: &str| ["The", "A", "An", "This", "You", "We"].contains(&word);
    above && !line.text().split(' ').next().is_some_and(|word| opens(word) && line.word_count() > 4)
}

/// A short line right above a table whose columns are known.
fn above_table(view: &View) -> bool {
    let table = matches!(view.after.first(), Some(Node::Grid(grid)) if grid.columns.is_some());
    table && !view.line.is_item() && short(view, 16) && !is_lead_in(view)
}

/// A short line without a colon right above a bulleted list, set off by empty space.
fn above_list(view: &View) -> bool {
    let line = view.line;
    let next = after_line(view);
    let list = next.is_some_and(|next| {
        next.is_bullet()
            || next.number.as_ref().is_some_and(|number| {
                matches!(number.text(), "1." | "1" | "1)" | "(1)" | "a)" | "(a)" | "(i)" | "i)" | "1.1")
            })
    });
    let starts = line.text().starts_with(|c: char| c.is_uppercase());
    // adverts ask: "What will I be doing?"
    let asks = line.text().ends_with('?') && line.word_count() <= 8;
    !line.is_item() && list && line.blank && starts && (short(view, 11) || asks) && !line.leads_in()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::extract::recognise::ledger::Ledger;

    fn line(text: &str) -> Line {
        super::super::load::with_marker(Line { blank: true, ..Line::plain(Ledger::default().enter(text)) })
    }

    fn rule(before: &str, text: &str, after: &str) -> Option<&'static str> {
        judge(&line(text), Some(&Node::Line(line(before))), &[Node::Line(line(after))]).map(|heading| heading.rule)
    }

    const LONG: &str = "Manage the day to day work of the library, its staff and its opening hours.";

    #[test]
    fn headings_are_found_by_words_looks_and_place() {
        assert_eq!(rule(LONG, "Main duties", "To open the library."), Some("known words"));
        assert_eq!(rule(LONG, "LIBRARY MATTERS", LONG), Some("capitals"));
        assert_eq!(rule(LONG, "Library Stock Care", LONG), Some("title case"));
        assert_eq!(rule(LONG, "Working with readers", "• Greet every reader"), Some("short line above a list"));
        assert_eq!(rule(LONG, "2. Care of stock", "• Mend books"), Some("numbered above other items"));
    }

    #[test]
    fn sentences_lead_ins_and_list_entries_are_none() {
        assert_eq!(rule(LONG, "The librarian will:", "• Greet every reader"), None);
        assert_eq!(rule("Kind", "Fair", "Open"), None);
        assert_eq!(rule("• Greet", "• Mend books", "• Shelve"), None);
        assert_eq!(rule(LONG, LONG, LONG), None);
    }
}
