//! Templates: which sections an employer's job profiles have, in what order, and what holds of each.
//!
//! Pure. `arrange` gives a content its places in a layout and loses nothing of it; `edit` changes a layout; `problems`
//! says what a draft lacks; `effects` what another layout would do to it.

mod always;
mod arrange;
mod checks;
mod edit;
mod effects;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::content::SectionKind;
use super::ids::{SectionId, TemplateId};
use super::worded::worded;

pub use always::{ALWAYS, Always};
pub use arrange::{Arranged, arrange};
pub use checks::{advice, problems};
pub use edit::{Refusal, SectionEntry, moved, removed};
pub use effects::{Effects, effects};

worded! {
    /// Whether a section has to be written.
    Need {
        Required = "required", "Required";
        Optional = "optional", "Optional: left out where it is empty";
        Locked = "locked", "Fixed text that authors can’t change";
    }
}

worded! {
    /// How the lines of a section are marked.
    Numbering {
        Numbers = "numbers", "Numbers";
        Bullets = "bullets", "Bullets, no numbers";
    }
}

worded! {
    /// What is looked for in a section before it can be sent for review.
    SectionCheck {
        Assessed = "assessed", "Each criterion says how it is assessed";
        Essential = "essential", "At least one criterion is essential";
        FewDuties = "few_duties", "No more than 20 duties";
        ShortLines = "short_lines", "No line is longer than 60 words";
        Shares = "shares", "The shares of time add up to 100 per cent";
        Answered = "answered", "Each demand says yes or no";
    }
}

worded! {
    /// What comes of a check.
    Strength {
        Off = "off", "Not checked";
        Told = "told", "Pointed out, stops nothing";
        Blocks = "blocks", "Has to be put right first";
    }
}

worded! {
    /// The shape in which its documents leave: tables and labels that readers of one kind of employer know.
    Style {
        Own = "own", "Plain";
        NhsDescription = "nhs-description", "NHS job description";
        NhsAdvert = "nhs-advert", "NHS advert";
        CouncilAssessed = "council-assessed", "Council job profile with codes for assessment";
        CouncilFactors = "council-factors", "Council job profile with factor levels";
        CouncilPost = "council-post", "Council post specification with ticks";
    }
}

/// The most sections of a template: the longest real ones have some twenty.
pub const MOST_SECTIONS: usize = 40;
/// The most templates of an employer.
pub const MOST_TEMPLATES: usize = 60;
/// The longest review cycle, in months.
pub const LONGEST_CYCLE: u16 = 120;

/// Everything that an edition of a template says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layout {
    pub style: Style,
    /// After how many months a profile is looked at again; none: the template says nothing.
    #[serde(default)]
    pub review_months: Option<u16>,
    pub sections: Vec<TemplateSection>,
}

/// A place for a section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TemplateSection {
    /// Stays the same from edition to edition, and among the ready templates for what means the same.
    pub slot: String,
    pub kind: SectionKind,
    pub heading: String,
    /// Other headings that mean the same, for what comes from Word or another template.
    #[serde(default)]
    pub also: Vec<String>,
    pub need: Need,
    /// The words of a locked section.
    #[serde(default)]
    pub fixed: String,
    #[serde(default)]
    pub guidance: String,
    /// Where the guidance comes from.
    #[serde(default)]
    pub source: String,
    #[serde(default = "numbers")]
    pub numbering: Numbering,
    /// Applicants read it: in the advert, on its page and in the pack.
    pub applicants: bool,
    /// What has to hold before it is sent for review.
    #[serde(default)]
    pub checks: Vec<SectionCheck>,
    /// What is pointed out, and stops nothing.
    #[serde(default)]
    pub told: Vec<SectionCheck>,
}

fn numbers() -> Numbering {
    Numbering::Numbers
}

/// Where a section of a version stands in its template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// What it fills, or filled; empty where it never had a place.
    pub slot: String,
    /// There is no such place any more: it waits for its author.
    pub kept: bool,
}

pub type Places = BTreeMap<SectionId, Place>;

/// The template of a version, with the place of each of its sections. A section without one is its author's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fitted {
    pub template: TemplateId,
    pub name: String,
    pub edition: i32,
    /// The edition that binds now.
    pub latest: i32,
    pub layout: Layout,
    pub places: Places,
}

impl Layout {
    pub fn section(&self, slot: &str) -> Option<&TemplateSection> {
        self.sections.iter().find(|section| section.slot == slot)
    }
}

impl TemplateSection {
    pub fn is_locked(&self) -> bool {
        self.need == Need::Locked
    }

    /// A section of that heading and kind says what belongs here.
    fn is_called(&self, kind: SectionKind, heading: &str) -> bool {
        let heading = folded(if heading.is_empty() { kind.label() } else { heading });
        self.kind == kind
            && !heading.is_empty()
            && std::iter::once(&self.heading).chain(&self.also).any(|name| folded(name) == heading)
    }

