//! Styles: one a role, based on Word's own, so that a person changes the look of all duties in one place.

use super::xml::{DECLARATION, WORD, escape};
use crate::documents::render::sheet::Role;
use crate::domain::content::Importance;

/// The character style of a number that Word can't count.
pub const NUMBER: &str = "Rolebook number";
/// The character style of what a short form stands for.
pub const GLOSS: &str = "Rolebook explanation";
/// The paragraph style of a column's heading.
pub const COLUMN: &str = "Rolebook column heading";
/// An empty paragraph where a part without a heading begins.
pub const BREAK: &str = "Rolebook break";
/// An empty paragraph where a group ends, and what follows stands under none.
pub const UNGROUPED: &str = "Rolebook ungrouped";
/// An empty paragraph that keeps two tables apart.
pub const GAP: &str = "Rolebook gap";
pub const TABLE: &str = "Rolebook table";

/// Steps of duties below duties that have a style of their own.
const DEEPEST: usize = 8;
const AS_NUMBERED: &str = " as numbered";
const TO_CONFIRM: &str = " to confirm";

/// What a paragraph's style tells of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Styled {
    pub role: Role,
    /// Of a duty below a duty.
    pub depth: usize,
    /// The number was printed in the source, and is not ours.
    pub as_numbered: bool,
    pub to_confirm: bool,
}

impl Styled {
    pub fn name(self) -> String {
        let mut name = self.role.style().to_owned();
        if self.role == Role::Duty && self.depth > 0 {
            name.push_str(&format!(" {}", self.depth.min(DEEPEST) + 1));
        }
        if self.role == Role::Duty && self.as_numbered {
            name.push_str(AS_NUMBERED);
        }
        if self.to_confirm && matches!(self.role, Role::Duty | Role::Criterion(_)) {
            name.push_str(TO_CONFIRM);
        }
        name
    }
}

/// Reads the name of a style; none where it is not one of ours. Word processors change the case.
pub fn styled(name: &str) -> Option<Styled> {
    let name = name.to_lowercase();
    let (name, to_confirm) = name.strip_suffix(TO_CONFIRM).map_or((name.as_str(), false), |name| (name, true));
    let (name, as_numbered) = name.strip_suffix(AS_NUMBERED).map_or((name, false), |name| (name, true));
    let deeper = name.strip_prefix("rolebook duty ").and_then(|depth| depth.parse::<usize>().ok());
    let (role, depth) = match deeper {
        Some(depth) => (Role::Duty, depth.clamp(1, DEEPEST + 1) - 1),
        None => (Role::of_style(name)?, 0),
    };
    Some(Styled { role, depth, as_numbered, to_confirm })
}

/// The identity of a style: its name without spaces, as Word makes it.
pub fn id(name: &str) -> String {
    let words = name.split(' ').map(|word| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
    });
    words.collect()
}

