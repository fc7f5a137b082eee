//! Zip files, within bounds: the packages that .docx and .odt are.

use super::super::limits;
use super::super::refusal::Refusal;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// An open zip. Counts what it has unpacked, over all its entries.
pub struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    unpacked: usize,
}

impl<'a> Archive<'a> {
    /// Opens the zip's directory, which must be whole and within bounds.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Refusal> {
        // counted before the directory is read, so that a huge one takes no memory
        let signatures = bytes.windows(4).filter(|window| window == b"PK\x01\x02").count();
        if signatures > limits::ZIP_ENTRIES {
            return Err(Refusal::UnpacksTooLarge);
        }
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Damaged("its end or its list of parts is missing"))?;
        if zip.len() > limits::ZIP_ENTRIES {
            return Err(Refusal::UnpacksTooLarge);
        }
        let mut declared = 0_u64;
        for index in 0..zip.len() {
            let entry = zip.by_index_raw(index).map_err(|_| Refusal::Damaged("a part of it can't be found"))?;
            declared = declared.saturating_add(entry.size());
        }
        if declared > limits::ZIP_DECLARED_BYTES {
            return Err(Refusal::UnpacksTooLarge);
        }
        Ok(Self { zip, unpacked: 0 })
    }

    /// The entry of this name as the zip spells it: names of parts ignore case, and some writers use backslashes.
    pub fn find(&self, name: &str) -> Option<String> {
        if self.has(name) {
            return Some(name.to_owned());
        }
        let same = |have: &&str| have.replace('\\', "/").eq_ignore_ascii_case(name);
        self.zip.file_names().find(same).map(str::to_owned)
    }

    /// Whether it holds an entry of this name.
    pub fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// Whether it holds an entry in this folder, given with its final slash.
    pub fn has_folder(&self, folder: &str) -> bool {
        self.zip.file_names().any(|name| name.starts_with(folder))
    }

    /// Unpacks one entry.
    pub fn read(&mut self, name: &str) -> Result<Vec<u8>, Refusal> {
        let entry = self.zip.by_name(name).map_err(|_| Refusal::Damaged("a part of it is missing"))?;
        if entry.encrypted() {
            return Err(Refusal::PasswordProtected);
        }
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
