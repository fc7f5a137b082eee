//! What a draft lacks by its template.

use super::{Fitted, Need, SectionCheck, TemplateSection};
use crate::domain::checks::{self, Place, Problem};
use crate::domain::content::{Body, Content, Importance, Item, Section};
use crate::domain::inline::plain;
use crate::domain::work;

/// More duties than this are hard to read and to evaluate.
const MOST_DUTIES: usize = 20;
/// A line that is longer than this is hard to follow.
const MOST_WORDS: usize = 60;

/// The problems of a version, with what its template asks: an empty section stands in the way only where it is required,
/// and what has no place waits for one. Without a template they stay as they are.
pub fn problems(found: Vec<Problem>, content: &Content, template: Option<&Fitted>) -> Vec<Problem> {
    let Some(template) = template else { return found };
    let empty = |problem: &Problem| match problem.place {
        Place::Section(id) => content.section(id).is_some_and(|section| section.items.is_empty()),
        Place::Details(_) | Place::GradeBasis | Place::Item(_) | Place::Version => false,
    };
    let of = |problem: &Problem| match problem.place {
        Place::Section(id) => template.of(id),
        Place::Details(_) | Place::GradeBasis | Place::Item(_) | Place::Version => None,
    };
    let mut problems: Vec<Problem> =
        found.into_iter().filter(|problem| !(empty(problem) && of(problem).is_some())).collect();
    problems.extend(content.sections.iter().flat_map(|section| of_section(section, template)));
    problems
}

/// What its template points out, which keeps it from nothing.
pub fn advice(content: &Content, template: Option<&Fitted>) -> Vec<Problem> {
    let Some(template) = template else { return Vec::new() };
    let places = content.sections.iter().filter_map(|section| Some((section, template.of(section.id)?)));
    let written = places.filter(|(section, _)| !section.items.is_empty());
    written.flat_map(|(section, place)| place.told.iter().flat_map(|check| one(*check, section, place))).collect()
}

fn of_section(section: &Section, template: &Fitted) -> Vec<Problem> {
    let (name, here) = (checks::name(section), Place::Section(section.id));
    let problem = |text: String| Problem { place: here, text };
    if template.is_kept(section.id) {
        return vec![problem(format!("“{name}” has no place in the template: place it or delete it"))];
    }
    let Some(place) = template.of(section.id) else { return Vec::new() };
    if section.items.is_empty() {
        return match place.need {
            Need::Required => vec![problem(format!("“{name}” is empty, and the template requires it: write it"))],
            Need::Optional | Need::Locked => Vec::new(),
        };
    }
    place.checks.iter().flat_map(|check| one(*check, section, place)).collect()
}

fn one(check: SectionCheck, section: &Section, place: &TemplateSection) -> Vec<Problem> {
    let name = checks::name(section);
    let all = |text: String| vec![Problem { place: Place::Section(section.id), text }];
    let items = section.all_items();
    let each = |wrong: &dyn Fn(&Item) -> bool, text: &dyn Fn(String) -> String| {
        let found = items.iter().filter(|item| wrong(item));
        found.map(|item| Problem { place: Place::Item(item.id), text: text(checks::opening(item)) }).collect()
    };
    match check {
        SectionCheck::Assessed => {
            each(&|item| matches!(&item.body, Body::Criterion { assessment, .. } if assessment.is_empty()), &|line| {
                format!("Say how “{line}” is assessed")
            })
        }
        SectionCheck::Essential => match items.iter().any(|item| is_essential(item)) {
            true => Vec::new(),
            false => all(format!("“{name}” names nothing essential: say what the job can’t be done without")),
        },
        SectionCheck::FewDuties => {
            let duties = items.iter().filter(|item| matches!(item.body, Body::Duty(_))).count();
            match duties > MOST_DUTIES {
                true => all(format!("“{name}” has {duties} duties: bring them down to {MOST_DUTIES}")),
                false => Vec::new(),
            }
        }
        SectionCheck::ShortLines => each(&|item| plain(&item.text).split_whitespace().count() > MOST_WORDS, &|line| {
            format!("“{line}” is longer than {MOST_WORDS} words: say it in fewer, or in two lines")
        }),
        SectionCheck::Shares => match work::accounted_for(section) {
            Some(100) => Vec::new(),
            Some(share) => all(format!("The shares of time in “{name}” add up to {share} per cent: make it 100")),
            None => all(format!("“{name}” says of no duty what share of the time it takes")),
        },
        SectionCheck::Answered => each(&|item| matches!(&item.body, Body::Demand { present: None, .. }), &|line| {
            format!("Say in “{}” whether “{line}” is part of the job", place.heading)
        }),
    }
}

fn is_essential(item: &Item) -> bool {
    matches!(&item.body, Body::Criterion { importance: Importance::Essential, .. })
}
