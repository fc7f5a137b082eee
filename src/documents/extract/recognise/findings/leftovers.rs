//! What writing has left behind: merge codes, notes to the editor, gaps to fill in.

use crate::documents::extract::recognise::desk::Desk;
use regex::Regex;
use std::sync::LazyLock;

static MERGE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\b([A-Za-z]*)MERGE(?:FIELD)?_?\d*([A-Za-z]*)\b|«[^»]{1,60}»|<<[^>]{1,60}>>|\{\{[^}]{1,60}\}\}").ok()
});
static NOTE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)[–-] change to:|\bchange to:|\bdelete as (?:appropriate|applicable|necessary)\b|\[(?:insert|add|delete|enter|state|name|date|job title|tbc|amend)[^\]]{0,80}\]|<insert[^>]{0,80}>|\bx{3,}\b|\btbc\b|\bto be confirmed\b|\blorem ipsum\b|\bplease (?:insert|delete|amend)\b[^.]{0,60}").ok()
});

pub fn check(desk: &mut Desk, text: &str) {
    merge_codes(desk, text);
    let Some(notes) = NOTE.as_ref() else { return };
    for found in notes.find_iter(text) {
        desk.find(
            "edit-note",
            found.as_str().trim(),
            None,
            "A note to the editor, or a gap to fill in, was left in the text.",
        );
    }
}

/// A code where the word processor should have put text. Two words that it glues are proposed apart.
fn merge_codes(desk: &mut Desk, text: &str) {
    let Some(codes) = MERGE.as_ref() else { return };
    for found in codes.captures_iter(text) {
        let Some(whole) = found.get(0).map(|found| found.as_str()) else { continue };
        let side = |group: usize| found.get(group).map(|found| found.as_str()).unwrap_or_default();
        let (left, right) = (side(1), side(2));
        let mark = whole.starts_with(['«', '<', '{']);
        if !mark && left.is_empty() && right.is_empty() && whole.len() < 6
            || whole.eq_ignore_ascii_case("merge")
            || whole.to_uppercase() != whole && !mark
        {
            continue;
        }
        let apart = (!left.is_empty() && !right.is_empty()).then(|| format!("{left} AND {right}"));
        desk.find("merge-code", whole, apart.as_deref(), "A merge code stands where text should be.");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_notes_are_found() {
        let mut desk = Desk::default();
        check(&mut desk, "PAYMERGE12GRADES apply. Salary [insert amount]. Mergers of teams are planned.");
        let found: Vec<_> =
            desk.findings.iter().map(|finding| (finding.rule.as_str(), finding.suggestion.as_deref())).collect();
        assert_eq!(found, [("merge-code", Some("PAY AND GRADES")), ("edit-note", None)]);
    }
}
