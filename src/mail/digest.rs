//! One message that tells several: each with its subject, whole, in the order in which it happened.

use crate::domain::text::count;

/// Subject and text. `things` are subjects and texts; `preferences` is where one says how mail comes.
pub fn digest(things: &[(&str, &str)], preferences: &str) -> (String, String) {
    let number = things.len();
    let subject = match things {
        [(only, _)] => (*only).to_owned(),
        [(first, _), ..] => format!("{first}, and {}", count(number - 1, "thing more", "things more")),
        [] => "Nothing new".to_owned(),
    };
    let told = (1..).zip(things).map(|(at, (subject, body))| match number {
        1 => body.trim().to_owned(),
        _ => format!("{at} of {number}: {subject}\n\n{}", body.trim()),
    });
    let told: Vec<String> = told.collect();
    let body = format!(
        "{}\n\nYou asked for one message a working day. Change that here:\n{preferences}\n",
        told.join("\n\n— — —\n\n")
    );
    (subject, body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_told_whole_and_counted() {
        let things = [("To approve: Porter, due today", "A\n\nB:\nhttps://x.example/1\n"), ("Approved: Nurse", "C\n")];
        let (subject, body) = digest(&things, "https://x.example/account/mail");
        assert_eq!(subject, "To approve: Porter, due today, and 1 thing more");
        assert!(body.starts_with("1 of 2: To approve: Porter, due today\n\nA\n\nB:\nhttps://x.example/1\n\n— — —\n\n2 of 2: Approved: Nurse\n\nC\n\n"), "{body}");
        assert!(body.ends_with("Change that here:\nhttps://x.example/account/mail\n"));
        let (subject, body) = digest(&things[1..], "https://x.example/account/mail");
        assert_eq!(subject, "Approved: Nurse");
        assert!(body.starts_with("C\n\nYou asked"), "{body}");
    }
}
