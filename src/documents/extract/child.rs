//! Extraction in a process of its own: the program's `extract` subcommand with limits on memory, processor time
//! and wall time, so that no file can hurt the server that received it.
//!
//! The document goes in through the child's standard input, so nothing is written to disk.

use super::limits;
use super::refusal::Refusal;
use super::result::Extract;
use crate::documents::logo::Logo;
use nix::sys::resource::{Resource, setrlimit};
use nix::sys::signal::Signal;
use serde::de::DeserializeOwned;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::sync::Arc;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, Command};
use tokio::sync::Semaphore;
use tokio::time::timeout;

/// The exit code with which the subcommand refuses a file, in one sentence on standard error.
pub const REFUSED: i32 = 2;

/// What the child is told to read: its own standard input, as a file.
const INPUT: &str = "/dev/stdin";

/// Starts the children, a few at once. Clones share their turn.
#[derive(Debug, Clone)]
pub struct Children {
    program: Arc<Path>,
    turns: Arc<Semaphore>,
}

impl Children {
    /// `program` is this program's own absolute path.
    pub fn new(program: PathBuf) -> Self {
        Self { program: program.into(), turns: Arc::new(Semaphore::new(limits::CHILDREN)) }
    }

    /// Reads one document, after waiting for a turn.
    pub async fn extract(&self, bytes: &[u8], name: &str) -> Result<Extract, Refusal> {
        let mut extract: Extract = self.asked(bytes, &["--before"]).await?;
        name.clone_into(&mut extract.source.name);
        Ok(extract)
    }

    /// The lines of a document as they stand on its pages, or as they stood before its tracked changes.
    pub async fn lines(&self, bytes: &[u8], before: bool) -> Result<Vec<String>, Refusal> {
        let how: &[&str] = if before { &["--lines", "--before"] } else { &["--lines"] };
        self.asked(bytes, how).await
    }

    /// Draws a logo anew, in the same bounds.
    pub async fn logo(&self, bytes: &[u8]) -> Result<Logo, Refusal> {
        self.asked(bytes, &["--logo"]).await
    }

    async fn asked<T: DeserializeOwned>(&self, bytes: &[u8], how: &[&str]) -> Result<T, Refusal> {
        if bytes.len() > limits::FILE_BYTES {
            return Err(Refusal::too_large());
        }
        let _turn = self.turns.acquire().await.map_err(|_| Refusal::NotStarted)?;
        let mut child = self.start(how)?;
        let Ok(answer) = timeout(limits::CHILD_WALL, talk(&mut child, bytes)).await else {
            child.kill().await.map_err(|_| Refusal::NotStarted)?;
            return Err(Refusal::TookTooLong);
        };
        answer?.read()
    }

    fn start(&self, how: &[&str]) -> Result<Child, Refusal> {
        let mut command = Command::new(&*self.program);
        // the server's environment holds its secrets, and the reader needs none of it
        command.args(["extract", INPUT]).args(how).env_clear().current_dir("/").kill_on_drop(true);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        // SAFETY: between fork and exec the closure only makes setrlimit calls, which are safe there; it
        // allocates nothing and takes no lock.
        unsafe { command.pre_exec(|| limit().map_err(std::io::Error::from)) };
        command.spawn().map_err(|_| Refusal::NotStarted)
    }
}

/// Bounds the process that calls it.
fn limit() -> nix::Result<()> {
    setrlimit(Resource::RLIMIT_AS, limits::CHILD_MEMORY_BYTES, limits::CHILD_MEMORY_BYTES)?;
    // the soft limit ends it with a signal of its own, the hard one a second later for certain
    setrlimit(Resource::RLIMIT_CPU, limits::CHILD_CPU_SECONDS, limits::CHILD_CPU_SECONDS + 1)?;
    setrlimit(Resource::RLIMIT_CORE, 0, 0)?;
    setrlimit(Resource::RLIMIT_FSIZE, 0, 0)
}

/// What a child left behind.
struct Answer {
    output: Vec<u8>,
    sentence: Vec<u8>,
    status: ExitStatus,
}

/// Writes the document and reads the answer at the same time, so that neither side waits for the other.
async fn talk(child: &mut Child, bytes: &[u8]) -> Result<Answer, Refusal> {
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let write = async {
        if let Some(mut stdin) = stdin {
            // a child that ends early closes the pipe: its status says why
            let _ = stdin.write_all(bytes).await;
        }
    };
    let ((), output, sentence) =
        tokio::join!(write, capped(stdout, limits::CHILD_OUTPUT_BYTES), capped(stderr, limits::CHILD_SENTENCE_BYTES));
    let status = child.wait().await.map_err(|_| Refusal::NotStarted)?;
    Ok(Answer { output, sentence, status })
}

/// Reads up to a bound, then closes the pipe.
async fn capped(pipe: Option<impl AsyncRead + Unpin>, most: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Some(pipe) = pipe {
        // a broken pipe leaves what came before it; whether that is whole shows when it is parsed
        let _ = pipe.take(most).read_to_end(&mut bytes).await;
    }
    bytes
}

impl Answer {
    fn read<T: DeserializeOwned>(self) -> Result<T, Refusal> {
        match (self.status.code(), self.status.signal().map(Signal::try_from)) {
            (Some(0), _) => serde_json::from_slice(&self.output).map_err(|_| Refusal::ReaderFailed),
            (Some(REFUSED), _) => Err(self.refused()),
            (Some(_), _) => Err(Refusal::ReaderFailed),
            (None, Some(Ok(Signal::SIGXCPU | Signal::SIGKILL))) => Err(Refusal::TookTooLong),
            (None, Some(Ok(_) | Err(_)) | None) => Err(Refusal::TookTooMuch),
        }
    }

    fn refused(&self) -> Refusal {
        let text = String::from_utf8_lossy(&self.sentence);
        match text.lines().next().map(str::trim) {
            Some(sentence) if !sentence.is_empty() => Refusal::FromChild(sentence.to_owned()),
            Some(_) | None => Refusal::ReaderFailed,
        }
    }
}
