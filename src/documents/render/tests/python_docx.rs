//! Our Word files as python-docx reads them, where that is installed: a reader that knows nothing of us.

use std::process::Command;

use super::round_trip::word;
use super::sample;
use crate::documents::render::paper::Audience;
use crate::documents::render::sheet::{Family, sheet};

/// Prints what it meets, a line each: the level of a heading, entries of a list, tables with their first row.
const READER: &str = r#"
import sys
import docx
from docx.oxml.ns import qn

def level(style):
    while style is not None:
        if style.name.lower().startswith("heading "):
            return int(style.name.split()[1])
        style = style.base_style
    return None

document = docx.Document(sys.argv[1])
core = document.core_properties
print("title", core.title)
print("author", core.author)
print("language", core.language)
for block in document.iter_inner_content():
    if isinstance(block, docx.table.Table):
        first = block.rows[0]
        header = first._tr.trPr is not None and first._tr.trPr.find(qn("w:tblHeader")) is not None
        print("table", len(block.rows), "header" if header else "facts", " | ".join(cell.text for cell in first.cells))
    elif block.style.name == "Title":
        print("name", block.text)
    elif level(block.style):
        print("heading", level(block.style), block.text)
    elif block._p.pPr is not None and block._p.pPr.numPr is not None:
        print("entry", block.text)
"#;

const SAID: &str = "title Tree Officer
author Calder Vale Council
language en-GB
name Tree Officer
table 10 facts Grade | Grade 7
heading 1 Further details
table 1 facts Duty rota | Monday to Friday, some evenings
heading 1 Purpose of the job
heading 1 Where the post stands
heading 1 What you do
heading 2 Looking after trees
entry Inspect street and park trees on a three-year round and record what you find.
entry Decide what work a tree needs, by when, and who does it.
entry Answer for safety:
entry close a path when a tree may fall;
entry call out the emergency contractor.
heading 2 Working with others
entry Advise planning officers on protected trees.
entry Lead walks for schools.
heading 1 Person specification
table 8 header Criterion | Needed | Assessed by
heading 1 Terms
table 2 facts Annual leave | Five weeks a year, and the bank holidays.
heading 1 Effort and working conditions
table 4 header Demand | In this job | How often, and examples
heading 1 Factor levels
table 3 header Factor | Level | Why
heading 1 What every job here holds
heading 2 Health and safety
";

#[test]
fn headings_lists_and_tables_are_what_they_look_like() {
    let installed = Command::new("python3").args(["-c", "import docx"]).output();
    if !installed.is_ok_and(|said| said.status.success()) {
        eprintln!("python-docx is not installed: this test has nothing to ask.");
        return;
    }
    let (details, content) = (sample::details(), sample::content());
    let file = std::env::temp_dir().join(format!("rolebook-python-{}.docx", std::process::id()));
    std::fs::write(&file, word(&sheet(&sample::edition(&details, &content), Audience::Staff, Family::Own))).unwrap();
    let read = Command::new("python3").args(["-c", READER]).arg(&file).output().unwrap();
    std::fs::remove_file(&file).unwrap();
    assert_eq!(String::from_utf8_lossy(&read.stderr), "");
    assert_eq!(String::from_utf8_lossy(&read.stdout), SAID);
}
