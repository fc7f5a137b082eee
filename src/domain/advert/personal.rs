//! What is somebody's own and has no place in an advert that everybody reads: numbers that stand for a person, and
//! private mailboxes.

use super::{AdvertText, FieldProblem};

/// Mailboxes of private people.
const PRIVATE: [&str; 9] =
    ["@gmail.", "@hotmail.", "@outlook.", "@yahoo.", "@icloud.", "@live.", "@btinternet.", "@googlemail.", "@aol."];

/// What has to be taken out, by field: everything that was found in it.
pub fn personal_data(text: &AdvertText) -> Vec<FieldProblem> {
    let fields = [
        ("headline", &text.headline),
        ("short_text", &text.short_text),
        ("contact_name", &text.contact_name),
        ("contact_email", &text.contact_email),
        ("apply_value", &text.apply_value),
    ];
    fields.into_iter().filter_map(|(field, words)| Some((field, found(words)?))).collect()
}

fn found(words: &str) -> Option<String> {
    let lower = words.to_lowercase();
    let found = [
        (has_insurance_number(words), "That looks like somebody's National Insurance number: take it out"),
        (has_nhs_number(words), "That looks like somebody's NHS number: take it out"),
        (has_birthday(&lower), "That looks like somebody's date of birth: take it out"),
        (has_sort_code(words), "That looks like a bank account's sort code: take it out"),
        (
            PRIVATE.iter().any(|provider| lower.contains(provider)),
            "That is a private e-mail address: use the team's mailbox",
        ),
    ];
    let found: Vec<&str> = found.into_iter().filter_map(|(is, said)| is.then_some(said)).collect();
    (!found.is_empty()).then(|| found.join(". "))
}

/// Two letters, six digits, a letter from A to D, with or without spaces (HMRC's manual NIM39110).
fn has_insurance_number(text: &str) -> bool {
    let joined: Vec<char> = text.chars().filter(|c| *c != ' ').collect();
    joined.windows(9).any(|nine| {
        nine[..2].iter().all(char::is_ascii_uppercase)
            && nine[2..8].iter().all(char::is_ascii_digit)
            && ('A'..='D').contains(&nine[8])
    })
}

/// Ten digits as 3, 3 and 4, the last of which is right for the others (NHS Data Dictionary, NHS NUMBER). Written as
/// one number they could be anything.
fn has_nhs_number(text: &str) -> bool {
    let groups: Vec<&str> =
        text.split([' ', '-', '\n']).map(|word| word.trim_matches(['.', ',', ':', '(', ')'])).collect();
    groups.windows(3).any(|three| {
        let fits = [3, 3, 4].iter().zip(three).all(|(length, group)| group.len() == *length);
        let digits: Vec<u32> = three.iter().flat_map(|group| group.chars()).filter_map(|c| c.to_digit(10)).collect();
        fits && digits.len() == 10 && is_checked(&digits)
    })
}

/// Weights from 10 down to 2, and eleven less the rest; 11 stands for 0, and 10 is no number.
fn is_checked(digits: &[u32]) -> bool {
    let sum: u32 = digits[..9].iter().zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
    (11 - sum % 11) % 11 == digits[9]
}

/// A birthday that is named as one and followed by its year.
fn has_birthday(lower: &str) -> bool {
    /// How far behind its name the date may end, in characters.
    const NEAR: usize = 40;
    ["date of birth", "d.o.b", "dob:", "born on", "dob "].iter().any(|name| {
        lower.split(name).skip(1).any(|after| {
            let near: String = after.chars().take(NEAR).collect();
            let mut numbers = near.split(|c: char| !c.is_ascii_digit());
            numbers.any(|number| number.len() == 4 && (number.starts_with("19") || number.starts_with("20")))
        })
    })
}

/// `12-34-56` that is named as one: alone it could be a day.
fn has_sort_code(text: &str) -> bool {
    let code = |word: &str| {
        let parts: Vec<&str> = word.trim_matches(|c: char| !c.is_ascii_digit()).split('-').collect();
        parts.len() == 3 && parts.iter().all(|part| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    text.to_lowercase().contains("sort code") && text.split_whitespace().any(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_stand_for_a_person_are_found() {
        for (words, sign) in [
            ("Ask for AB 12 34 56 C at the desk", "National Insurance"),
            ("Her NHS number is 943 476 5919.", "NHS number"),
            ("Sunita, date of birth 3 May 1987, leads the team.", "date of birth"),
            ("Pay to sort code 12-34-56", "sort code"),
            ("Write to sunita1987@gmail.com", "private e-mail"),
            ("Born on 3 May 1987, sunita1987@gmail.com", "take it out. That is a private e-mail"),
        ] {
            assert!(found(words).is_some_and(|said| said.contains(sign)), "{words}: {:?}", found(words));
        }
    }

    #[test]
    fn what_only_looks_like_one_is_left_alone() {
        for words in [
            "Call 01632 960114, reference AB123456",
            "Telephone 943 476 5918",
            "We do not ask for your date of birth. The service opened in the spring of 1987 with three nurses.",
            "Interviews on 12-02-26",
            "Write to community.team@trust.example",
            "",
        ] {
            assert_eq!(found(words), None, "{words}");
        }
    }
}
