//! The days of an advert: in what order they come, and how far apart they may lie.

use time::{Date, Duration};

use super::{AdvertText, FieldProblem};
use crate::domain::text::long_date;

/// The longest that an advert is open, and the furthest that its days lie ahead: beyond that a year was mistyped, or the
/// vacancy is no vacancy. In months.
pub const LONGEST_RUN_MONTHS: i32 = 12;

/// What is wrong with the days of an advert, as they would be on that day.
pub fn date_problems(text: &AdvertText, today: Date) -> Vec<FieldProblem> {
    let mut problems = run_problems(text, today);
    let Some(closes) = text.closes_on else { return problems };
    if text.offer.redeployment_until.is_some_and(|day| day >= closes) {
        let sentence = "The hold for redeployment lasts as long as the advert: nobody else could apply";
        problems.push(("redeployment_until", sentence.into()));
    }
    if let Some(day) = text.shortlisting_on {
        let early = (day < closes).then(|| format!("Shortlisting is on {}, before the closing date", long_date(day)));
        problems.extend(early.or_else(|| too_far(day, closes)).map(|said| ("shortlisting_on", said)));
    }
    if let Some(day) = text.interviews_on {
        let early = (day <= closes).then(|| {
            format!(
                "Interviews are on {}, and have to come after the closing date: move one of the two",
                long_date(day)
            )
        });
        problems.extend(early.or_else(|| too_far(day, closes)).map(|said| ("interviews_on", said)));
    }
    if let (Some(shortlisting), Some(interviews)) = (text.shortlisting_on, text.interviews_on)
        && shortlisting >= closes
        && interviews < shortlisting
    {
        problems.push(("interviews_on", "Interviews are before the shortlisting".into()));
    }
    problems
}

fn run_problems(text: &AdvertText, today: Date) -> Vec<FieldProblem> {
    let begins = text.opens_on.map_or(today, |opens| opens.max(today));
    let late = |day: Date| day > months_after(begins);
    match (text.opens_on, text.closes_on) {
        (Some(opens), _) if opens > months_after(today) => {
            let sentence = format!("The opening date is more than {LONGEST_RUN_MONTHS} months away: check the year");
            vec![("opens_on", sentence)]
        }
        (_, None) => vec![("closes_on", "Set the closing date".into())],
        (Some(opens), Some(closes)) if closes < opens => {
            vec![("closes_on", "The closing date is before the opening date".into())]
        }
        (_, Some(closes)) if closes < today => vec![("closes_on", "The closing date has passed".into())],
        (_, Some(closes)) if late(closes) => {
            let last = long_date(months_after(begins));
            let sentence =
                format!("An advert is open for {LONGEST_RUN_MONTHS} months at most: choose {last} or earlier");
            vec![("closes_on", sentence)]
        }
        (_, Some(_)) => Vec::new(),
    }
}

/// Beside the closing date of an advert, a day of another year is a slip of the pen.
fn too_far(day: Date, closes: Date) -> Option<String> {
    let last = months_after(closes);
    (day > last).then(|| {
        format!("{} is more than {LONGEST_RUN_MONTHS} months after the closing date: check the year", long_date(day))
    })
}

/// The same day so many months later; 28 February after 29 February.
fn months_after(day: Date) -> Date {
    let years = LONGEST_RUN_MONTHS / 12;
    day.replace_year(day.year() + years).unwrap_or(day + Duration::days(365))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::advert::text::tests::whole;
    use time::macros::date;

    const TODAY: Date = date!(2026 - 01 - 15);

    fn problems(change: impl FnOnce(&mut AdvertText)) -> Vec<FieldProblem> {
        let mut text = whole();
        change(&mut text);
        date_problems(&text, TODAY)
    }

    #[test]
    fn an_advert_is_open_for_a_year_at_most() {
        assert_eq!(problems(|text| text.closes_on = Some(date!(2027 - 01 - 15))), []);
        let found = problems(|text| text.closes_on = Some(date!(2027 - 01 - 16)));
        let said = "An advert is open for 12 months at most: choose 15 January 2027 or earlier".to_owned();
        assert_eq!(found, [("closes_on", said)]);
        let later = |text: &mut AdvertText| {
            text.opens_on = Some(date!(2026 - 06 - 01));
            text.closes_on = Some(date!(2027 - 06 - 01));
        };
        assert_eq!(problems(later), [], "counted from its first day");
        let found = problems(|text| {
            (text.opens_on, text.closes_on) = (Some(date!(2062 - 01 - 01)), Some(date!(2062 - 02 - 01)))
        });
        assert_eq!(found[0].0, "opens_on");
        assert_eq!(months_after(date!(2028 - 02 - 29)), date!(2029 - 02 - 28));
    }

    #[test]
    fn what_comes_after_closing_comes_after_it_and_soon() {
        let fields =
            |change: fn(&mut AdvertText)| problems(change).into_iter().map(|(field, _)| field).collect::<Vec<_>>();
        assert_eq!(fields(|text| text.interviews_on = text.closes_on), ["interviews_on"]);
        assert_eq!(fields(|text| text.interviews_on = Some(date!(2062 - 03 - 01))), ["interviews_on"]);
        assert_eq!(fields(|text| text.shortlisting_on = Some(date!(2062 - 03 - 01))), ["shortlisting_on"]);
        let crossed = |text: &mut AdvertText| {
            text.shortlisting_on = Some(date!(2026 - 02 - 20));
            text.interviews_on = Some(date!(2026 - 02 - 10));
        };
        assert_eq!(fields(crossed), ["interviews_on"]);
    }
}