    pub fn strength(&self, check: SectionCheck) -> Strength {
        match (self.checks.contains(&check), self.told.contains(&check)) {
            (true, _) => Strength::Blocks,
            (false, true) => Strength::Told,
            (false, false) => Strength::Off,
        }
    }

    /// A longer heading of text that holds one of its names: "How the post is managed here", or "Our house values". One
    /// word says enough only where a heading ends with it.
    fn is_named_in(&self, kind: SectionKind, heading: &str) -> bool {
        if self.kind != kind || kind != SectionKind::Prose {
            return false;
        }
        let heading = format!(" {} ", folded(heading));
        std::iter::once(&self.heading).chain(&self.also).map(|name| folded(name)).any(|name| {
            let (is_one_word, name) = (!name.contains(' '), format!(" {name} "));
            if is_one_word { heading.ends_with(&name) && name.trim() != "" } else { heading.contains(&name) }
        })
    }

    /// The checks that mean something for its kind.
    pub fn checks_for(kind: SectionKind) -> &'static [SectionCheck] {
        match kind {
            SectionKind::Criteria => &[SectionCheck::Assessed, SectionCheck::Essential, SectionCheck::ShortLines],
            SectionKind::Duties => &[SectionCheck::FewDuties, SectionCheck::ShortLines, SectionCheck::Shares],
            SectionKind::Demands => &[SectionCheck::Answered],
            SectionKind::Prose | SectionKind::OrganisationChart => &[SectionCheck::ShortLines],
            SectionKind::Details | SectionKind::Terms | SectionKind::Factors | SectionKind::Clauses => &[],
        }
    }

    /// Whether applicants read a section of that kind where no template says.
    pub fn usually_for_applicants(kind: SectionKind) -> bool {
        match kind {
            SectionKind::Details | SectionKind::Factors | SectionKind::Demands | SectionKind::OrganisationChart => {
                false
            }
            SectionKind::Prose
            | SectionKind::Duties
            | SectionKind::Criteria
            | SectionKind::Terms
            | SectionKind::Clauses => true,
        }
    }
}

/// Letters and digits alone, in small letters, without "the" and "and", which others write as a sign: "Job Purpose:" is
/// "job purpose", and "Terms & conditions" is "terms conditions".
fn folded(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).filter(|word| word != "and" && word != "the").collect::<Vec<_>>().join(" ")
}

impl Fitted {
    /// What the template says of a section; nothing of its author's own and of kept ones.
    pub fn of(&self, section: SectionId) -> Option<&TemplateSection> {
        let place = self.places.get(&section).filter(|place| !place.kept)?;
        self.layout.section(&place.slot)
    }

    pub fn is_kept(&self, section: SectionId) -> bool {
        self.places.get(&section).is_some_and(|place| place.kept)
    }

    /// A newer edition binds than the one that the version was made on.
    pub fn is_behind(&self) -> bool {
        self.edition < self.latest
    }

    /// How a document of the version looks.
    pub fn printing(&self) -> Printing {
        let of = |(id, place): (&SectionId, &Place)| {
            let printed = match self.layout.section(&place.slot).filter(|_| !place.kept) {
                Some(section) => Printed {
                    applicants: section.applicants,
                    bullets: section.numbering == Numbering::Bullets,
                    optional: section.need == Need::Optional,
                },
                // What waits for a place is nothing that applicants were meant to read.
                None => Printed { applicants: false, bullets: false, optional: false },
            };
            (*id, printed)
        };
        Printing { style: Some(self.layout.style), sections: self.places.iter().map(of).collect() }
    }
}

/// How a document of a version looks where its template says; empty where there is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Printing {
    pub style: Option<Style>,
    sections: BTreeMap<SectionId, Printed>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Printed {
    applicants: bool,
    bullets: bool,
    optional: bool,
}

static NOTHING_SAID: Printing = Printing { style: None, sections: BTreeMap::new() };

impl Printing {
    /// Of a version without a template.
    pub fn none() -> &'static Printing {
        &NOTHING_SAID
    }

    /// Whether applicants read it; none where the template does not say.
    pub fn for_applicants(&self, section: SectionId) -> Option<bool> {
        self.sections.get(&section).map(|printed| printed.applicants)
    }

    pub fn is_bulleted(&self, section: SectionId) -> bool {
        self.sections.get(&section).is_some_and(|printed| printed.bullets)
    }

    /// It is left out where it is empty.
    pub fn is_optional(&self, section: SectionId) -> bool {
        self.sections.get(&section).is_some_and(|printed| printed.optional)
    }

    /// The heading is the template's, which nobody puts another in the place of.
    pub fn names(&self, section: SectionId) -> bool {
        self.sections.contains_key(&section)
    }
}

#[cfg(test)]
mod tests;
