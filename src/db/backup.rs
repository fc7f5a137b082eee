//! One file that holds everything in the database, and the way back from it, through PostgreSQL's own `pg_dump` and
//! `pg_restore`. What must not be here: any knowledge of the product's tables.

mod error;
mod target;
mod tool;

use std::fs::{File, OpenOptions};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

pub use error::BackupError;
pub use target::Target;

use tool::{Tool, run};

/// What a finished backup holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Summary {
    /// Tables whose rows are in the file.
    pub tables: usize,
    /// The size of the file.
    pub bytes: u64,
}

/// Writes the whole database of `target` into `file`, as it is at this moment, while people go on working. The file is
/// compressed, readable by its owner alone, and appears under its name only when it is complete and can be read back;
/// an older file of that name stays until then.
///
/// # Errors
/// One sentence that says what to do: `pg_dump` is missing, the server can't be reached, the file can't be written.
pub async fn backup(target: &Target, file: &Path) -> Result<Summary, BackupError> {
    let major = target.server_major().await?;
    let unfinished = Unfinished::beside(file)?;
    let mut dump = Tool::of("pg_dump", major)?;
    dump.arg("--format=custom").arg("--file").arg(&unfinished.path);
    dump.connect(target);
    run(dump).await?;
    let tables = tables_in(&unfinished.path, major).await?;
    let bytes = unfinished.finish(file)?;
    Ok(Summary { tables, bytes })
}

/// Loads `file`, made by [`backup`], into the empty database of `target`: all of it, or nothing when anything fails.
/// Returns the number of tables that were loaded.
///
/// # Errors
/// [`BackupError::NotEmpty`] when the database has tables already; else one sentence that says what to do.
pub async fn restore(target: &Target, file: &Path) -> Result<usize, BackupError> {
    File::open(file).map_err(BackupError::file("read", file))?;
    let major = target.server_major().await?;
    let tables = tables_in(file, major).await?;
    let present = target.tables().await?;
    if present > 0 {
        return Err(BackupError::NotEmpty { database: target.database().to_owned(), tables: present });
    }
    let mut load = Tool::of("pg_restore", major)?;
    // Whoever restores owns what is restored: the role that made the backup may not exist here.
    load.args(["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]);
    load.connect_and_load(target, file);
    run(load).await?;
    Ok(tables)
}

/// How many tables' rows a backup holds, by its own list of contents. A file that is no backup is an error.
async fn tables_in(file: &Path, major: u32) -> Result<usize, BackupError> {
    let mut list = Tool::of("pg_restore", major)?;
    list.arg("--list").arg(file);
    let contents = run(list).await.map_err(|error| error.about_reading(file))?;
    Ok(contents.lines().filter(|line| line.contains(" TABLE DATA ")).count())
}

/// A file under a temporary name, removed again unless it is finished.
struct Unfinished {
    path: PathBuf,
}

impl Unfinished {
    fn beside(file: &Path) -> Result<Self, BackupError> {
        let file = std::path::absolute(file).map_err(BackupError::file("write", file))?;
        let name = file.file_name().filter(|_| !file.is_dir()).ok_or_else(|| BackupError::NoFile(file.clone()))?;
        let mut temporary = name.to_owned();
        temporary.push(format!(".{}.unfinished", std::process::id()));
        let path = file.with_file_name(temporary);
        // It holds everything that people have written: its owner's alone from the first byte.
        let made = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path);
        made.map_err(BackupError::file("write", &path))?;
        Ok(Self { path })
    }

    /// Gives it its name once it is safe on the disk; returns its size in bytes.
    fn finish(self, file: &Path) -> Result<u64, BackupError> {
        let failed = || BackupError::file("write", file);
        let written = File::open(&self.path).map_err(failed())?;
        written.sync_all().map_err(failed())?;
        let bytes = written.metadata().map_err(failed())?.len();
        std::fs::rename(&self.path, file).map_err(failed())?;
        if let Some(folder) = self.path.parent() {
            File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed())?;
        }
        Ok(bytes)
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        let _already_renamed = std::fs::remove_file(&self.path);
    }
}
