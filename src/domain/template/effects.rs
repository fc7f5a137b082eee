//! What another layout would do to a draft, in words for whoever decides on it.

use super::{Arranged, Fitted, Layout, Need};
use crate::domain::checks::name;
use crate::domain::content::{Content, Section};

/// What changes for one profile.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Effects {
    /// Sections that stand elsewhere among those that stay.
    pub moved: Vec<String>,
    /// Heading before and after.
    pub renamed: Vec<(String, String)>,
    /// Written, and without a place.
    pub loses_place: Vec<String>,
    /// Required, and empty.
    pub missing: Vec<String>,
    /// New places that come empty or with fixed text.
    pub added: Vec<String>,
}

impl Effects {
    pub fn is_nothing(&self) -> bool {
        *self == Effects::default()
    }
}

/// What `after` does to `before`. `now` is the template that it has, if it has one.
pub fn effects(before: &Content, now: Option<&Fitted>, after: &Arranged, layout: &Layout) -> Effects {
    let stays: Vec<&Section> =
        after.content.sections.iter().filter(|section| before.section(section.id).is_some()).collect();
    let then: Vec<&Section> =
        before.sections.iter().filter(|section| after.content.section(section.id).is_some()).collect();
    let was = |section: &Section| before.section(section.id).map_or_else(String::new, |was| name(was).to_owned());
    let required = |slot: &str| layout.section(slot).is_some_and(|place| place.need == Need::Required);
    let slot_of = |section: &Section| after.places.get(&section.id).map(|place| place.slot.as_str());
    let kept = |section: &Section| after.places.get(&section.id).is_some_and(|place| place.kept);
    let kept_before = |section: &Section| now.is_some_and(|now| now.is_kept(section.id));
    let named = |sections: Vec<&Section>| sections.into_iter().map(|section| name(section).to_owned()).collect();
    Effects {
        moved: named(out_of_order(&then, &stays).into_iter().filter(|section| !kept(section)).collect()),
        renamed: stays
            .iter()
            .filter(|section| was(section) != name(section))
            .map(|section| (was(section), name(section).to_owned()))
            .collect(),
        loses_place: named(
            after.content.sections.iter().filter(|section| kept(section) && !kept_before(section)).collect(),
        ),
        missing: named(
            after
                .content
                .sections
                .iter()
                .filter(|section| section.items.is_empty() && slot_of(section).is_some_and(required))
                .collect(),
        ),
        added: named(after.content.sections.iter().filter(|section| before.section(section.id).is_none()).collect()),
    }
}

/// Those that have to be moved to come from the one order to the other: all but the longest run that keeps its order.
fn out_of_order<'a>(before: &[&Section], after: &[&'a Section]) -> Vec<&'a Section> {
    let places: Vec<usize> =
        after.iter().map(|section| before.iter().position(|was| was.id == section.id).unwrap_or(usize::MAX)).collect();
    // Forty sections at the most: the plain way is quick enough.
    let mut longest: Vec<Vec<usize>> = Vec::new();
    for at in 0..places.len() {
        let best = (0..at).filter(|one| places[*one] < places[at]).max_by_key(|one| longest[*one].len());
        let mut run = best.map_or_else(Vec::new, |one| longest[one].clone());
        run.push(at);
        longest.push(run);
    }
    let stay = longest.into_iter().max_by_key(Vec::len).unwrap_or_default();
    after.iter().enumerate().filter(|(at, _)| !stay.contains(at)).map(|(_, section)| *section).collect()
}
