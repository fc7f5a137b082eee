//! What an advert offers beside its words: how the work can be arranged, who may apply, and which check comes with it.

use time::{Date, OffsetDateTime};

use super::Window;
use crate::domain::london::end_of_day;
use crate::domain::worded::worded;

worded! {
    Pattern {
        FullTime = "full_time", "Full time";
        PartTime = "part_time", "Part time";
        Shifts = "shifts", "Shifts";
    }
}

worded! {
    /// Asked up front, so that applicants need not ask for it.
    Flexible {
        JobShare = "job_share", "Job share";
        FlexibleHours = "flexible_hours", "Flexible start and finish";
        CompressedHours = "compressed_hours", "Compressed hours";
        TermTime = "term_time", "Term time only";
        Hybrid = "hybrid", "Some days at home";
        Home = "home", "All work at home";
    }
}

worded! {
    Audience {
        Public = "public", "Everybody";
        Internal = "internal", "Our own staff only";
    }
}

worded! {
    /// The levels of a criminal record check, by their names since 2012 (Disclosure and Barring Service).
    Dbs {
        NoCheck = "none", "No criminal record check";
        Basic = "basic", "Basic DBS check";
        Standard = "standard", "Standard DBS check";
        Enhanced = "enhanced", "Enhanced DBS check";
        EnhancedAdults = "enhanced_adults", "Enhanced DBS check with the adults' barred list";
        EnhancedChildren = "enhanced_children", "Enhanced DBS check with the children's barred list";
        EnhancedBoth = "enhanced_both", "Enhanced DBS check with both barred lists";
    }
}

/// The choices of an advert, apart from its words and days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    pub patterns: Vec<Pattern>,
    pub flexible: Vec<Flexible>,
    /// None until somebody chose: that there is no check is a choice too.
    pub dbs: Option<Dbs>,
    pub audience: Audience,
    /// Kept for staff whose own posts go until the end of this day.
    pub redeployment_until: Option<Date>,
    /// Said to applicants beforehand.
    pub may_close_early: bool,
    /// Questions come by a form on the page, so that the contact's e-mail address is shown to nobody.
    pub ask_by_form: bool,
}

impl Default for Offer {
    fn default() -> Self {
        Offer {
            patterns: Vec::new(),
            flexible: Vec::new(),
            dbs: None,
            audience: Audience::Public,
            redeployment_until: None,
            may_close_early: false,
            ask_by_form: false,
        }
    }
}

impl Offer {
    /// The instant from which everybody can read it; none for an internal advert.
    pub fn public_at(&self, (opens, _): Window) -> Option<OffsetDateTime> {
        match self.audience {
            Audience::Internal => None,
            Audience::Public => Some(self.redeployment_until.map_or(opens, |day| end_of_day(day).max(opens))),
        }
    }
}

impl Dbs {
    /// Whether the barred lists of adults and of children are looked at.
    pub fn lists(self) -> (bool, bool) {
        match self {
            Dbs::NoCheck | Dbs::Basic | Dbs::Standard | Dbs::Enhanced => (false, false),
            Dbs::EnhancedAdults => (true, false),
            Dbs::EnhancedChildren => (false, true),
            Dbs::EnhancedBoth => (true, true),
        }
    }

    /// What the check looks at, in a sentence for applicants.
    pub fn meaning(self) -> &'static str {
        match self {
            Dbs::NoCheck => "",
            Dbs::Basic => "It shows unspent convictions and conditional cautions.",
            Dbs::Standard => "It shows spent and unspent convictions and cautions that are not protected.",
            Dbs::Enhanced => {
                "It shows spent and unspent convictions and cautions that are not protected, and what the police \
                 think is relevant."
            }
            Dbs::EnhancedAdults | Dbs::EnhancedChildren | Dbs::EnhancedBoth => {
                "It shows spent and unspent convictions and cautions that are not protected, what the police think is \
                 relevant, and whether somebody is barred from this work."
            }
        }
    }
}

impl Pattern {
    /// Reads the patterns that words such as "Full time or part time, shifts over seven days" name.
    pub fn read(words: &str) -> Vec<Self> {
        let words = words.to_lowercase().replace('-', " ");
        let says = |signs: &[&str]| signs.iter().any(|sign| words.contains(sign));
        let signs = |pattern: &Pattern| match pattern {
            Pattern::FullTime => says(&["full time"]),
            Pattern::PartTime => says(&["part time"]),
            Pattern::Shifts => says(&["shift", "rota", "nights"]),
        };
        Self::ALL.iter().copied().filter(signs).collect()
    }
}

impl Flexible {
    /// Reads the options that words such as "Full time or job share, hybrid with duty days" name.
    pub fn read(words: &str) -> Vec<Self> {
        let words = words.to_lowercase().replace('-', " ");
        let says = |signs: &[&str]| signs.iter().any(|sign| words.contains(sign));
        let signs = |option: &Flexible| match option {
            Flexible::JobShare => says(&["job share"]),
            Flexible::FlexibleHours => says(&["flexible hours", "flexible start", "flexitime", "flexi time"]),
            Flexible::CompressedHours => says(&["compressed"]),
            Flexible::TermTime => says(&["term time"]),
            Flexible::Hybrid => says(&["hybrid", "some days at home", "part of the week at home"]),
            Flexible::Home => says(&["fully remote", "home based", "all work at home"]),
        };
        Self::ALL.iter().copied().filter(signs).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, datetime};

    #[test]
    fn a_redeployment_hold_ends_with_its_day_in_london() {
        let window = (datetime!(2026-03-20 0:00 UTC), datetime!(2026-04-20 0:00 UTC));
        let held = |day| Offer { redeployment_until: day, ..Offer::default() }.public_at(window);
        assert_eq!(held(None), Some(window.0));
        // Summer time begins on 29 March, so that day ends an hour early.
        assert_eq!(held(Some(date!(2026 - 03 - 29))), Some(datetime!(2026-03-29 23:00 UTC)));
        assert_eq!(held(Some(date!(2026 - 03 - 01))), Some(window.0), "a hold that was over before it opened");
        let internal = Offer { audience: Audience::Internal, ..Offer::default() };
        assert_eq!(internal.public_at(window), None);
    }

    #[test]
    fn arrangements_are_read_from_words() {
        let words = "Full time or job-share, hybrid with duty days";
        assert_eq!(Pattern::read(words), [Pattern::FullTime]);
        assert_eq!(Flexible::read(words), [Flexible::JobShare, Flexible::Hybrid]);
        assert_eq!(Pattern::read("Part time, early or late shift"), [Pattern::PartTime, Pattern::Shifts]);
        assert_eq!(Flexible::read("Monday to Friday"), []);
    }
}
