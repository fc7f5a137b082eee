//! The criminal record check that an advert names, held against what its job description says of one: the wrong level is
//! unlawful to ask for, and a page that names two is read by nobody with trust.

use super::{Dbs, FieldProblem};

/// The most of a sentence that is shown again, in characters.
const MOST_SHOWN: usize = 160;
/// A level's name and the check that it belongs to stand within so many words of each other.
const APART: usize = 4;

/// What one sentence says of a check.
#[derive(Debug, Default, PartialEq, Eq)]
struct Said {
    basic: bool,
    standard: bool,
    enhanced: bool,
    /// Adults and children; none where no barred list is spoken of by name.
    lists: Option<(bool, bool)>,
    /// That there is none.
    none: bool,
}

/// What is wrong with the check that was chosen, beside the words of the description and of the advert.
pub fn check_problem(chosen: Option<Dbs>, words: &str) -> Option<FieldProblem> {
    let Some(chosen) = chosen else {
        return Some(("dbs", "Choose the criminal record check, or say that there is none".into()));
    };
    let against = sentences(words).find(|sentence| said(sentence).is_some_and(|said| !said.fits(chosen)))?;
    let mut shown: String = against.chars().take(MOST_SHOWN).collect();
    if shown.len() < against.len() {
        shown.push('…');
    }
    let label = chosen.label();
    Some((
        "dbs",
        format!("“{label}” is chosen, but the text says “{shown}”: choose what the job needs, and let both agree"),
    ))
}

/// The check that the words speak of, where they leave no doubt.
pub fn check_read(words: &str) -> Option<Dbs> {
    let all: Vec<Said> = sentences(words).filter_map(said).collect();
    let mut fitting = Dbs::ALL.iter().copied().filter(|one| all.iter().all(|said| said.fits(*one)));
    let first = fitting.next().filter(|_| !all.is_empty())?;
    // "Enhanced" alone leaves open which lists are looked at, and means none of them.
    let certain = fitting.next().is_none() || first == Dbs::Enhanced;
    certain.then_some(first)
}

fn sentences(words: &str) -> impl Iterator<Item = &str> {
    words.split(['.', ';', '\n', '•', '!', '?']).map(str::trim).filter(|sentence| !sentence.is_empty())
}

/// None where the sentence is about something else, or names no level.
fn said(sentence: &str) -> Option<Said> {
    let plain = sentence.to_lowercase().replace(['’', '\''], "");
    let words: Vec<&str> = plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let about_lists = plain.contains("barred list");
    let about = about_lists
        || ["disclosure and barring", "criminal record", "disclosure check"].iter().any(|sign| plain.contains(sign))
        || words.iter().any(|word| ["dbs", "crb"].contains(word));
    if !about {
        return None;
    }
    let says_no =
        ["does not need", "not required", "no dbs", "no criminal record check", "does not require", "not subject"];
    let negated = says_no.iter().any(|sign| plain.contains(sign));
    let level = |name: &str| !negated && (0..words.len()).any(|at| words[at] == name && is_of_a_check(&words, at));
    let said = Said {
        basic: level("basic"),
        standard: level("standard"),
        enhanced: level("enhanced"),
        lists: if about_lists { lists(&plain, &words) } else { None },
        none: negated && !about_lists,
    };
    (said != Said::default()).then_some(said)
}

fn is_of_a_check(words: &[&str], at: usize) -> bool {
    let near = at.saturating_sub(APART - 1)..(at + APART + 1).min(words.len());
    let signs = ["check", "checks", "dbs", "crb", "disclosure", "criminal", "certificate"];
    words[near].iter().any(|word| signs.contains(word))
}

/// The lists that are named; none where "barred lists" stands alone.
fn lists(plain: &str, words: &[&str]) -> Option<(bool, bool)> {
    if ["no barred list", "without a barred list", "without barred list", "nor the barred list"]
        .iter()
        .any(|no| plain.contains(no))
    {
        return Some((false, false));
    }
    let names = |some: &[&str]| words.iter().any(|word| some.contains(word));
    let both = plain.contains("both barred lists");
    let found = (both || names(&["adult", "adults"]), both || names(&["child", "children", "childrens"]));
    (found != (false, false)).then_some(found)
}

impl Said {
    fn fits(&self, chosen: Dbs) -> bool {
        let names_level = self.basic || self.standard || self.enhanced;
        let level = match chosen {
            Dbs::NoCheck => self.none,
            Dbs::Basic => self.basic,
            Dbs::Standard => self.standard,
            Dbs::Enhanced | Dbs::EnhancedAdults | Dbs::EnhancedChildren | Dbs::EnhancedBoth => self.enhanced,
        };
        let by_level = level || !(names_level || self.none);
        by_level && self.lists.is_none_or(|lists| lists == chosen.lists())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADULTS: &str = "This post is regulated activity with adults. It needs an enhanced check by the Disclosure and \
                          Barring Service (DBS) with the adults' barred list.\nWe ask about unspent convictions.";
    const NO_LIST: &str = "This post is eligible for an enhanced check by the Disclosure and Barring Service (DBS) because \
                           of its regular contact with adults who receive care. It is not regulated activity, so no \
                           barred list is checked.";
    const NONE: &str = "This post does not need a criminal record check. We ask only about unspent convictions.";

    #[test]
    fn the_check_is_read_where_the_words_leave_no_doubt() {
        for (words, read) in [
            (ADULTS, Some(Dbs::EnhancedAdults)),
            (NO_LIST, Some(Dbs::Enhanced)),
            (NONE, Some(Dbs::NoCheck)),
            ("It needs a basic check by the Disclosure and Barring Service (DBS).", Some(Dbs::Basic)),
            ("DBS level: Standard", Some(Dbs::Standard)),
            ("Enhanced DBS with both barred lists", Some(Dbs::EnhancedBoth)),
            ("An enhanced DBS check with the children’s barred list", Some(Dbs::EnhancedChildren)),
            ("Enhanced DBS check", Some(Dbs::Enhanced)),
            ("A standard or enhanced DBS check, as the work needs", None),
            ("All staff have a DBS check", None),
            ("You keep to a basic standard of hygiene", None),
            ("", None),
        ] {
            assert_eq!(check_read(words), read, "{words}");
        }
    }

    #[test]
    fn another_level_than_the_one_chosen_is_found() {
        let finds = |chosen, words| check_problem(Some(chosen), words).is_some();
        assert!(!finds(Dbs::EnhancedAdults, ADULTS));
        assert!(finds(Dbs::EnhancedBoth, ADULTS), "a list that the description does not name");
        assert!(finds(Dbs::Basic, ADULTS));
        assert!(finds(Dbs::NoCheck, ADULTS));
        assert!(!finds(Dbs::Enhanced, NO_LIST));
        assert!(finds(Dbs::EnhancedAdults, NO_LIST));
        assert!(!finds(Dbs::NoCheck, NONE));
        assert!(finds(Dbs::Enhanced, NONE));
        assert!(!finds(Dbs::Standard, "A standard or enhanced DBS check, as the work needs."));
        assert!(!finds(Dbs::Enhanced, "Your work meets the standard. All staff have a DBS check."));
        assert!(!finds(Dbs::NoCheck, "You explain the basic rules to tenants."));
        let (field, said) = check_problem(Some(Dbs::Basic), ADULTS).unwrap();
        assert_eq!(field, "dbs");
        assert!(said.contains("“Basic DBS check” is chosen, but the text says “It needs an enhanced check"), "{said}");
        assert!(check_problem(None, "").unwrap().1.starts_with("Choose the criminal record check"));
    }
}
