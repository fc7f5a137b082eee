//! Apostrophes that a web form has lost: "youre", "couldnt".

use crate::documents::extract::recognise::desk::Desk;

const LOST: &[(&str, &str)] = &[
    ("youre", "you’re"),
    ("youll", "you’ll"),
    ("youve", "you’ve"),
    ("youd", "you’d"),
    ("couldnt", "couldn’t"),
    ("wouldnt", "wouldn’t"),
    ("shouldnt", "shouldn’t"),
    ("dont", "don’t"),
    ("doesnt", "doesn’t"),
    ("didnt", "didn’t"),
    ("isnt", "isn’t"),
    ("arent", "aren’t"),
    ("wasnt", "wasn’t"),
    ("werent", "weren’t"),
    ("hasnt", "hasn’t"),
    ("havent", "haven’t"),
    ("cant", "can’t"),
    ("wont", "won’t"),
    ("theyre", "they’re"),
    ("weve", "we’ve"),
    ("thats", "that’s"),
    ("whats", "what’s"),
    ("theres", "there’s"),
    ("mustnt", "mustn’t"),
    ("theyll", "they’ll"),
];

/// Proposes the apostrophe for each lost one, once a form.
pub fn check(desk: &mut Desk, text: &str) {
    for word in text.split(|c: char| !c.is_alphanumeric() && c != '’' && c != '\'') {
        let lower = word.to_lowercase();
        if let Some((_, whole)) = LOST.iter().find(|(lost, _)| *lost == lower) {
            let capital = word.chars().next().is_some_and(char::is_uppercase);
            let suggestion: String = if capital {
                whole.chars().take(1).flat_map(char::to_uppercase).chain(whole.chars().skip(1)).collect()
            } else {
                (*whole).to_owned()
            };
            desk.find("lost-apostrophe", word, Some(&suggestion), "The apostrophe was lost.");
        }
    }
    let lower = text.to_lowercase();
    if lower.contains("ones own") {
        desk.find("lost-apostrophe", "ones own", Some("one’s own"), "The apostrophe was lost.");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lost_apostrophes_are_proposed_not_applied() {
        let mut desk = Desk::default();
        check(&mut desk, "Youre sure you cant lose; don’t worry.");
        let found: Vec<_> = desk.findings.iter().filter_map(|finding| finding.suggestion.as_deref()).collect();
        assert_eq!(found, ["You’re", "can’t"]);
    }
}
