//! Person specifications in running lines: headings, words of importance and lists, in any order.

use super::build::{Build, Said};
use super::marks;
use crate::documents::extract::recognise::assessment::{self, Key};
use crate::documents::extract::recognise::columns::is_assessment_heading;
use crate::documents::extract::recognise::flattened::is_capitals;
use crate::documents::extract::recognise::ledger::words;
use crate::documents::extract::recognise::paragraphs;
use crate::documents::extract::recognise::sheet::Line;
use crate::documents::extract::recognise::topics;
use crate::documents::extract::result::{AssessmentMethod, Importance};

/// How a heading looks, to tell categories from the headings inside one.
type Look = (Option<u8>, bool, bool, bool, bool);

fn look(line: &Line) -> Look {
    (line.style, line.bold, is_capitals(line.text()), line.number.is_some(), line.text().ends_with(':'))
}

/// Reads a run of lines.
pub fn read(build: &mut Build, lines: &[Line]) {
    let groups = paragraphs::group(lines);
    let mut category_look: Option<Look> = None;
    let listed = groups.iter().any(|lines| lines[0].is_item());
    for (at, lines) in groups.iter().enumerate() {
        let next = groups.get(at + 1).and_then(|lines| lines.first());
        if !mark(build, lines, next) {
            text(build, lines, listed, &mut category_look, next);
        }
    }
}

/// Lines that are no criteria but say something of them. Returns whether this was one.
fn mark(build: &mut Build, lines: &[Line], next: Option<&Line>) -> bool {
    let [line] = lines else { return key(build, lines) };
    let found = use_of(build, line, next);
    match found {
        Some(Use::Importance(importance)) => open_importance(build, importance, next),
        Some(Use::Rank(importance)) => build.rank_last(importance),
        Some(Use::Methods(ref methods)) => build.assess_last(methods),
        Some(Use::Label(_)) => {}
        None => return key(build, lines),
    }
    let used_as = match found {
        Some(Use::Importance(_) | Use::Rank(_)) => "importance",
        Some(Use::Methods(_)) | None => "assessment",
        Some(Use::Label(used_as)) => used_as,
    };
    build.desk.label_line(line, used_as);
    true
}

/// What a line says of criteria.
enum Use {
    /// Of those that follow; none where it names both.
    Importance(Option<Importance>),
    /// Of the one before.
    Rank(Importance),
    Methods(Vec<AssessmentMethod>),
    Label(&'static str),
}

fn use_of(build: &Build, line: &Line, next: Option<&Line>) -> Option<Use> {
    if let Some(importance) = marks::importance_word(line.text()) {
        return Some(Use::Importance(importance));
    }
    if line.is_item() && line.word_count() > 3 {
        return None;
    }
    let plain = words(line.text()).join(" ");
    let above_importance = next.is_some_and(|next| marks::importance_word(next.text()).is_some());
    if marks::is_column(&plain) && !build.has_criteria() && above_importance {
        return Some(Use::Label("column heading"));
    }
    if build.desk.details.title.as_deref().is_some_and(|title| words(title).join(" ") == plain) {
        return Some(Use::Label("title"));
    }
    let loose = build.has_criteria() && !line.head;
    if let Some(importance) = marks::importance(line.text()).filter(|_| loose && !line.is_item()) {
        return Some(Use::Rank(importance));
    }
    if let Some(methods) = assessment::all(line.text(), &build.common.key).filter(|_| loose && line.word_count() <= 6) {
        return Some(Use::Methods(methods));
    }
    let sentence = assessment::in_sentence(line.text()).is_some() && (6..=25).contains(&line.word_count());
    let heading = is_assessment_heading(&plain) && line.word_count() <= 12;
    if !line.is_item() && marks::explains_letters(line.text()) {
        return Some(Use::Label("importance"));
    }
    (!line.is_item() && (sentence || heading)).then_some(Use::Label("assessment"))
}

/// A word of importance right above another one: a table was flattened and its columns are lost.
fn open_importance(build: &mut Build, importance: Option<Importance>, next: Option<&Line>) {
    let following = next.and_then(|next| marks::importance_word(next.text()));
    build.flattened |= importance.is_some() && following.is_some_and(|other| other != importance);
    build.importance = importance.filter(|_| !build.flattened);
    (build.direct, build.nested) = (false, false);
    build.set_subheading(None);
}

/// Lines that explain the codes.
fn key(build: &mut Build, lines: &[Line]) -> bool {
    let explains = lines.iter().all(|line| Key::default().learn(line.text()) || is_key_heading(line.text()));
    if explains {
        for line in lines {
            build.desk.label_line(line, "assessment");
        }
    }
    explains
}

fn is_key_heading(text: &str) -> bool {
    ["key", "assessment key", "key to assessment", "assessment codes", "method of assessment", "assessment method"]
        .contains(&words(text).join(" ").as_str())
}

/// A heading, a criterion, or text beside the criteria.
fn text(build: &mut Build, lines: &[Line], listed: bool, category_look: &mut Option<Look>, next: Option<&Line>) {
    let line = &lines[0];
    let above_importance = is_above_importance(build, line, next);
    let colon = !line.is_item() && line.text().ends_with(':') && topics::is_category(line.text());
    let category = line.word_count() == 1 && !line.is_item() && topics::is_category(line.text()) && next.is_some();
    if line.head || category || above_importance && !line.is_item() && line.word_count() <= 8 || colon {
        return heading(build, line, category_look);
    }
    let long =
        line.word_count() > 40 || line.word_count() > 14 && !line.is_item() && (listed || line.text().contains(". "));
    let sentence = build.tabled && !build.is_fresh() && line.text().ends_with('.') && !line.is_item();
    let lead = line.leads_in() && !line.is_item() && next.is_some();
    if !line.is_item()
        && (sentence || long || lead || listed && !build.has_criteria() && line.word_count() > 8 && !build.is_fresh())
    {
        if lead && !long && build.has_category() {
            build.desk.label_line(line, "lead-in");
            return;
        }
        for line in lines {
            build.aside(line);
        }
        return;
    }
    let said = Said { subheading: build.subheading.take(), ..Said::default() };
    build.criterion(lines, &said);
}

/// A short line above the word that opens a new category's essential criteria; above "Desirable" it is only the last
/// of the essential ones.
fn is_above_importance(build: &Build, line: &Line, next: Option<&Line>) -> bool {
    let opens = match next.and_then(|next| marks::importance_word(next.text())) {
        Some(Some(Importance::Essential) | None) => {
            build.importance != Some(Importance::Essential) || topics::is_category(line.text())
        }
        Some(Some(Importance::Desirable)) => topics::is_category(line.text()),
        None => false,
    };
    let short = line.word_count() <= 8 && !line.text().ends_with('.');
    opens && short && (topics::is_category(line.text()) || line.word_count() <= 3 && line.blank)
}

fn heading(build: &mut Build, line: &Line, category_look: &mut Option<Look>) {
    let known = topics::is_category(line.text());
    let alike = *category_look == Some(look(line)) || category_look.is_none();
    if known && (alike || !build.has_category()) || alike && !build.is_fresh() || !build.has_category() {
        *category_look = Some(look(line));
        build.category(std::slice::from_ref(line));
    } else {
        build.desk.label_number(line);
        let heading = build.desk.heading(std::slice::from_ref(line));
        build.set_subheading(heading);
    }
}
