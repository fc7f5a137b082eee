//! What keeps a version from being submitted or issued: every problem at once, each with its place.

use super::content::{Body, Content, Item, Section, SectionKind};
use super::details::Details;
use super::ids::{ItemId, SectionId};
use super::shape;

/// Where a problem is, so that a page can lead there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A field of the details form, by its name.
    Details(&'static str),
    GradeBasis,
    Section(SectionId),
    Item(ItemId),
    /// Nothing to lead to: the version has no content yet.
    Version,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub place: Place,
    pub text: String,
}

impl Problem {
    fn new(place: Place, text: impl Into<String>) -> Self {
        Problem { place, text: text.into() }
    }
}

/// What has to be put right before the version can be sent for review.
pub fn before_submitting(details: &Details, content: &Content) -> Vec<Problem> {
    let mut problems = Vec::new();
    if details.title.is_empty() {
        problems.push(Problem::new(Place::Details("title"), "Give the job a title"));
    }
    if details.grade_from.is_none() {
        problems.push(Problem::new(Place::Details("grade_from"), "Choose the grade"));
    }
    if !content.sections.iter().any(|section| section.kind != SectionKind::Details) {
        problems.push(Problem::new(Place::Version, "Add a section: the document says nothing yet"));
    }
    problems.extend(content.sections.iter().flat_map(section_problems));
    problems
}

/// What has to be put right before the version can come into force, beside the above.
/// `issued` is what is in force now.
pub fn before_issuing(details: &Details, content: &Content, issued: Option<&Details>) -> Vec<Problem> {
    let mut problems = before_submitting(details, content);
    if details.grade_basis.is_none() {
        problems.push(Problem::new(Place::GradeBasis, "Say how the grade was decided"));
    }
    let changed = issued.is_some_and(|issued| !issued.same_grade(details));
    if changed && details.grade_change_reason.is_empty() {
        problems.push(Problem::new(Place::GradeBasis, "The grade differs from the issued version: say why"));
    }
    problems
}

fn section_problems(section: &Section) -> Vec<Problem> {
    if section.items.is_empty() {
        let text = format!("“{}” is empty: write it or delete the section", name(section));
        return vec![Problem::new(Place::Section(section.id), text)];
    }
    section.all_items().into_iter().flat_map(|item| item_problems(section, item)).collect()
}

fn item_problems(section: &Section, item: &Item) -> Vec<Problem> {
    let mut problems = Vec::new();
    let place = Place::Item(item.id);
    if says_nothing(item) {
        problems.push(Problem::new(place, format!("A line in “{}” is empty: write it or delete it", name(section))));
    }
    if !item.sure {
        let text = format!("Confirm “{}” in “{}”: it was read with a guess", opening(item), name(section));
        problems.push(Problem::new(place, text));
    }
    if let Body::Clause { placed: Some(placed), .. } = &item.body
        && let Some(ended) = placed.ended
    {
        let text = format!(
            "The standard clause “{}” stopped holding on {}: replace it, or ask its keeper for a new text",
            opening(item),
            super::text::long_date(ended)
        );
        problems.push(Problem::new(place, text));
    }
    if shape::is_heading(item.kind()) && item.children.is_empty() {
        let text = format!("“{}” has nothing under it: add to it or delete it", opening(item));
        problems.push(Problem::new(place, text));
    }
    problems
}

fn says_nothing(item: &Item) -> bool {
    let beside = match &item.body {
        Body::Paragraph | Body::Group | Body::Duty(_) | Body::Category | Body::Criterion { .. } => "",
        Body::Term { label } | Body::Detail { label } => label,
        Body::Demand { examples, .. } => examples,
        Body::FactorLevel { factor, level } => match level.is_empty() {
            true => "",
            false => factor,
        },
        Body::Clause { heading, .. } => heading,
    };
    item.text.is_empty() && beside.is_empty()
}

/// What a section is called on the page.
pub fn name(section: &Section) -> &str {
    match section.heading.is_empty() {
        true => section.kind.label(),
        false => &section.heading,
    }
}

/// The first words of an item, enough to know it by.
pub fn opening(item: &Item) -> String {
    let text = match (&item.body, item.text.is_empty()) {
        (Body::Term { label } | Body::Detail { label }, true) => label,
        (Body::FactorLevel { factor, .. }, _) => factor,
        (Body::Clause { heading, .. }, _) if !heading.is_empty() => heading,
        (
            Body::Paragraph
            | Body::Group
            | Body::Duty(_)
            | Body::Category
            | Body::Criterion { .. }
            | Body::Term { .. }
            | Body::Demand { .. }
            | Body::Clause { .. }
            | Body::Detail { .. },
            _,
        ) => &item.text,
    };
    let text = super::inline::plain(text);
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.len() > 8 {
        true => super::text::isolated(&format!("{} …", words[..8].join(" "))).into_owned(),
        false => super::text::isolated(&words.join(" ")).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::GradeId;

    fn version(items: Vec<Item>) -> (Details, Content) {
        let details = Details { title: "Clerk".into(), grade_from: Some(GradeId(1)), ..Details::default() };
        let heading = "What you do".to_owned();
        let section = Section { id: SectionId(1), kind: SectionKind::Duties, heading, revision: 1, items };
        (details, Content { sections: vec![section] })
    }

    #[test]
    fn a_whole_version_has_no_problems_but_its_basis() {
        let (details, content) = version(vec![Item::new(ItemId(1), "Answer the telephone.", Body::duty())]);
        assert_eq!(before_submitting(&details, &content), []);
        assert_eq!(before_issuing(&details, &content, None).len(), 1);
    }

    #[test]
    fn every_problem_is_listed_at_once() {
        let guess = Item { sure: false, ..Item::new(ItemId(2), "File the post.", Body::duty()) };
        let (_, content) = version(vec![Item::new(ItemId(1), "", Body::duty()), guess]);
        let places: Vec<Place> =
            before_submitting(&Details::default(), &content).into_iter().map(|problem| problem.place).collect();
        let expected =
            [Place::Details("title"), Place::Details("grade_from"), Place::Item(ItemId(1)), Place::Item(ItemId(2))];
        assert_eq!(places, expected);
    }

    #[test]
    fn a_changed_grade_needs_its_reason() {
        let (mut details, content) = version(vec![Item::new(ItemId(1), "Answer.", Body::duty())]);
        details.grade_basis = Some(crate::domain::details::GradeBasis::Matched);
        let before = Details { grade_from: Some(GradeId(2)), ..details.clone() };
        assert_eq!(before_issuing(&details, &content, Some(&before)).len(), 1);
        details.grade_change_reason = "More duties.".into();
        assert_eq!(before_issuing(&details, &content, Some(&before)), []);
    }
}
