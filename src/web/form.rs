//! Forms: what a person sent, what is wrong with it, and showing both again.

use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;

use crate::app::App;
use crate::domain::text;
use crate::error::AppError;

/// The fields of a posted form, in order and with repeats, as browsers send them.
#[derive(Debug, Clone, Default)]
pub struct Submitted(Vec<(String, String)>);

impl FromRequest<App> for Submitted {
    type Rejection = AppError;

    async fn from_request(request: Request, app: &App) -> Result<Self, Self::Rejection> {
        match axum::Form::<Vec<(String, String)>>::from_request(request, app).await {
            Ok(axum::Form(fields)) => Ok(Submitted(fields)),
            Err(rejection) => {
                use axum::response::IntoResponse;
                match rejection.into_response().status() {
                    StatusCode::PAYLOAD_TOO_LARGE => Err(AppError::TooLarge),
                    _ => Err(AppError::Bad("The form came in a shape that no page here sends.")),
                }
            }
        }
    }
}

impl Submitted {
    pub fn new(fields: Vec<(String, String)>) -> Self {
        Submitted(fields)
    }

    /// Every field with its value, as sent.
    pub fn fields(&self) -> &[(String, String)] {
        &self.0
    }

    /// The first value of a field as it was typed; empty where there is none.
    pub fn raw(&self, name: &str) -> &str {
        self.0.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value)
    }

    /// A one-line field, tidied.
    pub fn line(&self, name: &str) -> String {
        text::one_line(self.raw(name))
    }

    /// A field of several lines, tidied.
    pub fn text(&self, name: &str) -> String {
        text::tidy(self.raw(name))
    }

    /// Every value of a field that repeats.
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.0.iter().filter(|(field, _)| field == name).map(|(_, value)| value.as_str()).collect()
    }

    /// The same with an empty value for each of these boxes that is not chosen, which browsers leave out.
    pub fn with_boxes(mut self, names: impl Iterator<Item = &'static str>) -> Self {
        for name in names {
            if !self.0.iter().any(|(field, _)| field == name) {
                self.0.push((name.to_owned(), String::new()));
            }
        }
        self
    }

    /// Two people sent the same form: each field takes whoever changed it since `base`, what the form was filled with.
    /// Answers what to go on with, and the fields that both changed, with their value.
    pub fn merged(&self, base: &[(String, String)], theirs: &Form) -> (Submitted, Vec<(String, String)>) {
        let mut clashes = Vec::new();
        let fields = self.0.iter().map(|(name, typed)| {
            let Some((_, before)) = base.iter().find(|(field, _)| field == name) else {
                return (name.clone(), typed.clone());
            };
            let (mine, before, now) = (text::tidy(typed), text::tidy(before), text::tidy(theirs.value(name)));
            if mine == before {
                return (name.clone(), theirs.value(name).to_owned());
            }
            if now != before && now != mine {
                clashes.push((name.clone(), now));
            }
            (name.clone(), typed.clone())
        });
        let fields = fields.collect();
        (Submitted(fields), clashes)
    }

    /// A whole number, such as a revision in a hidden field.
    ///
    /// # Errors
    /// [`AppError::Bad`]: no page of ours leaves it out.
    pub fn number<T: std::str::FromStr>(&self, name: &str) -> Result<T, AppError> {
        self.raw(name).trim().parse().map_err(|_| AppError::Bad("A hidden part of the form is missing or damaged."))
    }
}

/// A problem with one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub field: String,
    pub text: String,
    /// Where the summary's link leads.
    pub href: String,
}

/// A form as a page shows it: values and problems by field name.
#[derive(Debug, Clone, Default)]
pub struct Form {
    values: Vec<(String, String)>,
    pub problems: Vec<Problem>,
}

/// One of several to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub text: String,
}

impl Choice {
    pub fn new(value: impl ToString, text: impl ToString) -> Self {
        Choice { value: value.to_string(), text: text.to_string() }
    }
}

impl Form {
    pub fn empty() -> Self {
        Form::default()
    }

    /// A form filled with what is stored.
    pub fn filled(values: impl IntoIterator<Item = (&'static str, String)>) -> Self {
        Form {
            values: values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
            problems: Vec::new(),
        }
    }

    /// A form that shows again what was sent.
    pub fn again(submitted: &Submitted) -> Self {
        Form { values: submitted.0.clone(), problems: Vec::new() }
    }

    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.values.push((name.to_owned(), value.into()));
    }

    /// Puts another value in a field's place.
    pub fn replace(&mut self, name: &str, value: impl Into<String>) {
        self.values.retain(|(field, _)| field != name);
        self.set(name, value);
    }

    pub fn problem(&mut self, field: &str, text: impl Into<String>) {
        let href = format!("#{field}");
        self.problems.push(Problem { field: field.to_owned(), text: text.into(), href });
    }

    /// A problem that leads to another page or to no field at all.
    pub fn problem_at(&mut self, href: impl Into<String>, text: impl Into<String>) {
        self.problems.push(Problem { field: String::new(), text: text.into(), href: href.into() });
    }

    /// Adds a problem where the value is empty, and where it is longer than it may be.
    pub fn require(&mut self, field: &str, value: &str, sentence: &str) {
        if value.is_empty() {
            self.problem(field, sentence);
        }
    }

    /// Adds a problem where a value is longer than `most` characters.
    pub fn limit(&mut self, field: &str, value: &str, most: usize) {
        let length = value.chars().count();
        if length > most {
            let name = named(field);
            self.problem(field, format!("{name} is {length} characters long: shorten it to {most} or fewer"));
        }
    }

    /// Every name with its value, in order.
    pub fn values(&self) -> &[(String, String)] {
        &self.values
    }

    pub fn value(&self, name: &str) -> &str {
        self.values.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value)
    }

    pub fn error(&self, name: &str) -> Option<&str> {
        self.problems.iter().find(|problem| problem.field == name).map(|problem| problem.text.as_str())
    }

    pub fn has_errors(&self) -> bool {
        !self.problems.is_empty()
    }

    /// Whether a box or an option of a repeated or single field is chosen.
    pub fn checked(&self, name: &str, value: &str) -> bool {
        self.values.iter().any(|(field, given)| field == name && given == value)
    }
}

/// A field as a sentence names it, so that the summary at the top of a page says which one is meant: `how_often` is "How
/// often".
fn named(field: &str) -> String {
    let words = field.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(|| "This".to_owned(), |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(values: &[(&str, &str)]) -> Vec<(String, String)> {
        values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn a_field_takes_whoever_changed_it() {
        let base = fields(&[("title", "Clerk"), ("hours", "37"), ("place", "Here\nor there")]);
        let sent = Submitted::new(fields(&[("title", "Senior clerk"), ("hours", "37"), ("place", "Here\r\nor there")]));
        let theirs = Form::filled([("title", "Clerk".into()), ("hours", "36".into()), ("place", "Elsewhere".into())]);
        let (merged, clashes) = sent.merged(&base, &theirs);
        assert_eq!(["title", "hours", "place"].map(|name| merged.raw(name)), ["Senior clerk", "36", "Elsewhere"]);
        assert!(clashes.is_empty());
        let theirs = Form::filled([("title", "Chief clerk".into()), ("hours", "37".into())]);
        assert_eq!(sent.merged(&base, &theirs).1, fields(&[("title", "Chief clerk")]));
    }
}
