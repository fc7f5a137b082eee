//! What becomes of a reader that misbehaves, with small shell scripts in its place; the program's own reader is
//! tried by the tests of the whole program.

use super::super::child::Children;
use super::super::refusal::Refusal;
use std::path::PathBuf;
use std::process::Command;

/// A script on disk, removed at the end.
struct Script(PathBuf);

impl Script {
    fn new(name: &str, lines: &str) -> Self {
        let path = std::env::temp_dir().join(format!("rolebook-reader-{}-{name}", std::process::id()));
        // written by another process: a file that this one has open for writing can't be started
        let write = r#"printf '#!/bin/sh\n%s\n' "$1" > "$0" && chmod 700 "$0""#;
        let written = Command::new("sh").args(["-c", write]).arg(&path).arg(lines).status().unwrap();
        assert!(written.success());
        Self(path)
    }

    async fn refusal(&self) -> Refusal {
        Children::new(self.0.clone()).extract(b"Some words", "words.txt").await.unwrap_err()
    }
}

impl Drop for Script {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

#[tokio::test]
async fn its_sentence_is_passed_on_in_one_line() {
    let script = Script::new("refuses", "echo 'No words here.' >&2; echo more >&2; exit 2");
    assert_eq!(script.refusal().await, Refusal::FromChild("No words here.".to_owned()));
}

#[tokio::test]
async fn it_reads_its_document_from_the_file_it_is_given_and_sees_no_secrets() {
    let script = Script::new(
        "looks",
        "test \"$1\" = extract && grep -q words \"$2\" && test -z \"$HOME\" && echo Fine. >&2; exit 2",
    );
    assert_eq!(script.refusal().await, Refusal::FromChild("Fine.".to_owned()));
}

#[tokio::test]
async fn one_that_breaks_or_never_stops_talking_is_a_plain_refusal() {
    assert_eq!(Script::new("fails", "exit 101").refusal().await, Refusal::ReaderFailed);
    assert_eq!(Script::new("babbles", "echo not json").refusal().await, Refusal::ReaderFailed);
    assert_eq!(Script::new("aborts", "kill -ABRT $$").refusal().await, Refusal::TookTooMuch);
    assert_eq!(Script::new("silent", "exit 2").refusal().await, Refusal::ReaderFailed);
    let endless = Script::new("endless", "exec yes").refusal().await;
    assert!(matches!(endless, Refusal::TookTooMuch | Refusal::ReaderFailed), "{endless}");
}

#[tokio::test]
async fn one_that_is_missing_says_that_it_did_not_start() {
    let missing = Children::new(PathBuf::from("/nonexistent/reader"));
    assert_eq!(missing.extract(b"Some words", "words.txt").await.unwrap_err(), Refusal::NotStarted);
}
