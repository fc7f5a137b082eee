//! The printer: makes files on threads of its own, which step back behind those that answer requests. Who wants a file
//! takes a turn first, and reads from the database only then, so that a hundred downloads at once starve no page: not
//! of a processor, not of a connection, not of memory.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use rayon::{ThreadPool, ThreadPoolBuilder};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

use super::pdf::Fonts;

/// Files that may be asked for at the same time, with those that are being made. At some 60 ms each the last of them is
/// there before its request is given up.
pub const MOST_WAITING: usize = 200;

/// Files that are made at the same time, each by one thread: it takes a processor and some tens of megabytes while it
/// lasts, and pages need processors too.
fn at_once() -> usize {
    std::thread::available_parallelism().map_or(1, |processors| processors.get() / 2).max(1)
}

/// Clones share their turns, their threads and their typeface.
#[derive(Debug, Clone)]
pub struct Printer {
    fonts: Arc<OnceLock<Fonts>>,
    folder: PathBuf,
    press: Arc<OnceLock<Option<ThreadPool>>>,
    queue: Arc<Semaphore>,
    turns: Arc<Semaphore>,
}

/// As many files are waited for as may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("more than {MOST_WAITING} files are being made or waited for")]
pub struct QueueFull;

/// The right to have one file made; whoever drops it lets the next one in.
#[derive(Debug)]
pub struct Turn {
    printer: Printer,
    _place: OwnedSemaphorePermit,
    _turn: OwnedSemaphorePermit,
}

impl Default for Printer {
    fn default() -> Self {
        Printer::new(PathBuf::new())
    }
}

impl Printer {
    /// The asset folder holds the typefaces; it is read when the first PDF is asked for.
    pub fn new(folder: PathBuf) -> Self {
        let of = |many| Arc::new(Semaphore::new(many));
        Printer { fonts: Arc::default(), folder, press: Arc::default(), queue: of(MOST_WAITING), turns: of(at_once()) }
    }

    /// The characters of a text that no typeface here has.
    pub async fn missing(&self, text: String) -> BTreeSet<char> {
        if text.is_ascii() {
            return BTreeSet::new();
        }
        let (fonts, folder) = (Arc::clone(&self.fonts), self.folder.clone());
        let looked = move || fonts.get_or_init(|| Fonts::load(&folder)).missing(&text);
        tokio::task::spawn_blocking(looked).await.unwrap_or_default()
    }

    /// Waits until it is this caller's turn, first come, first served; a caller who goes away leaves the queue. Before a
    /// connection is taken: whoever waits here must not hold what a page needs.
    pub async fn turn(&self) -> Result<Turn, QueueFull> {
        let place = Arc::clone(&self.queue).try_acquire_owned().map_err(|_| QueueFull)?;
        let turn = Arc::clone(&self.turns).acquire_owned().await.map_err(|_| QueueFull)?;
        Ok(Turn { printer: self.clone(), _place: place, _turn: turn })
    }
}

impl Turn {
    /// Runs the work where it may take its time. None where the work itself broke off.
    pub async fn run<T: Send + 'static>(self, work: impl FnOnce(&Fonts) -> T + Send + 'static) -> Option<T> {
        let (done, made) = oneshot::channel();
        let printer = self.printer.clone();
        let press = printer.press.get_or_init(press).as_ref()?;
        press.spawn(move || {
            // All of it comes along: the next one's turn is when the work is done, whoever still waits for it.
            let turn = self;
            let fonts = turn.printer.fonts.get_or_init(|| Fonts::load(&turn.printer.folder));
            // Where nobody waits any more, the file is for nobody.
            let _ = done.send(work(fonts));
        });
        made.await.ok()
    }
}

/// The typesetter spreads its work over the threads of the pool that it runs in, so that none of it leaves these.
fn press() -> Option<ThreadPool> {
    let built = ThreadPoolBuilder::new()
        .num_threads(at_once())
        .thread_name(|n| format!("printer-{n}"))
        .start_handler(|_| step_back())
        .panic_handler(|_| tracing::error!("a file was not made: the work broke off"))
        .build();
    built.inspect_err(|error| tracing::error!(%error, "the printer has no threads")).ok()
}

/// As `nice` counts, to a tenth of the weight of a thread that answers requests. On Linux for this thread alone;
/// elsewhere it would be the whole process.
fn step_back() {
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::nice(10) {
        tracing::warn!(%error, "files are made at the same priority as pages");
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn files_are_made_a_few_at_a_time_and_a_queue_has_an_end() {
        let printer = Printer::default();
        let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let files = (0..40).map(|n| {
            let (printer, now, most) = (printer.clone(), Arc::clone(&now), Arc::clone(&most));
            tokio::spawn(async move {
                let work = move |_: &Fonts| {
                    most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    (0..10).for_each(|_| std::thread::yield_now());
                    now.fetch_sub(1, Ordering::SeqCst);
                    n
                };
                printer.turn().await.unwrap().run(work).await
            })
        });
        for (n, file) in files.collect::<Vec<_>>().into_iter().enumerate() {
            assert_eq!(file.await.unwrap(), Some(n));
        }
        assert!(most.load(Ordering::SeqCst) <= at_once(), "{most:?} at once");
    }

    #[tokio::test]
    async fn who_goes_away_leaves_the_queue_and_a_full_one_says_so() {
        let printer = Printer::default();
        let mut held = Vec::new();
        for _ in 0..at_once() {
            held.push(printer.turn().await.unwrap());
        }
        let mut waiting: Vec<_> = (held.len()..MOST_WAITING).map(|_| Box::pin(printer.turn())).collect();
        for one in &mut waiting {
            assert!(tokio::time::timeout(Duration::from_millis(1), one).await.is_err(), "it waits");
        }
        assert_eq!(printer.turn().await.unwrap_err(), QueueFull);
        waiting.clear();
        drop(held.pop());
        assert!(printer.turn().await.is_ok(), "nobody is before it any more");
    }

    #[tokio::test]
    async fn a_broken_file_breaks_no_other() {
        let printer = Printer::default();
        let broken = printer.turn().await.unwrap().run(|_| -> u8 { panic!("as if by a fault of ours") }).await;
        assert_eq!(broken, None);
        assert_eq!(printer.turn().await.unwrap().run(|_| 7).await, Some(7));
    }

    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn the_printer_steps_back_behind_pages_with_all_that_it_starts() {
        /// The 19th word of what Linux tells of a thread; its name, the second, holds no blank here.
        fn nice() -> i32 {
            let told = std::fs::read_to_string("/proc/thread-self/stat").unwrap();
            told.split_whitespace().nth(18).unwrap().parse().unwrap()
        }
        let own = nice();
        let work = |_: &Fonts| (nice(), rayon::current_num_threads(), rayon::join(nice, nice));
        let (there, threads, (one, other)) = Printer::default().turn().await.unwrap().run(work).await.unwrap();
        assert_eq!((there, one, other), ((own + 10).min(19), there, there));
        assert_eq!((threads, nice()), (at_once(), own), "and pages stay as they were");
    }
}
