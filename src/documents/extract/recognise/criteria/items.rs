//! The criteria inside one cell or list: bulleted, numbered or bare, with headings among them.

use crate::documents::extract::recognise::headings::is_title_case;
use crate::documents::extract::recognise::paragraphs::goes_on;
use crate::documents::extract::recognise::sheet::Line;

/// What a cell holds, in order.
#[derive(Debug, Clone)]
pub enum Entry {
    Subheading(Line),
    Item(Vec<Line>),
}

/// Divides lines into criteria and the headings among them.
pub fn entries(lines: &[Line]) -> Vec<Entry> {
    let lines: Vec<&Line> = lines.iter().filter(|line| line.has_words()).collect();
    let listed = lines.iter().any(|line| line.is_item());
    let all_bold = lines.iter().all(|line| line.bold);
    let mut out: Vec<Entry> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let next = lines.get(at + 1).copied();
        if is_subheading(line, at == 0, next, listed, all_bold) {
            out.push(Entry::Subheading((*line).clone()));
            continue;
        }
        match out.last_mut() {
            Some(Entry::Item(open)) if open.last().is_some_and(|before| joins(before, line, listed)) => {
                open.push((*line).clone())
            }
            Some(_) | None => out.push(Entry::Item(vec![(*line).clone()])),
        }
    }
    out
}

fn is_subheading(line: &Line, first: bool, next: Option<&Line>, listed: bool, all_bold: bool) -> bool {
    if line.is_item() || line.text().ends_with(['.', ';', ',']) || line.word_count() > 12 {
        return line.head;
    }
    let above_item = next.is_some_and(Line::is_item);
    let set_off = first || line.blank || line.bold;
    let bold = line.bold && !all_bold && next.is_some_and(|next| !next.bold);
    let colon = line.text().ends_with(':') && next.is_some() && (line.word_count() <= 5 || is_title_case(line.text()));
    line.head || bold || listed && above_item && set_off && !line.soft || colon
}

/// A line that is only the rest of the criterion before it.
fn joins(before: &Line, line: &Line, listed: bool) -> bool {
    if line.is_item() {
        return false;
    }
    if stands_alone(before, line) {
        return false;
    }
    let short_rest = listed && !line.blank && line.word_count() <= 2 && !before.text().ends_with('.');
    goes_on(before, line) || short_rest
}

/// Lines that a soft break parts inside one cell, as people type a criterion under another: each begins anew, and the one
/// before does not ask for more.
fn stands_alone(before: &Line, line: &Line) -> bool {
    const ASKS: [&str; 16] =
        ["and", "or", "of", "the", "a", "an", "with", "to", "in", "for", "by", "at", "on", "from", "as", "&"];
    let text = before.text().trim_end();
    let last = text.rsplit(' ').next().unwrap_or_default().to_lowercase();
    let asks = text.ends_with([',', ':', '-', '–', '/', '(']) || ASKS.contains(&last.as_str());
    line.soft
        && !asks
        && before.word_count() >= 2
        && line.word_count() >= 2
        && line.text().starts_with(char::is_uppercase)
        && before.text().starts_with(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::extract::recognise::ledger::Ledger;

    fn line(text: &str, blank: bool) -> Line {
        crate::documents::extract::recognise::load::with_marker(Line {
            blank,
            ..Line::plain(Ledger::default().enter(text))
        })
    }

    #[test]
    fn headings_and_wrapped_lines_are_told_from_criteria() {
        let lines = [
            line("Team work", true),
            line("• Works well", false),
            line("with others", false),
            line("Care", true),
            line("• Kind", false),
        ];
        let found = entries(&lines);
        assert_eq!(found.len(), 4);
        assert!(matches!(&found[0], Entry::Subheading(_)) && matches!(&found[2], Entry::Subheading(_)));
        assert!(matches!(&found[1], Entry::Item(lines) if lines.len() == 2));
    }

    #[test]
    fn criteria_under_each_other_in_one_paragraph_are_told_apart() {
        let soft = |text: &str| Line { soft: true, ..line(text, false) };
        let found =
            entries(&[line("Work with the public", false), soft("Use of spreadsheets"), soft("and of databases")]);
        assert_eq!(found.len(), 2, "{found:?}");
        let found = entries(&[line("Work with children and", false), soft("Young people")]);
        assert_eq!(found.len(), 1, "{found:?}");
    }
}
