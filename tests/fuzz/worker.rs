//! One target until its time is up, within the limits that the server sets its child.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use nix::sys::resource::{Resource, UsageWho, getrusage, setrlimit};
use rolebook::documents::extract::limits;

use crate::chance::Chance;
use crate::targets;

/// What one document may take at most, of processor time: what else the machine does meanwhile does not count.
pub const SLOWEST: Duration = Duration::from_secs(5);
pub const MEMORY_BYTES: u64 = limits::CHILD_MEMORY_BYTES;

/// When the run that is going on began, in milliseconds of the worker's processor time and one more; nought between runs.
static BEGAN: AtomicU64 = AtomicU64::new(0);

/// Where inputs are kept: beside the program.
pub fn folder() -> PathBuf {
    std::env::current_exe().unwrap().with_file_name("fuzz")
}

/// The input that is being read.
pub fn current(name: &str) -> PathBuf {
    folder().join(format!("{name}.current"))
}

pub fn work(name: &str, seed: u64, seconds: u64) -> ExitCode {
    std::fs::create_dir_all(folder()).unwrap();
    setrlimit(Resource::RLIMIT_AS, MEMORY_BYTES, MEMORY_BYTES).unwrap();
    watch();
    let mut chance = Chance::new(seed ^ name.bytes().fold(7, |sum, byte| sum * 31 + u64::from(byte)));
    let (mut runs, mut slowest, mut crashers) = (0_u64, Duration::ZERO, 0_u64);
    while processor_time() < Duration::from_secs(seconds) {
        let bytes = targets::input(name, &mut chance);
        std::fs::write(current(name), &bytes).unwrap();
        let began = processor_time();
        BEGAN.store(began.as_millis() as u64 + 1, Ordering::Relaxed);
        let ended = catch_unwind(AssertUnwindSafe(|| targets::read(name, &bytes)));
        BEGAN.store(0, Ordering::Relaxed);
        runs += 1;
        let taken = processor_time().saturating_sub(began);
        if taken > slowest {
            slowest = taken;
            std::fs::write(folder().join(format!("{name}.slowest")), &bytes).unwrap();
        }
        if ended.is_err() && crashers < 50 {
            crashers += 1;
            std::fs::write(folder().join(format!("{name}.{seed}.{runs}")), &bytes).unwrap();
        }
    }
    println!("{runs} {} {} {crashers}", slowest.as_millis(), most_memory());
    ExitCode::SUCCESS
}

/// Ends the process where one run goes on without end.
fn watch() {
    std::thread::spawn(|| {
        loop {
            std::thread::sleep(Duration::from_millis(250));
            let began = BEGAN.load(Ordering::Relaxed);
            let now = processor_time().as_millis() as u64;
            if began > 0 && now.saturating_sub(began) > SLOWEST.as_millis() as u64 {
                eprintln!("a run takes longer than {} s", SLOWEST.as_secs());
                std::process::abort();
            }
        }
    });
}

fn processor_time() -> Duration {
    let usage = getrusage(UsageWho::RUSAGE_SELF).unwrap();
    let sum = usage.user_time() + usage.system_time();
    Duration::from_micros(u64::try_from(sum.tv_sec() * 1_000_000 + sum.tv_usec()).unwrap_or(0))
}

/// Resident memory at its highest, in kilobytes.
fn most_memory() -> i64 {
    getrusage(UsageWho::RUSAGE_SELF).unwrap().max_rss()
}
