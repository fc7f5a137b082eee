//! Adverts: what one says, what it lacks, where it stands, and the steps of its life.
//!
//! Pure. London's midnights come from `clock`; who may do a step is for `policy`.

mod acronyms;
mod check;
mod corrected;
mod dates;
mod gate;
mod offer;
mod personal;
mod salary;
mod source;
mod steps;
mod text;
mod words;

use time::{Date, OffsetDateTime};

use super::worded::worded;
use crate::domain::london::{end_of_day, start_of_day};

pub use acronyms::{Acronyms, Explainer};
pub use check::check_read;
pub use corrected::corrections;
pub use dates::{LONGEST_RUN_MONTHS, date_problems};
pub use gate::{ADVISED_WORDS, advice, words_said};
pub use offer::{Audience, Dbs, Flexible, Offer, Pattern};
pub use salary::{PaidBy, salary_range, salary_said};
pub use source::{Source, is_program};
pub use steps::{Refusal, Step};
pub use text::{AdvertText, Described, FieldProblem, Vacancy, is_web_address, problems};
pub use words::{MOST_TERMS, Synonyms, Term, Words};

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
    /// How an advert changed after publishing.
    ChangedHow {
        Corrected = "corrected", "Corrected";
        Extended = "extended", "Open for longer";
        ClosedEarly = "closed_early", "Closed early";
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

worded! {
    /// What applicants choose jobs by; the details stand beside it in words.
    ContractKind {
        Permanent = "permanent", "Permanent";
        FixedTerm = "fixed_term", "Fixed term";
        Temporary = "temporary", "Temporary";
        Secondment = "secondment", "Secondment";
        Apprenticeship = "apprenticeship", "Apprenticeship";
        Bank = "bank", "Bank or casual";
    }
}

worded! {
    /// What a reader is told.
    Standing {
        Draft = "draft", "Draft";
        Ready = "ready", "Ready";
        Scheduled = "scheduled", "Scheduled";
        Open = "open", "Open";
        Closed = "closed", "Closed";
        Withdrawn = "withdrawn", "Withdrawn";
    }
}

/// The first instant at which an advert is open, and the first at which it is closed again.
pub type Window = (OffsetDateTime, OffsetDateTime);

impl ContractKind {
    /// Reads the contract that a job profile names in its own words; none where the words don't say.
    pub fn read(words: &str) -> Option<Self> {
        let words = words.to_lowercase();
        let says = |signs: &[&str]| signs.iter().any(|sign| words.contains(sign));
        // "Fixed term, may become permanent" is a fixed term.
        [
            (ContractKind::Secondment, &["secondment"][..]),
            (ContractKind::Apprenticeship, &["apprentice"]),
            (ContractKind::FixedTerm, &["fixed term", "fixed-term", "maternity cover"]),
            (ContractKind::Bank, &["bank", "casual", "zero hours", "as and when"]),
            (ContractKind::Temporary, &["temporary"]),
            (ContractKind::Permanent, &["permanent", "substantive"]),
        ]
        .into_iter()
        .find_map(|(kind, signs)| says(signs).then_some(kind))
    }
}

/// Where an advert stands at that instant. An advert opens at its first instant and is closed from its last one on.
pub fn standing(state: AdvertState, window: Option<Window>, now: OffsetDateTime) -> Standing {
    match (state, window) {
        (AdvertState::Draft, _) => Standing::Draft,
        (AdvertState::Ready, _) => Standing::Ready,
        (AdvertState::Withdrawn, _) => Standing::Withdrawn,
        (AdvertState::Published, Some((opens, _))) if now < opens => Standing::Scheduled,
        (AdvertState::Published, Some((_, closes))) if now < closes => Standing::Open,
        (AdvertState::Published, Some(_) | None) => Standing::Closed,
    }
}

/// The instants that the days mean in London for an advert published at `now`: open from the start of its first day,
/// but not before it is published, until the end of its last. None where that is no time at all.
pub fn window(opens_on: Option<Date>, closes_on: Date, now: OffsetDateTime) -> Option<Window> {
    let opens = opens_on.map_or(now, |day| start_of_day(day).max(now));
    let closes = end_of_day(closes_on);
    (opens < closes).then_some((opens, closes))
}

/// The day whose pay an advert prints: its first, or today where that has come or is not set.
pub fn pay_day(opens_on: Option<Date>, today: Date) -> Date {
    opens_on.map_or(today, |day| day.max(today))
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
    fn days_mean_london_days_on_both_sides_of_a_clock_change() {
        let now = datetime!(2026-03-20 12:00 UTC);
        let opens_and_closes = window(Some(date!(2026 - 03 - 29)), date!(2026 - 03 - 30), now);
        assert_eq!(opens_and_closes, Some((datetime!(2026-03-29 0:00 UTC), datetime!(2026-03-30 23:00 UTC))));
        assert_eq!(window(None, date!(2026 - 03 - 20), now), Some((now, datetime!(2026-03-21 0:00 UTC))));
        assert_eq!(window(None, date!(2026 - 03 - 19), now), None);
        // A first day that has passed by the time of publishing is no reason to have been open before it.
        assert_eq!(window(Some(date!(2026 - 03 - 01)), date!(2026 - 03 - 25), now).map(|(opens, _)| opens), Some(now));
    }

    #[test]
    fn days_are_counted_in_words() {
        assert_eq!(days_left(date!(2026 - 03 - 01), date!(2026 - 03 - 01)), "closes today");
        assert_eq!(days_left(date!(2026 - 03 - 01), date!(2026 - 03 - 02)), "1 day left");
        assert_eq!(days_left(date!(2026 - 03 - 01), date!(2026 - 03 - 13)), "12 days left");
    }

    #[test]
    fn contracts_are_read_from_their_words() {
        assert_eq!(ContractKind::read("Permanent"), Some(ContractKind::Permanent));
        assert_eq!(ContractKind::read("Fixed-term to March 2027, may become permanent"), Some(ContractKind::FixedTerm));
        assert_eq!(ContractKind::read("Full time"), None);
    }
}
