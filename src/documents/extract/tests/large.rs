//! Documents near the bounds of size: what is read twice as long takes twice the time, not four times.

use super::super::extract;
use nix::sys::resource::{UsageWho, getrusage};

/// Of this thread, in milliseconds: what else runs on the machine does not count.
fn processor_time() -> i64 {
    let usage = getrusage(UsageWho::RUSAGE_THREAD).unwrap();
    let sum = usage.user_time() + usage.system_time();
    sum.tv_sec() * 1_000 + sum.tv_usec() / 1_000
}

/// The longest that one may take, unoptimised; the server's program takes a tenth of it.
const MOMENT: i64 = 20_000;

#[track_caller]
fn read_in_a_moment(what: &str, head: &str, line: impl Fn(usize) -> String) {
    let text = head.to_owned() + &(0..9_000).map(|at| line(at) + "\n").collect::<String>();
    let before = processor_time();
    assert!(extract(text.as_bytes(), what).is_ok(), "{what} was refused");
    let taken = processor_time() - before;
    assert!(taken <= MOMENT, "{what} took {taken} ms");
}

const TOP: &str = "Job title: Ranger\n\nMain duties\n";

#[test]
fn nine_thousand_paragraphs_of_duties() {
    read_in_a_moment("tasks", TOP, |at| format!("Keeps path number {at} open for all who walk on it."));
}

#[test]
fn nine_thousand_lines_before_the_first_duty() {
    read_in_a_moment("lead-ins", TOP, |at| match at {
        8_999 => "- Opens the hall".to_owned(),
        at => format!("The hall has room for {at} people and more"),
    });
}

#[test]
fn nine_thousand_addresses() {
    let ask = |at| format!("For further information contact somebody{at}@example.org");
    read_in_a_moment("addresses", "Job title: Ranger\n\nContact for an informal discussion\n", ask);
}
