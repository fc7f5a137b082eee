//! Adverts: what one says, what it lacks, and whether it is open.

use time::{Date, OffsetDateTime};

use super::ids::MembershipId;
use super::worded::worded;

worded! {
    /// What is recorded; scheduled, open and closed are derived from the dates of a published advert.
    AdvertState {
        Draft = "draft", "Draft";
        Ready = "ready", "Ready";
        Published = "published", "Published";
        Withdrawn = "withdrawn", "Withdrawn";
    }
}

worded! {
    /// How people apply.
    ApplyKind {
        Link = "link", "On a website";
        Address = "address", "By e-mail or post";
        Instructions = "instructions", "In another way";
    }
}

/// What a reader is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Draft,
    Ready,
    Scheduled,
    Open,
    Closed,
    Withdrawn,
}

impl Standing {
    pub fn label(self) -> &'static str {
        match self {
            Standing::Draft => "Draft",
            Standing::Ready => "Ready",
            Standing::Scheduled => "Scheduled",
            Standing::Open => "Open",
            Standing::Closed => "Closed",
            Standing::Withdrawn => "Withdrawn",
        }
    }
}

/// Where an advert stands at that instant. An advert opens at its first instant and is closed from its last one on.
pub fn standing(state: AdvertState, window: Option<(OffsetDateTime, OffsetDateTime)>, now: OffsetDateTime) -> Standing {
    match (state, window) {
        (AdvertState::Draft, _) => Standing::Draft,
        (AdvertState::Ready, _) => Standing::Ready,
        (AdvertState::Withdrawn, _) => Standing::Withdrawn,
        (AdvertState::Published, Some((opens, _))) if now < opens => Standing::Scheduled,
        (AdvertState::Published, Some((_, closes))) if now < closes => Standing::Open,
        (AdvertState::Published, Some(_) | None) => Standing::Closed,
    }
}

/// What the author types.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdvertText {
    pub headline: String,
    pub short_text: String,
    pub reference: String,
    pub salary_typed: bool,
    pub salary_text: String,
    pub contract: String,
    pub working_pattern: String,
    pub locations: String,
    pub contact_name: String,
    pub contact_email: String,
    pub contact_phone: String,
    pub apply_kind: ApplyKind,
    pub apply_value: String,
    pub hiring_manager: Option<MembershipId>,
    /// Days on which it is open, both included, in London.
    pub opens_on: Option<Date>,
    pub closes_on: Option<Date>,
    pub shortlisting_on: Option<Date>,
    pub interviews_on: Option<Date>,
}

/// A field and what is wrong with it.
pub type FieldProblem = (&'static str, String);

/// What has to be put right before the hiring manager is asked to confirm the text.
pub fn problems(text: &AdvertText, writer: MembershipId, today: Date) -> Vec<FieldProblem> {
    let mut problems: Vec<FieldProblem> = Vec::new();
    let mut needs = |field, value: &str, sentence: &str| {
        if value.is_empty() {
            problems.push((field, sentence.to_owned()));
        }
    };
    needs("headline", &text.headline, "Write a headline: the job's name as an applicant would say it");
    needs("short_text", &text.short_text, "Write the short text: what the job is and why it matters");
    needs("salary_text", &text.salary_text, "Type the salary: the grade has no amounts");
    needs("locations", &text.locations, "Say where the work is");
    needs("contact_name", &text.contact_name, "Name somebody to ask");
    needs("apply_value", &text.apply_value, "Say how people apply");
    if text.contact_email.is_empty() && text.contact_phone.is_empty() {
        problems.push(("contact_email", "Give an e-mail address or a telephone number for questions".into()));
    }
    if text.apply_kind == ApplyKind::Link && !is_web_address(&text.apply_value) && !text.apply_value.is_empty() {
        problems.push(("apply_value", "The link has to start with https:// or http://".into()));
    }
    match text.hiring_manager {
        None => problems.push(("hiring_manager", "Choose the hiring manager who confirms the text".into())),
        Some(manager) if manager == writer => {
            problems.push(("hiring_manager", "Choose somebody else: you can't confirm your own text".into()));
        }
        Some(_) => {}
    }
    problems.extend(date_problems(text, today));
    problems
}

fn date_problems(text: &AdvertText, today: Date) -> Vec<FieldProblem> {
    let mut problems: Vec<FieldProblem> = Vec::new();
    match (text.opens_on, text.closes_on) {
        (None, None) | (Some(_), None) => problems.push(("closes_on", "Set the closing date".into())),
        (Some(opens), Some(closes)) if closes < opens => {
            problems.push(("closes_on", "The closing date is before the opening date".into()));
        }
        (None | Some(_), Some(closes)) if closes < today => {
            problems.push(("closes_on", "The closing date has passed".into()));
        }
        (None | Some(_), Some(_)) => {}
    }
    if let (Some(closes), Some(day)) = (text.closes_on, text.shortlisting_on)
        && day < closes
    {
        problems.push(("shortlisting_on", "Shortlisting is before the closing date".into()));
    }
    if let (Some(closes), Some(day)) = (text.closes_on, text.interviews_on)
        && day <= closes
    {
        problems.push(("interviews_on", "Interviews have to come after the closing date".into()));
    }
    problems
}

/// A link that is safe to print as one.
pub fn is_web_address(text: &str) -> bool {
    (text.starts_with("https://") || text.starts_with("http://")) && !text.contains(char::is_whitespace)
}

/// `closes today`, `1 day left`, `12 days left`.
pub fn days_left(today: Date, closes_on: Date) -> String {
    match (closes_on - today).whole_days() {
        ..0 => "closed".to_owned(),
        0 => "closes today".to_owned(),
        1 => "1 day left".to_owned(),
        days => format!("{days} days left"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, datetime};

    #[test]
    fn the_clock_decides_where_a_published_advert_stands() {
        let window = Some((datetime!(2026-03-01 0:00 UTC), datetime!(2026-03-29 23:00 UTC)));
        let at = |now| standing(AdvertState::Published, window, now);
        assert_eq!(at(datetime!(2026-02-28 23:59 UTC)), Standing::Scheduled);
        assert_eq!(at(datetime!(2026-03-01 0:00 UTC)), Standing::Open);
        assert_eq!(at(datetime!(2026-03-29 22:59 UTC)), Standing::Open);
        assert_eq!(at(datetime!(2026-03-29 23:00 UTC)), Standing::Closed);
    }

    #[test]
    fn days_are_counted_in_words() {
        assert_eq!(days_left(date!(2026 - 03 - 01), date!(2026 - 03 - 01)), "closes today");
        assert_eq!(days_left(date!(2026 - 03 - 01), date!(2026 - 03 - 13)), "12 days left");
    }
}
