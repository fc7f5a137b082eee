//! A suggestion as pages show it: its words marked against what stands there now, and whether it still fits.

use super::place::Spot;
use crate::clock::london_moment;
use crate::db::{Remarks, Suggestion};
use crate::domain::checks;
use crate::domain::content::{Content, Item};
use crate::domain::diff::{self, Fact, Stretch};
use crate::domain::ids::{ItemId, MembershipId, SectionId, SuggestionId};
use crate::domain::suggestion::{Fit, Proposal, SuggestionState, Taken, fit};

pub struct Proposed {
    pub id: SuggestionId,
    pub spot: Spot,
    pub section: Option<SectionId>,
    pub earlier: Option<i32>,
    pub maker: String,
    pub by: MembershipId,
    pub when: String,
    /// `suggests new words`
    pub verb: &'static str,
    pub reason: String,
    /// Against what stands there now; where it no longer fits or was decided, against what it was made of.
    pub words: Vec<Stretch>,
    pub facts: Vec<Fact>,
    pub state: SuggestionState,
    pub decider: Option<String>,
    pub decided_reason: String,
    pub standing: Standing,
    pub mine: bool,
}

/// How an open suggestion stands to the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Fits,
    Woven,
    Already,
    NoLonger(&'static str),
}

impl Standing {
    fn of(fit: &Fit) -> Standing {
        match fit {
            Fit::AsItStands(_) => Standing::Fits,
            Fit::Woven(_) => Standing::Woven,
            Fit::Already => Standing::Already,
            Fit::NoLonger(obstacle) => Standing::NoLonger(obstacle.said()),
        }
    }

    /// What the page says of it; nothing where all is as it was.
    pub fn said(self) -> &'static str {
        match self {
            Standing::Fits => "",
            Standing::Woven => "The text was changed since. The suggestion still fits, together with that change.",
            Standing::Already => "The text says this already.",
            Standing::NoLonger(why) => why,
        }
    }
}

impl Proposed {
    pub fn is_open(&self) -> bool {
        self.state == SuggestionState::Open
    }

    pub fn can_accept(&self) -> bool {
        self.is_open()
            && match self.standing {
                Standing::Fits | Standing::Woven | Standing::Already => true,
                Standing::NoLonger(_) => false,
            }
    }

    /// What a button is about, for ears.
    pub fn about(&self) -> String {
        format!("the suggestion of {}", self.maker)
    }
}

/// Every suggestion, oldest first, as somebody sees them on the version of that number.
pub fn proposed(remarks: &Remarks, content: &Content, number: i32, me: MembershipId) -> Vec<Proposed> {
    remarks.suggestions.iter().map(|suggestion| one(suggestion, content, number, me)).collect()
}

pub fn one(suggestion: &Suggestion, content: &Content, number: i32, me: MembershipId) -> Proposed {
    let fit = fit(&suggestion.proposal, content);
    let (verb, words, facts) = marked(suggestion, &fit, content);
    Proposed {
        id: suggestion.id,
        spot: Spot::shown(Some(suggestion.section), suggestion.item(), content),
        section: content.section(suggestion.section).map(|section| section.id),
        earlier: (suggestion.made_on != number).then_some(suggestion.made_on),
        maker: suggestion.maker.clone(),
        by: suggestion.by,
        when: london_moment(suggestion.at),
        verb,
        reason: suggestion.reason.clone(),
        words,
        facts,
        state: suggestion.state,
        decider: suggestion.decider.clone(),
        decided_reason: suggestion.decided_reason.clone(),
        standing: Standing::of(&fit),
        mine: suggestion.by == me,
    }
}

fn marked(suggestion: &Suggestion, fit: &Fit, content: &Content) -> (&'static str, Vec<Stretch>, Vec<Fact>) {
    match &suggestion.proposal {
        Proposal::Reword { before, after } => {
            let now = content.item(before.id).map(|(_, item)| item);
            let (old, new) = match (fit, now) {
                (Fit::AsItStands(Taken::Reword(taken)) | Fit::Woven(Taken::Reword(taken)), Some(now))
                    if suggestion.is_open() =>
                {
                    (now, taken)
                }
                (Fit::AsItStands(_) | Fit::Woven(_) | Fit::Already | Fit::NoLonger(_), _) => (before, after),
            };
            ("suggests new words", diff::marked(&old.text, &new.text), changed_facts(old, new))
        }
        Proposal::Add { item, .. } => ("suggests a new line", diff::marked("", &item.text), whole(item, true)),
        Proposal::Remove { before } => ("suggests deleting this", removed(before), whole(before, false)),
    }
}

/// The line with everything below it, struck through.
fn removed(item: &Item) -> Vec<Stretch> {
    let texts: Vec<String> = item.walk().iter().map(|item| item.text.clone()).collect();
    diff::marked(&texts.join("\n"), "")
}

/// The facts that differ, and the printed number.
pub fn changed_facts(old: &Item, new: &Item) -> Vec<Fact> {
    let (then, now) = (numbered(old), numbered(new));
    let labels = then.iter().chain(&now).map(|(label, _)| *label);
    let mut facts: Vec<Fact> = Vec::new();
    for label in labels {
        let value = |side: &[(&'static str, String)]| {
            side.iter().find(|(name, _)| *name == label).map(|(_, value)| value.clone()).unwrap_or_default()
        };
        let words = diff::words(&value(&then), &value(&now));
        let fact = Fact { label, words };
        if fact.changed() && !facts.iter().any(|known| known.label == label) {
            facts.push(fact);
        }
    }
    facts
}

fn numbered(item: &Item) -> Vec<(&'static str, String)> {
    let number = item.number.clone().map(|number| ("Number", number));
    number.into_iter().chain(diff::labelled(&item.body)).collect()
}

fn whole(item: &Item, added: bool) -> Vec<Fact> {
    let facts = numbered(item).into_iter();
    facts
        .map(|(label, value)| {
            let words = if added { diff::words("", &value) } else { diff::words(&value, "") };
            Fact { label, words }
        })
        .collect()
}

/// What a suggestion is about in a message: `new words for “Orders paper”`.
pub fn in_words(proposal: &Proposal, content: &Content) -> String {
    let opening = |id: ItemId| content.item(id).map(|(_, item)| checks::opening(item)).unwrap_or_default();
    match proposal {
        Proposal::Reword { before, .. } => format!("new words for “{}”", opening(before.id)),
        Proposal::Remove { before } => format!("deleting “{}”", opening(before.id)),
        Proposal::Add { place, item } => {
            let section = content.section(place.section).map_or("", checks::name);
            format!("a new {} in “{section}”", item.kind().label().to_lowercase())
        }
    }
}
