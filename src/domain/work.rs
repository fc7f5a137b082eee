//! What a duty says beside its words, for those who plan and evaluate the post: how often it is done, what share of the
//! time it takes, and with which systems. All of it is optional.

use serde::{Deserialize, Serialize};

use super::content::{Body, Item, Section};
use super::worded::worded;

worded! {
    Frequency {
        Daily = "daily", "Daily";
        Weekly = "weekly", "Weekly";
        Monthly = "monthly", "Monthly";
        Termly = "termly", "Termly";
        Yearly = "yearly", "Yearly";
        AsNeeded = "as_needed", "As needed";
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Work {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frequency: Option<Frequency>,
    /// Of the post holder's time, in per cent: 1 to 100.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<u8>,
    /// One line, as typed: `Civica Pay, Excel`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub systems: String,
}

const BETWEEN: &str = " · ";
const SHARE: &str = "% of the time";
const SYSTEMS: &str = "Uses: ";

impl Work {
    pub fn is_empty(&self) -> bool {
        *self == Work::default()
    }

    pub fn share_in_words(&self) -> String {
        self.share.map(|share| format!("{share}{SHARE}")).unwrap_or_default()
    }

    /// `Weekly · 10% of the time · Uses: Civica Pay`; nothing where nothing is said.
    pub fn in_words(&self) -> String {
        let frequency = self.frequency.map(|frequency| frequency.label().to_owned());
        let systems = (!self.systems.is_empty()).then(|| format!("{SYSTEMS}{}", self.systems));
        let share = Some(self.share_in_words()).filter(|share| !share.is_empty());
        [frequency, share, systems].into_iter().flatten().collect::<Vec<_>>().join(BETWEEN)
    }

    /// Reads what [`Work::in_words`] wrote; none for any other words.
    pub fn read(words: &str) -> Option<Work> {
        let mut work = Work::default();
        let mut rest = words.trim();
        while !rest.is_empty() {
            if let Some(systems) = rest.strip_prefix(SYSTEMS) {
                systems.trim().clone_into(&mut work.systems);
                break;
            }
            let (part, after) = rest.split_once(BETWEEN).unwrap_or((rest, ""));
            let frequency = Frequency::ALL.iter().copied().find(|one| one.label().eq_ignore_ascii_case(part));
            let share = part.strip_suffix(SHARE).and_then(share);
            match (frequency, share) {
                (Some(_), _) => work.frequency = frequency,
                (None, Some(_)) => work.share = share,
                (None, None) => return None,
            }
            rest = after;
        }
        (!work.is_empty()).then_some(work)
    }
}

/// A share as people type it: `10`, `10%`. None for anything but 1 to 100.
pub fn share(typed: &str) -> Option<u8> {
    typed.trim().trim_end_matches('%').trim_end().parse().ok().filter(|share| (1..=100).contains(share))
}

/// How much of the time the duties of a section account for, in per cent; none where no duty has a share. A duty's own
/// share holds for everything below it.
pub fn accounted_for(section: &Section) -> Option<u32> {
    let shares: Vec<u32> = section.items.iter().filter_map(of_item).collect();
    (!shares.is_empty()).then(|| shares.iter().sum())
}

fn of_item(item: &Item) -> Option<u32> {
    let own = match &item.body {
        Body::Duty(work) => work.share,
        Body::Paragraph
        | Body::Group
        | Body::Category
        | Body::Criterion { .. }
        | Body::Term { .. }
        | Body::Demand { .. }
        | Body::FactorLevel { .. }
        | Body::Clause { .. }
        | Body::Detail { .. } => None,
    };
    own.map(u32::from).or_else(|| {
        let below: Vec<u32> = item.children.iter().filter_map(of_item).collect();
        (!below.is_empty()).then(|| below.iter().sum())
    })
}

/// `95% of the time is accounted for`.
pub fn in_words(accounted: u32) -> String {
    match accounted {
        0..=100 => format!("{accounted}{SHARE} is accounted for"),
        _ => format!("The shares come to {accounted}{SHARE}: more than there is"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::content::SectionKind;
    use crate::domain::ids::{ItemId, SectionId};

    fn duty(id: i64, share: Option<u8>, children: Vec<Item>) -> Item {
        let body = Body::Duty(Work { share, ..Work::default() });
        Item { children, ..Item::new(ItemId(id), "Orders paper", body) }
    }

    #[test]
    fn a_share_stands_for_what_is_below() {
        let items = vec![
            duty(1, Some(40), vec![duty(2, Some(30), Vec::new())]),
            duty(3, None, vec![duty(4, Some(20), Vec::new()), duty(5, Some(35), Vec::new())]),
            duty(6, None, Vec::new()),
        ];
        let heading = String::new();
        let section = Section { id: SectionId(9), kind: SectionKind::Duties, heading, revision: 1, items };
        assert_eq!(accounted_for(&section), Some(95));
        assert_eq!(in_words(95), "95% of the time is accounted for");
        assert_eq!(in_words(110), "The shares come to 110% of the time: more than there is");
        assert_eq!(accounted_for(&Section { items: vec![duty(1, None, Vec::new())], ..section }), None);
    }

    #[test]
    fn shares_are_whole_per_cents() {
        let read = ["10", " 10 % ", "100%", "0", "101", "-1", "ten", "", "2.5"].map(share);
        assert_eq!(read, [Some(10), Some(10), Some(100), None, None, None, None, None, None]);
    }

    #[test]
    fn a_duty_that_says_nothing_is_written_as_before() {
        assert_eq!(serde_json::to_string(&Body::duty()).unwrap(), r#"{"kind":"duty"}"#);
        assert_eq!(serde_json::from_str::<Body>(r#"{"kind":"duty"}"#).unwrap(), Body::duty());
    }

    proptest! {
        #[test]
        fn the_words_are_read_back(
            frequency in proptest::option::of(proptest::sample::select(Frequency::ALL)),
            share in proptest::option::of(1_u8..=100),
            systems in "([A-Za-z·%:][A-Za-z·%: ]{0,20}[A-Za-z·%:])?",
        ) {
            let work = Work { frequency, share, systems };
            let read = Work::read(&work.in_words()).unwrap_or_default();
            prop_assert_eq!(read, work);
        }
    }
}
