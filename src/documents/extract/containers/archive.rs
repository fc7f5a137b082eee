//! Zip files, within bounds: the packages that .docx and .odt are.

use super::super::limits;
use super::super::refusal::Refusal;
use std::collections::HashMap;
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// An open zip. Counts what it has unpacked, over all its entries.
pub struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Entries by their names as `plain` makes them.
    names: HashMap<String, usize>,
    /// Names as they are written, in order.
    written: Vec<String>,
    unpacked: usize,
}

impl<'a> Archive<'a> {
    /// Opens the zip's directory, which must be whole and within bounds.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Refusal> {
        check_signatures(bytes)?;
        let mut zip = ZipArchive::new(Cursor::new(bytes))
            .map_err(|_| Refusal::Damaged("its end or its list of parts is missing"))?;
        if zip.len() > limits::ZIP_ENTRIES {
            return Err(Refusal::UnpacksTooLarge);
        }
        let mut declared = 0_u64;
        let (mut names, mut written) = (HashMap::new(), Vec::new());
        for index in 0..zip.len() {
            let entry = zip.by_index_raw(index).map_err(|_| Refusal::Damaged("a part of it can't be found"))?;
            declared = declared.saturating_add(entry.size());
            names.entry(plain(entry.name())).or_insert(index);
            written.push(entry.name().to_owned());
        }
        if declared > limits::ZIP_DECLARED_BYTES {
            return Err(Refusal::UnpacksTooLarge);
        }
        Ok(Self { zip, names, written, unpacked: 0 })
    }

    /// Whether it holds an entry of this name.
    pub fn has(&self, name: &str) -> bool {
        self.names.contains_key(&plain(name))
    }

    /// The names of its files as they are written; folders are none.
    pub fn files(&self) -> Vec<String> {
        self.written.iter().filter(|name| !name.ends_with('/')).cloned().collect()
    }

    /// Whether it holds an entry in this folder, given with its final slash.
    pub fn has_folder(&self, folder: &str) -> bool {
        self.names.keys().any(|name| name.starts_with(folder))
    }

    /// Unpacks one entry.
    pub fn read(&mut self, name: &str) -> Result<Vec<u8>, Refusal> {
        let index = *self.names.get(&plain(name)).ok_or(Refusal::Damaged("a part of it is missing"))?;
        let entry = self.zip.by_index(index).map_err(unreadable)?;
        let room = limits::PART_BYTES.min(limits::TOTAL_BYTES - self.unpacked);
        let most = u64::try_from(room).unwrap_or(u64::MAX) + 1;
        let mut bytes = Vec::new();
        entry.take(most).read_to_end(&mut bytes).map_err(|_| Refusal::Damaged("a part of it can't be unpacked"))?;
        if bytes.len() > room {
            return Err(Refusal::UnpacksTooLarge);
        }
        self.unpacked += bytes.len();
        Ok(bytes)
    }
}

/// Counts what a directory is made of before it is read: a huge one would take memory, and the `zip` crate
/// tries every end mark, which takes hours on a file of nothing else.
fn check_signatures(bytes: &[u8]) -> Result<(), Refusal> {
    let (mut entries, mut ends) = (0, 0);
    for window in bytes.windows(4).filter(|window| window.starts_with(b"PK")) {
        match window[2..] {
            [1, 2] => entries += 1,
            [5, 6] | [6, 6 | 7] => ends += 1,
            _ => {}
        }
    }
    if entries > limits::ZIP_ENTRIES {
        Err(Refusal::UnpacksTooLarge)
    } else if ends > limits::ZIP_ENDS {
        Err(Refusal::Damaged("it has more than one end"))
    } else {
        Ok(())
    }
}

/// Names of parts ignore case, and some writers use backslashes.
fn plain(name: &str) -> String {
    name.replace('\\', "/").to_lowercase()
}

fn unreadable(error: ZipError) -> Refusal {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Refusal::PasswordProtected,
        _ => Refusal::Damaged("a part of it can't be unpacked"),
    }
}
