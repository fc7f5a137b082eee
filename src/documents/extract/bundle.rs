//! A zip of documents: its files, within bounds, each to be read on its own.

use super::containers::archive::Archive;
use super::limits;
use super::refusal::Refusal;

/// Whether the bytes are a zip that is no document itself.
pub fn is_bundle(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
        && Archive::open(bytes).is_ok_and(|archive| !archive.has("[Content_Types].xml") && !archive.has("mimetype"))
}

/// Names and bytes of the files in a zip, in its order. What computers put beside them is left out.
///
/// # Errors
/// Where the zip as a whole can't be opened; a file that can't be unpacked comes without bytes.
pub fn files(bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>, Refusal> {
    let mut archive = Archive::open(bytes)?;
    let names: Vec<String> = archive.files().into_iter().filter(|name| is_wanted(name)).collect();
    if names.len() > limits::BUNDLE_FILES {
        return Err(Refusal::TooManyFiles(limits::BUNDLE_FILES));
    }
    let mut out = Vec::new();
    for name in names {
        let file = name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        match archive.read(&name) {
            Ok(bytes) => out.push((file, bytes)),
            Err(Refusal::UnpacksTooLarge) => return Err(Refusal::UnpacksTooLarge),
            // an empty file is refused by itself, and the rest goes on
            Err(_) => out.push((file, Vec::new())),
        }
    }
    Ok(out)
}

fn is_wanted(name: &str) -> bool {
    let file = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let left = file.is_empty() || file.starts_with(['.', '~']) || name.starts_with("__MACOSX");
    !left && !["thumbs.db", "desktop.ini"].contains(&file.to_lowercase().as_str())
}
