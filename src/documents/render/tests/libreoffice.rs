//! Our Word files in the hands of LibreOffice, where it is installed: opened without repair, saved, and read back.

use std::path::PathBuf;
use std::process::Command;

use super::round_trip::{printed, read, without_identities, word};
use super::sample;
use crate::documents::render::paper::Audience;
use crate::documents::render::sheet::{Edition, Family, sheet};

/// The file as LibreOffice saves it; none where it is not installed.
fn saved(bytes: &[u8], name: &str) -> Option<Vec<u8>> {
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
