//! The desk on which a result is put together: the ledger and the parts of the result that any recogniser may add to.

use super::ledger::{Ledger, Piece};
use super::sheet::Line;
use crate::documents::extract::result::{Details, Finding, Label, Reason, Section, Unplaced};

/// Findings of one rule; more would hide the others.
const MOST: usize = 200;

#[derive(Debug, Default)]
pub struct Desk {
    pub ledger: Ledger,
    pub details: Details,
    pub sections: Vec<Section>,
    pub labels: Vec<Label>,
    pub unplaced: Vec<Unplaced>,
    pub findings: Vec<Finding>,
}

impl Desk {
    pub fn take(&mut self, piece: &Piece) -> String {
        self.ledger.take(piece)
    }

    /// A line's text, with its number in `number` elsewhere.
    pub fn number(&mut self, line: &Line) -> Option<String> {
        line.number.as_ref().map(|number| self.ledger.take(number)).filter(|number| !number.is_empty())
    }

    /// A heading as it stands in the result: several lines joined, final colons and dashes dropped.
    pub fn heading(&mut self, lines: &[Line]) -> Option<String> {
        let texts: Vec<String> =
            lines.iter().map(|line| self.ledger.take(&line.piece)).filter(|text| !text.is_empty()).collect();
        let joined = texts.join("\n");
        let trimmed = joined.trim_end_matches([':', '-', '–', '—', ' ', '\t']);
        (!trimmed.is_empty()).then(|| trimmed.to_owned())
    }

    /// Records words that were used up as a label, a column heading or a code.
    pub fn label(&mut self, piece: &Piece, used_as: &str) {
        if !piece.has_words() || !self.ledger.is_fresh(piece) {
            return;
        }
        let text = self.ledger.take(piece);
        self.labels.push(Label { text, used_as: used_as.to_owned() });
    }

    /// The same for a whole line with its number.
    pub fn label_line(&mut self, line: &Line, used_as: &str) {
        self.label_number(line);
        self.label(&line.piece, used_as);
    }

    /// For a number that has no place of its own in the result.
    pub fn label_number(&mut self, line: &Line) {
        if let Some(number) = &line.number {
            self.label(number, "number");
        }
    }

    /// Sets a line aside. Nothing is set aside without a reason.
    pub fn set_aside(&mut self, line: &Line, reason: Reason) {
        for piece in line.number.iter().chain([&line.piece]) {
            if !piece.text().is_empty() && self.ledger.is_fresh(piece) {
                let text = self.ledger.take(piece);
                self.unplaced.push(Unplaced { text, reason });
            }
        }
    }

    pub fn set_aside_text(&mut self, text: String, reason: Reason) {
        self.unplaced.push(Unplaced { text, reason });
    }

    /// Adds a finding, once. After `MOST` of a rule one last finding says that more were left out.
    pub fn find(&mut self, rule: &str, text: &str, suggestion: Option<&str>, why: &str) {
        let same = self.findings.iter().filter(|finding| finding.rule == rule);
        let (count, known) =
            same.fold((0, false), |(count, known), finding| (count + 1, known || finding.text == text));
        if known || count > MOST {
            return;
        }
        let (rule, suggestion) = (rule.to_owned(), suggestion.map(str::to_owned));
        self.findings.push(if count == MOST {
            let why = "There are more findings of this kind than are listed here.".to_owned();
            Finding { rule, text: String::new(), suggestion: None, why }
        } else {
            Finding { rule, text: text.to_owned(), suggestion, why: why.to_owned() }
        });
    }
}
