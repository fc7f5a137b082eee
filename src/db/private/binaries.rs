//! Finds PostgreSQL's programs on this machine. Nothing is downloaded.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::PrivateError;

/// Where Debian and Ubuntu keep one folder a major version.
const DEBIAN: &str = "/usr/lib/postgresql";

/// The oldest major version that Rolebook is tested on.
const OLDEST: u32 = 15;

/// A folder with PostgreSQL's programs, and their major version.
#[derive(Debug, Clone)]
pub struct Binaries {
    pub folder: PathBuf,
    pub major: u32,
}

impl Binaries {
    /// `PG_BIN` when it is set, else Debian's folder for the major version that made the data, else the newest one
    /// installed, else the search path.
    ///
    /// # Errors
    /// When no server is installed, it is too old, or it can't read data made by `made`.
    pub fn find(made: Option<(PathBuf, u32)>) -> Result<Self, PrivateError> {
        let folder = locate("initdb", made.as_ref().map(|(_, major)| *major))?.ok_or(PrivateError::NotInstalled)?;
        let major = major_of(&folder.join("postgres"))?;
        match made {
            Some((cluster, made)) if made != major => Err(PrivateError::OtherMajor { cluster, made, found: major }),
            Some(_) | None if major < OLDEST => Err(PrivateError::TooOld { folder, major }),
            Some(_) | None => Ok(Self { folder, major }),
        }
    }

    /// The full path of one of its programs.
    pub fn program(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }
}

/// The full path of a client program such as `pg_dump`, of the server's major version where that is installed, since an
/// older one refuses the server and a newer one writes what the server may not read back.
///
/// # Errors
/// When it is not installed, or `PG_BIN` names a folder without it.
pub fn tool(name: &'static str, server_major: u32) -> Result<PathBuf, PrivateError> {
    let folder = locate(name, Some(server_major))?.ok_or(PrivateError::NoTool { program: name })?;
    Ok(folder.join(name))
}

fn locate(program: &'static str, wanted: Option<u32>) -> Result<Option<PathBuf>, PrivateError> {
    if let Some(folder) = std::env::var_os("PG_BIN").filter(|value| !value.is_empty()).map(PathBuf::from) {
        if !folder.join(program).is_file() {
            return Err(PrivateError::BadPgBin { folder, program });
        }
        return Ok(Some(std::path::absolute(&folder).unwrap_or(folder)));
    }
    Ok(in_debian(Path::new(DEBIAN), program, wanted).or_else(|| in_search_path(program)))
}

fn in_debian(root: &Path, program: &str, wanted: Option<u32>) -> Option<PathBuf> {
    let mut found: Vec<(u32, PathBuf)> = std::fs::read_dir(root)
        .ok()?
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .filter(|(_, bin)| bin.join(program).is_file())
        .collect();
    found.sort();
    let exact = found.iter().find(|(major, _)| Some(*major) == wanted).cloned();
    exact.or_else(|| found.pop()).map(|(_, bin)| bin)
}

fn in_search_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).find(|folder| folder.is_absolute() && folder.join(program).is_file())
}

fn major_of(postgres: &Path) -> Result<u32, PrivateError> {
    let failed = |reason: String| PrivateError::Program { program: postgres.to_owned(), reason };
    let output = Command::new(postgres).arg("--version").output().map_err(|error| failed(error.to_string()))?;
    let text = String::from_utf8_lossy(&output.stdout);
    parse_major(&text).ok_or_else(|| failed(format!("its version can't be read from `{}`", text.trim())))
}

/// `postgres (PostgreSQL) 15.20 (Debian 15.20-0+deb12u1)` is 15; `postgres (PostgreSQL) 19beta1` is 19.
fn parse_major(version: &str) -> Option<u32> {
    let number = version.split_once("(PostgreSQL) ")?.1;
    let end = number.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(number.len());
    number[..end].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read_from_every_style_of_version_line() {
        assert_eq!(parse_major("postgres (PostgreSQL) 15.20 (Debian 15.20-0+deb12u1)\n"), Some(15));
        assert_eq!(parse_major("postgres (PostgreSQL) 19beta1\n"), Some(19));
        assert_eq!(parse_major("postgres (PostgreSQL) 18\n"), Some(18));
        assert_eq!(parse_major("something else 3.1"), None);
    }

    #[test]
    fn the_version_that_made_the_data_wins_over_a_newer_one() {
        let root = std::env::temp_dir().join(format!("rolebook-binaries-{}", std::process::id()));
        for major in ["9", "15", "17"] {
            let bin = root.join(major).join("bin");
            std::fs::create_dir_all(&bin).unwrap();
            std::fs::write(bin.join("initdb"), "").unwrap();
        }
        let folder = |wanted| in_debian(&root, "initdb", wanted);
        assert_eq!(folder(None), Some(root.join("17/bin")), "by number, not by letter");
        assert_eq!(folder(Some(15)), Some(root.join("15/bin")));
        assert_eq!(folder(Some(16)), Some(root.join("17/bin")));
        assert_eq!(in_debian(&root, "pg_dump", None), None);
        std::fs::remove_dir_all(&root).unwrap();
    }
}
