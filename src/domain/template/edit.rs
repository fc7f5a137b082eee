//! Changing a layout: what may be typed of a section, and moving and removing it.

use super::{Layout, MOST_SECTIONS, Need, Numbering, SectionCheck, Strength, TemplateSection, folded};
use crate::domain::content::SectionKind;
use crate::domain::text::{LONGEST_LINE, LONGEST_TEXT};

/// What was typed of a section.
#[derive(Debug, Clone)]
pub struct SectionEntry {
    /// None where none was chosen; never changed once the section is there.
    pub kind: Option<SectionKind>,
    pub heading: String,
    pub also: Vec<String>,
    pub need: Option<Need>,
    pub fixed: String,
    pub guidance: String,
    pub source: String,
    pub numbering: Numbering,
    pub applicants: bool,
    pub checks: Vec<(SectionCheck, Strength)>,
}

/// A field and what is wrong with it.
pub type FieldProblem = (&'static str, String);

/// Why a layout stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("That section is gone: somebody removed it in the meantime")]
    Gone,
    #[error("A template keeps at least one section")]
    LastOne,
}

/// Other headings of one section.
const MOST_ALSO: usize = 20;

impl SectionEntry {
    /// The section that this makes at `slot`, or everything that is wrong with it. `before` is what stands there.
    ///
    /// # Errors
    /// The problems, in the order of the form.
    pub fn section(
        self,
        slot: &str,
        layout: &Layout,
        before: Option<&TemplateSection>,
    ) -> Result<TemplateSection, Vec<FieldProblem>> {
        let problems = self.problems(slot, layout, before.is_none());
        let (Some(kind), Some(need), true) = (before.map(|was| was.kind).or(self.kind), self.need, problems.is_empty())
        else {
            return Err(problems);
        };
        let takes = TemplateSection::checks_for(kind);
        let of = |strength: Strength| {
            let chosen = self.checks.iter().filter(|(check, chosen)| *chosen == strength && takes.contains(check));
            chosen.map(|(check, _)| *check).collect()
        };
        Ok(TemplateSection {
            slot: slot.to_owned(),
            kind,
            heading: self.heading,
            also: self.also,
            need,
            fixed: if need == Need::Locked { self.fixed } else { String::new() },
            guidance: self.guidance,
            source: self.source,
            numbering: self.numbering,
            applicants: self.applicants,
            checks: of(Strength::Blocks),
            told: of(Strength::Told),
        })
    }

    fn problems(&self, slot: &str, layout: &Layout, is_new: bool) -> Vec<FieldProblem> {
        let mut problems: Vec<FieldProblem> = Vec::new();
        let mut say = |field, text: String| problems.push((field, text));
        if self.heading.is_empty() {
            say("heading", "Give the section a heading".to_owned());
        }
        let names = |one: &&TemplateSection| one.slot != slot && folded(&one.heading) == folded(&self.heading);
        if let Some(other) = layout.sections.iter().find(names) {
            say("heading", format!("There is a section called “{}” already: choose another heading", other.heading));
        }
        let kind = layout.section(slot).map(|was| was.kind).or(self.kind);
        if kind.is_none() {
            say("kind", "Choose what the section holds".to_owned());
        }
        match (self.need, kind) {
            (None, _) => say("need", "Say whether it has to be written".to_owned()),
            (Some(Need::Locked), Some(kind)) if kind != SectionKind::Prose => {
                say("need", "Only a section of text can have fixed text".to_owned());
            }
            (Some(Need::Locked), _) if self.fixed.is_empty() => {
                say("fixed", "Write the text that authors can’t change".to_owned());
            }
            (Some(Need::Locked | Need::Required | Need::Optional), _) => {}
        }
        if self.guidance.is_empty() && !self.source.is_empty() {
            say(
                "source",
                "A source without guidance says nothing: write the guidance, or leave the source out".to_owned(),
            );
        }
        if self.also.len() > MOST_ALSO {
            say("also", format!("Write {MOST_ALSO} other headings at the most; these are {}", self.also.len()));
        }
        if is_new && layout.sections.len() >= MOST_SECTIONS {
            say("heading", format!("A template has {MOST_SECTIONS} sections at the most: remove one first"));
        }
        let long = [("heading", &self.heading, LONGEST_LINE), ("source", &self.source, LONGEST_LINE)];
        let texts = [("fixed", &self.fixed, LONGEST_TEXT), ("guidance", &self.guidance, LONGEST_TEXT)];
        for (field, text, most) in long.into_iter().chain(texts) {
            let length = text.chars().count();
            if length > most {
                say(field, format!("This is {length} characters long: write {most} at the most"));
            }
        }
        if self.also.iter().any(|name| name.chars().count() > LONGEST_LINE) {
            say("also", format!("Each other heading has {LONGEST_LINE} characters at the most"));
        }
        problems
    }
}

/// The section one place up or down; at the end of the list nothing happens.
pub fn moved(layout: &Layout, slot: &str, up: bool) -> Result<Layout, Refusal> {
    let mut layout = layout.clone();
    let at = layout.sections.iter().position(|section| section.slot == slot).ok_or(Refusal::Gone)?;
    let to = if up { at.checked_sub(1) } else { Some(at + 1).filter(|to| *to < layout.sections.len()) };
    if let Some(to) = to {
        layout.sections.swap(at, to);
    }
    Ok(layout)
}

/// Without the section.
pub fn removed(layout: &Layout, slot: &str) -> Result<Layout, Refusal> {
    let mut layout = layout.clone();
    let at = layout.sections.iter().position(|section| section.slot == slot).ok_or(Refusal::Gone)?;
    if layout.sections.len() == 1 {
        return Err(Refusal::LastOne);
    }
    layout.sections.remove(at);
    Ok(layout)
}
