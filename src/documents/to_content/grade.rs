//! A grade as a document words it, found among the employer's own: "Band 4", "Scale 6", "Band 5 - Band 6", "Grade 7/8".

use crate::domain::ids::GradeId;

/// A grade by its name, lowest first in a list.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct GradeName {
    pub id: GradeId,
    pub name: String,
    pub pay_scheme: String,
}

/// What the wording comes to.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    pub from: Option<GradeId>,
    pub to: Option<GradeId>,
    /// The document's words, where they say more than the grades that were found.
    pub in_words: Option<String>,
    /// The pay scheme that the document names is that of the grade.
    pub names_scheme: bool,
}

pub(super) fn find(wording: Option<&str>, scheme: Option<&str>, grades: &[GradeName]) -> Found {
    let Some(wording) = wording.map(str::trim).filter(|wording| !wording.is_empty()) else { return Found::default() };
    let grades = of_scheme(scheme, grades);
    let in_words = Some(wording.to_owned());
    let Some((named, rest)) = named(wording, &grades) else { return Found { in_words, ..Found::default() } };
    let names_scheme = scheme.is_some_and(|scheme| words(scheme) == words(&named[0].pay_scheme));
    let rest: Vec<String> = rest.into_iter().filter(|word| !JOINS.contains(&word.as_str())).collect();
    let says_more = !rest.is_empty() && rest != words(&named[0].pay_scheme);
    Found {
        from: Some(named[0].id),
        to: named.get(1).map(|grade| grade.id),
        in_words: in_words.filter(|_| says_more),
        names_scheme,
    }
}

/// Words between two grades.
const JOINS: [&str; 4] = ["to", "and", "or", "through"];

/// The grades of the scheme that the document names, or of all where it names none of theirs.
fn of_scheme<'a>(scheme: Option<&str>, grades: &'a [GradeName]) -> Vec<&'a GradeName> {
    let scheme = scheme.map(words).unwrap_or_default();
    let of_it: Vec<&GradeName> = grades.iter().filter(|grade| words(&grade.pay_scheme) == scheme).collect();
    match of_it.is_empty() {
        true => grades.iter().collect(),
        false => of_it,
    }
}

/// One or two grades, lowest first, and the words that are none of theirs. None where no grade is named, where more
/// than two are, or where a name is that of several.
fn named<'a>(wording: &str, grades: &[&'a GradeName]) -> Option<(Vec<&'a GradeName>, Vec<String>)> {
    let wording = words(wording);
    let mut found: Vec<usize> = Vec::new();
    let mut rest = Vec::new();
    let mut at = 0;
    while at < wording.len() {
        let here = longest_at(&wording[at..], grades).or_else(|| {
            // "Band 5 to 6": the second number stands for a grade of the first one's kind.
            found.last().and_then(|last| short_at(&wording[at], grades[*last], grades)).map(|grade| (grade, 1))
        });
        match here {
            Some((grade, length)) => {
                found.push(grade);
                at += length;
            }
            None => {
                rest.push(wording[at].clone());
                at += 1;
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    let same_name =
        |grade: usize| grades.iter().filter(|other| words(&other.name) == words(&grades[grade].name)).count() > 1;
    let clear = (1..=2).contains(&found.len()) && !found.iter().any(|grade| same_name(*grade));
    clear.then(|| (found.into_iter().map(|grade| grades[grade]).collect(), rest))
}

/// The grade with the longest name that these words begin with, and how many words that is.
fn longest_at(wording: &[String], grades: &[&GradeName]) -> Option<(usize, usize)> {
    grades
        .iter()
        .enumerate()
        .filter_map(|(at, grade)| {
            let name = words(&grade.name);
            (!name.is_empty() && wording.starts_with(&name)).then_some((at, name.len()))
        })
        .max_by_key(|(_, length)| *length)
}

fn short_at(word: &str, before: &GradeName, grades: &[&GradeName]) -> Option<usize> {
    let mut name = words(&before.name);
    *name.last_mut().filter(|_| word.starts_with(|first: char| first.is_ascii_digit()))? = word.to_owned();
    grades.iter().position(|grade| words(&grade.name) == name)
}

fn words(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grades() -> Vec<GradeName> {
        let named = |(n, name): (usize, &str)| GradeName {
            id: GradeId(n as i64),
            name: name.into(),
            pay_scheme: "Agenda for Change".into(),
        };
        ["Band 4", "Band 5", "Band 6", "Band 8a", "Scale 6", "PO1"].into_iter().enumerate().map(named).collect()
    }

    fn found(wording: &str) -> (Option<i64>, Option<i64>, bool) {
        let found = find(Some(wording), None, &grades());
        (found.from.map(|id| id.0), found.to.map(|id| id.0), found.in_words.is_some())
    }

    #[test]
    fn the_employers_own_names_are_found() {
        assert_eq!(found("Band 4"), (Some(0), None, false));
        assert_eq!(found("BAND  4 "), (Some(0), None, false));
        assert_eq!(found("Agenda for Change Band 4"), (Some(0), None, false));
        assert_eq!(found("Scale 6"), (Some(4), None, false));
        for range in ["Band 5 - Band 6", "Band 5–6", "Band 6/5", "Band 5 to Band 6", "band 5 or 6"] {
            assert_eq!(found(range), (Some(1), Some(2), false), "{range}");
        }
    }

    #[test]
    fn words_that_say_more_are_kept_and_others_are_no_guess() {
        assert_eq!(found("Band 4 (subject to evaluation)"), (Some(0), None, true));
        for unknown in ["Band 8", "Band 40", "Grade 4", "To be confirmed", "Band 4, 5 or 6"] {
            assert_eq!(found(unknown), (None, None, true), "{unknown}");
        }
        assert_eq!(find(None, None, &grades()), Found::default());
    }

    #[test]
    fn the_pay_scheme_chooses_between_grades_of_one_name() {
        let mut grades = grades();
        grades.push(GradeName { id: GradeId(90), name: "Band 4".into(), pay_scheme: "Local".into() });
        assert_eq!(find(Some("Band 4"), None, &grades).from, None);
        let local = find(Some("Band 4"), Some("LOCAL"), &grades);
        assert_eq!((local.from, local.names_scheme), (Some(GradeId(90)), true));
    }
}
