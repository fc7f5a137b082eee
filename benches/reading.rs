//! Reading Word files: how many a second, in how much memory, and beside what everybody else converts them with.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use rolebook::documents::extract::extract;

use crate::document::Chance;
use crate::pieces::{self, Piece};
use crate::row::{Row, timed};

/// Words of a document: about five printed pages of a job description.
const WORDS: usize = 2_200;

/// Files that the program and pandoc read in turn.
const FILES: u64 = 12;

/// A job description of about five pages: headings, duties, a table of criteria.
fn five_pages(seed: u64) -> Vec<u8> {
    let mut chance = Chance::new(seed);
    let heading = |text: &str| Piece::Heading(1, text.to_owned());
    let mut all = vec![heading("Job description"), Piece::Text("Job title: Keeper of the records".to_owned())];
    all.push(heading("Main duties"));
    all.extend((0..52).map(|_| Piece::Number(chance.text(22) + ".")));
    all.push(heading("Working conditions"));
    all.extend((0..16).map(|_| Piece::Text(chance.text(40) + ".")));
    all.push(heading("Person specification"));
    let row = |one: &str, two: String, three: String| vec![one.to_owned(), two, three];
    let mut rows = vec![row("Criteria", "Essential".to_owned(), "Desirable".to_owned())];
    rows.extend((0..18).map(|_| row("Knowledge", chance.text(16), chance.text(10))));
    all.push(Piece::Table(rows));
    pieces::docx(&all)
}

/// A hundred a second on one core, and no more memory after a thousand than after a hundred.
pub fn alone() -> Vec<Row> {
    let bytes = five_pages(1);
    let words = extract(&bytes, "five pages").unwrap().source.words;
    assert!(words >= WORDS, "{words} words are no five pages");
    let taken = timed(200, || extract(&bytes, "five pages").unwrap());
    (0..100).for_each(|seed| drop(extract(&five_pages(seed), "one of many").unwrap()));
    let first = resident();
    (0..900).for_each(|seed| drop(extract(&five_pages(seed), "one of many").unwrap()));
    let memory = Row {
        name: "memory, 1,000 Word files".to_owned(),
        unit: "MB",
        ours: resident(),
        limit: first,
        limit_name: "after 100".to_owned(),
        bar: 1.1,
    };
    vec![Row::time("read a five-page Word file", taken, 10.0), memory]
}

/// The program itself against pandoc, each started anew for every file, as a server would.
pub fn beside_pandoc() -> Option<Row> {
    let folder = std::env::temp_dir().join(format!("rolebook-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = |seed: u64| folder.join(format!("{seed}.docx"));
    (0..FILES).for_each(|seed| std::fs::write(file(seed), five_pages(seed)).unwrap());
    let files: Vec<PathBuf> = (0..FILES).map(file).collect();
    let all = |program: &str, before: &[&str], after: &[&str]| {
        files.iter().all(|file| {
            let mut command = Command::new(program);
            command.args(before).arg(file).args(after).stdout(Stdio::null()).stderr(Stdio::null());
            command.status().is_ok_and(|status| status.success())
        })
    };
    let pandoc = || all("pandoc", &["--from", "docx", "--to", "plain"], &[]);
    let version = Command::new("pandoc").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    let is_there = version.is_ok_and(|status| status.success());
    let row = is_there.then(|| {
        assert!(pandoc(), "pandoc refuses a file that is to be read by both");
        let each = |taken: std::time::Duration| taken.as_secs_f64() * 1000.0 / FILES as f64;
        let ours = timed(3, || assert!(all(env!("CARGO_BIN_EXE_rolebook"), &["extract"], &[])));
        let theirs = timed(3, || assert!(pandoc()));
        Row {
            name: "rolebook extract, a file".to_owned(),
            unit: "ms",
            ours: each(ours),
            limit: each(theirs),
            limit_name: "pandoc to plain text".to_owned(),
            bar: 1.0,
        }
    });
    if row.is_none() {
        println!("There is no pandoc here, so nothing is compared with it.");
    }
    std::fs::remove_dir_all(&folder).unwrap();
    row
}

/// Megabytes of memory that this program holds.
fn resident() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().split(' ').next().unwrap().parse::<f64>().unwrap() / 1024.0
}
