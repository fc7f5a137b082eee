//! Which of the known layouts a document has: by what was found in it, and by the words of its source.

use super::ledger::words;
use crate::documents::extract::result::{Details, Layout, Section};

/// Judges the layout. `text` is the whole source.
pub fn judge(details: &Details, sections: &[Section], text: &str, grid: bool) -> Layout {
    let plain = format!(" {} ", words(text).join(" "));
    let has = |phrase: &str| plain.contains(&format!(" {phrase} "));
    let band = details.grade.as_deref().is_some_and(|grade| grade.to_lowercase().starts_with("band "));
    let own = details.employer.as_deref().is_some_and(|name| words(name).iter().any(|word| word == "nhs"));
    let nhs = has("nhs") || has("agenda for change") || band;
    let advert = details.closing_date.is_some()
        || details.date_posted.is_some()
        || has("main duties of the job")
        || has("job responsibilities") && has("job summary");
    let council =
        has("council") || has("councils") || has("borough") || has("local authority") || details.directorate.is_some();
    let content = sections.iter().any(|section| matches!(section, Section::Duties { .. } | Section::Criteria { .. }));
    let nhs_first = nhs && (band || !council || own);
    match (nhs_first, advert, council) {
        (true, true, _) => Layout::NhsJobAdvert,
        (true, false, _) if content => Layout::NhsJobDescription,
        (false, _, true) if grid && content && (has("post title") || has("post specification")) => {
            Layout::CouncilPostSpecification
        }
        (false, _, true) if content => Layout::CouncilJobProfile,
        (_, _, _) => Layout::Other,
    }
}