/// The styles part. `size` is that of running text in points, `accent` the colour of headings: `#073b45`.
pub fn part(size: u8, accent: &str) -> String {
    let accent = accent.trim_start_matches('#').to_ascii_uppercase();
    let half = u32::from(size) * 2;
    let mut out = format!(
        r#"{DECLARATION}
<w:styles {WORD}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="Arial" w:cs="Arial"/><w:color w:val="14212B"/><w:sz w:val="{half}"/><w:szCs w:val="{half}"/><w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>"#
    );
    out.push_str(r#"<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style><w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>"#);
    out.push_str(r#"<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>"#);
    let scale = |tenths: u32| half * tenths / 10;
    out.push_str(&paragraph(
        "Title",
        "Normal",
        r#"<w:keepNext/><w:spacing w:before="0" w:after="80"/>"#,
        &look(true, scale(18), &accent),
    ));
    for (n, tenths) in [(1, 13), (2, 11), (3, 10)] {
        let name = format!("heading {n}");
        let spacing = format!(
            r#"<w:keepNext/><w:keepLines/><w:spacing w:before="{}" w:after="100"/><w:outlineLvl w:val="{}"/>"#,
            400 - 80 * n,
            n - 1
        );
        out.push_str(&paragraph(&name, "Normal", &spacing, &look(true, scale(tenths), &accent)));
    }
    for role in Role::all() {
        let (based, layout, dress) = dress(role);
        out.push_str(&paragraph(role.style(), based, layout, dress));
    }
    out.push_str(&variants());
    out.push_str(&paragraph(COLUMN, "Normal", r#"<w:keepNext/><w:spacing w:before="60" w:after="40"/>"#, "<w:b/>"));
    for empty in [BREAK, GAP, UNGROUPED] {
        out.push_str(&paragraph(empty, "Normal", r#"<w:spacing w:before="0" w:after="0"/>"#, r#"<w:sz w:val="12"/>"#));
    }
    for character in [NUMBER, GLOSS] {
        out.push_str(&format!(r#"<w:style w:type="character" w:customStyle="1" w:styleId="{}"><w:name w:val="{character}"/><w:basedOn w:val="DefaultParagraphFont"/><w:qFormat/></w:style>"#, id(character)));
    }
    out.push_str(&table());
    out.push_str("</w:styles>");
    out
}

/// Duties below duties, duties with a number of the source, and what waits to be confirmed.
fn variants() -> String {
    let mut out = String::new();
    for depth in 0..=DEEPEST {
        for (as_numbered, to_confirm) in [(false, false), (true, false), (false, true), (true, true)] {
            let own = Styled { role: Role::Duty, depth, as_numbered, to_confirm };
            if own.name() != Role::Duty.style() {
                out.push_str(&paragraph(&own.name(), Role::Duty.style(), "", if to_confirm { "<w:i/>" } else { "" }));
            }
        }
    }
    for importance in Importance::ALL {
        let role = Role::Criterion(*importance);
        let own = Styled { role, depth: 0, as_numbered: false, to_confirm: true };
        out.push_str(&paragraph(&own.name(), role.style(), "", "<w:i/>"));
    }
    out
}

fn look(bold: bool, half_points: u32, colour: &str) -> String {
    let bold = if bold { "<w:b/><w:bCs/>" } else { "" };
    format!(r#"{bold}<w:color w:val="{colour}"/><w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>"#)
}

fn paragraph(name: &str, based: &str, layout: &str, dress: &str) -> String {
    let custom = if name.starts_with("Rolebook") { r#" w:customStyle="1""# } else { "" };
    let layout = if layout.is_empty() { String::new() } else { format!("<w:pPr>{layout}</w:pPr>") };
    let dress = if dress.is_empty() { String::new() } else { format!("<w:rPr>{dress}</w:rPr>") };
    format!(
        r#"<w:style w:type="paragraph"{custom} w:styleId="{}"><w:name w:val="{}"/><w:basedOn w:val="{}"/><w:qFormat/>{layout}{dress}</w:style>"#,
        id(name),
        escape(name),
        id(based)
    )
}

/// What a role's style is based on, its layout and its dress.
fn dress(role: Role) -> (&'static str, &'static str, &'static str) {
    const TIGHT: &str = r#"<w:spacing w:before="40" w:after="40"/>"#;
    const QUIET: &str = r#"<w:color w:val="4A5862"/>"#;
    match role {
        Role::Title | Role::SectionHeading => ("Normal", "", ""),
        Role::SectionName | Role::GivenHeading => ("heading 1", "", ""),
        Role::Group | Role::ClauseHeading => ("heading 2", "", ""),
        Role::Category | Role::Subheading | Role::NoSubheading => {
            ("Normal", r#"<w:keepNext/><w:spacing w:before="60" w:after="40"/>"#, "<w:b/>")
        }
        Role::DetailLabel | Role::TermLabel | Role::RowLabel | Role::GivenLabel => ("Normal", TIGHT, "<w:b/>"),
        Role::About | Role::Nothing(_) => ("Normal", "", QUIET),
        Role::Work => ("Normal", TIGHT, QUIET),
        Role::Post => (
            "Normal",
            r#"<w:pBdr><w:top w:val="single" w:sz="6" w:space="4" w:color="14212B"/><w:left w:val="single" w:sz="6" w:space="4" w:color="14212B"/><w:bottom w:val="single" w:sz="6" w:space="4" w:color="14212B"/><w:right w:val="single" w:sz="6" w:space="4" w:color="14212B"/><w:between w:val="single" w:sz="6" w:space="4" w:color="14212B"/></w:pBdr><w:ind w:left="2268" w:right="2268"/><w:jc w:val="center"/>"#,
            "",
        ),
        Role::GivenPost => (
            "Normal",
            r#"<w:pBdr><w:top w:val="single" w:sz="6" w:space="4" w:color="14212B"/><w:left w:val="single" w:sz="6" w:space="4" w:color="14212B"/><w:bottom w:val="single" w:sz="6" w:space="4" w:color="14212B"/><w:right w:val="single" w:sz="6" w:space="4" w:color="14212B"/><w:between w:val="single" w:sz="6" w:space="4" w:color="14212B"/></w:pBdr>"#,
            "",
        ),
        Role::Detail
        | Role::Given
        | Role::Term
        | Role::Row
        | Role::Needed
        | Role::AssessedBy
        | Role::Demand
        | Role::Present
        | Role::Frequency
        | Role::Examples
        | Role::Factor
        | Role::Level
        | Role::Why
        | Role::Criterion(_) => ("Normal", TIGHT, ""),
        Role::Duty => ("Normal", r#"<w:spacing w:after="60"/>"#, ""),
        Role::Paragraph | Role::DutyParagraph | Role::Clause | Role::Words => ("Normal", "", ""),
    }
}

fn table() -> String {
    let line = |side: &str| format!(r#"<w:{side} w:val="single" w:sz="4" w:space="0" w:color="8A969D"/>"#);
    format!(
        r#"<w:style w:type="table" w:customStyle="1" w:styleId="{}"><w:name w:val="{TABLE}"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{}{}{}</w:tblBorders></w:tblPr></w:style>"#,
        id(TABLE),
        line("top"),
        line("bottom"),
        line("insideH")
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::content::SectionKind;

    #[test]
    fn every_style_is_read_back_from_its_name() {
        for role in Role::all() {
            let plain = Styled { role, depth: 0, as_numbered: false, to_confirm: false };
            assert_eq!(styled(&plain.name().to_uppercase()), Some(plain));
        }
        for depth in [0, 1, DEEPEST] {
            let own = Styled { role: Role::Duty, depth, as_numbered: true, to_confirm: true };
            assert_eq!(styled(&own.name()), Some(own));
        }
        let kinds: Vec<Role> = SectionKind::ALL.iter().map(|kind| Role::Nothing(*kind)).collect();
        assert!(kinds.iter().all(|role| Role::of_style(role.style()) == Some(*role)));
        assert_eq!(styled("Body Text"), None);
    }
}
