//! Our Word files in the hands of LibreOffice, where it is installed: opened without repair, saved, and read back.

use std::path::PathBuf;
use std::process::Command;

use super::round_trip::{printed, read, without_identities, word};
use super::sample;
use crate::documents::render::paper::Audience;
use crate::documents::render::sheet::{Block, Edition, Family, Line, Role, sheet};
use crate::domain::content::{Body, Importance, Item};
use crate::domain::ids::ItemId;

/// The file as LibreOffice saves it; none where it is not installed.
pub fn saved(bytes: &[u8], name: &str) -> Option<Vec<u8>> {
    let folder = std::env::temp_dir().join(format!("rolebook-{name}-{}", std::process::id()));
    let out = folder.join("out");
    std::fs::create_dir_all(&out).unwrap();
    let file: PathBuf = folder.join("version.docx");
    std::fs::write(&file, bytes).unwrap();
    let home = format!("-env:UserInstallation=file://{}", folder.join("home").display());
    let mut command = Command::new("soffice");
    command.args([&home, "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir"]).arg(&out).arg(&file);
    let done = command.output();
    let saved = std::fs::read(out.join("version.docx")).ok();
    std::fs::remove_dir_all(&folder).unwrap();
    if done.is_err() {
        eprintln!("LibreOffice is not installed: this test has nothing to ask.");
        return None;
    }
    Some(saved.expect("LibreOffice opens the file and saves it"))
}

#[test]
fn the_sample_comes_back_from_libreoffice_whole() {
    let (details, content) = (sample::details(), sample::content());
    let edition = Edition { grade: "", ..sample::edition(&details, &content) };
    let Some(bytes) = saved(&word(&sheet(&edition, Audience::Staff, Family::Own)), "whole") else { return };
    let made = read(&bytes);
    assert_eq!(made.details, printed(&details));
    let shown = |content| serde_json::to_string_pretty(&without_identities(content)).unwrap();
    assert_eq!(shown(&made.content), shown(&content));
}

/// Wherever on its page a long table begins: told to keep too much together, LibreOffice has left the rest out.
#[test]
fn a_table_is_set_to_its_end_wherever_it_begins() {
    let folder = std::env::temp_dir().join(format!("rolebook-set-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let (details, mut content) = (sample::details(), sample::content());
    let criterion = |n: i64| {
        let body = Body::Criterion { importance: Importance::Essential, subheading: String::new(), assessment: vec![] };
        Item::new(ItemId(2_000 + n), format!("Knows thing {n} as well as anybody who does this work."), body)
    };
    content.sections[4].items[0].children = (0..60).map(criterion).collect();
    let sheet = sheet(&sample::edition(&details, &content), Audience::Staff, Family::Own);
    let files: Vec<PathBuf> = (0..24).map(|lower| folder.join(format!("{lower}.docx"))).collect();
    for (lower, file) in files.iter().enumerate() {
        let mut sheet = sheet.clone();
        let lines = (0..2 * lower).map(|_| Block::Text(Line::new(Role::Detail, "Lower")));
        sheet.blocks.splice(1..1, lines);
        std::fs::write(file, word(&sheet)).unwrap();
    }
    let home = format!("-env:UserInstallation=file://{}", folder.join("home").display());
    let mut command = Command::new("soffice");
    command.args([&home, "--headless", "--convert-to", "pdf", "--outdir"]).arg(&folder).args(&files);
    if command.output().is_ok() {
        for file in files {
            let read = pdf_extract::extract_text(file.with_extension("pdf")).unwrap();
            assert!(read.contains("Holds a chainsaw certificate"), "{}", file.display());
        }
    }
    std::fs::remove_dir_all(&folder).unwrap();
}
