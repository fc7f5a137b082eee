//! The printer: makes files on threads of their own, a few at a time, so that a hundred downloads at once starve no page.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use tokio::sync::Semaphore;

use super::pdf::Fonts;

/// Files that are made at the same time: each takes a processor and some tens of megabytes while it lasts, and pages need
/// processors too.
fn at_once() -> usize {
    std::thread::available_parallelism().map_or(1, |processors| processors.get() / 2).max(1)
}

/// Clones share their turns and their typeface.
#[derive(Debug, Clone)]
pub struct Printer {
    fonts: Arc<OnceLock<Fonts>>,
    folder: PathBuf,
    turns: Arc<Semaphore>,
}

impl Default for Printer {
    fn default() -> Self {
        Printer::new(PathBuf::new())
    }
}

impl Printer {
    /// The asset folder holds the typefaces; it is read when the first PDF is asked for.
    pub fn new(folder: PathBuf) -> Self {
        Printer { fonts: Arc::default(), folder, turns: Arc::new(Semaphore::new(at_once())) }
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

    /// Runs the work where it may take its time. None where the work itself broke off.
    pub async fn run<T: Send + 'static>(&self, work: impl FnOnce(&Fonts) -> T + Send + 'static) -> Option<T> {
        let turn = Arc::clone(&self.turns).acquire_owned().await.ok()?;
        let (fonts, folder) = (Arc::clone(&self.fonts), self.folder.clone());
        let done = tokio::task::spawn_blocking(move || {
            let made = work(fonts.get_or_init(|| Fonts::load(&folder)));
            drop(turn);
            made
        });
        done.await.ok()
    }
}
