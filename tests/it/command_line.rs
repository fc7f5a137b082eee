//! What an operator types: an empty install becomes one with an employer, its people and its first documents.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::imports::LIBRARY;
use crate::private_postgres::Folder;

fn rolebook(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rolebook"));
    command.env_remove("DATABASE_URL").env("ROLEBOOK_DATA", folder.join("data"));
    command.env("PUBLIC_URL", "https://jobs.example.org").args(arguments).output().unwrap()
}

#[track_caller]
fn says(folder: &Path, arguments: &[&str]) -> String {
    let output = rolebook(folder, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The one sentence with which a command fails.
#[track_caller]
fn refuses(folder: &Path, arguments: &[&str]) -> String {
    let output = rolebook(folder, arguments);
    assert_eq!(output.status.code(), Some(1), "{arguments:?}");
    assert!(output.stdout.is_empty());
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(said.lines().count(), 1, "{said}");
    said
}

#[test]
fn an_install_begins_at_the_command_line() {
    let folder = Folder::new();
    let here = &folder.0;
    let employer = ["employer", "add", "--name", "Northmoor NHS Trust", "--slug", "northmoor", "--kind", "nhs_trust"];
    assert!(says(here, &employer).starts_with("Northmoor NHS Trust is there."));
    assert!(refuses(here, &employer).starts_with("There is an employer with the slug northmoor already"));

    let person = ["person", "add", "--employer", "northmoor", "--name", "Jo Marsh", "--email", "Jo@Northmoor.example"];
    let admin = says(here, &[&person[..], &["--role", "admin"]].concat());
    assert!(admin.contains("https://jobs.example.org/invitation/"), "{admin}");
    says(here, &[&person[..], &["--role", "author"]].concat());
    let nowhere = refuses(here, &[&person[..], &["--role", "author", "--unit", "Wards"]].concat());
    assert_eq!(nowhere.trim_end(), "Northmoor NHS Trust has no unit “Wards”.");
    assert!(refuses(here, &["demo"]).starts_with("the demonstration needs an empty database"));

    let file = here.join("library.txt");
    std::fs::write(&file, LIBRARY).unwrap();
    let import = ["import", file.to_str().unwrap(), "--employer", "northmoor", "--as"];
    let uploaded = says(here, &[&import[..], &["jo@northmoor.example"]].concat());
    assert!(uploaded.contains("https://jobs.example.org/staff/northmoor/import/1"), "{uploaded}");
    let stranger = refuses(here, &[&import[..], &["nobody@northmoor.example"]].concat());
    assert!(stranger.contains("is not on the staff of Northmoor NHS Trust"), "{stranger}");
    let unknown = refuses(here, &[&import[..], &["jo@northmoor.example", "--profile", "JP-0001"]].concat());
    assert!(unknown.starts_with("There is no job profile JP-0001 with a version in force"), "{unknown}");
    let png = here.join("picture.docx");
    std::fs::write(&png, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").unwrap();
    let picture =
        refuses(here, &["import", png.to_str().unwrap(), "--employer", "northmoor", "--as", "jo@northmoor.example"]);
    assert!(picture.starts_with("The file is a picture (PNG)"), "{picture}");

    let zip = here.join("library.zip");
    let export = ["export", "--employer", "northmoor", "--as", "jo@northmoor.example", "--to", zip.to_str().unwrap()];
    assert!(says(here, &export).trim_end().ends_with(": 1 kB"));
    assert!(std::fs::read(&zip).unwrap().starts_with(b"PK"));
    assert!(refuses(here, &[&export[..], &["JP-0001"]].concat()).starts_with("There is no such version."));
    assert!(
        refuses(here, &[&export[..], &["JP-0001", "--format", "odt"]].concat()).starts_with("There is no format “odt”")
    );
}

#[test]
fn extract_needs_no_database_and_says_why_it_refuses() {
    let read = |input: &'static [u8], arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rolebook"));
        command.env_clear().args(["extract", "/dev/stdin"]).args(arguments);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        std::io::Write::write_all(&mut child.stdin.take().unwrap(), input).unwrap();
        child.wait_with_output().unwrap()
    };
    let output = read(LIBRARY.as_bytes(), &[]);
    let plain: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((output.status.code(), &plain["format"]), (Some(0), &"rolebook.extract/1".into()));
    assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), 1);
    let pretty = read(LIBRARY.as_bytes(), &["--pretty"]);
    assert_eq!(serde_json::from_slice::<serde_json::Value>(&pretty.stdout).unwrap(), plain);
    assert!(String::from_utf8_lossy(&pretty.stdout).lines().count() > 20);

    let refused = read(b"", &[]);
    assert_eq!(refused.status.code(), Some(2));
    assert_eq!(refused.stdout, b"");
    let said = String::from_utf8(refused.stderr).unwrap();
    assert_eq!(said.trim_end(), "The file is empty: check that you chose the right one.");
    let missing = Command::new(env!("CARGO_BIN_EXE_rolebook")).args(["extract", "/nowhere/at/all"]).output().unwrap();
    assert_eq!(missing.status.code(), Some(2));
}
