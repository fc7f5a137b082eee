//! Figures as people type them into the forms of grades.

use crate::db::NewPay;
use crate::domain::pay::typed_pounds;
use crate::domain::text::{LONGEST_LINE, parse_date};
use crate::web::form::{Form, Submitted};

/// What was typed of a grade's pay; none with problems in the form where it can't be used, and none without where
/// nothing was typed and nothing need be.
pub fn pay(form: &mut Form, submitted: &Submitted, needed: bool) -> Option<NewPay> {
    let [from, low, high, source] = ["from", "low", "high", "source"].map(|field| submitted.line(field));
    if !needed && [&from, &low, &high].iter().all(|typed| typed.is_empty()) {
        return None;
    }
    let day = parse_date(&from);
    if day.is_none() {
        form.problem("from", "Write the date like 28 January 2026");
    }
    let amount = |form: &mut Form, field: &str, typed: &str| {
        let pence = typed_pounds(typed);
        if pence.is_none() {
            form.problem(field, "Type an amount of pounds, such as 27485 or 27,485.50");
        }
        pence
    };
    let least = amount(form, "low", &low);
    // A grade of one amount pays it at both ends.
    let most = if high.is_empty() { least } else { amount(form, "high", &high) };
    form.limit("source", &source, LONGEST_LINE);
    form.require("source", &source, "Say where the figures come from");
    let (from, low, high) = (day?, least?, most?);
    if high < low {
        form.problem("high", "The most is less than the least");
        return None;
    }
    (!form.has_errors()).then_some(NewPay { from, low, high, source })
}
