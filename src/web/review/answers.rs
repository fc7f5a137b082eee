//! The plain questions of a step: as the decision page asks them, and as they were answered.

use crate::db::{Answer, ReviewStep};
use crate::domain::content::Content;
use crate::domain::route::same_heading;
use crate::domain::text::LONGEST_TEXT;
use crate::web::form::{Choice, Form, Submitted};

/// A question on the page.
pub struct Question {
    pub text: String,
    /// The field of its answer, and of what changed.
    pub field: String,
    pub note: String,
    /// The section that it is about, with where that is on the page.
    pub about: Option<(String, String)>,
}

/// The answers that a question takes.
pub fn choices() -> Vec<Choice> {
    [("yes", "Yes"), ("no", "No"), ("changed", "It changed")]
        .into_iter()
        .map(|(value, text)| Choice::new(value, text))
        .collect()
}

/// A question may begin with the heading of a section and a colon: `Main duties: Do they still …?` Otherwise it is about
/// the section `about`, where the step names one.
pub fn questions(asked: &[String], about: &str, content: &Content) -> Vec<Question> {
    let of = |(number, text): (usize, &String)| {
        let section = text
            .split_once(':')
            .and_then(|(heading, _)| content.sections.iter().find(|section| same_heading(&section.heading, heading)));
        let named = section
            .or_else(|| content.sections.iter().find(|one| !about.is_empty() && same_heading(&one.heading, about)));
        let rest = section.and(text.split_once(':')).map_or(text.as_str(), |(_, rest)| rest.trim());
        Question {
            text: rest.to_owned(),
            field: format!("answer_{number}"),
            note: format!("note_{number}"),
            about: named.map(|section| (section.heading.clone(), format!("#section-{}", section.id))),
        }
    };
    asked.iter().enumerate().map(of).collect()
}

/// What was answered; where `all` have to be, each that is missing is a problem of the form.
pub fn read(step: &ReviewStep, submitted: &Submitted, form: &mut Form, all: bool) -> Vec<Answer> {
    let mut answers = Vec::new();
    for (number, question) in step.questions.iter().enumerate() {
        let (field, note_field) = (format!("answer_{number}"), format!("note_{number}"));
        let given = choices().into_iter().find(|choice| choice.value == submitted.raw(&field));
        let note = submitted.text(&note_field);
        form.limit(&note_field, &note, LONGEST_TEXT);
        match given {
            Some(choice) if choice.value == "changed" && note.is_empty() && all => {
                form.problem(&note_field, "Say what changed");
            }
            Some(choice) => answers.push(Answer { question: question.clone(), answer: choice.text, note }),
            None if all => form.problem(&field, format!("Answer “{question}”")),
            None => {}
        }
    }
    answers
}
