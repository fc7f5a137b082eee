//! Grids: spans, merges, nesting.

use super::super::blocks::{BlockKind, Table};
use super::support::{Docx, item, p, short, short_blocks};

fn tc(properties: &str, inside: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>")
}

fn table(rows: &[String]) -> String {
    let rows = rows.iter().map(|row| format!("<w:tr>{row}</w:tr>")).collect::<String>();
    format!("<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>{rows}</w:tbl>")
}

fn first_table(body: &str) -> Table {
    let document = Docx::new(body).read();
    match document.blocks.into_iter().next().unwrap().kind {
        BlockKind::Table(table) => table,
        other => panic!("no table: {other:?}"),
    }
}

#[test]
fn merged_cells_stand_once_with_their_spans() {
    let start = r#"<w:vMerge w:val="restart"/>"#;
    let body = table(&[
        tc(r#"<w:gridSpan w:val="3"/>"#, &p("Effort")),
        tc(start, &p("Pay")) + &tc("", &p("Monthly")) + &tc("", &p("Bank")),
        tc("<w:vMerge/>", "<w:p/>") + &tc(r#"<w:gridSpan w:val="2"/>"#, &p("In arrears")),
        tc("<w:vMerge/>", &p("left behind")) + &tc("", "<w:p/>") + &tc("", &p("Last")),
    ]);
    assert_eq!(
        short(&Docx::new(&body).read()),
        [
            r#"T 0+3x1 ["P Effort"] // 0+1x3 ["P Pay", "P left behind"] | 1+1x1 ["P Monthly"] | 2+1x1 ["P Bank"] // 1+2x1 ["P In arrears"] // 1+1x1 [] | 2+1x1 ["P Last"]"#
        ]
    );
}

#[test]
fn header_rows_and_skipped_columns_are_known() {
    let body = "<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>".to_owned()
        + &tc("", &p("Factor"))
        + &tc("", &p("Level"))
        + "</w:tr><w:tr><w:trPr><w:gridBefore w:val=\"1\"/></w:trPr>"
        + &tc("", &p("3"))
        + "</w:tr></w:tbl>"
        + &p("After");
    let table = first_table(&body);
    assert!(table.rows[0].header && !table.rows[1].header);
    assert_eq!(table.rows[1].cells[0].column, 1);
}

#[test]
fn nested_tables_are_blocks_of_their_cell() {
    let inner = table(&[tc("", &p("Inner"))]);
    let body = table(&[tc("", &(p("Before") + &inner + &p("After")))]);
    assert_eq!(
        short_blocks(&first_table(&body).rows[0].cells[0].blocks),
        ["P Before", r#"T 0+1x1 ["P Inner"]"#, "P After"]
    );
}

#[test]
fn numbers_run_on_from_cell_to_cell() {
    let numbering = r#"<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>"#;
    let body = table(&[tc("", &item(1, 0, "Reading")), tc("", &item(1, 0, "Writing"))]);
    assert_eq!(
        short(&Docx::new(&body).numbering(numbering).read()),
        [r#"T 0+1x1 ["L0 1. Reading"] // 0+1x1 ["L0 2. Writing"]"#]
    );
}

#[test]
fn the_old_sideways_merge_and_wild_spans_stay_inside_the_grid() {
    let body = table(&[tc(r#"<w:hMerge w:val="restart"/>"#, &p("Wide"))
        + &tc("<w:hMerge/>", "<w:p/>")
        + &tc(r#"<w:gridSpan w:val="4000000000"/>"#, &p("Wild"))]);
    let cells = &first_table(&body).rows[0].cells;
    assert_eq!((cells[0].columns, cells[1].column, cells[1].columns), (2, 2, 61));
    let many = table(&[(0..200).map(|_| tc("", &p("one word"))).collect::<String>()]);
    assert_eq!(first_table(&(many + &p("Words follow"))).rows[0].cells.len(), 200);
}

#[test]
fn a_deleted_row_leaves_the_table() {
    let gone = format!(
        r#"<w:tr><w:trPr><w:del w:author="HR" w:date="2026-01-05T10:00:00Z"/></w:trPr>{}</w:tr>"#,
        tc("", r#"<w:p><w:r><w:delText>Old duty</w:delText></w:r></w:p>"#)
    );
    let body = format!("<w:tbl>{gone}<w:tr>{}</w:tr></w:tbl>", tc("", &p("New duty")));
    let document = Docx::new(&body).read();
    assert_eq!(short(&document), [r#"T 0+1x1 ["P New duty"]"#]);
    assert!(format!("{:?}", document.asides).contains("Old duty"));
}
