//! Numbers and bullets that Word computes, and those that were typed.

use super::support::{Docx, item, p, short};

/// A definition with these levels: format, text and more properties.
fn definition(id: u32, levels: &[(&str, &str, &str)]) -> String {
    let levels = levels.iter().enumerate().map(|(index, (format, text, more))| {
        format!(r#"<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/>{more}</w:lvl>"#)
    });
    format!(r#"<w:abstractNum w:abstractNumId="{id}">{}</w:abstractNum>"#, levels.collect::<String>())
}

fn list(id: u32, definition: u32, more: &str) -> String {
    format!(r#"<w:num w:numId="{id}"><w:abstractNumId w:val="{definition}"/>{more}</w:num>"#)
}

#[test]
fn levels_count_and_restart_under_their_parents() {
    let levels = [("decimal", "%1.", ""), ("decimal", "%1.%2", ""), ("lowerRoman", "(%3)", "")];
    let numbering = definition(0, &levels) + &list(1, 0, "");
    let body = [
        item(1, 0, "Rotas"),
        item(1, 1, "Plan"),
        item(1, 2, "weekly"),
        item(1, 2, "daily"),
        p("Between"),
        item(1, 1, "Publish"),
        item(1, 0, "Stock"),
        item(1, 1, "Order"),
    ]
    .concat();
    let document = Docx::new(&body).numbering(&numbering).read();
    assert_eq!(
        short(&document),
        [
            "L0 1. Rotas",
            "L1 1.1 Plan",
            "L2 (i) weekly",
            "L2 (ii) daily",
            "P Between",
            "L1 1.2 Publish",
            "L0 2. Stock",
            "L1 2.1 Order"
        ]
    );
}

#[test]
fn lists_of_one_definition_count_together_unless_they_start_again() {
    let again = r#"<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>"#;
    let numbering = definition(0, &[("decimal", "%1)", "")]) + &list(1, 0, "") + &list(2, 0, "") + &list(3, 0, again);
    let body = [item(1, 0, "Alpha"), item(2, 0, "Beta"), item(3, 0, "Gamma"), item(3, 0, "Delta")].concat();
    assert_eq!(
        short(&Docx::new(&body).numbering(&numbering).read()),
        ["L0 1) Alpha", "L0 2) Beta", "L0 5) Gamma", "L0 6) Delta"]
    );
}

#[test]
fn restart_rules_and_legal_numbers_are_kept() {
    let never = r#"<w:lvlRestart w:val="0"/>"#;
    let levels = [("upperRoman", "%1.", ""), ("decimal", "%2.", never), ("decimal", "%1.%2.%3", "<w:isLgl/>")];
    let numbering = definition(0, &levels) + &list(1, 0, "");
    let body =
        [item(1, 0, "Care"), item(1, 1, "one"), item(1, 0, "Work"), item(1, 1, "two"), item(1, 2, "deep")].concat();
    assert_eq!(
        short(&Docx::new(&body).numbering(&numbering).read()),
        ["L0 I. Care", "L1 1. one", "L0 II. Work", "L1 2. two", "L2 2.2.1 deep"]
    );
}

#[test]
fn styles_bring_their_numbering_along() {
    let numbering = definition(
        0,
        &[("decimal", "%1", r#"<w:pStyle w:val="Part"/>"#), ("decimal", "%1.%2", r#"<w:pStyle w:val="Clause"/>"#)],
    ) + &list(1, 0, "");
    let styled = |id: &str, more: &str| {
        format!(r#"<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{id}"/>{more}</w:style>"#)
    };
    let linked = r#"<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>"#;
    let styles =
        styled("Part", linked) + &styled("Clause", linked) + &styled("Child", r#"<w:basedOn w:val="Clause"/>"#);
    let para = |style: &str, more: &str, text: &str| {
        format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"#)
    };
    let off = r#"<w:numPr><w:numId w:val="0"/></w:numPr>"#;
    let body = [
        para("Part", "", "Duties"),
        para("Clause", "", "Clean"),
        para("Child", "", "Tidy"),
        para("Clause", off, "Plain"),
    ]
    .concat();
    let document = Docx::new(&body).styles(&styles).numbering(&numbering).read();
    assert_eq!(
        short(&document),
        ["P Duties".replace('P', "L0 1"), "L1 1.1 Clean".to_owned(), "L1 1.2 Tidy".to_owned(), "P Plain".to_owned()]
    );
}

#[test]
fn a_list_style_leads_to_its_definition() {
    let link = r#"<w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="Outline"/></w:abstractNum>"#;
    let numbering = definition(0, &[("upperLetter", "%1.", "")]) + link + &list(1, 0, "") + &list(2, 7, "");
    let styles = r#"<w:style w:type="numbering" w:styleId="Outline"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>"#;
    let document = Docx::new(&(item(2, 0, "Alpha") + &item(2, 0, "Beta"))).styles(styles).numbering(&numbering).read();
    assert_eq!(short(&document), ["L0 A. Alpha", "L0 B. Beta"]);
}

#[test]
fn bullets_show_what_their_font_shows() {
    let font = |name: &str| format!(r#"<w:rPr><w:rFonts w:ascii="{name}" w:hAnsi="{name}"/></w:rPr>"#);
    let levels = [
        ("bullet", "\u{f0b7}", font("Symbol")),
        ("bullet", "o", font("Courier New")),
        ("bullet", "ü", font("Wingdings")),
        ("bullet", "–", String::new()),
    ];
    let levels: Vec<(&str, &str, &str)> =
        levels.iter().map(|(format, text, more)| (*format, *text, more.as_str())).collect();
    let numbering = definition(0, &levels) + &list(1, 0, "");
    let body: String = (0..4).map(|level| item(1, level, "Greet")).collect();
    assert_eq!(
        short(&Docx::new(&body).numbering(&numbering).read()),
        ["L0 • Greet", "L1 ◦ Greet", "L2 ✓ Greet", "L3 – Greet"]
    );
}

#[test]
fn a_level_that_prints_nothing_is_no_list() {
    let numbering = definition(0, &[("none", "", "")]) + &list(1, 0, "");
    assert_eq!(
        short(&Docx::new(&(item(1, 0, "Plain words") + &item(9, 0, "No such list"))).numbering(&numbering).read()),
        ["P Plain words", "P No such list"]
    );
}

#[test]
fn typed_markers_are_split_off_unless_each_line_has_one() {
    let body = p("•\u{a0}Welcome visitors")
        + &p("12. Lock the doors")
        + &p("37.5 hours a week")
        + "<w:p><w:r><w:t>1) open</w:t><w:br/><w:t>2) close</w:t></w:r></w:p>";
    assert_eq!(
        short(&Docx::new(&body).read()),
        ["L0 • Welcome visitors", "L0 12. Lock the doors", "P 37.5 hours a week", "P 1) open\n2) close"]
    );
}
