//! The top of a document: its own name, the employer, the job title, a grade or salary without a label.
//!
//! Fires on the short lines before the first label, table or section. A line is only believed to be the job title where
//! no label gives one.

use super::dates;
use super::desk::Desk;
use super::employer;
use super::labels::Key;
use super::ledger::{Piece, words};
use super::sheet::{Line, Node};
use super::topics;

/// Lines of a masthead at most.
const MOST: usize = 8;

/// Takes the masthead off the front of the sheet.
pub fn read(desk: &mut Desk, mut nodes: Vec<Node>) -> Vec<Node> {
    // a job title among contact details is another person's
    let before_contact = nodes
        .iter()
        .take_while(|node| !node.as_line().is_some_and(|line| line.text().to_lowercase().contains("contact")));
    let labelled: Option<String> = before_contact.into_iter().find_map(|node| match node {
        Node::Pair(pair) if super::labels::key(pair.label.text()) == Some(Key::Title) => {
            pair.value.first().map(|line| line.text().to_owned())
        }
        Node::Pair(_) | Node::Line(_) | Node::Grid(_) => None,
    });
    let mut taken = 0;
    while taken < MOST {
        let Some(Node::Line(line)) = nodes.get(taken) else { break };
        let next = nodes.get(taken + 1);
        if !line_of(desk, line, labelled.as_deref(), next) {
            break;
        }
        taken += 1;
    }
    nodes.drain(..taken);
    nodes
}

/// Places one line, or says that the masthead has ended.
fn line_of(desk: &mut Desk, line: &Line, labelled: Option<&str>, next: Option<&Node>) -> bool {
    let text = line.text();
    if topics::is_document_name(text) {
        desk.label_line(line, "document title");
    } else if employer::is_name(text) {
        name_employer(desk, line);
    } else if let Some((name, at)) = employer::before_dash(text) {
        desk.details.employer.get_or_insert(name);
        if topics::is_document_name(&text[at..]) {
            desk.label_line(line, "document title");
        } else {
            let (name, rest) = line.piece.split_at(at);
            desk.label(&name, "employer");
            return line_of(desk, &line.with(without_dash(&rest)), labelled, next);
        }
    } else if let Some((name, rest)) = document_name_before(&line.piece) {
        desk.label(&name, "document title");
        return !rest.has_words() || line_of(desk, &line.with(rest), labelled, next);
    } else if closing_date(desk, line) {
    } else {
        return detail(desk, line, labelled, next);
    }
    true
}

fn without_dash(piece: &Piece) -> Piece {
    let text = piece.text();
    let start = text.len() - text.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
    piece.part(start..text.len())
}

/// `Job description: Ranger` or `Job description – Ranger`.
fn document_name_before(piece: &Piece) -> Option<(Piece, Piece)> {
    let at = [": ", " - ", " – ", " — "].iter().filter_map(|mark| piece.text().find(mark)).min()?;
    let (name, rest) = piece.split_at(at);
    topics::is_document_name(name.text()).then(|| (name, without_dash(&rest)))
}

fn name_employer(desk: &mut Desk, line: &Line) {
    if desk.details.employer.is_none() {
        desk.label_number(line);
        let name = desk.take(&line.piece);
        desk.details.employer = Some(name);
    } else {
        desk.label_line(line, "employer");
    }
}

/// A grade, a salary, or the title.
fn detail(desk: &mut Desk, line: &Line, labelled: Option<&str>, next: Option<&Node>) -> bool {
    let text = line.text();
    let plain = words(text);
    let grade = plain.len() <= 8
        && plain.first().is_some_and(|word| ["band", "grade", "scale"].contains(&word.as_str()))
        && plain.iter().any(|word| word.bytes().any(|b| b.is_ascii_digit()));
    if grade && desk.details.grade.is_none() {
        desk.details.grade = Some(desk.take(&line.piece));
        return true;
    }
    if text.starts_with('£') && line.word_count() <= 14 && desk.details.salary.is_none() {
        desk.details.salary = Some(desk.take(&line.piece));
        return true;
    }
    if let Some(title) = labelled {
        let same = words(title) == plain;
        if same {
            desk.label_line(line, "title");
        }
        return same;
    }
    let heading = topics::exact(text).is_some() || line.leads_in();
    let list = match next {
        Some(Node::Line(next)) => next.is_item(),
        Some(Node::Grid(_)) => true,
        Some(Node::Pair(_)) | None => false,
    };
    if desk.details.title.is_some()
        || heading
        || line.is_item()
        || list
        || line.word_count() > 12
        || text.ends_with(['.', ';', ','])
    {
        return false;
    }
    desk.details.title = Some(desk.take(&line.piece));
    true
}

/// "The closing date is 3 May 2027", alone on its line.
pub fn closing_date(desk: &mut Desk, line: &Line) -> bool {
    let lower = line.text().to_lowercase();
    let Some((date, _)) = dates::find(line.text()).filter(|_| lower.contains("clos") && line.word_count() <= 14) else {
        return false;
    };
    desk.details.closing_date.get_or_insert(date);
    desk.label_line(line, "closing date");
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_top_of_a_document_is_taken_apart() {
        let mut desk = Desk::default();
        let texts = [
            "Marlowe Borough Council",
            "Job description: Park Ranger",
            "Grade 5",
            "The closing date is 3 May 2027",
            "You will look after our parks with care.",
        ];
        let nodes = texts.iter().map(|text| Node::Line(Line::plain(desk.ledger.enter(text)))).collect();
        let rest = read(&mut desk, nodes);
        assert_eq!(rest.len(), 1);
        let details = &desk.details;
        assert_eq!(
            (details.employer.as_deref(), details.title.as_deref()),
            (Some("Marlowe Borough Council"), Some("Park Ranger"))
        );
        assert_eq!((details.grade.as_deref(), details.closing_date.as_deref()), (Some("Grade 5"), Some("2027-05-03")));
    }
}
