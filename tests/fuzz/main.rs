//! Fuzzing on stable Rust: documents of chance, changed by chance, read in every container, and the recognisers on blocks
//! of chance. Nothing may panic, take longer than a person waits, or need more memory than the server's child has.
//!
//! `make fuzz` runs it on the release build; `cargo test` runs it for a moment. Each container is a process of its own, so
//! that what ends the process is caught too; what it was reading then is kept beside the program.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a test reads the time and may stop"
)]

mod chance;
mod mutate;
#[path = "../../src/documents/extract/tests/pdfs.rs"]
#[allow(dead_code, reason = "the other tests use the rest")]
mod pdfs;
#[path = "../../src/documents/extract/tests/pieces.rs"]
#[allow(dead_code, reason = "the other tests use the rest")]
mod pieces;
mod seeds;
mod targets;
#[path = "../../src/documents/extract/tests/word.rs"]
#[allow(dead_code, reason = "the other tests use the rest")]
mod word;
mod worker;

use std::process::{Command, ExitCode, Stdio};

use worker::{MEMORY_BYTES, SLOWEST};

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if let [flag, name, seed, seconds] = &words[..]
        && flag == "--worker"
    {
        return worker::work(name, seed.parse().unwrap(), seconds.parse().unwrap());
    }
    // the flags of other test programs are not for this one
    let named: Vec<&String> = words.iter().filter(|word| !word.starts_with('-') && !word.is_empty()).collect();
    let number = |name: &str, usual| std::env::var(name).ok().and_then(|own| own.parse().ok()).unwrap_or(usual);
    let (seed, seconds) = (number("FUZZ_SEED", 1), number("FUZZ_SECONDS", 1));
    let targets = targets::NAMES.iter().filter(|name| named.is_empty() || named.iter().any(|word| word == *name));
    println!("seed {seed}, {seconds} s of processor time each");
    println!("{:12} {:>10} {:>10} {:>12}", "", "runs", "slowest", "memory");
    let failed = targets.filter(|name| !run(name, seed, seconds)).count();
    println!("fuzz: {} of {} found something", failed, targets::NAMES.len());
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// One target in a process of its own; says whether it came through.
fn run(name: &str, seed: u64, seconds: u64) -> bool {
    let worker = Command::new(std::env::current_exe().unwrap())
        .args(["--worker", name, &seed.to_string(), &seconds.to_string()])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let output = worker.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let numbers: Vec<u64> =
        said.lines().last().unwrap_or_default().split(' ').filter_map(|own| own.parse().ok()).collect();
    let [runs, slowest, memory, crashers] = numbers[..] else {
        println!("{name:12} ended with {}; it was reading {}", output.status, worker::current(name).display());
        return false;
    };
    println!("{name:12} {runs:>10} {slowest:>7} ms {:>9} MB", memory / 1_000);
    let slow = slowest > SLOWEST.as_millis() as u64;
    if slow || memory * 1_000 > MEMORY_BYTES || crashers > 0 {
        println!("{name}: {crashers} crashers, kept in {}", worker::folder().display());
        return false;
    }
    true
}
